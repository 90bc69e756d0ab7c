"""A write that concerns two worksheets: each is looked at, put right and dressed by itself, and no other is touched."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

from sheetsync.workbook import CellRef, CellUpdate, Changes, ColumnAddition, TableAnchor
from tests.backends.google.desk import ANCHOR, Desk, addition, applied, killed, night
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.spreadsheet import Spreadsheet

KPI = TableAnchor("KPI", 1, 5, (1, 2))


class Two(Desk):
    """The desk's spreadsheet with a second table in a worksheet of its own, where Score (E) and Grade (F) are ours."""

    def __init__(self, server: SheetsServer, folder: Path) -> None:
        super().__init__(server, folder)
        self.sheet.add_sheet("KPI")
        self.sheet.enter("KPI", [["Code", "KPI", "Target", "Actual", "Score", "Grade"]])
        self.sheet.enter(
            "KPI", [[f"K-{n}", f"Sold {n}", 7.0 * n, 3.0 * n, n / 50, f"was {n}"] for n in range(1, 5)], "A2"
        )
        self.sheet.name("KPI", "E1", "_ss_kpi_score")
        self.sheet.name("KPI", "F1", "_ss_kpi_grade")

    def table(self, sheet: str) -> list[list[Any]]:
        """Give the rows of a worksheet with its title row, blank rows left out, and blank cells out of each row."""
        rows = ([value for value in row if value is not None] for row in self.sheet.rows(sheet))
        return [row for row in rows if row]


@pytest.fixture
def desk(sheets_server: SheetsServer, tmp_path: Path) -> Generator[Two]:
    """Give the spreadsheet at the stand-in."""
    made = Two(sheets_server, tmp_path)
    yield made
    made.connecting.close()


def both() -> Changes:
    """Make the changes of a night in both worksheets."""
    cells = []
    for n in range(1, 5):
        cells.append(CellUpdate("KPI", n + 1, 5, n / 50, 0.5 + n / 50, "text"))
        cells.append(CellUpdate("KPI", n + 1, 6, f"was {n}", f"is {n}", "text"))
    return Changes(cells=(*night().cells, *cells), anchors=(ANCHOR, KPI))


OKR_AFTER: list[list[Any]] = [
    ["Plan of the year"],
    ["ID", "Key result", "Owner", "Target", "Current", "Progress", "Status"],
    *[[f"KR-{n}", f"Result {n}", "Lan", 100 + n, 10 * n, 0.5 + n / 100, f"new {n}"] for n in range(1, 5)],
]
KPI_AFTER: list[list[Any]] = [
    ["Code", "KPI", "Target", "Actual", "Score", "Grade"],
    *[[f"K-{n}", f"Sold {n}", 7 * n, 3 * n, 0.5 + n / 50, f"is {n}"] for n in range(1, 5)],
]


def insert(*sheets: str) -> Callable[[Spreadsheet], None]:
    """Let somebody insert a column in some worksheets."""

    def work(made: Spreadsheet) -> None:
        for sheet in sheets:
            made.insert_columns(sheet, 2)

    return work


def unmark(made: Spreadsheet) -> None:
    """Let somebody delete the mark of the column Progress, and insert a column in the other worksheet."""
    (mark,) = (one["namedRangeId"] for one in made.book.named_ranges if one["name"] == "_ss_okr_progress")
    made.batch_update({"requests": [{"deleteNamedRange": {"namedRangeId": mark}}]})
    made.insert_columns("KPI", 2)


REBUILT: dict[str, tuple[Callable[[Spreadsheet], None], tuple[str, ...]]] = {
    "the first": (insert("OKR"), ("OKR",)),
    "the second": (insert("KPI"), ("KPI",)),
    "both": (insert("OKR", "KPI"), ("OKR", "KPI")),
    "rows of the second": (lambda made: made.insert_rows("KPI", 2), ()),
    "the second, with a mark of the first gone": (unmark, ("KPI",)),
}
"""What people do, and in which worksheets the write then hits cells of theirs, four in each."""


@pytest.mark.parametrize("which", REBUILT)
def test_a_worksheet_is_put_right_whatever_happened_to_the_other(desk: Two, which: str) -> None:
    """Shows that the cells of users that were hit are put back, and told, in either worksheet and in both."""
    rebuild, sheets = REBUILT[which]
    desk.before_write(lambda: rebuild(desk.sheet))
    hit = applied(desk, both())
    assert (desk.table("OKR"), desk.table("KPI")) == (OKR_AFTER, KPI_AFTER)
    assert [one.cell.sheet for one in hit] == [sheet for sheet in sheets for _ in range(4)]
    assert not desk.journal.exists()


@pytest.mark.parametrize("which", REBUILT)
def test_the_next_run_puts_either_worksheet_right(desk: Two, which: str) -> None:
    """Shows the same of a run that died: the next one gives back in both worksheets what users had in their cells."""
    rebuild, sheets = REBUILT[which]
    desk.before_write(lambda: rebuild(desk.sheet))
    killed(desk, both())
    hit = desk.backend().read().disturbed
    theirs = {sheet: [row[:-2] for row in desk.table(sheet)[-5:]] for sheet in ("OKR", "KPI")}
    assert theirs == {"OKR": [row[:-2] for row in OKR_AFTER[1:]], "KPI": [row[:-2] for row in KPI_AFTER]}
    assert [one.cell.sheet for one in hit] == [sheet for sheet in sheets for _ in range(4)]
    assert not desk.journal.exists()


def test_a_new_column_comes_into_its_own_worksheet(desk: Two) -> None:
    """Shows that a column which the second worksheet gets leaves the first one as it was, to its very look."""
    before = desk.sheet.resource(ranges=["OKR"], grid_data=True)["sheets"][0]
    header = CellRef("KPI", 1, 7)
    new = ColumnAddition(header, "Why", "kpi", "why", "prose", 40, 5, (("Low", "off_track"),))
    cell = CellUpdate("KPI", 2, 7, None, "since then", "prose")
    assert applied(desk, Changes((new,), (cell,), (KPI,))) == ()
    assert desk.sheet.resource(ranges=["OKR"], grid_data=True)["sheets"][0] == before
    assert [desk.sheet.value("KPI", place) for place in ("G1", "G2", "A2")] == ["Why", "since then", "K-1"]
    assert desk.sheet.named("_ss_kpi_why") == "'KPI'!G1"


def test_new_columns_of_two_worksheets_come_in_one_write(desk: Two) -> None:
    """Shows that each worksheet gets its column, and that a row which came in between moves those of its own alone."""
    desk.before_write(lambda: desk.sheet.insert_rows("KPI", 1))
    new = ColumnAddition(CellRef("KPI", 1, 7), "Why", "kpi", "why", "text", 10, 5)
    cells = (CellUpdate("OKR", 3, 8, None, "of OKR", "text"), CellUpdate("KPI", 2, 7, None, "of KPI", "text"))
    assert applied(desk, Changes((addition("why", 8), new), cells, (ANCHOR, KPI))) == ()
    assert [desk.sheet.named(name) for name in ("_ss_okr_why", "_ss_kpi_why")] == ["'OKR'!H2", "'KPI'!G2"]
    assert desk.column("H") == ["Why", "of OKR", None, None, None]
    assert [desk.sheet.value("KPI", f"G{row}") for row in (1, 2, 3, 4)] == [None, "Why", "of KPI", None]
