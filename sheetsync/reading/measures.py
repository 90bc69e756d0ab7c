"""What the cells of one row say together: baseline, target and current value in the light of metric and unit.

``x`` is a yes beside a target of yes; ``A, B`` are milestones beside a list of them; 45 is 45 % beside 30 %; a target
of "from 35 to 68" is a baseline too; ``500 triệu`` is 0.5 where the row counts in tỷ.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from sheetsync.language import normalise
from sheetsync.model import NOWHERE, Bounds, Done, Metric, Milestones, PerPeriod, Quantity, Relative
from sheetsync.reading.durations import clock_of
from sheetsync.reading.moves import Move
from sheetsync.reading.percentages import as_percentages, in_points, kinds
from sheetsync.record import NamedTuple
from sheetsync.workbook import Cell

if TYPE_CHECKING:
    from sheetsync.reading.targets import Texts
    from sheetsync.reading.words import Words

Cells = list[Cell[Any]]
_ASKED_AGAIN = (Metric.YES_NO, Metric.PER_PERIOD)
"""Metrics by which even a plain number may mean something else."""
_MOVES = (Metric.INCREASE, Metric.DECREASE)
TIMES = "x"
"""The unit of what is counted in times."""
_SIGNS = "/" + TIMES
"""What units begin with that make a second look worth while: those of a scale, and times."""


class Measure(NamedTuple):
    """Baseline, target and current value of one row."""

    baseline: Cell[Any]
    target: Cell[Any]
    current: Cell[Any]


def settle(
    texts: Callable[[int], Texts], metrics: Cells, units: Cells, baselines: Cells, targets: Cells, currents: Cells
) -> tuple[Cells, Cells, Cells]:
    """Give the three columns with every row read as a whole; rows of like native numbers stay as they are."""
    if _uniform(metrics, baselines, targets, currents):
        return baselines, targets, currents
    settled = [list(baselines), list(targets), list(currents)]
    words = texts(0).words
    sized = {
        unit: unit is not None and (_scale_of(unit, words) != 1.0 or clock_of(unit, words) is not None)
        for unit in {cell.value for cell in units}
    }
    rows = zip(metrics, units, baselines, targets, currents, strict=True)
    for place, (metric, unit, baseline, target, current) in enumerate(rows):
        if metric.value not in _ASKED_AGAIN and _alike(sized[unit.value], baseline, target, current):
            continue
        row = settle_row(texts, metric.value, unit.value, Measure(baseline, target, current))
        row = _each_period(texts, metric, unit, row) if metric.value is Metric.PER_PERIOD else row
        for column, cell in zip(settled, row, strict=True):
            column[place] = cell
    return settled[0], settled[1], settled[2]


def _alike(sized: bool, *row: Cell[Any]) -> bool:
    """Say whether a row holds plain numbers of one kind only, so that it needs no second look.

    ``sized`` says that the row's unit has a size, or is a time, by which a text may have to be divided.
    """
    percent = None
    for cell in row:
        raw, value = cell[3], cell[4]
        if raw is None:
            continue
        if value.__class__ is not Quantity or (sized and raw.__class__ is str) or (value[2] and value[2][0] in _SIGNS):
            return False
        if percent is None:
            percent = value[1]
        elif value[1] is not percent:
            return False
    return True


def _uniform(metrics: Cells, *columns: Cells) -> bool:
    """Say whether all numbers of a table are native and of one kind, so that no row needs a second look."""
    forms = {
        cell.value[1]
        if cell.value.__class__ is Quantity and cell.raw.__class__ is not str
        else None
        if cell.raw is None
        else "other"
        for cells in columns
        for cell in cells
    }
    return (forms <= {False, None} or forms <= {True, None}) and all(
        metric not in _ASKED_AGAIN for metric in {cell.value for cell in metrics}
    )


def settle_together(
    texts: Callable[[int], Texts], metrics: Cells, units: Cells, baselines: Cells, pairs: Sequence[tuple[Cells, Cells]]
) -> tuple[Cells, list[tuple[Cells, Cells]]]:
    """Give the baselines, and target and actual of each period, with every row in the same terms over all periods.

    Where a row cannot be brought to percentages as a whole, all of it stays as it was written.
    """
    distinct = {id(cells): cells for pair in pairs for cells in pair}
    if _uniform(metrics, baselines, *distinct.values()):
        return baselines, list(pairs)
    absent = [NOWHERE] * len(metrics)
    found = [settle(texts, metrics, units, absent, *pair)[1:] for pair in pairs]
    columns = [enumerate(cells) for pair in pairs for cells in pair]
    scaled = {place for cells in columns for place, cell in cells if cell.raw.__class__ is str and is_on_scale(cell)}
    if scaled:
        from sheetsync.reading.scales import without_strangers  # few rows hold such numbers

        found = without_strangers(texts, scaled, pairs, found)
    if len({kind for pair in found for kind in kinds((*pair[0], *pair[1], *baselines))}) < 2:
        return baselines, found
    settled, started = [(list(targets), list(actuals)) for targets, actuals in found], list(baselines)
    for place, (metric, unit, baseline) in enumerate(zip(metrics, units, baselines, strict=True)):
        row = [baseline, *(cells[place] for pair in found for cells in pair)]
        if metric.value in _OWN_PERCENT or len(kinds(row)) < 2 or any(_is_list(cell) for cell in row):
            continue
        shares = _shares_over_time(texts, unit.value, place, pairs, found)
        if shares is not None:
            row[1:] = [cell for pair in shares for cell in pair]
        same = as_percentages(row, unit.value is not None and _is_percent(texts, unit.value))
        row = same or [baseline, *(cells[place] for pair in pairs for cells in pair)]
        started[place] = row[0]
        for number, (targets, actuals) in enumerate(settled):
            targets[place], actuals[place] = row[2 * number + 1 : 2 * number + 3]
    return started, settled


def _shares_over_time(
    texts: Callable[[int], Texts],
    unit: str | None,
    place: int,
    pairs: Sequence[tuple[Cells, Cells]],
    found: Sequence[tuple[Cells, Cells]],
) -> list[tuple[Cell[Any], Cell[Any]]] | None:
    """Give the targets and actuals of one row as shares, where some of its periods are on another scale (4/5, 8/10)."""
    before, after = ([(targets[place], actuals[place]) for targets, actuals in some] for some in (pairs, found))
    if not any(is_on_scale(cell) for pair in before for cell in pair):
        return None
    from sheetsync.reading.scales import on_one_scale_over_time  # few rows hold such numbers

    return on_one_scale_over_time(texts(0).words, unit, before, after)


def _is_list(cell: Cell[Any]) -> bool:
    return isinstance(cell.value, Milestones)


_OWN_PERCENT = (Metric.YES_NO, Metric.PER_PERIOD, Metric.MILESTONE)
"""Metrics whose value may be a percentage of the work in one period, and a number in the next."""


def settle_row(texts: Callable[[int], Texts], metric: Metric | None, unit: str | None, row: Measure) -> Measure:
    """Read one row again with its metric and unit."""
    row = _moved(_with_unit(texts, metric, unit, row))
    if isinstance(row.target.value, Quantity) and row.target.value.unit == TIMES:
        from sheetsync.reading.multiples import multiplied  # hardly a row counts in times

        row = multiplied(metric, row)
    row = _answered(texts, metric, row)
    row = _scaled(texts, unit, row) if unit else row
    percent = unit is not None and _is_percent(texts, unit)
    if any(map(is_on_scale, row)) or (unit and "/" in unit):
        from sheetsync.reading.scales import on_one_scale  # few rows hold such numbers

        row = on_one_scale(texts, metric, unit, row, percent)
    return _harmonised(row if percent else _lowered(row), percent)


def read_beside(
    texts: Callable[[int], Texts], metric: Metric | None, unit: str | None, row: Measure, field: str
) -> Cell[Any]:
    """Read one cell of a row whose others were settled without it, and stay as they are."""
    return beside(metric, row, settle_row(texts, metric, unit, row), field)


def beside(metric: Metric | None, row: Measure, read: Measure, field: str) -> Cell[Any]:
    """Give one cell of a row that was ``read`` as a whole in the terms of the others as they stood before.

    In the row itself 40 % makes percentages of the plain numbers beside it; where these stay, it is 40 of them.
    """
    found: Cell[Any] = getattr(read, field)
    if metric in _PARTS or not isinstance(found.value, Quantity | Bounds) or not found.value.percent:
        return found
    whole = None
    for name in ("current", "baseline", "target"):
        if name != field:
            whole = whole_of(getattr(row, name).value, getattr(read, name).value) or whole
    return found if whole is None else found._replace(value=_of_whole(found.value, whole))


_PARTS = (Metric.PERCENT_DONE, Metric.MILESTONE, Metric.YES_NO, Metric.PER_PERIOD)
"""Metrics by which a percentage is the share that is done, whatever the numbers beside it count."""


def whole_of(plain: Any, percent: Any) -> float | None:
    """Give the whole that the percentage of a plain value was taken of: 100, or the 5 of 4/5; None where none shows."""
    if not isinstance(plain, Quantity | Bounds) or plain.percent or not isinstance(percent, Quantity | Bounds):
        return None
    pairs = zip(_ends(plain), _ends(percent), strict=True)
    told = [round(old / new, 9) for old, new in pairs if old and new]
    return told[0] if told and percent.percent else None


def _of_whole(value: Quantity | Bounds, whole: float) -> Quantity | Bounds:
    """Give a percentage as so much of the whole."""
    if isinstance(value, Quantity):
        return Quantity(round(value.number * whole, 10), unit=value.unit)
    low, high = (None if end is None else round(end * whole, 10) for end in (value.low, value.high))
    return Bounds(low, high)


def _ends(value: Quantity | Bounds) -> tuple[float | None, ...]:
    return (value.number,) if isinstance(value, Quantity) else (value.low, value.high)


def is_on_scale(cell: Cell[Any]) -> bool:
    """Say whether a value may be one on a scale (4/5), so that its row needs another look."""
    value = cell.value
    if isinstance(value, Quantity):
        return value.unit is not None and value.unit.startswith("/")
    return isinstance(value, Bounds) and isinstance(cell.raw, str) and "/" in cell.raw


def _each_period(texts: Callable[[int], Texts], metric: Cell[Any], unit: Cell[Any], row: Measure) -> Measure:
    """Take a plain number for a target of each period where metric or unit say of which: 2 beside weekly, bài/tuần."""
    value = row.target.value
    if not isinstance(value, Quantity) or value.percent:
        return row
    recurring = texts(row.target.column).recurring
    named = (cell.raw for cell in (metric, unit) if isinstance(cell.raw, str))
    frequency = next((found for text in named if (found := recurring.frequency(text)) is not None), None)
    if frequency is None:
        return row
    return row._replace(target=row.target._replace(value=PerPeriod(value.number, frequency)))


def _with_unit(texts: Callable[[int], Texts], metric: Metric | None, unit: str | None, row: Measure) -> Measure:
    """Read texts again that said nothing on their own, and targets whose meaning the metric decides."""
    baseline, target, current = row
    unread = _unread_in(clock_of(unit, texts(0).words))
    if isinstance(target.raw, str) and (unread(target) or (metric in _MOVES and isinstance(target.value, Bounds))):
        target = target._replace(value=texts(target.column).of_unit(unit).target(target.raw, metric))
    if isinstance(baseline.raw, str) and unread(baseline):
        baseline = baseline._replace(value=texts(baseline.column).of_unit(unit).quantity(baseline.raw))
    if isinstance(current.raw, str) and unread(current):
        current = current._replace(value=texts(current.column).of_unit(unit).current(current.raw, metric))
    return Measure(baseline, target, current)


def _unread_in(clock: float | None) -> Callable[[Cell[Any]], bool]:
    """Say what is to be read with the unit of its row: what says nothing alone, and each time where that is a time."""
    timed = (Quantity, Bounds, Move, PerPeriod) if clock is not None else ()
    return lambda cell: cell.value is None or isinstance(cell.value, timed)


def _moved(row: Measure) -> Measure:
    """Part a target that names both ends; its start is the baseline where that cell is blank."""
    move = row.target.value
    if not isinstance(move, Move):
        return row
    baseline = row.target._replace(value=move.start) if row.baseline.raw is None else row.baseline
    return row._replace(baseline=baseline, target=row.target._replace(value=move.target))


def _answered(texts: Callable[[int], Texts], metric: Metric | None, row: Measure) -> Measure:
    """Read the current value in the terms of a yes/no target or of a list of milestones."""
    _, target, current = row
    if metric is Metric.YES_NO:
        target = target._replace(value=_as_answer(target.value))
    if metric is Metric.YES_NO or isinstance(target.value, Done):
        answer = current.value
        if answer is None and isinstance(current.raw, str):
            answer = texts(current.column).done(current.raw, sure=False)
        told = answer if isinstance(target.value, Quantity) else _as_answer(answer)  # 1 may be one of so many
        asked = metric in (Metric.YES_NO, None)
        current = current._replace(value=None if asked and _is_no_answer(told, target.value) else told)
    elif isinstance(target.value, Milestones) and isinstance(current.raw, str):
        steps = texts(current.column).steps_done(current.raw, target.value)
        current = current if steps is None else current._replace(value=steps)
    return row._replace(target=target, current=current)


def _is_no_answer(value: Any, target: Any) -> bool:
    """Say whether a number is no answer to yes or no: beyond all of it, or beside a target that counts something."""
    return isinstance(value, Quantity) and (isinstance(target, Quantity) or not 0 <= value.number <= 1)


def _as_answer(value: Any) -> Any:
    if isinstance(value, Quantity) and value.number in (0, 1):
        return Done(value.number == 1)
    return value


def _scale_of(unit: str, words: Words) -> float:
    """Give what a unit multiplies by: 1e9 in "tỷ đồng"."""
    from sheetsync.reading.numbers import scale_of  # most tables hold plain numbers

    return scale_of(unit, words)


def _scaled(texts: Callable[[int], Texts], unit: str, row: Measure) -> Measure:
    """Bring numbers with a word of size of their own to the size that the row's unit counts in."""
    words = texts(row.target.column).words
    scale = _scale_of(unit, words)
    if scale == 1.0:
        return row
    cells = []
    for cell in row:
        if isinstance(cell.raw, str) and cell.value is not None:
            told = texts(cell.column).number(cell.raw)
            if told is None or told.factor != 1.0:
                cell = cell._replace(value=_divided(cell.value, scale, sure=told is not None))
        cells.append(cell)
    return Measure(*cells)


def _divided(value: Any, scale: float, sure: bool) -> Any:
    """Bring a value to a size; unless ``sure``, only one that was plainly not written in it (500 triệu among tỷ)."""
    if isinstance(value, Quantity | PerPeriod):
        if not sure and abs(value.number) < scale / 1000:
            return value
        return value._replace(number=value.number / scale)
    if isinstance(value, Bounds) and not value.percent:
        ends = [end for end in (value.low, value.high) if end is not None]
        if min(map(abs, ends)) >= scale / 1000:
            low, high = (None if end is None else end / scale for end in (value.low, value.high))
            return Bounds(low, high)
    return value


def _is_percent(texts: Callable[[int], Texts], unit: str) -> bool:
    suffix = texts(0).words.suffixes.get(normalise(unit))
    return suffix is not None and suffix.percent


def _lowered(row: Measure) -> Measure:
    """Take a percentage below zero that was typed as a number (-0.2 shown as -20%) for what its text says: a change.

    Only beside a baseline above zero that is no percentage, for which it can be no level.
    """
    level, baseline, current = row.target.value, row.baseline.value, row.current.value
    if not isinstance(level, Quantity) or not level.percent or level.number >= 0 or isinstance(row.target.raw, str):
        return row
    counts = isinstance(baseline, Quantity) and not baseline.percent and baseline.number > 0
    if not counts or (isinstance(current, Quantity) and current.percent):
        return row
    return row._replace(target=row.target._replace(value=Relative(level.number)))


def _harmonised(row: Measure, stated: bool) -> Measure:
    """Where some numbers of a row are percentages and some are plain, make them all percentages.

    ``stated`` says that the unit is %. Without it a plain number above 100 leaves the whole row as it was written: it
    then counts something else (a growth of 25 % on a baseline of 500).
    """
    if len(kinds(row)) < 2:
        return row
    changed = as_percentages(row, stated)
    if changed is not None:
        return Measure(*changed)
    # Points are added to a percentage; beside what is none they say nothing.
    return row._replace(target=row.target._replace(value=None)) if in_points(row.target) else row
