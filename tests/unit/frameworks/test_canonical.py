"""Out and in again: the same document, the same bytes."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from frameworks.actions import publish, retire
from frameworks.documents.canonical import as_yaml
from frameworks.documents.document import FrameworkDocument, read_document
from frameworks.exchange.loader import LoadResult, load
from frameworks.exchange.stored import stored_document
from frameworks.models import Framework, FrameworkVersion, GlossaryTerm, Indicator
from tests.unit.frameworks.test_framework_document import document


def again(content: bytes) -> FrameworkDocument:
    read = read_document(content, "again.yaml")
    assert isinstance(read, FrameworkDocument), read
    return read


def test_each_framework_comes_back_as_it_was_stored(documents: list[FrameworkDocument], frameworks: None) -> None:
    for given_document in documents:
        version = FrameworkVersion.objects.get(framework__code=given_document.framework.code)
        stored = stored_document(version)
        assert stored == given_document
        assert again(as_yaml(stored)) == stored
        assert load(again(as_yaml(stored))) is LoadResult.UNCHANGED


def test_a_file_is_canonical_once_it_has_been_written(documents: list[FrameworkDocument]) -> None:
    for given_document in documents:
        assert as_yaml(again(as_yaml(given_document))) == as_yaml(given_document)


# What YAML could take for something else, or break: marks, numbers, words for nothing, quotes, lines, other scripts.
TRICKY = st.sampled_from(
    [
        *("null", "nUll", "~", "TRUE", "no", "12", "-7", "1e3", "2021-10", "2021-08-31", "0x1f", "1_000"),
        *("- a", "a: b", "a #b", "'", '"', "''", "\\", "%", "&a", "*a", "!a", "|", ">", "@", "`", "{}", "[a]", "?"),
        *(":", "a\n\n b", "a\n  b\nc", "---", "..."),
    ]
)
ANY = st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"], include_characters="\n\t"))
TEXT = (TRICKY | ANY | st.lists(TRICKY | ANY, max_size=40).map(" ".join)).map(str.strip).filter(bool)


@given(TEXT, TEXT, TEXT, TEXT)
def test_any_text_survives(title: str, text: str, guidance: str, meaning: str) -> None:
    given_document = document()
    indicator = replace(given_document.indicators[0], text=text, guidance=guidance)
    section = replace(given_document.sections[0], summary=title, summary_by_variant={"ics": meaning})
    changed = replace(given_document, indicators=(indicator, *given_document.indicators[1:]), sections=(section,))
    assert again(as_yaml(changed)) == changed
    assert as_yaml(again(as_yaml(changed))) == as_yaml(changed)


def test_words_from_the_admin_are_tidied(db: None) -> None:
    load(document())
    Indicator.objects.filter(code="T-1").update(text=" One line.\r\nAnother. ")
    GlossaryTerm.objects.create(version=FrameworkVersion.objects.get(), term="A", meaning="x\ry")
    stored = stored_document(FrameworkVersion.objects.get())
    assert stored.indicators[0].text == "One line.\nAnother."
    assert [term.meaning for term in stored.glossary] == ["Integrated care system", "x\ny"]
    assert again(as_yaml(stored)) == stored


@pytest.mark.parametrize("moves", [[], [publish], [publish, retire]], ids=["draft", "published", "retired"])
def test_the_state_is_said_as_a_file_says_it(moves: list[Any], db: None) -> None:
    load(document())
    version = FrameworkVersion.objects.get()
    for move in moves:
        move(version=version)
    assert stored_document(version).version.status == ("published" if moves else "draft")


def test_an_unfinished_draft_can_be_written_out(db: None) -> None:
    framework = Framework.objects.create(code="new", title="New", short_title="New", subject="organisation")
    version = FrameworkVersion(framework=framework, code="2026", title="First", published_on="2026-01-01")
    version.save()
    version.refresh_from_db()
    problems = read_document(as_yaml(stored_document(version)), "new.yaml")
    assert isinstance(problems, list)
    assert "scale.levels" in {problem.field for problem in problems}


def test_big_and_small_frameworks_take_the_same_queries(frameworks: None) -> None:
    counts = set()
    for version in FrameworkVersion.objects.select_related("framework"):
        with CaptureQueriesContext(connection) as captured:
            stored_document(version)
        counts.add(len(captured))
    assert len(counts) == 1
    assert counts.pop() <= 11
