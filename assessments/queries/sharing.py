"""What a member's self-assessment is shared with whom, and what the chair is then given of it: never a note to self."""

import datetime as dt
from dataclasses import dataclass

from assessments.models import Answer, Reflection, Response
from assessments.queries.content import Content, SectionContent, content_of
from assessments.queries.sitting import labels_of
from assessments.reasons import NO_CHAIR, why_not_share
from assessments.sharing import chairs_for, readable_by
from organisations.acting import Acting
from organisations.choices import SeatRole
from organisations.models import User
from organisations.permissions import current_seats


@dataclass(frozen=True, slots=True)
class Chair:
    person_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Sharing:
    """Where sharing stands, as the member sees it."""

    reader: str  # with whom it is shared; "" when with nobody
    since: dt.datetime | None
    is_read: bool  # whether that person can still read it: not once their time as chair is over
    chairs: tuple[Chair, ...]  # with whom it could be shared
    is_chair: bool  # the member chairs the board: somebody else leads their appraisal
    why_not: str  # the reason why it cannot be shared now; "" when it can

    @property
    def is_choice(self) -> bool:
        return len(self.chairs) > 1

    @property
    def can_share(self) -> bool:
        return bool(self.chairs) and not self.why_not and not self.is_read


def sharing_of(response: Response, *, on_board: bool) -> Sharing:
    """For the member's own page. `on_board`: whether they hold a seat there today."""
    chairs = tuple(Chair(person.pk, person.name) for person in chairs_for(response))
    own_seats = current_seats(response.person).chairs().filter(organisation=response.round.organisation_id)
    is_chair = own_seats.exists()
    why_not = why_not_share(has_answers=response.answers.given().exists(), on_board=on_board)
    reader = response.shared_with
    return Sharing(
        reader=reader.name if reader else "",
        since=response.shared_at,
        is_read=reader is not None and bool(readable_by(reader, Response.objects.filter(pk=response.pk))),
        chairs=chairs,
        is_chair=is_chair,
        why_not=why_not or ("" if chairs or is_chair else NO_CHAIR),
    )


def shared_with(response: Response) -> str:
    """The name of whom the member shares it with, "" for nobody; a query only if it is shared."""
    return response.shared_with.name if response.shared_with else ""


@dataclass(frozen=True, slots=True)
class SharedLine:
    """A self-assessment that somebody shares with me, in a line."""

    response_id: int
    member: str
    framework: str
    since: dt.datetime
    submitted_at: dt.datetime | None


def shared_with_me(user: User, acting: Acting) -> tuple[SharedLine, ...]:
    """What a chair can read on the board acted for; no query for anybody who is not its chair."""
    here = acting.organisation
    if here is None or not any(seat.role == SeatRole.CHAIR for seat in acting.seats_here):
        return ()
    readable = readable_by(user, Response.objects.filter(round__organisation=here))
    return tuple(
        SharedLine(
            response.pk,
            response.person.name,
            response.round.version.framework.title,
            response.shared_at,
            response.submitted_at,
        )
        for response in readable
        if response.shared_at is not None
    )


@dataclass(frozen=True, slots=True)
class SharedAnswer:
    number: int
    text: str
    answer_label: str  # "" when unanswered


@dataclass(frozen=True, slots=True)
class SharedSection:
    """A section as the chair reads it: answers, and what the member wrote about it in the framework's boxes."""

    number: int
    title: str
    answers: tuple[SharedAnswer, ...]
    words: tuple[tuple[str, str], ...]  # (label, text), "" where nothing is written

    @property
    def answered(self) -> int:
        return sum(answer.answer_label != "" for answer in self.answers)


@dataclass(frozen=True, slots=True)
class SharedAssessment:
    """A self-assessment as its member lets the chair read it: as it stands now, without notes to self."""

    member: str
    role: str
    organisation: str
    opened_at: dt.datetime | None
    closing_on: dt.date
    submitted_at: dt.datetime | None
    since: dt.datetime | None
    content: Content
    sections: tuple[SharedSection, ...]


def shared_assessment(response: Response) -> SharedAssessment:
    """What the chair is given of a response that `guards.response_shared_with` let through; two queries."""
    content = content_of(response.round)
    choices = _choices(response, content)
    words = {(row.section_id, row.box_id): row.text for row in Reflection.objects.filter(response=response)}
    return SharedAssessment(
        member=response.person.name,
        role=response.seat.get_role_display(),
        organisation=response.round.organisation.name,
        opened_at=response.round.opened_at,
        closing_on=response.round.closing_on,
        submitted_at=response.submitted_at,
        since=response.shared_at,
        content=content,
        sections=tuple(_section(section, content, choices, words) for section in content.sections),
    )


def _choices(response: Response, content: Content) -> dict[int, str]:
    """Indicator → answer in words. Comments and notes are not even read from the database."""
    labels = labels_of(content.scale)
    rows = Answer.objects.given().filter(response=response).only("indicator_id", "level", "non_score")
    return {row.indicator_id: labels.get(row.choice, "") for row in rows}


def _section(
    section: SectionContent, content: Content, choices: dict[int, str], words: dict[tuple[int, int], str]
) -> SharedSection:
    return SharedSection(
        section.number,
        section.title,
        tuple(
            SharedAnswer(asked.number, asked.text, choices.get(asked.indicator_id, "")) for asked in section.questions
        ),
        tuple((box.label, words.get((section.section_id, box.box_id), "")) for box in content.boxes),
    )
