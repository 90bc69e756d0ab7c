"""Sheets with a row for each goal: plain lists, forms, sections, objectives above or beside their key results."""

from __future__ import annotations

from datetime import date
from typing import Any

from your_sheets.drawing import Page, Say, Style


def flat(book: Any, say: Say) -> None:
    """Draw a plain list, one row for each key result, as most people keep it."""
    page = Page(book, "OKR", [5, 30, 34, 11, 9, 9, 9, 11, 18], Style())
    page.over(0, 8, say("THEO DÕI OKR QUÝ 4/2026 – CÔNG TY AN PHÚ", "OKR TRACKER – Q4 2026 – HARBOUR COFFEE"), "title")
    page.blank()
    page.header(
        say(
            "STT|Mục tiêu|Kết quả then chốt|Đơn vị tính|Đầu kỳ|Chỉ tiêu|Thực hiện|Phụ trách|Ghi chú",
            "No.|Objective|Key Result|Unit|Baseline|Target|Actual|Owner|Notes",
        ),
        height=30,
    )
    page.forms = {4: "#,##0", 5: "#,##0", 6: "#,##0"}
    online = say("Bán hàng trực tuyến thành kênh chính", "Make online sales our main channel")
    repeat = say("Khách mua rồi quay lại", "Customers come back to us")
    orders, people = say("đơn", "orders"), say("khách", "people")
    page.row(1, online, say("Tăng số đơn trực tuyến mỗi tháng", "Raise online orders a month"), orders, 400, 1000, 780,
             say("Lan", "Anna"), None)  # fmt: skip
    page.row(2, online, say("Giảm thời gian giao hàng", "Cut the delivery time"), say("giờ", "hours"), 48, 24, 36,
             say("Tuấn", "Ben"), say("đổi đơn vị giao", "new carrier"))  # fmt: skip
    page.row(3, repeat, say("Tăng khách mua từ hai lần trở lên", "Raise customers with two orders or more"), people,
             150, 300, 290, say("Hoa", "Clara"), None)  # fmt: skip
    page.row(4, repeat, say("Đạt điểm hài lòng của khách", "Reach a customer satisfaction score"),
             say("điểm", "points"), 70, 90, 82, say("Hoa", "Clara"),
             say("khảo sát tháng 11", "survey in November"))  # fmt: skip


def form(book: Any, say: Say) -> None:
    """Draw an appraisal form: letterhead, person, header of two rows, column numbers, totals, signatures."""
    page = Page(book, "KPI", [5, 36, 9, 11, 10, 10, 11, 12], Style("Times New Roman", "#D9D9D9", "#000000"))
    page.row(say("CÔNG TY CỔ PHẦN AN PHÚ", "HARBOUR COFFEE LTD"), look="bold")
    page.span(4, 7, say("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Human Resources"), "strong")
    page.row(say("Phòng Kinh doanh", "Sales Department"), look="plain")
    page.span(4, 7, say("Độc lập - Tự do - Hạnh phúc", "Form HR-07, version 2"), "strong")
    page.blank()
    page.over(0, 7, say("BẢNG ĐÁNH GIÁ KẾT QUẢ CÔNG VIỆC", "PERFORMANCE APPRAISAL"), "title")
    page.over(0, 7, say("Kỳ đánh giá: Quý 4/2026", "Period: Q4 2026"), "small")
    page.row(say("Họ và tên: Nguyễn Thị Lan", "Name: Anna Berg"), look="plain")
    page.row(say("Vị trí: Trưởng nhóm bán hàng", "Position: Sales team lead"), look="plain")
    page.blank()
    upper = say("STT|Nội dung đánh giá|Trọng số|Chỉ số đo lường|||Thực hiện|Ghi chú",
                "No.|Evaluation criteria|Weight|Measurement|||Actual|Remarks").split("|")  # fmt: skip
    page.row(*upper, look="header")
    page.row(*[None] * 3, *say("ĐVT|Hiện tại|Chỉ tiêu", "Unit|Baseline|Target").split("|"), None, None, look="header")
    page.span(3, 5, upper[3], "header", up=1)
    for place in (0, 1, 2, 6, 7):
        page.span(place, place, upper[place], "header", up=1, down=1)
    page.row(*(f"({number})" for number in range(1, 9)), look="numbers")
    page.forms = {2: "0%", 4: "#,##0", 5: "#,##0", 6: "#,##0"}
    money, share = say("triệu đồng", "1,000 EUR"), "%"
    page.row(1, say("Doanh thu của nhóm", "Revenue of the team"), 0.4, money, 900, 1200, 860, None)
    page.row(2, say("Số khách hàng mới ký hợp đồng", "New customers signed"), 0.3, say("khách", "customers"), 20, 30,
             24, None)  # fmt: skip
    page.row(3, say("Tỷ lệ thu hồi công nợ đúng hạn", "Receivables collected on time"), 0.3, share, 80, 95, 91, None)
    page.row(None, say("Tổng cộng", "Total"), None, None, None, None, None, None, look="total")
    page.sum(2, "=SUM(C12:C14)", 1.0)
    page.blank()
    page.row(say("Người được đánh giá", "Employee"), look="middle", at=1)
    page.span(5, 7, say("Trưởng phòng", "Head of department"), "middle")
    page.row(say("(ký, ghi rõ họ tên)", "(signature)"), look="small", at=1)
    page.span(5, 7, say("(ký, ghi rõ họ tên)", "(signature)"), "small")


def sections(book: Any, say: Say) -> None:
    """Draw KPIs in sections, each with a heading that has a letter and a weight of its own."""
    page = Page(book, say("KPI Quý 4", "KPI Q4"), [5, 40, 10, 12, 11, 11, 14], Style(fill="#548235"))
    page.over(0, 6, say("BỘ CHỈ TIÊU KPI PHÒNG KINH DOANH – QUÝ 4/2026", "SALES DEPARTMENT KPIs – Q4 2026"), "title")
    page.header(
        say("STT|Chỉ tiêu|Trọng số|ĐVT|Kế hoạch|Thực hiện|Người phụ trách", "No.|KPI|Weight|Unit|Target|Actual|Owner"),
        height=22,
    )
    page.forms = {2: "0%", 4: "#,##0", 5: "#,##0"}
    money, cases = say("triệu đồng", "1,000 EUR"), say("lần", "cases")
    lan, tuan, hoa = say("Lan", "Anna"), say("Tuấn", "Ben"), say("Hoa", "Clara")
    page.row("A", say("Tài chính", "Finance"), 0.6, *[None] * 4, look="group")
    page.row(1, say("Doanh thu thuần", "Net revenue"), 0.4, money, 3600, 2150, lan)
    page.row(2, say("Nợ quá hạn (càng thấp càng tốt)", "Overdue receivables (lower is better)"), 0.2, money, 200, 260,
             tuan)  # fmt: skip
    page.row("B", say("Khách hàng", "Customers"), 0.4, *[None] * 4, look="group")
    page.row(1, say("Số khách hàng mới", "New customers"), 0.25, say("khách", "customers"), 90, 61, lan)
    page.row(2, say("Khiếu nại về giao hàng (càng thấp càng tốt)", "Delivery complaints (lower is better)"), 0.15,
             cases, 10, 4, hoa)  # fmt: skip


def objective_rows(book: Any, say: Say) -> None:
    """Draw objectives in rows of their own with their key results beneath."""
    page = Page(book, "OKR Q4", [48, 12, 10, 10, 12, 13], Style(fill="#7030A0"))
    page.row(say("OKR PHÒNG MARKETING", "MARKETING TEAM OKRs"), look="red")
    page.row(say("Quý 4/2026", "Q4 2026"), look="plain")
    page.header(
        say(
            "Mục tiêu / Kết quả then chốt|Đơn vị|Chỉ tiêu|Hiện tại|Phụ trách|Hạn",
            "Objective / Key result|Unit|Target|Current|Owner|Due",
        ),
        height=22,
    )
    end = date(2026, 12, 31)
    lan, minh = say("Lan", "Anna"), say("Minh", "David")
    page.row(say("O1: Thương hiệu được biết đến ở Hà Nội", "O1: People in Hamburg know our brand"), *[None] * 3, lan,
             None, look="group")  # fmt: skip
    page.row(say("KR1: Lượt truy cập trang web", "KR1: Visits to the website"), say("lượt", "visits"), 50000, 31000,
             lan, end)  # fmt: skip
    page.row(say("KR2: Bài báo viết về công ty", "KR2: Articles about us in the press"), say("bài", "articles"), 8, 6,
             minh, end)  # fmt: skip
    page.row(say("O2: Quảng cáo ít tốn hơn", "O2: Advertising costs us less"), *[None] * 3, minh, None, look="group")
    page.row(say("KR1: Khách tiềm năng từ bài viết tự làm", "KR1: Leads from our own articles"), say("khách", "leads"),
             300, 120, minh, end)  # fmt: skip
    page.row(say("KR2: Video hướng dẫn đã đăng", "KR2: Tutorial videos published"), "video", 12, 9, lan,
             date(2026, 12, 15))  # fmt: skip


def merged_objectives(book: Any, say: Say) -> None:
    """Draw objectives as merged cells with their key results beside them, weights included."""
    page = Page(book, "OKR", [28, 38, 9, 9, 10, 10, 12], Style(fill="#C55A11"))
    page.over(0, 6, say("OKR KHỐI VẬN HÀNH – QUÝ 4/2026", "OPERATIONS OKRs – Q4 2026"), "title")
    page.header(
        say(
            "Mục tiêu|Kết quả then chốt|Trọng số|Đầu kỳ|Chỉ tiêu|Thực hiện|Phụ trách",
            "Objective|Key Result|Weight|Start|Target|Actual|Owner",
        ),
        height=22,
    )
    page.forms = {2: "0%", 3: "#,##0.0", 4: "#,##0.0", 5: "#,##0.0"}
    son, hoa = say("Sơn", "Eva"), say("Hoa", "Clara")
    for text, weight, *numbers, owner in (
        (say("Đơn giao đúng hẹn (%)", "Orders delivered on time (%)"), 0.5, 88, 97, 94, son),
        (say("Đơn bị trả lại mỗi tuần", "Returned orders a week"), 0.3, 20, 8, 11, hoa),
        (say("Kho được kiểm kê bằng mã vạch", "Warehouses counted by bar code"), 0.2, 0, 4, 2, son),
    ):
        page.row(None, text, weight, *numbers, owner)
    page.span(0, 0, say("Khách nhận hàng đúng hẹn, đúng món", "Customers get the right goods on time"), "cell",
              up=2, down=2)  # fmt: skip
    for text, weight, *numbers, owner in (
        (say("Giờ dừng máy mỗi tháng", "Hours of standstill a month"), 0.6, 40, 15, 22, hoa),
        (say("Công nhân vận hành được hai máy", "Workers who can run two machines"), 0.4, 5, 20, 12, hoa),
    ):
        page.row(None, text, weight, *numbers, owner)
    page.span(0, 0, say("Xưởng chạy ổn định", "The plant runs steadily"), "cell", up=1, down=1)


def outline(book: Any, say: Say) -> None:
    """Draw objectives and key results told apart by outline numbers."""
    page = Page(book, "OKR", [8, 46, 13, 10, 10, 14], Style("Times New Roman", "#BDD7EE", "#000000"))
    page.over(0, 5, say("MỤC TIÊU QUÝ 4/2026", "GOALS FOR Q4 2026"), "title")
    page.header(
        say(
            "STT|Mục tiêu và kết quả then chốt|ĐVT|Kế hoạch|Thực hiện|Người phụ trách",
            "No.|Objectives and key results|Unit|Target|Actual|Owner",
        ),
        height=22,
    )
    a, b, c = say("Hạnh", "Fiona"), say("Quân", "Georg"), say("Vy", "Helen")
    page.row(1, say("Tuyển đủ người giỏi cho nhà máy mới", "Hire good people for the new plant"), *[None] * 3, a,
             look="group")  # fmt: skip
    page.row(1.1, say("Kỹ sư đã nhận việc", "Engineers who have started"), say("người", "people"), 12, 9, a)
    page.row(1.2, say("Ứng viên do nhân viên giới thiệu", "Candidates recommended by staff"), say("người", "people"),
             40, 22, b)  # fmt: skip
    page.row(2, say("Nhân viên muốn ở lại", "People want to stay"), *[None] * 3, c, look="group")
    page.row(2.1, say("Điểm khảo sát gắn kết", "Engagement survey score"), say("điểm", "points"), 80, 76, c)
    page.row(2.2, say("Buổi đào tạo đã tổ chức", "Training sessions held"), say("buổi", "sessions"), 10, 10, b)


def codes(book: Any, say: Say) -> None:
    """Draw objectives and key results as rows that name their parent by its code."""
    page = Page(book, "OKR", [9, 9, 44, 10, 10, 12], Style(fill="#404040"))
    page.row(say("OKR PHÒNG KỸ THUẬT – QUÝ 4/2026", "ENGINEERING OKRs – Q4 2026"), look="bold")
    page.header(
        say(
            "Mã|Mã cha|Tên mục tiêu (O/KR)|Chỉ tiêu|Thực hiện|Phụ trách",
            "ID|Parent ID|Title (O/KR)|Target|Actual|Owner",
        ),
        height=22,
    )
    goals: tuple[tuple[str, str | None, str, int | None, int | None, str], ...] = (
        ("O1", None, say("Phần mềm chạy ổn định", "The software runs without trouble"), None, None, "Dũng"),
        ("KR1.1", "O1", say("Lỗi nghiêm trọng đã sửa", "Serious defects mended"), 40, 28, "Dũng"),
        ("KR1.2", "O1", say("Chức năng có kiểm thử tự động (%)", "Functions with automatic tests (%)"), 80, 66, "Mai"),
        ("O2", None, say("Khách dùng được ngay", "Customers start at once"), None, None, "Mai"),
        (
            "KR2.1",
            "O2",
            say("Khách tự cài đặt không cần gọi", "Customers who installed without a call"),
            120,
            75,
            "Mai",
        ),
    )
    for code, parent, title, target, actual, owner in goals:
        name = say(owner, {"Dũng": "Jonas", "Mai": "Katrin"}[owner])
        page.row(code, parent, title, target, actual, name, look="group" if parent is None else "cell")
