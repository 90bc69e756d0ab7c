"""The program's own input and output, where its caller closed them or they cannot take any more."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TextIO

import click

from sheetsync.cli import exits
from sheetsync.cli.speech import say


def open_closed() -> None:
    """Open what the caller closed, to nowhere: else the next file, such as the history, would get its number.

    A library that writes a message to its standard output would then write it into that file.
    """
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # the lowest number that is free is this one
    nowhere = Path(os.devnull)
    sys.stdin = sys.stdin or nowhere.open(encoding="utf-8")
    sys.stdout = sys.stdout or nowhere.open("w", encoding="utf-8")
    sys.stderr = sys.stderr or nowhere.open("w", encoding="utf-8")


def unwritten(error: OSError) -> bool:
    """Say whether an error is that of our own output: a line that is written now ends with the same."""
    return any(_fails_with(error.errno, stream) for stream in (sys.stdout, sys.stderr))


def _fails_with(number: int | None, stream: TextIO) -> bool:
    try:
        stream.write("\n")
        stream.flush()
    except OSError as again:
        _give_up(stream)
        return again.errno == number
    return False


def _give_up(stream: TextIO) -> None:
    """Let what is held back go nowhere, so that nobody tries to write it once more."""
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), stream.fileno())


def tell_unwritten(error: OSError) -> int:
    """Say that the output could not be written, where there is still a place to say it, and give the exit code."""
    try:
        click.echo(say("cli.unwritten", reason=error.strerror or str(error)), err=True)
    except OSError:
        _give_up(sys.stderr)
    return exits.PARTIAL
