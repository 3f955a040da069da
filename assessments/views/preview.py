"""A framework version, drafts too, as members would be asked it, for content admins. Nothing is saved."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from assessments.framework_use import EVERYBODY, ways_to_preview
from assessments.guards import version_to_preview
from assessments.presenters.section import draw_section
from assessments.queries.content import content_now
from assessments.queries.sitting import SectionAnswered, Sitting, sitting_to_look_at
from frameworks.models import FrameworkVersion
from ground.methods import get_or_post
from organisations.requests import SignedIn

NOTE = "Preview of {version}{asked_of}. Members find this page exactly so. What you choose or type here is not saved."


@get_or_post
def preview(request: SignedIn, version_id: int, variant: str, code: str) -> HttpResponse:
    """One section before the first answer. A post goes on as it would for a member, and writes nothing."""
    version = version_to_preview(request.user, version_id)
    asked_of, sitting = _asked(version, variant)
    section = sitting.section(code)
    if section is None:
        raise Http404("There is no such section in this version.")
    if request.method == "POST":
        return _go_on(version, variant, sitting.after(section) if "next" in request.POST else None)
    context: dict[str, Any] = {
        "version": version,
        "name": str(version),
        "variant": variant,
        "ways": ways_to_preview(version, code),
        "note_above": NOTE.format(version=version, asked_of=f" as it is put to: {asked_of}" if asked_of else ""),
        "sitting": sitting,
        "section": section,
        "drawn": draw_section(section, sitting.content, {}, keep=False),
    }
    return render(request, "assessments/preview.html", context)


@require_safe
def paper_form(request: SignedIn, version_id: int, variant: str) -> HttpResponse:
    """All sections with boxes to tick, to be printed."""
    version = version_to_preview(request.user, version_id)
    asked_of, sitting = _asked(version, variant)
    said = {"version": version, "asked_of": asked_of, "content": sitting.content}
    return render(request, "assessments/paper_form.html", said)


def _asked(version: FrameworkVersion, variant: str) -> tuple[str, Sitting]:
    """The wording's title, "" for the only one, and what a member finds. 404 where there is nothing to answer."""
    titles = {row.code: row.title for row in version.variants.all()} or {EVERYBODY: ""}
    if variant not in titles or not hasattr(version, "scale"):
        raise Http404("This version has no such wording, or no scale yet.")
    return titles[variant], sitting_to_look_at(content_now(version, "" if variant == EVERYBODY else variant))


def _go_on(version: FrameworkVersion, variant: str, following: SectionAnswered | None) -> HttpResponse:
    if following is None:
        return redirect("admin:frameworks_frameworkversion_tree", version.pk)
    return redirect("assessments:preview", version.pk, variant, following.asked.code)
