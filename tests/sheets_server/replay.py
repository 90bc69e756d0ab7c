"""Sends a recording's requests to a server again, in their order, and compares what it answers."""

from __future__ import annotations

import json
from datetime import datetime
from http.client import HTTPConnection
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from tests.sheets_server.agreement import Names, differences
from tests.sheets_server.discovery import target
from tests.sheets_server.drive import SHEET
from tests.sheets_server.recordings import Interaction
from tests.sheets_server.seeding import planted
from tests.sheets_server.server import SheetsServer


class Compared(NamedTuple):
    """One interaction, the operation it is, and where our answer differs from the recorded one."""

    number: int
    operation: str
    interaction: Interaction
    differences: tuple[str, ...]


class Replay:
    """A recording under way at a server that is its own, and of which it knows no inside but the files of others."""

    def __init__(self, server: SheetsServer) -> None:
        self.server = server
        self.names = Names()
        self.token = server.token()

    def run(self, interactions: list[Interaction]) -> list[Compared]:
        """Send every request and compare every answer."""
        self._plant_strangers(interactions)
        connection = HTTPConnection(urlsplit(self.server.url).netloc, timeout=30)
        try:
            return [self._compared(connection, number, one) for number, one in enumerate(interactions)]
        finally:
            connection.close()

    def _compared(self, connection: HTTPConnection, number: int, one: Interaction) -> Compared:
        path = _path(one.uri)
        meant = target(one.method, urlsplit(path).path)
        operation = meant.operation.id if meant else "drive.v2.files.update"
        connection.request(one.method, self.names.text(path), self._body(one), self._headers(one))
        response = connection.getresponse()
        raw = response.read()
        found = []
        if response.status != one.status:
            found.append(f"status: theirs {one.status}, ours {response.status}: {raw[:200]!r}")
        kind = response.getheader("Content-Type", "")
        if kind.partition(";")[0] != one.answer_headers.get("content-type", "").partition(";")[0]:
            found.append(f"Content-Type: theirs {one.answer_headers.get('content-type')}, ours {kind}")
        if not found:
            found += differences(self.names, one.answered, _parsed(raw.decode()))
        return Compared(number, operation, one, tuple(found))

    def _body(self, one: Interaction) -> bytes | None:
        if one.body is None:
            return None
        sent = one.sent
        text = json.dumps(self.names.body(sent)) if isinstance(sent, dict) else self.names.text(one.body)
        return text.encode()

    def _headers(self, one: Interaction) -> dict[str, str]:
        kind = {"Content-Type": one.headers["content-type"]} if "content-type" in one.headers else {}
        return {"Authorization": f"Bearer {self.token}", **kind}

    def _plant_strangers(self, interactions: list[Interaction]) -> None:
        """Put what was there before the recording began: a recording tells it when it first looks at it."""
        for file_id, name, created in strangers(interactions):
            self.names.bind(file_id, file_id)
            self.server.add(planted(file_id, name, _first_look(interactions, file_id)))
            file = self.server.files[file_id]
            file.created = file.modified = created


def strangers(interactions: list[Interaction]) -> list[tuple[str, str, float]]:
    """Give id, name and time of each spreadsheet that a recording sees and did not make."""
    made, found = set(), {}
    for one in interactions:
        answer = one.answered
        if not isinstance(answer, dict) or one.status != 200:
            continue
        if one.method == "POST" and answer.get("kind") == "drive#file":
            made.add(answer["id"])
        for file in answer.get("files", ()):
            if file["id"] not in made and file.get("mimeType", SHEET) == SHEET:
                found[file["id"]] = (file["id"], file["name"], _seconds(file.get("createdTime")))
        if answer.get("spreadsheetId") not in made | found.keys() | {None}:
            title = answer.get("properties", {}).get("title", "")
            found[answer["spreadsheetId"]] = (answer["spreadsheetId"], title, 0.0)
    return list(found.values())


def _first_look(interactions: list[Interaction], file_id: str) -> dict[str, Any]:
    """Give the fullest answer of spreadsheets.get before anything is written to that spreadsheet."""
    looks: list[dict[str, Any]] = []
    for one in interactions:
        if one.method != "GET" and f"/{file_id}" in one.uri:
            break
        answer = one.answered
        if isinstance(answer, dict) and answer.get("spreadsheetId") == file_id and "sheets" in answer:
            looks.append(answer)
    return max(looks, key=lambda look: len(json.dumps(look)), default={})


def _seconds(written: str | None) -> float:
    return datetime.fromisoformat(written).timestamp() if written else 0.0


def _path(uri: str) -> str:
    parts = urlsplit(uri)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _parsed(text: str) -> Any:
    try:
        return json.loads(text) if text else None
    except ValueError:
        return text
