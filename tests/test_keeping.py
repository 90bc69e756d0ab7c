"""What a run finds that comes after one which broke off: its cells are ours, and what it put back is told once."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from sheetsync.history import History
from sheetsync.mapping import APART, ColumnMapping, TableMapping
from sheetsync.sync import run
from sheetsync.workbook import CellRef, CellUpdate, CellValue, Changes
from tests.test_history_run import DAY, HEADER, Firm, codes, goals_rows, unlocked

NEXT = DAY + timedelta(days=1)
CONCEPTS = ("id", "objective", "key_result", "owner", "baseline", "target", "current", "check_in_date")
COLUMNS = tuple(ColumnMapping(*one, str(HEADER[one[1] - 1])) for one in zip(CONCEPTS, range(1, 9), strict=True))


class Interrupted(Firm):
    """A firm whose computed columns stand beside the table, or in a worksheet of their own."""

    def __init__(self, path: Path, *, apart: bool) -> None:
        mapping = TableMapping(("OKR",), "okr", "flat", (1,), COLUMNS, APART)
        given: dict[str, Any] = {"tables": (mapping,), "cycle": "Q4/2026"} if apart else {}
        super().__init__(path, **given)
        self.shelf = "sheetsync" if apart else "OKR"

    def place(self, key: str, header: str) -> tuple[int, int]:
        """Give row and column of a cell in the worksheet of the computed columns."""
        rows = self.backend.read().sheet(self.shelf).rows
        return next(at for at, row in enumerate(rows, 1) if row[0] == key), list(rows[0]).index(header) + 1

    def computed(self, key: str, header: str) -> CellValue:
        """Give what stands in a computed cell."""
        return self.backend.read().sheet(self.shelf).value(*self.place(key, header))

    def type_over(self, key: str, header: str, value: CellValue) -> None:
        """Let somebody type into a computed cell."""
        place, before = self.place(key, header), self.computed(key, header)
        update = CellUpdate(self.shelf, *place, before, value)
        self.backend.apply(Changes(cells=(update,)), self.backend.read().revision)

    def type_current(self, row: int, value: CellValue) -> None:
        """Let the owner of a row bring it up to date."""
        workbook = self.backend.read()
        update = CellUpdate("OKR", row, 7, workbook.sheet("OKR").value(row, 7), value)
        self.backend.apply(Changes(cells=(update,)), workbook.revision)

    def typed_before(self) -> list[str]:
        """Give what the history knows to have been typed over computed cells."""
        with History.open(self.path) as history:
            said = [entry.statement for key in ("KR-1", "KR-2") for entry in history.series(1, key)]
        return [one.text for one in said if one is not None and one.concept.startswith("typed")]


def break_off(firm: Firm, day: date) -> None:
    """Let a run be interrupted once it has written the workbook, before it remembers anything of it."""

    def interrupted(*_: object) -> Any:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(firm.backend, firm.job(day), unlocked, histories=firm.histories, mails=interrupted)


@pytest.fixture(params=[False, True], ids=["beside", "apart"])
def firm(request: pytest.FixtureRequest, tmp_path: Path) -> Interrupted:
    """Give a workbook that was synced once."""
    firm = Interrupted(tmp_path / "history.sqlite3", apart=request.param)
    firm.sync(DAY)
    return firm


@pytest.mark.parametrize("moved", [False, True])
def test_what_a_broken_run_put_back_is_told_and_kept_by_the_next(firm: Interrupted, moved: bool) -> None:
    """Shows that what was typed over stands in the finding and in the history, though rows were sorted meanwhile."""
    computed = firm.computed("KR-1", "Status")
    firm.type_over("KR-1", "Status", "nearly done")
    break_off(firm, NEXT)
    assert (firm.computed("KR-1", "Status"), firm.typed_before()) == (computed, [])
    if moved:
        firm.reorder([1, 3, 2])
    outcome = firm.sync(NEXT)
    told = [(one.item, one.params) for one in outcome.evaluation.findings if one.code in ("DR501", "DR512")]
    assert told == [("KR-1", {"value": "nearly done", "column": "status", "before": computed, "until": DAY})]
    assert firm.typed_before() == ["nearly done"]


def test_what_a_broken_run_wrote_is_ours(firm: Interrupted) -> None:
    """Shows that no cell which it wrote counts as typed on a later night, and is brought up to date."""
    firm.type_current(3, 98)
    break_off(firm, NEXT)
    assert firm.computed("KR-1", "Progress") == 0.98
    firm.type_current(3, 60)
    outcome = firm.sync(NEXT + timedelta(days=1))
    assert codes(outcome, "DR501", "DR512") == []
    assert (firm.computed("KR-1", "Progress"), firm.typed_before()) == (0.6, [])


def test_what_is_typed_over_a_cell_that_a_broken_run_wrote_is_told(firm: Interrupted) -> None:
    """Shows that a number which could be ours is put back, and told."""
    firm.type_current(3, 98)
    break_off(firm, NEXT)
    firm.type_over("KR-1", "Progress", 0.95)
    outcome = firm.sync(NEXT)
    assert [one.params["value"] for one in outcome.evaluation.findings if one.code == "DR512"] == [0.95]
    assert (firm.computed("KR-1", "Progress"), firm.typed_before()) == (0.98, ["0.95"])


def test_a_broken_run_is_known_in_rows_under_other_keys(tmp_path: Path) -> None:
    """Shows that what it put back is told of a row without an id whose title was edited after it."""
    rows = goals_rows(4)
    for row in rows[1:]:
        row[0] = None
    firm = Firm(tmp_path / "history.sqlite3", rows)
    firm.sync(DAY)
    book = firm.backend.read()
    status = list(book.sheet("OKR").rows[0]).index("Status") + 1
    update = CellUpdate("OKR", 4, status, book.sheet("OKR").value(4, status), "nearly done")
    firm.backend.apply(Changes(cells=(update,)), book.revision)
    break_off(firm, NEXT)
    edited = [list(row) for row in firm.backend.read().sheet("OKR").rows]
    edited[3][2] = "Result number 2, online"
    firm.keep(edited)
    outcome = firm.sync(NEXT)
    told = [(one.cell, one.params["value"]) for one in outcome.evaluation.findings if one.code in ("DR501", "DR512")]
    assert told == [(CellRef("OKR", 4, status), "nearly done")]
