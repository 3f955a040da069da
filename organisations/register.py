"""The register of trusts and ICBs: a CSV file → checked lines. docs/ORGANISATIONS.md explains the file.

`read_register` checks a file from end to end and touches no database; `registration.store` writes what it returns.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches

from organisations.choices import OrganisationKind

COLUMNS = (
    "ods_code",
    "name",
    "kind",
    "region",
    "care_settings",
    "opened",
    "closed",
    "icbs",
    "successors",
    "code_source",
)
REQUIRED = ("ods_code", "name", "kind", "code_source")
LONGEST = {"name": 200, "region": 100, "code_source": 50}  # as in organisations.models
LARGEST_FILE = 2_000_000  # bytes; the real register has under 30,000
ODS_CODE = re.compile(r"[A-Z0-9]{3,5}")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong with `file`, at `line` (from 1; 0 for the file as a whole), in `column` (may be empty)."""

    file: str
    line: int
    column: str
    message: str

    def __str__(self) -> str:
        where = [self.file, *([str(self.line)] if self.line else [])]
        return ": ".join(part for part in (":".join(where), self.column, self.message) if part)


class FaultyRegister(Exception):
    """The file cannot be loaded; `faults` says why, in the order of its lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__(*map(str, self.faults))


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """One organisation. `icbs` pairs the ODS code of an ICB with the day on which the trust joined it, in order."""

    line: int
    ods_code: str
    name: str
    kind: str
    region: str
    care_settings: tuple[str, ...]
    opened: dt.date | None
    closed: dt.date | None
    icbs: tuple[tuple[str, dt.date], ...]
    successors: tuple[str, ...]
    code_source: str


def read_register(content: bytes, file: str) -> list[OrganisationLine]:
    """Check `content` completely; `file` is its name in faults. Raises FaultyRegister with every fault found."""
    faults: list[Fault] = []
    lines = [_LineReader(file, number, cells, faults).read() for number, cells in _rows(content, file, faults)]
    faults += [Fault(file, line, column, message) for line, column, message in _register_faults(lines)]
    if faults:
        raise FaultyRegister(faults)
    return lines


def _rows(content: bytes, file: str, faults: list[Fault]) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines of the table, each with the number of the line it ends on."""
    reader = csv.reader(io.StringIO(_decoded(content, file), newline=""), strict=True)
    try:
        header = next(reader, [])
        if tuple(header) != COLUMNS:
            raise FaultyRegister([Fault(file, 1, "", f"the first line must be: {','.join(COLUMNS)}")])
        for cells in reader:
            if len(cells) == len(COLUMNS):
                yield reader.line_num, dict(zip(COLUMNS, (cell.strip() for cell in cells), strict=True))
            elif cells:
                message = f"{len(cells)} columns instead of {len(COLUMNS)}; a name with a comma needs quotes"
                faults.append(Fault(file, reader.line_num, "", message))
    except csv.Error as error:
        raise FaultyRegister([*faults, Fault(file, reader.line_num, "", f"this is not CSV: {error}")]) from None
    if reader.line_num < 2:
        faults.append(Fault(file, 1, "", "the file holds no organisation"))


def _decoded(content: bytes, file: str) -> str:
    if len(content) > LARGEST_FILE:
        raise FaultyRegister([Fault(file, 0, "", f"the file is larger than {LARGEST_FILE:,} bytes")])
    try:
        text = content.decode("utf-8-sig")  # spreadsheets put a mark first
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FaultyRegister([Fault(file, line, "", "the file is not UTF-8 text; save it as CSV UTF-8")]) from None
    if "\0" in text:
        raise FaultyRegister([Fault(file, text.count("\n", 0, text.index("\0")) + 1, "", "the file is not text")])
    return text


class _LineReader:
    """Reads the cells of one line; complains into `faults` and goes on with what is right."""

    def __init__(self, file: str, number: int, cells: dict[str, str], faults: list[Fault]) -> None:
        self.file, self.number, self.cells, self.faults = file, number, cells, faults

    def read(self) -> OrganisationLine:
        """The line; where a cell is wrong, its value is empty."""
        self._check_cells()
        return OrganisationLine(
            line=self.number,
            ods_code=self._code("ods_code", self.cells["ods_code"]),
            name=self.cells["name"],
            kind=self._kind(),
            region=self.cells["region"],
            care_settings=self._parts("care_settings"),
            opened=self._date("opened", self.cells["opened"]),
            closed=self._date("closed", self.cells["closed"]),
            icbs=tuple(pair for part in self._parts("icbs") if (pair := self._icb(part))),
            successors=tuple(code for part in self._parts("successors") if (code := self._code("successors", part))),
            code_source=self.cells["code_source"],
        )

    def _complain(self, column: str, message: str) -> None:
        self.faults.append(Fault(self.file, self.number, column, message))

    def _check_cells(self) -> None:
        for column, cell in self.cells.items():
            if not cell and column in REQUIRED:
                self._complain(column, "nothing is given")
            if not cell.isprintable():
                self._complain(column, "the cell holds a line break or a character that cannot be seen")
            if len(cell) > LONGEST.get(column, LARGEST_FILE):
                self._complain(column, f"longer than {LONGEST[column]} characters")

    def _parts(self, column: str) -> tuple[str, ...]:
        cell = self.cells[column]
        parts = tuple(part.strip() for part in cell.split("|")) if cell else ()
        if "" in parts or len(set(parts)) < len(parts):
            self._complain(column, "a list such as a|b holds no empty entry and none twice")
        return tuple(part for part in parts if part)

    def _code(self, column: str, code: str) -> str:
        if ODS_CODE.fullmatch(code):
            return code
        if code:
            self._complain(column, f"'{code}' is not an ODS code: 3 to 5 capital letters and digits")
        return ""

    def _kind(self) -> str:
        kind = self.cells["kind"]
        if kind and kind not in OrganisationKind.values:
            self._complain("kind", f"'{kind}' is not one of {', '.join(OrganisationKind.values)}")
        return kind

    def _date(self, column: str, text: str) -> dt.date | None:
        # fromisoformat alone would also take 20260401 and 2026-W14-3.
        if DATE.fullmatch(text):
            with suppress(ValueError):
                return dt.date.fromisoformat(text)
        if text:
            self._complain(column, f"'{text}' is not a date such as 2026-04-01")
        return None

    def _icb(self, part: str) -> tuple[str, dt.date] | None:
        words = part.split()
        if len(words) != 2:
            self._complain("icbs", f"'{part}' is not an ODS code and a date, such as QKK 2022-07-01")
            return None
        code, day = self._code("icbs", words[0]), self._date("icbs", words[1])
        return (code, day) if code and day else None


Said = Iterator[tuple[int, str, str]]


def _register_faults(lines: list[OrganisationLine]) -> Said:
    """What is wrong between lines: line, column and message."""
    by_code: dict[str, OrganisationLine] = {}
    for line in lines:
        first = by_code.setdefault(line.ods_code, line)
        if line.ods_code and first is not line:
            yield line.line, "ods_code", f"'{line.ods_code}' is given twice; the first is on line {first.line}"
    for line in lines:
        if line.opened and line.closed and line.closed < line.opened:
            yield line.line, "closed", f"{line.closed} comes before it opened on {line.opened}"
        yield from _icb_faults(line, by_code)
        yield from _successor_faults(line, by_code)


def _icb_faults(line: OrganisationLine, by_code: dict[str, OrganisationLine]) -> Said:
    if line.icbs and line.kind == OrganisationKind.ICB:
        yield line.line, "icbs", "only a trust belongs to an ICB"
    days = [day for _, day in line.icbs]
    if days != sorted(set(days)):
        yield line.line, "icbs", "the dates must go upwards"
    for code, day in line.icbs:
        icb = by_code.get(code)
        if icb is None:
            yield line.line, "icbs", _unknown(code, by_code)
        elif icb.kind == OrganisationKind.TRUST:
            yield line.line, "icbs", f"'{code}' is a trust, not an ICB"
        elif (icb.opened and day < icb.opened) or (icb.closed and day > icb.closed):
            yield line.line, "icbs", f"'{code}' did not exist on {day}"


def _successor_faults(line: OrganisationLine, by_code: dict[str, OrganisationLine]) -> Said:
    if line.successors and not line.closed:
        yield line.line, "successors", "an organisation with successors needs the date on which it closed"
    for code in line.successors:
        successor = by_code.get(code)
        if successor is None:
            yield line.line, "successors", _unknown(code, by_code)
        elif successor is line:
            yield line.line, "successors", "an organisation cannot succeed itself"
        elif successor.kind != line.kind:
            yield line.line, "successors", f"'{code}' is not of the same kind"
        elif line.closed and successor.closed and successor.closed <= line.closed:
            yield line.line, "successors", f"'{code}' had closed by then"


def _unknown(code: str, by_code: dict[str, OrganisationLine]) -> str:
    close = get_close_matches(code, filter(None, by_code), n=1)
    hint = f"; did you mean '{close[0]}'?" if close else ""
    return f"there is no organisation '{code}' in this file{hint}"
