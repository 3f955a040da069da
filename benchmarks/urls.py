"""The portal's addresses, and the floors beside them."""

from django.urls import include, path

from wgll_portal.urls import handler400, handler429
from wgll_portal.urls import urlpatterns as portal

__all__ = ["handler400", "handler429", "urlpatterns"]

urlpatterns = [*portal, path("floor/", include("benchmarks.floors"))]
