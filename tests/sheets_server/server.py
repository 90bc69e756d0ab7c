"""The HTTP server on the loopback: connections that stay open, packed answers, and every way a network fails."""

from __future__ import annotations

import select
import socket
import struct
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs

from tests.sheets_server.access import Kind
from tests.sheets_server.access import Service as Api
from tests.sheets_server.drive import File
from tests.sheets_server.faults import Fault
from tests.sheets_server.quota import Quota
from tests.sheets_server.service import Callback, Outcome, Service
from tests.sheets_server.spreadsheet import Spreadsheet
from tests.sheets_server.tokens import EMAIL, Holder
from tests.sheets_server.wire import Answer, Request, split

#: How often the loop that accepts connections looks whether it should end; seconds.
POLL = 0.02
PIECES = 8


class SheetsServer:
    """A stand-in of Google Sheets and Drive over real HTTP on a free port of 127.0.0.1.

    `clock` gives seconds since 1970: tokens, quotas and the times of files follow it. As a context manager it serves
    inside the block. `violations` must be empty at the end: the fixture checks it.
    """

    def __init__(self, *, clock: Callable[[], float] = time.time, port: int = 0) -> None:
        self.service = Service(clock)
        self.delay = 0.0
        self.closing = threading.Event()
        self._http = _Http(("127.0.0.1", port), self)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(POLL,), daemon=True)

    def __enter__(self) -> SheetsServer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._http.shutdown()
        self._thread.join()
        self._http.hang_up()
        self._http.server_close()

    @property
    def url(self) -> str:
        """Where it listens: `http://127.0.0.1:PORT`."""
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    @property
    def spreadsheets(self) -> dict[str, Spreadsheet]:
        """Every spreadsheet by its id."""
        return self.service.drive.spreadsheets

    @property
    def files(self) -> dict[str, File]:
        """Every file of Drive by its id, folders and workbooks too."""
        return self.service.drive.files

    @property
    def requests(self) -> list[Request]:
        """The requests to the API so far, in order; those to `/token` are in `token_requests`."""
        return self.service.requests

    @property
    def token_requests(self) -> list[Request]:
        """The requests for a token so far."""
        return self.service.token_requests

    @property
    def violations(self) -> list[str]:
        """What the stand-in itself got wrong."""
        return self.service.violations

    @property
    def reads(self) -> int:
        """How many requests Google would count as reads of spreadsheets, refused ones too."""
        return sum(one.reads for one in self.requests if one.operation.startswith("sheets."))

    @property
    def writes(self) -> int:
        """How many requests Google would count as writes of spreadsheets, refused ones too."""
        return sum(not one.reads for one in self.requests if one.operation.startswith("sheets."))

    def add(self, spreadsheet: Spreadsheet, *, folder: str = "root", drive: str | None = None) -> Spreadsheet:
        """Put a spreadsheet there, in a folder of Drive, of a shared drive if one is named."""
        with self.service.lock:
            self.service.drive.add(spreadsheet, folder=folder, drive=drive)
        return spreadsheet

    def add_file(self, file: File) -> File:
        """Put any other file into Drive: a folder, or a workbook of Excel."""
        with self.service.lock:
            return self.service.drive.put(file)

    def key_file(self, folder: Path, *, email: str = EMAIL) -> Path:
        """Write a service account's key for this server into a folder, with mode 0600, and give its path."""
        return self.service.tokens.key_file(folder, self.url, email=email)

    def token(self, *scopes: str, lifetime: float = 3600) -> str:
        """Give a bearer token without the way over `/token`, for these scopes (default: `spreadsheets` and `drive`)."""
        names = scopes or ("spreadsheets", "drive")
        holder = Holder(EMAIL, frozenset(f"https://www.googleapis.com/auth/{name}" for name in names))
        return str(self.service.tokens.issue(holder, lifetime=lifetime)["access_token"])

    def finish(self) -> None:
        """Wait until it is done with a request that it has begun, as that of a process that is dead already."""
        self.service.lock.acquire()
        self.service.lock.release()

    def on_request(self, callback: Callback) -> None:
        """Let `callback(number, request)` run before each request is answered; it may edit any spreadsheet."""
        self.service.callbacks.append(callback)

    def fail(self, *faults: Fault, at: int | None = None, on: str | None = None, times: int = 1) -> None:
        """Let requests fail; `Plan.add` of `faults.py` says which."""
        self.service.plan.add(*faults, at=at, on=on, times=times)

    def quota(self, *, reads: int = 60, writes: int = 60, seconds: float = 60, retry_after: bool = False) -> Quota:
        """Allow only so many reads and writes of spreadsheets in each window of `seconds`."""
        clock = self.service.tokens.clock
        self.service.quota = Quota(clock, reads=reads, writes=writes, seconds=seconds, retry_after=retry_after)
        return self.service.quota

    def latency(self, seconds: float) -> None:
        """Let each answer take so long."""
        self.delay = seconds

    def deny(self, file_id: str, kind: Kind) -> None:
        """Refuse a file (`*`: every file) from now on."""
        self.service.access.deny(file_id, kind)

    def allow(self, file_id: str) -> None:
        """Take back what was denied of a file."""
        self.service.access.allow(file_id)

    def disable(self, api: Api) -> None:
        """Switch off `sheets` or `drive`, as in a project that has not enabled it."""
        self.service.access.disabled.add(api)


class _Http(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], owner: SheetsServer) -> None:
        self.owner = owner
        self.open: set[socket.socket] = set()
        super().__init__(address, _Handler)

    def get_request(self) -> tuple[socket.socket, Any]:
        found, address = super().get_request()
        self.open.add(found)
        return found, address

    def shutdown_request(self, request: Any) -> None:
        """Close a connection; one that is to be reset must not say goodbye first."""
        self.open.discard(request)
        if request.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8) == struct.pack("ii", 1, 0):
            request.close()
        else:
            super().shutdown_request(request)

    def hang_up(self) -> None:
        """End the connections that clients keep open, so that no thread waits for more."""
        for one in list(self.open):
            _end(one)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Leave a client that hung up in peace."""


def _end(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        connection.close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server_version = "ESF"
    sys_version = ""
    server: _Http

    def do_GET(self) -> None:
        """Answer any method."""
        owner = self.server.owner
        request = self._request()
        if owner.delay:
            owner.closing.wait(owner.delay)
        self._send(owner.service.outcome(request))

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET  # noqa: N815 - the names that the library calls

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Print nothing: `requests` is the log."""

    def _request(self) -> Request:
        path, params = split(self.path)
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if path == "/token":
            params = parse_qs(raw.decode())
        return Request(0, self.command, path, params, self.headers, raw)

    def _send(self, outcome: Outcome) -> None:
        fault = outcome.fault
        answer = outcome.answer.packed(self.headers.get("Accept-Encoding", ""))
        if fault is None or fault.kind == "answer":
            self._write(self._head(answer) + answer.body)
        elif fault.kind == "drip":
            self._drip(self._head(answer), answer.body, fault.pause)
        elif fault.kind == "truncated":
            self._write(self._head(answer) + answer.body[: len(answer.body) // 2])
            self.close_connection = True
        else:
            self._drop(fault)

    def _head(self, answer: Answer) -> bytes:
        lines = [
            f"HTTP/1.1 {answer.status} {self.responses[answer.status][0]}"
            if answer.status in self.responses
            else f"HTTP/1.1 {answer.status} Unknown"
        ]
        headers = [("Content-Type", answer.kind), ("Server", "ESF"), ("Date", self.date_time_string())]
        headers += [("Vary", "Origin"), ("Cache-Control", "private"), *answer.headers]
        if answer.status != 204:
            headers.append(("Content-Length", str(len(answer.body))))
        lines += [f"{name}: {value}" for name, value in headers]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

    def _write(self, content: bytes) -> None:
        """Send all at once, so that no packet waits for another."""
        try:
            self.wfile.write(content)
        except OSError:
            self.close_connection = True

    def _drip(self, head: bytes, body: bytes, pause: float) -> None:
        self._write(head)
        step = max(1, -(-len(body) // PIECES))
        for at in range(0, len(body), step):
            if self.close_connection or self.server.owner.closing.wait(pause):
                break
            self._write(body[at : at + step])

    def _drop(self, fault: Fault) -> None:
        self.close_connection = True
        if fault.kind == "stall":
            while not self.server.owner.closing.wait(POLL):
                readable, _, _ = select.select([self.connection], [], [], 0)
                if readable and not self.connection.recv(1, socket.MSG_PEEK):
                    break
        else:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
