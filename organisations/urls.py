"""Getting in and out. The names that start with `account_` are the ones that allauth looks for."""

from allauth.account import views as account
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import TemplateView

from organisations import views

people_urls = [
    path("", views.people, name="people"),
    path("new/", views.add_person, name="add_person"),
    path("list/", views.add_people, name="add_people"),
    path("<int:seat_id>/change/", views.change_seat, name="change_seat"),
    path("<int:seat_id>/end/", views.end_seat, name="end_seat"),
]
urlpatterns: list[URLPattern | URLResolver] = [
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
    path("acting-for/", views.act_for, name="act_for"),
    path("organisations/<str:ods_code>/people/", include(people_urls)),
    path("sign-out/", account.logout, name="account_logout"),
]
if settings.DEMO:
    urlpatterns.append(path("sign-in/as/", views.sign_in_as, name="sign_in_as"))
