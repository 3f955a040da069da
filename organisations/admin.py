"""Organisations, people and seats for content admins, and the audit trail to read. Answers are nowhere in the admin."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

import organisations.sign_in.admin
import organisations.single_sign_on.admin  # noqa: F401 - both take their place in the admin
from ground.words_field import WordsField
from organisations.admin_audit import record_seats
from organisations.choices import AuditedEvent
from organisations.duplicates_admin import MergesDuplicates
from organisations.models import AuditEvent, IcbMembership, Organisation, Seat, User
from organisations.requests import person_of
from organisations.successions_admin import RelationsPage

# The apps that the admin has pages of: permissions of others open nothing.
WITH_PERMISSIONS = ("auth", "frameworks", "mfa", "organisations", "socialaccount")

# Rows are deleted one by one: Django tells nobody what this action deletes, so the audit trail would miss it.
admin.site.disable_action("delete_selected")


class OrganisationForm(forms.ModelForm[Organisation]):
    care_settings = WordsField(required=False, help_text="With commas between them, such as acute, mental health.")


class IcbMembershipInline(admin.StackedInline[IcbMembership, Organisation]):
    model = IcbMembership
    fk_name = "trust"
    extra = 0
    verbose_name, verbose_name_plural = "ICB membership", "ICB memberships"
    autocomplete_fields = ("icb",)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return super().formfield_for_foreignkey(db_field, request, label="ICB", **kwargs)


class RegionFilter(admin.AllValuesFieldListFilter):
    """Names the choice of those whose region is not known, which would be a link without words."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        for choice in super().choices(changelist):
            yield {**choice, "display": choice["display"] or "Not known"}


@admin.register(Organisation)
class OrganisationAdmin(RelationsPage):
    form = OrganisationForm
    list_display = ("name", "ods_code", "kind", "region", "opened_on", "closed_on")
    list_filter = ("kind", ("region", RegionFilter))
    search_fields = ("name", "ods_code", "seats__person__email")
    search_help_text = "A name, an ODS code, or the e-mail address of somebody on its board."
    inlines = (IcbMembershipInline,)


class SeatInline(admin.StackedInline[Seat, User]):
    model = Seat
    extra = 0
    autocomplete_fields = ("organisation",)


@admin.register(User)
class UserAdmin(MergesDuplicates):
    list_display = ("name", "email", "boards", "is_active", "is_staff")
    list_filter = ("is_staff", "is_active")
    search_fields = ("name", "email", "seats__organisation__ods_code", "seats__organisation__name")
    search_help_text = "A name, an e-mail address, or the ODS code or name of an organisation on whose board they sit."
    fields = ("name", "email", "is_active", "merged_into", "is_staff", "groups", "user_permissions")
    inlines = (SeatInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """An address signs its owner in, so nobody can point another person's account at their own."""
        return ("email", "merged_into") if obj else ("merged_into",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("seats__organisation")

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "user_permissions":
            offered = Permission.objects.filter(content_type__app_label__in=WITH_PERMISSIONS)
            kwargs["queryset"] = offered.select_related("content_type")
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description="boards now")
    def boards(self, person: User) -> str:
        """The ODS codes of the boards on which they sit today."""
        today = timezone.localdate()
        return ", ".join(sorted(seat.organisation.ods_code for seat in person.seats.all() if seat.is_held_on(today)))

    def save_formset(
        self, request: HttpRequest, form: Any, formset: forms.BaseModelFormSet[Any, Any], change: bool
    ) -> None:
        super().save_formset(request, form, formset, change)
        seats = {
            AuditedEvent.ADMIN_ADDED: formset.new_objects,
            AuditedEvent.ADMIN_CHANGED: [row for row, _ in formset.changed_objects],
            AuditedEvent.ADMIN_DELETED: formset.deleted_objects,
        }
        record_seats(person_of(request), seats)


@admin.register(AuditEvent)
class AuditEventAdmin(admin.ModelAdmin[AuditEvent]):
    """The whole trail, for every content admin to read and for nobody to write."""

    list_display = ("at", "event", "organisation", "by", "subject", "network_address")
    list_filter = ("event", "at")
    list_select_related = ("organisation", "by")
    search_fields = ("subject", "by__name", "by__email", "organisation__name", "organisation__ods_code")
    search_help_text = "A subject, a person, or an organisation's name or ODS code."
    date_hierarchy = "at"
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: AuditEvent | None = None) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: AuditEvent | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AuditEvent | None = None) -> bool:
        return False
