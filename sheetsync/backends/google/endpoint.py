"""Where requests go: to Google, or to a stand-in on this very machine; never with a token to anybody else."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from sheetsync.errors import ConfigError
from sheetsync.loopback import is_loopback
from sheetsync.record import NamedTuple

VARIABLE = "SHEETSYNC_GOOGLE_ENDPOINT"
_GOOGLE = ".googleapis.com"


class Endpoint(NamedTuple):
    """``base`` is the stand-in (``http://127.0.0.1:8080``) that all traffic for Google is sent to; None is Google."""

    base: str | None = None

    def at(self, url: str) -> str:
        """Give the address to which a request for ``url`` really goes."""
        parts = urlsplit(url)
        if self.base is None or not _is_google(parts.hostname):
            return url
        return f"{self.base}{parts.path}{'?' + parts.query if parts.query else ''}"

    def may_see_token(self, url: str) -> bool:
        """Say whether a request to ``url`` may carry the token: to Google over TLS, or to the stand-in."""
        if self.base is not None and (url == self.base or url.startswith(self.base + "/")):
            return True
        parts = urlsplit(url)
        return parts.scheme == "https" and _is_google(parts.hostname)


def endpoint_of(environment: Mapping[str, str]) -> Endpoint:
    """Read the endpoint from ``SHEETSYNC_GOOGLE_ENDPOINT``; ConfigError for any host but this machine's loopback.

    Whoever sets that variable to a host of his own would get a token that opens every spreadsheet.
    """
    told = environment.get(VARIABLE, "").strip()
    if not told:
        return Endpoint()
    base = _base(told)
    if base is None:
        raise ConfigError("google.endpoint", variable=VARIABLE, value=told)
    return Endpoint(base)


def _base(told: str) -> str | None:
    """Build the address anew out of its parts, so that no two readers of it can disagree about the host."""
    try:
        parts = urlsplit(told)
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname or ""
    plain = parts.path in ("", "/") and not (parts.query or parts.fragment or parts.username or parts.password)
    if parts.scheme not in ("http", "https") or not plain or not is_loopback(host):
        return None
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port else "")


def _is_google(host: str | None) -> bool:
    return (host or "").lower().endswith(_GOOGLE)
