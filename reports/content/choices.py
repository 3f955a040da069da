"""What a reader asks of the board report: all of it, or a part; with members' comments, or without."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlencode

COMMENTS = {"yes": True, "no": False}
PDF, ARCHIVE = "pdf", "archive"
FILES = {PDF: False, ARCHIVE: True}


class Kind(Enum):
    """A kind of report by the code that stands in addresses; `words` is what it is called."""

    FULL = "full"
    SUMMARY = "summary"
    SECTION = "section"
    APPENDIX = "appendix"

    @property
    def words(self) -> str:
        return KINDS[self]


KINDS = {
    Kind.FULL: "Full report",
    Kind.SUMMARY: "Four-page summary",
    Kind.SECTION: "One section",
    Kind.APPENDIX: "Appendix: all indicators",
}


class UnknownChoice(LookupError):
    """There is no such report, or the round has no such section."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Which report is meant. `section` is the code of the one section, "" for every other kind."""

    kind: Kind = Kind.FULL
    section: str = ""
    with_comments: bool = True
    as_archive: bool = False  # with the figures attached, as PDF/A-3; what the report says is the same

    def __post_init__(self) -> None:
        if (self.kind is Kind.SECTION) != bool(self.section):
            raise UnknownChoice("One section is meant, and which, or none.")

    @property
    def key(self) -> str:
        """The same for equal choices and for no others; safe in file names and addresses."""
        comments, copy = "" if self.with_comments else "without-comments", "archive-copy" if self.as_archive else ""
        return "-".join(part for part in (self.kind.value, self.section, comments, copy) if part)

    @property
    def query(self) -> str:
        """The choices as a query string, "" for the whole report as it is."""
        comments = {} if self.with_comments else {"comments": "no"}
        kind = {} if self.kind is Kind.FULL else {"kind": self.kind.value}
        section = {"section": self.section} if self.section else {}
        return urlencode(kind | section | comments | ({"file": ARCHIVE} if self.as_archive else {}))


EVERYTHING = Choices()


def from_query(query: Mapping[str, str], sections: Collection[str], *, has_indicators: bool = True) -> Choices:
    """What the parameters of an address ask for: `kind`, `section` (one of `sections`), `comments` (yes or no)
    and `file` (pdf or archive).

    What is not given is as in the full report; a section without its kind means that section. Raises UnknownChoice for
    a value that does not exist: a report that is not the one asked for would be worse than none. `has_indicators` is
    False for a framework that is published by section only: it has no appendix.
    """
    section = query.get("section", "")
    usual = Kind.SECTION if section else Kind.FULL
    try:
        kind = Kind(query.get("kind") or usual.value)
        comments = COMMENTS[query.get("comments") or "yes"]
        as_archive = FILES[query.get("file") or PDF]
    except (KeyError, ValueError) as wrong:
        raise UnknownChoice("There is no such report.") from wrong
    if section and section not in sections:
        raise UnknownChoice("The round has no such section.")
    if kind is Kind.APPENDIX and not has_indicators:
        raise UnknownChoice("Single indicators are not published.")
    # A form sends its section whichever kind is chosen beside it.
    return Choices(kind, section if kind is Kind.SECTION else "", comments, as_archive)
