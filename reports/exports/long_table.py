"""The figures as one long table, a row for each: what a pivot table, Power BI or a script reads without unpacking.

Words that are no figures (comments, reasons, actions) are in the spreadsheet and the JSON.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ground.spreadsheets import csv_of
from reports.counterparts.beside import Counterpart
from reports.exports.figures import About, Average, Figures, Indicator, Movement, Section, SideBySide

HEADER = (
    "ODS code", "Organisation", "Framework", "Framework version", "Round closed on", "Report", "Part",
    "Section code", "Section", "Indicator code", "Indicator", "Figure", "Answer", "Value", "Unit",
    "Why there is no value",
)  # fmt: skip
LEVELS, MEMBERS, SHARE, INDICATORS, SECTIONS = "levels", "members", "share", "indicators", "sections"
THEMES = "themes"
NO_TARGET, NO_AGREED_LEVEL = "No target is set", "The board has agreed no level"
NOT_STATED = "No answer to this section is published"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a figure is about: the whole round, a section, or an indicator of it."""

    part: str
    section_code: str = ""
    section: str = ""
    indicator_code: str = ""
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One figure. `answer` says whose count it is; `why_none` is "" when there is a value."""

    subject: Subject
    figure: str
    value: float | None
    unit: str
    why_none: str = ""
    answer: str = ""


def csv_of_figures(figures: Figures) -> str:
    """The long table as CSV with a byte order mark. A figure that does not exist is an empty cell with its reason."""
    about = _about(figures.about)
    return csv_of(HEADER, ((*about, *_cells(line)) for line in lines_of(figures)))


def _about(about: About) -> tuple[str, ...]:
    closed_on = about.closed_on.isoformat()
    return about.ods_code, about.organisation, about.framework, about.framework_version, closed_on, about.marking


def _cells(line: Line) -> tuple[str | float | None, ...]:
    on = line.subject
    what = (on.part, on.section_code, on.section, on.indicator_code, on.indicator, line.figure, line.answer)
    return *what, line.value, line.unit, line.why_none


def lines_of(figures: Figures) -> Iterator[Line]:
    """Every figure: of the whole round, of each section, then of its indicators."""
    whole = Subject("Whole round")
    yield Line(whole, "Members invited", figures.about.invited, MEMBERS)
    yield Line(whole, "Members who submitted", figures.about.submitted, MEMBERS)
    yield Line(whole, "Members whose answers count", figures.about.counted, MEMBERS)
    yield from _average(whole, "Score", figures.members, SECTIONS)
    yield from _average(whole, "Agreed score", figures.agreed, SECTIONS)
    yield from _movement(whole, figures.change)
    for section in figures.sections:
        yield from _section(section)
    for side in figures.sides.sections:
        yield from _side(side)
    for board in figures.counterparts:
        yield from _beside(board)


def _average(subject: Subject, name: str, average: Average, unit: str) -> Iterator[Line]:
    yield Line(subject, name, average.score, LEVELS, average.why_none)
    yield Line(subject, f"{name}: based on", average.based_on, unit)
    yield Line(subject, f"{name}: out of", average.of, unit)


def _movement(subject: Subject, change: Movement) -> Iterator[Line]:
    yield Line(subject, "Last round, over comparable indicators", change.before, LEVELS, change.why_none)
    yield Line(subject, "This round, over comparable indicators", change.after, LEVELS, change.why_none)
    yield Line(subject, "Change since last round", change.difference, LEVELS, change.why_none)
    if not change.why_none:
        yield Line(subject, "Comparable indicators", change.comparable, INDICATORS)


def _section(section: Section) -> Iterator[Line]:
    subject = Subject("Section", section.code, section.title)
    yield from _average(subject, "Score", section.members, INDICATORS)
    yield from _average(subject, "Agreed score", section.agreed, INDICATORS)
    yield Line(subject, "Level held throughout", section.level_held, LEVELS, section.why_no_level_held)
    yield Line(subject, "Target", section.target, LEVELS, "" if section.target is not None else NO_TARGET)
    yield Line(subject, "Gap: target less score", section.gap, LEVELS, _why_no_gap(section))
    shared = section.cannot_judge_share
    yield Line(subject, "Cannot judge", shared, SHARE, "" if shared is not None else NOT_STATED)
    yield from _movement(subject, section.change)
    for indicator in section.indicators:
        about = replace(subject, part="Indicator", indicator_code=indicator.code, indicator=indicator.text)
        yield from _indicator(about, indicator)


def _why_no_gap(section: Section) -> str:
    if section.gap is not None:
        return ""
    return NO_TARGET if section.target is None else section.members.why_none


def _indicator(subject: Subject, one: Indicator) -> Iterator[Line]:
    why = one.why_none
    for name, members in (("Members who answered", one.answered), ("Members who gave a level", one.gave_a_level)):
        yield Line(subject, name, members, MEMBERS, "" if members is not None else why)
    for name, figure in (
        ("Mean", one.mean),
        ("Median", one.median),
        ("Lowest", one.lowest),
        ("Highest", one.highest),
        ("Average distance from the median", one.distance),
    ):
        yield Line(subject, name, figure, LEVELS, why)
    for count in one.levels:
        yield Line(
            subject, "Members who gave this answer", count.members, MEMBERS, answer=f"{count.level} {count.label}"
        )
    for count in one.other_answers:
        yield Line(subject, "Members who gave this answer", count.members, MEMBERS, answer=count.label)
    if one.cannot_judge_share is not None:
        yield Line(subject, "Cannot judge", one.cannot_judge_share, SHARE)
    agreed = one.agreed_level
    yield Line(subject, "Agreed level", agreed, LEVELS, "" if agreed is not None else NO_AGREED_LEVEL)


def _side(side: SideBySide) -> Iterator[Line]:
    subject = Subject("Two sides of the board", side.section_code, side.section)
    yield Line(subject, "Executives less non-executives", side.difference, LEVELS, side.why_none)


def _beside(board: Counterpart) -> Iterator[Line]:
    """A theme stands under the first of our indicators on it: whose figure it is, the figure says."""
    there = board.organisation
    whole = Subject("Trust and ICS side by side")
    yield Line(whole, f"Members whose answers count, {there}", board.counted, MEMBERS)
    yield Line(whole, f"Members invited, {there}", board.invited, MEMBERS)
    for section in board.sections:
        subject = Subject("Trust and ICS side by side", section.section_code, section.section)
        for name, figure in (("this board", section.ours), (there, section.theirs)):
            yield Line(subject, f"Mean of medians, {name}", figure, LEVELS, section.why_none)
        yield Line(subject, f"Difference from {there}", section.difference, LEVELS, section.why_none)
        yield Line(subject, f"Themes that enter, with {there}", section.based_on, THEMES)
    for theme in board.themes:
        subject = Subject("Theme side by side", theme.section_code, theme.section, theme.ours.codes[0], theme.theme)
        yield Line(subject, "Median, this board", theme.ours.median, LEVELS, theme.ours.why_none)
        yield Line(subject, f"Median, {there}", theme.theirs.median, LEVELS, theme.theirs.why_none)
        why_no_difference = theme.ours.why_none or theme.theirs.why_none
        yield Line(subject, f"Difference from {there}", theme.difference, LEVELS, why_no_difference)
        agreed = theme.theirs.agreed
        yield Line(subject, f"Agreed level, {there}", agreed, LEVELS, "" if agreed is not None else NO_AGREED_LEVEL)
