"""A section page against the same markup from one bare template, and against the ready-made bytes."""

import time
from collections.abc import Iterator

from benchmarks import floors
from benchmarks.boards import Member, response_of, seat_members
from benchmarks.finding import Finding
from benchmarks.ratios.browser import Browser, queries_of
from benchmarks.ratios.measure import compare
from benchmarks.ratios.plain import check_same, plain_section

SECTION = "smart-foundations"  # the longest success measure for a trust: 17 indicators
SHORTER = "support-people"
MOST_QUERIES = 8
CALLS = 20


def findings(member: Member) -> Iterator[Finding]:
    """Queries, then CPU; the floor's page is first compared with ours."""
    browser, bare = Browser(member), Browser(member, bare=True)
    address = _address(member)
    _fill_half(browser, member)
    floors.ready_made = browser.get(address)
    floors.section = plain_section(response_of(member), SECTION)
    check_same(floors.ready_made, bare.get("/floor/page/"))
    yield _queries(member)
    page = "section page"
    yield compare(
        f"{page}, the same markup from a bare template",
        lambda: browser.get(address),
        lambda: bare.get("/floor/page/"),
        calls=CALLS,
        at_most=2,
    )
    yield compare(
        f"{page}, its own bytes ready-made",
        lambda: browser.get(address),
        lambda: bare.get("/floor/ready-made/"),
        calls=CALLS,
    )


def _fill_half(browser: Browser, member: Member) -> None:
    """Every other question answered, every fourth with a comment as well: a page in the middle of a sitting."""
    now = int(time.time() * 1000)
    changes = [{"name": f"answer-{pk}", "value": "3", "made_at": now} for pk in member.indicators[::2]]
    words = [{"name": f"comment-{pk}", "value": "Shown to us <twice>", "made_at": now} for pk in member.indicators[::4]]
    browser.post_json(f"/responses/{member.response_id}/answers/", {"seen": 0, "changes": changes + words})


def _address(member: Member, section: str = SECTION) -> str:
    return f"/responses/{member.response_id}/sections/{section}/"


def _queries(member: Member) -> Finding:
    """As many on a board of two as on one of fifteen, for few indicators as for many, once the round has been read."""
    alone = seat_members(2, board=2)[0]
    pages = [(member, SECTION), (member, SHORTER), (alone, SECTION)]
    counts = {_counted(who, what) for who, what in pages}
    is_met = len(counts) == 1 and max(counts) <= MOST_QUERIES
    return Finding("section page, queries", str(sorted(counts)), f"one number, at most {MOST_QUERIES}", is_met)


def _counted(member: Member, section: str) -> int:
    """What a round asks is read once a process, and not counted."""
    browser, address = Browser(member), _address(member, section)
    browser.get(address)
    return queries_of(lambda: browser.get(address))
