"""Frameworks that the portal has never heard of, from their file to the end: nothing in the code knows a framework."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Round
from frameworks.documents.canonical import as_yaml
from frameworks.documents.changes import compare_versions
from frameworks.exchange.stored import stored_document
from frameworks.models import FrameworkVersion
from frameworks.workbooks.reading import read_workbook
from frameworks.workbooks.writing import as_workbook
from organisations.choices import SeatRole
from organisations.models import Organisation
from reports.models import ReportVersion
from reports.pdf.drawing import draw_waiting
from tests.factories import lead_for, lead_of
from tests.other_frameworks.acts import (
    CYBER,
    NURSING,
    answer_all,
    close,
    files_of,
    page,
    round_on,
    said_in,
    text_of,
    upload_and_publish,
    words,
)

pytestmark = pytest.mark.django_db
# What belongs to other frameworks, and must not be said of these.
FOREIGN = re.compile(
    r"WGLL|What Good Looks Like|success measure|competenc(?!e)|Cannot judge|Not applicable|No chance to|"
    r"Not yet in place|Developing|Established|Leading|Digital Boards",
    re.IGNORECASE,
)


def nothing_foreign(*texts: str) -> None:
    for text in texts:
        assert not (found := FOREIGN.search(text)), text[max(0, found.start() - 200) : found.end() + 100]


@pytest.mark.parametrize("file", [CYBER, NURSING], ids=lambda file: file.stem)
def test_a_file_is_loaded_by_command_and_by_upload_alike(file: Path, client: Client) -> None:
    document = said_in(file)
    call_command("load_frameworks", str(file))
    by_command = stored_document(FrameworkVersion.objects.get())
    assert by_command == document
    assert as_yaml(by_command) == as_yaml(document)
    assert read_workbook(as_workbook(by_command)) == document
    later = replace(document.version, code="2027")
    uploaded = upload_and_publish(client, as_yaml(replace(document, version=later)))
    assert compare_versions(by_command, stored_document(uploaded)).any is False


def test_a_cyber_framework_from_its_file_to_a_signed_off_report(client: Client, trust: Organisation) -> None:
    call_command("load_frameworks", str(CYBER))
    version = FrameworkVersion.objects.get()
    client.force_login(lead_for(trust))
    shown = page(client, "frameworks:version", "cyber-readiness", version.code)
    assert "Averages read as: Wide open from 0, Patched from 1.2, Hardened from 2.5." in shown
    round_ = round_on(client, trust, version, target="3")
    for place, response in enumerate(round_.responses.order_by("pk")):
        last = "not-applicable" if place < 3 else "cannot-judge"
        seen = answer_all(client, response, ["0", "3" if place % 2 else "0", "1", "2", last])
    assert "Nothing there" in seen[0]
    assert seen[0].index("Proven") < seen[0].index("Nothing there") < seen[0].index("Not sighted")
    close(client, round_, lead_of(round_))
    results = page(client, "reports:results", round_.pk)
    for said in (
        "1.4</strong> Patched, based on 2 of 2 lines of defence",
        "0.8 (Wide open), based on 3 of 3 indicators",
        "Below 1.2: Wide open. 1.2 to below 2.5: Patched. 2.5 and above: Hardened.",
        "Members chose “Not sighted” in 10% of the answers",
        "from “Wide open” to “Hardened”",
        "Scores by line of defence",
    ):
        assert said in results
    discuss_and_sign_off(client, round_)
    signed = page(client, "reports:results", round_.pk)
    figures, csv, rows = files_of(client, round_)
    assert figures["members"]["band"] == "Patched"
    assert [(section["members"]["score"], section["members"]["band"]) for section in figures["sections"]] == [
        (0.8, "Wide open"),
        (2.0, "Patched"),
    ]
    assert "CY-P2" in csv
    assert any("Wide open" in row for row in rows)
    pdf = text_of(bytes(ReportVersion.objects.get().file.content))
    for said in ("Cyber readiness of the board", "Wide open", "line of defence", "Not sighted", "Level 0"):
        assert said.lower() in pdf.lower(), said
    nothing_foreign(shown, *seen, pdf, signed)


def discuss_and_sign_off(client: Client, round_: Round) -> None:
    """The board settles on the lowest level, 0, for what divides it, takes the medians for the rest, and signs off."""
    today = timezone.localdate()
    on = {f"agreed_on_{part}": getattr(today, part) for part in ("day", "month", "year")}
    listed = page(client, "assessments:discussion", round_.pk)
    assert "divided: 0 to 3" in listed
    posted = {"seen": "", "level": "0", "method": "discussion", "reason": "Nobody could show it", **on}
    answered = client.post(reverse("assessments:discuss", args=[round_.pk, "CY-P2"]), posted, follow=True)
    assert "Recorded for CY-P2: level 0." in words(answered)
    sign_off = page(client, "reports:sign_off", round_.pk)
    seen = re.search(r'name="seen" value="(\w{64})"', sign_off)
    assert seen
    client.post(reverse("reports:sign_off", args=[round_.pk]), {"seen": seen[1]})
    draw_waiting()


def test_a_nursing_framework_for_members_themselves(client: Client, trust: Organisation) -> None:
    version = upload_and_publish(client, NURSING.read_bytes())
    assert stored_document(version) == said_in(NURSING)
    round_ = round_on(client, trust, version)
    for place, response in enumerate(round_.responses.order_by("pk")):
        choices = ["4", "6", "8" if place else "no-chance", "2" if place % 2 else "6"]
        seen = answer_all(client, response, choices)
    for said in ("Together with others", "A story", "Curious", "Not come up"):
        assert said in seen[0]
    close(client, round_, lead_of(round_))
    results = page(client, "reports:results", round_.pk)
    for said in (
        "5.5</strong> In flower, based on 2 of 2 fields of practice",
        "5.0 (Growing), based on 2 of 2 indicators",
        "Below 4.25: Seedling. 4.25 to below 5.5: Growing. 5.5 to below 7: In flower. 7 and above: Bearing fruit.",
        "Answers to single indicators belong to the members",
    ):
        assert said in results
    figures, _, rows = files_of(client, round_)
    assert [section["members"]["band"] for section in figures["sections"]] == ["Growing", "In flower"]
    assert any("In flower" in row for row in rows)
    mine = a_year_on(client, round_)
    nothing_foreign(*seen, results, *mine)


def a_year_on(client: Client, earlier: Round) -> tuple[str, str, str]:
    """A member assesses themselves again, shares it with the chair, and takes their document away."""
    round_ = round_on(client, earlier.organisation, earlier.version)
    responses = {response.seat.role: response for response in round_.responses.select_related("seat", "person")}
    chair, mine = responses[SeatRole.CHAIR].person, responses[SeatRole.NON_EXECUTIVE]
    answer_all(client, mine, ["8", "6", "6", "6"])
    answers = page(client, "assessments:check", mine.pk)
    trend = page(client, "reports:my_trend", mine.pk)
    assert "Over all fields of practice: 5.0 then, 6.5 now, over 4 questions." in trend
    client.post(reverse("assessments:share", args=[mine.pk]), {"chair": chair.pk})
    taken = text_of(client.get(reverse("reports:appraisal_pdf", args=[mine.pk])).content)
    for said in ("I stop a roll-out that is not safe.", "Coaching", "5.0 7.0 +2.0", "fields of practice"):
        assert said in taken
    client.force_login(chair)
    shared = page(client, "assessments:shared", mine.pk)
    assert "Coaching" in shared
    return answers, trend, shared
