"""``--log``: what a call says, with when it began and how it ended, at the end of a file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sheetsync.cli import log
from tests.cli.conftest import DAY, Caller, configure

STAMP = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d\d:\d\d"


def test_what_a_night_says_is_kept(process: Caller, okr: Path, flawed: Path, here: Path) -> None:
    """Shows that messages and results of one call after the other stand in order in the file, and nowhere else."""
    configure(here, '[workbook.okr]\npath = "okr.xlsx"\n[workbook.gone]\npath = "gone.xlsx"\n')
    done = process("--lang", "en", "--log", "night.log", "sync", *DAY)
    assert (done.code, done.out, done.err) == (3, "", "")
    assert process("--lang", "en", "--log", "night.log", "check", "flawed.xlsx", *DAY).code == 1
    text = (here / "night.log").read_text(encoding="utf-8")
    first, gone, ended, second, *found, last = text.splitlines()
    assert re.fullmatch(rf"{STAMP} begins: sheetsync --lang en --log night\.log sync --today .*", first)
    assert "gone.xlsx" in gone
    assert re.fullmatch(rf"{STAMP} ended with exit code 3", ended)
    assert " begins: " in second
    assert any("about ten" in line for line in found)
    assert last.endswith("ended with exit code 1")
    assert (here / "night.log").stat().st_mode & 0o077 == 0


def test_an_unwritable_log_stops_no_night(process: Caller, okr: Path, here: Path) -> None:
    """Shows that the work is done without the log, and that this is told and is not complete."""
    before = okr.read_bytes()
    done = process("--log", "no/such/folder/night.log", "sync", "okr.xlsx", *DAY)
    assert done.code == 3
    assert "no/such/folder/night.log" in done.err
    assert okr.read_bytes() != before


def test_a_large_log_is_put_aside(process: Caller, okr: Path, here: Path) -> None:
    """Shows that a log does not grow for ever: beyond its size it is kept as one older file."""
    file = here / "night.log"
    file.write_text("x" * (log.LARGEST + 1), encoding="utf-8")
    assert process("--log", "night.log", "check", "okr.xlsx", *DAY).code == 0
    assert (here / "night.log.1").stat().st_size == log.LARGEST + 1
    assert len(file.read_text(encoding="utf-8").splitlines()) < 5


@pytest.mark.parametrize(
    "call", [("--log", "night.log", "sync", "--syncc"), ("--log", "night.log", "sync", "gone.xlsx")]
)
def test_a_call_that_fails_is_in_it_too(process: Caller, here: Path, call: tuple[str, ...]) -> None:
    """Shows that usage errors and refusals stand in the log with their exit code."""
    done = process("--log", "night.log", *call)
    assert done.err == ""
    text = (here / "night.log").read_text(encoding="utf-8")
    assert text.splitlines()[-1].endswith(f" {done.code}")
    assert done.code in {2, 3}
