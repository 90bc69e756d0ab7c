"""What can go wrong with one request, by name, and how a run must end that meets it."""

from __future__ import annotations

from tests.sheets_server import faults
from tests.sheets_server.faults import Fault

READ, WRITE = "spreadsheets.get", "spreadsheets.batchUpdate"
BUSY = {
    "429": faults.throttled(),
    "429-write": faults.throttled("write"),
    "429-later": faults.throttled("write", retry_after=20),
    "429-page": faults.throttled(html=True),
    "403-drive-rate": faults.drive_throttled(),
}
"""Faults that say that nothing was done."""
STATUSES = {
    f"{code}{'-done' if done else ''}": faults.status(code, applied=done)
    for code in (408, 409, 500, 502, 503, 504)
    for done in (False, True)
}
UNSURE = {
    **{name: fault for name, fault in STATUSES.items() if not name.startswith("409")},
    "503-later": faults.status(503, retry_after=20),
    "reset": faults.reset(),
    "reset-done": faults.reset(applied=True),
    "truncated": faults.truncated(applied=False),
    "truncated-done": faults.truncated(),
    "page": faults.html(),
    "page-done": faults.html(applied=True),
}
"""Faults after which nobody knows whether the change was made."""
DENIED = {
    "403-not-shared": faults.forbidden("not_shared"),
    "403-api-off": faults.forbidden("service_disabled"),
    "403-scope": faults.forbidden("scope"),
    "403-daily": faults.drive_throttled("dailyLimitExceeded"),
}
"""Refusals that repeating does not mend."""
ABORTED = {name: fault for name, fault in STATUSES.items() if name.startswith("409")}
"""What only a write meets: Google gave way to another change."""
PASSING: dict[str, Fault] = {**BUSY, **UNSURE, "401": faults.unauthorized()}
EVERY = {**PASSING, **DENIED}
CODES = {"401": 4, "403-not-shared": 4, "403-api-off": 4, "403-scope": 4, "403-daily": 5}
"""Exit codes of what is no passing trouble; all else ends with 5."""


def code_of(kind: str) -> int | None:
    """Give the exit code of a run that meets this trouble once; None where the run overcomes it."""
    return None if kind in PASSING or kind in ABORTED else CODES.get(kind, 5)


def code_at_last(kind: str) -> int:
    """Give the exit code of a run that meets this trouble again and again."""
    return CODES.get(kind, 5)
