"""How many requests the nightly job makes on Google spreadsheets, and how long it takes, beside the usual script.

``python bench/google.py [--spreadsheets 1,10,100] [--latency 0.15] [--rows 50] [--runs 3]``

Against the stand-in of Google of the test suite, with a delay on every answer:
  requests  reads and writes of ``sheetsync sync`` where something changed, and of a second run where nothing did
  quota     100 spreadsheets under Google's own windows (60 reads and 60 writes a minute): the wall time as a share of
            what the quota allows, which is one more minute for every 60 spreadsheets beyond the first 60
  usual     without windows: ``peers/gspread_sync.py`` on the same spreadsheets, one after the other
Goals: 1 request where nothing changed and 2 where something did; at most 1.15x of what the quota allows; at least 6x
as fast as the usual script. Whole processes, wall time. Needs the packages of the test suite.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from measure import demand, run

HERE = Path(__file__).parent
# In place of this folder, in which this very file would hide the library google.
sys.path[0] = str(HERE.parent)

from tests.sheets_server.server import SheetsServer  # noqa: E402 - found by the line above
from tests.sheets_server.spreadsheet import Spreadsheet  # noqa: E402

DAY = "2026-11-21"
QUOTA_GOAL, SPEED_GOAL = 1.15, 6.0
WINDOW, PER_WINDOW = 60.0, 60
WIDE = "reads_per_minute = 6000\nwrites_per_minute = 6000\n"
"""Where no quota is measured none shall hold anything up; else sheetsync keeps to its default of 55 a minute."""
HEADER = ("ID", "Objective", "Key result", "Owner", "Baseline", "Target", "Current", "Start", "Due")
COMPUTED = ("Progress", "Expected", "Score", "Status", "Why", "Synced")


class Night(NamedTuple):
    """One run over all spreadsheets: its wall time in seconds, and the requests that it made."""

    seconds: float
    reads: int
    writes: int


class Bench:
    """A server with spreadsheets, and the two programs that bring them up to date."""

    def __init__(self, server: SheetsServer, folder: Path, count: int, rows: int, *, limits: str = WIDE) -> None:
        self.server, self.folder, self.count = server, folder, count
        self.key = server.key_file(folder)
        self.ids = [self._added(number, rows) for number in range(count)]
        self.config = folder / "sheetsync.toml"
        books = (f'[workbook.w{number}]\nspreadsheet = "{one}"\n' for number, one in enumerate(self.ids))
        self.config.write_text("\n".join([f'[google]\ncredentials = "{self.key}"\n{limits}', *books]), encoding="utf-8")

    def _added(self, number: int, rows: int) -> str:
        made = Spreadsheet(
            f"1Bench{len(self.server.spreadsheets):04d}_ABCDEFGHIJKLMNOPQRSTUVWXYZabcd", f"Firm {number}"
        )
        made.rename_sheet("Sheet1", "OKR")
        made.enter("OKR", [HEADER])
        for column in ("H", "I"):
            made.type("OKR", f"{column}1", made.value("OKR", f"{column}1"))
        goals = [
            [f"KR-{row}", "Grow" if row == 1 else None, f"Result {row}", "Lan", 0, 100 + row, row % 100]
            for row in range(1, rows + 1)
        ]
        made.enter("OKR", goals, at="A2")
        for row in range(2, rows + 2):
            made.type("OKR", f"H{row}", "2026-10-01")
            made.type("OKR", f"I{row}", "2026-12-31")
        self.server.add(made)
        return made.id

    def ours(self) -> Night:
        """Run sheetsync over all of them."""
        environment = {
            **os.environ,
            "PYTHONPATH": str(HERE.parent),
            "SHEETSYNC_GOOGLE_ENDPOINT": self.server.url,
            "SHEETSYNC_STATE_DIR": str(self.folder / "state"),
        }
        command = [sys.executable, "-m", "sheetsync", "sync", "--config", str(self.config), "--today", DAY]
        return self._night(command, environment)

    def usual(self) -> Night:
        """Run the usual script over all of them; it takes columns that are there, so ours must have been before."""
        script = str(HERE / "peers" / "gspread_sync.py")
        return self._night([sys.executable, script, str(self.key), self.server.url, DAY, *self.ids], dict(os.environ))

    def _night(self, command: Sequence[str], environment: dict[str, str]) -> Night:
        reads, writes = self.server.reads, self.server.writes
        seconds = demand(run(command, environment), command).seconds
        return Night(seconds, self.server.reads - reads, self.server.writes - writes)

    def change(self) -> None:
        """Let somebody move every number a little."""
        for one in self.ids:
            book = self.server.spreadsheets[one]
            book.enter("OKR", [[float(str(book.value("OKR", "G2"))) + 30]], at="G2")


def requests(server: SheetsServer, folder: Path, counts: Sequence[int], rows: int) -> list[str]:
    """Count the requests of a first night, of one with a change, and of one without; give what missed its goal."""
    missed = []
    for count in counts:
        place = folder / f"requests-{count}"
        place.mkdir()
        bench = Bench(server, place, count, rows)
        first = bench.ours()
        bench.change()
        changed, quiet = bench.ours(), bench.ours()
        told = [
            (name, night, (night.reads + night.writes) / count)
            for name, night in (("first night", first), ("a change", changed), ("no change", quiet))
        ]
        print(f"{count} spreadsheets: " + ", ".join(f"{name} {each:.2f}" for name, _, each in told) + " requests each")
        if told[0][2] > 2 or told[1][2] > 2 or told[2][2] > 1:
            missed.append(f"requests for {count} spreadsheets")
    return missed


def quota(server: SheetsServer, folder: Path, rows: int) -> list[str]:
    """Time 100 spreadsheets under Google's windows."""
    place = folder / "quota"
    place.mkdir()
    bench = Bench(server, place, 100, rows, limits="")
    allowed = (bench.count - 1) // PER_WINDOW * WINDOW
    server.quota(reads=PER_WINDOW, writes=PER_WINDOW, seconds=WINDOW)
    night = bench.ours()
    server.service.quota = None
    share = night.seconds / allowed
    refused = sum(one.status == 429 for one in server.requests)
    print(
        f"100 spreadsheets, {PER_WINDOW} reads and writes a minute: {night.seconds:.1f} s, the quota allows "
        f"{allowed:.0f} s: {share:.2f}x (goal {QUOTA_GOAL}x); {refused} requests refused"
    )
    return [f"quota: {share:.2f}x"] if share > QUOTA_GOAL else []


def speed(server: SheetsServer, folder: Path, rows: int, runs: int, count: int) -> list[str]:
    """Time the same spreadsheets with the usual script."""
    place = folder / "speed"
    place.mkdir()
    bench = Bench(server, place, count, rows)
    bench.ours()  # the columns are there from now on
    ours, usual = [], []
    for _ in range(runs):
        bench.change()
        ours.append(bench.ours().seconds)
        usual.append(bench.usual().seconds)
    ratio = median(usual) / median(ours)
    print(
        f"{count} spreadsheets, no windows: ours {median(ours):.2f} s, usual {median(usual):.2f} s: {ratio:.1f}x as "
        f"fast (goal {SPEED_GOAL:.0f}x), medians of {runs}"
    )
    return [f"speed: {ratio:.1f}x"] if ratio < SPEED_GOAL else []


def main() -> None:
    """Run all three and say what missed its goal."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--spreadsheets", default="1,10,100")
    parser.add_argument("--latency", type=float, default=0.15)
    parser.add_argument("--rows", type=int, default=50)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--speed-spreadsheets", type=int, default=20)
    told = parser.parse_args()
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, latency {told.latency * 1000:.0f} ms, "
        f"{told.rows} rows\n"
    )
    begun = time.perf_counter()
    with SheetsServer() as server, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server.latency(told.latency)
        missed = requests(server, folder, [int(count) for count in told.spreadsheets.split(",")], told.rows)
        missed += speed(server, folder, told.rows, told.runs, told.speed_spreadsheets)
        missed += quota(server, folder, told.rows)
        missed += server.violations[:1]
    print(
        f"\n{time.perf_counter() - begun:.0f} s in all. " + ("Missed: " + "; ".join(missed) if missed else "All met.")
    )
    raise SystemExit(bool(missed))


if __name__ == "__main__":
    main()
