"""The first line of every view: what may this person reach?

Data is reached through the person's own organisations and responses; everything else is a 404, as if it did not exist.
What they can see but may not do is a 403 with the reason in words.
"""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from assessments.lifecycle import NotNow, RoundMove, check
from assessments.models import Response, Round
from organisations.models import Organisation, User
from organisations.permissions import is_digital_lead, organisations_of

ONLY_LEADS = "Only a digital lead of {organisation} can run its rounds."
ONLY_MEMBERS = "Only the members of this round and the digital leads of {organisation} can read its results."


def organisation_for_lead(user: User, ods_code: str) -> Organisation:
    """The organisation, if `user` is its digital lead today. Raises Http404 or PermissionDenied."""
    organisation = get_object_or_404(organisations_of(user), ods_code=ods_code)
    if not is_digital_lead(user, organisation):
        raise PermissionDenied(ONLY_LEADS.format(organisation=organisation))
    return organisation


def round_for_lead(user: User, round_id: int) -> Round:
    """The round, if `user` is a digital lead of its organisation today. Raises Http404 or PermissionDenied."""
    round_ = get_object_or_404(_rounds_of(user), pk=round_id)
    if not is_digital_lead(user, round_.organisation):
        raise PermissionDenied(ONLY_LEADS.format(organisation=round_.organisation))
    return round_


def round_with_results(user: User, round_id: int) -> Round:
    """A closed round, for its members and for digital leads. Raises Http404 or PermissionDenied."""
    round_ = get_object_or_404(_rounds_of(user), pk=round_id)
    if not (is_digital_lead(user, round_.organisation) or round_.responses.filter(person=user).exists()):
        raise PermissionDenied(ONLY_MEMBERS.format(organisation=round_.organisation))
    try:
        check(RoundMove.READ_RESULTS, round_.state)
    except NotNow as reason:
        raise PermissionDenied(str(reason)) from reason
    return round_


def closed_round_for_lead(user: User, round_id: int) -> Round:
    """A closed round, for digital leads only. Raises Http404 or PermissionDenied."""
    round_for_lead(user, round_id)
    return round_with_results(user, round_id)


def response_of_member(user: User, response_id: int) -> Response:
    """The member's own response, with its round; a draft or cancelled round is not shown. Raises Http404."""
    responses = Response.objects.in_sight().select_related("round__organisation", "round__version__framework")
    return get_object_or_404(responses, pk=response_id, person=user)


def _rounds_of(user: User) -> QuerySet[Round]:
    rounds = Round.objects.filter(organisation__in=organisations_of(user))
    return rounds.select_related("organisation", "version__framework")
