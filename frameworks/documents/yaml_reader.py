"""Bytes → plain data with line numbers, by the small and safe part of YAML that framework documents need.

Nothing in a file can make objects, run code, refer to other parts (so no "billion laughs"), nest deeply or repeat a
key in silence. Values are text, whole numbers, true, false or nothing; a decimal number stays text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

import yaml

from frameworks.documents.problems import Path, Problem, field_name

LARGEST_FILE = 2_000_000  # bytes; the largest real document has under 100,000
DEEPEST = 12  # levels of nesting; the format has 6
MOST_VALUES = 50_000  # texts, numbers, lists and groups; the largest real document has under 2,000
CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
WHOLE_NUMBER = re.compile(r"-?[0-9]{1,9}")
WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Unreadable(Exception):
    """The file is no plain YAML document; `problems` says why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*map(str, problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Tree:
    """What a file holds: `data` of dicts, lists and values, and for the path of each of them its line, from 1.

    `unit` is what the file counts: lines, or the rows of a sheet.
    """

    file: str
    data: Any
    lines: dict[Path, int] = field(default_factory=dict)
    unit: str = "line"

    def problem(self, path: Path, message: str) -> Problem:
        """A problem at `path`; a missing entry is reported on the line of the nearest thing around it."""
        around = path
        while around and around not in self.lines:
            around = around[:-1]
        return Problem(self.file, self.lines.get(around, 1), field_name(path), message)


def read_yaml(content: bytes, file: str) -> Tree:
    """Read one document from `content`; `file` is its name in problems. Raises Unreadable."""
    text = _decoded(content, file)
    try:
        return _TreeBuilder(text, file).tree()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = f"this is not YAML: {error.problem or error.context or 'the file ends too early'}"
        raise Unreadable(Problem(file, mark.line + 1 if mark else 1, "", message)) from None
    except yaml.YAMLError as error:
        raise Unreadable(Problem(file, 1, "", f"this is not YAML: {error}")) from None


def _decoded(content: bytes, file: str) -> str:
    if len(content) > LARGEST_FILE:
        raise Unreadable(Problem(file, 0, "", f"the file is larger than {LARGEST_FILE:,} bytes"))
    try:
        text = content.decode("utf-8-sig")  # tolerates the mark that some Windows editors put first
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable(Problem(file, line, "", "the file is not UTF-8 text; save it as UTF-8")) from None
    if odd := CONTROL_CHARACTER.search(text):
        line = text.count("\n", 0, odd.start()) + 1
        message = f"the file holds a control character (U+{ord(odd[0]):04X}); it may not be a text file"
        raise Unreadable(Problem(file, line, "", message))
    return text


class _TreeBuilder:
    """Builds a tree from YAML's events; collects every problem that does not stop the reading."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.lines: dict[Path, int] = {}
        self.values = 0
        self.events: Iterator[Any] = yaml.parse(text, Loader=Loader)

    def tree(self) -> Tree:
        next(self.events)  # start of the stream
        if isinstance(next(self.events), yaml.StreamEndEvent):
            raise Unreadable(Problem(self.file, 1, "", "the file is empty"))
        data = self._value(next(self.events), ())
        next(self.events)  # end of the document
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            self._complain(after, (), "a second document starts here; a file holds one")
        if self.problems:
            raise Unreadable(*self.problems)
        return Tree(self.file, data, self.lines)

    def _complain(self, event: Any, path: Path, message: str) -> None:
        self.problems.append(Problem(self.file, event.start_mark.line + 1, field_name(path), message))

    def _give_up(self, event: Any, path: Path, message: str) -> NoReturn:
        self._complain(event, path, message)
        raise Unreadable(*self.problems)

    def _value(self, event: Any, path: Path) -> Any:
        self.lines.setdefault(path, event.start_mark.line + 1)
        self.values += 1
        if self.values > MOST_VALUES:
            self._give_up(event, path, f"the file holds more than {MOST_VALUES:,} values; no framework has so many")
        if isinstance(event, yaml.AliasEvent):
            return self._complain(event, path, f"*{event.anchor} refers to another part of the file; write it out")
        self._refuse_marks(event, path)
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if len(path) == DEEPEST:
            self._give_up(event, path, f"lists and fields are nested more than {DEEPEST} deep")
        return self._mapping(path) if isinstance(event, yaml.MappingStartEvent) else self._sequence(path)

    def _refuse_marks(self, event: Any, path: Path) -> None:
        if event.anchor:
            self._complain(event, path, f"&{event.anchor} marks a part for reuse; this format has no references")
        if event.tag not in (None, "!"):
            self._complain(event, path, f"the tag {event.tag} is not allowed; values are plain text and numbers")

    def _sequence(self, path: Path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path: Path) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            name = self._name(event, path)
            if name in fields:
                earlier = self.lines[(*path, name)]
                self._complain(event, (*path, name), f"this field is given twice; the first is on line {earlier}")
            self.lines.setdefault((*path, name), event.start_mark.line + 1)
            fields[name] = self._value(next(self.events), (*path, name))
        return fields

    def _name(self, event: Any, path: Path) -> str:
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_marks(event, path)
            return str(event.value)
        self._complain(event, path, "the name of a field must be plain text")
        self._value(event, (*path, "?"))
        return "?"


def _scalar(event: Any) -> str | int | bool | None:
    text = str(event.value).strip()
    if event.style:  # quoted or a block of text
        return text
    if text.lower() in WORDS:
        return WORDS[text.lower()]
    return int(text) if WHOLE_NUMBER.fullmatch(text) else text
