"""Pages of the admin that move a version: new draft, publish, retire. Each shows first what it is about to do."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from frameworks.actions import IncompleteVersion, publish, retire
from frameworks.admin.person import person_of
from frameworks.documents.canonical import as_yaml
from frameworks.exchange.copying import CodeTaken, draft_from
from frameworks.exchange.stored import stored_document
from frameworks.models import FrameworkVersion
from frameworks.moves import WrongState
from frameworks.readiness import WORDING, Fault, readiness
from frameworks.signals import running_on
from frameworks.wording import in_words
from frameworks.workbooks.writing import TooLong, as_workbook
from ground.methods import get_or_post

TEMPLATES = "admin/frameworks/frameworkversion"
IN_THE_TREE = {"sections", "indicators", "groups"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
VERSION_CODE = RegexValidator(
    r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
    "Give a year, month and day as far as needed, such as 2027 or 2027-10.",
)


class NewDraftForm(forms.Form):
    code = forms.CharField(
        max_length=10,
        label="Code of the new version",
        validators=[VERSION_CODE],
        help_text="Year, month and day as far as needed: 2027, 2027-10, 2027-10-04. It comes after all earlier ones.",
    )


def tree_address(version: FrameworkVersion, **query: str) -> str:
    """Where the version's tree is; `query` opens or filters it."""
    address = reverse("admin:frameworks_frameworkversion_tree", args=[version.pk])
    return f"{address}?{urlencode(query)}" if query else address


def scale_address(version: FrameworkVersion) -> str:
    """Where the version's scale is edited, or made where there is none yet."""
    if hasattr(version, "scale"):
        return reverse("admin:frameworks_scale_change", args=[version.scale.pk])
    return f"{reverse('admin:frameworks_scale_add')}?version={version.pk}"


class VersionPages(admin.ModelAdmin[FrameworkVersion]):
    """Joins the pages to a version's own page, which links them."""

    change_form_template = f"{TEMPLATES}/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        pages = {
            "new-draft": self.new_draft,
            "publish": self.publish,
            "retire": self.retire,
            "download": self.download,
            "workbook": self.workbook,
        }
        own = [
            path(
                f"<int:pk>/{address}/",
                self.admin_site.admin_view(get_or_post(view)),
                name=f"frameworks_frameworkversion_{address.replace('-', '_')}",
            )
            for address, view in pages.items()
        ]
        return own + super().get_urls()

    def new_draft(self, request: HttpRequest, pk: int) -> HttpResponse:
        version = self._version(request, pk, "add")
        form = NewDraftForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                draft = draft_from(version=version, code=form.cleaned_data["code"])
            except CodeTaken as taken:
                form.add_error("code", str(taken))
            else:
                self.log_addition(request, draft, [{"added": {}}])
                self.message_user(request, f"{draft} is a draft that says what {version} says. Edit it here.")
                return self._to(draft)
        return self._page(request, version, "new_draft", f"New draft from {version}", {"form": form})

    def publish(self, request: HttpRequest, pk: int) -> HttpResponse:
        version = self._version(request, pk, "change")
        if request.method == "POST":
            return self._moved(request, version, publish)
        found = readiness(version)
        links = _Links(version)
        said = {
            "faults": [(fault, links.of(fault)) for fault in found.faults],
            "doubts": [(doubt, links.of(doubt)) for doubt in found.doubts],
            "before": found.before,
            "changes": found.changes,
            "confirmed": in_words(found.wording, "indicators"),
        }
        return self._page(request, version, "publish", f"Publish {version}", said)

    def retire(self, request: HttpRequest, pk: int) -> HttpResponse:
        version = self._version(request, pk, "change")
        if request.method == "POST":
            return self._moved(request, version, retire)
        answers: list[tuple[Any, Any]] = running_on.send(FrameworkVersion, version=version)
        running = [line for _, lines in answers for line in lines]
        return self._page(request, version, "retire", f"Retire {version}", {"running": running})

    def download(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The version as the file that `load_frameworks` reads; a post asks for the same."""
        version = self._version(request, pk, "view")
        response = HttpResponse(as_yaml(stored_document(version)), content_type="application/yaml; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{version.framework.code}-{version.code}.yaml"'
        return response

    def workbook(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The version as a workbook that can be edited and uploaded again; a post asks for the same."""
        version = self._version(request, pk, "view")
        try:
            response = HttpResponse(as_workbook(stored_document(version)), content_type=XLSX)
        except TooLong as too_long:
            self.message_user(request, f"No spreadsheet can hold this version. {too_long}.", messages.ERROR)
            return self._to(version)
        response["Content-Disposition"] = f'attachment; filename="{version.framework.code}-{version.code}.xlsx"'
        return response

    def _version(self, request: HttpRequest, pk: int, permission: str) -> FrameworkVersion:
        """The version, or 404. Raises PermissionDenied; the state is for the action to judge."""
        if not request.user.has_perm(f"frameworks.{permission}_frameworkversion"):
            raise PermissionDenied
        return get_object_or_404(FrameworkVersion.objects.select_related("framework"), pk=pk)

    def _moved(self, request: HttpRequest, version: FrameworkVersion, move: Any) -> HttpResponse:
        try:
            move(version=version, by=person_of(request))
        except (WrongState, IncompleteVersion) as refusal:
            self.message_user(request, f"{version}: {refusal}", messages.ERROR)
        else:
            self.message_user(request, f"{version} is now {version.get_state_display().lower()}.")
        return self._to(version)

    def _to(self, version: FrameworkVersion) -> HttpResponseRedirect:
        return HttpResponseRedirect(tree_address(version))

    def _page(
        self, request: HttpRequest, version: FrameworkVersion, name: str, title: str, said: dict[str, Any]
    ) -> HttpResponse:
        form: forms.Form | None = said.get("form")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "version": version,
            "title": title,
            **said,
        }
        status = 422 if form and form.errors else 200
        return TemplateResponse(request, f"{TEMPLATES}/{name}.html", context | said, status=status)


class _Links:
    """Where in the admin a row of the version can be mended; asks for the keys once."""

    def __init__(self, version: FrameworkVersion) -> None:
        self.version = version
        self.tree = tree_address(version)
        self.keys: dict[str, dict[str, int]] = {}

    def of(self, fault: Fault) -> str:
        if fault.code:
            return f"{self.tree}?edit={fault.kind[:-1]}-{self._keys_of(fault.kind)[fault.code]}"
        if fault.kind == WORDING:
            return f"{self.tree}?warned=on"
        if fault.kind == "scale":
            return scale_address(self.version)
        if fault.kind in IN_THE_TREE:
            return self.tree
        return reverse("admin:frameworks_frameworkversion_change", args=[self.version.pk])

    def _keys_of(self, kind: str) -> dict[str, int]:
        if kind not in self.keys:
            rows = self.version.indicators if kind == "indicators" else self.version.sections
            self.keys[kind] = dict(rows.values_list("code", "pk"))
        return self.keys[kind]
