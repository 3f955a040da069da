"""The same site under startproject's middleware: what the floors are served by."""

from django.core.handlers.wsgi import WSGIHandler
from django.test.utils import override_settings

from benchmarks.settings import BARE_MIDDLEWARE
from wgll_portal.wsgi import application as portal

__all__ = ["application", "portal"]  # making the portal's application sets Django up


def bare_handler() -> WSGIHandler:
    """A handler that asks startproject's middleware in place of the portal's."""
    with override_settings(MIDDLEWARE=BARE_MIDDLEWARE):
        return WSGIHandler()


application = bare_handler()
