"""Shows where the faults are that are put into a file."""

from __future__ import annotations

from pathlib import Path

from tests.mutation.mutants import mutants_of


def test_a_fault_over_several_lines_is_met_in_each_of_them(tmp_path: Path) -> None:
    """Shows that a choice whose condition stands below its first answer is met where the condition alone runs."""
    file = tmp_path / "pace.py"
    file.write_text(
        "def late(day, due):\n    return (\n        0\n        if day > due\n        else 1\n    )\n", encoding="utf-8"
    )
    faults = list(mutants_of(file, lambda: True))
    assert range(3, 6) in [fault.lines for fault in faults]
    assert range(4, 5) in [fault.lines for fault in faults]
