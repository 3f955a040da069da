"""A round as last time: the same scope, terms and members, and what is said before about what has changed."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.lifecycle import NotNow
from assessments.models import Round
from assessments.queries.board_since import board_since
from assessments.queries.repeating import since_last_time
from frameworks.actions import publish, retire
from frameworks.exchange.copying import draft_from
from frameworks.models import FrameworkVersion, Indicator, Section
from organisations.actions import change_seat
from organisations.choices import SeatRole
from organisations.models import Organisation, User
from tests.factories import lead_of, make_lead, make_organisation, make_round, make_seat

MONTHS_AGO = dt.timedelta(days=200)


def last_round(trust: Organisation, version: FrameworkVersion, **changes: Any) -> Round:
    return make_round(trust, version, state="closed", at=timezone.now() - MONTHS_AGO, **changes)


def repeat(last: Round, **changes: Any) -> Round:
    closing_on = timezone.localdate() + dt.timedelta(days=20)
    return actions.start_round_as_last_time(by=lead_of(last), last=last, closing_on=closing_on, **changes)


def copied(row: Model, **changes: Any) -> Any:
    """A row like `row`, not stored yet."""
    values = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    return type(row)(**values | changes)


def next_version(version: FrameworkVersion, *, levels: int = 4) -> FrameworkVersion:
    """A draft like `version`, with fewer levels if wanted, to be changed and published."""
    new = draft_from(version=version, code="2030-01")
    new.scale.levels.filter(value__gt=levels).delete()
    new.title = "The next one"
    new.save()
    return FrameworkVersion.objects.get(pk=new.pk)


def test_scope_terms_and_members_are_the_same(trust: Organisation, digital_boards: FrameworkVersion) -> None:
    sections = list(digital_boards.sections.all()[:2])
    last = last_round(trust, digital_boards, sections=sections, target=3, minimum_group=4)
    last.scope.filter(section=sections[1]).update(target=None)
    Round.objects.filter(pk=last.pk).update(reminder_days=[14, 2])
    last.refresh_from_db()
    again = repeat(last)
    again.refresh_from_db()
    assert (again.is_draft, again.version, again.minimum_group, again.reminder_days) == (
        True,
        digital_boards,
        4,
        [14, 2],
    )
    assert list(again.scope.values_list("section", "target")) == [(sections[0].pk, 3), (sections[1].pk, None)]
    assert set(again.responses.values_list("seat")) == set(last.responses.values_list("seat"))
    since = since_last_time(last)
    assert not since.is_newer_version
    assert not since.changes.any
    assert not board_since(last).changes.any


def test_members_are_those_who_hold_a_seat_today(trust: Organisation, digital_boards: FrameworkVersion) -> None:
    last = last_round(trust, digital_boards, members=3)
    left, promoted, _ = (response.seat for response in last.responses.select_related("seat").order_by("pk"))
    left.ends_on = timezone.localdate() - dt.timedelta(days=30)
    left.save()
    now = change_seat(by=lead_of(last), seat=promoted, role=SeatRole.CHAIR, is_digital_lead=False)
    left_out, joined = make_seat(trust, "Was there all along"), make_seat(trust, "Joined since")
    joined.starts_on = timezone.localdate() - dt.timedelta(days=5)
    joined.save()

    since = board_since(last)
    board, newcomers = since.changes, since.newcomers
    assert [(gone.name, gone.last_day) for gone in board.left] == [(left.person.name, left.ends_on)]
    assert [(new.name, new.before, new.now) for new in board.new_role] == [
        (promoted.person.name, "Non-executive director", "Chair")
    ]
    assert newcomers.joined == {joined.pk}
    assert left_out in newcomers.seats

    again = repeat(last, newcomers=[joined])
    people = set(again.responses.values_list("person", flat=True))
    stayed = set(last.responses.exclude(person=left.person).values_list("person", flat=True))
    assert people == {*stayed, joined.person_id}
    assert again.responses.get(person=promoted.person_id).seat == now


def test_the_newest_version_is_used_and_what_changed_in_it_is_said(
    trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    last = last_round(trust, digital_boards, target=3)
    new = next_version(digital_boards)
    first, second, third, *_ = new.indicators.all()
    Indicator.objects.filter(pk=first.pk).update(text="Worded anew")
    copied(second, code="DB-X1", supersedes=[second.code], order=90).save()
    Indicator.objects.filter(pk=second.pk).delete()
    Indicator.objects.filter(pk=third.pk).delete()
    copied(first, code="DB-X2", order=91, text="Quite new").save()
    added = Section(version=new, code="extra", order=90, title="An extra theme", summary="More.")
    added.save()
    copied(first, section_id=added.pk, theme_id=None, code="DB-X3", order=1).save()
    publish(version=new)

    since = since_last_time(last)
    assert (since.is_newer_version, since.version) == (True, "The next one")
    assert [asked.code for asked in since.changes.added] == ["DB-X2", "DB-X3"]
    assert [asked.code for asked in since.changes.removed] == [third.code]
    assert [asked.code for asked in since.changes.reworded] == [first.code]
    assert [(each.now.code, each.before[0].code) for each in since.changes.replaced] == [("DB-X1", second.code)]
    assert since.indicators == 14

    again = repeat(last)
    assert again.version == new
    assert list(again.scope.values_list("section__code", "target"))[-1] == ("extra", 3)
    assert since.scope.sections[-1] == "An extra theme"


def test_a_part_of_the_framework_stays_that_part(trust: Organisation, digital_boards: FrameworkVersion) -> None:
    kept, gone = digital_boards.sections.all()[:2]
    last = last_round(trust, digital_boards, sections=[kept, gone], target=4)
    new = next_version(digital_boards, levels=3)
    Section.objects.filter(version=new, code=gone.code).update(code="renamed", title="Renamed")
    publish(version=new)
    scope = since_last_time(last).scope
    assert (scope.sections, scope.gone, scope.left_out) == ((kept.title,), (gone.title,), ("Renamed",))
    assert scope.loses_targets  # the new scale ends at 3
    assert list(repeat(last).scope.values_list("section__code", "target")) == [(kept.code, None)]


def test_nothing_left_of_the_scope_is_refused_in_words(
    client: Client, trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    gone = digital_boards.sections.all()[0]
    last = last_round(trust, digital_boards, sections=[gone])
    new = next_version(digital_boards)
    Section.objects.filter(version=new, code=gone.code).update(code="renamed")
    publish(version=new)
    with pytest.raises(NotNow, match="Nothing of what that round asked about"):
        repeat(last)
    client.force_login(lead_of(last))
    answered = client.post(address(last), closing())
    assert answered.status_code == 422
    assert "Nothing of what that round asked about" in answered.content.decode()
    assert Round.objects.count() == 1


def test_a_retired_framework_and_a_round_under_way_are_refused(
    trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    last = last_round(trust, digital_boards)
    make_round(trust, digital_boards, state="draft", members=0)
    with pytest.raises(NotNow, match="already under way"):
        repeat(last)
    actions.cancel_round(by=lead_of(last), round_=trust.rounds.running().get())
    retire(version=digital_boards)
    with pytest.raises(NotNow, match="not published"):
        repeat(last)


def test_somebody_of_another_board_is_no_newcomer(trust: Organisation, digital_boards: FrameworkVersion) -> None:
    last = last_round(trust, digital_boards)
    with pytest.raises(ValueError, match="seat on its board"):
        repeat(last, newcomers=[make_seat(make_organisation())])
    assert Round.objects.count() == 1


# --- the page ---------------------------------------------------------------------------------------------------------


def address(last: Round) -> str:
    return reverse("assessments:as_last_time", args=[last.pk])


def closing(**changes: Any) -> dict[str, Any]:
    day = timezone.localdate() + dt.timedelta(days=20)
    return {"closing_on_day": day.day, "closing_on_month": day.month, "closing_on_year": day.year} | changes


@pytest.fixture
def lead(trust: Organisation, client: Client) -> User:
    person = make_lead(trust)
    client.force_login(person)
    return person


def test_the_page_says_what_changed_and_makes_the_draft(
    client: Client, lead: User, trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    last = last_round(trust, digital_boards, members=2)
    joined = make_seat(trust, "Ada Quince", role=SeatRole.CHAIR)
    joined.starts_on = timezone.localdate()
    joined.save()
    gone = last.responses.select_related("seat__person")[0].seat
    gone.ends_on = timezone.localdate() - dt.timedelta(days=1)
    gone.save()
    html = " ".join(client.get(address(last)).content.decode().split())
    assert "Nothing: it is the same version." in html
    assert "Ada Quince, chair, on" in html
    assert f"{gone.person.name}, non-executive director, on" in html
    assert f'value="{joined.pk}" checked' in html  # whoever joined is ticked,
    assert f'value="{lead.seats.get().pk}" checked' not in html  # whoever was left out before is not
    made = client.post(address(last), closing(seats=[joined.pk]))
    again = trust.rounds.running().get()
    assert made["Location"] == reverse("assessments:round", args=[again.pk])
    assert again.responses.count() == 2
    assert not last.organisation.rounds.exclude(pk__in=(last.pk, again.pk)).exists()


def test_reading_the_page_makes_nothing(
    client: Client, lead: User, trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    client.get(address(last_round(trust, digital_boards)))
    assert Round.objects.count() == 1


def test_a_closing_date_gone_by_keeps_the_page(
    client: Client, lead: User, trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    answered = client.post(address(last_round(trust, digital_boards)), closing(closing_on_year=2020))
    html = answered.content.decode()
    assert answered.status_code == 422
    assert html.count("The closing date must be today or later.") == 2
    assert "What has changed on the board" in html


def test_while_another_is_under_way_the_button_says_why_not(
    client: Client, lead: User, trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    last = last_round(trust, digital_boards)
    make_round(trust, digital_boards)
    for url in (address(last), reverse("assessments:round", args=[last.pk])):
        html = client.get(url).content.decode()
        assert "already under way here: close or cancel that one first." in html
        assert 'disabled aria-disabled="true" aria-describedby="why-not' in html
    start = reverse("assessments:choose_framework", args=[trust.ods_code])
    assert address(last) not in client.get(start).content.decode()


def test_it_is_offered_where_a_round_is_started(
    client: Client, lead: User, trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    older, last = last_round(trust, digital_boards), last_round(trust, digital_boards)
    html = client.get(reverse("assessments:choose_framework", args=[trust.ods_code])).content.decode()
    assert address(last) in html
    assert address(older) not in html


def test_before_it_is_closed_it_is_refused_in_words(
    client: Client, lead: User, trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    answered = client.get(address(make_round(trust, digital_boards)))
    assert answered.status_code == 403
    assert "You cannot repeat this round: it is open." in answered.content.decode()


def test_its_queries_are_few_and_do_not_grow_with_board_or_framework(
    client: Client, digital_boards: FrameworkVersion, wgll: FrameworkVersion
) -> None:
    counts = []
    for version, members in ((digital_boards, 2), (wgll, 9)):
        trust = make_organisation()
        last = last_round(trust, version, members=members)
        publish(version=next_version(version))
        for number in range(members):
            make_seat(trust, f"Joined {number}")
        client.force_login(make_lead(trust))
        client.get(address(last))
        with CaptureQueriesContext(connection) as captured:
            assert "A newer version is published" in client.get(address(last)).content.decode()
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 20, counts
