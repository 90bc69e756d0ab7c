"""Sheets with months, weeks, quarters: as columns, as blocks of columns, as rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from your_sheets.drawing import Page, Say, Style

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def months(book: Any, say: Say) -> None:
    """Draw a column for each month beside a target for the whole year."""
    page = Page(book, "2026", [32, 12, 10, *[6.3] * 12], Style(fill="#2E75B6"))
    page.over(0, 14, say("THEO DÕI KPI NĂM 2026", "KPI TRACKING 2026"), "title")
    named = [say(f"T{number}", month) for number, month in enumerate(MONTHS, 1)]
    page.row(*say("Chỉ tiêu|ĐVT|Kế hoạch năm", "KPI|Unit|Annual target").split("|"), *named, look="header", height=30)
    page.forms = dict.fromkeys(range(2, 15), "#,##0")
    for title, unit, target, *values in (
        (say("Doanh thu", "Revenue"), say("triệu đồng", "1,000 EUR"), 12000,
         850, 790, 910, 940, 980, 1010, 1000, 1050, 1090, 1120),
        (say("Khách hàng mới", "New customers"), say("khách", "customers"), 300,
         18, 22, 25, 21, 27, 24, 26, 29, 30, 28),
        (say("Khiếu nại (càng thấp càng tốt)", "Complaints (lower is better)"), say("lần", "cases"), 60,
         6, 4, 5, 7, 3, 4, 6, 5, 2, 4),
    ):  # fmt: skip
        page.row(title, unit, target, *values, *[None] * (12 - len(values)))


def weeks(book: Any, say: Say) -> None:
    """Draw key results with a column for each week's check-in."""
    page = Page(book, "OKR Q4", [38, 34, 10, 9, 9, *[7] * 8], Style(fill="#00B0A0"))
    page.row(say("OKR Quý 4/2026 – cập nhật thứ Hai hằng tuần", "OKRs Q4 2026 – updated every Monday"), look="bold")
    page.row(
        *say("Mục tiêu|Kết quả then chốt|Phụ trách|Đầu kỳ|Chỉ tiêu", "Objective|Key result|Owner|Start|Target").split(
            "|"
        ),
        *(say(f"Tuần {number}", f"Week {number}") for number in range(40, 48)),
        look="header",
        height=30,
    )
    goal = say("Cửa hàng mới chạy tốt trước Tết", "The new shop does well before Christmas")
    lan, son = say("Lan", "Anna"), say("Sơn", "Eva")
    page.row(goal, say("Khách vào cửa hàng mỗi ngày", "Visitors to the shop a day"), lan, 0, 200,
             20, 45, 60, 80, 95, 110, 130, None)  # fmt: skip
    page.row(goal, say("Đơn mỗi ngày", "Orders a day"), lan, 0, 80, 5, 12, 20, 26, 33, 40, 47, None)
    page.row(goal, say("Nhân viên qua kỳ sát hạch", "Staff who passed the exam"), son, 0, 10, 0, 1, 2, 4, 4, 5, 6, None)


def blocks(book: Any, say: Say) -> None:
    """Draw quarters as blocks of columns: target, actual, and a percentage that the sheet itself computes."""
    page = Page(book, "KPI", [30, 11, 9, *[8.5] * 12], Style(fill="#833C0C"))
    page.over(0, 14, say("KPI KHỐI SẢN XUẤT 2026", "PRODUCTION KPIs 2026"), "title")
    front = say("Chỉ tiêu|ĐVT|Trọng số", "KPI|Unit|Weight").split("|")
    page.row(*front, *[None] * 12, look="header")
    page.row(*[None] * 3, *say("KH|TH|% đạt", "Target|Actual|%").split("|") * 4, look="header")
    for place, text in enumerate(front):
        page.span(place, place, text, "header", up=1, down=1)
    for quarter in range(4):
        page.span(3 + 3 * quarter, 5 + 3 * quarter, say(f"Quý {quarter + 1}", f"Q{quarter + 1}"), "header", up=1)
    page.forms = {2: "0%", **{place: "0%" if place % 3 == 2 else "#,##0" for place in range(3, 15)}}
    for title, unit, weight, pairs in (
        (say("Sản lượng", "Output"), say("tấn", "tonnes"), 0.5, [(300, 290), (320, 325), (330, 318), (350, 190)]),
        (say("Mẻ đạt chuẩn ngay lần đầu", "Batches right first time"), "%", 0.3,
         [(92, 90), (93, 93), (94, 95), (95, 93)]),
        (say("Đề xuất cải tiến", "Suggestions"), say("ý kiến", "ideas"), 0.2, [(20, 14), (20, 22), (25, 27), (25, 16)]),
    ):  # fmt: skip
        page.row(title, unit, weight, *(value for pair in pairs for value in (*pair, None)))
        for quarter, (target, actual) in enumerate(pairs):
            page.ratio(5 + 3 * quarter, actual, target)


def pairs(book: Any, say: Say) -> None:
    """Draw a row of targets above a row of actuals for each KPI."""
    page = Page(
        book, say("Chỉ số tháng", "Monthly"), [28, 11, 11, *[7] * 12], Style("Times New Roman", "#E2EFDA", "#000000")
    )
    page.over(0, 14, say("CHỈ SỐ NHÀ MÁY – NĂM 2026", "PLANT FIGURES – 2026"), "title")
    named = [say(f"T{number}", month) for number, month in enumerate(MONTHS, 1)]
    page.row(*say("Chỉ tiêu|ĐVT|", "KPI|Unit|").split("|"), *named, look="header")
    for title, unit, aims, done in (
        (say("Sản lượng", "Output"), say("tấn", "tonnes"), [100] * 6 + [110] * 6,
         [92, 95, 97, 96, 99, 98, 103, 105, 108, 104]),
        (say("Giờ công đào tạo", "Training hours"), say("giờ", "hours"), [40] * 12,
         [38, 41, 35, 44, 40, 42, 39, 37, 45, 40]),
    ):  # fmt: skip
        page.row(title, unit, say("Kế hoạch", "Target"), *aims)
        page.row(None, None, say("Thực hiện", "Actual"), *done, *[None] * (12 - len(done)))
        page.span(0, 0, title, "cell", up=1, down=1)
        page.span(1, 1, unit, "centred", up=1, down=1)


def period_rows(book: Any, say: Say) -> None:
    """Draw a row for each month and a column for each KPI, with unit, owner and target above."""
    page = Page(book, say("Số liệu", "Figures"), [15, 18, 18, 20, 18], Style(fill="#BF9000"))
    page.row(say("KPI THÁNG CỦA CỬA HÀNG – NĂM 2026", "MONTHLY KPIs OF THE SHOP – 2026"), look="bold")
    page.header(
        say("Tháng|Doanh thu|Số hóa đơn|Khách thành viên mới|Hàng hủy", "Month|Revenue|Receipts|New members|Waste"),
        height=22,
    )
    page.forms = dict.fromkeys(range(1, 5), "#,##0")
    page.row(*say("Đơn vị|triệu đồng|hóa đơn|khách|kg", "Unit|1,000 EUR|receipts|people|kg").split("|"), look="group")
    page.row(*say("Phụ trách|Lan|Lan|Hoa|Sơn", "Owner|Anna|Anna|Clara|Eva").split("|"), look="group")
    page.row(say("Kế hoạch", "Target"), 450, 3000, 60, 40, look="group")
    values: Sequence[Sequence[int]] = (
        (410, 2650, 48, 52),
        (425, 2800, 55, 47),
        (440, 2900, 61, 44),
        (432, 2875, 58, 39),
    )
    for month, row in enumerate(values, 7):
        page.row(f"{month:02}/2026", *row)
