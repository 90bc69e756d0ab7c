"""A run that is killed leaves the old history or the new one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from sheetsync.history import History
from tests.history.nights import DAY, SetClock, run, snapshot

PROJECT = Path(__file__).parents[2]
ITEMS = 400
STEPS = 12
"""Statements of the commit after which the process kills itself; a commit of one workbook has about this many."""

KILLED = """
import os, signal, sys
from datetime import timedelta
from pathlib import Path
from sheetsync.history import History
from tests.history.nights import DAY, SetClock, run, snapshot

path, left, items = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
history = History.open(path, SetClock())
day = DAY + timedelta(days=1)

def count(statement):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

history._connection.set_trace_callback(count)
history.commit(run(day), snapshot({f"KR-{item}": item + 1 for item in range(items)}, day))
history._connection.set_trace_callback(None)
print("committed", flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def killed(path: Path, after: int) -> bool:
    """Let a process kill itself after some statements of a commit; say whether it told that the commit was done."""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-c", KILLED, str(path), str(after), str(ITEMS)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    return "committed" in done.stdout


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the platform cannot kill a process so")
def test_a_killed_commit_leaves_the_old_night_or_the_new_one(tmp_path: Path) -> None:
    """Shows that wherever a commit is killed all of it is there or none, and one rerun gives the same history."""
    day, seen = DAY + timedelta(days=1), set()
    for step in (1, 2, 5, STEPS, STEPS + 400, 2 * ITEMS, 4 * ITEMS, 10**9):
        path = tmp_path / f"{step}.sqlite3"
        with History.open(path, SetClock()) as history:
            history.commit(run(), snapshot({f"KR-{item}": item for item in range(ITEMS)}))
        whole = killed(path, step)
        seen.add(whole)
        with History.open(path, SetClock()) as history:
            values = {one.observation.value for one in history.as_of(day)}
            assert values == set(range(1, ITEMS + 1)) if whole else set(range(ITEMS)), step
            assert len(history.runs()) == 1 + whole
            again = history.commit(run(day), snapshot({f"KR-{item}": item + 1 for item in range(ITEMS)}, day))
            assert again.observations == (0 if whole else ITEMS)
            assert len(history.entries()) == 2 * ITEMS
    assert seen == {True, False}
