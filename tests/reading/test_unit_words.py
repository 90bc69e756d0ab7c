"""The units that people write beside numbers."""

from __future__ import annotations

from typing import Any

import pytest

from sheetsync.language import Lexicon, normalise_all
from sheetsync.locales import load
from sheetsync.model import Bounds, Quantity, Relative
from sheetsync.reading.unit_words import Unit, UnitWords
from tests.rules.situation_parts import typed

UNITS = UnitWords(Lexicon(load("en"), load("vi")).lists)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("5 m2", Quantity(5, unit="m²"), Unit("area", "square_metre")),
        ("12 (ngày)", Quantity(12, unit="ngày"), Unit("time", "day")),
        ("≥ $5,000", Bounds(5000, None), Unit("money", "USD")),
        ("2 giờ trở xuống", Bounds(None, 2), Unit("time", "hour")),
        ("≥ 3 tỷ rưỡi đồng", Bounds(3.5e9, None), Unit("money", "VND")),
        ("<= 3 ty ruoi dong", Bounds(None, 3.5e9), Unit("money", "VND")),
        ("R$ 5", Quantity(5, unit="BRL"), Unit("money", "BRL")),
        ("5 xyz", Quantity(5, unit="xyz"), None),
        ("tăng 5 %", Relative(0.05), None),
    ],
)
def test_units_are_found_beside_numbers(text: str, value: Any, unit: Unit | None) -> None:
    """A unit is found behind a number or before it, of a bound too; what is not known is no unit."""
    assert UNITS.written(typed(text, value)) == unit


def test_no_word_names_two_units() -> None:
    """No word of either language names two units, with its accents or without."""
    named: dict[str, set[str]] = {}
    for language in ("en", "vi"):
        for kind, units in load(language)["units"].items():
            for unit, words in units.items():
                for word in normalise_all(words):
                    named.setdefault(word, set()).add(f"{kind} {unit}")
    assert {word: units for word, units in named.items() if len(units) > 1} == {}
