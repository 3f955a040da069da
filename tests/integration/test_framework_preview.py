"""What a content admin sees of a draft is what a member would be given, and nothing of it is saved."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Answer
from frameworks.editing import change_part
from frameworks.exchange.copying import draft_from
from frameworks.models import FrameworkVersion, Indicator, Scale
from organisations.models import Organisation, User
from tests.factories import make_round

pytestmark = pytest.mark.django_db


def questions(page: str) -> list[str]:
    """What is asked, word by word, without keys and values of what was answered."""
    return re.findall(r'<legend class="[^"]*">\s*(.*?)\s*</legend>', unescape(page), re.DOTALL)


def form_of(page: str) -> str:
    """The form as it is drawn, without what differs from page to page."""
    drawn = page[page.index('<form class="app-sitting"') : page.index("</form>", page.index("app-sitting"))]
    drawn = re.sub(r"<form[^>]*>|<input type=\"hidden\"[^>]*>", "", drawn)
    return " ".join(re.sub(r"(question|answer|comment|note|reflection)-[\d-]+", r"\1", drawn).split())


def preview(version: FrameworkVersion, variant: str, code: str = "") -> str:
    code = code or version.sections.all()[0].code
    return reverse("assessments:preview", args=[version.pk, variant, code])


def test_the_preview_is_the_members_page(
    admin: Client, client: Client, trust: Organisation, wgll: FrameworkVersion
) -> None:
    draft = draft_from(version=wgll, code="2027")
    assert (
        preview(draft, "organisation")
        in admin.get(reverse("admin:frameworks_frameworkversion_tree", args=[draft.pk])).content.decode()
    )
    previewed = admin.get(preview(draft, "organisation")).content.decode()
    response = make_round(trust, wgll).responses.all()[0]
    client.force_login(response.person)
    code = wgll.sections.all()[0].code
    answered = client.get(reverse("assessments:section", args=[response.pk, code])).content.decode()
    assert form_of(previewed) == form_of(answered)
    assert "as it is put to: " in previewed
    assert "sitting.mjs" not in previewed


def test_a_draft_is_previewed_as_it_is_now(admin: Client, wgll: FrameworkVersion) -> None:
    draft = draft_from(version=wgll, code="2027")
    one = Indicator.objects.filter(version=draft, variant="ics").order_by("section__order", "order")[0]
    assert f"1. {one.text}" in questions(admin.get(preview(draft, "ics")).content.decode())
    change_part(part=one, changes={"text": "Other words."}, by=User.objects.get())
    assert "1. Other words." in questions(admin.get(preview(draft, "ics")).content.decode())


def test_going_on_leads_on_and_saves_nothing(admin: Client, leadership: FrameworkVersion) -> None:
    first, second = leadership.sections.all()[:2]
    one = first.indicators.all()[0]
    response = admin.post(preview(leadership, "everybody"), {f"answer-{one.pk}": "3", "next": "next"})
    assert response.headers["Location"] == preview(leadership, "everybody", second.code)
    stopped = admin.post(preview(leadership, "everybody"), {"stop": "stop"})
    assert stopped.headers["Location"] == reverse("admin:frameworks_frameworkversion_tree", args=[leadership.pk])
    assert not Answer.objects.exists()


def test_the_paper_form_asks_the_same_with_boxes(admin: Client, wgll: FrameworkVersion) -> None:
    address = reverse("assessments:paper_form", args=[wgll.pk, "organisation"])
    assert address in admin.get(preview(wgll, "organisation")).content.decode()
    form = unescape(admin.get(address).content.decode())
    for section in wgll.sections.all():
        for asked in questions(admin.get(preview(wgll, "organisation", section.code)).content.decode()):
            assert f"<strong>{asked}</strong>" in form
    indicators = Indicator.objects.filter(version=wgll).for_variant("organisation")
    assert form.count('<ul class="boxes">') == indicators.count()
    for nothing in ("everybody", "none"):
        assert admin.get(reverse("assessments:paper_form", args=[wgll.pk, nothing])).status_code == 404


def test_the_preview_is_for_content_admins(admin: Client, client: Client, editor: User, wgll: FrameworkVersion) -> None:
    paper = reverse("assessments:paper_form", args=[wgll.pk, "ics"])
    for address in (preview(wgll, "everybody"), preview(wgll, "ics", "no-such-section")):
        assert admin.get(address).status_code == 404
    editor.user_permissions.clear()
    assert [admin.get(address).status_code for address in (preview(wgll, "ics"), paper)] == [403, 403]
    client.force_login(User.objects.create_user("reader@board.example", "Reader"))
    assert [client.get(address).status_code for address in (preview(wgll, "ics"), paper)] == [404, 404]


def test_a_draft_without_a_scale_has_no_preview(admin: Client, wgll: FrameworkVersion) -> None:
    draft = draft_from(version=wgll, code="2027")
    Scale.objects.filter(version=draft).delete()
    assert admin.get(preview(draft, "ics")).status_code == 404
    tree = admin.get(reverse("admin:frameworks_frameworkversion_tree", args=[draft.pk]))
    assert "Preview" not in tree.content.decode()


def test_a_preview_takes_as_many_queries_however_long_it_is(admin: Client, wgll: FrameworkVersion) -> None:
    counted = []
    draft = draft_from(version=wgll, code="2027")
    section = draft.sections.all()[0]
    for number in (500, 900):
        with CaptureQueriesContext(connection) as captured:
            assert admin.get(preview(draft, "ics")).status_code == 200
        counted.append(len(captured))
        same = {"version": draft, "section": section, "text": "Asked.", "wording": "seen", "variant": "both"}
        Indicator.objects.bulk_create(
            Indicator(code=f"X-{order}", order=order, **same) for order in range(number, number + 100)
        )
    assert counted[0] == counted[1] <= 25
