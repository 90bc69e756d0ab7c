"""The program: what ``sheetsync`` and ``python -m sheetsync`` run."""

from __future__ import annotations

import gc

PATIENCE = 200_000
"""New objects after which the garbage collector looks for cycles; Python's 700 cost a short run 5% of its time.

A run over a workbook of 2,000 rows stays below; one over a fleet is still cleaned up now and then.
"""


def main() -> None:
    """Run the command line and leave with its exit code."""
    gc.set_threshold(PATIENCE)  # before the imports, which make most objects of a short run
    from sheetsync.cli import main as command_line

    command_line()


if __name__ == "__main__":
    main()
