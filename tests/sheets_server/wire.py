"""What goes over the wire: a request as it came, and an answer as it will go."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from email.message import Message
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

JSON = "application/json; charset=UTF-8"
#: Shorter answers are sent as they are: packing them gains nothing.
WORTH_PACKING = 256


@dataclass
class Request:
    """One request as the server saw it, and what became of it.

    `number` counts the requests to the API from 1; those to `/token` have 0. `body` is the JSON that was sent, else
    the bytes, else None. `status` is 0 until it is answered, and stays 0 where no answer was sent.
    """

    number: int
    method: str
    path: str
    params: dict[str, list[str]]
    headers: Message
    raw: bytes
    operation: str = ""
    reads: bool = True
    user: str = ""
    status: int = 0
    answer: Any = None
    fault: str = ""
    body: Any = field(init=False)

    def __post_init__(self) -> None:
        self.body = self._parsed()

    def _parsed(self) -> Any:
        if not self.raw:
            return None
        if "json" not in self.headers.get("Content-Type", ""):
            return self.raw
        try:
            return json.loads(self.raw)
        except ValueError:
            return self.raw

    def one(self, name: str, default: str = "") -> str:
        """Give the last value of a query parameter."""
        return self.params.get(name, [default])[-1]


class Answer(NamedTuple):
    """A status, its body, and the headers beyond those that every answer has."""

    status: int
    body: bytes = b""
    kind: str = JSON
    headers: tuple[tuple[str, str], ...] = ()

    def packed(self, accepted: str) -> Answer:
        """Give the same answer in gzip where the client reads it and it is worth it."""
        if "gzip" not in accepted or len(self.body) < WORTH_PACKING:
            return self
        headers = (*self.headers, ("Content-Encoding", "gzip"))
        return self._replace(body=gzip.compress(self.body, compresslevel=1), headers=headers)


def split(uri: str) -> tuple[str, dict[str, list[str]]]:
    """Give the undecoded path and the query of a URI."""
    parts = urlsplit(uri)
    return parts.path, parse_qs(parts.query, keep_blank_values=True)


def json_answer(status: int, body: Any, *, pretty: bool = True) -> Answer:
    """Give an answer in JSON as Google prints it: indented by two, unless the request said `prettyPrint=false`."""
    if pretty:
        text = json.dumps(body, ensure_ascii=False, indent=2) + "\n"
    else:
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Answer(status, text.encode())
