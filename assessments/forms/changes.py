"""Single changes as the page sends them while the member goes on: JSON, in the names that the page's fields have."""

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessments.actions import GivenAnswer, GivenReflection
from assessments.forms.section import TOO_LONG, given_answer, with_short_breaks
from assessments.models.response import COMMENT_LENGTH, REFLECTION_LENGTH

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MOST_CHANGES = 500  # more than any round has fields
NAME = re.compile(
    r"(?:(?P<kind>answer|comment|note)-(?P<indicator>\d{1,18}))|(?:reflection-(?P<section>\d{1,18})-(?P<box>\d{1,18}))"
)


class NotChanges(Exception):
    """What was sent is not what our page sends."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A change that cannot be kept, and why, for the member to read beside the field."""

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What the page sent: changes in the order in which they were made, and the revision that it has shown."""

    seen: int
    answers: tuple[GivenAnswer, ...]
    reflections: tuple[GivenReflection, ...]
    problems: tuple[Problem, ...]
    page: str  # the path of a page that showed a form kept from before the member signed in; "" for any other


def read_changes(body: bytes) -> Changes:
    """`{"seen": 3, "changes": [{"name": "answer-12", "value": "4", "made_at": 1795341600000}]}`; times in milliseconds.

    Raises NotChanges for anything else. Words that are too long are a problem of that change alone.
    """
    try:
        sent = json.loads(body)
        seen, rows = int(sent["seen"]), [_Sent.of(row) for row in sent["changes"]]
        if len(rows) > MOST_CHANGES:
            raise ValueError
        problems = tuple(problem for row in rows if (problem := row.problem()))
        kept = [row.given() for row in rows if not row.problem()]
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        raise NotChanges from error
    answers = tuple(given for given in kept if isinstance(given, GivenAnswer))
    reflections = tuple(given for given in kept if isinstance(given, GivenReflection))
    return Changes(seen, answers, reflections, problems, str(sent.get("page", "")))


@dataclass(frozen=True, slots=True)
class _Sent:
    """One change of one field."""

    name: str
    parts: Mapping[str, str | None]
    value: str
    made_at: dt.datetime

    @classmethod
    def of(cls, row: Any) -> "_Sent":
        match = NAME.fullmatch(row["name"])
        if match is None or not isinstance(row["value"], str):
            raise ValueError
        # Half a character and the null character are what no database takes.
        value = row["value"].replace("\0", "").encode(errors="replace").decode()
        made_at = EPOCH + dt.timedelta(milliseconds=int(row["made_at"]))
        return cls(row["name"], match.groupdict(), with_short_breaks(value), made_at)

    def problem(self) -> Problem | None:
        longest = REFLECTION_LENGTH if self.parts["section"] else COMMENT_LENGTH
        if len(self.value) <= longest:
            return None
        return Problem(
            self.name, TOO_LONG.format(where="here") % {"limit_value": longest, "show_value": len(self.value)}
        )

    def given(self) -> GivenAnswer | GivenReflection:
        kind, indicator = self.parts["kind"], self.parts["indicator"]
        if indicator is None:
            section, box = int(self.parts["section"] or 0), int(self.parts["box"] or 0)
            return GivenReflection(section, box, self.value, self.made_at)
        said = {"choice" if kind == "answer" else str(kind): self.value}
        return given_answer(int(indicator), made_at=self.made_at, **said)
