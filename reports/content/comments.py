"""What members wrote for the board, as far as the digital lead chose it for the report; without names."""

from assessments.queries.results import RoundResults
from reports.content.document import Cell, Column, Finding, Row, Table

HEADING = "Comments from members"
ABOUT = "Chosen by the digital lead from what members wrote for the board. Nobody is named; the order says nothing."


def comments_chosen(results: RoundResults) -> tuple[Finding, ...]:
    """One finding with a row for each comment; none when nothing was chosen."""
    rows = tuple(
        Row(Cell(about.text), (Cell(comment.text),))
        for about in results.comments
        for comment in about.comments
        if comment.is_in_report
    )
    if not rows:
        return ()
    columns = (Column("Indicator", "answer"), Column("Comment", "words"))
    return (Finding("comments", HEADING, ABOUT, Table("Comments chosen for the report", columns, rows)),)
