"""What changed in the history of an item, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import isclose
from typing import Any

from sheetsync.cli.history_units import YES_OR_NO, unit_of
from sheetsync.cli.shipped import all_words
from sheetsync.history import Entry
from sheetsync.language import Phrases
from sheetsync.past import Observation, Statement, legible
from sheetsync.snapshot import OVER, TYPED

QUIET = ("id", "objective", "current", "actual", "period")
"""Concepts whose text says nothing to a person here; of the values only whether a formula gives them."""

MEASURED = ("target", "baseline")
"""Concepts whose numbers stand in the observation of the day."""

ITSELF = "*"
"""The source of what was imported from the workbook itself; no file has such a name."""

Show = Callable[[Any, str, Phrases], str]
"""Shows a value in the unit of its item."""


def _number(value: Any, unit: str, phrases: Phrases) -> str:
    if value is None:
        return "–"
    if unit == YES_OR_NO:
        return phrases.text("explain.yes" if value else "explain.no")
    if unit.strip() != "%":
        return phrases.number(legible(value))
    return phrases.percent(value, 0 if isclose(value * 100, round(value * 100), abs_tol=1e-9) else 1)


def _percent(value: Any, unit: str, phrases: Phrases) -> str:  # noqa: ARG001 - a share has no unit
    return "–" if value is None else phrases.percent(value)


def _confidence(value: Any, unit: str, phrases: Phrases) -> str:  # noqa: ARG001 - as above
    return _percent(value, "", phrases) if value is None or value <= 1 else _number(value, "", phrases)


def _status(value: Any, unit: str, phrases: Phrases) -> str:  # noqa: ARG001 - as above
    return phrases.text(f"status.{value}") if value else "–"


def _text(value: Any, unit: str, phrases: Phrases) -> str:  # noqa: ARG001 - as above
    return _quoted(value)


def _quoted(text: str) -> str:
    return f"“{text}”" if text else "–"


FIELDS: tuple[tuple[str, str, Show], ...] = (
    ("value", "cli.history.field.value", _number),
    ("target", "headers.okr.target", _number),
    ("baseline", "headers.okr.baseline", _number),
    ("progress", "computed.progress", _percent),
    ("score", "computed.score", _percent),
    ("status", "computed.status", _status),
    ("confidence", "headers.okr.confidence", _confidence),
    ("blocker", "headers.okr.blocker", _text),
)
SHARES = ("progress", "score")
"""Fields that moved only where a person sees it."""
"""What is told of an observation: its field, the key of its name, and how its value is shown."""


def lines(entries: Sequence[Entry], phrases: Phrases) -> Iterator[tuple[Entry, str]]:
    """Give a line for every entry that changed something people know of, in the order of days."""
    before: Observation | None = None
    gone, said, first = False, dict[str, Statement](), min((entry.day for entry in entries), default=None)
    units = _units(entries)
    unit = ""
    for entry in entries:
        if entry.statement is not None:
            news = entry.day != first or entry.statement.concept.startswith(TYPED)
            told = _said(said.get(entry.statement.concept), entry.statement, phrases) if news else ""
            said[entry.statement.concept] = entry.statement
            if entry.statement.concept in MEASURED and unit == YES_OR_NO:
                told = ""  # the observation says it
        elif entry.observation is None:
            told, gone = phrases.text("cli.history.gone"), True
        else:
            counted = unit, units(entry.observation)
            told = _observed(before, entry.observation, counted, phrases, back=gone)
            before, gone, unit = entry.observation, False, counted[1]
        if told:
            yield entry, told + _recorded(entry, phrases)


def _units(entries: Sequence[Entry]) -> Callable[[Observation], str]:
    """Give what tells in which unit a row counted on the day of an observation; it is asked in the order of days.

    What was said only later holds for the days before, too, and of units the last one.
    """
    statements = [one.statement for one in entries if one.statement is not None]
    said = {one.concept: one.text for one in reversed(statements)}
    said |= {one.concept: one.text for one in statements if one.concept == "unit"}
    words, later = all_words(), [one for one in statements if one.concept != "unit"]

    def unit(seen: Observation) -> str:
        while later and later[0].day <= seen.day:
            now = later.pop(0)
            said[now.concept] = now.text
        return unit_of(seen, said, words)

    return unit


def _observed(
    before: Observation | None, now: Observation, units: tuple[str, str], phrases: Phrases, *, back: bool
) -> str:
    """Give what became of an item since the observation before, whose unit is the first of two."""
    fields = []
    for name, label, show in FIELDS:
        old, new = (getattr(before, name) if before else None), getattr(now, name)
        was, told = show(old, units[0], phrases), show(new, units[1], phrases)
        if old == new or (name in SHARES and was == told) or (before is None and new in (None, "")):
            continue
        fields.append(f"{phrases.text(label)} {told if before is None else f'{was} → {told}'}")
    key = "cli.history.back" if back else "cli.history.first" if before is None else ""
    if key:
        return phrases.text(key, what="; ".join(fields) or "–")
    return "; ".join(fields)


def _said(before: Statement | None, now: Statement, phrases: Phrases) -> str:
    """Give what became of the text of a cell, or of the formula in it."""
    if now.concept.startswith(TYPED):
        column = phrases.text(f"computed.{now.concept.removeprefix(TYPED)}")
        return phrases.text("cli.history.typed_over", text=_quoted(now.text), column=column)
    if now.concept.startswith(OVER):
        return ""  # told with what was typed there
    label = concept_name(now.concept, phrases)
    if before is not None and before.formula != now.formula:
        return phrases.text("cli.history.typed" if before.formula else "cli.history.formula", concept=label)
    if before is None or now.concept in QUIET or before.text == now.text:
        return ""
    if now.concept in MEASURED and before.number is not None and now.number is not None:
        return ""
    return f"{label} {_quoted(before.text)} → {_quoted(now.text)}"


def concept_name(concept: str, phrases: Phrases) -> str:
    """Give what people call a concept; a target of a period has the period behind it."""
    name, _, period = concept.partition(" ")
    for section in ("okr", "kpi"):
        if phrases.has(f"headers.{section}.{name}"):
            return f"{phrases.text(f'headers.{section}.{name}')} {period}".rstrip()
    return phrases.text("cli.history.title") if name == "title" else concept


def _recorded(entry: Entry, phrases: Phrases) -> str:
    """Tell where an imported entry comes from, and when one was recorded that was not on its own day."""
    if entry.source:
        source = phrases.text("cli.history.import.itself") if entry.source == ITSELF else entry.source
        return " " + phrases.text("cli.history.imported", source=source)
    late = (entry.recorded.date() - entry.day).days
    return " " + phrases.text("cli.history.late", day=entry.recorded.date()) if late > 1 else ""
