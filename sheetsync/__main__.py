"""The program: what ``sheetsync`` and ``python -m sheetsync`` run."""

from __future__ import annotations

import atexit
import gc
import os
import sys

PATIENCE = 2_000_000
"""New objects after which the garbage collector looks for cycles; Python's 700 cost an eighth of a night.

A run makes many that live until its end, and none of ours is in a cycle. One over a workbook of 20,000 rows stays
below; what libraries leave in cycles in the course of a long night is still cleaned up now and then.
"""


def main() -> None:
    """Run the command line and leave with its exit code."""
    gc.set_threshold(PATIENCE)  # before the imports, which make most objects of a short run
    from sheetsync.sparing import import_click

    import_click()
    from sheetsync.cli import main as command_line

    try:
        command_line()
    except SystemExit as leaving:
        _leave(leaving.code)


def _leave(code: object) -> None:
    """End the process without taking it apart piece by piece, which takes as long as to score a small workbook.

    Only where nobody is still at work, and nothing waits to be done at the end.
    """
    waiting = getattr(atexit, "_ncallbacks", lambda: 1)()
    threading = sys.modules.get("threading")  # nobody needed it: nobody else is at work
    if not isinstance(code, int) or waiting or (threading is not None and threading.active_count() > 1):
        sys.exit(code)  # type: ignore[arg-type]
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        sys.exit(code)  # tells of it in its own way
    os._exit(code)


if __name__ == "__main__":
    main()
