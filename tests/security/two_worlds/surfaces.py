"""All that somebody can read: every address of the portal, with every key there is, and every link found there."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from urllib.parse import urlencode, urljoin
from zipfile import ZipFile

from django.test import Client

from assessments.models import Action, Response, Round
from frameworks.models import FrameworkVersion
from organisations.models import Organisation, Seat, User
from reports.exports.files import KINDS
from reports.models import Drawing
from tests.security.addresses import ARGUMENT, routes
from tests.security.scene import sign_in

# Frameworks, and how people get in and out: about no round. The admin has no answers (test_the_admin_has_no_answers).
ELSEWHERE = ("frameworks/", "admin/", "sign-in/", "sign-out/", "account/", "healthz", "acting-for/")
CHOICES = 6  # of a filter's, so many are tried
Seen = dict[str, str]  # address → everything that came back


def looked_around(person: User, others: Collection[User]) -> Seen:
    """Whatever a signed-in person gets to see, with each page's links, filters and orders followed.

    They try the addresses of their own responses and of those of `others`.
    """
    client = Client()
    sign_in(client, person)
    waiting, seen = addresses([person, *others])[::-1], Seen()
    while waiting:
        address = waiting.pop()
        if address not in seen:
            response = client.get(address)
            seen[address] = _text(response)
            waiting += _links(address, response)
    return seen


def glanced(person: User, round_: Round, only: str = "") -> Seen:
    """What a person gets to see who opens every page of a round's own, or those whose route holds `only`."""
    client = Client()
    sign_in(client, person)
    names = {"round_id": [round_.pk]}
    pages = [route for route in about_rounds() if only in route and _arguments(route) == list(names)]
    return {address: _text(client.get(address)) for route in pages for address in _filled(route, names)}


def about_rounds() -> list[str]:
    """The routes of all pages that could tell of a round."""
    return [route for _, route in routes() if not route.startswith(ELSEWHERE)]


def addresses(people: Collection[User]) -> list[str]:
    values = _values(people)
    return [address for route in about_rounds() for address in _filled(route, values)]


def _filled(route: str, values: Mapping[str, list[Any]]) -> Iterator[str]:
    """As many as the longest list of values has; every value of every argument comes up."""
    names = _arguments(route)
    for name in names:
        assert name in values, f"say in {__name__} what <{name}> in an address stands for"
    for number in range(max((len(values[name]) for name in names), default=1)):
        chosen = iter([str(values[name][number % len(values[name])]) for name in names])
        yield "/" + ARGUMENT.sub(lambda found, chosen=chosen: next(chosen), route)  # type: ignore[misc]


def _arguments(route: str) -> list[str]:
    return [found["name"] for found in ARGUMENT.finditer(route)]


def _values(people: Collection[User]) -> dict[str, list[Any]]:
    """What stands for an argument of an address; a new kind of argument needs a line here."""
    last = Round.objects.order_by("pk")[Round.objects.count() - 1]
    rows: dict[str, Any] = {
        "ods_code": Organisation.objects.values_list("ods_code"),
        "round_id": Round.objects.order_by("-pk").values_list("pk"),
        "response_id": Response.objects.filter(person__in=people).order_by("-round", "pk").values_list("pk"),
        "indicator_code": last.indicators().values_list("code"),
        "code": last.scope.values_list("section__code"),
        "action_id": Action.objects.order_by("pk").values_list("pk"),
        "number": [(number,) for number in (1, 2, 3)],
        "version_id": FrameworkVersion.objects.order_by("pk").values_list("pk"),
        "variant": [(variant,) for variant in ("ics", "organisation", "everybody")],
        "drawing_id": Drawing.objects.order_by("pk").values_list("pk"),
        "suffix": [(kind,) for kind in KINDS],
        "seat_id": Seat.objects.order_by("pk").values_list("pk")[:2],
    }
    return {name: [value for (value,) in found] for name, found in rows.items()}


def _text(response: Any) -> str:
    """Status, headers and body."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    headers = dict(response.items())
    if content.startswith(b"PK"):  # the packed size goes with the moment at which it was made
        return f"{response.status_code} {headers | {'Content-Length': ''}}\n{_unpacked(content)}"
    return f"{response.status_code} {headers}\n{content.decode(errors='replace')}"


def _unpacked(workbook: bytes) -> str:
    """A workbook's parts; when it was made, which its properties say, goes by the real clock."""
    with ZipFile(BytesIO(workbook)) as parts:
        texts = {name: parts.read(name).decode(errors="replace") for name in parts.namelist()}
    texts["docProps/core.xml"] = re.sub(r">\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ<", "><", texts["docProps/core.xml"])
    return "\n".join(f"{name}: {text}" for name, text in texts.items())


def _links(address: str, response: Any) -> list[str]:
    """Where a page leads to, within the portal: its links, and its GET forms with each choice of each field."""
    if response.status_code == 302:
        found = [response["Location"]]
    else:
        is_page = response.get("Content-Type", "").startswith("text/html")
        found = Links(response.content.decode()).found if is_page else []
    targets = [urljoin(address, link).split("#")[0] for link in found]
    return [link for link in targets if link.startswith("/") and not link[1:].startswith((*ELSEWHERE, "static/"))]


class Links(HTMLParser):
    """Every address that a page leads to without changing anything."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._form, self._select = "", ""
        self._tried = Counter[str]()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.found.append(given["href"])
        if tag == "form":
            self._form = given.get("action", "") + "?" if given.get("method", "get").lower() == "get" else ""
        if tag == "select":
            self._select = given.get("name", "")
        name = self._select if tag == "option" else given.get("name", "")
        self._tried[name] += 1
        if self._form and name and self._tried[name] <= CHOICES:
            self.found.append(self._form + urlencode({name: given.get("value", "")}))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = ""
