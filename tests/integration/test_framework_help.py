"""Every field of every form of the frameworks' admin says what it is for."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models
from django.test import Client, RequestFactory
from django.urls import reverse

from frameworks.admin.help_texts import HELP_TEXTS, LABELS
from frameworks.admin.parts import FORMS, MoveForm
from frameworks.admin.tree import FilterForm
from frameworks.admin.upload import UploadForm
from frameworks.admin.versions import NewDraftForm
from frameworks.models import FrameworkVersion
from organisations.models import User

pytestmark = pytest.mark.django_db
ADMINS = [page for model, page in admin.site._registry.items() if model._meta.app_label == "frameworks"]


@pytest.mark.parametrize("model_admin", ADMINS, ids=str)
def test_every_field_that_can_be_written_is_explained(model_admin: admin.ModelAdmin, rf: RequestFactory) -> None:
    request = rf.get("/admin/")
    request.user = User.objects.create_superuser("staff@portal.example", "Staff")
    if not model_admin.has_change_permission(request):
        return  # nobody writes into it: it is read
    around = {FrameworkVersion: "version"}.get(model_admin.model, model_admin.model._meta.model_name)
    forms = [(model_admin.get_form(request), {""})]
    inlines = model_admin.get_inline_instances(request)
    forms += [(inline.get_formset(request).form, {"DELETE", around}) for inline in inlines]
    for form, unseen in forms:
        silent = [name for name, field in form.base_fields.items() if not field.help_text and name not in unseen]
        assert silent == [], form


@pytest.mark.parametrize("form", [UploadForm, NewDraftForm, MoveForm, FilterForm, *FORMS.values()])
def test_every_field_of_our_own_pages_is_explained(form: type) -> None:
    assert all(field.help_text for field in form.base_fields.values())  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", HELP_TEXTS)
def test_no_explanation_is_of_a_field_that_is_not_there(kind: str) -> None:
    model: type[models.Model] = apps.get_model("frameworks", kind)
    assert set(HELP_TEXTS[kind]) <= {field.name for field in model._meta.get_fields()}


@pytest.mark.parametrize("kind", LABELS)
def test_no_label_is_of_a_field_that_is_not_there(kind: str) -> None:
    model: type[models.Model] = apps.get_model("frameworks", kind)
    assert set(LABELS[kind]) <= {field.name for field in model._meta.get_fields()}


def test_the_first_page_greets_by_name_and_speaks_of_no_passwords(signed_in: Callable[[User], Client]) -> None:
    staff = User.objects.create_superuser("staff@portal.example", "Anna Staff", "a password that signs nobody in")
    page = signed_in(staff).get(reverse("admin:index")).content.decode()
    assert "<strong>Anna Staff</strong>" in page
    assert "assword" not in page
    for words in ("Permissions of content admins", "Second factors at sign-in", "Single sign-on"):
        assert words in page


def test_a_part_leads_to_its_whole_version_and_a_framework_to_its_versions(
    signed_in: Callable[[User], Client], wgll: FrameworkVersion
) -> None:
    client = signed_in(User.objects.create_superuser("staff@portal.example", "Staff"))
    tree = reverse("admin:frameworks_frameworkversion_tree", args=[wgll.pk])
    for part in (wgll.indicators.all()[0], wgll.sections.all()[0], wgll.scale):
        page = client.get(reverse(f"admin:frameworks_{part._meta.model_name}_change", args=[part.pk]))
        assert f'<a href="{tree}">The whole version</a>' in page.content.decode()
    page = client.get(reverse("admin:frameworks_framework_change", args=[wgll.framework_id]))
    versions = f"{reverse('admin:frameworks_frameworkversion_changelist')}?framework__id__exact={wgll.framework_id}"
    assert f'<a href="{versions}">Its versions</a>' in page.content.decode()
    assert tree in client.get(versions).content.decode()
