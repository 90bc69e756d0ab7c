"""One request to a web service that is not trusted with our time or memory: no redirect, and an end to everything.

Imports requests, so it is itself imported only where something is asked.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError

from sheetsync.loopback import is_loopback
from sheetsync.record import NamedTuple

LARGEST = 1 << 16
"""Bytes of an answer beyond which nothing is read."""

_CONNECTING = 10.0


class Answer(NamedTuple):
    """What came back: the status, the body as far as it is read, and how long we are asked to wait, "" if not."""

    status: int
    body: bytes
    retry_after: str


def protected_host(url: str) -> str:
    """Give the host of an address that is protected, or is this computer's own; "" for any other address."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    return host if parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host)) else ""


def post(url: str, data: bytes | Mapping[str, str], headers: Mapping[str, str], seconds: float) -> Answer:
    """Send a request and give the answer; ``seconds`` is the longest silence, and the longest time for the body.

    Raises ``requests.RequestException`` or ``OSError``, whose words may hold the address and must not be told.
    """
    with requests.post(
        url, data=data, headers=dict(headers), timeout=(_CONNECTING, seconds), allow_redirects=False, stream=True
    ) as answer:
        return Answer(answer.status_code, _body(answer, seconds), answer.headers.get("Retry-After", ""))


def _body(answer: requests.Response, seconds: float) -> bytes:
    """Read a body piece by piece as it comes, so that one that trickles for ever is left."""
    end, held = time.monotonic() + seconds, b""
    while len(held) < LARGEST:
        try:
            piece = answer.raw.read1(LARGEST - len(held), decode_content=True)
        except HTTPError:  # broken off, silent, or not packed as it says: requests looks at none of it here
            raise requests.ConnectionError from None
        if not piece:
            break
        held += piece
        if time.monotonic() > end:
            raise requests.ReadTimeout
    return held
