"""The file that names the faults which no test found."""

from __future__ import annotations

from tests.mutation.mutants import Mutant


def telling(mutant: Mutant, verdict: str) -> str:
    """Give the lines that tell of one fault: the verdict with its name, the code before it and after it."""
    return f"{verdict} {mutant.name}\n    - {mutant.before!r}\n    + {mutant.after!r}\n"


def told_in(text: str) -> frozenset[str]:
    """Give the names of the faults that such a file tells of."""
    return frozenset(line.split(" ", 1)[1] for line in text.splitlines() if line and line[0] != " ")
