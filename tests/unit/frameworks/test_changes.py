"""What changed between two versions, case by case and at random."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frameworks.documents.changes import Changes, compare_versions
from frameworks.documents.document import FrameworkDocument
from frameworks.documents.word_diff import Kind, word_diff
from tests.broken_frameworks import GOOD
from tests.unit.frameworks.test_framework_document import document

SECTION = "  - code: second\n    order: 2\n    title: Second\n    summary: More.\n"
FOURTH = "  - code: T-4\n    section: second\n    order: 1\n    variant: both\n    text: Fourth.\n    wording: seen\n"
TWO_SECTIONS = GOOD.replace("\nindicators:", SECTION + "\nindicators:") + FOURTH
ALL = ("T-1", "T-2", "T-3", "T-4")

Edit = Callable[[FrameworkDocument], FrameworkDocument]


def with_indicators(*codes: str, T2: dict[str, Any] | None = None, T9: dict[str, Any] | None = None) -> Edit:
    """The indicators of these codes, in this order; T-9 is like T-2. What else changes of T-2 and T-9."""

    def edit(before: FrameworkDocument) -> FrameworkDocument:
        found = {entry.code: entry for entry in before.indicators}
        found["T-9"] = replace(found["T-2"], code="T-9", **T9 or {})
        found["T-2"] = replace(found["T-2"], **T2 or {})
        entries = (replace(found[code], order=order) for order, code in enumerate(codes, 1))
        return replace(before, indicators=tuple(entries))

    return edit


def with_a_higher_level_and_no_glossary(before: FrameworkDocument) -> FrameworkDocument:
    lowest, highest = before.scale.levels
    return replace(before, glossary=(), scale=replace(before.scale, levels=(lowest, replace(highest, value=3))))


def said(changes: Changes) -> dict[str, list[str]]:
    kinds = ("added", "removed", "replaced", "reworded", "moved")
    found = {kind: [row.code for row in getattr(changes, kind)] for kind in kinds}
    found["parts"] = [part.where for part in changes.parts]
    return {kind: codes for kind, codes in found.items() if codes}


CASES: dict[str, tuple[Edit, dict[str, list[str]], tuple[str, ...]]] = {
    "nothing": (with_indicators(*ALL), {}, ALL),
    "one more": (
        with_indicators("T-1", "T-2", "T-3", "T-9", "T-4"),
        {"added": ["T-9"]},
        ALL,
    ),
    "one less": (with_indicators("T-1", "T-3", "T-4"), {"removed": ["T-2"]}, ("T-1", "T-3", "T-4")),
    "a successor": (
        with_indicators("T-1", "T-9", "T-3", "T-4", T9={"supersedes": ("T-2",)}),
        {"replaced": ["T-9"]},
        ("T-1", "T-3", "T-4"),
    ),
    "other words": (
        with_indicators(*ALL, T2={"text": "The board has a plan."}),
        {"reworded": ["T-2"]},
        ALL,
    ),
    "only line breaks": (with_indicators(*ALL, T2={"text": "The organisation\nhas a plan."}), {}, ALL),
    "another place": (
        with_indicators("T-3", "T-1", "T-2", "T-4"),
        {"moved": ["T-3"]},
        ("T-3", "T-1", "T-2", "T-4"),
    ),
    "another section": (
        with_indicators("T-1", "T-3", "T-2", "T-4", T2={"section": "second", "theme": None}),
        {"reworded": ["T-2"]},  # its theme is gone
        ("T-1", "T-3", "T-4"),
    ),
    "a section's title": (
        lambda before: replace(before, sections=(replace(before.sections[0], title="To lead"), before.sections[1])),
        {"parts": ["Theme leading"]},
        ALL,
    ),
    "a renamed section": (
        lambda before: replace(
            before,
            sections=(
                replace(before.sections[0], code="to-lead", title="To lead", supersedes=("leading",)),
                before.sections[1],
            ),
            indicators=tuple(
                replace(entry, section="to-lead") if entry.section == "leading" else entry
                for entry in before.indicators
            ),
        ),
        {"parts": ["Theme to-lead"]},
        ALL,
    ),
    "two sections in one": (
        lambda before: replace(
            before,
            sections=(replace(before.sections[0], supersedes=("second",)),),
            indicators=tuple(
                replace(entry, section="leading", order=order) for order, entry in enumerate(before.indicators)
            ),
        ),
        {"parts": ["Theme leading", "Theme second"]},
        ALL,
    ),
    "a level and a term": (
        with_a_higher_level_and_no_glossary,
        {"parts": ["Level 3", "Level 2", "Glossary: ICS"]},
        (),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_changed_and_what_stays_comparable(case: str) -> None:
    edit, expected, comparable = CASES[case]
    before = document(TWO_SECTIONS)
    changes = compare_versions(before, edit(before))
    assert said(changes) == expected
    assert changes.comparable == comparable
    assert changes.any is bool(expected)


def test_a_move_says_where_from_and_where_to() -> None:
    before = document(TWO_SECTIONS)
    moved = with_indicators("T-3", "T-1", "T-2", "T-4", T2={"section": "second"})(before)
    changes = compare_versions(before, moved)
    moves = {row.code: row.moved for row in (*changes.moved, *changes.reworded)}
    assert moves == {"T-3": "earlier in its section", "T-2": "from “Leading”"}


def test_which_version_it_is_and_its_state_are_no_change() -> None:
    before = document()
    after = replace(before, version=replace(before.version, code="2026-02", status="published"))
    assert not compare_versions(before, after).any


WORDS = st.lists(st.sampled_from(["the", "plan", "is", "read", "and", "known"]), max_size=12)


@given(WORDS, WORDS)
def test_a_word_diff_holds_both_texts(before: list[str], after: list[str]) -> None:
    runs = word_diff(" ".join(before), "\n".join(after))
    assert " ".join(run.words for run in runs if run.kind is not Kind.ADDED).split() == before
    assert " ".join(run.words for run in runs if run.kind is not Kind.REMOVED).split() == after
    assert all(one.kind != other.kind for one, other in pairwise(runs))


@given(st.permutations(range(8)), st.sets(st.integers(0, 7)), st.sets(st.integers(8, 10)))
def test_every_indicator_is_told_of_once(order: list[int], gone: set[int], new: set[int]) -> None:
    pattern = document().indicators[1]

    def having(numbers: list[int]) -> FrameworkDocument:
        entries = [replace(pattern, code=f"T-{number}", order=place) for place, number in enumerate(numbers)]
        return replace(document(), indicators=tuple(entries))

    kept = [number for number in order if number not in gone]
    changes = compare_versions(having(list(range(8))), having([*new, *kept]))
    assert {row.code for row in changes.added} == {f"T-{number}" for number in new}
    assert {row.code for row in changes.removed} == {f"T-{number}" for number in gone}
    assert list(changes.comparable) == [f"T-{number}" for number in kept]
    stayed = [number for number in kept if f"T-{number}" not in {row.code for row in changes.moved}]
    assert stayed == sorted(stayed)
    assert bool(changes.moved) is (kept != sorted(kept))


def test_two_endless_texts_are_not_compared_word_by_word() -> None:
    before, after = " ".join(["a", "b"] * 50_000), " ".join(["b", "c"] * 50_000)
    assert [run.kind for run in word_diff(before, after)] == [Kind.REMOVED, Kind.ADDED]
    assert [run.kind for run in word_diff(before, before)] == [Kind.SAME]
