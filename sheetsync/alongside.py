"""Work for a second thread: what lets go of Python's lock while it is done, such as packing, or reading in Rust."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Alongside(Generic[T]):
    """Something that is done from now on; ``result`` waits for it. The thread never holds up the end of the program."""

    def __init__(self, work: Callable[[], T]) -> None:
        """Begin at once."""
        self._work = work
        self._given: list[T] = []
        self._failed: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._given.append(self._work())
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is raised where the result is asked for
            self._failed = error

    def result(self) -> T:
        """Give what came of it, or raise what it raised."""
        self._thread.join()
        if self._failed is not None:
            raise self._failed
        return self._given[0]
