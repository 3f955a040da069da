"""Getting in and out. The names that start with `account_` are the ones that allauth looks for."""

from allauth.account import views as account
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, path
from django.views.generic import TemplateView

from organisations import mailbox, views

urlpatterns: list[URLPattern] = [
    path("sign-in/", account.request_login_code, name="sign_in"),
    path("sign-in/", account.request_login_code, name="account_request_login_code"),
    path("sign-in/", account.request_login_code, name="account_login"),
    path("sign-in/", account.request_login_code, name="account_signup"),
    path("sign-in/code/", account.confirm_login_code, name="account_confirm_login_code"),
    path(
        "sign-in/not-active/",
        login_not_required(TemplateView.as_view(template_name="account/account_inactive.html")),
        name="account_inactive",
    ),
    path("sign-out/", account.logout, name="account_logout"),
]
if settings.DEMO:
    urlpatterns.append(path("sign-in/as/", views.sign_in_as, name="sign_in_as"))
    urlpatterns += mailbox.urlpatterns
