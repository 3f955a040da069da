"""Framework documents: what a good one becomes, and what is said about every kind of broken one."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from frameworks.documents.document import MOST_PROBLEMS, FrameworkDocument, read_document
from frameworks.documents.problems import LONGEST_NAME, Problem
from tests.broken_frameworks import BROKEN, GOOD, Broken

FILES = sorted((settings.BASE_DIR / "fixtures/frameworks").glob("*.yaml"))


def document(text: str = GOOD) -> FrameworkDocument:
    read = read_document(text.encode(), "good.yaml")
    assert isinstance(read, FrameworkDocument), read
    return read


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_a_broken_document_is_refused_with_line_field_and_reason(broken: Broken) -> None:
    problems = read_document(broken.content, "broken.yaml")
    assert isinstance(problems, list)
    found = sorted((problem.line, problem.field) for problem in problems)
    expected = sorted((line, field) for line, field, _ in broken.said)
    assert found == expected, problems
    for line, field, message in broken.said:
        assert any((p.line, p.field) == (line, field) and message in p.message for p in problems), problems


def test_every_broken_row_has_a_name_of_its_own() -> None:
    assert len({broken.name for broken in BROKEN}) == len(BROKEN) >= 30


def test_a_good_document_becomes_plain_frozen_values() -> None:
    read = document()
    assert read.framework.section_label_plural == "themes"
    assert [level.value for level in read.scale.levels] == [1, 2]
    first, _, last = read.indicators
    assert (first.theme, first.group, first.supersedes) == ("plan", "board", ())
    assert (last.theme, last.group, last.supersedes) == (None, None, ("T-0",))


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    windows = read_document(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode(), "windows.yaml")
    assert isinstance(windows, FrameworkDocument)
    assert windows.digest == document().digest


def test_the_digest_follows_the_text_and_not_layout_status_or_empty_lists() -> None:
    digest = document().digest
    assert document(GOOD.replace("status: draft", "status: published")).digest == digest
    assert document(GOOD.replace("title: First", "title:   'First'  # note")).digest == digest
    assert document(GOOD.replace("    wording: seen", "    wording: seen\n    supersedes: []")).digest == digest
    assert document(GOOD.replace("The plan is read.", "The plan is known.")).digest != digest
    assert document(GOOD.replace("order: 3", "order: 4")).digest != digest


@pytest.mark.parametrize(
    ("file", "counts"),
    [("wgll", (7, 143, 89, 94, 40)), ("lcf", (6, 72, 72, 72, 0)), ("digital_boards", (4, 13, 0, 13, 0))],
)
def test_the_real_documents_are_complete(file: str, counts: tuple[int, ...]) -> None:
    path = settings.BASE_DIR / f"fixtures/frameworks/{file}.yaml"
    read = read_document(path.read_bytes(), path.name)
    assert isinstance(read, FrameworkDocument)
    asked = [indicator.variant for indicator in read.indicators]
    of = {variant: sum(one in (variant, "both", "") for one in asked) for variant in ("ics", "organisation")}
    both = asked.count("both")
    assert (len(read.sections), len(asked), of["ics"], of["organisation"], both) == counts
    assert read.version.status == "published"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_an_editor_finds_the_schema_and_agrees_with_it(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    schema = json.loads((path.parent / first.partition("=")[2]).resolve().read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def test_a_problem_reads_file_line_field_message() -> None:
    assert str(Problem("a.yaml", 3, "version.code", "is wrong")) == "a.yaml:3: version.code: is wrong"
    assert str(Problem("a.yaml", 0, "", "cannot be read")) == "a.yaml: cannot be read"


# --- whatever the file, there is an answer and never an exception -----------------------------------------------------


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_in_words(content: bytes) -> None:
    problems = read_document(content, "any.yaml")
    assert isinstance(problems, list)
    assert problems


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.sampled_from(["", "ics", "both", "leading", "plan", "T-1", "x y"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["code", "order", "themes"]), inner),
    max_leaves=6,
)


def _paths(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(found for step, value in inner for found in _paths(value, (*path, step)))][bool(not path) :]


@given(st.data())
def test_a_wrong_value_anywhere_is_answered_in_words(data: st.DataObject) -> None:
    content = yaml.safe_load(GOOD)
    *way, last = data.draw(st.sampled_from(_paths(content)))
    place = content
    for step in way:
        place = place[step]
    place[last] = data.draw(VALUES)
    read = read_document(yaml.safe_dump(content).encode(), "fuzzed.yaml")
    assert isinstance(read, FrameworkDocument) or all(problem.message for problem in read)


def test_a_hundred_thousand_rows_are_refused_soon() -> None:
    started = time.process_time()
    problems = read_document(GOOD.encode() + b"  - {}\n" * 100_000, "big.yaml")
    assert isinstance(problems, list)
    assert "more than 50,000 values" in problems[0].message
    assert time.process_time() - started < 5


def test_five_hundred_problems_are_enough() -> None:
    problems = read_document(GOOD.encode() + b"  - {}\n" * 10_000, "big.yaml")
    assert isinstance(problems, list)
    assert len(problems) == MOST_PROBLEMS


def test_an_endless_name_is_cut() -> None:
    problems = read_document(GOOD.encode() + b"? " + b"x" * 100_000 + b"\n: y\n", "big.yaml")
    assert isinstance(problems, list)
    assert len(problems[0].field) == LONGEST_NAME
