"""Ways to break a framework's workbook: a name, the broken bytes, and a part of what must be said about them."""

import datetime as dt
import io
import random
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from openpyxl import load_workbook

from frameworks.documents.document import FrameworkDocument, read_document
from frameworks.workbooks.writing import as_workbook
from tests.broken_frameworks import GOOD

Row = tuple[str, bytes, str]


@cache
def good() -> bytes:
    document = read_document(GOOD.encode(), "good.yaml")
    assert isinstance(document, FrameworkDocument)
    return as_workbook(document)


def saved(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def edited(edit: Callable[[Any], Any]) -> bytes:
    book = load_workbook(io.BytesIO(good()))
    edit(book)
    return saved(book)


def put(sheet: str, cell: str, value: Any) -> Callable[[Any], Any]:
    """An edit that puts a value into a cell, as a person who types over what is there."""

    def edit(book: Any) -> None:
        book[sheet][cell].number_format = "General"
        book[sheet][cell].value = value

    return edit


def hide(book: Any) -> None:
    book["Glossary"].sheet_state = "hidden"


def too_many_rows(book: Any) -> None:
    book["Glossary"].cell(6_000, 1, "x")


def wide(book: Any) -> None:
    book["Groups"].cell(2, 9, "beside the table")


CELLS: tuple[tuple[str, Callable[[Any], Any], str], ...] = (
    ("formula", put("Indicators", "H2", "=1+1"), "Sheet Indicators, row 2, Text: the cell holds a formula"),
    ("dangerous formula", put("Version", "B2", "=HYPERLINK(1)"), "Sheet Version, row 2, Title: the cell holds a form"),
    ("error", put("Indicators", "H2", "#REF!"), "Sheet Indicators, row 2, Text: the cell holds an error, #REF!"),
    ("truth", put("Indicators", "H2", True), "Sheet Indicators, row 2, Text: the cell holds TRUE or FALSE"),
    ("date as code", put("Version", "A2", dt.date(2027, 10, 1)), "Sheet Version, row 2, Code: the cell holds a date"),
    ("time", put("Version", "D2", dt.time(10, 0)), "Sheet Version, row 2, Published: the cell holds a date or a time"),
    ("date as text", put("Version", "D2", "31/01/2026"), "Published: '31/01/2026' is not a date such as 2021-08-31"),
    ("number as date", put("Version", "D2", 46053), "Published: '46053' is not a date"),
    ("words for number", put("Indicators", "C2", "first"), "row 2, Order: 'first' is not a whole number"),
    ("half number", put("Levels", "A2", 1.5), "Sheet Levels, row 2, Value: '1.5' is not a whole number"),
    ("huge number", put("Levels", "A3", 1e300), "Sheet Levels, row 3, Value"),
    ("negative order", put("Groups", "B2", -1), "Sheet Groups, row 2, Order: -1 is less than 1"),
    ("duplicate code", put("Indicators", "A3", "T-1"), "row 3, Code: 'T-1' is used twice; the first is on row 2"),
    ("duplicate order", put("Indicators", "C4", 2), "row 4, Order: '2' is used twice; the first is on row 3"),
    ("missing text", put("Indicators", "H2", None), "Sheet Indicators, row 2, Text: this field is missing"),
    ("blank text", put("Indicators", "H2", "   "), "Sheet Indicators, row 2, Text: this field is missing"),
    ("missing label", put("Framework", "G2", None), "Sheet Framework, row 2, Section label"),
    (
        "unknown section",
        put("Indicators", "B2", "leadin"),
        "row 2, Section: there is no section 'leadin'; did you mean",
    ),
    ("unknown theme", put("Indicators", "E2", "plans"), "row 2, Theme: section 'leading' has no theme 'plans'"),
    ("lost theme", put("Themes", "A2", "leadin"), "Sheet Themes, row 2, Section: there is no section 'leadin'"),
    ("theme of nothing", put("Themes", "A2", None), "Sheet Themes, row 2, Section: there is no section ''"),
    ("theme without label", put("Themes", "C2", None), "Sheet Themes, row 2, Label: this field is missing"),
    ("unknown group", put("Indicators", "F2", "boards"), "row 2, Group: there is no group 'boards'"),
    ("bad variant", put("Indicators", "D2", "icb"), "row 2, Variant: 'icb' is not one of"),
    ("bad wording", put("Indicators", "K2", "recaled"), "did you mean 'recalled'?"),
    (
        "bad summary wording",
        put("Sections", "G2", "sen"),
        "Sheet Sections, row 2, Summary wording: 'sen' is not",
    ),
    ("bad status", put("Version", "C2", "publish"), "did you mean 'published'?"),
    ("bad subject", put("Framework", "E2", "person"), "Sheet Framework, row 2, Subject: 'person' is not one of"),
    ("bad address", put("Version", "F2", "javascript:alert(1)"), "Source url: 'javascript:alert(1)' is not a web addr"),
    ("bad code", put("Indicators", "A2", "T 1"), "row 2, Code: 'T 1' is not a code"),
    ("supersedes itself", put("Indicators", "L4", "T-0, T-3"), "row 4, Supersedes: an indicator cannot supersede its"),
    ("supersedes twice", put("Indicators", "L4", "T-0; T-0"), "row 4, Supersedes: the same is given twice"),
    ("scale upside down", put("Levels", "A3", 0), "Sheet Levels, row 3, Value: 0 does not follow 1"),
    (
        "band below the scale",
        put("Bands", "A2", 0.5),
        "Sheet Bands, row 2, Starts at: the first band starts at the low",
    ),
    ("band as words", put("Bands", "A3", "half"), "Sheet Bands, row 3, Starts at: 'half' is not a number such as 2 or"),
    ("override", put("Indicators", "H2", "The \u202eplan"), "cannot be seen (U+202E)"),
    ("misspelt heading", put("Indicators", "H1", "Txt"), "row 1, Txt: there is no such column; did you mean 'Text'?"),
    ("heading twice", put("Indicators", "I1", "Text"), "row 1, Text: this column is there twice"),
    ("heading as number", put("Indicators", "I1", 7), "row 1, 7: there is no such column"),
    ("cell beside", wide, "Sheet Groups, row 2, column 9: there is no heading above this cell"),
    ("column taken out", lambda book: book["Indicators"].delete_cols(9), "Guidance: this column is missing; keep it"),
    ("no headings", lambda book: book["Levels"].delete_rows(1), "Sheet Levels, row 1"),
    ("empty sheet", lambda book: book["Levels"].delete_rows(1, 9), "Sheet Levels, row 1: the first row must hold"),
    ("sheet taken out", lambda book: book.remove(book["Scale"]), "Sheet Scale: this sheet is missing"),
    ("sheet misspelt", lambda book: setattr(book["Scale"], "title", "Scales"), "did you mean 'Scale'?"),
    ("sheet too many", lambda book: book.create_sheet("Notes"), "Sheet Notes: no sheet of a framework is called so"),
    ("hidden sheet", hide, "Sheet Glossary: this sheet is hidden"),
    ("two versions", lambda book: book["Version"].append(["2027"]), "Sheet Version, row 3: one row is needed below"),
    ("no version", lambda book: book["Version"].delete_rows(2), "Sheet Version, row 2: one row is needed below"),
    ("no indicators", lambda book: book["Indicators"].delete_rows(2, 9), "Sheet Indicators"),
    ("too many rows", too_many_rows, "Sheet Glossary, row 5001: there are more than 5,000 rows"),
)


def repacked(change: Callable[[str, bytes], bytes | None], **more: bytes) -> bytes:
    """The good workbook with each part changed, or left out for None; and `more` parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good())) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if (content := change(name, old.read(name))) is not None:
                new.writestr(name, content)
        for name, content in more.items():
            new.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def with_entities(name: str, content: bytes) -> bytes:
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><worksheet'
    return content.replace(b"<worksheet", bomb) if name.endswith("sheet1.xml") else content


def without(part: str) -> Callable[[str, bytes], bytes | None]:
    return lambda name, content: None if name.endswith(part) else content


def cut(part: str) -> Callable[[str, bytes], bytes | None]:
    return lambda name, content: content[: len(content) // 2] if name.endswith(part) else content


def same(name: str, content: bytes) -> bytes:
    return content


def hundred_thousand_rows(name: str, content: bytes) -> bytes:
    rows = b"".join(b"<row><c><v>1</v></c></row>" for _ in range(100_000))
    return content.replace(b"</sheetData>", rows + b"</sheetData>") if name.endswith("sheet13.xml") else content


DAMAGED, TOO_MUCH, MACROS = "damaged, or no Excel workbook", "unpacked, the workbook has more", "holds macros"


def archives() -> Iterator[Row]:
    """Files that are no workbook, or a bad one."""
    yield "no workbook", b"PK, said the file", DAMAGED
    yield "old Excel", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "with a password"
    yield "cut short", good()[:3000], DAMAGED
    yield "empty archive", b"PK\x05\x06" + b"\0" * 18, DAMAGED
    yield "bomb", repacked(same, xl__media__big=b"\0" * 60_000_000), TOO_MUCH
    yield "bomb in a sheet", repacked(lambda n, c: c + b" " * 9_000_000 if "sheet1" in n else c), TOO_MUCH
    yield "many parts", repacked(same, **{f"p{n}": b"" for n in range(300)}), TOO_MUCH
    yield "a hundred thousand rows", repacked(hundred_thousand_rows), "delete the sheets, rows and formats"
    yield "macros", repacked(same, xl__vbaProject__bin=b"x"), MACROS
    yield "macro type", repacked(lambda n, c: c.replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")), MACROS
    yield "entities", repacked(with_entities), "refers to parts of itself"
    for part in ("Content_Types].xml", "workbook.xml", "sheet1.xml", "workbook.xml.rels"):
        yield f"without {part}", repacked(without(part)), ""
        yield f"half of {part}", repacked(cut(part)), DAMAGED


def scrambled(count: int) -> Iterator[Row]:
    """The good workbook with some bytes of one part changed at random; some of these are still good."""
    chance = random.Random(7)
    names = zipfile.ZipFile(io.BytesIO(good())).namelist()
    for number in range(count):
        victim = chance.choice(names)

        def change(name: str, content: bytes, victim: str = victim) -> bytes:
            if name != victim:
                return content
            at = chance.randrange(len(content))
            return content[:at] + bytes(chance.choices(b'<>"&/=09azAZ', k=6)) + content[at + 6 :]

        yield f"scrambled {number}", repacked(change), ""


def broken_workbooks() -> Iterator[Row]:
    for name, edit, said in CELLS:
        yield name, edited(edit), said
    yield from archives()
