"""The links between people and their accounts at the provider, for content admins to remove."""

import allauth.socialaccount.admin  # noqa: F401 - registers what is unregistered below
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.http import HttpRequest

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
