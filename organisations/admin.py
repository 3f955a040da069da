"""Organisations, people and seats for content admins. Answers are nowhere in the admin."""

from django.contrib import admin
from django.http import HttpRequest

import organisations.sign_in.admin  # noqa: F401 - takes its place in the admin
from organisations.models import IcbMembership, Organisation, Seat, Succession, User


class SuccessionInline(admin.TabularInline[Succession, Organisation]):
    model = Succession
    fk_name = "predecessor"
    extra = 0
    autocomplete_fields = ("successor",)


class IcbMembershipInline(admin.TabularInline[IcbMembership, Organisation]):
    model = IcbMembership
    fk_name = "trust"
    extra = 0
    autocomplete_fields = ("icb",)


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin[Organisation]):
    list_display = ("name", "ods_code", "kind", "region", "opened_on", "closed_on")
    list_filter = ("kind", "region")
    search_fields = ("name", "ods_code")
    inlines = (SuccessionInline, IcbMembershipInline)


class SeatInline(admin.TabularInline[Seat, User]):
    model = Seat
    extra = 0
    autocomplete_fields = ("organisation",)


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    list_display = ("name", "email", "is_active", "is_staff")
    list_filter = ("is_staff", "is_active")
    search_fields = ("name", "email")
    fields = ("name", "email", "is_active", "is_staff", "groups", "user_permissions")
    inlines = (SeatInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """An address signs its owner in, so nobody can point another person's account at their own."""
        return ("email",) if obj else ()
