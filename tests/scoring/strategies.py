"""Anything that a row of goals may hold, for property tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from sheetsync.model import (
    Aggregation,
    Bounds,
    Commitment,
    Direction,
    Done,
    Frequency,
    Link,
    Metric,
    Milestones,
    PerPeriod,
    Quantity,
    Relative,
)
from tests import factories
from tests.factories import raw
from tests.scoring.scene import QUARTER, month

numbers = st.floats(-1e9, 1e9, allow_nan=False) | st.sampled_from([0.0, 1.0, 0.5, 100.0, -1.0, 1e308, -1e308, 5e-324])
quantities = st.builds(Quantity, numbers, st.booleans())
lists = st.builds(Milestones, st.lists(st.sampled_from(["a", "b", "c", "2"]), max_size=4).map(tuple))
readings = st.one_of(quantities, lists, st.builds(Done, st.booleans()))
targets = st.one_of(
    quantities,
    st.builds(Bounds, st.none() | numbers, st.none() | numbers, st.booleans()).filter(
        lambda b: b != (None, None, b[2])
    ),
    st.builds(Relative, st.floats(-2, 2), st.booleans()),
    lists,
    st.builds(PerPeriod, numbers, st.sampled_from(Frequency)),
    st.builds(Done, st.booleans()),
)
days = st.dates(date(2025, 8, 1), date(2026, 2, 28))


def cells(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Give a value, nothing, or something that could not be read."""
    return st.one_of(values, values, st.none(), st.just(raw("abc")))


fields = st.fixed_dictionaries(
    {
        "metric": cells(st.sampled_from(Metric)),
        "baseline": cells(quantities),
        "target": cells(targets),
        "current": cells(readings),
        "weight": cells(quantities),
        "start": cells(days),
        "due": cells(days),
        "check_in_date": cells(days),
        "commitment": cells(st.sampled_from(Commitment)),
        "falls": st.booleans(),
    }
)
usual_numbers = st.builds(Quantity, st.sampled_from([0.0, 0.4, 1.0, 35.0, 80.0, 100.0, 120.0, -5.0]) | numbers)
usual_fields = st.fixed_dictionaries(
    {
        "metric": st.sampled_from([Metric.INCREASE, Metric.DECREASE]),
        "baseline": usual_numbers,
        "target": usual_numbers,
        "current": usual_numbers,
        "start": st.sampled_from([None, QUARTER.start]),
        "due": st.sampled_from([None, QUARTER.due]),
        "check_in_date": cells(days),
        "weight": st.sampled_from([None, 1.0, 3.0]),
    }
)
"""Key results as nearly all are: a number on its way from one to another, in dates that several share."""
check_ins = st.builds(
    lambda item, day, value: factories.check_in(item, date=day, value=value),
    st.sampled_from(["KR-0", "KR-1", "KR-2"]),
    cells(days),
    cells(readings),
)
kpi_fields = st.fixed_dictionaries(
    {
        "metric": cells(st.sampled_from(Metric)),
        "direction": cells(st.sampled_from(Direction)),
        "aggregation": cells(st.sampled_from(Aggregation)),
        "frequency": cells(st.sampled_from(Frequency)),
        "critical": cells(st.booleans()),
        "baseline": cells(quantities),
        "target": cells(targets),
        "actual": cells(readings),
        "weight": cells(quantities),
        "owner": cells(st.sampled_from(["Lan", "An"])),
        "section": st.sampled_from([None, None, "A"]),
        "periods": st.lists(
            st.builds(month, st.integers(1, 12), cells(targets), cells(readings)),
            max_size=4,
            unique_by=lambda p: p.period,
        ).map(tuple),
    }
)


@st.composite
def workbooks(draw: st.DrawFn) -> Any:
    """Everything that one workbook may hold: objectives that align anyhow, key results, check-ins, KPIs."""
    objectives = [
        factories.objective(
            f"O-{n}",
            aligned_to=draw(st.none() | st.tuples(st.sampled_from(["O-0", "O-1", "O-2", "KR-1", "X"]))),
            link=draw(st.sampled_from([Link.CONTRIBUTES, Link.SUPPORTS, None])),
            own_row=draw(st.booleans()),
            weight=draw(cells(quantities)),
        )
        for n in range(3)
    ]
    rows = draw(st.lists(fields | usual_fields, max_size=6))
    above = draw(st.lists(st.sampled_from(["O-0", "O-1", None]), min_size=len(rows), max_size=len(rows)))
    items = [
        factories.key_result(f"KR-{n}", objective=up, **row)
        for n, (row, up) in enumerate(zip(rows, above, strict=True))
    ]
    kpis = [factories.kpi(f"KPI-{n}", **row) for n, row in enumerate(draw(st.lists(kpi_fields, max_size=3)))]
    log = draw(st.lists(check_ins, max_size=5))
    return factories.goals(*objectives, *items, *kpis, *log, cycle=draw(st.sampled_from([QUARTER, None])))
