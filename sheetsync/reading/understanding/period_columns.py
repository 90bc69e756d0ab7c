"""Columns that hold a period each: months, weeks, quarters, years, single or as target and actual beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheetsync.reading.understanding.evidence import fit
from sheetsync.reading.understanding.header_blocks import Head
from sheetsync.reading.understanding.mapping import Draft
from sheetsync.reading.understanding.outcome import Column, Left, Reason
from sheetsync.reading.understanding.period_names import HeadPeriod
from sheetsync.record import NamedTuple

_AMOUNTS = (
    "target",
    "current",
    "baseline",
    "progress",
    "score",
    "weighted_score",
    "variance",
    "status",
    "confidence",
    "notes",
    "weight",
)
FINEST = ("day", "week", "month", "quarter", "half", "year")
"""The kinds of periods, the shortest first."""
_SUMMED = frozenset(("target", "current", "progress", "baseline", "variance"))
_SURE, _SINGLE = 0.9, 0.75


class Periods(NamedTuple):
    """The columns of periods of a table, and the columns that only sum them up."""

    columns: tuple[Column, ...] = ()
    totals: tuple[Left, ...] = ()
    kind: str = ""
    blocks: bool = False
    """Whether each period has several columns, such as target and actual."""


def period_columns(drafts: Sequence[Draft], inside: Mapping[int, HeadPeriod]) -> Periods:
    """Find the columns of periods; ``inside`` gives the period that a header names beside other words (Target Q1)."""
    told = {draft.column: period for draft in drafts if (period := _period(draft.head, inside.get(draft.column)))}
    if len(set(told.values())) < 2:
        return Periods()
    counts = {kind: len({period for period in told.values() if period.kind == kind}) for kind in FINEST}
    finest = next(kind for kind in FINEST if counts[kind] >= 2) if max(counts.values()) >= 2 else ""
    if not finest:
        return Periods()
    found = [
        _column(draft, concept, period)
        for draft in drafts
        if (period := told.get(draft.column)) is not None and period.kind == finest and (concept := _role(draft))
    ]
    if len({column.period for column in found}) < 2 or (finest == "year" and _is_history(found, inside)):
        return Periods()
    blocks = len(found) > len({column.period for column in found})
    inside_blocks = {column.concept for column in found} & _SUMMED if blocks else set()
    first = min(column.column for column in found)
    totals = [
        Left(draft.column, draft.head.text, Reason("sum_of_periods"), "", draft.samples)
        for draft in drafts
        if _is_total(draft, told.get(draft.column), finest, first, inside_blocks)
    ]
    return Periods(tuple(found), tuple(totals), finest, blocks)


def _is_total(draft: Draft, period: HeadPeriod | None, finest: str, first: int, inside_blocks: set[str]) -> bool:
    """Say whether a column only sums up periods: a quarter among months, or a block like theirs without a period.

    ``first`` is the first column of a period, ``inside_blocks`` what the columns of one period hold.
    """
    concept = _role(draft)
    if period is None:
        grouped = draft.head.group not in ("", draft.head.own)
        return grouped and draft.column > first and concept in inside_blocks
    alone = draft.head.period is not None or draft.head.group_period is not None
    return period.kind != finest and alone and concept in ("", "current", *inside_blocks)


def _period(head: Head, inside: HeadPeriod | None) -> HeadPeriod | None:
    return head.period or head.group_period or inside


def _role(draft: Draft) -> str:
    """Give what a column of a period holds: what its words say, else an actual where its cells may be amounts."""
    told = {concept: strength for concept, strength in draft.meanings.items() if concept in _AMOUNTS}
    if told and max(told.values()) >= 0.6:
        return max(told, key=lambda name: (told[name] + 0.3 * fit(name, draft.shape), -_AMOUNTS.index(name)))
    if draft.head.period is not None and not draft.meanings:
        return "current" if fit("current", draft.shape) > -0.7 else ""
    return ""


def _is_history(found: Sequence[Column], inside: Mapping[int, HeadPeriod]) -> bool:
    """Say whether two or three years are last year's actual beside this year's plan, and not a row of periods."""
    return len(found) <= 4 and all(column.column in inside for column in found)


def _column(draft: Draft, concept: str, period: HeadPeriod) -> Column:
    single = not draft.meanings
    name = f"{period.kind} {period.number}" + (f" {period.year}" if period.year else "")
    reason = Reason("period_alone" if single else "period")
    worth = _SINGLE if single else _SURE
    return Column(concept, draft.column, draft.head.text, worth, reason, draft.samples, name)
