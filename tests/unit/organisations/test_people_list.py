"""Reading a list of people as boards' secretaries have it: any separator, any heading, any encoding, no guessing."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisations.choices import SeatRole
from organisations.people.listed import LARGEST_LIST, MOST_PEOPLE, Unreadable, decoded, read_list
from organisations.people.roles import role_meant, yes_meant

ADA = ("Ada Quince", "ada@board.example", SeatRole.NON_EXECUTIVE, True)


def read(text: str) -> list[tuple[object, ...]]:
    assert not [person.problem for person in read_list(text) if person.problem]
    return [(person.name, person.email, person.role, person.is_digital_lead) for person in read_list(text)]


def problem_of(line: str) -> str:
    return read_list(line)[0].problem


@pytest.mark.parametrize(
    "text",
    [
        "Ada Quince,ada@board.example,NED,yes",
        "Ada Quince;ada@board.example;NED;yes",
        "Ada Quince\tada@board.example\tNED\tyes",
        "\ufeffName,E-mail address,Role,Digital lead\r\nAda Quince, ADA@board.example ,Non-Executive Director, Y\r\n",
        "Digital lead;Board role;Telephone;E-Mail;Full name\nx;ned;0123;ada@board.example;Ada  Quince\n",
        '\n\n"Ada Quince" , "ada@board.example" , "non exec" , "TRUE"\n\n;;;\n',
        "Ada\u00a0Quince,ada@board.example,ned,1,,,",
    ],
)
def test_the_same_person_however_it_is_written(text: str) -> None:
    assert read(text) == [ADA]


@pytest.mark.parametrize(
    "content",
    [
        "Zoë Müller,zoe@board.example,Chair".encode(),
        "\ufeffZoë Müller,zoe@board.example,Chair".encode(),
        "Zoë Müller,zoe@board.example,Chair".encode("cp1252"),
        "Zoë Müller\tzoe@board.example\tChair".encode("utf-16"),
    ],
)
def test_encodings(content: bytes) -> None:
    assert read(decoded(content)) == [("Zoë Müller", "zoe@board.example", SeatRole.CHAIR, None)]


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(Unreadable, match="not a text file"):
        decoded(b"PK\x03\x04\x00\x00")


def test_a_comma_in_a_name_needs_quotation_marks() -> None:
    assert read('"Quince, Ada",ada@board.example,NED,yes') == [("Quince, Ada", *ADA[1:])]
    assert "more than four columns" in problem_of("Quince, Ada,ada@board.example,NED,yes")
    assert "“ada” is not an e-mail address" in problem_of("Quince, Ada,ada@board.example,NED")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (",ada@board.example,NED", "The name is missing."),
        ("A" * 151 + ",ada@board.example,NED", "longer than 150"),
        ("Ada,,NED", "The e-mail address is missing."),
        ("Ada,ada@,NED", "“ada@” is not an e-mail address."),
        (f"Ada,ada@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.example.nhs.uk,NED", "longer than 254"),
        ("Ada,ada@board.example,dragon", "“dragon” is not one of the roles: Chair, Non-executive director"),
        ("Ada,ada@board.example,associate NED", "“associate NED” is not one of the roles"),
        ("Ada,ada@board.example,", "The role is missing."),
        ("Ada,ada@board.example,NED,maybe", "Write yes or no"),
        ("Ada", "The e-mail address is missing."),
    ],
)
def test_a_bad_line_says_what_is_wrong(line: str, problem: str) -> None:
    assert problem in problem_of(line)


def test_lines_are_counted_as_an_editor_does_and_repeats_are_found() -> None:
    people = read_list("Name,Email,Role\n\nAda,ada@board.example,Chair\n\nEve,ADA@board.example,NED\n")
    assert [person.line for person in people] == [3, 5]
    assert people[1].problem == "This address is on line 3 already."


def test_a_heading_without_a_column_is_refused() -> None:
    with pytest.raises(Unreadable, match="no column for the role"):
        read_list("Name,Email\nAda,ada@board.example")


def test_a_list_of_nobody_or_too_many_or_too_much_is_refused() -> None:
    for nobody in ("", " \n;;\n", "Name,Email,Role\n"):
        with pytest.raises(Unreadable, match="nobody"):
            read_list(nobody)
    lines = [f"Ada,ada{number}@board.example,NED" for number in range(MOST_PEOPLE + 1)]
    assert len(read_list("\n".join(lines[:-1]))) == MOST_PEOPLE
    with pytest.raises(Unreadable, match="201 people"):
        read_list("\n".join(lines))
    with pytest.raises(Unreadable, match="100 kB"):
        read_list("x" * (LARGEST_LIST + 1))


@pytest.mark.parametrize(
    ("words", "role"),
    [
        *((role.label, role) for role in SeatRole),
        ("NED", SeatRole.NON_EXECUTIVE),
        ("non-exec", SeatRole.NON_EXECUTIVE),
        ("Deputy Chair", SeatRole.NON_EXECUTIVE),
        ("CEO", SeatRole.CHIEF_EXECUTIVE),
        ("Chief Digital & Information Officer", None),
        ("Chief Digital and Information Officer", SeatRole.EXECUTIVE),
        ("EXECUTIVE", SeatRole.EXECUTIVE),
        ("In attendance", SeatRole.ATTENDEE),
        ("", None),
    ],
)
def test_roles_as_people_write_them(words: str, role: SeatRole | None) -> None:
    assert role_meant(words) == role


def test_yes_and_no_and_nothing() -> None:
    assert [yes_meant(words) for words in ("Yes", "n", " - ")] == [True, False, None]


@given(st.text(max_size=300) | st.binary(max_size=300).map(lambda content: content.decode("cp1252", "replace")))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(Unreadable):
        assert all(person.problem or (person.name and person.role) for person in read_list(text))
