"""Which workbook is which, after renames and copies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from sheetsync.history import Found, History
from sheetsync.snapshot import Snapshot
from tests.history.nights import DAY, SetClock, run, seen

TITLES = {f"KR-{number}": f"Raise measure number {number} from 0 to 10" for number in range(6)}


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    """Open a history that knows one workbook."""
    with History.open(tmp_path / "history.sqlite3", SetClock()) as opened:
        remember(opened, "file:/books/okr.xlsx", TITLES)
        yield opened


def remember(history: History, place: str, titles: dict[str, str]) -> int:
    """Record one night of a workbook."""
    items = tuple(seen(key, title=title) for key, title in titles.items())
    return history.commit(run(place=place), Snapshot(DAY, items)).workbook


def nowhere(place: str) -> bool:
    """Say that no workbook is where it was."""
    return not place


def everywhere(place: str) -> bool:
    """Say that every workbook is where it was."""
    return bool(place)


def test_a_renamed_file_is_known_by_what_stands_in_it(history: History) -> None:
    """Shows that a file under a new name keeps its history, also when some of its rows have changed."""
    changed = {**TITLES, "KR-0": "Something new", "KR-9": "Another goal"}
    found = history.find("file:/books/okr-2026.xlsx", changed, nowhere)
    assert found == Found("file:/books/okr-2026.xlsx", 1, moved_from="file:/books/okr.xlsx")
    day = DAY + timedelta(days=1)
    moved = run(day, place=found.place, workbook=found.workbook)
    assert history.commit(moved, Snapshot(day, (seen(day=day),))).workbook == 1
    assert history.find(found.place, TITLES) == Found(found.place, 1)
    assert history.workbooks() == [(1, found.place, "OKR")]


def test_a_copy_is_told_and_gets_a_history_of_its_own(history: History) -> None:
    """Shows that a workbook with the same ids, beside one that is still there, is never taken for it."""
    found = history.find("file:/books/copy.xlsx", TITLES, everywhere)
    assert found == Found("file:/books/copy.xlsx", None, copied_from="file:/books/okr.xlsx")
    assert remember(history, found.place, TITLES) == 2
    assert [len(history.past(number, DAY + timedelta(days=1)).items) for number in (1, 2)] == [6, 6]


def test_the_same_ids_with_other_titles_are_no_copy(history: History) -> None:
    """Shows that two clients' workbooks from one template have nothing to do with each other."""
    others = {key: f"Quite another goal, the {key}" for key in TITLES}
    for there in (nowhere, everywhere):
        assert history.find("file:/clients/b.xlsx", others, there) == Found("file:/clients/b.xlsx")


def test_two_lost_workbooks_that_fit_alike_are_not_guessed_between(history: History) -> None:
    """Shows that a file which may be either of two that have gone begins anew."""
    remember(history, "file:/books/twin.xlsx", TITLES)
    assert history.find("file:/books/new.xlsx", TITLES, nowhere).workbook is None


def test_of_lost_workbooks_that_fit_alike_the_one_of_its_name_is_taken(history: History) -> None:
    """Shows that where a folder with the workbooks of two quarters was renamed each is known by its own file name."""
    later = remember(history, "file:/books/okr-q1.xlsx", TITLES)
    found = history.find("file:/clients/okr-q1.xlsx", TITLES, nowhere)
    assert (found.workbook, found.moved_from) == (later, "file:/books/okr-q1.xlsx")
    found = history.find("file:/clients/okr.xlsx", TITLES, nowhere)
    assert (found.workbook, found.moved_from) == (1, "file:/books/okr.xlsx")
    nearer = remember(history, "file:/old/an/okr.xlsx", TITLES)
    assert history.find("file:/new/an/okr.xlsx", TITLES, nowhere).workbook == nearer


def test_one_row_alone_is_not_enough(history: History) -> None:
    """Shows that a workbook is not known again by a single row."""
    assert history.find("file:/books/new.xlsx", {"KR-0": TITLES["KR-0"]}, nowhere).workbook is None


def test_whether_a_file_is_there_is_asked_of_the_disk(history: History, tmp_path: Path) -> None:
    """Shows that without being told otherwise a missing file counts as moved, and one that is there as copied."""
    path = tmp_path / "real.xlsx"
    path.touch()
    remember(history, f"file:{path}", {key: title + " today" for key, title in TITLES.items()})
    same = {key: title + " today" for key, title in TITLES.items()}
    assert history.find("file:/books/new.xlsx", same).copied_from == f"file:{path}"
    path.unlink()
    assert history.find("file:/books/new.xlsx", same).moved_from == f"file:{path}"


def test_a_folder_that_became_a_link_to_the_new_one_is_no_copy(history: History, tmp_path: Path) -> None:
    """Shows that a workbook whose folder was renamed is known again where a link was left at its old place."""
    old, new = tmp_path / "books", tmp_path / "clients"
    old.mkdir()
    (old / "okr.xlsx").touch()
    titles = {key: f"{title} of all" for key, title in TITLES.items()}
    number = remember(history, f"file:{old}/okr.xlsx", titles)
    old.rename(new)
    old.symlink_to(new)
    found = history.find(f"file:{new}/okr.xlsx", titles)
    assert (found.workbook, found.moved_from) == (number, f"file:{old}/okr.xlsx")


def test_one_that_has_gone_is_judged_before_it_is_taken(history: History) -> None:
    """Shows that of workbooks with the same items only one that is judged the same is taken; else its place is told."""
    new, second = "file:/books/new.xlsx", remember(history, "file:/books/twin.xlsx", TITLES)
    found = history.find(new, TITLES, nowhere, lambda number: number == second)
    assert found == Found(new, second, moved_from="file:/books/twin.xlsx")
    assert history.find(new, TITLES, nowhere, lambda _number: False) == Found(new, alike="file:/books/okr.xlsx")
