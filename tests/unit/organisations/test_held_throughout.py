"""Whether somebody held a seat on every day of a span, told from seats that end, begin and overlap."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from organisations.models import Seat
from organisations.models.seat import held_throughout

START = dt.date(2026, 1, 1)
days = st.integers(0, 12).map(lambda number: START + dt.timedelta(days=number))
spans = st.tuples(days, st.none() | days | st.just(dt.date.max)).filter(
    lambda span: span[1] is None or span[0] <= span[1]
)


def is_held(seats: list[tuple[dt.date, dt.date | None]], day: dt.date) -> bool:
    return any(begins <= day and (ends is None or day <= ends) for begins, ends in seats)


@given(st.lists(spans, max_size=5), days, days)
def test_it_is_held_on_each_single_day(
    seats: list[tuple[dt.date, dt.date | None]], one: dt.date, other: dt.date
) -> None:
    first, last = min(one, other), max(one, other)
    every = [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]
    held = held_throughout([Seat(starts_on=begins, ends_on=ends) for begins, ends in seats], first, last)
    assert held == all(is_held(seats, day) for day in every)
