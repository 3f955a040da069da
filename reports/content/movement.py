"""How each section has moved over all rounds that can be compared with this one (product rule §4.8)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from assessments.queries.history import EarlierRound
from assessments.queries.results import RoundResults
from assessments.scoring import compare, over_time
from assessments.scoring.display import nearest_tenth, one_decimal
from assessments.scoring.types import Course
from reports.charts import TrendChart, TrendRow
from reports.content.document import Cell, Column, Figure, Row, Table
from reports.content.wording import counted, day, listed, sentence

FEWEST = 2  # earlier rounds: beside a single one the profile says it all


def movement(results: RoundResults, history: Sequence[EarlierRound]) -> Figure | None:
    """The movement as a chart and a table; None unless two earlier rounds or more can be compared with this one."""
    alike = [earlier for earlier in history if _is_comparable(earlier, results)]
    if len(alike) < FEWEST:
        return None
    courses = over_time([(earlier.scorecard, earlier.comparable) for earlier in alike], results.scorecard)
    if not courses:
        return None
    closed = [*(earlier.closed_on for earlier in alike), results.facts.closed_on]
    rows = tuple(
        _row(section.section.title, courses.get(section.section.code)) for section in results.scorecard.sections
    )
    scale = results.scorecard.scale
    chart = TrendChart(
        anchor="movement",
        title=_message(list(courses.values()), len(closed)),
        description=f"A line for each {results.facts.section_label} from round to round, each on the scale from "
        f"{scale.lowest} at the bottom to {scale.highest} at the top. The table that follows gives the same numbers.",
        lowest=scale.lowest,
        highest=scale.highest,
        rounds=tuple((f"{when:%b}", f"{when:%Y}") for when in closed),
        rows=rows,
    )
    table = _table(results, courses, [f"{when.day} {when:%b %Y}" for when in closed])
    basis = _basis(results, courses, closed)
    return Figure("movement", "Movement over the rounds", _introduction(results, history, alike), chart, (table, basis))


def _is_comparable(earlier: EarlierRound, results: RoundResults) -> bool:
    return compare(earlier.scorecard, results.scorecard, earlier.comparable).overall.difference is not None


def _introduction(results: RoundResults, history: Sequence[EarlierRound], alike: Sequence[EarlierRound]) -> str:
    left_out = [day(earlier.closed_on) for earlier in history if earlier not in alike]
    said = (
        f"Each {results.facts.section_label} is averaged over those indicators that can be compared, and have figures, "
        "in every round shown; so its last figure can differ from its score."
    )
    return f"{said} Not comparable, and left out: closed on {listed(left_out)}." if left_out else said


def _message(courses: Sequence[Course], rounds: int) -> str:
    moves = Counter(_way(course) for course in courses)
    said = listed([f"{moves[way]} {way}" for way in ("higher", "lower", "the same") if moves[way]])
    return f"Movement over {rounds} rounds, first to last: {said}"


def _way(course: Course) -> str:
    first, last = (nearest_tenth(course.scores[end]) for end in (0, -1))
    return "the same" if first == last else "higher" if last > first else "lower"


def _row(title: str, course: Course | None) -> TrendRow:
    if course is None:
        return TrendRow(title, ())
    return TrendRow(title, course.scores, one_decimal(course.scores[0]), one_decimal(course.scores[-1]))


def _table(results: RoundResults, courses: Mapping[str, Course], closed: Sequence[str]) -> Table:
    columns = [Column(sentence(results.facts.section_label), "text")]
    columns += [Column(when, "round") for when in closed]
    columns.append(Column("Over", "change"))
    rows = tuple(
        Row(Cell(section.section.title), _cells(courses.get(section.section.code), len(closed)))
        for section in results.scorecard.sections
    )
    return Table("Scores over comparable indicators, by when the round closed", tuple(columns), rows)


def _basis(results: RoundResults, courses: Mapping[str, Course], closed: Sequence[date]) -> Table:
    """The indicators of each course by name; of the others, the rounds that have no comparable score for them."""
    columns = (Column(sentence(results.facts.section_label), "answer"), Column("Indicators compared", "words"))
    found = [(part.section.title, courses.get(part.section.code)) for part in results.scorecard.sections]
    rows = tuple(Row(Cell(title), (_named(course, closed),)) for title, course in found)
    return Table("What the movement rests on", columns, rows)


def _named(course: Course | None, closed: Sequence[date]) -> Cell:
    if course is None:
        return Cell("none")
    missing: dict[tuple[int, ...], list[str]] = {}
    for code, places in course.left_out:
        missing.setdefault(places or (len(closed) - 1,), []).append(code)
    notes = [f"{listed(codes)}, no comparable score in {_rounds(places, closed)}" for places, codes in missing.items()]
    note = f"Left out: {'; '.join(notes)}" if notes else ""
    return Cell(listed(course.codes), note=note)


def _rounds(places: Sequence[int], closed: Sequence[date]) -> str:
    return listed([f"{closed[place]:%b %Y}" for place in places])


def _cells(course: Course | None, rounds: int) -> tuple[Cell, ...]:
    if course is None:
        return (Cell("not comparable", span=rounds + 1),)
    base = Cell(counted(course.comparable, "indicator"))
    return (*(Cell(one_decimal(score)) for score in course.scores), base)
