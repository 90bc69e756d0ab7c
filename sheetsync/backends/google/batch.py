"""The requests of a ``batchUpdate``: typed cells in rectangles, and new columns with their look and their marks.

Values are typed, never parsed by Google: a text that begins with ``=`` stays a text, and no locale changes a number.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sheetsync.backends.google.intent import FORMS, Insertion, Intent
from sheetsync.backends.google.links import LINK
from sheetsync.backends.google.marks import Mark, mark_name, numbered
from sheetsync.backends.google.own_sheet import NewSheet
from sheetsync.backends.google.settle import Put
from sheetsync.backends.google.values import PLAIN, Form, extended
from sheetsync.palette import STATUS_COLOURS, rgb
from sheetsync.workbook import ColumnAddition

PIXELS = 7
"""Pixels of a character, in which the width of a column is given."""

MANY = 4
"""Parts of a write beyond which it is better to write larger ones."""

Request = dict[str, Any]


def cell_requests(puts: Sequence[Put]) -> list[Request]:
    """Write cells, each rectangle of them in one request that names exactly its cells: a larger one would clear."""
    return [_cells(block) for block in _blocks(puts)]


def chunks(puts: Sequence[Put], most: int, largest: int) -> Iterator[Sequence[Put]]:
    """Part what is to be written so that no request has more than ``most`` bytes; there is always one.

    After each part the spreadsheet is looked at, which takes long where it is large: what would be many parts is
    written in larger ones, of at most ``largest`` bytes.
    """
    size = _size(puts)
    yield from _parts(puts, size, min(max(most, size // MANY), largest))


def _size(puts: Sequence[Put]) -> int:
    return len(json.dumps(cell_requests(puts), ensure_ascii=False, separators=(",", ":")).encode())


def _parts(puts: Sequence[Put], size: int, most: int) -> Iterator[Sequence[Put]]:
    if size <= most or len(puts) == 1:
        yield puts
        return
    length = -(-len(puts) // (size // most + 1))  # equal parts: what one part lacks is not a request of its own
    for start in range(0, len(puts), length):
        part = puts[start : start + length]
        yield from _parts(part, _size(part), most)


def _cells(block: list[list[Put]]) -> Request:
    first, last = block[0][0], block[-1][-1]
    return {
        "updateCells": {
            "rows": [{"values": [_cell(put) for put in row]} for row in block],
            "fields": _fields(first),
            "range": _range(first.sheet, first.row, last.row, first.column, last.column),
        }
    }


def _fields(put: Put) -> str:
    """Name what of a cell is written: a note alone leaves the value as it is."""
    formed, noted = put.form is not None, put.note is not None
    fields = ("userEnteredValue", not put.only_note), ("userEnteredFormat.numberFormat", formed), ("note", noted)
    return ",".join(name for name, written in fields if written)


def _cell(put: Put) -> dict[str, Any]:
    cell: dict[str, Any] = {} if put.only_note else {"userEnteredValue": extended(put.value)}
    if put.note:  # a note that is named and not given is taken away
        cell["note"] = put.note
    if put.form is not None and put.form != PLAIN:  # a format that is named and not given is taken away
        cell["userEnteredFormat"] = {"numberFormat": number_format(put.form)}
    return cell


def number_format(form: Form) -> dict[str, str]:
    """Give a NumberFormat; without a pattern Google takes the one of the spreadsheet's locale."""
    return {"type": form[0], "pattern": form[1]} if form[1] else {"type": form[0]}


def _blocks(puts: Sequence[Put]) -> Iterator[list[list[Put]]]:
    """Gather cells into rectangles: runs of neighbours in a row, then equal runs in rows below one another."""
    block: list[list[Put]] = []
    for run in sorted(_runs(puts), key=lambda run: (run[0].sheet, run[0].column, len(run), run[0].row)):
        if not block or not _continues(block[-1], run):
            if block:
                yield block
            block = []
        block.append(run)
    if block:
        yield block


def _continues(above: list[Put], run: list[Put]) -> bool:
    first, other = above[0], run[0]
    same = (first.sheet, first.column, len(above), _fields(first))
    return same == (other.sheet, other.column, len(run), _fields(other)) and other.row == first.row + 1


def _runs(puts: Sequence[Put]) -> Iterator[list[Put]]:
    run: list[Put] = []
    for put in sorted(puts, key=lambda put: (put.sheet, put.row, put.column)):
        last = run[-1] if run else None
        if last is None or put[:3] != (last.sheet, last.row, last.column + 1) or _fields(put) != _fields(last):
            if run:
                yield run
            run = []
        run.append(put)
    if run:
        yield run


def _range(sheet: int, first_row: int, last_row: int, first_column: int, last_column: int) -> dict[str, int]:
    """Give a GridRange of cells that are counted from 1, both ends included."""
    return {
        "sheetId": sheet,
        "startRowIndex": first_row - 1,
        "endRowIndex": last_row,
        "startColumnIndex": first_column - 1,
        "endColumnIndex": last_column,
    }


def _columns(sheet: int, first: int, last: int) -> dict[str, Any]:
    return {"sheetId": sheet, "dimension": "COLUMNS", "startIndex": first - 1, "endIndex": last}


def column_requests(insertions: Sequence[Insertion]) -> list[Request]:
    """Insert new columns, from the right so that the places on the left hold, then give them their look and marks."""
    made: list[Request] = []
    for one in sorted(insertions, key=lambda own: (own.facts.sheet, -own.column)):
        made += _inserted(one)
    for one in insertions:
        shift = sum(len(o.additions) for o in insertions if o.facts.sheet == one.facts.sheet and o.column < one.column)
        for offset, additions in enumerate(one.additions):
            for addition in additions:
                made += _dressed(one.facts.sheet, one.column + shift + offset, addition)
    return made


def structure_requests(intent: Intent) -> list[Request]:
    """Make room for what is written: new columns, new worksheets, and rows where they are too few."""
    return [
        *column_requests(intent.insertions),
        *sheet_requests(intent.sheets),
        *growth_requests(intent.growths),
    ]


def sheet_requests(sheets: Sequence[NewSheet]) -> list[Request]:
    """Add worksheets behind all others, with a bold header that stays in sight, and with marks on their columns."""
    made: list[Request] = []
    for one in sheets:
        width = len(one.addition.columns)
        size = {"rowCount": one.rows, "columnCount": one.width, "frozenRowCount": 1}
        properties = {"sheetId": one.sheet, "title": one.addition.name, "gridProperties": size}
        bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
        header = {
            "range": _range(one.sheet, 1, 1, 1, width), "cell": bold, "fields": "userEnteredFormat.textFormat.bold",
        }  # fmt: skip
        made += [{"addSheet": {"properties": properties}}, {"repeatCell": header}]
        for place, column in enumerate(one.columns, 1):
            made += _dressed(one.sheet, place, column)
        if one.addition.chart is not None:
            from sheetsync.backends.google.charts import chart_request

            made.append(chart_request(one, one.addition.chart))
    return made


def growth_requests(growths: Mapping[int, int]) -> list[Request]:
    """Add rows at the end of worksheets (by id) that lack some."""
    return [
        {"appendDimension": {"sheetId": sheet, "dimension": "ROWS", "length": rows}} for sheet, rows in growths.items()
    ]


def _inserted(one: Insertion) -> list[Request]:
    sheet, count = one.facts.sheet, len(one.additions)
    missing = one.column - one.facts.columns
    made: list[Request] = []
    if missing > 0:  # a column can only be inserted before one that is there
        made.append({"appendDimension": {"sheetId": sheet, "dimension": "COLUMNS", "length": missing}})
    place = _columns(sheet, one.column, one.column + count - 1)
    return [*made, {"insertDimension": {"range": place, "inheritFromBefore": one.column > 1}}]


def _dressed(sheet: int, column: int, addition: ColumnAddition) -> list[Request]:
    """Give a new column the header's look of its neighbour, its number format, width, colours, and our mark."""
    row, last = addition.header.row, max(addition.last_row, addition.header.row + 1)
    body = _range(sheet, row + 1, last, column, column)
    made: list[Request] = [
        {"setDataValidation": {"range": body}},  # a list of choices that the new column took over from its neighbour
        {"repeatCell": {"range": body, "cell": _plain(addition.form), "fields": _told(addition.form)}},
        {
            "updateDimensionProperties": {
                "range": _columns(sheet, column, column),
                "properties": {"pixelSize": addition.width * PIXELS + 5},
                "fields": "pixelSize",
            }
        },
        *(_coloured(body, word, tone) for word, tone in addition.tones),
    ]
    place = _range(sheet, row, row, column, column)
    name = mark_name(addition.table, addition.concept)
    return [*made, {"addNamedRange": {"namedRange": {"name": name, "range": place}}}]


def _plain(form: str) -> dict[str, Any]:
    """Give the look of the cells of a column; a sentence goes on in a second line."""
    if form == "prose":
        return {"userEnteredFormat": {"wrapStrategy": "WRAP"}}
    plain = form in ("text", LINK)
    return {} if plain else {"userEnteredFormat": {"numberFormat": number_format(FORMS[form])}}


def _told(form: str) -> str:
    """Give the fields of a column's look; other columns wrap as their neighbours do."""
    own = "userEnteredFormat.numberFormat"
    return f"{own},userEnteredFormat.wrapStrategy" if form == "prose" else own


def _coloured(place: dict[str, int], word: str, tone: str) -> Request:
    """Colour the cells of a range that hold a word."""
    ink, fill = STATUS_COLOURS[tone]
    look = {"backgroundColor": rgb(fill), "textFormat": {"foregroundColor": rgb(ink), "bold": True}}
    condition = {"type": "TEXT_EQ", "values": [{"userEnteredValue": word}]}
    rule = {"ranges": [place], "booleanRule": {"condition": condition, "format": look}}
    return {"addConditionalFormatRule": {"rule": rule, "index": 0}}


def renamed(requests: Sequence[Request], attempt: int) -> list[Request]:
    """Give the requests with the names of new marks as they are at the so-manyth attempt."""
    if attempt == 1:
        return list(requests)
    made = []
    for one in requests:
        named = one["addNamedRange"]["namedRange"] if "addNamedRange" in one else None
        new = named and {"addNamedRange": {"namedRange": {**named, "name": numbered(named["name"], attempt)}}}
        made.append(new or one)
    return made


def mark_request(mark: Mark, row: int) -> Request:
    """Move a mark of ours to another row of its column."""
    place = _range(mark.sheet, row, row, mark.column, mark.column)
    return {"updateNamedRange": {"namedRange": {"namedRangeId": mark.id, "range": place}, "fields": "range"}}
