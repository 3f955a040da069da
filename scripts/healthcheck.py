"""Exits with 0 if the server in this container answers /healthz with 200, else with 1. Standard library only."""

import os
import sys
from http.client import HTTPConnection


def host_name(allowed_hosts: str) -> str:
    """A name that Django answers to, from ALLOWED_HOSTS ("portal.example.org,.example.net", "*")."""
    first = allowed_hosts.split(",")[0].strip()
    return "localhost" if first in {"", "*"} else first.removeprefix(".")


def answer(port: int, host: str) -> int:
    """HTTP status of /healthz on this machine, asked as the proxy in front asks. Raises OSError if nobody listens."""
    connection = HTTPConnection("127.0.0.1", port, timeout=4)
    connection.request("GET", "/healthz", headers={"Host": host, "X-Forwarded-Proto": "https"})
    return connection.getresponse().status


if __name__ == "__main__":
    status = answer(int(os.environ.get("PORT", "8000")), host_name(os.environ.get("ALLOWED_HOSTS", "")))
    sys.exit(0 if status == 200 else f"/healthz answered {status}")
