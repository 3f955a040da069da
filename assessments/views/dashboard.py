"""A digital lead's first page: all rounds of the board, and what they need today."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from assessments.queries.dashboard import dashboard_for
from organisations.guards import organisation_with
from organisations.permissions import Permission
from organisations.requests import SignedIn


@require_GET
def dashboard(request: SignedIn, ods_code: str) -> HttpResponse:
    """The rounds of one organisation."""
    organisation = organisation_with(request.user, ods_code, Permission.RUN_ROUNDS)
    context = {"organisation": organisation, "acting_for": organisation, "dashboard": dashboard_for(organisation)}
    return render(request, "assessments/dashboard.html", context)
