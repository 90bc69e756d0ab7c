"""How often a run on Google Sheets hits a cell of the users', and how often what was typed into one is lost.

``python bench/interleavings.py [--runs 300] [--rates 0.05,0.5] [--seed 1]``

Simulated, against the stand-in of Google of the test suite: other people insert, delete and move rows and columns,
sort, type, rename, and run sheetsync themselves, in each gap between two requests with the given probability; every
tenth run is killed between its write and the look at it. Each run is followed by quiet ones. Printed for each rate:
  hit     runs that reported a cell of the users' which a write had hit (and which was put back; exit code 3)
  lost    runs after which such a cell does not hold what was typed into it in that very gap
  silent  runs after which any other cell of the users' differs: must be 0
  open    runs after which one quiet run does not leave every computed cell right: must be 0
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

# In place of this folder, whose google.py would hide the library of that name.
sys.path[0] = str(Path(__file__).parent.parent)

from tests.backends.google.interleaving import KINDS, Edit, Office  # noqa: E402 - found by the line above
from tests.sheets_server.server import SheetsServer  # noqa: E402 - as above

GAPS = 4


def edits(chance: random.Random, rate: float) -> list[list[Edit]]:
    """Draw what happens in each gap of a run."""
    drawn = []
    for _ in range(GAPS):
        happens = chance.random() < rate
        drawn.append([Edit(chance.choice(KINDS), chance.randrange(21), chance.randrange(21))] if happens else [])
    return drawn


def one_run(server: SheetsServer, folder: Path, chance: random.Random, rate: float) -> set[str]:
    """Sync once while people edit, then in quiet; give what is to be counted."""
    office = Office(server, folder, chance.randint(3, 12), first_run=chance.random() < 0.1)
    office.gaps = edits(chance, rate)
    if chance.random() < 0.1:
        office.kill_after = 2
    office.sync()
    office.gaps, office.kill_after = [], None
    quiet = office.sync()
    office.requests = 0
    again = office.sync()
    wrong = len(office.differing())
    office.connecting.close()
    del server.files[office.real.id]
    counted = {"hit"} if office.reported else set()
    if wrong:
        counted.add("lost" if wrong <= len(office.reported) else "silent")
    if (quiet, again, office.requests) != ("ok", "ok", 1):
        counted.add("open")
    return counted


def main() -> None:
    """Simulate and print; leaves with 1 where anything was silent or stayed open."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=300)
    parser.add_argument("--rates", default="0.05,0.5")
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    bad = False
    with SheetsServer() as server, tempfile.TemporaryDirectory() as name:
        for rate in map(float, told.rates.split(",")):
            chance, counts = random.Random(told.seed), Counter[str]()  # noqa: S311 - a simulation
            for number in range(told.runs):
                folder = Path(name) / f"{rate}-{number}"
                folder.mkdir()
                counts.update(one_run(server, folder, chance, rate))
            shares = ", ".join(f"{kind} {counts[kind]}" for kind in ("hit", "lost", "silent", "open"))
            print(f"{told.runs} runs, an edit in {rate:.0%} of the gaps: {shares}")
            bad = bad or bool(counts["silent"] or counts["open"])
    raise SystemExit(bad)


if __name__ == "__main__":
    main()
