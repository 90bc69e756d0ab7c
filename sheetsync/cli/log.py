"""``--log FILE``: what a call says goes to the end of a file, with when it began and how it ended.

Schedulers that mail nothing and keep nothing lose what a nightly run says; a file keeps it.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import click

from sheetsync.cli.speech import say
from sheetsync.home import expanded

LARGEST = 1 << 20
"""Bytes from which on a log is put aside as FILE.1, in place of the one before, and a new one begun."""


def begin(path: str, arguments: list[str]) -> bool:
    """Send everything that is said from here on to a file; False, after a line that says why, where that cannot be.

    The call goes on without it: a night without a log is better than one without a run.
    """
    file = expanded(path)
    try:
        _put_aside(file)
        opened = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            first = f"{say('cli.log.began', at=_now(), call=' '.join(arguments))}\n".encode("utf-8", "backslashreplace")
            if os.write(opened, first) < len(first):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            _send_to(opened)
        finally:
            os.close(opened)
    except OSError as error:
        click.echo(say("cli.log.unwritable", path=path, reason=error.strerror or str(error)), err=True)
        return False
    return True


def end(code: int) -> None:
    """Write how the call ended; OSError where the file takes no more."""
    click.echo(say("cli.log.ended", at=_now(), code=code), err=True)


def _put_aside(file: Path) -> None:
    """Begin a new file in place of a large one; where the folder does not allow it, the large one grows on."""
    with suppress(OSError):
        if file.is_file() and file.stat().st_size > LARGEST:
            file.replace(file.with_name(f"{file.name}.1"))


def _send_to(opened: int) -> None:
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
        os.dup2(opened, stream.fileno())
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)  # type: ignore[union-attr]


def _now() -> str:
    return datetime.now().astimezone().isoformat(" ", "seconds")
