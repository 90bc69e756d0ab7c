"""``--log FILE``: what a call says goes to the end of a file, with when it began and how it ended.

Schedulers that mail nothing and keep nothing lose what a nightly run says; a file keeps it.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime

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
        if file.is_file() and file.stat().st_size > LARGEST:
            file.replace(file.with_name(f"{file.name}.1"))
        opened = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    except OSError as error:
        click.echo(say("cli.log.unwritable", path=path, reason=error.strerror or str(error)), err=True)
        return False
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
        os.dup2(opened, stream.fileno())
        stream.reconfigure(encoding="utf-8", line_buffering=True)  # type: ignore[union-attr]
    os.close(opened)
    click.echo(say("cli.log.began", at=_now(), call=" ".join(arguments)), err=True)
    return True


def end(code: int) -> None:
    """Write how the call ended."""
    click.echo(say("cli.log.ended", at=_now(), code=code), err=True)


def _now() -> str:
    return datetime.now().astimezone().isoformat(" ", "seconds")
