"""The portal's URLs with those of single sign-on, which settings.OIDC_ISSUER mounts."""

from organisations.single_sign_on.urls import urlpatterns as single_sign_on
from wgll_portal.urls import urlpatterns as portal

urlpatterns = [*portal, *single_sign_on]
