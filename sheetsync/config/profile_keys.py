"""The keys of a scoring profile for the JSON Schema, so that an editor completes them and sees a slip at once.

The reader of profiles judges their values (numbers that contradict one another, ladders that do not fall); a test holds
these keys to those that it asks for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]

NUMBER: Schema = {"type": "number"}
SHARE: Schema = {"type": "number", "minimum": 0}
WHOLE: Schema = {"type": "integer", "minimum": 1}
TEXT: Schema = {"type": "string", "minLength": 1}


def _one_of(*words: str) -> Schema:
    return {"type": "string", "enum": list(words)}


def _or_word(schema: Schema, word: str) -> Schema:
    return {"oneOf": [schema, _one_of(word)]}


def _table(keys: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "properties": dict(keys), "additionalProperties": False}


def _rows(keys: Mapping[str, Schema]) -> Schema:
    return {"type": "array", "items": {**_table(keys), "required": list(keys)}}


_END = _or_word(NUMBER, "open")
_RANGE = {"low": NUMBER, "high": NUMBER}

TABLES: Mapping[str, Schema] = {
    "score": _table({"low": _END, "high": _END}),
    "rollup": _table(
        {
            "low": _END,
            "high": _END,
            "child_weight": SHARE,
            "least_scored": {**SHARE, "maximum": 1},
            "status": _one_of("own", "weakest"),
        }
    ),
    "pace": {"type": "object"},
    "status": _table(
        {
            "by": _one_of("gap", "ratio", "achievement", "confidence"),
            "on_track": SHARE,
            "at_risk": SHARE,
            "achieved": SHARE,
            "quiet_before": {**SHARE, "maximum": 1},
            "neglect_days": _or_word(WHOLE, "off"),
            "edge": _one_of("on_track", "at_risk"),
        }
    ),
    "pass_mark": _table({"committed": SHARE, "aspirational": SHARE, "blank": SHARE}),
    "bounds": _table(
        {
            "strict": {"type": "boolean"},
            "outside": _one_of("share", "nothing"),
            "status": _one_of("thresholds", "at_risk"),
        }
    ),
    "confidence": _table(_RANGE),
    "sweet_spot": _table(_RANGE),
    "grade": _rows({"name": TEXT, "from": NUMBER}),
    "kpi": {"type": "object"},
}
"""The tables of a profile. Those of the pace and of KPIs hold more than an editor need know."""


def own_profile_schema() -> Schema:
    """Give the schema of one ``[profile.NAME]``."""
    keys = {"extends": TEXT, "version": WHOLE, **TABLES}
    return {"type": "object", "properties": keys, "additionalProperties": False, "required": ["extends"]}
