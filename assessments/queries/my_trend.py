"""How a member's own answers about themselves have moved: their data alone, so nothing in it is withheld from them."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from assessments.models import Answer, Response
from assessments.queries.content import Content, asked_in, content_of
from assessments.queries.last_time import earlier_responses
from assessments.queries.results import same_in_both
from assessments.scoring import compare, score
from assessments.scoring.basis import Basis, basis_of
from assessments.scoring.types import GivenAnswer, NonScore, Scorecard, Trend


@dataclass(frozen=True, slots=True)
class Comparison:
    """One earlier round of mine beside this one."""

    organisation: str
    closed_on: dt.date
    trend: Trend
    basis: tuple[Basis, ...]  # each question of the two rounds: whether the trend rests on it, and if not, why


@dataclass(frozen=True, slots=True)
class MyTrend:
    """This response beside every earlier one of the same framework, on whichever board; the latest first."""

    content: Content
    organisation: str
    comparisons: tuple[Comparison, ...]


def my_trend(response: Response) -> MyTrend:
    """For the member of `response` alone; three queries, however many rounds they took part in.

    Only indicators that both rounds ask in the same words, and to which the member gave a level both times, are
    compared (product rule §4.8).
    """
    earlier = list(
        earlier_responses(response)
        .select_related("round__organisation", "round__version__framework")
        .order_by("-round__closed_at")
    )
    given = _given([response, *earlier])
    asked_now = list(response.round.indicators().values_list("code", "supersedes")) if earlier else []
    now = _card(response, given)
    return MyTrend(
        content_of(response.round),
        response.round.organisation.name,
        tuple(_comparison(then, _card(then, given), now, asked_now) for then in earlier if given.get(then.pk)),
    )


def _comparison(
    response: Response, then: Scorecard, now: Scorecard, asked_now: Sequence[tuple[str, list[str]]]
) -> Comparison:
    round_ = response.round
    codes_then = (indicator.code for section in asked_in(content_of(round_)) for indicator in section.indicators)
    assert round_.closed_at is not None  # noqa: S101 - the table says so too; this tells the type checker
    comparable = same_in_both(codes_then, asked_now)
    return Comparison(
        round_.organisation.name,
        timezone.localdate(round_.closed_at),
        compare(then, now, comparable),
        basis_of(then, now, comparable, dict(asked_now)),
    )


def _given(responses: Iterable[Response]) -> Mapping[int, list[GivenAnswer]]:
    """Response → what was answered in it; one query."""
    rows = Answer.objects.given().filter(response__in=responses)
    by_response: dict[int, list[GivenAnswer]] = {}
    for pk, code, level, non_score in rows.values_list("response_id", "indicator__code", "level", "non_score"):
        answer = GivenAnswer(pk, code, level, NonScore(non_score) if non_score else None)
        by_response.setdefault(pk, []).append(answer)
    return by_response


def _card(response: Response, given: Mapping[int, list[GivenAnswer]]) -> Scorecard:
    """The figures of a board of one."""
    content = content_of(response.round)
    return score(asked_in(content), given.get(response.pk, ()), content.scale)
