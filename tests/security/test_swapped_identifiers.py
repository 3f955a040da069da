"""Whoever puts another board's identifier into an address or a form field sees nothing of that board's and changes
nothing there: over all pages, two boards that have everything, everybody who can sign in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frameworks.models import FrameworkVersion
from organisations.models import User
from tests.security.addresses import ARGUMENT, Forms, routes
from tests.security.scene import SECRET, Board, everything_in, identifiers, make_board, sign_in, snapshot, watching

WORDS = ("code", "version_code", "indicator_code")  # of frameworks: the same for every board
# Of versions, wordings and files as well; a spreadsheet's bytes hide words.
SAME = {"number": ["1"], "variant": ["ics"], "suffix": ["csv", "json"]}
DOWNLOADS = (".pdf", ".csv", ".ics", ".json")  # hold no forms, and take long to make
ACTORS = ("lead", "chair", "member")
ANSWERS = re.compile(r"(initial-)?(answer|comment|note|reflection)-.*")  # hold levels and words; their names hold keys
NUMBERS = re.compile(r"(initial-)?(target|minimum_group|reminder_days|level|\w+_on_(day|month|year))")
FIELDS = ("seats", "version", "sections", "person", "organisation", "email", "next", "response", "round", "seat")


@dataclass(frozen=True)
class Address:
    """A page of one's own board, with some arguments taken from the other board."""

    path: str
    swapped: int


class Boards:
    """Mine, theirs, and what theirs looked like at first."""

    def __init__(self, mine: Board, theirs: Board) -> None:
        self.mine, self.theirs = mine, theirs
        self.own_ids, self.their_ids = identifiers(mine), identifiers(theirs)
        self.before = snapshot(self.their_ids)
        self.clients = {actor: Client(raise_request_exception=False) for actor in ACTORS}
        for actor, client in self.clients.items():
            sign_in(client, mine.actors[actor])

    # --- addresses -----------------------------------------------------------------------------------------------

    def addresses(self) -> list[Address]:
        """Every page with every choice of arguments from either board."""
        pages = [route for _, route in routes() if not route.startswith(("admin/", "sign-out"))]
        return sorted({address for route in pages for address in self._addresses(route)}, key=lambda made: made.path)

    def _addresses(self, route: str) -> Iterator[Address]:
        names = [found["name"] for found in ARGUMENT.finditer(route)]
        for sides in product(*((False,) if name in (*WORDS, *SAME) else (False, True) for name in names)):
            pools = [self._values(name, theirs) for name, theirs in zip(names, sides, strict=True)]
            for values in _tuples(pools):
                yield Address("/" + _filled(route, values), sum(sides))

    def _values(self, name: str, theirs: bool) -> list[str]:
        """What fits an argument of that name; an argument that this does not know is given every key of the board."""
        ids = self.their_ids if theirs else self.own_ids
        if name == "ods_code":
            return [str(ids["text"][0])]
        if name in WORDS:
            return _words(name)
        if name in SAME:
            return SAME[name]
        wanted = name.removesuffix("_id").replace("_", "")
        fitting = [keys for label, keys in ids.items() if label.split(".")[-1].lower() == wanted]
        if name == "version_id":
            return [str(key) for key in FrameworkVersion.objects.values_list("pk", flat=True)]
        keys = fitting[0] if fitting else [key for label, keys in ids.items() if label != "text" for key in keys[:3]]
        return [str(key) for key in keys]

    # --- forms ---------------------------------------------------------------------------------------------------

    @cached_property
    def forms(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """Every form on the pages of one's own board: who sees it, where it is sent, its fields."""
        found = {}
        pages = [made for made in self.addresses() if not made.swapped and not made.path.endswith(DOWNLOADS)]
        for actor, address in product(ACTORS, pages):
            page = self.clients[actor].get(address.path)
            for action, fields in Forms(_text(page)).forms:
                found[actor, action or address.path] = fields
        return [(actor, target, fields) for (actor, target), fields in sorted(found.items()) if "/sign-" not in target]

    def their_values(self) -> list[str]:
        """What names something of theirs: a few rows of each kind, and every code and address."""
        keys = [str(key) for label, keys in self.their_ids.items() if label != "text" for key in keys[:3]]
        return sorted({*keys, *map(str, self.their_ids["text"])})

    # --- asking --------------------------------------------------------------------------------------------------

    def ask(self, actor: str, method: str, path: str, data: dict[str, list[str]] | None = None) -> None:
        """Ask, follow where it leads, undo. Fails if anything of the other board's shows or changes."""
        wrapper, writes = watching()
        with transaction.atomic():
            with wrapper:
                response = (
                    self.clients[actor].generic(method, path) if data is None else self.clients[actor].post(path, data)
                )
                text = everything_in(response)
                if response.status_code == 302:
                    text += everything_in(self.clients[actor].get(response["Location"]))
            changed = writes.changed(self.their_ids, self.before)
            transaction.set_rollback(True)
        asked = f"{actor} {method} {path} {data} → {response.status_code}"
        assert response.status_code < 500, asked
        assert not changed, f"a change: {asked}"
        for typed in sorted({text for values in (data or {}).values() for text in values}, key=len, reverse=True):
            text = _without_person_named(text, typed)
        assert SECRET.lower() not in text.lower(), f"a leak: {asked}"


def _filled(route: str, values: tuple[str, ...]) -> str:
    chosen = iter(values)
    return ARGUMENT.sub(lambda found: next(chosen), route)


def _without_person_named(text: str, typed: str) -> str:
    """Without an address that the asker typed, and the name of the person whose it is.

    Boards may share a person (product rule §1): who knows their address and seats them sees how they are called.
    """
    person = User.objects.filter(email=typed).first() if "@" in typed else None
    return text.replace(typed, "").replace(person.name, "") if person else text


def _words(name: str) -> list[str]:
    if name == "indicator_code":
        asked = FrameworkVersion.objects.filter(framework__code="digital-boards")
        return sorted(asked.values_list("indicators__code", flat=True))[:2]
    if name == "version_code":
        return sorted(set(FrameworkVersion.objects.values_list("code", flat=True)))
    pairs = FrameworkVersion.objects.values_list("framework__code", "sections__code")
    return sorted({word for pair in pairs for word in pair if word})


def _tuples(pools: list[list[str]]) -> Iterator[tuple[str, ...]]:
    """As many as the longest pool has values; every value of every pool comes up."""
    for number in range(max((len(pool) for pool in pools), default=1)):
        yield tuple(pool[number % len(pool)] for pool in pools)


def _text(response: Any) -> str:
    """The page's HTML; "" for a download, whose bytes may look like anything."""
    return str(response.content, "utf-8") if response.get("Content-Type", "").startswith("text/html") else ""


@pytest.fixture
def boards(digital_boards: FrameworkVersion, leadership: FrameworkVersion) -> Boards:
    theirs = make_board(SECRET, digital_boards, leadership)
    return Boards(make_board("Fenwick", digital_boards, leadership), theirs)


@pytest.mark.once
@pytest.mark.long
def test_no_address_with_another_boards_identifier_shows_or_changes_anything(boards: Boards) -> None:
    swapped = [address for address in boards.addresses() if address.swapped]
    assert len(swapped) > 50
    for actor, address, method in product(ACTORS, swapped, ("GET", "POST")):
        boards.ask(actor, method, address.path)


@pytest.mark.once
@pytest.mark.long
def test_no_form_field_with_another_boards_identifier_shows_or_changes_anything(boards: Boards) -> None:
    """One test, because finding all forms takes longest: the boards are worth it; at random; field by field."""
    swap_at_random(boards)
    swap_every_field(boards)
    the_boards_are_worth_attacking(boards)  # last: their own people leave lines in the trail


def the_boards_are_worth_attacking(boards: Boards) -> None:
    """Their own people do see what the other tests look for, and every kind of page is reached with one's own keys."""
    client = Client()
    sign_in(client, boards.theirs.lead)
    for round_ in boards.theirs.rounds:
        assert SECRET in client.get(f"/rounds/{round_.pk}/").content.decode()
    assert f"{SECRET} comment" in client.get(f"/rounds/{boards.theirs.rounds[2].pk}/comments/").content.decode()
    assert SECRET in client.get(f"/rounds/{boards.theirs.rounds[2].pk}/figures.csv").content.decode()
    assert SECRET in client.get(f"/rounds/{boards.theirs.rounds[2].pk}/report/1.pdf").content.decode()
    sign_in(client, boards.theirs.chair)
    shared = boards.theirs.rounds[3].responses.get(person=boards.theirs.member)
    assert f"{SECRET} Person 1" in client.get(f"/responses/{shared.pk}/shared/").content.decode()
    reached = {re.sub(r"\d+", "n", target) for _, target, _ in boards.forms}
    assert {"/rounds/n/members/", "/rounds/n/close/", "/responses/n/submit/", "/responses/n/take-back/"} <= reached
    assert sum(len(rows) for rows in boards.before.values()) > 50


def swap_at_random(boards: Boards) -> None:
    names = sorted({name for _, _, fields in boards.forms for name, _ in fields} | set(FIELDS))
    theirs = boards.their_values()

    @settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def swap(data: st.DataObject) -> None:
        actor, target, fields = data.draw(st.sampled_from(boards.forms))
        sent = _as_sent(fields)
        changed = data.draw(st.lists(st.sampled_from(sorted(sent) or names), min_size=1, max_size=3))
        for name in [*changed, *data.draw(st.lists(st.sampled_from(names), max_size=1))]:
            values = data.draw(st.lists(st.sampled_from(theirs), min_size=1, max_size=2))
            sent[name] = values if data.draw(st.booleans()) else [*sent.get(name, []), *values]
        boards.ask(actor, "POST", target, sent)

    swap()


def swap_every_field(boards: Boards) -> None:
    """A form that is otherwise valid, one field at a time."""
    own = {str(key) for keys in boards.own_ids.values() for key in keys}
    tried = 0
    for actor, target, fields in boards.forms:
        sent = _as_sent(fields)
        for name in {name for name, value in fields if value in own or name == "email"} - no_keys(fields):
            for value in boards.their_values():
                boards.ask(actor, "POST", target, {**sent, name: [value]})
                tried += 1
    assert tried > 100


def no_keys(fields: list[tuple[str, str]]) -> set[str]:
    """Fields that hold levels, words, days or sizes: a number among them that is somebody's key is so by chance."""
    return {name for name, _ in fields if ANSWERS.fullmatch(name) or NUMBERS.match(name)}


def _as_sent(fields: list[tuple[str, str]]) -> dict[str, list[str]]:
    """A form as a browser would send it with everything chosen and no text left empty."""
    sent: dict[str, list[str]] = {}
    for name, value in fields:
        if name != "csrfmiddlewaretoken":
            sent.setdefault(name, []).append(value or "Newcomer")
    return sent
