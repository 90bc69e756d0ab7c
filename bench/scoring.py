"""How fast 10,000 key results and 2,000 KPIs are scored and checked, beside openpyxl merely loading their workbook.

``python bench/scoring.py [--key-results 10000] [--kpis 2000] [--runs 5] [--folder DIR]``

Each contestant is a process of its own, in turn, and takes the time of its work without its start:
  usual  ``openpyxl.load_workbook(FILE)`` and nothing more
  ours   opens the workbook, understands its goals, scores them, runs the rules; each step is told apart
The goal is for scores and rules together: at most 0.4 of the usual time. Reading is printed beside it without a goal.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import xlsxwriter
from measure import demand, environment, run
from workbooks import FAMILY, GIVEN, HEADER_ROW, HEADERS, KEY_RESULTS_EACH, TEAMS, goal_rows

TODAY = "2026-11-21"
GOAL = 0.4
KPIS_EACH = 8
SCORECARD = ("ID", "Section", "KPI", "Owner", "Team", "Unit", "Weight", "Direction", "Target", "Actual")
# What a KPI measures: section, text, unit, direction, and about how much is planned.
INDICATORS = (
    ("Sales", "Revenue of the month", "million ₫", "Higher is better", 1200),
    ("Sales", "New shops visited", "shops", "Higher is better", 40),
    ("Customers", "Complaints of the month", "cases", "Lower is better", 12),
    ("Customers", "Orders delivered on time", "%", "Higher is better", 95),
)


def make(path: Path, key_results: int, kpis: int) -> None:
    """Write the workbook: key results under their objectives, a scorecard of eight KPIs a person, and Settings."""
    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        goals = key_results * (KEY_RESULTS_EACH + 1) // KEY_RESULTS_EACH
        _table(book, "OKR", tuple(HEADERS), goal_rows(goals, seed=goals), day)
        _table(book, "KPI", SCORECARD, (_kpi(number) for number in range(kpis)), day)
        settings = book.add_worksheet("Settings")
        for number, line in enumerate((("Company", "Minh Long Food"), ("Cycle", "Q4/2026"), ("Language", "English"))):
            settings.write_row(number, 0, line)


def _table(book: Any, name: str, headers: Sequence[str], rows: Any, day: Any) -> None:
    sheet = book.add_worksheet(name)
    sheet.write_row(HEADER_ROW - 1, 0, headers)
    places = {header: place for place, header in enumerate(headers)}
    for number, row in enumerate(rows, HEADER_ROW):
        for header, value in row.items():
            sheet.write(number, places[header], value, day if isinstance(value, date) else None)


def _kpi(number: int) -> dict[str, Any]:
    chance = random.Random(number)  # noqa: S311 - sample data
    person, place = divmod(number, KPIS_EACH)
    section, text, unit, direction, usual = INDICATORS[number % len(INDICATORS)]
    target = round(usual * chance.uniform(0.8, 1.2), 1)
    team = TEAMS[person % len(TEAMS)]
    return {
        "ID": f"K-{person + 1}.{place + 1}",
        "Section": section,
        "KPI": f"{text}, {team} area {number}",
        "Owner": f"{FAMILY[person % len(FAMILY)]} {GIVEN[person % len(GIVEN)]} {person + 1}",
        "Team": team,
        "Unit": unit,
        "Weight": 100 / KPIS_EACH,
        "Direction": direction,
        "Target": target,
        "Actual": round(target * chance.uniform(0.5, 1.3), 1),
    }


def usual(path: str) -> dict[str, float]:
    """Load the workbook as the usual script does."""
    from openpyxl import load_workbook

    begun = time.perf_counter()
    load_workbook(path)
    return {"load": time.perf_counter() - begun}


def ours(path: str) -> dict[str, float]:
    """Read, understand, score and check the workbook, each step with its seconds, and count what was scored."""
    from split import Stopwatch

    from sheetsync import evaluating
    from sheetsync.cli.wiring import errand, workbook_at

    watch = Stopwatch()
    for name in ("read_goals", "score", "check"):
        setattr(evaluating, name, watch.around(name, getattr(evaluating, name)))
    one = errand(workbook_at(path, None), date.fromisoformat(TODAY))
    workbook = watch.around("read", one.open_backend().read)()
    found = evaluating.evaluate(workbook, one.job)
    scored = [item.kind for item in found.scorecard.scores.values() if item.not_scored is None]
    counts = {"key results": scored.count("key_result"), "KPIs": scored.count("kpi"), "findings": len(found.findings)}
    return {**watch.seconds, **counts}


def main() -> int:
    """Measure, print, and give 1 where the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--key-results", type=int, default=10_000)
    parser.add_argument("--kpis", type=int, default=2_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--one", nargs=2, metavar=("WHO", "FILE"), help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.one:
        who, path = told.one
        print(json.dumps({"usual": usual, "ours": ours}[who](path)))
        return 0
    with tempfile.TemporaryDirectory() as spare:
        return measure(told.folder or Path(spare), told.key_results, told.kpis, told.runs)


def measure(folder: Path, key_results: int, kpis: int, runs: int) -> int:
    """Run both in turn, once beforehand to warm the caches, and print the medians."""
    path = folder / f"scoring-{key_results}-{kpis}.xlsx"
    make(path, key_results, kpis)
    seen: dict[str, list[dict[str, float]]] = {"usual": [], "ours": []}
    for turn in range(runs + 1):
        for who, kept in seen.items():
            command = (sys.executable, __file__, "--one", who, str(path))
            done = demand(run(command, environment(str(folder))), command)
            kept += [json.loads(done.out)] if turn else []
    return report(*({key: median(one[key] for one in kept) for key in kept[0]} for kept in seen.values()))


def report(load: dict[str, float], work: dict[str, float]) -> int:
    """Print the times and their ratio to the usual one; 1 where the goal is missed."""
    for key, value in {**load, **work}.items():
        print(f"  {key:12} " + (f"{value:.0f}" if key in ("key results", "KPIs", "findings") else f"{value:.3f} s"))
    ratio = (work["score"] + work["check"]) / load["load"]
    reading = (work["read"] + work["read_goals"]) / load["load"]
    print(f"scores and rules: {ratio:.3f}x (goal {GOAL}x: {'ok' if ratio <= GOAL else 'MISSED'})")
    print(f"with reading the workbook: {ratio + reading:.3f}x")
    return int(ratio > GOAL)


if __name__ == "__main__":
    sys.exit(main())
