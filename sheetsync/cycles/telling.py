"""A retrospective in words: amounts as people write them, and a verdict on each goal and on the whole."""

from __future__ import annotations

from math import floor

from sheetsync.cycles.closing import COMPANY, Line, Result
from sheetsync.language import Phrases
from sheetsync.model import Bounds, Done, Milestones, PerPeriod, Quantity, Reading, Relative, Target

TOO_EASY, TOO_HARD = 0.9, 0.4
"""Mean scores from which targets were too low, and below which they were too high or too many."""
_LONGEST = 120
"""Characters of a list of steps that a cell has room for."""


def name_of(line: Line, phrases: Phrases) -> str:
    """Give the title of a goal, or the name of whose total it is."""
    return line.title or phrases.text("retrospective.whole")


def amount(value: Target | Reading | None, unit: str, phrases: Phrases) -> str | None:
    """Write a baseline, target or current value; None where there is none."""
    if value is None:
        return None
    if isinstance(value, Quantity):
        return _number(value.number, value.percent, value.unit or unit, phrases)
    if isinstance(value, Bounds):
        return _bounds(value, unit, phrases)
    if isinstance(value, Relative):
        sign = "" if not value.signed else "+" if value.change >= 0 else "-"
        if value.points:
            number = phrases.number(round(abs(value.change) * 100, 2))
            return sign + phrases.text("retrospective.change.points", number=number)
        return sign + phrases.percent(abs(value.change), _digits(value.change))
    if isinstance(value, PerPeriod):
        number = _number(round(value.number, 2), False, "", phrases)
        return phrases.text(f"retrospective.per.{value.frequency}", number=number)
    if isinstance(value, Milestones):
        told = "; ".join(" ".join(name.split()) for name in value.names)
        return told if len(told) <= _LONGEST else told[: _LONGEST - 1].rstrip() + "…"
    return phrases.text("explain.yes" if value.yes else "explain.no") if isinstance(value, Done) else None


def _bounds(value: Bounds, unit: str, phrases: Phrases) -> str:
    low, high = (None if end is None else _number(end, value.percent, unit, phrases) for end in (value.low, value.high))
    if low is None:
        return f"≤ {high}"
    return f"≥ {low}" if high is None else f"{low} – {high}"


def _number(number: float, percent: bool, unit: str, phrases: Phrases) -> str:
    if percent:
        return phrases.percent(number, _digits(number))
    told = phrases.number(number)
    return told if not unit else f"{told}{unit}" if unit.startswith(("%", "/")) else f"{told} {unit}"


def _digits(fraction: float) -> int:
    """Give how many decimals a percentage needs, at most one."""
    return 0 if abs(fraction * 100 - round(fraction * 100)) < 0.05 else 1


def points(score: float | None) -> float | None:
    """Round a score as a sheet shows it, to two places, half upwards."""
    return None if score is None else floor(score * 100 + 0.5 + 1e-9) / 100


def verdict(line: Line, phrases: Phrases) -> str:
    """Say in one sentence what a goal came to against what it needed, or what a total says, with advice for a whole."""
    if not line.key:
        return _of_total(line, phrases)
    if line.result is Result.NOT_SCORED:
        told = phrases.told(f"why.{line.reason.code}", line.reason.params) if line.reason is not None else ""
        return phrases.text("retrospective.verdict.not_scored", why=told)
    numbers = {"score": points(line.score), "mark": line.mark, "due": line.due}
    if line.result is Result.RUNNING:
        return phrases.text("retrospective.verdict.running", **numbers)
    told_of = line.commitment or "plain"
    reached = line.result is Result.REACHED
    if line.tally is not None and line.tally.total:
        key = "objective_reached" if reached else "objective_missed" if line.weakest else "objective_short"
        name, progress = line.weakest or ("", None)
        counts = {"reached": line.tally.reached, "total": line.tally.total, "weakest": name, "progress": progress}
        return phrases.text(f"retrospective.verdict.{key}", **numbers, **counts)
    if reached and told_of != "committed" and (line.score or 0.0) >= 1:
        return phrases.text("retrospective.verdict.whole", **numbers)
    return phrases.text(f"retrospective.verdict.{'reached' if reached else 'missed'}_{told_of}", **numbers)


def _of_total(line: Line, phrases: Phrases) -> str:
    tally = line.tally
    if tally is None or not tally.total:
        return phrases.text("retrospective.verdict.no_key_result")
    names = ("committed", "aspirational")
    pairs = dict(zip(names, (tally.committed, tally.aspirational), strict=True))
    told = {f"{name}_{part}": pairs[name][place] for name in names for place, part in enumerate(("reached", "total"))}
    both = all(pairs[name][1] for name in names)
    key = "total_both" if both else "total"
    said = phrases.text(f"retrospective.verdict.{key}", reached=tally.reached, total=tally.total, **told)
    advice = _advice(line) if line.kind == COMPANY else None
    return f"{said} {phrases.text(f'retrospective.advice.{advice}')}" if advice else said


def _advice(line: Line) -> str | None:
    """Choose what the whole deserves: an answer to missed promises first, then a word on how high targets were."""
    tally = line.tally
    if tally is None or line.score is None or tally.reached + tally.missed == 0:
        return None
    if tally.committed[0] < tally.committed[1]:
        return "committed_missed"
    if line.score >= TOO_EASY and not tally.missed:
        return "too_easy"
    return "too_hard" if line.score < TOO_HARD else "ask_why" if tally.missed else None
