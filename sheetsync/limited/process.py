"""Starts a limited process and asks it: one request, one answer, each within a time, a memory and a size."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Any

from sheetsync.record import NamedTuple

GRACE = 3.0
"""Seconds after the time of an answer until the process is killed; up to then it can still say where it was."""

_BOOT = (
    "import sys, json; told = json.loads(sys.stdin.buffer.readline()); sys.path[:] = told['path'];"
    "from sheetsync.limited.child import serve; serve(told)"
)
_PASSED_ON = ("SYSTEMROOT", "SYSTEMDRIVE", "TZ")
"""What Windows needs to start a process at all, and the time zone. No other variable of ours gets there."""


class Limits(NamedTuple):
    """What one answer may take.

    ``seconds`` by the clock on the wall and ``processor`` by that of the processor; ``memory`` in MB beyond what the
    program itself needs; ``output`` in bytes; ``start`` is for starting and importing, in seconds. The clock and the
    size hold everywhere, the others where the platform has such limits (Linux; macOS all but the memory).
    """

    seconds: float = 10.0
    processor: int = 8
    memory: int = 256
    output: int = 8_000_000
    start: float = 60.0


LIMITS = Limits()


class Ended(Exception):
    """The process gave no answer: ``why`` is ``time``, ``output`` or ``died``, ``detail`` the last it said, if any."""

    def __init__(self, why: str, detail: str = "") -> None:
        super().__init__(why, detail)
        self.why = why
        self.detail = detail


class Limited:
    """A limited process that answers requests, one after the other; started at the first, and anew after it ended.

    ``entry`` names what answers: ``package.module:function``, which takes and gives what JSON can hold.
    """

    def __init__(self, entry: str, limits: Limits = LIMITS) -> None:
        """Take what answers, and within which limits; nothing is started yet."""
        self._entry = entry
        self._limits = limits
        self._running: _Running | None = None

    def __enter__(self) -> Limited:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def ask(self, request: Mapping[str, Any]) -> Any:
        """Give the answer to a request; Ended where there is none, and the process is gone then."""
        try:
            return self._started().exchange(request)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End the process, whatever it is doing."""
        if self._running is not None:
            self._running.kill()
            self._running = None

    def _started(self) -> _Running:
        if self._running is None:
            self._running = _Running(self._entry, self._limits)
            self._running.greet()
        return self._running


class _Running:
    """The process while it runs. Two threads of ours empty its pipes, so that it never waits for us."""

    def __init__(self, entry: str, limits: Limits) -> None:
        self._limits = limits
        self._process = _start()
        self._lines: SimpleQueue[bytes] = SimpleQueue()
        self._said: deque[bytes] = deque(maxlen=20)
        self._threads = (Thread(target=self._read, daemon=True), Thread(target=self._listen, daemon=True))
        for thread in self._threads:
            thread.start()
        self._write({"path": _path(), "entry": entry, "limits": limits._asdict()})

    def greet(self) -> None:
        """Wait until it has imported what it needs and has limited itself."""
        self._next(self._limits.start)

    def exchange(self, request: Mapping[str, Any]) -> Any:
        self._write(request)
        return json.loads(self._next(self._limits.seconds + GRACE))

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        for thread in self._threads:
            thread.join()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            _close(pipe)

    def _write(self, value: Mapping[str, Any]) -> None:
        assert self._process.stdin is not None  # noqa: S101 - it is a pipe
        try:
            self._process.stdin.write(json.dumps(value).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:
            raise self._ended() from None

    def _next(self, seconds: float) -> bytes:
        try:
            line = self._lines.get(timeout=seconds)
        except Empty:
            raise Ended("time") from None
        if not line:
            raise self._ended()
        if len(line) > self._limits.output:
            raise Ended("output")
        return line

    def _ended(self) -> Ended:
        """Say how it died; its pipe is closed, so it is ending or gone."""
        self._process.kill()
        self._process.wait()
        self._threads[1].join()
        said = [line for line in b"".join(self._said).decode("utf-8", "replace").splitlines() if line.strip()]
        return Ended("died", said[-1][:300] if said else f"exit {self._process.returncode}")

    def _read(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 - it is a pipe
        line = b" "
        while line and len(line) <= self._limits.output:
            line = self._process.stdout.readline(self._limits.output + 1)
            self._lines.put(line)

    def _listen(self) -> None:
        assert self._process.stderr is not None  # noqa: S101 - it is a pipe
        while said := self._process.stderr.read1(4096):  # type: ignore[attr-defined]
            self._said.append(said)


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own interpreter with our own program
        [sys.executable, "-I", "-X", "utf8", "-c", _BOOT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        cwd=Path(sys.executable).anchor,
        start_new_session=os.name == "posix",  # a Ctrl-C is for us; we end it then
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _path() -> list[str]:
    """Give where modules are looked for: what we see, the program's own folder first; never the current folder."""
    left_out = {own := str(Path(__file__).parents[2])}
    with suppress(FileNotFoundError):  # somebody deleted the folder in which we stand
        left_out.add(str(Path.cwd()))
    return [own, *(one for one in sys.path if one and Path(one).is_absolute() and one not in left_out)]


def _close(pipe: Any) -> None:
    with suppress(OSError):  # what was still to be written has no reader any more
        pipe.close()
