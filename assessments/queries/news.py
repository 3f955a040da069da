"""What has been saved since a page was made, by another page of the same member."""

from assessments.actions.saving import Saved
from assessments.models import Response


def news_since(response: Response, seen: int) -> Saved:
    """The rows that were written after revision `seen`; two queries at most."""
    if response.revision <= seen:
        return Saved(response.revision)
    return Saved(
        response.revision,
        tuple(response.answers.filter(revision__gt=seen)),
        tuple(response.reflections.filter(revision__gt=seen).order_by()),
    )
