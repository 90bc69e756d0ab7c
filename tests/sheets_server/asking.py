"""A plain client for the tests of the server itself: no library of Google's between."""

from __future__ import annotations

import json
from http.client import HTTPConnection, HTTPResponse
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from tests.sheets_server.server import SheetsServer

#: The id of the spreadsheet that the fixture `ask` finds.
BOOK = "1" + "a" * 43


class Reply(NamedTuple):
    """A status, the JSON or text that was answered, and the headers with lower-case names."""

    status: int
    body: Any
    headers: dict[str, str]

    @property
    def reason(self) -> str:
        """The message of an error."""
        return str(self.body["error"]["message"])


class Asker:
    """One connection to a server, with a token of its own (`scopes` as in `SheetsServer.token`)."""

    def __init__(self, server: SheetsServer, *scopes: str) -> None:
        self.connection = HTTPConnection(urlsplit(server.url).netloc, timeout=20)
        self.token: str | None = server.token(*scopes)

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Reply:
        """Ask, and read the answer."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token is not None:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        if body is not None:
            sent.setdefault("Content-Type", "application/json")
        raw = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        self.connection.request(method, path, raw, sent)
        return self._reply(self.connection.getresponse())

    def _reply(self, response: HTTPResponse) -> Reply:
        raw = response.read()
        headers = {name.lower(): value for name, value in response.getheaders()}
        json_there = "json" in headers.get("content-type", "") and "content-encoding" not in headers
        return Reply(response.status, json.loads(raw) if json_there and raw else raw, headers)

    def close(self) -> None:
        """Hang up."""
        self.connection.close()
