"""Starting the program loads nothing that the call does not need; the nightly run of many workbooks starts often."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter

HEAVY = {
    "babel",
    "css_inline",
    "email",
    "filelock",
    "google",
    "gspread",
    "hypothesis",
    "importlib.metadata",
    "importlib.resources",
    "jinja2",
    "lxml",
    "openpyxl",
    "platformdirs",
    "python_calamine",
    "requests",
    "smtplib",
    "rich",
    "sqlite3",
    "ssl",
    "tempfile",
    "xlsxwriter",
    "zipfile",
    "zoneinfo",
}
HELP = "import sys; sys.argv = ['sheetsync', '--help']; from sheetsync.cli import run; assert run(['--help']) == 0"


def loaded(code: str) -> set[str]:
    """Run code in a fresh interpreter and give the names of all modules that it loaded."""
    told = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint('LOADED', *sorted(sys.modules))"],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    last = told.stdout.splitlines()[-1].split()
    assert last[0] == "LOADED"
    return set(last[1:])


@pytest.fixture(scope="module")
def unavoidable() -> set[str]:
    """Give what Python and click load by themselves, with whatever this environment adds at every start."""
    return loaded("import click")


@pytest.mark.parametrize(
    ("code", "proof"),
    [
        ("import sheetsync.cli", "sheetsync.cli"),
        (HELP, "sheetsync.locales"),
        ("import sheetsync.config.load", "sheetsync.config.load"),
        ("import sheetsync.cli.sync", "sheetsync.rules"),
        ("import sheetsync.cli.check", "sheetsync.scoring"),
        ("import sheetsync.cli.doctor", "sheetsync.cli.examinations"),
    ],
)
def test_nothing_heavy_is_loaded(code: str, proof: str, unavoidable: set[str]) -> None:
    """Neither help nor the import of a command loads a library that only some calls need."""
    modules = loaded(code)
    assert proof in modules
    assert sorted((modules & HEAVY) - unavoidable) == []


def test_help_loads_no_command(unavoidable: set[str]) -> None:
    """The list of commands is shown without importing any of them, nor the core."""
    modules = loaded(HELP) - unavoidable
    assert not {"sheetsync.cli.sync", "sheetsync.rules", "sheetsync.scoring", "sheetsync.backends"} & modules


def goals(folder: Path) -> Path:
    """Write a usual workbook with goals."""
    path = folder / "goals.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("OKR")
        sheet.write_row("A1", ["ID", "Objective", "Key result", "Owner", "Baseline", "Target", "Current"])
        for row in range(1, 60):
            sheet.write_row(row, 0, [f"KR-{row}", "Grow", f"Result {row}", "An", 0, 100, row])
    return path


def test_a_sync_without_history_spares_what_click_asks_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that nothing of ours needs the modules of the standard library that click is imported without."""
    monkeypatch.delenv("SHEETSYNC_STATE_DIR", raising=False)  # the folder is asked of platformdirs
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    call = ["sync", "--no-history", str(goals(tmp_path)), "--today", "2026-11-21"]
    sparing = "from sheetsync.sparing import import_click; import_click()"
    modules = loaded(f"{sparing}; from sheetsync.cli import run; assert run({call!r}) == 0")
    assert {"platformdirs", "sheetsync.backends.excel.verify"} <= modules
    spared = {"calendar", "dis", "gettext", "hashlib", "inspect", "ipaddress", "locale", "platform", "random", "shutil"}
    spared |= {"tempfile", "urllib.parse", "uuid"} | ({"ast"} if sys.version_info < (3, 14) else set())
    assert sorted(spared & modules - loaded("import sys")) == []
    ours = {f"sheetsync.reading.{name}" for name in ("multiples", "scales", "unit_words", "unlike")}
    ours |= {"sheetsync.scoring.kpis.gauge", "sheetsync.scoring.kpis.groups"}
    assert sorted(ours & modules) == [], "there are neither KPIs nor numbers written as texts"


def test_a_sync_loads_what_it_uses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unavoidable: set[str]) -> None:
    """A sync of a usual workbook loads no parser of TOML, no code for configurations, oddities or bugs."""
    monkeypatch.setenv("SHEETSYNC_STATE_DIR", str(tmp_path))
    path = goals(tmp_path)
    other = tmp_path / "other.xlsx"
    other.write_bytes(path.read_bytes())
    loaded(f"from sheetsync.cli import run; run(['sync', {str(other)!r}, '--today', '2026-11-20'])")  # the first night
    before = path.read_bytes()
    call = ["sync", str(path), "--today", "2026-11-21"]
    modules = loaded(f"from sheetsync.cli import run; assert run({call!r}) == 0")
    assert path.read_bytes() != before
    used = {"python_calamine", "sheetsync.backends.excel.verify", "sqlite3"}
    assert used <= modules
    spared = {
        "tomllib",
        "sheetsync.config.load",
        "sheetsync.config.starter",
        "sheetsync.scoring.explaining.explanation",
    }
    spared |= {"sheetsync.backends.excel.careful", "sheetsync.backends.excel.recalculate", "sheetsync.cli.forms"}
    assert sorted(modules & (HEAVY | spared) - used - unavoidable) == []
