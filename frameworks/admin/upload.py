"""The admin's page that takes a framework as a file: what is wrong with it, or what it would change; then a draft."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from frameworks.admin.person import person_of
from frameworks.admin.versions import tree_address
from frameworks.documents.document import FrameworkDocument, read_document
from frameworks.documents.problems import Problem
from frameworks.documents.yaml_reader import LARGEST_FILE
from frameworks.exchange.importing import NotAccepted, accept, proposal_of
from frameworks.models import FrameworkVersion
from frameworks.workbooks.opening import OLD_OR_LOCKED
from frameworks.workbooks.reading import read_workbook
from ground.methods import get_or_post

TEMPLATE = "admin/frameworks/frameworkversion/upload.html"
WORKBOOKS = (b"PK", OLD_OR_LOCKED)  # how a zip archive and an old Excel file begin
LONGEST_MESSAGE = 300  # a message may quote the file


class UploadForm(forms.Form):
    file = forms.FileField(
        label="File",
        help_text=(
            "A framework as a spreadsheet (.xlsx) or as a YAML file, at most 2 MB. "
            "You see what it would change before anything is stored."
        ),
        allow_empty_file=True,
        error_messages={"required": "Choose a file."},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.yaml,.yml"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError("The file is larger than 2 MB. No framework is; it may be another file.")
        return file


class UploadPage(admin.ModelAdmin[FrameworkVersion]):
    """Joins the page to the list of versions, which links it."""

    change_list_template = "admin/frameworks/frameworkversion/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(get_or_post(self.upload))
        return [path("upload/", view, name="frameworks_frameworkversion_upload"), *super().get_urls()]

    def upload(self, request: HttpRequest) -> HttpResponse:
        """Choose a file; POST shows what it would do; POST with `signed` does what was shown."""
        person = _allowed(request)
        if "signed" in request.POST:
            return self._accepted(request, person)
        form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
        if request.method != "POST" or not form.is_valid():
            return self._upload_page(request, form, refused=request.method == "POST")
        read = _read(form.cleaned_data["file"])
        name = form.cleaned_data["file"].name
        found = proposal_of(read, person, name) if isinstance(read, FrameworkDocument) else read
        if isinstance(found, list):
            faults = [_in_words(problem) for problem in found]
            return self._upload_page(request, UploadForm(), refused=True, faults=faults, name=name)
        return self._upload_page(request, None, proposal=found, name=name)

    def _accepted(self, request: HttpRequest, person: AbstractBaseUser) -> HttpResponse:
        try:
            version = accept(signed=request.POST["signed"], by=person)
        except NotAccepted as why:
            self.message_user(request, str(why), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:frameworks_frameworkversion_upload"))
        self.message_user(request, f"{version} is a draft that says what your file says. Check and publish it here.")
        return HttpResponseRedirect(tree_address(version))

    def _upload_page(
        self, request: HttpRequest, form: forms.Form | None, *, refused: bool = False, **said: Any
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Upload a framework",
            "form": form,
            **said,
        }
        return TemplateResponse(request, TEMPLATE, context, status=422 if refused else 200)


def _allowed(request: HttpRequest) -> AbstractBaseUser:
    """The person, if they may both make and change versions. Raises PermissionDenied."""
    if not request.user.has_perms(["frameworks.add_frameworkversion", "frameworks.change_frameworkversion"]):
        raise PermissionDenied
    return person_of(request)


def _read(file: Any) -> FrameworkDocument | list[Problem]:
    content = file.read()
    looks_like_a_workbook = content.startswith(WORKBOOKS) or file.name.lower().endswith((".xlsx", ".xlsm", ".xls"))
    return read_workbook(content) if looks_like_a_workbook else read_document(content, "")


def _in_words(problem: Problem) -> str:
    """ "Line 12, indicators[3].text: this field is missing"; "Sheet Levels, row 4, Value: …"."""
    unit = "row" if problem.file else "line"
    steps = (problem.file, f"{unit} {problem.line}" if problem.line else "", problem.field)
    where = ", ".join(step for step in steps if step)
    said = f"{where}: {problem.message}" if where else problem.message
    said = said[0].upper() + said[1:]
    return said if len(said) <= LONGEST_MESSAGE else f"{said[:LONGEST_MESSAGE]}…"
