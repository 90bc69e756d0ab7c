"""The token that opens Google's doors: fetched once for all threads, renewed when Google refuses it, never shown.

Imports requests and google-auth, so it is itself imported only where Google is really asked for something.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from google.auth import exceptions as by_google
from google.auth.transport.requests import Request
from requests.auth import AuthBase

from sheetsync.backends.google import faults
from sheetsync.backends.google.faults import Fault
from sheetsync.errors import AccessDenied, SheetsyncError, TemporaryFailure

if TYPE_CHECKING:
    from requests import PreparedRequest, Session

_LONGEST_REASON = 200
_SENTENCES = (
    # what stands in the answer of Google's token service, and the sentence that says it better
    ("reasonable timeframe", "clock"),
    ("issued at", "clock"),
    ("account not found", "account_gone"),
    ("account has been deleted", "account_gone"),
    ("disabled", "account_gone"),
    ("invalid jwt signature", "key_gone"),
    ("expired or revoked", "sign_in_over"),
    ("invalid_rapt", "sign_in_over"),
    ("reauth", "sign_in_over"),
)

_locks: WeakKeyDictionary[Any, threading.Lock] = WeakKeyDictionary()
_making = threading.Lock()


class Unanswered(by_google.TransportError):
    """Something answered in the place of a token service, or it has a fault of its own: nothing is said about us."""

    def __init__(self, status: int, headers: Mapping[str, str]) -> None:
        super().__init__(f"HTTP {status}")  # type: ignore[no-untyped-call]
        self.status = status
        self.headers = headers

    @property
    def fault(self) -> Fault:
        """The fault of this attempt; without a token nothing was changed."""
        if self.status not in faults.REPEATED and self.status < 500:
            return Fault("broken", str(self), unmade=True)
        told = faults.of_status(self.status, self.headers, throttled=self.status == 429, now=datetime.now(UTC))
        return told._replace(unmade=True)


class _Fetch(Request):
    """Carries the requests for a token.

    google-auth repeats some of them by itself, asleep, beyond any deadline; gives up at others that pass; and falls
    over a page that a network sends in Google's place. So all of these are raised here.
    """

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        answer = super().__call__(*args, **kwargs)  # type: ignore[no-untyped-call]
        if answer.status in faults.REPEATED or answer.status >= 500 or not _speaks(answer.headers, answer.data):
            raise Unanswered(answer.status, answer.headers)
        return answer


def _speaks(headers: Mapping[str, str], body: bytes) -> bool:
    """Say whether this can come from a token service: whole JSON, or a text that is no page."""
    kind = headers.get("content-type", "").lower()
    if "json" not in kind:
        return "html" not in kind or not body.lstrip().startswith(b"<")
    try:
        return isinstance(json.loads(body), dict)
    except (ValueError, RecursionError):
        return False


class Bearer(AuthBase):
    """Signs requests with the token of credentials that many threads may share, each through a session of its own."""

    def __init__(self, credentials: Any, session: Session) -> None:
        self.credentials = credentials
        self._fetch = _Fetch(session)
        with _making:
            self._lock = _locks.setdefault(credentials, threading.Lock())

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Put the token on a request; fetches one where there is none or it is about to end."""
        self.ensure()
        headers: dict[str, str] = {}
        self.credentials.apply(headers)
        request.headers.update(headers)
        return request

    def ensure(self) -> None:
        """Fetch a token unless there is one; of many threads one fetches, and the others wait for it."""
        if not self.credentials.valid:
            with self._lock:
                if not self.credentials.valid:
                    self.credentials.refresh(self._fetch)

    def renew(self, refused: str | None) -> None:
        """Fetch a new token in place of the one that Google refused, unless another thread has done so already."""
        with self._lock:
            if self.credentials.token == refused:
                self.credentials.refresh(self._fetch)


def token_on(request: PreparedRequest) -> str:
    """Give the token that a request carried, to tell whether it is still the newest."""
    return str(request.headers.get("Authorization", "")).removeprefix("Bearer ")


def token_refused(error: by_google.GoogleAuthError, email: str) -> SheetsyncError:
    """Give the error for a token that was not to be had. ``email`` is the account, "" for a person.

    Google's reason is told, never what was sent: the answers of its token service hold no secrets.
    """
    reason = " ".join(_reason(error).split())[:_LONGEST_REASON]
    if getattr(error, "retryable", False):
        return TemporaryFailure("google.no_token_now", reason=reason)
    told = reason.lower()
    for words, key in _SENTENCES:
        if words in told:
            return AccessDenied(f"google.{key}", account=email or "–", reason=reason)
    return AccessDenied("google.no_token", account=email or "–", reason=reason)


def _reason(error: by_google.GoogleAuthError) -> str:
    """Give the words of the token service: of OAuth's ``error`` and ``error_description``, or of an API's error."""
    answer = error.args[1] if len(error.args) > 1 else None
    told = answer.get("error") if isinstance(answer, dict) else None
    if isinstance(told, dict):
        return str(told.get("message") or told.get("status") or told.get("code"))
    return str(error.args[0] if error.args else error).removesuffix(": None")
