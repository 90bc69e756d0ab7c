"""A person can start the stand-in by hand."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]


def test_it_says_how_to_get_there(tmp_path: Path) -> None:
    """Shows that it prints its address and its key, serves the demo, and ends on Ctrl-C."""
    key = tmp_path / "robot.json"
    command = [sys.executable, "-m", "tests.sheets_server", "--key-file", str(key), "--demo"]
    with subprocess.Popen(
        command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as server:
        assert server.stdout is not None
        lines = [server.stdout.readline().strip() for _ in range(3)]
        server.send_signal(signal.SIGINT)
        _, errors = server.communicate(timeout=20)
    assert lines[0].startswith("export SHEETSYNC_GOOGLE_ENDPOINT=http://127.0.0.1:")
    assert lines[1].endswith(f"={key}")
    assert lines[2].startswith("# the demo spreadsheet: 1")
    assert json.loads(key.read_text(encoding="utf-8"))["token_uri"].endswith("/token")
    assert (server.returncode, errors) == (0, "0 requests, 0 reads, 0 writes\n")
