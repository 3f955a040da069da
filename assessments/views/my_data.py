"""What the portal holds about me, and a copy of it to take away."""

import json

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from assessments.queries import my_data as queries
from organisations.audit import record
from organisations.choices import AuditedEvent
from organisations.requests import SignedIn


@require_GET
def my_data(request: SignedIn) -> HttpResponse:
    """What is held, in figures, and the button that downloads it."""
    return render(request, "assessments/my_data.html", {"held": queries.my_data_in_short(request.user)})


@require_POST
def download(request: SignedIn) -> HttpResponse:
    """Everything, as JSON with words for keys. A press of a button, because it leaves a line in the audit trail."""
    content = json.dumps(queries.my_data(request.user), ensure_ascii=False, indent=2)
    record(AuditedEvent.OWN_DATA_DOWNLOADED, organisation=None, by=request.user, subject="")
    return HttpResponse(
        content,
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="my-data-{timezone.localdate():%Y-%m-%d}.json"'},
    )
