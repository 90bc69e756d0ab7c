"""How large a year of 1,000 workbooks is in the history, and how fast it is written and asked, beside CSV files.

``python bench/history.py [--workbooks 1000] [--items 30] [--nights 365] [--folder DIR] [--runs 5]``

Every item gets a check-in about once a week; on the other nights only its pace moves. The usual way is one CSV file a
night with a line for every item: to know how things stood on a day its file is read, and for the series of one item
every file is searched. Times are medians; nothing is cached by us between them. Goals are held against the clock; the
seconds that the processor worked stand beside it, and say more on a machine that does other work, too.
"""

from __future__ import annotations

import argparse
import csv
import gc
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

sys.path[0] = str(Path(__file__).parent.parent)

from sheetsync.__main__ import PATIENCE  # noqa: E402 - found by the line above
from sheetsync.history import History  # noqa: E402 - as above
from sheetsync.past import Observation  # noqa: E402 - as above
from sheetsync.snapshot import Run, Said, Seen, Snapshot  # noqa: E402 - as above

FIRST = date(2025, 1, 1)
MEGABYTE = 1e6
CYCLE = 90
GOALS = {"size": 120.0, "commit": 1.0, "as-of": 0.2, "series": 0.005}
"""Megabytes, then seconds."""
OWNERS = ("Nguyễn Thị Mai", "Trần Văn Hùng", "Lê Thu Hà", "Phạm Quang Minh", "Võ Anh Dũng")
FIELDS = ("workbook", "key", "title", "owner", *Observation._fields[1:])


class Taken(NamedTuple):
    """Seconds by the clock, and those that the processor worked."""

    wall: float
    worked: float


class Stopwatch:
    """Tells what was taken since it was made."""

    def __init__(self) -> None:
        self._wall, self._worked = time.perf_counter(), time.process_time()

    def taken(self) -> Taken:
        """Give the seconds until now."""
        return Taken(time.perf_counter() - self._wall, time.process_time() - self._worked)


def middle(all_taken: list[Taken]) -> Taken:
    """Give the medians."""
    return Taken(median(one.wall for one in all_taken), median(one.worked for one in all_taken))


class Firm:
    """One workbook whose people check in about once a week."""

    def __init__(self, number: int, items: int) -> None:
        self.number = number
        self._chance = random.Random(number)  # noqa: S311 - sample data
        chance = self._chance
        self._targets = [float(round(chance.uniform(20, 5000))) for _ in range(items)]
        self._values = [round(target * chance.uniform(0, 0.2), 1) for target in self._targets]
        self._updated = [FIRST for _ in range(items)]
        self._says = [self._said(place) for place in range(items)]

    def _said(self, place: int) -> dict[str, Said]:
        target = self._targets[place]
        return {
            "title": Said(f"Raise measure {place} of firm {self.number} from 0 to {target:.0f}"),
            "objective": Said(f"Objective {place // 4} of firm {self.number}"),
            "owner": Said(OWNERS[place % len(OWNERS)]),
            "team": Said(f"Team {place % 3}"),
            "unit": Said("orders"),
            "target": Said(f"{target:.0f}", target),
            "baseline": Said("0", 0.0),
            "weight": Said("25 %", 0.25),
            "due": Said("2025-12-31"),
            "current": Said("", formula=place % 5 == 0),
        }

    def night(self, day: date) -> Snapshot:
        """Give how the workbook stands on a day."""
        return Snapshot(day, tuple(self._items(day)), {("okr", "title"): "Key result"}, self._written(day))

    def _items(self, day: date) -> Iterator[Seen]:
        expected = (day - FIRST).days % CYCLE / CYCLE
        for place, target in enumerate(self._targets):
            if self._chance.random() < 1 / 7:
                self._values[place] = round(self._values[place] + target * self._chance.uniform(0, 0.04), 1)
                self._updated[place] = day
            progress = self._values[place] / target
            status = "on_track" if progress >= expected else "at_risk"
            blocker = "Waiting for the supplier" if place == 0 and day.day < 8 else ""
            seen = Observation(
                day, self._values[place], target, 0.0, progress, expected, min(progress, 1), status,
                0.7, blocker, self._updated[place],
            )  # fmt: skip
            key = f"raise-measure-{place}-{self.number:04}"
            yield Seen(key, "key_result", seen, self._says[place], "OKR", 6 + place, "Q1/2025", FIRST)

    def _written(self, day: date) -> dict[tuple[str, str], Any]:
        """Give the cells that a night writes: the whole per cent of the pace moves on most days."""
        expected = round((day - FIRST).days % CYCLE / CYCLE, 2)
        return {
            (f"raise-measure-{place}-{self.number:04}", "expected"): expected for place in range(len(self._targets))
        }

    def run(self, day: date) -> Run:
        """Give the run of a day."""
        by = "1.0.0", "default@1", "vn-kpi@1", "en"
        return Run(f"file:/firms/{self.number}.xlsx", f"Firm {self.number}", day, *by)


class Clock:
    """A clock that stands at three in the morning of the day that it is set to."""

    def __init__(self) -> None:
        self.day = FIRST

    def __call__(self) -> datetime:
        """Give the moment."""
        return datetime(self.day.year, self.day.month, self.day.day, 3, tzinfo=UTC)


def fill(history: History, clock: Clock, firms: list[Firm], nights: int, folder: Path) -> list[Taken]:
    """Record every night in the history and as a CSV file; give what the history took for each."""
    taken = []
    for number in range(nights):
        clock.day = FIRST + timedelta(days=number)
        ready = [(firm.run(clock.day), firm.night(clock.day)) for firm in firms]
        stopwatch = Stopwatch()
        with history.together():
            for run, snapshot in ready:
                history.commit(run, snapshot, revision=f"{run.name}{clock.day}", cells=len(snapshot.written))
        taken.append(stopwatch.taken())
        _csv(folder / f"{clock.day}.csv", ready)
        if number % 30 == 29:
            print(f"  {number + 1} nights recorded", file=sys.stderr, flush=True)
    return taken


def _csv(path: Path, ready: list[tuple[Run, Snapshot]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file)
        lines.writerow(FIELDS)
        for run, snapshot in ready:
            for seen in snapshot.items:
                said = seen.says["title"].text, seen.says["owner"].text
                lines.writerow((run.place, seen.key, *said, *seen.observation[1:]))


def timed(work: Callable[[], object], runs: int) -> Taken:
    """Give the medians of what some work takes."""
    taken = []
    for _ in range(runs):
        stopwatch = Stopwatch()
        work()
        taken.append(stopwatch.taken())
    return middle(taken)


def csv_as_of(folder: Path, day: date) -> list[dict[str, str]]:
    """Read the file of one night."""
    with (folder / f"{day}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def csv_series(folder: Path, key: str) -> list[list[str]]:
    """Search every file for the lines of one item."""
    found = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            found += [line for line in csv.reader(file) if line[1] == key]
    return found


def one_by_one(history: History, clock: Clock, firms: list[Firm], day: date) -> Taken:
    """Give what a night takes whose workbooks are committed one by one, as `sync` of a few files does."""
    clock.day = day
    ready = [(firm.run(day), firm.night(day)) for firm in firms]
    stopwatch = Stopwatch()
    for run, snapshot in ready:
        history.commit(run, snapshot)
    return stopwatch.taken()


def measure(folder: Path, workbooks: int, items: int, nights: int, runs: int) -> int:
    """Fill, ask and print; 1 where a goal is missed."""
    gc.set_threshold(PATIENCE)  # as the program does
    firms, clock, files = [Firm(number, items) for number in range(workbooks)], Clock(), folder / "csv"
    files.mkdir(parents=True, exist_ok=True)
    path = folder / "history.sqlite3"
    path.unlink(missing_ok=True)
    with History.open(path, clock) as history:
        nightly = fill(history, clock, firms, nights, files)
    size = path.stat().st_size / MEGABYTE
    csv_size = sum(file.stat().st_size for file in files.glob("*.csv")) / MEGABYTE
    middle_day, key = FIRST + timedelta(days=nights // 2), f"raise-measure-{items // 2}-{workbooks // 2:04}"
    with History.open(path, clock) as history:
        workbook = history.find(f"file:/firms/{workbooks // 2}.xlsx", {}).workbook or 0
        as_of = timed(lambda: history.as_of(middle_day), runs)
        known = timed(lambda: history.as_of(middle_day, datetime(2025, 3, 1, tzinfo=UTC)), runs)
        series = timed(lambda: history.series(workbook, key), runs * 5)
        before = timed(lambda: history.past(workbook, FIRST + timedelta(days=nights)), runs * 5)
        alone = one_by_one(history, clock, firms, FIRST + timedelta(days=nights))
    print(f"{workbooks} workbooks x {items} items x {nights} nights")
    ratio = f"   CSV {csv_size:.0f} MB, ours is {size / csv_size:.4f}x"
    missed = [
        report("size", "MB", size, ratio),
        report("commit", "s", *worked(middle(nightly))),
        report("as-of", "s", *worked(as_of, timed(lambda: csv_as_of(files, middle_day), runs))),
        report("series", "s", *worked(series, timed(lambda: csv_series(files, key), 1))),
    ]
    print(f"  as-of, as known on an earlier day: {known.wall:.3f} s ({known.worked:.3f} s worked)")
    print(f"  the past of one workbook: {before.wall * 1000:.1f} ms")
    slowest = max(one.wall for one in nightly[1:] or nightly)
    print(f"  first night {nightly[0].wall:.2f} s, slowest later one {slowest:.2f} s")
    print(f"  a night committed one workbook at a time (a wait for the disk each): {alone.wall:.2f} s")
    return int(any(missed))


def worked(ours: Taken, usual: Taken | None = None) -> tuple[float, str]:
    """Give the seconds that are held against a goal, and what is told beside them."""
    beside = f"   CSV {usual.wall:.3f} s, ours is {ours.wall / usual.wall:.4f}x" if usual is not None else ""
    return ours.wall, f"   {ours.worked:.4f} s worked{beside}"


def report(name: str, unit: str, ours: float, beside: str) -> bool:
    """Print one figure with its goal; True where the goal is missed."""
    verdict = "ok" if ours <= GOALS[name] else "MISSED"
    print(f"  {name:8} {ours:9.4f} {unit:3} (goal {GOALS[name]:g} {unit}: {verdict}){beside}")
    return ours > GOALS[name]


def main() -> int:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--workbooks", type=int, default=1000)
    parser.add_argument("--items", type=int, default=30)
    parser.add_argument("--nights", type=int, default=365)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", type=Path)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as spare:
        return measure(told.folder or Path(spare), told.workbooks, told.items, told.nights, told.runs)


if __name__ == "__main__":
    sys.exit(main())
