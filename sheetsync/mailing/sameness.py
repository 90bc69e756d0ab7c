"""Whether a digest says anything, and whether it says anything new: what moves by itself every day is no news."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sheetsync.kinds import MailKind

_BY_ITSELF = frozenset(
    (
        *("schema", "today", "read_at", "zone", "week", "cycle", "deadline", "month", "period", "links", "recipient"),
        *("expected", "expected_value", "change", "weeks", "forecast", "strip", "minutes", "nudged", "why", "days"),
        *("cell", "url", "place", "early_days", "message"),
    )
)
"""Fields that differ from week to week though nothing has happened: dates, the pace, addresses of cells."""

_SAYS = {
    MailKind.COMPANY: ("objectives", "kpis", "decisions", "problems"),
    MailKind.TEAM: ("key_results", "agenda", "remind"),
    MailKind.OWNER: ("due_cells",),
    MailKind.KPI: ("rows", "missing"),
    MailKind.WINS: ("wins",),
}


def says_something(kind: MailKind, digest: Mapping[str, Any]) -> bool:
    """Say whether there is anything in a digest that is worth a mail."""
    return any(digest.get(name) for name in _SAYS[kind])


def digest_hash(digest: Mapping[str, Any]) -> str:
    """Give the hash of what a digest says; equal ones say the same but for what moves by itself every day.

    Fractions count to whole percent, as people see them.
    """
    plain = json.dumps(_news(digest), ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(plain.encode(), digest_size=16).hexdigest()


def _news(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _news(part) for name, part in value.items() if name not in _BY_ITSELF}
    if isinstance(value, list | tuple):
        return [_news(part) for part in value]
    if isinstance(value, bool) or value is None or isinstance(value, str | int):
        return value
    if isinstance(value, float):
        return round(value, 2)
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
