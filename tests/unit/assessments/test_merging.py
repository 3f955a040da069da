"""Of two changes to one answer the later stands, in whatever order and however often they arrive."""

import datetime as dt
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.merging import stands

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
Change = tuple[dt.datetime, str]

moments = st.integers(0, 5).map(lambda seconds: NOON + dt.timedelta(seconds=seconds))
changes = st.lists(st.tuples(moments, st.sampled_from(["1", "2", "cannot-judge", ""])), min_size=1, max_size=4)


def outcome(arriving: list[Change]) -> tuple[str, dt.datetime | None]:
    """What is stored after the changes have arrived in this order."""
    value: str = ""
    at: dt.datetime | None = None
    for made_at, changed_to in arriving:
        if stands(value=changed_to, made_at=made_at, stored=value, stored_at=at):
            value, at = changed_to, made_at
    return value, at


@pytest.mark.parametrize(
    ("made_at", "value", "stored_at", "stands_"),
    [
        (NOON, "2", None, True),
        (NOON, "2", NOON - dt.timedelta(seconds=1), True),
        (NOON, "2", NOON + dt.timedelta(seconds=1), False),
        (NOON, "1", NOON, False),  # the very change that is stored, once more
        (NOON, "2", NOON, True),  # another one of the same moment: the words decide
        (NOON, "", NOON, False),
    ],
)
def test_the_later_change_stands(
    made_at: dt.datetime, value: str, stored_at: dt.datetime | None, stands_: bool
) -> None:
    assert stands(value=value, made_at=made_at, stored="1" if stored_at else "", stored_at=stored_at) is stands_


@given(changes)
def test_the_order_of_arrival_decides_nothing(made: list[Change]) -> None:
    assert len({outcome(list(order)) for order in permutations(made)}) == 1


@given(changes, st.data())
def test_repeats_change_nothing(made: list[Change], data: st.DataObject) -> None:
    repeated = made + data.draw(st.lists(st.sampled_from(made), max_size=4))
    assert outcome(repeated) == outcome(made)


@given(changes)
def test_what_stands_is_a_change_that_was_made_last(made: list[Change]) -> None:
    value, at = outcome(made)
    assert (at, value) in made
    assert at == max(moment for moment, _ in made)
