"""Places of the history and what stood there, as a reader knows them."""

import datetime as dt
from typing import Any

from django.apps import apps
from django.db.models import DateField, Field

from frameworks.choices import VariantCode
from frameworks.documents.changes import TextChange
from frameworks.documents.word_diff import word_diff
from frameworks.history.places import Place, Said, wording_fields

VARIANTS: dict[str, str] = dict(VariantCode.choices)
THE_WHOLE = "The whole version"
NAMES = {
    "": THE_WHOLE,
    "frameworkversion": "The version itself",
    "variant": "Asked of: {code}",
    "scale": "Scale",
    "level": "Level {code}",
    "band": "Band from {code}",
    "nonscore": "Answer without a level: {code}",
    "extrafield": "Box for words: {code}",
    "group": "Group {code}",
    "glossaryterm": "Glossary: {code}",
    "section": "{section} {code}",
    "theme": "Theme {code}",
    "indicator": "Indicator {code}",
}


def place_in_words(place: Place, section_label: str) -> str:
    """ "Indicator WO-03"; `section_label` is what the framework calls a section."""
    code = VARIANTS.get(place.code, place.code) if place.kind == "variant" else place.code
    return NAMES[place.kind].format(code=code, section=section_label.capitalize())


def text_changes(kind: str, before: Said | None, after: Said | None) -> tuple[TextChange, ...]:
    """What differs, field by field and word by word."""
    was, now = before or {}, after or {}
    changes = []
    for field in wording_fields(apps.get_model("frameworks", kind)):  # PostgreSQL keeps no order of what is in JSON
        pair = was.get(field.name), now.get(field.name)
        if field.name == "code" and not (before and after):
            continue  # the place says it
        if pair[0] != pair[1] and any(pair):
            label = str(field.verbose_name)
            changes.append(TextChange(label[0].upper() + label[1:], word_diff(*(_words(field, said) for said in pair))))
    return tuple(changes)


def _words(field: Field[Any, Any], said: Any) -> str:
    if said in (None, ""):
        return ""
    if isinstance(said, dict):
        return " ".join(f"{VARIANTS.get(name, name)}: {words}" for name, words in said.items())
    if isinstance(said, list):
        return ", ".join(said)
    if isinstance(field, DateField):
        return f"{dt.date.fromisoformat(said):%-d %B %Y}"
    return str(dict(field.flatchoices).get(said, said))
