"""Tells a service that a run begins and how it ended, so that somebody hears of a run that failed or never was.

Imports requests, so it is itself imported only where something is told. The address is a secret: no message, error or
traceback holds it.
"""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

import requests
from urllib3.exceptions import HTTPError

from sheetsync.delivery.web import protected_host
from sheetsync.errors import DeliveryRefused, TemporaryFailure
from sheetsync.hidden import Hidden

SECONDS = 5.0
"""The longest wait for one answer: that of the beginning and that of the end may hold up a run by 10 seconds."""

_UNTAKEN = ("OK (not found)", "OK (rate limited)")
"""What Healthchecks answers, with status 200, where it has kept nothing."""


def tell(url: Hidden[str], ending: str, run: str, text: str) -> None:
    """Tell a service that knows exit codes: ``ending`` is ``start`` or the code, ``run`` is the same for both.

    Raises DeliveryRefused or TemporaryFailure where it did not take that.
    """
    host_of(url)
    parts = urlsplit(url.shown())
    path = f"{parts.path.rstrip('/')}/{ending}"
    query = "&".join(filter(None, (parts.query, f"rid={run}")))
    _ask("POST", urlunsplit(parts._replace(path=path, query=query, fragment="")), text)


def tell_success(url: Hidden[str]) -> None:
    """Tell a service that knows nothing but silence: the address as it stands; raises as ``tell`` does."""
    host_of(url)
    _ask("GET", url.shown(), "")


def silent() -> TemporaryFailure:
    """Give the failure of a service that does not answer in time, however it does that."""
    return TemporaryFailure("ping.silent", seconds=round(SECONDS))


def host_of(url: Hidden[str]) -> str:
    """Give the host of an address; raises DeliveryRefused where it is neither protected nor this computer's own."""
    host = protected_host(url.shown())
    if not host:
        raise DeliveryRefused("ping.url")
    return host


def _ask(method: str, url: str, text: str) -> None:
    headers = {"User-Agent": "sheetsync"} | ({"Content-Type": "text/plain; charset=utf-8"} if text else {})
    try:
        with requests.request(
            method,
            url,
            data=text.encode() or None,
            headers=headers,
            timeout=SECONDS,
            allow_redirects=False,
            stream=True,
        ) as answer:
            said = _said(answer) if 200 <= answer.status_code < 300 else str(answer.status_code)
    except requests.Timeout:
        raise silent() from None
    except (requests.RequestException, HTTPError, OSError) as error:
        # What requests says of a failure holds the address.
        raise TemporaryFailure("ping.unreachable", reason=type(error).__name__) from None
    if said:
        raise DeliveryRefused("ping.refused", said=said)


def _said(answer: requests.Response) -> str:
    """Give what an answer says that is none of success; "" for any other. Nothing else of it is told or read."""
    body = answer.raw.read1(max(map(len, _UNTAKEN)), decode_content=True).decode("ascii", "replace").strip()
    return body if body in _UNTAKEN else ""
