"""Workbooks as offices keep them that hold no OKRs and no KPIs: none of their lists may be taken for a table of goals.

Each is the rows of one worksheet, in Vietnamese or English, with titles, totals and notes as people make them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import xlsxwriter

Row = Sequence[object]

ATTENDANCE: Sequence[Row] = [
    ["CÔNG TY CP MINH LONG"],
    ["BẢNG CHẤM CÔNG THÁNG 11/2026"],
    ["STT", "Họ và tên", "Phòng ban", *range(1, 11), "Tổng công", "Nghỉ phép", "Ghi chú"],
    [1, "Trần Thị Bình", "Kinh doanh", *["x"] * 9, "P", 9, 1, None],
    [2, "Lê Hoàng Nam", "Kho", *["x"] * 8, "KP", "x", 9, 0, "Nghỉ không phép 09/11"],
    [3, "Phạm Thu Hà", "Kế toán", *["x"] * 10, 10, 0, None],
    ["Tổng cộng", None, None, *[3] * 10, 28, 1, None],
]
ATTENDANCE_ENGLISH: Sequence[Row] = [
    ["Attendance sheet - Training day 12 Nov 2026"],
    [],
    ["No.", "Name", "Department", "E-mail", "Morning", "Afternoon", "Signature"],
    [1, "Anna Lee", "Sales", "anna@example.com", "present", "present", None],
    [2, "Bob Tran", "Finance", "bob@example.com", "present", "absent", None],
    [3, "Chi Nguyen", "Sales", "chi@example.com", "present", "present", None],
]
INVOICE: Sequence[Row] = [
    ["HÓA ĐƠN GIÁ TRỊ GIA TĂNG"],
    ["Ký hiệu: 1C26TML", None, "Số: 00001234"],
    ["Đơn vị bán hàng: Công ty CP Minh Long"],
    ["STT", "Tên hàng hóa, dịch vụ", "Đơn vị tính", "Số lượng", "Đơn giá", "Thành tiền"],
    [1, "Bút bi Thiên Long", "cái", 100, 5000, 500000],
    [2, "Giấy A4 Double A", "ram", 20, 75000, 1500000],
    [3, "Mực in HP 12A", "hộp", 4, 850000, 3400000],
    [None, "Cộng tiền hàng", None, None, None, 5400000],
    [None, "Thuế GTGT 8%", None, None, None, 432000],
    [None, "Tổng tiền thanh toán", None, None, None, 5832000],
]
INVOICE_ENGLISH: Sequence[Row] = [
    ["INVOICE", None, None, "No. 2026-118"],
    ["Bill to:", "Delta Trading Ltd"],
    ["Due date:", date(2026, 12, 1)],
    ["Item", "Description", "Quantity", "Unit", "Unit price", "Amount"],
    ["A-100", "Consulting, October", 12, "hours", 95.0, 1140.0],
    ["A-200", "Workshop on site", 1, "day", 1200.0, 1200.0],
    [None, None, None, None, "Subtotal", 2340.0],
    [None, None, None, None, "VAT 10%", 234.0],
    [None, None, None, None, "Total", 2574.0],
]
PRICES: Sequence[Row] = [
    ["BẢNG GIÁ BÁN LẺ ÁP DỤNG TỪ 01/11/2026"],
    ["Mã hàng", "Tên hàng", "Quy cách", "ĐVT", "Giá bán lẻ", "Giá đại lý", "Chiết khấu"],
    ["NM-01", "Nước mắm 40 độ đạm", "Chai 500 ml", "chai", 68000, 61000, "10%"],
    ["NM-02", "Nước mắm 30 độ đạm", "Chai 750 ml", "chai", 55000, 49500, "10%"],
    ["TO-01", "Tương ớt Sa Đéc", "Chai 250 g", "chai", 18500, 16000, "13%"],
    ["GV-07", "Gia vị kho cá", "Gói 40 g", "gói", 7500, 6400, "15%"],
]
PAYROLL: Sequence[Row] = [
    ["BẢNG THANH TOÁN LƯƠNG THÁNG 10 NĂM 2026"],
    ["STT", "Họ tên", "Chức vụ", "Lương cơ bản", "Ngày công", "Phụ cấp", "BHXH", "Thuế TNCN", "Thực lĩnh"],
    [1, "Trần Thị Bình", "Trưởng phòng", 18000000, 22, 2000000, 1890000, 450000, 17660000],
    [2, "Lê Hoàng Nam", "Nhân viên kho", 9500000, 21, 800000, 997500, 0, 9302500],
    [3, "Phạm Thu Hà", "Kế toán", 12000000, 22, 1000000, 1260000, 50000, 11690000],
    ["Cộng", None, None, 39500000, 65, 3800000, 4147500, 500000, 38652500],
]
CONTACTS: Sequence[Row] = [
    ["Name", "Company", "Position", "Phone", "E-mail", "Address", "Notes"],
    ["Anna Lee", "Delta Trading", "Buyer", "0903 123 456", "anna@delta.example", "12 Le Loi", "prefers mail"],
    ["Bob Tran", "Minh Long", "Director", "0912 345 678", "bob@minhlong.example", "5 Hai Ba Trung", None],
    ["Chi Nguyen", "An Phat", "Accountant", "0987 654 321", "chi@anphat.example", "88 Nguyen Hue", None],
]
INVENTORY: Sequence[Row] = [
    ["BÁO CÁO XUẤT NHẬP TỒN KHO"],
    ["Tháng 10/2026"],
    ["STT", "Mã vật tư", "Tên vật tư", "ĐVT", "Tồn đầu kỳ", "Nhập trong kỳ", "Xuất trong kỳ", "Tồn cuối kỳ"],
    [1, "VT001", "Thép hộp 40x40", "cây", 120, 60, 85, 95],
    [2, "VT002", "Sơn chống rỉ", "thùng", 35, 10, 22, 23],
    [3, "VT003", "Bu lông M12", "kg", 410, 200, 380, 230],
    [None, None, "Tổng cộng", None, 565, 270, 487, 348],
]
MINUTES: Sequence[Row] = [
    ["BIÊN BẢN HỌP GIAO BAN TUẦN 46"],
    ["Thời gian:", "08:30 ngày 16/11/2026", None, "Địa điểm:", "Phòng họp tầng 3"],
    ["Thành phần:", "Ban giám đốc, trưởng các phòng"],
    ["STT", "Nội dung thảo luận", "Kết luận", "Người thực hiện", "Thời hạn"],
    [1, "Chậm giao hàng cho khách miền Trung", "Thuê thêm xe ngoài trong tháng 12", "Nam", date(2026, 11, 25)],
    [2, "Chuẩn bị hội chợ Cần Thơ", "Phòng kinh doanh lập danh sách hàng mẫu", "Bình", date(2026, 11, 20)],
    [3, "Kiểm kê cuối năm", "Kho và kế toán phối hợp, xong trước 28/12", "Hà", date(2026, 12, 28)],
]
TIMES: Sequence[Row] = [
    ["Timetable, week 47"],
    ["Time", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
    ["08:00 - 09:30", "Stand-up", "Sales training", "Stand-up", "Customer visit", "Stand-up"],
    ["09:45 - 11:30", "Planning", "Customer visit", "Workshop", "Customer visit", "Review"],
    ["13:00 - 15:00", "Interviews", "Interviews", "Workshop", "Reporting", "Free"],
    ["15:15 - 17:00", "Mail", "Mail", "Mail", "Mail", "Clean-up"],
]
TASKS: Sequence[Row] = [
    ["Project: move to the new warehouse"],
    ["Task", "Assigned to", "Priority", "Start date", "Due date", "Status", "Comments"],
    ["Sign the lease", "Anna", "High", date(2026, 9, 1), date(2026, 9, 15), "Done", None],
    ["Order the shelves", "Bob", "Medium", date(2026, 9, 20), date(2026, 10, 10), "In progress", "late supplier"],
    ["Move the stock", "Chi", "High", date(2026, 11, 1), date(2026, 11, 20), "To do", None],
    ["Hand over the keys", "Anna", "Low", date(2026, 11, 25), date(2026, 11, 30), "To do", None],
]
BURNDOWN: Sequence[Row] = [
    ["Sprint 14 burndown"],
    ["Day", "Ideal remaining", "Actual remaining", "Completed points"],
    *([day, 60 - 6 * day, left, 60 - left] for day, left in enumerate((60, 58, 51, 47, 40, 33, 30, 21, 12, 4, 0))),
]

NEGATIVES: Mapping[str, Sequence[Row]] = {
    "attendance": ATTENDANCE,
    "attendance in English": ATTENDANCE_ENGLISH,
    "invoice": INVOICE,
    "invoice in English": INVOICE_ENGLISH,
    "price list": PRICES,
    "payroll": PAYROLL,
    "contacts": CONTACTS,
    "inventory": INVENTORY,
    "minutes": MINUTES,
    "timetable": TIMES,
    "tasks": TASKS,
    "burndown": BURNDOWN,
}


def write_negative(path: Path, name: str, sheet: str = "Sheet1") -> Path:
    """Write one of these workbooks."""
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet(sheet)
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for row, values in enumerate(NEGATIVES[name]):
            for column, value in enumerate(values):
                if isinstance(value, date):
                    page.write_datetime(row, column, value, day)
                elif value is not None:
                    page.write(row, column, value)
    return path
