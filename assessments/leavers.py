"""What goes when a person is anonymised: words that were theirs alone, and what they let somebody read."""

from django.db.models import Q

from assessments.models import Answer, Notice, Reflection, Response
from organisations.models import User
from organisations.signals import person_anonymised


def connect() -> None:
    """Listen to organisations; called once, when the app is ready."""
    person_anonymised.connect(forget_private_words)


def forget_private_words(person: User, removed: dict[str, int], **signal: object) -> None:
    """Receiver: notes to self and words about whole sections go; levels and comments for the board stay the board's."""
    noted = Answer.objects.filter(response__person=person).exclude(note="")
    shared = Response.objects.filter(Q(person=person) | Q(shared_with=person)).exclude(shared_with=None)
    removed["notes to self"] = noted.update(note="")
    removed["words about whole sections"] = Reflection.objects.filter(response__person=person).delete()[0]
    notices = Notice.objects.filter(Q(person=person) | Q(asked_by=person)).exclude(remark="")
    removed["notes in reminders"] = notices.update(remark="")
    removed["self-assessments shared"] = shared.update(shared_with=None, shared_at=None)
