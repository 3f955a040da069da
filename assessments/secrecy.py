"""Whether a reader of everything published could tell what one member answered (docs/SCORING.md, "After a reopening").

The idea: as long as two members' answers could be exchanged with nothing published changing, nobody can tell which of
the two gave which. So before a figure that would allow a comparison is published, it is looked for every reader and
every other member whether such an exchange exists. Standard library only.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assessments.scoring.types import NonScore

Choice = int | NonScore | None  # a level, a non-score, or nothing
Answers = tuple["Given", ...]
Looks = Callable[[Answers], bool]
VERSIONS = ("first", "now")


@dataclass(frozen=True, slots=True)
class Given:
    """What one member gave for one indicator, at the first publication and at the one that may follow.

    Whoever is not late has the same answer in both, and everybody knows it. `was_counted` is False for a member whose
    answers came only later: that, too, everybody knows.
    """

    group: str
    first: Choice
    now: Choice
    is_late: bool = False
    was_counted: bool = True


def keeps_secrets(answers: Answers, minimum_group: int, looks_the_same: Looks | None = None) -> bool:
    """Whether no reader, knowing their own answer, can tell another member's level, first or now.

    Who gave nothing is taken as known: pages for the lead say how far members are. What follows from a single
    published distribution alone is left aside: a board that is unanimous, but for the reader perhaps, has no secret to
    keep. One of fewer levels than `minimum_group` is not published. `looks_the_same` says whether something else that
    is published, if anything is, would stay as it is with the answers given to it.
    """
    same = looks_the_same or (lambda changed: True)
    published = [version for version in VERSIONS if _levels(answers, version) >= minimum_group]
    return not published or all(
        _is_hidden(answers, member, reader, published, same) for reader, member in _pairs(answers)
    )


def _pairs(answers: Answers) -> Iterator[tuple[int, int]]:
    """A reader and another member, one pair for all of whom everything is the same."""
    alike: dict[Given, list[int]] = {}
    for place, given in enumerate(answers):
        alike.setdefault(given, []).append(place)
    for reader, *_ in alike.values():
        for places in alike.values():
            yield from ((reader, place) for place in [place for place in places if place != reader][:1])


def _levels(answers: Answers, version: str) -> int:
    return sum(isinstance(getattr(given, version), int) for given in answers)


def _is_hidden(answers: Answers, member: int, reader: int, published: Sequence[str], looks_the_same: Looks) -> bool:
    mine = answers[member]
    others = [place for place in range(len(answers)) if place not in (member, reader)]
    others.sort(key=lambda place: (answers[place].group != mine.group, answers[place].is_late != mine.is_late))
    for version in VERSIONS:
        own = getattr(mine, version)
        if not isinstance(own, int) or _is_plain(answers, member, reader, version, published):
            continue
        if any(
            _is_alike(mine, answers[other]) and getattr(answers[other], version) not in (own, None) for other in others
        ):
            continue  # the two can be exchanged, and nothing that is told of groups or of lateness changes
        could_be = _exchanges(answers, member, others, version)
        if not any(getattr(made[member], version) != own and looks_the_same(made) for made in could_be):
            return False
    return True


def _is_alike(one: Given, other: Given) -> bool:
    return (one.group, one.is_late, one.was_counted) == (other.group, other.is_late, other.was_counted)


def _is_plain(answers: Answers, member: int, reader: int, version: str, published: Sequence[str]) -> bool:
    """Whether one distribution alone tells: all but the reader gave that level."""
    mine = answers[member]
    rest = [given for place, given in enumerate(answers) if place != reader]
    told_by = {
        "first": {given.first for given in rest} - {None},
        "now": {given.now for given in rest} - {None},
    }
    level = {getattr(mine, version)}
    telling = [version] if mine.is_late else VERSIONS
    return any(told_by[each] == level for each in telling if each in published)


def _exchanges(answers: Answers, member: int, others: Sequence[int], version: str) -> Iterator[Answers]:
    """Other answers that give the same two distributions, in which the member's is another one."""
    mine = answers[member]
    for other in others:
        theirs = answers[other]
        if getattr(theirs, version) in (getattr(mine, version), None):
            continue
        if mine.is_late and theirs.is_late:
            if version == "now" or (mine.was_counted and theirs.was_counted):
                yield _exchanged(answers, member, other, version)
        elif not mine.is_late and not theirs.is_late:
            yield _exchanged(answers, member, other, *VERSIONS)
        else:
            kept, late = (other, member) if mine.is_late else (member, other)
            yield from _through_a_third(answers, kept, late, [*others, member])


def _exchanged(answers: Answers, one: int, other: int, *versions: str) -> Answers:
    changed = list(answers)
    for version in versions:
        mine, theirs = getattr(changed[one], version), getattr(changed[other], version)
        changed[one] = replace(changed[one], **{version: theirs})
        changed[other] = replace(changed[other], **{version: mine})
    return tuple(changed)


def _through_a_third(answers: Answers, kept: int, late: int, among: Sequence[int]) -> Iterator[Answers]:
    """Between one whose answer stayed and one whose answer is late: both distributions have to be balanced.

    Who stayed takes an answer that some late member gave first and some late member gives now, and leaves theirs.
    """
    stayed = answers[kept].first
    lates = [place for place in among if answers[place].is_late]
    for before in (place for place in lates if answers[place].was_counted):
        taken = answers[before].first
        for after in lates:
            if taken not in (stayed, None) and answers[after].now == taken and late in (before, after):
                changed = list(answers)
                changed[kept] = replace(changed[kept], first=taken, now=taken)
                changed[before] = replace(changed[before], first=stayed)
                changed[after] = replace(changed[after], now=stayed)
                yield tuple(changed)
