"""KPIs with a row for each month, counted and scored as one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import Aggregation
from sheetsync.scoring.kpis.joined import joined, scored_jointly
from sheetsync.scoring.kpis.summary import summarise
from tests import factories
from tests.scoring.kpis.test_several_rows import OVER, columns, rows
from tests.scoring.scene import VN_KPI, card

THREE: dict[int, tuple[Any, Any]] = {7: (100, 20), 8: (100, 130), 9: (100, 30)}


def test_rows_of_one_kpi_are_counted_once() -> None:
    """Shows the order of their first rows, and that the rows of any of them lead to the one that speaks for all."""
    items = [*rows("K-2", THREE), *rows("K-1", THREE, 20), factories.kpi("K-3", row=40, target=1, actual=1)]
    found = joined(items, OVER)
    assert [item.key for item in found.kpis] == ["K-2-2025-09", "K-1-2025-09", "K-3"]
    assert found.once(["K-1-2025-08", "K-3", "K-1-2025-07"]) == ("K-1-2025-09", "K-3")


def test_rows_without_months_are_handed_on_as_they_are() -> None:
    """Shows that nothing is scored anew where no KPI has several rows."""
    item = factories.kpi(target=1, actual=1)
    assert scored_jointly([item], VN_KPI, OVER) == joined([item], OVER)
    assert joined([item], OVER).once(["KPI-1", "other"]) == ("KPI-1", "other")


def test_their_score_is_that_of_columns() -> None:
    """Shows sum over sum and the same status as where each month has a column, and not the last month's."""
    given: dict[str, Any] = {"aggregation": Aggregation.SUM, "owner": "Lan"}
    found = scored_jointly(rows("K-1", THREE, **given), VN_KPI, OVER)
    wide = card(columns("K-1", THREE, **given), today=OVER).scores["K-1"]
    assert found.scores["K-1-2025-09"]._replace(key="K-1", source=None) == wide._replace(source=None)
    assert wide.progress == pytest.approx(0.6)


def test_the_summary_counts_kpis_and_not_rows() -> None:
    """Shows a critical KPI that failed in two of three months, and as a whole, counted once; so with columns."""
    given: dict[str, Any] = {"owner": "Lan", "critical": True}
    beside = factories.kpi("K-9", row=40, owner="Lan", target=1, actual=1)
    for items in ([*rows("K-1", THREE, **given), beside], [columns("K-1", THREE, **given), beside]):
        read = factories.goals(*items)
        (line,) = summarise(read, card(*items, today=OVER), VN_KPI, OVER)
        assert (line.kpis, line.missing, line.critical) == (2, 0, 1)


def test_months_to_come_are_nothing_missing() -> None:
    """Shows a prepared year of which one month is over."""
    items = rows("K-1", {number: (100, 90 if number == 1 else None) for number in range(1, 13)}, owner="Lan")
    today = date(2025, 2, 10)
    (line,) = summarise(factories.goals(*items), card(*items, today=today), VN_KPI, today)
    assert line.score == pytest.approx(0.9)
    assert (line.kpis, line.missing) == (1, 0)
