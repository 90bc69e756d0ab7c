"""WS1xx: tables, headers, settings, hidden sheets; and the look-ups that rules share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from sheetsync.model import Frequency, Period, Table
from sheetsync.noticed import HeaderChange, MissingTable, UnreadSheet
from sheetsync.results import Finding, NotScored, Severity
from sheetsync.rules import check, message, page
from sheetsync.rules.facts import first_few, name_of, place, title_place
from sheetsync.workbook import Cell, CellRef, Workbook, Worksheet
from tests.factories import key_result, kpi, objective
from tests.rules.facts import CYCLE, ENGLISH, TODAY, VIETNAMESE, facts, found, settings, table
from tests.rules.situation_parts import computed, kept, one, pair, result, unread, without_column


@pytest.mark.parametrize(
    ("concepts", "missing"),
    [
        (("owner", "target", "current"), ("key_result",)),
        (("key_result", "owner", "current"), ("target",)),
        (("owner", "actual", "target"), ("kpi",)),
        (("kpi", "owner", "target"), ("actual",)),
        (("owner", "target"), None),
        (("owner", "team", "due"), None),
    ],
)
def test_what_a_header_lacks(concepts: tuple[str, ...], missing: tuple[str, ...] | None) -> None:
    """Three known headers with a measure among them look like a table; what it lacks is named, else there is none."""
    seen = unread(*concepts)()
    if missing is None:
        assert found("WS102", seen) == []
        assert len(found("WS101", seen)) == 1
    else:
        assert [one.params["concepts"] for one in found("WS102", seen)] == [missing]
        assert found("WS101", seen) == []


def test_other_lists_beside_a_good_table_are_left_alone() -> None:
    """A worksheet that would look like a broken table is no mistake where the workbook has a good one."""
    other = UnreadSheet("Plan", 3, ("owner", "target", "current"))
    assert check(facts(*pair(), unread=(other,))) == ()


def test_a_workbook_without_a_table_names_its_worksheets() -> None:
    """At most five worksheets are named, and a dash where there are none."""
    sheets = tuple(UnreadSheet(f"S{number}", 1) for number in range(1, 8))
    told = found("WS101", facts(tables=(), unread=sheets))
    assert [one.params["sheets"] for one in told] == ["S1, S2, S3, S4, S5, …"]
    assert [one.params["sheets"] for one in found("WS101", facts(tables=()))] == ["–"]


def test_a_third_header_is_reported_too() -> None:
    """Each header after the first is reported in its own cell; the settings are no table of columns."""
    seen = facts(*pair(), tables=(table(target=(7, 11, 13)), table("settings", "S", cycle=(1, 2))))
    assert [str(one.cell) for one in found("WS103", seen)] == ["OKR!K4", "OKR!M4"]


def test_a_month_that_stands_twice_is_told_by_its_name() -> None:
    """Shows where the second column stands and which one is read; who adopted a table has confirmed its columns."""
    month = Period(Frequency.MONTH, date(2025, 2, 1), date(2025, 2, 28), "T2")
    twice = table("kpi", "KPI")._replace(periods={7: month, 8: month}, doubled={8: 7})
    (told,) = found("WS103", facts(kpi(target=1, actual=1), tables=(twice,)))
    assert (str(told.cell), told.params["first"]) == ("KPI!H4", "G4")
    assert message(told, ENGLISH).startswith("Two columns are headed T2: G4 and this one.")
    assert message(told, VIETNAMESE).startswith("Có hai cột T2: G4 và cột này.")
    assert found("WS103", facts(kpi(target=1, actual=1), tables=(twice._replace(layout="period-columns"),))) == []


def test_empty_tables_are_told_once() -> None:
    """Two empty tables are one finding; with a single KPI there is none."""
    assert len(found("WS106", facts())) == 1
    assert found("WS106", facts(kpi(target=1, actual=1))) == []
    assert found("WS106", facts(tables=(table("people", "P"),))) == []


def test_useful_columns_are_missed_in_tables_of_key_results_only() -> None:
    """KPI tables are not asked for a baseline; the current value may stand in a log."""
    bare = (table(without=("baseline", "current")), table("kpi", "KPI"))
    assert [one.params["concepts"] for one in found("WS112", facts(*pair(), tables=bare))] == [("baseline", "current")]
    from tests.factories import check_in

    logged = facts(*pair(), check_in(date=TODAY, value=131), tables=bare)
    assert [one.params["concepts"] for one in found("WS112", logged)] == [("baseline",)]


def test_rows_without_an_id_are_counted_for_each_table() -> None:
    """The finding stands at the header of the id's column, or at the first column where there is none."""
    rows = (result("a", 6, id=None), result("b", 7, id=None), objective("o", id=None, own_row=False))
    low = kpi("k", id=without_column(6, "KPI"), target=1, actual=1)
    seen = facts(objective(), *rows, low)
    assert [(str(one.cell), one.params["count"]) for one in found("WS113", seen)] == [("OKR!F4", 2), ("KPI!A4", 1)]


def test_hidden_sheets_count_only_with_goals() -> None:
    """A hidden worksheet without goals is nobody's business, and without a workbook nothing is known."""
    book = Workbook("a", "a", (Worksheet("KPI", (), hidden=True), Worksheet("OKR", ())), "1")
    assert found("WS110", facts(*pair(), workbook=book)) == []
    assert found("WS110", facts(*pair())) == []
    seen = facts(kpi(target=1, actual=1), workbook=book)
    assert [one.params["count"] for one in found("WS110", seen)] == [1]


@pytest.mark.parametrize(("today", "over"), [(CYCLE.due, False), (CYCLE.due + timedelta(days=1), True)])
def test_the_last_day_belongs_to_the_cycle(today: date, over: bool) -> None:
    """A cycle is over on the day after its due day; the finding points at the setting where there is one."""
    seen = facts(settings=settings(cycle=CYCLE), today=today)
    assert [str(one.cell) for one in found("WS114", seen)] == (["Settings!B3"] if over else [])


@pytest.mark.parametrize(
    ("given", "unknown"),
    [
        ({"profile": "default@1"}, False),
        ({"profile": "vn-kpi"}, False),
        ({"kpi_profile": "vn-kpy"}, True),
        ({"language": "vi"}, False),
        ({"language": "tlh"}, True),
    ],
)
def test_settings_name_what_exists(given: dict[str, str], unknown: bool) -> None:
    """Profiles with or without a version and known languages pass; what does not exist is told with what does."""
    seen = facts(*pair(), settings=settings(**given), profiles=("default@1", "vn-kpi@1"), languages=("en", "vi"))
    findings = found("WS115", seen)
    assert bool(findings) is unknown
    assert found("WS115", facts(*pair(), settings=settings(**given))) == []


def test_no_cycle_counts_goals_and_points_at_the_setting() -> None:
    """All key results without dates are one finding, in the cell of the cycle, or without a cell."""
    bare = pair()
    told = found("WS107", facts(*bare, cycle=None, settings=settings()))
    assert [(str(one.cell), one.params["count"]) for one in told] == [("Settings!B3", 2)]
    assert [one.cell for one in found("WS107", facts(*bare, cycle=None))] == [None]


def test_places_without_a_column() -> None:
    """A finding always has a real cell: the concept's, else the title's, else the id's, else the first of the row."""
    item = key_result("KR-1", owner=without_column(6))
    assert place(item.owner, item) == item.title.ref
    untitled = key_result("KR-1", title=without_column(6))
    assert title_place(untitled) == untitled.id.ref
    nowhere = key_result("KR-1", title=without_column(6), id=without_column(6))
    assert title_place(nowhere) == CellRef("OKR", 6, 1)
    assert (name_of(item), name_of(nowhere)) == ("KR-1", "KR-1")
    assert name_of(key_result("OKR!6", id=None, title="Grow")) == "Grow"


def test_first_few() -> None:
    """Three names by default, and an ellipsis only where there are more."""
    assert first_few("abc") == "a, b, c"
    assert first_few("abcd") == "a, b, c, …"
    assert first_few([]) == ""


def test_without_a_profile_nothing_is_called_forgotten() -> None:
    """Follow-up is judged by the profile in use only, and not where it has no such number."""
    old = one(check_in_date=date(2025, 10, 16))()
    assert len(found("PR411", old)) == 1
    assert found("PR411", old._replace(profile=None)) == []
    assert old.profile is not None
    lenient = old.profile._replace(status=old.profile.status._replace(neglect_days=None))
    assert found("PR411", old._replace(profile=lenient)) == []


def test_a_period_that_ends_today_is_not_missing_yet() -> None:
    """The actual of a period may still come on its last day."""
    periods = (kept("T9"), kept("T10"), kept("T11", actual=None))
    seen = facts(kpi(periods=periods, target=None), today=date(2025, 11, 30))
    assert found("RO223", seen) == []
    assert len(found("RO223", facts(kpi(periods=periods, target=None), today=date(2025, 12, 1)))) == 1


def test_objectives_without_a_row_can_be_aligned_to() -> None:
    """An objective that is only named beside its key results is known by its id, else by its key."""
    named = objective("Grow", id=None, own_row=False)
    seen = facts(named, result(objective="Grow"), objective("O-2", row=9, aligned_to=("grow",)))
    assert found("LI301", seen) == []


def test_a_page_looks_as_it_was_looked_at(golden: Callable[[str, str], None]) -> None:
    """One whole manual page in each language is what was looked at and stored."""
    for phrases in (ENGLISH, VIETNAMESE):
        golden(f"page.{phrases.language}.md", page("RO203", phrases))


def test_a_reason_of_the_backend_is_told_in_words_where_there_are_some() -> None:
    """The backend's own text follows, without the name of the file; an unknown reason is shown as its key."""
    finding = Finding("WS109", Severity.WARNING, CellRef("OKR", 4, 1), {"sheet": "OKR", "reason": "no.such.reason"})
    assert message(finding, ENGLISH).endswith("not written: no.such.reason")
    signed = finding._replace(params={"sheet": "OKR", "reason": "excel.signed"})
    for phrases in (ENGLISH, VIETNAMESE):
        own = phrases.text("error.excel.signed", path="x.xlsx", sheet="OKR").removeprefix("x.xlsx: ")
        assert message(signed, phrases).endswith(f": {own}")


@pytest.mark.parametrize(("uncalculated", "value", "reported"), [(2, None, 1), (1, None, 1), (0, None, 0), (1, 5.0, 0)])
def test_formulas_without_values(uncalculated: int, value: float | None, reported: int) -> None:
    """Formulas that gave an empty text are calculated; where any has a value the file was calculated."""
    assert len(found("WS117", computed(uncalculated, value)())) == reported


def test_all_columns_that_moved_are_one_finding() -> None:
    """A column put in before a table moves all of it: that is told once, with the first few, in the first new place."""
    places = {"Unit": 3, "Target": 4, "Current": 5, "Owner": 6}
    changes = tuple(
        HeaderChange(name.lower(), Cell("OKR", 4, place, None, None), name, place + 1) for name, place in places.items()
    )
    (finding,) = found("DR505", facts(header_changes=changes))
    assert finding.cell == CellRef("OKR", 4, 4)
    assert "“Unit” C → D, “Target” D → E, “Current” E → F, …" in message(finding, ENGLISH)


def test_a_missing_table_is_told_without_advice_for_a_workbook_of_another_kind() -> None:
    """Where an adopted table is gone, nobody is told in addition that the workbook has no table."""
    seen = facts(tables=(), unread=(UnreadSheet("KPI", 1),), missing=(MissingTable("KPI T10", 0, ("KPI",)),))
    assert found("WS101", seen) == []
    assert len(found("DR507", seen)) == 1


def test_links_of_our_own_worksheet_need_no_values() -> None:
    """Shows that nobody is asked to calculate the links that sheetsync itself wrote into its worksheet."""
    seen = computed(2, None)()
    own = Table("own", "own", "OKR", 1, 2, 1, {})
    assert found("WS117", seen._replace(goals=seen.goals._replace(own=own))) == []


def test_a_table_of_kpis_without_a_column_for_actuals_is_told_once() -> None:
    """Shows that KPIs of which nobody could fill in an actual have no score, and that their table says why, once."""
    rows = [kpi(f"K-{row}", row=row, target=5)._replace(actual=Cell("KPI", row, 0, None, None)) for row in (5, 6)]
    seen = facts(*rows, tables=(table("kpi", "KPI", without=("actual",)),))
    assert {score.not_scored for score in seen.scorecard.scores.values()} == {NotScored.NO_ACTUAL}
    assert [one.params["concepts"] for one in found("WS102", seen)] == [("actual",)]
    assert found("RO235", seen) == []
