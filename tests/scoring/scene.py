"""The stage of the scoring tests: a quarter, a day in its middle, both profiles, and short ways to score."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import date
from typing import Any

from sheetsync import profiles
from sheetsync.model import Cycle, Frequency, Period, PeriodValue, Quantity
from sheetsync.results import Score, Scorecard
from sheetsync.scoring import Profile, profile_from, score
from tests import factories
from tests.factories import cell

START, DUE = date(2025, 10, 1), date(2025, 12, 31)
QUARTER = Cycle("Q4/2025", START, DUE)
HALF = date(2025, 11, 15)
"""45 of the quarter's 91 days: 49.45 % are expected."""

DEFAULT = profile_from(profiles.load("default@1"))
VN_KPI = profile_from(profiles.load("vn-kpi@1"))


def changed(name: str = "default@1", **tables: Mapping[str, Any]) -> Profile:
    """Give a profile with some keys of its tables changed; None takes a key away."""
    data: dict[str, Any] = copy.deepcopy(dict(profiles.load(name)))
    for table, keys in tables.items():
        data[table] = {key: value for key, value in {**data[table], **keys}.items() if value is not None}
    return profile_from(data)


def card(*items: Any, today: date = HALF, profile: Profile = DEFAULT, kpi: Profile = VN_KPI, **given: Any) -> Scorecard:
    """Score items in the quarter."""
    given.setdefault("cycle", QUARTER)
    return score(factories.goals(*items, **given), profile, kpi, today)


def one(*items: Any, today: date = HALF, profile: Profile = DEFAULT, **given: Any) -> Score:
    """Score a single key result described by fields (and check-ins beside it); it was checked in today."""
    given.setdefault("check_in_date", today)
    item = factories.key_result(**given)
    return card(item, *items, today=today, profile=profile).scores[item.key]


def percent(number: float) -> Quantity:
    """Give a percentage: ``percent(30)`` is 30 %."""
    return Quantity(number / 100, True)


def month(number: int, target: Any = None, actual: Any = None, year: int = 2025) -> PeriodValue:
    """Give one month of a KPI; plain numbers are quantities."""
    first = date(year, number, 1)
    last = date.fromordinal(date(year + number // 12, number % 12 + 1, 1).toordinal() - 1)
    return value_of(Period(Frequency.MONTH, first, last, f"T{number}"), target, actual, 10 + number)


def value_of(period: Period, target: Any, actual: Any, column: int = 30) -> PeriodValue:
    """Give target and actual of a period."""
    return PeriodValue(period, cell(quantity(target), column, 6, "KPI"), cell(quantity(actual), column + 20, 6, "KPI"))


def quantity(value: Any) -> Any:
    """Give a number as a quantity, anything else as it is."""
    return Quantity(float(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value


def kpi(*months: PeriodValue, today: date = HALF, profile: Profile = VN_KPI, **given: Any) -> Score:
    """Score a single KPI described by its months or fields."""
    item = factories.kpi(periods=tuple(months), **given)
    return card(item, today=today, kpi=profile).scores[item.key]


def notes(scorecard: Scorecard, key: str) -> set[str]:
    """Give the codes of what was assumed for an item."""
    return {note.code for note in scorecard.notes.get(key, ())}
