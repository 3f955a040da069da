"""Every field of every form of the frameworks' admin says what it is for."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models
from django.test import RequestFactory

from frameworks.admin.help_texts import HELP_TEXTS
from frameworks.admin.upload import UploadForm
from frameworks.admin.versions import NewDraftForm
from organisations.models import User

pytestmark = pytest.mark.django_db
ADMINS = [page for model, page in admin.site._registry.items() if model._meta.app_label == "frameworks"]


@pytest.mark.parametrize("model_admin", ADMINS, ids=str)
def test_every_field_of_every_admin_form_is_explained(model_admin: admin.ModelAdmin, rf: RequestFactory) -> None:
    request = rf.get("/admin/")
    request.user = User.objects.create_superuser("staff@portal.example", "Staff")
    forms = [model_admin.get_form(request)]
    sets = [inline.get_formset(request) for inline in model_admin.get_inline_instances(request)]
    unseen = {"DELETE", *(of_rows.fk.name for of_rows in sets)}
    for form in [*forms, *(of_rows.form for of_rows in sets)]:
        silent = [name for name, field in form.base_fields.items() if not field.help_text and name not in unseen]
        assert silent == [], form


@pytest.mark.parametrize("form", [UploadForm, NewDraftForm])
def test_every_field_of_our_own_pages_is_explained(form: type) -> None:
    assert all(field.help_text for field in form.base_fields.values())  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", HELP_TEXTS)
def test_no_explanation_is_of_a_field_that_is_not_there(kind: str) -> None:
    model: type[models.Model] = apps.get_model("frameworks", kind)
    assert set(HELP_TEXTS[kind]) <= {field.name for field in model._meta.get_fields()}
