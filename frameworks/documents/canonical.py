"""A document → its one canonical file, the same byte for byte whenever the same is said."""

from dataclasses import asdict
from typing import Any

import yaml

from frameworks.documents.document import FrameworkDocument
from frameworks.documents.yaml_reader import WHOLE_NUMBER, WORDS, Tree

WIDTH = 110
ALWAYS = frozenset({"variants", "levels", "non_scores", "sections", "indicators"})  # asked for even if empty
INDICATOR_FIELDS = (
    *("code", "section", "order", "variant", "theme", "group", "question", "text"),
    *("guidance", "source", "wording", "supersedes"),
)
SECTION_FIELDS = (
    *("code", "order", "title", "summary", "summary_by_variant", "summary_wording", "later_title"),
    *("supersedes", "themes"),
)
VERSION_FIELDS = ("code", "title", "status", "published", "updated", "source_url", "licence", "note")


def as_yaml(document: FrameworkDocument) -> bytes:
    """The document as a file that `read_document` reads back as the same."""
    parts = as_data(document).items()
    return "\n".join(
        yaml.dump({name: part}, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH)
        for name, part in parts
    ).encode()


def as_data(document: FrameworkDocument) -> dict[str, Any]:
    """The document as plain data, by docs/framework.schema.json, in the order of docs/FRAMEWORK-FORMAT.md."""
    framework = asdict(document.framework)
    plural = framework.pop("section_label_plural")
    framework["section_label"] = {"singular": framework["section_label"], "plural": plural}
    parts: dict[str, Any] = {
        "framework": framework,
        "version": _ordered(document.version, VERSION_FIELDS),
        "variants": document.variants,
        "scale": document.scale,
        "groups": document.groups,
        "glossary": document.glossary,
        "sections": [_ordered(section, SECTION_FIELDS) for section in document.sections],
        "indicators": [_ordered(indicator, INDICATOR_FIELDS) for indicator in document.indicators],
    }
    data: dict[str, Any] = _without_empty({name: _plain(part) for name, part in parts.items()})
    return data


def tidy(value: Any) -> Any:
    """Words as a file holds them: no space around them, and lines end in one way (browsers send another)."""
    return value.replace("\r\n", "\n").replace("\r", "\n").strip() if isinstance(value, str) else value


def as_tree(document: FrameworkDocument) -> Tree:
    """The document as it would have been read, for the checks that look at that."""
    return Tree(document.tree.file, as_data(document))


def _ordered(entry: Any, names: tuple[str, ...]) -> dict[str, Any]:
    said = asdict(entry)
    return {name: said[name] for name in names}


def _plain(part: Any) -> Any:
    if isinstance(part, tuple | list):
        return [_plain(entry) for entry in part]
    return part if isinstance(part, dict | str | int) or part is None else asdict(part)


def _without_empty(part: Any) -> Any:
    """Leave out what is not said."""
    if isinstance(part, tuple | list):
        return [_without_empty(entry) for entry in part]
    if not isinstance(part, dict):
        return part
    return {name: _without_empty(value) for name, value in part.items() if name in ALWAYS or _is_said(value)}


def _is_said(value: Any) -> bool:
    return value not in ("", None, (), [], {})


class _Dumper(yaml.SafeDumper):
    """Lists stand a step in; texts of several lines are blocks; what our reader would take for no text is quoted."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    odd = text.lower() in WORDS or WHOLE_NUMBER.fullmatch(text)
    style = "'" if odd else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)
