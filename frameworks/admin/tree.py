"""The admin's page of a whole version: its tree, searched and filtered; a draft is edited in place and put in order."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from frameworks.admin.help_texts import TREE_FILTERS
from frameworks.admin.panels import Panel, allowed, deed_of, panel_of, part_of
from frameworks.admin.person import person_of
from frameworks.admin.versions import VersionPages, scale_address, tree_address
from frameworks.choices import Wording
from frameworks.editing import ChangedMeanwhile, Moved, Part, move_part, name_of, siblings
from frameworks.frozen import PublishedVersion
from frameworks.models import FrameworkVersion, Indicator, Section, Theme
from frameworks.signals import previews
from frameworks.tree import Sought, ref_of, tree_of
from frameworks.wording_checks import wording_warnings
from ground.methods import get_or_post

LONGEST_TEXT = 5000  # of what is checked as it is typed
PANELS = ("edit", "add", "move", "remove")
MOVES = {"up", "down", "part"}  # what a row's button sends, or the script after dragging


class FilterForm(forms.Form):
    """What the editor looks for. A choice that the version does not have is no error: it finds nothing."""

    words = forms.CharField(required=False, label="Words or code", help_text=TREE_FILTERS["words"])
    variant = forms.ChoiceField(required=False, help_text=TREE_FILTERS["variant"])
    theme = forms.ChoiceField(required=False, help_text=TREE_FILTERS["theme"])
    group = forms.ChoiceField(required=False, help_text=TREE_FILTERS["group"])
    wording = forms.ChoiceField(required=False, help_text=TREE_FILTERS["wording"])
    warned = forms.BooleanField(required=False, label="Only with a warning", help_text=TREE_FILTERS["warned"])

    def __init__(self, version: FrameworkVersion, data: Any) -> None:
        super().__init__(data)
        variants = [(row.code, row.title) for row in version.variants.all()]
        labels = Theme.objects.filter(section__version=version).values_list("label", flat=True)
        self._offer("variant", [*variants, ("both", "Both")] if len(variants) > 1 else [])
        self._offer("theme", [(label, label) for label in sorted(set(labels))])
        self._offer("group", [(row.code, row.title) for row in version.groups.all()])
        self._offer("wording", list(Wording.choices))

    def sought(self) -> Sought:
        """What was asked for; everything where that makes no sense."""
        return Sought(**{name: self.cleaned_data[name] for name in self.fields}) if self.is_valid() else Sought()

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Take the field away where there is nothing to choose from."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above; for the type checker
        field.choices = [("", "All"), *choices]
        if not choices:
            del self.fields[name]


class VersionList(ChangeList):
    """The list of versions, in which each leads to its tree."""

    def url_for_result(self, result: Model) -> str:
        return reverse("admin:frameworks_frameworkversion_tree", args=[result.pk])


class TreePage(VersionPages):
    """Joins the tree to the pages of a version, and opens a version with it."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[VersionList]:
        return VersionList

    def get_urls(self) -> list[URLPattern]:
        tree = self.admin_site.admin_view(get_or_post(self.tree))
        words = self.admin_site.admin_view(require_POST(self.words))
        return [
            path("<int:pk>/tree/", tree, name="frameworks_frameworkversion_tree"),
            path("<int:pk>/tree/words/", words, name="frameworks_frameworkversion_words"),
            *super().get_urls(),
        ]

    def tree(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The tree with what the address opens in it. POST does what the opened panel, or a button of a row, says."""
        version = self._version(request, pk, "view")
        if request.method == "POST":
            try:
                return self._written(request, self._version(request, pk, "change"))
            except PublishedVersion as refusal:
                self.message_user(request, str(refusal), messages.ERROR)
                return HttpResponseRedirect(tree_address(version))
        can_edit = version.is_draft and request.user.has_perm("frameworks.change_frameworkversion")
        return self._tree(request, version, panel_of(request, version, PANELS) if can_edit else None)

    def words(self, request: HttpRequest, pk: int) -> HttpResponse:
        """For the page's script: what may be hard about the words that are being typed. Stores nothing."""
        version = self._version(request, pk, "view")
        terms = version.glossary.values_list("term", flat=True)
        return JsonResponse({"warnings": wording_warnings(request.POST.get("text", "")[:LONGEST_TEXT], list(terms))})

    def _written(self, request: HttpRequest, version: FrameworkVersion) -> HttpResponse:
        # A row's button counts as itself, whatever is open on the page from which it was pressed.
        panel = None if MOVES & request.POST.keys() else panel_of(request, version, PANELS)
        if panel is None:
            return self._moved_in_place(request, version)
        said = deed_of(panel, version, person_of(request), request.POST.get("seen", ""))
        if said.refused:
            return self._tree(request, version, said.panel, status=said.status)
        self.message_user(request, said.message, messages.ERROR if said.is_error else messages.SUCCESS)
        return _back(request, version, said.ref)

    def _moved_in_place(self, request: HttpRequest, version: FrameworkVersion) -> HttpResponse:
        """A row's button, or the script after dragging: `up` or `down` names a part, or `part` goes to `place`."""
        part, place, section = _step(request, version)
        allowed(request, "change", part)
        try:
            moved = move_part(
                part=part, place=place, section=section, by=person_of(request), seen=request.POST.get("seen", "")
            )
        except ChangedMeanwhile as why:
            return self._answer(request, version, part, str(why), is_error=True)
        return self._answer(request, version, part, _in_words(part, moved))

    def _answer(
        self, request: HttpRequest, version: FrameworkVersion, part: Part, said: str, is_error: bool = False
    ) -> HttpResponse:
        if request.headers.get("Accept") == "application/json":
            seen = tree_of(version, Sought()).seen
            return JsonResponse({"said": said, "seen": seen}, status=409 if is_error else 200)
        self.message_user(request, said, messages.ERROR if is_error else messages.SUCCESS)
        return _back(request, version, ref_of(part))

    def _tree(
        self, request: HttpRequest, version: FrameworkVersion, panel: Panel | None, status: int = 200
    ) -> HttpResponse:
        filters = FilterForm(version, request.GET)
        sought = filters.sought()
        ways: list[tuple[Any, Any]] = previews.send(FrameworkVersion, version=version)
        said = {
            "tree": tree_of(version, sought),
            "filters": filters,
            "is_filtered": not sought.everything,
            "can_edit": version.is_draft and request.user.has_perm("frameworks.change_frameworkversion"),
            "panel": panel,
            "query": _query(request),
            "scale_address": scale_address(version),
            "previews": [way for _, found in ways for way in found],
        }
        response = self._page(request, version, "tree", str(version), said)
        response.status_code = status
        return response


def _step(request: HttpRequest, version: FrameworkVersion) -> tuple[Part, int, Section | None]:
    """Which part is to go where. 404 unless the version has it; a place that is no number counts as the first."""
    for name, by in (("up", -1), ("down", 1)):
        if ref := request.POST.get(name):
            part = part_of(version, ref)
            keys = list(siblings(part).values_list("pk", flat=True))
            return part, keys.index(part.pk) + 1 + by, None
    part = part_of(version, request.POST.get("part", ""))
    section: Any = part_of(version, ref) if (ref := request.POST.get("section")) else None
    place = request.POST.get("place", "")
    number = int(place) if place.isascii() and place.isdecimal() and len(place) < 6 else 1
    return part, number, section if isinstance(part, Indicator) and isinstance(section, Section) else None


def _in_words(part: Part, moved: Moved) -> str:
    left = f" Its theme “{moved.left_theme}” is not in this section." if moved.left_theme else ""
    name = name_of(part)
    return f"{name[0].upper()}{name[1:]} is now {moved.place} of {moved.of}.{left}"


def _query(request: HttpRequest) -> str:
    """The filters of the address, without what it opens."""
    kept = request.GET.copy()
    for name in (*PANELS, "section"):
        kept.pop(name, None)
    return kept.urlencode()


def _back(request: HttpRequest, version: FrameworkVersion, ref: str) -> HttpResponseRedirect:
    query = _query(request)
    address = tree_address(version) + (f"?{query}" if query else "")
    return HttpResponseRedirect(f"{address}#{ref}" if ref else address)
