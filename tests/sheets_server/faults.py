"""What may go wrong on the way, and at which request: refusals of Google's front, and a network that fails.

Each fault happens either before the request was applied or after it: a client cannot tell which, and must not assume.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from tests.sheets_server import access, tokens
from tests.sheets_server.discovery import operations
from tests.sheets_server.errors import ApiError
from tests.sheets_server.quota import SORRY, Group, exceeded
from tests.sheets_server.wire import Answer, json_answer

Kind = Literal["answer", "reset", "truncated", "drip", "stall"]
MESSAGES = {
    408: "Request Timeout",
    409: "The operation was aborted.",
    500: "Internal error encountered.",
    502: "Bad Gateway",
    503: "The service is currently unavailable.",
    504: "Deadline expired before operation could complete.",
}
STATUSES = {408: "UNKNOWN", 502: "UNKNOWN", 504: "DEADLINE_EXCEEDED"}
HTML = "text/html; charset=UTF-8"


class Fault(NamedTuple):
    """One fault: its name in the log, how it looks, and whether the request is applied all the same."""

    name: str
    kind: Kind
    applied: bool = False
    answer: Answer | None = None
    pause: float = 0.0


def throttled(group: Group = "read", *, retry_after: float | None = None, html: bool = False) -> Fault:
    """Give a 429: Google's JSON for reads or writes, or the page that its front sends; never applied."""
    headers = () if retry_after is None else (("Retry-After", f"{retry_after:g}"),)
    if html:
        return Fault("429 html", "answer", answer=Answer(429, SORRY.encode(), HTML, headers))
    return Fault("429", "answer", answer=json_answer(429, exceeded(group, 60))._replace(headers=headers))


def status(code: int, *, applied: bool = False, retry_after: float | None = None) -> Fault:
    """Give a status of 408, 409, 500, 502, 503 or 504 in Google's JSON, before or after the request was applied."""
    error = ApiError(code, MESSAGES[code], reason=STATUSES.get(code))
    headers = () if retry_after is None else (("Retry-After", f"{retry_after:g}"),)
    return Fault(str(code), "answer", applied, json_answer(code, error.body())._replace(headers=headers))


def drive_throttled(reason: str = "userRateLimitExceeded") -> Fault:
    """Drive's own form of too much: a 403 of the domain `usageLimits`."""
    return refused(access.drive_refusal(403, reason, "User Rate Limit Exceeded"))


def refused(error: ApiError | access.Refused) -> Fault:
    """Any refusal as a fault: what is raised elsewhere, answered once here."""
    body = error.body() if isinstance(error, ApiError) else error.body
    return Fault(str(error.status), "answer", answer=json_answer(error.status, body))


def unauthorized() -> Fault:
    """Give a 401 to a token that was good a moment ago."""
    return refused(tokens.unauthenticated("ACCESS_TOKEN_EXPIRED", "Request had invalid authentication credentials."))


def forbidden(kind: Literal["not_shared", "service_disabled", "scope"]) -> Fault:
    """Give a 403 of one kind: not shared, an API that is off, or a token without the scope."""
    if kind == "service_disabled":
        return refused(access.disabled_service("sheets"))
    if kind == "scope":
        return refused(access.insufficient_scope(operations("sheets")[0]))
    return refused(access.permission_denied())


def html(*, applied: bool = False) -> Fault:
    """Give a page of a proxy or a portal, with status 200, where JSON should be."""
    page = "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please sign in to the network.</body></html>"
    return Fault("html 200", "answer", applied, Answer(200, page.encode(), HTML))


def reset(*, applied: bool = False) -> Fault:
    """Give the connection is reset (a TCP RST) instead of an answer."""
    return Fault("reset", "reset", applied)


def truncated(*, applied: bool = True) -> Fault:
    """Half of the answer's bytes, then the end; unapplied, it is half of an empty answer's."""
    return Fault("truncated", "truncated", applied)


def drip(pause: float) -> Fault:
    """Give the true answer in eight pieces, `pause` seconds before each: no timeout between two bytes notices it."""
    return Fault("drip", "drip", True, pause=pause)


def stall(*, applied: bool = False) -> Fault:
    """No answer at all until the client hangs up or the server closes."""
    return Fault("stall", "stall", applied)


class _Rule:
    def __init__(self, faults: Sequence[Fault], wanted: Callable[[int, str], bool]) -> None:
        self.left = list(faults)
        self.wanted = wanted


class Plan:
    """Which requests fail, and how: rules are asked in the order in which they were made."""

    def __init__(self) -> None:
        self.rules: list[_Rule] = []

    def add(self, *faults: Fault, at: int | None = None, on: str | None = None, times: int = 1) -> None:
        """Let requests fail: the one of number `at`, or the next one whose operation ends with `on`, or just the next.

        Several faults hit one matching request each, in their order; `times` repeats them all.
        """

        def wanted(number: int, operation: str) -> bool:
            fits = on is None or operation == on or operation.endswith(f".{on}")
            return fits and (at is None or number >= at) and (number > 0 or on == "token")

        self.rules.append(_Rule(faults * times, wanted))

    def take(self, number: int, operation: str) -> Fault | None:
        """Give the fault of a request, used up by it."""
        for rule in self.rules:
            if rule.left and rule.wanted(number, operation):
                return rule.left.pop(0)
        return None

    @property
    def open(self) -> int:
        """How many planned faults no request has met yet."""
        return sum(len(rule.left) for rule in self.rules)
