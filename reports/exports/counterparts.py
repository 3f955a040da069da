"""Trust and ICS side by side as files hold it: two sheets of the workbook."""

from collections.abc import Iterator

from reports.content.wording import sentence
from reports.counterparts.beside import BoardFigure, Counterpart, SectionBeside, ThemeBeside
from reports.exports.figures import Figures
from reports.exports.sheets import REASON, SECTION_CODE, Cell, Column, Format, Sheet, score, whole, words

BOARD = (
    *(words("Other board", 48), Column("Its round closed on", 20, Format.DATE)),
    *(whole("Its members who count", 13), whole("Its members invited"), whole("Version of its report")),
)
DIFFERENCE = Column("Difference (here less there)", 13, Format.CHANGE)


def sheets_beside(figures: Figures) -> Iterator[Sheet]:
    """By section, then by theme; a row for each board that has the section, or the theme, in common with ours."""
    label = sentence(figures.about.section_label)
    base = (whole("Themes that enter"), whole("Themes in common"))
    yield Sheet(
        "Side by side",
        f"Trust and ICS by {figures.about.section_label}: means of medians over the themes for which both have one.",
        (*BOARD, SECTION_CODE, words(label, 34), score("Mean here"), score("Mean there"), DIFFERENCE, *base, REASON),
        tuple(_section(board, one) for board in figures.counterparts for one in board.sections),
    )
    yield Sheet(
        "Side by side, themes",
        "Trust and ICS by theme: the medians of both boards, and what each has agreed.",
        (
            *(
                *BOARD,
                SECTION_CODE,
                words(label, 28),
                words("Theme", 40),
                score("Median here"),
                score("Median there"),
                DIFFERENCE,
                score("Agreed here"),
                score("Agreed there"),
            ),
            *(words("Indicators here", 20), words("Indicators there", 20), words("Why none here", 40)),
            words("Why none there", 40),
        ),
        tuple(_theme(board, one) for board in figures.counterparts for one in board.themes),
    )


def _board(board: Counterpart) -> tuple[Cell, ...]:
    return board.organisation, board.closed_on, board.counted, board.invited, board.version


def _section(board: Counterpart, one: SectionBeside) -> tuple[Cell, ...]:
    figures = (one.ours, one.theirs, one.difference, one.based_on, one.of, one.why_none)
    return *_board(board), one.section_code, one.section, *figures


def _theme(board: Counterpart, one: ThemeBeside) -> tuple[Cell, ...]:
    asked = (_codes(one.ours), _codes(one.theirs), one.ours.why_none, one.theirs.why_none)
    figures = (one.ours.median, one.theirs.median, one.difference, one.ours.agreed, one.theirs.agreed)
    return *_board(board), one.section_code, one.section, one.theme, *figures, *asked


def _codes(figure: BoardFigure) -> str:
    return ", ".join(figure.codes)
