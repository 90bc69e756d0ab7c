"""What the explanation of an item tells of its links across OKRs and KPIs, and of values that came from a KPI."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sheetsync import locales
from sheetsync.language import Phrases
from sheetsync.model import Aggregation, Done, KpiLink, Quantity
from sheetsync.scoring import explain, explain_lines
from tests.factories import goals, key_result, kpi, objective
from tests.scoring.scene import DEFAULT, HALF, QUARTER, VN_KPI, card, month, percent

PHRASES = [Phrases(locales.load(language)) for language in ("en", "vi")]


def told(key: str, *items: Any) -> list[str]:
    """Explain one of some items, first in English, then in Vietnamese."""
    found = card(*items)
    explained = explain(goals(*items, cycle=QUARTER), found, DEFAULT, VN_KPI, key, HALF)
    return [line for phrases in PHRASES for line in explain_lines(explained, phrases)]


def _firm() -> list[Any]:
    """Give an objective with guards, supporters and sources of every kind."""
    months = (month(9, 10, 4), month(10, 10, 7))
    shares = tuple(month(number, percent(50), percent(number)) for number in (9, 10))
    dates = {"start": QUARTER.start.replace(month=8, day=1), "due": QUARTER.due}
    return [
        objective(title="Keep  customers"),
        key_result("KR-1", target=40, row=6, **dates), key_result("KR-2", target=percent(50), row=7, **dates),
        key_result("KR-3", target=Done(True), row=8), key_result("KR-4", target=9, current=1, row=9),
        kpi("K-1", title="Orders  won", aligned_to=("KR-1",), kpi_link=KpiLink.MEASURES, periods=months),
        kpi("K-2", title="Share", aligned_to=("KR-2",), kpi_link=KpiLink.MEASURES, periods=shares, row=7,
            aggregation=Aggregation.LAST),
        kpi("K-3", title="Audit", aligned_to=("KR-3",), kpi_link=KpiLink.MEASURES, target=Done(True),
            actual=Done(True), row=8),
        kpi("K-4", title="Complaints", aligned_to=("O-1", "KR-4"), kpi_link=KpiLink.GUARDS, target=10, actual=4, row=9),
        kpi("K-5", title="Staff", aligned_to=("KR-4",), target=10, row=10),
        kpi("K-6", title="Stock", aligned_to=("KR-4",), target=Quantity(10.0), actual=Quantity(9.5), row=11),
    ]  # fmt: skip


def test_every_link_is_told(golden: Callable[[str, str], None]) -> None:
    """Shows the explanations of goals that KPIs serve, and of those KPIs, as they were read and stored."""
    firm = _firm()
    keys = ("O-1", "KR-1", "KR-2", "KR-3", "KR-4", "K-1", "K-4", "K-5")
    lines = [line for key in keys for line in (f"== {key}", *told(key, *firm))]
    golden("together.txt", "\n".join(lines) + "\n")
