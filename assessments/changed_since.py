"""What has changed since a round: in the framework, and on the board. Plain comparison of two lists, no database."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """An indicator as a version of the framework asks it."""

    code: str
    section: str
    text: str
    supersedes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Replaced:
    """An indicator that takes the place of others: the trend breaks there (product rule §2)."""

    now: Asked
    before: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class FrameworkChanges:
    """What a later version asks otherwise, within the scope; each in the order of the version that it stands in."""

    added: tuple[Asked, ...]
    removed: tuple[Asked, ...]
    replaced: tuple[Replaced, ...]
    reworded: tuple[Asked, ...]  # in small things: figures stay comparable

    @property
    def any(self) -> bool:
        return bool(self.added or self.removed or self.replaced or self.reworded)


def compare_frameworks(before: Sequence[Asked], now: Sequence[Asked]) -> FrameworkChanges:
    """Which indicators are new, gone, replaced (`supersedes`) or worded a little differently."""
    earlier, later = {asked.code: asked for asked in before}, {asked.code for asked in now}
    replaced = tuple(
        Replaced(asked, tuple(earlier[code] for code in asked.supersedes if code in earlier))
        for asked in now
        if any(code in earlier for code in asked.supersedes)
    )
    new_words = {each.now.code for each in replaced}
    gone = {old.code for each in replaced for old in each.before}
    return FrameworkChanges(
        added=tuple(asked for asked in now if asked.code not in earlier and asked.code not in new_words),
        removed=tuple(asked for asked in before if asked.code not in later and asked.code not in gone),
        replaced=replaced,
        reworded=tuple(
            asked
            for asked in now
            if asked.code in earlier and asked.code not in new_words and asked.text != earlier[asked.code].text
        ),
    )


@dataclass(frozen=True, slots=True)
class Seated:
    """A person in their seat: `role` in words."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class NewRole:
    name: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Left:
    name: str
    role: str
    last_day: dt.date | None


@dataclass(frozen=True, slots=True)
class BoardChanges:
    """Of those who took part: who is still there, in which role, and who is not; in order of name."""

    staying: tuple[Seated, ...]
    new_role: tuple[NewRole, ...]
    left: tuple[Left, ...]

    @property
    def any(self) -> bool:
        return bool(self.new_role or self.left)


def compare_boards(
    members: Mapping[int, Seated], today: Mapping[int, Seated], last_days: Mapping[int, dt.date]
) -> BoardChanges:
    """`members` of the earlier round, and who sits on the board `today`, by person; `last_days` of those who left."""
    staying = {person: today[person] for person in members if person in today}
    return BoardChanges(
        staying=tuple(sorted(staying.values(), key=lambda seated: seated.name)),
        new_role=tuple(
            NewRole(now.name, members[person].role, now.role)
            for person, now in sorted(staying.items(), key=lambda item: item[1].name)
            if now.role != members[person].role
        ),
        left=tuple(
            Left(member.name, member.role, last_days.get(person))
            for person, member in sorted(members.items(), key=lambda item: item[1].name)
            if person not in today
        ),
    )
