"""Checks what ``[mail]`` says beyond the types of its values: addresses, protection, and a login that is whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sheetsync.config.keys import Accepted, Key
from sheetsync.config.problem import KeyPath, Problem, listed, shown
from sheetsync.loopback import is_loopback
from sheetsync.post import PROVIDERS, valid_address

_UNKNOWN_WITHOUT_LOGIN = ("gmail", "workspace", "microsoft365")
"""Providers that take mail from nobody who has not logged in."""


def address(_key: Key, value: str, path: KeyPath, _accepted: Accepted) -> Iterator[Problem]:
    """Judge a mail address: plain ASCII, which every server takes."""
    if not valid_address(value):
        yield Problem(path, "no_address", {"value": shown(value)})


def across_mail(mail: Mapping[str, Any], path: KeyPath) -> Iterator[Problem]:
    """Judge the values together, once each of them is in order."""
    known = PROVIDERS.get(mail.get("provider", ""))
    host = known.host if known else mail["host"]
    security = mail.get("security", known.security if known else "starttls")
    if security == "none" and not is_loopback(host):
        yield Problem((*path, "security"), "unprotected_mail", {"value": shown(host)})
    ways = [name for name in ("password", "oauth") if name in mail]
    if len(ways) > 1:
        yield Problem((*path, "oauth"), "one_too_many", {"name": "password", "allowed": listed(("password", "oauth"))})
    if ways and "user" not in mail:
        yield Problem((*path, "user"), "missing", {})
    if not ways and mail.get("provider") in _UNKNOWN_WITHOUT_LOGIN:
        yield Problem(path, "none_given", {"allowed": listed(("password", "oauth"))})
    if "tenant" in mail.get("oauth", {}):
        for name in ("client", "secret"):
            if name not in mail["oauth"]:
                yield Problem((*path, "oauth", name), "missing", {})
