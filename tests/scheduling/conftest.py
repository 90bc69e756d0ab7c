"""A crontab of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scheduling.jobs import first_on_path, stand_in


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the file that the stand-in for ``crontab`` keeps; it is not there yet, as for most people."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", first_on_path(folder))
    return stand_in(folder)
