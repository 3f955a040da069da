"""The first line of every view: what may this person reach?

Data is reached through the person's own organisations and responses; everything else is a 404, as if it did not exist.
What they can see but may not do is a 403 with the reason in words.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from assessments.lifecycle import NotNow, RoundMove, check
from assessments.models import Action, Response, Round
from assessments.reasons import NO_POSITIONS
from assessments.sharing import readable_by
from frameworks.models import FrameworkVersion
from organisations.guards import check_permission
from organisations.models import User
from organisations.permissions import Permission, organisations_of

NOT_ABOUT_ONESELF = "This assessment is about the organisation."
NOT_FOR_BOARDS = "There is no such page."
NO_FRAMEWORKS = "You may not see the frameworks that are being worked on. Ask whoever gave you your account."
NOT_SHARED = "No such self-assessment is shared with you."


def round_with(user: User, round_id: int, permission: Permission) -> Round:
    """A round of the person's organisations, if `permission` is theirs there. Raises Http404 or PermissionDenied."""
    round_ = _round_of(user, round_id)
    check_permission(user, round_.organisation, permission)
    return round_


def closed_round_with(user: User, round_id: int, permission: Permission) -> Round:
    """As `round_with`, and the round must be closed. Raises Http404 or PermissionDenied."""
    return _allowing(RoundMove.READ_RESULTS, round_with(user, round_id, permission))


def round_allowing(move: RoundMove, user: User, round_id: int, permission: Permission) -> Round:
    """As `round_with`, and its state must allow `move`. Raises Http404 or PermissionDenied."""
    return _allowing(move, round_with(user, round_id, permission))


def version_to_preview(user: User, version_id: int) -> FrameworkVersion:
    """A framework version, a draft too, for a content admin. Raises Http404 or PermissionDenied."""
    if not user.is_staff:
        raise Http404(NOT_FOR_BOARDS)
    if not user.has_perm("frameworks.view_frameworkversion"):
        raise PermissionDenied(NO_FRAMEWORKS)
    return get_object_or_404(FrameworkVersion.objects.select_related("framework", "scale"), pk=version_id)


def round_to_discuss(user: User, round_id: int) -> Round:
    """A closed round of the person's organisations that they run, whose board agrees positions.

    Raises Http404 or PermissionDenied; also for a framework about the members, where the board agrees none.
    """
    round_ = closed_round_with(user, round_id, Permission.RUN_ROUNDS)
    if round_.version.framework.is_individual:
        raise PermissionDenied(NO_POSITIONS)
    return round_


def round_with_results(user: User, round_id: int) -> Round:
    """A closed round, for its members and for digital leads. Raises Http404 or PermissionDenied."""
    return _allowing(RoundMove.READ_RESULTS, round_of_reader(user, round_id))


def round_of_reader(user: User, round_id: int) -> Round:
    """A round in whatever state, for those who read its results. Raises Http404 or PermissionDenied."""
    round_ = _round_of(user, round_id)
    if not round_.responses.filter(person=user).exists():
        check_permission(user, round_.organisation, Permission.READ_ALL_RESULTS)
    return round_


def round_with_actions(user: User, round_id: int) -> Round:
    """A round that actions can come from, for everybody on its board. Raises Http404 or PermissionDenied."""
    return _allowing(RoundMove.PLAN_ACTIONS, _round_of(user, round_id))


def round_to_plan_from(user: User, round_id: int) -> Round:
    """As `round_with_actions`, for whoever adds them."""
    return _allowing(RoundMove.PLAN_ACTIONS, round_with(user, round_id, Permission.PLAN_ACTIONS))


def action_of(user: User, action_id: int) -> Action:
    """An action of a board on which the person sits today. Raises Http404 for any other."""
    actions = Action.objects.filter(organisation__in=organisations_of(user))
    return get_object_or_404(actions.select_related("organisation"), pk=action_id)


def action_to_change(user: User, action_id: int) -> Action:
    """As `action_of`, for whoever plans. Raises Http404 or PermissionDenied."""
    action = action_of(user, action_id)
    check_permission(user, action.organisation, Permission.PLAN_ACTIONS)
    return action


def response_of_member(user: User, response_id: int) -> Response:
    """The member's own response, with its round; a draft round is not shown. Raises Http404."""
    responses = Response.objects.in_sight().select_related("round__organisation")
    return get_object_or_404(responses, pk=response_id, person=user)


def self_assessment_of_member(user: User, response_id: int) -> Response:
    """As `response_of_member`, for a framework about the member themselves. Raises Http404 for any other."""
    response = response_of_member(user, response_id)
    if not response.round.version.framework.is_individual:
        raise Http404(NOT_ABOUT_ONESELF)
    return response


def response_shared_with(user: User, response_id: int) -> Response:
    """A member's self-assessment, for the chair who may read it at this moment. Raises Http404 for everybody else."""
    shared = readable_by(user, Response.objects.filter(pk=response_id))
    if not shared:
        raise Http404(NOT_SHARED)
    return shared[0]


def response_in_round(user: User, round_id: int) -> Response:
    """The member's own response to a round; a draft round is not shown. Raises Http404."""
    return get_object_or_404(Response.objects.in_sight(), round__pk=round_id, person=user)


def _round_of(user: User, round_id: int) -> Round:
    rounds = Round.objects.filter(organisation__in=organisations_of(user))
    return get_object_or_404(rounds.select_related("organisation", "version__framework"), pk=round_id)


def _allowing(move: RoundMove, round_: Round) -> Round:
    try:
        check(move, round_.state)
    except NotNow as reason:
        raise PermissionDenied(str(reason)) from reason
    return round_
