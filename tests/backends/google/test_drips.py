"""What trickles or falls silent ends with the deadline, wherever in the conversation it does."""

from __future__ import annotations

import socket
import time

import pytest

from sheetsync.backends.google import wire
from sheetsync.backends.google.deadline import Watch
from sheetsync.backends.google.http import SheetsClient
from sheetsync.backends.google.refusals import Ambiguous
from sheetsync.errors import TemporaryFailure
from tests.backends.google.clocks import client_of
from tests.backends.google.wire_server import Reply, WireServer, answer

ID = "1AbC-dEf_GhIjKlMnOpQrStUvWxYz0123456789abcdef"
BODY = {"requests": [{"updateCells": {"fields": "userEnteredValue", "rows": [{"values": ["Tiến độ"]}]}}]}


def read(client: SheetsClient) -> dict[str, object]:
    """Read as the backend does."""
    return client.get_spreadsheet(ID, fields="spreadsheetId", ranges=["A!A1:B2", "'Mục tiêu'!A:Z"])


def drip(head: bytes) -> Reply:
    """Send something, then one byte every 20 ms for as long as the client bears it."""

    def reply(connection):  # type: ignore[no-untyped-def]
        connection.sendall(head)
        for _ in range(1000):
            connection.sendall(b"a")
            time.sleep(0.02)

    return reply


DRIPS = {
    "in the body": b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n",
    "in a body without a length": b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n",
    "in a chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffff\r\n",
    "in the headers": b"HTTP/1.1 200 OK\r\nX-Slow: ",
    "in the first line": b"HT",
}


@pytest.mark.parametrize("where", DRIPS)
def test_a_slow_drip_ends_with_the_deadline(where: str) -> None:
    """Shows that bytes which trickle for 20 s, wherever they do, hold nothing up beyond a deadline of 0.3 s."""
    with WireServer(drip(DRIPS[where])) as server, client_of(server, deadline=0.3) as client:
        began = time.monotonic()
        with pytest.raises(TemporaryFailure) as raised:
            read(client)
        took = time.monotonic() - began
    assert raised.value.key == "google.deadline"
    assert 0.25 <= took < 2
    assert len(server.seen) == 1


def test_a_drip_on_a_kept_connection_ends_too() -> None:
    """Shows that the watch also holds a connection that an earlier request opened."""
    with WireServer(answer(200), drip(b"H")) as server, client_of(server, deadline=0.4) as client:
        read(client)
        began = time.monotonic()
        with pytest.raises(Ambiguous):
            client.batch_update_raw(ID, BODY)
        assert time.monotonic() - began < 2


def test_silence_ends_with_the_deadline() -> None:
    """Shows that a server that accepts a request and says nothing is given up in time."""
    with WireServer() as server:
        server.default = lambda _: (server.stopped.wait(10), None)[1]
        with client_of(server, deadline=0.3) as client, pytest.raises(TemporaryFailure) as raised:
            client.sign_in()
            read(client)
    assert raised.value.key in ("google.deadline", "google.timeout")


def test_silence_leaves_time_for_another_attempt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that a server that says nothing is not waited for until the deadline: a read is sent again before it."""
    monkeypatch.setattr(wire, "READ_SECONDS", 0.6)

    def silent(_: object) -> None:
        server.stopped.wait(20)

    began = time.monotonic()
    with WireServer(silent) as server, client_of(server, random=lambda: 0.0) as client:
        read(client)
        assert len(server.seen) == 2
        assert time.monotonic() - began < 4
        server.default = silent
        with pytest.raises(Ambiguous) as raised:
            client.batch_update_raw(ID, BODY)
        assert raised.value.params["cause"] in ("TimeoutError", "ReadTimeoutError")
        assert len(server.seen) == 3
        assert time.monotonic() - began < 8


def test_a_token_that_comes_too_late_makes_no_change_a_riddle() -> None:
    """Shows that where already the token trickled until the deadline, a change was certainly not made."""
    with WireServer() as server, client_of(server, deadline=0.3) as client:
        server.token_replies.append(drip(DRIPS["in the body"]))
        began = time.monotonic()
        with pytest.raises(TemporaryFailure) as raised:
            client.batch_update_raw(ID, BODY)
        assert time.monotonic() - began < 2
    assert (raised.value.key, isinstance(raised.value, Ambiguous)) == ("google.deadline", False)
    assert server.seen == []


def test_a_connection_that_is_made_when_the_time_is_over_ends_at_once() -> None:
    """Shows that the watch shuts also what it is shown only after it has rung, and then leaves it alone."""
    ours, theirs = socket.socketpair()
    with ours, theirs, Watch(0.0) as watch:
        while not watch.over:
            time.sleep(0.001)
        watch.hold(ours)
        assert theirs.recv(1) == b""
        assert ours.fileno() >= 0
