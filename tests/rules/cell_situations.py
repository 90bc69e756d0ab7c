"""For each rule about rows and cells one situation that it must report and one that it must not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from sheetsync.model import (
    Aggregation,
    Bounds,
    Direction,
    Done,
    Frequency,
    Horizon,
    Level,
    Metric,
    Milestones,
    Quantity,
    Relative,
)
from sheetsync.rules import Facts
from sheetsync.workbook import Cell
from tests.factories import kpi, objective, raw
from tests.rules.facts import CYCLE, facts
from tests.rules.situation_parts import (
    amounts,
    autumn,
    beside_objective,
    cumulative,
    doubtful,
    finished,
    goal,
    in_cycle,
    kept,
    listed,
    logged,
    measured,
    months_from_september,
    one,
    pair,
    percent,
    rate,
    result,
    sharing,
    third,
    typed,
)


class Situation(NamedTuple):
    """Facts that a rule must report, and facts that it must leave alone."""

    bad: Callable[[], Facts]
    good: Callable[[], Facts]


ROWS: dict[str, Situation] = {
    "RO201": Situation(one(current=raw("about half, I think")), one(current=125)),
    "RO202": Situation(
        one(target=raw("as high as possible")), one(target=typed("≥ 80%", Bounds(0.8, None, True)), metric=None)
    ),
    "RO203": Situation(
        one(metric=Metric.DECREASE, baseline=10, target=50), one(metric=Metric.DECREASE, baseline=50, target=10)
    ),
    "RO204": Situation(one(due=raw("end of the rainy season")), one(due=date(2025, 12, 31))),
    "RO205": Situation(one(metric=raw("better")), one(metric=Metric.INCREASE)),
    "RO206": Situation(goal(level=raw("galaxy")), goal(level=Level.COMPANY)),
    "RO207": Situation(
        one(baseline=percent(80), target=percent(80), current=percent(81)),
        one(metric=Metric.AT_LEAST, baseline=None, target=percent(80), current=percent(81)),
    ),
    "RO208": Situation(one(target=None), one()),
    "RO209": Situation(one(current=None), one(current=120)),
    "RO210": Situation(one(start=date(2025, 12, 31), due=date(2025, 10, 1)), one(start=CYCLE.start, due=CYCLE.due)),
    "RO211": Situation(
        one(due=date(2026, 3, 31)),
        lambda: facts(objective(horizon=Horizon.STRATEGIC), result(due=date(2026, 3, 31)), result("KR-2", 7)),
    ),
    "RO212": Situation(
        one(metric=None, baseline=None, target=typed("giảm 50%", Relative(-0.5))),
        one(metric=None, baseline=24, target=typed("giảm 50%", Relative(-0.5))),
    ),
    "RO213": Situation(
        one(metric=Metric.DECREASE, baseline=None, target=percent(2), current=percent(4)),
        one(metric=Metric.DECREASE, baseline=percent(5), target=percent(2), current=percent(4)),
    ),
    "RO214": Situation(
        one(title="Cut complaints", metric=None, baseline=None, target=10, falls=True),
        one(title="Cut complaints", metric=None, baseline=35, target=10, falls=True),
    ),
    "RO215": Situation(one(baseline=None, target=0), one(baseline=-300, target=0, current=-100)),
    "RO216": Situation(measured(target=-200, actual=-150), measured(target=-200, actual=-150, baseline=-500)),
    "RO217": Situation(one(weight=percent(-20)), one(weight=None)),
    "RO218": Situation(one(baseline=None), one(baseline=0)),
    "RO219": Situation(
        one(metric=Metric.PERCENT_DONE, baseline=percent(70), target=percent(90), current=percent(80)),
        one(metric=Metric.PERCENT_DONE, baseline=None, target=percent(100), current=percent(40)),
    ),
    "RO220": Situation(one(metric=None, baseline=None), one()),
    "RO221": Situation(one(check_in_date=date(2025, 12, 11)), one(check_in_date=date(2025, 11, 20))),
    "RO222": Situation(logged(value=140), logged(value=131)),
    "RO223": Situation(
        lambda: facts(kpi(periods=(kept("T9"), kept("T10", actual=None)), target=None, direction=Direction.HIGHER)),
        lambda: facts(kpi(periods=(kept("T9"), kept("T10")), target=None, direction=Direction.HIGHER)),
    ),
    "RO224": Situation(
        one(baseline=percent(90), target=percent(95), current=93),
        one(baseline=percent(90), target=percent(95), current=0.93),
    ),
    "RO225": Situation(
        one(metric=Metric.BETWEEN, baseline=None, target=40),
        one(metric=Metric.BETWEEN, baseline=None, target=typed("35–40", Bounds(35, 40)), current=37),
    ),
    "RO226": Situation(one(confidence=700), one(confidence=percent(70))),
    "RO227": Situation(one(ignore=frozenset({"R209"})), one(ignore=frozenset({"ro209", "PR", "current-missing"}))),
    "RO228": Situation(one(start=date(1900, 1, 1)), one(start=date(2025, 10, 1))),
    "RO229": Situation(
        lambda: facts(kpi(periods=(kept("T11"), kept("T12")), target=None, direction=Direction.HIGHER)),
        lambda: facts(kpi(periods=(kept("T10"), kept("T11")), target=None, direction=Direction.HIGHER)),
    ),
    "RO230": Situation(
        lambda: facts(objective(), result(), *(result(f"KR-{row}", row, target=None) for row in (7, 8, 9))),
        one(target=None),
    ),
    "RO231": Situation(logged(date=None), logged()),
    "RO232": Situation(one(cycle=raw("soon")), one(cycle=CYCLE)),
    "RO233": Situation(one(current=typed("yes", Done(True), 19)), one(current=131)),
    "RO234": Situation(one(baseline=0, target=1e-300, current=1e300), one(baseline=0, target=100, current=50)),
    "RO235": Situation(measured(actual=None), measured()),
    "RO236": Situation(measured(direction=None), measured()),
    "RO263": Situation(
        measured(title="Reduce complaints", direction=None),
        measured(title="Reduce complaints", direction=Direction.LOWER),
    ),
    "RO264": Situation(
        measured(title="Number of complaints", direction=None),
        measured(title="Number of complaints", direction=Direction.LOWER),
    ),
    "RO265": Situation(
        measured(title="Revenue", baseline=120, direction=None),
        measured(title="Revenue", baseline=120, direction=Direction.HIGHER),
    ),
    "RO237": Situation(
        lambda: facts(kpi(periods=(kept("T9"), kept("T10")), target=None, direction=Direction.HIGHER)),
        lambda: facts(
            kpi(periods=(kept("T9"), kept("T10")), target=None, direction=Direction.HIGHER, aggregation=Aggregation.SUM)
        ),
    ),
    "RO238": Situation(
        doubtful("number", "1.234", "target", 1234.0, 1.234), one(target=typed("1234", Quantity(1234.0)))
    ),
    "RO239": Situation(
        doubtful("date", "06/04/2026", "due", date(2026, 4, 6), date(2026, 6, 4)), one(due=date(2026, 4, 6))
    ),
    "RO240": Situation(doubtful("placeholder", "{{owner}}", "owner"), one(owner="Lan")),
    "RO241": Situation(doubtful("error", "#REF!", "owner"), one(owner="Lan")),
    "RO242": Situation(doubtful("rough", "~80", "current"), one(current=82)),
    "RO243": Situation(
        one(target=Cell("OKR", 6, result().title.column, result().title.raw, Quantity(150.0))), one(target=150)
    ),
    "RO244": Situation(
        lambda: facts(*pair(metric=Metric.AT_LEAST, target=95, current=95), profile="quantive@1"),
        lambda: facts(*pair(metric=Metric.AT_LEAST, target=94.9, current=95), profile="quantive@1"),
    ),
    "RO245": Situation(listed(raw("Offer, audit passed")), listed(Milestones(("Offer", "Audit")))),
    "RO246": Situation(listed(22), listed(2)),
    "RO247": Situation(amounts("5000 USD", "100 triệu đồng"), amounts("5000 USD", "$3,900")),
    "RO248": Situation(amounts("50 orders", "30000 orders"), amounts("50 orders", "30 orders")),
    "RO249": Situation(amounts("5 tỷ", "3"), amounts("5 tỷ", "3 tỷ")),
    "RO250": Situation(autumn(5, 6, 5000), autumn(5, 6, 5)),
    "RO251": Situation(doubtful("scale", "85/100", "current"), one(current=85)),
    "RO252": Situation(sharing(0.5, 0.6, 0.0), sharing(0.3, 0.5, 0.2)),
    "RO253": Situation(finished(500), finished(Quantity(0.5, True))),
    "RO254": Situation(logged(current=None, date=date(2025, 6, 1)), logged(current=None, date=date(2025, 9, 15))),
    "RO255": Situation(rate("25/week", 25, Frequency.WEEK), rate("1200/year", 1200, Frequency.YEAR)),
    "RO256": Situation(third(Metric.YES_NO), third(Metric.PERCENT_DONE)),
    "RO257": Situation(cumulative(True), cumulative(False)),
    "RO258": Situation(in_cycle(2026), in_cycle(2025)),
    "RO259": Situation(beside_objective(date(2025, 11, 30)), beside_objective(date(2025, 12, 31))),
    "RO261": Situation(autumn(0.85, 85, 88, target=90), autumn(85, 85, 88, target=90)),
    "RO262": Situation(months_from_september(date(2025, 9, 20)), months_from_september(date(2025, 11, 20))),
    "RO260": Situation(
        one(unit="%", baseline=None, target=95, current=193), one(unit="%", baseline=None, target=95, current=93)
    ),
}
