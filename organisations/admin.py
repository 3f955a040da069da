"""Organisations, people and seats for content admins. Answers are nowhere in the admin."""

import allauth.socialaccount.admin  # noqa: F401 - registers what is unregistered below
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.http import HttpRequest

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


# allauth's own pages could name another provider, or link a person to somebody else's account there.
admin.site.unregister((SocialAccount, SocialApp, SocialToken))


@admin.register(SocialAccount)
class SingleSignOnLinkAdmin(admin.ModelAdmin[SocialAccount]):
    """For removing a link whose account at the provider is gone: docs/SIGN-IN.md."""

    list_display = ("user", "provider", "date_joined", "last_login")
    search_fields = ("user__name", "user__email", "uid")
    fields = ("user", "provider", "uid", "date_joined", "last_login")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: SocialAccount | None = None) -> bool:
        return False
