"""People, their seats, and getting in and out."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from organisations import mailbox, views
from organisations.single_sign_on import urls as single_sign_on

urlpatterns: list[URLPattern | URLResolver] = [path("", include("organisations.sign_in.urls"))]
if settings.DEMO:
    urlpatterns.append(path("sign-in/as/<int:person_id>/", views.sign_in_as, name="sign_in_as"))
    urlpatterns += mailbox.urlpatterns
if settings.OIDC_ISSUER:
    urlpatterns += single_sign_on.urlpatterns
