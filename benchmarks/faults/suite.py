"""Every acknowledged answer is there after all that; and a view that acknowledges too early loses some."""

import asyncio
from collections.abc import Iterator, Sequence
from random import Random

from django.db import connection

from benchmarks.boards import seat_members
from benchmarks.databases import Database
from benchmarks.faults.faults import WORKER_KILLS, Fault, all_faults, kill_a_worker
from benchmarks.finding import Finding
from benchmarks.load.ledger import stored_answers
from benchmarks.load.server import serving
from benchmarks.load.sittings import Plan, Sitter, Tally, sit
from benchmarks.load.suite import OURS

MEMBERS = 1000
SECONDS = 100.0
EARLY = "/floor/early/responses/{}/answers/"


def run(database: Database) -> Iterator[Finding]:
    """Ours under all faults; then the control under killed workers alone."""
    chance = Random(4)  # noqa: S311 - reproducible, not secret
    with serving(database.folder / "server.log") as server:
        faults = all_faults(server, database, chance)
        yield _outcome(OURS, f"{len(faults)} faults", server.port, faults, SECONDS)
        kills: list[Fault] = [lambda: kill_a_worker(server, chance)] * (WORKER_KILLS // 4)
        yield _control(server.port, kills)


def _outcome(address: str, name: str, port: int, faults: Sequence[Fault], seconds: float) -> Finding:
    tally, lost, invented = _suffer(address, port, faults, seconds)
    words = f"{len(tally.seconds)} acknowledged, sent again: {tally.broken}, {lost} lost, {invented} invented"
    is_met = not (lost or invented or tally.never_acknowledged) and tally.errors.total() > 0
    return Finding(f"{MEMBERS} members, {name}", words, "requests broken, none lost, none invented", is_met)


def _control(port: int, kills: Sequence[Fault]) -> Finding:
    _, lost, _ = _suffer(EARLY, port, kills, SECONDS / 4)
    return Finding(
        f"control: acknowledged before commit, {len(kills)} kills",
        f"{lost} lost",
        "some lost, or it proves nothing",
        lost > 0,
    )


def _suffer(address: str, port: int, faults: Sequence[Fault], seconds: float) -> tuple[Tally, int, int]:
    """What the members saw, and how many answers were lost and invented."""
    sitters = [Sitter(member) for member in seat_members(MEMBERS)]
    tally = asyncio.run(_under(faults, Plan(sitters, port, address, seconds)))
    connection.close()  # it may be one of those that were killed
    stored = stored_answers(sitter.member.response_id for sitter in sitters)
    return tally, len(tally.ledger.lost(stored)), len(tally.ledger.invented(stored))


async def _under(faults: Sequence[Fault], plan: Plan) -> Tally:
    tally, _ = await asyncio.gather(sit(plan), _strike(faults, plan.seconds))
    return tally


async def _strike(faults: Sequence[Fault], seconds: float) -> None:
    """One after the other, evenly over the time."""
    for fault in faults:
        await asyncio.sleep(seconds / (len(faults) + 1))
        await asyncio.to_thread(fault)
