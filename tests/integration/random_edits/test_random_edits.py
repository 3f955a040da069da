"""A hundred short sequences of random edits and fifty long ones: no answer is lost or moved, and old reports stay."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assessments.models import Round
from assessments.queries.content import content_of
from assessments.queries.results import results_for
from frameworks.models import FrameworkVersion
from reports.pdf.rendering import report_html
from tests.integration.random_edits import world as worlds
from tests.integration.random_edits.edits import EDITS, Editing
from tests.integration.random_edits.world import World

NUMBERS = st.integers(0, 11)
STEPS = st.sampled_from([*EDITS, *("publish_it", "supersede", "tamper") * 2])
EDIT = st.tuples(STEPS, NUMBERS, NUMBERS)
Sequence = list[tuple[str, int, int]]
ALIKE = settings(
    derandomize=True,
    phases=[Phase.generate],  # a sequence that fails is short enough to read; shrinking it takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

pytestmark = pytest.mark.long


@pytest.fixture
def world(db: None) -> World:
    return World()


@settings(ALIKE, max_examples=150)
@given(st.lists(EDIT, min_size=2, max_size=4))
def test_no_answer_is_lost_or_moved_and_old_reports_stay(world: World, sequence: Sequence) -> None:
    nothing_is_lost(world, sequence)


@settings(ALIKE, max_examples=50)
@given(st.lists(EDIT, min_size=5, max_size=12))
def test_nor_by_many_edits_one_upon_another(world: World, sequence: Sequence) -> None:
    nothing_is_lost(world, sequence)


def nothing_is_lost(world: World, sequence: Sequence) -> None:
    with world.as_it_was():
        editing = Editing(world)
        for kind, a, b in sequence:
            editing.do(kind, a, b)
        answers_stay(world)
        the_open_round_goes_on(world)
        the_report_stays(world)
        newest = FrameworkVersion.objects.published().order_by("-code").first()
        if newest and newest != world.first:
            the_trend_rests_on_what_is_the_same(world, newest)


def answers_stay(world: World) -> None:
    found = worlds.given()
    answered_since = found - world.given
    assert world.given <= found
    assert all(indicator in world.asked.indicator_ids for _, _, _, _, _, indicator, *_ in answered_since)


def the_open_round_goes_on(world: World) -> None:
    round_ = Round.objects.select_related("version__framework").get(pk=world.open.pk)
    assert round_.version_id == world.first.pk
    assert content_of(round_) == world.asked


def the_report_stays(world: World) -> None:
    """All that the page is drawn from; to draw it as well each time would cost a fifth of the test."""
    assert world.report_now() == world.report
    assert world.kept_now() == world.kept


def the_trend_rests_on_what_is_the_same(world: World, newest: FrameworkVersion) -> None:
    """The same code in the same section, and nothing of last year's whose place it takes."""
    then = dict(world.first.indicators.values_list("code", "section__code"))
    now = newest.indicators.values_list("code", "section__code", "supersedes")
    same = {code for code, section, old in now if then.get(code) == section and not set(old) & set(then)}
    results = results_for(world.round_on(newest))
    assert {one.indicator.code for one in results.basis if one.standing.enters} == same
    assert results.trend is not None
    assert sum(change.comparable for _, change in results.trend.sections) == len(same)
    assert report_html(world.report_now()) == world.page
