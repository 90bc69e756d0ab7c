"""What stands above, below and beside a goal changes nothing of what is told about it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import Metric
from sheetsync.profiles import load as load_profile
from sheetsync.rules import RULES, Facts
from sheetsync.rules.registry import Hit
from sheetsync.scoring import profile_from, score
from tests.factories import check_in, key_result, kpi, objective, person
from tests.rules.facts import table
from tests.rules.situations import SITUATIONS

KPI_PROFILE = profile_from(load_profile("vn-kpi@1"))
PLACE: dict[str, Any] = {"table": "okr7", "sheet": "Beside"}
KPI_PLACE: dict[str, Any] = {"table": "kpi7", "sheet": "KPI beside"}
BLANK: dict[str, Any] = {"id": None, "title": None, "agreed": None}


def sound(key: str, row: int, **given: Any) -> Any:
    """Make a key result of the objective beside, with nothing to complain about."""
    usual: dict[str, Any] = {
        "title": f"Visits of kind {key}", "owner": "Thu", "unit": "visits", "metric": Metric.INCREASE, "baseline": 10,
        "target": 50, "current": 30, "check_in_date": date(2025, 11, 17), "objective": "B-1",
    }  # fmt: skip
    return key_result(key, row=row, **{**PLACE, **usual, **given})


def beside() -> dict[str, tuple[Any, ...]]:
    """Give goals of other tables: some with nothing to complain about, and some rows that are nearly empty."""
    return {
        "objectives": (
            objective("B-0", row=5, **PLACE, **BLANK),
            objective("B-1", row=6, title="Every visitor stays longer", owner="Thu", **PLACE),
        ),
        "key_results": (
            key_result("B-2", row=7, objective=None, **PLACE, **BLANK),
            sound("B-3", 8),
            sound("B-4", 9),
            key_result("B-5", row=10, objective="B-1", **PLACE, **{**BLANK, "agreed": True}, target=5, baseline=1),
        ),
        "kpis": (
            kpi("B-6", row=6, **KPI_PLACE, id=None, title=None),
            kpi("B-7", row=7, **KPI_PLACE, title="Visits", owner="Thu", target=50, actual=49),
        ),
        "check_ins": (check_in(None, row=40), check_in("B-3", row=41, date=date(2025, 11, 17), value=30)),  # type: ignore[arg-type]
    }


def joined(seen: Facts, *, before: bool) -> Facts:
    """Put the goals of other tables before or behind those of a workbook, and score all of them."""
    goals, more = seen.goals, beside()
    changes: dict[str, Any] = {
        name: (*items, *getattr(goals, name)) if before else (*getattr(goals, name), *items)
        for name, items in more.items()
    }
    if not goals.check_ins:
        del changes["check_ins"]
    tables = (table("okr7", "Beside"), table("kpi7", "KPI beside"))
    changes["tables"] = (*tables, *goals.tables) if before else (*goals.tables, *tables)
    if goals.people:
        changes["people"] = (*goals.people, person("Thu", row=90))
    whole = goals._replace(**changes)
    assert seen.profile is not None
    return seen._replace(goals=whole, scorecard=score(whole, seen.profile, KPI_PROFILE, seen.today))


def hits(code: str, seen: Facts) -> list[Hit]:
    """Give what a rule finds by itself."""
    look = RULES[code].look
    assert look is not None
    return list(look(seen))


OF_THE_WHOLE = {"WS101", "WS102", "WS106", "WS107", "LI324"}
"""Rules about a workbook without any goals, and findings that stand once for all of them."""


@pytest.mark.parametrize("before", [True, False], ids=["above", "below"])
@pytest.mark.parametrize("code", sorted(set(SITUATIONS) - OF_THE_WHOLE))
def test_other_tables_change_nothing(code: str, before: bool) -> None:
    """Shows that a finding is told in the same words beside good and empty rows of other tables, first or last."""
    seen = SITUATIONS[code].bad()
    whole = joined(seen, before=before)
    alone = hits(code, seen)
    assert [hit for hit in hits(code, whole) if hit in alone] == alone
    good = joined(SITUATIONS[code].good(), before=before)
    assert [hit for hit in hits(code, good) if hit in alone] == []
