"""A workbook → a checked document, or what is wrong with it by sheet, row and column. No database."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from frameworks.documents.document import MOST_PROBLEMS, FrameworkDocument, checked
from frameworks.documents.problems import Path, Problem
from frameworks.documents.structure import did_you_mean
from frameworks.documents.yaml_reader import WHOLE_NUMBER, Unreadable
from frameworks.workbooks.opening import Page, open_workbook
from frameworks.workbooks.sheets import SHEETS, THEMES, Column, Kind, Sheet, SheetTree

BETWEEN_CODES = re.compile(r"[\s,;]+")
NAMES = frozenset(sheet.name.lower() for sheet in SHEETS)
ALWAYS = {"variants", "levels", "non_scores", "sections", "indicators"}  # lists that a document has even if empty

Row = tuple[int, dict[tuple[str, ...], Any]]  # its number, and its values by the path of their column


def read_workbook(content: bytes) -> FrameworkDocument | list[Problem]:
    """Check a workbook completely: a document, or what is wrong with it."""
    try:
        pages = open_workbook(content, NAMES)
    except Unreadable as unreadable:
        return sorted(unreadable.problems)
    reading = _Reading()
    reading.take(pages)
    if reading.problems:
        return sorted(set(reading.problems))[:MOST_PROBLEMS]
    return checked(reading.tree)


class _Reading:
    """Puts the rows of the sheets where they belong in the tree of a document; collects what is wrong with cells."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.tree = SheetTree("", {}, {}, "row")

    def take(self, pages: list[Page]) -> None:
        found = {page.name.strip().lower(): page for page in pages}
        for page in pages:
            self._look_at(page)
        for sheet in SHEETS:
            if sheet.name.lower() in found:
                self._put(sheet, list(self._rows(sheet, found[sheet.name.lower()])))
            else:
                self._complain(sheet.name, 0, "", "this sheet is missing; keep it, even if it is empty")

    def _complain(self, sheet: str, row: int, heading: str, message: str) -> None:
        self.problems.append(Problem(f"sheet {sheet[:60]}", row, heading, message))

    def _look_at(self, page: Page) -> None:
        if page.hidden:
            self._complain(page.name, 0, "", "this sheet is hidden; show it or delete it")
        if page.name.strip().lower() not in NAMES:
            hint = did_you_mean(page.name, [sheet.name for sheet in SHEETS])
            self._complain(page.name, 0, "", f"no sheet of a framework is called so; delete it{hint}")

    def _rows(self, sheet: Sheet, page: Page) -> Iterator[Row]:
        rows = iter(page.rows)
        number, headings = next(rows, (0, {}))
        if number != 1:
            self._complain(sheet.name, 1, "", "the first row must hold the headings of the columns")
            return
        columns = self._columns(sheet, headings)
        for number, cells in rows:
            values = dict(self._values(sheet, number, columns, cells))
            if values:
                yield number, values

    def _columns(self, sheet: Sheet, headings: dict[int, Any]) -> dict[int, Column]:
        known = {column.heading.lower(): column for column in sheet.columns}
        columns: dict[int, Column] = {}
        for place, cell in headings.items():
            said = str(cell.value).strip()[:60]
            column = known.get(said.lower())
            if column is None:
                hint = did_you_mean(said, [column.heading for column in sheet.columns])
                self._complain(sheet.name, 1, said, f"there is no such column{hint}")
            elif column in columns.values():
                self._complain(sheet.name, 1, said, "this column is there twice")
            else:
                columns[place] = column
        for column in sheet.columns:
            if column not in columns.values():
                self._complain(sheet.name, 1, column.heading, "this column is missing; keep it, even if it is empty")
        return columns

    def _values(
        self, sheet: Sheet, number: int, columns: dict[int, Column], cells: dict[int, Any]
    ) -> Iterator[tuple[tuple[str, ...], Any]]:
        for place, cell in cells.items():
            column = columns.get(place)
            heading = column.heading if column else f"column {place + 1}"
            if message := _fault(cell, column):
                self._complain(sheet.name, number, heading, message)
            elif column and (value := _value(cell.value, column.kind)) not in ("", []):
                yield column.path, value

    def _put(self, sheet: Sheet, rows: list[Row]) -> None:
        if sheet.single and len(rows) != 1:
            message = f"one row is needed below the headings; there are {len(rows)}"
            return self._complain(sheet.name, rows[1][0] if rows else 2, "", message)
        if sheet is THEMES:
            return self._put_themes(rows)
        *above, last = sheet.part
        around: Any = self.tree.data
        for step in above:
            around = around.setdefault(step, {})
        if sheet.single:
            around[last] = self._entry(sheet.part, rows[0])
        elif rows or last in ALWAYS:
            around[last] = [self._entry((*sheet.part, place), row) for place, row in enumerate(rows)]
        return None

    def _put_themes(self, rows: list[Row]) -> None:
        sections: list[dict[str, Any]] = self.tree.data.get("sections", [])
        places = {section.get("code"): place for place, section in reversed([*enumerate(sections)])}
        for number, values in rows:
            code = values.pop(("section",), "")
            if code not in places:
                hint = did_you_mean(code, [place for place in places if place])
                self._complain(THEMES.name, number, "Section", f"there is no section '{code}'{hint}")
                continue
            themes = sections[places[code]].setdefault("themes", [])
            themes.append(self._entry(("sections", places[code], "themes", len(themes)), (number, values)))

    def _entry(self, path: Path, row: Row) -> dict[str, Any]:
        """The row as a group of fields; notes where it stands."""
        number, values = row
        entry: dict[str, Any] = {}
        self.tree.lines[path] = number
        for steps, value in values.items():
            inner = entry
            for step in steps[:-1]:
                inner = inner.setdefault(step, {})
            inner[steps[-1]] = value
            self.tree.lines[*path, *steps] = number
        return entry


def _fault(cell: Any, column: Column | None) -> str:
    """Why what a cell holds cannot be taken; "" if it can."""
    value = cell.value
    if cell.data_type == "f":
        return "the cell holds a formula; put what it shows in its place"
    if cell.data_type == "e":
        return f"the cell holds an error, {value}"
    if isinstance(value, bool):
        return "the cell holds TRUE or FALSE; format it as text and write it again"
    if isinstance(value, dt.date | dt.time | dt.timedelta) and not (
        column and column.kind is Kind.DATE and isinstance(value, dt.date)
    ):
        return "the cell holds a date or a time; format it as text and write it again"
    return "" if column or not str(value).strip() else "there is no heading above this cell"


def _value(value: Any, kind: Kind) -> Any:
    """What a cell says as a document says it; what does not fit is left for the checks to name."""
    if isinstance(value, dt.date):
        return value.date().isoformat() if isinstance(value, dt.datetime) else value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if kind is Kind.NUMBER and isinstance(value, int):
        return value
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").strip()
    if kind is Kind.NUMBER and WHOLE_NUMBER.fullmatch(text):
        return int(text)
    return [code for code in BETWEEN_CODES.split(text) if code] if kind is Kind.CODES else text
