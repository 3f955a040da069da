"""An OpenID Connect provider that listens on this machine: oidc-provider-mock, and what a test makes it do wrong."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import flask
import oidc_provider_mock
import requests
from werkzeug.serving import make_server

Answer = Callable[[dict[str, Any]], object]


class Provider:
    """`issuer` is its address. `wrong` maps a path to what becomes of the JSON answered there, `broken` to a status."""

    def __init__(self, app: flask.Flask) -> None:
        self.server = make_server("localhost", 0, app, threaded=True)
        self.issuer = f"http://localhost:{self.server.server_port}"
        self.wrong: dict[str, Answer] = {}
        self.broken: dict[str, int] = {}
        self.token_requests: list[dict[str, str]] = []
        app.before_request(self._hear)
        app.after_request(self._answer)

    def behave(self) -> None:
        for kept in (self.wrong, self.broken, self.token_requests):
            kept.clear()

    def know(self, subject: str, **claims: Any) -> None:
        """Have a person whose sign-ins carry these claims."""
        requests.put(f"{self.issuer}/users/{subject}", json=claims, timeout=5).raise_for_status()

    def sign_in(self, url: str, subject: str, **form: str) -> str:
        """Press the button on the provider's page at `url`; gives the address that the browser is sent to."""
        answer = requests.post(url, data={"sub": subject, **form}, allow_redirects=False, timeout=5)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def _hear(self) -> None:
        if flask.request.path == "/oauth2/token":
            self.token_requests.append(flask.request.form.to_dict())

    def _answer(self, answer: flask.Response) -> flask.Response:
        path = flask.request.path
        if path in self.broken:
            return flask.Response("Out of order", status=self.broken[path])
        if path in self.wrong:
            answer.set_data(json.dumps(self.wrong[path](answer.get_json())))
        return answer


@contextmanager
def openid_provider() -> Iterator[Provider]:
    """A provider that answers until the context ends."""
    provider = Provider(oidc_provider_mock.app())
    thread = threading.Thread(target=provider.server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield provider
    finally:
        provider.server.shutdown()
        thread.join(5)
        provider.server.server_close()
