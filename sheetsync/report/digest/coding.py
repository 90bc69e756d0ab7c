"""Digests as bytes and back, and whether two of them say the same to a reader."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sheetsync.results import Digest

_DATE, _MOMENT, _MARK = "$date", "$datetime", "$"
PASSING = frozenset(
    {
        *("schema", "today", "read_at", "zone", "week", "links", "deadline", "period", "nudged", "why"),
        *("expected", "expected_value", "forecast", "change", "weeks", "early_days", "gap", "final", "days", "since"),
    }
)
"""Fields that move by themselves from day to day, or say nothing of the goals: they alone make no news."""
_POINTS = 2
"""Fractions are compared as they are read: in whole percent."""


def dumps(digest: Digest) -> bytes:
    """Give a digest as canonical JSON in UTF-8: the same digest gives the same bytes, whatever the order of its keys.

    Dates come back as dates: they are written as ``{"$date": "2026-11-21"}`` and ``{"$datetime": …}``. TypeError for
    what is no plain data, ValueError for a number that is not finite.
    """
    return _json({"kind": digest.kind, "data": _tagged(digest.data)})


def loads(content: bytes) -> Digest:
    """Give the digest that ``dumps`` wrote; ValueError where the bytes are no such thing."""
    found = json.loads(content.decode("utf-8", "surrogatepass"))
    if not isinstance(found, dict) or not isinstance(found.get("data"), dict) or not isinstance(found.get("kind"), str):
        raise ValueError("no digest")
    return Digest(found["kind"], {name: _untagged(value) for name, value in _keys(found["data"])})


def semantic_hash(digest: Digest) -> str:
    """Give a text that differs where a reader would notice a difference, for "only if something changed".

    The day, the moment of reading, the pace and what follows from it alone (gaps, forecasts, changes since a mark that
    moved on) make none; a status that changed because of them does. Once the cycle is over, wins make none either:
    they were told when it ended, and only leave the list by themselves.
    """
    over = digest.kind != "wins" and (digest.data.get("cycle") or {}).get("over")
    told = {name: one for name, one in digest.data.items() if not (over and name in ("wins", "more_wins"))}
    return sha256(_json(_tagged(_noticed(told)))).hexdigest()


def _json(value: Any) -> bytes:
    told = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return told.encode("utf-8", "surrogatepass")  # a cell may hold half a character


def _tagged(value: Any) -> Any:
    if isinstance(value, datetime):
        return {_MOMENT: value.isoformat()}
    if isinstance(value, date):
        return {_DATE: value.isoformat()}
    if isinstance(value, Mapping):
        return {_MARK + name if name.startswith(_MARK) else name: _tagged(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_tagged(one) for one in value]
    if value is None or isinstance(value, str | bool | int | float):
        return value
    raise TypeError(f"{type(value).__name__} is no plain data")


def _untagged(value: Any) -> Any:
    if isinstance(value, list):
        return [_untagged(one) for one in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {_DATE}:
        return date.fromisoformat(value[_DATE])
    if value.keys() == {_MOMENT}:
        return datetime.fromisoformat(value[_MOMENT])
    return {name: _untagged(one) for name, one in _keys(value)}


def _keys(value: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(name[1:] if name.startswith(_MARK) else name, one) for name, one in value.items()]


def _noticed(value: Any, name: str = "") -> Any:
    if isinstance(value, Mapping):
        told = {key: _noticed(one, key) for key, one in value.items() if key not in PASSING}
        return {key: one for key, one in told.items() if not (name == "cycle" and key == "week")}
    if isinstance(value, list):
        return [_noticed(one) for one in value]
    if isinstance(value, float) and name in ("progress", "achievement", "weighted_score", "share"):
        return round(value, _POINTS)
    return value
