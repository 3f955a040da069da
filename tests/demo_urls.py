"""The portal's URLs with the demonstration's sign-in buttons, which settings.DEMO mounts."""

from django.urls import path

from organisations.views import sign_in_as
from wgll_portal.urls import urlpatterns as portal

urlpatterns = [*portal, path("sign-in/as/<int:person_id>/", sign_in_as, name="sign_in_as")]
