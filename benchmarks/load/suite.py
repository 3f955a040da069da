"""Ours and the bare view under the same load, in turn."""

import asyncio
import os
from collections.abc import Iterator, Sequence

from benchmarks.boards import seat_members
from benchmarks.databases import Database
from benchmarks.finding import Finding, percentile
from benchmarks.load.ledger import stored_answers
from benchmarks.load.server import Server, serving
from benchmarks.load.sittings import Plan, Sitter, Tally, sit

SIZES = (250, 1000)
MINUTE = 60.0
SLICES = 4  # whatever else the machine does then meets both sides
WARM_UP = 8.0  # seconds: the first page of a process costs hundreds of times more than the second
AT_MOST = 4.0
OURS, FLOOR = "/responses/{}/answers/", "/floor/responses/{}/answers/"


def run(database: Database) -> Iterator[Finding]:
    """For each size a minute of ours in slices, and before each slice one of the floor."""
    yield _quiet()
    log = database.folder / "servers.log"
    with serving(log) as ours, serving(log, bare=True) as bare:
        for size in SIZES:
            yield from _compare(size, ours, bare)
    errors = log.read_text(encoding="utf-8").count(" ERROR ")
    yield Finding("errors that the servers logged", str(errors), "none", errors == 0)


def _quiet() -> Finding:
    """Waiting times say nothing about us when something else wants the processors."""
    waiting, processors = os.getloadavg()[0], os.cpu_count() or 1
    outcome = f"{waiting:.1f} processes want {processors} processors"
    return Finding("before the start", outcome, "at most half of the processors", waiting <= processors / 2)


def _compare(size: int, ours: Server, bare: Server) -> Iterator[Finding]:
    at_ours, at_floor = ([Sitter(member) for member in seat_members(size)] for _ in range(2))
    _sit(at_floor, bare, FLOOR, WARM_UP)
    warm = _sit(at_ours, ours, OURS, WARM_UP)
    pairs = [
        (_sit(at_floor, bare, FLOOR, MINUTE / SLICES), _sit(at_ours, ours, OURS, MINUTE / SLICES))
        for _ in range(SLICES)
    ]
    floors, measured = ([pair[side] for pair in pairs] for side in (0, 1))
    yield _nothing_lost(f"{size} members: answers", at_ours, sum(measured, warm))
    yield _slower(f"{size} members: slowest in a hundred", measured, floors, 0.99, AT_MOST)
    yield _slower(f"{size} members: median", measured, floors, 0.5)


def _sit(sitters: Sequence[Sitter], server: Server, address: str, seconds: float) -> Tally:
    return asyncio.run(sit(Plan(sitters, server.port, address, seconds)))


def _nothing_lost(name: str, sitters: Sequence[Sitter], tally: Tally) -> Finding:
    stored = stored_answers(sitter.member.response_id for sitter in sitters)
    lost, invented = len(tally.ledger.lost(stored)), len(tally.ledger.invented(stored))
    return Finding(
        name,
        f"{len(tally.seconds)} acknowledged, errors: {tally.broken}, {lost} lost, {invented} invented",
        "no error, none lost, none invented",
        not (tally.errors or lost or invented or tally.never_acknowledged),
    )


def _slower(
    name: str, ours: Sequence[Tally], floors: Sequence[Tally], share: float, at_most: float | None = None
) -> Finding:
    """All slices together; in brackets each slice against the floor just before it."""
    mine, theirs = ([percentile(tally.seconds, share) for tally in tallies] for tallies in (ours, floors))
    all_of_mine, all_of_theirs = (percentile(sum(each, Tally()).seconds, share) for each in (ours, floors))
    ratio = all_of_mine / all_of_theirs
    slices = [one / other for one, other in zip(mine, theirs, strict=True)]
    return Finding(
        name,
        f"{all_of_mine * 1000:.0f} ms against {all_of_theirs * 1000:.0f} ms: {ratio:.2f} x "
        f"({min(slices):.2f} to {max(slices):.2f})",
        f"at most {at_most:g} x" if at_most else "",
        ratio <= at_most if at_most else None,
    )
