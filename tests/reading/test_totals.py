"""Tests of telling totals from goals."""

from __future__ import annotations

import pytest

from sheetsync.cli import shipped
from sheetsync.reading import read_goals
from sheetsync.reading.understanding.grid import Grid
from sheetsync.workbook import CellValue, Workbook, Worksheet
from tests.reading.adopted.adopting import adopted
from tests.reading.sheets import LEXICON, TODAY, Rows

HEADERS = {
    "vi": ("STT", "Tên KPI", "Đơn vị tính", "Trọng số", "Kế hoạch", "Thực hiện"),
    "en": ("No", "KPI", "Unit", "Weight", "Target", "Actual"),
    "de": ("Nr.", "Kennzahl", "Einheit", "Gewichtung", "Zielwert", "Istwert"),
    "ru": ("№", "Показатель", "Ед. изм.", "Вес", "План", "Факт"),
    "zh": ("序号", "指标", "单位", "权重", "目标值", "实际值"),
}
NAMES = ("Alpha beta", "Total revenue", "Epsilon zeta", "Tổng số nhân viên", "Overall satisfaction", "Total cost")
WEIGHTS = (0.2, 0.1, 0.2, 0.15, 0.2, 0.15)
TOTALS = (
    *(("vi", word) for word in ("Cộng mục I", "Tổng nhóm tài chính", "Tổng", "Tổng trọng số", "Cộng (A)", "Bình quân")),
    *(("en", word) for word in ("Subtotal", "Sub-total", "Total section A", "TOTAL (A+B)", "Section total", "Average")),
    *(("de", word) for word in ("Summe Vertrieb", "Zwischensumme Vertrieb", "Durchschnitt")),
    *(("ru", word) for word in ("Итого по разделу 1", "Всего по отделу", "Среднее")),
    *(("zh", word) for word in ("合计", "财务小计")),
)


def sheet(language: str, total: tuple[str | None, str | None]) -> Rows:
    """Make a list of KPIs with a total among them."""
    rows: list[list[CellValue]] = [
        [place + 1, name, "%", weight, 100 + place, 90 + place]
        for place, (name, weight) in enumerate(zip(NAMES, WEIGHTS, strict=True))
    ]
    return [["Acme"], list(HEADERS[language]), *rows[:3], [*total, None, 0.5, 303, 273], *rows[3:]]


@pytest.mark.parametrize(("language", "word"), TOTALS)
@pytest.mark.parametrize("named", [True, False], ids=["as a name", "as a number"])
def test_a_total_among_the_rows_is_no_goal(language: str, word: str, named: bool) -> None:
    """Shows that a total inside a table is left out in whatever words, and that goals named like one stay."""
    total = (None, word) if named else (word, None)
    assert tuple(kpi.title.value for kpi in adopted(KPI=sheet(language, total)).kpis) == NAMES


def test_a_goal_named_like_a_total_stays_where_nothing_adds_up() -> None:
    """Shows that of rows without numbers in front only one whose figures are sums of those above is a total."""
    rows: Rows = [
        ["KPI", "Target", "Actual"],
        ["Sales north", 100, 90],
        ["Sales south", 50, 40],
        ["Total visits", 900, 800],
        ["Total sales", 1050, 930],
        ["Average order", 30, 20],
    ]
    goals = adopted(KPI=rows)
    assert [kpi.title.value for kpi in goals.kpis] == ["Sales north", "Sales south", "Total visits", "Average order"]


def test_an_objective_named_like_a_total_stays() -> None:
    """Shows that an objective of which only the name is told is no total, whatever its first word."""
    rows: Rows = [
        ["#", "Objective", "Key result", "Target", "Current"],
        [None, "Total market leadership", None, None, None],
        [None, None, "Win three cities", 3, 1],
        [None, None, "Total of ten shops", 10, 4],
    ]
    goals = adopted(OKR=rows)
    assert [objective.title.value for objective in goals.objectives] == ["Total market leadership"]
    assert [result.title.value for result in goals.key_results] == ["Win three cities", "Total of ten shops"]


@pytest.mark.parametrize("title", ["Tổng điểm", "Tổng điểm KPI", "TỔNG TRỌNG SỐ", "Total score", "Grand total:"])
def test_a_score_below_the_rows_is_a_total_in_reading_and_in_adopting(title: str) -> None:
    """Shows one truth: a row with such a name and a figure is a total, with unit and target of its own a goal."""
    head: list[CellValue] = ["STT", "Tên KPI", "ĐVT", "Trọng số", "Chỉ tiêu", "Thực hiện"]
    rows: list[list[CellValue]] = [head, [1, "Doanh thu", "tỷ", 0.5, 10, 8], [2, "Số khách", "khách", 0.5, 10, 9]]
    cases: list[tuple[list[CellValue], bool]] = [
        ([None, title, None, None, None, 90], True),
        ([None, title, None, 1, None, None], True),
        ([3, f"{title} hài lòng", "điểm", 0.5, 10, 8], False),
    ]
    for last, is_total in cases:
        sheet = Worksheet("KPI", [*rows, last])
        goals = read_goals(Workbook("b", "b.xlsx", (sheet,), "r"), LEXICON, today=TODAY)
        assert (len(goals.kpis) == 2) is is_total
        assert Grid(sheet, shipped.vocabulary()).is_total(4) is is_total
