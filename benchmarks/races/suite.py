"""Each race a thousand times, and as often without its protection."""

from collections.abc import Iterator

from django.db import DatabaseError

from assessments.models import Response
from benchmarks.boards import seat_members
from benchmarks.databases import Database
from benchmarks.finding import Finding
from benchmarks.races.at_once import AtOnce, two_threads
from benchmarks.races.races import RACES, Race

ROUNDS = 1000


def run(database: Database) -> Iterator[Finding]:
    """For each race, that nothing goes wrong; for its control, that something does: else the race proves nothing."""
    members = seat_members(2)
    first, second = Response.objects.select_related("round", "person").order_by("pk")[:2]
    for kind in RACES:
        race = kind((first, second), members[0].indicators)
        wrong = _times_wrong(race)
        yield Finding(race.name, f"wrong in {wrong} of {ROUNDS}", "never wrong", wrong == 0)
        with race.unprotected():
            wrong = _times_wrong(race)
        yield Finding("  control, without the protection", f"wrong in {wrong} of {ROUNDS}", "some wrong", wrong > 0)


def _times_wrong(race: Race) -> int:
    wrong = 0
    with two_threads() as at_once:
        for _ in range(ROUNDS):
            race.prepare()
            wrong += not _goes_well(race, at_once)
    return wrong


def _goes_well(race: Race, at_once: AtOnce) -> bool:
    """An error of the database, such as a deadlock, is as wrong as a lost answer: the member would see a 500."""
    try:
        went_through = at_once(*race.calls())
    except DatabaseError:
        return False
    return race.is_right(went_through)
