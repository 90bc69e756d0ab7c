"""What every test shares: tools and outside data that may be missing, and how long hypothesis may take.

A test that needs a tool carries its mark (``@pytest.mark.libreoffice``) and skips with a reason where the tool is
missing. Where ``SHEETSYNC_REQUIRE_TOOLS=1`` is set a skip is a failure, unless it is for outside data: such a skip's
reason begins with the name of the variable that would give the folder.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Generator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tests.sheets_server.server import SheetsServer

TOOLS = {
    "libreoffice": ("LibreOffice", ("soffice",)),
    "chromium": ("Chromium", ("chromium", "chromium-browser", "google-chrome")),
    "strace": ("strace and the right to trace", ("strace",)),
    "cron": ("Debian's crontab, which judges a table without keeping it", ("crontab",)),
    "systemd": ("systemd, which judges its files", ("systemd-analyze",)),
}
TRIALS = {"strace": (("-o", os.devnull, "true"), ""), "cron": (("-h",), "dry run")}
"""What a tool must be able to do here, beside being there: a call that must work, and what it must speak of."""
OUTSIDE = ("SHEETSYNC_ROUNDTRIP_DIR", "SHEETSYNC_RECORDINGS_DIR")

# A busy machine makes single examples slow; only their result is judged.
settings.register_profile("sheetsync", deadline=None, print_blob=True)
settings.load_profile("sheetsync")


@cache
def _present(mark: str) -> bool:
    found = next((path for name in TOOLS[mark][1] if (path := shutil.which(name))), None)
    if found is None or mark not in TRIALS:
        return found is not None
    arguments, word = TRIALS[mark]
    done = subprocess.run([found, *arguments], check=False, capture_output=True, encoding="utf-8")
    return word in done.stdout + done.stderr if word else done.returncode == 0


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose tool is missing."""
    for mark, (name, _) in TOOLS.items():
        if item.get_closest_marker(mark) and not _present(mark):
            pytest.skip(f"needs {name}, which this machine has not")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Make a skip a failure where all tools must be there."""
    report = yield
    required = os.environ.get("SHEETSYNC_REQUIRE_TOOLS") == "1"
    if report.skipped and required and not hasattr(report, "wasxfail"):
        reason = str(call.excinfo.value) if call.excinfo else ""
        if not reason.startswith(OUTSIDE):
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid} was skipped where nothing may be: {reason}"
    return report


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes golden files anew."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files instead of comparing them")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Give ``golden(name, text)``: compare a text with the file ``golden/name`` beside the test, or write it."""
    folder = request.path.parent / "golden"
    update = bool(request.config.getoption("--update-golden"))

    def compare(name: str, text: str) -> None:
        path = folder / name
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        assert path.is_file(), f"{path} is missing; --update-golden writes it"
        known = path.read_text(encoding="utf-8")
        assert text == known, f"{path} differs; look at the difference, then --update-golden if it is meant"

    return compare


def _outside(variable: str) -> Path:
    named = os.environ.get(variable)
    if not named:
        pytest.skip(f"{variable} names no folder of outside data")
    folder = Path(named)
    if not folder.is_dir():
        pytest.fail(f"{variable} names {folder}, which is no folder")
    return folder


@pytest.fixture(scope="session")
def roundtrip_folder() -> Path:
    """Give the folder of other producers' workbooks, or skip."""
    return _outside("SHEETSYNC_ROUNDTRIP_DIR")


@pytest.fixture(scope="session")
def recordings_folder() -> Path:
    """Give the folder of recorded answers of Google Sheets, or skip."""
    return _outside("SHEETSYNC_RECORDINGS_DIR")


@pytest.fixture
def sheets_server() -> Generator[SheetsServer]:
    """Give a stand-in of Google Sheets on the loopback; what it answers outside Google's schema fails the test."""
    from tests.sheets_server.server import SheetsServer

    with SheetsServer() as server:
        yield server
    assert server.violations == []
