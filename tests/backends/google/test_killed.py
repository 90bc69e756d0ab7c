"""Processes that are killed while Google works on their request: the next run finds out, and mends what is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.backends.google.nights import ID, Nights, twin
from tests.backends.google.rebuilt import Goal, Goals, Rebuilding, disturbed
from tests.backends.google.troubles import EVERY
from tests.sheets_server import faults
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.wire import Request

PROJECT = Path(__file__).parents[3]


class Stage(NamedTuple):
    """When a process dies: at which request, and whether Google does it all the same; and what happened before."""

    scene: str
    at: int
    applied: bool
    edit: str = "row between"
    earlier: str = ""


STAGES = {
    "while reading": Stage("en", 1, applied=False),
    "before the first write": Stage("en", 2, applied=False),
    "after the first write": Stage("en", 2, applied=True, edit="row above"),
    "before a nightly write": Stage("nightly", 2, applied=False),
    "after a nightly write": Stage("nightly", 2, applied=True),
    "after a write into moved columns": Stage("nightly", 2, applied=True, edit="column between"),
    "while looking": Stage("nightly", 3, applied=False, edit="column moved", earlier="503-done"),
    "before a repair": Stage("nightly", 3, applied=False, edit="column between"),
    "after a repair": Stage("nightly", 3, applied=True, edit="column between"),
    "before the second write": Stage("en", 4, applied=False, edit="nothing", earlier="503"),
    "after the second write": Stage("en", 4, applied=True, edit="nothing", earlier="503"),
}


def begun(folder: Path, server: SheetsServer, goal: Goal) -> subprocess.Popen[str]:
    """Begin a sync as cron does, with a key file that the configuration names."""
    key = server.key_file(folder)
    text = f'[google]\ncredentials = "{key.name}"\n[workbook.okr]\nspreadsheet = "{ID}"\n'
    (folder / "sheetsync.toml").write_text(text, encoding="utf-8")
    environment = {**os.environ, "SHEETSYNC_GOOGLE_ENDPOINT": server.url, "SHEETSYNC_STATE_DIR": str(folder)}
    return subprocess.Popen(
        [sys.executable, "-m", "sheetsync", "--lang", "en", "sync", "--today", goal.scene.day.isoformat()],
        cwd=folder, env={**environment, "PYTHONPATH": str(PROJECT)}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


@pytest.mark.parametrize("when", STAGES)
def test_a_killed_process_loses_nothing(goal_of: Goals, server: SheetsServer, tmp_path: Path, when: str) -> None:
    """Shows that whatever a process had begun, the next run leaves every cell as it should be, and no journal."""
    stage = STAGES[when]
    goal = goal_of(stage.scene, stage.edit)
    (tmp_path / "journal").mkdir()
    night = Nights(server, tmp_path, twin(goal.scene.before), journal=tmp_path / "journal" / f"{ID}.gz")
    meanwhile = Rebuilding(night, goal)
    if stage.earlier:
        server.fail(EVERY[stage.earlier], at=2)
    if not stage.applied:
        server.fail(faults.reset(), at=stage.at)

    def kill(number: int, _: Request) -> None:
        if number == stage.at:
            running.kill()
            running.wait()

    server.on_request(kill)
    with begun(tmp_path, server, goal) as running:
        assert running.communicate(timeout=60) == ("", "")
    assert running.returncode != 0
    server.finish()
    assert len(server.requests) == stage.at
    if not meanwhile.done:
        goal.edit(night.spreadsheet)
    wrong = meanwhile.wrong
    assert night.journal.exists() == (stage.at > 1)
    night.quiet()
    ended = night.run(goal.scene.day)
    assert ended.complete or disturbed(ended)
    assert meanwhile.right()
    assert disturbed(ended) or not wrong
    assert not night.journal.exists()
    night.quiet()
    assert night.run(goal.scene.day).complete
    assert (server.reads, server.writes) == (1, 0)


def test_the_next_process_tells_what_was_hit(goal_of: Goals, server: SheetsServer, tmp_path: Path) -> None:
    """Shows exit code 3 and the cells after a death that had hit some, and 0 without a word in the night after that."""
    goal = goal_of("nightly", "column between")
    night = Nights(server, tmp_path, twin(goal.scene.before))
    meanwhile = Rebuilding(night, goal)

    def kill(number: int, _: Request) -> None:
        if number == 2:
            running.kill()
            running.wait()

    server.on_request(kill)
    with begun(tmp_path, server, goal) as running:
        running.communicate(timeout=60)
    server.finish()
    assert meanwhile.wrong
    night.quiet()
    with begun(tmp_path, server, goal) as second:
        out, err = second.communicate(timeout=60)
    assert (second.returncode, out) == (3, "")
    assert "OKR!R5: somebody rebuilt the worksheet" in err
    assert meanwhile.right()
    night.quiet()
    with begun(tmp_path, server, goal) as third:
        assert third.communicate(timeout=60) == ("", "")
    assert third.returncode == 0
    assert (server.reads, server.writes) == (1, 0)
