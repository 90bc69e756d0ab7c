"""``python -m tests.posting``: play every schedule, and print how many there were and how they ended."""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.delivery.certificates import certificate
from tests.delivery.mail_server import serving
from tests.posting.killing import killed_schedules
from tests.posting.schedules import PASSWORD, SCENARIOS, USER, Setting, planned, play


def main() -> int:
    """Play them all; 1 where one of them broke the promise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--doubles", type=int, default=40, help="pairs of crashes for each scenario")
    parser.add_argument("--kills", type=int, default=40, help="processes that are really killed")
    parser.add_argument("--every", type=int, default=1, help="of the single crashes, only every so many-th step")
    parser.add_argument("--part", default="1/1", help="of the kinds of conversations only a part, such as 2/3")
    wanted = parser.parse_args()
    part, parts = map(int, wanted.part.split("/"))
    logging.disable(logging.CRITICAL)  # the stand-in of a mail server tells of every connection that we break
    ends: Counter[str] = Counter()
    flaws: list[str] = []
    count, begun = 0, time.perf_counter()
    quick = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=quick if quick.is_dir() else None) as folder:
        known, other = certificate(Path(folder)), certificate(Path(folder), "elsewhere")
        for scenario in SCENARIOS[part - 1 :: parts]:
            tls, users = (known.server, {USER: PASSWORD}) if scenario.login else (None, None)
            with serving(tls, users=users) as server:
                setting = Setting(Path(folder), server, known, other)
                plan = list(planned(setting, scenario, wanted.doubles, wanted.every))
                for number, (at, again) in enumerate(plan):
                    try:
                        ends += play(setting, scenario, f"s{number}", at, again)
                    except AssertionError as flaw:
                        flaws.append(f"{scenario.name}, ended at {at} and {again}: {flaw}")
                count += len(plan)
                sys.stdout.write(f"{len(plan):5}  {scenario.name}\n")
        killed = 0
        for ended in killed_schedules(Path(folder), known, other, wanted.kills, part):
            ends += ended
            killed += 1
        sys.stdout.write(f"{killed:5}  processes really killed (SIGKILL)\n")
    sys.stdout.write(f"{count + killed:5}  schedules in {time.perf_counter() - begun:.0f} s; how each mail ended:\n")
    for end, times in sorted(ends.items()):
        sys.stdout.write(f"{times:7}  {end}\n")
    sys.stdout.write(f"{len(flaws):7}  schedules in which something was told twice, or lost without a word\n")
    sys.stdout.writelines(f"         {flaw}\n" for flaw in flaws)
    return 1 if flaws else 0


if __name__ == "__main__":
    sys.exit(main())
