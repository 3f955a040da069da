"""What JSON Schema cannot say about a document: references, duplicates, order and odd characters.

Each check takes the tree as it is, even where its structure is wrong, so that an author sees every problem at once;
what is not of the right type is left to `structure`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from frameworks.documents.problems import Path, Problem
from frameworks.documents.structure import did_you_mean
from frameworks.documents.yaml_reader import Tree

Entry = tuple[Path, dict[str, Any]]

# Unicode categories of characters that nobody can see: controls, invisible formats (such as text direction overrides
# and zero-width spaces), half characters, private and unassigned ones, line and paragraph separators.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
VARIANTS = frozenset({"ics", "organisation"})
NUMBER = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")


def content_problems(tree: Tree) -> Iterator[Problem]:
    """Everything that is wrong with what a document says."""
    yield from _unseen_characters(tree, tree.data, ())
    if isinstance(tree.data, dict):
        for check in (_repeats, _levels_ascend, _bands, _references, _empty_sections, _variants, _supersedes):
            yield from check(tree)


def _entries(tree: Tree, *steps: str) -> list[Entry]:
    """The entries of the list at `steps`, each with its path; nothing if there is no such list."""
    data: Any = tree.data
    for step in steps:
        data = data.get(step) if isinstance(data, dict) else None
    entries = enumerate(data) if isinstance(data, list) else ()
    return [((*steps, number), entry) for number, entry in entries if isinstance(entry, dict)]


def _within(tree: Tree, parent: Entry, name: str) -> list[Entry]:
    """The entries of the list `name` inside `parent`."""
    path, fields = parent
    inner = fields.get(name)
    entries = enumerate(inner) if isinstance(inner, list) else ()
    return [((*path, name, number), entry) for number, entry in entries if isinstance(entry, dict)]


def _values(entries: Iterable[Entry], name: str) -> list[str]:
    return [entry[name] for _, entry in entries if isinstance(entry.get(name), str)]


def _unseen_characters(tree: Tree, data: Any, path: Path) -> Iterator[Problem]:
    if isinstance(data, dict | list):
        for step, inner in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _unseen_characters(tree, inner, (*path, step))
    elif isinstance(data, str):
        odd = sorted({char for char in data if char not in "\n\t" and unicodedata.category(char) in UNSEEN})
        if odd:
            codes = ", ".join(f"U+{ord(char):04X}" for char in odd)
            yield tree.problem(path, f"the text holds a character that cannot be seen ({codes}); take it out")


def _repeats(tree: Tree) -> Iterator[Problem]:
    sections = _entries(tree, "sections")
    yield from _repeated(tree, sections, "code", "order")
    for section in sections:
        yield from _repeated(tree, _within(tree, section, "themes"), "code")
    yield from _repeated(tree, _entries(tree, "indicators"), "code")
    for entries in _by_section(_entries(tree, "indicators")):
        yield from _repeated(tree, entries, "order")
    yield from _repeated(tree, _entries(tree, "groups"), "code", "order")
    yield from _repeated(tree, _entries(tree, "variants"), "code")
    yield from _repeated(tree, _entries(tree, "glossary"), "term")
    for name in ("non_scores", "extra_fields"):
        yield from _repeated(tree, _entries(tree, "scale", name), "code")
    yield from _repeated(tree, _entries(tree, "scale", "bands"), "label")


def _by_section(indicators: list[Entry]) -> Iterable[list[Entry]]:
    sections: dict[str, list[Entry]] = {}
    for path, entry in indicators:
        sections.setdefault(str(entry.get("section")), []).append((path, entry))
    return sections.values()


def _repeated(tree: Tree, entries: list[Entry], *names: str) -> Iterator[Problem]:
    """Entries that share a value of a field that must tell them apart."""
    for name in names:
        first: dict[str | int, Path] = {}
        for path, entry in entries:
            value = entry.get(name)
            if isinstance(value, bool) or not isinstance(value, str | int):
                continue
            if value in first:
                line = tree.lines[(*first[value], name)]
                yield tree.problem((*path, name), f"'{value}' is used twice; the first is on {tree.unit} {line}")
            first.setdefault(value, path)


def _levels_ascend(tree: Tree) -> Iterator[Problem]:
    before: int | None = None
    for path, level in _entries(tree, "scale", "levels"):
        value = level.get("value")
        if isinstance(value, bool) or not isinstance(value, int):
            continue
        if before is not None and value <= before:
            message = f"{value} does not follow {before}; levels go upwards, each once"
            yield tree.problem((*path, "value"), message)
        before = value


def _bands(tree: Tree) -> Iterator[Problem]:
    """Bands start with the lowest level, go upwards, and end on the scale."""
    values = [level.get("value") for _, level in _entries(tree, "scale", "levels")]
    levels = [value for value in values if type(value) is int]
    right = len(levels) == len(values) > 1 and levels == sorted(set(levels))
    starts = [(path, _number(band.get("starts_at"))) for path, band in _entries(tree, "scale", "bands")]
    known = [((*path, "starts_at"), start) for path, start in starts if start is not None]
    if not right or len(known) < len(starts):
        return  # until the levels and all numbers are right, every band would look wrong
    for place, (path, start) in enumerate(known):
        if not place and start != levels[0]:
            yield tree.problem(path, f"the first band starts at the lowest level, {levels[0]}")
        elif place and start <= known[place - 1][1]:
            yield tree.problem(path, f"{start} does not follow {known[place - 1][1]}; bands go upwards")
        elif start > levels[-1]:
            yield tree.problem(path, f"{start} lies above the highest level, {levels[-1]}")


def _number(said: Any) -> Decimal | None:
    return Decimal(said) if isinstance(said, str | int) and NUMBER.fullmatch(str(said)) else None


def _references(tree: Tree) -> Iterator[Problem]:
    sections = _entries(tree, "sections")
    themes = {
        str(entry.get("code")): _values(_within(tree, (path, entry), "themes"), "code") for path, entry in sections
    }
    groups = _values(_entries(tree, "groups"), "code")
    section_codes = _values(sections, "code")
    for path, indicator in _entries(tree, "indicators"):
        section = indicator.get("section")
        yield from _unknown(tree, (path, indicator), "section", section_codes, "there is no section")
        yield from _unknown(tree, (path, indicator), "group", groups, "there is no group")
        if section in section_codes:
            said = f"section '{section}' has no theme"
            yield from _unknown(tree, (path, indicator), "theme", themes[section], said)


def _empty_sections(tree: Tree) -> Iterator[Problem]:
    used = set(_values(_entries(tree, "indicators"), "section"))
    for path, section in _entries(tree, "sections"):
        code = section.get("code")
        if isinstance(code, str) and code not in used:
            yield tree.problem((*path, "code"), f"no indicator belongs to section '{code}'")


def _unknown(tree: Tree, entry: Entry, name: str, known: list[str], said: str) -> Iterator[Problem]:
    path, fields = entry
    code = fields.get(name)
    if isinstance(code, str) and code not in known:
        yield tree.problem((*path, name), f"{said} '{code}'{did_you_mean(code, known)}")


def _variants(tree: Tree) -> Iterator[Problem]:
    variants, indicators = tree.data.get("variants"), _entries(tree, "indicators")
    declared = _values(_entries(tree, "variants"), "code")
    if not isinstance(variants, list) or len(variants) != len(VARIANTS.intersection(declared)):
        return  # until the variants themselves are right, every indicator would look wrong
    for path, indicator in indicators:
        if message := _variant_fault(indicator.get("variant"), declared):
            yield tree.problem((*path, "variant"), message)
    used = _values(indicators, "variant")
    for path, variant in _entries(tree, "variants"):
        if not {variant["code"], "both"} & set(used):
            yield tree.problem((*path, "code"), f"no indicator is asked of '{variant['code']}'")


def _variant_fault(variant: Any, declared: list[str]) -> str | None:
    if variant is None and declared:
        return f"this field is missing; the variants are {', '.join(declared)}"
    if variant == "both" and len(declared) < len(VARIANTS):
        return "'both' needs two variants, and fewer are declared"
    if isinstance(variant, str) and variant in VARIANTS - set(declared):
        return f"'{variant}' is not declared under variants"
    return None


def _supersedes(tree: Tree) -> Iterator[Problem]:
    framework = tree.data.get("framework")
    if isinstance(framework, dict) and "code" in framework and framework.get("supersedes") == framework["code"]:
        yield tree.problem(("framework", "supersedes"), "a framework cannot supersede itself")
    yield from _superseded(tree, _entries(tree, "sections"), "a section", "a renamed section needs a new code")
    yield from _superseded(tree, _entries(tree, "indicators"), "an indicator", "changed meaning needs a new code")


def _superseded(tree: Tree, entries: list[Entry], kind: str, instead: str) -> Iterator[Problem]:
    codes = set(_values(entries, "code"))
    for path, entry in entries:
        replaced = entry.get("supersedes")
        for number, code in enumerate(replaced if isinstance(replaced, list) else ()):
            where = (*path, "supersedes", number)
            if code == entry.get("code"):
                yield tree.problem(where, f"{kind} cannot supersede itself; {instead}")
            elif isinstance(code, str) and code in codes:
                yield tree.problem(where, f"'{code}' is still {kind} of this version")
