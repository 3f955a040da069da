"""Random boards with a history: who sits where, what they gave, who came late, what each closing published."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

from assessments.disclosure import disclose
from assessments.late_answers import Counted, first_answers, latest, publication_shown
from assessments.scoring import score
from assessments.scoring.types import (
    GivenAnswer,
    IndicatorAsked,
    IndicatorScore,
    Level,
    NonScore,
    NonScoreChoice,
    Scale,
    SectionAsked,
)
from assessments.secrecy import Choice
from assessments.two_sides import SidesOfSection, guards, two_sides

SCALE = Scale(
    "Short",
    tuple(Level(value, str(value), "") for value in (1, 2, 3)),
    (NonScoreChoice(NonScore.CANNOT_JUDGE, "Cannot judge", ""),),
)
CATEGORIES: tuple[Choice, ...] = (1, 2, 3, NonScore.CANNOT_JUDGE, None)
MOST = 9  # members
LEVELS = CATEGORIES[:3]
GROUPS = ("executive", "non_executive", "neither")


@dataclass
class Board:
    """What happened, and what was published of it; the attack knows the second, and one member's part of the first."""

    section: SectionAsked
    minimum_group: int
    publications: list[Counted] = field(default_factory=list)
    shown: list[dict[str, IndicatorScore]] = field(default_factory=list)  # after each closing
    sides: SidesOfSection | None = None

    @property
    def codes(self) -> list[str]:
        return [indicator.code for indicator in self.section.indicators]


# Which publication an indicator is shown from: by the rules, or in their absence.
Shown = Callable[[str, Sequence[Counted], int, SectionAsked], int]


def by_the_rules(code: str, publications: Sequence[Counted], minimum_group: int, section: SectionAsked) -> int:
    codes = [indicator.code for indicator in section.indicators]
    guarded = guards([section], first_answers(codes, publications), minimum_group=minimum_group)
    return publication_shown(code, publications, minimum_group, guarded.get(code))


def sides_by_the_rules(section: SectionAsked, publications: Sequence[Counted], minimum_group: int) -> SidesOfSection:
    codes = [indicator.code for indicator in section.indicators]
    return two_sides([section], first_answers(codes, publications), minimum_group=minimum_group)[0]


def make_board(chance: Random, shown: Shown = by_the_rules) -> Board:
    """One section of up to three indicators, four to nine members, up to three closings that count."""
    asked = tuple(IndicatorAsked(f"i{number}", "") for number in range(chance.choice((1, 2, 2, 3))))
    section = SectionAsked("s", "Section", asked, Fraction(2))
    board = Board(section, chance.choice((3, 3, 4, 5)))
    groups = {member: GROUPS[member % 2] if chance.random() < 0.9 else GROUPS[2] for member in range(MOST)}
    weights = [chance.choice((2, 2, 3, 9)) for _ in LEVELS] + [chance.choice((0, 0, 1, 3)) for _ in CATEGORIES[3:]]
    there = chance.randint(4, 8)
    sheets = {member: _sheet(chance, board.codes, weights) for member in range(there)}
    _close(board, sheets, groups, frozenset(), shown)
    board.sides = sides_by_the_rules(section, board.publications, board.minimum_group)
    for _ in range(chance.choice((0, 1, 1, 2))):
        now = dict(sheets)
        for member in chance.sample(sorted(sheets), chance.randint(0, min(4, len(sheets)))):
            now[member] = _changed(chance, now[member], weights)
        for member in range(there, min(MOST, there + chance.choice((0, 0, 1, 2, 3)))):
            now[member] = _sheet(chance, board.codes, weights)
        there = len(now)
        late = latest(sheets, now)
        if late is not None:
            _close(board, now, groups, late, shown)
            sheets = now
    return board


def _sheet(chance: Random, codes: Sequence[str], weights: Sequence[int]) -> dict[str, Choice]:
    given = {code: chance.choices(CATEGORIES, weights)[0] for code in codes}
    return {code: choice for code, choice in given.items() if choice is not None}


def _changed(chance: Random, sheet: dict[str, Choice], weights: Sequence[int]) -> dict[str, Choice]:
    """A few answers given anew. Nobody takes an answer back to nothing: the portal does not offer it."""
    return {
        **sheet,
        **{code: choice for code, choice in _sheet(chance, list(sheet), weights).items() if chance.random() < 0.6},
    }


def _close(
    board: Board, sheets: dict[int, dict[str, Choice]], groups: dict[int, str], late: frozenset[int], shown: Shown
) -> None:
    board.publications.append(Counted(dict(sheets), {member: groups[member] for member in sheets}, late))
    answers = [
        GivenAnswer(member, code, *((choice, None) if isinstance(choice, int) else (None, choice)))
        for code in board.codes
        for member, sheet in board.publications[
            shown(code, board.publications, board.minimum_group, board.section)
        ].sheets.items()
        if (choice := sheet.get(code)) is not None
    ]
    scored = score([board.section], answers, SCALE, responses=len(sheets))
    published = disclose(scored, minimum_group=board.minimum_group)
    board.shown.append({one.indicator.code: one for one in published.sections[0].indicators})
