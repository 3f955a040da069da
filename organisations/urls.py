"""People, their seats, and getting in and out."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from organisations import views

urlpatterns: list[URLPattern | URLResolver] = [path("", include("organisations.sign_in.urls"))]
if settings.DEMO:
    urlpatterns.append(path("sign-in/as/<int:person_id>/", views.sign_in_as, name="sign_in_as"))
