"""What the situations of the rules are made of: items with nothing to complain about, but for what is given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sheetsync.details import Details
from sheetsync.language import Lexicon
from sheetsync.locales import load
from sheetsync.model import (
    Aggregation,
    Cycle,
    Direction,
    Done,
    EmptySection,
    Frequency,
    KpiLink,
    Level,
    Link,
    Metric,
    Milestones,
    Period,
    PeriodValue,
    PerPeriod,
    Quantity,
)
from sheetsync.noticed import Doubt, HeaderChange, MissingTable, OtherCycle, UnreadSheet
from sheetsync.past import CYCLE as REMEMBERED
from sheetsync.past import CYCLE_SAYS, Past, Remembered, Statement
from sheetsync.reading.targets import Texts
from sheetsync.reading.words import Words
from sheetsync.rules import Facts
from sheetsync.scoring.company.together import Surveyed, related
from sheetsync.workbook import Cell, Workbook, Worksheet, no_percent
from tests.factories import cell, check_in, goals, key_result, kpi, objective, raw
from tests.rules.facts import CYCLE, OKR_COLUMNS, facts, settings, table


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


SEEN = (date(2025, 10, 2), date(2025, 10, 12), date(2025, 11, 19))
"""The nights of the past that situations remember."""


def target_was(number: float, day: date = SEEN[0], key: str = "KR-1") -> Past:
    """Remember that the target of a key result was another one from a day on."""
    return was(key, day, target=number)


def was(key: str = "KR-1", day: date = SEEN[0], *, formula: bool = False, **texts: Any) -> Past:
    """Remember what the cells of a key result said from a day to the last night."""
    said = [
        Statement(day, concept, f"{value}", float(value) if isinstance(value, int | float) else None, formula)
        for concept, value in texts.items()
    ]
    nights = tuple(night for night in SEEN if night >= day)
    found = Remembered(key, "key_result", day, SEEN[-1], (), tuple(said), "Q4/2025", CYCLE.start, "OKR", 6)
    return Past({key: found}, nights or (day,))


def away(since: date = SEEN[1]) -> Past:
    """Remember a key result that was last there on a night before the last."""
    known = was(title="More orders")
    return known._replace(items={"KR-1": known.items["KR-1"]._replace(last=since)})


def headed(text: str) -> Callable[[], Facts]:
    """Give facts whose column of targets is headed so, where it was Target when the cycle had been set up."""
    concept, names = Lexicon(load("en"), load("vi")).header(text, "okr"), list(OKR_COLUMNS)
    here = table() if concept == "target" else table(without=("target",))._replace(unmapped={7: text})
    row = [text if name == "target" else name for name in names]
    book = Workbook("b", "b", (Worksheet("OKR", [[], [], [], row]), Worksheet("KPI", [])), "1")
    told = {("okr", "target"): (Statement(SEEN[0], "target", "Target"),)}
    past = Past({}, SEEN, headers={("okr", "target"): "Target"}, header_statements=told)
    return lambda: facts(*pair(), tables=(here,), workbook=book, past=past)


def exchanged(before: tuple[float, float], now: tuple[float, float]) -> Callable[[], Facts]:
    """Give the facts of three key results whose baseline and target said something, and say something now."""

    def made() -> Facts:
        keys = [f"KR-{row}" for row in (6, 7, 8)]
        rows = [result(key, row, baseline=now[0], target=now[1]) for row, key in enumerate(keys, 6)]
        known = {key: was(key, baseline=before[0], target=before[1]).items[key] for key in keys}
        header = [text.capitalize() for text in OKR_COLUMNS]
        read = Workbook("b", "b", (Worksheet("OKR", [[], [], [], header]), Worksheet("KPI", [])), "1")
        return facts(objective(owner="Lan"), *rows, workbook=read, past=Past(known, SEEN))

    return made


def cycle_was(start: str, due: str) -> Callable[[], Facts]:
    """Give facts of a workbook whose cycle was another one when the history was a week old."""
    said = zip(CYCLE_SAYS, ("Autumn", start, due), strict=True)
    told = {(REMEMBERED, name): (Statement(SEEN[0], name, text),) for name, text in said}
    past = Past({}, SEEN, header_statements=told)
    return lambda: facts(*pair(), past=past, settings=settings(cycle=CYCLE))


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


def cumulative(doubted: bool) -> Callable[[], Facts]:
    """Give the facts of a KPI whose aggregation says no more than cumulative, and whether that was doubted."""

    def made() -> Facts:
        own = kpi(target=100, aggregation=Aggregation.SUM, direction=Direction.HIGHER, to_date=doubted)
        said = own.aggregation._replace(raw="cumulative")
        return facts(own._replace(aggregation=said), doubts=(Doubt("to_date", said),) if doubted else ())

    return made


def goal(**given: Any) -> Callable[[], Facts]:
    """Give the facts of an objective with what is given, and two key results."""
    return lambda: facts(objective(**{"owner": "Lan", **given}), result(), result("KR-2", 7))


def measured(**given: Any) -> Callable[[], Facts]:
    """Give the facts of one KPI with what is given."""
    usual: dict[str, Any] = {"target": 100, "actual": 92, "owner": "Lan", "direction": Direction.HIGHER}
    return lambda: facts(kpi(**{**usual, **given}))


def blocks(*weights: Any) -> Callable[[], Facts]:
    """Give what makes a KPI worksheet with a section of one KPI for each of these weights."""
    rows = [
        kpi(f"KPI-{place}", row=5 + place, section=f"{place}. Nhóm", section_weight=weight, target=10, actual=9)
        for place, weight in enumerate(weights, 1)
    ]
    return lambda: facts(*rows)


def empty_section(weight: Any, table: str = "kpi") -> EmptySection:
    """Make a section that weighs something and has no KPI."""
    return EmptySection(table, "KPI", 20, "Z. Trống", cell(weight, 4, 20, "KPI"))


def serving(goal: str | None, link: KpiLink | None = None, **given: Any) -> Callable[[], Facts]:
    """Give the facts of an objective with two key results, and of a KPI that is linked to some goal."""
    usual: dict[str, Any] = {"target": 100, "actual": 92, "owner": "Lan", "direction": Direction.HIGHER}
    row = kpi(**{**usual, "aligned_to": (goal,) if goal else None, "kpi_link": link, **given})
    return lambda: facts(*pair(), row)


def measuring(*items: Any, current: float | None = None, **given: Any) -> Callable[[], Facts]:
    """Give the facts of a key result from 120 to 150 orders that KPI-1 measures, at 131."""
    usual: dict[str, Any] = {"target": 150, "actual": 131, "owner": "Lan", "direction": Direction.HIGHER}
    row = kpi(**{**usual, "aligned_to": ("KR-1",), "kpi_link": KpiLink.MEASURES, **given})
    return lambda: facts(*pair(current=current), row, *items)


def siblings(first: Any, second: Any, third: Any = None) -> Callable[[], Facts]:
    """Give the facts of three key results with these weights."""
    weights = ((1, first), (2, second), (3, third))
    return lambda: facts(objective(), *(result(f"KR-{place}", 5 + place, weight=weight) for place, weight in weights))


def logged(**given: Any) -> Callable[[], Facts]:
    """Give the facts of a key result, with the Current that is given, and one check-in for it."""
    usual: dict[str, Any] = {"date": date(2025, 11, 18), "value": 131}
    own = {"current": given.pop("current")} if "current" in given else {}
    entry = check_in(given.pop("item", "KR-1"), **{**usual, **given})
    return lambda: facts(*pair(**own), entry)


def kept(name: str = "T9", actual: Any = 92, target: Any = 100) -> PeriodValue:
    """Give one month of a KPI; September unless T12 is asked for."""
    month = int(name[1:])
    last = {9: 30, 10: 31, 11: 30, 12: 31}[month]
    period = Period(Frequency.MONTH, date(2025, month, 1), date(2025, month, last), name)
    numbers = [
        value if value is None or isinstance(value, str) else Quantity(float(value)) for value in (target, actual)
    ]
    return PeriodValue(period, *(cell(value, 10 + month * 2 + place, 6, "KPI") for place, value in enumerate(numbers)))


def company(*parents: str, profile: str = "default@1", plant: bool = False) -> Callable[[], Facts]:
    """Give the facts of a workbook "sales" whose objective is aligned as told, of a company of four workbooks.

    "company" has O-1, O-3 and KR-1, "market" has O-7 as "company" has; "plant" was read only where told.
    """
    own = goals(objective("O-2", owner="Lan", link=Link.CONTRIBUTES, aligned_to=parents), result(objective="O-2"))
    upper = goals(objective("O-1"), objective("O-3", row=9), objective("O-7", row=12), key_result("KR-1"))
    beside = [Surveyed("market", goals(objective("O-7"))), Surveyed("plant", goals() if plant else None)]
    kin = related("Minh Long", [Surveyed("company", upper), Surveyed("sales", own), *beside])["sales"]
    return lambda: facts(*own.objectives, *own.key_results, kin=kin, profile=profile)


def aligned(parent: str | None, upper: Level = Level.COMPANY, **given: Any) -> Callable[[], Facts]:
    """Give the facts of a company's and a team's objective, the second aligned as told."""
    lower = objective("O-2", row=8, level=Level.TEAM, aligned_to=(parent,) if parent else None, **given)
    above = objective(level=upper)
    results = [result(), result("KR-2", 7), result("KR-3", 9, objective="O-2"), result("KR-4", 10, objective="O-2")]
    return lambda: facts(above, lower, *results)


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


def beside(*, ahead: bool) -> Callable[[], Facts]:
    """Give the facts of a workbook with a worksheet of another cycle, which is over or still to come."""
    days = (date(2026, 1, 1), date(2026, 3, 31)) if ahead else (date(2025, 7, 1), date(2025, 9, 30))
    other = OtherCycle("okr2", "OKR Q", 4, "Q1/2026" if ahead else "Q3/2025", *days, "OKR", ahead)
    return lambda: facts(*pair(), other_cycles=(other,))


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


def amounts(target: str, current: str) -> Callable[[], Facts]:
    """Give the facts of a key result without a baseline whose target and value are written so."""
    texts = Texts(Words(Lexicon(load("vi"), load("en"))))
    cells = [typed(text, texts.target(text), column) for text, column in ((target, 18), (current, 19))]
    return one(unit=None, baseline=None, target=cells[0], current=cells[1])


def autumn(*actuals: float, target: float = 6) -> Callable[[], Facts]:
    """Give the facts of a KPI with these values from September on."""
    months = [kept(f"T{month}", actual, target) for month, actual in enumerate(actuals, 9)]
    return lambda: facts(kpi(target=None, periods=_apart(months)))


def months_from_september(today: date) -> Callable[[], Facts]:
    """Give the facts of a KPI with values from September to December as of a day."""
    months = [kept(f"T{month}") for month in (9, 10, 11, 12)]
    return lambda: facts(kpi(target=None, periods=_apart(months)), today=today)


def _apart(months: list[PeriodValue]) -> tuple[PeriodValue, ...]:
    """Give months with the actuals in columns that nothing else has."""
    return tuple(one._replace(actual=one.actual._replace(column=60 + place)) for place, one in enumerate(months))


def beside_objective(due: date) -> Callable[[], Facts]:
    """Give the facts of an objective that is due on a day, and of a key result that runs until the year ends."""
    return lambda: facts(objective(owner="Lan", due=due), result(due=date(2025, 12, 31)), result("KR-2", 7))


def in_cycle(year: int) -> Callable[[], Facts]:
    """Give the facts of a KPI with values of September and October 2025 in the last quarter of a year."""
    cycle = Cycle(f"Q4/{year}", date(year, 10, 1), date(year, 12, 31))
    months = _apart([kept("T9"), kept("T10")])
    return lambda: facts(kpi(target=None, periods=months), cycle=cycle)


def listed(current: Any) -> Callable[[], Facts]:
    """Give the facts of a key result whose target lists three milestones."""
    target = typed("1. Offer; 2. Audit; 3. On the shelf", Milestones(("Offer", "Audit", "On the shelf")))
    return one(metric=Metric.MILESTONE, unit=None, baseline=None, target=target, current=current)


def sharing(*shares: float) -> Callable[[], Facts]:
    """Give the facts of a key result whose target lists milestones with these shares, 0 where none was left."""
    names = ("Offer", "Audit", "On the shelf")
    text = "; ".join(f"{name} ({share:.0%})" if share else name for name, share in zip(names, shares, strict=True))
    target = typed(text, Milestones(names, shares))
    return one(metric=Metric.MILESTONE, unit=None, baseline=None, target=target, current=1)


def finished(current: Any, target: Any = None) -> Callable[[], Facts]:
    """Give the facts of a key result that says how much of the work is done."""
    return one(metric=Metric.PERCENT_DONE, unit="%", baseline=None, target=target, current=current)


def rate(text: str, number: float, frequency: Frequency) -> Callable[[], Facts]:
    """Give the facts of a KPI over two months whose target says for how long it is."""
    target: Cell[Any] = Cell("KPI", 6, 40, text, PerPeriod(number, frequency))
    months = tuple(one._replace(target=target) for one in (kept("T9", 100), kept("T10", 100)))
    return lambda: facts(kpi(periods=months, target=target, direction=Direction.HIGHER, aggregation=Aggregation.SUM))


def third(metric: Metric) -> Callable[[], Facts]:
    """Give the facts of a key result of which 30 % is done."""
    return one(metric=metric, unit=None, baseline=None, target=None, current=percent(30))


def untargeted(header: str) -> Callable[[], Facts]:
    """Give the facts of a table of KPIs over months without targets, and with a header that says nothing."""
    months = tuple(one._replace(target=without_column(6, "KPI")) for one in (kept("T9"), kept("T10")))
    item = kpi(periods=months, target=without_column(6, "KPI"), direction=Direction.HIGHER)
    periods = {20 + place: one.period for place, one in enumerate(months)}
    found = table("kpi", "KPI", without=("target",))._replace(unmapped={9: header}, periods=periods)
    return lambda: facts(item, tables=(found,))


def objectives(count: int, level: Level = Level.COMPANY, **given: Any) -> Callable[[], Facts]:
    """Give the facts of so many objectives of one level."""
    rows = range(5, 5 + count)
    return lambda: facts(*(objective(f"O-{row}", row=row, level=level, **given) for row in rows))


YEAR = Cycle("FY25", date(2025, 1, 1), date(2025, 12, 31))
