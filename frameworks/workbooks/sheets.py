"""The sheets of a framework in a workbook: which part of a document stands where. No database, no file."""

from dataclasses import dataclass, replace
from enum import Enum

from frameworks.documents.problems import Path, Problem
from frameworks.documents.yaml_reader import Tree


class Kind(Enum):
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CODES = "codes"  # joined by commas


@dataclass(frozen=True, slots=True)
class Column:
    """`path` leads from an entry of the part to the value; `width` is in characters."""

    heading: str
    path: tuple[str, ...]
    width: int = 20
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Sheet:
    """`part` leads to a list of entries, a row each; if it is `single`, to the one entry."""

    name: str
    part: tuple[str, ...]
    columns: tuple[Column, ...]
    single: bool = False


def _column(name: str, width: int = 20, kind: Kind = Kind.TEXT) -> Column:
    return Column(name.replace("_", " ").capitalize(), (name,), width, kind)


CODE, ORDER = _column("code"), _column("order", 8, Kind.NUMBER)
TITLE, LABEL, DESCRIPTION = _column("title", 40), _column("label", 40), _column("description", 80)
THEMES = Sheet("Themes", ("sections", "themes"), (_column("section"), CODE, LABEL))
SHEETS = (
    Sheet(
        "Framework",
        ("framework",),
        (
            *(
                CODE,
                TITLE,
                _column("short_title"),
                _column("publisher", 40),
                _column("subject"),
                _column("audience", 60),
            ),
            Column("Section label", ("section_label", "singular")),
            Column("Section label plural", ("section_label", "plural")),
            _column("supersedes"),
        ),
        single=True,
    ),
    Sheet(
        "Version",
        ("version",),
        (
            *(CODE, TITLE, _column("status"), _column("published", 20, Kind.DATE), _column("updated", 20, Kind.DATE)),
            *(_column("source_url", 60), _column("licence", 40), _column("note", 60)),
        ),
        single=True,
    ),
    Sheet("Variants", ("variants",), (CODE, TITLE, DESCRIPTION)),
    Sheet(
        "Scale",
        ("scale",),
        (CODE, TITLE, _column("origin", 60), _column("rule", 60), _column("display")),
        single=True,
    ),
    Sheet("Levels", ("scale", "levels"), (_column("value", 8, Kind.NUMBER), LABEL, DESCRIPTION)),
    Sheet("Bands", ("scale", "bands"), (_column("starts_at"), LABEL)),
    Sheet("Non-scores", ("scale", "non_scores"), (CODE, LABEL, DESCRIPTION)),
    Sheet("Extra fields", ("scale", "extra_fields"), (CODE, LABEL, DESCRIPTION)),
    Sheet("Groups", ("groups",), (CODE, ORDER, TITLE)),
    Sheet("Glossary", ("glossary",), (_column("term", 30), _column("meaning", 80))),
    Sheet(
        "Sections",
        ("sections",),
        (
            *(CODE, ORDER, TITLE, _column("summary", 60)),
            Column("Summary for ics", ("summary_by_variant", "ics"), 60),
            Column("Summary for organisation", ("summary_by_variant", "organisation"), 60),
            *(_column("summary_wording"), _column("later_title", 40), _column("supersedes", 24, Kind.CODES)),
        ),
    ),
    THEMES,
    Sheet(
        "Indicators",
        ("indicators",),
        (
            *(CODE, _column("section", 24), ORDER, _column("variant", 14), _column("theme", 24), _column("group", 24)),
            *(
                _column("question", 10, Kind.NUMBER),
                _column("text", 80),
                _column("guidance", 60),
                _column("source", 30),
            ),
            *(_column("wording", 14), _column("supersedes", 24, Kind.CODES)),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class SheetTree(Tree):
    """What a workbook holds; `lines` are rows. A problem names its sheet, its row and the heading of its column."""

    def problem(self, path: Path, message: str) -> Problem:
        found = Tree.problem(self, path, message)
        sheet, inside = _place(path)
        return replace(found, file=f"sheet {sheet.name}", field=_heading(sheet, inside)) if sheet else found


def _place(path: Path) -> tuple[Sheet | None, Path]:
    """The sheet that a path leads into, and what of the path lies within one of its rows."""
    names = tuple(step for step in path if isinstance(step, str))
    fitting = [sheet for sheet in SHEETS if names[: len(sheet.part)] == sheet.part]
    sheet = max(fitting, key=lambda sheet: len(sheet.part), default=None)
    return sheet, names[len(sheet.part) :] if sheet else ()


def _heading(sheet: Sheet, inside: Path) -> str:
    if not inside:
        return ""
    shorter = (column for column in sheet.columns if all(a == b for a, b in zip(column.path, inside, strict=False)))
    return next((column.heading for column in shorter), "")
