"""``cycle close`` and ``cycle next``, over whole workbooks."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from sheetsync import gallery
from sheetsync.backends.excel import ExcelBackend
from sheetsync.cli import wiring
from sheetsync.cli.speech import phrases
from sheetsync.config.shape import WorkbookConfig
from sheetsync.cycles.closing import goals_of
from sheetsync.reading import parse_cycle
from sheetsync.results import Severity, Status
from sheetsync.sync import Evaluation, evaluate
from sheetsync.workbook import CellValue, Workbook
from tests import hostile
from tests.cli.conftest import Caller, configure
from tests.cli.spreadsheets import firm as spreadsheet_of_a_firm
from tests.sheets_server.spreadsheet import Spreadsheet

if TYPE_CHECKING:
    from tests.sheets_server.server import SheetsServer

OVER = ("--today", "2027-01-05")
LATER = ("--today", "2027-02-20")
RUNNING = ("--today", "2026-11-21")


def book(path: Path) -> Workbook:
    """Read a workbook."""
    return ExcelBackend(path).read()


def scored(path: Path, today: date = date(2027, 1, 5)) -> Evaluation:
    """Score a workbook that nothing is configured for."""
    return evaluate(book(path), wiring.job(WorkbookConfig(name="next", path=path), today))


def retrospective(path: Path) -> list[list[CellValue]]:
    """Give the rows of the retrospective."""
    return [list(row) for row in book(path).sheets[-1].rows]


def test_a_cycle_that_is_not_over_is_not_closed(firm: str, here: Path, call: Caller) -> None:
    """Shows that nothing is written before the last day is over, and that --early is named, with both days."""
    before = (here / "firm.xlsx").read_bytes()
    done = call("cycle", "close", "firm.xlsx", "--yes", "--lang", firm, *RUNNING)
    assert done.code == 3
    assert "--early" in done.err
    assert ("31/12/2026" if firm == "vi" else "31 Dec 2026") in done.err
    assert (here / "firm.xlsx").read_bytes() == before


def test_the_last_of_two_quarters_in_one_workbook_is_closed(here: Path, call: Caller) -> None:
    """Shows a worksheet for each quarter with the same ids: the running one is not over, and the last one is named."""
    book = openpyxl.Workbook()
    del book["Sheet"]
    for name, current in (("OKR Q3-2026", 90), ("OKR Q4-2026", 20)):
        sheet = book.create_sheet(name)
        sheet.append(["ID", "Objective", "Key result", "Baseline", "Target", "Current"])
        sheet.append(["O-1", "Grow"])
        sheet.append(["KR-1", None, "Orders a day", 0, 100, current])
    book.save(here / "quarters.xlsx")
    running = call("cycle", "close", "quarters.xlsx", "--yes", "--cycle", "Q4/2026", *RUNNING)
    assert (running.code, "--cycle" in running.err) == (3, True)
    done = call("cycle", "close", "quarters.xlsx", "--yes", "--cycle", "Q3/2026", *RUNNING)
    assert (done.code, "0.90  KR-1" in done.out) == (0, True)
    assert ExcelBackend(here / "quarters.xlsx").read().sheets[-1].name == "Retrospective Q3 2026"
    assert call("cycle", "close", "quarters.xlsx", "--cycle", "Q9", *RUNNING).code == 2


def test_closing_adds_a_retrospective_and_touches_nothing_else(firm: str, here: Path, call: Caller) -> None:
    """Shows one new worksheet behind the others, all the others as they were, and no write on a second run."""
    before = book(here / "firm.xlsx")
    done = call("cycle", "close", "firm.xlsx", "--yes", "--lang", firm, *OVER)
    assert done.code == 1  # two goals of the demo have no grade, and that is told
    assert "KR-9" in done.err
    after = book(here / "firm.xlsx")
    assert [sheet.name for sheet in after.sheets][:-1] == [sheet.name for sheet in before.sheets]
    for old, new in zip(before.sheets, after.sheets[:-1], strict=True):
        assert list(map(list, old.rows)) == list(map(list, new.rows))
    assert after.sheets[-1].name == ("Tổng kết Q4 2026" if firm == "vi" else "Retrospective Q4 2026")
    held = (here / "firm.xlsx").read_bytes()
    again = call("cycle", "close", "firm.xlsx", "--yes", "--lang", firm, "--today", "2027-03-01")
    assert again.code == 1
    assert (here / "firm.xlsx").read_bytes() == held


def test_a_sync_and_a_check_leave_the_retrospective_alone(firm: str, here: Path, call: Caller) -> None:
    """Shows that the worksheet is taken for no goals: the same findings as before, and a sync that keeps it."""
    before = json.loads(call("check", "firm.xlsx", "--json", "--lang", firm, *OVER).out)["workbooks"][0]["findings"]
    call("cycle", "close", "firm.xlsx", "--yes", "--lang", firm, *OVER)
    after = json.loads(call("check", "firm.xlsx", "--json", "--lang", firm, *OVER).out)["workbooks"][0]["findings"]
    assert [(one["code"], one["cell"]) for one in after] == [(one["code"], one["cell"]) for one in before]
    rows = retrospective(here / "firm.xlsx")
    call("sync", "firm.xlsx", "--lang", firm, *OVER)
    assert retrospective(here / "firm.xlsx") == rows


def test_nobody_there_to_ask_writes_nothing(okr: Path, call: Caller) -> None:
    """Shows that without --yes, and without a terminal, the grades are shown, nothing is written, and exit is 1."""
    before = okr.read_bytes()
    done = call("cycle", "close", "okr.xlsx", "--early", "--today", "2026-11-21")
    assert (done.code, okr.read_bytes()) == (1, before)
    assert "--yes" in done.err
    dry = call("cycle", "close", "okr.xlsx", "--early", "--dry-run", "--today", "2026-11-21")
    assert (dry.code, okr.read_bytes()) == (0, before)


def test_the_retrospective_can_go_into_a_copy(firm: str, here: Path, call: Caller) -> None:
    """Shows -o: the workbook stays byte for byte, the copy has the worksheet, and no file is written over."""
    before = (here / "firm.xlsx").read_bytes()
    call("cycle", "close", "firm.xlsx", "-o", "closed.xlsx", "--yes", "--lang", firm, *OVER)
    assert (here / "firm.xlsx").read_bytes() == before
    assert len(book(here / "closed.xlsx").sheets) == len(book(here / "firm.xlsx").sheets) + 1
    assert call("cycle", "close", "firm.xlsx", "-o", "closed.xlsx", "--yes", *OVER).code == 2
    assert call("cycle", "close", "firm.xlsx", "-o", "closed.csv", "--yes", *OVER).code == 2


def test_json_tells_every_line(firm: str, call: Caller) -> None:
    """Shows totals and goals with score, result and verdict, and that JSON alone writes nothing unless --yes."""
    done = call("cycle", "close", "firm.xlsx", "--json", "--lang", firm, *OVER)
    told = json.loads(done.out)["workbooks"][0]
    assert told["cycle"]["due"] == "2026-12-31"
    assert told["written"] is None
    lines = {line["key"] or line["kind"]: line for line in told["lines"]}
    assert lines["KR-7"]["result"] == "reached"
    assert lines["KR-7"]["pass_mark"] == 1.0
    assert lines["KR-9"]["result"] == "not_scored"
    assert lines["KR-9"]["score"] is None
    assert all(line["verdict"] for line in told["lines"])


def test_a_file_that_is_only_read_is_graded_and_not_written(here: Path, call: Caller) -> None:
    """Shows a text file: the grades are printed, and the refusal says how to come to a workbook."""
    rows = ["Objective;Key result;Baseline;Target;Current;Start;Due", "Grow;;;;;;"]
    rows.append(";Orders a day;0;100;90;01/10/2026;31/12/2026")
    (here / "okr.csv").write_text("\n".join(rows), encoding="utf-8")
    done = call("cycle", "close", "okr.csv", "--yes", "--lang", "en", *OVER)
    assert done.code == 3
    assert "0.90" in done.out
    assert "adopt" in done.err
    assert [path.name for path in here.glob("okr.*")] == ["okr.csv"]


def test_kpis_alone_have_no_cycle_to_close(here: Path, call: Caller) -> None:
    """Shows that a workbook of KPIs is told what it has in the place of a retrospective."""
    cycle = parse_cycle("Q4/2026", date(2026, 11, 1), 1)
    assert cycle is not None
    gallery.build(here / "kpi.xlsx", "kpi", phrases("en"), cycle=cycle, company="Firm")
    done = call("cycle", "close", "kpi.xlsx", "--yes", "--lang", "en", *OVER)
    assert done.code == 3
    assert "scorecard = true" in done.err


def test_the_next_cycle_is_a_workbook_without_errors_of_ours(firm: str, here: Path, call: Caller) -> None:
    """Shows ids, owners and targets of what goes on, new baselines, and not one item that has begun or has an error.

    The demo's one error (a direction against its numbers) was in the old rows, and stays where it is.
    """
    before = (here / "firm.xlsx").read_bytes()
    done = call("cycle", "next", "firm.xlsx", "-o", "next.xlsx", "--lang", firm, *OVER)
    assert done.code == 0
    assert (here / "firm.xlsx").read_bytes() == before
    old, new = scored(here / "firm.xlsx"), scored(here / "next.xlsx")
    assert new.goals.cycle is not None
    assert (new.goals.cycle.label, new.goals.cycle.start) == ("Q1/2027", date(2027, 1, 1))
    errors = {(one.code, one.item) for one in new.findings if one.severity is Severity.ERROR}
    assert errors <= {(one.code, one.item) for one in old.findings}
    results = {item.key: item for item in new.goals.key_results}
    assert set(results) == {"KR-1", "KR-3", "KR-4", "KR-6", "KR-10", "KR-11", "KR-12", "KR-13", "KR-14"}
    for key, item in results.items():
        former = next(one for one in old.goals.key_results if one.key == key)
        assert (item.title.value, item.owner.value) == (former.title.value, former.owner.value)
        assert item.agreed.column > 0
        assert item.agreed.blank
    assert results["KR-1"].baseline.value is not None
    assert results["KR-1"].baseline.value.number == 3.7e9
    assert new.goals.check_ins == ()
    assert len(new.goals.people) == len(old.goals.people)
    assert new.goals.settings is not None
    assert new.profile.full_name == old.profile.full_name


def test_before_its_first_day_nothing_of_the_next_cycle_has_begun(firm: str, here: Path, call: Caller) -> None:
    """Shows that made ahead of time, every goal is not started, and a close of it is refused."""
    call("cycle", "next", "firm.xlsx", "-o", "next.xlsx", "--lang", firm, *OVER)
    new = scored(here / "next.xlsx", date(2026, 12, 31))
    statuses = {new.scorecard.scores[item.key].status for item in goals_of(new.goals)} - {Status.NOT_SCORED}
    assert statuses == {Status.NOT_STARTED}
    assert call("cycle", "close", "next.xlsx", "--yes", "--lang", firm, *LATER).code == 3


def test_cycles_follow_each_other(firm: str, here: Path, call: Caller) -> None:
    """Shows a next cycle that is closed in its turn: a second close of it writes nothing, and a third cycle follows."""
    call("cycle", "next", "firm.xlsx", "-o", "next.xlsx", "--lang", firm, *OVER)
    call("cycle", "close", "next.xlsx", "--yes", "--lang", firm, "--today", "2027-04-01")
    held = (here / "next.xlsx").read_bytes()
    call("cycle", "close", "next.xlsx", "--yes", "--lang", firm, "--today", "2027-04-02")
    assert (here / "next.xlsx").read_bytes() == held
    assert call("cycle", "next", "next.xlsx", "-o", "third.xlsx", "--lang", firm, "--today", "2027-04-02").code == 0
    assert [item.key for item in scored(here / "third.xlsx").goals.objectives] == ["O-1", "O-2", "O-4", "O-5", "O-6"]


@pytest.mark.parametrize(("carry", "objectives"), [("all", 7), ("none", 0), ("unfinished", 5)])
def test_people_choose_what_goes_on(here: Path, call: Caller, demo_bytes: Any, carry: str, objectives: int) -> None:
    """Shows every choice; with none an empty OKR worksheet waits, and the old ids are still listed as taken."""
    (here / "firm.xlsx").write_bytes(demo_bytes("en"))
    done = call("cycle", "next", "firm.xlsx", "-o", "next.xlsx", "--carry", carry, "--lang", "en", *OVER)
    assert done.code == 0
    new = book(here / "next.xlsx")
    assert len(scored(here / "next.xlsx").goals.objectives) == objectives
    assert "OKR" in [sheet.name for sheet in new.sheets]
    listed = [list(row) for row in new.sheet("Previous cycle").rows]
    assert {row[0] for row in listed} >= {"O-3", "KR-17"}
    assert sum(1 for row in listed if "→" in row) == {"all": 24, "none": 0, "unfinished": 14}[carry]


@pytest.mark.parametrize(
    ("language", "told"), [("en", "Not reached, and left behind"), ("vi", "Chưa đạt nhưng vẫn dừng lại")]
)
def test_nothing_that_was_missed_ends_without_a_word(here: Path, call: Caller, language: str, told: str) -> None:
    """Shows that each of many key results that end unreached with a reached objective is named, also as JSON."""
    missed = [f"KR-{number}" for number in range(2, 14)]
    met = ("KR-1", None, "Shops", "increase", 0, 10, "90%", 10)
    rows = (("O-1", "Grow"), met, *((key, None, "Vans", "increase", 0, 10, None, 1) for key in missed))
    headers = ("ID", "Objective", "Key result", "Metric", "Baseline", "Target", "Weight", "Current")
    hostile.sound(here / "okr.xlsx", headers=headers, rows=rows)
    done = call("cycle", "next", "okr.xlsx", "-o", "next.xlsx", "--lang", language, *OVER)
    (line,) = (line for line in done.err.splitlines() if told in line)
    assert all(f"{key}," in line or f"{key}." in line for key in missed)
    assert "KR-1," not in line
    form = call("cycle", "next", "okr.xlsx", "-o", "other.xlsx", "--json", *OVER).out
    assert json.loads(form)["missed"] == missed


def test_kpis_begin_a_new_year(here: Path, call: Caller, demo_bytes: Any) -> None:
    """Shows months of the new year without actuals; targets as they were, or blank where that is wanted."""
    (here / "firm.xlsx").write_bytes(demo_bytes("en"))
    for choice in ("keep", "blank"):
        name = f"{choice}.xlsx"
        call("cycle", "next", "firm.xlsx", "-o", name, "--kpi-targets", choice, "--lang", "en", *OVER)
        kpis = scored(here / name).goals.kpis
        assert len(kpis) == 7
        assert {value.period.start.year for item in kpis for value in item.periods} == {2027}
        assert all(value.actual.blank for item in kpis for value in item.periods)
        assert {item.target.blank for item in kpis} == {choice == "blank"}


def test_another_cycle_can_be_chosen(okr: Path, call: Caller, here: Path) -> None:
    """Shows --cycle, what is no cycle, one that does not come after, and that a workbook without one needs it."""
    configure(here, '[workbook.okr]\npath = "okr.xlsx"\ncycle = "Q4/2026"\n')
    done = call("cycle", "next", "okr.xlsx", "-o", "next.xlsx", "--cycle", "H1/2027", "--json", *OVER)
    assert json.loads(done.out)["cycle"] == {"label": "H1/2027", "start": "2027-01-01", "due": "2027-06-30"}
    assert call("cycle", "next", "okr.xlsx", "-o", "a.xlsx", "--cycle", "soon", *OVER).code == 2
    assert call("cycle", "next", "okr.xlsx", "-o", "a.xlsx", "--cycle", "Q1/2026", *OVER).code == 2
    assert call("cycle", "next", "okr.xlsx", "-o", "okr.xlsx", *OVER).code == 2
    assert call("cycle", "next", "okr.xlsx", *OVER).code == 2
    assert not (here / "a.xlsx").exists()


def test_a_sheet_of_peoples_own_goes_on_too(here: Path, call: Caller) -> None:
    """Shows an adopted sheet in Vietnamese: closed in its own workbook, and carried into one in our form."""
    rows = (
        ("STT", "Mục tiêu", "Kết quả then chốt", "Người phụ trách", "Ban đầu", "Mục tiêu số", "Hiện tại", "Hạn"),
        (1, "Tăng trưởng bán hàng", "Khách hàng mới", "Lan", 0, 40, 8, date(2026, 12, 31)),
        (2, "Tăng trưởng bán hàng", "Số bài viết mỗi tuần", "Minh", None, "2 bài/tuần", 2, date(2026, 12, 31)),
    )
    hostile.sound(here / "okr.xlsx", headers=rows[0], rows=rows[1:])
    call("adopt", "okr.xlsx", "--yes", "--lang", "vi", *RUNNING)
    config = here / "sheetsync.toml"
    named = '[workbook.okr]\nlanguage = "vi"\ncycle = "Q4/2026"'
    told = config.read_text(encoding="utf-8").replace("[workbook.okr]", named, 1)
    config.write_text(told, encoding="utf-8")
    closed = call("cycle", "close", "okr.xlsx", "--yes", "--lang", "vi", *OVER)
    assert closed.code == 0, closed.err
    assert "Tổng kết Q4 2026" in [sheet.name for sheet in book(here / "okr.xlsx").sheets]
    done = call("cycle", "next", "okr.xlsx", "-o", "next.xlsx", "--lang", "vi", *OVER)
    assert done.code == 0, done.err
    new = scored(here / "next.xlsx")
    assert [item.title.value for item in new.goals.key_results] == ["Khách hàng mới"]
    assert not [one for one in new.findings if one.severity is Severity.ERROR]


@pytest.mark.usefixtures("signed_in")
def test_a_google_spreadsheet_is_closed_and_followed(sheets_server: SheetsServer, call: Caller, here: Path) -> None:
    """Shows the retrospective in the spreadsheet, nothing on a second run, and the next cycle in a blank one."""
    sheet = sheets_server.add(spreadsheet_of_a_firm())
    blank = sheets_server.add(Spreadsheet("1NextNextNextNextNextNextNextNextNextNextNex1", title="Q1", locale="en_US"))
    done = call("cycle", "close", f"gs:{sheet.id}", "--yes", "--early", "--lang", "en", *RUNNING)
    assert done.code in (0, 1), done.err
    again = json.loads(call("cycle", "close", f"gs:{sheet.id}", "--yes", "--early", "--json", *RUNNING).out)
    assert again["workbooks"][0]["planned"] == {"cells": 0}
    assert call("cycle", "next", f"gs:{sheet.id}", "-o", "next.xlsx", *OVER).code == 0
    made = call("cycle", "next", f"gs:{sheet.id}", "--google", blank.id, "--lang", "en", *OVER)
    assert made.code == 0, made.err
    told = json.loads(call("check", f"gs:{blank.id}", "--json", "--fail-on", "never", *OVER).out)["workbooks"][0]
    assert not [one for one in told["findings"] if one["severity"] == "error"]


def test_a_recurring_key_result_is_explained(firm: str, call: Caller) -> None:
    """Shows the target as it was written, with its period, and a mean that has no more digits than anybody reads."""
    told = call("explain", "KR-16", "firm.xlsx", "--lang", firm, *OVER).out
    assert ("2/tháng" if firm == "vi" else "2 a month") in told
    assert ("1,33" if firm == "vi" else "1.33") in told
    assert "333" not in told
