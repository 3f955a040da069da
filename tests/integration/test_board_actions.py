"""The board's actions through the client: adding, changing, somebody else's change meanwhile, lists and files."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.choices import ActionStatus
from assessments.lifecycle import NotNow
from assessments.models import Action, Round
from assessments.queries.board_actions import actions_of, open_actions_of, round_actions
from frameworks.models import FrameworkVersion
from organisations.choices import AuditedEvent
from organisations.models import AuditEvent, Organisation
from tests.factories import add_action as add
from tests.factories import change_action as change
from tests.factories import lead_of, make_organisation, make_round, make_seat

TODAY = timezone.localdate()


def typed(round_: Round, **changes: Any) -> dict[str, Any]:
    due = TODAY + dt.timedelta(days=30)
    fields = {
        "about": f"indicator-{round_.indicators()[0].pk}",
        "what": "Name a lead for cyber security",
        "owner": "role-chair",
        "due_on_day": due.day,
        "due_on_month": due.month,
        "due_on_year": due.year,
        "status": "open",
        "risk": "BAF 4",
    }
    return fields | changes


def new_page(round_: Round) -> str:
    return reverse("assessments:new_action", args=[round_.pk])


def change_page(action: Action) -> str:
    return reverse("assessments:change_action", args=[action.pk])


def as_shown(client: Client, action: Action) -> dict[str, Any]:
    """What a browser would send of the page's form if nothing were touched."""
    form = client.get(change_page(action)).context["form"]
    shown = {name: form[name].value() or "" for name in form.fields}
    due = shown.pop("due_on")
    parts = {f"due_on_{part}": getattr(due, part) if due else "" for part in ("day", "month", "year")}
    return {**{f"initial-{name}": value for name, value in shown.items()}, "initial-due_on": due, **shown, **parts}


def words(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


# --- adding ---------------------------------------------------------------------------------------------------------


def test_an_action_is_added_to_an_indicator(lead: Client, closed: Round) -> None:
    indicator = closed.indicators()[0]
    page = words(lead, f"{new_page(closed)}?indicator={indicator.code}")
    assert f'value="indicator-{indicator.pk}" selected' in page
    answered = lead.post(new_page(closed), typed(closed))
    assert answered["Location"] == reverse("assessments:round_actions", args=[closed.pk])
    action = Action.objects.get()
    assert (action.section, action.indicator, action.owner_role, action.risk) == (
        indicator.section, indicator, "chair", "BAF 4",
    )  # fmt: skip
    (line,) = action.history.all()
    assert (line.by, line.status, line.change) == (lead_of(closed), "open", "")
    assert "Name a lead for cyber security" in words(lead, answered["Location"])


def test_an_action_is_added_to_a_section_for_a_person(lead: Client, closed: Round) -> None:
    section, owner = closed.sections.all()[0], closed.responses.all()[0].person
    assert f'value="section-{section.pk}" selected' in words(lead, f"{new_page(closed)}?section={section.code}")
    lead.post(new_page(closed), typed(closed, about=f"section-{section.pk}", owner=f"person-{owner.pk}"))
    action = Action.objects.get()
    assert (action.section, action.indicator, action.owner) == (section, None, owner)


def test_what_is_wrong_is_said_beside_the_field_and_kept(
    lead: Client, closed: Round, leadership: FrameworkVersion
) -> None:
    stranger = make_seat(make_organisation()).person
    for changes, said in (
        ({"what": ""}, "Enter what will be done."),
        ({"what": "x" * 501}, "at most 500 characters"),
        ({"about": ""}, "Choose what it is about."),
        ({"about": f"section-{leadership.sections.all()[0].pk}"}, "Choose what it is about."),
        ({"owner": f"person-{stranger.pk}"}, "Choose somebody who is on the board today, or a role."),
        ({"due_on_month": 13}, "Enter a real due date"),
        ({"due_on_year": 2020}, "The due date must be today or later"),
        ({"due_on_year": 9999}, "The due date must be today or later"),
    ):
        answered = lead.post(new_page(closed), typed(closed, **{"risk": "Typed by me"} | changes))
        page = answered.content.decode()
        assert (answered.status_code, page.count(said)) == (422, 2), said
        assert "Typed by me" in page
    assert not Action.objects.exists()


def test_single_competencies_are_not_offered(trust: Organisation, leadership: FrameworkVersion, client: Client) -> None:
    round_ = make_round(trust, leadership, state="closed", answers=lambda member, indicator: 2)
    client.force_login(lead_of(round_))
    page = words(client, new_page(round_))
    assert 'value="section-' in page
    assert 'value="indicator-' not in page


def test_no_action_before_closing_and_none_beyond_the_scope(
    trust: Organisation, digital_boards: FrameworkVersion, wgll: FrameworkVersion
) -> None:
    opened, closed = make_round(trust, digital_boards), make_round(trust, wgll, state="closed")
    with pytest.raises(NotNow, match="You cannot plan actions from this round: it is open"):
        add(opened)
    planned = actions.Planned("Something")
    with pytest.raises(ValueError, match="in the scope"):
        actions.add_action(
            by=lead_of(closed), round_=closed, section=opened.scope.all()[0].section, planned=planned
        )  # fmt: skip
    first, second = closed.sections.all()[:2]
    with pytest.raises(ValueError, match="of its section"):
        actions.add_action(
            by=lead_of(closed), round_=closed, section=first, indicator=second.indicators.all()[0], planned=planned
        )


def test_an_owner_sits_on_the_board(closed: Round) -> None:
    gone = make_seat(closed.organisation, "Gone Away")
    gone.person.seats.update(ends_on=TODAY - dt.timedelta(days=1))
    with pytest.raises(NotNow, match="Gone Away no longer holds a seat"):
        add(closed, owner=gone.person)


# --- changing -------------------------------------------------------------------------------------------------------


def test_every_change_leaves_a_line_without_a_name(lead: Client, closed: Round) -> None:
    owner = closed.responses.all()[0].person
    action = add(closed, owner=owner)
    sent = typed(closed, owner="role-chair", status="under_way", note="We met", revision=1)
    assert lead.post(change_page(action), sent).status_code == 302
    action.refresh_from_db()
    assert (action.status, action.owner, action.revision) == (ActionStatus.UNDER_WAY, None, 2)
    line = action.history.last()
    assert line is not None
    assert (line.status, line.note) == ("under_way", "We met")
    assert line.change.startswith("Owner: chair. Due date: ")
    assert line.change.endswith("Risk: BAF 4, before: none. What is to be done was put as: Name a lead")
    page = words(lead, reverse("assessments:action", args=[action.pk]))
    assert page.index("We met") < page.index("not started")
    assert owner.name not in page


def test_nothing_changed_leaves_no_line(closed: Round) -> None:
    action = add(closed)
    assert change(action) is False
    assert change(action, note="Still waiting") is True
    assert [line.note for line in action.history.all()] == ["", "Still waiting"]


def test_somebody_elses_change_is_shown_and_not_overwritten(lead: Client, closed: Round) -> None:
    action = add(closed)
    change(action, status=ActionStatus.UNDER_WAY, note="Theirs, meanwhile")
    mine = typed(closed, what="Typed by me", status="done", note="Mine", revision=1)
    answered = lead.post(change_page(action), mine)
    page = answered.content.decode()
    assert answered.status_code == 422
    assert "Somebody else has changed this action since you opened it." in page
    for kept in ("Typed by me", "Mine", "Theirs, meanwhile", 'name="revision" value="2"'):
        assert kept in page
    action.refresh_from_db()
    assert (action.what, action.status) == ("Name a lead", "under_way")
    lead.post(change_page(action), mine | {"revision": 2})
    action.refresh_from_db()
    assert (action.what, action.status, action.revision) == ("Typed by me", "done", 3)


def test_what_i_left_alone_takes_what_somebody_else_put_there(lead: Client, closed: Round) -> None:
    action = add(closed, "Name a lead", due_on=TODAY)
    shown = as_shown(lead, action)
    later = TODAY + dt.timedelta(days=9)
    change(action, due_on=later, owner_role="chair", risk="BAF 9")
    mine = shown | {"what": "Typed by me", "risk": "Typed as well", "note": "Mine"}
    answered = lead.post(change_page(action), mine)
    assert answered.status_code == 422
    again = answered.context["form"].data
    assert again["initial-risk"] == "BAF 9"
    assert lead.post(change_page(action), again).status_code == 302
    action.refresh_from_db()
    assert (action.what, action.risk) == ("Typed by me", "Typed as well")
    assert (action.due_on, action.owner_role, action.revision) == (later, "chair", 3)


def test_dropping_needs_a_reason(lead: Client, closed: Round) -> None:
    action = add(closed)
    answered = lead.post(change_page(action), typed(closed, status="dropped", revision=1))
    assert answered.content.decode().count("Say why it is dropped.") == 2
    sent = typed(closed, status="dropped", revision=1, note="No longer needed")
    assert lead.post(change_page(action), sent).status_code == 302


def test_a_due_date_gone_by_may_stay_and_an_owner_who_left_too(lead: Client, closed: Round) -> None:
    seat = make_seat(closed.organisation, "Gone Away")
    yesterday = TODAY - dt.timedelta(days=1)
    action = add(closed, owner=seat.person, due_on=yesterday)
    seat.person.seats.update(ends_on=yesterday)
    assert "Gone Away (no longer on the board)" in words(lead, change_page(action))
    sent = typed(
        closed, owner=f"person-{seat.person_id}", status="under_way", revision=1,
        due_on_day=yesterday.day, due_on_month=yesterday.month, due_on_year=yesterday.year,
    )  # fmt: skip
    assert lead.post(change_page(action), sent).status_code == 302


@pytest.mark.parametrize("revision", ["", "0", "-1", "9" * 40, "x"])
def test_a_made_up_revision_changes_nothing(lead: Client, closed: Round, revision: str) -> None:
    action = add(closed)
    assert lead.post(change_page(action), typed(closed, revision=revision)).status_code == 422
    action.refresh_from_db()
    assert action.revision == 1


def test_audit_lines_hold_neither_words_nor_scores(closed: Round) -> None:
    action = add(closed, "Raise the score to 4")
    change(action, status=ActionStatus.DONE, note="We are at 5")
    found = AuditEvent.objects.filter(event__in=(AuditedEvent.ACTION_ADDED, AuditedEvent.ACTION_CHANGED)).order_by("pk")
    about = f"{closed}, {action.section.title}: action {action.pk}"
    assert [line.subject for line in found] == [f"{about}, not started", f"{about}, done"]


# --- lists ----------------------------------------------------------------------------------------------------------


def test_overdue_and_open_ones_come_first(closed: Round) -> None:
    day = dt.timedelta(days=1)
    done = add(closed, "Done", due_on=TODAY - 5 * day)
    change(done, status=ActionStatus.DONE)
    for name, due in (("Undated", None), ("Later", TODAY + 9 * day), ("Overdue", TODAY - day), ("Soon", TODAY)):
        add(closed, name, due_on=due)
    names = [action.what for action in actions_of(closed.organisation)]
    assert names == ["Overdue", "Soon", "Later", "Undated", "Done"]
    assert [action.what for action in open_actions_of(closed.organisation)] == names[:-1]
    assert [action.what for action in actions_of(closed.organisation) if action.is_overdue] == ["Overdue"]


def test_everybody_on_the_board_reads_and_only_leads_write(lead: Client, closed: Round, client: Client) -> None:
    action = add(closed, "Written by a lead")
    pages = [
        reverse("assessments:actions", args=[closed.organisation.ods_code]),
        reverse("assessments:round_actions", args=[closed.pk]),
        reverse("assessments:action", args=[action.pk]),
    ]
    assert all("Written by a lead" in words(client, page) for page in pages)
    assert "Change this action" in words(client, pages[2])
    client.force_login(make_seat(closed.organisation).person)
    assert all("Written by a lead" in words(client, page) for page in pages)
    assert all(new_page(closed) not in words(client, page) for page in pages)
    assert "Change this action" not in words(client, pages[2])
    for forbidden in (new_page(closed), change_page(action)):
        assert client.get(forbidden).status_code == client.post(forbidden).status_code == 403
    client.force_login(make_seat(make_organisation()).person)
    assert {client.get(page).status_code for page in [*pages, new_page(closed), change_page(action)]} == {404}


def test_the_list_is_filtered_by_status_section_and_owner(lead: Client, closed: Round) -> None:
    page = reverse("assessments:actions", args=[closed.organisation.ods_code])
    owner = closed.responses.all()[0].person
    mine = add(closed, "Mine, with a date gone by", owner=owner, due_on=TODAY - dt.timedelta(days=1))
    change(add(closed, "Finished already"), status=ActionStatus.DONE)
    section = f"digital-boards.{mine.section.code}"
    for query, hits in (
        ("status=overdue", {"Mine"}),
        ("status=unfinished", {"Mine"}),
        ("status=done", {"Finished"}),
        ("owner=nobody", {"Finished"}),
        (f"owner=person-{owner.pk}", {"Mine"}),
        (f"section={section}", {"Mine", "Finished"}),
        ("", {"Mine", "Finished"}),
    ):
        html = words(lead, f"{page}?{query}")
        assert {name for name in ("Mine,", "Finished already") if name in html} == {
            {"Mine": "Mine,", "Finished": "Finished already"}[hit] for hit in hits
        }, query
    assert "No action fits." in words(lead, f"{page}?status=dropped")
    assert lead.get(f"{page}?owner=person-999999").status_code == 422


def test_the_next_round_finds_what_is_unfinished_and_what_became_of_it(
    trust: Organisation, digital_boards: FrameworkVersion, leadership: FrameworkVersion
) -> None:
    before = timezone.now() - dt.timedelta(days=200)
    first = make_round(trust, digital_boards, state="closed", answers=lambda member, indicator: 2, at=before)
    section = first.scope.all()[0].section
    names = {
        name: actions.add_action(
            by=lead_of(first), round_=first, section=section, planned=actions.Planned(name), at=before
        )
        for name in ("Still open", "Done long ago", "Done since")
    }
    done = actions.Planned("Done long ago", status=ActionStatus.DONE)
    actions.change_action(
        by=lead_of(first), action=names["Done long ago"], revision=1, planned=done, at=before
    )  # fmt: skip
    second = make_round(trust, digital_boards, state="closed", answers=lambda member, indicator: 2)
    change(names["Done since"], status=ActionStatus.DONE)
    add(second, "New")
    other = make_round(trust, leadership, state="closed", at=before)
    add(other, "Of another framework")
    planned = round_actions(Round.objects.get(pk=second.pk))
    assert [action.what for action in planned.new] == ["New"]
    assert [action.what for action in planned.earlier] == ["Still open", "Done since"]


def test_queries_do_not_grow(lead: Client, closed: Round) -> None:
    action = add(closed)
    pages = [
        reverse("assessments:actions", args=[closed.organisation.ods_code]),
        reverse("assessments:round_actions", args=[closed.pk]),
        reverse("assessments:action", args=[action.pk]),
    ]
    counts = []
    for more in (0, 7):
        for _ in range(more):
            owner = make_seat(closed.organisation).person
            change(add(closed, owner=owner), status=ActionStatus.DONE)
        found = []
        for page in pages:
            with CaptureQueriesContext(connection) as captured:
                lead.get(page)
            found.append(len(captured))
        counts.append(found)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 10
