"""Reading figures back from each file, as (section's code, indicator's code, figure, answer) → number or None."""

import csv
import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import openpyxl

Key = tuple[str, str, str, str]
Read = dict[Key, float | None]

OF_INDICATOR = {
    "Mean": "mean",
    "Median": "median",
    "Lowest": "lowest",
    "Highest": "highest",
    "Average distance from the median": "distance",
}
OF_SECTION = {
    "Level held throughout": "level_held",
    "Target": "target",
    "Gap: target less score": "gap",
    "Cannot judge": "cannot_judge_share",
}
IN_SHEET = {
    "Score": "Score",
    "Level held throughout": "Level held throughout",
    "Target": "Target",
    "Gap (target less score)": "Gap: target less score",
    "Cannot judge": "Cannot judge",
    "Mean": "Mean",
    "Median": "Median",
    "Lowest": "Lowest",
    "Highest": "Highest",
    "Average distance": "Average distance from the median",
}
COUNTED = "Members who gave this answer"


def from_json(document: dict[str, Any]) -> Read:
    read: Read = {("", "", "Score", ""): document["members"]["score"]}
    read["", "", "Change since last round", ""] = document["change"]["difference"]
    for section in document["sections"]:
        of = section["code"]
        read[of, "", "Score", ""] = section["members"]["score"]
        read[of, "", "Change since last round", ""] = section["change"]["difference"]
        read |= {(of, "", figure, ""): section[field] for figure, field in OF_SECTION.items()}
        for one in section["indicators"]:
            read |= {(of, one["code"], figure, ""): one[field] for figure, field in OF_INDICATOR.items()}
            for count in one["levels"]:
                read[of, one["code"], COUNTED, f"{count['level']} {count['label']}"] = count["members"]
            for count in one["other_answers"]:
                read[of, one["code"], COUNTED, count["label"]] = count["members"]
    return read


def from_csv(text: str) -> Read:
    wanted = {*OF_INDICATOR, *OF_SECTION, COUNTED, "Score", "Change since last round"}
    read: Read = {}
    for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))):
        assert bool(row["Value"]) != bool(row["Why there is no value"]), row
        if row["Figure"] in wanted and not (row["Figure"] == "Cannot judge" and row["Indicator code"]):
            key = (row["Section code"], row["Indicator code"], row["Figure"], row["Answer"])
            read[key] = float(row["Value"]) if row["Value"] else None
    return read


def from_workbook(content: bytes) -> Read:
    """Also holds that every figure is a number, not a text."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)  # which leaves unread sheets alone
    read: Read = {("", "", "Score", ""): next(rows_of(book["Summary"]))["Figure"]}
    for row in rows_of(book["Sections"]):
        read |= {(row["Code"], "", IN_SHEET[name], ""): row[name] for name in row if name in IN_SHEET}
    for row in rows_of(book["Change since last round"]):
        read[row["Code"] or "", "", "Change since last round", ""] = row["Change"]
    sections = {row[title]: row["Code"] for row in rows_of(book["Sections"]) for title in list(row)[1:2]}
    for row in rows_of(book["Indicators"]) if "Indicators" in book.sheetnames else ():
        of = (sections[row["Section"]], row["Code"])
        read |= {(*of, IN_SHEET[name], ""): row[name] for name in row if name in IN_SHEET and name != "Cannot judge"}
        for name in row:
            if name.startswith("Members: ") and row[name] is not None:
                read[*of, COUNTED, name.removeprefix("Members: ")] = row[name]
    assert all(figure is None or isinstance(figure, int | float) for figure in read.values())
    return read


def rows_of(page: Any) -> Iterator[dict[str, Any]]:
    headings, *rows = page.iter_rows(values_only=True)
    return (dict(zip(headings, row, strict=True)) for row in rows)


class Rows(HTMLParser):
    """The rows of all tables of a page: the text of the row's heading, then that of the rest."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._in_cell = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"} and self.rows:
            self.rows[-1].append("")
            self._in_cell = True

    def handle_endtag(self, tag: str) -> None:
        self._in_cell = self._in_cell and tag not in {"td", "th"}

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.rows[-1][-1] += f" {data}"


def numbers_beside(table_rows: list[list[str]], heading: str) -> list[list[str]]:
    """The numbers in each row that is headed so, as they are printed."""
    found = [row[1:] for row in table_rows if row and f"{row[0]} ".startswith(f"{heading} ")]
    return [re.findall(r"[+\N{MINUS SIGN}]?\d+(?:\.\d+)?", " ".join(row)) for row in found]


def rows_in(html: str) -> list[list[str]]:
    return [[" ".join(cell.split()) for cell in row] for row in Rows(html).rows]
