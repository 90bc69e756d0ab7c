"""Names of KPIs with a row for each month."""

from __future__ import annotations

from sheetsync.report.digest.monthly_rows import with_months_told
from tests.factories import goals, kpi
from tests.scoring.scene import month


def test_rows_of_one_name_are_told_with_their_month() -> None:
    """Shows that each of several months says which it is, and that a name that stands alone stays as it is."""
    rows = [
        kpi("K-9", row=9, title="Revenue", period=month(9, None, None, 2026).period),
        kpi("K-10", row=10, title=" revenue", period=month(10, None, None, 2026).period),
        kpi("K-11", row=11, title="Complaints", period=month(9, None, None, 2026).period),
    ]
    told = with_months_told(goals(*rows)).kpis
    assert [item.title.value for item in told] == [
        "Revenue (T9)",
        " revenue (T10)",
        "Complaints",
    ]
    assert [item.title.raw for item in told] == [item.title.raw for item in rows]


def test_kpis_without_periods_of_their_own_stay_the_very_same() -> None:
    """Shows that goals without such rows are handed on as they are."""
    given = goals(kpi(title="Revenue"), kpi("K-2", row=9, title="Revenue"))
    assert with_months_told(given) is given
