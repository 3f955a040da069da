"""Saving one answer, and saving the form of a whole section, against a bare upsert."""

import json
import time
from collections.abc import Callable, Iterator
from itertools import cycle

from benchmarks.boards import Member
from benchmarks.finding import Finding
from benchmarks.ratios.browser import Browser, queries_of
from benchmarks.ratios.measure import compare
from frameworks.models import Indicator

SECTION = "smart-foundations"  # the longest success measure for a trust: 17 indicators
MOST_QUERIES = 8
CALLS = 40
LATER = 10**6  # a revision that no response has yet


def findings(member: Member, other: Member) -> Iterator[Finding]:
    """`other` saves at the floor: under startproject's middleware, and under the portal's own."""
    save = _save(Browser(member), f"/responses/{member.response_id}/answers/", member)
    for middleware, bare in (("startproject's", True), ("our", False)):
        floor = f"/floor/responses/{other.response_id}/answers/"
        bare_save = _save(Browser(other, bare=bare), floor, other)
        name = f"saving an answer, bare upsert under {middleware} middleware"
        yield compare(name, save, bare_save, calls=CALLS, at_most=2)
    queries = max(queries_of(save) for _ in range(5))
    yield Finding("saving an answer, queries", str(queries), f"at most {MOST_QUERIES}", queries <= MOST_QUERIES)
    yield _section(member, other)


def _save(browser: Browser, address: str, member: Member) -> Callable[[], object]:
    """Each call changes the answer to another indicator, as a page does that has seen all that is stored."""
    turns = cycle((pk, level) for level in (1, 2, 3, 4, 5) for pk in member.indicators)
    seen = LATER

    def save() -> None:
        nonlocal seen
        pk, level = next(turns)
        change = {"name": f"answer-{pk}", "value": str(level), "made_at": int(time.time() * 1000)}
        seen = json.loads(browser.post_json(address, {"seen": seen, "changes": [change]}))["revision"]

    return save


def _section(member: Member, other: Member) -> Finding:
    indicators = Indicator.objects.filter(pk__in=member.indicators, section__code=SECTION).values_list("pk", flat=True)
    forms = [{f"answer-{pk}": str(level) for pk in indicators} for level in (2, 3)]
    address, floor = (
        f"/responses/{member.response_id}/sections/{SECTION}/",
        f"/floor/responses/{other.response_id}/section/",
    )
    return compare(
        f"saving a section's form ({len(indicators)} answers), one bare upsert",
        _send(Browser(member), address, forms),
        _send(Browser(other, bare=True), floor, forms),
        calls=10,
    )


def _send(browser: Browser, address: str, forms: list[dict[str, str]]) -> Callable[[], object]:
    turns = cycle(forms)
    return lambda: browser.post_form(address, next(turns))
