"""Recordings of a user's own spreadsheet, with everything of his replaced, to hold the stand-in of the tests against.

The form is that of vcrpy's cassettes: ``{"version": 1, "interactions": [{"request", "response"}, ...]}``, with
``"scrubbed": true`` beside it. The results of formulas are replaced like every other number, so they no longer follow
from the numbers that they are computed of. No token, and no header that says who asked, is ever part of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from sheetsync.backends.google.formula_texts import scrubbed_range
from sheetsync.backends.google.pseudonyms import Pseudonyms
from sheetsync.backends.google.reader import AFTERWARDS, FIELDS
from sheetsync.backends.google.scrubbing import pseudonyms_for, scrubbed
from sheetsync.record import NamedTuple

if TYPE_CHECKING:
    from requests import PreparedRequest, Response

    from sheetsync.backends.google.http import SheetsClient

HOST = "https://sheets.googleapis.com"
HEADERS = frozenset(("accept-encoding", "cache-control", "content-type", "vary"))
"""Headers that stay; all others may say who asked, from where, or when."""

PLAIN_PARAMS = frozenset(("fields", "prettyPrint"))
SAMPLE = 60
"""Characters of the example that is shown."""


class Recording(NamedTuple):
    """What would be written: its file's name and content, and what was replaced in it."""

    name: str
    content: str
    interactions: int
    sheets: int
    cells: int
    texts: int
    numbers: int
    sample: str


def record(spreadsheet: str, client: SheetsClient, *, try_write: bool) -> Recording:
    """Read a spreadsheet as a run does, with ``try_write`` write nothing into it as a run writes, and scrub both.

    Raises the SheetsyncErrors of the client.
    """
    heard: list[Response] = []
    client.session.hooks["response"].append(lambda response, **_: heard.append(response))
    answer = client.get_spreadsheet(spreadsheet, fields=FIELDS)
    if try_write:
        client.batch_update_raw(spreadsheet, harmless(answer), fields=f"updatedSpreadsheet({AFTERWARDS})")
    return scrubbed_recording(spreadsheet, [_spoken(response) for response in heard])


def harmless(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Give a change that changes nothing, the title as it is and no rows of cells, with what a run asks for back."""
    grids = (sheet["properties"].get("sheetId", 0) for sheet in answer.get("sheets", ()) if _is_grid(sheet))
    title = {"properties": {"title": answer["properties"]["title"]}, "fields": "title"}
    requests: list[dict[str, Any]] = [{"updateSpreadsheetProperties": title}]
    for sheet in list(grids)[:1]:
        start = {"sheetId": sheet, "rowIndex": 0, "columnIndex": 0}
        requests.append({"updateCells": {"start": start, "rows": [], "fields": "userEnteredValue"}})
    return {"requests": requests, "includeSpreadsheetInResponse": True, "responseIncludeGridData": True}


def _is_grid(sheet: Mapping[str, Any]) -> bool:
    return str(sheet["properties"].get("sheetType", "GRID")) == "GRID"


class Spoken(NamedTuple):
    """One request and its answer, with bodies as JSON values (text where they are none)."""

    method: str
    url: str
    sent: Any
    sent_headers: Mapping[str, str]
    status: int
    reason: str
    answered: Any
    headers: Mapping[str, str]


def _spoken(response: Response) -> Spoken:
    asked: PreparedRequest = response.request
    return Spoken(
        method=str(asked.method),
        url=str(asked.url),
        sent=_parsed(asked.body if isinstance(asked.body, bytes | str) else None),
        sent_headers={name: str(value) for name, value in asked.headers.items()},
        status=response.status_code,
        reason=str(response.reason),
        answered=_parsed(response.content),
        headers=dict(response.headers),
    )


def _parsed(body: bytes | str | None) -> Any:
    if not body:
        return None
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else body
    try:
        return json.loads(text)
    except ValueError:
        return text


def scrubbed_recording(spreadsheet: str, spoken: list[Spoken]) -> Recording:
    """Give a recording of some requests about a spreadsheet."""
    bodies = [body for one in spoken for body in (one.sent, one.answered)]
    names = pseudonyms_for([*bodies, spreadsheet, [one.url for one in spoken]])
    interactions = [_interaction(one, spreadsheet, names) for one in spoken]
    content = json.dumps({"version": 1, "scrubbed": True, "interactions": interactions}, ensure_ascii=False, indent=1)
    answers = [json.loads(one["response"]["body"]["string"] or "null") for one in interactions]
    leaves = [leaf for answer in answers for leaf in _leaves(answer)]
    texts = [str(value) for field, value in leaves if field == "stringValue"]
    first = answers[0] if answers and isinstance(answers[0], dict) else {}
    return Recording(
        name=f"sheetsync.{names.identifier(spreadsheet)[:8]}.json",
        content=content + "\n",
        interactions=len(interactions),
        sheets=len(first.get("sheets", ())),
        cells=sum(field == "userEnteredValue" for field, _ in leaves),
        texts=sum(isinstance(value, str) for _, value in leaves),
        numbers=sum(field == "numberValue" for field, _ in leaves),
        sample=max(texts, key=len, default="")[:SAMPLE],
    )


def _interaction(one: Spoken, spreadsheet: str, names: Pseudonyms) -> dict[str, Any]:
    sent = None if one.sent is None else _told(scrubbed(one.sent, names))
    return {
        "request": {
            "method": one.method,
            "uri": _address(one.url, spreadsheet, names),
            "body": sent,
            "headers": _headers(one.sent_headers),
        },
        "response": {
            "status": {"code": one.status, "message": one.reason},
            "headers": _headers(one.headers),
            "body": {"string": "" if one.answered is None else _told(scrubbed(one.answered, names))},
        },
    }


def _told(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _address(url: str, spreadsheet: str, names: Pseudonyms) -> str:
    """Give the address of a request under Google's own name, with the spreadsheet's pseudonym in it."""
    parts = urlsplit(url)
    path = parts.path.replace(quote(spreadsheet, safe=""), names.identifier(spreadsheet))
    params = [(name, _param(name, value, names)) for name, value in parse_qsl(parts.query, keep_blank_values=True)]
    return f"{HOST}{path}?{urlencode(params)}"


def _param(name: str, value: str, names: Pseudonyms) -> str:
    if name in PLAIN_PARAMS:
        return value
    return scrubbed_range(value, names) if name == "ranges" else names.text(value)


def _headers(headers: Mapping[str, str]) -> dict[str, list[str]]:
    return {name: [value] for name, value in headers.items() if name.lower() in HEADERS}


def _leaves(value: Any, field: str = "") -> Iterator[tuple[str, Any]]:
    """Give every field of an answer with what stands in it: objects by their names, and the values at the ends."""
    if isinstance(value, Mapping):
        if field:
            yield field, value
        for name, part in value.items():
            yield from _leaves(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from _leaves(part, field)
    else:
        yield field, value
