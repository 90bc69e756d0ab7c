"""Values that somebody types beside an item: read as they would be in its row."""

from __future__ import annotations

from typing import Any

import pytest

from sheetsync import locales
from sheetsync.language import Lexicon
from sheetsync.model import Bounds, Done, Metric, Milestones, Quantity
from sheetsync.reading.typed import read_typed
from sheetsync.workbook import Cell
from tests.factories import key_result, objective

WORDS = Lexicon(*(locales.load(language) for language in locales.languages()))


@pytest.mark.parametrize(
    ("field", "text", "row", "value"),
    [
        ("current", "9.2e9", {"target": 12e9}, Quantity(9.2e9)),
        ("current", "5,5 tỷ", {"target": 12e9}, Quantity(5.5e9)),
        ("current", "30 %", {"target": Quantity(0.5, True)}, Quantity(0.3, True)),
        ("current", "45", {"target": Quantity(0.5, True)}, Quantity(0.45, True)),
        ("current", "40%", {"target": 80, "baseline": 20}, Quantity(40)),
        ("target", "80%", {"target": 60, "current": 40}, Quantity(80)),
        ("target", ">= 80%", {"target": 60, "current": 40}, Bounds(80, None)),
        ("current", "500 triệu", {"target": 8, "unit": "tỷ"}, Quantity(0.5)),
        ("current", "B", {"target": Milestones(("A", "B"))}, Milestones(("B",))),
        ("current", "xong", {"metric": Metric.YES_NO}, Done(True)),
        ("target", ">= 60", {"current": 50}, Bounds(60, None)),
        ("baseline", "-12", {"target": 5}, Quantity(-12.0)),
        ("weight", "30%", {}, Quantity(0.3, True)),
        ("confidence", "7/10", {}, Quantity(0.7, True)),
        ("current", "plenty", {"target": 10}, None),
        ("weight", "heavy", {}, None),
        ("current", "1e400", {"target": 10}, None),
    ],
)
def test_a_typed_value_means_what_it_would_mean_in_the_row(
    field: str, text: str, row: dict[str, Any], value: Any
) -> None:
    """Shows sizes, percentages, units, milestones, answers and bounds, and that nonsense is none of them."""
    item = key_result(**row)
    cell = read_typed(item, field, getattr(item, field), text, WORDS, ".")
    if value is None:
        assert cell is None
        return
    assert cell is not None
    found = cell.value
    assert found._replace(unit=None) == value if isinstance(found, Quantity) else found == value


def written(text: Any, value: Any) -> Cell[Any]:
    """Give a cell of a text with what its row has made of it."""
    return Cell("OKR", 5, 7, text, value)


FOUR = written("≥ 4/5", Bounds(4, None))
SHARE = written("≥ 4/5", Bounds(0.8, None, percent=True))
THREE = written("3/5", Quantity(3, unit="/5"))
EIGHT = written("8/10", Quantity(0.8, percent=True))


@pytest.mark.parametrize(
    ("field", "text", "row", "value"),
    [
        ("current", "8/10", {"target": FOUR, "current": THREE}, Quantity(4)),
        ("current", "7/10", {"target": FOUR, "current": THREE}, Quantity(3.5)),
        ("current", "80%", {"target": FOUR, "current": THREE}, Quantity(4)),
        ("current", "4", {"target": FOUR, "current": THREE}, Quantity(4)),
        ("current", "8/10", {"target": FOUR, "current": None}, Quantity(4)),
        ("target", "≥ 9/10", {"target": FOUR, "current": THREE}, Bounds(4.5, None)),
        ("current", "9/10", {"target": SHARE, "current": EIGHT}, Quantity(0.9, True)),
        ("current", "4", {"target": SHARE, "current": EIGHT}, Quantity(0.8, True)),
        ("current", "4/5", {"target": SHARE, "current": EIGHT}, Quantity(0.8, True)),
        ("current", "75%", {"target": SHARE, "current": EIGHT}, Quantity(0.75, True)),
        ("target", ">= 9", {"target": SHARE, "current": EIGHT}, Bounds(0.9, None, True)),
        ("current", "5/5", {"target": written("9/10", Quantity(0.9, True)), "current": EIGHT}, Quantity(1, True)),
        ("current", "40", {"target": FOUR, "current": THREE}, None),
    ],
)
def test_a_value_on_another_scale_is_held_against_the_row(
    field: str, text: str, row: dict[str, Any], value: Any
) -> None:
    """Shows that 8/10 beside 4/5 means what the sheet's own cell would mean, in the terms in which the row stands."""
    item = key_result(**row)
    cell = read_typed(item, field, getattr(item, field), text, WORDS, ".")
    found = cell and cell.value
    assert found._replace(unit=None) == value if isinstance(found, Quantity) else found == value


@pytest.mark.parametrize(("decimal", "number"), [(",", 1234.0), (".", 1.234)])
def test_where_the_text_does_not_tell_the_marks_of_the_language_do(decimal: str, number: float) -> None:
    """Shows 1.234 as a thousand in Vietnamese and as a little more than one in English."""
    item = key_result(target=10)
    cell = read_typed(item, "current", item.current, "1.234", WORDS, decimal)
    assert cell is not None
    assert cell.value == Quantity(number)


def test_the_weight_of_an_objective_can_be_typed() -> None:
    """Shows that an item without any measure is read too."""
    item = objective()
    cell = read_typed(item, "weight", item.weight, "40 %", WORDS, ".")
    assert cell is not None
    assert cell.value == Quantity(0.4, True)
