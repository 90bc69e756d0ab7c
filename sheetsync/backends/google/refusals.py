"""What Google refuses, in our words: the body of an error becomes an error with an exit code and a way to mend it.

The forms are those of ``google.rpc.Status`` (Sheets) and of the older Drive errors (``errors[0].reason``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sheetsync.errors import AccessDenied, ReadRefused, SheetsyncError, TemporaryFailure, WriteRefused
from sheetsync.record import NamedTuple

_LONGEST_REASON = 300
_THROTTLED = frozenset({"rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED"})
_NOT_ENABLED = frozenset({"SERVICE_DISABLED", "accessNotConfigured"})
_SCOPE = frozenset({"ACCESS_TOKEN_SCOPE_INSUFFICIENT", "insufficientPermissions"})


class Ambiguous(TemporaryFailure):
    """A change was sent, and nobody knows whether Google made it: look again before writing again."""

    key = "google.unsure"


class Throttled(TemporaryFailure):
    """A change was certainly not made, and may be tried again after ``wait`` seconds."""

    key = "google.rate_limit"

    def __init__(self, key: str | None = None, *, wait: float = 0.0, **params: Any) -> None:
        """Take the seconds that Google, or the backoff, asks to wait."""
        super().__init__(key, **params)
        self.wait = wait


class Asked(NamedTuple):
    """What was asked for when Google refused: the spreadsheet (or folder) by its link, who asked, and whether to write.

    ``email`` is what a spreadsheet can be shared with; "" where it is the person who signed in.
    """

    link: str
    email: str = ""
    writing: bool = False
    folder: bool = False


class Told(NamedTuple):
    """What the body of an error says."""

    message: str = ""
    reasons: frozenset[str] = frozenset()
    metadata: Mapping[str, str] = {}
    links: tuple[str, ...] = ()


def told_in(body: bytes) -> Told:
    """Read the body of an error; what is not in one of Google's forms gives an empty ``Told``."""
    try:
        error = json.loads(body)["error"]
        return _told(error) if isinstance(error, dict) else Told(str(error)[:_LONGEST_REASON])
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return Told()


def is_throttled(status: int, told: Told) -> bool:
    """Say whether an answer means "too many requests, later": 429, or 403 with Drive's reason for the same."""
    return status == 429 or (status == 403 and not told.reasons.isdisjoint(_THROTTLED))


def refused(status: int, told: Told, asked: Asked) -> SheetsyncError:
    """Give the error for an answer that repeating does not mend; ``status`` is 400 to 499 or a redirect."""
    by_status = {400: _bad_request, 401: _unauthorized, 403: _forbidden, 404: _not_found, 413: _too_large}
    return by_status.get(status, _other)(told, asked) or _unknown(status, told, asked)


def _told(error: dict[str, Any]) -> Told:
    details = [detail for detail in error.get("details", ()) if isinstance(detail, dict)]
    old = [one for one in error.get("errors", ()) if isinstance(one, dict)]
    reasons = [one.get("reason") for one in (*details, *old)]
    metadata: dict[str, str] = {}
    for detail in details:
        metadata.update(detail.get("metadata") or {})
    message = str(error.get("message", ""))
    violations = [field.get("description", "") for detail in details for field in detail.get("fieldViolations", ())]
    return Told(
        (" ".join([message, *violations]))[:_LONGEST_REASON],
        frozenset(reason for reason in reasons if isinstance(reason, str)),
        metadata,
        _links(details),
    )


def _links(details: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    urls = (link.get("url", "") for detail in details for link in detail.get("links") or ())
    return tuple(url for url in urls if isinstance(url, str) and url.startswith("https://"))


def _bad_request(told: Told, asked: Asked) -> SheetsyncError | None:
    text = told.message.lower()
    if "not supported for this document" in text:
        return ReadRefused("google.not_a_spreadsheet", link=asked.link)
    if "protected cell or object" in text:
        return _by_person("protected", asked, WriteRefused)
    if "named range with that name already exists" in text:
        return WriteRefused("google.name_taken", link=asked.link, reason=told.message)
    if "a sheet with the name" in text and "already exists" in text:
        return WriteRefused(
            "google.sheet_name_taken", link=asked.link, sheet=told.message.partition('"')[2].partition('"')[0]
        )
    if "above the limit of" in text and "cells" in text:
        return WriteRefused("google.too_many_cells", link=asked.link)
    if "unable to parse range" in text:
        return ReadRefused("google.no_range", link=asked.link, range=told.message.partition(":")[2].strip())
    if "payload size exceeds" in text:
        return _too_large(told, asked)
    if "api key" in text:
        return AccessDenied("google.unauthorized", link=asked.link)
    return None


def _unauthorized(_told: Told, asked: Asked) -> SheetsyncError:
    return AccessDenied("google.unauthorized", link=asked.link)


def _forbidden(told: Told, asked: Asked) -> SheetsyncError:
    text = told.message.lower()
    if not told.reasons.isdisjoint(_NOT_ENABLED) or "it is disabled" in text:
        return _not_enabled(told)
    if not told.reasons.isdisjoint(_SCOPE) or "insufficient authentication scopes" in text:
        return AccessDenied("google.scope", link=asked.link)
    if "storageQuotaExceeded" in told.reasons:
        return WriteRefused("google.storage_full", link=asked.link)
    if "dailyLimitExceeded" in told.reasons:
        return TemporaryFailure("google.daily_limit", link=asked.link)
    if "domainPolicy" in told.reasons:
        return AccessDenied("google.domain_policy", link=asked.link)
    if "does not have permission" in text or "insufficientFilePermissions" in told.reasons:
        return _not_allowed(asked)
    return AccessDenied("google.refused", link=asked.link, reason=told.message or "HTTP 403")


def _not_enabled(told: Told) -> SheetsyncError:
    """Name the service that is switched off, and the page that switches it on, both out of Google's answer."""
    service = told.metadata.get("service", "sheets.googleapis.com")
    named = [word.rstrip(".,") for word in told.message.split() if word.startswith("https://console.")]
    pages = [told.metadata.get("activationUrl", ""), *told.links, *named]
    page = next((page for page in pages if page), f"https://console.cloud.google.com/apis/library/{service}")
    return AccessDenied("google.api_disabled", service=service, page=page)


def _not_allowed(asked: Asked) -> SheetsyncError:
    key = "not_shared_folder" if asked.folder else "view_only" if asked.writing else "not_shared"
    return _by_person(key, asked)


def _not_found(_told: Told, asked: Asked) -> SheetsyncError:
    return _by_person("no_folder" if asked.folder else "not_found", asked)


def _by_person(key: str, asked: Asked, kind: type[SheetsyncError] = AccessDenied) -> SheetsyncError:
    """Give the sentence that names the e-mail to share with, or the one for a person who signed in himself."""
    if asked.email:
        return kind(f"google.{key}", link=asked.link, email=asked.email)
    return kind(f"google.{key}_user", link=asked.link)


def _too_large(_told: Told, asked: Asked) -> SheetsyncError:
    return WriteRefused("google.too_much", link=asked.link)


def _other(_told: Told, _asked: Asked) -> None:
    return None


def _unknown(status: int, told: Told, asked: Asked) -> SheetsyncError:
    kind = WriteRefused if asked.writing else ReadRefused
    return kind("google.refused", link=asked.link, reason=told.message or f"HTTP {status}")
