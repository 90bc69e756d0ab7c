"""The far side: limits itself, then answers one request after the other on its standard input and output."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib import import_module
from threading import Timer
from types import FrameType
from typing import Any, BinaryIO

OPEN_FILES = 64
"""Files that may be open at once; a mail needs its templates, one after the other."""

PROCESSES = 0
"""Processes and threads that may be started from here (Linux counts them for the user; root is not limited)."""


class TimeUp(Exception):
    """The time of an answer is used up; raised in the middle of whatever was done."""


def serve(told: Mapping[str, Any]) -> None:
    """Import what answers, take on the limits, then answer until nobody asks any more."""
    limits = told["limits"]
    module, _, function = told["entry"].partition(":")
    answer: Callable[[Any], Any] = getattr(import_module(module), function)
    out = _only_answers()
    confine(int(limits["memory"]) * 1_000_000)
    _send(out, "ready")
    for line in sys.stdin.buffer:
        request = json.loads(line)
        with _timed(float(limits["seconds"]), int(limits["processor"])):
            given = answer(request)
        _send(out, given)


def _only_answers() -> BinaryIO:
    """Give the pipe to the near side; whatever else is printed goes to standard error."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return out


def _send(out: BinaryIO, value: Any) -> None:
    out.write(json.dumps(value).encode() + b"\n")
    out.flush()


def confine(memory: int) -> dict[str, bool]:
    """Take on limits that nothing in this process can lift again; say which of them this platform has.

    ``memory`` is in bytes, beyond what is in use now. No file can be written any more, no core is dumped, and no
    process is started.
    """
    try:
        import resource
    except ImportError:  # Windows: the clock and the size of the answer remain
        return {}
    wanted = {
        "RLIMIT_AS": _in_use() + memory,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_CORE": 0,
        "RLIMIT_NOFILE": OPEN_FILES,
        "RLIMIT_NPROC": PROCESSES,
    }
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # writing fails with an error instead of ending the process
    return {name: _limit(resource, getattr(resource, name, None), most) for name, most in wanted.items()}


def _limit(resource: Any, which: int | None, most: int) -> bool:
    if which is None:
        return False
    with suppress(ValueError, OSError):  # macOS refuses some
        resource.setrlimit(which, (most, most))
    return bool(resource.getrlimit(which)[0] == most)


def _in_use() -> int:
    """Give the bytes of address space in use, or a plenty where the platform does not tell."""
    try:
        with open("/proc/self/statm", "rb") as told:  # noqa: PTH123 - a file of the kernel
            return int(told.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 1_000_000_000


@contextmanager
def _timed(seconds: float, processor: int) -> Iterator[None]:
    """Raise TimeUp in the middle of what is done when it takes too long by either clock."""
    if not hasattr(signal, "setitimer"):
        with _interrupted(seconds):
            yield
        return
    for one in (signal.SIGALRM, signal.SIGPROF):
        signal.signal(one, _up)
    # Again and again: the first may be swallowed where a library lets no exception of a signal through.
    signal.setitimer(signal.ITIMER_REAL, seconds, 2.0)
    signal.setitimer(signal.ITIMER_PROF, processor, 2.0)
    _end_after(processor + 4)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)


def _end_after(seconds: int) -> None:
    """Let the system end this process where not even a signal stops it in time; ``seconds`` of the processor."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    most = resource.getrlimit(resource.RLIMIT_CPU)[1]
    wanted = int(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))


def _up(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - as signals call
    raise TimeUp


@contextmanager
def _interrupted(seconds: float) -> Iterator[None]:
    """Do the same where there are no timers of that kind (Windows), by a thread."""
    import _thread

    timer = Timer(seconds, _thread.interrupt_main)
    timer.start()
    try:
        yield
    except KeyboardInterrupt:
        raise TimeUp from None
    finally:
        timer.cancel()
