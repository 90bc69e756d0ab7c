"""Tables with a period in each row and a KPI in each column, and rows that say more of every KPI: unit, target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheetsync.reading.understanding.candidates import is_numbering
from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.header_blocks import heads_of
from sheetsync.reading.understanding.headings import plain
from sheetsync.reading.understanding.outcome import Column, Left, Reason, Table
from sheetsync.reading.understanding.period_names import HeadPeriod
from sheetsync.reading.understanding.row_words import role_of
from sheetsync.reading.understanding.shapes import is_name, is_team
from sheetsync.record import NamedTuple
from sheetsync.workbook import CellValue

_ATTRIBUTES = ("unit", "owner", "team", "target", "baseline", "weight", "direction", "frequency")
_NUMERIC = ("target", "baseline", "weight")
_NO_KPI = ("notes", "order", "variance", "period", "status")
_ROLES = ("target", "current")
_LEAST_PERIODS = 3
_DEPTH, _NEAR = 60, 300
_ABOVE, _BELOW = 6, 3
_SURE, _FAIR = 0.85, 0.7
_LONGEST = 60
_MOSTLY = 0.8


class Rows(NamedTuple):
    """Where a table with periods as rows stands: the column and rows of the periods, and the rows of the header."""

    column: int
    periods: Mapping[int, HeadPeriod]
    header: tuple[int, ...]


def period_rows(grid: Grid) -> Table | None:
    """Find a table with a period in each row and a KPI in each column."""
    for column in _first_columns(grid):
        place = _place(grid, column)
        if place is None:
            continue
        rows, header = list(place.periods), place.header[0]
        heads = {
            one: head.text
            for one, head in heads_of(grid, place.header).items()
            if one != column and head.period is None
        }
        counts = {one: _numbers(grid, rows, one) for one, text in heads.items() if len(text) <= _LONGEST}
        values = {one: heads[one] for one, count in counts.items() if count}
        spoken = _are_named(grid, rows, column) or _speaks_of_kpis(grid, header)
        if len(values) >= 2 and max(counts.values()) >= 2 and spoken:
            return _table(grid, place, values)
    return None


def _first_columns(grid: Grid) -> list[int]:
    first = sorted({min(grid.row(row)) for row in grid.filled[:_DEPTH]})[:3]
    return sorted({*first, *(column + 1 for column in first)})


def _place(grid: Grid, column: int) -> Rows | None:
    """Find the periods of a column, and the header above them."""
    near = grid.filled[:_NEAR]
    named = {row: period for row in near if (period := _named(grid, grid.row(row).get(column))) is not None}
    if len(named) >= _LEAST_PERIODS:
        later = ((row, _named(grid, grid.row(row).get(column))) for row in grid.filled[_NEAR:])
        named |= {row: period for row, period in later if period is not None}
    first = min(named, default=0) or _first_number(grid, column)
    header = _header(grid, column, first) if first else ()
    if not header:
        return None
    periods = periods_of(grid, column, header, named)
    rows = list(periods)
    scattered = len(rows) < _LEAST_PERIODS or len(rows) < 0.5 * (rows[-1] - rows[0] + 1)
    repeated = len(set(periods.values())) < _MOSTLY * len(rows)
    if scattered or repeated:
        return None
    return Rows(column, periods, header)


def _named(grid: Grid, value: CellValue) -> HeadPeriod | None:
    return grid.vocabulary.periods.whole(value) if value is not None else None


def _first_number(grid: Grid, column: int) -> int:
    """Give the first row with a number below the word for a kind of period: 1, 2, 3 under Month."""
    for row in grid.filled[:_DEPTH]:
        value = grid.row(row).get(column)
        if isinstance(value, str) and grid.vocabulary.periods.is_kind(value):
            below = (later for later in grid.filled if later > row)
            return next((later for later in below if isinstance(grid.row(later).get(column), int | float)), 0)
    return 0


def _header(grid: Grid, column: int, first: int) -> tuple[int, ...]:
    """Give the rows of the header: the one that names the kind of period, else the nearest that says nothing of KPIs.

    Below it may stand a row that parts each KPI into target and actual, which belongs to it.
    """
    above = [row for row in reversed(grid.filled) if first - _ABOVE <= row < first and not is_numbering(grid.row(row))]
    top = next((row for row in above if _names_kind(grid, row, column)), None)
    if top is None:
        top = next((row for row in above if not attribute_of(grid, row, column)), None)
    if top is None or sum(1 for value in grid.row(top).values() if isinstance(value, str)) < 1:
        return ()
    parted = next((row for row in range(top + 1, first) if _has_roles(grid, row, column)), None)
    if parted is None and _has_roles(grid, top, column) and grid.row(top - 1) and top - 1 not in (0, column):
        return (top - 1, top) if _has_groups(grid, top - 1) else (top,)
    return tuple(range(top, parted + 1)) if parted is not None else (top,)


def _names_kind(grid: Grid, row: int, column: int) -> bool:
    cells = grid.row(row)
    text = cells.get(column)
    return isinstance(text, str) and grid.vocabulary.periods.is_kind(text) and len(cells) >= 2


def _has_groups(grid: Grid, row: int) -> bool:
    return any(area.last_column > area.first_column for area in grid.merges_from(row)) or len(grid.row(row)) >= 2


def _has_roles(grid: Grid, row: int, column: int) -> bool:
    """Say whether the cells of a row are words for target and actual and nothing else, again and again."""
    told = [role_of(grid, value) for place, value in grid.row(row).items() if place != column]
    return len(told) >= 2 and set(_ROLES) <= set(told) and sum(1 for role in told if role) >= _MOSTLY * len(told)


def periods_of(
    grid: Grid, column: int, header: tuple[int, ...], named: Mapping[int, HeadPeriod] | None = None
) -> dict[int, HeadPeriod]:
    """Give the rows below a header whose cell in a column is a period: by its name, or a number under Month or Year."""
    kinds = [grid.row(row).get(column) for row in header]
    kind = next((text for text in kinds if isinstance(text, str) and grid.vocabulary.periods.is_kind(text)), "")
    found = {}
    for row in grid.filled:
        value = grid.row(row).get(column)
        period = None if row <= header[-1] else named.get(row) if named else _named(grid, value)
        if period is None and row > header[-1] and kind and isinstance(value, int | float) and value == value // 1:
            period = _named(grid, str(int(value))) or _named(grid, f"{kind} {int(value)}")
        if period is not None:
            found[row] = period
    return found


def attribute_of(grid: Grid, row: int, column: int) -> str:
    """Give what a row says of every KPI, as its first cell or its other cells tell; an empty text where it does not."""
    cells = grid.row(row)
    labels = [value for place, value in cells.items() if place <= column and isinstance(value, str)]
    rest = [value for place, value in cells.items() if place > column]
    if not rest:
        return ""
    if not labels:
        return _by_cells(grid, rest)
    told = grid.vocabulary.exactly(labels[-1])
    best = max((name for name in told if name in _ATTRIBUTES), key=lambda name: told[name], default="")
    if not best or told[best] < _FAIR:
        return ""
    numbers = sum(1 for value in rest if not isinstance(value, str))
    return best if best not in _NUMERIC or numbers >= 0.5 * len(rest) or _are_amounts(rest) else ""


def _are_amounts(values: Sequence[CellValue]) -> bool:
    return all(any(sign.isdigit() for sign in str(value)) for value in values)


def _by_cells(grid: Grid, values: Sequence[CellValue]) -> str:
    texts = [plain(value) for value in values if isinstance(value, str)]
    if len(texts) < len(values):
        return ""
    kinds = {
        "unit": sum(1 for text in texts if text in grid.vocabulary.units or text == "%"),
        "team": sum(1 for text in texts if is_team(text, grid.vocabulary.teams)),
        "owner": sum(1 for value in values if isinstance(value, str) and is_name(value)),
    }
    best = max(kinds, key=lambda name: kinds[name])
    return best if kinds[best] >= _MOSTLY * len(values) else ""


def attributes(grid: Grid, table: Table) -> dict[str, int]:
    """Give the rows of a table with periods as rows that say more of every KPI, by concept."""
    column = table.of("period")[0].column
    header = table.header_rows
    periods = periods_of(grid, column, header)
    near = range(max(1, header[0] - _ABOVE), table.last_data_row + _BELOW + 1)
    found: dict[str, int] = {}
    for row in near:
        if row in header or row in periods or not grid.row(row) or is_numbering(grid.row(row)):
            continue
        concept = attribute_of(grid, row, column)
        if concept and (row > header[-1] or _reaches(grid, table, row)):
            found.setdefault(concept, row)
    return found


def _reaches(grid: Grid, table: Table, row: int) -> bool:
    """Say whether a row above the header has a cell over the KPIs, and is not a label and its text of a letterhead."""
    values = [column.column for column in table.of("kpi_value")]
    return sum(1 for column in grid.row(row) if column >= min(values)) >= 2 or any(
        area.first_column >= min(values) for area in grid.merges_from(row)
    )


def _are_named(grid: Grid, rows: Sequence[int], column: int) -> bool:
    """Say whether the periods are named: rows of mere dates may be prices or payments as well."""
    return all(isinstance(grid.row(row).get(column), str | int) for row in rows)


def _speaks_of_kpis(grid: Grid, header: int) -> bool:
    """Say whether the worksheet's name or a cell down to the header speaks of KPIs."""
    texts = [str(value) for row in range(1, header + 1) for value in grid.row(row).values()]
    return any("kpi" in text.casefold() or "okr" in text.casefold() for text in (grid.sheet.name, *texts))


def _numbers(grid: Grid, rows: Sequence[int], column: int) -> int:
    """Count the numbers in a column of values; 0 where too much of it is something else."""
    told = [value for row in rows if (value := grid.row(row).get(column)) is not None]
    numbers = [value for value in told if isinstance(value, int | float) and not isinstance(value, bool)]
    return len(numbers) if len(numbers) >= 0.6 * len(told) else 0


def _table(grid: Grid, place: Rows, values: Mapping[int, str]) -> Table:
    rows = list(place.periods)
    head = next((text for row in place.header if (text := grid.row(row).get(place.column))), "")
    samples = _below(grid, rows, place.column)
    spoken = _speaks_of_kpis(grid, place.header[0])  # money and numbers of things may be KPIs, and may be an invoice
    columns = [Column("period", place.column, str(head), _SURE, Reason("period_row"), samples)]
    left = []
    for column, text in values.items():
        told = grid.vocabulary.exactly(text)
        best = max(told, key=lambda name: told[name], default="")
        if best in _NO_KPI or (best == "other" and not spoken) or plain(text) in grid.vocabulary.totals:
            left.append(Left(column, text, Reason("unsure"), "", _below(grid, rows, column)))
            continue
        columns.append(Column("kpi_value", column, text, _FAIR, Reason("value_of_kpi"), _below(grid, rows, column)))
    return Table(grid.sheet.name, "kpi", "period-rows", place.header, rows[0], rows[-1], tuple(columns), tuple(left))


def _below(grid: Grid, rows: Sequence[int], column: int) -> tuple[CellValue, ...]:
    return tuple(value for row in rows if (value := grid.row(row).get(column)) is not None)[:3]
