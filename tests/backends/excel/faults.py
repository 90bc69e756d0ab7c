"""Kills a write, or lets its disk fail, at any file system call, by means of strace; and judges what is left.

First one undisturbed write is traced: every call between the mark of the writer and its end that names something in
the workbook's folder is a ``Point``. Then the write is run again and again on the old workbook, each time with a fault
at one point. What is left must be, byte for byte, either the old workbook or the complete new one.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import xlsxwriter

from tests.backends.excel.writer import APART, BEGIN, HEADER_ROW, PROGRESS, SHEET, STATUS, SYNCED

CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)$")
WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT")
# Calls at which a full or failing disk shows itself.
FAILING = ("write", "pwrite64", "writev", "pwritev", "fsync", "fdatasync", "ftruncate", "fallocate", "copy_file_range")
FAILING_NAMES = ("rename", "renameat", "renameat2", "link", "linkat")


class Point(NamedTuple):
    """One file system call of the write: the call, and the how-manieth of its name in the whole process."""

    call: str
    ordinal: int
    line: str

    @property
    def can_fail(self) -> bool:
        """True for a call at which a disk that is full or broken reports an error to a writer."""
        opens = self.call in ("open", "openat", "creat")
        return self.call in FAILING or self.call in FAILING_NAMES or opens


class Fault(NamedTuple):
    """What goes wrong at a point: ``KILL``, or an errno by name; ``lasting`` where it goes on from there."""

    point: Point
    what: str
    lasting: bool = False

    @property
    def option(self) -> str:
        """The fault in the words of strace."""
        how = "signal=KILL" if self.what == "KILL" else f"error={self.what}"
        return f"inject={self.point.call}:{how}:when={self.point.ordinal}{'+' if self.lasting else ''}"


class Left(NamedTuple):
    """What a disturbed write left: ``old``, ``new`` or ``corrupt``; its exit code; other files in the folder.

    ``hit`` is False where the fault never happened, which would make the rest worthless.
    """

    fault: Fault
    hit: bool
    content: str
    code: int
    strays: tuple[Path, ...]
    told: str

    @property
    def sound(self) -> bool:
        """True where the fault happened, the workbook is whole, and success was only told of the complete new one."""
        return self.hit and self.content in ("old", "new") and (self.code != 0 or self.content == "new")


class Crash:
    """A workbook, what an undisturbed write makes of it, and the points of that write."""

    def __init__(self, folder: Path, rows: int, *, apart: bool = False) -> None:
        """Make a workbook of that many rows, and trace an undisturbed write of it.

        With ``apart`` the write adds a worksheet of our own as well.

        Another write comes before: once all bytecode lies in its cache, every start opens the same files in the same
        order, and the calls of the write have the same numbers each time.
        """
        self.folder = folder / "shared"
        self.folder.mkdir(parents=True)
        self.path = self.folder / "okr.xlsx"
        make(self.path, rows, apart=apart)
        self.old = self.path.read_bytes()
        self.log = folder / "trace.log"
        self._write("-e", "trace=none")
        self.path.write_bytes(self.old)
        done = self._write("-y", "-s", "0", "-e", "trace=%file,%desc")
        assert done.returncode == 0, done.stderr
        self.new = self.path.read_bytes()
        self.points = tuple(points(self.log.read_text(errors="replace").splitlines(), str(self.folder)))

    def __iter__(self) -> Iterator[Point]:
        return iter(self.points)

    def left_by(self, fault: Fault) -> Left:
        """Write the old workbook with one fault, and say what is left."""
        shutil.rmtree(self.folder)
        self.folder.mkdir()
        self.path.write_bytes(self.old)
        done = self._write("-y", "-e", f"trace={fault.point.call}", "-e", fault.option)
        strays = tuple(sorted(one for one in self.folder.iterdir() if one != self.path))
        return Left(fault, self._hit(fault), self._content(), done.returncode, strays, done.stderr)

    def _hit(self, fault: Fault) -> bool:
        """Say whether the fault happened in the folder of the workbook, as the trace tells."""
        lines = self.log.read_text(errors="replace").splitlines()
        if fault.what == "KILL":
            calls = [line for line in lines if CALL.match(line)]
            return bool(calls) and str(self.folder) in calls[-1] and "killed by SIGKILL" in lines[-1]
        return any("(INJECTED)" in line and str(self.folder) in line for line in lines)

    def _content(self) -> str:
        try:
            found = self.path.read_bytes()
        except FileNotFoundError:
            return "corrupt"
        return "old" if found == self.old else "new" if found == self.new else "corrupt"

    def _write(self, *options: str) -> subprocess.CompletedProcess[str]:
        """Run the writer under strace, away from the folder, so that only its own calls name that folder."""
        here = str(Path(__file__).parents[3])
        environment = {**os.environ, "PYTHONPATH": here, "PYTHONHASHSEED": "0"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        writer = [sys.executable, "-m", "tests.backends.excel.writer", str(self.path)]
        command = ["strace", "-f", "-o", str(self.log), *options, *writer]
        return subprocess.run(
            command, check=False, capture_output=True, text=True, cwd="/", env=environment, timeout=60
        )


def points(lines: Iterable[str], folder: str) -> Iterator[Point]:
    """Give the calls of a trace that stand after the mark and name something in the folder."""
    seen: Counter[str] = Counter()
    begun = False
    for line in lines:
        found = CALL.match(line)
        if found is None:
            continue
        call, rest = found.groups()
        seen[call] += 1
        begun = begun or BEGIN in rest
        if begun and folder in rest:
            yield Point(call, seen[call], line)


def evenly(faults: list[Fault], count: int) -> list[Fault]:
    """Give at most so many of the faults, evenly spread, always with the first and the last."""
    if len(faults) <= count:
        return faults
    step = (len(faults) - 1) / (count - 1)
    return [faults[round(place * step)] for place in range(count)]


def kills(crash: Crash) -> list[Fault]:
    """Give a kill at every point."""
    return [Fault(point, "KILL") for point in crash]


def failures(crash: Crash) -> list[Fault]:
    """Give a full and a failing disk at every point that can fail, once and from there on."""
    return [
        Fault(point, what, lasting)
        for point in crash
        if point.can_fail
        for what in (errno.errorcode[errno.ENOSPC], errno.errorcode[errno.EIO])
        if what == "EIO" or WRITES.search(point.line) or not point.call.startswith("open")
        for lasting in (False, True)
    ]


def make(path: Path, rows: int, *, apart: bool = False) -> None:
    """Make a workbook: title, header, rows with a formula of the user's, and three computed columns, empty.

    With ``apart`` it has a worksheet whose computed columns go into one of our own.
    """
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet(SHEET)
        sheet.write_string(0, 0, "OKR")
        for column, text in enumerate(("ID", "Key result", "Target", "Half"), 0):
            sheet.write_string(HEADER_ROW - 1, column, text)
        for column, text in ((PROGRESS, "Progress"), (STATUS, "Status"), (SYNCED, "Synced")):
            sheet.write_string(HEADER_ROW - 1, column - 1, text)
        for row in range(HEADER_ROW, HEADER_ROW + rows):
            sheet.write_row(row, 0, (f"KR-{row}", f"Khách hàng mới số {row}", row * 2))
            sheet.write_formula(row, 3, f"=C{row + 1}/2", None, row)
        book.add_worksheet(APART if apart else "Notes").write_string(0, 0, "not touched")
