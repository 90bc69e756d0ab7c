"""The time that the work on one spreadsheet may take, and the watch that ends a connection when it is over."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from types import TracebackType


class Deadline:
    """Counts down from ``seconds``, by a clock that is handed in (seconds, never going back)."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self._clock = clock
        self._end = clock() + seconds

    def left(self) -> float:
        """Give the seconds that are left; 0 when the time is over, never less."""
        return max(0.0, self._end - self._clock())


class Watch:
    """Shuts the connection that this thread works on when the time is over, whatever state it is in.

    The timeout of a socket counts anew with every byte, so a server that sends one byte now and then, in its headers
    or in its body, would hold a run for ever. The watch cannot end the search for a host's address, which belongs to
    the operating system and ends by itself.
    """

    def __init__(self, seconds: float) -> None:
        self.over = False
        self._held: socket.socket | None = None
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Watch:
        _here.watch = self
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._timer.cancel()
        _here.watch = None
        with self._lock:
            self._let_go()

    def hold(self, connection: socket.socket) -> None:
        """Take the connection that is in use from now on; where the time is over already, it ends at once.

        The watch has a handle of its own: http.client closes a connection that the server will not keep as soon as the
        headers are there, and reads the rest through the answer.
        """
        with self._lock:
            self._let_go()
            self._held = connection.dup()
            if self.over:
                _shut(self._held)

    def _let_go(self) -> None:
        if self._held is not None:
            self._held.close()
            self._held = None

    def _end(self) -> None:
        with self._lock:
            self.over = True
            if self._held is not None:
                _shut(self._held)


class _Here(threading.local):
    watch: Watch | None = None


_here = _Here()


def hold(connection: socket.socket) -> None:
    """Show a connection to the watch of this thread, where there is one."""
    if _here.watch is not None:
        _here.watch.hold(connection)


def _shut(connection: socket.socket) -> None:
    """End both directions: whoever waits for bytes on the connection gets its end."""
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the other side was faster: there is nothing left to end
