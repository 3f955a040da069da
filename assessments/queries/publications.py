"""What entered the figures of a round, closing by closing: rows as the plain values that the rules work on."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from assessments.late_answers import Counted, Sheet
from assessments.models import Answer, CountedAnswer, CountedResponse, Publication, Response, Round
from assessments.scoring.types import NonScore
from assessments.secrecy import Choice


def counted_in(round_: Round) -> list[Counted]:
    """A round's publications, first to last; members are told apart by their response's key (two queries)."""
    return counted_in_each([round_]).get(round_.pk, [])


def counted_in_each(rounds: Iterable[Round]) -> dict[int, list[Counted]]:
    """Round → its publications, first to last (two queries, however many rounds)."""
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


def sheets_of(publication: Publication) -> dict[int, Sheet]:
    """Response → what it gives in that publication (two queries)."""
    sheets = _sheets(CountedAnswer.objects.filter(counted__publication=publication), "counted")
    rows = publication.counted.order_by("response_id").values_list("pk", "response_id")
    return {response: sheets.get(pk, {}) for pk, response in rows}


def sheets_given(responses: Iterable[int]) -> dict[int, Sheet]:
    """Response → what it gives as it stands; one without an answer is left out (one query)."""
    return _sheets(Answer.objects.given().filter(response__in=responses), "response")


def late_answers_wait(round_: Round) -> bool:
    """Whether a round that was reopened has answers that are in no figure yet."""
    counted = Response.objects.that_count(round_).values_list("pk", flat=True)
    last = round_.publications.order_by("-number")[0]
    before, now = sheets_of(last), sheets_given(counted)
    return any(before.get(response) != sheet for response, sheet in now.items())


def _sheets(answers: models.QuerySet[Any], of: str) -> dict[int, Sheet]:
    sheets: dict[int, dict[str, Choice]] = {}
    for whose, code, level, non_score in answers.values_list(of, "indicator__code", "level", "non_score"):
        sheets.setdefault(whose, {})[code] = level if level is not None else NonScore(non_score)
    return dict(sheets)
