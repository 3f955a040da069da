"""What entered the figures of a round, closing by closing: rows as the plain values that the rules work on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from assessments.late_answers import Counted, Sheet
from assessments.models import Answer, CountedAnswer, CountedResponse, Publication, Response, Round
from assessments.scoring.types import NonScore
from assessments.secrecy import Choice


@dataclass(frozen=True, slots=True)
class Waiting:
    """What of a member's own came after a reopening and is published nowhere yet."""

    answers: bool = False
    comments: bool = False


def counted_in_each(rounds: Iterable[Round]) -> dict[int, list[Counted]]:
    """Round → its publications, first to last (two queries, however many rounds).

    Members are told apart by their response's key.
    """
    keys = [round_.pk for round_ in rounds]
    rows = CountedResponse.objects.filter(publication__round__in=keys).select_related("publication")
    sheets = _sheets(CountedAnswer.objects.filter(counted__publication__round__in=keys), "counted")
    by_publication: dict[tuple[int, int], list[CountedResponse]] = {}
    for row in rows.order_by("publication__round", "publication__number", "response_id"):
        by_publication.setdefault((row.publication.round_id, row.publication_id), []).append(row)
    found: dict[int, list[Counted]] = {}
    for (round_id, _), of_one in by_publication.items():
        found.setdefault(round_id, []).append(_counted(of_one, sheets))
    return found


def _counted(rows: Iterable[CountedResponse], sheets: Mapping[int, Sheet]) -> Counted:
    rows = list(rows)
    return Counted(
        sheets={row.response_id: sheets.get(row.pk, {}) for row in rows},
        groups={row.response_id: row.group for row in rows},
        late=frozenset(row.response_id for row in rows if row.is_late),
    )


def sheets_of(publication: Publication, responses: Iterable[int] | None = None) -> dict[int, Sheet]:
    """Response → what it gives in that publication (two queries); `responses`: only of these."""
    counted = publication.counted.all()
    if responses is not None:
        counted = counted.filter(response__in=list(responses))
    rows = list(counted.order_by("response_id").values_list("pk", "response_id"))
    sheets = _sheets(CountedAnswer.objects.filter(counted__in=counted), "counted")
    return {response: sheets.get(pk, {}) for pk, response in rows}


def sheets_given(responses: Iterable[int]) -> dict[int, Sheet]:
    """Response → what it gives as it stands; one without an answer is left out (one query)."""
    return _sheets(Answer.objects.given().filter(response__in=responses), "response")


def late_answers_left_out(round_: Round) -> bool:
    """Whether a round that was reopened has answers that are in none of its publications, and so in no figure."""
    counted = Response.objects.that_count(round_).values_list("pk", flat=True)
    last = round_.publications.order_by("-number")[0]
    before, now = sheets_of(last), sheets_given(counted)
    return any(before.get(response) != sheet for response, sheet in now.items())


def what_waits_of(response: Response) -> Waiting:
    """What of a member's own is in no publication, for their own pages (docs/SCORING.md, "After a reopening").

    Nothing while there is no result, in a round that was never opened again, or of answers that do not count.
    """
    round_ = response.round
    if not round_.has_results or not round_.reopenings.filter(was_signed_off=False).exists():
        return Waiting()
    if not Response.objects.that_count(round_).filter(pk=response.pk).exists():
        return Waiting()
    last = round_.publications.order_by("-number")[0]
    published = set(last.comments.values_list("indicator", "text"))
    written = set(response.answers.exclude(comment="").values_list("indicator", "comment"))
    before, now = sheets_of(last, [response.pk]), sheets_given([response.pk])
    return Waiting(answers=bool(now) and before != now, comments=not written <= published)


def _sheets(answers: models.QuerySet[Any], of: str) -> dict[int, Sheet]:
    sheets: dict[int, dict[str, Choice]] = {}
    for whose, code, level, non_score in answers.values_list(of, "indicator__code", "level", "non_score"):
        sheets.setdefault(whose, {})[code] = level if level is not None else NonScore(non_score)
    return dict(sheets)
