"""When a person is anonymised, what was theirs alone goes; what the board's result is built on stays."""

import datetime as dt

from django.utils import timezone

from assessments import actions
from assessments.models import Notice, Response
from assessments.queries.content import content_of
from frameworks.models import FrameworkVersion
from organisations.anonymising import anonymise
from organisations.models import Organisation
from tests.factories import lead_of, make_round


def test_private_words_and_shares_go_and_answers_stay(trust: Organisation, leadership: FrameworkVersion) -> None:
    mine, other = make_round(trust, leadership).responses.order_by("pk")[:2]
    for response in (mine, other):
        write(response)
    Response.objects.filter(pk=mine.pk).update(shared_with=other.person, shared_at=timezone.now())
    mine.person.seats.update(ends_on=timezone.localdate() - dt.timedelta(days=1))
    removed = anonymise(person=mine.person).removed
    assert (removed["notes to self"], removed["words about whole sections"], removed["self-assessments shared"]) == (
        1,
        1,
        1,
    )
    assert (mine.answers.get().level, mine.answers.get().note) == (2, "")
    assert not mine.reflections.exists()
    mine.refresh_from_db()
    assert (mine.shared_with, mine.shared_at) == (None, None)
    assert (other.answers.get().note, other.reflections.get().text) == ("Mine alone", "An example")


def test_notes_in_reminders_go(trust: Organisation, leadership: FrameworkVersion) -> None:
    """Those that somebody got, and those that they wrote as a lead."""
    round_ = make_round(trust, leadership)
    actions.remind(by=lead_of(round_), round_=round_, remark="About you")
    someone = round_.responses.all()[0].person
    for person, left in ((someone, 5), (lead_of(round_), 0)):
        person.seats.update(ends_on=timezone.localdate() - dt.timedelta(days=1))
        anonymise(person=person)
        assert Notice.objects.exclude(remark="").count() == left


def write(response: Response) -> None:
    content = content_of(response.round)
    indicator = content.sections[0].questions[0].indicator_id
    actions.save_answers(
        response=response,
        answers=[actions.GivenAnswer(indicator, level=2, note="Mine alone")],
        reflections=[actions.GivenReflection(content.sections[0].section_id, content.boxes[0].box_id, "An example")],
    )
