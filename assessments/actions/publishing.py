"""What a closing makes of answers: the publication that figures are made of (product rule §5, "No subtraction")."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping

from assessments.choices import BoardGroup
from assessments.late_answers import Sheet, latest
from assessments.models import Answer, CountedAnswer, CountedResponse, Publication, PublishedComment, Response, Round
from assessments.queries.publications import sheets_given, sheets_of
from assessments.scoring.types import NonScore

GROUPS = {True: BoardGroup.EXECUTIVE, False: BoardGroup.NON_EXECUTIVE, None: BoardGroup.NEITHER}


def publish(round_: Round, at: dt.datetime) -> Publication | None:
    """Freeze the answers that count at a closing; None when too few are new or changed since the last time.

    Call it inside the transaction that closes the round. At the first closing everything counts. Later on answers
    enter in batches of at least three members (`late_answers`); until then those before stand.
    """
    counted = list(Response.objects.that_count(round_).values_list("pk", flat=True))
    now = sheets_given(counted)
    last = round_.publications.order_by("-number").first()
    before = sheets_of(last) if last else {}
    late = latest(before, now) if last else frozenset()
    if late is None:
        return None
    number = last.number + 1 if last else 1
    publication = Publication.objects.create(round=round_, number=number, published_at=at)
    _store(publication, before | now, late)
    _publish_comments(publication, last, counted)
    return publication


def _store(publication: Publication, sheets: Mapping[int, Sheet], late: Iterable[object]) -> None:
    responses = Response.objects.filter(pk__in=sheets).select_related("seat").order_by("pk")
    rows = CountedResponse.objects.bulk_create(
        CountedResponse(
            publication=publication, response=row, group=GROUPS[row.seat.is_executive], is_late=row.pk in set(late)
        )
        for row in responses
    )
    indicators = dict(publication.round.indicators().values_list("code", "pk"))
    CountedAnswer.objects.bulk_create(
        CountedAnswer(
            counted=row,
            indicator_id=indicators[code],
            level=choice if isinstance(choice, int) else None,
            non_score=choice if isinstance(choice, NonScore) else "",
        )
        for row in rows
        for code, choice in sheets[row.response_id].items()
    )


def _publish_comments(publication: Publication, last: Publication | None, authors: Iterable[object]) -> None:
    """Comments without a trace of who wrote them: all that were published before, and what `authors` have added.

    Nothing published goes or changes, whatever its author does later: all would see whose it was. What was chosen for
    the report stays chosen. Authors are all who count, not only those whose answers are new: a comment that was added
    alone comes with the others' answers, and may then be anybody's.
    """
    published = Counter(last.comments.values_list("indicator", "text")) if last else Counter()
    chosen = set(last.comments.filter(is_in_report=True).values_list("indicator", "text")) if last else set()
    comments = Answer.objects.filter(response__in=list(authors)).exclude(comment="")
    written = Counter(comments.values_list("indicator", "comment"))
    PublishedComment.objects.bulk_create(
        PublishedComment(publication=publication, indicator_id=pk, text=text, is_in_report=(pk, text) in chosen)
        for pk, text in sorted((published | written).elements())
    )
