"""Recordings of real traffic with Google: the format, one JSON file a session.

`{"version": 1, "interactions": [{"request": {"method", "uri", "body", "headers"}, "response": {"status": {"code"},
"headers", "body": {"string"}}}]}`, the form of vcrpy's cassettes; `sheetsync doctor --record` writes it, scrubbed.
Headers are lists of values; a body is text or null, and may be an object `{"string": text}` on either side. In a
recording with `"scrubbed": true` the results of formulas do not follow from what they are computed of.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple


class Interaction(NamedTuple):
    """One request and what Google answered; bodies are text, headers have lower-case names and their first value."""

    method: str
    uri: str
    body: str | None
    headers: dict[str, str]
    status: int
    answer: str
    answer_headers: dict[str, str]

    @property
    def sent(self) -> Any:
        """The JSON that was sent, the text where it is none, or None."""
        return _parsed(self.body)

    @property
    def answered(self) -> Any:
        """The JSON that was answered, or the text where it is none."""
        return _parsed(self.answer)


class Recording(NamedTuple):
    """The interactions of one file in their order, and whether what stood in the cells was replaced."""

    interactions: list[Interaction]
    scrubbed: bool


def read(path: Path) -> Recording:
    """Read a recording; ValueError where the file is none."""
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict) or content.get("version") != 1:
        raise ValueError(f"{path.name} is no recording of version 1")
    interactions = [_interaction(one["request"], one["response"]) for one in content["interactions"]]
    return Recording(interactions, bool(content.get("scrubbed")))


def _interaction(request: dict[str, Any], response: dict[str, Any]) -> Interaction:
    return Interaction(
        request["method"].upper(),
        request["uri"],
        _text(request.get("body")),
        _headers(request.get("headers") or {}),
        int(response["status"]["code"]),
        _text(response.get("body")) or "",
        _headers(response.get("headers") or {}),
    )


def _headers(found: dict[str, Any]) -> dict[str, str]:
    return {name.lower(): value[0] if isinstance(value, list) else str(value) for name, value in found.items() if value}


def _text(body: Any) -> str | None:
    found = body.get("string") if isinstance(body, dict) else body
    return found if found is None or isinstance(found, str) else json.dumps(found)


def _parsed(text: str | None) -> Any:
    try:
        return json.loads(text) if text else None
    except ValueError:
        return text
