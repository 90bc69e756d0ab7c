"""Files beside the kinds of sheets: a doubtful one, and those in which no goals can be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import xlsxwriter

from sheetsync.workbook import CellValue
from your_sheets.drawing import Page, Say, Style

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def doubtful(book: Any, say: Say) -> None:
    """Draw a list whose column of weights holds words."""
    page = Page(book, "KPI", [5, 30, 12, 10, 10, 12], Style())
    page.header(say("STT|Chỉ tiêu|ĐVT|Kế hoạch|Thực hiện|Trọng số", "No.|KPI|Unit|Target|Actual|Weight"))
    big, fair, small = say("nhiều", "a lot"), say("vừa vừa", "some"), say("ít thôi", "little")
    page.row(1, say("Doanh thu thuần", "Net revenue"), say("triệu đồng", "1,000 EUR"), 1200, 950, big)
    page.row(2, say("Số khách hàng mới", "New customers"), say("khách", "customers"), 40, 38, fair)
    page.row(3, say("Số đơn bị trả lại", "Returned orders"), say("đơn", "orders"), 10, 12, small)


def _sheet(path: Path, rows: list[list[CellValue]]) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)


def _attendance(path: Path, say: Say) -> None:
    header = say(
        "STT|Họ và tên|Bộ phận|1|2|3|4|5|Tổng công", "No|Employee name|Department|Mon|Tue|Wed|Thu|Fri|Total hours"
    )
    people = [say("Nguyễn Lan", "Anna Berg"), say("Trần Tuấn", "Ben Cole"), say("Lê Hoa", "Clara Dean")]
    team = say("Bán hàng", "Sales")
    lines: list[list[CellValue]] = [[number, name, team, *"xxxxx", 5] for number, name in enumerate(people, 1)]
    _sheet(path, [[*header.split("|")], *lines])


def _dashboard(path: Path, say: Say) -> None:
    shown: list[list[CellValue]] = [
        [say("Doanh thu", "Revenue"), None, say("Đơn hàng", "Orders")],
        [1250, None, 318],
        [],
        ["▲ 12%", None, "▼ 3%"],
    ]
    _sheet(path, shown)


def _empty(path: Path, _: Say) -> None:
    _sheet(path, [])


def _locked(path: Path, _: Say) -> None:
    path.write_bytes(_OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(4096))


def _renamed(path: Path, say: Say) -> None:
    path.write_text(
        say("Chỉ tiêu,Kế hoạch,Thực hiện\nDoanh thu,100,90\n", "KPI,Target,Actual\nRevenue,100,90\n"), "utf-8"
    )


REFUSED: Mapping[tuple[str, str], Callable[[Path, Say], None]] = {
    ("cham-cong.xlsx", "attendance.xlsx"): _attendance,
    ("tong-quan.xlsx", "dashboard.xlsx"): _dashboard,
    ("trong.xlsx", "empty.xlsx"): _empty,
    ("co-mat-khau.xlsx", "locked.xlsx"): _locked,
    ("xuat-tu-phan-mem.xlsx", "export.xlsx"): _renamed,
}
"""What is no sheet of goals, by the names of its file in both languages."""


def export(path: Path, say: Say) -> None:
    """Write KPIs as a text file, as programs export them."""
    lines = say(
        "STT;Chỉ tiêu;ĐVT;Kế hoạch;Thực hiện\n1;Doanh thu thuần;triệu đồng;1.200;950\n2;Số khách mới;khách;40;38\n",
        "No.;KPI;Unit;Target;Actual\n1;Net revenue;1,000 EUR;1,200;950\n2;New customers;customers;40;38\n",
    )
    path.write_text(lines, encoding="utf-8-sig", newline="\r\n")
