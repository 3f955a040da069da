"""The admin's page of a whole version: found, read, edited in place, moved, and refused with the reason."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from frameworks.editing import change_part, move_part, order_mark
from frameworks.exchange.copying import draft_from
from frameworks.history.places import mark_of
from frameworks.models import FrameworkVersion, Group, Indicator, Section, Theme
from organisations.models import AuditEvent, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(wgll: FrameworkVersion) -> FrameworkVersion:
    return draft_from(version=wgll, code="2027")


@pytest.fixture
def one(draft: FrameworkVersion) -> Indicator:
    return draft.sections.all()[0].indicators.order_by("order")[0]


def address(version: FrameworkVersion, query: str = "") -> str:
    return reverse("admin:frameworks_frameworkversion_tree", args=[version.pk]) + query


def shown(client: Client, version: FrameworkVersion, query: str = "", status: int = 200) -> str:
    response = client.get(address(version, query))
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def posted(client: Client, version: FrameworkVersion, query: str = "", **fields: Any) -> str:
    """The page after posting; `status` is what it should answer with, 200 unless it is given."""
    status = fields.pop("status", 200)
    response = client.post(address(version, query), fields, follow=True)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def form(part: Indicator, **changed: Any) -> dict[str, Any]:
    """What the browser sends of an indicator's form."""
    said = {"code": part.code, "text": part.text, "guidance": part.guidance, "variant": part.variant}
    said |= {"theme": part.theme_id or "", "wording": part.wording, "source": part.source, "supersedes": ""} | changed
    return {f"part-{name}": value for name, value in said.items()}


def test_a_version_opens_as_its_tree(admin: Client, wgll: FrameworkVersion, draft: FrameworkVersion) -> None:
    versions = admin.get(reverse("admin:frameworks_frameworkversion_changelist")).content.decode()
    assert address(draft) in versions
    page = shown(admin, draft)
    first = draft.sections.all()[0]
    of_it = first.indicators.select_related("theme").order_by("order")[0]
    assert f"<strong>{of_it.code}</strong> {of_it.text}" in page
    assert of_it.theme
    assert f"Theme: {of_it.theme.label}" in page
    assert "143 indicators in 7 success measures" in page
    assert f'Move up<span class="visually-hidden"> {of_it.code}</span>' in page
    published = shown(admin, wgll)
    assert "its text never changes" in published
    assert "Move up" not in published
    assert "?&amp;edit=" not in published


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?words=wl-ics-01", 1),
        ("?words=CYBER+board", 5),
        ("?variant=ics&words=cyber+board", 1),
        ("?words=nothing-of-the-kind", 0),
        ("?wording=nonsense", 143),
    ],
)
def test_indicators_are_searched_and_filtered(query: str, found: int, admin: Client, draft: FrameworkVersion) -> None:
    page = shown(admin, draft, query)
    assert page.count('<li id="indicator-') == found
    assert ("Show all" in page) == (found != 143)
    assert ("Move up" in page) == (found == 143)


def test_filters_take_what_the_version_has(admin: Client, draft: FrameworkVersion, one: Indicator) -> None:
    assert one.theme
    group = Group.objects.create(version=draft, code="g", order=1, title="A group")
    change_part(part=one, changes={"group": group, "text": "It is robust."}, by=User.objects.get())
    for query in ("?group=g", f"?theme={one.theme.label}&words={one.code}", f"?warned=on&words={one.code}"):
        assert shown(admin, draft, query).count('<li id="indicator-') == 1


def test_an_indicator_is_edited_in_its_place(admin: Client, draft: FrameworkVersion, one: Indicator) -> None:
    page = shown(admin, draft, f"?words={one.code}&edit=indicator-{one.pk}")
    assert f"Edit indicator {one.code}" in page
    assert "autofocus" in page
    fields = form(one, text="The board is robust and leads.", supersedes="A-1, A-2")
    response = admin.post(address(draft, f"?words={one.code}&edit=indicator-{one.pk}"), fields)
    assert response.headers["Location"] == address(draft, f"?words={one.code}#indicator-{one.pk}")
    page = shown(admin, draft)
    assert f"Indicator {one.code} is saved." in page
    assert "Jargon: robust." in page
    one.refresh_from_db()
    assert (one.text, one.supersedes) == ("The board is robust and leads.", ["A-1", "A-2"])


def test_what_cannot_be_saved_comes_back_as_typed(admin: Client, draft: FrameworkVersion, one: Indicator) -> None:
    query, another = f"?edit=indicator-{one.pk}", draft.indicators.exclude(pk=one.pk)[0]
    page = posted(admin, draft, query, status=422, **form(one, text="Typed by me.", code=another.code))
    assert "Another indicator of this version has this code." in page
    assert "Typed by me.</textarea>" in page
    assert Indicator.objects.get(pk=one.pk).text == one.text


def test_two_editors_of_one_indicator_are_told(admin: Client, draft: FrameworkVersion, one: Indicator) -> None:
    query = f"?edit=indicator-{one.pk}"
    seen = shown(admin, draft, query).split('id="panel"')[1].split('name="seen" value="')[1].split('"')[0]
    change_part(part=one, changes={"text": "By somebody else."}, by=User.objects.get())
    page = posted(admin, draft, query, status=409, seen=seen, **form(one, text="By me."))
    assert "Somebody else has just changed" in page
    assert "<dt>Text now says</dt><dd>By somebody else.</dd>" in page
    assert "By me.</textarea>" in page
    seen = page.split('id="panel"')[1].split('name="seen" value="')[1].split('"')[0]
    posted(admin, draft, query, seen=seen, **form(one, text="By me."))
    assert Indicator.objects.get(pk=one.pk).text == "By me."


def test_parts_are_added_in_their_place(admin: Client, draft: FrameworkVersion, one: Indicator) -> None:
    page = shown(admin, draft, f"?add=indicator-{one.section_id}")
    code = page.split('name="part-code" value="')[1].split('"')[0]
    assert not Indicator.objects.filter(code=code).exists()
    page = posted(admin, draft, f"?add=indicator-{one.section_id}", **form(one, text="New one.", code=code))
    assert f"Indicator {code} is added." in page
    page = posted(admin, draft, f"?add=theme-{one.section_id}", **{"part-label": "New", "part-code": "new"})
    assert "Theme new is added." in page
    section = {"part-title": "Last", "part-code": "last", "part-summary": "It is.", "part-summary_ics": "Of systems."}
    assert "Section last is added." in posted(admin, draft, "?add=section", **section)
    assert Section.objects.get(version=draft, code="last").summary_by_variant == {"ics": "Of systems."}
    assert "Group g is added." in posted(admin, draft, "?add=group", **{"part-title": "A group", "part-code": "g"})
    assert "here has this code." in posted(
        admin, draft, "?add=group", status=422, **{"part-title": "Another", "part-code": "g"}
    )


def test_a_section_is_renamed_and_the_trail_says_who(
    admin: Client, editor: User, draft: FrameworkVersion, one: Indicator
) -> None:
    section = one.section
    fields = {"part-title": "Renamed", "part-code": section.code, "part-summary": section.summary}
    fields |= {f"part-summary_{code}": words for code, words in section.summary_by_variant.items()}
    posted(admin, draft, f"?edit=section-{section.pk}", **fields, **{"part-summary_wording": section.summary_wording})
    section.refresh_from_db()
    assert section.title == "Renamed"
    line = AuditEvent.objects.latest("pk")
    assert (line.by, line.subject) == (editor, f"WGLL 2027: section {section.code} (title)")


def test_buttons_move_parts_by_one(admin: Client, draft: FrameworkVersion, one: Indicator) -> None:
    page = posted(admin, draft, down=f"indicator-{one.pk}", seen=order_mark(draft))
    assert f"Indicator {one.code} is now 2 of " in page
    posted(admin, draft, up=f"section-{draft.sections.all()[1].pk}")
    one.refresh_from_db()
    assert (one.order, one.section.order) == (2, 2)


@pytest.mark.parametrize("deed", ["remove", "edit", "move"])
def test_a_button_of_a_row_moves_that_row_whatever_is_open(
    deed: str, admin: Client, draft: FrameworkVersion, one: Indicator
) -> None:
    other = one.section.indicators.order_by("order")[1]
    page = posted(admin, draft, f"?{deed}=indicator-{other.pk}", down=f"indicator-{one.pk}", seen=order_mark(draft))
    assert f"Indicator {one.code} is now 2 of " in page
    assert Indicator.objects.filter(pk=other.pk).exists()


def test_the_script_moves_to_any_place_and_hears_where(admin: Client, draft: FrameworkVersion, one: Indicator) -> None:
    other = draft.sections.all()[1]
    fields = {"part": f"indicator-{one.pk}", "place": 3, "section": f"section-{other.pk}", "seen": order_mark(draft)}
    response = admin.post(address(draft), fields, headers={"accept": "application/json"})
    assert response.json()["said"].startswith(f"Indicator {one.code} is now 3 of ")
    assert response.json()["seen"] == order_mark(draft)
    assert Indicator.objects.get(pk=one.pk).section == other
    late = admin.post(address(draft), fields, headers={"accept": "application/json"})
    assert (late.status_code, late.json()["said"][:13]) == (409, "Somebody else")


def test_an_indicator_is_moved_to_another_section_by_form(
    admin: Client, draft: FrameworkVersion, one: Indicator
) -> None:
    other, query = draft.sections.all()[2], f"?move=indicator-{one.pk}"
    assert f"Move indicator {one.code}" in shown(admin, draft, query)
    seen = order_mark(draft)
    move_part(part=one, place=2, by=User.objects.get())
    fields = {"to-section": other.pk, "to-place": 1}
    assert "just moved, added or removed" in posted(admin, draft, query, status=409, seen=seen, **fields)
    page = posted(admin, draft, query, seen=order_mark(draft), **fields)
    assert f"Indicator {one.code} is now 1 of {other.indicators.count()} in “{other.title}”." in page


def test_parts_are_removed_once_that_is_confirmed(admin: Client, draft: FrameworkVersion, one: Indicator) -> None:
    query = f"?remove=indicator-{one.pk}"
    assert f"Remove indicator {one.code}?" in shown(admin, draft, query)
    seen = mark_of(one)
    change_part(part=one, changes={"text": "What nobody has seen yet."}, by=User.objects.get())
    assert "Somebody else has just changed" in posted(admin, draft, query, status=409, seen=seen)
    one.refresh_from_db()
    assert f"Indicator {one.code} is removed." in posted(admin, draft, query, seen=mark_of(one))
    assert not Indicator.objects.filter(pk=one.pk).exists()
    theme = Theme.objects.filter(section__version=draft, indicators__isnull=False)[0]
    assert "still belong to it" in posted(admin, draft, f"?remove=theme-{theme.pk}")
    assert posted(admin, draft, query, status=404)


def test_before_a_section_goes_one_reads_how_much_goes_with_it(admin: Client, draft: FrameworkVersion) -> None:
    section = draft.sections.all()[0]
    page = shown(admin, draft, f"?remove=section-{section.pk}&words=nothing-like-it")
    assert f"Its {section.indicators.count()} indicators and all its themes go with it." in page


def test_only_what_there_is_to_choose_is_asked(admin: Client, draft: FrameworkVersion, one: Indicator) -> None:
    query = f"?edit=indicator-{one.pk}"
    assert "part-theme" in shown(admin, draft, query)
    assert "part-group" not in shown(admin, draft, query)
    one.section.indicators.update(theme=None)
    Theme.objects.filter(section=one.section).delete()
    assert "part-theme" not in shown(admin, draft, query)
    draft.groups.create(code="all", order=1, title="Everywhere")
    assert "part-group" in shown(admin, draft, query)


def test_nothing_published_is_written(admin: Client, wgll: FrameworkVersion) -> None:
    one = wgll.indicators.all()[0]
    assert 'id="panel"' not in shown(admin, wgll, f"?edit=indicator-{one.pk}")
    page = posted(admin, wgll, f"?edit=indicator-{one.pk}", **form(one, text="Changed."))
    assert "has been published and cannot change" in page
    assert "has been published and cannot change" in posted(admin, wgll, down=f"indicator-{one.pk}")
    assert Indicator.objects.get(pk=one.pk).text == one.text


@pytest.mark.parametrize(
    "query",
    ["?edit=indicator-{other}", "?edit=round-1", "?edit=indicator-x", "?add=level", "?add=theme-0", "?move=section-9"],
)
def test_parts_of_other_versions_are_not_found(
    query: str, admin: Client, wgll: FrameworkVersion, draft: FrameworkVersion
) -> None:
    shown(admin, draft, query.format(other=wgll.indicators.all()[0].pk), status=404)


def test_permissions_are_those_of_the_admin(
    admin: Client, editor: User, draft: FrameworkVersion, one: Indicator
) -> None:
    editor.user_permissions.remove(*Permission.objects.filter(codename__in=["delete_indicator", "change_section"]))
    assert admin.get(address(draft, f"?remove=indicator-{one.pk}")).status_code == 403
    assert admin.post(address(draft, f"?remove=indicator-{one.pk}")).status_code == 403
    assert admin.post(address(draft), {"down": f"section-{one.section_id}"}).status_code == 403
    editor.user_permissions.remove(Permission.objects.get(codename="change_frameworkversion"))
    assert "Move up" not in shown(admin, draft)
    assert admin.post(address(draft), {"down": f"indicator-{one.pk}"}).status_code == 403


def test_words_are_checked_as_they_are_typed(admin: Client, draft: FrameworkVersion) -> None:
    checked = reverse("admin:frameworks_frameworkversion_words", args=[draft.pk])
    assert admin.get(checked).status_code == 405
    assert admin.post(checked, {"text": "The CCIO leads."}).json() == {"warnings": []}
    [said] = admin.post(checked, {"text": "The XYZ leads."}).json()["warnings"]
    assert "Not in the glossary: XYZ." in said


PAGES = {
    "tree": "admin:frameworks_frameworkversion_tree",
    "publish": "admin:frameworks_frameworkversion_publish",
    "version": "admin:frameworks_frameworkversion_change",
    "wording": "admin:frameworks_frameworkversion_wording",
    "section": "admin:frameworks_section_change",
    "indicator": "admin:frameworks_indicator_change",
    "scale": "admin:frameworks_scale_change",
    "versions": "admin:frameworks_frameworkversion_changelist",
    "sections": "admin:frameworks_section_changelist",
    "indicators": "admin:frameworks_indicator_changelist",
    "frameworks": "admin:frameworks_framework_changelist",
    "history": "admin:frameworks_framework_wording",
    "file": "admin:frameworks_frameworkversion_download",
    "workbook": "admin:frameworks_frameworkversion_workbook",
    "new draft": "admin:frameworks_frameworkversion_new_draft",
    "upload": "admin:frameworks_frameworkversion_upload",
}
WITHOUT_KEY = ("changelist", "upload")


def queries_of(client: Client, addresses: dict[str, str]) -> dict[str, int]:
    counted = {}
    for name, page in addresses.items():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page).status_code == 200, page
        counted[name] = len(captured)
    return counted


def test_no_page_of_the_admin_takes_more_queries_with_500_indicators(
    admin: Client, draft: FrameworkVersion, one: Indicator
) -> None:
    keys = {"section": one.section_id, "indicator": one.pk, "scale": draft.scale.pk, "history": draft.framework_id}
    addresses = {
        name: reverse(page, args=[] if page.endswith(WITHOUT_KEY) else [keys.get(name, draft.pk)])
        for name, page in PAGES.items()
    } | {"opened": address(draft, f"?edit=indicator-{one.pk}")}
    queries_of(admin, addresses)  # what is kept from page to page is there now
    before = queries_of(admin, addresses)
    same: dict[str, Any] = {
        "version": draft,
        "section": one.section,
        "text": "Asked.",
        "wording": "seen",
        "variant": "both",
    }
    Indicator.objects.bulk_create(Indicator(code=f"X-{number}", order=number, **same) for number in range(500, 860))
    assert queries_of(admin, addresses) == before
    assert before["opened"] <= 45
