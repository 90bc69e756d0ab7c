"""A service that is told of a run: what is asked of it, and what each of its answers means."""

from __future__ import annotations

import socket
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from sheetsync.delivery import ping
from sheetsync.errors import DeliveryRefused, SheetsyncError, TemporaryFailure
from sheetsync.hidden import Hidden
from tests.delivery.web_server import Said, answering

CANARY = "canary"


def test_a_service_that_knows_exit_codes() -> None:
    """Shows the address of Healthchecks with what ends it, the run's own number, and the text as the body."""
    with answering() as server:
        ping.tell(Hidden(f"{server.url}/canary/"), "start", "run-1", "")
        ping.tell(Hidden(f"{server.url}/key/slug?create=1#x"), "3", "run-1", "Đã xong 4 trên 5.\n")
        begun, ended = server.asked
    assert (begun.method, begun.path, begun.body) == ("POST", "/canary/start?rid=run-1", b"")
    assert (ended.method, ended.path) == ("POST", "/key/slug/3?create=1&rid=run-1")
    assert ended.body.decode() == "Đã xong 4 trên 5.\n"
    assert ended.headers["content-type"] == "text/plain; charset=utf-8"


def test_a_service_that_knows_silence_alone() -> None:
    """Shows that its address is called as it stands."""
    with answering() as server:
        ping.tell_success(Hidden(f"{server.url}/api/push/canary?status=up&msg=OK&ping="))
        (asked,) = server.asked
    assert (asked.method, asked.path, asked.body) == ("GET", "/api/push/canary?status=up&msg=OK&ping=", b"")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (Said(404, "canary is not known"), "404"),
        (Said(500, "canary"), "500"),
        (Said(302, "", (("Location", "https://192.0.2.1/canary"),)), "302"),
        (Said(200, "OK (not found)"), "OK (not found)"),
        (Said(200, "OK (rate limited)"), "OK (rate limited)"),
    ],
)
def test_an_answer_that_is_none_of_success(said: Said, told: str) -> None:
    """Shows that what was not kept counts as not told, in the words of the service that are known to be harmless."""
    with answering(lambda _asked: said) as server, pytest.raises(DeliveryRefused) as caught:
        ping.tell(Hidden(f"{server.url}/{CANARY}"), "0", "run-1", "")
    assert (caught.value.key, caught.value.params) == ("ping.refused", {"said": told})
    assert CANARY not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("said", [Said(200, ""), Said(204), Said(200, "x" * 99_999), Said(200, "OK"), Said(-1)])
def test_any_other_answer_of_success_counts(said: Said) -> None:
    """Shows that nothing more is read than needed, so that an answer without an end is as good as a short one."""
    with answering(lambda _asked: said) as server:
        ping.tell(Hidden(f"{server.url}/canary"), "0", "run-1", "")
        assert len(server.asked) == 1


@contextmanager
def listening(answer: Callable[[socket.socket, threading.Event], None]) -> Iterator[str]:
    """Run a server that does something of its own with each connection, until the end; give its address."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    threading.Thread(target=spoken, args=(connection,), daemon=True).start()

        def spoken(connection: socket.socket) -> None:
            with connection, suppress(OSError):
                answer(connection, over)

        accepting = threading.Thread(target=serve, daemon=True)
        accepting.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}"
        finally:
            over.set()
            with suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)
            accepting.join(10)


def hang(_connection: socket.socket, over: threading.Event) -> None:
    """Take a request and say nothing."""
    over.wait(60)


def drip(connection: socket.socket, over: threading.Event) -> None:
    """Begin an answer, and never come to its end: a sign of a header now and then."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not over.wait(0.05):
        connection.sendall(b"x")


def garbage(connection: socket.socket, _over: threading.Event) -> None:
    """Answer in no language of the web."""
    connection.recv(10_000)
    connection.sendall(b"\x00\xff canary\r\n\r\n")


def test_a_service_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that a silent service is left in time."""
    monkeypatch.setattr(ping, "SECONDS", 0.2)
    with listening(hang) as url, pytest.raises(TemporaryFailure) as caught:
        ping.tell(Hidden(f"{url}/canary"), "0", "run-1", "")
    assert caught.value.key == "ping.silent"


def test_nobody_there_and_nobody_sensible() -> None:
    """Shows that a closed port, a name that is none and an answer that is none are failures without the address."""
    with answering() as server:
        gone = server.url
    with listening(garbage) as odd:
        for url in (gone, odd, f"https://{'a' * 70}.vn", "https://127.0.0.1:99999"):
            with pytest.raises(SheetsyncError) as caught:
                ping.tell(Hidden(f"{url}/{CANARY}"), "0", "run-1", "")
            assert caught.value.key == "ping.unreachable", url
            assert CANARY not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    "url", ["http://hc.example/canary", "ftp://127.0.0.1/canary", "https://", "canary", "https://[::1"]
)
def test_an_address_has_to_be_protected(url: str) -> None:
    """Shows that nothing goes out but over https, or to this computer, and that the address is not told."""
    with pytest.raises(DeliveryRefused) as caught:
        ping.tell(Hidden(url), "0", "run-1", "")
    assert (caught.value.key, caught.value.params) == ("ping.url", {})
    with pytest.raises(DeliveryRefused):
        ping.tell_success(Hidden(url))
