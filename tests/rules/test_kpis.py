"""What is told of the aggregation of KPIs."""

from __future__ import annotations

import pytest

from sheetsync.model import Aggregation
from sheetsync.noticed import Doubt
from sheetsync.rules import message
from sheetsync.workbook import Cell
from tests.factories import kpi
from tests.rules.facts import ENGLISH, facts, found


@pytest.mark.parametrize(("to_date", "taken"), [(True, "“last” was taken"), (False, "“sum” was taken")])
def test_a_doubt_of_values_to_date_says_what_was_taken(to_date: bool, taken: str) -> None:
    """Shows both ways in which such a row counts, and that another row of the worksheet is left alone."""
    said = Cell("KPI", 6, 5, "cumulative", Aggregation.SUM)
    other = kpi("KPI-2", row=7, target=100, aggregation=Aggregation.SUM)
    seen = facts(kpi(target=100, aggregation=said, to_date=to_date), other, doubts=(Doubt("to_date", said),))
    (finding,) = found("RO257", seen)
    assert (finding.item, finding.cell) == ("KPI-1", said.ref)
    assert taken in message(finding, ENGLISH)
