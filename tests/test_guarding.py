"""What stops a run before it writes, night after night with a real history."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from sheetsync.backends.memory import MemoryBackend
from sheetsync.errors import WriteRefused
from sheetsync.guarding import emptied, vanished
from sheetsync.history import History
from sheetsync.workbook import Worksheet
from tests.books import SETTINGS_ROWS, Rows, book
from tests.test_history_run import DAY, Firm, codes, goals_rows


def test_many_rows_that_vanish_stop_the_run(tmp_path: Path) -> None:
    """Shows the guard: 3 rows and over a quarter of them; it names them, writes nothing, and can be let pass."""
    firm = Firm(tmp_path / "history.sqlite3", goals_rows(9))
    firm.sync(DAY)
    rows = [list(row) for row in firm.backend.read().sheet("OKR").rows]
    firm.keep(rows[:-2])
    firm.sync(DAY + timedelta(days=1))
    rows = [list(row) for row in firm.backend.read().sheet("OKR").rows]
    before = firm.counts()
    firm.keep(rows[:-3])
    revision = firm.backend.read().revision
    with pytest.raises(WriteRefused) as refused:
        firm.sync(DAY + timedelta(days=2))
    assert (refused.value.key, refused.value.exit_code) == ("guard.vanished", 3)
    assert refused.value.params["count"] == 3
    assert firm.backend.read().revision == revision
    assert firm.counts() == (before[0] + 1, *before[1:])
    firm.sync(DAY + timedelta(days=2), accept_removed=True)
    assert vanished(firm.sync(DAY + timedelta(days=3)).evaluation) == ()


def test_a_quarter_of_the_rows_may_vanish(tmp_path: Path) -> None:
    """Shows that three rows of twelve are let pass, and that the last row is not missed the night after."""
    firm = Firm(tmp_path / "history.sqlite3", goals_rows(11))
    firm.sync(DAY)
    firm.keep([list(row) for row in firm.backend.read().sheet("OKR").rows][:-3])
    assert vanished(firm.sync(DAY + timedelta(days=1)).evaluation) == ()


def test_a_guard_names_the_workbook_and_its_rows(tmp_path: Path) -> None:
    """Shows what people look for: the file, and the ids that are gone, or that stand twice."""
    firm = Firm(tmp_path / "history.sqlite3", goals_rows(9))
    firm.sync(DAY)
    rows = [list(row) for row in firm.backend.read().sheet("OKR").rows]
    firm.keep(rows[:-3])
    with pytest.raises(WriteRefused) as refused:
        firm.sync(DAY + timedelta(days=1))
    assert refused.value.params["path"] == "book.xlsx"
    assert all(name in str(refused.value.params["ids"]) for name in ("KR-7", "KR-8", "KR-9"))
    firm.keep([*rows, ["KR-9", *rows[-1][1:]]])
    with pytest.raises(WriteRefused) as refused:
        firm.sync(DAY + timedelta(days=1))
    assert refused.value.params == {"path": "book.xlsx", "ids": "KR-9"}
    with History.open(firm.path) as history:
        assert [one.outcome for one in history.runs()].count("refused") == 2


@pytest.mark.parametrize("column", ["Current", "Target"])
def test_many_values_that_vanish_stop_the_run(tmp_path: Path, column: str) -> None:
    """Shows that a renamed header stops the run before every goal is scored without it, and that it can be let pass."""
    firm = Firm(tmp_path / "history.sqlite3", goals_rows(9))
    firm.sync(DAY)
    rows = [list(row) for row in firm.backend.read().sheet("OKR").rows]
    place = rows[0].index(column)
    firm.keep([[*rows[0][:place], "Our own word", *rows[0][place + 1 :]], *rows[1:]])
    revision = firm.backend.read().revision
    with pytest.raises(WriteRefused) as refused:
        firm.sync(DAY + timedelta(days=1))
    told = refused.value
    assert (told.key, told.exit_code, told.params["count"]) == ("guard.emptied", 3, len(rows) - 2)
    assert firm.backend.read().revision == revision
    firm.sync(DAY + timedelta(days=1), accept_removed=True)
    assert emptied(firm.sync(DAY + timedelta(days=2)).evaluation) == ()


@pytest.mark.parametrize("pair", [("Baseline", "Target"), ("Target", "Current")])
def test_two_headers_that_changed_places_stop_the_run(tmp_path: Path, pair: tuple[str, str]) -> None:
    """Shows that they are named with their cells and nothing is written, until they are back or it is let pass once."""
    firm = Firm(tmp_path / "history.sqlite3", goals_rows(9))
    for days in (0, 7):
        firm.sync(DAY + timedelta(days=days))
    rows = [list(row) for row in firm.backend.read().sheet("OKR").rows]
    one, other = (rows[0].index(name) for name in pair)
    rows[0][one], rows[0][other] = rows[0][other], rows[0][one]
    firm.keep(rows)
    revision = firm.backend.read().revision
    for days in (8, 9):
        with pytest.raises(WriteRefused) as refused:
            firm.sync(DAY + timedelta(days=days))
        told = refused.value
        assert (told.key, told.exit_code) == ("guard.exchanged", 3)
        assert {told.params["header"], told.params["other_header"]} == set(pair)
    assert firm.backend.read().revision == revision
    firm.sync(DAY + timedelta(days=9), accept_removed=True)
    outcome = firm.sync(DAY + timedelta(days=10))
    assert codes(outcome, "DR524") == ["DR524"], "it is told as long as it stands"


def test_a_few_values_may_be_cleared(tmp_path: Path) -> None:
    """Shows that two cleared cells are nobody's mistake."""
    firm = Firm(tmp_path / "history.sqlite3", goals_rows(9))
    firm.sync(DAY)
    rows = [list(row) for row in firm.backend.read().sheet("OKR").rows]
    place = rows[0].index("Current")
    firm.keep([*rows[:-2], *([*row[:place], None, *row[place + 1 :]] for row in rows[-2:])])
    assert emptied(firm.sync(DAY + timedelta(days=1)).evaluation) == ()


def test_rows_of_another_cycle_may_all_go(tmp_path: Path) -> None:
    """Shows that at the beginning of a cycle all rows of the last one may vanish at once."""
    firm = Firm(tmp_path / "history.sqlite3", goals_rows(9))
    firm.sync(DAY)
    fresh: Rows = [[f"N{row[0]}", *row[1:]] if at else row for at, row in enumerate(goals_rows(4))]
    next_cycle: Rows = [SETTINGS_ROWS[0], ["Cycle", "Q1/2027"]]
    firm.backend = MemoryBackend(book(fresh, next_cycle))
    outcome = firm.sync(date(2027, 1, 10))
    assert outcome.receipt is not None
    assert vanished(outcome.evaluation) == ()


def test_a_copied_worksheet_stops_the_run_with_words_of_its_own(tmp_path: Path) -> None:
    """Shows that a sheet kept for the record is named with the one that goes on, and nobody is told to renumber all."""
    firm = Firm(tmp_path / "history.sqlite3", goals_rows(9))
    firm.sync(DAY)
    workbook = firm.backend.read()
    sheet = workbook.sheet("OKR")
    kept = Worksheet("OKR kept", [list(row) for row in sheet.rows])
    firm.backend = MemoryBackend(workbook._replace(sheets=(sheet, kept, *workbook.sheets[1:])))
    with pytest.raises(WriteRefused) as refused:
        firm.sync(DAY + timedelta(days=1))
    told = refused.value
    assert (told.key, told.exit_code) == ("guard.copied", 3)
    assert (told.params["sheet"], told.params["other"]) == ("OKR", "OKR kept")
    firm.backend = MemoryBackend(book([*goals_rows(9), goals_rows(9)[-1]]))
    with pytest.raises(WriteRefused) as refused:
        firm.sync(DAY + timedelta(days=1))
    assert refused.value.key == "guard.duplicate_ids"


def test_the_worksheet_of_a_cycle_that_is_over_may_stay(tmp_path: Path) -> None:
    """Shows a quarter whose worksheet is kept beside its copy for the next: no row is missed, none of it is written.

    The first night knows the old worksheet alone. On the later one every other id is new, and half of the old are gone.
    """
    firm = Firm(tmp_path / "history.sqlite3", goals_rows(9))
    firm.sync(DAY)
    old = firm.backend.read().sheet("OKR")
    kept = Worksheet("OKR Q4-2026", [list(row) for row in old.rows])
    fresh = [[f"N{row[0]}" if at % 2 else row[0], *row[1:]] for at, row in enumerate(goals_rows(9)[1:])]
    later = Worksheet("OKR Q1-2027", [goals_rows(9)[0], *fresh])
    firm.backend = MemoryBackend(book()._replace(sheets=(kept, later), marks=()))
    outcome = firm.sync(date(2027, 2, 10))
    assert outcome.receipt is not None
    assert [list(row) for row in firm.backend.read().sheet("OKR Q4-2026").rows] == [list(row) for row in old.rows]
    assert vanished(outcome.evaluation) == ()
    assert codes(outcome, "WS121", "DR519") == ["WS121"]
