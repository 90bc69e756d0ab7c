"""What the making of a mail and its delivery give each other: addresses, messages, and what became of them. Plain data.

A ``Message`` is frozen: its bytes are what is stored, looked at and sent, and no part of the program makes them anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sheetsync.record import NamedTuple

NOTHING: Mapping[str, Any] = MappingProxyType({})


class Mailbox(NamedTuple):
    """One person or account: a plain ASCII address, and a name of any letters that may be empty."""

    address: str
    name: str = ""


class Image(NamedTuple):
    """A picture inside a mail, which its HTML names as ``cid:<id>``; ``kind`` is such as ``png``."""

    id: str
    kind: str
    data: bytes


class Message(NamedTuple):
    """One mail for one recipient, ready to be handed over; ``data`` are its bytes with CRLF at the end of lines."""

    message_id: str
    sender: str
    recipient: str
    data: bytes


def valid_address(text: str) -> bool:
    """Say whether a text is a plain mail address (RFC 5321 without quoted parts), which any server takes."""
    import re

    atom, part = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+", r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
    found = re.fullmatch(rf"({atom}(?:\.{atom})*)@{part}(?:\.{part})*", text)
    return found is not None and len(found[1]) <= 64 and len(text) <= 254 and "=?" not in text


def address_in(text: str) -> str | None:
    """Give the one plain address that a cell of a sheet holds; None where it holds anything else.

    Spaces around it, ``mailto:`` and angle brackets are what programs put there, and are taken off.
    """
    bare = text.strip().strip("\u200b\ufeff")
    if bare[:7].lower() == "mailto:":
        bare = bare[7:]
    if bare.startswith("<") and bare.endswith(">"):
        bare = bare[1:-1]
    return bare if valid_address(bare) else None


class Fate(StrEnum):
    """What became of a message.

    ``sent``: taken over. ``retry``: certainly not taken over, and may be a little later. ``failed``: refused for good.
    ``unknown``: the connection ended after the whole message was handed over and before the answer; it is never sent
    again by itself. ``stop``: not taken over, and neither would be any other message today.
    """

    SENT = "sent"
    RETRY = "retry"
    FAILED = "failed"
    UNKNOWN = "unknown"
    STOP = "stop"


class Receipt(NamedTuple):
    """What became of one message: ``text`` is the key of the sentence that says why, filled from ``params``.

    ``after`` is how many seconds the other side asked to wait, None where it did not say.
    """

    fate: Fate
    text: str = ""
    params: Mapping[str, Any] = NOTHING
    after: float | None = None


class Provider(NamedTuple):
    """Where a provider takes mail: host, port, and how the connection is protected (``SECURITIES``)."""

    host: str
    port: int
    security: str


SECURITIES = ("starttls", "tls", "none")
"""STARTTLS, which is required and never skipped; TLS from the first byte; or none, on this computer alone."""

PORTS: Mapping[str, int] = MappingProxyType({"starttls": 587, "tls": 465, "none": 25})

PROVIDERS: Mapping[str, Provider] = MappingProxyType(
    {
        "gmail": Provider("smtp.gmail.com", 587, "starttls"),
        "workspace": Provider("smtp.gmail.com", 587, "starttls"),
        "workspace-relay": Provider("smtp-relay.gmail.com", 587, "starttls"),
        "microsoft365": Provider("smtp.office365.com", 587, "starttls"),
        "local": Provider("127.0.0.1", 25, "none"),
    }
)
"""The mail providers that the configuration knows by name."""


WEBHOOKS = ("slack", "google-chat", "telegram", "zalo", "teams")
"""The chat programs that there is a template for."""
