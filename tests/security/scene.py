"""Two boards with everything that the portal can hold about one; words that give one of them away."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.test import Client
from django.utils import timezone

from assessments import actions
from assessments.choices import AgreedBy
from assessments.models import Answer, Round
from assessments.queries.results import results_for
from frameworks.models import FrameworkVersion
from organisations.choices import SeatRole
from organisations.models import Organisation, Seat, User
from reports.exports.document import document_of
from reports.exports.gather import figures_from
from reports.models import ReportVersion, VersionPdf
from reports.pdf.drawing import ask_for
from tests.factories import answer, give_second_factor, make_organisation, make_round, make_seat

MEMBERS = 6  # of whom one does not submit: five is the smallest group that figures are shown for
SECRET = "Quagmire"  # in every name, address and comment of the other board, and nowhere else
Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Board:
    """An organisation with a draft, an open and a closed round, and the people on it."""

    organisation: Organisation
    lead: User
    chair: User
    member: User
    rounds: tuple[Round, ...]  # draft, open, closed; closed and about the members themselves

    @property
    def actors(self) -> dict[str, User]:
        return {"lead": self.lead, "chair": self.chair, "member": self.member}


def make_board(word: str, short: FrameworkVersion, long: FrameworkVersion) -> Board:
    """A board with `word` in every text of its own.

    Rounds of `short` are open and closed; of `long`, which asks members about themselves, one is a draft and one is
    closed, in which a member shares theirs with the chair.
    """
    organisation = make_organisation(f"{word} Hospitals NHS Trust")
    lead = _seated(organisation, f"{word} Lead", lead=True)
    people = [_seated(organisation, f"{word} Person {number}") for number in range(MEMBERS)]
    Seat.objects.filter(person=people[0]).update(role=SeatRole.CHAIR)
    closed = _opened(organisation, short, word)
    actions.close_round(by=lead, round_=closed, count_unsubmitted=False)
    closed.refresh_from_db()
    opened = _opened(organisation, short, word)
    _follow_up(closed, people[1], word)
    about_oneself = _opened(organisation, long, word)
    actions.close_round(by=lead, round_=about_oneself, count_unsubmitted=False)
    shared = about_oneself.responses.get(person=people[1])
    actions.share_response(response=shared, chair=people[0])
    draft = make_round(organisation, long, members=0, state="draft")
    actions.add_members(by=lead, round_=draft, seats=organisation.seats.all())
    rounds = tuple(Round.objects.get(pk=round_.pk) for round_ in (draft, opened, closed, about_oneself))
    return Board(organisation, lead, people[0], people[1], rounds)


def _follow_up(round_: Round, owner: User, word: str) -> None:
    """An action with a note, a position, and a report that was signed off; the round is closed again."""
    lead = round_.started_by
    section, planned = round_.scope.all()[0].section, actions.Planned(f"{word} action", owner=owner)
    action = actions.add_action(by=lead, round_=round_, section=section, planned=planned)
    actions.change_action(by=lead, action=action, revision=1, planned=planned, note=f"{word} note")
    settled = actions.Settled(2, AgreedBy.VOTE, timezone.localdate(), f"{word} reason", f"{word} dissent")
    actions.agree(by=lead, round_=round_, indicator=round_.indicators()[0], settled=settled, seen="")
    export = document_of(figures_from(results_for(round_)))
    actions.sign_off_round(by=lead, round_=round_)
    version = ReportVersion.objects.create(
        round=round_, number=1, signed_off_at=timezone.now(), signed_off_by=lead, file_name="report.pdf",
        figures={}, export=export,
    )  # fmt: skip
    VersionPdf.keep(version, f"{word} report".encode())
    ask_for(round_=round_, html=f"{word} draft", file_name="draft.pdf")
    actions.take_back_sign_off(by=lead, round_=round_, reason=f"{word} reason")


def _seated(organisation: Organisation, name: str, *, lead: bool = False) -> User:
    person = make_seat(organisation, name, role=SeatRole.NON_EXECUTIVE, lead=lead).person
    User.objects.filter(pk=person.pk).update(email=f"{name.lower().replace(' ', '-')}@board.example")
    person.refresh_from_db()
    return person


def _opened(organisation: Organisation, version: FrameworkVersion, word: str) -> Round:
    """An open round in which everybody has answered and commented; all but one have submitted."""
    round_ = make_round(organisation, version, members=0, state="draft")
    actions.add_members(by=round_.started_by, round_=round_, seats=organisation.seats.filter(is_digital_lead=False))
    actions.open_round(by=round_.started_by, round_=round_)
    for number, response in enumerate(round_.responses.order_by("pk")):
        answer(response, lambda indicator: 1 + indicator % 3)
        Answer.objects.filter(response=response).update(comment=f"{word} comment")
        if number != 1:
            actions.submit_response(response=response)
    return round_


def sign_in(client: Client, person: User) -> str:
    """Sign `person` in with all that they need to use the portal; gives the session's key."""
    client.force_login(person)
    give_second_factor(client, person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


# --- what belongs to a board ----------------------------------------------------------------------------------------


def identifiers(board: Board) -> dict[str, list[Any]]:
    """Primary keys of the board's rows by model label, and its codes and addresses under "text"."""
    owned = {"organisations.Organisation": [board.organisation.pk]}
    for _ in range(3):  # rows that refer to rows found before: seats → responses → answers
        for model in _project_models():
            owned[model._meta.label] = _owned_rows(model, owned)
    people = set(Seat.objects.filter(organisation=board.organisation).values_list("person", flat=True))
    emails = User.objects.filter(pk__in=people).values_list("email", flat=True)
    return {**owned, "organisations.User": sorted(people), "text": [board.organisation.ods_code, *emails]}


def snapshot(owned: dict[str, list[Any]], tables: Collection[str] | None = None) -> Rows:
    """Every row that is, or refers to, something in `owned` other than a person, as it stands in the database.

    Of all tables, or of those named: what no statement has touched need not be read again.
    """
    rows: Rows = {}
    for model in _project_models():
        if tables is not None and model._meta.db_table not in tables:
            continue
        label = model._meta.label
        found = set(_owned_rows(model, owned)) | set(owned.get(label, []))
        rows[label] = sorted(model._base_manager.filter(pk__in=found).values_list(), key=repr)
    return rows


def _project_models() -> list[type[models.Model]]:
    return [
        model
        for name in ("organisations", "assessments", "reports")
        for model in apps.get_app_config(name).get_models(include_auto_created=True)
    ]


def _owned_rows(model: type[models.Model], owned: dict[str, list[Any]]) -> list[Any]:
    """A person is nobody's: they may sit on several boards, so rows are not followed through people."""
    condition = models.Q(pk__in=owned.get(model._meta.label, []))
    for field in model._meta.concrete_fields:
        target = field.related_model
        if isinstance(target, type) and target is not User and target._meta.label in owned:
            condition |= models.Q(**{f"{field.name}__in": owned[target._meta.label]})
    return sorted(model._base_manager.filter(condition).values_list("pk", flat=True))


# --- asking without leaving a trace -----------------------------------------------------------------------------------


WRITTEN = re.compile(r'(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM) "(\w+)"')


class Writes:
    """Notes which tables were written to."""

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")):
            self.tables.update(WRITTEN.findall(sql))
        return execute(sql, params, many, context)

    def changed(self, owned: dict[str, list[Any]], before: Rows) -> bool:
        """Whether any of the rows that `before` is a snapshot of is another now."""
        return any(rows != before[label] for label, rows in snapshot(owned, self.tables).items())


def everything_in(response: Any) -> str:
    """Headers, cookies and body of a response as one text."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{dict(response.items())} {response.cookies} {content.decode(errors='replace')}"


def watching() -> Any:
    """A context in which `Writes` sees every statement."""
    writes = Writes()
    return connection.execute_wrapper(writes), writes
