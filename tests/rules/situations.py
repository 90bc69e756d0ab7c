"""For each rule one situation that it must report and one, as its manual advises, that it must not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sheetsync.model import (
    Done,
    Horizon,
    KpiLink,
    Level,
    Link,
    MailWish,
    Metric,
    Role,
)
from sheetsync.noticed import Lookalike
from sheetsync.past import Replaced
from sheetsync.rules import Facts
from tests.factories import kpi, objective, person, raw
from tests.rules.cell_situations import ROWS, Situation
from tests.rules.facts import CYCLE, facts, settings, table
from tests.rules.situation_parts import (
    SEEN,
    YEAR,
    aligned,
    away,
    beside,
    blocks,
    book,
    changed,
    company,
    computed,
    cycle_was,
    empty_section,
    exchanged,
    goal,
    headed,
    kept,
    logged,
    loop,
    lost,
    measuring,
    objectives,
    one,
    pair,
    percent,
    result,
    serving,
    siblings,
    step,
    target_was,
    text_file,
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
    "WS120": Situation(
        lambda: facts(*pair(), cycle=CYCLE, fiscal_start=4),
        lambda: facts(*pair(), cycle=CYCLE._replace(label="Q3 FY2026"), fiscal_start=4),
    ),
    "WS121": Situation(beside(ahead=False), beside(ahead=True)),
    "WS122": Situation(beside(ahead=True), beside(ahead=False)),
    "WS123": Situation(lambda: facts(*pair(), tables=(table()._replace(copied=(9, 10)),)), one()),
    **ROWS,
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
