"""A document as plain texts, each with the name of its place, so that two can be compared. No database."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from types import MappingProxyType

from frameworks.choices import DisplayOrder, Subject, VariantCode, Wording
from frameworks.documents.document import ChoiceEntry, FrameworkDocument, IndicatorEntry, SectionEntry

Texts = dict[str, str]  # by the name of the field
VARIANTS: Texts = dict(VariantCode.choices)
SUBJECTS: Texts = dict(Subject.choices)
WORDINGS: Texts = dict(Wording.choices)


def indicators_in_words(document: FrameworkDocument) -> dict[str, Texts]:
    """By code, the fields of each indicator as a reader knows them; not where it stands."""
    themes = {(section.code, theme.code): theme.label for section in document.sections for theme in section.themes}
    groups = {group.code: group.title for group in document.groups}

    def fields(entry: IndicatorEntry) -> Texts:
        return {
            "Text": entry.text,
            "Guidance": entry.guidance,
            "Asked of": VARIANTS.get(entry.variant, ""),
            "Theme": themes.get((entry.section, entry.theme or ""), ""),
            "Group": groups.get(entry.group or "", ""),
            "Question in the original": "" if entry.question is None else str(entry.question),
            "Source": entry.source,
            "Wording": WORDINGS.get(entry.wording, ""),
        }

    return {entry.code: fields(entry) for entry in document.indicators}


def parts_in_words(document: FrameworkDocument, renamed: Mapping[str, str] = MappingProxyType({})) -> dict[str, Texts]:
    """By a name that stays from version to version, the texts of everything but indicators.

    `renamed` gives the codes under which sections stand in the version that this one is compared with.
    """
    label = document.framework.section_label.capitalize()
    return {
        "Framework": _framework(document),
        "Version": _version(document),
        **{f"Asked of: {VARIANTS[entry.code]}": _named(asdict(entry)) for entry in document.variants},
        **dict(_scale(document)),
        **{f"Group {entry.code}": {"Title": entry.title, "Order": str(entry.order)} for entry in document.groups},
        **{f"{label} {renamed.get(entry.code, entry.code)}": _section(entry) for entry in document.sections},
        **{f"Glossary: {entry.term}": {"Meaning": entry.meaning} for entry in document.glossary},
    }


def _framework(document: FrameworkDocument) -> Texts:
    return _named(asdict(document.framework) | {"subject": SUBJECTS.get(document.framework.subject, "")})


def _version(document: FrameworkDocument) -> Texts:
    said = asdict(document.version)
    return _named(
        {name: said[name] or "" for name in ("title", "published", "updated", "source_url", "licence", "note")}
    )


def _named(fields: dict[str, str]) -> Texts:
    return {name.replace("_", " ").capitalize(): value for name, value in fields.items() if name != "code"}


def _scale(document: FrameworkDocument) -> Iterator[tuple[str, Texts]]:
    scale = document.scale
    order = dict(DisplayOrder.choices).get(scale.display, "")
    yield "Scale", {"Title": scale.title, "Origin": scale.origin, "Rule": scale.rule, "Order": order}
    for level in scale.levels:
        yield f"Level {level.value}", {"Label": level.label, "Description": level.description}
    for place, band in enumerate(scale.bands, 1):
        yield f"Band {place}", {"Starts at": band.starts_at, "Label": band.label}
    yield from _choices("Answer without a level", scale.non_scores)
    yield from _choices("Box for words", scale.extra_fields)


def _choices(kind: str, choices: Iterable[ChoiceEntry]) -> Iterator[tuple[str, Texts]]:
    for choice in choices:
        yield f"{kind}: {choice.code}", {"Label": choice.label, "Description": choice.description}


def _section(entry: SectionEntry) -> Texts:
    put = {f"Summary for: {VARIANTS.get(code, code)}": words for code, words in entry.summary_by_variant.items()}
    return {
        "Title": entry.title,
        "Order": str(entry.order),
        "Summary": entry.summary,
        **put,
        "Wording of the summary": WORDINGS.get(entry.summary_wording, ""),
        "Later title": entry.later_title,
        "Takes the place of": ", ".join(entry.supersedes),
        "Themes": ", ".join(theme.label for theme in entry.themes),
    }
