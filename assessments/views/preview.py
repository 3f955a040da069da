"""A framework version, drafts too, as members would be asked it, for content admins. Nothing is saved."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from assessments.framework_use import EVERYBODY, ways_to_preview
from assessments.guards import version_to_preview
from assessments.presenters.section import draw_section
from assessments.queries.content import content_now
from assessments.queries.sitting import sitting_to_look_at
from organisations.requests import SignedIn

NOTE = "Preview of {version}{asked_of}. Members find this page exactly so. What you choose or type here is not saved."


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: SignedIn, version_id: int, variant: str, code: str) -> HttpResponse:
    """One section before the first answer. A post goes on as it would for a member, and writes nothing."""
    version = version_to_preview(request.user, version_id)
    titles = {row.code: row.title for row in version.variants.all()} or {EVERYBODY: ""}
    if variant not in titles or not hasattr(version, "scale"):
        raise Http404("This version has no such wording, or no scale yet.")
    sitting = sitting_to_look_at(content_now(version, "" if variant == EVERYBODY else variant))
    section = sitting.section(code)
    if section is None:
        raise Http404("There is no such section in this version.")
    if request.method == "POST":
        following = sitting.after(section) if "next" in request.POST else None
        if following is None:
            return redirect("admin:frameworks_frameworkversion_tree", version.pk)
        return redirect("assessments:preview", version.pk, variant, following.asked.code)
    asked_of = f" as it is put to: {titles[variant]}" if titles[variant] else ""
    context: dict[str, Any] = {
        "version": version,
        "name": str(version),
        "variant": variant,
        "ways": ways_to_preview(version, code) if len(titles) > 1 else (),
        "note_above": NOTE.format(version=version, asked_of=asked_of),
        "sitting": sitting,
        "section": section,
        "drawn": draw_section(section, sitting.content, {}, keep=False),
    }
    return render(request, "assessments/preview.html", context)
