"""How honest the forecast is: how often its interval holds the end, and how near its middle comes to it.

``python bench/forecast.py [--seeds 120]``          measures, on kinds of cycles that the calibration never saw, and on
                                                   new cycles of the kinds that it saw
``python bench/forecast.py --calibrate --seeds 240``  prints the table of ``sheetsync/trends/calibration.py``

Each simulated key result is forecast at six days of its cycle from what its sheet showed until then: nightly, weekly,
with weeks left out, typing errors put right later, rounded, nights without a look, back-filled from columns of weeks
or from dated copies. ``ours`` is the middle of the forecast, ``line`` a straight line from the first day through the
last value, ``last`` the last value itself. The goals: an interval of 80 % holds the end in 75 to 85 of 100 cases, in
both sets and early as late; the band of a whole of several goals, which the page draws, holds it in 80 at least;
chances that are told, small ones and large ones alike, come true as often in both sets, give or take 5 of 100; and the
mean error is below that of either naive way.
"""

from __future__ import annotations

import argparse
import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

sys.path[0] = str(Path(__file__).parent.parent)

from sheetsync.trends.calibration import CHANCE_MARGIN, LEVELS, MARGIN, SAID  # noqa: E402 - found by the line above
from sheetsync.trends.projection import LATEST_CHANCE, LIKELY, UNLIKELY, project  # noqa: E402 - as above
from sheetsync.trends.scorecard import USUAL_END  # noqa: E402 - as above
from tests.trends.backtest import Case, cases, share, wholes  # noqa: E402 - as above
from tests.trends.cycles import BACK_FILLED, OTHERS, TUNED  # noqa: E402 - as above

PROMISED, SLACK, CHANCE_SLACK = 0.80, 0.05, 0.05
SIZES = (3, 8, 20)
"""Goals of the wholes that are measured."""
NEAR = 0.05
"""Chances this near to a place of the table are counted there."""
CALIBRATED_ON, MEASURED_ON = 1, 1_000_001
"""First seeds of the cycles for calibration and of those for measuring."""


def main() -> int:
    """Measure and print; 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seeds", type=int, default=120, help="cycles of each kind and habit")
    parser.add_argument("--first", type=int, default=MEASURED_ON, help="first seed of the cycles for measuring")
    parser.add_argument("--calibrate", action="store_true")
    told = parser.parse_args()
    if told.calibrate:
        return calibrate(told.seeds)
    seeds = range(told.first, told.first + told.seeds)
    unseen, seen = list(cases(tuple(OTHERS), seeds)), list(cases(tuple(TUNED), seeds))
    print(f"{'':24}{'cases':>7}{'held':>8}{'width':>8}   mean error: ours    line    last")
    missed = [report("kinds never seen", unseen), report("kinds seen, new cycles", seen)]
    both = unseen + seen
    missed += [*groups("after", both, lambda case: f"{case.stage:.0%} of the cycle", demanded=True)]
    missed += [report("back-filled", [case for case in both if case.habit in BACK_FILLED], demanded=True)]
    groups("kept", both, lambda case: case.habit)
    groups("kind", both, lambda case: case.kind)
    missed += [whole(size, seeds) for size in SIZES]
    missed += [chances("kinds never seen", unseen), chances("kinds seen", seen)]
    print("all goals reached" if not any(missed) else "GOALS MISSED")
    return int(any(missed))


def groups(title: str, found: Sequence[Case], of: Callable[[Case], str], *, demanded: bool = False) -> list[bool]:
    """Print one line for each group; give which of them miss the goal, where one is set."""
    parted = defaultdict(list)
    for case in found:
        parted[of(case)].append(case)
    return [report(f"{title} {name}", some, demanded=demanded) for name, some in parted.items()]


def report(title: str, found: Sequence[Case], *, demanded: bool = True) -> bool:
    """Print how often the interval held, how wide it is, and the mean errors; say whether a goal is missed."""
    held = share([case.inside for case in found])
    width = mean(ahead.high - ahead.low for case in found if (ahead := case.trend.forecast) is not None)
    errors = {
        "ours": mean(abs(ahead.final - case.end) for case in found if (ahead := case.trend.forecast) is not None),
        "line": mean(abs(case.line - case.end) for case in found),
        "last": mean(abs(case.last - case.end) for case in found),
    }
    missed = demanded and (abs(held - PROMISED) > SLACK)
    told = "".join(f"{error:8.3f}" for error in errors.values())
    print(f"{title:24}{len(found):7}{held:8.1%}{width:8.2f}              {told}{'   MISSED' if missed else ''}")
    return missed


def whole(size: int, seeds: Sequence[int]) -> bool:
    """Print how often the band of the page held the end of a whole of so many goals; say whether it was too seldom."""
    found = list(wholes(size, seeds))
    held, width = share([one.inside for one in found]), mean(one.high - one.low for one in found)
    missed = held < PROMISED
    print(f"{f'a whole of {size}':24}{len(found):7}{held:8.1%}{width:8.2f}{'   MISSED' if missed else ''}")
    return missed


BANDS = (("20% at most", 0.0, UNLIKELY + 1e-9), ("80% at least", LIKELY, 1.01))


def chances(title: str, found: Sequence[Case]) -> bool:
    """Print how often the target was reached where a chance was told; say whether it was told wrongly."""
    told = [
        (ahead.chance, case.end >= 1)
        for case in found
        if (ahead := case.trend.forecast) is not None and ahead.chance is not None
    ]
    missed = False
    for name, low, high in BANDS:
        some = [(chance, reached) for chance, reached in told if low <= chance < high]
        said, came = mean(chance for chance, _ in some), share([reached for _, reached in some])
        off = abs(said - came) > CHANCE_SLACK
        missed = missed or off
        print(
            f"{title}: chance {name:12} told {said:5.1%}, came true in {came:5.1%} of {len(some)}" + "   MISSED" * off
        )
    return missed


def calibrate(seeds: int) -> int:
    """Print what ``calibration`` holds, taken from the cycles that are kept for it."""
    told_by = [
        (case.kind, case.end, found)
        for case in cases(tuple(TUNED), range(CALIBRATED_ON, CALIBRATED_ON + seeds))
        if (found := project(case.trend.points, USUAL_END, 1 - case.trend.points[-1].share)) is not None
    ]
    seen = [(end, found) for _, end, found in told_by]
    errors = sorted((end - found.middle) / found.spread for end, found in seen)
    print(f"ERRORS = {tuple(round(errors[int(level * (len(errors) - 1))], 2) for level in LEVELS)}")
    late = [(end >= 1, (1 - found.middle) / found.spread) for end, found in seen if found.left <= LATEST_CHANCE]
    told = [(reached, 1 - bisect_left(errors, error) / len(errors)) for reached, error in late]
    came = [share([reached for reached, said in told if abs(said - place) <= NEAR]) for place in SAID]
    print(f"CAME = {tuple(round(held_back(max(came[: place + 1])), 3) for place in range(len(came)))}")
    parted = [(kind, (end - found.middle) / found.spread) for kind, end, found in told_by]
    for margin in (0.0, MARGIN):
        held = left_out(parted, 0.1 - margin, 0.9 + margin)
        print(f"# of a kind that is left out, the {0.8 + 2 * margin:.0%} of the others hold {held:.1%}")
    return 0


def left_out(errors: Sequence[tuple[str, float]], low: float, high: float) -> float:
    """Give the share of the cycles that lie between two levels of those of all other kinds."""
    inside = 0
    for kind in TUNED:
        others = sorted(error for other, error in errors if other != kind)
        least, most = (others[int(level * (len(others) - 1))] for level in (low, high))
        inside += sum(least <= error <= most for other, error in errors if other == kind)
    return inside / len(errors)


def held_back(share_true: float) -> float:
    """Take a chance back towards one in two: what is yet to be seen is less sure than what was calibrated on."""
    return share_true + CHANCE_MARGIN * (1 - 2 * share_true)


def mean(numbers: Iterable[float]) -> float:
    """Give the mean."""
    told = list(numbers)
    return sum(told) / len(told)


if __name__ == "__main__":
    sys.exit(main())
