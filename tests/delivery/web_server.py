"""A web server on this machine that keeps what it was sent, and answers as the test has scripted."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs


class Asked(NamedTuple):
    """One request as it arrived."""

    path: str
    headers: dict[str, str]
    body: bytes
    method: str = "POST"

    @property
    def form(self) -> dict[str, str]:
        """The fields of a form."""
        return {name: values[0] for name, values in parse_qs(self.body.decode()).items()}

    @property
    def json(self) -> Any:
        """The document."""
        return json.loads(self.body)


class Said(NamedTuple):
    """One answer; a status of 0 ends the connection without any.

    -1 trickles bytes for as long as they are read, -2 ends in the midst of the body, and -3 falls silent there.
    """

    status: int
    body: object = ""
    headers: tuple[tuple[str, str], ...] = ()


class WebServer:
    """What was asked, and what will be answered; ``judge`` gives the usual answer where nothing is scripted."""

    def __init__(self, judge: Callable[[Asked], Said]) -> None:
        self.asked: list[Asked] = []
        self.script: deque[Said] = deque()
        self.judge = judge
        self.over = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def run(self) -> None:
        """Answer until ``stop``."""
        self._server.serve_forever(0.01)

    def stop(self) -> None:
        """Answer nobody any more."""
        self.over.set()
        self._server.shutdown()
        self._server.server_close()

    def _handler(owner) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - two selves meet here
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                asked = Asked(self.path, headers, body, self.command)
                owner.asked.append(asked)
                self._say(owner.script.popleft() if owner.script else owner.judge(asked))

            do_GET = do_POST  # noqa: N815 - the library's name

            def _say(self, said: Said) -> None:
                if said.status <= 0:
                    self.close_connection = True
                    if said.status == -1:
                        self._trickle()
                    elif said.status:
                        self._break_off(silent=said.status == -3)
                    return
                body = said.body if isinstance(said.body, str) else json.dumps(said.body)
                octets = body.encode()
                self.send_response(said.status)
                for name, value in said.headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(octets)))
                self.end_headers()
                self.wfile.write(octets)

            def _trickle(self) -> None:
                self.send_response(200)
                self.end_headers()
                with suppress(OSError):
                    while not owner.over.wait(0.01):
                        self.wfile.write(b" ")

            def _break_off(self, *, silent: bool) -> None:
                self.send_response(200)
                self.send_header("Content-Length", "100")
                self.end_headers()
                self.wfile.write(b"{")
                if silent:
                    owner.over.wait(10)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
                """Say nothing."""

        return Handler


@contextmanager
def answering(judge: Callable[[Asked], Said] = lambda _asked: Said(200, "ok")) -> Iterator[WebServer]:
    """Run a web server."""
    server = WebServer(judge)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join(10)
