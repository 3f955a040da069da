"""Exits with 0 if this container is well, else with 1. Standard library only.

Without arguments: the server answers /healthz with 200. With the path of a heartbeat: the worker has just touched it.
"""

import os
import sys
import time
from http.client import HTTPConnection

STILL_ALIVE = 180  # seconds; the worker's heart beats once a minute, after the mail in hand


def host_name(allowed_hosts: str) -> str:
    """A name that Django answers to, from ALLOWED_HOSTS ("portal.example.org,.example.net", "*")."""
    first = allowed_hosts.split(",")[0].strip()
    return "localhost" if first in {"", "*"} else first.removeprefix(".")


def answer(port: int, host: str) -> int:
    """HTTP status of /healthz on this machine, asked as the proxy in front asks. Raises OSError if nobody listens."""
    connection = HTTPConnection("127.0.0.1", port, timeout=4)
    connection.request("GET", "/healthz", headers={"Host": host, "X-Forwarded-Proto": "https"})
    return connection.getresponse().status


def since(heartbeat: str) -> float:
    """Seconds since the worker last touched the file; infinite if it never did."""
    try:
        return time.time() - os.stat(heartbeat).st_mtime
    except FileNotFoundError:
        return float("inf")


def check_server() -> str:
    """What is wrong with it; "" if nothing is."""
    status = answer(int(os.environ.get("PORT", "8000")), host_name(os.environ.get("ALLOWED_HOSTS", "")))
    return "" if status == 200 else f"/healthz answered {status}"


def check_worker(heartbeat: str) -> str:
    """As above."""
    return "" if since(heartbeat) < STILL_ALIVE else "the worker stands still"


if __name__ == "__main__":
    sys.exit((check_worker(sys.argv[1]) if len(sys.argv) > 1 else check_server()) or 0)
