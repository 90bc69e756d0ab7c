"""Every form of a value that people were seen to type, with what is read; the golden table has a line for each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sheetsync.model import (
    Bounds,
    Cycle,
    Done,
    Goals,
    KeyResult,
    Milestones,
    Period,
    PerPeriod,
    Quantity,
    Relative,
)
from sheetsync.workbook import Cell
from tests.reading.sheets import LEXICON, read, workbook

NUMBERS = """
1250|1.250,5|1,250.5|1.234.567|1,234,567|3.332.477|50,000,000,000|1.000.000,00|1 234 567|1'234'567|0,75|0.500|.5|-5
(1.200,5)|−5,5|30%|30 %|+5%|-3.0%|120,40%|%1.8|21.34%|30 phần trăm|100％
500 triệu|499,6 triệu|100tr|100 tr|1 tỷ|5,5 tỷ|5.5 tỉ đồng|15 nghìn|20 ngàn|20k|3.5M|100 M|100 m|1.2bn
1tr5|1tr25|1tr250|1tr5 đồng|2 tỷ 3|2 tỷ 350|2 tỷ 35
1 tỷ 200 triệu|1 tỷ 200 triệu 500 nghìn|1k5|1m5|500k|1,2M|8 nghìn tỷ
1 tỷ 1200 triệu|200 triệu 1 tỷ|1 triệu 2 lần|-1tr5
3 tỷ rưỡi|3 ty ruoi|2 triệu rưỡi|3 tỷ rưỡi đồng|2 giờ rưỡi|tỷ rưỡi|500 nghìn rưỡi|3,5 tỷ rưỡi
1.000.000 ₫|₫1.000.000|₫1.500.000|VND 1,000,000
5.000.000 VNĐ|5.000.000đ|VND 500.000.000|2 triệu đồng|$3.5M|$18.5m|500 USD|US$ 5|3,7 tỷ VND
93 ngày|15 phút|40.87MB|8.5x|120 m²|120 m2|5 ha|12 (ngày)|12 khách hàng|3 sao|12 rổ
4,5/5|4.5/5|7/10|5/10|4,5/5 điểm|12/10|5/7/2025
1.234|1,234|499,616 triệu|8,000 tỷ|12.|1,1,1|1.2.3|abc
khoảng 80%|~80|≈ 5 tỷ|about 5|~|khoảng
#N/A|#REF!|#DIV/0!|-|—|–|…|...|N/A|NA|TBD|chưa có|chưa cập nhật|${current}|{{current}}|{{a}} / {{b}}
[điền số]|<insert value>
Có|không|✅|✓|x|Đạt|chưa xong|TRUE
"""
TARGETS = """
>=20|≥ 95%|=> 5|> 5|>5/10|< 3|<= 5|≤5%|=< 7|tối đa 5|Không quá 3 ngày|ít nhất 10|at least 50 customers|up to 5
5 trở lên|20+|10 or more|3 ngày trở xuống|5 or less|103 =<|>= 5M|≥1tr5|dưới 5%|trên 80%|over 50|±5%|+/- 2|≤ ±1,5%
~80|khoảng 80%|khoảng 10-15|80/90/100|80%/90%/100%|Ngưỡng 80%; Cơ bản 90%; Đẩy mạnh 100%|Min: 80; Max: 100
10-15|10 – 15|10 đến 15|từ 10 đến 20|between 10 and 20|10-20%|10 - 20 triệu|-10% đến +10%|1tr2 - 1tr5
mais 10%|-10% e +10%|93 dias|93 ngày|từ 1tr5 lên 2tr|from 5M to 10M
2-3 tỷ rưỡi|từ 1 tỷ rưỡi lên 3 tỷ rưỡi|1 tỷ rưỡi/tháng|≥ 3 tỷ rưỡi
từ 35 tỷ lên 68 tỷ|từ 35 lên 68 tỷ|from 10 to 20|đi từ 5 đến 9|67%→100%|5 -> 10|giảm từ 5% xuống còn 3%
+20%|-10%|tăng 25%|giảm 50%|reduce by 30 %|improve by 50%|cải thiện 50%
2/tháng|2 lần/tháng|2 buổi mỗi tháng|500 triệu/tháng|2 per week
1. A; 2. B (30%); 3. C|có/không|yes/no|Hoàn thành 12/2023|SI/NO|>= 1.234|từ 1.000 lên 2.000|{{target}}
"""
DUES = """
31/12/2026|31-12-2026|31.12.26|05.11.2025|2026-12-31|2026/12/31|2026-12-31T17:00:00|31/12/2026 17:00|17:00 31/12/2026
ngày 5 tháng 3 năm 2026|ngày 31/12/2026|Thứ tư, 31/12/2026|Wed, 31 Dec 2026|5 tháng 11|5 thg 11, 2025|31 / 12 / 2026
Mar 5, 2026|5 Mar|5 Mar 2026|2-Jan-26|5th November 2025|5th of November 2025|Dec 2026|Jan-26|05/Mar/2026
5 tháng mười hai năm 2026|Jan-05-2026
T12/2026|12/2026|Q4/2025|Tháng 12|2026|cả năm 2026|01/10/2025 - 31/12/2025|20261231|45962
06/04/18|06/04/2026|06-04-2026|05/11|11/11/2025|30/02/2026|#REF!|soon|TBD
"""
CYCLES = """
Q4/2025|Quý IV|Quý IV/2025|QIV/2025|Quý 4|Quý 1/2026|Q1 2025|Q2-2026|2026-Q1|2Q|Q1'26|Q3FY17
T10|T01/2025|Tháng 10|Tháng 04/2026|10/2025|2025-04|thg 10|Jan|Jan-26|October 2025|tháng mười hai|6 tháng 12
W14|tuần 14|W14/2026|H1|H1 2026|1H2026|6 tháng đầu năm|6 tháng cuối năm 2025|6 tháng|9 tháng|nửa đầu năm 2026
FY26|FY 2025-26|9 tháng đầu năm 2025|9T/2025|9M 2025|T1–T3|T1-T3/2025|T11–T2/2026
T10/2025-T3/2026|Q1-Q2/2025|Jan-Mar 2025|2024-2025|2024-2026|Q1/25|1月|1-3|T1-3/2025|01/10-31/12/2023
2025|năm 2025|cả năm|Cả năm 2026|NH 23-24|HK1|HK I/2025|học kỳ 2 năm học 2025-2026
01/10/2025 - 31/12/2025|từ 1/10/2025 đến 31/12/2025|01/10/2025 – 03/12/2025|soon|{{cycle}}
"""
DURATIONS = """
1h30|1h30'|1h5|1h05|1h30p|2 giờ 15 phút|2 tiếng 15|2 hours 15 minutes|2 giờ rưỡi|2,5 giờ|2 giờ|90 phút|90'|90
1h60|2 ngày|60-90 phút|<= 1h30|≤ 90 phút|1h30 - 2h|từ 2 giờ xuống 90 phút
"""
CONFIDENCES = """
0.7|70%|7/10|4/5|4,5/5|cao|trung bình|thấp|Rất tốt|Ổn|Không ổn lắm|high|Medium|low
🟢|🟡|🔴|🟠|🙂|🤔|😟|🟢 Cao|🔴 cao|12/10|maybe
"""
STATUSES = """
On Track|At Risk|Behind|Blocked|Completed|Todo|Done|Below Target|Above Target|Slight Risk|đúng tiến độ|chậm tiến độ
có rủi ro|Đạt|Không đạt|hoàn thành|đang thực hiện|chưa bắt đầu|quá hạn|🟢|🟡|🔴|✅|❌|xanh|vàng|đỏ
"""


def forms(told: str) -> list[str]:
    """Part a list of texts."""
    return [text for line in told.strip().splitlines() for text in line.split("|")]


def short(value: Any) -> str:
    """Write what was read in a few signs."""
    if isinstance(value, Quantity):
        number = f"{value.number * 100:.10g}%" if value.percent else f"{value.number:.15g}"
        return f"{number} {value.unit}" if value.unit else number
    if isinstance(value, Bounds):
        sign = "%" if value.percent else ""
        low, high = (
            "" if end is None else f"{end * 100 if value.percent else end:g}" for end in (value.low, value.high)
        )
        return f"{low}..{high}{sign}"
    if isinstance(value, Relative):
        return f"{'by ' if value.signed else 'better by '}{value.change * 100:+g}%"
    if isinstance(value, PerPeriod):
        return f"{value.number:.15g} a {value.frequency}"
    if isinstance(value, Cycle | Period):
        return f"{value.start} to {value.due if isinstance(value, Cycle) else value.end}"
    if isinstance(value, Milestones):
        return f"steps {', '.join(value.names)} {value.weights}"
    if isinstance(value, Done):
        return "yes" if value.yes else "no"
    return str(value)


def reading(cell: Cell[Any], goals: Goals) -> str:
    """Say what became of a text: what was read, that it counts as empty, or that it is unreadable, and how."""
    doubts = [doubt for doubt in goals.doubts if doubt.cell.ref == cell.ref]
    told = (
        f" ({doubts[0].kind}{': ' if doubts[0].readings else ''}{' or '.join(map(str, doubts[0].readings))})"
        if doubts
        else ""
    )
    if cell.value is not None:
        return short(cell.value) + told
    return ("unreadable" if cell.unreadable else "empty") + told


def alone(header: str, text: Any, *beside: Any) -> tuple[Goals, KeyResult]:
    """Read one text in a column of its own, with other cells of that column below."""
    rows = [["Revenue", "An", text], *(["Other", "An", other] for other in beside)]
    goals = read(OKR=[["Key result", "Owner", header], *rows])
    return goals, goals.key_results[0]


def lines(header: str, concept: str, told: str) -> list[str]:
    """Give a line of the table for each text of a concept."""
    made = []
    for text in forms(told):
        goals, item = alone(header, text)
        found = reading(getattr(item, concept), goals)
        if concept == "target" and item.baseline.value is not None:
            found = f"{short(item.baseline.value)} to {found}"
        made.append(f"{concept:<11} {text:<32} {found}")
    return made


def timed(unit: str) -> list[str]:
    """Give a line of the table for each time as a target, in a row of a unit."""
    made = []
    for text in forms(DURATIONS):
        goals = read(OKR=[["Key result", "Owner", "Unit", "Target"], ["Revenue", "An", unit, text]])
        item = goals.key_results[0]
        start = f"{short(item.baseline.value)} to " if item.baseline.value is not None else ""
        made.append(f"{'in ' + unit:<11} {text:<32} {start}{reading(item.target, goals)}")
    return made


def test_every_form_is_read_as_it_was_looked_at(golden: Callable[[str, str], None]) -> None:
    """One row for each form of a number, target, date, cycle, confidence and status; unclear ones are named as such."""
    table = [
        *lines("Current", "current", NUMBERS),
        *lines("Target", "target", TARGETS),
        *(line for unit in ("giờ", "phút", "đơn") for line in timed(unit)),
        *lines("Due", "due", DUES),
        *lines("Cycle", "cycle", CYCLES),
        *lines("Confidence", "confidence", CONFIDENCES),
        *(f"{'status':<11} {text:<32} {LEXICON.value('status', text)}" for text in forms(STATUSES)),
    ]
    golden("forms.txt", "\n".join(table) + "\n")


def test_a_raw_value_stays_what_stood_there() -> None:
    """Whatever is read, and whether anything is, the text itself is kept."""
    for header, concept, told in (("Current", "current", NUMBERS), ("Due", "due", DUES), ("Cycle", "cycle", CYCLES)):
        for text in forms(told):
            cell = getattr(alone(header, text)[1], concept)
            assert cell.raw in (text, None)
            assert cell.raw == text or cell.blank


def test_native_dates_and_serials_are_days() -> None:
    """A true date is itself, and a number in a column of dates is the day that sheets count so."""
    assert alone("Due", datetime(2026, 12, 31))[1].due.value == date(2026, 12, 31)
    assert alone("Due", 46387)[1].due.value == date(2026, 12, 31)
    assert alone("Due", 46387.75)[1].due.value == date(2026, 12, 31)
    assert alone("Due", 2026)[1].due.value == date(2026, 12, 31)
    assert alone("Due", 12)[1].due.unreadable


def test_a_workbook_may_count_its_days_from_1904() -> None:
    """Shows that a bare number is the day that its workbook means, and that true dates and texts stay themselves."""
    dues = (44925, "44925", datetime(2026, 12, 31))
    rows: list[list[Any]] = [["Key result", "Owner", "Due"], *(["A", "An", due] for due in dues)]
    book = workbook(OKR=rows)._replace(counts_from_1904=True)
    assert {item.due.value for item in read(book).key_results} == {date(2026, 12, 31)}
    assert {item.due.raw for item in read(book).key_results} == set(dues)
