"""Which figures follow answers that came after a reopening (docs/SCORING.md, "After a reopening"; product rule §5).

Answers that were added or changed wait until at least three members' have come. Then an indicator's figures are made
anew, once, if nobody could tell a member's level by comparing them with the figures before; otherwise they stay as they
are, as if nothing about it had changed. Standard library only.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessments.secrecy import Answers, Choice, Given, keeps_secrets

SMALLEST_BATCH = 3

Member = int  # any number that tells one member's answers from another's
Sheet = Mapping[str, Choice]  # indicator's code → what a member gave


@dataclass(frozen=True, slots=True)
class Counted:
    """The answers that count at a closing: each member's sheet, and the members whose sheets are new or changed."""

    sheets: Mapping[Member, Sheet]
    groups: Mapping[Member, str]
    late: frozenset[Member] = frozenset()


def latest(before: Mapping[Member, Sheet], now: Mapping[Member, Sheet]) -> frozenset[Member] | None:
    """Members who were added or changed something since `before`, if they are enough to be counted; else None.

    Whoever counted before and does not now, because they took their submission back, keeps what they had given.
    """
    late = frozenset(member for member, sheet in now.items() if before.get(member) != sheet)
    return late if len(late) >= SMALLEST_BATCH else None


def first_answers(codes: Iterable[str], publications: Sequence[Counted]) -> dict[str, Answers]:
    """What members gave to each indicator at the first publication."""
    first = publications[0]
    return {code: answers_to(code, first, first) for code in codes}


def answers_to(code: str, first: Counted, now: Counted, late: Iterable[Member] = ()) -> Answers:
    """What each member gave to one indicator at two publications, in an order that stays."""
    changed = frozenset(late)
    return tuple(
        Given(
            group=now.groups[member],
            first=first.sheets.get(member, {}).get(code),
            now=sheet.get(code),
            is_late=member in changed,
            was_counted=member in first.sheets,
        )
        for member, sheet in now.sheets.items()
    )


def publication_shown(
    code: str,
    publications: Sequence[Counted],
    minimum_group: int,
    looks_the_same: Callable[[Answers], bool] | None = None,
) -> int:
    """The place, from 0, of the publication that an indicator's figures come from.

    Figures are made anew at most once: a third distribution could be compared with both before it.
    `looks_the_same`: as in `secrecy.keeps_secrets`, for answers at the first publication.
    """
    first = publications[0]
    late: set[Member] = set()
    for place, now in enumerate(publications[1:], start=1):
        late |= now.late
        answers = answers_to(code, first, now, late)
        has_news = any(given.first != given.now for given in answers)
        if has_news and keeps_secrets(answers, minimum_group, looks_the_same):
            return place
    return 0
