"""Who asks for a page of the admin."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def person_of(request: HttpRequest) -> AbstractBaseUser:
    """The person who is signed in. Raises PermissionDenied if nobody is."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user
