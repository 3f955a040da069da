"""Trust and ICS side by side: what other boards of the system released, theme by theme (product rule §6)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.queries.results import RoundResults
from assessments.scoring.display import signed
from reports.charts import ProfileChart, ProfileRow
from reports.content.document import Cell, Column, Figure, Row, Table
from reports.content.wording import counted, day, listed, sentence
from reports.counterparts.beside import BoardFigure, Counterpart, SectionBeside, ThemeBeside

NBSP = "\N{NO-BREAK SPACE}"  # keeps a figure in one line where a column is narrow
ANCHOR, HEADING = "counterparts", "Trust and ICS side by side"
HOW = (
    "{who}. {closed}, ours on {ours}. The figures stand beside ours for each theme that both boards were asked about, "
    "though often in different words. “Agreed” stands before the level that a board settled on. Averages by {section} "
    "are of medians, over the themes for which both boards have one, so they can differ from the scores in the rest of "
    "this report."
)
AVERAGES = "Averages of medians by"
LESS = " Differences are ours less theirs, before rounding."
APART = " On {far} of {themes} the medians are at least a level apart{example}."
FAR = 1.0  # levels: a smaller distance between two medians can be a matter of one or two members
BOARDS_A_TABLE = 4  # beside our own: what a page of A4 has room for
WIDTHS = {1: "owner", 2: "owner", 3: "due", 4: "board"}  # of a board's column, by how many stand beside ours


def counterparts_figure(results: RoundResults, beside: Sequence[Counterpart]) -> Figure | None:
    """All boards that stand beside this one; None where there is none. A chart only where there is just one."""
    if not beside:
        return None
    only = beside[0] if len(beside) == 1 else None
    tables = _of_one(results, only) if only else _of_several(results, beside)
    return Figure(
        anchor=ANCHOR,
        heading=HEADING,
        introduction=_introduction(results, beside),
        chart=_chart(results, only) if only else None,
        tables=(*tables, _sources(beside)),
    )


def _of_one(results: RoundResults, board: Counterpart) -> tuple[Table, ...]:
    """Averages, then the themes on which the two are far apart, then all others in words."""
    far = [theme for theme in board.themes if _is_far(theme)]
    near = [theme for theme in board.themes if not _is_far(theme)]
    apart = (_far_apart(far, board),) if far else ()
    return _averages(results, board), *apart, *((_near(near, results),) if near else ())


def _of_several(results: RoundResults, beside: Sequence[Counterpart]) -> tuple[Table, ...]:
    """Averages, then every theme, for as many boards at a time as a table has room for."""
    averages = [_averages_of(results, some) for some in _together(beside)]
    return *averages, *(table for some in _together(beside) for table in _themes(results, some))


@dataclass(frozen=True, slots=True)
class Together:
    """The boards of one table; `which` tells it from the next one's, as " (trusts 5 to 6 of 6)", "" for all."""

    boards: Sequence[Counterpart]
    which: str


def _together(beside: Sequence[Counterpart]) -> Iterable[Together]:
    """As many boards at a time as a table has room for."""
    for first in range(0, len(beside), BOARDS_A_TABLE):
        some = beside[first : first + BOARDS_A_TABLE]
        yield Together(some, _which(first, len(some), len(beside)))


def _which(first: int, some: int, of: int) -> str:
    if some == of:
        return ""
    return f" (trust {of} of {of})" if some == 1 else f" (trusts {first + 1} to {first + some} of {of})"


def _introduction(results: RoundResults, beside: Sequence[Counterpart]) -> str:
    facts = results.facts
    closed, ours = _closed(beside), day(facts.closed_on)
    said = HOW.format(who=_who(beside), closed=closed, ours=ours, section=facts.section_label)
    return said if len(beside) > 1 else said + LESS + _apart(beside[0].themes)


def _who(beside: Sequence[Counterpart]) -> str:
    if len(beside) > 1:
        return f"{len(beside)} trusts of this system released these figures from their signed-off reports"
    return f"{beside[0].organisation} released these figures from its signed-off report"


def _closed(beside: Sequence[Counterpart]) -> str:
    """As "Its round closed on 1 June 2026": how old the figures are, before anybody compares."""
    first, last = min(board.closed_on for board in beside), max(board.closed_on for board in beside)
    when = f"on {day(first)}" if first == last else f"between {day(first)} and {day(last)}"
    return f"{'Their rounds' if len(beside) > 1 else 'Its round'} closed {when}"


def _apart(themes: Sequence[ThemeBeside]) -> str:
    """On how many themes the two boards are far apart, and the first of the furthest."""
    far = [theme for theme in themes if _is_far(theme)]
    example = f", furthest on {_example(max(far, key=_distance))}" if far else ""
    return APART.format(far=len(far), themes=counted(len(themes), "theme"), example=example)


def _distance(theme: ThemeBeside) -> float:
    return abs(theme.difference or 0)


def _is_far(theme: ThemeBeside) -> bool:
    return _distance(theme) >= FAR


def _example(theme: ThemeBeside) -> str:
    return f"“{theme.theme}” ({_shown(theme.ours.median)} here, {_shown(theme.theirs.median)} there)"


def _sources(beside: Sequence[Counterpart]) -> Table:
    columns = (
        Column("Board", "text"),
        Column("Round closed on", "due"),
        Column("Members whose answers count", "status"),
        Column("Version of its report", "before"),
        Column("Reference of that report", "answer"),
    )
    return Table("Whose figures stand beside ours", columns, tuple(_source(board) for board in beside))


def _source(board: Counterpart) -> Row:
    members = f"{board.counted} of {board.invited}"
    cells = (Cell(day(board.closed_on)), Cell(members), Cell(str(board.version)), Cell(board.reference))
    return Row(Cell(board.organisation), cells)


def _averages(results: RoundResults, board: Counterpart) -> Table:
    """A row for each section in common, with a column for either board."""
    columns = (
        Column(sentence(results.facts.section_label), "text"),
        Column("This board", "band"),
        Column(board.organisation, "answer"),
        Column("Difference", "status"),
        Column("Themes", "status"),
    )
    rows = tuple(Row(Cell(section.section), _average_cells(section)) for section in board.sections)
    return Table(f"{AVERAGES} {results.facts.section_label}", columns, rows)


def _average_cells(section: SectionBeside) -> tuple[Cell, ...]:
    if section.ours is None or section.theirs is None or section.difference is None:
        return (Cell(section.why_none, span=3), Cell(_base(section)))
    difference = Cell(_signed(section.difference))
    return Cell(_shown(section.ours)), Cell(_shown(section.theirs)), difference, Cell(_base(section))


def _base(section: SectionBeside) -> str:
    return f"{section.based_on} of {section.of}"


def _averages_of(results: RoundResults, some: Together) -> Table:
    """A row for each section that any of the boards has in common with us. Our own average depends on the themes."""
    label, boards = results.facts.section_label, some.boards
    rows = tuple(
        Row(Cell(asked.title), tuple(_average_cell(_of_section(board.sections, asked.code)) for board in boards))
        for asked in (section.section for section in results.scorecard.sections)
        if any(_of_section(board.sections, asked.code) for board in boards)
    )
    columns = (Column(sentence(label), "text"), *(Column(board.organisation, "owner") for board in boards))
    return Table(f"{AVERAGES} {label}, here and there{some.which}", columns, rows)


def _of_section(sections: Iterable[SectionBeside], code: str) -> SectionBeside | None:
    return next((section for section in sections if section.section_code == code), None)


def _average_cell(section: SectionBeside | None) -> Cell:
    if section is None:
        return Cell("no theme in common")
    if section.ours is None:
        return Cell("no average", note=section.why_none)
    return Cell(f"{_shown(section.ours)} here, {_shown(section.theirs)} there", note=f"over {_base(section)} themes")


def _far_apart(themes: Sequence[ThemeBeside], board: Counterpart) -> Table:
    """The furthest first; of those that are as far apart the order of the framework stays."""
    columns = (
        Column("Theme", "text"),
        Column("This board", "band"),
        Column(board.organisation, "answer"),
        Column("Difference", "status"),
    )
    ordered = sorted(themes, key=_distance, reverse=True)
    return Table("Medians at least a level apart", columns, tuple(_far_row(theme) for theme in ordered))


def _far_row(theme: ThemeBeside) -> Row:
    cells = (_figure_cell(theme.ours), _figure_cell(theme.theirs), Cell(_signed(theme.difference)))
    return Row(Cell(f"{theme.theme} ({theme.section})"), cells)


def _near(themes: Sequence[ThemeBeside], results: RoundResults) -> Table:
    """A row for each section: its themes in one text, which takes a quarter of the room."""
    columns = (Column(sentence(results.facts.section_label), "answer"), Column("Themes and their medians", "words"))
    by_section: dict[str, list[str]] = {}
    for theme in themes:
        by_section.setdefault(theme.section, []).append(_in_words(theme))
    rows = tuple(Row(Cell(section), (Cell("; ".join(said)),)) for section, said in by_section.items())
    missing = ", or none on one side" if any(theme.difference is None for theme in themes) else ""
    return Table(f"Medians less than a level apart{missing}", columns, rows)


def _in_words(theme: ThemeBeside) -> str:
    """As "Strategy: 3.0 here, 2.5 there (agreed 3)", or "…, none there (withheld: fewer than 5 members answered)"."""
    return f"{theme.theme}: {_side(theme.ours, 'here')}, {_side(theme.theirs, 'there')}"


def _side(figure: BoardFigure, where: str) -> str:
    notes = [figure.why_none[:1].lower() + figure.why_none[1:], _agreed(figure)]
    said = ", ".join(note for note in notes if note)
    return f"{_shown(figure.median)} {where}" + (f" ({said})" if said else "")


def _themes(results: RoundResults, some: Together) -> Iterable[Table]:
    """A table for each section: its themes, our figure, and that of each board."""
    width = WIDTHS[len(some.boards)]
    names = ("This board", *(board.organisation for board in some.boards))
    columns = (Column("Theme", "text"), *(Column(name, width) for name in names))
    themes = [{theme.ours.codes[0]: theme for theme in board.themes} for board in some.boards]
    for section in results.scorecard.sections:
        codes = [score.indicator.code for score in section.indicators]
        found = [[of_board.get(code) for of_board in themes] for code in codes]
        if rows := tuple(_theme_row(on_one) for on_one in found if any(on_one)):
            yield Table(f"{section.section.title}: medians by theme{some.which}", columns, rows)


def _theme_row(found: Sequence[ThemeBeside | None]) -> Row:
    """`found`: the theme as it stands beside each board; None for one that was not asked about it."""
    first = next(theme for theme in found if theme)
    theirs = (_figure_cell(theme.theirs) if theme else Cell("not asked") for theme in found)
    return Row(Cell(first.theme), (_figure_cell(first.ours), *theirs))


def _figure_cell(figure: BoardFigure) -> Cell:
    agreed = _agreed(figure)
    if figure.median is None:
        return Cell(f"no median, {agreed}" if agreed else "no median", note=figure.why_none)
    return Cell(f"{_shown(figure.median)},{NBSP}{agreed}" if agreed else _shown(figure.median))


def _agreed(figure: BoardFigure) -> str:
    """As "agreed 3"; "" where nothing is. The mean of levels agreed on several indicators need not be whole."""
    return "" if figure.agreed is None else f"agreed{NBSP}{_shown(figure.agreed).removesuffix('.0')}"


def _signed(difference: float | None) -> str:
    return "none" if difference is None else signed(Fraction(str(difference)))


def _shown(figure: float | None) -> str:
    """A figure that was rounded when it was gathered."""
    return "none" if figure is None else f"{figure:.1f}"


def _chart(results: RoundResults, board: Counterpart) -> ProfileChart:
    label, scale = results.facts.section_label, results.scorecard.scale
    return ProfileChart(
        anchor=ANCHOR,
        title=_message(label, board.sections),
        description=f"A bar for this board and a ring for {board.organisation} for each {label}, on the scale from "
        f"{scale.lowest} to {scale.highest}: averages of medians over the themes of both. The table that follows "
        "gives the same numbers.",
        ticks=tuple((level.value, level.label) for level in scale.levels),
        rows=tuple(_chart_row(section) for section in board.sections),
        bars="This board",
        comparator="The other board",  # by its name it may be too long for a legend
    )


def _chart_row(section: SectionBeside) -> ProfileRow:
    return ProfileRow(
        label=section.section,
        score=_exact(section.ours),
        score_text=_shown(section.ours),
        before=None,
        target=None,
        comparator=_exact(section.theirs),
    )


def _exact(figure: float | None) -> Fraction | None:
    return None if figure is None else Fraction(str(figure))


def _message(label: str, sections: Sequence[SectionBeside]) -> str:
    """As "This board beside the other, by theme: higher in 4, lower in 2 and no average in 1"."""
    ways = [
        (section.difference > 0) - (section.difference < 0) for section in sections if section.difference is not None
    ]
    said = [
        f"{words} in {ways.count(way)}" for way, words in ((1, "higher"), (-1, "lower"), (0, "the same")) if way in ways
    ]
    missing = len(sections) - len(ways)
    said += [f"no average in {missing}"] if missing else []
    return f"This board beside the other, by {label}: {listed(said)}"
