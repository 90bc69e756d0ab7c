"""Runs sheetsync in a folder of its own and keeps what it says, word for word."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from sheetsync.cli import run
from sheetsync.cli.speech import spoken_language

TODAY = "2026-11-21"
COLUMNS = "110"
"""Characters on a line, as wide as the program's tables are at their best."""
HOME = "/srv/okr"
"""What stands for the folder in which the page was made."""
_SILENT = ("SHEETSYNC_CONFIG", "SHEETSYNC_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "FORCE_COLOR")


@contextmanager
def alone(folder: Path, language: str) -> Iterator[None]:
    """Stand in a folder, with an environment that says nothing but the width of the screen and the language."""
    kept, place, called = dict(os.environ), Path.cwd(), sys.argv
    for name in _SILENT:
        os.environ.pop(name, None)
    os.environ |= {"COLUMNS": COLUMNS, "NO_COLOR": "1", "SHEETSYNC_LANG": language}
    os.environ["SHEETSYNC_STATE_DIR"] = str(folder / ".state")
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(place)
        os.environ.clear()
        os.environ.update(kept)
        sys.argv = called
        spoken_language.cache_clear()


def said(*arguments: str) -> str:
    """Give what a call prints, as it stands on the screen; lines end without blanks."""
    screen = io.StringIO()
    _call(arguments, screen, screen)
    shown = screen.getvalue().replace(f"{Path.cwd()}{os.sep}", f"{HOME}/")
    return "\n".join(line.rstrip() for line in shown.strip("\n").split("\n"))


def told(*arguments: str) -> Any:
    """Give what a call tells as JSON."""
    screen = io.StringIO()
    _call(arguments, screen, io.StringIO())
    return json.loads(screen.getvalue())


def _call(arguments: tuple[str, ...], out: io.StringIO, err: io.StringIO) -> None:
    wanted = [*arguments, "--today", TODAY] if arguments[0] != "rule" else list(arguments)
    sys.argv = ["sheetsync", *wanted]
    spoken_language.cache_clear()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(wanted)
    if code == 70:
        raise RuntimeError(err.getvalue() or out.getvalue())
