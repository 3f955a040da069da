"""Reading a list of people that was pasted or uploaded: name, e-mail, role, digital lead; one person a line.

Tolerant of what spreadsheets make of it: comma, semicolon or tab; a heading row or none, its columns in any order; byte
order marks; Windows-1252. It never guesses at content: "Quince, Ada" without quotes is two columns, and says so.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from organisations.choices import SeatRole
from organisations.models import User
from organisations.models.user import UserManager
from organisations.people.roles import plain, role_meant, yes_meant

MOST_PEOPLE = 200
LARGEST_LIST = 100_000  # bytes, once it is UTF-8
SEPARATORS = "\t;,"
COLUMNS = ("name", "email", "role", "lead")
HEADINGS = {
    "name": {"name", "full name", "member", "person"},
    "email": {"email", "e mail", "mail", "email address", "e mail address", "work email", "work e mail"},
    "role": {"role", "role on the board", "board role", "position", "title"},
    "lead": {"lead", "digital lead", "is digital lead"},
}
NAME_LENGTH: int = User._meta.get_field("name").max_length or 0
EMAIL_LENGTH: int = User._meta.get_field("email").max_length or 0

ADDRESS = re.compile(r"[^\s,;]+@[^\s,;]+")  # near enough to tell separators apart

Cells = list[str]


class Unreadable(ValueError):
    """The list as a whole cannot be used; the text says why, for a person to read."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list: what was read, or the `problem` that it has."""

    line: int  # as a text editor counts
    name: str
    email: str
    role_typed: str
    role: SeatRole | None = None
    is_digital_lead: bool | None = None  # None: not said
    problem: str = ""


def decoded(content: bytes) -> str:
    """The text of an uploaded file: UTF-8, UTF-16 with its mark, else Windows-1252. Raises Unreadable for no text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise Unreadable("This is not a text file. Save the list as CSV and upload that.")
    return text


def read_list(text: str) -> list[Listed]:
    """The people of a list, one for each line that is not empty, each checked on its own and against the others.

    Raises Unreadable when it is too long or has nobody in it, or when its heading row leaves out a column.
    """
    text = "\n".join(text.lstrip("\ufeff").splitlines())
    if len(text.encode()) > LARGEST_LIST:
        raise Unreadable("The list is longer than 100 kB. Split it into shorter lists.")
    rows = _rows(text)
    columns = _heading(rows[0][1]) if rows else None
    if columns:
        del rows[0]
    if not rows:
        raise Unreadable("There is nobody in the list.")
    if len(rows) > MOST_PEOPLE:
        raise Unreadable(f"The list has {len(rows)} people, more than {MOST_PEOPLE}. Split it into shorter lists.")
    return list(_without_repeats(_listed(line, cells, columns or {}) for line, cells in rows))


def _rows(text: str) -> list[tuple[int, Cells]]:
    """Line number and cells of every row that has a word in it, by the separator that sets most addresses apart."""
    readings = [list(_split(text, separator)) for separator in SEPARATORS]
    return max(readings, key=lambda rows: (_addresses(rows), sum(len(cells) for _, cells in rows)))


def _addresses(rows: list[tuple[int, Cells]]) -> int:
    return sum(any(ADDRESS.fullmatch(cell) for cell in cells) for _, cells in rows)


def _split(text: str, separator: str) -> Iterator[tuple[int, Cells]]:
    lines = csv.reader(text.splitlines(keepends=True), delimiter=separator, skipinitialspace=True)
    last = 0
    for cells in lines:
        line, last = last + 1, lines.line_num
        clean = [_clean(cell) for cell in cells]
        if any(plain(cell) for cell in clean):
            yield line, clean


def _clean(cell: str) -> str:
    """One space between words, and nothing that cannot be seen."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in cell).split())


def _heading(cells: Cells) -> dict[str, int] | None:
    """Where each column stands; None if the row is no heading. Raises Unreadable for half a heading."""
    found = {column: place for place, cell in enumerate(cells) for column in COLUMNS if plain(cell) in HEADINGS[column]}
    if any("@" in cell for cell in cells) or len(found) < 2:
        return None
    for column, words in (("name", "the name"), ("email", "the e-mail address"), ("role", "the role")):
        if column not in found:
            raise Unreadable(f"The heading row has no column for {words}.")
    return found


def _listed(line: int, cells: Cells, columns: dict[str, int]) -> Listed:
    if not columns and len(cells) > len(COLUMNS) and any(cells[len(COLUMNS) :]):
        problem = "This line has more than four columns. Put quotation marks round a name that has a comma in it."
        return Listed(line, cells[0], cells[1], cells[2], problem=problem)
    name, email, role_typed, lead = (_cell(cells, columns.get(column, at)) for at, column in enumerate(COLUMNS))
    if columns and "lead" not in columns:
        lead = ""
    email = UserManager.normalise(email)
    role = role_meant(role_typed)
    problem = _problem(name, email) or _problem_with_role(role_typed, role)
    try:
        is_lead = yes_meant(lead)
    except ValueError:
        is_lead, problem = None, problem or f"Write yes or no in the column for the digital lead, not “{lead}”."
    return Listed(line, name, email, role_typed, role, is_lead, problem)


def _cell(cells: Cells, place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _problem(name: str, email: str) -> str:
    if not name:
        return "The name is missing."
    if len(name) > NAME_LENGTH:
        return f"The name is longer than {NAME_LENGTH} characters."
    if not email:
        return "The e-mail address is missing."
    try:
        validate_email(email)
    except ValidationError:
        return f"“{email}” is not an e-mail address."
    return "" if len(email) <= EMAIL_LENGTH else f"The e-mail address is longer than {EMAIL_LENGTH} characters."


def _problem_with_role(typed: str, role: SeatRole | None) -> str:
    if role:
        return ""
    known = ", ".join(SeatRole.labels)
    return f"“{typed}” is not one of the roles: {known}." if typed else f"The role is missing. The roles are: {known}."


def _without_repeats(people: Iterator[Listed]) -> Iterator[Listed]:
    """The same people, where every line but the first with an address is a problem."""
    first: dict[str, int] = {}
    for person in people:
        if not person.problem and person.email in first:
            problem = f"This address is on line {first[person.email]} already."
            person = Listed(person.line, person.name, person.email, person.role_typed, problem=problem)
        first.setdefault(person.email, person.line)
        yield person
