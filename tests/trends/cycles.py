"""Simulated cycles of key results: how work really went, and what of it a sheet showed night by night.

A cycle is two things: ``truth`` (progress at the end of each day, from day 0 to the due day) and ``shown`` (what the
sheet said on each night, None where nobody looked). All chance comes from the seed that is handed in.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

DAYS = 91
Way = list[float]


class Cycle(NamedTuple):
    """One simulated key result; ``shown`` begins on the day after the first, and both end on the due day."""

    kind: str
    habit: str
    truth: Way
    shown: list[float | None]


def walk(chance: random.Random, days: int) -> Way:
    """Give a random walk with drift: steady work with good and bad weeks."""
    pace, spread = chance.gauss(0.75, 0.35), chance.uniform(0.05, 0.25)
    way = [0.0]
    for _ in range(days):
        way.append(way[-1] + pace / days + chance.gauss(0, spread / math.sqrt(days)))
    return way


def noisy(chance: random.Random, days: int) -> Way:
    """Give a straight way to where it will end, measured with an error that does not add up."""
    final, error = chance.gauss(0.8, 0.3), chance.uniform(0.0, 0.05)
    return [0.0] + [final * day / days + chance.gauss(0, error) for day in range(1, days + 1)]


def stalled(chance: random.Random, days: int) -> Way:
    """Give steady work that stops for weeks, once or twice, and perhaps for good."""
    pace = chance.uniform(0.6, 1.4)
    still: set[int] = set()
    for _ in range(chance.choice((1, 1, 2))):
        first = chance.randrange(days // 8, days)
        still.update(range(first, first + int(days * chance.choice((0.2, 0.3, 1.0)))))
    way = [0.0]
    for day in range(days):
        way.append(way[-1] + (0 if day in still else pace / days * chance.uniform(0.3, 1.7)))
    return way


def late(chance: random.Random, days: int) -> Way:
    """Do little for most of the time, and a spurt at the end."""
    turn, slow, fast = chance.uniform(0.6, 0.9), chance.uniform(0.2, 0.7), chance.uniform(1.0, 2.5)
    return _eased(chance, days, lambda share: slow * min(share, turn) + fast * max(0.0, share - turn))


def s_curve(chance: random.Random, days: int) -> Way:
    """Give a slow start, a fast middle, a slow end."""
    steep, middle, final = chance.uniform(5, 11), chance.uniform(0.4, 0.65), chance.gauss(0.85, 0.2)
    foot, top = (1 / (1 + math.exp(steep * (middle - share))) for share in (0.0, 1.0))
    return _eased(
        chance,
        days,
        lambda share: final * (1 / (1 + math.exp(steep * (middle - share))) - foot) / (top - foot),
    )


def leaps(chance: random.Random, days: int) -> Way:
    """Give a few large steps: contracts signed, milestones done."""
    steps, mean = chance.randrange(4, 13), chance.uniform(0.5, 1.0)
    when = [chance.random() for _ in range(steps)]
    sizes = [chance.uniform(0.4, 1.6) * mean / steps for _ in range(steps)]
    return [
        sum(size for at, size in zip(when, sizes, strict=True) if at * days <= day and day) for day in range(days + 1)
    ]


def front(chance: random.Random, days: int) -> Way:
    """Give a fast start that tires."""
    final, bend = chance.gauss(0.8, 0.25), chance.uniform(0.4, 0.8)
    return _eased(chance, days, lambda share: final * share**bend)


def growing(chance: random.Random, days: int) -> Way:
    """Give growth that feeds on itself: each week a little more than the one before."""
    final, bend = chance.gauss(0.8, 0.25), chance.uniform(1.2, 1.8)
    return _eased(chance, days, lambda share: final * share**bend)


def turning(chance: random.Random, days: int) -> Way:
    """Give a pace that changes once, up or down, when people or plans change."""
    turn, before, after = chance.uniform(0.25, 0.75), chance.gauss(0.75, 0.4), chance.gauss(0.75, 0.4)
    return _eased(chance, days, lambda share: before * min(share, turn) + after * max(0.0, share - turn))


def losing(chance: random.Random, days: int) -> Way:
    """Be won and lost again: customers, quality, stock."""
    pull, aim, spread = chance.uniform(1.0, 4.0), chance.gauss(0.6, 0.3), chance.uniform(0.1, 0.3)
    way = [0.0]
    for _ in range(days):
        way.append(way[-1] + pull * (aim - way[-1]) / days + chance.gauss(0, spread / math.sqrt(days)))
    return way


def untouched(chance: random.Random, days: int) -> Way:
    """Be begun, and left lying after a few days or weeks, now and then taken up again at the end."""
    stop, level = chance.uniform(0.05, 0.4), chance.uniform(0.05, 0.35)
    again, spurt = (chance.uniform(0.75, 0.95) if chance.random() < 0.3 else 2.0), chance.uniform(0.5, 2.0)
    return _eased(chance, days, lambda share: level * min(share / stop, 1.0) + max(0.0, share - again) * spurt)


def _eased(chance: random.Random, days: int, shape: Callable[[float], float]) -> Way:
    """Follow a shape with chance steps of everyday size."""
    spread = chance.uniform(0.01, 0.06)
    way, gone = [0.0], 0.0
    for day in range(1, days + 1):
        gone += chance.gauss(0, spread / math.sqrt(days))
        way.append(shape(day / days) + gone)
    return way


TUNED = {"walk": walk, "noisy": noisy, "stalled": stalled, "late": late, "front": front, "leaps": leaps}
"""Kinds by which the calibration was taken: steady ones, ones that bend up, and ones that bend down."""
OTHERS = {"s-curve": s_curve, "growing": growing, "turning": turning, "losing": losing, "untouched": untouched}
"""Kinds that the calibration never saw, of all three sorts too."""


def daily(chance: random.Random, truth: Way) -> list[float | None]:
    """Show every night as it is."""
    return list(truth[1:])


def weekly(chance: random.Random, truth: Way) -> list[float | None]:
    """Tell on one day of the week, as it then is."""
    return _held(truth, range(chance.randrange(1, 8), len(truth), 7))


def careless(chance: random.Random, truth: Way) -> list[float | None]:
    """Tell weekly, with weeks left out."""
    days = [day for day in range(chance.randrange(1, 8), len(truth), 7) if chance.random() > 0.3]
    return _held(truth, days)


def corrected(chance: random.Random, truth: Way) -> list[float | None]:
    """Tell weekly, now and then wrong by far, and put right a week later."""
    typed = list(truth)
    for day in range(1, len(typed) - 8):
        if chance.random() < 0.015:
            typed[day : day + 7] = [value + chance.choice((-0.3, 0.3)) for value in typed[day : day + 7]]
    return _held(typed, range(chance.randrange(1, 8), len(truth), 7), exact=truth[-1])


def rounded(chance: random.Random, truth: Way) -> list[float | None]:
    """Tell weekly, to the nearest five percent."""
    return [None if value is None else round(value * 20) / 20 for value in weekly(chance, truth)[:-1]] + [truth[-1]]


def gaps(chance: random.Random, truth: Way) -> list[float | None]:
    """Tell weekly, with a night in five on which nothing was looked at, and once two weeks."""
    shown = weekly(chance, truth)
    away = chance.randrange(0, len(shown) - 14)
    return [
        None if day + 1 < len(shown) and (chance.random() < 0.2 or away <= day < away + 14) else value
        for day, value in enumerate(shown)
    ]


def columns(chance: random.Random, truth: Way) -> list[float | None]:
    """Fill back from columns of weeks, as ``history import`` does: one value a week, and nothing between."""
    first = chance.randrange(1, 8)
    kept = {day for day in range(first, len(truth), 7) if chance.random() > 0.1} | {len(truth) - 1}
    return [truth[day] if day in kept else None for day in range(1, len(truth))]


def copies(chance: random.Random, truth: Way) -> list[float | None]:
    """Fill back from dated copies of the file, one every week or two, then nightly from some day on."""
    begun = chance.randrange(len(truth) // 4, len(truth))
    shown = weekly(chance, truth)
    kept, day = {len(truth) - 1}, chance.randrange(1, 8)
    while day < begun:
        kept.add(day)
        day += chance.randrange(4, 15)
    return [value if day >= begun or day in kept else None for day, value in enumerate(shown, 1)]


HABITS = {
    "daily": daily, "weekly": weekly, "careless": careless, "corrected": corrected, "rounded": rounded, "gaps": gaps,
    "columns": columns, "copies": copies,
}  # fmt: skip
"""What a sheet shows of the truth. On the due day everybody puts the final value in."""
BACK_FILLED = ("columns", "copies")


def _held(way: Way, days: Sequence[int], exact: float | None = None) -> list[float | None]:
    """Show the value of the last of the days until the next one; on the due day the final one."""
    shown: list[float | None] = []
    put_in = set(days)
    now = 0.0
    for day in range(1, len(way)):
        now = way[day] if day in put_in else now
        shown.append(now)
    shown[-1] = way[-1] if exact is None else exact
    return shown


def simulate(kind: str, habit: str, seed: int, days: int = DAYS) -> Cycle:
    """Make one cycle; the same words and seed give the same cycle everywhere."""
    chance = random.Random(f"{kind} {habit} {seed}")  # noqa: S311 - a simulation
    truth = {**TUNED, **OTHERS}[kind](chance, days)
    return Cycle(kind, habit, truth, HABITS[habit](chance, truth))
