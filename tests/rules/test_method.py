"""The method's own examples, in our words and as people would type them, pass without an error or a warning."""

from __future__ import annotations

from datetime import date

import pytest

from sheetsync.language import Lexicon
from sheetsync.locales import load
from sheetsync.model import Cycle
from sheetsync.profiles import load as load_profile
from sheetsync.reading import read_goals
from sheetsync.results import Finding, Severity
from sheetsync.rules import Facts, check
from sheetsync.scoring import profile_from, score
from sheetsync.workbook import CellValue, Workbook, Worksheet
from tests.rules.facts import WORDS

TODAY = date(2026, 2, 20)
CYCLE = Cycle("Q1/2026", date(2026, 1, 1), date(2026, 3, 31))
LEXICON = Lexicon(load("vi"), load("en"))

Row = tuple[CellValue, ...]
OKR = {
    "vi": (
        "Mã",
        "Cấp",
        "Tầm",
        "Liên kết với",
        "Mục tiêu",
        "Kết quả then chốt",
        "Người phụ trách",
        "Đơn vị tính",
        "Giá trị đầu kỳ",
        "Chỉ tiêu",
        "Thực hiện",
        "Bắt đầu",
        "Hạn",
        "Ngày cập nhật",
    ),
    "en": (
        "ID",
        "Level",
        "Horizon",
        "Aligned to",
        "Objective",
        "Key result",
        "Owner",
        "Unit",
        "Baseline",
        "Target",
        "Current",
        "Start",
        "Due",
        "Check-in",
    ),
}
KPI = {
    "vi": ("Mã", "Tên KPI", "Người phụ trách", "Đơn vị tính", "Chiều tốt", "Chỉ tiêu", "Thực hiện"),
    "en": ("ID", "KPI", "Owner", "Unit", "Direction", "Target", "Actual"),
}
CHECKED = date(2026, 2, 16)


def goal(key: str, level: str, horizon: str | None, parent: str | None, title: str, *dates: date) -> Row:
    """Give the row of an objective."""
    start, due = dates or (None, None)
    return (key, level, horizon, parent, title, None, "Lan", None, None, None, None, start, due, None)


def result(key: str, title: str, unit: str | None, baseline: CellValue, target: CellValue, current: CellValue) -> Row:
    """Give the row of a key result; two people share them."""
    owner = "Lan" if int(key.removeprefix("KR-")) % 2 else "Mai"
    return (key, None, None, None, None, title, owner, unit, baseline, target, current, None, None, CHECKED)


YEAR = (date(2026, 1, 1), date(2026, 12, 31))
THREE_YEARS = (date(2026, 1, 1), date(2028, 12, 31))

EXAMPLES: dict[str, tuple[Row, ...]] = {
    "vi": (
        goal("O-1", "công ty", "chiến lược", None, "Doanh thu cả năm tăng thêm một phần tư", *YEAR),
        result("KR-1", "Mở rộng lượng khách hàng thêm 20%", "khách", 1000, 1200, 1050),
        result("KR-2", "Giá trị bình quân mỗi đơn tăng 10%", "triệu đồng", "5 triệu", "5,5 triệu", "5,1 triệu"),
        result("KR-3", "Giảm tỷ lệ khách rời đi 5 điểm", "%", "15%", "10%", "14%"),
        goal("O-2", "nhóm", "chiến thuật", "O-1", "Khách hài lòng hơn hẳn quý trước"),
        result("KR-4", "Rút ngắn một nửa thời gian trả lời khách", "giờ", 12, 6, 9),
        result("KR-5", "Số đánh giá tích cực tăng 20%", "đánh giá", 50, 60, 56),
        result("KR-6", "Cả đội được đào tạo về chăm sóc khách", None, None, "có", "chưa"),
        goal("O-3", "cá nhân", None, None, "Nói trước đám đông tự tin hơn"),
        result("KR-7", "Hai bài nói mỗi tháng", "bài", None, "2 mỗi tháng", 2),
        result("KR-8", "Ít nhất 80% người nghe khen", "%", None, "≥ 80%", "82%"),
        result("KR-9", "Vào câu lạc bộ luyện nói ở địa phương", None, None, "có", "có"),
        goal("O-4", "công ty", "chiến lược", None, "Có chỗ đứng ở thị trường mới với 10% thị phần", *THREE_YEARS),
        result("KR-10", "Khảo sát xong các thị trường có tiềm năng", "%", None, "100%", "40%"),
        result("KR-11", "Chốt cách thâm nhập thị trường", None, None, "có", "chưa"),
        result("KR-12", "Tung một sản phẩm mới ở thị trường đã chọn", None, None, "có", "chưa"),
        goal("O-5", "nhóm", "chiến thuật", "O-4", "Trang web nhanh gấp rưỡi"),
        result("KR-13", "Tối ưu hình ảnh và mã lệnh", "%", None, "100%", "60%"),
        result("KR-14", "Nâng cấp gói lưu trữ", None, None, "có", "có"),
        result("KR-15", "Chạy mạng phân phối nội dung", None, None, "có", "chưa"),
        goal("O-6", "nhóm", None, "O-1", "Tăng mức hài lòng của khách thêm 20%"),
        result("KR-16", "Thời gian phản hồi tốt lên 50%", "giờ", 24, 12, 17),
        result("KR-17", "Hệ thống lấy ý kiến có phản hồi từ ít nhất 50 khách", "khách", 0, 50, 31),
        result("KR-18", "Sau đào tạo, điểm hài lòng tăng 15%", "điểm", 80, 92, 87),
        result("KR-19", "Chương trình khách thân thiết đưa lượt mua lại tăng 10%", "lượt", 400, 440, 423),
        goal("O-7", "công ty", None, None, "Tăng trưởng doanh thu bền vững"),
        result("KR-20", "Doanh số tăng 30%", "tỷ đồng", "3 tỷ", "3,9 tỷ", "3,5 tỷ"),
        result("KR-21", "Giữ chân được 80% khách hàng", "%", "72%", "80%", "77%"),
        result("KR-22", "Ra mắt 1 sản phẩm mới", "sản phẩm", 0, 1, 0),
    ),
    "en": (
        goal("O-1", "company", "strategic", None, "A quarter more revenue by the end of the year", *YEAR),
        result("KR-1", "Customer base 20% larger", "customers", 1000, 1200, 1050),
        result("KR-2", "Average deal 10% bigger", "USD", 500, 550, 512),
        result("KR-3", "Churn down by 5 points", "%", "15%", "10%", "14%"),
        goal("O-2", "team", "tactical", "O-1", "Customers clearly happier than last quarter"),
        result("KR-4", "Answer in half the time", "hours", 12, 6, 9),
        result("KR-5", "20% more positive reviews", "reviews", 50, 60, 56),
        result("KR-6", "Everybody trained in good service", None, None, "yes", "not yet"),
        goal("O-3", "individual", None, None, "Speak in public with ease"),
        result("KR-7", "Two talks a month", "talks", None, "2 per month", 2),
        result("KR-8", "At least 80% of listeners were pleased", "%", None, "at least 80%", "82%"),
        result("KR-9", "Member of the local speaking club", None, None, "yes", "done"),
        goal("O-4", "company", "strategic", None, "A tenth of a new market is ours", *THREE_YEARS),
        result("KR-10", "Promising markets researched", "%", None, "100%", "40%"),
        result("KR-11", "Way into the market decided", None, None, "yes", "no"),
        result("KR-12", "New product on sale in the chosen market", None, None, "yes", "no"),
        goal("O-5", "team", "tactical", "O-4", "A website that feels half as slow"),
        result("KR-13", "Images and scripts slimmed down", "%", None, "100%", "60%"),
        result("KR-14", "Hosting upgraded", None, None, "yes", "yes"),
        result("KR-15", "Delivery network in place", None, None, "yes", "no"),
        goal("O-6", "team", None, "O-1", "Raise customer satisfaction by a fifth"),
        result("KR-16", "Response time better by half", "hours", 24, 12, 17),
        result("KR-17", "Feedback system live, with 50 answers", "customers", 0, 50, 31),
        result("KR-18", "After the training, satisfaction 15% higher", "points", 80, 92, 87),
        result("KR-19", "Loyalty programme brings 10% more repeat purchases", "orders", 400, 440, 423),
        goal("O-7", "company", None, None, "Grow revenue in a lasting way"),
        result("KR-20", "Sales 30% higher", "USD", 300000, 390000, 350000),
        result("KR-21", "80% of customers stay", "%", "72%", "80%", "77%"),
        result("KR-22", "One new product launched", "products", 0, 1, 0),
    ),
}
KPIS: dict[str, tuple[Row, ...]] = {
    "vi": (
        ("KPI-1", "Doanh số tháng", "Lan", "tỷ đồng", "càng cao càng tốt", "1 tỷ", "0,95 tỷ"),
        ("KPI-2", "Số khách tiềm năng thu được", "Tuấn", "khách", "càng cao càng tốt", 200, 188),
        ("KPI-3", "Tỷ lệ hài lòng, duy trì trên 90%", "Mai", "%", "càng cao càng tốt", "90%", "91%"),
    ),
    "en": (
        ("KPI-1", "Revenue of the month", "Lan", "USD", "higher", 100000, 95000),
        ("KPI-2", "Leads gathered", "Tuan", "leads", "higher", 200, 188),
        ("KPI-3", "Keep satisfaction above 90%", "Mai", "%", "higher", "90%", "91%"),
    ),
}


def findings(language: str) -> list[Finding]:
    """Read, score and check the examples of a language as one workbook."""
    sheets = (
        Worksheet("OKR", (OKR[language], *EXAMPLES[language])),
        Worksheet("KPI", (KPI[language], *KPIS[language])),
    )
    goals = read_goals(Workbook("method", "method.xlsx", sheets, "1"), LEXICON, today=TODAY, cycle=CYCLE)
    assert (len(goals.objectives), len(goals.key_results), len(goals.kpis)) == (7, 22, 3)
    profile, kpi_profile = profile_from(load_profile("default@1")), profile_from(load_profile("vn-kpi@1"))
    scorecard = score(goals, profile, kpi_profile, TODAY)
    assert all(one.not_scored is None for one in scorecard.scores.values())
    return list(check(Facts(goals, scorecard, TODAY, profile=profile, words=WORDS)))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_examples_pass(language: str) -> None:
    """No error, no warning, and at most two hints fire on the examples of the method, read as they would be typed."""
    seen = findings(language)
    assert [one for one in seen if one.severity is not Severity.HINT] == []
    assert len(seen) <= 2
