"""Cycles of every form, from the cell that names them to what the row then says in both languages."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import pytest

from sheetsync.sync import evaluate
from sheetsync.writeback.columns import Column
from sheetsync.writeback.shown import Shown
from tests.books import book, job
from tests.reading.sheets import LEXICON

WHY = Column("why", "text", quiet=True)
TODAY = date(2026, 11, 21)
"""The day of every case that names no other; a Saturday."""


class Case(NamedTuple):
    """One row under one cycle: 60 of 100 reached, checked in on the day, unless the case says otherwise."""

    cycle: str
    today: date = TODAY
    start: date | None = None
    due: date | None = None
    current: float | None = 60
    fiscal_start: int = 1
    own: str | None = None
    """The row's own cycle."""


ON_56 = (
    0.5604,
    "on_track",
    "60% against 56% expected; last update 21 Nov",
    "60%, mốc kỳ vọng 56%; cập nhật gần nhất 21/11",
)
ON_64 = (
    0.6429,
    "on_track",
    "60% against 64% expected; last update 21 Nov",
    "60%, mốc kỳ vọng 64%; cập nhật gần nhất 21/11",
)
ON_69 = (
    0.6897,
    "on_track",
    "60% against 69% expected; last update 21 Nov",
    "60%, mốc kỳ vọng 69%; cập nhật gần nhất 21/11",
)
ON_22 = (
    0.2225,
    "on_track",
    "60% against 22% expected; last update 21 Nov",
    "60%, mốc kỳ vọng 22%; cập nhật gần nhất 21/11",
)
AT_78 = (
    0.7814,
    "at_risk",
    "60% against 78% expected; last update 21 Nov",
    "60%, mốc kỳ vọng 78%; cập nhật gần nhất 21/11",
)
OFF_89 = (
    0.8901,
    "off_track",
    "60% against 89% expected; last update 21 Nov",
    "60%, mốc kỳ vọng 89%; cập nhật gần nhất 21/11",
)
LOST = (None, "not_scored", "No cycle: start or due day missing", "Chưa có chu kỳ: thiếu ngày bắt đầu hoặc hạn")


def missed(english: str, vietnamese: str) -> tuple[float, str, str, str]:
    """Give what a row says that was due on a day and closed at 60 %."""
    return (
        1.0,
        "missed",
        f"Closed at 60%, below the pass mark of 70%; due {english}",
        f"Kết thúc chỉ đạt 60%, dưới mức đạt 70%; hạn {vietnamese}",
    )


FORMS = [
    *((text, ON_56) for text in ("Q4/2026", "2026-Q4", "Q4.2026", "Q4/26", "4Q26", "Quý 4/2026", "Quý IV")),
    *((text, ON_56) for text in ("quý 4 năm 2026", "quý tư 2026", "Tháng 10-12/2026", "T10–T12/2026")),
    *((text, ON_56) for text in ("01/10/2026 - 31/12/2026", "từ 01/10/2026 đến 31/12/2026", "Chu kỳ Q4/2026")),
    *((text, AT_78) for text in ("H2/26", "H2 2026", "2H26", "6 tháng cuối năm 2026", "nửa cuối năm 2026")),
    *((text, ON_69) for text in ("T11/2026", "Tháng 11", "11/2026", "Nov 2026")),
    *((text, OFF_89) for text in ("Năm 2026", "2026", "FY26", "cả năm 2026")),
    ("6 tháng đầu năm 2026", missed("30 Jun", "30/06")),
    ("2026-2027", LOST),
    ("năm học 2026-2027", LOST),
    ("31/12/2026 - 01/10/2026", LOST),
    ("", LOST),
]
"""Names of cycles where the firm's year is the calendar's: half of Q4 is 51 of 91 days."""

OWN_YEAR = [
    (4, "FY26", missed("31 Mar", "31/03")),
    (4, "FY27", ON_64),
    (4, "năm tài chính 2027", ON_64),
    (4, "Năm TC 2026-2027", ON_64),
    (4, "2026-2027", ON_64),
    (4, "Q3 FY27", ON_56),
    (4, "Quý 3 năm tài chính 2027", ON_56),
    (9, "2026-2027", ON_22),
    (9, "năm học 2026-2027", ON_22),
    (
        9,
        "HK1 2026-2027",
        (
            0.45,
            "on_track",
            "60% against 45% expected; last update 21 Nov",
            "60%, mốc kỳ vọng 45%; cập nhật gần nhất 21/11",
        ),
    ),
    (9, "Q4/2026", ON_56),
]
"""Names where the firm's year begins in another month; a plain quarter stays the calendar's."""

DAY = date
DAYS = [
    (Case("Q4/2026", today=DAY(2026, 9, 30)), (0.0, "not_started", "Starts on 1 Oct 2026", "Bắt đầu từ 01/10/2026")),
    (
        Case("Q4/2026", today=DAY(2026, 10, 1)),
        (0.0, "on_track", "60% against 0% expected; last update 1 Oct", "60%, mốc kỳ vọng 0%; cập nhật gần nhất 01/10"),
    ),
    (
        Case("Q4/2026", today=DAY(2026, 12, 31)),
        (
            1.0,
            "off_track",
            "60% against 100% expected; last update 31 Dec",
            "60%, mốc kỳ vọng 100%; cập nhật gần nhất 31/12",
        ),
    ),
    (Case("Q4/2026", today=DAY(2027, 1, 1)), missed("31 Dec", "31/12")),
    (Case("Q1/2027"), (0.0, "not_started", "Starts on 1 Jan 2027", "Bắt đầu từ 01/01/2027")),
    (
        Case("6 tháng đầu năm 2026", current=100),
        (1.0, "achieved", "Closed at 100%, pass mark 70%; due 30 Jun", "Kết thúc đạt 100%, mức đạt 70%; hạn 30/06"),
    ),
    (
        Case("6 tháng đầu năm 2026", current=None),
        (1.0, "missed", "No value by the due day, 30 Jun", "Đến hạn 30/06 vẫn chưa có số thực hiện"),
    ),
]
"""Before a cycle, on its first and last day, and after it."""

OWN_DATES = [
    (
        Case("Q4/2026", start=DAY(2026, 11, 16)),
        (
            0.1111,
            "on_track",
            "60% against 11% expected; last update 21 Nov",
            "60%, mốc kỳ vọng 11%; cập nhật gần nhất 21/11",
        ),
    ),
    (
        Case("Q4/2026", due=DAY(2026, 11, 30)),
        (
            0.85,
            "at_risk",
            "60% against 85% expected; last update 21 Nov",
            "60%, mốc kỳ vọng 85%; cập nhật gần nhất 21/11",
        ),
    ),
    (Case("Q4/2026", start=DAY(2026, 11, 1), due=DAY(2026, 11, 20)), missed("20 Nov", "20/11")),
    (
        Case("Q4/2026", start=DAY(2026, 12, 1)),
        (0.0, "not_started", "Starts on 1 Dec 2026", "Bắt đầu từ 01/12/2026"),
    ),
    (
        Case("", start=DAY(2026, 7, 1), due=DAY(2027, 6, 30)),
        (
            0.3929,
            "on_track",
            "60% against 39% expected; last update 21 Nov",
            "60%, mốc kỳ vọng 39%; cập nhật gần nhất 21/11",
        ),
    ),
    (
        Case("Q4/2026", start=DAY(2026, 12, 31), due=DAY(2026, 10, 1)),
        (None, "not_scored", "Due before it starts", "Hạn trước ngày bắt đầu"),
    ),
    (Case("Q4/2026", own="T11/2026"), ON_69),
    (Case("Năm 2026", own="Quý 3"), missed("30 Sep", "30/09")),
    (Case("Q4/2026", start=DAY(1900, 1, 1)), ON_56),
    (Case("Q4/2026", due=DAY(9999, 12, 31)), ON_56),
]
"""Rows with dates or a cycle of their own, whole and half; days of the years 1900 and 9999 are not taken for any."""


def told(case: Case, language: str) -> tuple[float | None, str, str]:
    """Give the expected progress, the status, and the sentence of the case's row."""
    head: list[Any] = ["ID", "Objective", "Key result", "Owner", "Baseline", "Target", "Current", "Check-in"]
    rows: list[list[Any]] = [
        [*head, "Start", "Due", "Cycle"],
        ["O-1", "Grow online", None, "Lan", None, None, None, None, None, None, None],
        ["KR-1", None, "Orders", "Lan", 0, 100, case.current, case.today, case.start, case.due, case.own],
    ]
    settings = [["Company", "Minh Long Food"], ["Cycle", case.cycle]]
    given = job(fiscal_start=case.fiscal_start, language=language)._replace(today=case.today, lexicon=LEXICON)
    found = evaluate(book(rows, settings), given)
    score = found.scorecard.scores["KR-1"]
    (sentence,) = Shown(found.phrases).values(WHY, [score])
    expected = None if score.expected is None else round(score.expected, 4)
    return expected, score.status.value, str(sentence)


def assert_told(case: Case, wanted: tuple[float | None, str, str, str]) -> None:
    """Compare the whole outcome of a row in both languages."""
    expected, status, english, vietnamese = wanted
    assert told(case, "en") == (expected, status, english)
    assert told(case, "vi") == (expected, status, vietnamese)


@pytest.mark.parametrize(("text", "wanted"), FORMS)
def test_every_name_of_a_cycle_gives_its_pace(text: str, wanted: Any) -> None:
    """Shows what a row says under each name that people write into the settings."""
    assert_told(Case(text), wanted)


@pytest.mark.parametrize(("first", "text", "wanted"), OWN_YEAR)
def test_a_year_of_its_own_gives_its_pace(first: int, text: str, wanted: Any) -> None:
    """Shows fiscal and school years, their quarters and halves, by the month in which they begin."""
    assert_told(Case(text, fiscal_start=first), wanted)


@pytest.mark.parametrize(("case", "wanted"), DAYS)
def test_before_in_and_after_a_cycle(case: Case, wanted: Any) -> None:
    """Shows that nothing is judged before the first day, and that the last day is still open."""
    assert_told(case, wanted)


@pytest.mark.parametrize(("case", "wanted"), OWN_DATES)
def test_dates_of_its_own(case: Case, wanted: Any) -> None:
    """Shows that a row's own dates win, one of two fills up from the cycle, and impossible ones are not scored."""
    assert_told(case, wanted)
