"""RO247: which units of one row do not go together, and where it is told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.language import Lexicon
from sheetsync.locales import load
from sheetsync.model import Quantity
from sheetsync.reading.targets import Texts
from sheetsync.reading.words import Words
from sheetsync.rules import message
from sheetsync.workbook import Cell
from tests.factories import check_in, kpi, objective
from tests.rules.facts import ENGLISH, VIETNAMESE, facts, found
from tests.rules.situation_parts import kept, one, percent, result, typed

TEXTS = Texts(Words(Lexicon(load("vi"), load("en"))))


def read(text: str, column: int = 18) -> Cell[Any]:
    """Give a cell with what reading makes of its text."""
    return typed(text, TEXTS.target(text), column)


def told(seen: Any) -> list[tuple[str, Any, Any]]:
    """Give where RO247 is told, and which two cells it names."""
    return [(str(hit.cell), hit.params["raw"], hit.params["other"]) for hit in found("RO247", seen)]


@pytest.mark.parametrize(
    ("target", "current", "differ"),
    [
        ("5000 USD", "100 triệu đồng", True),
        ("100 USD", "50 EUR", True),
        ("$100", "50 €", True),
        ("2 ngày", "12 giờ", True),
        ("10 tấn", "5000 kg", True),
        (">= 10 tấn", "5000 kg", True),
        ("2 hours or less", "90 phút", True),
        ("4,5/5", "8/10", True),
        ("20 khách", "5 triệu đồng", True),
        ("5 tỷ đồng", "3 tỷ", False),
        ("5 tỷ VND", "300 triệu đồng", False),
        ("500 ₫", "300 đồng", False),
        ("5 h", "3 hours", False),
        ("5 giờ", "3 tiếng", False),
        ("30 ngày làm việc", "28 ngày", False),
        ("1 day", "3 days", False),
        ("50 khách", "30 người", False),
        ("4,5/5", "4 sao", False),
        ("5 M", "300k", False),
        ("95%", "5 USD", False),
        ("+10%", "5 USD", False),
    ],
)
def test_which_units_differ(target: str, current: str, differ: bool) -> None:
    """Words of one unit go together, as do words of size and names for what is counted; two measures never do."""
    okr = one(unit=None, baseline=None, target=read(target), current=read(current, 19))()
    assert told(okr) == ([("OKR!S6", current, target)] if differ else [])
    scored = kpi(unit=None, target=read(target), actual=read(current, 19))
    assert len(told(facts(scored))) == differ


@pytest.mark.parametrize(
    ("unit", "target", "current", "differ"),
    [
        ("kg", "5 tấn", 3000, True),
        ("triệu đồng", "5000 USD", 3, True),
        ("ngày", "2 tuần", 12, True),
        ("giờ", "2 ngày", ">= 1", True),
        ("kg", "5 tấn", "3 tấn", False),
        ("kg", "5 tấn", 0, False),
        ("kg", "5 kg", 3, False),
        ("tỷ đồng", "5 tỷ", 3, False),
        ("hợp đồng", "5 tỷ đồng", 3, False),
        ("đồng/tháng", "5 USD", 3, False),
        ("giày", "5 tỷ đồng", 3, False),
        ("%", "5 USD", 3, False),
    ],
)
def test_the_column_unit_is_the_unit_of_plain_numbers(unit: str, target: str, current: Any, differ: bool) -> None:
    """A written unit other than the column's is told where another number of the row is in that of the column."""
    value = read(current, 19) if isinstance(current, str) else current
    seen = one(unit=unit, baseline=None, target=read(target), current=value)()
    assert told(seen) == ([("OKR!R6", target, unit)] if differ else [])


def test_each_value_is_told_where_it_stands() -> None:
    """The log and the months of a KPI are looked at too, and the messages name their columns in both languages."""
    entry = check_in(value=Quantity(50, unit="EUR"), date=date(2025, 11, 18))
    entry = entry._replace(value=entry.value._replace(raw="50 EUR"))
    own = result(unit=None, baseline=None, target=read("100 USD"), current=None, check_in_date=None)
    (hit,) = found("RO247", facts(objective(), own, result("KR-2", 7), entry))
    assert (hit.cell, hit.item) == (entry.value.ref, "KR-1")
    assert message(hit, ENGLISH).startswith("Value says “50 EUR”, but Target says “100 USD”: ")
    assert message(hit, VIETNAMESE).startswith("Giá trị ghi “50 EUR”, còn Chỉ tiêu ghi “100 USD”: ")
    month = kept("T10")
    month = month._replace(actual=month.actual._replace(raw="10 triệu đồng", value=Quantity(1e7)))
    scored = kpi(unit=None, target=read("500 USD"), periods=(kept("T9"), month))
    assert told(facts(scored)) == [(str(month.actual.ref), "10 triệu đồng", "500 USD")]


def test_a_sum_of_money_that_was_read_as_a_percentage_is_told() -> None:
    """5 USD beside percentages was taken for 5 %, which nobody can have meant."""
    target, current = percent(95), typed("5 USD", Quantity(0.05, percent=True, unit="USD"), 19)
    assert len(told(one(unit=None, baseline=None, target=target, current=current)())) == 1
    plain = one(unit=None, baseline=None, target=target, current=typed("5 USD", Quantity(5, unit="USD"), 19))()
    assert (len(told(plain)), len(found("RO224", plain))) == (0, 1)
