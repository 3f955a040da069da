"""The admin's pages of who changed which wording, and the way back into a draft."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from frameworks.actions import publish
from frameworks.exchange.copying import draft_from
from frameworks.models import Framework, FrameworkVersion, Indicator, WordingChange
from organisations.anonymising import anonymise
from organisations.choices import AuditedEvent
from organisations.models import AuditEvent, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> User:
    person = User.objects.create_user("ada@portal.example", "Ada Okafor", is_staff=True)
    person.user_permissions.set(Permission.objects.filter(content_type__app_label="frameworks"))
    return person


@pytest.fixture
def desk(signed_in: Callable[[User], Client], ada: User) -> Client:
    return signed_in(ada)


@pytest.fixture
def draft(digital_boards: FrameworkVersion) -> FrameworkVersion:
    return draft_from(version=digital_boards, code="2030")


def words(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def wording(version: FrameworkVersion, query: str = "") -> str:
    return reverse("admin:frameworks_framework_wording", args=[version.framework_id]) + query


def restoring(line: WordingChange) -> str:
    return reverse("admin:frameworks_framework_restore", args=[line.framework_id, line.pk])


def reword(draft: FrameworkVersion, text: str = "Said otherwise.") -> Indicator:
    row = draft.indicators.all()[0]
    row.text = text
    row.save()
    return row


def test_a_change_in_the_admin_is_told_with_who_and_the_words_before(desk: Client, draft: FrameworkVersion) -> None:
    row = draft.indicators.exclude(text__contains="\n")[0]
    change = reverse("admin:frameworks_indicator_change", args=[row.pk])
    form = desk.get(change).context["adminform"].form
    sent = {name: value for name, value in form.initial.items() if value is not None and name in form.fields}
    sent |= {"text": f"{row.text} Every year.", "supersedes": "[]"}
    assert desk.post(change, sent).status_code == 302
    page = words(desk, wording(draft, f"?version={draft.pk}"))
    assert f"<h3>Indicator {row.code}</h3>" in page
    assert "Ada Okafor. Changed here. Version 2030." in page
    assert "put in: </span>Every year." in page
    assert "Draft made from another version" in page


def test_the_history_button_leads_to_it(desk: Client, draft: FrameworkVersion) -> None:
    row = draft.indicators.all()[0]
    for model, key, query in (
        ("frameworkversion", draft.pk, f"?version={draft.pk}"),
        ("indicator", row.pk, f"?place=indicator%3A{row.code}"),
        ("section", row.section_id, f"?place=section%3A{row.section.code}"),
        ("scale", draft.scale.pk, "?place=scale%3A"),
        ("framework", draft.framework_id, ""),
    ):
        response = desk.get(reverse(f"admin:frameworks_{model}_history", args=[key]))
        assert response["Location"] == wording(draft, query)
    assert desk.get(reverse("admin:frameworks_indicator_history", args=[0])).status_code == 302
    assert desk.get(reverse("admin:frameworks_framework_history", args=["x"])).status_code == 404


def test_an_indicator_has_one_history_through_its_versions(desk: Client, draft: FrameworkVersion) -> None:
    row = reword(draft)
    publish(version=draft)
    reword(draft_from(version=draft, code="2031"), "Once more.")
    page = words(desk, wording(draft, f"?place=indicator:{row.code}"))
    assert page.index("Version 2031") < page.index("Version 2030")
    assert "2 lines" in page
    assert "Published" not in page


def test_it_can_be_narrowed_to_a_person(desk: Client, draft: FrameworkVersion, ada: User) -> None:
    row = reword(draft)
    assert "1 line<" not in words(desk, wording(draft))
    WordingChange.objects.create(
        framework=draft.framework, version=draft, version_code="2030", way="edited", by=ada, kind="indicator",
        code=row.code, before={"text": "One"}, after={"text": "Two"},
    )  # fmt: skip
    assert "1 line<" in words(desk, wording(draft, f"?person={ada.pk}"))
    for nonsense in ("?person=x", "?place=nothing:here", "?version=0", "?page=x"):
        assert "lines" in words(desk, wording(draft, nonsense))


def test_it_comes_in_pages_at_a_constant_number_of_queries(desk: Client, draft: FrameworkVersion) -> None:
    def cost(query: str = "") -> int:
        with CaptureQueriesContext(connection) as captured:
            words(desk, wording(draft, query))
        return len(captured)

    reword(draft)
    few = cost()
    for number in range(6):
        draft.indicators.update(guidance=f"For {number}")
    assert cost() == cost("?page=2") == few <= 12
    page = words(desk, wording(draft, f"?version={draft.pk}&page=2"))
    assert f'href="?version={draft.pk}&amp;page=3"' in page
    assert page.count("wording-line") == 25


def test_earlier_words_go_back_into_the_draft(desk: Client, draft: FrameworkVersion, ada: User) -> None:
    row = draft.indicators.all()[0]
    was = row.text
    reword(draft)
    line = WordingChange.objects.latest("pk")
    assert restoring(line) in words(desk, wording(draft))
    with CaptureQueriesContext(connection) as captured:
        page = words(desk, restoring(line))
    assert len(captured) <= 14
    assert f"What changes in {draft}" in page
    assert "Changed again since then" not in page
    seen = desk.get(restoring(line)).context["found"].seen
    response = desk.post(restoring(line), {"seen": seen}, follow=True)
    assert f"Indicator {row.code} says in {draft} what it said before." in response.content.decode()
    tree = reverse("admin:frameworks_frameworkversion_tree", args=[draft.pk])
    assert response.redirect_chain == [(f"{tree}#indicator-{row.pk}", 302)]
    row.refresh_from_db()
    assert row.text == was
    assert WordingChange.objects.latest("pk").by == ada
    assert "already" in words(desk, restoring(line))


def test_newer_words_are_named_and_not_overwritten_unknowingly(desk: Client, draft: FrameworkVersion) -> None:
    reword(draft)
    line = WordingChange.objects.latest("pk")
    seen = desk.get(restoring(line)).context["found"].seen
    row = reword(draft, "Newer.")
    page = words(desk, restoring(line))
    assert "Changed again since then" in page
    assert ", a command: changed here</li>" in page
    refused = desk.post(restoring(line), {"seen": seen}).content.decode()
    assert "Somebody else has changed this place" in refused
    row.refresh_from_db()
    assert row.text == "Newer."


def test_words_of_what_is_published_go_into_a_new_draft(desk: Client, draft: FrameworkVersion) -> None:
    row = draft.indicators.all()[0]
    was = row.text
    reword(draft)
    line = WordingChange.objects.latest("pk")
    publish(version=draft)
    page = words(desk, restoring(line))
    assert "there is no draft. A new draft is made from it" in page
    seen = desk.get(restoring(line)).context["found"].seen
    for code, why in (("2029", "give a later code"), ("", "This field is required")):
        response = desk.post(restoring(line), {"seen": seen, "code": code})
        assert response.status_code == 422
        assert why in response.content.decode()
    desk.post(restoring(line), {"seen": seen, "code": "2031"})
    new = FrameworkVersion.objects.get(code="2031")
    assert new.indicators.get(code=row.code).text == was
    assert draft.indicators.get(code=row.code).text == "Said otherwise."
    trail = AuditEvent.objects.filter(event=AuditedEvent.ADMIN_ADDED).values_list("subject", flat=True)
    assert [subject for subject in trail if str(new) in subject]


def test_a_framework_with_a_history_stays(desk: Client, draft: FrameworkVersion) -> None:
    ours = Framework.objects.create(code="ours", title="Ours", publisher="Us", subject="organisation")
    WordingChange.objects.create(framework=ours, version=draft, version_code="1", way="edited", kind="scale")
    delete = reverse("admin:frameworks_framework_delete", args=[ours.pk])
    assert "would require deleting the following protected related objects" in words(desk, delete)
    assert desk.post(delete, {"post": "yes"}).status_code == 200
    assert Framework.objects.filter(pk=ours.pk).exists()


def test_what_is_not_in_the_tree_is_shown_where_it_is_edited(desk: Client, draft: FrameworkVersion) -> None:
    term = draft.glossary.create(term="EPR", meaning="Electronic patient record")
    term.delete()
    line = WordingChange.objects.latest("pk")
    response = desk.post(restoring(line), {"seen": desk.get(restoring(line)).context["found"].seen})
    assert draft.glossary.filter(term="EPR").exists()
    assert response["Location"] == reverse("admin:frameworks_frameworkversion_change", args=[draft.pk])


def test_where_nothing_went_nothing_can_be_restored(desk: Client, draft: FrameworkVersion) -> None:
    draft.glossary.create(term="EPR", meaning="Electronic patient record")
    line = WordingChange.objects.latest("pk")
    assert restoring(line) not in words(desk, wording(draft))
    assert "nothing to restore" in words(desk, restoring(line))
    desk.post(restoring(line), {"seen": ""})
    assert WordingChange.objects.latest("pk") == line


def test_these_pages_are_for_content_admins(client: Client, draft: FrameworkVersion) -> None:
    reword(draft)
    line = WordingChange.objects.latest("pk")
    client.force_login(User.objects.create_user("reader@board.example", "Reader"))
    assert {client.get(address).status_code for address in (wording(draft), restoring(line))} == {302}


def test_whoever_may_only_look_is_offered_nothing_else(
    signed_in: Callable[[User], Client], ada: User, draft: FrameworkVersion
) -> None:
    reword(draft)
    line = WordingChange.objects.latest("pk")
    ada.user_permissions.set(Permission.objects.filter(codename="view_frameworkversion"))
    client = signed_in(ada)
    assert "Restore these words" not in words(client, wording(draft))
    words(client, restoring(line), 403)
    ada.user_permissions.clear()
    words(client, wording(draft), 403)


def test_lines_of_somebody_who_left_bear_the_pseudonym(desk: Client, draft: FrameworkVersion) -> None:
    gone = User.objects.create_user("bea@portal.example", "Bea Quist")
    WordingChange.objects.create(
        framework=draft.framework, version=draft, version_code="2030", way="edited", by=gone, kind="scale",
        before={"title": "One"}, after={"title": "Two"},
    )  # fmt: skip
    assert "Bea Quist" in words(desk, wording(draft))
    anonymise(person=gone)
    page = words(desk, wording(draft))
    assert "Bea" not in page
    assert f"Former member {gone.pk}" in page


def test_the_tree_leads_to_the_history_of_all_and_of_one(desk: Client, draft: FrameworkVersion) -> None:
    row = draft.indicators.all()[0]
    tree = reverse("admin:frameworks_frameworkversion_tree", args=[draft.pk])
    page = words(desk, f"{tree}?edit=indicator-{row.pk}")
    assert reverse("admin:frameworks_frameworkversion_history", args=[draft.pk]) in page
    assert f'href="{wording(draft)}?place=indicator%3A{row.code}"' in page


def test_what_the_tree_writes_is_told(desk: Client, draft: FrameworkVersion, ada: User) -> None:
    row = draft.indicators.all()[0]
    tree = f"{reverse('admin:frameworks_frameworkversion_tree', args=[draft.pk])}?edit=indicator-{row.pk}"
    panel = desk.get(tree).context["panel"]
    sent = {panel.form.add_prefix(name): value for name, value in panel.form.initial.items() if value is not None}
    sent |= {panel.form.add_prefix("text"): "Said in the tree.", "seen": panel.seen}
    assert desk.post(tree, sent).status_code == 302
    line = WordingChange.objects.latest("pk")
    assert (line.by, line.code, line.after and line.after["text"]) == (ada, row.code, "Said in the tree.")
