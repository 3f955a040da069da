"""The floors: signed-in views that do the bare minimum of what ours do."""

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from assessments.models import Answer, Response, Round
from wgll_portal.urls import urlpatterns as portal

finished_page = b""  # the very markup of our page, set by the suite


def bare_page(request: HttpRequest) -> HttpResponse:
    """The same bytes, behind the same sign-in."""
    assert request.user.is_authenticated  # noqa: S101 - reads the session, as our page does
    return HttpResponse(finished_page)


def bare_save(request: HttpRequest, response_id: int) -> HttpResponse:
    """The same rows in one upsert, after one membership check; nothing is validated."""
    response = Response.objects.get(pk=response_id, person=request.user.pk)
    now = timezone.now()
    chosen = [(name, value) for name, value in request.POST.items() if name.startswith("answer-")]
    rows = [
        Answer(response=response, indicator_id=int(name[7:]), level=int(str(value)), chosen_at=now)
        for name, value in chosen
    ]
    with transaction.atomic():
        Answer.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["response", "indicator"],
            update_fields=["level", "non_score", "chosen_at"],
        )
    return HttpResponse(status=302)


def answers_of(round_: Round) -> QuerySet[Answer, tuple[int, int, int | None, str]]:
    """The rows that a scorecard is worked out from, as one plain query."""
    rows = Answer.objects.filter(response__round=round_)
    return rows.values_list("response_id", "indicator_id", "level", "non_score")


urlpatterns = [*portal, path("floor/page/", bare_page), path("floor/save/<int:response_id>/", bare_save)]
