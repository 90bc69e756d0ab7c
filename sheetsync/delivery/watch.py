"""Ends a connection whose other side lets us wait too long, however it does that.

The timeout of a socket counts anew with every byte, so a server that sends one now and then would hold a run for ever.
"""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from types import TracebackType


class Watch:
    """Shuts a connection down when a number of seconds is over, as a context around what is waited for."""

    def __init__(self, connection: socket.socket | None, seconds: float) -> None:
        """Take the connection (None where it has ended already) and the seconds."""
        # A handle of its own: the connection may be wrapped into TLS, or be closed, while it is watched.
        self._held = None
        if connection is not None and connection.fileno() >= 0:
            self._held = socket.fromfd(connection.fileno(), connection.family, connection.type)
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Watch:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._timer.cancel()
        self._timer.join()
        if self._held is not None:
            self._held.close()

    def _end(self) -> None:
        if self._held is not None:
            with suppress(OSError):  # the other side has ended it already
                self._held.shutdown(socket.SHUT_RDWR)
