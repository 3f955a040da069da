"""Pages that say in words why a request was refused, and give back what was typed."""

import re
from urllib.parse import urlencode

from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assessments.models import Answer
from frameworks.models import FrameworkVersion
from organisations.models import Organisation
from tests.factories import make_lead, make_round
from tests.security.scene import sign_in
from wgll_portal.middleware import LARGEST_BODY

HERE = {"Origin": "http://testserver"}


def strict_client(trust: Organisation, version: FrameworkVersion) -> tuple[Client, str]:
    """A member signed in, with Django's check of forms switched on; the address of their first section."""
    response = make_round(trust, version).responses.all()[0]
    client = Client(enforce_csrf_checks=True)
    client.force_login(response.person)
    url = reverse("assessments:section", args=[response.pk, version.sections.all()[0].code])
    client.get(url)
    return client, url


def test_a_form_of_an_earlier_session_gives_back_what_was_typed(
    trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    client, url = strict_client(trust, digital_boards)
    indicator = digital_boards.sections.all()[0].indicators.all()[0]
    typed = {f"comment-{indicator.pk}": 'Seen on a "visit"', "stop": "Save", "csrfmiddlewaretoken": "x" * 32}
    page = client.post(url, typed, headers=HERE)
    assert page.status_code == 403
    html = page.content.decode()
    assert "This has not been saved yet" in html
    assert "Seen on a &quot;visit&quot;" in html
    assert not Answer.objects.exists()

    typed["csrfmiddlewaretoken"] = str(page.context["csrf_token"])
    assert client.post(url, typed, headers=HERE).status_code == 302
    assert Answer.objects.get().comment == 'Seen on a "visit"'


def test_whoever_is_signed_out_is_led_back_to_the_page_they_were_on(
    trust: Organisation, digital_boards: FrameworkVersion
) -> None:
    client, url = strict_client(trust, digital_boards)
    typed = {"stop": "Save", "csrfmiddlewaretoken": "x" * 32}
    came_from = {**HERE, "Referer": f"http://testserver{url}?from=check"}
    assert "You are signed out" not in client.post(url, typed, headers=came_from).content.decode()
    client.cookies.clear()
    html = client.post(url, typed, headers=came_from).content.decode()
    assert "The answers that were saved before are safe." in html
    assert f'href="{reverse("sign_in")}?{urlencode({"next": f"{url}?from=check"})}"' in html
    elsewhere = {**HERE, "Referer": "https://elsewhere.example/page"}
    html = client.post(url, typed, headers=elsewhere).content.decode()
    assert f'href="{reverse("sign_in")}?{urlencode({"next": "/"})}"' in html


def test_a_file_has_to_be_chosen_again(trust: Organisation) -> None:
    client = Client(enforce_csrf_checks=True)
    sign_in(client, make_lead(trust))
    url = reverse("add_people", args=[trust.ods_code])
    client.get(url)
    listed = b"Name,E-mail,Role\nAda Quince,ada@board.example,NED\n"
    sent = {"text": "", "csrfmiddlewaretoken": "x" * 32}
    page = client.post(url, {**sent, "file": SimpleUploadedFile("board <1>.csv", listed)}, headers=HERE)
    html = page.content.decode()
    assert "Nothing is lost" not in html
    assert "a file has to be chosen again" in html
    assert "Choose board &lt;1&gt;.csv again" in html
    assert re.search(r'<form method="post" action="[^"]+" enctype="multipart/form-data">', html)
    assert re.search(r'<input [^>]*type="file" name="file">', html)

    elsewhere = client.post(url, {**sent, "file": SimpleUploadedFile("Call this number", b"x")})
    assert "Call this number" not in elsewhere.content.decode()

    sent["csrfmiddlewaretoken"] = str(page.context["csrf_token"])
    preview = client.post(url, {**sent, "file": SimpleUploadedFile("board.csv", listed)}, headers=HERE)
    assert "Ada Quince" in preview.content.decode()


def test_another_site_cannot_put_words_on_our_pages(trust: Organisation, digital_boards: FrameworkVersion) -> None:
    client, url = strict_client(trust, digital_boards)
    for headers in ({}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}):
        page = client.post(url, {"stop": "Call this number"}, headers=headers)
        assert page.status_code == 403
        assert "Call this number" not in page.content.decode()


def test_a_form_that_is_too_long_gets_a_page_in_words(trust: Organisation, digital_boards: FrameworkVersion) -> None:
    client, url = strict_client(trust, digital_boards)
    too_long = "x" * (django_settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    body = f"stop={too_long}"
    page = client.post(url, body, content_type="application/x-www-form-urlencoded")
    assert page.status_code == 413
    assert "That is too much at once" in page.content.decode()


def test_too_many_fields_get_the_same_page(trust: Organisation, digital_boards: FrameworkVersion) -> None:
    client, url = strict_client(trust, digital_boards)
    body = "a=1&" * (django_settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)
    assert client.post(url, body, content_type="application/x-www-form-urlencoded").status_code == 413


def test_a_body_larger_than_any_page_takes_is_not_even_read(client: Client, db: None) -> None:
    for length in (str(LARGEST_BODY + 1), "9" * 30):
        answer = client.post(reverse("sign_in"), CONTENT_LENGTH=length)
        assert answer.status_code == 413


def test_null_characters_are_refused_wherever_they_stand(client: Client, db: None) -> None:
    client.cookies["sessionid"] = "abcdefgh"
    assert client.get("/organisations/X%00/rounds/new/").status_code == 400
    assert client.get("/sign-in/?next=%00").status_code == 400
    assert client.get("/sign-in/?%00=1").status_code == 400
    client.cookies.load('sessionid="abcd\\000efgh"')
    page = client.get("/sign-in/")
    assert page.status_code == 400
    assert "The portal did not understand" in page.content.decode()


def test_a_host_that_is_not_ours_gets_a_plain_page(client: Client, db: None) -> None:
    page = client.get("/", headers={"Host": "elsewhere.example"})
    assert page.status_code == 400
    assert "The portal did not understand" in page.content.decode()
    assert page["Content-Security-Policy"]


def test_methods_that_no_page_needs_are_refused(client: Client, db: None) -> None:
    for method in ("TRACE", "PUT", "DELETE", "BREW"):
        assert client.generic(method, "/sign-in/").status_code == 405
