"""A draft from a version, and what is checked before it is published."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from frameworks.actions import IncompleteVersion, publish, retire
from frameworks.exchange.copying import CodeTaken, draft_from
from frameworks.exchange.loader import load
from frameworks.exchange.stored import stored_document
from frameworks.models import FrameworkVersion, Indicator, Theme
from frameworks.readiness import readiness
from tests.unit.frameworks.test_framework_document import document

pytestmark = pytest.mark.django_db


@pytest.fixture
def first() -> FrameworkVersion:
    load(document())
    version = FrameworkVersion.objects.get()
    publish(version=version)
    return version


@pytest.fixture
def second(first: FrameworkVersion) -> FrameworkVersion:
    return draft_from(version=first, code="2026-02")


def test_a_draft_says_all_that_its_version_says(wgll: FrameworkVersion) -> None:
    before = stored_document(wgll)
    draft = draft_from(version=wgll, code="2027")
    after = stored_document(draft)
    assert draft.is_draft
    assert (after.version.code, after.version.status) == ("2027", "draft")
    assert replace(after, version=before.version) == before == stored_document(wgll)
    found = readiness(draft)
    assert (found.faults, found.before) == ((), wgll)
    assert found.changes
    assert not found.changes.any
    assert len(found.changes.comparable) == 143


@pytest.mark.parametrize("code", ["2025-12", "2026-01", "2026"])
def test_a_draft_comes_after_all_versions(code: str, first: FrameworkVersion) -> None:
    with pytest.raises(CodeTaken, match="The newest version is 2026-01"):
        draft_from(version=first, code=code)
    assert FrameworkVersion.objects.count() == 1


def test_an_older_version_can_be_the_pattern(first: FrameworkVersion, second: FrameworkVersion) -> None:
    Indicator.objects.filter(version=second, code="T-3").update(text="Changed.")
    publish(version=second)
    retire(version=first)
    third = draft_from(version=first, code="2026-03")
    assert third.indicators.get(code="T-3").text == "The plan is read."
    assert readiness(third).before == second


def spoil(**changed: Any) -> Callable[[Any], object]:
    return lambda rows: rows.filter(code="T-1").update(**changed)


@pytest.mark.parametrize(
    ("change", "where", "message"),
    [
        (spoil(text=""), "Indicator T-1, text", "missing"),
        (spoil(variant=""), "Indicator T-1, variant", "the variants are ics, organisation"),
        (
            spoil(supersedes=["T-8"]),
            "Indicator T-1, supersedes[0]",
            "no earlier version of tiny has an indicator 'T-8'",
        ),
        (spoil(supersedes=["T-2"]), "Indicator T-1, supersedes[0]", "'T-2' is still an indicator of this version"),
        (spoil(text="Odd\u200b."), "Indicator T-1, text", "cannot be seen"),
        (spoil(code="T-0"), "Indicator T-0, code", "'T-0' was superseded in an earlier version"),
        (spoil(variant="organisation"), "", "no indicator is asked of 'ics'"),
    ],
)
def test_what_forbids_publishing(
    change: Callable[[Any], object], where: str, message: str, second: FrameworkVersion
) -> None:
    if not where:  # everything is asked of organisations only
        second.indicators.update(variant="organisation")
        where = "Variants 1, code"
    change(second.indicators)
    faults = readiness(second).faults
    assert (where, True) in [(fault.where, message in fault.message) for fault in faults], faults
    with pytest.raises(IncompleteVersion):
        publish(version=second)


def test_what_is_worth_another_look(second: FrameworkVersion) -> None:
    second.indicators.filter(code="T-1").delete()
    second.indicators.filter(code="T-3").update(variant="both")
    Theme.objects.create(section=second.sections.get(), code="idle", order=2, label="Idle")
    found = readiness(second)
    assert found.faults == ()
    assert [f"{doubt.where} {doubt.message}" for doubt in found.doubts] == [
        "Theme “Plan” of “Leading” has no counterpart: only “Organisation” is asked about it",
        "Theme “Idle” of “Leading” no indicator belongs to it",
        "No longer asked and not superseded: T-1 is that meant?",
    ]
    publish(version=second)
