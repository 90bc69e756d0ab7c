"""Syncs a spreadsheet while other people rebuild it between any two requests, and judges what is left of their cells.

A twin of the spreadsheet, to which nothing but the people's edits is done, says what they last entered. Our columns are
left out of the comparison; everything else must be equal, cell by cell, apart from what a run has reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sheetsync.backends.google.backend import GoogleBackend
from sheetsync.errors import SheetsyncError
from sheetsync.sync import Job, run
from sheetsync.workbook import Disturbance
from tests.backends.google.connecting import Connecting
from tests.books import OKR_ROWS, SETTINGS_ROWS, job
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.spreadsheet import Spreadsheet

OWN = "_ss_okr_"
SPARE = "AN"
"""A column far at the right, in which rows are numbered while they are sorted."""


class Edit(NamedTuple):
    """One thing that somebody does: its kind, and two numbers that are folded into what is there."""

    kind: str
    first: int
    second: int


class Killed(BaseException):
    """The process dies here, after the server took the request."""


def rows_of(count: int) -> list[list[Any]]:
    """Give the rows of an OKR sheet with so many key results."""
    made = [
        [f"KR-{number}", None, f"Result {number}", "Lan", 0.0, 100.0 + number, 7.0 * number, 46_346.0]
        for number in range(1, count + 1)
    ]
    return [*(list(row) for row in OKR_ROWS[:2]), *made]


class Office:
    """A spreadsheet, the people who edit it, and the runs of sheetsync over it."""

    def __init__(self, server: SheetsServer, folder: Path, count: int, *, first_run: bool) -> None:
        """Make the spreadsheet; unless it is to be the first run, it has our columns already."""
        self.connecting = Connecting(server, folder)
        self.folder = folder
        self.real = server.add(Spreadsheet(f"1Interleaved_{len(server.spreadsheets)}_ABCDEFGHIJKLMNOPQRSTUVWX", "Real"))
        self._fill(self.real, count)
        self.twin = Spreadsheet("1Twin_ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", "Twin")
        self._fill(self.twin, count)
        self.gaps: list[list[Edit]] = []
        self.kill_after: int | None = None
        self.requests = 0
        self.reported: list[Disturbance] = []
        self.made = 0
        self.title = "OKR"
        self._nested = False
        if not first_run:
            self.sync()
            self.real.type("OKR", "G3", "50")
            self.twin.type("OKR", "G3", "50")
        self.requests = 0

    def _fill(self, spreadsheet: Spreadsheet, count: int) -> None:
        spreadsheet.rename_sheet("Sheet1", "OKR")
        spreadsheet.enter("OKR", rows_of(count))
        spreadsheet.enter("OKR", [["Total", None, None, None, None, None, "remark", "mine"]], at=f"A{count + 5}")
        spreadsheet.type("OKR", f"E{count + 5}", "=SUM(F3:F4)")
        spreadsheet.add_sheet("Settings")
        spreadsheet.enter("Settings", SETTINGS_ROWS)

    def sync(self, journal: str = "journal") -> str:
        """Run sheetsync once and give "ok", "killed", or the key of the error."""
        backend = GoogleBackend(self.real.id, lambda: self._client(), journal=self.folder / journal)
        try:
            outcome = run(backend, self._job(), _no_lock)
            self.reported += outcome.disturbed
            return "ok"
        except SheetsyncError as error:
            self.reported += error.disturbed
            assert error.exit_code in (3, 5), error
            return error.key
        except Killed:
            return "killed"
        finally:
            backend.close()

    def _job(self) -> Job:
        return job()

    def _client(self) -> Any:
        return _Interrupted(self.connecting(), self)

    def before_request(self) -> None:
        """Let the people do what they do before this request."""
        if self._nested:
            return
        number, self.requests = self.requests, self.requests + 1
        for edit in self.gaps[number] if number < len(self.gaps) else ():
            self.edit(edit)

    def after_write(self) -> None:
        """Die, where this is the moment."""
        if not self._nested and self.kill_after is not None and self.requests >= self.kill_after:
            self.kill_after = None
            raise Killed

    # --- what people do ---------------------------------------------------------------------------------------------

    def edit(self, edit: Edit) -> None:
        """Do one thing to the spreadsheet and to its twin."""
        if edit.kind == "sync":
            self._nested = True
            self.sync("other")
            self._nested = False
            return
        getattr(self, "_" + edit.kind)(edit.first, edit.second)

    def _columns(self) -> list[int]:
        """Give the columns of the real sheet that are not ours, the empty ones at the right left out."""
        own = set(self._own())
        width = max((len(row) for row in self.real.rows(self.title)), default=1)
        return [column for column in range(1, width + 1) if column not in own]

    def _own(self) -> Iterator[int]:
        for named in self.real.book.named_ranges:
            if named["name"].startswith(OWN):
                yield named["range"].get("startColumnIndex", 0) + 1

    def _height(self) -> int:
        return len(self.twin.rows(self.title))

    def _insert_row(self, at: int, filled: int) -> None:
        row = 2 + at % self._height()
        for one in (self.real, self.twin):
            one.insert_rows(self.title, row)
        if filled % 2:
            self.made += 1
            for one in (self.real, self.twin):
                one.enter(self.title, [[f"KR-9{self.made}"]], at=f"A{row}") if self._first_is_id() else None

    def _first_is_id(self) -> bool:
        return self.twin.value(self.title, "A1") == "ID" and self.real.value(self.title, "A1") == "ID"

    def _delete_row(self, at: int, _: int) -> None:
        if self._height() > 4:
            row = 2 + at % (self._height() - 1)
            for one in (self.real, self.twin):
                one.delete_rows(self.title, row)

    def _move_row(self, at: int, to: int) -> None:
        first, goal = 2 + at % (self._height() - 1), 2 + to % (self._height() - 1)
        for one in (self.real, self.twin):
            one.move_rows(self.title, first, 1, goal if goal < first else goal + 1)

    def _insert_column(self, at: int, _: int) -> None:
        columns = self._columns()
        index = at % len(columns)
        self.real.insert_columns(self.title, columns[index])
        self.twin.insert_columns(self.title, index + 1)

    def _delete_column(self, at: int, _: int) -> None:
        columns = self._columns()
        index = 3 + at % max(1, len(columns) - 3)
        if len(columns) > 6 and index < len(columns):
            self.real.delete_columns(self.title, columns[index])
            self.twin.delete_columns(self.title, index + 1)

    def _move_column(self, at: int, to: int) -> None:
        columns = self._columns()
        first, goal = at % len(columns), to % len(columns)
        if goal not in (first, first + 1):
            self.real.move_columns(self.title, columns[first], 1, columns[goal])
            self.twin.move_columns(self.title, first + 1, 1, goal + 1)

    def _sort(self, column: int, descending: int) -> None:
        """Sort the rows of the table by a column of the users'; the twin's rows go the same way."""
        rows = self.twin.rows(self.title)
        last = next((number for number, row in enumerate(rows, 1) if not any(row)), len(rows) + 1) - 1
        cells = [f"{_letters(one)}{row}" for row in range(2, last + 1) for one in range(1, 30)]
        if last < 3 or any("formulaValue" in (self.real.entered(self.title, cell) or {}) for cell in cells):
            return  # what becomes of references in a sorted formula is not what this is about
        columns = self._columns()
        self.real.enter(self.title, [[number] for number in range(2, last + 1)], at=f"{SPARE}2")
        by = columns[column % len(columns)]
        self.real.sort(self.title, f"A2:{SPARE}{last}", by, descending=bool(descending % 2))
        order = [int(str(self.real.value(self.title, f"{SPARE}{row}"))) for row in range(2, last + 1)]
        self.twin.enter(self.title, [[order.index(row)] for row in range(2, last + 1)], at=f"{SPARE}2")
        self.twin.sort(self.title, f"A2:{SPARE}{last}", SPARE)
        for one in (self.real, self.twin):
            one.enter(self.title, [[None]] * (last - 1), at=f"{SPARE}2")

    def _type(self, at: int, column: int) -> None:
        self.made += 1
        columns = self._columns()
        index, row = column % len(columns), 2 + at % max(1, self._height() - 1)
        if self.twin.value(self.title, f"{_letters(index + 1)}1") == "ID":
            return  # whoever changes an ID makes another key result of the row
        self.real.type(self.title, f"{_letters(columns[index])}{row}", f"{1000 + self.made}")
        self.twin.type(self.title, f"{_letters(index + 1)}{row}", f"{1000 + self.made}")

    def _rename_sheet(self, number: int, _: int) -> None:
        new = f"OKR {number}"
        if new != self.title:
            for one in (self.real, self.twin):
                one.rename_sheet(self.title, new)
            self.title = new

    def _rename_header(self, *_: int) -> None:
        columns = self._columns()
        for index in range(len(columns)):
            if self.twin.value(self.title, f"{_letters(index + 1)}1") == "Current":
                self.real.enter(self.title, [["Actual"]], at=f"{_letters(columns[index])}1")
                self.twin.enter(self.title, [["Actual"]], at=f"{_letters(index + 1)}1")
                return

    def _move_own(self, which: int, to: int) -> None:
        """Move a column of ours; the twin has none."""
        own = sorted(self._own())
        if own:
            column = own[which % len(own)]
            goal = 1 + to % (len(self.real.rows(self.title)[0]) or 1)
            if goal not in (column, column + 1):
                self.real.move_columns(self.title, column, 1, goal)

    def _delete_own(self, which: int, _: int) -> None:
        """Delete a column of ours; the twin has none."""
        own = sorted(self._own())
        if own:
            self.real.delete_columns(self.title, own[which % len(own)])

    # --- the judgement ----------------------------------------------------------------------------------------------

    def differing(self) -> list[tuple[int, int, Any, Any]]:
        """Give every cell of the users' that is not what they last entered."""
        own = set(self._own())
        wrong = []
        height = max(len(self.real.rows(self.title)), self._height())
        width = max(len(row) for row in (*self.real.rows(self.title), *self.twin.rows(self.title)))
        for row in range(1, height + 1):
            theirs = [self.twin.entered(self.title, f"{_letters(column)}{row}") for column in range(1, width + 1)]
            columns = [column for column in range(1, width + len(own) + 1) if column not in own]
            real = [self.real.entered(self.title, f"{_letters(column)}{row}") for column in columns]
            for number, (left, right) in enumerate(zip(real, theirs, strict=False), 1):
                if _without_ours(left, columns) != right:
                    wrong.append((row, number, left, right))
        return wrong


def _without_ours(entered: Any, columns: Sequence[int]) -> Any:
    """Name the columns in a formula as they are called where there are none of ours."""
    if not entered or "formulaValue" not in entered:
        return entered
    called = {_letters(column): _letters(number) for number, column in enumerate(columns, 1)}
    text = re.sub(r"\b([A-Z]{1,2})(?=\d)", lambda match: called.get(match[1], match[1]), entered["formulaValue"])
    return {"formulaValue": text}


def _letters(column: int) -> str:
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


class _Interrupted:
    """A client between whose requests other people work, and which may die right after a write."""

    def __init__(self, client: Any, office: Office) -> None:
        self._client, self._office = client, office

    def get_spreadsheet(self, *args: Any, **kwargs: Any) -> Any:
        self._office.before_request()
        return self._client.get_spreadsheet(*args, **kwargs)

    def batch_update_raw(self, *args: Any, **kwargs: Any) -> Any:
        self._office.before_request()
        answer = self._client.batch_update_raw(*args, **kwargs)
        self._office.after_write()
        return answer

    def sleep(self, seconds: float) -> None:
        self._client.sleep(seconds)

    def close(self) -> None:
        self._client.close()


class _NoLock:
    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        return None


def _no_lock() -> _NoLock:
    return _NoLock()


KINDS: Sequence[str] = (
    "insert_row",
    "delete_row",
    "move_row",
    "insert_column",
    "delete_column",
    "move_column",
    "sort",
    "type",
    "rename_sheet",
    "rename_header",
    "move_own",
    "delete_own",
    "sync",
)
