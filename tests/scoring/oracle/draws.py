"""Random rows for the judge: ordinary, round, zero, negative, huge, tiny and equal numbers, and days around today.

A row maps the name of a column to a number, a text, or None for a blank cell. Numbers have at most ten digits, so that
they stand in a file exactly as they were drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from random import Random

Row = dict[str, float | str | None]
FIRST_DAY = 45_931
"""1 October 2025, as a spreadsheet counts days."""

GAPS, PARTS = (0.1, 0.25, 0.165, 0.33), (0.9, 0.7, 0.95, 0.75)
"""Where the sources of the profiles draw their lines: behind what is expected, and as a part of it."""

FLAVOURS = ("plain", "plain", "round", "round", "zero", "huge", "tiny", "equal", "mixed")


def exact(number: float) -> float:
    """Give a number that a spreadsheet keeps as it is."""
    return float(f"{number:.10g}")


def number(chance: Random, flavour: str) -> float:
    """Draw a number of some flavour."""
    if flavour == "mixed":
        flavour = chance.choice(("plain", "round", "zero", "huge", "tiny"))
    if flavour == "zero":
        return chance.choice((0.0, 0.0, exact(chance.uniform(-5, 5))))
    if flavour == "huge":
        return exact(chance.uniform(-1, 1) * 10 ** chance.randint(9, 15))
    if flavour == "tiny":
        return exact(chance.uniform(-1, 1) * 10 ** -chance.randint(3, 12))
    if flavour == "round":
        return float(chance.randint(-20, 130))
    return exact(chance.uniform(-200, 200))


def blank(chance: Random, value: float | None, share: float = 0.08) -> float | None:
    """Leave a cell blank now and then."""
    return None if chance.random() < share else value


def days(chance: Random, longest: int = 400, *, ordered: bool = False) -> Row:
    """Draw the dates of an item, today, the last update, and the commitment."""
    start = FIRST_DAY + chance.randint(-40, 40)
    length = min(chance.choice((100, 100, 100, 90, 91, 0, 1, chance.randint(2, longest))), longest)
    if not ordered and chance.random() < 0.03:
        length = -chance.randint(1, 30)
    today = start + chance.choice((0, length, length + 1, -1, 9, 10, *[chance.randint(-5, abs(length) + 12)] * 9))
    updated = chance.choice((None, today, today - 14, today - 15, today - chance.randint(0, 60), today + 3))
    commitment = chance.choice(("committed", "aspirational", None))
    return {"start": start, "due": start + length, "today": today, "updated": updated, "commitment": commitment}


def belief(chance: Random) -> float | None:
    """Draw a confidence from 1 to 10, a share, one outside the scale, or none."""
    return chance.choice(
        (None, 8.0, 4.0, 7.996, 3.998, 7.0, 3.0, 0.0, 11.0, exact(chance.uniform(0, 1)), exact(chance.uniform(1, 10)))
    )


def _surroundings(chance: Random, longest: int = 400) -> Row:
    return {**days(chance, longest), "confidence": belief(chance)}


def _three(chance: Random, sign: int) -> Row:
    """Draw baseline, target and current; mostly the target lies in the stated direction."""
    flavour = chance.choice(FLAVOURS)
    baseline, target, current = (number(chance, flavour) for _ in range(3))
    if flavour == "round":
        baseline, target = (0.0, 100.0) if sign > 0 else (100.0, 0.0)
        current = chance.randint(-10, 260) / 2
    if flavour == "equal":
        baseline, target, current = chance.choice(
            ((baseline, target, target), (baseline, target, baseline), (baseline, baseline, current))
        )
    if (target - baseline) * sign < 0 and chance.random() < 0.85:
        baseline, target = target, baseline
    return {"baseline": blank(chance, baseline), "target": target, "current": blank(chance, current)}


def lines() -> list[Row]:
    """Give values on each of the lines and next to it, on a way from 0 to 100 of which 60 days of 100 are over."""
    start, passed = FIRST_DAY, 60
    fixed: Row = {"start": start, "due": start + 100, "today": start + passed, "updated": start + passed}
    beside = (1.0, 1.0005, 0.9995)
    stands = [passed - 100 * gap * near for gap in GAPS for near in beside]
    stands += [whole * part * near for whole in (passed, 100) for part in PARTS for near in beside]
    beliefs = cycle((8.0, 4.0, 7.996, 3.998, None))
    return [
        {"baseline": 0.0, "target": 100.0, "current": exact(at), **fixed, "commitment": None, "confidence": believed}
        for at, believed in zip(stands, beliefs, strict=False)
    ]


def rising(chance: Random) -> Row:
    """Draw a number that should grow."""
    return {**_three(chance, 1), **_surroundings(chance)}


def falling(chance: Random) -> Row:
    """Draw a number that should come down."""
    return {**_three(chance, -1), **_surroundings(chance)}


def inside(chance: Random) -> Row:
    """Draw a range and a value that lies in it, outside, or on one of its ends."""
    flavour = chance.choice(FLAVOURS)
    low, high = sorted((number(chance, flavour), number(chance, flavour)))
    baseline = blank(chance, number(chance, flavour))
    current = chance.choice((low, high, number(chance, flavour), number(chance, flavour)))
    if flavour == "equal":
        high = low
    row: Row = {"baseline": baseline, "low": low, "high": high, "current": blank(chance, current)}
    return {**row, **_surroundings(chance)}


def stepwise(chance: Random) -> Row:
    """Draw four milestones with weights, and which of them are done."""
    weights = [exact(chance.choice((1.0, 2.0, chance.uniform(0, 50), 0.0))) for _ in range(4)]
    weights[chance.randrange(4)] = chance.choice((1.0, 1e-6, 1e6))
    done = [float(chance.random() < chance.choice((0.2, 0.5, 0.9))) for _ in range(4)]
    row: Row = {f"w{place}": weight for place, weight in enumerate(weights, 1)}
    row |= {f"d{place}": flag for place, flag in enumerate(done, 1)}
    return {**row, "said": float(chance.random() > 0.1), **_surroundings(chance)}


def counted(chance: Random) -> Row:
    """Draw how many of how many milestones are done; part of one counts."""
    many = float(chance.choice((1, 2, 3, 4, 10, 10_000)))
    current = chance.choice(
        (0.0, many, many + 1, -1.0, float(chance.randint(0, int(many))), exact(chance.random() * many))
    )
    return {"target": many, "current": blank(chance, current), **_surroundings(chance)}


def answered(chance: Random) -> Row:
    """Draw a yes or a no against the one that is wanted."""
    current = blank(chance, float(chance.random() < 0.5), 0.15)
    return {"wanted": float(chance.random() < 0.7), "current": current, **_surroundings(chance)}


def share_done(chance: Random) -> Row:
    """Draw percentages: where it began, where it should end, and where it stands."""
    baseline = chance.choice((None, None, None, 0.0, 0.2, exact(chance.uniform(-1, 2))))
    target = chance.choice((None, None, 1.0, 0.8, 0.0, baseline, exact(chance.uniform(-1, 3)), 1e9, 1e-9))
    current = chance.choice((0.0, 1.0, chance.randint(-5, 130) / 100, exact(chance.uniform(-1, 2)), 1e9, 1e-9))
    return {"baseline": baseline, "target": target, "current": blank(chance, current), **_surroundings(chance)}


def points_done(chance: Random) -> Row:
    """Draw percent points as plain numbers, above 1, so that they are known for what they are."""
    current = chance.choice((2.0, 100.0, float(chance.randint(2, 130)), exact(chance.uniform(1.5, 150)), -40.0))
    return {"target": chance.choice((None, 100.0)), "current": current, **_surroundings(chance)}


def as_day(value: object) -> int:
    """Give a day as a whole number; other things are none."""
    if not isinstance(value, int | float):
        raise TypeError(value)
    return int(value)


def told_on(row: Row, place: int) -> int:
    """Give the day of the check-in of a period: early in the week or month of that place, counted from the start."""
    start = as_day(row["start"])
    return start + (7 * (place - 1) + 2 if row["weekly"] else 31 * (place - 1) + 3)


def _periods(chance: Random, weekly: float) -> Row:
    """Draw what was done in each of four periods, the most that there is time for; later check-ins are not known."""
    flavour = chance.choice(("plain", "round", "tiny", "huge"))
    target = abs(number(chance, flavour)) or 2.0
    row: Row = {"target": target, "weekly": weekly, **_surroundings(chance, 33 if weekly else 148)}
    for place in (1, 2, 3, 4):
        done = chance.choice((0.0, target, abs(number(chance, flavour)), target / 2, -number(chance, "round")))
        row[f"p{place}"] = blank(chance, exact(done), 0.25)
    today = as_day(row["today"])
    told = [told_on(row, place) for place in (1, 2, 3, 4) if row[f"p{place}"] is not None]
    known = [day for day in told if day <= today]
    return {**row, "checked": float(bool(known)), "updated": max(known, default=None)}


def monthly(chance: Random) -> Row:
    """Draw a target for each month."""
    return _periods(chance, 0.0)


def weekly(chance: Random) -> Row:
    """Draw a target for each week."""
    return _periods(chance, 1.0)


def typed(chance: Random) -> Row:
    """Draw a target for each period and its mean, typed by hand."""
    row = _three(chance, 1)
    return {"target": row["target"], "current": row["current"], **_surroundings(chance)}


def plan(chance: Random) -> Row:
    """Draw a KPI's target and actual."""
    flavour = chance.choice((*FLAVOURS, "mixed"))
    target, actual = abs(number(chance, flavour)), number(chance, flavour)
    if flavour == "round":
        part = chance.choice((*PARTS, *PARTS, 0.835, 0.67, chance.randint(10, 26) / 20))
        target, actual = 100.0, exact(100 * part * chance.choice((1.0, 1.0, 1.0005, 0.9995)))
    if flavour == "equal":
        actual = target
    if chance.random() < 0.06:
        target = -target
    return {"target": target, "actual": blank(chance, actual)}


def ranged(chance: Random) -> Row:
    """Draw a KPI's range and its actual."""
    row = inside(chance)
    return {"low": row["low"], "high": row["high"], "actual": row["current"]}


def passed(chance: Random) -> Row:
    """Draw a KPI of yes or no."""
    row = answered(chance)
    return {"wanted": row["wanted"], "actual": row["current"]}


def weights(chance: Random) -> Row:
    """Draw four weights: percentages, points, fractions or ratios, with blanks, zeros and negative ones among them."""
    form = chance.choice(("percent", "points", "fraction", "ratio", "none", "zero", "heavy"))
    shares = [chance.uniform(0.05, 1) for _ in range(4)]
    scale = {"percent": 1.0, "points": 100.0, "fraction": 1.0, "ratio": 9.0, "heavy": 1e9}.get(form, 0.0)
    total = sum(shares) * chance.choice((1.0, 1.0, 0.9, 1.2))
    given: list[float | None] = [exact(share / total * scale) for share in shares]
    if form == "ratio":
        given = [float(chance.randint(1, 9)) for _ in range(4)]
    if chance.random() < 0.4:
        given[chance.randrange(4)] = chance.choice((None, None, 0.0, -5.0))
    if chance.random() < 0.15:
        given[chance.randrange(4)] = None
    if form == "none":
        given = [None] * 4
    row: Row = {f"w{place}": weight for place, weight in enumerate(given, 1)}
    return {**row, "percent": float(form == "percent")}


def children(chance: Random) -> Row:
    """Draw an objective: where its key results and a contributing objective stand, and what they weigh."""
    row = {**weights(chance), **days(chance, ordered=True)}
    for place in (1, 2, 3, 4):
        stands = chance.choice((0.0, 1.0, chance.randint(-5, 130) / 100, exact(chance.uniform(-0.5, 1.8))))
        row[f"c{place}"] = blank(chance, stands, 0.12)
        row[f"u{place}"] = float(chance.random() < 0.08)
        row[f"confidence{place}"] = belief(chance)
    if chance.random() < 0.05:
        row |= {f"c{place}": None for place in (1, 2, 3, 4)}
    row["child"] = chance.choice((None, chance.randint(-5, 130) / 100))
    return row


def items(chance: Random) -> Row:
    """Draw a scorecard: targets, actuals, weights, and which KPIs are critical."""
    row = weights(chance)
    for place in (1, 2, 3, 4):
        target = chance.choice((100.0, 1.0, exact(chance.uniform(0.1, 500)), 1e12, 1e-6))
        reached = chance.choice((0.0, 0.7, 0.9, 1.0, 1.3, exact(chance.uniform(-0.2, 1.6))))
        row |= {f"t{place}": target, f"a{place}": blank(chance, exact(target * reached))}
        row[f"k{place}"] = float(chance.random() < 0.15)
    return row


DRAWS: dict[str, Callable[[Random], Row]] = {
    "increase": rising,
    "decrease": falling,
    "at least": rising,
    "at most": falling,
    "between": inside,
    "milestone": stepwise,
    "milestones counted": counted,
    "yes or no": answered,
    "percent done": share_done,
    "percent points": points_done,
    "per month": monthly,
    "per week": weekly,
    "per period, typed": typed,
    "kpi higher": plan,
    "kpi lower": plan,
    "kpi range": ranged,
    "kpi steps": plan,
    "kpi pass or fail": passed,
    "objective": children,
    "scorecard": items,
}
"""How the rows of each kind are drawn."""
