"""Which indicators the change since last round rests on, and why not on the others, by name (product rule §4.8)."""

from collections import Counter
from collections.abc import Collection
from textwrap import shorten

from assessments.queries.results import RoundResults
from assessments.scoring.basis import Basis, Standing
from assessments.scoring.types import SectionAsked
from reports.content.document import Cell, Column, Row, Table
from reports.content.wording import listed, sentence

LONGEST = 110  # characters of an indicator's text: enough to know it again
WHY = {
    Standing.NEW: "not asked in the last round",
    Standing.NO_SCORE_THEN: "no published score in the last round",
    Standing.NO_SCORE_NOW: "no published score in this round",
    Standing.NO_SCORE: "no published score in either round",
    Standing.DROPPED: "asked in the last round only",
}
COUNTED = {
    Standing.NEW: "not asked in the last round",
    Standing.REPLACES: "worded anew",
    Standing.MOVED: "moved from another section",
    Standing.NO_SCORE: "without a published score in both rounds",
}
UNSCORED = (Standing.NO_SCORE_THEN, Standing.NO_SCORE_NOW, Standing.NO_SCORE)  # can be many: named by code alone


def is_compared(results: RoundResults) -> bool:
    """Whether the report speaks of an earlier round: single indicators about members are not published."""
    return results.previous is not None and not results.facts.subject_is_individual


def why_not(basis: Basis) -> str:
    """Why an indicator is not compared, as "worded anew, replaces WL-02"."""
    if basis.standing is Standing.REPLACES:
        return f"worded anew, replaces {listed(basis.replaces)}"
    if basis.standing is Standing.MOVED:
        return f"moved from “{basis.stood_in}”"
    return WHY[basis.standing]


def left_out_in_short(results: RoundResults) -> str:
    """How many of those asked now are left out, by reason, and where they are named; "" when none are."""
    counts: Counter[Standing] = Counter(
        Standing.NO_SCORE if one.standing in UNSCORED else one.standing
        for one in results.basis
        if not one.standing.enters and one.standing is not Standing.DROPPED
    )
    said = [f"{counts[standing]} {words}" for standing, words in COUNTED.items() if counts[standing]]
    return f"Left out: {listed(said)}; the full report names them under “Method”" if said else ""


def compared_in(section: SectionAsked, results: RoundResults) -> list[Basis]:
    """The indicators of a section that are compared."""
    return [one for one in results.basis if one.section.code == section.code and one.standing.enters]


def left_out_of(section: SectionAsked, results: RoundResults) -> str:
    """The codes of a section that are not compared, by reason; "" when all are."""
    by_reason: dict[str, list[str]] = {}
    for one in results.basis:
        if one.section.code == section.code and not one.standing.enters:
            by_reason.setdefault(why_not(one), []).append(one.indicator.code)
    return "; ".join(f"{listed(codes)}: {reason}" for reason, codes in by_reason.items())


def basis_tables(results: RoundResults, sections: Collection[str]) -> tuple[Table, ...]:
    """Of the sections of those codes, the indicators compared, and those that are not, each with the reason."""
    if not is_compared(results):
        return ()
    gone = {one.section.code for one in results.basis} - _now(results) if _now(results) <= {*sections} else set()
    shown = [one for one in results.basis if one.section.code in {*sections, *gone}]
    left_out = tuple(_row(one) for one in shown if not one.standing.enters and one.standing not in UNSCORED)
    tables = (_compared(results, sections), _left_out(left_out))
    return tuple(table for table in tables if table.rows)


def _now(results: RoundResults) -> set[str]:
    return {part.section.code for part in results.scorecard.sections}


def _compared(results: RoundResults, sections: Collection[str]) -> Table:
    asked = (part.section for part in results.scorecard.sections if part.section.code in sections)
    rows = (Row(Cell(section.title), (_codes(section, results),)) for section in asked)
    columns = (Column(sentence(results.facts.section_label), "answer"), Column("Indicators compared", "words"))
    return Table("What the change since last round rests on", columns, tuple(rows) if results.basis else ())


def _codes(section: SectionAsked, results: RoundResults) -> Cell:
    compared = compared_in(section, results)
    reworded = _standing(Standing.REWORDED, section, results)
    codes = listed([one.indicator.code for one in compared]) or "none"
    notes = [f"{len(compared)} of {len(section.indicators)} asked now"]
    notes += [f"reworded since, with the same meaning: {listed(reworded)}"] if reworded else []
    notes += [
        f"{WHY[standing]}: {listed(found)}" for standing in UNSCORED if (found := _standing(standing, section, results))
    ]
    return Cell(codes, note="; ".join(notes))


def _standing(standing: Standing, section: SectionAsked, results: RoundResults) -> list[str]:
    here = (one for one in results.basis if one.section.code == section.code)
    return [one.indicator.code for one in here if one.standing is standing]


def _left_out(rows: tuple[Row, ...]) -> Table:
    return Table(
        "What it does not rest on: not asked alike in both rounds",
        (Column("Indicator", "text"), Column("Why not", "answer")),
        rows,
    )


def _row(one: Basis) -> Row:
    text = shorten(one.indicator.text, LONGEST, placeholder="…")
    return Row(Cell(text, mark=one.indicator.code, note=one.section.title), (Cell(sentence(why_not(one))),))
