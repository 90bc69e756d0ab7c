"""What somebody typed over a computed cell, told from what nights wrote of which the history knows nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from sheetsync.backends.memory import MemoryBackend
from tests.test_history_run import DAY, Firm, codes


@pytest.fixture
def firm(tmp_path: Path) -> Firm:
    """Give a workbook that was never synced, and the place of a history that has not begun."""
    return Firm(tmp_path / "history.sqlite3")


@pytest.mark.parametrize("again", [0, 3])
def test_an_older_copy_of_the_history_makes_no_cell_typed_over(firm: Firm, again: int) -> None:
    """Shows that what nights wrote which a restored history forgot is theirs, and that a Synced date stays or moves on.

    Rows on which those nights wrote only the pace stand beside others whose date tells of them.
    """
    firm.sync(DAY)
    older = firm.path.read_bytes()
    firm.type("KR-1", "Current", 80)
    written = DAY + timedelta(days=6)
    firm.sync(written)
    firm.path.write_bytes(older)
    outcome = firm.sync(written + timedelta(days=again))
    assert codes(outcome, "DR501", "DR512") == []
    assert firm.cell("KR-1", "Synced") in (written, written + timedelta(days=again))
    assert firm.cell("KR-1", "Progress") == 0.8


def test_what_was_typed_is_told_with_an_older_copy_of_the_history_too(firm: Firm) -> None:
    """Shows that a text which sheetsync never writes is told as typed, though nights before it were forgotten."""
    firm.sync(DAY)
    older = firm.path.read_bytes()
    firm.type("KR-1", "Current", 80)
    firm.sync(DAY + timedelta(days=1))
    firm.path.write_bytes(older)
    firm.type("KR-2", "Status", "nearly done")
    assert codes(firm.sync(DAY + timedelta(days=2)), "DR501", "DR512") == ["DR512"]


def test_a_later_date_typed_into_synced_hides_nothing(firm: Firm) -> None:
    """Shows that a date alone is no sign of nights that the history forgot: those wrote more than the date."""
    firm.sync(DAY)
    firm.type("KR-1", "Synced", DAY + timedelta(days=2))
    firm.type("KR-2", "Progress", 0.5)
    assert codes(firm.sync(DAY + timedelta(days=3)), "DR501", "DR512") == ["DR512", "DR512"]


@pytest.mark.parametrize("changed", [True, False])
def test_an_older_copy_on_which_only_the_pace_moved_was_not_typed_over(firm: Firm, changed: bool) -> None:
    """Shows rows on which the later night wrote pace and reason alone, beside one that had a new value or none."""
    firm.sync(DAY)
    firm.sync(DAY + timedelta(days=7))
    older, pace, synced = firm.backend.read(), firm.cell("KR-2", "Expected"), firm.cell("KR-2", "Synced")
    if changed:
        firm.type("KR-1", "Current", 80)
    firm.sync(DAY + timedelta(days=9))
    assert firm.cell("KR-2", "Expected") != pace
    assert firm.cell("KR-2", "Synced") == synced
    firm.backend = MemoryBackend(older)
    assert codes(firm.sync(DAY + timedelta(days=10)), "DR501", "DR512") == []


def test_a_reason_of_ones_own_is_no_sign_of_an_older_copy(firm: Firm) -> None:
    """Shows that only a sentence which sheetsync words so tells of one: with any other both cells were typed."""
    firm.sync(DAY)
    firm.sync(DAY + timedelta(days=6))
    firm.type("KR-1", "Why", "the supplier is late")
    firm.type("KR-2", "Expected", 0.01)
    assert codes(firm.sync(DAY + timedelta(days=7)), "DR501", "DR512") == ["DR512", "DR512"]


def test_an_earlier_date_typed_into_synced_hides_nothing(firm: Firm) -> None:
    """Shows that a date alone is no sign of an older copy either."""
    firm.sync(DAY)
    firm.sync(DAY + timedelta(days=1))
    firm.type("KR-1", "Synced", DAY - timedelta(days=2))
    firm.type("KR-2", "Progress", 0.5)
    assert codes(firm.sync(DAY + timedelta(days=3)), "DR501", "DR512").count("DR512") >= 1
