"""Keeping what a member answers: the one way in, for the page's button, for every single change, for a late device."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeVar

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from assessments.choices import ResponseState
from assessments.lifecycle import NotNow
from assessments.merging import stands
from assessments.models import Answer, Reflection, Response
from assessments.queries.content import Content, content_of
from assessments.reasons import why_not_save
from assessments.scoring.types import NonScore
from organisations.permissions import holds_seat

Row = TypeVar("Row", Answer, Reflection)


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What a member changed about one indicator. What is None stays as it is stored, whichever page stored it.

    A choice, once made, can be changed but not taken back; words are taken back by "". `made_at` is when the member
    did it (None: now), never later than now.
    """

    indicator_id: int
    level: int | None = None
    non_score: NonScore | None = None
    comment: str | None = None
    note: str | None = None
    made_at: dt.datetime | None = None

    @property
    def choice(self) -> str | None:
        """As `Answer.choice`; None when nothing was chosen."""
        return str(self.level) if self.level is not None else self.non_score

    @property
    def says_nothing(self) -> bool:
        return self.choice is None and self.comment is None and self.note is None


@dataclass(frozen=True, slots=True)
class GivenReflection:
    """What a member wrote about a section in one of its boxes; "" takes it back."""

    section_id: int
    box_id: int
    text: str
    made_at: dt.datetime | None = None


class Outcome(Enum):
    """What became of one change."""

    STANDS = auto()
    THERE_ALREADY = auto()
    TOO_LATE = auto()  # something else was chosen or written later, elsewhere


ANSWER_COLUMNS = ["level", "non_score", "chosen_at", "comment", "commented_at", "note", "noted_at", "revision"]


@dataclass(frozen=True, slots=True)
class Saved:
    """The response's revision after a save, and the rows of which whoever saved has older news."""

    revision: int
    answers: tuple[Answer, ...] = ()
    reflections: tuple[Reflection, ...] = ()


@transaction.atomic
def save_answers(
    *,
    response: Response,
    answers: Iterable[GivenAnswer],
    reflections: Iterable[GivenReflection] = (),
    seen: int | None = None,
    boards: Collection[int] | None = None,
    at: dt.datetime | None = None,
) -> Saved:
    """Store what a member changed, each answer in its own row; of two changes to one answer the later stands.

    `seen` is the revision that the page in front of the member has shown: what was written since then by another page,
    and what beat a change that is given here, comes back. `boards`: the organisations where the member holds a seat
    today (None: it is looked up). Of `response` only its key and its person count. Repeats are harmless.

    Raises Response.DoesNotExist unless that person has that response to a round that has opened; NotNow when the round
    is over, the member has left the board or the response is submitted; ValueError for what the round does not ask or
    a choice that is not on the scale. Nothing is stored then.
    """
    at = at or timezone.now()
    given = [answer for answer in answers if not answer.says_nothing]
    written = list(reflections)
    fresh = _claimed(response, at, boards) if given or written else _unclaimed(response, at, boards)
    content = content_of(fresh.round)
    _check_asked(content, given, written)
    seen = fresh.revision if seen is None else seen
    return Saved(
        fresh.revision,
        tuple(_save_answers(fresh, given, seen, at)),
        tuple(_save_reflections(fresh, written, seen, at)) if content.boxes else (),
    )


def _claimed(response: Response, at: dt.datetime, boards: Collection[int] | None) -> Response:
    """The response with a new revision. Writing that locks the row: who else saves or closes the round has to wait.

    Only then is the round looked at, because closing it waits for these locks as well.
    """
    Response.objects.filter(pk=response.pk, person=response.person_id).update(revision=F("revision") + 1)
    fresh = _unclaimed(response, at, boards)
    if fresh.state == ResponseState.INVITED:  # once a member: cheaper than deciding it in every update
        Response.objects.filter(pk=fresh.pk).update(state=ResponseState.STARTED)
    return fresh


def _unclaimed(response: Response, at: dt.datetime, boards: Collection[int] | None) -> Response:
    fresh = Response.objects.select_related("round").get(pk=response.pk, person=response.person_id)
    if fresh.round.opened_at is None:
        raise Response.DoesNotExist
    organisation = fresh.round.organisation_id
    if boards is None:
        on_board = holds_seat(fresh.person_id, organisation, timezone.localdate(at))
    else:
        on_board = organisation in boards
    reason = why_not_save(fresh, at, on_board=on_board)
    if reason:
        raise NotNow(reason)
    return fresh


def _check_asked(content: Content, answers: Sequence[GivenAnswer], reflections: Sequence[GivenReflection]) -> None:
    """Raise ValueError for an answer to what is not asked, or one that the scale does not have."""
    choices = {None, *(str(level.value) for level in content.levels), *(row.code for row in content.scale.non_scores)}
    for answer in answers:
        if answer.indicator_id not in content.indicator_ids:
            raise ValueError(f"indicator {answer.indicator_id} is not in the scope of this round")
        if answer.choice not in choices:
            raise ValueError(f"the answer to indicator {answer.indicator_id} is not on the scale")
        if content.is_individual and answer.comment:
            raise ValueError("what members write about themselves is a note to self: no board reads it")
    boxes = {box.box_id for box in content.boxes}
    if any(row.section_id not in content.section_ids or row.box_id not in boxes for row in reflections):
        raise ValueError("this round has no such box")


def _save_answers(response: Response, given: list[GivenAnswer], seen: int, at: dt.datetime) -> list[Answer]:
    """Write the changes that stand; the rows that the page has to show anew come back."""
    about = {answer.indicator_id for answer in given}
    has_seen_all = bool(given) and seen == response.revision - 1  # before this save: no news then to look for
    wanted = Q(indicator__in=about) if has_seen_all else Q(indicator__in=about) | Q(revision__gt=seen)
    known = response.answers.filter(wanted)
    rows = {row.indicator_id: row for row in known}
    news = {pk for pk, row in rows.items() if row.revision > seen}
    changed: dict[int, Answer] = {}
    for answer in given:
        row = rows.setdefault(answer.indicator_id, Answer(response=response, indicator_id=answer.indicator_id))
        outcomes = set(_apply(row, answer, min(answer.made_at or at, at)))
        if Outcome.STANDS in outcomes:
            changed[row.indicator_id] = row
        if Outcome.TOO_LATE in outcomes:
            news.add(row.indicator_id)
    _write(Answer, changed.values(), response.revision, unique=["response", "indicator"], fields=ANSWER_COLUMNS)
    return [rows[pk] for pk in sorted(news)]


def _apply(row: Answer, answer: GivenAnswer, made_at: dt.datetime) -> Iterator[Outcome]:
    """Bring what stands of a change into the row."""
    for name, moment in (("choice", "chosen_at"), ("comment", "commented_at"), ("note", "noted_at")):
        value, stored = getattr(answer, name), getattr(row, name)
        if value is None:
            continue
        if stands(value=value, made_at=made_at, stored=stored, stored_at=getattr(row, moment)):
            setattr(row, name, value)
            setattr(row, moment, made_at)
            yield Outcome.STANDS
        else:
            yield Outcome.THERE_ALREADY if value == stored else Outcome.TOO_LATE


def _save_reflections(response: Response, given: list[GivenReflection], seen: int, at: dt.datetime) -> list[Reflection]:
    """As `_save_answers`, for the words about whole sections."""
    rows = {(row.section_id, row.box_id): row for row in response.reflections.all()}
    news = {key for key, row in rows.items() if row.revision > seen}
    changed: dict[tuple[int, int], Reflection] = {}
    for words in given:
        key, made_at = (words.section_id, words.box_id), min(words.made_at or at, at)
        row = rows.get(key)
        if row is None:
            row = rows[key] = Reflection(response=response, section_id=key[0], box_id=key[1])
        if stands(value=words.text, made_at=made_at, stored=row.text, stored_at=row.written_at):
            row.text, row.written_at = words.text, made_at
            changed[key] = row
        elif row.text != words.text:
            news.add(key)
    fields = ["text", "written_at", "revision"]
    _write(Reflection, changed.values(), response.revision, unique=["response", "section", "box"], fields=fields)
    return [rows[key] for key in sorted(news)]


def _write(model: type[Row], rows: Collection[Row], revision: int, *, unique: list[str], fields: list[str]) -> None:
    """One statement, whether the rows are new or not: it never fails for another writer's sake."""
    for row in rows:
        row.revision = revision
    if rows:
        model.objects.bulk_create(rows, update_conflicts=True, unique_fields=unique, update_fields=fields)
