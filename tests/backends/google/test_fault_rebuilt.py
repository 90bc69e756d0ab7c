"""Faults in the very moment in which somebody rebuilds the sheet: repairs that fail are made good by the next run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.backends.google.judging import tells
from tests.backends.google.nights import DEADLINE, Nights, theirs, twin
from tests.backends.google.rebuilt import EDITS, SAME_SCORES, Goals, Rebuilding, disturbed
from tests.backends.google.troubles import EVERY
from tests.sheets_server.server import SheetsServer

NIGHTS = [
    (scene, edit, at, kind, times)
    for scene in ("en", "nightly")
    for edit in sorted(EDITS.keys() - {"nothing"})
    for at, kind, times in [
        (2, "no fault", 1),
        *((2, kind, 1) for kind in ("503", "503-done")),
        *((3, kind, 1) for kind in ("503", "503-done", "429-write", "403-not-shared")),
        *((3, kind, 99) for kind in ("503", "429-write")),
        *((4, kind, 99) for kind in ("503", "503-done")),
    ]
]


@pytest.mark.parametrize(("name", "edit", "at", "kind", "times"), NIGHTS)
def test_a_rebuilt_sheet_and_a_fault(
    goal_of: Goals, server: SheetsServer, tmp_path: Path, name: str, edit: str, at: int, kind: str, times: int
) -> None:
    """Shows that no cell stays hit or is hit untold, that success is right, and that the next quiet run mends all."""
    goal = goal_of(name, edit)
    night = Nights(server, tmp_path, twin(goal.scene.before))
    meanwhile = Rebuilding(night, goal)
    if kind in EVERY:
        server.fail(EVERY[kind], at=at, times=times)
    first = night.run(goal.scene.day)
    assert first.seconds <= DEADLINE
    meanwhile.look()
    if first.error is not None:
        tells(first.error)
        assert first.error.exit_code in (3, 4, 5)
    else:
        assert theirs(night.spreadsheet) == goal.theirs
        assert not night.journal.exists()
        assert meanwhile.right() or edit not in SAME_SCORES
    night.quiet()
    second = night.run(goal.scene.day)
    assert meanwhile.right()
    assert second.complete or disturbed(second)
    assert not meanwhile.hit or disturbed(first) or disturbed(second)
    assert not night.journal.exists()
    if server.writes > 0:
        night.quiet()
        assert night.run(goal.scene.day).complete
        assert (server.reads, server.writes) == (1, 0)
