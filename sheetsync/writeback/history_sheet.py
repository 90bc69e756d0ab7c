"""The worksheet of our own that shows the history: a row for each item and week, the means of each week, and a chart.

It is written only where the configuration asks for it, and found again by its marks, never by its name. A week gets its
rows once it is over. What was written once is a record: rows stay when their items go, and are known again by what
they say, so that sorting them does no harm. What somebody typed over a row is treated as everywhere (``on_conflict``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

from sheetsync.adding import added
from sheetsync.cell_text import cell_text
from sheetsync.chart import SheetChart
from sheetsync.language import Phrases
from sheetsync.marked import marked_table
from sheetsync.model import Goals, Item, Table
from sheetsync.past import Observation, Past, Remembered
from sheetsync.record import NamedTuple
from sheetsync.results import Finding
from sheetsync.scoring.paces import Paces
from sheetsync.scoring.weights import resolve
from sheetsync.workbook import (
    CellUpdate,
    CellValue,
    Changes,
    SheetAddition,
    TableAnchor,
    Workbook,
    Worksheet,
)
from sheetsync.writeback.authorship import Authorship
from sheetsync.writeback.columns import COLUMNS, HISTORY, Column, rounded
from sheetsync.writeback.placing import free_name, mark_findings, own_column, table_finding
from sheetsync.writeback.plan import Plan
from sheetsync.writeback.rows import TableWriter, day_of
from sheetsync.writeback.typed_over import LastWritten, Restore, Touched

WEEKS = 53
"""The last weeks that are told; older rows stay where they were written."""
TOTALS = ("mean_week", "mean_progress", "mean_expected")
_KINDS = ("objective", "key_result", "kpi")
_WEEK = timedelta(days=7)
Row = Mapping[str, CellValue]


class Telling(NamedTuple):
    """What the worksheet tells: the past, and the goals of today for the paces of weeks and for what is the whole."""

    past: Past
    goals: Goals
    paces: Paces
    restore: Restore


def plan_history_sheet(
    workbook: Workbook, telling: Telling, phrases: Phrases, today: date, *, authorship: Authorship
) -> Plan:
    """Say what to write into the worksheet of history, and whether to add it first; nothing before a week is over."""
    table = marked_table(workbook, HISTORY, authorship.heads_history)
    known = {one.key: one for one in telling.goals.items}
    weeks = [(week, list(_rows(week, night, telling, known, phrases))) for week, night in _weeks(telling.past, today)]
    if table is None:
        return _added(workbook, weeks, telling, phrases, authorship, today) if weeks else Plan(Changes())
    sheet = workbook.sheet(table.sheet)
    if sheet.refusal is not None:
        return Plan(Changes(), (table_finding("WS109", table, reason=sheet.refusal),))
    noticed = mark_findings(table, tuple(COLUMNS[HISTORY]))
    placed = {concept: column for concept, column in table.computed.items() if concept in COLUMNS[HISTORY]}
    if not {"week", "id", "item"} <= placed.keys():  # which row is whose cannot be told
        return Plan(Changes(), tuple(noticed))
    cells, typed = _cells(table, sheet, placed, weeks, telling, authorship, today)
    last = max([len(sheet.rows), *(cell.row for cell in cells)])
    anchor = TableAnchor(sheet.name, table.header_row, last, (placed["item"], placed["id"], placed["week"]))
    return Plan(Changes(cells=tuple(cells), anchors=(anchor,) if cells else ()), (*noticed, *typed))


Weeks = Sequence[tuple[date, list[Row]]]


def _added(
    workbook: Workbook, weeks: Weeks, telling: Telling, phrases: Phrases, authorship: Authorship, today: date
) -> Plan:
    name = free_name(workbook, phrases.text("history_sheet.worksheet"))
    told = ((column, phrases.text(f"history_sheet.column.{column.concept}")) for column in COLUMNS[HISTORY].values())
    count = sum(len(rows) for _, rows in weeks)
    placed = {concept: place for place, concept in enumerate(COLUMNS[HISTORY], 1)}
    chart = SheetChart(phrases.text("history_sheet.chart"), placed[TOTALS[0]], tuple(placed[one] for one in TOTALS[1:]))
    columns = tuple(own_column(*one, phrases) for one in told)
    addition = SheetAddition(name, HISTORY, columns, 1 + count, chart)
    table = Table(HISTORY, HISTORY, name, 1, 2, 1, {})
    cells, _ = _cells(table, Worksheet(name, ()), placed, weeks, telling, authorship, today)
    anchor = TableAnchor(name, 1, 1 + count, (placed["item"], placed["id"], placed["week"]))
    return Plan(Changes(sheets=(addition,), cells=tuple(cells), anchors=(anchor,)))


def _weeks(past: Past, today: date) -> Iterator[tuple[date, date]]:
    """Give the Sunday of each week that is over and had a night, with its last night."""
    for sunday, nights in groupby(past.nights, key=_sunday):
        if sunday < today and sunday > today - WEEKS * _WEEK:
            yield sunday, max(nights)


def _sunday(day: date) -> date:
    return day + timedelta(days=6 - day.weekday())


def _rows(week: date, night: date, telling: Telling, known: Mapping[str, Item], phrases: Phrases) -> Iterator[Row]:
    """Give the rows of a week, as the items stood on its last night, in the order of their kinds and places."""
    items = [item for item in telling.past.items.values() if item.first <= night <= item.last]
    for item in sorted(items, key=lambda item: (item.sheet, item.row, _KINDS.index(item.kind))):
        seen = item.on(night)
        if seen is not None:
            expected = telling.paces.then(known.get(item.key), seen.expected, week)
            yield _row(item, seen, expected, week, night, phrases)


def _row(item: Remembered, seen: Observation, expected: float | None, week: date, night: date, phrases: Phrases) -> Row:
    told = {name: item.said(name, night) for name in ("id", "title", "owner")}
    said = {name: (cell_text(one.text) or None) if one is not None else None for name, one in told.items()}
    return {
        "week": week,
        "id": said["id"] or (None if said["title"] else item.key),
        "item": said["title"],
        "owner": said["owner"],
        "progress": None if seen.progress is None else rounded(seen.progress, 2),
        "expected": None if expected is None else rounded(expected, 2),
        "score": None if seen.score is None else rounded(seen.score, 2),
        "status": phrases.text(f"status.{seen.status}") if seen.status else None,
        "key": item.key,
        "kind": item.kind,
        "state": seen.status,
    }


def _cells(
    table: Table,
    sheet: Worksheet,
    placed: Mapping[str, int],
    weeks: Weeks,
    telling: Telling,
    authorship: Authorship,
    today: date,
) -> tuple[list[CellUpdate], list[Finding]]:
    """Give the cells that differ, and what somebody typed over; rows of which nothing is known any more stay."""
    rows = [row for _, own in weeks for row in own]
    held = _places(table, sheet, placed, rows)
    items = {concept: column for concept, column in placed.items() if concept not in TOTALS}
    standing = {place: rows[at] for at, (place, known) in enumerate(held) if known}
    last = LastWritten({}, telling.restore, telling.past.nights[-1])
    writer = TableWriter(table, sheet, items, authorship, today, _Recorded(standing, last, authorship))
    order = sorted(range(len(rows)), key=lambda at: held[at][0])
    places = [held[at][0] for at in order]
    cells = writer.updates(places, _wanted(sheet, placed, places, [rows[at] for at in order]))
    totals = {concept: column for concept, column in placed.items() if concept in TOTALS}
    if len(totals) == len(TOTALS):
        whole = _whole(telling.goals)
        means = [_mean(week, own, whole) for week, own in weeks if own]
        known = {day_of(sheet.value(row, placed[TOTALS[0]])): row for row in _filled(table, sheet, totals)}
        at, means = _appended(table, sheet, totals, [known.get(day_of(mean[TOTALS[0]])) for mean in means], means)
        other = TableWriter(table, sheet, totals, authorship, today)
        cells += other.updates(at, _wanted(sheet, placed, at, means))
        writer.findings += other.findings
    return cells, [finding._replace(item=None) for finding in writer.findings]


def _wanted(
    sheet: Worksheet, placed: Mapping[str, int], places: Sequence[int], rows: Sequence[Row]
) -> Callable[[Column], Sequence[CellValue]]:
    """Give what the columns shall show; a pace that was written once is not computed anew with later dates."""

    def values(column: Column) -> Sequence[CellValue]:
        told = [row.get(column.concept) for row in rows]
        if not column.concept.endswith("expected"):
            return told
        stands = [sheet.value(place, placed[column.concept]) for place in places]
        return [was if isinstance(was, int | float) else now for was, now in zip(stands, told, strict=True)]

    return values


def _whole(goals: Goals) -> Mapping[str, float]:
    """Give the weights of what makes up the whole, as the scorecard takes it: the company's objectives, else all."""
    weights = resolve([one.weight for one in goals.leading]).numbers
    return {one.key: weight for one, weight in zip(goals.leading, weights, strict=True) if weight}


def _mean(week: date, rows: Sequence[Row], whole: Mapping[str, float]) -> Row:
    """Give the means of a week, 0 to 1 each: of the whole by its weights, where a part of it was known then.

    Else of the objectives, the key results, or the KPIs, whichever there were.
    """
    told: dict[str, CellValue] = {TOTALS[0]: week}
    known = [row for row in rows if row["progress"] is not None]
    weights = {row["key"]: whole[str(row["key"])] for row in known if row["key"] in whole}
    kind = next((kind for kind in _KINDS if any(row["kind"] == kind for row in known)), "")
    own = [row for row in known if (row["key"] in weights if weights else row["kind"] == kind)]
    for concept, source in zip(TOTALS[1:], ("progress", "expected"), strict=True):
        parts = [
            (weights.get(row["key"], 1.0), min(max(float(value), 0.0), 1.0))
            for row in own
            if isinstance(value := row[source], int | float)
        ]
        total = added(weight for weight, _ in parts)
        told[concept] = rounded(added(weight * value for weight, value in parts) / total, 2) if total else None
    return told


def _filled(table: Table, sheet: Worksheet, placed: Mapping[str, int]) -> list[int]:
    """Give the rows in which some of our columns hold something."""
    rows = range(table.header_row + 1, len(sheet.rows) + 1)
    return [row for row in rows if any(sheet.value(row, column) not in (None, "") for column in placed.values())]


def _appended(
    table: Table, sheet: Worksheet, placed: Mapping[str, int], known: Sequence[int | None], rows: list[Row]
) -> tuple[list[int], list[Row]]:
    """Give each row its place, in the order of places: the one that it has, else one below all that are filled."""
    free = max([table.header_row, *_filled(table, sheet, placed)])
    found = []
    for place, row in zip(known, rows, strict=True):
        free += place is None
        found.append((free if place is None else place, row))
    found.sort(key=lambda one: one[0])
    return [place for place, _ in found], [row for _, row in found]


def _places(table: Table, sheet: Worksheet, placed: Mapping[str, int], rows: Sequence[Row]) -> list[tuple[int, bool]]:
    """Give each row its place and whether it stands there already.

    A row is known by all that names it, and where somebody typed over one of these cells, by the others.
    """
    filled = _filled(table, sheet, {name: at for name, at in placed.items() if name not in TOTALS})
    left, found = dict.fromkeys(filled), dict[int, int]()
    for names in (_NAMING, ("week", "id"), ("week", "item")):
        standing: dict[tuple[CellValue, ...], list[int]] = {}
        for row in left:
            told = (sheet.value(row, placed[name]) if name in placed else None for name in names)
            standing.setdefault(tuple(map(_plain, told)), []).append(row)
        for at, wanted in enumerate(rows):
            same = standing.get(tuple(_plain(wanted[name]) if name in placed else None for name in names))
            if same and at not in found and wanted[names[1]] is not None:
                found[at] = same.pop(0)
                del left[found[at]]
    free, result = max([table.header_row, *filled]), []
    for at in range(len(rows)):
        free += at not in found
        result.append((found.get(at, free), at in found))
    return result


_NAMING = ("week", "id", "item", "owner")


def _plain(value: CellValue) -> CellValue:
    """Give a value as it is compared: a moment is its day, an empty text nothing."""
    return day_of(value) or value or None


class _Recorded(Touched):
    """Knows that a row which was written once is a record: what differs there was typed by somebody."""

    def __init__(self, standing: Mapping[int, Row], last: LastWritten, authorship: Authorship) -> None:
        super().__init__(last, {place: str(row["key"]) for place, row in standing.items()}, authorship)
        self._standing = standing

    def knows(self, row: int) -> bool:
        """Say whether a row was there before this run."""
        return row in self.keys

    def typed(
        self,
        column: Column,
        columns: Sequence[tuple[Column, int]],  # noqa: ARG002 - a record needs no other evidence
        place: tuple[int, int],
        sheet: Worksheet,
        *,
        ours: bool,  # noqa: ARG002 - a word of ours may be typed, too
    ) -> bool:
        """Say whether a person put there what stands in a cell; the same status in another language is ours."""
        value = sheet.value(*place)
        if column.concept == "status" and self._authorship.says_status(value, str(self._standing[place[0]]["state"])):
            return False
        return value is not None
