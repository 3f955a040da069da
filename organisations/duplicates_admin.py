"""The support desk's way to make two accounts of one person one: choose two in the list, look, confirm."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from organisations.duplicates import CannotMerge, merge_people
from organisations.models import User
from organisations.requests import person_of

PEOPLE = "admin:organisations_user_changelist"
HOW_MANY = "Choose the two accounts of one person, no more and no fewer."


class AccountField(forms.ModelChoiceField[User]):
    def label_from_instance(self, obj: User) -> str:
        return f"{obj.email} ({obj.name})"


class MergeForm(forms.Form):
    """Which of the two goes on. Neither is chosen beforehand: it cannot be taken back."""

    keep = AccountField(
        queryset=User.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        label="Which address does the person sign in with from now on?",
        error_messages={"required": "Choose the account to keep.", "invalid_choice": "Choose one of the two accounts."},
    )

    def __init__(self, pair: QuerySet[User], data: Any = None) -> None:
        super().__init__(data)
        field = self.fields["keep"]
        assert isinstance(field, AccountField)  # noqa: S101 - as declared above; for the type checker
        field.queryset = pair


class MergesDuplicates(admin.ModelAdmin[User]):
    """An admin of people that can merge two of them."""

    actions = ("merge_two",)

    @admin.action(description="Merge two accounts of one person", permissions=["change"])
    def merge_two(self, request: HttpRequest, queryset: QuerySet[User]) -> HttpResponse | None:
        keys = sorted(queryset.values_list("pk", flat=True)[:3])
        if len(keys) != 2:
            self.message_user(request, HOW_MANY, messages.ERROR)
            return None
        return redirect("admin:organisations_user_merge", *keys)

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.merge_page)
        return [path("<int:one>/merge/<int:two>/", page, name="organisations_user_merge"), *super().get_urls()]

    def merge_page(self, request: HttpRequest, one: int, two: int) -> HttpResponse:
        """Both accounts side by side with their seats, never their answers; POST merges."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        pair = User.objects.filter(pk__in=(one, two)).prefetch_related("seats__organisation").order_by("pk")
        if len(pair) != 2:
            self.message_user(request, HOW_MANY, messages.ERROR)
            return redirect(PEOPLE)
        form = MergeForm(pair, request.POST if request.method == "POST" else None)
        if form.is_valid() and self._merged(request, pair, form):
            return redirect("admin:organisations_user_change", form.cleaned_data["keep"].pk)
        context = {**self.admin_site.each_context(request), "title": "Merge two accounts of one person"}
        context |= {"form": form, "pair": pair, "opts": self.model._meta, "back": reverse(PEOPLE)}
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/organisations/merge_people.html", context, status=status)

    def _merged(self, request: HttpRequest, pair: QuerySet[User], form: MergeForm) -> bool:
        keep = form.cleaned_data["keep"]
        (other,) = (person for person in pair if person != keep)
        try:
            merge_people(by=person_of(request), keep=keep, other=other)
        except CannotMerge as reason:
            form.add_error("keep", str(reason))
            return False
        self.message_user(request, f"The account {other.email} is merged into {keep.email}, and can no longer sign in.")
        return True
