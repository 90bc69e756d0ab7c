"""What is remembered of earlier days: plain data, handed to the core by whoever keeps a history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sheetsync.model import NOTHING, Cycle
from sheetsync.noticed import OtherCycle
from sheetsync.record import NamedTuple
from sheetsync.workbook import CellValue

OBSERVED = "…"
"""The text of a statement about a current value that is a plain number: the observations tell which."""
CYCLE, CYCLE_SAYS = "cycle", ("label", "start", "due")
"""Under which key, and which names, it is remembered with the headers which cycle the whole workbook is about."""


def legible(value: float) -> float:
    """Round a computed number for people: to two places from 1 on, below to four digits."""
    return round(value, 2) if not abs(value) < 1 else float(f"{value:.4g}")


class Observation(NamedTuple):
    """How one item stood from ``day`` (a company day) until its next observation.

    Numbers are as they were scored: fractions are 0..1 where 1 is 100 %. ``expected`` is the pace on that very day; it
    moves every day by itself, so it alone never makes an observation. ``status`` is a value of ``results.Status``,
    ``updated`` the date of the check-in that the value came with.
    """

    day: date
    value: float | None = None
    target: float | None = None
    baseline: float | None = None
    progress: float | None = None
    expected: float | None = None
    score: float | None = None
    status: str = ""
    confidence: float | None = None
    blocker: str = ""
    updated: date | None = None


class Statement(NamedTuple):
    """What the user's cell of one concept said from ``day`` until the next statement of the same concept.

    ``text`` is how it stood there, ``number`` its value where it is a number (percentages as fractions), ``formula``
    tells whether a formula of the user's gave it.
    """

    day: date
    concept: str
    text: str
    number: float | None = None
    formula: bool = False


class Remembered(NamedTuple):
    """Everything that is remembered of one item, oldest first. ``kind`` is ``objective``, ``key_result`` or ``kpi``.

    ``first`` and ``last`` are the first and the last company day on which its row was there, ``cycle`` the label of the
    cycle that it was last seen in, and ``cycle_start`` the first day of that.
    """

    key: str
    kind: str
    first: date
    last: date
    observations: tuple[Observation, ...] = ()
    statements: tuple[Statement, ...] = ()
    cycle: str = ""
    cycle_start: date | None = None
    sheet: str = ""
    row: int = 0
    """Where it stood when it was last seen."""

    def on(self, day: date) -> Observation | None:
        """Give how it stood at the end of a day; None before it was first seen."""
        return next((seen for seen in reversed(self.observations) if seen.day <= day), None)

    def said(self, concept: str, day: date) -> Statement | None:
        """Give what its cell of a concept said at the end of a day; None where nothing is remembered of it."""
        told = (said for said in reversed(self.statements) if said.concept == concept and said.day <= day)
        return next(told, None)


def is_left(one: Remembered, others: Iterable[OtherCycle]) -> bool:
    """Say whether a row that is not read stands in a table of another cycle: by its key, or where it was last seen."""
    return any(one.sheet == other.sheet or one.key in other.names for other in others)


class Past(NamedTuple):
    """What is remembered of one workbook before today.

    ``items`` has every item ever seen by its key, ``nights`` every company day that was recorded, oldest first.
    ``written`` is what was last written into our columns: (key of the item, concept) to the value; ``headers`` what
    the user's headers were called: (key of the table, concept) to the text. ``header_statements`` is since when they
    were called so, and how before: the same places to their statements, oldest first; one that was lost says nothing.
    """

    items: Mapping[str, Remembered] = NOTHING
    nights: tuple[date, ...] = ()
    written: Mapping[tuple[str, str], CellValue] = NOTHING
    headers: Mapping[tuple[str, str], str] = NOTHING
    header_statements: Mapping[tuple[str, str], tuple[Statement, ...]] = NOTHING

    def cycle_on(self, day: date) -> Cycle | None:
        """Give the cycle that the whole workbook was about at the end of a day.

        Of a day before the first night on which it was seen it is the one of that night, where that had begun; None
        where nobody knows.
        """
        told = [self.header_statements.get((CYCLE, concept), ()) for concept in CYCLE_SAYS]
        said = [next((one.text for one in reversed(own) if one.day <= day), "") for own in told]
        if all(said):
            return _cycle(*said)
        first = _cycle(*(own[0].text if own else "" for own in told))
        return first if first is not None and first.start <= day and not any(said) else None

    def about_since(self, start: date, today: date) -> date | None:
        """Give the first night on which the whole workbook was about the cycle that begins on ``start``.

        ``today`` where no night was, because the cycle was replaced since the last one; None where no other cycle is
        known before, so that nobody knows.
        """
        told = [said for said in self.header_statements.get((CYCLE, "start"), ()) if said.text]
        if not told or told[0].text == start.isoformat():
            return None
        return next((said.day for said in told if said.text == start.isoformat()), today)


def _cycle(label: str, start: str, due: str) -> Cycle | None:
    try:
        return Cycle(label, date.fromisoformat(start), date.fromisoformat(due))
    except ValueError:
        return None


class Replaced(NamedTuple):
    """What an ID named before it was given to another thing: its title, and the last night on which it was there.

    ``day`` is the first one on which the ID was seen to name the other thing; None where that is today.
    """

    title: str
    until: date
    day: date | None = None


class Recognised(NamedTuple):
    """What is remembered, under the keys of today.

    ``former`` maps a key of today to the one by which the history knows the row, where its key has changed; ``reused``
    are the keys that now name another thing, of which ``past`` therefore holds nothing, with what they named before.
    """

    past: Past = Past()
    former: Mapping[str, str] = NOTHING
    reused: Mapping[str, Replaced] = NOTHING


class TypedOver(NamedTuple):
    """What somebody typed over a computed cell that was put back: found on ``day``, over ``before``."""

    key: str
    concept: str
    value: str | float
    before: str | float | None
    day: date


class Lately(NamedTuple):
    """What a history noted in the last days and people should hear of for a while, not on one night alone.

    ``replaced`` are the things whose ID was given to another one, by their keys.
    """

    typed: tuple[TypedOver, ...] = ()
    replaced: Mapping[str, Replaced] = NOTHING
