"""Pages of the admin that show the history of a framework's wording, and put earlier words back into a draft."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from frameworks.admin.person import person_of
from frameworks.admin.versions import NewDraftForm, tree_address
from frameworks.editing import ChangedMeanwhile
from frameworks.exchange.copying import CodeTaken
from frameworks.history.places import Place, place_of
from frameworks.history.queries import Chosen, Offered, in_words, key_of, lines_of, offered
from frameworks.history.restoring import (
    CannotRestore,
    Restoring,
    can_be_restored,
    restore,
    restore_into_new_draft,
    restoring,
    row_at,
)
from frameworks.models import (
    Framework,
    FrameworkVersion,
    Group,
    Indicator,
    Section,
    Theme,
    WordingChange,
)
from frameworks.tree import ref_of
from ground.methods import get_or_post

TEMPLATES = "admin/frameworks/framework"
LINES_ON_A_PAGE = 25


class ChooseForm(forms.Form):
    """What of the history to see. Each field offers what there are lines of."""

    version = forms.ChoiceField(required=False)
    place = forms.ChoiceField(required=False)
    person = forms.ChoiceField(required=False, label="Who")

    def __init__(self, choices: Offered, data: Any) -> None:
        super().__init__(data)
        for name, words, found in (
            ("version", "All versions", choices.versions),
            ("place", "All places", choices.places),
            ("person", "Everybody", choices.people),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above; for the type checker
            field.choices = [("", words), *found]

    def chosen(self) -> Chosen:
        """What was chosen; everything where that does not exist."""
        return Chosen(**self.cleaned_data) if self.is_valid() else Chosen()


class WordingHistory(admin.options.BaseModelAdmin[Any]):
    """An admin of rows of a version, whose history is that of their wording."""

    @method_decorator(require_safe)
    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Of a version all its places; of a part its own history, through all versions."""
        row = self.get_object(request, object_id)  # type: ignore[attr-defined]
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined, no-any-return]
        if isinstance(row, FrameworkVersion):
            return HttpResponseRedirect(history_address(row.framework_id, version=row.pk))
        return HttpResponseRedirect(history_address(row.content_version().framework_id, place=key_of(place_of(row))))


def history_address(framework: int, **chosen: Any) -> str:
    """Where the history of a framework is, narrowed to what is `chosen`."""
    address = reverse("admin:frameworks_framework_wording", args=[framework])
    return f"{address}?{urlencode(chosen)}" if chosen else address


class HistoryPages(admin.ModelAdmin[Framework]):
    """Joins the pages to the admin of frameworks."""

    def get_urls(self) -> list[URLPattern]:
        read = self.admin_site.admin_view(require_safe(self.wording))
        put_back = self.admin_site.admin_view(get_or_post(self.restore))
        return [
            path("<int:pk>/wording/", read, name="frameworks_framework_wording"),
            path("<int:pk>/wording/<int:line>/restore/", put_back, name="frameworks_framework_restore"),
            *super().get_urls(),
        ]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        framework = self.get_object(request, object_id)
        if framework is None:
            raise Http404("There is no such framework.")
        return HttpResponseRedirect(history_address(framework.pk))

    def wording(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Who changed which wording when, newest first."""
        _allow(request, "view_frameworkversion")
        framework = get_object_or_404(Framework, pk=pk)
        form = ChooseForm(offered(framework), request.GET)
        page = Paginator(lines_of(framework, form.chosen()), LINES_ON_A_PAGE).get_page(request.GET.get("page"))
        said = {
            "form": form,
            "page": page,
            "lines": in_words(page.object_list, framework.section_label),
            "may_restore": request.user.has_perm("frameworks.change_frameworkversion"),
        }
        return self._history_page(request, framework, "wording", "History of wording", said)

    def restore(self, request: HttpRequest, pk: int, line: int) -> HttpResponse:
        """What stands there now and what would; POST does it."""
        _allow(request, "change_frameworkversion")
        lines = WordingChange.objects.select_related("framework", "by")
        row = get_object_or_404(lines, pk=line, framework=pk)
        found = restoring(row)
        form = None if found.target.is_draft else NewDraftForm(request.POST or None)
        if request.method == "POST" and can_be_restored(row) and (form is None or form.is_valid()):
            draft = self._restored(request, row, found, form)
            if draft:
                return HttpResponseRedirect(_address_in(draft, row))
            found = restoring(row)
        said = {"line": row, "found": found, "form": form, "can_be_restored": can_be_restored(row)}
        return self._history_page(request, row.framework, "restore", f"Restore words: {found.place}", said)

    def _restored(
        self, request: HttpRequest, line: WordingChange, found: Restoring, form: NewDraftForm | None
    ) -> FrameworkVersion | None:
        """The draft that now has the words; None if it was refused, with the reason told."""
        by, seen, draft = person_of(request), request.POST.get("seen", ""), found.target
        try:
            if form:
                _allow(request, "add_frameworkversion")
                code = form.cleaned_data["code"]
                draft = restore_into_new_draft(line=line, version=draft, code=code, by=by, seen=seen)
                self.log_addition(request, draft, [{"added": {}}])  # type: ignore[arg-type]  # no row of this admin's own
            else:
                restore(line=line, draft=draft, by=by, seen=seen)
        except CodeTaken as taken:
            assert form is not None  # noqa: S101 - only a new draft needs a code; for the type checker
            form.add_error("code", str(taken))
            return None
        except (ChangedMeanwhile, CannotRestore) as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return None
        self.message_user(request, f"{found.place} says in {draft} what it said before.")
        return draft

    def _history_page(
        self, request: HttpRequest, framework: Framework, name: str, title: str, said: dict[str, Any]
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "framework": framework,
            "title": title,
            "subtitle": framework.title,
            **said,
        }
        return TemplateResponse(request, f"{TEMPLATES}/{name}.html", context, status=422 if refused(said) else 200)


def _address_in(draft: FrameworkVersion, line: WordingChange) -> str:
    """Where the place of `line` is edited: in the tree, or among the version's other parts."""
    row = row_at(draft, Place(line.kind, line.code))
    if isinstance(row, Section | Theme | Group | Indicator):
        return f"{tree_address(draft)}#{ref_of(row)}"
    return reverse("admin:frameworks_frameworkversion_change", args=[draft.pk])


def refused(said: dict[str, Any]) -> bool:
    """Whether a page shows again what somebody tried to send."""
    form = said.get("form")
    return isinstance(form, NewDraftForm) and bool(form.errors)


def _allow(request: HttpRequest, permission: str) -> None:
    """Raises PermissionDenied unless the person may."""
    if not request.user.has_perm(f"frameworks.{permission}"):
        raise PermissionDenied
