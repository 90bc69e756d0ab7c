"""Shows that the faults which no test found are named so that they can be tried again."""

from __future__ import annotations

from pathlib import Path

from tests.mutation.mutants import mutants_of
from tests.mutation.survivors import telling, told_in


def test_faults_are_found_again_by_their_names(tmp_path: Path) -> None:
    """Shows that what is told of faults names each of them, also where the code has several lines."""
    file = tmp_path / "pace.py"
    file.write_text("def late(day, due):\n    return (\n        day\n        > due\n    )\n", encoding="utf-8")
    faults = list(mutants_of(file, lambda: True))
    assert faults
    told = "".join(telling(fault, "survived") for fault in faults)
    assert told_in(told) == {fault.name for fault in faults}
