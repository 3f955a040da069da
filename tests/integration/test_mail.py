"""What the portal's mails look like, which way they leave, and the demonstration's mailbox."""

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from organisations.actions import give_seat
from organisations.choices import SeatRole
from organisations.mail import mail_context
from organisations.models import Organisation, Seat
from tests.factories import make_lead, make_organisation, make_seat

ODD = "Ann <script>alert(1)</script>"


def ask_for_a_code(client: Client, address: str) -> EmailMultiAlternatives:
    client.post(reverse("sign_in"), {"email": address})
    message = mail.outbox[-1]
    assert isinstance(message, EmailMultiAlternatives)
    return message


def html_of(message: EmailMultiAlternatives) -> str:
    (alternative,) = message.alternatives
    assert alternative[1] == "text/html"
    return str(alternative[0])


def test_the_code_mail_names_the_portal_the_organisation_and_its_digital_lead(
    trust: Organisation, client: Client
) -> None:
    lead = make_lead(trust)
    message = ask_for_a_code(client, make_seat(trust).person.email)
    for text in (str(message.body), html_of(message)):
        for words in ("Board self-assessment", trust.name, lead.name, lead.email, "works for 10 minutes"):
            assert words in text
    assert message.subject == "Your sign-in code"


def test_a_mail_to_a_stranger_names_no_organisation_and_nobody(trust: Organisation, client: Client) -> None:
    lead = make_lead(trust)
    message = ask_for_a_code(client, "stranger@elsewhere.example")
    for text in (str(message.body), html_of(message)):
        assert "does not belong to a member of a board" in text
        assert trust.name not in text
        assert lead.email not in text


def test_names_are_escaped_in_html_and_plain_in_text(trust: Organisation, client: Client) -> None:
    give_seat(
        by=None, organisation=trust, email="odd@board.example", name=ODD, role=SeatRole.CHAIR, is_digital_lead=True
    )
    message = ask_for_a_code(client, "odd@board.example")
    assert ODD in message.body
    assert "<script" not in html_of(message)


def test_a_contact_for_each_board_where_the_person_sits_today(trust: Organisation) -> None:
    icb, left = make_organisation("A care board"), make_organisation("Left long ago")
    for organisation in (trust, icb, left):
        make_lead(organisation)
    make_lead(trust)
    person = make_seat(trust).person
    for organisation in (icb, left):
        give_seat(by=None, organisation=organisation, email=person.email, name="", role=SeatRole.PARTNER)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Seat.objects.filter(person=person, organisation=left).update(starts_on=yesterday, ends_on=yesterday)
    contacts = mail_context(person.email.upper())["contacts"]
    assert [contact.organisation for contact in contacts] == ["A care board", trust.name]


def test_finding_the_contacts_takes_as_many_queries_for_anyone(trust: Organisation) -> None:
    make_lead(trust)
    for address in (make_seat(trust).person.email, "stranger@elsewhere.example"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            mail_context(address)
        assert len(queries) == 1


# --- which way it leaves ------------------------------------------------------------------------------------------


def backend(**environment: str) -> subprocess.CompletedProcess[str]:
    show = "from django.conf import settings as s; print(s.EMAIL_BACKEND, s.ANYMAIL)"
    env = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "wgll_portal.settings",
        "SECRET_KEY": "x" * 50,
        "ALLOWED_HOSTS": "portal.example.org",
        "DATABASE_URL": "sqlite://:memory:",
        **environment,
    }
    command = [sys.executable, "-c", show]
    return subprocess.run(command, env=env, cwd=django_settings.BASE_DIR, capture_output=True, text=True, check=False)


def test_any_django_backend_by_address() -> None:
    answered = backend(EMAIL_URL="smtp+tls://portal:password@mail.example.org:587")
    assert answered.stdout.startswith("django.core.mail.backends.smtp.EmailBackend")


def test_a_provider_by_its_name_and_its_own_settings() -> None:
    answered = backend(ANYMAIL_PROVIDER="postmark", ANYMAIL_SETTINGS="POSTMARK_SERVER_TOKEN=abc,DEBUG_API_REQUESTS=")
    assert answered.stdout.strip() == (
        "anymail.backends.postmark.EmailBackend {'POSTMARK_SERVER_TOKEN': 'abc', 'DEBUG_API_REQUESTS': ''}"
    )


def test_an_unknown_provider_is_loud() -> None:
    answered = backend(ANYMAIL_PROVIDER="pigeon")
    assert answered.returncode != 0
    assert "ANYMAIL_PROVIDER" in answered.stderr


def test_the_demonstration_never_sends() -> None:
    answered = backend(DEMO="true", ANYMAIL_PROVIDER="postmark")
    assert answered.stdout.startswith("django.core.mail.backends.filebased.EmailBackend")


def test_a_provider_takes_both_parts(trust: Organisation, client: Client) -> None:
    message = ask_for_a_code(client, make_seat(trust).person.email)
    message.connection = get_connection("anymail.backends.test.EmailBackend")
    message.send()
    (sent,) = mail.outbox[-1:]
    parameters = vars(sent)["anymail_test_params"]  # put there by anymail's test backend
    assert parameters["text_body"] == message.body
    assert parameters["html_body"] == html_of(message)


# --- the demonstration's mailbox ----------------------------------------------------------------------------------


@pytest.fixture
def mailbox(settings: Settings, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    return tmp_path


def send(subject: str, text: str = "Text", html: str = "") -> None:
    message = EmailMultiAlternatives(subject, text, "portal@example.org", ["ann@board.example"])
    if html:
        message.attach_alternative(html, "text/html")
    message.send()


def test_there_is_no_mailbox_outside_the_demonstration(mailbox: Path, client: Client, db: None) -> None:
    send("Secret subject")
    assert "Secret subject" not in client.get("/demo/mail/", follow=True).content.decode()


@pytest.mark.urls("tests.demo_urls")
def test_the_mailbox_shows_the_newest_first(mailbox: Path, client: Client, db: None) -> None:
    for subject in ("First one", "Second one, with ümlaut"):
        send(subject)
    page = client.get("/demo/mail/").content.decode()
    assert 0 < page.index("Second one, with ümlaut") < page.index("First one")


@pytest.mark.urls("tests.demo_urls")
def test_an_empty_mailbox_says_so(mailbox: Path, client: Client, db: None) -> None:
    assert "No mail has been sent yet" in client.get("/demo/mail/").content.decode()


@pytest.mark.urls("tests.demo_urls")
def test_a_mail_is_shown_as_text_and_its_html_can_do_nothing(mailbox: Path, client: Client, db: None) -> None:
    send("Both", "Text <b>part</b>", "<p style='color: red'>HTML</p><script>alert(1)</script>")
    (file,) = mailbox.iterdir()
    page = client.get(f"/demo/mail/{file.stem}-0/")
    assert "Text &lt;b&gt;part&lt;/b&gt;" in page.content.decode()
    html = client.get(f"/demo/mail/{file.stem}-0/html/")
    assert "<p style='color: red'>" in html.content.decode()
    assert "sandbox" in html["Content-Security-Policy"]
    assert "default-src 'none'" in html["Content-Security-Policy"]
    assert "script-src" not in html["Content-Security-Policy"]


@pytest.mark.urls("tests.demo_urls")
@pytest.mark.parametrize("key", ["nothing", "settings-0", "..-0"])
def test_only_a_mail_can_be_read(mailbox: Path, client: Client, db: None, key: str) -> None:
    (mailbox.parent / "settings.log").write_text("Subject: outside\n\nsecret")
    assert client.get(f"/demo/mail/{key}/").status_code in {302, 404}
