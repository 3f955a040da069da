"""The register of trusts and ICBs: what a file may hold, what is said about a broken one, and what is stored."""

import datetime as dt
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from organisations.models import IcbMembership, Organisation, Succession
from organisations.register import COLUMNS, FaultyRegister, read_register
from organisations.registration import membership_spans, store

HEADER = ",".join(COLUMNS)
GOOD = f"""\
{HEADER}
QAA,NHS Oldshire Integrated Care Board,icb,London,,2022-07-01,2026-03-31,,Q1Z2B,directory
Q1Z2B,"NHS Newshire, Northshire and Southshire Integrated Care Board",icb,London,,2026-04-01,,,,public note
RA1,Oldshire NHS Trust,trust,London,acute|mental health,,,QAA 2022-07-01|Q1Z2B 2026-04-01,,directory
RA2,Tiny NHS Trust,trust,,,2010-04-01,,,,recalled
"""

Break = Callable[[str], str]


def replaced(old: str, new: str) -> Break:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


BROKEN: list[tuple[str, Break, int, str, str]] = [
    ("missing column", replaced(",code_source", ""), 1, "", "the first line must be: ods_code,"),
    ("mistyped column", replaced("region", "regoin"), 1, "", "the first line must be"),
    ("no header", replaced(HEADER + "\n", ""), 1, "", "the first line must be"),
    ("semicolons", lambda text: text.replace(",", ";"), 1, "", "the first line must be"),
    ("unquoted comma", replaced("Tiny NHS", "Tiny, small NHS"), 5, "", "11 columns instead of 10"),
    ("too few columns", replaced(",,,,recalled", ""), 5, "", "6 columns instead of 10"),
    ("unclosed quotes", replaced("RA2,Tiny", 'RA2,"Tiny'), 5, "", "not CSV"),
    ("no code", replaced("RA2,", ","), 5, "ods_code", "nothing is given"),
    ("small letters", replaced("RA2,", "ra2,"), 5, "ods_code", "'ra2' is not an ODS code"),
    ("code too short", replaced("RA2,", "R2,"), 5, "ods_code", "3 to 5 capital letters and digits"),
    ("code too long", replaced("RA2,", "RA2345,"), 5, "ods_code", "'RA2345' is not an ODS code"),
    ("accent in a code", replaced("RA2,", "RÁ2,"), 5, "ods_code", "is not an ODS code"),
    ("other digits", replaced("RA2,", "RA٢,"), 5, "ods_code", "is not an ODS code"),
    ("given twice", replaced("RA2,", "RA1,"), 5, "ods_code", "'RA1' is given twice; the first is on line 4"),
    ("no name", replaced("Tiny NHS Trust", ""), 5, "name", "nothing is given"),
    ("long name", replaced("Tiny NHS Trust", "x" * 201), 5, "name", "longer than 200 characters"),
    ("unseen in a name", replaced("Tiny", "Ti\u202eny"), 5, "name", "cannot be seen"),
    ("line break in a name", replaced("Tiny NHS Trust", '"Tiny\nTrust"'), 6, "name", "line break"),
    ("bad kind", replaced("Tiny NHS Trust,trust", "Tiny NHS Trust,ics"), 5, "kind", "'ics' is not one of trust, icb"),
    ("no source", replaced("recalled", ""), 5, "code_source", "nothing is given"),
    ("bad date", replaced("2010-04-01", "2010-02-30"), 5, "opened", "'2010-02-30' is not a date"),
    ("English date", replaced("2010-04-01", "01/04/2010"), 5, "opened", "is not a date such as 2026-04-01"),
    ("date of a week", replaced("2010-04-01", "2010-W14-4"), 5, "opened", "is not a date"),
    ("closed before opened", replaced("2010-04-01,", "2010-04-01,2009-01-01"), 5, "closed", "comes before it opened"),
    ("empty in a list", replaced("acute|mental health", "acute|"), 4, "care_settings", "no empty entry"),
    ("twice in a list", replaced("acute|mental health", "acute|acute"), 4, "care_settings", "none twice"),
    ("ICB without a date", replaced("QAA 2022-07-01|", "QAA|"), 4, "icbs", "'QAA' is not an ODS code and a date"),
    ("ICB with a bad date", replaced("QAA 2022-07-01|", "QAA 2022|"), 4, "icbs", "'2022' is not a date"),
    (
        "unknown ICB",
        replaced("|Q1Z2B 2026", "|Q1Z2C 2026"),
        4,
        "icbs",
        "no organisation 'Q1Z2C' in this file; did you mean",
    ),
    ("trust as an ICB", replaced("|Q1Z2B 2026", "|RA2 2026"), 4, "icbs", "'RA2' is a trust, not an ICB"),
    (
        "ICB before it opened",
        replaced("Q1Z2B 2026-04-01,", "Q1Z2B 2026-03-01,"),
        4,
        "icbs",
        "'Q1Z2B' did not exist on 2026-03-01",
    ),
    (
        "ICB after it closed",
        replaced("QAA 2022-07-01|Q1Z2B 2026-04-01", "QAA 2026-04-01"),
        4,
        "icbs",
        "'QAA' did not exist",
    ),
    (
        "ICBs out of order",
        replaced("QAA 2022-07-01|Q1Z2B 2026-04-01", "Q1Z2B 2026-04-01|QAA 2022-07-01"),
        4,
        "icbs",
        "upwards",
    ),
    (
        "ICB of an ICB",
        replaced("2026-04-01,,,,public", "2026-04-01,,Q1Z2B 2026-04-01,,public"),
        3,
        "icbs",
        "only a trust",
    ),
    ("unknown successor", replaced("Q1Z2B,directory", "Q1Z2C,directory"), 2, "successors", "no organisation 'Q1Z2C'"),
    ("own successor", replaced("Q1Z2B,directory", "QAA,directory"), 2, "successors", "cannot succeed itself"),
    ("trust succeeds an ICB", replaced("Q1Z2B,directory", "RA1,directory"), 2, "successors", "not of the same kind"),
    ("successor of an open one", replaced("2010-04-01,,,,", "2010-04-01,,,RA1,"), 5, "successors", "needs the date"),
    (
        "successor that had closed",
        replaced("2026-04-01,,,,", "2020-04-01,2021-04-01,,,"),
        2,
        "successors",
        "had closed by then",
    ),
    ("no organisation", lambda text: f"{HEADER}\n", 1, "", "the file holds no organisation"),
    ("empty", lambda text: "", 1, "", "the first line must be"),
    ("nul", replaced("Tiny", "Ti\0ny"), 5, "", "not text"),
]
KNOCK_ON = {
    "ICB before it opened": 0,
    "successor that had closed": 1,
}  # a closed ICB is also one that a trust cannot join


def faults_in(content: bytes) -> list[tuple[int, str, str]]:
    with pytest.raises(FaultyRegister) as faulty:
        read_register(content, "broken.csv")
    return [(fault.line, fault.column, fault.message) for fault in faulty.value.faults]


def stored(content: str = GOOD) -> dict[str, int]:
    return dict(store(read_register(content.encode(), "good.csv")))


@pytest.mark.parametrize(("name", "change", "line", "column", "message"), BROKEN, ids=[row[0] for row in BROKEN])
def test_a_broken_register_is_refused_with_line_column_and_reason(
    name: str, change: Break, line: int, column: str, message: str
) -> None:
    faults = faults_in(change(GOOD).encode())
    assert any(fault[:2] == (line, column) and message in fault[2] for fault in faults), faults
    assert len(faults) == 1 + KNOCK_ON.get(name, 0), faults


def test_what_is_not_text_is_refused() -> None:
    assert faults_in(GOOD.replace("Tiny", "Tin\xff").encode("latin-1"))[0][::2] == (
        5,
        "the file is not UTF-8 text; save it as CSV UTF-8",
    )
    assert "not UTF-8" in faults_in(GOOD.encode("utf-16"))[0][2]
    assert "larger than 2,000,000 bytes" in faults_in(b"x" * 2_000_001)[0][2]


def test_all_faults_are_reported_at_once() -> None:
    broken = GOOD.replace("RA2,", "ra2,").replace("2010-04-01", "soon").replace("acute|", "acute||")
    assert [(line, column) for line, column, _ in faults_in(broken.encode())] == [
        (4, "care_settings"),
        (5, "ods_code"),
        (5, "opened"),
    ]


def test_a_spreadsheet_may_add_a_mark_line_ends_and_spaces() -> None:
    windows = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").replace("RA2,Tiny", " RA2 , Tiny").encode()
    assert read_register(windows, "a.csv") == read_register(GOOD.encode(), "b.csv")


def test_a_membership_runs_until_the_next_or_until_the_icb_closes() -> None:
    trust = next(line for line in read_register(GOOD.encode(), "good.csv") if line.ods_code == "RA1")
    joined, changed, closed = dt.date(2022, 7, 1), dt.date(2026, 4, 1), dt.date(2026, 3, 31)
    spans = [("QAA", joined, closed), ("Q1Z2B", changed, None)]
    assert list(membership_spans(trust, {"QAA": closed, "Q1Z2B": None})) == spans
    assert list(membership_spans(trust, {"QAA": None, "Q1Z2B": None})) == spans
    early = dt.date(2025, 12, 31)
    assert next(membership_spans(trust, {"QAA": early, "Q1Z2B": None})) == ("QAA", joined, early)


@pytest.mark.django_db
def test_organisations_and_relations_are_stored() -> None:
    assert stored() == {"created": 4}
    trust = Organisation.objects.get(ods_code="RA1")
    assert (trust.kind, trust.care_settings, trust.opened_on) == ("trust", ["acute", "mental health"], None)
    assert [str(row) for row in trust.icb_memberships.all()] == [
        "Oldshire NHS Trust in NHS Oldshire Integrated Care Board from 1 July 2022",
        "Oldshire NHS Trust in NHS Newshire, Northshire and Southshire Integrated Care Board from 1 April 2026",
    ]
    succession = Succession.objects.get()
    assert (succession.successor.ods_code, succession.took_effect_on) == ("Q1Z2B", dt.date(2026, 4, 1))


@pytest.mark.django_db
def test_storing_twice_changes_nothing() -> None:
    stored()
    before = [list(model.objects.order_by("pk").values()) for model in (Organisation, IcbMembership, Succession)]
    assert stored() == {"unchanged": 4}
    assert [
        list(model.objects.order_by("pk").values()) for model in (Organisation, IcbMembership, Succession)
    ] == before


@pytest.mark.django_db
def test_a_changed_line_is_stored_and_the_organisation_stays_itself() -> None:
    stored()
    pk = Organisation.objects.get(ods_code="RA2").pk
    assert stored(GOOD.replace("Tiny NHS Trust", "Small NHS Trust")) == {"changed": 1, "unchanged": 3}
    assert Organisation.objects.get(name="Small NHS Trust").pk == pk


@pytest.mark.django_db
def test_a_changed_relation_counts_as_a_change() -> None:
    stored()
    later = GOOD.replace("QAA 2022-07-01|Q1Z2B 2026-04-01", "QAA 2023-01-01").replace(",Q1Z2B,directory", ",,directory")
    assert stored(later) == {"changed": 2, "unchanged": 2}
    assert IcbMembership.objects.get().starts_on == dt.date(2023, 1, 1)
    assert not Succession.objects.exists()


@pytest.mark.django_db
def test_an_organisation_that_left_the_file_stays() -> None:
    stored()
    assert stored("\n".join(line for line in GOOD.splitlines() if "RA2" not in line)) == {"unchanged": 3}
    assert Organisation.objects.filter(ods_code="RA2").exists()


# --- the real file and the command ------------------------------------------------------------------------------------


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("load_organisations", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_the_real_register_loads_and_loads_again() -> None:
    assert run() == "252 organisations: 252 created, 0 changed, 0 unchanged.\n"
    assert run() == "252 organisations: 0 created, 0 changed, 252 unchanged.\n"
    icbs = Organisation.objects.filter(kind="icb")
    assert icbs.exclude(closed_on__lt=dt.date(2026, 4, 1)).exclude(opened_on__gt=dt.date(2026, 3, 31)).count() == 30
    assert (icbs.filter(closed_on=None).count(), icbs.exclude(closed_on=None).count()) == (36, 12)
    assert Organisation.objects.filter(kind="trust").count() == 204
    assert Succession.objects.filter(predecessor__ods_code="QNQ").count() == 3


@pytest.mark.django_db
def test_the_icb_of_a_trust_follows_a_merger_and_is_not_guessed_after_a_split() -> None:
    run()
    now = IcbMembership.objects.filter(ends_on=None)
    assert now.get(trust__ods_code="RC9").icb.ods_code == "S1Y5D"
    for split in ("QM7", "QJG", "QNQ"):
        trusts = Organisation.objects.filter(icb_memberships__icb__ods_code=split)
        assert trusts.exists()
        assert not now.filter(trust__in=trusts).exists()
        assert set(IcbMembership.objects.filter(trust__in=trusts).values_list("ends_on", flat=True)) == {
            dt.date(2026, 3, 31)
        }


@pytest.mark.django_db
def test_nothing_is_written_when_anything_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "broken.csv"
    path.write_text(GOOD.replace("RA2,", "ra2,"), encoding="utf-8")
    errors = io.StringIO()
    with pytest.raises(CommandError, match=r"^1 problem\(s\); nothing was loaded\.$"):
        call_command("load_organisations", str(path), stderr=errors)
    expected = f"{path}:5: ods_code: 'ra2' is not an ODS code: 3 to 5 capital letters and digits\n"
    assert errors.getvalue() == expected
    assert not Organisation.objects.exists()


@pytest.mark.django_db
def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(50_000_000)
    for path, reason in (
        (tmp_path / "missing.csv", "cannot be read: No such file or directory"),
        (tmp_path, "cannot be read: Is a directory"),
        (huge, "the file is larger than 2,000,000 bytes"),
    ):
        errors = io.StringIO()
        with pytest.raises(CommandError):
            call_command("load_organisations", str(path), stderr=errors)
        assert errors.getvalue() == f"{path}: {reason}\n"


def test_the_process_ends_with_status_1_and_no_traceback(tmp_path: Path) -> None:
    path = tmp_path / "broken.csv"
    path.write_text(GOOD.replace("RA2,", "RA1,"), encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "manage.py", "load_organisations", str(path)],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert f"{path}:5: ods_code: 'RA1' is given twice" in ended.stderr
