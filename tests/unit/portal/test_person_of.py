"""Who is behind a request, where a page's type does not say so."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from frameworks.admin.person import person_of as of_frameworks
from organisations.models import User
from organisations.requests import person_of as of_organisations

pytestmark = pytest.mark.parametrize("person_of", [of_frameworks, of_organisations])


def test_it_is_whoever_is_signed_in(person_of: Callable[[HttpRequest], Any]) -> None:
    request = HttpRequest()
    request.user = User(name="Anna")
    assert person_of(request) is request.user


def test_nobody_is_refused(person_of: Callable[[HttpRequest], Any]) -> None:
    request = HttpRequest()
    request.user = AnonymousUser()
    with pytest.raises(PermissionDenied):
        person_of(request)
