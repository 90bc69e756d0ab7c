"""What ``doctor`` asks of Google for one spreadsheet: whether it may be read, and written where our columns stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sheetsync.backends.google.address import sheet_link
from sheetsync.backends.google.reader import Reading, SheetFacts, reading_of
from sheetsync.checkup import Check, failed, fine, refused, skipped, warned
from sheetsync.errors import ReadRefused, SheetsyncError
from sheetsync.record import NamedTuple
from sheetsync.workbook import CellRef

if TYPE_CHECKING:
    from sheetsync.backends.google.http import SheetsClient

FIELDS = (
    "spreadsheetId,properties(title,locale,timeZone),namedRanges(namedRangeId,name,range),"
    "sheets(properties(sheetId,title,sheetType,hidden,gridProperties(rowCount,columnCount)),"
    "protectedRanges(range,unprotectedRanges,warningOnly,requestingUserCanEdit))"
)
"""The field mask of the look: everything about a spreadsheet but its cells."""

CELLS = 10_000_000
"""Cells that Google allows in one spreadsheet, empty ones included."""

NEARLY = 0.8
"""The share of them from which on a spreadsheet is nearly full."""

_FILE = "https://www.googleapis.com/drive/v3/files/{id}"


class Wanted(NamedTuple):
    """What the configuration says of a spreadsheet; None and empty where it says nothing.

    ``drive`` says that Drive may be asked whether it lies in the trash; ``try_write`` allows one harmless write.
    """

    language: str | None = None
    timezone: str | None = None
    worksheets: Sequence[str] = ()
    drive: bool = False
    try_write: bool = False


def examine(spreadsheet: str, client: SheetsClient, wanted: Wanted) -> Iterator[Check]:
    """Look at one spreadsheet with one read, and where it is allowed with one question to Drive and one write."""
    try:
        answer = client.get_spreadsheet(spreadsheet, fields=FIELDS)
    except SheetsyncError as error:
        yield refused("google.spreadsheet", error)
        if wanted.drive and error.key.startswith("google.not_found"):
            yield _trash(spreadsheet, client)
        return
    own = answer.get("properties", {})
    title = str(own.get("title", spreadsheet))
    yield from _contents(answer, title, wanted)
    if wanted.drive:
        yield _trash(spreadsheet, client)
    yield from _locale(own, wanted)
    yield _columns(reading_of(answer), client.email or "sheetsync")
    yield _write(spreadsheet, title, client) if wanted.try_write else skipped("google.write")


def _contents(answer: Mapping[str, Any], title: str, wanted: Wanted) -> Iterator[Check]:
    sheets = [sheet["properties"] for sheet in answer.get("sheets", ())]
    sizes = [sheet.get("gridProperties", {}) for sheet in sheets]
    cells = sum(size.get("rowCount", 0) * size.get("columnCount", 0) for size in sizes)
    if cells > NEARLY * CELLS:
        yield warned("google.spreadsheet", "large", title=title, cells=cells, limit=CELLS)
    else:
        yield fine("google.spreadsheet", title=title, sheets=len(sheets), cells=cells)
    known = {sheet["title"] for sheet in sheets}
    link = sheet_link(answer["spreadsheetId"])
    for missing in (name for name in wanted.worksheets if name not in known):
        yield refused("google.worksheets", ReadRefused("google.no_range", link=link, range=missing))


def _trash(spreadsheet: str, client: SheetsClient) -> Check:
    params: dict[str, Any] = {"fields": "name,trashed", "supportsAllDrives": "true", "prettyPrint": "false"}
    try:
        told = client.get_json(_FILE.format(id=spreadsheet), params, sheet_link(spreadsheet))
    except SheetsyncError as error:
        return refused("google.trash", error)
    if told.get("trashed"):
        return failed("google.trash", "in_trash", 3, title=told.get("name", spreadsheet))
    return fine("google.trash")


def _locale(own: Mapping[str, Any], wanted: Wanted) -> Iterator[Check]:
    locale, zone = str(own.get("locale", "")), str(own.get("timeZone", ""))
    other_language = bool(wanted.language) and locale.partition("_")[0] != wanted.language
    other_zone = bool(wanted.timezone) and not _same_zone(zone, wanted.timezone or "")
    if other_language:
        yield warned("google.locale", "locale", locale=locale, language=wanted.language)
    if other_zone:
        yield warned("google.locale", "zone", zone=zone, wanted=wanted.timezone)
    if not (other_language or other_zone):
        yield fine("google.locale", locale=locale, zone=zone)


def _same_zone(left: str, right: str) -> bool:
    """Say whether two names mean the same time all year (Asia/Saigon is Asia/Ho_Chi_Minh)."""
    from zoneinfo import ZoneInfo

    try:
        first, second = ZoneInfo(left), ZoneInfo(right)
    except (ValueError, LookupError, OSError):  # a zone that this computer does not know, such as GMT+07:00
        return left == right
    moments = [datetime(2026, month, 15) for month in range(1, 13)]  # noqa: DTZ001 - the zones are put in below
    return all(first.utcoffset(moment) == second.utcoffset(moment) for moment in moments)


def _columns(reading: Reading, who: str) -> Check:
    """Find a worksheet, or a place below one of our headers, that somebody else keeps us from."""
    for name, facts in reading.facts.items():
        if reading.workbook.sheet(name).protected:
            return failed("google.columns", "closed", 3, sheet=name, who=who)
        for mark in reading.workbook.marks:
            header = mark.header
            row = _barred_row(header, facts) if header is not None and header.sheet == name else None
            if header is not None and row is not None:
                cell = str(CellRef(name, row, header.column))
                return failed("google.columns", "barred", 3, cell=cell, who=who)
    if not reading.workbook.marks:
        return fine("google.columns", "none")
    return fine("google.columns", count=len(reading.workbook.marks))


def _barred_row(header: CellRef, facts: SheetFacts) -> int | None:
    if not any(area.touches_column(header.column) for area, _ in facts.barred):
        return None
    below = range(header.row, facts.rows + 1)
    return next((row for row in below if not facts.may_edit(row, header.column)), None)


def _write(spreadsheet: str, title: str, client: SheetsClient) -> Check:
    """Set the title to what it is: the only proof of the right to write that changes nothing."""
    properties = {"properties": {"title": title}, "fields": "title"}
    try:
        client.batch_update_raw(
            spreadsheet, {"requests": [{"updateSpreadsheetProperties": properties}]}, fields="spreadsheetId"
        )
    except SheetsyncError as error:
        return refused("google.write", error)
    return fine("google.write")
