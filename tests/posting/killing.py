"""Schedules in which the sending process is really killed, at a step of its own choosing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from tests.delivery.certificates import Certificate
from tests.delivery.mail_server import MailServer, serving
from tests.posting.schedules import Scenario, Setting, finish, firm_of, run_first, steps_of
from tests.posting.world import Firm

PROJECT = Path(__file__).parents[2]
CLEAN = Scenario("really killed, all is well")


def killed_schedules(
    folder: Path, known: Certificate, other: Certificate, count: int, seed: int = 0
) -> Iterator[Counter[str]]:
    """Kill processes at chance steps, let the nightly job run again, and judge; give how the mails ended."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    with serving() as server:
        setting = Setting(folder, server, known, other)
        steps, _ = steps_of(setting, CLEAN)
        for number in range(count):
            firm = firm_of(setting, CLEAN, f"killed-{number}")
            ended = killed(firm, chance.randint(1, steps))
            assert ended == -signal.SIGKILL, ended
            yield finish(setting, CLEAN, firm)


def killed(firm: Firm, at: int) -> int:
    """Send in a process of its own that kills itself at a step; give how it ended."""
    command = [sys.executable, "-m", "tests.posting.killing", str(firm.path), str(firm.server.port), str(at)]
    done = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": str(PROJECT)}, capture_output=True, check=False, timeout=60
    )
    return done.returncode


class _Somewhere:
    """The server of another process: only where it listens is known."""

    def __init__(self, port: int) -> None:
        self.port = port


if __name__ == "__main__":
    path, port, step = sys.argv[1:]
    own = Firm(Path(path), cast("MailServer", _Somewhere(int(port))))
    run_first(cast("Setting", None), CLEAN, own, int(step), kill=True)
