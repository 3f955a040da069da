"""What a reader asks of the report: read from an address, kept as data, and what is then in the report."""

import itertools

import pytest

from reports.content.board_report import board_report
from reports.content.choices import EVERYTHING, Choices, Kind, UnknownChoice, from_query
from reports.content.document import NO_METHOD, NO_PROFILE, NO_SUMMARY
from reports.cover.paper import Paper
from reports.pdf.rendering import report_html
from tests.unit.reports import builders, reading

SECTIONS = ("s1", "s2")


@pytest.mark.parametrize(
    ("query", "choices"),
    [
        ({}, EVERYTHING),
        ({"kind": "full"}, EVERYTHING),
        ({"comments": "yes", "unheard": "of"}, EVERYTHING),
        ({"comments": "no"}, Choices(with_comments=False)),
        ({"file": "pdf"}, EVERYTHING),
        ({"file": "archive", "kind": "summary"}, Choices(Kind.SUMMARY, as_archive=True)),
        ({"kind": "summary"}, Choices(Kind.SUMMARY)),
        ({"kind": "section", "section": "s2"}, Choices(Kind.SECTION, "s2")),
        ({"section": "s2"}, Choices(Kind.SECTION, "s2")),
        ({"kind": "appendix", "section": "s1", "comments": "no"}, Choices(Kind.APPENDIX, "", with_comments=False)),
    ],
)
def test_what_an_address_asks_for(query: dict[str, str], choices: Choices) -> None:
    assert from_query(query, SECTIONS) == choices
    assert from_query({"kind": "full"} | dict(pair.split("=") for pair in choices.query.split("&") if pair), SECTIONS)


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "all"},
        {"kind": "section"},
        {"kind": "section", "section": "s9"},
        {"section": "s9"},
        {"comments": "x"},
        {"file": "docx"},
    ],
)
def test_a_report_that_does_not_exist(query: dict[str, str]) -> None:
    with pytest.raises(UnknownChoice):
        from_query(query, SECTIONS)


def test_no_appendix_where_indicators_are_not_published() -> None:
    with pytest.raises(UnknownChoice):
        from_query({"kind": "appendix"}, SECTIONS, has_indicators=False)


KINDS = ((Kind.FULL, ""), (Kind.SUMMARY, ""), (Kind.SECTION, "s1"), (Kind.SECTION, "s2"), (Kind.APPENDIX, ""))
ALL = [Choices(*kind, *how) for how in itertools.product((True, False), repeat=2) for kind in KINDS]


@pytest.mark.parametrize("choices", ALL, ids=lambda choices: choices.key)
def test_choices_come_back_from_the_address(choices: Choices) -> None:
    assert from_query(dict(pair.split("=") for pair in choices.query.split("&") if pair), SECTIONS) == choices


def test_keys_differ() -> None:
    assert len({choices.key for choices in ALL}) == len(ALL)


def test_what_is_not_asked_for_is_not_in_the_report() -> None:
    short = board_report(builders.plain(), choices=Choices(Kind.SUMMARY))
    assert (short.sections, short.actions, short.method) == ((), (), NO_METHOD)
    assert [finding.anchor for finding in short.findings] == ["differs", "not-judged"]
    one = board_report(builders.plain(), choices=Choices(Kind.SECTION, "s2"))
    assert [section.code for section in one.sections] == ["s2"]
    assert (one.summary, one.profile, one.findings) == (NO_SUMMARY, NO_PROFILE, ())
    assert not any("Indicator 1 of section 1" in words for words in reading.words(one))
    every = board_report(builders.plain(), choices=Choices(Kind.APPENDIX))
    assert [section.code for section in every.sections] == ["s1", "s2"]
    assert every.findings == every.actions == ()


def test_what_speaks_of_the_whole_round_is_not_on_the_cover_of_one_section() -> None:
    own = Paper(own_summary="We know where we stand.")
    for paper in (own, Paper()):
        one = board_report(builders.plain(), choices=Choices(Kind.SECTION, "s2"), paper=paper)
        assert one.cover.executive == ()
        assert "Executive summary" not in report_html(one)
        short = board_report(builders.plain(), choices=Choices(Kind.SUMMARY), paper=paper)
        assert "Executive summary" in report_html(short)


def test_a_part_says_what_it_is() -> None:
    one = board_report(builders.plain(), choices=Choices(Kind.SECTION, "s2"))
    assert one.part == "One section: Section 2"
    assert one.file_name.endswith("-section-s2.pdf")
    assert board_report(builders.plain()).part == ""


def test_a_section_that_the_round_does_not_have() -> None:
    with pytest.raises(UnknownChoice):
        board_report(builders.plain(), choices=Choices(Kind.SECTION, "s9"))
