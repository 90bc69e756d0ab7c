"""Rules one by one: what they leave alone and what they tell in further columns, tables and kinds of rows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.model import Bounds, Cycle, Done, Frequency, KpiLink, Level, Link, Metric, Quantity, Table
from sheetsync.noticed import HeaderChange, UnreadSheet
from sheetsync.past import Past, Statement
from sheetsync.results import Finding, Severity
from sheetsync.rules import RuleSettings, check
from sheetsync.rules.facts import Share
from sheetsync.workbook import Cell, CellRef, Workbook, Worksheet
from tests.factories import check_in, key_result, kpi, objective, person
from tests.rules.facts import TODAY, facts, table
from tests.rules.remembering import gone, past
from tests.rules.situation_parts import SEEN, kept, measuring, pair, percent, result, typed, without_column
from tests.rules.test_places import at, told


def test_agreement_is_handed_down_to_what_is_blank() -> None:
    """Shows that a blank key result of an agreed objective is agreed, a no stays one, and both are told by row."""
    rows = (
        result("KR-2", 9, agreed=False),
        result("KR-1", 6, agreed=None),
        result("KR-3", 7, agreed=None, objective=None),
    )
    seen = facts(objective(), *rows)
    assert told("PR409", seen) == [at(rows[2].agreed, "KR-3"), at(rows[0].agreed, "KR-2")]
    open_one = objective("O-2", row=12, agreed=None)
    for below, item in ((True, None), (False, "O-2")):
        one = result("KR-9", 13, objective="O-2", agreed=below)
        assert [key for _, key, _ in told("PR409", facts(objective(), open_one, one)) if key == "O-2"] == (
            [item] if item else []
        )


def test_headers_that_changed_are_grouped_by_worksheet() -> None:
    """Shows one finding for each worksheet whose columns moved, and that a header of nothing is told by a dash."""
    moved = [HeaderChange("target", Cell(sheet, 4, 8, None, None), "Target", 9) for sheet in ("OKR", "Copy", "OKR")]
    assert [(place, params["moves"]) for place, _, params in told("DR505", facts(header_changes=tuple(moved)))] == [
        (CellRef("OKR", 4, 9), ("“Target” H → I",) * 2),
        (CellRef("Copy", 4, 9), ("“Target” H → I",)),
    ]
    for raw, shown in ((None, "–"), ("", "–"), ("Plan", "Plan"), (0, 0)):
        change = HeaderChange("target", Cell("OKR", 4, 8, raw, None), "Target")
        params = {"expected": "Target", "meaning": "target", "value": shown}
        assert told("DR506", facts(header_changes=(change,))) == [(CellRef("OKR", 4, 8), None, params)]


@pytest.mark.parametrize(
    ("without", "periods", "changed", "told_"),
    [
        (("target",), False, None, True),
        ((), False, None, False),
        (("target",), True, None, False),
        (("target",), False, "target", False),
        (("target",), False, "owner", True),
    ],
)
def test_a_table_without_targets(without: tuple[str, ...], periods: bool, changed: str | None, told_: bool) -> None:
    """Shows when the missing column is told: not with periods, nor where its changed header has a finding."""
    here = table(without=without)._replace(periods={9: kept("T9").period} if periods else {})
    change = (HeaderChange(changed, Cell("OKR", 4, 8, None, None), "Target"),) if changed else ()
    rows = objective(), result(target=without_column(6))
    seen = facts(*rows, tables=(table("okr2", "Copy"), here, table("kpi", "KPI")), header_changes=change)
    expected = [(CellRef("OKR", 4, 1), None, {"concepts": ("target",), "kind": "okr"})]
    assert told("WS102", seen) == (expected if told_ else [])


def test_a_list_beside_a_broken_table_does_not_hide_it() -> None:
    """Shows that worksheets that are no tables are skipped, and that complete headers lack nothing."""
    sheets = (
        UnreadSheet("A", 1, ("owner", "target")),
        UnreadSheet("B", 2, ("owner", "team", "due")),
        UnreadSheet("C", 3, ("key_result", "target", "owner")),
        UnreadSheet("D", 4, ("kpi", "owner", "actual")),
        UnreadSheet("E", 5, ("owner", "current", "due")),
    )
    assert told("WS102", facts(tables=(), unread=sheets)) == [
        (CellRef("D", 4, 1), None, {"concepts": ("target",), "kind": "kpi"}),
        (CellRef("E", 5, 1), None, {"concepts": ("key_result", "target"), "kind": "okr"}),
    ]


def test_formulas_of_other_worksheets_are_told_beside_our_own() -> None:
    """Shows worksheet, first formula and their number, and that sheets without formulas and our own are left out."""
    from sheetsync.details import Details

    def sheet(name: str, *places: tuple[int, int]) -> Worksheet:
        return Worksheet(name, [[None], [None]], formulas=frozenset(places), details=lambda: Details(uncalculated=9))

    sheets = sheet("Ours", (2, 1)), sheet("Empty"), sheet("Mine", (3, 2), (2, 5), (3, 1)), sheet("XXXX", (4, 1))
    own = Table("own", "own", "Ours", 1, 2, 1, {})
    seen = facts(*pair(), workbook=Workbook("a", "a.xlsx", sheets, "1"), own=own)
    expected = [
        (CellRef("Mine", 2, 5), None, {"count": 3, "sheet": "Mine"}),
        (CellRef("XXXX", 4, 1), None, {"count": 1, "sheet": "XXXX"}),
    ]
    assert told("WS117", seen) == expected
    without = seen._replace(goals=seen.goals._replace(own=None))
    assert [place.sheet for place, _, _ in told("WS117", without) if isinstance(place, CellRef)] == [
        "Ours",
        "Mine",
        "XXXX",
    ]


def test_goals_in_other_cycles_are_counted_apart() -> None:
    """Shows that the cycle of a row parts what is too much for one person or team, and a row without one is another."""
    spring = Cycle("Q1/2026", date(2026, 1, 1), date(2026, 3, 31))
    mixed = [result(f"KR-{row}", row, cycle=spring if row % 2 else None) for row in range(6, 30)]
    assert told("PR421", facts(objective(), *mixed)) == []
    strange = Cycle("XXXX", date(2026, 1, 1), date(2026, 3, 31))
    more = [result(f"KR-{row}", row, cycle=strange) for row in range(6, 22)]
    assert [params["count"] for _, _, params in told("PR421", facts(objective(), *more))] == [16]
    level: dict[str, Any] = {"level": Level.COMPANY}
    tops = [objective(f"O-{row}", row=row, cycle=spring if row % 2 else None, **level) for row in range(5, 15)]
    assert told("PR420", facts(*tops)) == []


def test_a_blank_title_does_not_end_the_search_for_repetitions() -> None:
    """Shows that a repetition behind a key result without a text is told with the place of the first."""
    rows = result("a", 6, title="Orders"), result("b", 7, title=None), result("c", 8, title="orders ")
    assert told("PR422", facts(objective(), *rows)) == [at(rows[2].title, "c", first=rows[0].title.ref.a1)]


def test_a_bound_needs_a_target_that_is_one() -> None:
    """Shows that a key result whose target is a yes, or a word, is not held already; the next one is."""
    odd = result("a", 6, metric=Metric.AT_LEAST, baseline=5, target=typed("yes", Done(True)))
    held = result("b", 7, metric=Metric.AT_LEAST, baseline=5, target=5)
    assert told("PR423", facts(objective(), odd, held)) == [at(held.baseline, "b", baseline=5.0, target=5.0)]
    share = result("c", 8, baseline=percent(5), target=typed("≥ 4%", Bounds(0.04, None, True)), metric=None)
    ((_, _, params),) = told("PR423", facts(objective(), share))
    assert (params["target"], type(params["baseline"])) == ("≥ 4%", Share)


def monthly(name: str, day: date, number: float, key: str = "KPI-1") -> Past:
    """Remember what the target of a month of a KPI was, on nights at the end of each month."""
    said = (Statement(day, name, f"{number}", number),)
    nights = (date(2025, 9, 8), date(2025, 10, 8), date(2025, 11, 10), SEEN[2])
    return past(gone(key, kind="kpi", first=date(2025, 9, 1), statements=said), nights=nights)


@pytest.mark.parametrize(
    ("known", "months"),
    [
        (monthly("target 2025-09", date(2025, 9, 2), 80.0), ["T9"]),
        (monthly("target 2025-10", date(2025, 10, 2), 80.0), ["T10"]),
        (monthly("target 2025-10", date(2025, 10, 9), 80.0), ["T10"]),
        (monthly("target 2025-10", date(2025, 11, 14), 80.0), []),
        (monthly("target 2025-10", date(2025, 10, 2), 100.0), []),
        (monthly("target 2025-11", date(2025, 10, 2), 80.0), []),
        (monthly("target", date(2025, 10, 2), 100.0), []),
        (monthly("target 2025-10", date(2025, 10, 2), 80.0, "KPI-9"), []),
    ],
)
def test_the_targets_of_months_are_agreed_each_for_its_own(known: Past, months: list[str]) -> None:
    """Shows the cell of the month whose target was moved after its first week, or that of a target filled in late."""
    row = kpi(periods=(kept("T9"), kept("T10")), target=without_column(6, "KPI"))
    cells = {one.period.label: one.target for one in row.periods}
    params = {"day": TODAY, "until": SEEN[2], "before": 80.0, "steps": (), "target": 100.0}
    other = kpi("KPI-2", row=7, periods=(kept("T9"),), target=None)
    assert told("PR424", facts(other, row, past=known)) == [at(cells[one], "KPI-1", **params) for one in months]


def test_targets_of_goals_kpis_and_months_are_told_in_this_order() -> None:
    """Shows that every kind of target is watched, and that none of them needs the others."""
    one = kpi(target=100, actual=9, frequency=Frequency.QUARTER, periods=(kept("T10"),))
    said = tuple(Statement(SEEN[0], name, "80", 80.0) for name in ("target", "target 2025-10"))
    known = past(gone("KPI-1", kind="kpi", statements=said), gone("KR-1", statements=said))
    seen = facts(*pair(), one, past=known)
    assert [place for place, _, _ in told("PR424", seen)] == [
        pair()[1].target.ref, one.target.ref, one.periods[0].target.ref,
    ]  # fmt: skip
    assert told("PR424", seen._replace(past=None)) == []


def test_kpis_of_a_table_without_a_column_are_told_once() -> None:
    """Shows the first KPI of each such table, and every KPI of a table that has the column."""

    def bare(key: str, row: int, name: str) -> Any:
        return kpi(key, row=row, table=name, target=9, actual=9, direction=without_column(row, "KPI"))

    blank = kpi("K-4", row=9, table="kpi3", target=9, actual=9), kpi("K-5", row=10, table="kpi3", target=9, actual=9)
    seen = facts(bare("K-1", 6, "kpi"), bare("K-2", 7, "kpi"), bare("K-3", 8, "kpi2"), *blank)
    assert [item for _, item, _ in told("RO236", seen)] == ["K-1", "K-3", "K-4", "K-5"]


def test_a_current_value_that_is_not_missed_does_not_hide_the_next() -> None:
    """Shows the only key result of four that has no value though it could."""
    rows = (
        result("a", 6), result("b", 7, current=without_column(7)), result("c", 8, current=None, start=date(2026, 1, 1)),
        result("d", 9, current=None), result("e", 10, current=None),
    )  # fmt: skip
    entry = check_in("d", date=date(2025, 11, 18), value=5)
    assert [item for _, item, _ in told("RO209", facts(objective(), *rows, entry))] == ["e"]


def test_a_target_in_the_text_tells_its_baseline_where_there_is_one() -> None:
    """Shows the baseline from the same text, from its own column, and the dash where nobody wrote one."""
    text = result().title

    def row(baseline: Any) -> Any:
        return result(target=Cell("OKR", 6, text.column, text.raw, Quantity(150.0)), baseline=baseline)

    for baseline, shown in (
        (Cell("OKR", 6, text.column, text.raw, Quantity(120.0)), 120.0),
        (100, 100.0),
        (None, "–"),
    ):
        assert told("RO243", facts(objective(), row(baseline))) == [at(text, "KR-1", target=150.0, baseline=shown)]
    assert told("RO243", facts(objective(), result(target=Cell("OKR", 6, 0, None, Quantity(150.0))))) == []


def test_a_guessed_metric_is_told_with_its_name() -> None:
    """Shows key results and the cell of their metric, and nothing where the score does not know one."""
    rows = (
        result("a", 6, metric=None, baseline=None),
        result("b", 7, metric=without_column(7), baseline=None),
        result("c", 8),
    )
    seen = facts(objective(), *rows)
    assert told("RO220", seen) == [
        at(rows[0].metric, "a", metric=Metric.INCREASE),
        at(rows[1].title, "b", metric=Metric.INCREASE),
    ]
    assert told("RO220", seen._replace(scorecard=seen.scorecard._replace(scores={}))) == []


def test_two_sources_of_a_value() -> None:
    """Shows the names of several KPIs, and how often one id stands, at the value that was not taken."""
    more: dict[str, Any] = {"target": 150, "actual": 9, "aligned_to": ("KR-1",), "kpi_link": KpiLink.MEASURES}
    seen = measuring(kpi("KPI-2", row=7, **more))()
    place = seen.goals.key_results[0].current
    assert told("LI337", seen) == [at(place, "KR-1", kpis="KPI-1, KPI-2")]
    twice = measuring(kpi("second", id="KPI-1", row=7, **more))()
    assert told("LI337", twice) == [at(place, "KR-1", kpis="KPI-1 × 2")]


@pytest.mark.parametrize(
    ("current", "target", "actual", "used", "other", "kind"),
    [(120, 150, 131, 120.0, 131.0, float), (percent(40), percent(95), percent(92), 0.4, 0.92, Share)],
)
def test_a_typed_value_and_that_of_a_kpi(
    current: Any, target: Any, actual: Any, used: float, other: float, kind: type
) -> None:
    """Shows both numbers with their cells, as percentages where the typed value is one."""
    given = {"target": target, "baseline": None, "unit": None, "current": current}
    source = kpi(target=target, actual=actual, aligned_to=("KR-1",), kpi_link=KpiLink.MEASURES)
    seen = facts(*pair(**given), source)
    own = seen.goals.key_results[0].current
    params = {"kpi": "Revenue", "used_at": own.ref, "other_at": source.actual.ref, "used": used, "other": other}
    assert told("LI339", seen) == [at(own, "KR-1", **params)]
    ((_, _, shown),) = told("LI339", seen)
    assert (type(shown["used"]), type(shown["other"])) == (kind, kind)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (None, True),
        (("O-2",), True),
        (("KPI-1",), False),
        (("O-2", "KPI-1"), False),
        (("O-9",), False),
        (("O-2", "O-9"), False),
    ],
)
def test_measured_by_says_by_what(names: Any, said: bool) -> None:
    """Shows that a KPI among the names is enough, and that names of nothing have a finding of their own."""
    own = result(aligned_to=names, link=Link.MEASURED_BY)
    seen = facts(objective(), own, objective("O-2", row=9), kpi(target=9, actual=9))
    expected = [at(own.aligned_to, "KR-1", raw=Link.MEASURED_BY)] if said else []
    assert told("LI334", seen) == expected


@pytest.mark.parametrize("items", [(objective(),), (key_result(objective=None, target=5),)])
def test_kpis_beside_any_goal_name_goals(items: tuple[Any, ...]) -> None:
    """Shows that one objective or one key result is enough for a KPI's link to be judged."""
    row = kpi(target=9, actual=9, aligned_to=("O-9", "KPI-1"))
    seen = facts(*items, row)
    assert told("LI330", seen) == [at(row.aligned_to, "KPI-1", goal="O-9")]
    assert told("LI331", seen) == [at(row.aligned_to, "KPI-1", kpi="KPI-1")]
    named = kpi("k", id="O-1", target=9, actual=9, aligned_to=("O-1",))
    assert told("LI331", facts(objective(), named)) == []


def test_check_ins_of_nothing_are_skipped_one_by_one() -> None:
    """Shows that an empty row of the log, or one that is known, does not hide a strange one behind it."""
    rows = (
        check_in("", row=2)._replace(item=Cell("Check-ins", 2, 1, None, None)),
        check_in("kr-1", value=3, row=3),
        check_in("XX", value=3, row=4),
    )
    nowhere = check_in("", value=3, row=5)._replace(item=Cell("Check-ins", 5, 0, None, None))
    assert told("LI310", facts(key_result(), *rows, nowhere)) == [
        at(rows[2].item, None, item="XX"),
        at(nowhere.value, None, item=""),
    ]


def test_a_person_without_a_name_does_not_hide_the_next() -> None:
    """Shows that a blank row of the People sheet is skipped."""
    first, blank, again = person("An"), person(None, row=3), person("an", row=4)  # type: ignore[arg-type]
    assert told("LI314", facts(key_result(), first, blank, again)) == [
        at(again.name, None, name="an", first=first.name.ref.a1)
    ]


def test_ignore_cells_silence_their_own_row_only() -> None:
    """Shows that one row's Ignore leaves the other rows' findings, and the workbook's, where they are."""
    rows = result("a", 6, target=None, ignore=frozenset({"RO208"})), result("b", 7, target=None)
    seen = facts(objective(ignore=frozenset({"PR"})), *rows, person("Lan"), person("lan", row=3))
    found = [(one.code, one.item) for one in check(seen, RuleSettings({"RO230": None}))]
    assert found == [("RO208", "b"), ("LI314", None)]


def test_findings_without_a_cell_come_first_in_the_order_of_their_codes() -> None:
    """Shows the order of findings: no cell, the sheets as named, rows, codes, columns."""

    def made(code: str, *place: Any) -> Finding:
        return Finding(code, Severity.HINT, CellRef(*place) if place else None, {})

    order = [
        made("RO208"), made("WS107"), made("WS110", "B", 1, 1), made("RO208", "B", 2, 9), made("RO209", "B", 2, 1),
        made("RO209", "B", 2, 3), made("PR401", "B", 10, 1), made("DR513", "A", 1, 1),
    ]  # fmt: skip
    shuffled = [order[place] for place in (2, 7, 5, 0, 4, 6, 1, 3)]
    applied = RuleSettings().applied(shuffled)
    assert [(one.code, one.cell) for one in applied] == [(one.code, one.cell) for one in order]
