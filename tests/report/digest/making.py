"""Makes workbooks of any shape for property tests of digests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from sheetsync.model import (
    Bounds,
    Commitment,
    Done,
    Frequency,
    KpiLink,
    Level,
    Link,
    Metric,
    Milestones,
    PerPeriod,
    Quantity,
    Relative,
)
from sheetsync.report.digest import Recipient, Source
from sheetsync.results import Finding, Severity
from sheetsync.workbook import CellRef
from tests.factories import check_in, key_result, kpi, objective, person, raw
from tests.report.digest.book import CYCLE, TODAY, source, weekly
from tests.scoring.scene import changed, month

NAMES = st.sampled_from([None, "Trần Lan", "lan@a.vn", "Bảo; Trần Lan", "Sales", "", "\u202eabc", "<b>An</b>"])
TEAMS = st.sampled_from([None, "Sales", "Kho vận", "sales"])
NUMBERS = st.none() | st.floats(-1e12, 1e12).map(Quantity) | st.integers(-3, 150).map(lambda n: Quantity(n / 100, True))
WRONG = st.just(raw("about half"))
TEXTS = st.none() | st.text(max_size=20)
DAYS = st.none() | st.dates(CYCLE.start - timedelta(days=40), CYCLE.due + timedelta(days=40))
TARGETS = (
    NUMBERS | WRONG | st.just(Done(True)) | st.just(Bounds(0.5, None, True)) | st.just(Relative(0.2))
    | st.just(Milestones(("a", "b"))) | st.just(PerPeriod(2, Frequency.MONTH))
)  # fmt: skip
VALUES = NUMBERS | WRONG | st.just(Done(False)) | st.just(Milestones(("a",)))
PROFILES = st.sampled_from([changed(), changed(rollup={"child_weight": 0.5}), changed(pace={"curve": "working_days"})])


@st.composite
def rows(draw: st.DrawFn) -> list[Any]:
    """Make objectives, key results, KPIs, check-ins and people that may or may not belong together."""
    objectives = [
        objective(
            f"O-{place}", row=place, owner=draw(NAMES), team=draw(TEAMS), level=draw(st.sampled_from([None, *Level])),
            aligned_to=draw(st.sampled_from([None, ("O-1",), ("KR-2",)])), link=draw(st.sampled_from([None, *Link])),
            weight=draw(st.none() | st.integers(-1, 60)), blocker=draw(TEXTS), title=draw(TEXTS),
        )
        for place in range(1, draw(st.integers(0, 3)) + 1)
    ]  # fmt: skip
    key_results = [
        key_result(
            f"KR-{place}", row=10 + place, objective=draw(st.sampled_from([None, "O-1", "O-2", "O-9"])),
            owner=draw(NAMES), team=draw(TEAMS), baseline=draw(NUMBERS), target=draw(TARGETS), current=draw(VALUES),
            metric=draw(st.sampled_from([None, None, *Metric])), check_in_date=draw(DAYS), start=draw(DAYS),
            due=draw(DAYS), confidence=draw(NUMBERS | WRONG), blocker=draw(TEXTS), ask=draw(TEXTS),
            commitment=draw(st.sampled_from([None, *Commitment])), weight=draw(st.none() | st.integers(-1, 60)),
        )
        for place in range(1, draw(st.integers(0, 4)) + 1)
    ]  # fmt: skip
    kpis = [
        kpi(
            f"KPI-{place}", row=20 + place, owner=draw(NAMES), team=draw(TEAMS), section=draw(TEAMS),
            target=draw(TARGETS), actual=draw(VALUES), critical=draw(st.sampled_from([None, True])),
            aligned_to=draw(st.sampled_from([None, ("O-1",), ("KR-1",)])),
            kpi_link=draw(st.sampled_from([None, *KpiLink])),
            periods=tuple(
                month(number, draw(NUMBERS), draw(VALUES), 2026) for number in range(8, 8 + draw(st.integers(0, 4)))
            ),
        )
        for place in range(1, draw(st.integers(0, 3)) + 1)
    ]  # fmt: skip
    entry = check_in("KR-1", date=draw(DAYS), value=draw(VALUES), confidence=draw(NUMBERS))
    away = ((TODAY - timedelta(days=4), TODAY),)
    people = [person("Trần Lan", email="lan@a.vn", team=draw(TEAMS), leave=draw(st.sampled_from([None, away])))]
    return [*objectives, *key_results, *kpis, entry, *people]


FINDINGS = st.lists(
    st.builds(
        Finding,
        st.sampled_from(["RO201", "DR514", "DR510", "WS101"]),
        st.sampled_from(Severity),
        st.none() | st.builds(CellRef, st.sampled_from(["OKR", "Tờ 'một'"]), st.integers(1, 99), st.integers(1, 60)),
        st.fixed_dictionaries({}, optional={"day": DAYS}),
        st.sampled_from([None, "KR-1", "O-1"]),
    ),
    max_size=3,
)


@st.composite
def sources(draw: st.DrawFn) -> Source:
    """Make a source of any workbook, with or without a history, at any time around its cycle."""
    items = draw(rows())
    nights = draw(st.sampled_from([None, 0, 3, 7]))
    past = None if nights is None else weekly(lambda week: items[: len(items) - week % 2], nights or 1)
    role = draw(st.sampled_from([None, Recipient("Trần Lan", "owner", "chị")]))
    made = source(
        *items, today=draw(st.sampled_from([TODAY, CYCLE.start, CYCLE.due + timedelta(days=9)])), nights=past,
        profile=draw(PROFILES), findings=draw(FINDINGS), recipient=role,
    )  # fmt: skip
    return made if draw(st.booleans()) else made._replace(profile=None, kpi_profile=None, trends={})
