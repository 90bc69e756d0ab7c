"""What the Google backend costs before Google is asked for anything: nothing."""

from __future__ import annotations

import subprocess
import sys

LIGHT = ("", ".address", ".credentials", ".deadline", ".drive", ".endpoint", ".faults", ".keys", ".person", ".quota")
HEAVY = ("gspread", "google.auth", "requests", "urllib3", "platformdirs")


def test_the_light_modules_import_no_client_library() -> None:
    """Shows that all but the client and its session can be imported without gspread, google-auth and requests."""
    names = [f"sheetsync.backends.google{name}" for name in (*LIGHT, ".refusals")]
    code = f"import sys, {', '.join(names)}; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
