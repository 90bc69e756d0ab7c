"""``--log``: what a call says, with when it began and how it ended, at the end of a file."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sheetsync.cli import log
from tests.cli.conftest import DAY, PROJECT, Caller, configure

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


def test_a_log_on_a_full_disk_stops_no_night(process: Caller, okr: Path) -> None:
    """Shows that the work is done where the log can be opened and takes nothing."""
    before = okr.read_bytes()
    done = process("--lang", "en", "--log", "/dev/full", "sync", "okr.xlsx", *DAY)
    assert done.code == 3
    assert "the run goes on without it" in done.err
    assert okr.read_bytes() != before


def test_a_disk_that_fills_up_meanwhile_is_no_bug(process: Caller, okr: Path, here: Path) -> None:
    """Shows that a log which takes no last line ends in exit code 3, and in no traceback."""
    log_file = here / "night.log"
    call = [sys.executable, "-m", "sheetsync", "--lang", "en", "--log", "night.log", "check", "okr.xlsx", *DAY]
    begun = len(f"2026-11-23 03:30:00+00:00 begins: sheetsync {' '.join(call[3:])}\n")
    log_file.write_bytes(b"x" * (1024 - begun - 1) + b"\n")
    limited = subprocess.run(
        ["/bin/sh", "-c", 'ulimit -f 2 && exec "$@"', "sh", *call],
        check=False,
        cwd=here,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert limited.returncode == 3
    text = log_file.read_text(encoding="utf-8")
    assert " begins: " in text
    assert "Traceback" not in text


def test_names_that_no_text_can_hold_stand_in_it(here: Path) -> None:
    """Shows that a path which is no UTF-8 is written with escapes, as at a terminal."""
    call = [sys.executable, "-m", "sheetsync", "--log", "night.log", "check", os.fsdecode(b"b\xff.xlsx")]
    done = subprocess.run(call, check=False, cwd=here, env={**os.environ, "PYTHONPATH": str(PROJECT)})
    assert done.returncode == 2
    assert "b\\udcff.xlsx" in (here / "night.log").read_text(encoding="utf-8")


def test_a_log_whose_folder_is_not_ours_grows_on(here: Path) -> None:
    """Shows that a large log which cannot be put aside is written to all the same."""
    file = here / "night.log"
    file.write_bytes(b"x" * (log.LARGEST + 1))
    (here / "night.log.1").mkdir()  # nothing can be put in its place, as in a folder that is another person's
    call = [sys.executable, "-m", "sheetsync", "--log", "night.log", "schedule", "-h"]
    done = subprocess.run(call, check=False, cwd=here, env={**os.environ, "PYTHONPATH": str(PROJECT)})
    assert done.returncode == 0
    assert file.stat().st_size > log.LARGEST + 100


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
def test_nobody_is_asked_where_nobody_sees_the_question(okr: Path, here: Path) -> None:
    """Shows that a call at a terminal asks nothing where its questions would stand in the file."""
    keyboard, terminal = os.openpty()
    call = [sys.executable, "-m", "sheetsync", "--lang", "en", "--log", "night.log", "init", "okr.xlsx"]
    done = subprocess.run(
        call, check=False, cwd=here, stdin=terminal, timeout=30, env={**os.environ, "PYTHONPATH": str(PROJECT)}
    )
    os.close(keyboard)
    os.close(terminal)
    assert done.returncode == 0
    assert "Short name" not in (here / "night.log").read_text(encoding="utf-8")
