"""The worksheet of our own in a spreadsheet: added in one request, once, whatever goes wrong at that very moment."""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sheetsync.backends.google import backend as google_backend
from sheetsync.backends.google.own_sheet import FIRST_ID, ROOM
from sheetsync.chart import SheetChart
from sheetsync.errors import SheetsyncError, WorkbookChanged, WriteRefused
from sheetsync.workbook import Changes, Receipt
from tests.backends.google.connecting import Connecting
from tests.backends.google.desk import WRITE, Desk
from tests.backends.google.desk import killed as killed_on
from tests.backends.google.troubles import UNSURE
from tests.backends.own_sheet import OWN, own_changes
from tests.sheets_server import faults
from tests.sheets_server.errors import ApiError
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.spreadsheet import Spreadsheet
from tests.writeback.apart import CARD, LATER, TODAY, planned
from tests.writeback.sheets import score

KEYS = ("O-1", "KR-1", "KR-2", "KPI-1")


class Apart(Desk):
    """A spreadsheet whose tables have no place for computed columns."""

    def __init__(self, server: SheetsServer, folder: Path) -> None:
        self.server, self.journal = server, folder / "state" / "journal"
        self.sheet = server.add(Spreadsheet("1Apart_ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", "Apart", locale="vi_VN"))
        self.sheet.rename_sheet("Sheet1", "OKR Q4")
        self.sheet.enter("OKR Q4", [["Chỉ số", "Doanh thu", "Khách hàng"], ["Chỉ tiêu", 5, 9], ["Thực hiện", 3, 2]])
        self.sheet.add_sheet("KPI")
        self.connecting = Connecting(server, folder)

    def run(self, *keys: str, worksheets: tuple[str, ...] = (), **given: Any) -> Receipt:
        """Read, plan and write, as one run does."""
        backend = self.backend(worksheets)
        workbook = backend.read()
        return backend.apply(planned(workbook, *(keys or KEYS), **given).changes, workbook.revision)

    def changes(self, *keys: str) -> Changes:
        """Give the changes of a run as the spreadsheet stands."""
        return planned(self.backend().read(), *(keys or KEYS)).changes

    @property
    def titles(self) -> list[str]:
        """The names of all worksheets."""
        return [sheet["properties"]["title"] for sheet in self.sheet.resource()["sheets"]]

    def shown(self, title: str = "sheetsync") -> list[list[object]]:
        """Give key, place and date of each row that holds something."""
        rows = self.sheet.rows(title)[1:]
        return [[row[0], row[1], row[-1]] for row in rows if any(value not in (None, "") for value in row)]

    def right(self, title: str = "sheetsync") -> bool:
        """Say whether the worksheet is there once, and shows every item in order."""
        return [row[0] for row in self.shown(title)] == list(KEYS) and self.titles.count(title) == 1


@pytest.fixture
def desk(sheets_server: SheetsServer, tmp_path: Path) -> Generator[Apart]:
    """Give the spreadsheet at the stand-in."""
    made = Apart(sheets_server, tmp_path)
    yield made
    made.connecting.close()


def days(day: date) -> float:
    """Give the number that stands for a day."""
    return float((day - date(1899, 12, 30)).days)


def test_adding_and_filling_takes_two_requests(desk: Apart) -> None:
    """Shows headers, rows, links and marks after one read and one write, and a quiet second run."""
    receipt = desk.run()
    assert (desk.server.reads, desk.server.writes, desk.journal.exists()) == (1, 1, False)
    assert (receipt.sheets, receipt.columns) == (1, 0)
    assert desk.titles == ["OKR Q4", "KPI", "sheetsync"]
    gid, kpi = desk.sheet.sheet_id("OKR Q4"), desk.sheet.sheet_id("KPI")
    assert desk.shown() == [
        ["O-1", "'OKR Q4'!B4", days(TODAY)],
        ["KR-1", "'OKR Q4'!C4", days(TODAY)],
        ["KR-2", "'OKR Q4'!D4", days(TODAY)],
        ["KPI-1", "KPI!E4", days(TODAY)],
    ]
    links = [desk.sheet.entered("sheetsync", f"B{row}") for row in (2, 5)]
    assert links == [
        {"formulaValue": f'=HYPERLINK("#gid={gid}&range=B4";"\'OKR Q4\'!B4")'},
        {"formulaValue": f'=HYPERLINK("#gid={kpi}&range=E4";"KPI!E4")'},
    ]
    assert desk.sheet.named("_ss_own_key") == "sheetsync!A1"
    assert desk.run().cells == 0
    assert (desk.server.reads, desk.server.writes) == (2, 1)


def test_the_worksheet_looks_as_a_table_does(desk: Apart) -> None:
    """Shows the bold header that stays in sight, formats of numbers, widths, and colours of status."""
    desk.run()
    sheet = desk.sheet.resource(ranges=["sheetsync"], grid_data=True)["sheets"][0]
    assert sheet["properties"]["sheetId"] == FIRST_ID
    assert sheet["properties"]["gridProperties"]["frozenRowCount"] == 1
    data = sheet["data"][0]
    header = data["rowData"][0]["values"]
    assert all(cell["userEnteredFormat"]["textFormat"]["bold"] for cell in header)
    place = {cell["userEnteredValue"]["stringValue"]: at for at, cell in enumerate(header)}
    second = data["rowData"][1]["values"]
    forms = {name: second[at].get("userEnteredFormat", {}).get("numberFormat", {}) for name, at in place.items()}
    assert (forms["Progress"]["type"], forms["Synced"]["type"], forms["Item key"]) == ("PERCENT", "DATE", {})
    assert data["columnMetadata"][place["Why"]]["pixelSize"] > data["columnMetadata"][place["Score"]]["pixelSize"]
    rules = sheet["conditionalFormats"]
    assert {rule["ranges"][0]["startColumnIndex"] for rule in rules} == {place["Status"]}


def test_later_nights_write_what_changed_and_dates_go_with_their_items(desk: Apart) -> None:
    """Shows a row that comes in above others, one that goes, and the links and dates of all of them."""
    desk.run("KR-1", "KR-2")
    desk.run("O-1", "KR-1", "KR-2", today=LATER)
    assert desk.shown() == [
        ["O-1", "'OKR Q4'!B4", days(LATER)],
        ["KR-1", "'OKR Q4'!C4", days(TODAY)],
        ["KR-2", "'OKR Q4'!D4", days(TODAY)],
    ]
    desk.run("KR-2", today=LATER)
    assert desk.shown() == [["KR-2", "'OKR Q4'!B4", days(TODAY)]]
    assert desk.sheet.entered("sheetsync", "B3") is None
    desk.run(*KEYS, today=LATER)
    assert desk.right()
    assert desk.server.writes == 4


@pytest.mark.parametrize("kind", UNSURE)
def test_a_lost_answer_adds_no_second_worksheet(desk: Apart, kind: str) -> None:
    """Shows that where nobody knows whether the worksheet was made, it is there once after this very run."""
    desk.server.fail(UNSURE[kind], on="batchUpdate")
    desk.run()
    assert desk.right()
    assert not desk.journal.exists()
    writes = desk.server.writes
    desk.run()
    assert (desk.server.writes, desk.right()) == (writes, True)


@pytest.mark.parametrize("applied", [True, False])
def test_a_run_that_gives_up_is_put_right_by_the_next(desk: Apart, applied: bool) -> None:
    """Shows that an answer which is lost for good, and one to every look after it, does no harm."""
    desk.server.fail(faults.reset(applied=applied), on=WRITE)
    desk.server.fail(faults.status(503), on="spreadsheets.get", at=2, times=30)
    with pytest.raises(SheetsyncError):
        desk.run()
    assert desk.journal.exists()
    desk.server.service.plan.rules.clear()
    desk.run()
    assert desk.right()
    assert not desk.journal.exists()


def test_a_run_that_is_killed_after_the_write_is_converged_by_the_next(desk: Apart) -> None:
    """Shows that the next run finds the worksheet as it should be: nothing to put back, nothing to write, no second."""
    killed_on(desk, desk.changes())
    assert desk.right()
    writes = desk.server.writes
    backend = desk.backend()
    workbook = backend.read()
    assert workbook.disturbed == ()
    assert planned(workbook, *KEYS).changes.empty
    assert (desk.server.writes, desk.journal.exists()) == (writes, False)


@pytest.mark.parametrize(
    "rebuild",
    [
        lambda sheet: sheet.insert_rows("sheetsync", 3, 2),
        lambda sheet: sheet.insert_columns("sheetsync", 3),
        lambda sheet: sheet.sort("sheetsync", "A2:P5", "A"),
        lambda sheet: sheet.type("sheetsync", "C3", "typed over"),
        lambda sheet: sheet.rename_sheet("sheetsync", "Kết quả"),
        lambda sheet: sheet.insert_rows("OKR Q4", 1),
        lambda sheet: sheet.delete_sheet("sheetsync"),
    ],
    ids=["rows", "column", "sort", "typed", "renamed", "rows of the table", "deleted"],
)
@pytest.mark.parametrize("dead", [True, False])
def test_people_who_rebuild_the_new_worksheet_are_no_trouble(
    desk: Apart, rebuild: Callable[[Spreadsheet], None], dead: bool
) -> None:
    """Shows that whatever people do to it right after it was made, later runs show every item once, and no journal."""
    if dead:
        killed_on(desk, desk.changes())
        rebuild(desk.sheet)
    else:
        desk.run()
        rebuild(desk.sheet)
    for _ in (1, 2):
        assert desk.backend().read().disturbed == ()
        desk.run()
    title = "Kết quả" if "Kết quả" in desk.titles else "sheetsync"
    assert [row[0] for row in desk.shown(title)] == list(KEYS)
    assert len(desk.titles) == 3
    writes = desk.server.writes
    desk.run()
    assert (desk.server.writes, desk.journal.exists()) == (writes, False)


@pytest.mark.parametrize(
    "rebuild",
    [
        lambda sheet: sheet.insert_rows("sheetsync", 3, 2),
        lambda sheet: sheet.delete_rows("sheetsync", 3),
        lambda sheet: sheet.sort("sheetsync", "A2:P5", "A"),
        lambda sheet: sheet.insert_columns("sheetsync", 3),
        lambda sheet: sheet.delete_sheet("sheetsync"),
        lambda sheet: sheet.insert_columns("OKR Q4", 1),
    ],
    ids=["rows", "row deleted", "sort", "column", "deleted", "column of the table"],
)
@pytest.mark.parametrize("keys", [KEYS, ("KR-2", "O-1", "KR-1", "KPI-1"), ("KPI-1",)], ids=["same", "moved", "fewer"])
def test_rebuilding_it_during_a_nightly_write_is_put_right_at_last(
    desk: Apart, rebuild: Callable[[Spreadsheet], None], keys: tuple[str, ...]
) -> None:
    """Shows that edits between read and write cost a run or two, and never a cell of the tables themselves."""
    desk.run()
    tables = [desk.sheet.rows("OKR Q4"), desk.sheet.rows("KPI")]
    scores = [*CARD[:1], score("KR-1", progress=0.75), *CARD[2:]]
    desk.before_write(lambda: rebuild(desk.sheet))
    for _ in range(3):
        try:
            desk.run(*keys, scores=scores, today=LATER)
        except WorkbookChanged:
            continue
    wanted = planned(desk.backend().read(), *keys, scores=scores, today=LATER).changes
    assert wanted.empty
    assert sorted(str(row[0]) for row in desk.shown()) == sorted(keys)
    assert len(desk.titles) == 3
    assert [row[-2:] for row in desk.sheet.rows("OKR Q4")] == [row[-2:] for row in tables[0]]
    assert not desk.journal.exists()


def test_a_worksheet_of_that_name_that_comes_in_between_is_the_users(desk: Apart) -> None:
    """Shows that the write is not made, and that the next plan takes another name."""
    desk.before_write(lambda: desk.sheet.add_sheet("sheetsync"))
    with pytest.raises(WorkbookChanged):
        desk.run()
    assert not desk.journal.exists()
    desk.run()
    assert (desk.titles[2:], desk.right("sheetsync 2")) == (["sheetsync", "sheetsync 2"], True)
    assert desk.sheet.rows("sheetsync") == []


def test_a_name_that_google_does_not_give_is_told(desk: Apart) -> None:
    """Shows the message where a tab that holds no cells has the name."""
    text = 'Invalid requests[0].addSheet: A sheet with the name "sheetsync" already exists. Please enter another name.'
    desk.server.fail(faults.refused(ApiError(400, text)), on=WRITE)
    with pytest.raises(WriteRefused) as refused:
        desk.run()
    assert (refused.value.key, refused.value.params["sheet"]) == ("google.sheet_name_taken", "sheetsync")


def test_a_mark_that_stands_elsewhere_already_is_told(desk: Apart) -> None:
    """Shows that no worksheet is added whose column has a mark in another, and that the message names both."""
    backend = desk.backend()
    workbook = backend.read()
    changes = planned(workbook, *KEYS).changes
    (added,) = changes.sheets
    last = len(added.columns)
    desk.sheet.name("KPI", "Z9", f"_ss_{added.table}_{added.columns[-1].concept}")
    with pytest.raises(WriteRefused) as caught:
        backend.apply(changes, backend.read().revision)
    assert caught.value.key == "google.marked_twice"
    assert caught.value.params["cell"] == f"sheetsync!{chr(64 + last)}1"
    assert caught.value.params["text"] == added.columns[-1].text
    assert (desk.server.writes, desk.titles) == (0, ["OKR Q4", "KPI"])


def test_a_worksheet_that_was_deleted_is_made_anew(desk: Apart) -> None:
    """Shows that neither its id nor the names of its marks, which stay taken, are in the way."""
    desk.run()
    desk.sheet.delete_sheet("sheetsync")
    desk.run(today=LATER)
    assert desk.right()
    assert desk.sheet.named("_ss_own_key__2") == "sheetsync!A1"
    assert desk.run(today=LATER).cells == 0


def test_a_worksheet_grows_with_the_goals(desk: Apart) -> None:
    """Shows that more items than it has rows are written all the same."""
    desk.run("KR-1")
    many = [f"KR-{number}" for number in range(1, ROOM + 50)]
    desk.run(*many, scores=[score(key) for key in many])
    assert [row[0] for row in desk.shown()] == many
    assert desk.server.writes == 2


def test_only_some_worksheets_are_read_and_ours_with_them(desk: Apart) -> None:
    """Shows that a limit of worksheets holds for the tables, and that ours is found, written and found again."""
    only = ("OKR Q4",)
    desk.run("KR-1", "KR-2", worksheets=only)
    assert desk.titles == ["OKR Q4", "KPI", "sheetsync"]
    workbook = desk.backend(only).read()
    assert [sheet.name for sheet in workbook.sheets] == ["OKR Q4", "sheetsync"]
    writes = desk.server.writes
    desk.run("KR-1", "KR-2", worksheets=only)
    assert desk.server.writes == writes
    desk.run("KR-2", worksheets=only)
    assert [row[0] for row in desk.shown()] == ["KR-2"]
    assert desk.server.writes == writes + 1


@pytest.mark.parametrize("kind", ["reset", "reset-done"])
def test_a_lost_answer_where_only_some_worksheets_are_read(desk: Apart, kind: str) -> None:
    """Shows that looking at what came of a write sees the new worksheet there too."""
    desk.server.fail(UNSURE[kind], on=WRITE)
    desk.run("KR-1", worksheets=("OKR Q4",))
    assert [row[0] for row in desk.shown()] == ["KR-1"]
    assert desk.titles == ["OKR Q4", "KPI", "sheetsync"]


def test_a_large_worksheet_is_written_in_parts(desk: Apart, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that it is added once where its cells need several requests, and that all of them arrive."""
    monkeypatch.setattr(google_backend, "PAYLOAD", 4_000)
    monkeypatch.setattr(google_backend, "LARGEST", 8_000)
    many = [f"KR-{number}" for number in range(1, 120)]
    desk.run(*many, scores=[score(key) for key in many])
    assert [row[0] for row in desk.shown()] == many
    assert desk.server.writes > 2
    assert planned(desk.backend().read(), *many, scores=[score(key) for key in many]).changes.empty


def test_a_chart_comes_in_the_same_request(desk: Apart) -> None:
    """Shows that the chart lies beside the columns, inside the grid, and looks at every row of its three columns."""
    backend = desk.backend()
    sheet = OWN._replace(chart=SheetChart("Tiến độ", 5, (3, 4)))
    backend.apply(own_changes()._replace(sheets=(sheet,)), backend.read().revision)
    (made,) = desk.sheet.resource()["sheets"][-1]["charts"]
    assert desk.server.writes == 1
    chart, grid = made["spec"]["basicChart"], desk.sheet.resource()["sheets"][-1]["properties"]["gridProperties"]
    sources = [one["domain"]["sourceRange"]["sources"][0] for one in chart["domains"]]
    sources += [one["series"]["sourceRange"]["sources"][0] for one in chart["series"]]
    assert [(one["startColumnIndex"], one["endColumnIndex"]) for one in sources] == [(4, 5), (2, 3), (3, 4)]
    assert {(one.get("startRowIndex", 0), one["endRowIndex"]) for one in sources} == {(0, grid["rowCount"])}
    assert made["position"]["overlayPosition"]["anchorCell"]["columnIndex"] < grid["columnCount"]
