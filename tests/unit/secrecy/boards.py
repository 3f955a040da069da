"""Random boards with a history: who sits where, what they gave, who came late, what each closing published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

from assessments.disclosure import disclose
from assessments.late_answers import Counted, answers_shown, first_answers, latest
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
from assessments.two_sides import SidesOfSection, two_sides

SCALE = Scale(
    "Short",
    tuple(Level(value, str(value), "") for value in (1, 2, 3)),
    (NonScoreChoice(NonScore.CANNOT_JUDGE, "Cannot judge", ""),),
)
CATEGORIES: tuple[Choice, ...] = (1, 2, 3, NonScore.CANNOT_JUDGE, None)
MOST = 9  # members, but for a few boards
LEVELS = CATEGORIES[:3]
GROUPS = ("executive", "non_executive", "neither")


@dataclass
class Board:
    """What happened, and what was published of it; the attack knows the second, and one member's part of the first."""

    section: SectionAsked
    minimum_group: int
    publications: list[Counted] = field(default_factory=list)
    given: list[Mapping[str, Mapping[int, Choice]]] = field(default_factory=list)  # after each closing, what counts
    shown: list[dict[str, IndicatorScore]] = field(default_factory=list)  # and what is published of it
    sides: SidesOfSection | None = None

    @property
    def codes(self) -> list[str]:
        return [indicator.code for indicator in self.section.indicators]


def sides_by_the_rules(section: SectionAsked, publications: Sequence[Counted], minimum_group: int) -> SidesOfSection:
    codes = [indicator.code for indicator in section.indicators]
    return two_sides([section], first_answers(codes, publications), minimum_group=minimum_group)[0]


def make_board(chance: Random) -> Board:
    """One section of up to three indicators, four to eleven members, up to three closings that count."""
    divided = chance.random() < 0.1  # the sides of others are hardly ever compared
    asked = tuple(IndicatorAsked(f"i{number}", "") for number in range(3 if divided else chance.choice((1, 2, 2, 3))))
    section = SectionAsked("s", "Section", asked, Fraction(2))
    board = Board(section, 3 if divided else chance.choice((3, 3, 4, 5)))
    most = MOST + 2 * divided
    groups = {member: GROUPS[member % 2] if chance.random() < 0.9 else GROUPS[2] for member in range(most)}
    weights = [chance.choice((2, 2, 3, 9)) for _ in LEVELS] + [chance.choice((0, 0, 1, 3)) for _ in CATEGORIES[3:]]
    weights = [3, 1, 3, 0, 0] if divided else weights
    there = 8 if divided else chance.randint(4, 8)
    sheets = {member: _sheet(chance, board.codes, weights) for member in range(there)}
    _close(board, sheets, groups, frozenset())
    board.sides = sides_by_the_rules(section, board.publications, board.minimum_group)
    for _ in range(chance.choice((0, 1, 1, 2))):
        now = dict(sheets)
        for member in chance.sample(sorted(sheets), chance.randint(0, 2 if divided else min(4, len(sheets)))):
            now[member] = _changed(chance, now[member], weights)
        for member in range(there, min(most, there + (3 if divided else chance.choice((0, 0, 1, 2, 3))))):
            now[member] = _sheet(chance, board.codes, weights)
        there = len(now)
        late = latest(sheets, now)
        if late is not None:
            _close(board, now, groups, late)
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


def _close(board: Board, sheets: dict[int, dict[str, Choice]], groups: dict[int, str], late: frozenset[int]) -> None:
    board.publications.append(Counted(dict(sheets), {member: groups[member] for member in sheets}, late))
    board.given.append(answers_shown([board.section], board.publications, board.minimum_group, SCALE))
    answers = [
        GivenAnswer(member, code, *((choice, None) if isinstance(choice, int) else (None, choice)))
        for code, given in board.given[-1].items()
        for member, choice in given.items()
        if choice is not None
    ]
    scored = score([board.section], answers, SCALE, responses=len(sheets))
    published = disclose(scored, minimum_group=board.minimum_group)
    board.shown.append({one.indicator.code: one for one in published.sections[0].indicators})
