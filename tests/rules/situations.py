"""For each rule one situation that it must report and one, as its manual advises, that it must not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from sheetsync.model import (
    Aggregation,
    Bounds,
    Direction,
    Done,
    Frequency,
    Horizon,
    KpiLink,
    Level,
    Link,
    MailWish,
    Metric,
    Milestones,
    Quantity,
    Relative,
    Role,
)
from sheetsync.noticed import Lookalike
from sheetsync.past import Replaced
from sheetsync.rules import Facts
from sheetsync.workbook import Cell
from tests.factories import kpi, objective, person, raw
from tests.rules.facts import CYCLE, facts, settings, table
from tests.rules.situation_parts import (
    SEEN,
    YEAR,
    aligned,
    amounts,
    autumn,
    away,
    blocks,
    book,
    changed,
    company,
    computed,
    cycle_was,
    doubtful,
    empty_section,
    exchanged,
    finished,
    goal,
    headed,
    kept,
    listed,
    logged,
    loop,
    lost,
    measured,
    measuring,
    objectives,
    one,
    pair,
    percent,
    rate,
    result,
    serving,
    sharing,
    siblings,
    step,
    target_was,
    text_file,
    third,
    twins,
    typed,
    unread,
    untargeted,
    was,
    without_column,
)


def remembering(key: str = "KR-1", now: Mapping[str, Any] | None = None, **before: Any) -> Callable[[], Facts]:
    """Give the facts of a key result whose cells said other things when the cycle had been set up."""
    return lambda: facts(*pair(**(now or {})), past=was(key, **before))


class Situation(NamedTuple):
    """Facts that a rule must report, and facts that it must leave alone."""

    bad: Callable[[], Facts]
    good: Callable[[], Facts]


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
    "WS119": Situation(untargeted("Target as agreed in May"), untargeted("Remarks of May")),
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
    "LI340": Situation(
        lambda: facts(*pair(), person("Lan", leave=raw("after Christmas"))),
        lambda: facts(*pair(), person("Lan", leave=((date(2025, 12, 27), date(2026, 1, 5)),)), person("Tuấn", row=3)),
    ),
    "LI341": Situation(
        lambda: facts(*pair(), person("An", email="an@firm, ext. 12")),
        lambda: facts(*pair(), person("An", email=" mailto:an@firm.vn"), person("Lan", row=3)),
    ),
    "LI342": Situation(
        lambda: facts(*pair(), person("An", email="kho@firm.vn"), person("Lan", email="Kho@firm.vn", row=3)),
        lambda: facts(*pair(), person("An", email="kho@firm.vn"), person("an", email="kho@firm.vn", row=3)),
    ),
    "LI343": Situation(
        lambda: facts(*pair(), person("An", mails=raw("not so many"))),
        lambda: facts(*pair(), person("An", mails=MailWish(frozenset())), person("Lan", row=3)),
    ),
    "LI344": Situation(
        lambda: facts(*pair(), person("An", role=raw("Senior Executive (Marketing)"))),
        lambda: facts(*pair(), person("An", role=Role.TEAM), person("Lan", row=3)),
    ),
    "LI345": Situation(
        lambda: facts(*pair(owner="Lan & An"), person("An", email="an@firm.vn"), person("Lan", row=3)),
        lambda: facts(*pair(owner="Lan"), person("Lan", email="lan@firm.vn"), person("Hà", row=3)),
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
    "LI330": Situation(serving("O-11"), serving("O-1")),
    "LI331": Situation(serving("KPI-1"), serving("KR-1")),
    "LI332": Situation(
        lambda: facts(*pair(aligned_to=("KPI-1",)), kpi(target=100, actual=92)),
        lambda: facts(*pair(aligned_to=("KPI-1",), link=Link.MEASURED_BY), kpi(target=100, actual=92)),
    ),
    "LI333": Situation(serving("O-1", KpiLink.MEASURES), serving("KR-1", KpiLink.MEASURES)),
    "LI334": Situation(serving(None, KpiLink.GUARDS), serving("O-1", KpiLink.GUARDS)),
    "LI335": Situation(measuring(unit="tỷ"), measuring(unit="Orders")),
    "LI336": Situation(measuring(target=None), measuring()),
    "LI337": Situation(
        measuring(kpi("KPI-2", row=7, target=150, actual=9, aligned_to=("KR-1",), kpi_link=KpiLink.MEASURES)),
        measuring(kpi("KPI-2", row=7, target=150, actual=9, aligned_to=("KR-1",))),
    ),
    "LI338": Situation(
        measuring(periods=(kept("T10", 95), kept("T11", 100)), to_date=True, target=without_column(6, "KPI")),
        measuring(periods=(kept("T9", 80), kept("T10", 95)), to_date=True, target=without_column(6, "KPI")),
    ),
    "LI339": Situation(measuring(current=120), measuring(current=131)),
    "LI314": Situation(
        lambda: facts(*pair(), person("Nguyễn Văn An"), person("nguyễn  văn an", row=3)),
        lambda: facts(*pair(), person("Nguyễn Văn An"), person("Nguyễn Văn An (Sales)", row=3)),
    ),
    "LI315": Situation(siblings(50_001, 50, 30), siblings(50_000, 50, 30)),
    "LI320": Situation(company("company:O-9"), company("company:O-1")),
    "LI321": Situation(company("compnay:O-1"), company("Company: o-1")),
    "LI322": Situation(company("plant:O-1"), company("company:O-1")),
    "LI323": Situation(company("O-7"), company("O-1")),
    "LI324": Situation(company("O-1", profile="viindoo@1"), company("O-1")),
    "LI325": Situation(aligned("O-1", upper=Level.INDIVIDUAL), aligned("O-1")),
    "LI326": Situation(
        company("O-1", "O-3", profile="viindoo@1", plant=True), company("O-1", "KR-1", profile="viindoo@1", plant=True)
    ),
    "LI316": Situation(blocks(percent(60), percent(30)), blocks(percent(60), percent(40))),
    "LI317": Situation(blocks(percent(60), None), blocks(percent(60), percent(40))),
    "LI318": Situation(blocks(percent(60), percent(40), None), blocks(percent(60), percent(30), percent(10))),
    "LI319": Situation(
        lambda: blocks(percent(60), percent(40))()._replace(
            goals=blocks(percent(60))().goals._replace(empty_sections=(empty_section(percent(40)),))
        ),
        blocks(percent(60), percent(40)),
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
        lambda: facts(*pair(), past=target_was(180.0, date(2025, 10, 2))),
        lambda: facts(*pair(), past=target_was(150.0, date(2025, 10, 2))),
    ),
    "PR425": Situation(serving("O-1", KpiLink.GUARDS, actual=62), serving("O-1", KpiLink.GUARDS, actual=97)),
    "DR505": Situation(changed(moved_to=9), one()),
    "DR506": Situation(changed(), changed(moved_to=9)),
    "DR507": Situation(lost("KPI T10", 0), lost("OKR", 4)),
    "DR508": Situation(lost("OKR", 4), lost("KPI T10", 0)),
    "DR509": Situation(lambda: facts(*pair(), lookalikes=(Lookalike("KPI T11", 6, "KPI T10"),)), one()),
    "DR513": Situation(lambda: facts(*pair(), reused={"KR-1": Replaced("Fewer complaints", SEEN[2])}), one()),
    "DR514": Situation(remembering(baseline=100), remembering(baseline=120)),
    "DR515": Situation(remembering(weight=1, now={"weight": 3}), remembering(weight=3, now={"weight": 3})),
    "DR516": Situation(remembering(owner="Hùng"), remembering(owner=" LAN")),
    "DR517": Situation(
        remembering(due="2025-12-01", now={"due": date(2025, 12, 31)}),
        remembering(due="2025-12-31", now={"due": date(2025, 12, 31)}),
    ),
    "DR518": Situation(remembering(title="Fewer complaints"), remembering(title="more  orders, kr-1.")),
    "DR519": Situation(remembering("KR-9", title="Fewer complaints"), remembering(title="More orders, KR-1")),
    "DR520": Situation(lambda: facts(*pair(), past=away()), lambda: facts(*pair(), past=away(SEEN[-1]))),
    "DR521": Situation(remembering(current=131, formula=True), remembering(current=131)),
    "DR522": Situation(headed("Xyzzy"), headed("Target")),
    "DR523": Situation(headed("Goal value"), headed("TARGET")),
    "DR524": Situation(exchanged((150, 120), (120, 150)), exchanged((120, 150), (120, 150))),
    "DR525": Situation(remembering(baseline=""), remembering(baseline=120)),
    "DR526": Situation(cycle_was("2025-09-15", "2025-12-15"), cycle_was("2025-10-01", "2025-12-31")),
}
