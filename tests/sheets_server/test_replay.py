"""The stand-in answers as Google did: every recording is sent again over real HTTP."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.sheets_server.recordings import read
from tests.sheets_server.replay import Compared, Replay
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.tally import TALLY, Tally

SHOWN = 12


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make one test of each recording; without recordings one that skips."""
    if "recording" in metafunc.fixturenames:
        folder = os.environ.get("SHEETSYNC_RECORDINGS_DIR")
        names = sorted(path.name for path in Path(folder).glob("*.json")) if folder else [""]
        metafunc.parametrize("recording", names, ids=[name.removesuffix(".json") or "none" for name in names])


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Tally:
    """Give the count that the summary prints."""
    return request.config.stash.setdefault(TALLY, Tally())


def test_answers_agree(recordings_folder: Path, recording: str, tally: Tally, sheets_server: SheetsServer) -> None:
    """Shows that each answer is Google's, but for what Google makes up: ids, times, links."""
    compared = Replay(sheets_server).run(read(recordings_folder / recording))
    tally.note(compared)
    assert [line for one in compared for line in _told(one)][:SHOWN] == []


def _told(one: Compared) -> list[str]:
    start = f"#{one.number} {one.interaction.method} {one.operation}"
    return [f"{start}: {difference}" for difference in one.differences]
