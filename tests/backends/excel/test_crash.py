"""A write may die, or its disk may fail, at any moment: the workbook is then the old one or the complete new one.

Every file system call of the write is a point. The default run takes a few, evenly spread over the smallest workbook;
``SHEETSYNC_CRASH_FULL=1`` takes all of them in three sizes (``bench/crash.py`` does the same and prints the counts).
"""

from __future__ import annotations

import os

import pytest

from tests.backends.excel import faults
from tests.backends.excel.writer import write

FULL = os.environ.get("SHEETSYNC_CRASH_FULL") == "1"
KINDS = [(20, False), (20, True)] + [(rows, apart) for rows in (2_000, 30_000) for apart in (False, True)] * FULL
"""Rows of the workbook, and whether the write adds a worksheet of our own."""

FEW = 20

pytestmark = pytest.mark.strace


@pytest.fixture(scope="module", params=KINDS, ids=lambda kind: f"{kind[0]} rows{', added sheet' * kind[1]}")
def crash(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> faults.Crash:
    """Give a workbook with the points of its write."""
    rows, apart = request.param
    return faults.Crash(tmp_path_factory.mktemp("crash"), rows, apart=apart)


def chosen(every: list[faults.Fault]) -> list[faults.Fault]:
    """Give all faults in the full run, a few of them otherwise."""
    return every if FULL else faults.evenly(every, FEW)


def test_the_trace_shows_the_write(crash: faults.Crash) -> None:
    """The points hold at least a file that is made, written, flushed and renamed, or the other tests show nothing."""
    calls = {point.call for point in crash}
    assert any(faults.WRITES.search(point.line) for point in crash)
    assert calls & {"write", "pwrite64", "writev"}
    assert calls & {"fsync", "fdatasync"}
    assert calls & set(faults.FAILING_NAMES)
    assert crash.new != crash.old


def test_a_killed_write_leaves_the_old_or_the_new_workbook(crash: faults.Crash) -> None:
    """Whatever call the process dies at, the workbook is old or new, and one rerun makes it new."""
    for fault in chosen(faults.kills(crash)):
        left = crash.left_by(fault)
        assert left.sound, left
        assert left.code == -9, left
        rerun_converges(crash, left)


def test_a_failing_disk_leaves_the_old_or_the_new_workbook(crash: faults.Crash) -> None:
    """Whatever call a full or broken disk refuses, the workbook is old or new, and success is told of the new alone."""
    for fault in chosen(faults.failures(crash)):
        left = crash.left_by(fault)
        assert left.sound, left
        if not fault.lasting:
            assert "Traceback" not in left.told, left
            assert not left.strays, left


def rerun_converges(crash: faults.Crash, left: faults.Left) -> None:
    """Write once more, undisturbed, and expect the complete new workbook and, a day later, no stray file."""
    day_ago = crash.path.stat().st_mtime - 86_400 * 2
    for stray in left.strays:
        os.utime(stray, (day_ago, day_ago))
    write(crash.path)
    assert crash.path.read_bytes() == crash.new, left
    assert sorted(crash.folder.iterdir()) == [crash.path], left
