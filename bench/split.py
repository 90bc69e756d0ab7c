"""Where the time of one sync goes: ``python bench/split.py FILE 2026-11-21`` syncs FILE and prints seconds as JSON.

It is the real run of ``sheetsync.sync`` without a history, with a stopwatch around each step: start (imports, words,
profiles), read (the backend), reading (goals), scoring, rules, plan, apply (with its verification), and rest (all
between them).
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

STEPS = {"read_goals": "reading", "score": "scoring", "check": "rules", "plan_changes": "plan"}


class Stopwatch:
    """Adds up seconds by name."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.seconds: dict[str, float] = {}

    def around(self, name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        """Give the step with its time taken."""

        def timed(*arguments: Any, **named: Any) -> Any:
            begun = time.perf_counter()
            try:
                return step(*arguments, **named)
            finally:
                self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begun

        return timed


def main(path: str, day: str) -> None:
    """Sync one workbook and print where the time went."""
    begun = time.perf_counter()
    watch = Stopwatch()
    from sheetsync import evaluating, sync
    from sheetsync.backends.excel import ExcelBackend
    from sheetsync.cli.wiring import errand, workbook_at

    for function, name in STEPS.items():
        setattr(evaluating, function, watch.around(name, getattr(evaluating, function)))
    for method in ("read", "apply"):
        setattr(ExcelBackend, method, watch.around(method, getattr(ExcelBackend, method)))
    one = errand(workbook_at(path, None), date.fromisoformat(day))
    start = time.perf_counter() - begun
    outcome = sync.run(one.open_backend(), one.job, one.lock)
    assert outcome.receipt, "nothing was written, so nothing was measured"
    total = time.perf_counter() - begun
    steps = {"start": start, **watch.seconds}
    print(json.dumps({**steps, "rest": total - sum(steps.values())}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
