"""What reading was not sure of: dates of two meanings, placeholders, and the errors of formulas."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsync.language import Phrases
from sheetsync.locales import load
from sheetsync.model import Cycle, Goals
from sheetsync.noticed import Doubt
from sheetsync.reading.dates import Order, order_within, readings
from sheetsync.reading.periods import year_in
from tests.reading.sheets import TODAY, key_result, read

Q4 = Cycle("Q4/2025", date(2025, 10, 1), date(2025, 12, 31))
DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))
UNCLEAR_DAYS = DAYS.filter(lambda day: day.day <= 12 and day.day != day.month)
FORMS = {Order.DAY_FIRST: "{0.day:02}/{0.month:02}/{0.year}", Order.MONTH_FIRST: "{0.month}/{0.day}/{0.year}"}


def dues(*texts: Any, cycle: Cycle | None = None, **columns: list[Any]) -> Goals:
    """Read key results with these due dates, and further columns by header."""
    rows = [
        [f"Revenue {place}", "An", text, *(column[place] for column in columns.values())]
        for place, text in enumerate(texts)
    ]
    return read(OKR=[["Key result", "Owner", "Due", *columns], *rows], cycle=cycle)


def days(goals: Goals) -> list[date | None]:
    """Give what was read."""
    return [item.due.value for item in goals.key_results]


@settings(max_examples=60, deadline=None)
@given(
    unclear=st.lists(UNCLEAR_DAYS, min_size=1, max_size=5),
    order=st.sampled_from(list(FORMS)),
    year=st.integers(1990, 2099),
)
def test_one_clear_date_decides_for_its_column(unclear: list[date], order: Order, year: int) -> None:
    """Dates written in one order are read in it as soon as one of them can be nothing else."""
    told = [*unclear, date(year, 12, 31)]
    goals = dues(*(FORMS[order].format(day) for day in told))
    assert days(goals) == told
    assert goals.doubts == ()


@settings(max_examples=60, deadline=None)
@given(unclear=st.lists(UNCLEAR_DAYS, min_size=1, max_size=5), order=st.sampled_from(list(FORMS)))
def test_unclear_dates_alone_are_left_in_doubt(unclear: list[date], order: Order) -> None:
    """Where nothing shows what comes first, no date is read, and each is told with both days."""
    goals = dues(*(FORMS[order].format(day) for day in unclear))
    assert days(goals) == [None] * len(unclear)
    assert [set(doubt.readings) for doubt in goals.doubts] == [
        {day, date(day.year, day.day, day.month)} for day in unclear
    ]


@given(
    day=DAYS,
    form=st.sampled_from(
        [
            "{0.day}.{0.month}.{0.year}",
            "{0:%Y-%m-%d}",
            "{0:%Y/%m/%d}",
            "{0:%Y%m%d}",
            "{0:%d %b %Y}",
            "{0:%B %d, %Y}",
            "ngày {0.day} tháng {0.month} năm {0.year}",
            "{0.day} thg {0.month}, {0.year}",
            "{0:%a, %d %B %Y 17:00}",
        ]
    ),
)
@settings(max_examples=120, deadline=None)
def test_a_form_that_can_be_read_in_one_way_only_needs_no_help(day: date, form: str) -> None:
    """Points, years first and names of months are clear by themselves."""
    assert days(dues(form.format(day))) == [day]


@given(day=DAYS)
@settings(max_examples=60, deadline=None)
def test_the_number_of_a_day_is_that_day(day: date) -> None:
    """A date that lost its format, as a number and as a text, is read as sheets count days."""
    serial = (day - date(1899, 12, 30)).days
    assert days(dues(serial, float(serial), str(serial))) == [day] * 3


def test_another_column_or_a_text_beside_the_table_decides() -> None:
    """A start that is clear settles the dues; so does any date with its year on the worksheet."""
    assert days(dues("06/04/2026", Start=["15/01/2026"])) == [date(2026, 4, 6)]
    above = [["As of:", "12/31/2025"], []]
    found = read(OKR=[*above, ["Key result", "Owner", "Due"], ["Revenue", "An", "06/04/2026"]]).key_results[0]
    assert found.due.value == date(2026, 6, 4)


def test_the_cycle_decides_where_only_one_day_lies_in_it() -> None:
    """05/11 is in the last quarter as 5 November only; 10/11 and 11/10 are in it either way."""
    assert days(dues("05/11/2025", cycle=Q4)) == [date(2025, 11, 5)]
    assert days(dues("11/05/2025", cycle=Q4)) == [date(2025, 11, 5)]
    assert days(dues("10/11/2025", cycle=Q4)) == [None]
    assert days(dues("05/11/2025", "10/11/2025", cycle=Q4)) == [date(2025, 11, 5), date(2025, 11, 10)]
    assert days(dues("05/11/2025", Cycle=["Q4/2025"])) == [date(2025, 11, 5)]


def test_true_dates_beside_it_decide_where_only_one_day_is_near_them() -> None:
    """Among days of November 05/11 is a day of November."""
    assert days(dues("05/11/2025", datetime(2025, 11, 20)))[0] == date(2025, 11, 5)
    assert days(dues("05/11/2025", datetime(2020, 11, 20)))[0] is None


def test_dates_that_contradict_each_other_decide_nothing() -> None:
    """In a column with both orders only what is clear is read."""
    goals = dues("31/12/2025", "12/31/2025", "05/11/2025", cycle=Q4)
    assert days(goals) == [date(2025, 12, 31), date(2025, 12, 31), None]
    assert [doubt.cell.raw for doubt in goals.doubts] == ["05/11/2025"]


def test_without_any_unclear_date_no_order_is_needed() -> None:
    """Both orders hold what is not there."""
    assert order_within([("soon", Q4.start, Q4.due)], year_in(None, TODAY)) is Order.UNKNOWN
    assert readings("11/11/2025", year_in(None, TODAY)) is None


@pytest.mark.parametrize(("header", "day"), [("Start", date(2025, 10, 1)), ("Due", date(2025, 12, 31))])
def test_a_period_counts_from_its_first_day_or_until_its_last(header: str, day: date) -> None:
    """A start of Q4/2025 is its first day, a due of it the last."""
    found = read(OKR=[["Key result", "Owner", header], ["Revenue", "An", "Q4/2025"]]).key_results[0]
    assert getattr(found, header.casefold()).value == day


def test_a_check_in_is_a_day_and_no_period() -> None:
    """Somebody looked on one day; a month is not one."""
    assert key_result(Check_in="T11/2025").check_in_date.unreadable


@pytest.mark.parametrize(
    "text", ["${owner}", "{{owner}}", "{{ first }} {{last}}", "<insert name>", "[điền tên]", "${a}/${b}"]
)
def test_a_placeholder_counts_as_empty_and_is_told(text: str) -> None:
    """What a template left behind is no name, no number and no date."""
    goals = read(OKR=[["Key result", "Owner", "Target", "Due"], ["Revenue", text, text, text]])
    item = goals.key_results[0]
    assert (item.owner.blank, item.target.blank, item.due.blank) == (True, True, True)
    assert [(doubt.kind, doubt.cell.raw, doubt.cell.column) for doubt in goals.doubts] == [
        ("placeholder", text, column) for column in (2, 3, 4)
    ]


@pytest.mark.parametrize("text", ["Raise {{x}} by half", "Cost < 5 > 3", "[VIP] An", "$5", "{a}", "<An>"])
def test_a_text_with_words_of_its_own_is_no_placeholder(text: str) -> None:
    """Only a cell with nothing else in it is one."""
    goals = read(OKR=[["Key result", "Owner", "Target"], ["Revenue", text, 5]])
    assert goals.key_results[0].owner.value == text
    assert goals.doubts == ()


def test_a_row_of_placeholders_is_no_goal() -> None:
    """The pattern row of a template disappears."""
    goals = read(OKR=[["Key result", "Owner", "Target"], ["{{kr}}", "{{owner}}", "{{target}}"], ["Revenue", "An", 5]])
    assert [item.title.value for item in goals.key_results] == ["Revenue"]


def test_the_error_of_a_formula_is_no_text() -> None:
    """A broken look-up names nobody; in a column of numbers it is unreadable as any other text is."""
    goals = read(OKR=[["Key result", "Owner", "Team", "Target"], ["Revenue", "#REF!", "#N/A", "#DIV/0!"]])
    item = goals.key_results[0]
    assert (item.owner.value, item.owner.raw, item.team.value) == (None, "#REF!", None)
    assert item.target.unreadable
    assert [(doubt.kind, doubt.cell.raw) for doubt in goals.doubts] == [("error", "#REF!"), ("error", "#N/A")]


def test_a_doubt_is_told_once() -> None:
    """A table that is looked at several times names each cell once."""
    goals = read(KPI=[["KPI", "Unit", "Target", "T10", "T11"], ["Revenue", "đ", "1.234", "{{x}}", "2.345"]])
    assert len(goals.doubts) == len(set(goals.doubts)) == 3
    assert all(isinstance(doubt, Doubt) for doubt in goals.doubts)


@given(day=st.dates(TODAY - timedelta(days=170), TODAY + timedelta(days=170)), language=st.sampled_from(["en", "vi"]))
@settings(max_examples=60, deadline=None)
def test_what_a_language_writes_is_read_in_its_column(day: date, language: str) -> None:
    """Dates that the program writes itself are read beside a clear one of the same form."""
    phrases = Phrases(load(language))
    assert days(dues(phrases.date(day), phrases.date(date(2025, 12, 31))))[0] == day
