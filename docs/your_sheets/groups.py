"""Sheets in which a goal has no row of its own, or that have several tables: beside each other, or a sheet for each."""

from __future__ import annotations

from datetime import date
from typing import Any

from sheetsync.workbook import CellValue
from your_sheets.drawing import Page, Say, Style


def key_result_columns(book: Any, say: Say) -> None:
    """Draw an objective in each row with a group of columns for each of three key results."""
    page = Page(book, "OKR", [30, 12, *[24, 9, 9] * 3], Style(fill="#375623"))
    page.over(0, 10, say("OKR CÁC PHÒNG – QUÝ 4/2026", "DEPARTMENT OKRs – Q4 2026"), "title")
    front = say("Mục tiêu|Phụ trách", "Objective|Owner").split("|")
    page.row(*front, *[None] * 9, look="header")
    page.row(None, None, *say("Kết quả then chốt|Chỉ tiêu|Thực hiện", "Key result|Target|Actual").split("|") * 3,
             look="header")  # fmt: skip
    for place, text in enumerate(front):
        page.span(place, place, text, "header", up=1, down=1)
    for number in range(3):
        page.span(2 + 3 * number, 4 + 3 * number, f"KR{number + 1}", "header", up=1)
    page.row(say("Mở rộng ra miền Trung", "Grow in the south"), say("Lan", "Anna"),
             say("Đại lý mới", "New dealers"), 12, 7,
             say("Doanh thu miền Trung (triệu đồng)", "Revenue there (1,000 EUR)"),
             800, 520, say("Nhân viên tại chỗ", "Staff on site"), 6, 6, height=30)  # fmt: skip
    page.row(say("Chăm sóc khách tốt hơn", "Serve customers better"), say("Hoa", "Clara"),
             say("Cuộc gọi trả lời trong 1 phút (%)", "Calls answered in a minute (%)"), 90, 81,
             say("Câu hỏi có sẵn lời đáp", "Questions with a ready answer"), 60, 45, *[None] * 3)  # fmt: skip


def key_result_lines(book: Any, say: Say) -> None:
    """Draw several key results as lines of one cell, with targets and actuals as lines beside them."""
    page = Page(book, "OKR", [30, 44, 12, 12, 13, 13], Style(fill="#305496"))
    page.row(say("OKR quý 4/2026", "OKRs Q4 2026"), look="bold")
    page.header(
        say(
            "Mục tiêu|Kết quả then chốt|Chỉ tiêu|Hiện tại|Phụ trách|Hạn chót",
            "Objective|Key results|Target|Current|Owner|Due date",
        ),
        height=22,
    )
    first = say("1. Số trường học ký hợp đồng\n2. Suất ăn mỗi ngày\n3. Thực đơn được bác sĩ duyệt",
                "1. Schools under contract\n2. Meals a day\n3. Menus approved by a doctor")  # fmt: skip
    page.row(say("Vào được thị trường suất ăn trường học", "Enter the market for school meals"), first,
             "15\n2000\n20", "9\n1100\n20", say("Lan", "Anna"), date(2026, 12, 31), height=44)  # fmt: skip
    second = say(
        "1. Món mới bán chạy\n2. Giờ thử món với khách", "1. New dishes that sell well\n2. Tastings with customers"
    )
    page.row(say("Món mới hợp khẩu vị miền Nam", "New dishes that people like"), second, "5\n24", "2\n15",
             say("Sơn", "Eva"), date(2026, 12, 20), height=32)  # fmt: skip


def side_by_side(book: Any, say: Say) -> None:
    """Draw two tables of KPIs beside each other."""
    page = Page(book, say("KPI T11", "KPIs Nov"), [28, 10, 10, 10, 3, 28, 10, 10, 10], Style(fill="#44546A"))
    page.row(say("KPI THÁNG 11/2026", "KPIs NOVEMBER 2026"), look="red")
    page.over(0, 3, say("Phòng Bán hàng", "Sales"), "strong")
    page.span(5, 8, say("Phòng Kho vận", "Logistics"), "strong")
    names = say("Chỉ tiêu|ĐVT|Kế hoạch|Thực hiện", "KPI|Unit|Target|Actual").split("|")
    page.row(*names, look="header")
    page.last -= 1
    page.row(*names, look="header", at=5)
    left = ((say("Doanh thu", "Revenue"), say("triệu", "1,000 EUR"), 400, 310),
            (say("Đơn hàng mới", "New orders"), say("đơn", "orders"), 120, 101),
            (say("Khách quay lại", "Returning customers"), say("khách", "people"), 45, 47))  # fmt: skip
    right = ((say("Chuyến giao đúng giờ", "Deliveries on time"), say("chuyến", "trips"), 300, 214),
             (say("Đơn đóng gói mỗi ngày", "Orders packed a day"), say("đơn", "orders"), 80, 74),
             (say("Kiện hàng kiểm tra", "Parcels inspected"), say("kiện", "parcels"), 500, 380))  # fmt: skip
    for one, two in zip(left, right, strict=True):
        page.row(*one)
        page.last -= 1
        page.row(*two, at=5)


def transposed(book: Any, say: Say) -> None:
    """Draw a goal in each column with the headers down the side."""
    page = Page(book, "OKR", [20, 30, 30, 30], Style(fill="#C00000"))
    page.row(say("OKR của ban giám đốc, quý 4/2026", "OKRs of the directors, Q4 2026"), look="bold")
    page.blank()
    labels = say("Mục tiêu|Kết quả then chốt|Phụ trách|Đơn vị tính|Chỉ tiêu|Thực hiện",
                 "Objective|Key result|Owner|Unit|Target|Actual").split("|")  # fmt: skip
    told: tuple[tuple[CellValue, ...], ...] = (
        (say("Có lãi ở mọi cửa hàng", "Every shop makes a profit"), say("Giữ được nhân viên giỏi", "Keep good people"),
         say("Sẵn sàng xuất khẩu", "Be ready to export")),
        (say("Số cửa hàng có lãi", "Shops with a profit"), say("Nhân viên ở lại trên một năm", "Staff who stay a year"),
         say("Chứng nhận đã nhận được", "Certificates received")),
        (say("Anh Phú", "Paul"), say("Chị Hạnh", "Fiona"), say("Anh Quân", "Georg")),
        (say("cửa hàng", "shops"), say("người", "people"), say("chứng nhận", "certificates")),
        (14, 85, 3),
        (11, 79, 1),
    )  # fmt: skip
    for label, values in zip(labels, told, strict=True):
        page.row(label, look="header")
        page.last -= 1
        page.row(*values, look="centred", at=1)


def sheets(book: Any, say: Say) -> None:
    """Draw the same table of KPIs for each person, on a worksheet of its own."""
    for person, team, actual in (
        (say("Nguyễn Lan", "Anna Berg"), say("Bán hàng", "Sales"), (180, 12, 95)),
        (say("Trần Tuấn", "Ben Cole"), say("Bán hàng", "Sales"), (140, 15, 88)),
        (say("Lê Hoa", "Clara Dean"), say("Chăm sóc khách hàng", "Customer service"), (90, 4, 97)),
    ):
        page = Page(book, person, [6, 36, 10, 12, 11, 11], Style(fill="#FFC000", ink="#000000"))
        page.over(0, 5, say(f"KPI THÁNG 11/2026 – {person.upper()}", f"KPIs NOVEMBER 2026 – {person.upper()}"), "title")
        page.row(say(f"Bộ phận: {team}", f"Department: {team}"), look="plain")
        page.header(say("STT|Chỉ tiêu|Trọng số|ĐVT|Kế hoạch|Thực hiện", "No.|KPI|Weight|Unit|Target|Actual"), height=22)
        page.forms = {2: "0%"}
        page.row(1, say("Doanh số cá nhân", "Personal sales"), 0.5, say("triệu đồng", "1,000 EUR"), 200, actual[0])
        page.row(2, say("Khách hàng mới", "New customers"), 0.3, say("khách", "customers"), 15, actual[1])
        page.row(3, say("Báo cáo nộp đúng hạn", "Reports on time"), 0.2, "%", 100, actual[2])
