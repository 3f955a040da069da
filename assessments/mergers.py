"""What follows a person whose two accounts become one: responses, what was shared with them, what they have to do."""

from assessments.models import Action, Response
from organisations.duplicates import CannotMerge
from organisations.models import User
from organisations.signals import people_merging


def connect() -> None:
    """Listen to organisations; called once, when the app is ready."""
    people_merging.connect(move_responses)


def move_responses(keep: User, other: User, **signal: object) -> None:
    """Receiver: responses, self-assessments shared with them, and actions that they own.

    Mail that is owed or was sent stays with the account whose address it has. Raises CannotMerge where both are in one
    round: one response a member, and nothing typed is lost (product.md, section 7).
    """
    twice = Response.objects.filter(person=other, round__responses__person=keep).select_related("round").first()
    if twice:
        raise CannotMerge(
            f"Both accounts are members of one round: {twice.round}. Answers of one of them would be lost, so they "
            "stay two accounts. The person can answer with either."
        )
    Response.objects.filter(person=other).update(person=keep)
    Response.objects.filter(shared_with=other).update(shared_with=keep)
    Response.objects.filter(person=keep, shared_with=keep).update(shared_with=None, shared_at=None)
    Action.objects.filter(owner=other).update(owner=keep)
