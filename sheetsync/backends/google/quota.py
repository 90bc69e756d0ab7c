"""How many requests a minute go out: counted for all threads of the process, so that Google need not refuse any.

Google allows 60 reads and 60 writes a minute for each user of a project, and does not say whether its minutes are
fixed or rolling. No stretch of 60 seconds, wherever it begins, holds more requests than the limit here, not even the
first one. A request counts from the moment in which it may go out until a minute after its answer: in between nobody
knows when Google counts it.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sheetsync.record import NamedTuple

WINDOW = 60.5
"""Seconds for which a request counts after its answer: Google's minute, and half a second for the clocks."""


class Limits(NamedTuple):
    """Requests a minute, 1 or more each. Google's own limit is 60 for each user."""

    reads: int = 55
    writes: int = 55


class Bucket:
    """The requests of one kind. Knows no clock and no threads: every method is told what time it is.

    Whoever comes first goes first: a newcomer waits until all who wait before him have a place.
    """

    def __init__(self, limit: int, window: float = WINDOW) -> None:
        self._limit = limit
        self._window = window
        self._out = 0
        self._done: deque[float] = deque()
        self._queue: list[object] = []

    def join(self) -> object:
        """Take a place in the queue; the ticket that is given names it."""
        ticket = object()
        self._queue.append(ticket)
        return ticket

    def due(self, ticket: object, now: float) -> float:
        """Give the moment from which it is worth asking again; ``now`` itself when the request may go out.

        A moment, not a wait: whoever waits for the same place is told the same, to the last digit.
        """
        while self._done and self._done[0] + self._window <= now:
            self._done.popleft()
        lacking = self._queue.index(ticket) + 1 - (self._limit - self._out - len(self._done))
        if lacking <= 0:
            return now
        if lacking <= len(self._done):
            return self._done[lacking - 1] + self._window
        return now + self._window  # it hangs on a request that is still out, and counts that long after its answer

    def start(self, ticket: object) -> None:
        """Count the request of a ticket as out."""
        self._queue.remove(ticket)
        self._out += 1

    def leave(self, ticket: object) -> None:
        """Give up a place in the queue."""
        self._queue.remove(ticket)

    def finish(self, now: float) -> None:
        """Count a request as answered."""
        self._out -= 1
        self._done.append(now)


class Quota:
    """The buckets of reads and writes, for any number of threads. ``clock`` and ``sleep`` count in seconds."""

    def __init__(
        self,
        limits: Limits,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._buckets = {"read": Bucket(limits.reads), "write": Bucket(limits.writes)}
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()

    @contextmanager
    def slot(self, kind: str, left: Callable[[], float]) -> Iterator[None]:
        """Wait until a request of a kind (``read``, ``write``) may go out, and count it while the block runs.

        Raises TimeoutError at once where the wait would be longer than the seconds that are ``left``.
        """
        bucket = self._buckets[kind]
        self._await(bucket, left)
        try:
            yield
        finally:
            with self._lock:
                bucket.finish(self._clock())

    def _await(self, bucket: Bucket, left: Callable[[], float]) -> None:
        with self._lock:
            ticket = bucket.join()
        try:
            while (wait := self._try(bucket, ticket)) > 0:
                if wait > left():
                    raise TimeoutError
                self._sleep(wait)
        except BaseException:  # also Ctrl-C: a ticket that stays would hold up everybody behind it
            with self._lock:
                bucket.leave(ticket)
            raise

    def _try(self, bucket: Bucket, ticket: object) -> float:
        with self._lock:
            now = self._clock()
            wait = bucket.due(ticket, now) - now
            if wait <= 0:
                bucket.start(ticket)
            return wait


_shared: dict[tuple[str, Limits], Quota] = {}
_sharing = threading.Lock()


def shared(account: str, limits: Limits) -> Quota:
    """Give the one quota of this process for an account: Google counts for each user, not for each spreadsheet."""
    with _sharing:
        return _shared.setdefault((account, limits), Quota(limits))
