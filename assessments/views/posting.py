"""What pages of a digital lead have in common: a form on a page, and an action that a page offered."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from assessments.lifecycle import NotNow
from organisations.models import Organisation
from organisations.requests import SignedIn


def attempt(request: SignedIn, action: Callable[[], object], done: str) -> None:
    """Run an action that a page offered; say that it is done, or why the state no longer allows it."""
    try:
        action()
    except NotNow as reason:
        messages.warning(request, str(reason))
    else:
        messages.success(request, done)


def form_page(
    request: SignedIn, template: str, organisation: Organisation, form: forms.Form, **context: object
) -> HttpResponse:
    """The page `template` with a form, 422 when the form was refused."""
    page = {"form": form, "organisation": organisation, "acting_for": organisation, **context}
    return render(request, f"assessments/{template}.html", page, status=422 if form.errors else 200)
