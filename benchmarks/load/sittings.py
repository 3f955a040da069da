"""Members who answer, think and answer again, all at the same time."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from benchmarks.boards import Member
from benchmarks.load.http import post_json
from benchmarks.load.ledger import Entry, Ledger

LEVELS = 5
RETRY_AFTER = 1.0  # seconds, as the page does
GIVE_UP_AFTER = 60.0  # seconds after the end


@dataclass(slots=True)
class Tally:
    """What the members saw."""

    ledger: Ledger = field(default_factory=Ledger)
    seconds: list[float] = field(default_factory=list)  # of each request that was acknowledged
    errors: Counter[str] = field(default_factory=Counter)  # requests that were not
    never_acknowledged: int = 0

    @property
    def broken(self) -> str:
        """How many requests were not acknowledged, and how they ended: "3 (500: 2, TimeoutError: 1)"."""
        kinds = ", ".join(f"{kind}: {count}" for kind, count in self.errors.most_common())
        return f"{self.errors.total()} ({kinds})" if kinds else "0"

    def __add__(self, other: "Tally") -> "Tally":
        """Both, for measuring in parts. The later one's acknowledgements stand."""
        entries = self.ledger.acknowledged | other.ledger.acknowledged
        never = self.never_acknowledged + other.never_acknowledged
        return Tally(Ledger(entries), self.seconds + other.seconds, self.errors + other.errors, never)


class Sitter:
    """A member and what they are going to answer; goes on where they stopped."""

    def __init__(self, member: Member) -> None:
        self.member = member
        self.chance = Random(member.response_id)  # noqa: S311 - reproducible, not secret
        self.changes = self._changes()
        self.seen = 0  # the newest revision of the response that the page has been told

    def _changes(self) -> Iterator[tuple[str, str]]:
        """Names and values; always another value than the time before, so that there is always something to write."""
        level = self.chance.randrange(LEVELS)
        while True:
            for indicator in self.member.indicators:
                yield f"answer-{indicator}", str(level + 1)
            level = (level + 1 + self.chance.randrange(LEVELS - 1)) % LEVELS


@dataclass(frozen=True, slots=True)
class Plan:
    """Who sits, where the saves go, for how long, and how long each thinks between two answers, on average."""

    sitters: Sequence[Sitter]
    port: int
    address: str  # with {} for the response
    seconds: float
    thinking: float = 5.0


async def sit(plan: Plan) -> Tally:
    """Let all members answer until time is up and each has had their last answer acknowledged."""
    tally = Tally()
    end = time.monotonic() + plan.seconds
    await asyncio.gather(*(_sitting(plan, sitter, tally, end) for sitter in plan.sitters))
    return tally


async def _sitting(plan: Plan, sitter: Sitter, tally: Tally, end: float) -> None:
    await asyncio.sleep(sitter.chance.uniform(0, plan.thinking))
    while time.monotonic() < end:
        await _save(plan, sitter, next(sitter.changes), tally, end + GIVE_UP_AFTER)
        await asyncio.sleep(sitter.chance.uniform(0.5, 1.5) * plan.thinking)


async def _save(plan: Plan, sitter: Sitter, change: tuple[str, str], tally: Tally, give_up: float) -> None:
    """Send one change until it is acknowledged, the same each time, as the page does."""
    (name, value), made_at = change, int(time.time() * 1000)
    changes = [{"name": name, "value": value, "made_at": made_at}]
    while time.monotonic() < give_up:
        began = time.monotonic()
        problem = await _attempt(plan, sitter, {"seen": sitter.seen, "changes": changes})
        if not problem:
            tally.seconds.append(time.monotonic() - began)
            tally.ledger.note(sitter.member.response_id, name, Entry(value, made_at))
            return
        tally.errors[problem] += 1
        await asyncio.sleep(RETRY_AFTER)
    tally.never_acknowledged += 1


async def _attempt(plan: Plan, sitter: Sitter, document: dict[str, object]) -> str:
    """What went wrong, in a word; "" when it was acknowledged."""
    address = plan.address.format(sitter.member.response_id)
    try:
        reply = await post_json(plan.port, address, sitter.member, document)
        if reply.status != 200:
            return str(reply.status)
        told = json.loads(reply.body)
    except (OSError, TimeoutError, ValueError, IndexError) as fault:
        return type(fault).__name__
    sitter.seen = told["revision"]
    return "a problem with the answer" if told["problems"] else ""
