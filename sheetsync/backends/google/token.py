"""The token that opens Google's doors: fetched once for all threads, renewed when Google refuses it, never shown.

Imports requests and google-auth, so it is itself imported only where Google is really asked for something.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from google.auth.transport.requests import Request
from requests.auth import AuthBase

from sheetsync.errors import AccessDenied, SheetsyncError, TemporaryFailure

if TYPE_CHECKING:
    from google.auth import exceptions as by_google
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


class Bearer(AuthBase):
    """Signs requests with the token of credentials that many threads may share, each through a session of its own."""

    def __init__(self, credentials: Any, session: Session) -> None:
        self.credentials = credentials
        self._fetch = Request(session)
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
    reason = " ".join(str(error.args[0] if error.args else error).split())[:_LONGEST_REASON]
    if getattr(error, "retryable", False):
        return TemporaryFailure("google.no_token_now", reason=reason)
    told = reason.lower()
    for words, key in _SENTENCES:
        if words in told:
            return AccessDenied(f"google.{key}", account=email or "–", reason=reason)
    return AccessDenied("google.no_token", account=email or "–", reason=reason)
