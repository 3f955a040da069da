"""The board discussion through the client: what is worth talking about, what is recorded, by two people at once."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.choices import AgreedBy, RoundState
from assessments.models import Action, PublishedComment, Round
from assessments.queries.discussion import discussion_of
from assessments.scoring.types import NonScore
from frameworks.models import FrameworkVersion, Indicator
from organisations.models import Organisation, User
from tests.factories import Choice, lead_of, make_organisation, make_round, make_seat

DB1, DB2, DB3, DB4 = "DB-Q1", "DB-Q2", "DB-Q3", "DB-Q4"


def answers(member: int, indicator: int) -> Choice:
    """The second divided, the first mixed, the third mostly not judged, all others at 3."""
    if indicator == 1:
        return 1 if member % 2 else 4
    if indicator == 0:
        return 2 if member % 2 else 3
    return NonScore.CANNOT_JUDGE if indicator == 2 and member > 2 else 3


@pytest.fixture
def round_(trust: Organisation, digital_boards: FrameworkVersion) -> Round:
    return make_round(trust, digital_boards, state="closed", answers=answers)


@pytest.fixture
def lead(round_: Round, client: Client) -> User:
    client.force_login(lead_of(round_))
    return lead_of(round_)


def address(name: str, round_: Round, *more: str) -> str:
    return reverse(f"assessments:{name}", args=[round_.pk, *more])


def page(client: Client, url: str) -> str:
    return " ".join(client.get(url).content.decode().split())


def entered(**changes: Any) -> dict[str, Any]:
    today = timezone.localdate()
    form = {
        "seen": "",
        "level": "3",
        "method": "discussion",
        "reason": "Seen on the wards",
        "dissent": "One site lags behind",
        "agreed_on_day": today.day,
        "agreed_on_month": today.month,
        "agreed_on_year": today.year,
    }
    return form | changes


def indicator(round_: Round, code: str) -> Indicator:
    return round_.indicators().get(code=code)


def settle(round_: Round, code: str, by: User, level: int = 2, **words: str) -> None:
    settled = actions.Settled(level, AgreedBy.VOTE, timezone.localdate(), **words)
    actions.agree(by=by, round_=round_, indicator=indicator(round_, code), settled=settled, seen="")


# --- the list ---------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("lead")
def test_the_list_says_what_to_talk_about_in_order(client: Client, round_: Round) -> None:
    html = page(client, address("discussion", round_))
    places = [html.index(words) for words in ("divided: 1 to 4", "mixed: 2 to 3", "3 of 6 could not judge")]
    assert places == sorted(places)
    assert "0 of 13 agreed" in html
    assert reverse("assessments:discussion", args=[round_.pk]) in page(client, address("round", round_))


def test_what_is_agreed_counts_and_shows(client: Client, round_: Round, lead: User) -> None:
    settle(round_, DB2, lead)
    html = page(client, address("discussion", round_))
    assert "1 of 13 agreed" in html
    assert "<strong>2</strong>" in html


def test_actions_from_earlier_rounds_and_changes_are_reasons(
    trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    before = make_round(trust, digital_boards, state="closed", answers=lambda member, asked: 3)
    settle(before, DB4, lead_of(before), level=1, reason="Then so")
    after = make_round(trust, digital_boards, state="closed", answers=lambda member, asked: 2 if asked == 4 else 3)
    for where, status in ((indicator(before, DB4), "open"), (indicator(before, DB1), "done")):
        Action.objects.create(
            organisation=trust, round=before, section=where.section, indicator=where, what="Do it", status=status,
            made_at=timezone.now(),
        )  # fmt: skip
    found = {item.code: item for item in discussion_of(after).items}
    assert [reason.words for reason in found[DB4].reasons] == ["1 action from last time is not done"]
    assert [reason.words for reason in found["DB-Q5a"].reasons] == ["1.0 lower than last round"]
    assert found[DB1].reasons == ()
    last_time = found[DB4].last_time
    assert last_time is not None
    assert (last_time.level, last_time.reason) == (1, "Then so")


@pytest.mark.usefixtures("frameworks")
@pytest.mark.parametrize("name", ["discussion", "discuss", "accept_medians"])
def test_pages_ask_the_database_the_same_however_much_there_is(client: Client, name: str) -> None:
    version = FrameworkVersion.objects.get(framework__code="digital-boards")
    counts = []
    for members, rounds in ((5, 3), (15, 3), (5, 8)):
        trust = make_organisation()
        made = [
            make_round(trust, version, members=members, state="closed", answers=answers) for _ in range(rounds)
        ]  # fmt: skip
        for each in made:
            settle(each, DB4, lead_of(each))
        client.force_login(lead_of(made[-1]))
        url = address(name, made[-1], *([DB2] if name == "discuss" else []))
        client.get(url)  # reads the round's content, once a process
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        counts.append(len(captured))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 20, counts  # the figures of this round and of the one before


# --- one indicator ----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("lead")
def test_the_screen_shows_the_spread_and_nobodys_name(client: Client, round_: Round) -> None:
    html = page(client, address("discuss", round_, DB2))
    assert "Members are divided: 1 to 4" in html
    assert re.findall(r'app-spread__members">(\d+)<', html) == ["3", "0", "0", "3"]
    assert "Median</dt> <dd>2.5" in html
    for response in round_.responses.all():
        assert response.person.name not in html
        assert response.person.email not in html


@pytest.mark.usefixtures("lead")
def test_withheld_levels_stay_withheld(client: Client, round_: Round) -> None:
    html = page(client, address("discuss", round_, DB3))
    assert "Withheld: fewer than 5 members gave a level." in html
    assert "app-spread__members" not in html
    assert "Median" not in html.replace("The members' median", "")
    assert "3 of 6 (50%)" in html


@pytest.mark.usefixtures("lead")
def test_comments_on_this_indicator_that_the_lead_chose_are_shown(client: Client, round_: Round) -> None:
    last = round_.publications.get()
    for words, chosen in (("Heard in the <corridor>", True), ("Not chosen", False)):
        PublishedComment.objects.create(
            publication=last, indicator=indicator(round_, DB2), text=words, is_in_report=chosen
        )  # fmt: skip
    assert "Heard in the &lt;corridor&gt;" in page(client, address("discuss", round_, DB2))
    assert "Not chosen" not in page(client, address("discuss", round_, DB2))
    assert "corridor" not in page(client, address("discuss", round_, DB1))


@pytest.mark.usefixtures("lead")
def test_previous_and_next_go_in_the_order_of_the_list(client: Client, round_: Round) -> None:
    html = page(client, address("discuss", round_, DB1))
    assert f'href="{address("discuss", round_, DB2)}" rel="prev"' in html
    assert f'href="{address("discuss", round_, DB3)}" rel="next"' in html


def test_recording_leads_to_the_next_indicator(client: Client, round_: Round, lead: User) -> None:
    answered = client.post(address("discuss", round_, DB2), entered())
    assert answered["Location"] == address("discuss", round_, DB1)
    position = round_.positions.get()
    assert (position.level, position.reason, position.recorded_by) == (3, "Seen on the wards", lead)
    assert "Recorded for DB-Q2: level 3." in page(client, answered["Location"])
    assert "One site lags behind" in page(client, address("discuss", round_, DB2))
    last = discussion_of(round_).items[-1].code
    assert client.post(address("discuss", round_, last), entered())["Location"] == address("discussion", round_)


@pytest.mark.usefixtures("lead")
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"level": ""}, "Choose the level that the board agreed on."),
        ({"level": "9"}, "Select a valid choice"),
        ({"level": "9" * 5000}, "Select a valid choice"),
        ({"method": "dice"}, "Select a valid choice"),
        ({"method": "median"}, "Select a valid choice"),  # the median is 2.5
        ({"agreed_on_year": "2999"}, "cannot be in the future"),
        ({"agreed_on_year": "2001"}, "before the round opened"),
        ({"agreed_on_day": "32"}, "Enter a real day"),
        ({"reason": "x" * 2001}, "at most 2000"),
        ({"dissent": "a\0b"}, "Null characters"),
    ],
)
def test_what_cannot_be_is_refused_beside_the_field_and_nothing_typed_is_lost(
    client: Client, round_: Round, changes: dict[str, str], words: str
) -> None:
    answered = client.post(address("discuss", round_, DB2), entered(**changes))
    html = answered.content.decode()
    assert answered.status_code == 422
    assert html.count(words) >= 2
    assert "reason" in changes or "Seen on the wards" in html
    assert not round_.positions.exists()


@pytest.mark.usefixtures("lead")
def test_the_median_is_accepted_as_it_is_or_not_at_all(client: Client, round_: Round) -> None:
    refused = client.post(address("discuss", round_, DB4), entered(method="median", level="2"))
    assert refused.status_code == 422
    assert "The members' median is 3." in refused.content.decode().replace("&#x27;", "'").replace("&#39;", "'")
    assert client.post(address("discuss", round_, DB4), entered(method="median", level="3")).status_code == 302


# --- two at once ------------------------------------------------------------------------------------------------------


@pytest.fixture
def other_lead(trust: Organisation) -> User:
    return make_seat(trust, "Rowan Other", lead=True).person


@pytest.mark.usefixtures("lead")
def test_of_two_who_record_at_once_the_second_sees_both_texts_and_decides(
    client: Client, round_: Round, other_lead: User
) -> None:
    settle(round_, DB2, other_lead, reason="Theirs <b>", dissent="Theirs too")
    answered = client.post(address("discuss", round_, DB2), entered())
    html = " ".join(answered.content.decode().split())
    assert answered.status_code == 422
    for words in ("Theirs &lt;b&gt;", "Theirs too", "Seen on the wards", "One site lags behind", "Rowan Other"):
        assert words in html
    assert round_.positions.get().level == 2
    (seen,) = re.findall(r'name="seen" value="([^"]+)"', html)
    assert client.post(address("discuss", round_, DB2), entered(seen=seen)).status_code == 302
    assert (round_.positions.get().level, round_.positions.get().revision) == (3, 2)


def test_what_was_withdrawn_meanwhile_is_said(client: Client, round_: Round, lead: User, other_lead: User) -> None:
    settle(round_, DB2, lead)
    seen = round_.positions.get().mark
    actions.withdraw_agreement(by=other_lead, round_=round_, indicator=indicator(round_, DB2), seen=seen)
    answered = client.post(address("discuss", round_, DB2), entered(seen=seen))
    html = " ".join(answered.content.decode().split())
    assert answered.status_code == 422
    assert "somebody else withdrew what was recorded" in html
    assert not round_.positions.exists()
    assert client.post(address("discuss", round_, DB2), entered()).status_code == 302


def test_withdrawing_asks_first_and_never_takes_what_was_not_seen(client: Client, round_: Round, lead: User) -> None:
    settle(round_, DB2, lead)
    url, mark = address("withdraw_agreement", round_, DB2), round_.positions.get().mark
    assert mark in page(client, url)
    for wrong in ("", "9.9", "\0"):
        client.post(url, {"seen": wrong})
        assert round_.positions.exists()
    assert "it is not withdrawn" in page(client, address("discuss", round_, DB2))
    assert client.post(url, {"seen": mark})["Location"] == address("discuss", round_, DB2)
    assert not round_.positions.exists()
    assert "Nothing is recorded for this indicator." in page(client, url)


# --- medians ----------------------------------------------------------------------------------------------------------


def marks(html: str) -> list[str]:
    return re.findall(r'name="listed" value="([^"]+)"', html)


@pytest.mark.usefixtures("lead")
def test_medians_are_listed_then_accepted(client: Client, round_: Round) -> None:
    url = address("accept_medians", round_)
    html = page(client, url)
    assert len(marks(html)) == 10
    assert not {f"{code}=3" for code in (DB1, DB2, DB3)} & set(marks(html))
    assert "2 on which members' views are mixed or divided" in html
    assert "1 without levels that can be shown" in html
    answered = client.post(url, entered(listed=marks(html)))
    assert answered["Location"] == address("discussion", round_)
    assert "10 of 13 agreed" in page(client, answered["Location"])
    assert "no median that the board could accept" in page(client, url)


def test_a_list_that_has_changed_is_listed_anew(client: Client, round_: Round, lead: User) -> None:
    url = address("accept_medians", round_)
    listed = marks(page(client, url))
    settle(round_, DB4, lead)
    for wrong in (listed, [], ["\0", "9" * 5000], [*listed, f"{DB3}=3"]):
        answered = client.post(url, entered(listed=wrong))
        assert answered.status_code == 422
        assert "Nothing is recorded. Here is the list as it stands now." in answered.content.decode()
        assert len(marks(answered.content.decode())) == 9
    assert round_.positions.count() == 1


# --- other states and frameworks --------------------------------------------------------------------------------------


def test_a_round_that_is_signed_off_is_read_only_and_gives_typed_text_back(
    client: Client, round_: Round, lead: User
) -> None:
    settle(round_, DB2, lead)
    Round.objects.filter(pk=round_.pk).update(state=RoundState.SIGNED_OFF, signed_off_at=timezone.now())
    for url in (address("discuss", round_, DB2), address("accept_medians", round_)):
        html = page(client, url)
        assert "Nothing can be recorded: the round is signed off." in html
        assert 'disabled aria-disabled="true" aria-describedby="why-not"' in html
    answered = client.post(address("discuss", round_, DB1), entered())
    assert answered.status_code == 422
    assert "it is signed off" in answered.content.decode()
    assert "Seen on the wards" in answered.content.decode()
    assert round_.positions.count() == 1


def test_a_round_that_was_reopened_meanwhile_gives_typed_text_back(client: Client, round_: Round, lead: User) -> None:
    Round.objects.filter(pk=round_.pk).update(state=RoundState.OPEN, closed_at=None)
    answered = client.post(address("discuss", round_, DB2), entered())
    assert answered.status_code == 403
    assert "it is open" in answered.content.decode()
    assert "Seen on the wards" in answered.content.decode()


def test_an_individual_framework_has_no_discussion(
    client: Client, trust: Organisation, leadership: FrameworkVersion
) -> None:
    round_ = make_round(trust, leadership, state="closed", answers=lambda member, asked: 2)
    client.force_login(lead_of(round_))
    code = round_.indicators()[0].code
    agenda = reverse("reports:agenda", args=[round_.pk])
    for url in (
        address("discussion", round_),
        address("discuss", round_, code),
        address("accept_medians", round_),
        agenda,
    ):
        answered = client.get(url)
        assert answered.status_code == 403
        assert "members assess themselves" in answered.content.decode()
    assert address("discussion", round_) not in page(client, address("round", round_))


def test_members_read_what_was_agreed_and_why(client: Client, round_: Round) -> None:
    settle(round_, DB3, lead_of(round_), reason="Shown at the away day", dissent="Not everywhere")
    client.force_login(round_.responses.all()[0].person)
    html = page(client, reverse("reports:results", args=[round_.pk]))
    assert "Shown at the away day" in html
    assert "Not everywhere" in html
    assert "Withheld: fewer than 5 members gave a level" in html
    assert client.get(address("discussion", round_)).status_code == 403


@pytest.mark.usefixtures("lead")
def test_the_agenda_is_a_download_that_leaves_a_line(client: Client, round_: Round, trust: Organisation) -> None:
    for minutes in ("30", "90", "7", "x" * 3000, ""):
        answered = client.get(reverse("reports:agenda", args=[round_.pk]), {"minutes": minutes})
        assert answered.content.startswith(b"%PDF")
        assert "-agenda-" in answered["Content-Disposition"]
    lines = trust.audit_events.filter(event="report.downloaded").values_list("subject", flat=True)
    assert set(lines) == {f"{round_}: agenda of the board discussion"}
