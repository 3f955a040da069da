"""Choosing which of one's organisations to act for."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from ground.methods import get_or_post
from organisations.acting import act_for as keep_choice
from organisations.people.forms import ActForForm
from organisations.requests import SignedIn, posted


@get_or_post
def act_for(request: SignedIn) -> HttpResponse:
    """POST `organisation`, the ODS code of a board on which the person sits today; then the first page."""
    organisations = request.acting.organisations
    form = ActForForm(posted(request), organisations=organisations)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["organisation"]
        keep_choice(request, next(organisation for organisation in organisations if organisation.ods_code == code))
        return redirect("assessments:home")
    return render(request, "organisations/act_for.html", {"form": form}, status=422 if form.errors else 200)
