"""Reading and editing frameworks through the site."""

from collections.abc import Callable
from html import unescape

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from frameworks import queries
from frameworks.actions import retire
from frameworks.exchange.loader import load
from frameworks.models import FrameworkVersion, Indicator, Level, Section
from organisations.models import User
from tests.broken_frameworks import GOOD
from tests.unit.frameworks.test_framework_document import document

SignIn = Callable[[User], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(signed_in: SignIn) -> Client:
    return signed_in(User.objects.create_user("reader@board.example", "Reader"))


@pytest.fixture
def content_admin(signed_in: SignIn) -> Client:
    user = User.objects.create_user("editor@portal.example", "Editor", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="frameworks"))
    return signed_in(user)


@pytest.fixture
def draft() -> FrameworkVersion:
    load(document())
    return FrameworkVersion.objects.get(framework__code="tiny")


def page(client: Client, name: str, *args: str) -> str:
    response = client.get(reverse(f"frameworks:{name}", args=args))
    assert response.status_code == 200
    return unescape(response.content.decode())


PAGES = ("list", "current_version", "version", "compare_variants", "print_version")


def arguments(name: str, code: str = "wgll", version: str = "2021-10") -> list[str]:
    return {"list": [], "current_version": [code]}.get(name, [code, version])


@pytest.mark.parametrize("name", PAGES)
def test_reading_takes_signing_in(name: str, client: Client, wgll: FrameworkVersion) -> None:
    response = client.get(reverse(f"frameworks:{name}", args=arguments(name)))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("sign_in"))


def test_the_list_names_each_framework_and_its_size(reader: Client, frameworks: None) -> None:
    shown = " ".join(page(reader, "list").split())
    assert "7 success measures, 143 indicators (published)" in shown
    assert "6 competency domains, 72 indicators (published)" in shown
    assert "4 themes, 13 indicators (published)" in shown


def test_an_empty_list_says_so(reader: Client) -> None:
    assert "No framework has been published yet." in page(reader, "list")


def test_a_version_is_shown_in_full(reader: Client, wgll: FrameworkVersion) -> None:
    shown = page(reader, "version", "wgll", "2021-10")
    for indicator in wgll.indicators.all():
        assert all(part in shown for part in (indicator.code, indicator.text, indicator.guidance, indicator.source))
    for level in Level.objects.filter(scale__version=wgll):
        assert level.description in shown
    for term in wgll.glossary.all():
        assert term.meaning in shown
    assert "115 of 143 indicators" in shown
    assert shown.count("Recalled, to be confirmed") == 28 + 1
    assert wgll.licence in shown
    assert "Later papers call this “Support workforce”." in shown
    assert "31 August 2021, updated 4 October 2021" in shown


def test_the_current_version_is_the_newest_published_one(reader: Client, draft: FrameworkVersion) -> None:
    published = GOOD.replace("status: draft", "status: published").replace("[T-0]", "[]")
    load(document(published))
    load(document(published.replace("code: 2026-01", "code: 2026-03").replace("title: First", "title: Third")))
    load(document(published.replace("code: 2026-01", "code: 2026-02").replace("title: First", "title: Second")))
    assert "Third" in page(reader, "current_version", "tiny")
    retire(version=FrameworkVersion.objects.get(code="2026-03"))
    assert "Second" in page(reader, "current_version", "tiny")
    assert "2026-03 (retired): Third" in page(reader, "version", "tiny", "2026-03")


def test_group_headings_are_shown_once_a_section(reader: Client, leadership: FrameworkVersion) -> None:
    shown = page(reader, "current_version", "lcf")
    sections = leadership.sections.filter(indicators__group__code="contribute").distinct().count()
    assert shown.count(">I contribute as a leader</h3>") == sections
    assert "Compare what a trust" not in shown


def test_the_comparison_pairs_themes_and_says_what_is_common(reader: Client, wgll: FrameworkVersion) -> None:
    shown = page(reader, "compare_variants", "wgll", "2021-10")
    for verdict in ("The same for both", "Put differently", "Asked of trusts only", "Asked of ICSs only"):
        assert f"<span>{verdict}</span>" in shown
    both = wgll.indicators.filter(variant="both")
    assert [shown.count(f"({one.code})") for one in both] == [2] * 40
    others = wgll.indicators.exclude(variant="both")
    assert [shown.count(f"({one.code})") for one in others] == [1] * 103
    assert "Themes: 18, of which" in shown


def test_only_a_framework_with_two_variants_can_be_compared(reader: Client, frameworks: None) -> None:
    for code, version in (("lcf", "2024-02"), ("digital-boards", "2020-07")):
        assert reader.get(reverse("frameworks:compare_variants", args=(code, version))).status_code == 404


def test_the_printable_page_has_everything_and_no_navigation(reader: Client, wgll: FrameworkVersion) -> None:
    shown = page(reader, "print_version", "wgll", "2021-10")
    assert all(text in shown for text in wgll.indicators.values_list("text", flat=True))
    assert not any(f"<{tag}" in shown for tag in ("nav", "header", "footer", "script", "form", "a "))


@pytest.mark.parametrize("name", PAGES[1:])
def test_a_draft_is_for_content_admins_only(
    name: str, signed_in: SignIn, draft: FrameworkVersion, client: Client
) -> None:
    address = reverse(f"frameworks:{name}", args=arguments(name, "tiny", "2026-01"))
    client.force_login(User.objects.create_user("reader@board.example", "Reader"))
    assert client.get(address).status_code == 404
    assert "A tiny framework" not in page(client, "list")
    client.force_login(User.objects.create_user("editor@portal.example", "Editor", is_staff=True))
    assert client.get(address).status_code == 200
    assert "(draft)" in page(client, "list")


def test_a_draft_without_a_scale_or_sections_can_be_looked_at(content_admin: Client, draft: FrameworkVersion) -> None:
    draft.indicators.all().delete()
    draft.sections.all().delete()
    draft.scale.delete()
    for name in PAGES[1:]:
        page(content_admin, name, *arguments(name, "tiny", "2026-01"))


@pytest.mark.parametrize("address", ["nothing/", "wgll/2020/", "wgll/2020/compare/", "wgll/2020/print/"])
def test_what_does_not_exist_is_a_404(address: str, reader: Client, wgll: FrameworkVersion) -> None:
    assert reader.get(reverse("frameworks:list") + address).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_pages_refuse_to_be_posted_to(name: str, reader: Client, wgll: FrameworkVersion) -> None:
    assert reader.post(reverse(f"frameworks:{name}", args=arguments(name))).status_code == 405


def test_big_and_small_frameworks_take_the_same_queries(frameworks: None, draft: FrameworkVersion) -> None:
    counts = set()
    for code in ("tiny", "digital-boards", "lcf", "wgll"):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            version = queries.current_version(code, staff=True)
            assert version
            queries.version_text(version)
        counts.add(len(captured) - (code == "tiny"))  # a draft is looked for among the published ones first
    assert len(counts) == 1
    assert counts.pop() <= 9


def test_the_list_takes_three_queries(frameworks: None) -> None:
    with CaptureQueriesContext(connection) as captured:
        queries.frameworks(staff=False)
    assert len(captured) == 3


# --- Django admin -----------------------------------------------------------------------------------------------------


def change(client: Client, model: str, pk: int) -> str:
    response = client.get(reverse(f"admin:frameworks_{model}_change", args=(pk,)))
    assert response.status_code == 200
    return response.content.decode()


def test_admin_pages_of_a_draft_can_be_saved_and_of_a_published_version_cannot(
    content_admin: Client, draft: FrameworkVersion, wgll: FrameworkVersion
) -> None:
    for version, can_save in ((draft, True), (wgll, False)):
        rows = {
            "frameworkversion": version.pk,
            "scale": version.scale.pk,
            "section": version.sections.all()[0].pk,
            "indicator": version.indicators.all()[0].pk,
        }
        for model, pk in rows.items():
            assert ('name="_save"' in change(content_admin, model, pk)) is can_save
            delete = content_admin.get(reverse(f"admin:frameworks_{model}_delete", args=(pk,)))
            assert delete.status_code == (200 if can_save else 403)


def test_an_indicator_of_a_draft_is_edited_in_the_admin(content_admin: Client, draft: FrameworkVersion) -> None:
    row = draft.indicators.get(code="T-3")
    said = {
        "section": row.section_id,
        "code": "T-3",
        "order": 3,
        "variant": "both",
        "text": "Edited.",
        "wording": "seen",
    }
    address = reverse("admin:frameworks_indicator_change", args=(row.pk,))
    assert content_admin.post(address, said | {"supersedes": "T-9, T-10"}).status_code == 302
    row.refresh_from_db()
    assert (row.text, row.version, row.supersedes) == ("Edited.", draft, ["T-9", "T-10"])
    twin = content_admin.post(address, said | {"code": "T-1"})
    assert "Another indicator of this version has this code." in twin.content.decode()


def test_a_published_indicator_is_not_edited_in_the_admin(content_admin: Client, wgll: FrameworkVersion) -> None:
    row = wgll.indicators.all()[0]
    address = reverse("admin:frameworks_indicator_change", args=(row.pk,))
    assert content_admin.post(address, {"text": "Edited."}).status_code == 403
    everything = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    content_admin.post(reverse("admin:frameworks_indicator_changelist"), everything)
    assert Indicator.objects.get(pk=row.pk).text == row.text


def test_nothing_is_added_to_a_published_version_in_the_admin(
    content_admin: Client, draft: FrameworkVersion, wgll: FrameworkVersion
) -> None:
    said = {"code": "new", "order": 99, "title": "New", "summary": "New.", "summary_by_variant": "{}"}
    inline = {"themes-TOTAL_FORMS": 0, "themes-INITIAL_FORMS": 0}
    address = reverse("admin:frameworks_section_add")
    refused = content_admin.post(address, said | inline | {"version": wgll.pk})
    assert "Select a valid choice" in refused.content.decode()
    assert content_admin.post(address, said | inline | {"version": draft.pk}).status_code == 302
    assert Section.objects.get(code="new").version == draft


def test_code_and_subject_stay_once_something_was_published(
    content_admin: Client, draft: FrameworkVersion, wgll: FrameworkVersion
) -> None:
    assert 'name="subject"' in change(content_admin, "framework", draft.framework_id)
    assert 'name="subject"' not in change(content_admin, "framework", wgll.framework_id)
