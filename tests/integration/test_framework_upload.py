"""A framework uploaded in the admin: faults or differences first, then a draft, and only what was shown."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from frameworks.actions import publish
from frameworks.documents.canonical import as_yaml
from frameworks.exchange import importing
from frameworks.exchange.stored import stored_document
from frameworks.models import Framework, FrameworkVersion, Indicator
from organisations.choices import AuditedEvent
from organisations.models import AuditEvent, User
from tests.broken_frameworks import BROKEN, GOOD, Broken

pytestmark = pytest.mark.django_db
UPLOAD = "admin:frameworks_frameworkversion_upload"


def uploaded(client: Client, content: bytes | str, name: str = "tiny.yaml") -> Any:
    data = content if isinstance(content, bytes) else content.encode()
    return client.post(reverse(UPLOAD), {"file": SimpleUploadedFile(name, data)})


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def accepted(client: Client, shown: Any) -> str:
    assert shown.status_code == 200, words(shown)
    return words(client.post(reverse(UPLOAD), {"signed": shown.context["proposal"].signed}, follow=True))


def test_a_file_becomes_a_draft_once_it_was_looked_at(admin: Client, editor: User) -> None:
    assert reverse(UPLOAD) in words(admin.get(reverse("admin:frameworks_frameworkversion_changelist")))
    assert "Show me what this would change" in words(admin.get(reverse(UPLOAD)))
    shown = uploaded(admin, GOOD)
    assert "version 2026-01 of A tiny framework: 1 themes, 3 indicators. It passed every check." in words(shown)
    assert "no earlier version" in words(shown)
    assert not Framework.objects.exists()
    assert "Tiny 2026-01 is a draft that says what your file says" in accepted(admin, shown)
    version = FrameworkVersion.objects.get()
    assert version.is_draft
    assert as_yaml(stored_document(version)) == as_yaml(shown.context["proposal"].document)
    event = AuditEvent.objects.get(event=AuditedEvent.FRAMEWORK_LOADED)
    assert (event.by, event.subject) == (editor, "Tiny 2026-01")


def test_differences_against_a_draft_and_what_was_edited_there_goes(admin: Client) -> None:
    accepted(admin, uploaded(admin, GOOD))
    Indicator.objects.filter(code="T-2").update(text="Edited in the admin.")
    shown = uploaded(admin, GOOD.replace("The plan is read.", "The plan is read aloud."))
    assert "What it says otherwise than Tiny 2026-01" in words(shown)
    assert "aloud." in words(shown)
    assert "Worded otherwise (2)" in words(shown)
    accepted(admin, shown)
    assert Indicator.objects.get(code="T-2").text == "The organisation has a plan."
    assert "already, to the letter" in words(uploaded(admin, GOOD.replace("is read.", "is read aloud.")))


def test_a_published_file_is_a_draft_until_it_is_published_here(admin: Client) -> None:
    shown = uploaded(admin, GOOD.replace("status: draft", "status: published"))
    assert "although the file says “published”" in words(shown)
    accepted(admin, shown)
    version = FrameworkVersion.objects.get()
    assert version.is_draft
    publish(version=version)
    response = uploaded(admin, GOOD.replace("The plan is read.", "The plan is known."))
    assert response.status_code == 422
    assert "Version 2026-01 of tiny is published and cannot change".lower() in words(response).lower()


def test_the_next_version_is_compared_with_the_one_before(admin: Client) -> None:
    accepted(admin, uploaded(admin, GOOD))
    publish(version=FrameworkVersion.objects.get())
    later = GOOD.replace("code: 2026-01", "code: 2027-01").replace("The system has a plan.", "The system has plans.")
    shown = uploaded(admin, later)
    assert "What it says otherwise than Tiny 2026-01" in words(shown)
    assert "A new draft 2027-01 will be made" in words(shown)
    accepted(admin, shown)
    assert FrameworkVersion.objects.count() == 2


def test_who_is_compared_too(admin: Client) -> None:
    accepted(admin, uploaded(admin, GOOD))
    shown = words(uploaded(admin, GOOD.replace("subject: organisation", "subject: individual")))
    assert "<strong>Framework</strong>" in shown
    assert "individual board member" in shown


def test_only_what_was_shown_is_accepted(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    signed = uploaded(admin, GOOD).context["proposal"].signed
    for forged in ("", "x", signed[:-1], "A" + signed, signed.replace(":", "::")):
        response = admin.post(reverse(UPLOAD), {"signed": forged}, follow=True)
        assert "not what you were shown" in words(response)
    monkeypatch.setattr(importing, "ACCEPT_WITHIN", -1)
    assert "too long ago" in words(admin.post(reverse(UPLOAD), {"signed": signed}, follow=True))
    assert not Framework.objects.exists()


def test_not_what_was_shown_to_somebody_else(admin: Client, signed_in: Callable[[User], Client]) -> None:
    signed = uploaded(admin, GOOD).context["proposal"].signed
    other = signed_in(User.objects.create_superuser("other@portal.example", "Other"))
    assert "somebody else" in words(other.post(reverse(UPLOAD), {"signed": signed}, follow=True))
    assert not Framework.objects.exists()


def test_not_once_what_is_stored_has_changed(admin: Client) -> None:
    first = uploaded(admin, GOOD)
    accepted(admin, first)
    assert "has changed since" in accepted(admin, first)
    second = uploaded(admin, GOOD.replace("is read.", "is read aloud."))
    Indicator.objects.filter(code="T-2").update(text="Edited meanwhile.")
    assert "has changed since" in accepted(admin, second)
    assert Indicator.objects.get(code="T-2").text == "Edited meanwhile."
    third = uploaded(admin, GOOD)
    publish(version=FrameworkVersion.objects.get())
    assert "published and cannot change" in accepted(admin, third)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_every_fault_is_shown_with_its_line(broken: Broken, admin: Client) -> None:
    response = uploaded(admin, broken.content)
    assert response.status_code == 422
    if broken.name == "too large":
        assert "larger than 2 MB" in words(response)
        return
    faults = response.context["faults"]
    for line, field, message in broken.said:
        where = f"line {line}, {field}: ".lower() if field else f"line {line}: "
        assert any(fault.lower().startswith(where) and message.lower() in fault.lower() for fault in faults), faults
    assert not Framework.objects.exists()


def test_no_file(admin: Client) -> None:
    response = admin.post(reverse(UPLOAD), {})
    assert response.status_code == 422
    assert "Choose a file." in words(response)


@pytest.mark.parametrize("missing", ["add_frameworkversion", "change_frameworkversion"])
def test_for_content_admins_only(missing: str, client: Client, editor: User) -> None:
    editor.user_permissions.remove(Permission.objects.get(codename=missing))
    client.force_login(editor)
    assert client.get(reverse(UPLOAD)).status_code == 403
    assert uploaded(client, GOOD).status_code == 403
    assert client.post(reverse(UPLOAD), {"signed": "x"}).status_code == 403


def test_queries_do_not_grow_with_indicators(admin: Client, wgll: FrameworkVersion) -> None:
    content = as_yaml(stored_document(wgll)).replace(b"code: 2021-10", b"code: 2027-10", 1)
    with CaptureQueriesContext(connection) as captured:
        shown = uploaded(admin, content)
    assert len(captured) <= 30
    with CaptureQueriesContext(connection) as captured:
        accepted(admin, shown)
    assert len(captured) <= 120  # three for each section, none for an indicator; what the history keeps; the tree


def test_a_spreadsheet_is_downloaded_edited_and_uploaded(admin: Client) -> None:
    accepted(admin, uploaded(admin, GOOD))
    version = FrameworkVersion.objects.get()
    before = as_yaml(stored_document(version))
    page = words(admin.get(reverse("admin:frameworks_frameworkversion_change", args=[version.pk])))
    address = reverse("admin:frameworks_frameworkversion_workbook", args=[version.pk])
    assert address in page
    response = admin.get(address)
    assert response["Content-Disposition"] == 'attachment; filename="tiny-2026-01.xlsx"'
    assert "already, to the letter" in words(uploaded(admin, response.content, "tiny.xlsx"))
    book = load_workbook(io.BytesIO(response.content))
    book["Indicators"]["H4"].value = "The plan is read aloud."
    file = io.BytesIO()
    book.save(file)
    shown = uploaded(admin, file.getvalue(), "tiny.xlsx")
    assert "Worded otherwise (1)" in words(shown)
    accepted(admin, shown)
    assert as_yaml(stored_document(version)) == before.replace(b"is read.", b"is read aloud.")


def test_a_text_that_no_cell_holds_is_said(admin: Client) -> None:
    accepted(admin, uploaded(admin, GOOD))
    Indicator.objects.filter(code="T-2").update(text="x" * 40_000)
    address = reverse("admin:frameworks_frameworkversion_workbook", args=[FrameworkVersion.objects.get().pk])
    response = admin.get(address, follow=True)
    assert "No spreadsheet can hold this version. Indicators, row 3, Text: longer than" in words(response)
