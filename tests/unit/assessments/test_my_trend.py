"""A member's own trend: their answers alone, over what can be compared, with how many that were."""

import datetime as dt
import re
from fractions import Fraction

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments import actions
from assessments.models import Answer, Response
from assessments.queries.my_trend import MyTrend, my_trend
from assessments.scoring.types import NonScore
from frameworks.actions import publish
from frameworks.exchange.copying import draft_from
from frameworks.models import FrameworkVersion
from organisations.models import Organisation, User
from reports.own.my_trend import trend_parts
from tests.factories import Choice, answer, lead_of, make_organisation, make_round, make_seat

YEAR = dt.timedelta(days=365)


@pytest.fixture
def person(trust: Organisation) -> User:
    return make_seat(trust, "Judith Blackwood").person


def sat(
    person: User,
    organisation: Organisation,
    version: FrameworkVersion,
    years_ago: int,
    *choices: Choice,
    open_: bool = False,
) -> Response:
    """A round there in which `person` gave `choices` to the first indicators, and everybody else a 1 to everything."""
    at = timezone.now() - years_ago * YEAR
    round_ = make_round(organisation, version, members=2, state="draft", at=at)
    actions.add_members(by=lead_of(round_), round_=round_, seats=organisation.seats.filter(person=person), at=at)
    actions.open_round(by=lead_of(round_), round_=round_, at=at)
    for response in round_.responses.exclude(person=person):
        answer(response, lambda number: 1, at=at)
    mine = round_.responses.get(person=person)
    answer(mine, lambda number: choices[number] if number < len(choices) else None, at=at)
    if not open_:
        actions.close_round(by=lead_of(round_), round_=round_, count_unsubmitted=False, at=at + dt.timedelta(days=20))
    return Response.objects.select_related("round__organisation", "round__version__framework").get(pk=mine.pk)


def first_section(mine: MyTrend) -> list[tuple[Fraction | None, Fraction | None, int]]:
    """Before, after and how many, of the first section in each comparison."""
    code = mine.content.sections[0].code
    changes = [dict(comparison.trend.sections).get(code) for comparison in mine.comparisons]
    return [(change.before, change.after, change.comparable) for change in changes if change]


def test_it_is_the_mean_of_my_own_levels_then_and_now(
    person: User, trust: Organisation, leadership: FrameworkVersion
) -> None:
    sat(person, trust, leadership, 1, 1, 2, 3, 3)
    now = sat(person, trust, leadership, 0, 2, 3, 3, NonScore.NO_CHANCE, 1, open_=True)
    assert first_section(my_trend(now)) == [(Fraction(2), Fraction(8, 3), 3)]


def test_every_earlier_round_on_any_board_is_compared_the_latest_first(
    person: User, trust: Organisation, leadership: FrameworkVersion
) -> None:
    other = make_organisation("Another Board NHS Trust")
    person.seats.create(organisation=other, role="partner", starts_on="2020-01-01")
    sat(person, other, leadership, 3, 1, 1)
    sat(person, trust, leadership, 2, 2, 2)
    sat(person, trust, leadership, 1)  # nothing answered
    now = sat(person, trust, leadership, 0, 3, 3)
    later = sat(person, trust, leadership, -1, 1, 1)
    assert first_section(my_trend(now)) == [(Fraction(2), Fraction(3), 2), (Fraction(1), Fraction(3), 2)]
    assert [comparison.organisation for comparison in my_trend(now).comparisons] == [trust.name, other.name]
    assert len(my_trend(later).comparisons) == 3
    headings = [part.heading for part in trend_parts(my_trend(now))]
    assert headings[1].endswith(", Another Board NHS Trust")
    assert trust.name not in headings[0]


def test_what_others_answered_never_enters(person: User, trust: Organisation, leadership: FrameworkVersion) -> None:
    sat(person, trust, leadership, 1, 2, 2)
    now = sat(person, trust, leadership, 0, 3, 3)
    before = my_trend(now)
    Answer.objects.exclude(response__person=person).update(level=3)
    assert my_trend(now) == before


def test_an_indicator_that_was_put_differently_breaks_the_trend(
    person: User, trust: Organisation, leadership: FrameworkVersion
) -> None:
    sat(person, trust, leadership, 1, 1, 1)
    following = draft_from(version=leadership, code="2030-01")
    first = following.indicators.order_by("section__order", "order")[0]
    first.code, first.supersedes = "D1-99", [first.code]
    first.save()
    publish(version=following)
    now = sat(person, trust, following, 0, 3, 3)
    mine = my_trend(now)
    assert first_section(mine) == [(Fraction(1), Fraction(3), 1)]
    (part,) = trend_parts(mine)
    assert f"Worded anew since then, and not compared: “{first.text}”." in part.note


def test_an_open_round_of_mine_elsewhere_is_not_an_earlier_one(
    person: User, trust: Organisation, leadership: FrameworkVersion
) -> None:
    other = make_organisation()
    person.seats.create(organisation=other, role="partner", starts_on="2020-01-01")
    sat(person, other, leadership, 1, 1, 1, open_=True)
    assert my_trend(sat(person, trust, leadership, 0, 3, 3)).comparisons == ()


def test_the_number_of_queries_does_not_grow(person: User, trust: Organisation, leadership: FrameworkVersion) -> None:
    counts = []
    for years in (4, 3, 2, 1):
        response = sat(person, trust, leadership, years, 1, 2, 3)
        my_trend(response)
        with CaptureQueriesContext(connection) as queries:
            my_trend(response)
        counts.append(len(queries))
    assert counts[1:] == [3, 3, 3]


def test_the_page_says_then_now_and_over_how_many(
    person: User, trust: Organisation, leadership: FrameworkVersion, client: Client
) -> None:
    sat(person, trust, leadership, 1, 1, 2, 3)
    now = sat(person, trust, leadership, 0, 2, 3, 3)
    client.force_login(person)
    page = " ".join(client.get(reverse("reports:my_trend", args=[now.pk])).content.decode().split())
    asked = len(my_trend(now).content.sections[0].questions)
    cells = re.findall(
        r'<td [^>]*class="nhsuk-table__cell">(?:<span[^>]*>[^<]*</span>)?<span>([^<]*)</span></td>', page
    )
    assert cells[:4] == ["2.0", "2.7", "+0.7", f"3 of {asked}"]
    assert page.count("nothing to compare</span></td>") == 5
    assert "1 higher" in page
    assert "Too few competency domains can be compared for a figure over all of them." in page


def test_a_first_round_says_that_there_is_nothing_yet(
    person: User, trust: Organisation, leadership: FrameworkVersion, client: Client
) -> None:
    now = sat(person, trust, leadership, 0, 2, 3, 3)
    client.force_login(person)
    page = client.get(reverse("reports:my_trend", args=[now.pk])).content.decode()
    assert "There is no earlier round to compare with." in page
    assert "<table" not in page
