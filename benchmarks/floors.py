"""The floors: signed-in views that do the bare minimum of what ours do, and one that cheats, for the controls."""

import json
import threading
from collections.abc import Iterable

from django.contrib.auth.decorators import login_required
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone

from assessments.models import Answer, Response

LATE = 0.3  # seconds between an acknowledgement and the commit, in the view that cheats

ready_made = b""  # our page's own bytes, set by benchmarks.ratios.pages
section: dict[str, object] = {}  # what our page says, as plain dicts, set there as well


@login_required
def bare_save(request: HttpRequest, response_id: int) -> JsonResponse:
    """One membership check, one upsert in a transaction, the same JSON in and out as ours. Nothing is validated."""
    response = get_object_or_404(Response, pk=response_id, person=request.user.pk)
    changes = json.loads(request.body)["changes"]
    with transaction.atomic():
        _upsert(response.pk, ((change["name"], change["value"]) for change in changes))
    return JsonResponse({"revision": 1, "now": 0, "elsewhere": [], "problems": []})


@login_required
def bare_section_save(request: HttpRequest, response_id: int) -> HttpResponse:
    """As `bare_save`, for the form of a whole section."""
    response = get_object_or_404(Response, pk=response_id, person=request.user.pk)
    chosen = ((name, str(value)) for name, value in request.POST.items() if name.startswith("answer-"))
    with transaction.atomic():
        _upsert(response.pk, chosen)
    return HttpResponse(status=302)


@login_required
def early_save(request: HttpRequest, response_id: int) -> JsonResponse:
    """What must not be done: acknowledges first, and commits a moment later. A fault in between loses the answer."""
    response = get_object_or_404(Response, pk=response_id, person=request.user.pk)
    changes = [(change["name"], change["value"]) for change in json.loads(request.body)["changes"]]
    threading.Timer(LATE, _upsert_later, (response.pk, changes)).start()
    return JsonResponse({"revision": 1, "now": 0, "elsewhere": [], "problems": []})


@login_required
def bare_page(request: HttpRequest) -> HttpResponse:
    """The same markup from one bare template over plain dicts."""
    return render(request, "section.html", section, using="bare")


@login_required
def ready_made_page(request: HttpRequest) -> HttpResponse:
    """The same bytes: what reading the session alone costs."""
    return HttpResponse(ready_made if request.user.is_active else b"")


def _upsert(response_id: int, chosen: Iterable[tuple[str, str]]) -> None:
    now = timezone.now()
    Answer.objects.bulk_create(
        [
            Answer(response_id=response_id, indicator_id=int(name[7:]), level=int(value), chosen_at=now)
            for name, value in chosen
        ],
        update_conflicts=True,
        unique_fields=["response", "indicator"],
        update_fields=["level", "non_score", "chosen_at"],
    )


def _upsert_later(response_id: int, chosen: list[tuple[str, str]]) -> None:
    try:
        _upsert(response_id, chosen)
    finally:
        connection.close()


urlpatterns = [
    path("page/", bare_page),
    path("ready-made/", ready_made_page),
    path("responses/<int:response_id>/answers/", bare_save),
    path("responses/<int:response_id>/section/", bare_section_save),
    path("early/responses/<int:response_id>/answers/", early_save),
]
