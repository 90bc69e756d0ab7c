"""How fast the nightly job is on Excel workbooks, beside a script of the usual kind and beside the floor.

``python bench/excel.py [--sizes 200,2000,20000,200000,200000/2500] [--runs 5] [--folder DIR]``

For each size, in one go and interleaved, on a fresh copy each time:
  ours   the whole process ``sheetsync sync --no-history FILE``: read, score, check, plan, write, verify
  usual  ``peers/openpyxl_sync.py``: openpyxl load, set the same computed columns, save
  floor  ``peers/floor.py``: inflate and deflate the one member that changes, copy the rest
Then, as plain information, the same process with the history: a first night that remembers all of it, and the next
night, on which nothing was typed. Then writing alone (``patch.py``) against the floor's work alone, and where our own
time goes (``split.py``). Medians are printed (of at most 3 runs at 200,000 rows). Needs the packages of the test suite,
nothing else. 200000/2500 is a sheet of 200,000 rows of which 2,500 are goals: 500 objectives and 2,000 key results.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from measure import Run, demand, environment, middle, run

HERE = Path(__file__).parent
TODAY, TOMORROW = "2026-11-21", "2026-11-22"
LARGE = 100_000
# Wall time of the whole process as a share of the usual script's, by size; memory from 20,000 rows on.
WALL_GOALS = {"200": 0.5, "2000": 0.25, "20000": 0.25, "200000": 0.35, "200000/2500": 0.15}
MEMORY_GOAL = 0.8
MEMORY_FROM = 20_000
PATCH_GOAL, PATCH_FEW_GOAL = 4.0, 2.0


class Size(NamedTuple):
    """How many rows, and how many of them are goals."""

    name: str
    rows: int
    goals: int

    @classmethod
    def named(cls, name: str) -> Size:
        """Read ``200000`` or ``200000/2500``."""
        rows, _, goals = name.partition("/")
        return cls(name, int(rows), int(goals or rows))


class Bench:
    """One run of the benchmark: where its files lie and what it has to say."""

    def __init__(self, folder: Path, runs: int) -> None:
        self.folder = folder
        self.runs = runs
        self.missed: list[str] = []
        (folder / "state").mkdir(parents=True, exist_ok=True)
        self.environment = environment(str(folder / "state"))

    def call(self, *command: str) -> Run:
        """Run one process of this Python; stop where it fails."""
        whole = (sys.executable, *command)
        return demand(run(whole, self.environment), whole)

    def workbook(self, size: Size) -> Path:
        """Give the workbook of a size, made once (in a process of its own, so that this one stays small)."""
        path = self.folder / f"okr-{size.name.replace('/', '-')}.xlsx"
        if not path.exists():
            making = path.with_suffix(".making.xlsx")
            rows, goals = str(size.rows), str(size.goals)
            self.call(str(HERE / "workbooks.py"), str(making), "--rows", rows, "--goals", goals)
            making.rename(path)
        return path

    def fresh(self, source: Path) -> str:
        """Give a fresh copy of a workbook, on the disk and in the page cache."""
        copy = self.folder / "work.xlsx"
        shutil.copyfile(source, copy)
        with copy.open("rb") as file:
            os.fsync(file.fileno())
            file.read()
        return str(copy)

    def repeats(self, size: Size) -> int:
        """Give how often to run: large workbooks at most three times."""
        return min(self.runs, 3) if size.rows >= LARGE else self.runs

    def interleaved(self, size: Size, source: Path, contestants: Sequence[Callable[[str], Run]]) -> list[list[Run]]:
        """Run each contestant in turn, each time on a fresh copy; small ones once beforehand to warm the caches."""
        if size.rows < LARGE:
            for one in contestants:
                one(self.fresh(source))
        results: list[list[Run]] = [[] for _ in contestants]
        for _ in range(self.repeats(size)):
            for one, kept in zip(contestants, results, strict=True):
                kept.append(one(self.fresh(source)))
        return results

    def judge(self, what: str, ratio: float, goal: float | None) -> str:
        """Say how a ratio stands to its goal, and remember a miss."""
        if goal is None:
            return f"{ratio:.3f}x"
        if ratio > goal:
            self.missed.append(f"{what}: {ratio:.3f}x, goal {goal}x")
        return f"{ratio:.3f}x (goal {goal}x: {'ok' if ratio <= goal else 'MISSED'})"

    def whole(self, size: Size) -> None:
        """Compare the whole processes."""
        ours, usual, floor = self.interleaved(
            size,
            self.workbook(size),
            (
                lambda path: self.call("-m", "sheetsync", "sync", "--no-history", path, "--today", TODAY),
                lambda path: self.call(str(HERE / "peers/openpyxl_sync.py"), path, TODAY),
                lambda path: self.call(str(HERE / "peers/floor.py"), path),
            ),
        )
        (our_time, our_work, our_peak), (their_time, their_work, their_peak), (floor_time, _, _) = map(
            middle, (ours, usual, floor)
        )
        wall = self.judge(f"{size.name} wall", our_time / their_time, WALL_GOALS.get(size.name))
        goal = MEMORY_GOAL if size.rows >= MEMORY_FROM else None
        memory = self.judge(f"{size.name} memory", our_peak / their_peak, goal)
        print(f"  wall    ours {our_time:8.3f} s   usual {their_time:8.3f} s   {wall}   floor {floor_time:.3f} s")
        # On a machine that does other work, too, the processor's time says more than the clock's.
        print(f"  cpu     ours {our_work:8.3f} s   usual {their_work:8.3f} s   {our_work / their_work:.3f}x")
        print(f"  peak    ours {our_peak:8.1f} MB  usual {their_peak:8.1f} MB  {memory}", flush=True)
        self.remembering(size, (their_time, their_peak))

    def remembering(self, size: Size, usual: tuple[float, float]) -> None:
        """Say what the history costs, beside the seconds and megabytes of the usual script; there is no goal."""
        source, first, later = self.workbook(size), [], []
        for _ in range(self.repeats(size)):
            for old in (self.folder / "state").glob("history.sqlite3*"):
                old.unlink()
            path = self.fresh(source)
            first.append(self.call("-m", "sheetsync", "sync", path, "--today", TODAY))
            later.append(self.call("-m", "sheetsync", "sync", path, "--today", TOMORROW))
        for what, (seconds, _, peak) in (("first night", middle(first)), ("next night", middle(later))):
            told = f"{seconds:8.3f} s {seconds / usual[0]:.3f}x, {peak:8.1f} MB {peak / usual[1]:.3f}x"
            print(f"  history {what:11} {told}", flush=True)

    def split(self, size: Size) -> None:
        """Say where our own time goes, as medians of several processes."""
        runs, memory = self._steps(size)
        steps = {name: median(one[name] for one in runs) for name in runs[0]}
        told = "  ".join(f"{name} {seconds * 1000:.1f}" for name, seconds in steps.items())
        print(f"  split   {told}   (ms; {memory:.0f} MB)", flush=True)

    def _steps(self, size: Size) -> tuple[list[dict[str, float]], float]:
        source = self.workbook(size)
        done = [
            self.call(str(HERE / "split.py"), self.fresh(source), TODAY) for _ in range(1 if size.rows >= LARGE else 3)
        ]
        return [json.loads(one.out) for one in done], middle(done)[2]

    def patching(self, size: Size) -> None:
        """Compare writing alone with the floor's work alone: all rows, then one row in fifty of a synced workbook."""
        source = self.workbook(size)
        synced = self.folder / "synced.xlsx"
        shutil.copyfile(source, synced)
        self.call("-m", "sheetsync", "sync", "--no-history", str(synced), "--today", TODAY)
        for what, path, every, goal in (
            ("all rows", source, 1, PATCH_GOAL),
            ("2 % of rows", synced, 50, PATCH_FEW_GOAL),
        ):
            ours, floor = self.interleaved(
                size,
                path,
                (
                    lambda copy, every=every: self.call(str(HERE / "patch.py"), copy, str(every)),  # type: ignore[misc]
                    lambda copy: self.call(str(HERE / "peers/floor.py"), copy, "--time"),
                ),
            )
            base = median(float(one.out) for one in floor)
            told = [json.loads(one.out) for one in ours]
            parts = {name: median(one[name] for one in told) for name in told[0]}
            ratio = self.judge(f"{size.name} writing alone, {what}", parts["patch"] / base, goal)
            print(f"  patch   {what}: {parts['patch'] * 1000:.1f} ms, floor {base * 1000:.1f} ms, {ratio}", end="")
            print(f"; besides guard {parts['guard'] * 1000:.1f} ms, verify {parts['verify'] * 1000:.1f} ms", flush=True)


def main() -> None:
    """Run what the command line asks for; the exit code is 1 where a goal was missed."""
    parser = argparse.ArgumentParser(description="Benchmarks of the nightly job on Excel workbooks.")
    parser.add_argument("--sizes", default=",".join(WALL_GOALS))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="where workbooks are made and kept (default: a temporary folder)")
    parser.add_argument("--only", choices=("whole", "split", "patching"), help="one part alone")
    told = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory(prefix="sheetsync-bench-") as temporary:
        bench = Bench(told.folder or Path(temporary), told.runs)
        for name in told.sizes.split(","):
            size = Size.named(name)
            print(f"\n{size.name} rows, medians of {bench.repeats(size)}")
            for part in ("whole", "split", "patching"):
                if told.only in (None, part):
                    getattr(bench, part)(size)
    print("\nMissed: " + ("; ".join(bench.missed) or "nothing"))
    sys.exit(1 if bench.missed else 0)


if __name__ == "__main__":
    main()
