"""Check-ins, people and settings."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from sheetsync.model import Bounds, Cycle, Done, Milestones, Quantity
from tests.reading.sheets import OKR, read

GOALS = [
    OKR,
    ["O-1", "Grow", None, None, None, None, None, None, None, None, None],
    ["KR-1", None, "Revenue", "An", None, "tỷ", 1, 10, 20, 12, None],
    ["KR-2", None, "On time", "An", None, "%", 1, "80%", "95%", None, None],
    ["KR-3", None, "Launch", "An", "yes/no", None, 1, None, "có", None, None],
    ["KR-4", None, "Steps", "An", None, None, 1, None, "A; B; C", None, None],
]


def log(*rows: list[Any]) -> list[Any]:
    """Read a check-in log beside some goals."""
    head = ["Date", "KR ID", "Key result", "Value", "Confidence", "Blocker", "Note"]
    return list(read(OKR=GOALS, Check_ins=[head, *rows]).check_ins)


def test_a_check_in_is_read_in_the_terms_of_its_key_result() -> None:
    """A plain 90 is 90 % where percentages are kept, a cross is a yes, names are milestones, triệu come to tỷ."""
    found = log(
        ["05/11/2025", "KR-1", None, "13 tỷ", "Ổn", "Thiếu người", "ok"],
        [datetime(2025, 11, 6), "KR-2", None, 90],
        ["07/11", "KR-3", None, "x"],
        ["08/11", "KR-4", None, "a, C"],
    )
    assert [entry.value.value for entry in found] == [
        Quantity(13.0),
        Quantity(0.9, percent=True),
        Done(True),
        Milestones(("A", "C")),
    ]
    assert [entry.date.value for entry in found] == [date(2025, 11, day) for day in (5, 6, 7, 8)]
    assert (found[0].confidence.value, found[0].blocker.value) == (Quantity(0.5, percent=True), "Thiếu người")


@pytest.mark.parametrize(
    ("unit", "baseline", "target", "typed", "value"),
    [
        (None, None, 80, "40%", 40.0),
        ("%", None, 80, "40%", 40.0),
        (None, 20, 80, "50%", 50.0),
        ("%", 80, 0, "5%", 5.0),
        (None, None, ">= 80", "75,5%", 75.5),
        (None, None, 0.8, "40%", 0.4),
        (None, None, 8, "40", 40.0),
    ],
)
def test_a_percentage_beside_plain_numbers_is_so_many_of_them(
    unit: str | None, baseline: Any, target: Any, typed: str, value: float
) -> None:
    """Shows that 40 % in the log is half of a plain 80, as it is in the row, whether the unit says % or nothing."""
    row = ["KR-1", None, "On time", "An", None, unit, 1, baseline, target, None, None]
    head = ["Date", "KR ID", "Value"]
    goals = read(OKR=[*GOALS[:2], row], Check_ins=[head, ["05/11/2025", "KR-1", typed]])
    assert [entry.value.value for entry in goals.check_ins] == [Quantity(value)]
    assert isinstance(goals.key_results[0].target.value, Quantity | Bounds)
    assert not goals.key_results[0].target.value.percent


@pytest.mark.parametrize(("metric", "target"), [("percent done", 80), ("milestone", 5), (None, 500)])
def test_a_percentage_that_is_no_number_of_the_row_stays_one(metric: str | None, target: Any) -> None:
    """Shows the share of the work or of the milestones that is done, and a target that counts something else."""
    row = ["KR-1", None, "On time", "An", metric, None, 1, None, target, None, None]
    goals = read(OKR=[*GOALS[:2], row], Check_ins=[["Date", "KR ID", "Value"], ["05/11/2025", "KR-1", "40%"]])
    assert [entry.value.value for entry in goals.check_ins] == [Quantity(0.4, percent=True)]


def test_a_key_result_is_named_by_id_or_by_its_title() -> None:
    """Case and accents do not count; what names nothing keeps its text."""
    found = log(["05/11", "kr-1", None, 1], ["05/11", None, "on TIME", 90], ["05/11", "KR-9", None, 1])
    assert [entry.item.value for entry in found] == ["KR-1", "KR-2", "KR-9"]
    assert [entry.item.raw for entry in found] == ["kr-1", "on TIME", "KR-9"]


def test_rows_that_name_and_say_nothing_are_left_out() -> None:
    """A date alone is no check-in."""
    assert log(["05/11", None, None, None], [None, None, None, None]) == []


def test_people_are_read() -> None:
    """A row with a name or an address is a person."""
    goals = read(
        Nhân_sự=[
            ["Họ tên", "Email", "Phòng ban", "Quản lý", "Xưng hô", "Ngôn ngữ"],
            ["Trần An", "an@example.com", "Kinh doanh", "Lê Bình", "chị", "vi"],
            [None, "b@example.com"],
            [None, None, "Kho"],
        ]
    )
    assert [(who.name.value, who.email.value, who.honorific.value) for who in goals.people] == [
        ("Trần An", "an@example.com", "chị"),
        (None, "b@example.com", None),
    ]


@pytest.mark.parametrize("header", ["Phòng ban", "Đội", "Nhóm", "Team"])
def test_the_team_of_a_person_is_read_under_each_of_its_names(header: str) -> None:
    """What mails call a team may stand over the column too."""
    goals = read(Nhân_sự=[["Họ tên", "Email", header], ["Trần An", "an@example.com", "Kinh doanh"]])
    assert [who.team.value for who in goals.people] == ["Kinh doanh"]


def test_settings_are_read_in_either_language() -> None:
    """The word stands on the left, its value in the next cell that holds something."""
    goals = read(
        Cài_đặt=[
            ["CÀI ĐẶT"],
            ["Công ty", "", "Minh Long Food"],
            ["Chu kỳ", "Q4/2025"],
            ["Cách chấm điểm", "default@1"],
            ["KPI profile:", "vn-kpi@1"],
            ["Ngôn ngữ", "Tiếng Việt"],
        ],
        OKR=GOALS,
    )
    settings = goals.settings
    assert settings is not None
    assert (settings.company.value, settings.company.column) == ("Minh Long Food", 3)
    assert (settings.profile.value, settings.kpi_profile.value, settings.language.value) == (
        "default@1",
        "vn-kpi@1",
        "vi",
    )
    assert goals.cycle == settings.cycle.value == Cycle("Q4/2025", date(2025, 10, 1), date(2025, 12, 31))
    assert goals.unread == ()


def test_a_cycle_that_is_given_stands_above_the_settings() -> None:
    """The configuration can override what the workbook says."""
    given = Cycle("mine", date(2025, 1, 1), date(2025, 2, 1))
    assert read(Settings=[["Cycle", "Q4/2025"]], cycle=given).cycle is given


def test_settings_that_cannot_be_read_keep_their_text() -> None:
    """A wrong cycle or language is for the rules to report."""
    settings = read(Settings=[["Cycle", "soon"], ["Language", "Klingon"], ["Profile"]]).settings
    assert settings is not None
    assert settings.cycle.unreadable
    assert settings.language.unreadable
    assert settings.profile.blank


def test_a_workbook_without_settings_has_none() -> None:
    """Nothing is made up."""
    goals = read(OKR=GOALS)
    assert goals.settings is None
    assert goals.cycle is None
