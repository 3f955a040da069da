"""How far the words of a version are checked: the latest check of the same words counts, else what the file says."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Prefetch

from frameworks.choices import Part, Wording
from frameworks.documents.words import digest_of_summary, digest_of_text
from frameworks.models import FrameworkVersion, Indicator, Section, WordingCheck


@dataclass(frozen=True, slots=True)
class Words:
    """What a check is about; `filed` is the status that the file gives, "" for none."""

    part: Part
    code: str
    digest: str
    filed: str

    @property
    def key(self) -> str:
        """Names exactly these words, in a form that somebody is shown them in."""
        return f"{self.part}:{self.code}:{self.digest}"


@dataclass(frozen=True, slots=True)
class Standing:
    """How sure we are of some words. The rest is of the check that says so, if one does."""

    status: str
    checked_on: date | None = None
    source: str = ""
    checked_by: str = ""  # given to content admins only
    note: str = ""

    @property
    def label(self) -> str:
        return Wording(self.status).label if self.status else "Not said"

    @property
    def is_confirmed(self) -> bool:
        return self.status == Wording.CONFIRMED


@dataclass(frozen=True, slots=True)
class Progress:
    """How many words have each status, "" for none, and the day of the last confirmation."""

    counts: tuple[tuple[str, int], ...]
    last_on: date | None

    @property
    def is_known(self) -> bool:
        """Whether anything is said of any of them."""
        return any(status for status, _ in self.counts)

    @property
    def of(self) -> int:
        return sum(number for _, number in self.counts)

    @property
    def confirmed(self) -> int:
        return dict(self.counts).get(Wording.CONFIRMED, 0)


class Standings:
    """Of all words of a framework that were ever checked."""

    def __init__(self, checks: Mapping[tuple[str, str, str], Standing]) -> None:
        self._checks = checks

    def of(self, words: Words) -> Standing:
        return self._checks.get((words.part, words.code, words.digest)) or Standing(words.filed)

    def progress(self, words: Iterable[Words]) -> Progress:
        """Of these words taken together."""
        found = [self.of(one) for one in words]
        counts = Counter(standing.status for standing in found)
        days = (standing.checked_on for standing in found if standing.is_confirmed and standing.checked_on)
        return Progress(tuple(sorted(counts.items())), max(days, default=None))


def words_of(indicator: Indicator) -> Words:
    """What an indicator says."""
    return Words(Part.INDICATOR, indicator.code, digest_of_text(indicator.text), indicator.wording)


def summary_of(section: Section) -> Words:
    """What a section's summary says."""
    digest = digest_of_summary(section.summary, section.summary_by_variant)
    return Words(Part.SUMMARY, section.code, digest, section.summary_wording)


def standings(framework_id: int, *, with_names: bool = False) -> Standings:
    """All that was checked of a framework, in whichever version (one query). Names are for content admins only."""
    rows = WordingCheck.objects.filter(framework=framework_id).order_by("pk")
    if with_names:
        rows = rows.select_related("checked_by")
    return Standings({(row.part, row.code, row.digest): _standing(row, with_names) for row in rows})


@lru_cache(maxsize=64)
def standings_after(framework_id: int, checks: int) -> Standings:
    """The same, read once a process for each number of checks that there are: none is ever changed or taken away."""
    return standings(framework_id)


def forget() -> None:
    """Read everything anew: for tests, where other checks may be as many."""
    standings_after.cache_clear()


def _standing(row: WordingCheck, with_names: bool) -> Standing:
    by, note = (str(row.checked_by), row.note) if with_names else ("", "")
    return Standing(row.status, row.checked_on, row.source, by, note)


@dataclass(frozen=True, slots=True)
class CheckedWords:
    """Words as a content admin checks them; `where` they stand in the original."""

    words: Words
    text: str
    where: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class CheckedSection:
    """A section: its summary first, then its indicators."""

    code: str
    title: str
    rows: tuple[CheckedWords, ...]


def checked_sections(version: FrameworkVersion) -> tuple[CheckedSection, ...]:
    """All words of a version with their standing, for content admins (three queries)."""
    known = standings(version.framework_id, with_names=True)
    indicators = Prefetch("indicators", Indicator.objects.order_by("order"))
    return tuple(_checked(section, known) for section in version.sections.prefetch_related(indicators))


def _checked(section: Section, known: Standings) -> CheckedSection:
    summary, by_variant = summary_of(section), section.summary_by_variant.values()
    rows = [CheckedWords(summary, " ".join((section.summary, *by_variant)), "", known.of(summary))]
    for indicator in section.indicators.all():
        words = words_of(indicator)
        rows.append(CheckedWords(words, indicator.text, indicator.source, known.of(words)))
    return CheckedSection(section.code, section.title, tuple(rows))


def progress_of(version: FrameworkVersion) -> Progress:
    """How far the indicators of a version are checked (two queries)."""
    return standings(version.framework_id).progress(words_of(row) for row in version.indicators.all())


def in_words(progress: Progress, what: str) -> str:
    """ "12 of 143 indicators are confirmed against the published text, the last on 3 March 2027"."""
    said = f"{progress.confirmed} of {progress.of} {what} are confirmed against the published text"
    return f"{said}, the last on {progress.last_on:%-d %B %Y}" if progress.last_on else said
