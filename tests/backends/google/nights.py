"""Nights of one spreadsheet at the stand-in of Google: what may go wrong in them, and what must be there afterwards."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from google.oauth2.service_account import Credentials

from sheetsync.backends.google.backend import GoogleBackend
from sheetsync.backends.google.endpoint import Endpoint
from sheetsync.backends.google.http import SheetsClient, Surroundings, connect
from sheetsync.backends.google.quota import Limits, Quota
from sheetsync.cli.speech import phrases
from sheetsync.cli.wiring import job
from sheetsync.config.shape import WorkbookConfig
from sheetsync.errors import SheetsyncError
from sheetsync.sync import Outcome, run
from tests.backends.google.clocks import Clock
from tests.books import TODAY
from tests.sheets_server.cells import Cell
from tests.sheets_server.spreadsheet import Spreadsheet

if TYPE_CHECKING:
    from tests.sheets_server.server import SheetsServer

ID = "1NightsOfOneSpreadsheet_ABCDEFGHIJKLMNOPQRSTU"
CONFIG = WorkbookConfig(name="book", spreadsheet=ID)
SCOPE = "https://www.googleapis.com/auth/spreadsheets"
DEADLINE = 300.0
NO_PORT = "http://127.0.0.1:1"
"""An address of this machine at which nobody listens."""
NO_NAME = "http://no-such-host.invalid"

ENGLISH = ("en_US", "OKR", "Settings", (("Company", "Minh Long Food"), ("Cycle", "Q4/2026")),
           ("ID", "Objective", "Key result", "Owner", "Unit", "Baseline", "Target", "Current", "Weight", "Check-in",
            "Left", "Remarks"))  # fmt: skip
VIETNAMESE = ("vi_VN", "OKR", "Cài đặt", (("Công ty", "Thực phẩm Minh Long"), ("Chu kỳ", "Q4/2026")),
              ("Mã", "Mục tiêu", "Kết quả then chốt", "Người phụ trách", "Đơn vị", "Giá trị đầu kỳ", "Chỉ tiêu",
               "Thực hiện", "Trọng số", "Ngày cập nhật", "Còn thiếu", "Ghi chú"))  # fmt: skip
GOALS: Sequence[tuple[Any, ...]] = (
    ("O-1", "Tăng doanh số bán online", None, "Lan"),
    ("KR-1.1", None, "Số đơn mỗi ngày", "Lan", "đơn", 10, 100, 60, 2, 1),
    ("KR-1.2", None, "Khách mua lại", "Bảo", "khách", 0, 500, 100, 1, 2),
    ("KR-1.3", None, "Điểm đánh giá", "Lan", "sao", 3.5, 4.5, 4.25, 1, 3),
    ("O-2", "Giao hàng nhanh hơn", None, "Minh"),
    ("KR-2.1", None, "Giờ từ đơn đến giao", "Minh", "giờ", 48, 24, 30.5, 1, 1),
    ("KR-2.2", None, "Đơn giao sai", "Hoa", "%", 5, 1, 4, 1, 20),
    ("O-3", "Đội ngũ vững nghề", None, "Hoa"),
    ("KR-3.1", None, "Người đã học xong", "Hoa", "người", 0, 12, 12, 1, 5),
    ("KR-3.2", None, "Quy trình đã viết", "Minh", "bản", 0, 8, None, 1, None),
)
HEAD, FIRST = 4, 5
LAST = FIRST + len(GOALS) - 1


@cache
def _plain(language: str) -> Spreadsheet:
    """Make a sheet as a small firm keeps it: title, notes above and below, own formulas, and no column of ours."""
    locale, sheet, settings, told, head = VIETNAMESE if language == "vi" else ENGLISH
    made = Spreadsheet(ID, "OKR Minh Long", locale=locale, time_zone="Asia/Ho_Chi_Minh")
    made.rename_sheet("Sheet1", sheet)
    made.enter(sheet, [["OKR Q4/2026 – Minh Long"], ["Họp thứ Hai, 8 giờ"]])
    made.merge(sheet, "A1:F1")
    made.enter(sheet, [head], at=f"A{HEAD}")
    for row, goal in enumerate(GOALS, FIRST):
        made.enter(sheet, [goal[:9]], at=f"A{row}")
        if len(goal) > 4:
            day = TODAY - timedelta(goal[9]) if goal[9] else None
            made.type(sheet, f"J{row}", "" if day is None else f"{day:%d/%m/%Y}" if language == "vi" else f"{day}")
            made.type(sheet, f"K{row}", f"=G{row}-H{row}")
            made.enter(sheet, [[f"nhờ {goal[3]} xem"]], at=f"L{row}")
    made.enter(sheet, [["Tổng:"]], at="P2")
    made.type(sheet, "Q2", f"=SUM(H{FIRST}:H{LAST})")
    made.add_sheet(settings)
    made.enter(settings, told)
    made.add_sheet("Biên bản")
    made.type("Biên bản", "A1", f"={sheet}!H{FIRST + 1}*2")
    made.enter("Biên bản", [["0042", True, 1.5, "1,5"]], at="A2")
    return made


def fresh(language: str) -> Spreadsheet:
    """Give a sheet that has no column of ours yet."""
    return twin(_plain(language))


def twin(of: Spreadsheet) -> Spreadsheet:
    """Give a spreadsheet that says the same."""
    made = Spreadsheet(of.id, now=of.now)
    made.book = of.book.copy()
    return made


State = tuple[Any, ...]


def state(spreadsheet: Spreadsheet) -> State:
    """Give everything that a spreadsheet holds, to compare it; ids of named ranges left out.

    A change of the stand-in's makes a new book, so nothing here is copied.
    """
    book = spreadsheet.book
    sheets = [
        (one.id, one.title, one.grid.row_count, one.grid.column_count, one.grid.rows, one.properties, one.merges,
         one.lines, one.groups, {name: found for name, found in one.objects.items() if found})
        for one in book.sheets
    ]  # fmt: skip
    names = sorted((one["name"], sorted(one["range"].items())) for one in book.named_ranges)
    return book.properties, sheets, names, book.metadata


def our_columns(spreadsheet: Spreadsheet, sheet: int) -> list[int]:
    """Give our columns of a worksheet, from 0, the last first: those that carry our marks."""
    areas = (one["range"] for one in spreadsheet.book.named_ranges if one["name"].startswith("_ss_"))
    return sorted({one["startColumnIndex"] for one in areas if one.get("sheetId", 0) == sheet}, reverse=True)


def theirs(spreadsheet: Spreadsheet) -> dict[str, list[list[Cell | None]]]:
    """Give every cell that is not in a column of ours: what was entered, format, note and rule."""
    found: dict[str, list[list[Cell | None]]] = {}
    for sheet in spreadsheet.book.sheets:
        rows = [list(row) for row in sheet.grid.rows]
        for column in our_columns(spreadsheet, sheet.id):
            for row in rows:
                del row[column : column + 1]
        for row in rows:
            while row and row[-1] is None:
                row.pop()
        while rows and not rows[-1]:
            rows.pop()
        found[sheet.title] = rows
    return found


class Ended(NamedTuple):
    """How a run ended, in how many seconds of its own clock, and of everybody's."""

    outcome: Outcome | None
    error: SheetsyncError | None
    seconds: float
    real: float

    @property
    def complete(self) -> bool:
        """Whether a process would have ended with 0."""
        return self.outcome is not None and not self.outcome.disturbed and not self.outcome.refused


class Switch(Endpoint):
    """An endpoint that can be cut off: while ``cut`` names an address, all traffic goes there."""

    cut: str | None = None

    def at(self, url: str) -> str:
        """Give the address to which a request really goes just now."""
        return Endpoint(self.cut or self.base).at(url)

    def may_see_token(self, url: str) -> bool:
        """Let the token go to wherever a test has turned the traffic."""
        return Endpoint(self.cut or self.base).may_see_token(url)


class Nights:
    """One spreadsheet at the stand-in, and runs over it: each has a memory of its own, as a process has."""

    def __init__(
        self, server: SheetsServer, folder: Path, spreadsheet: Spreadsheet, *, journal: Path | None = None
    ) -> None:
        """Put the spreadsheet there; what an earlier night had planned is over."""
        self.server, self.folder = server, folder
        self.journal = journal or folder / "journal.gz"
        self.journal.unlink(missing_ok=True)
        self.spreadsheet = server.add(spreadsheet)
        self.quiet()
        self.credentials = credentials(server, folder)

    def quiet(self) -> None:
        """Let nothing fail any more, and count requests anew."""
        service = self.server.service
        for one in (service.plan.rules, service.callbacks, service.requests, service.token_requests):
            one.clear()
        service.access.denied.clear()

    def run(
        self,
        today: date = TODAY,
        *,
        deadline: float = DEADLINE,
        endpoint: Endpoint | None = None,
        slow: bool = False,
        waited: Callable[[int], object] = int,
        worksheets: Sequence[str] = (),
    ) -> Ended:
        """Run once; unless ``slow``, waiting takes no time. What is no SheetsyncError comes through.

        ``waited`` is called after each wait, with their number.
        """
        clock = Clock()

        def wait(seconds: float) -> None:
            clock.sleep(seconds)
            waited(len(clock.slept))

        around = Surroundings() if slow else Surroundings(clock, wait, lambda: 0.5)
        where = endpoint or Endpoint(self.server.url)

        def opened() -> SheetsClient:
            quota = Quota(Limits(10_000, 10_000), clock=around.clock, sleep=around.sleep)
            return connect(
                self.credentials, writing=True, deadline=deadline, endpoint=where, quota=quota, around=around
            )

        backend = GoogleBackend(ID, opened, journal=self.journal, worksheets=worksheets)
        began, real = around.clock(), time.monotonic()
        try:
            outcome, error = run(backend, job(CONFIG, today), nullcontext), None
        except SheetsyncError as failed:
            outcome, error = None, failed
        finally:
            backend.close()
        return Ended(outcome, error, around.clock() - began, time.monotonic() - real)


_signed_in: dict[str, Any] = {}


def credentials(server: SheetsServer, folder: Path) -> Any:
    """Give credentials of a server, with the token that they have by now: reading a key takes a tenth of a second."""
    if server.url not in _signed_in:
        key = str(server.key_file(folder))
        _signed_in[server.url] = Credentials.from_service_account_file(key, scopes=[SCOPE])
    return _signed_in[server.url]


def told(error: SheetsyncError) -> list[str]:
    """Give the sentence of an error in each language."""
    return [phrases(language).text(f"error.{error.key}", **error.params) for language in ("en", "vi")]
