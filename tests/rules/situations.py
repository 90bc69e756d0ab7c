"""For each rule one situation that it must report and one, as its manual advises, that it must not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from sheetsync.details import Details
from sheetsync.model import (
    Aggregation,
    Bounds,
    Cycle,
    Direction,
    Done,
    Frequency,
    Horizon,
    Level,
    Link,
    Metric,
    Period,
    PeriodValue,
    Quantity,
    Relative,
)
from sheetsync.noticed import Doubt, HeaderChange, Lookalike, MissingTable, UnreadSheet
from sheetsync.rules import Facts
from sheetsync.rules.past import Past, PastTarget
from sheetsync.workbook import Cell, Workbook, Worksheet, no_percent
from tests.factories import cell, check_in, key_result, kpi, objective, person, raw
from tests.rules.facts import CYCLE, facts, settings, table


class Situation(NamedTuple):
    """Facts that a rule must report, and facts that it must leave alone."""

    bad: Callable[[], Facts]
    good: Callable[[], Facts]


def percent(number: float) -> Quantity:
    """Give a percentage as it is read: 95 is 0.95."""
    return Quantity(number / 100, percent=True)


def result(key: str = "KR-1", row: int = 6, **given: Any) -> Any:
    """Give a key result with nothing to complain about, but for what is given."""
    usual: dict[str, Any] = {
        "title": f"More orders, {key}",
        "owner": "Lan",
        "unit": "orders",
        "metric": Metric.INCREASE,
        "baseline": 120,
        "target": 150,
        "current": 131,
        "check_in_date": date(2025, 11, 17),
    }
    return key_result(key, row=row, **{**usual, **given})


def typed(text: str, value: Any, column: int = 18) -> Cell[Any]:
    """Give a cell with what was typed and what it means; the target's unless another column is given."""
    return Cell("OKR", 6, column, text, value)


def pair(**given: Any) -> tuple[Any, ...]:
    """Give an objective with two key results, the first with what is given."""
    return objective(owner="Lan"), result(**given), result("KR-2", 7)


def one(**given: Any) -> Callable[[], Facts]:
    """Give the facts of an objective whose first key result has what is given."""
    return lambda: facts(*pair(**given))


def doubtful(kind: str, text: str, concept: str, *readings: Any) -> Callable[[], Facts]:
    """Give the facts of an objective whose first key result has a cell that reading had doubts about."""

    def made() -> Facts:
        given: dict[str, Any] = {concept: raw(text)}
        own = result(**given)
        doubt = Doubt(kind, getattr(own, concept), readings)
        return facts(objective(owner="Lan"), own, result("KR-2", 7), doubts=(doubt,))

    return made


def goal(**given: Any) -> Callable[[], Facts]:
    """Give the facts of an objective with what is given, and two key results."""
    return lambda: facts(objective(**{"owner": "Lan", **given}), result(), result("KR-2", 7))


def measured(**given: Any) -> Callable[[], Facts]:
    """Give the facts of one KPI with what is given."""
    usual: dict[str, Any] = {"target": 100, "actual": 92, "owner": "Lan", "direction": Direction.HIGHER}
    return lambda: facts(kpi(**{**usual, **given}))


def siblings(first: Any, second: Any, third: Any = None) -> Callable[[], Facts]:
    """Give the facts of three key results with these weights."""
    weights = ((1, first), (2, second), (3, third))
    return lambda: facts(objective(), *(result(f"KR-{place}", 5 + place, weight=weight) for place, weight in weights))


def logged(**given: Any) -> Callable[[], Facts]:
    """Give the facts of a key result and one check-in for it."""
    usual: dict[str, Any] = {"date": date(2025, 11, 18), "value": 131}
    entry = check_in(given.pop("item", "KR-1"), **{**usual, **given})
    return lambda: facts(*pair(), entry)


def kept(name: str = "T9", actual: Any = 92, target: Any = 100) -> PeriodValue:
    """Give one month of a KPI; September unless T12 is asked for."""
    month = int(name[1:])
    last = {9: 30, 10: 31, 11: 30, 12: 31}[month]
    period = Period(Frequency.MONTH, date(2025, month, 1), date(2025, month, last), name)
    numbers = [
        value if value is None or isinstance(value, str) else Quantity(float(value)) for value in (target, actual)
    ]
    return PeriodValue(period, *(cell(value, 10 + month * 2 + place, 6, "KPI") for place, value in enumerate(numbers)))


def aligned(parent: str | None, **given: Any) -> Callable[[], Facts]:
    """Give the facts of a company's and a team's objective, the second aligned as told."""
    lower = objective("O-2", row=8, level=Level.TEAM, aligned_to=(parent,) if parent else None, **given)
    upper = objective(level=Level.COMPANY)
    results = [result(), result("KR-2", 7), result("KR-3", 9, objective="O-2"), result("KR-4", 10, objective="O-2")]
    return lambda: facts(upper, lower, *results)


def loop(*keys: str) -> Callable[[], Facts]:
    """Give the facts of objectives of which each is aligned to the next one."""
    items = [
        objective(key, row=5 + place * 3, aligned_to=(above,))
        for place, (key, above) in enumerate(zip(keys, (*keys[1:], keys[0]), strict=True))
    ]
    below = [result(f"{item.key}-{part}", item.row + part, objective=item.key) for item in items for part in (1, 2)]
    return lambda: facts(*items, *below)


def unread(*concepts: str) -> Callable[[], Facts]:
    """Give the facts of a workbook without any table."""
    return lambda: facts(tables=(), unread=(UnreadSheet("Plan", 3, concepts),))


def book(*, hidden: bool) -> Callable[[], Facts]:
    """Give the facts of a workbook whose only worksheet is hidden or not."""
    sheet = Worksheet("OKR", (), hidden=hidden, is_percent=no_percent)
    return lambda: facts(*pair(), workbook=Workbook("a", "a.xlsx", (sheet,), "1"))


def text_file(encoding: str) -> Callable[[], Facts]:
    """Give the facts of a text file whose encoding was guessed or not."""
    sheet = Worksheet("OKR", ())
    return lambda: facts(*pair(), workbook=Workbook("a", "a.csv", (sheet,), "1", guessed_encoding=encoding))


def computed(uncalculated: int, value: float | None) -> Callable[[], Facts]:
    """Give the facts of a worksheet with a formula, of which so many have no value."""
    details = Details(uncalculated=uncalculated)
    sheet = Worksheet("OKR", [[None], [value]], formulas=frozenset([(2, 1), (3, 1)]), details=lambda: details)
    return lambda: facts(*pair(), workbook=Workbook("a", "a.xlsx", (sheet,), "1"))


def changed(**given: Any) -> Callable[[], Facts]:
    """Give the facts of an adopted table whose header Target stands in column 9, or where it is told."""
    change = HeaderChange("target", Cell("OKR", 4, 8, "Goal", "Goal"), "Target")
    return lambda: facts(*pair(), header_changes=(change._replace(**given),))


def lost(sheet: str, row: int) -> Callable[[], Facts]:
    """Give the facts of a workbook in which an adopted table is not found."""
    return lambda: facts(*pair(), missing=(MissingTable(sheet, row, ("Key result", "Target")),))


def without_column(row: int, sheet: str = "OKR") -> Cell[Any]:
    """Give the cell of a concept that has no column."""
    return Cell(sheet, row, 0, None, None)


def twins(second: str, **given: Any) -> Callable[[], Facts]:
    """Give the facts of two key results, the second under its own key but with the id that is given."""
    items = (objective(), result(), result("second", 7, id=second, **given))
    return lambda: facts(*items, tables=(table(), table("okr2", "Copy")))


def step(**given: Any) -> Any:
    """Give a key result that is done or not."""
    usual = {"title": "Software in use", "metric": Metric.YES_NO, "unit": None, "baseline": None, "current": None}
    return result(**{**usual, "target": typed("yes", Done(True)), **given})


def objectives(count: int, level: Level = Level.COMPANY, **given: Any) -> Callable[[], Facts]:
    """Give the facts of so many objectives of one level."""
    rows = range(5, 5 + count)
    return lambda: facts(*(objective(f"O-{row}", row=row, level=level, **given) for row in rows))


YEAR = Cycle("FY25", date(2025, 1, 1), date(2025, 12, 31))

SITUATIONS: dict[str, Situation] = {
    "WS101": Situation(unread(), one()),
    "WS102": Situation(unread("owner", "target", "current", "due"), unread("name", "email", "team")),
    "WS103": Situation(
        lambda: facts(*pair(), tables=(table(current=(8, 12)),)),
        lambda: facts(*pair(), tables=(table(notes=(10, 12)),)),
    ),
    "WS104": Situation(twins("kr-1 "), twins("KR-2")),
    "WS105": Situation(twins("KR-1", table="okr2", sheet="Copy"), twins("KR-2", table="okr2", sheet="Copy")),
    "WS106": Situation(lambda: facts(), one()),
    "WS107": Situation(
        lambda: facts(*pair(), cycle=None, settings=settings()),
        lambda: facts(objective(start=CYCLE.start, due=CYCLE.due), result(), result("KR-2", 7), cycle=None),
    ),
    "WS110": Situation(book(hidden=True), book(hidden=False)),
    "WS111": Situation(
        lambda: facts(*pair(), settings=settings(cycle=raw("soon"))),
        lambda: facts(*pair(), settings=settings(cycle=CYCLE)),
    ),
    "WS112": Situation(lambda: facts(*pair(), tables=(table(without=("owner", "unit")),)), one()),
    "WS113": Situation(one(id=None), one()),
    "WS114": Situation(lambda: facts(*pair(), today=date(2026, 1, 5)), one()),
    "WS115": Situation(
        lambda: facts(*pair(), settings=settings(profile="defualt"), profiles=("default@1", "vn-kpi@1")),
        lambda: facts(*pair(), settings=settings(profile="Default"), profiles=("default@1", "vn-kpi@1")),
    ),
    "WS116": Situation(text_file("Windows-1258"), text_file("")),
    "WS117": Situation(computed(2, None), computed(0, 5)),
    "WS118": Situation(
        lambda: facts(objective(), result("a", 6, id=None), result("a-2", 7, id=None), alike={"a-2": "a"}),
        lambda: facts(objective(), result("a", 6, id=None), result("b", 7, id=None)),
    ),
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
    "LI301": Situation(aligned("O-11"), aligned("o-1")),
    "LI302": Situation(loop("O-1", "O-2", "O-3"), aligned("O-1")),
    "LI303": Situation(aligned("O-2"), aligned("O-1")),
    "LI304": Situation(
        lambda: facts(*pair(owner="Lan; Tuấn"), person("Lan")),
        lambda: facts(*pair(owner="lan & TUẤN"), person("Lan"), person("Tuấn", row=3)),
    ),
    "LI305": Situation(
        lambda: facts(*pair(team="Sales"), person("Lan", team="Kinh doanh")),
        lambda: facts(*pair(team="kinh doanh"), person("Lan", team="Kinh doanh")),
    ),
    "LI306": Situation(
        siblings(percent(50), percent(40), percent(30)), siblings(percent(40), percent(30), percent(30))
    ),
    "LI307": Situation(siblings(0, 0, 0), siblings(5, 3, 2)),
    "LI308": Situation(siblings(percent(60), percent(40)), siblings(percent(50), percent(30))),
    "LI309": Situation(siblings(5, 3), siblings(5, 3, 2)),
    "LI310": Situation(logged(item="KR-33"), logged(item="kr-1")),
    "LI311": Situation(one(objective=None), one()),
    "LI312": Situation(lambda: facts(*pair(), objective("O-2", row=9)), one()),
    "LI313": Situation(aligned(None, link=Link.CONTRIBUTES), aligned("O-1", link=Link.CONTRIBUTES)),
    "LI314": Situation(
        lambda: facts(*pair(), person("Nguyễn Văn An"), person("nguyễn  văn an", row=3)),
        lambda: facts(*pair(), person("Nguyễn Văn An"), person("Nguyễn Văn An (Sales)", row=3)),
    ),
    "PR401": Situation(
        lambda: facts(objective(), *(result(f"KR-{row}", row) for row in range(6, 12))),
        lambda: facts(objective(), *(result(f"KR-{row}", row) for row in range(6, 11))),
    ),
    "PR402": Situation(
        lambda: facts(objective(), result(target=None), result("KR-2", 7, target=None)), one(target=None)
    ),
    "PR403": Situation(
        lambda: facts(objective(), result(owner=None, unit=None), result("KR-2", 7)),
        one(owner=None, unit=None, target=percent(95), baseline=percent(90), current=percent(93)),
    ),
    "PR404": Situation(goal(horizon=Horizon.TACTICAL, cycle=YEAR), goal(horizon=Horizon.STRATEGIC, cycle=YEAR)),
    "PR405": Situation(aligned(None), aligned("KR-1")),
    "PR406": Situation(one(title="Duy trì doanh thu 3 tỷ mỗi tháng"), one(title="Giảm 20% chi phí duy trì hệ thống")),
    "PR407": Situation(
        one(notes="Đạt thì thưởng 10%"), one(title="Nâng chất lượng lương thực", notes="Giải thưởng món ngon")
    ),
    "PR408": Situation(
        lambda: facts(*pair(current=149), today=date(2025, 10, 11)),
        lambda: facts(*pair(current=149), today=date(2025, 12, 11)),
    ),
    "PR409": Situation(
        lambda: facts(objective(agreed=True), objective("O-2", row=9, agreed=False), result(), result("KR-2", 7)),
        one(),
    ),
    "PR410": Situation(
        lambda: facts(objective(), *(result(f"KR-{row}", row, check_in_date=without_column(row)) for row in (6, 7))),
        one(),
    ),
    "PR411": Situation(one(check_in_date=date(2025, 10, 16)), one(check_in_date=date(2025, 11, 6))),
    "PR412": Situation(goal(title="Revenue +25 %"), goal(title="Become the first choice")),
    "PR413": Situation(
        one(title="Call 200 customers", baseline=0, target=200), one(title="Repeat orders called in", baseline=0)
    ),
    "PR414": Situation(
        one(title="Improve the service", metric=Metric.YES_NO, baseline=None, target=typed("yes", Done(True))),
        one(title="Improve the service"),
    ),
    "PR415": Situation(goal(title="Xây dựng trang web mới"), goal(title="Khách tự tìm được mọi thứ trên trang web")),
    "PR416": Situation(
        lambda: facts(objective(), step(), result("KR-2", 7, title="Write 20 posts", baseline=None, target=20)),
        lambda: facts(objective(), step(), result("KR-2", 7)),
    ),
    "PR417": Situation(
        lambda: facts(objective(), result(title="Doanh thu tăng"), result("KR-2", 7, title="Profit up")),
        lambda: facts(objective(), result(title="Doanh thu tăng"), result("KR-2", 7, title="Weekly orders up")),
    ),
    "PR418": Situation(goal(title="Quality"), goal(title="Every order arrives on time")),
    "PR419": Situation(
        lambda: facts(objective(), step(), result("KR-2", 7)),
        lambda: facts(objective(), step(title="Software in 2 shops"), result("KR-2", 7)),
    ),
    "PR420": Situation(objectives(6), objectives(5)),
    "PR421": Situation(
        lambda: facts(objective(), *(result(f"KR-{row}", row) for row in range(6, 22))),
        lambda: facts(objective(), *(result(f"KR-{row}", row) for row in range(6, 21))),
    ),
    "PR422": Situation(
        lambda: facts(objective(title="More orders"), result(title="more  Orders"), result("KR-2", 7)),
        lambda: facts(objective(title="More orders"), result(), result("KR-2", 7)),
    ),
    "PR423": Situation(
        one(metric=Metric.AT_LEAST, baseline=percent(84), target=percent(80), current=percent(86)),
        one(metric=Metric.AT_LEAST, baseline=percent(72), target=percent(80), current=percent(77)),
    ),
    "PR424": Situation(
        lambda: facts(*pair(), past=Past({"KR-1": PastTarget(180.0, date(2025, 10, 2))})),
        lambda: facts(*pair(), past=Past({"KR-1": PastTarget(150.0, date(2025, 10, 2))})),
    ),
    "DR505": Situation(changed(moved_to=9), one()),
    "DR506": Situation(changed(), changed(moved_to=9)),
    "DR507": Situation(lost("KPI T10", 0), lost("OKR", 4)),
    "DR508": Situation(lost("OKR", 4), lost("KPI T10", 0)),
    "DR509": Situation(lambda: facts(*pair(), lookalikes=(Lookalike("KPI T11", 6, "KPI T10"),)), one()),
}
