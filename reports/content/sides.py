"""Executives beside non-executives: by section only, and only how far apart they are (product rule §5)."""

from assessments.queries.results import RoundResults
from assessments.two_sides import SidesOfSection
from reports.content.document import Cell, Column, Finding, Row, Table
from reports.content.wording import counted

HEADING = "Executive and non-executive view"
HOW = (
    "Whether executives scored a {section} higher than non-executives, or lower, by about half a level or more. It is "
    "worked out over indicators to which at least {minimum} members on either side gave a level when the round first "
    "closed. Neither side's own scores are shown, nor how much more than half a level it is: they could tell what a "
    "single member answered."
)
NOT_SHOWN = (
    "The two sides of the board cannot be compared. Either fewer than {minimum} members on one side gave a level to "
    "half of the indicators, or the comparison would let a member tell what another answered."
)
NOBODY_ANSWERED = "Nobody answered, so there is nothing to compare."
WITHHELD = "Withheld: too few members on one side, or it would tell what one of them answered"


def two_sides_of_the_board(results: RoundResults) -> tuple[Finding, ...]:
    """The comparison, or why it is withheld; nothing for a round that has no sides to compare."""
    if not results.sides:
        return ()
    facts = results.facts
    words = {"section": facts.section_label, "minimum": facts.minimum_group}
    if not any(sides.based_on for sides in results.sides):
        return (Finding("sides", HEADING, NOT_SHOWN.format(**words), None),)
    columns = (
        Column(facts.section_label.capitalize(), "text"),
        Column("Executives scored it", "words"),
        Column("Based on", "base"),
    )
    rows = tuple(
        Row(Cell(sides.section.title), (Cell(_in_words(sides)), Cell(_base(sides)))) for sides in results.sides
    )
    table = Table("Executives compared with non-executives", columns, rows)
    return (Finding("sides", HEADING, HOW.format(**words), table),)


def _in_words(sides: SidesOfSection) -> str:
    if sides.difference is None:
        return WITHHELD
    if sides.difference == 0:
        return "About the same"
    return f"Half a level or more {'higher' if sides.difference > 0 else 'lower'}"


def _base(sides: SidesOfSection) -> str:
    return f"At least {sides.based_on} of {counted(sides.of, 'indicator')}" if sides.based_on else ""
