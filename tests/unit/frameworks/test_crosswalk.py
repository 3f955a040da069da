"""Two versions side by side: each relation once, and nothing of either side ever missing."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from frameworks.documents.crosswalk import Crosswalk, Pair, Relation, Side, crosswalk
from frameworks.documents.document import FrameworkDocument
from tests.unit.frameworks.test_changes import TWO_SECTIONS
from tests.unit.frameworks.test_framework_document import document

LEFT = document(TWO_SECTIONS)  # T-1, T-2, T-3 in "leading", T-4 in "second"


def side(of: FrameworkDocument) -> Side:
    return Side(
        of,
        {section.code: section.supersedes for section in of.sections},
        {entry.code: entry.supersedes for entry in of.indicators},
    )


def changed(codes: dict[str, dict[str, Any]], sections: dict[str, dict[str, Any]] | None = None) -> FrameworkDocument:
    """A document like LEFT with these indicators only, each otherwise in what is given."""
    known = {entry.code: entry for entry in LEFT.indicators}
    entries = [replace(known[code], order=order, **how) for order, (code, how) in enumerate(codes.items())]
    found = [replace(section, **(sections or {}).get(section.code, {})) for section in LEFT.sections]
    return replace(LEFT, indicators=tuple(entries), sections=tuple(found))


def said(found: Crosswalk) -> list[tuple[str, str, Relation]]:
    pairs = [pair for group in found.groups for pair in group.rows]
    return [(code_of(pair.left), code_of(pair.right), pair.relation) for pair in pairs]


def code_of(item: Any) -> str:
    return item.code if item else ""


def test_each_relation() -> None:
    after = changed(
        {
            "T-1": {},
            "T-2": {"text": "Other words."},
            "T-3": {"code": "T-9", "text": "New.", "supersedes": ("T-3",)},
            "T-4": {"code": "T-8"},
        }
    )
    extra = replace(after.indicators[0], code="T-7", text="Quite new.", order=9)
    after = replace(after, indicators=(*after.indicators, extra))
    assert said(crosswalk(side(LEFT), side(after))) == [
        ("T-1", "T-1", Relation.SAME),
        ("T-2", "T-2", Relation.REWORDED),
        ("T-3", "T-9", Relation.SUPERSEDED),
        ("", "T-7", Relation.ONLY_RIGHT),
        ("T-4", "T-8", Relation.SAME_WORDS),
    ]
    assert ("T-9", "T-3", Relation.SUPERSEDES) in said(crosswalk(side(after), side(LEFT)))


def test_one_that_takes_the_place_of_two_stands_beside_both() -> None:
    after = changed({"T-1": {"code": "T-9", "text": "New.", "supersedes": ("T-1", "T-2")}, "T-3": {}, "T-4": {}})
    assert said(crosswalk(side(LEFT), side(after)))[:2] == [
        ("T-1", "T-9", Relation.SUPERSEDED),
        ("T-2", "T-9", Relation.SUPERSEDED),
    ]


def test_another_section_is_said_unless_it_takes_the_place_of_the_old_one() -> None:
    moved = crosswalk(side(LEFT), side(changed({"T-1": {"section": "second"}, "T-2": {}, "T-3": {}, "T-4": {}})))
    assert [(row.in_words, row.is_the_same) for row in moved.groups[0].rows][:2] == [
        ("Same words; moved to “Second”", False),
        ("Same words", True),
    ]
    assert ("Moved to another section", 1) in moved.counts
    names = {"leading": {"code": "to-lead", "title": "To lead", "supersedes": ("leading",)}}
    codes: dict[str, dict[str, Any]] = {code: {"section": "to-lead"} for code in ("T-1", "T-2", "T-3")}
    renamed = crosswalk(side(LEFT), side(changed({**codes, "T-4": {}}, names)))
    assert all(row.is_the_same for group in renamed.groups for row in group.rows)
    assert [pair.relation for group in renamed.groups for pair in group.sections] == [
        Relation.SUPERSEDED,
        Relation.SAME,
    ]


def test_codes_mean_nothing_between_frameworks_that_do_not_follow_each_other() -> None:
    other = changed({"T-1": {"text": "Other words."}, "T-3": {"code": "X-1", "supersedes": ("T-2",)}})
    other = replace(other, framework=replace(other.framework, code="other"))
    assert said(crosswalk(side(LEFT), side(other))) == [
        ("T-1", "", Relation.ONLY_LEFT),
        ("T-2", "", Relation.ONLY_LEFT),
        ("T-3", "X-1", Relation.SAME_WORDS),
        ("", "T-1", Relation.ONLY_RIGHT),
        ("T-4", "", Relation.ONLY_LEFT),
    ]
    heir = replace(other, framework=replace(other.framework, supersedes="tiny"))
    assert said(crosswalk(side(LEFT), side(heir)))[:2] == [
        ("T-1", "T-1", Relation.REWORDED),
        ("T-2", "X-1", Relation.SUPERSEDED),
    ]


CODES = st.sampled_from([f"T-{number}" for number in range(1, 9)])
ROWS = st.dictionaries(
    CODES,
    st.tuples(
        st.sampled_from(["a", "b", "c", "d"]), st.sampled_from(["leading", "second"]), st.sets(CODES, max_size=2)
    ),
)


@given(ROWS, ROWS, st.booleans())
def test_nothing_of_either_side_is_missing(left: dict[str, Any], right: dict[str, Any], related: bool) -> None:
    def having(rows: dict[str, Any], framework: str) -> FrameworkDocument:
        pattern = LEFT.indicators[1]
        entries = [
            replace(pattern, code=code, text=text, section=section, supersedes=tuple(sorted(old)), order=order)
            for order, (code, (text, section, old)) in enumerate(rows.items())
        ]
        return replace(LEFT, framework=replace(LEFT.framework, code=framework), indicators=tuple(entries))

    found = crosswalk(side(having(left, "tiny")), side(having(right, "tiny" if related else "other")))
    rows: list[Pair] = [row for group in found.groups for row in group.rows]
    assert {row.left.code for row in rows if row.left} == set(left)
    assert {row.right.code for row in rows if row.right} == set(right)
    assert all(row.left or row.right for row in rows)
    assert sum(number for words, number in found.counts if not words.startswith("Moved")) == len(rows)
