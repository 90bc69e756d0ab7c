"""The cells that somebody must fill before the next check-in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sheetsync.model import KeyResult, Kpi, Objective, Table
from sheetsync.record import NamedTuple
from sheetsync.report.digest.cells import amount, cell_at, current_amount, expected_amount, place_to_fill, raw_of
from sheetsync.report.digest.items import item_of
from sheetsync.report.digest.questions import unreadable_cell
from sheetsync.report.digest.source import Source, is_over, is_settled, known_of
from sheetsync.report.digest.stale import lapse_of
from sheetsync.results import Score, Status
from sheetsync.scoring.confidence import confidence_cell
from sheetsync.scoring.current import entries_of
from sheetsync.scoring.kpis.gauge import Measured, periods_of
from sheetsync.scoring.kpis.neglect import grace_of
from sheetsync.workbook import Cell, CellRef

ORDER = ("unreadable", "current", "check_in", "confidence")
"""What is to be filled, the most urgent first."""
OVER = (Status.ACHIEVED, Status.MISSED)
"""Statuses of what waits for nothing any more."""


class Due(NamedTuple):
    """One cell to fill. ``what`` is one of ``ORDER``; ``period`` is that of a KPI's missing actual.

    ``said`` is the confidence that was stated last, and ``day`` the day of the check-in that stated it.
    """

    what: str
    item: KeyResult | Kpi
    ref: CellRef
    period: Measured | None = None
    said: str | None = None
    day: date | None = None


def due_cells(keys: Iterable[str], source: Source, by: date | None = None) -> list[Due]:
    """Give what is to be filled for some items: what cannot be read first, then values, dates, confidence; row by row.

    A value is due where there is none, or where it is older than the rhythm of its item allows; a date where there is
    a value, a column for its date, and nothing in it that counts; a confidence where there is a column for it and
    nothing in it, or only what was said before the last update. The actual of a KPI's period is due once the grace of
    its profile has passed. Nothing is due of what has not begun, is achieved or over, or gets its value from a KPI;
    once the cycle has ended, only what cannot be read is due of what ended with it.

    ``by`` is the day of the check-in for which it is wanted: what is due then if nobody touches it before, today where
    it is None.
    """
    items, then = known_of(source).items, _as_of(by, source)
    found = [due for key in keys if key in items for due in _of(items[key], source, then)]
    return sorted(found, key=lambda due: ORDER.index(due.what))


def _as_of(by: date | None, source: Source) -> Source:
    """Give the source as of the day of a check-in, on this side of the end of the cycle."""
    if by is None or is_over(source):
        return source
    cycle = source.goals.cycle
    return source._replace(today=by if cycle is None else min(by, cycle.due))


def _of(item: Objective | KeyResult | Kpi, source: Source, then: Source) -> list[Due]:
    score = source.scorecard.scores.get(item.key)
    if score is None or isinstance(item, Objective):
        return []
    if isinstance(item, Kpi):
        return _of_kpi(item, score, source, then)
    if item.key in source.scorecard.taken or score.status in OVER or _ahead(score, then.today):
        return []
    if is_settled(item, source):
        unreadable = unreadable_cell(item, score)
        return [Due("unreadable", item, unreadable[1].ref)] if unreadable is not None else []
    told = (_value(item, score, source, then), _confidence(item, score, source))
    return [one for one in told if one is not None]


def _ahead(score: Score, today: date) -> bool:
    return isinstance(score.start, date) and score.start > today


def _value(item: KeyResult, score: Score, source: Source, then: Source) -> Due | None:
    """Say what is to be done about the value of a key result, if anything."""
    unreadable = unreadable_cell(item, score)
    if unreadable is not None:
        return Due("unreadable", item, unreadable[1].ref)
    if score.source is None:
        return Due("current", item, place_to_fill(item, source))
    day = item.check_in_date
    if day.column and score.last_update is None:
        return Due("check_in", item, day.ref)
    if day.unreadable or (day.value is not None and day.value > source.today):
        return Due("check_in", item, day.ref)
    return Due("current", item, place_to_fill(item, source)) if lapse_of(item, then) is not None else None


def _confidence(item: KeyResult, score: Score, source: Source) -> Due | None:
    known = known_of(source)
    entries = entries_of(item, known.log)
    log = known.log_table
    in_log = log is not None and bool(log.columns.get("confidence"))
    if not item.confidence.column and not in_log:
        return None
    cell = confidence_cell(item, entries, source.today)
    day = next((entry.date.value for entry in entries if entry.confidence is cell), None)
    older = day is not None and isinstance(score.last_update, date) and day < score.last_update
    if not (cell.blank or cell.unreadable or older):
        return None
    ref = item.confidence.ref if item.confidence.column or log is None else _next_confidence(log)
    return Due("confidence", item, ref, None, raw_of(cell), day)


def _next_confidence(log: Table) -> CellRef:
    return CellRef(log.sheet, log.last_row + 1, log.columns["confidence"][0])


def _of_kpi(item: Kpi, score: Score, source: Source, then: Source) -> list[Due]:
    """Give the last actual that cannot be read, or is missing beyond its grace; else a single one that is too old."""
    last = last_period(item, source.today)
    if last is not None:
        if last.actual.unreadable:
            return [Due("unreadable", item, last.actual.ref, last)]
        minded = source.kpi_profile.status.neglect_days if source.kpi_profile is not None else None
        wanted = last_period(item, then.today - timedelta(days=grace_of(minded)))
        return [Due("current", item, wanted.actual.ref, wanted)] if wanted is not None and wanted.actual.blank else []
    unreadable = unreadable_cell(item, score)
    if unreadable is not None:
        return [Due("unreadable", item, unreadable[1].ref)]
    if item.periods or not item.actual.column:
        return []
    late = item.actual.blank or lapse_of(item, then) is not None
    return [Due("current", item, item.actual.ref)] if late else []


def periods_told(item: Kpi, today: date) -> list[Measured]:
    """Give the complete periods of a KPI, oldest first, also those without an actual; none where its row has no time.

    Those of one length alone, as they are scored.
    """
    found = periods_of(item, today)
    told = [one for one in (*found.used, *found.left_out) if one.period is not None]
    return sorted(told, key=_start)


def _start(one: Measured) -> date:
    return one.period.start if one.period is not None else date.min


def last_period(item: Kpi, today: date) -> Measured | None:
    """Give the last complete period of a KPI; None where its row has no time."""
    return next(reversed(periods_told(item, today)), None)


def due_row(due: Due, source: Source) -> dict[str, Any]:
    """Give one cell to fill with what was last there, and what the pace asks for today."""
    score = source.scorecard.scores[due.item.key]
    last, day = _last(due, score, source)
    return {
        "what": due.what,
        "title": due.item.title.value or due.item.key,
        "item": item_of(due.item, source, asks=True),
        "last": last,
        "last_day": day,
        "expected_value": _expected(due, score),
        "cell": cell_at(due.ref, source.place),
    }


def _last(due: Due, score: Score, source: Source) -> tuple[dict[str, Any] | str | None, date | None]:
    """Give the last value as an amount, or as it stands there where it is none; with its day."""
    if due.what == "confidence":
        return due.said, due.day
    if isinstance(due.item, Kpi):
        return _last_actual(due.item, due.period, source.today)
    day = score.last_update if isinstance(score.last_update, date) else None
    if due.what == "unreadable":
        unreadable = unreadable_cell(due.item, score)
        return (raw_of(unreadable[1]) if unreadable is not None else None), day
    if score.source is None:
        return None, day
    return current_amount(due.item, score) or _number(score.source, due.item), day


def _last_actual(item: Kpi, period: Measured | None, today: date) -> tuple[dict[str, Any] | str | None, date | None]:
    if period is not None and period.actual.unreadable:
        return raw_of(period.actual), None
    used: Sequence[Measured] = periods_of(item, today).used
    if not used:
        return raw_of(item.actual), None
    last = used[-1]
    return _number(last.actual, item), last.period.end if last.period is not None else None


def _number(cell: Cell[Any], item: KeyResult | Kpi) -> dict[str, Any] | str | None:
    number = getattr(cell.value, "number", None)
    return amount(number, cell.value, item.unit.value) or raw_of(cell)


def _expected(due: Due, score: Score) -> dict[str, Any] | None:
    if isinstance(due.item, KeyResult):
        return None if due.what == "confidence" else expected_amount(due.item, score)
    target = due.period.target.value if due.period is not None else due.item.target.value
    return amount(getattr(target, "number", None), target, due.item.unit.value)
