"""All indicators at a glance: a shaded cell for each, with its score. A table, no drawing: it is read out in order."""

from math import ceil

from assessments.queries.results import RoundResults
from assessments.scoring.bands import band_place, bands_of
from assessments.scoring.display import one_decimal
from assessments.scoring.types import IndicatorScore, Scale, SectionScore
from reports.content.document import Cell, Column, Figure, Row, Table
from reports.content.indicators import has_levels
from reports.content.wording import sentence

WIDEST = 18  # cells in a row of a table; longer sections go on in another, as wide
DASH = "\N{EN DASH}"
DARKEST = 4  # of the shades that dark text can be read on


def heat_map(results: RoundResults) -> Figure | None:
    """The tables; None when no indicator has a score that can be shown."""
    sections = results.scorecard.sections
    if not any(has_levels(score) for section in sections for score in section.indicators):
        return None
    longest = max(len(section.indicators) for section in sections)
    wide = ceil(longest / ceil(longest / WIDEST))
    return Figure(
        anchor="heat-map",
        heading="All indicators at a glance",
        introduction=_key(results.scorecard.scale),
        chart=None,
        tables=tuple(_table(results, first, longest, wide) for first in range(0, longest, wide)),
    )


def _key(scale: Scale) -> str:
    first, *_, last = (band.word for band in bands_of(scale))
    return (
        "The score of each indicator. Numbers at the head are its place in the table of its section. The darker the "
        f"cell, the higher the band, from “{first}” to “{last}”. A dash: no score that can be shown. n/a: does not "
        "apply."
    )


def _table(results: RoundResults, first: int, longest: int, wide: int) -> Table:
    last = min(first + wide, longest)
    columns = [Column(sentence(results.facts.section_label), "text")]
    columns += [Column(str(place + 1), "heat", numeric=True) for place in range(first, last)]
    scale = results.scorecard.scale
    rows = tuple(
        _row(section, scale, first, last) for section in results.scorecard.sections if len(section.indicators) > first
    )
    return Table(
        f"Scores of indicators {first + 1} to {last} of each {results.facts.section_label}", tuple(columns), rows
    )


def _row(section: SectionScore, scale: Scale, first: int, last: int) -> Row:
    shown = [_cell(score, scale) for score in section.indicators[first:last]]
    nothing = [Cell("")] * (last - first - len(shown))
    return Row(Cell(section.section.title), (*shown, *nothing))


def _cell(score: IndicatorScore, scale: Scale) -> Cell:
    if not score.applicable:
        return Cell("n/a", numeric=True)
    if not has_levels(score) or score.mean is None:
        return Cell(DASH, numeric=True)
    return Cell(
        one_decimal(score.mean), numeric=True, shade=_shade(band_place(score.mean, scale), len(bands_of(scale)))
    )


def _shade(place: int, bands: int) -> int:
    """From light to dark as the bands rise; the lowest of five is left white."""
    lightest = 1 if bands <= DARKEST else 0
    return lightest + place * (DARKEST - lightest) // (bands - 1)
