"""Ten thousand random requests by a signed-in stranger: no error of the portal's own, nothing of another board's."""

import json
import logging
import random
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import quote, quote_from_bytes, urlencode

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from frameworks.models import FrameworkVersion
from tests.security.addresses import ARGUMENT, Forms, routes
from tests.security.scene import SECRET, Board, everything_in, identifiers, make_board, sign_in, snapshot, watching

REQUESTS = 10_000
CHUNKS = 4  # so that they can run side by side
HALVES = (pytest.mark.once, pytest.mark.postgresql)  # each request once, half of them on either database

METHODS = ["GET"] * 5 + ["POST"] * 8 + ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "BREW"]
ODD_BYTES = [b"\x00", b"\xff\xfe", b"\xc3\x28", b"..", b"%", b"\n", b"\xe2\x80\xae", b"a" * 5000, b"'", b'"><script>']
ODD_TEXTS = [
    *("", "0", "-1", "1", "00", "1e9", "NaN", "²", "٣", "None", "true", "on", " ", "x" * 3000, "\x00", "a\x00b"),
    *(
        "9" * 19,
        "9" * 40,
        "9" * 5000,
        "1.5",
        "../../etc/passwd",
        "{{ 7*7 }}",
        "%s%n",
        "' OR 1=1 --",
        "<script>",
        "\r\nX: y",
    ),
    *(
        "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
        "😀" * 50,
        "\u202e",
        "2026-13-45",
        "=cmd()",
    ),
    *("//elsewhere.example/", "https://elsewhere.example/", "javascript:alert(1)", "\\\\elsewhere", "/sign-out/"),
]
HEADERS = {
    "HTTP_HOST": ["elsewhere.example", "testserver:99999", "[::1", "a b", "testserver", "", "t\xe9st", "127.0.0.1:80"],
    "HTTP_RANGE": ["bytes=0-10", "bytes=-1", "bytes=9-1", "lines=1", "bytes=0-" + "9" * 50],
    "HTTP_ACCEPT": ["application/json", "*/*;q=x", "", "text/html;level=" + "1" * 500],
    "HTTP_ACCEPT_LANGUAGE": ["xx-" + "y" * 500, "*", "de;q=9"],
    "HTTP_ACCEPT_ENCODING": ["gzip, br;q=nonsense", "identity;q=0", "*;q=0"],
    "HTTP_X_FORWARDED_FOR": ["1.2.3.4", "nonsense", "1.2.3.4, ' OR 1=1", ",,,", "::1%eth0", "9" * 300],
    "HTTP_X_FORWARDED_HOST": ["elsewhere.example"],
    "HTTP_X_FORWARDED_PROTO": ["https", "gopher"],
    "HTTP_REFERER": ["https://elsewhere.example/", "nonsense", "http://[::1"],
    "HTTP_ORIGIN": ["https://elsewhere.example", "null", "http://testserver", "http://[::1"],
    "HTTP_USER_AGENT": ["", "x" * 5000, "\xff\xfe", "<script>alert(1)</script>"],
    "HTTP_IF_MODIFIED_SINCE": ["yesterday", "Thu, 99 Foo 9999 99:99:99 GMT", "9" * 40],
    "HTTP_IF_NONE_MATCH": ["*", '"x"', '"'],
    "HTTP_X_REQUESTED_WITH": ["XMLHttpRequest"],
    "HTTP_X_HTTP_METHOD_OVERRIDE": ["DELETE"],
    "HTTP_AUTHORIZATION": ["Basic Og==", "Bearer x", "\xff"],
    "HTTP_CONTENT_ENCODING": ["gzip"],
    "HTTP_TRANSFER_ENCODING": ["chunked"],
    "HTTP_EXPECT": ["100-continue"],
    "HTTP_X_CSRFTOKEN": ["", "x" * 64, "\xff"],
    "CONTENT_LENGTH": ["", "0", "-1", "nonsense", "3", "9" * 30],
}
COOKIES = [
    "messages=nonsense; messages=x",
    'other="a\\000b"',
    'csrftoken="\\377\\000"',
    "csrftoken=" + "x" * 32,
    "=; ;;; a==b",
    "x=" + "y" * 5000,
]
CONTENT_TYPES = [
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencoded; charset=nonsense",
    "multipart/form-data; boundary=b",
    "multipart/form-data",
    "multipart/form-data; boundary=" + "b" * 300,
    "application/json",
    "application/xml",
    "text/plain; charset=\xff",
    "nonsense",
    "",
]


class Stranger:
    """A digital lead of another board, who asks for anything at random. The same seed asks the same."""

    def __init__(self, seed: int, own: Board, other: Board) -> None:
        self.random = random.Random(seed)
        self.client = Client(raise_request_exception=False)
        self.key = sign_in(self.client, own.lead)
        self.secrets = identifiers(other)
        self.before = snapshot(self.secrets)
        known = [identifiers(own), self.secrets]
        self.values = [str(value) for owned in known for values in owned.values() for value in values[:20]]
        self.by_argument = _by_argument(known)
        self.fields = self._fields(own)
        every = sorted({route for _, route in routes()})
        self.routes = [route for route in every if not route.startswith("admin/")]
        self.admin_routes = [route for route in every if route.startswith("admin/")]

    def _fields(self, own: Board) -> dict[str, set[str]]:
        """Names of form fields on the board's own pages, with the values that they offer."""
        paths = ["/", *[f"/rounds/{round_.pk}/{page}" for round_ in own.rounds for page in ROUND_PAGES]]
        fields: dict[str, set[str]] = {name: set() for name in ODD_FIELDS}
        for path in paths:
            for _, pairs in Forms(self.client.get(path).content.decode()).forms:
                for name, value in pairs:
                    fields.setdefault(name, set()).add(value)
        return fields

    def value(self, likely: Iterable[str] = ()) -> str:
        """Something likely half of the time, otherwise anything that is known, or odd."""
        likely = sorted(likely)
        if likely and self.random.random() < 0.6:
            return self.random.choice(likely)
        return self.random.choice(self.values if self.random.random() < 0.5 else ODD_TEXTS)

    def path(self) -> str:
        """An address of the portal with odd arguments; now and then nothing like one."""
        if self.random.random() < 0.05:
            return "/" + "".join(self.random.choice(["/", ".", "static/", "admin/", self.value()]) for _ in range(4))
        route = self.random.choice(self.admin_routes if self.random.random() < 0.1 else self.routes)
        path = "/" + ARGUMENT.sub(lambda found: self.value(self.by_argument.get(found["name"] or "", ())), route)
        if self.random.random() < 0.05:
            at = self.random.randrange(len(path) + 1)
            odd = self.random.choice(ODD_BYTES).decode("latin-1")
            path = path[:at] + odd + path[at:]
        return path

    def pairs(self) -> list[tuple[str, str]]:
        count = self.random.choice([0, 1, 3, 10, 10, 30])
        names = self.random.choices(sorted(self.fields), k=count)
        return [(name, self.value(self.fields[name])) for name in names]

    def body(self, content_type: str) -> bytes:
        if content_type.startswith("multipart") and self.random.random() < 0.7:
            parts = [f'--b\r\nContent-Disposition: form-data; name="{name}"{self._file()}\r\n\r\n{value}\r\n'
                     for name, value in self.pairs()]  # fmt: skip
            return ("".join(parts) + self.random.choice(["--b--\r\n", "--b", ""])).encode(errors="replace")
        if content_type == "application/json":
            depth = self.random.choice([1, 100, 20_000])
            return self.random.choice([b"[" * depth + b"]" * depth, json.dumps(dict(self.pairs())).encode(), b"{", b""])
        if self.random.random() < 0.1:
            return self.random.randbytes(200) + self.random.choice(ODD_BYTES)
        return urlencode(self.pairs(), errors="replace").encode()

    def _file(self) -> str:
        names = ["", "", '; filename="a.csv"', '; filename="../../x"', '; filename="\x00"', "; filename*=x''%ff"]
        return self.random.choice(names)

    def extra(self) -> dict[str, str]:
        """Headers as the server hands them over: bytes read as Latin-1."""
        chosen = self.random.sample(sorted(HEADERS), self.random.choice([0, 0, 0, 1, 2, 3]))
        return {name: self.random.choice(HEADERS[name]) for name in chosen}

    def request(self) -> dict[str, Any]:
        method, content_type = self.random.choice(METHODS), self.random.choice(CONTENT_TYPES[:1] * 8 + CONTENT_TYPES)
        query = urlencode(self.pairs()[:5], errors="replace") if self.random.random() < 0.3 else ""
        if self.random.random() < 0.05:
            query += "&" + quote_from_bytes(self.random.choice(ODD_BYTES)) + "=%ff&%=&="
        return {
            "method": method,
            "path": "/",
            "data": self.body(content_type) if method != "GET" else b"",
            "content_type": content_type,
            "PATH_INFO": self.path().encode(errors="replace").decode("latin-1"),
            "QUERY_STRING": query,
            **self.extra(),
        }

    def ask(self) -> str:
        """Make one request and undo it, so that the next finds the same portal. Gives what is wrong with the answer."""
        request = self.request()
        self.client.cookies.clear()
        self.client.cookies[settings.SESSION_COOKIE_NAME] = self.key
        if self.random.random() < 0.1:
            request["HTTP_COOKIE"] = f"{settings.SESSION_COOKIE_NAME}={self.key}; {self.random.choice(COOKIES)}"
        with transaction.atomic():
            wrong = self._wrong(request)
            transaction.set_rollback(True)
        return f"{wrong}: {str(request)[:1500]}" if wrong else ""

    def _wrong(self, request: dict[str, Any]) -> str:
        wrapper, writes = watching()
        with wrapper:
            response = self.client.generic(**request)
        if response.status_code >= 500:
            return f"status {response.status_code}"
        if SECRET.lower() in everything_in(response).lower().replace(quote(SECRET.lower()), SECRET.lower()):
            return "a leak" if SECRET.lower() not in str(request).lower() else ""
        if writes.changed(self.secrets, self.before):
            return "a change"
        return ""


def _by_argument(known: list[dict[str, list[Any]]]) -> dict[str, set[str]]:
    """Likely values of an address's arguments by name: keys of both boards' rows, and words of the frameworks."""
    likely: dict[str, set[str]] = {}
    for owned in known:
        for label, keys in owned.items():
            name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", label.split(".")[-1]).lower()
            likely.setdefault(f"{name}_id", set()).update(str(key) for key in keys[:20])
        likely.setdefault("ods_code", set()).add(owned["text"][0])
    codes = FrameworkVersion.objects.values_list("indicators__code", flat=True)
    likely["indicator_code"] = set(codes[:20])
    words = FrameworkVersion.objects.values_list("framework__code", "code", "sections__code", "pk")
    for framework, version, section, key in words:
        likely.setdefault("code", set()).update([framework, section])
        likely.setdefault("version_code", set()).add(version)
        likely.setdefault("version_id", set()).add(str(key))
    return likely


ODD_FIELDS = (
    "person",
    "next",
    "code",
    "email",
    "name",
    "role",
    "q",
    "o",
    "p",
    "_popup",
    "page",
    "file",
    "rows",
    "save",
)
ROUND_PAGES = (
    *("", "scope/", "members/", "members/new/", "closing-date/", "close/", "cancel/", "comments/"),
    *("actions/", "actions/new/", "sign-off/", "again/", "reopen/", "results/indicators/"),
    *("discussion/", "discussion/DB-Q1/", "discussion/DB-Q1/withdraw/", "medians/"),
)


@pytest.fixture
def quiet() -> Iterator[None]:
    """Ten thousand refusals are not worth reading."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def stranger(digital_boards: FrameworkVersion, leadership: FrameworkVersion) -> Callable[[int], Stranger]:
    other = make_board(SECRET, digital_boards, leadership)
    own = make_board("Fenwick", digital_boards, leadership)
    return lambda seed: Stranger(seed, own, other)


@pytest.mark.long
@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("chunk", [pytest.param(chunk, marks=HALVES[chunk % len(HALVES)]) for chunk in range(CHUNKS)])
def test_no_random_request_breaks_the_portal_or_gets_anything_out_of_it(
    stranger: Callable[[int], Stranger], chunk: int
) -> None:
    asking = stranger(chunk)
    wrong = [problem for _ in range(REQUESTS // CHUNKS) if (problem := asking.ask())]
    assert wrong == []
