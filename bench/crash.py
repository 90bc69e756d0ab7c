"""Kills and fails a write at every one of its file system calls, in three sizes of workbook, and prints the counts.

``python bench/crash.py [--sizes 20,2000,30000] [--jobs 2] [--apart]`` needs strace and the packages of the test suite.
The exit code is 1 where a workbook was left corrupt, or success was told of a workbook that is not complete.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.backends.excel import faults


def count(crashes: list[faults.Crash], every: list[faults.Fault]) -> Counter[str]:
    """Try every fault, each job in a folder of its own, and count what was left."""

    def share(place: int) -> list[faults.Left]:
        return [crashes[place].left_by(fault) for fault in every[place :: len(crashes)]]

    counts: Counter[str] = Counter(points=len(every))
    with ThreadPoolExecutor(len(crashes)) as pool:
        for left in (one for lot in pool.map(share, range(len(crashes))) for one in lot):
            counts[left.content] += 1
            counts["stray"] += bool(left.strays)
            counts["not hit"] += not left.hit
            counts["traceback"] += "Traceback" in left.told
            if left.code == 0:
                counts[f"success, {left.content}"] += 1
            if not left.sound:
                counts["UNSOUND"] += 1
                print(f"UNSOUND: {left}", flush=True)
    return counts


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description="Crash proof of the Excel write.")
    parser.add_argument("--sizes", default="20,2000,30000", help="rows of the workbooks")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--apart", action="store_true", help="let the write add a worksheet of our own as well")
    told = parser.parse_args()
    unsound = 0
    for rows in (int(size) for size in told.sizes.split(",")):
        with tempfile.TemporaryDirectory(prefix="sheetsync-crash-") as folder:
            crashes = [faults.Crash(Path(folder) / str(job), rows, apart=told.apart) for job in range(told.jobs)]
            for what, every in (("kill -9", faults.kills(crashes[0])), ("ENOSPC/EIO", faults.failures(crashes[0]))):
                counts = count(crashes, every)
                unsound += counts["UNSOUND"]
                print(f"{rows} rows, {what}: " + ", ".join(f"{name} {n}" for name, n in counts.items()), flush=True)
    print(f"\nUnsound: {unsound}")
    sys.exit(1 if unsound else 0)


if __name__ == "__main__":
    main()
