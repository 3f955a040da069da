"""Reaching an organisation: 404 unless it is one's own, 403 with the reason when a permission is missing."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from organisations.models import Organisation, User
from organisations.permissions import Permission, has_permission, organisations_of

ONLY_LEADS = "Only a digital lead of {organisation} can {permission}."


def own_organisation(user: User, ods_code: str) -> Organisation:
    """An organisation on whose board the person sits today. Raises Http404 for any other."""
    return get_object_or_404(organisations_of(user), ods_code=ods_code)


def organisation_with(user: User, ods_code: str, permission: Permission) -> Organisation:
    """The person's organisation, if `permission` is theirs there today. Raises Http404 or PermissionDenied."""
    organisation = own_organisation(user, ods_code)
    check_permission(user, organisation, permission)
    return organisation


def check_permission(user: User, organisation: Organisation, permission: Permission) -> None:
    """Raise PermissionDenied, with the reason for a person to read, unless `permission` is theirs there today."""
    if not has_permission(user, organisation, permission):
        raise PermissionDenied(ONLY_LEADS.format(organisation=organisation, permission=permission.value))
