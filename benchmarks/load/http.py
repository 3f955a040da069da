"""One request on a connection of its own, as a proxy makes it.

Written out, because a thousand members share one processor with the server that is measured: a client library costs
more per request than a save does.
"""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from benchmarks.boards import Member

LONGEST = 30.0  # seconds that a browser would wait


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: bytes


async def post_json(port: int, address: str, member: Member, document: dict[str, Any]) -> Reply:
    """Send `document` as `member`. Raises OSError or TimeoutError when no whole reply comes."""
    return await asyncio.wait_for(_exchange(port, _request(port, address, member, document)), LONGEST)


async def _exchange(port: int, request: bytes) -> Reply:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        return _reply(await reader.read())
    finally:
        writer.close()


def _request(port: int, address: str, member: Member, document: dict[str, Any]) -> bytes:
    body = json.dumps(document).encode()
    head = (
        f"POST {address} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        f"Origin: http://127.0.0.1:{port}",
        f"Cookie: {member.cookies}",
        f"X-CSRFToken: {member.csrf}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        "Connection: close",
    )
    return "\r\n".join((*head, "", "")).encode() + body


def _reply(raw: bytes) -> Reply:
    """Raises ConnectionResetError for half a reply, which acknowledges nothing."""
    head, end, body = raw.partition(b"\r\n\r\n")
    promised = _length(head)
    if not end or len(body) < promised:
        raise ConnectionResetError("the connection ended before the reply did")
    return Reply(int(head.split(b" ", 2)[1]), body)


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0
