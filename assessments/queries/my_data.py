"""Everything that the portal holds about one person, for that person only."""

from dataclasses import dataclass
from typing import Any

from assessments.models import Action, ActionLine, Answer, Notice, Reopening, Response, Round
from assessments.sharing import readable_by
from frameworks.models import WordingChange, WordingCheck
from organisations.models import Seat, User
from organisations.personal_data import Held, held_about, plain

ABOUT = (
    "This file holds what the board self-assessment portal knows about you: who you are, your seats, your answers "
    "and comments, and what you did here. Times are those of the United Kingdom. Answers of other people are not in "
    "it, nor what keeps your sign-in safe (codes, keys, secrets). An empty text means that nothing is recorded. "
    "Something is wrong? Ask the digital lead of your board, who can have it corrected."
)


def my_data(person: User) -> Held:
    """Heading → what is held, ready for JSON; a constant number of queries."""
    return {
        "About this file": ABOUT,
        **held_about(person),
        "Rounds that you started": [_round(round_) for round_ in _with_names(person.rounds_started)],
        "Rounds that you opened again, or whose sign-off you took back": [
            _reopening(row) for row in _in_rounds(Reopening.objects.filter(by=person))
        ],
        "Actions that you own": [_owned(action) for action in _actions(person)],
        "What you wrote in the history of actions": [_written(line) for line in _lines(person)],
        "Self-assessments shared with you": [_shared(response) for response in readable_by(person)],
        "E-mails that the portal sent you about rounds": [_notice(notice) for notice in _notices(person)],
        "Wording of frameworks that you changed, newest first": [_reworded(line) for line in _wording(person)],
        "Reminders with a note of yours": [_noted(notice) for notice in _noted_by(person)],
        "Wordings of frameworks that you checked, newest first": [_checked(row) for row in _checks(person)],
        "Your responses": [_response(response) for response in _responses(person)],
    }


def _with_names(rounds: Any) -> Any:
    return rounds.select_related("organisation", "version__framework")


def _responses(person: User) -> Any:
    responses = (
        Response.objects.in_sight()
        .filter(person=person)
        .select_related("round__organisation", "round__version__framework", "shared_with")
    )
    return responses.prefetch_related(
        "answers__indicator",
        "reflections__section",
        "reflections__box",
        "round__version__scale__levels",
        "round__version__scale__non_scores",
    ).order_by("invited_at", "pk")


def _round(round_: Round) -> Held:
    return {
        "Organisation": round_.organisation.name,
        "Round": str(round_),
        "State": round_.get_state_display(),
        "Started": plain(round_.started_at),
    }


def _checks(person: User) -> Any:
    return WordingCheck.objects.filter(checked_by=person).select_related("framework")


def _checked(row: WordingCheck) -> Held:
    return {
        "Framework": row.framework.title,
        "Of": f"{row.get_part_display()} {row.code}",
        "What you found": row.get_status_display(),
        "When": plain(row.checked_on),
        "Against what": row.source,
        "What you noted": row.note,
    }


def _in_rounds(rows: Any) -> Any:
    return rows.select_related("round__organisation", "round__version__framework")


def _reopening(row: Reopening) -> Held:
    return {
        "Organisation": row.round.organisation.name,
        "Round": str(row.round),
        "When": plain(row.at),
        "The sign-off was taken back": plain(row.was_signed_off),
        "Reason": row.reason,
    }


def _actions(person: User) -> Any:
    return _in_rounds(person.actions_owned).select_related("section").order_by("made_at", "pk")


def _owned(action: Action) -> Held:
    return {
        "Organisation": action.round.organisation.name,
        "Round": str(action.round),
        "About": action.section.title,
        "What is to be done": action.what,
        "Due": plain(action.due_on),
        "Status": action.get_status_display(),
        "Risk": action.risk,
    }


def _lines(person: User) -> Any:
    return ActionLine.objects.filter(by=person).exclude(note="").select_related("action__organisation")


def _written(line: ActionLine) -> Held:
    return {"Organisation": line.action.organisation.name, "When": plain(line.at), "What you wrote": line.note}


def _notices(person: User) -> Any:
    notices = person.notices.prefetch_related("responses__round__organisation", "responses__round__version__framework")
    return notices.order_by("made_at", "pk")


def _notice(notice: Notice) -> Held:
    return {
        "What": notice.get_kind_display(),
        "About": [_about(response.round) for response in notice.responses.all()],
        "State": notice.get_state_display(),
        "Sent": plain(notice.sent_at),
        "Note of the digital lead": notice.remark,
    }


def _about(round_: Round) -> str:
    return f"{round_}, {round_.organisation.name}"


def _noted_by(person: User) -> Any:
    """What a digital lead wrote to others; to whom is theirs."""
    return person.notices_asked.exclude(remark="").order_by("made_at", "pk")


def _noted(notice: Notice) -> Held:
    return {"When": plain(notice.made_at), "Your note": notice.remark}


def _shared(response: Response) -> Held:
    """That somebody shares theirs; who and what is theirs to say."""
    return {
        "Organisation": response.round.organisation.name,
        "Round": str(response.round),
        "Since": plain(response.shared_at),
    }


def _wording(person: User) -> Any:
    return person.wording_changes.select_related("framework")


def _reworded(line: WordingChange) -> Held:
    return {
        "Framework": line.framework.title,
        "Version": line.version_code,
        "When": plain(line.at),
        "What": line.get_way_display(),
        "Place": f"{line.kind} {line.code}".strip(),
    }


def _response(response: Response) -> Held:
    scale = response.round.version.scale
    labels = {str(level.value): str(level) for level in scale.levels.all()}
    labels |= {choice.code: choice.label for choice in scale.non_scores.all()}
    return {
        "Organisation": response.round.organisation.name,
        "Round": str(response.round),
        "State": response.get_state_display(),
        "Invited": plain(response.invited_at),
        "Submitted": plain(response.submitted_at),
        "Shared with the chair": response.shared_with.name if response.shared_with else "",
        "Shared since": plain(response.shared_at),
        "Answers": [_answer(answer, labels) for answer in response.answers.all()],
        "What you wrote about whole sections": [
            {row.box.label: row.text, "Section": row.section.title, "Last changed": plain(row.written_at)}
            for row in response.reflections.all()
        ],
    }


def _answer(answer: Answer, labels: dict[str, str]) -> Held:
    return {
        "Question": f"{answer.indicator.code} {answer.indicator.text}",
        "Your answer": labels.get(answer.choice, ""),
        "Your comment for the board": answer.comment,
        "Your note to self": answer.note,
        "Last changed": plain(answer.changed_at),
    }


@dataclass(frozen=True, slots=True)
class MyDataInShort:
    """What the page says before somebody downloads."""

    name: str
    email: str
    seats: tuple[str, ...]
    responses: int
    answers: int
    lines: int


def my_data_in_short(person: User) -> MyDataInShort:
    """Name, seats in words, and how many of the rest."""
    seats = person.seats.select_related("organisation").order_by("starts_on", "pk")
    return MyDataInShort(
        name=person.name,
        email=person.email,
        seats=tuple(_seat_in_words(seat) for seat in seats),
        responses=person.responses.count(),
        answers=Answer.objects.filter(response__person=person).count(),
        lines=person.audit_events.count(),
    )


def _seat_in_words(seat: Seat) -> str:
    until = f" to {plain(seat.ends_on)}" if seat.ends_on else ""
    return f"{seat.get_role_display()}, {seat.organisation.name}, from {plain(seat.starts_on)}{until}"
