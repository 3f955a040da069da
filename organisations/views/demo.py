"""Signing in as one of the demonstration's invented people."""

from allauth.account.utils import get_next_redirect_url
from allauth.usersessions.models import UserSession
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from organisations.models import User
from organisations.sign_in.second_factor import DEMO_PERSONA


@login_not_required
@require_POST
def sign_in_as(request: HttpRequest, person_id: int) -> HttpResponse:
    """Mounted in the demonstration only; staff cannot be signed in as. Leads back to the page they came from."""
    person = get_object_or_404(User, pk=person_id, is_active=True, is_staff=False)
    login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
    request.session[DEMO_PERSONA] = True
    UserSession.objects.create_from_request(request)
    return redirect(get_next_redirect_url(request) or "assessments:home")
