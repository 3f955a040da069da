"""What a member answered the last time that they were asked the same."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Q, QuerySet

from assessments.choices import RESULTS_EXIST
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
    """Indicator → what the member answered in their last closed round of this framework; one query, or none.

    Indicators are the same when their code is: one whose wording changed so much that the trend breaks gets a new code
    (product rule §2). Answers about an organisation are looked for there; those about oneself, on any board.
    """
    before = _response_before(response)
    if before is None:
        return {}
    asked = {question.code: question.indicator_id for question in section.questions}
    rows = Answer.objects.given().filter(response=before, indicator__code__in=asked).select_related("indicator")
    return {asked[row.indicator.code]: _words(row) for row in rows}


def earlier_responses(response: Response) -> QuerySet[Response]:
    """The member's responses to rounds of the same framework that closed before this one opened."""
    round_ = response.round
    same = Q(round__version__framework__versions=round_.version_id, round__variant=round_.variant)
    if not content_of(round_).is_individual:
        same &= Q(round__organisation=round_.organisation_id)
    return Response.objects.filter(
        same, person=response.person_id, round__state__in=RESULTS_EXIST, round__closed_at__lt=round_.opened_at
    )


def _response_before(response: Response) -> int | None:
    """The last of them. It never changes once this round is open, so it is looked up once a process."""
    return _found_before(response.pk, response.round.opened_at)


@lru_cache(maxsize=16_384)
def _found_before(response_id: int, opened_at: dt.datetime | None) -> int | None:
    response = Response.objects.select_related("round").get(pk=response_id)
    return earlier_responses(response).order_by("-round__closed_at").values_list("pk", flat=True).first()


def forget() -> None:
    """Look it up anew: for tests, where another response may come to have the same key."""
    _found_before.cache_clear()


def _words(row: Answer) -> LastTime:
    labels = labels_of(scale_of_version(row.indicator.version_id))
    return LastTime(labels.get(row.choice, ""), row.comment, row.note)
