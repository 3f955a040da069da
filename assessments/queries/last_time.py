"""What a member answered the last time that they were asked the same."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet, Subquery

from assessments.choices import RoundState
from assessments.models import Answer, Response
from assessments.queries.content import SectionContent, content_of, scale_of_version
from assessments.queries.sitting import labels_of


@dataclass(frozen=True, slots=True)
class LastTime:
    """The member's own answer to an indicator in an earlier round."""

    answer_label: str
    comment: str
    note: str


def last_time(response: Response, section: SectionContent) -> dict[int, LastTime]:
    """Indicator → what the member answered in their last closed round of this framework; one query.

    Indicators are the same when their code is: one whose wording changed so much that the trend breaks gets a new code
    (product rule §2). Answers about an organisation are looked for there; those about oneself, on any board.
    """
    asked = {question.code: question.indicator_id for question in section.questions}
    last = Subquery(_earlier(response).order_by("-round__closed_at").values("pk")[:1])
    rows = Answer.objects.given().filter(response=last, indicator__code__in=asked).select_related("indicator")
    return {asked[row.indicator.code]: _words(row) for row in rows}


def _earlier(response: Response) -> QuerySet[Response]:
    """The member's responses to rounds of the same framework that closed before this one opened."""
    round_ = response.round
    same = Q(round__version__framework__versions=round_.version_id, round__variant=round_.variant)
    if not content_of(round_).is_individual:
        same &= Q(round__organisation=round_.organisation_id)
    return Response.objects.filter(
        same, person=response.person_id, round__state=RoundState.CLOSED, round__closed_at__lt=round_.opened_at
    )


def _words(row: Answer) -> LastTime:
    labels = labels_of(scale_of_version(row.indicator.version_id))
    return LastTime(labels.get(row.choice, ""), row.comment, row.note)
