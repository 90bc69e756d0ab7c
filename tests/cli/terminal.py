"""Runs sheetsync at a pseudo terminal, as a person does."""

from __future__ import annotations

import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fcntl import ioctl
from pathlib import Path
from select import select
from typing import NamedTuple

PROJECT = Path(__file__).parents[2]
SILENCE = 30
"""Seconds without a word after which a process is taken for stuck, and ended."""


class Seen(NamedTuple):
    """The exit code, and everything that appeared on the screen."""

    code: int
    screen: str


def at_terminal(
    folder: Path, *arguments: str, typed: str = "", columns: int = 120, more: Mapping[str, str] | None = None
) -> Seen:
    """Run a call at a terminal of so many columns in which somebody types; ``more`` is added to the environment."""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "TERM": "xterm-256color", **(more or {})}
    environment.pop("COLUMNS", None)
    with _terminal(columns) as (ours, theirs), subprocess.Popen(
        [sys.executable, "-m", "sheetsync", *arguments],
        stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder, env=environment,
    ) as process:  # fmt: skip
        os.close(theirs)
        os.write(ours, typed.encode())
        screen = b"".join(_read(ours))
        code = _ended(process)
    return Seen(code, screen.decode().replace("\r\n", "\n"))


def _ended(process: subprocess.Popen[bytes]) -> int:
    """Give the exit code; a process that waits for something that nobody types is ended."""
    try:
        return process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


@contextmanager
def _terminal(columns: int) -> Iterator[tuple[int, int]]:
    ours, theirs = pty.openpty()
    ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    try:
        yield ours, theirs
    finally:
        os.close(ours)


def _read(ours: int) -> Iterator[bytes]:
    """Give what appears until the other side has been closed, which Linux tells by an error, or long silence."""
    while select([ours], [], [], SILENCE)[0]:
        try:
            data = os.read(ours, 65536)
        except OSError:
            return
        if not data:
            return
        yield data
