"""The nightly job as macOS wants it."""

from __future__ import annotations

import plistlib
from datetime import time
from pathlib import Path

from sheetsync.scheduling import launchd
from tests.scheduling.jobs import DAY, job


def test_each_call_is_an_agent() -> None:
    """Shows label, words, folder, hour and variables, as a reader of property lists has them."""
    folder = Path("/Users/long/R&D <okr>")
    files = launchd.files(job(folder, environment={"A": "1"}, mail=time(6, 30)), DAY)
    assert list(files) == [f"local.sheetsync-okr-1a2b3c-{name}.plist" for name in ("sync", "mail-0630")]
    agent = plistlib.loads(next(iter(files.values())))
    assert agent == {
        "Label": "local.sheetsync-okr-1a2b3c-sync",
        "ProgramArguments": [
            *("/srv/okr/.venv/bin/sheetsync", "--no-input", "--config"),
            *(f"{folder}/sheetsync.toml", "sync"),
        ],
        "WorkingDirectory": str(folder),
        "StartCalendarInterval": {"Hour": 3, "Minute": 30},
        "ProcessType": "Background",
        "EnvironmentVariables": {"A": "1"},
    }
