"""Which figures follow answers that came after a reopening (docs/SCORING.md, "After a reopening"; product rule §5).

Answers that were added or changed wait until at least three members' have come. Then an indicator's figures are made
anew, once, if nobody could tell a member's level by comparing them with the figures before; otherwise they stay as they
are, as if nothing about it had changed. What comes after that never enters its figures. Which of the two it is follows
from the figures and from what everybody knows, and some stay for no reason: so that tells nothing of anybody's answers
either. Standard library only.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessments.scoring.types import Scale, SectionAsked
from assessments.secrecy import Answers, Choice, Given, fixed_by, keeps_secrets
from assessments.two_sides import comparison_of

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
        )
        for member, sheet in now.sheets.items()
    )


def answers_shown(
    sections: Sequence[SectionAsked], publications: Sequence[Counted], minimum_group: int, scale: Scale
) -> dict[str, dict[Member, Choice]]:
    """Indicator's code → the answers that its figures are made of; None for whoever gave nothing.

    Once enough late answers are there the figures are made anew or stay for good: a third distribution, and a second
    refusal as well, could be compared with what came before.
    """
    shown: dict[str, dict[Member, Choice]] = {}
    for section in sections if publications else ():
        shown |= {one.code: _given(one.code, publications[0]) for one in section.indicators}
        if len(publications) > 1:
            shown |= _made_anew(section, publications, minimum_group, scale)
    return shown


def _given(code: str, counted: Counted) -> dict[Member, Choice]:
    return {member: sheet.get(code) for member, sheet in counted.sheets.items()}


def _made_anew(
    section: SectionAsked, publications: Sequence[Counted], minimum_group: int, scale: Scale
) -> dict[str, dict[Member, Choice]]:
    """The indicators of a section whose figures are made anew, one by one as long as its comparison tells nothing."""
    codes = [indicator.code for indicator in section.indicators]
    comparison = comparison_of(section, first_answers(codes, publications), minimum_group)
    undecided, late, anew = list(codes), set[Member](), {}
    for now in publications[1:]:
        late |= now.late
        entering = {code: entry for code in undecided if (entry := _entering(code, publications[0], now, late))}
        undecided = [code for code in undecided if code not in entering]
        for code, answers in entering.items():
            beside = comparison.with_fixed(code, fixed_by(answers))
            if _may_enter(answers, minimum_group, scale) and beside.tells_nothing():
                comparison = beside
                anew[code] = dict(zip(now.sheets, (given.now for given in answers), strict=True))
    return anew


def _entering(code: str, first: Counted, now: Counted, late: Iterable[Member]) -> Answers:
    """The answers with those that are late, if a batch of them is there; else none.

    Of whom it is known that they were added or may have changed, not whether they have. Fewer members than a batch who
    may have changed theirs keep what they had given, or each would be told from the others.
    """
    answers = answers_to(code, first, now, late)
    added = sum(given.first is None and given.now is not None for given in answers)
    if sum(given.is_late and given.first is not None for given in answers) >= SMALLEST_BATCH:
        return answers
    return tuple(map(_kept, answers)) if added >= SMALLEST_BATCH else ()


def _kept(given: Given) -> Given:
    return given if given.first is None else Given(given.group, given.first, given.first)


def _may_enter(answers: Answers, minimum_group: int, scale: Scale) -> bool:
    if sorted(str(given.first) for given in answers) == sorted(str(given.now) for given in answers):
        return False  # the figures would be the same
    return not _stays_anyway(answers, minimum_group, scale) and keeps_secrets(answers, minimum_group)


def _stays_anyway(answers: Answers, minimum_group: int, scale: Scale) -> bool:
    """Whether figures stay for no reason: when the sum of the levels now given is a multiple of a certain number.

    So figures that stay tell nothing: whatever a member gave, others can have made up the sum. The number is the
    largest for which late members always can in two ways at least, with nothing known of any.
    """
    levels = [given.now for given in answers if isinstance(given.now, int)]
    late = sum(given.is_late and given.now is not None for given in answers)
    divisor = max(1, (late - 1) * (scale.highest - scale.lowest))
    return len(levels) >= minimum_group and sum(level - scale.lowest for level in levels) % divisor == 0
