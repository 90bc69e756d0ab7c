"""How many reads and writes a minute Google allows, and what it answers beyond that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from tests.sheets_server.access import shape

Group = Literal["read", "write"]


class Quota:
    """Windows of `seconds` for each user, counted by the clock that is handed in.

    A service account is one user. A refused request does not count; a batch counts as one. `retry_after` says whether
    the refusal tells when the window ends.
    """

    def __init__(
        self, clock: Callable[[], float], *, reads: int, writes: int, seconds: float, retry_after: bool
    ) -> None:
        self.clock = clock
        self.limits: dict[Group, int] = {"read": reads, "write": writes}
        self.seconds = seconds
        self.retry_after = retry_after
        self.windows: dict[tuple[str, Group], tuple[int, int]] = {}
        self.refused = 0

    def take(self, user: str, group: Group) -> bool:
        """Count one request; False where the user has used up the window."""
        window = int(self.clock() // self.seconds)
        known, used = self.windows.get((user, group), (window, 0))
        used = used if known == window else 0
        if used >= self.limits[group]:
            self.refused += 1
            return False
        self.windows[user, group] = (window, used + 1)
        return True

    def wait(self) -> float:
        """Seconds until the window ends."""
        return self.seconds - self.clock() % self.seconds


def exceeded(group: Group, limit: int) -> dict[str, Any]:
    """Give the body of Google's 429 for reads or writes per minute and user."""
    body = shape("sheets-spreadsheets-get-quota-exceeded-readgroup_429")
    meta = body["error"]["details"][0]["metadata"]
    meta["quota_limit_value"] = str(limit)
    if group == "write":
        body["error"]["message"] = body["error"]["message"].replace("Read requests", "Write requests")
        meta["quota_metric"] = "sheets.googleapis.com/write_requests"
        meta["quota_limit"] = "WriteRequestsPerMinutePerUser"
    return body


#: What the front of Google answers, with 429, to a machine that asks too much: no JSON at all.
SORRY = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Sorry...</title></head>
<body><h1>We're sorry...</h1><p>... but your computer or network may be sending automated queries. To protect our users,
we can't process your request right now.</p></body></html>
"""
