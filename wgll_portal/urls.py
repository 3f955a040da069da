"""Where each app's pages hang."""

from allauth.account.decorators import secure_admin_login
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

admin.autodiscover()
admin.site.site_header = "Board self-assessment: content admin"
admin.site.site_title = "Content admin"
admin.site.index_title = "What you can look after"
# What the admin's menu calls the apps that are not ours: by what a content admin does there.
apps.get_app_config("auth").verbose_name = "Permissions of content admins"
apps.get_app_config("mfa").verbose_name = "Second factors at sign-in"
apps.get_app_config("socialaccount").verbose_name = "Single sign-on"
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

handler400 = "wgll_portal.errors.bad_request"


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """For load balancers and container health checks: the process answers."""
    return HttpResponse("ok", content_type="text/plain")


handler429 = "organisations.sign_in.views.locked_out"
urlpatterns = [
    path("", include("organisations.urls")),
    path("", include("organisations.people.urls")),
    path("", include("organisations.audit_trail.urls")),
    path("", include("assessments.urls")),
    path("", include("reports.urls")),
    path("frameworks/", include("frameworks.urls")),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
]
