"""What the files say: the report's figures as plain values, each rounded as the report prints it.

A figure that is withheld or does not exist is None, with the reason in words beside it. Everything here is plain data,
so that it can be kept with a signed-off version as JSON and read back (`document.py`).
"""

import datetime as dt
from dataclasses import dataclass, replace

from reports.counterparts.beside import Counterpart

COMMENTS = "Members' comments"


@dataclass(frozen=True, slots=True)
class Stated:
    """Something that the report says in words: about the round, in its summary, or on method."""

    term: str
    text: str


@dataclass(frozen=True, slots=True)
class About:
    """Which round and which report these figures are of."""

    title: str
    organisation: str
    ods_code: str
    framework: str
    framework_version: str
    variant: str
    licence: str
    source_url: str
    section_label: str
    opened_on: dt.date
    closed_on: dt.date
    previous_closed_on: dt.date | None
    marking: str
    is_draft: bool
    is_individual: bool  # about the members themselves: published by section only
    invited: int
    submitted: int
    counted: int  # members whose answers are in the figures
    minimum_group: int
    notice: str
    left_out: str = ""  # what whoever took the file asked to leave out, in words; "" for nothing


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the answers that members chose from; `level` is None for those that are not a level."""

    level: int | None
    label: str
    description: str


@dataclass(frozen=True, slots=True)
class Average:
    score: float | None
    band: str
    based_on: int
    of: int
    why_none: str


@dataclass(frozen=True, slots=True)
class Movement:
    """From the last round to this one, over comparable indicators only; of a section with their names."""

    before: float | None
    after: float | None
    difference: float | None
    comparable: int
    why_none: str
    compared: tuple[str, ...] = ()
    not_compared: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many members gave an answer."""

    level: int | None
    label: str
    members: int


@dataclass(frozen=True, slots=True)
class Indicator:
    code: str
    text: str
    answered: int | None
    gave_a_level: int | None
    mean: float | None
    median: float | None
    lowest: int | None
    highest: int | None
    distance: float | None  # average distance from the median, in levels
    agreement: str  # the word for that distance
    levels: tuple[Count, ...]
    other_answers: tuple[Count, ...]
    cannot_judge_share: float | None
    agreed_level: int | None
    why_none: str  # why there is no mean


@dataclass(frozen=True, slots=True)
class Section:
    code: str
    title: str
    members: Average
    agreed: Average
    level_held: int | None
    why_no_level_held: str
    target: float | None
    gap: float | None  # target less score
    cannot_judge_share: float | None
    change: Movement
    indicators: tuple[Indicator, ...]  # none for a framework that is published by section only


@dataclass(frozen=True, slots=True)
class Listed:
    """Indicators that the report lists, the first one first, and what it says about the list."""

    note: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Whether executives scored a section half a level or more higher than non-executives, or lower."""

    section_code: str
    section: str
    difference: float | None
    based_on: int
    of: int
    why_none: str


@dataclass(frozen=True, slots=True)
class Sides:
    note: str
    sections: tuple[SideBySide, ...]


@dataclass(frozen=True, slots=True)
class Comment:
    """What a member wrote for the board, chosen for the report; no name, and the order says nothing."""

    code: str
    indicator: str
    text: str


@dataclass(frozen=True, slots=True)
class Agreed:
    code: str
    indicator: str
    level: int
    label: str
    reason: str
    dissent: str
    method: str
    agreed_on: dt.date


@dataclass(frozen=True, slots=True)
class Action:
    from_this_round: bool
    what: str
    section: str
    indicator_code: str
    owner: str
    owner_has_left: bool
    due_on: dt.date | None
    status: str
    is_overdue: bool
    risk: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that a file of figures says, in the order of the report."""

    about: About
    answers: tuple[Answer, ...]
    summary: tuple[Stated, ...]
    members: Average
    agreed: Average
    change: Movement
    sections: tuple[Section, ...]
    differs_most: Listed
    could_not_judge: Listed
    sides: Sides
    comments: tuple[Comment, ...]
    agreed_positions: tuple[Agreed, ...]
    actions: tuple[Action, ...]
    method: tuple[Stated, ...]
    counterparts: tuple[Counterpart, ...] = ()  # other boards of the system, as far as they released their figures


def without_comments(figures: Figures) -> Figures:
    """The same without what members wrote, and saying so."""
    return replace(figures, comments=(), about=replace(figures.about, left_out=COMMENTS))
