"""The admin's pages that make, publish and retire a version, and what everybody reads of the change."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from frameworks.documents.canonical import as_yaml
from frameworks.exchange.copying import draft_from
from frameworks.exchange.stored import stored_document
from frameworks.models import FrameworkVersion, Indicator
from organisations.models import AuditEvent, Organisation, User
from tests.factories import make_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(wgll: FrameworkVersion) -> FrameworkVersion:
    return draft_from(version=wgll, code="2027")


def address(name: str, version: FrameworkVersion) -> str:
    return reverse(f"admin:frameworks_frameworkversion_{name}", args=[version.pk])


def shown(client: Client, name: str, version: FrameworkVersion) -> str:
    response = client.get(address(name, version))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_new_draft_is_made_from_a_version(admin: Client, wgll: FrameworkVersion) -> None:
    assert address("new_draft", wgll) in shown(admin, "change", wgll)
    assert "Code of the new version" in shown(admin, "new_draft", wgll)
    response = admin.post(address("new_draft", wgll), {"code": "2027-01"}, follow=True)
    assert "WGLL 2027-01 is a draft that says what WGLL 2021-10 says" in response.content.decode()
    made = FrameworkVersion.objects.get(code="2027-01")
    assert made.indicators.count() == 143
    assert response.redirect_chain == [(address("tree", made), 302)]
    assert AuditEvent.objects.filter(subject__contains="WGLL 2027-01").exists()


@pytest.mark.parametrize(
    ("code", "why"), [("2021-10", "give a later code"), ("v3", "Give a year"), ("", "This field is required")]
)
def test_a_code_that_will_not_do_comes_back_with_the_reason(
    code: str, why: str, admin: Client, wgll: FrameworkVersion
) -> None:
    response = admin.post(address("new_draft", wgll), {"code": code})
    assert response.status_code == 422
    assert why in response.content.decode()
    assert FrameworkVersion.objects.filter(framework=wgll.framework).count() == 1


def test_what_changed_is_shown_before_publishing(admin: Client, draft: FrameworkVersion) -> None:
    draft.indicators.filter(code="WGLL-1-01").delete()
    one = draft.indicators.all()[0]
    Indicator.objects.filter(pk=one.pk).update(text=one.text + " Always.")
    page = shown(admin, "publish", draft)
    assert "What changed since WGLL 2021-10" in page
    assert '<ins><span class="nhsuk-u-visually-hidden visually-hidden">put in: </span>Always.' in page
    assert "Worded otherwise (1)" in page
    assert f"Publish {draft}" in page
    response = admin.post(address("publish", draft), follow=True)
    assert "WGLL 2027 is now published." in response.content.decode()
    assert "is no draft: it is published already" in shown(admin, "publish", draft)


def test_faults_are_listed_with_the_way_to_them_and_forbid_publishing(admin: Client, draft: FrameworkVersion) -> None:
    one = draft.indicators.all()[0]
    Indicator.objects.filter(pk=one.pk).update(text="")
    page = shown(admin, "publish", draft)
    link = f"{address('tree', draft)}?edit=indicator-{one.pk}"
    assert f'<a href="{link}">Indicator {one.code}, text: this field is missing</a>' in page
    assert f'value="Publish {draft}"' not in page
    response = admin.post(address("publish", draft), follow=True)
    assert f"Indicator {one.code}, text: this field is missing" in response.content.decode()
    assert FrameworkVersion.objects.get(pk=draft.pk).is_draft


def test_a_draft_with_nothing_in_it_says_where_its_parts_are_made(admin: Client, wgll: FrameworkVersion) -> None:
    empty = FrameworkVersion.objects.create(
        framework=wgll.framework, code="2029", title="Empty", published_on="2029-01-01"
    )
    page, scale = shown(admin, "publish", empty), f"{reverse('admin:frameworks_scale_add')}?version={empty.pk}"
    assert f'<a href="{address("tree", empty)}">Sections: ' in page
    assert f'<a href="{address("tree", empty)}">Indicators: ' in page
    assert f'<a href="{scale}">Scale, ' in page
    assert f'<a href="{scale}">Add a scale</a>' in shown(admin, "tree", empty)
    assert f'value="{empty.pk}" selected' in admin.get(scale).content.decode()


def test_running_rounds_are_listed_before_a_version_is_retired(
    admin: Client, trust: Organisation, wgll: FrameworkVersion
) -> None:
    assert "No round is running on it." in shown(admin, "retire", wgll)
    make_round(trust, wgll, members=3)
    page = shown(admin, "retire", wgll)
    assert f"<li>{trust.name}: open, closes " in page
    assert "now retired" in admin.post(address("retire", wgll), follow=True).content.decode()
    assert "retired already" in shown(admin, "retire", wgll)


@pytest.mark.parametrize("name", ["new_draft", "publish", "retire", "download", "workbook"])
def test_these_pages_are_for_content_admins(name: str, client: Client, editor: User, wgll: FrameworkVersion) -> None:
    editor.user_permissions.clear()
    client.force_login(editor)
    for response in (client.get(address(name, wgll)), client.post(address(name, wgll))):
        assert response.status_code == 403
    client.force_login(User.objects.create_user("reader@board.example", "Reader"))
    assert client.get(address(name, wgll)).status_code == 302


def test_drafts_cannot_be_retired_nor_published_versions_published(
    admin: Client, draft: FrameworkVersion, wgll: FrameworkVersion
) -> None:
    for name, version, why in (("retire", draft, "Only a published"), ("publish", wgll, "Only a draft version")):
        assert why in admin.post(address(name, version), follow=True).content.decode()


def test_everybody_reads_what_changed_once_it_is_published(
    admin: Client, client: Client, draft: FrameworkVersion
) -> None:
    one = draft.indicators.all()[0]
    Indicator.objects.filter(pk=one.pk).update(text="Now in other words.")
    admin.post(address("publish", draft))
    client.force_login(User.objects.create_user("reader@board.example", "Reader"))
    changes = reverse("frameworks:changes", args=["wgll", "2027"])
    version = client.get(reverse("frameworks:version", args=["wgll", "2027"])).content.decode()
    assert f'<a class="nhsuk-link" href="{changes}">What changed since 2021-10</a>' in version
    page = " ".join(client.get(changes).content.decode().split())
    assert "Trends from version 2021-10 rest on 143 indicators" in page
    assert "taken out: " in page
    assert client.get(reverse("frameworks:changes", args=["wgll", "2021-10"])).status_code == 404


def test_a_drafts_changes_are_for_content_admins(client: Client, draft: FrameworkVersion) -> None:
    client.force_login(User.objects.create_user("reader@board.example", "Reader"))
    assert client.get(reverse("frameworks:changes", args=["wgll", "2027"])).status_code == 404


def test_the_publishing_page_takes_few_queries(admin: Client, draft: FrameworkVersion) -> None:
    draft.indicators.update(text="")  # 143 faults, each with a link
    with CaptureQueriesContext(connection) as captured:
        shown(admin, "publish", draft)
    assert len(captured) <= 35


def test_the_file_of_a_version_is_what_the_command_writes(admin: Client, wgll: FrameworkVersion) -> None:
    assert address("download", wgll) in shown(admin, "change", wgll)
    response = admin.get(address("download", wgll))
    assert response["Content-Disposition"] == 'attachment; filename="wgll-2021-10.yaml"'
    assert response.content == as_yaml(stored_document(wgll))


def test_new_words_that_may_be_hard_to_answer_are_one_line(admin: Client, draft: FrameworkVersion) -> None:
    assert "hard to answer" not in shown(admin, "publish", draft)  # what is published already is no news
    for one in draft.indicators.all()[:7]:
        Indicator.objects.filter(pk=one.pk).update(text=f"The board leads and reviews {one.code}.")
    page = shown(admin, "publish", draft)
    assert f'<a href="{address("tree", draft)}?warned=on">New words that may be hard to answer: WL-ICS-01' in page
    assert "and 2 more: see why" in page
    assert f'value="Publish {draft}"' in page
