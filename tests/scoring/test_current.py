"""Which current value counts, and what the last update was."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.results import NotScored
from tests.factories import check_in, key_result, raw
from tests.scoring.scene import HALF, card, notes, one

OCT, NOV = date(2025, 10, 20), date(2025, 11, 10)


def entry(day: date, value: Any, row: int = 2, item: str = "KR-1") -> Any:
    """Give a row of the log."""
    return check_in(item, date=day, value=value, row=row)


def test_the_newest_check_in_counts_wherever_it_stands() -> None:
    """Not the lowest row but the latest day."""
    found = one(entry(NOV, 7), entry(OCT, 3, row=3), target=10, check_in_date=None)
    assert (found.current, found.last_update) == (7, NOV)
    assert found.source is not None
    assert found.source.ref.sheet == "Check-ins"


def test_on_the_same_day_the_lower_row_counts() -> None:
    """Two check-ins of one day: the one below."""
    assert one(entry(NOV, 7), entry(NOV, 4, row=3), target=10, check_in_date=None).current == 4


def test_a_check_in_after_today_does_not_count() -> None:
    """Tomorrow's check-in is not there yet; today's is."""
    entries = [entry(OCT, 3), entry(date(2025, 11, 16), 9)]
    assert one(*entries, target=10, check_in_date=None).current == 3
    assert one(*entries, target=10, check_in_date=None, today=date(2025, 11, 16)).current == 9


@pytest.mark.parametrize(
    ("row_date", "current"),
    [(None, 3), (date(2025, 10, 19), 3), (OCT, 3), (date(2025, 10, 21), 5), (date(2025, 12, 24), 3)],
)
def test_the_later_of_log_and_row_counts(row_date: date | None, current: float) -> None:
    """The row wins only with a later date (not after today); without one, or on the same day, the log wins."""
    assert one(entry(OCT, 3), target=10, current=5, check_in_date=row_date).current == current


def test_a_difference_is_a_hint() -> None:
    """Two different values are noted with both places; equal ones are not."""
    differing = card(key_result(target=10, current=5), entry(OCT, 3))
    told = next(note for note in differing.notes["KR-1"] if note.code == "log_differs_from_row")
    assert (told.params["used"], told.params["other"]) == (3, 5)
    assert (str(told.params["used_at"]), told.params["other_at"].sheet) == ("'Check-ins'!E2", "OKR")
    assert "log_differs_from_row" not in notes(card(key_result(target=10, current=3), entry(OCT, 3)), "KR-1")


def test_a_check_in_without_a_value_only_dates_the_update() -> None:
    """A note in the log says that somebody looked; the older value stays."""
    found = one(entry(OCT, 3), entry(NOV, None, row=3), target=10, check_in_date=None)
    assert (found.current, found.last_update) == (3, NOV)


def test_the_last_update_is_the_latest_date_of_either() -> None:
    """The row's check-in date and the log's newest, whichever is later and not after today."""
    assert one(entry(OCT, 3), target=10, current=5, check_in_date=NOV).last_update == NOV
    assert one(entry(NOV, 3), target=10, current=5, check_in_date=OCT).last_update == NOV
    assert one(target=10, current=5, check_in_date=date(2026, 1, 1)).last_update is None


@pytest.mark.parametrize("item", ["kr-1", " KR-1 ", "KR-1"])
def test_ids_match_without_case_and_space(item: str) -> None:
    """The log's id is compared as people read it."""
    assert one(entry(OCT, 3, item=item), target=10).current == 3


def test_an_id_that_differs_from_the_key_is_found() -> None:
    """The log names what stands in the ID column."""
    assert card(key_result("OKR!7", id="A1", target=10), entry(OCT, 3, item="A1")).scores["OKR!7"].current == 3


def test_rows_of_other_items_and_unreadable_ones_do_not_count() -> None:
    """Another id, and a check-in without a readable date or id, are left out."""
    entries = [entry(NOV, 9, item="KR-2"), check_in(date=raw("soon"), value=8), check_in(raw("?"), date=NOV, value=8)]
    assert one(*entries, target=10, current=2).current == 2


def test_an_unreadable_newest_value_is_not_scored() -> None:
    """The value that counts cannot be read: not scored, rather than an older one."""
    found = one(entry(OCT, 3), entry(NOV, raw("nhiều"), row=3), target=10, check_in_date=None, today=HALF)
    assert found.not_scored is NotScored.UNREADABLE_CURRENT
    assert found.reason.params["text"] == "nhiều"
    assert found.reason.params["cell"].sheet == "Check-ins"
