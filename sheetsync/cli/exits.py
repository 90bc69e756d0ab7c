"""The exit codes of the command line, and which one wins."""

from __future__ import annotations

from collections.abc import Iterable

COMPLETE = 0
FINDINGS = 1
USAGE = 2
PARTIAL = 3
ACCESS = 4
TEMPORARY = 5
CHANGES = 10
LOCKED = 11
BUG = 70
CANCELLED = 130


def worst(codes: Iterable[int]) -> int:
    """Give the highest code; pending changes count only where nothing else is to be reported."""
    told = [code for code in codes if code != COMPLETE]
    graver = [code for code in told if code != CHANGES]
    return max(graver or told or [COMPLETE])
