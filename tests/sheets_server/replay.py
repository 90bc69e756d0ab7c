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
from tests.sheets_server.recordings import Interaction, Recording
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
        self._strangers: list[Stranger] = []

    def run(self, recording: Recording) -> list[Compared]:
        """Send every request and compare every answer."""
        interactions = recording.interactions
        self.names.scrubbed = recording.scrubbed
        self._strangers = strangers(interactions)
        connection = HTTPConnection(urlsplit(self.server.url).netloc, timeout=30)
        try:
            return [self._compared(connection, number, one) for number, one in enumerate(interactions)]
        finally:
            connection.close()

    def _compared(self, connection: HTTPConnection, number: int, one: Interaction) -> Compared:
        self._plant_strangers(number)
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

    def _plant_strangers(self, number: int) -> None:
        """Put what others had made before a recording first sees it: it tells then what that was."""
        for one in [one for one in self._strangers if one.seen == number]:
            self.names.bind(one.id, one.id)
            self.server.add(planted(one.id, one.name, one.look))
            file = self.server.files[one.id]
            file.created, file.modified = one.created, one.modified


class Stranger(NamedTuple):
    """A spreadsheet that a recording did not make: when it first sees it, and the most that it sees of it unchanged."""

    seen: int
    id: str
    name: str
    created: float
    modified: float
    look: dict[str, Any]


def strangers(interactions: list[Interaction]) -> list[Stranger]:
    """Give each spreadsheet that a recording sees and did not make, in the order in which it sees them."""
    known, found = set(), []
    for number, one in enumerate(interactions):
        answer = one.answered
        if not isinstance(answer, dict) or one.status != 200:
            continue
        if one.method == "POST" and answer.get("kind") == "drive#file":
            known.add(answer["id"])
        for file in _files(answer):
            if file["id"] not in known:
                known.add(file["id"])
                times = _seconds(file.get("createdTime")), _seconds(file.get("modifiedTime"))
                found.append(Stranger(number, file["id"], file["name"], *times, _first_look(interactions, file["id"])))
    return found


def _files(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the spreadsheets that an answer shows, as Drive would name them."""
    listed = [one for one in answer.get("files", ()) if one.get("mimeType", SHEET) == SHEET]
    if "spreadsheetId" in answer:
        listed.append({"id": answer["spreadsheetId"], "name": answer.get("properties", {}).get("title", "")})
    return listed


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
