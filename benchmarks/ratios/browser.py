"""A member's requests, handed straight to Django as a web server does: no test client's own costs in between."""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.bare_wsgi import bare_handler
from benchmarks.boards import Member

HOST = "testserver"
TRANSACTION_WORDS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT")


class Browser:
    """Signed in as `member`. `bare`: served under startproject's middleware in place of the portal's."""

    def __init__(self, member: Member, *, bare: bool = False) -> None:
        self._member = member
        self._handler = bare_handler() if bare else WSGIHandler()

    @staticmethod
    def _start(status: str, headers: list[tuple[str, str]], failure: Any = None, /) -> Callable[[bytes], object]:
        """What a web server would send; the answer itself is looked at instead."""
        return lambda content: None

    def get(self, address: str) -> bytes:
        """The page at `address`. Raises AssertionError for anything but 200."""
        return self._ask({"REQUEST_METHOD": "GET"}, address, b"", "200")

    def post_form(self, address: str, fields: dict[str, str]) -> bytes:
        """Send a form. Raises AssertionError for anything but a redirect."""
        return self._ask(_post("application/x-www-form-urlencoded"), address, urlencode(fields).encode(), "302")

    def post_json(self, address: str, document: dict[str, Any]) -> bytes:
        """Send JSON. Raises AssertionError for anything but 200."""
        return self._ask(_post("application/json"), address, json.dumps(document).encode(), "200")

    def _ask(self, environ: dict[str, Any], address: str, body: bytes, expected: str) -> bytes:
        answer = self._handler(_environ(self._member, address, body) | environ, self._start)
        try:
            content = b"".join(answer)
        finally:
            answer.close()
        got = str(answer.status_code)
        if got != expected:
            raise AssertionError(f"{address}: {got} in place of {expected}: {content[:300]!r}")
        return content


def _post(content_type: str) -> dict[str, str]:
    return {"REQUEST_METHOD": "POST", "CONTENT_TYPE": content_type}


def _environ(member: Member, address: str, body: bytes) -> dict[str, Any]:
    return {
        "PATH_INFO": address,
        "SERVER_NAME": HOST,
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": HOST,
        "HTTP_ORIGIN": f"http://{HOST}",
        "HTTP_COOKIE": member.cookies,
        "HTTP_X_CSRFTOKEN": member.csrf,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
    }


def queries_of(browser_asks: Callable[[], object]) -> int:
    """How many queries a call makes, the words that begin and end a transaction aside."""
    with CaptureQueriesContext(connection) as captured:
        browser_asks()
    return sum(not query["sql"].startswith(TRANSACTION_WORDS) for query in captured.captured_queries)
