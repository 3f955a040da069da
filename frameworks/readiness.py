"""What stands between a draft and its publication, and what an editor may want to look at again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from frameworks.choices import Part, VariantCode
from frameworks.documents.canonical import as_tree
from frameworks.documents.changes import Changes, compare_versions
from frameworks.documents.checks import content_problems
from frameworks.documents.document import FrameworkDocument, IndicatorEntry
from frameworks.documents.problems import Problem
from frameworks.documents.structure import structure_problems
from frameworks.documents.words import digest_of_text
from frameworks.exchange.loader import used_before
from frameworks.exchange.stored import stored_document
from frameworks.models import FrameworkVersion
from frameworks.queries import published_before
from frameworks.wording import Progress, Standings, Words, standings
from frameworks.wording_checks import wording_warnings

PLACE = re.compile(r"(indicators|sections)\[(\d+)\](?:\.(.*))?")

COUNT = re.compile(r"\[(\d+)\]")
WORDING = "wording"  # what a doubt about the words of several indicators is about
MOST_CODES = 5  # named in one line


@dataclass(frozen=True, slots=True)
class Fault:
    """`where` in words. `kind` and `code` name the row: "indicators", "sections"; or what of the version: "scale", …"""

    where: str
    message: str
    kind: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Readiness:
    """`faults` forbid publishing, `doubts` do not. `changes` is None where no earlier version was published."""

    faults: tuple[Fault, ...]
    doubts: tuple[Fault, ...]
    before: FrameworkVersion | None
    changes: Changes | None
    wording: Progress


def readiness(version: FrameworkVersion) -> Readiness:
    """Check the whole of `version` by the rules that a file must pass, and compare it with the version before."""
    document, before = stored_document(version), version_before(version)
    said_before = stored_document(before) if before else None
    changes = compare_versions(said_before, document) if said_before else None
    known = standings(version.framework_id)
    doubts = (
        *_doubts(said_before, document, changes),
        *_unchecked(said_before, document, known),
        *_hard_words(said_before, document),
    )
    wording = known.progress(map(_words, document.indicators))
    return Readiness(faults_of(document), doubts, before, changes, wording)


def version_before(version: FrameworkVersion) -> FrameworkVersion | None:
    """The newest version that was published before this one, retired or not."""
    return published_before(version.framework.code, version.code)


def faults_of(document: FrameworkDocument) -> tuple[Fault, ...]:
    """Every reason why what is stored could not be read back as a framework document, or reuses a code."""
    tree = as_tree(document)
    problems = (*structure_problems(tree), *content_problems(tree), *used_before(document))
    return tuple(_fault(document, problem) for problem in dict.fromkeys(problems))


def _fault(document: FrameworkDocument, problem: Problem) -> Fault:
    if place := PLACE.fullmatch(problem.field):
        kind, number, field = place.groups()
        code = (document.indicators if kind == "indicators" else document.sections)[int(number)].code
        name = "Indicator" if kind == "indicators" else document.framework.section_label.capitalize()
        return Fault(f"{name} {code}" + (f", {field}" if field else ""), problem.message, kind, code)
    where = COUNT.sub(lambda number: f" {int(number[1]) + 1}", problem.field)
    where = where.replace("_", " ").replace(".", ", ").capitalize()
    return Fault(where, problem.message, problem.field.partition(".")[0])


def _doubts(before: FrameworkDocument | None, document: FrameworkDocument, changes: Changes | None) -> Iterator[Fault]:
    known = set(_themes(before)) if before else set()  # somebody has thought about those already
    yield from (doubt for doubt in _themes(document) if doubt not in known)
    if changes and changes.removed:
        codes = _listed([gone.code for gone in changes.removed])
        yield Fault(f"No longer asked and not superseded: {codes}", "is that meant?")
    if before and (gone := _left_behind(before, document)):
        plural = document.framework.section_label_plural
        yield Fault(f"No longer among the {plural} and not superseded: {_listed(gone)}", "is that meant?")


def _left_behind(before: FrameworkDocument, document: FrameworkDocument) -> list[str]:
    """Codes of sections that there were, and that nothing follows."""
    known = {code for section in document.sections for code in (section.code, *section.supersedes)}
    return [section.code for section in before.sections if section.code not in known]


def _words(entry: IndicatorEntry) -> Words:
    return Words(Part.INDICATOR, entry.code, digest_of_text(entry.text), entry.wording)


def _unchecked(before: FrameworkDocument | None, document: FrameworkDocument, known: Standings) -> Iterator[Fault]:
    """Indicators that are filed as confirmed although their words are new and nobody has checked those."""
    earlier = {entry.code: _words(entry).digest for entry in before.indicators} if before else {}
    for entry in document.indicators:
        words = _words(entry)
        standing = known.of(words)
        if standing.is_confirmed and not standing.checked_on and earlier.get(entry.code, words.digest) != words.digest:
            message = f"its words have changed, and the file still says “{standing.label}”; check them again"
            yield Fault(f"Indicator {entry.code}", message, "indicators", entry.code)


def _hard_words(before: FrameworkDocument | None, document: FrameworkDocument) -> Iterator[Fault]:
    """One line for all indicators that are new or reworded and may be hard to answer; the tree says why."""
    known = {entry.text for entry in before.indicators} if before else set()
    terms = [entry.term for entry in document.glossary]
    new = (entry for entry in document.indicators if entry.text not in known)
    hard = [entry.code for entry in new if wording_warnings(entry.text, terms)]
    if hard:
        yield Fault(f"New words that may be hard to answer: {_listed(hard)}", "see why", WORDING)


def _listed(codes: list[str]) -> str:
    more = f" and {len(codes) - MOST_CODES} more" if len(codes) > MOST_CODES else ""
    return ", ".join(codes[:MOST_CODES]) + more


def _themes(document: FrameworkDocument) -> Iterator[Fault]:
    """Themes that nobody is asked about, or, where there are two wordings, only one side is."""
    asked: dict[tuple[str, str | None], set[str]] = {}
    for entry in document.indicators:
        asked.setdefault((entry.section, entry.theme), set()).add(entry.variant)
    both = {VariantCode.ICS.value, VariantCode.ORGANISATION.value}
    for section in document.sections:
        for theme in section.themes:
            variants = asked.get((section.code, theme.code), set())
            where = f"Theme “{theme.label}” of “{section.title}”"
            if not variants:
                yield Fault(where, "no indicator belongs to it", "sections", section.code)
            elif len(document.variants) > 1 and len(variants) == 1 and variants < both:
                only = VariantCode(variants.pop()).label
                yield Fault(where, f"has no counterpart: only “{only}” is asked about it", "sections", section.code)
