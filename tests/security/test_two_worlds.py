"""Everything that can be read is the same in two worlds in which other members answered otherwise.

What a round's figures let somebody work out is attacked in `tests/unit/secrecy`. Here it is shown that nothing else
says more: of two worlds with the same figures every page, file, mail and line of the log or the audit trail is the
same, letter for letter, at every stage of the round. Keys, times and tokens are the same too, so nothing needs to be
smoothed over.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from django.contrib import admin
from django.urls import resolve

from assessments.late_answers import Counted
from assessments.scoring.types import SectionAsked
from frameworks.models import FrameworkVersion
from reports.content.method import LEFT_OUT
from tests.security.addresses import routes
from tests.security.two_worlds.history import pairs
from tests.security.two_worlds.surfaces import ELSEWHERE
from tests.security.two_worlds.theatre import Theatre, Told, everything_at_the_end, glances, results_alone

pytestmark = pytest.mark.once  # keys that come again after a rollback are SQLite's


@pytest.fixture
def theatre(
    digital_boards: FrameworkVersion,
    leadership: FrameworkVersion,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> Theatre:
    return Theatre((digital_boards, leadership), monkeypatch, caplog)


PAIRS = pairs(3)


def different(one: Told, other: Told) -> list[tuple[str, str]]:
    return [key for key in sorted(one.keys() | other.keys()) if one.get(key) != other.get(key)]


@pytest.mark.long
def test_nothing_that_can_be_read_tells_one_world_from_the_other(theatre: Theatre) -> None:
    one, other = (theatre.told(history, everything_at_the_end) for history in PAIRS[1])
    assert different(one, other) == []
    assert names_seen(one) == {name for name, route in routes() if not route.startswith(ELSEWHERE)}
    answered = {name_of(at) for (_, at), text in one.items() if text.startswith("200 ")}
    assert answered >= {"reports:indicators", "reports:figures", "reports:agenda", "audit_export"}
    assert answered >= {"reports:report_version", "reports:version_archive_copy", "reports:side_by_side"}
    assert sum(place == "mail" for place, _ in one) > 20
    results = [text for (when, at), text in sorted(one.items()) if when.startswith("closed") and is_results(at)]
    assert [LEFT_OUT in text for text in results] == [False, False, True], "four late answers enter, two more do not"


def test_nor_does_a_page_of_the_round_on_the_way(theatre: Theatre) -> None:
    assert different(*(theatre.told(history, glances) for history in PAIRS[2])) == []


def as_they_come(sections: Iterable[SectionAsked], publications: Sequence[Counted], *rest: object) -> object:
    """Every indicator's answers as they stand in the last publication."""
    codes = [indicator.code for section in sections for indicator in section.indicators]
    return {code: {member: sheet.get(code) for member, sheet in publications[-1].sheets.items()} for code in codes}


WITHOUT_A_RULE: dict[str, tuple[int, dict[str, Any]]] = {  # rule → a pair that it matters to, and what is replaced
    "small groups are shown": (2, {"assessments.queries.results.disclose": lambda scorecard, **rest: scorecard}),
    "one late answer is enough": (
        1,
        {
            "assessments.late_answers.SMALLEST_BATCH": 1,
            "assessments.queries.results.answers_shown": as_they_come,
        },
    ),
}


@pytest.mark.parametrize("rule", WITHOUT_A_RULE)
def test_without_a_rule_the_worlds_differ(theatre: Theatre, monkeypatch: pytest.MonkeyPatch, rule: str) -> None:
    pair, replaced = WITHOUT_A_RULE[rule]
    for name, instead in replaced.items():
        monkeypatch.setattr(name, instead)
    found = different(*(theatre.told(history, results_alone) for history in PAIRS[pair]))
    assert any(is_results(at) for _, at in found)


def test_the_admin_has_no_answers() -> None:
    shown = {model.__name__ for model in admin.site._registry}
    assert not shown & {"Response", "Answer", "Reflection", "CountedResponse", "CountedAnswer", "PublishedComment"}


def is_results(at: str) -> bool:
    return name_of(at) == "reports:results"


def names_seen(told: Told) -> set[str]:
    return {name for _, at in told for name in [name_of(at)] if name}


def name_of(at: str) -> str:
    """The name of the page at an address, which may stand behind its reader."""
    path = at[at.index("/") :].split("?")[0] if "/" in at else ""
    return resolve(path).view_name if path else ""
