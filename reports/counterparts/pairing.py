"""Which figures of two boards stand side by side: those on the same theme of the same section (product rule §2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.scoring.display import as_number
from reports.counterparts.beside import BoardFigure, SectionBeside, ThemeBeside

TOO_FEW_THEMES = "Fewer than half of the themes have a median on both boards"


@dataclass(frozen=True, slots=True)
class Scored:
    """An indicator as a board's report publishes it, with the theme that it is about (its own code where it has none).

    `why_none` says why there is no median; "" when there is one.
    """

    code: str
    section_code: str
    section: str
    theme_code: str
    theme: str
    median: Fraction | None
    agreed: int | None
    why_none: str

    @property
    def place(self) -> tuple[str, str]:
        return self.section_code, self.theme_code


@dataclass(frozen=True, slots=True)
class Pair:
    """What two boards have on one theme, not rounded yet."""

    ours: tuple[Scored, ...]
    theirs: tuple[Scored, ...]

    @property
    def medians(self) -> tuple[Fraction, Fraction] | None:
        """Ours and theirs; None where either has none."""
        ours, theirs = _median(self.ours), _median(self.theirs)
        return None if ours is None or theirs is None else (ours, theirs)


def pairs(ours: Iterable[Scored], theirs: Iterable[Scored]) -> tuple[Pair, ...]:
    """A pair for each theme that both boards were asked about, in the order of ours."""
    here, there = _by_theme(ours), _by_theme(theirs)
    return tuple(Pair(tuple(here[place]), tuple(there[place])) for place in here if place in there)


def themes_beside(paired: Iterable[Pair]) -> tuple[ThemeBeside, ...]:
    """The pairs as they are published, each figure rounded once."""
    return tuple(_theme(pair) for pair in paired)


def sections_beside(paired: Sequence[Pair]) -> tuple[SectionBeside, ...]:
    """For each section the means over the themes that have a median on both boards, if at least half have."""
    by_section: dict[str, list[Pair]] = {}
    for pair in paired:
        by_section.setdefault(pair.ours[0].section_code, []).append(pair)
    return tuple(_section(of_one) for of_one in by_section.values())


def _by_theme(scored: Iterable[Scored]) -> dict[tuple[str, str], list[Scored]]:
    found: dict[tuple[str, str], list[Scored]] = {}
    for one in scored:
        found.setdefault(one.place, []).append(one)
    return found


def _theme(pair: Pair) -> ThemeBeside:
    first, medians = pair.ours[0], pair.medians
    return ThemeBeside(
        section_code=first.section_code,
        section=first.section,
        theme=first.theme,
        ours=_figure(pair.ours),
        theirs=_figure(pair.theirs),
        difference=_rounded(medians[0] - medians[1] if medians else None),
    )


def _figure(scored: tuple[Scored, ...]) -> BoardFigure:
    median = _median(scored)
    return BoardFigure(
        median=_rounded(median),
        agreed=_rounded(_mean([one.agreed for one in scored])),
        codes=tuple(one.code for one in scored),
        why_none="" if median is not None else next(one.why_none for one in scored if one.median is None),
    )


def _section(paired: Sequence[Pair]) -> SectionBeside:
    first, both = paired[0].ours[0], [pair.medians for pair in paired if pair.medians]
    enough = both if 2 * len(both) >= len(paired) else []
    ours, theirs = _mean([here for here, _ in enough]), _mean([there for _, there in enough])
    return SectionBeside(
        section_code=first.section_code,
        section=first.section,
        ours=_rounded(ours),
        theirs=_rounded(theirs),
        difference=_rounded(None if ours is None or theirs is None else ours - theirs),
        based_on=len(both),
        of=len(paired),
        why_none="" if enough else TOO_FEW_THEMES,
    )


def _median(scored: Iterable[Scored]) -> Fraction | None:
    return _mean([one.median for one in scored])


def _mean(figures: Sequence[Fraction | int | None]) -> Fraction | None:
    """The exact mean; None of none, and where one is missing."""
    known = [Fraction(figure) for figure in figures if figure is not None]
    return sum(known, Fraction()) / len(known) if known and len(known) == len(figures) else None


def _rounded(figure: Fraction | None) -> float | None:
    """As it is printed (product rule §4)."""
    return None if figure is None else as_number(figure)
