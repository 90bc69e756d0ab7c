"""Runs a command as a process of its own and says how long it took and how much memory it held at most."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple


class Run(NamedTuple):
    """One process: wall and processor seconds, peak resident megabytes, exit code, and what it printed."""

    seconds: float
    processor: float
    megabytes: float
    code: int
    out: str
    errors: str


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Run:
    """Run a command to its end. The peak is the kernel's count for the process and its children."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as errors:
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=errors, env=environment)
        _, state, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(state)
        out.seek(0)
        errors.seek(0)
        processor = usage.ru_utime + usage.ru_stime
        return Run(seconds, processor, usage.ru_maxrss / 1024, process.returncode, out.read(), errors.read())


def demand(done: Run, command: Sequence[str]) -> Run:
    """Give the run back if it succeeded; stop the benchmark if it did not, because its time would mean nothing."""
    if done.code:
        raise SystemExit(f"{' '.join(command)} ended with {done.code}:\n{done.errors[-2000:]}")
    return done


def middle(runs: Sequence[Run]) -> tuple[float, float, float]:
    """Give the medians of the wall seconds, the processor seconds and the megabytes."""
    seconds, processor = median(one.seconds for one in runs), median(one.processor for one in runs)
    return seconds, processor, median(one.megabytes for one in runs)


def asked(description: str | None, **numbers: int) -> argparse.Namespace:
    """Read the options of a script with two contestants: numbers by their defaults, and ``--one WHO FILE``."""
    parser = argparse.ArgumentParser(description=(description or "").splitlines()[0])
    for name, usual in numbers.items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=int, default=usual)
    parser.add_argument("--one", nargs=2, metavar=("WHO", "FILE"), help=argparse.SUPPRESS)
    return parser.parse_args()


def in_turn(script: str, workbook: Path, runs: int, **numbers: int) -> tuple[dict[str, float], dict[str, float]]:
    """Run ``usual`` and ``ours`` of a script in turn, once beforehand to warm the caches, and give their medians.

    Each is a process of its own that prints what it measured as JSON; the megabytes that it held are added.
    """
    options = [text for name, value in numbers.items() for text in (f"--{name.replace('_', '-')}", str(value))]
    seen: dict[str, list[dict[str, float]]] = {"usual": [], "ours": []}
    for turn in range(runs + 1):
        for who, kept in seen.items():
            command = (sys.executable, script, *options, "--one", who, str(workbook))
            done = demand(run(command, environment(str(workbook.parent))), command)
            kept += [{**json.loads(done.out), "megabytes": done.megabytes}] if turn else []
    usual, ours = ({key: median(one[key] for one in kept) for key in kept[0]} for kept in seen.values())
    return usual, ours


def environment(state: str) -> dict[str, str]:
    """Give the environment of a measured process: this checkout, bytecode may be cached, locks lie in ``state``."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SHEETSYNC_"))}
    here = str(Path(__file__).parents[1])
    return {**kept, "PYTHONPATH": here, "SHEETSYNC_STATE_DIR": state, "LC_ALL": "C.UTF-8"}
