"""Calls of the command line in process, each in an empty folder with locks of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import pytest

from sheetsync import gallery
from sheetsync.cli import run
from sheetsync.cli.google import account
from sheetsync.cli.speech import offer_language, phrases, spoken_language
from tests import hostile
from tests.books import TODAY

if TYPE_CHECKING:
    from tests.sheets_server.server import SheetsServer
    from tests.sheets_server.spreadsheet import Spreadsheet

PROJECT = Path(__file__).parents[2]
DAY = ("--today", TODAY.isoformat())
HEADERS = (*hostile.HEADERS, "Check-in", "Unit")
SOUND = tuple((*row, *((None, None) if row[0] == "O-1" else (TODAY, "shops"))) for row in hostile.ROWS)
FLAWED = (*SOUND[:3], (*SOUND[3][:7], "about ten", *SOUND[3][8:]))


class Called(NamedTuple):
    """What one call of the command line left behind."""

    code: int
    out: str
    err: str


class Caller(Protocol):
    """Calls sheetsync with arguments."""

    def __call__(self, *arguments: str) -> Called:
        """Give the exit code and what was printed."""
        ...


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty folder that is the current one, with an environment that says nothing."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in ("SHEETSYNC_CONFIG", "SHEETSYNC_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SHEETSYNC_STATE_DIR", str(tmp_path / "state"))
    return folder


@pytest.fixture
def call(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Caller]:
    """Give ``call("check", "okr.xlsx")``, which runs in process; ``--lang`` counts as in a real call."""

    def called(*arguments: str) -> Called:
        monkeypatch.setattr(sys, "argv", ["sheetsync", *arguments])
        offer_language(None)
        spoken_language.cache_clear()
        account.cache_clear()  # every call is a process of its own
        code = run(list(arguments))
        return Called(code, *capsys.readouterr())

    yield called
    offer_language(None)
    spoken_language.cache_clear()


@pytest.fixture
def process(here: Path) -> Caller:
    """Give ``process("--help")``, which runs a process of its own, as cron does."""

    def called(*arguments: str) -> Called:
        done = subprocess.run(
            [sys.executable, "-m", "sheetsync", *arguments],
            check=False,
            capture_output=True,
            encoding="utf-8",
            cwd=here,
            env={**os.environ, "PYTHONPATH": str(PROJECT)},
            timeout=60,
        )
        return Called(done.returncode, done.stdout, done.stderr)

    return called


@pytest.fixture
def okr(here: Path) -> Path:
    """Give a small sound workbook, ``okr.xlsx``, in the current folder; its computed columns are empty."""
    path = here / "okr.xlsx"
    hostile.sound(path, headers=HEADERS, rows=SOUND)
    return path


@pytest.fixture
def flawed(here: Path) -> Path:
    """Give a workbook, ``flawed.xlsx``, with one number that nobody can read."""
    path = here / "flawed.xlsx"
    hostile.sound(path, headers=HEADERS, rows=FLAWED)
    return path


@pytest.fixture(scope="session")
def demo_bytes(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    """Give the bytes of the demo's workbook in a language, made once."""
    folder = tmp_path_factory.mktemp("demo")

    def made(language: str) -> bytes:
        path = folder / f"{language}.xlsx"
        if not path.exists():
            gallery.build_demo(path, phrases(language), TODAY)
        return path.read_bytes()

    return made


@pytest.fixture(params=["en", "vi"])
def firm(request: pytest.FixtureRequest, here: Path, demo_bytes: Callable[[str], bytes]) -> str:
    """Put the demo's workbook, ``firm.xlsx``, into the current folder, and give its language."""
    language: str = request.param
    (here / "firm.xlsx").write_bytes(demo_bytes(language))
    return language


@pytest.fixture
def signed_in(here: Path, sheets_server: SheetsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Send every process to the stand-in of Google, with the key of a service account."""
    monkeypatch.setenv("SHEETSYNC_GOOGLE_ENDPOINT", sheets_server.url)
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(sheets_server.key_file(tmp_path)))
    monkeypatch.delenv("SHEETSYNC_CREDENTIALS_JSON", raising=False)


@pytest.fixture
def sound(sheets_server: SheetsServer) -> Spreadsheet:
    """Give a Google spreadsheet without mistakes."""
    from tests.cli.spreadsheets import firm

    return sheets_server.add(firm())


def configure(folder: Path, text: str) -> Path:
    """Write a configuration into a folder."""
    path = folder / "sheetsync.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def table(here: Path, okr: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the crontab of a server in UTC that can mail and whose cron runs, beside a configured workbook."""
    from tests.cli.nights import prepared

    return prepared(here, okr, tmp_path, monkeypatch)
