"""Tokens with which a mailbox is opened instead of a password (XOAUTH2), from Google and from Microsoft.

Imports requests, and google-auth for Google's service accounts, only where a token is really fetched.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import Any, Protocol
from urllib.parse import quote, urlsplit

from sheetsync.delivery.secret import redacted
from sheetsync.errors import AccessDenied, ConfigError, SheetsyncError, TemporaryFailure
from sheetsync.hidden import Hidden
from sheetsync.loopback import is_loopback
from sheetsync.record import NamedTuple

VARIABLE = "SHEETSYNC_MAIL_TOKEN_ENDPOINT"
"""A stand-in for the token services, on this computer alone: ``http://127.0.0.1:8080``."""

GOOGLE = "https://oauth2.googleapis.com/token"
MICROSOFT = "https://login.microsoftonline.com"
_GOOGLE_SCOPE = "https://mail.google.com/"
_MICROSOFT_SCOPE = "https://outlook.office365.com/.default"
_MARGIN = 120
"""Seconds before its end at which a token is no longer used."""
_SECONDS = 30.0
"""The longest wait for an answer."""


class Form(NamedTuple):
    """One request for a token: the address, the fields, and which of them are secret."""

    url: str
    fields: Mapping[str, str]
    secrets: tuple[Hidden[str], ...]


class TokenSource(Protocol):
    """Gives the token for a login."""

    def token(self, *, renew: bool) -> Hidden[str]:
        """Give a token; with ``renew`` a new one, because the server refused the last."""
        ...


class Tokens:
    """Fetches a token when one is needed, and keeps it until shortly before its end; for one thread."""

    def __init__(
        self, form: Callable[[], Form], environment: Mapping[str, str], clock: Callable[[], float] = time.time
    ) -> None:
        """``form`` makes the request anew each time (Google's are signed with the time); ``clock`` gives seconds."""
        self._form = form
        self._environment = environment
        self._clock = clock
        self._held: Hidden[str] | None = None
        self._end = 0.0

    def token(self, *, renew: bool = False) -> Hidden[str]:
        """Give a token; raises AccessDenied where there is none for us, TemporaryFailure where nobody answers."""
        if renew or self._held is None or self._clock() >= self._end - _MARGIN:
            self._held, seconds = _ask(self._form(), self._environment)
            self._end = self._clock() + seconds
        return self._held


def microsoft(tenant: str, client: str, secret: Hidden[str]) -> Callable[[], Form]:
    """Ask as an application of Entra with a client secret, which needs ``SMTP.SendAsApp`` and the mailbox's consent."""
    fields = {"grant_type": "client_credentials", "client_id": client, "scope": _MICROSOFT_SCOPE}
    url = f"{MICROSOFT}/{quote(tenant, safe='')}/oauth2/v2.0/token"
    return lambda: Form(url, {**fields, "client_secret": secret.shown()}, (secret,))


def google(key: Hidden[str], user: str) -> Callable[[], Form]:
    """Ask with Google's JSON: a service account that may act for ``user``, or a person's own sign-in.

    Raises ConfigError where the JSON is neither; what stands in it is not shown.
    """
    try:
        info = json.loads(key.shown())
    except ValueError:
        info = None
    kind = info.get("type") if isinstance(info, dict) else None
    if kind == "service_account" and {"client_email", "private_key"} <= set(info):
        return lambda: _signed(info, user, time.time())
    if kind == "authorized_user" and {"client_id", "client_secret", "refresh_token"} <= set(info):
        return lambda: _refreshed(info)
    raise ConfigError("mail.google_key")


def _signed(info: Mapping[str, Any], user: str, now: float) -> Form:
    from google.auth import crypt, jwt

    claims = {"iss": info["client_email"], "sub": user, "scope": _GOOGLE_SCOPE, "aud": GOOGLE}
    try:
        signer = crypt.RSASigner.from_service_account_info(info)
        made = jwt.encode(signer, {**claims, "iat": int(now), "exp": int(now) + 3600})
    except (ValueError, TypeError):
        raise ConfigError("mail.google_key") from None
    assertion = made.decode("ascii")
    fields = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": assertion}
    return Form(GOOGLE, fields, (Hidden(assertion),))


def _refreshed(info: Mapping[str, Any]) -> Form:
    fields = {name: str(info[name]) for name in ("client_id", "client_secret", "refresh_token")}
    secrets = (Hidden(fields["client_secret"]), Hidden(fields["refresh_token"]))
    return Form(GOOGLE, {"grant_type": "refresh_token", **fields}, secrets)


def _ask(form: Form, environment: Mapping[str, str]) -> tuple[Hidden[str], float]:
    """Send a request for a token, and give the token and how many seconds it holds."""
    import requests

    from sheetsync.delivery.web import post

    host = urlsplit(form.url).hostname or ""
    try:
        answer = post(_at(form.url, environment), form.fields, {}, _SECONDS)
    except (requests.RequestException, OSError) as error:
        # What requests says of a failure may hold the address and what was sent.
        raise TemporaryFailure("mail.no_token_now", host=host, reason=type(error).__name__) from None
    told = _json(answer.body)
    token, seconds = told.get("access_token"), told.get("expires_in", 0)
    if answer.status == 200 and isinstance(token, str) and token.isascii() and token.isprintable() and token:
        return Hidden(token), float(seconds) if isinstance(seconds, int | float) else 0.0
    raise _refusal(host, answer.status, told, form)


def _json(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _refusal(host: str, status: int, told: Mapping[str, Any], form: Form) -> SheetsyncError:
    words = f"{told.get('error', '')}: {told.get('error_description', '')}" if told else f"HTTP {status}"
    reason = redacted(words, *form.secrets).strip(" :")
    if status == 429 or not 400 <= status < 500:
        return TemporaryFailure("mail.no_token_now", host=host, reason=reason or f"HTTP {status}")
    if "AADSTS7000222" in reason:
        return AccessDenied("mail.client_secret_over", host=host, reason=reason)
    if host == urlsplit(GOOGLE).hostname and told.get("error") == "unauthorized_client":
        return AccessDenied("mail.no_delegation", host=host, reason=reason)
    return AccessDenied("mail.no_token", host=host, reason=reason)


def _at(url: str, environment: Mapping[str, str]) -> str:
    """Give the address to which a request really goes; a stand-in may only be on this computer (else ConfigError)."""
    base = environment.get(VARIABLE, "").strip()
    if not base:
        return url
    parts = urlsplit(base)
    if parts.scheme not in ("http", "https") or not is_loopback(parts.hostname or "") or "@" in parts.netloc:
        raise ConfigError("mail.endpoint", variable=VARIABLE)
    return f"{parts.scheme}://{parts.netloc}{urlsplit(url).path}"
