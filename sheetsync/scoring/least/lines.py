"""The least change as a manager says it, in the language of the phrases that are handed in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sheetsync.language import Phrases
from sheetsync.scoring.least.key_results import Step
from sheetsync.scoring.metrics.registry import FARTHEST

_SIZES = (("billion", 1e9), ("million", 1e6))


def least_lines(steps: Sequence[Step], kind: str, phrases: Phrases) -> list[str]:
    """Give the lines about the least change of an item of that kind; none where there is nothing to tell."""
    if not steps:
        return []
    told = [phrases.text("explain.least.line", text=_sentence(step, kind, phrases)) for step in steps]
    return [phrases.text("explain.least.head"), *told]


def _sentence(step: Step, kind: str, phrases: Phrases) -> str:
    named = phrases.text("explain.least.named", id=step.item, name=step.title) if step.item else ""
    why = phrases.text(f"why.{step.reason.code}", **step.reason.params) if step.reason is not None else ""
    status = phrases.text(f"status.{step.status}") if step.status else ""
    now = "" if step.now is None else phrases.text("explain.least.now", now=_number(step, step.now, phrases))
    params: dict[str, Any] = {
        "item": named,
        "why": why,
        "status": status[:1].lower() + status[1:],
        "now": now,
        "by": step.by,
        "names": ", ".join(step.names),
        "value": "" if step.shown is None else _number(step, step.shown, phrases),
    }
    return phrases.text(f"explain.least.{_key(step, kind, phrases)}", **params)


def _key(step: Step, kind: str, phrases: Phrases) -> str:
    """Give the key of the sentence: for another item, for the last day, for one that is over, or for today."""
    ending = ""
    if step.item:
        ending = "_item"
    elif step.by is not None:
        ending = "_missed" if step.over else "_by"
    elif kind == "kpi":
        ending = "_kpi"
    return step.code + ending if phrases.has(f"explain.least.{step.code}{ending}") else step.code


def _number(step: Step, number: float, phrases: Phrases) -> str:
    """Write a number as people say it: 8.4 bn đồng, 67.5%, 12 shops."""
    if step.percent and abs(number) < FARTHEST:
        exact = round(number * 100, 9)
        return phrases.percent(number, next((digits for digits in range(9) if round(exact, digits) == exact), 9))
    told = phrases.number(number)
    for name, size in _SIZES:
        if abs(number) >= size:
            told = phrases.text(f"explain.least.{name}", number=phrases.number(float(f"{number / size:.12g}")))
            break
    return f"{told} {step.unit}" if step.unit else told
