"""What a person hears of the history while it is used: nothing, mostly; else one line that says what to do."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import platformdirs
import pytest

from sheetsync.backends.excel.backend import ExcelBackend
from sheetsync.cli.days import day_in
from sheetsync.cli.remembering import HistoryAt
from sheetsync.errors import HistoryUnavailable
from sheetsync.snapshot import Run
from sheetsync.workbook import CellUpdate, CellValue, Changes
from tests import hostile
from tests.cli.conftest import DAY, HEADERS, SOUND, Caller, configure
from tests.cli.terminal import at_terminal

NEXT = ("--today", "2026-11-22")


@pytest.fixture
def history(tmp_path: Path, here: Path) -> Path:
    """Give the place where the commands keep their history."""
    return tmp_path / "state" / "history.sqlite3"


def type_into(path: Path, key: str, header: str, value: CellValue) -> None:
    """Let a user type into a cell of a workbook."""
    backend = ExcelBackend(path)
    workbook = backend.read()
    rows = workbook.sheet("OKR").rows
    column = next(list(row) for row in rows if "Status" in row).index(header) + 1
    at = next(number for number, row in enumerate(rows, 1) if row[0] == key)
    before = workbook.sheet("OKR").value(at, column)
    backend.apply(Changes(cells=(CellUpdate("OKR", at, column, before, value),)), workbook.revision)


def value_of(path: Path, key: str, header: str) -> CellValue:
    """Give what stands in a cell."""
    rows = ExcelBackend(path).read().sheet("OKR").rows
    column = next(list(row) for row in rows if "Status" in row).index(header)
    return next(row[column] for row in rows if row[0] == key)


def broken(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave no database in the file."""
    path.write_bytes(b"no database at all" * 300)


def newer(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a later version have written it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")


def test_a_user_without_a_home_can_look(call: Caller, okr: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that a container's unknown user hears why earlier days are not known, and that a sync writes nothing."""

    def unknown(*_: object, **__: object) -> Path:
        raise RuntimeError("could not determine the home directory")

    monkeypatch.delenv("SHEETSYNC_STATE_DIR")
    monkeypatch.setattr(platformdirs, "user_state_path", unknown)
    before = okr.read_bytes()
    for command, code in (("check", 0), ("plan", 3), ("sync", 2)):
        done = call(command, str(okr), *DAY)
        assert done.code == code
        assert "Nobody knows the home folder of this user" in done.err
        assert len(done.err.splitlines()) == 1
    assert okr.read_bytes() == before
    assert call("check", "--no-history", str(okr), *DAY).err == ""


@pytest.mark.parametrize("spoil", [broken, newer])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_without_its_history_nothing_is_written(
    call: Caller, okr: Path, history: Path, monkeypatch: pytest.MonkeyPatch,
    spoil: Callable[[Path, pytest.MonkeyPatch], None], language: str,
) -> None:  # fmt: skip
    """Shows exit 3 and an untouched workbook for sync, and for a plan of it; all that only look say why in one line."""
    assert call("sync", str(okr), *DAY).code == 0
    type_into(okr, "KR-1", "Current", 190)
    spoil(history, monkeypatch)
    before, kept = okr.read_bytes(), history.read_bytes()
    done = call("--lang", language, "sync", str(okr), *NEXT)
    assert (done.code, done.out) == (3, "")
    assert str(history) in done.err
    assert len(done.err.splitlines()) == 1
    for name, *item in (("check",), ("plan",), ("explain", "KR-1")):
        seen = call("--lang", language, name, *item, str(okr), *NEXT)
        assert seen.code == (3 if name == "plan" else 0)
        assert str(history) in seen.err
        assert "sheetsync sync" in seen.err
        assert len(seen.err.splitlines()) == 1
    seen = call("--lang", language, "mail", "preview", str(okr), *NEXT)
    assert (seen.code, len(seen.err.splitlines())) == (0, 1)
    assert (okr.read_bytes(), history.read_bytes()) == (before, kept)


def test_a_locked_history_is_a_reason_not_to_write(history: Path) -> None:
    """Shows exit 3, not "try again later", where another program keeps the history locked."""
    history.parent.mkdir(parents=True, exist_ok=True)
    with (
        closing(sqlite3.connect(history, isolation_level=None)) as other,
        pytest.raises(HistoryUnavailable, match=r"history\.locked") as refused,
        HistoryAt(history).open() as memory,
    ):
        other.execute("BEGIN IMMEDIATE")
        memory._connection.execute("PRAGMA busy_timeout = 50")
        memory.commit(Run("file:/books/okr.xlsx", "okr", date(2026, 11, 21)), None)
    assert refused.value.exit_code == 3


def test_a_workbook_that_moved_and_one_that_was_copied_are_told_once(call: Caller, okr: Path, here: Path) -> None:
    """Shows one line at the first sync of each: the moved one keeps its history, the copy begins its own."""
    assert call("sync", str(okr), *DAY) == (0, "", "")
    moved = okr.rename(here / "moved.xlsx")
    done = call("sync", str(moved), *DAY)
    assert (done.code, done.out) == (0, "")
    assert "okr.xlsx" in done.err
    assert call("sync", str(moved), *DAY) == (0, "", "")
    copy = here / "copy.xlsx"
    copy.write_bytes(moved.read_bytes())
    done = call("sync", str(copy), *DAY)
    assert (done.code, done.out) == (0, "")
    assert "moved.xlsx" in done.err
    assert call("sync", str(copy), *DAY) == (0, "", "")


def test_a_history_that_was_deleted_is_told_once(call: Caller, okr: Path, history: Path) -> None:
    """Shows that a new history begins with a warning that names its place."""
    assert call("sync", str(okr), *DAY) == (0, "", "")
    history.unlink()
    done = call("sync", str(okr), *NEXT)
    assert done.code == 0
    assert str(history) in done.err
    assert call("sync", str(okr), *NEXT) == (0, "", "")


def deleted(path: Path) -> None:
    """Delete it."""
    path.unlink()


def emptied(path: Path) -> None:
    """Leave nothing in it."""
    path.write_bytes(b"")


@pytest.mark.parametrize("spoil", [deleted, emptied])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_history_that_was_deleted_is_missed_before_the_next_sync(
    call: Caller, okr: Path, history: Path, spoil: Callable[[Path], None], language: str
) -> None:
    """Shows one line from every command that only looks, before a sync begins a new history and nobody can go back."""
    configure(okr.parent, '[workbook.okr]\npath = "okr.xlsx"\n')
    assert call("sync", *DAY).code == 0
    spoil(history)
    looks = (("check",), ("plan",), ("explain", "KR-1"), ("report",), ("mail", "preview"), ("sync", "--dry-run"))
    for command in looks:
        done = call(*command, *NEXT, "--lang", language)
        assert done.code == 0, command
        assert str(history) in done.err, command
        assert len(done.err.splitlines()) == 1, command
    for asked in (("show",), ("show", "KR-1"), ("as-of", "2026-11-21"), ("export",)):
        done = call("history", *asked, "--lang", language)
        assert (done.code, done.out) == (3, "")
        assert str(history) in done.err
        assert "okr.xlsx" in done.err
        assert len(done.err.splitlines()) == 1


def test_a_history_that_has_not_begun_is_not_missed(call: Caller, okr: Path, history: Path) -> None:
    """Shows that nothing is said of a workbook that sheetsync never wrote into, nor where nothing is to be kept."""
    for command in ("check", "plan"):
        assert call(command, str(okr), *DAY).err == ""
    assert call("sync", str(okr), *DAY).code == 0
    history.unlink()
    assert call("sync", str(okr), "--no-history", *NEXT).err == ""
    assert call("check", str(okr), "--no-history", *NEXT).err == ""


def test_other_programs_hear_of_the_history_too(
    call: Caller, okr: Path, history: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows what is said of the history as data of each workbook, and that a plan says what a sync would refuse."""
    assert call("sync", str(okr), *DAY).code == 0

    def warned(*command: str) -> list[str]:
        told = json.loads(call(*command, "--json", *NEXT).out)
        return list(told["workbooks"][0]["history_warnings"])

    assert [warned(name, str(okr)) for name in ("check", "plan", "sync")] == [[], [], []]
    history.unlink()
    for name in ("check", "plan", "sync"):
        assert [str(history) in line for line in warned(name, str(okr))] == [True]
    broken(history, monkeypatch)
    assert [str(history) in line for line in warned("check", str(okr))] == [True]
    planned = json.loads(call("plan", str(okr), "--json", *NEXT).out)["workbooks"][0]
    assert str(history) in planned["refused"]
    tried = json.loads(call("sync", str(okr), "--dry-run", "--json", *NEXT).out)["workbooks"][0]
    assert tried["exit_code"] == call("plan", str(okr), *NEXT).code == call("sync", str(okr), *NEXT).code == 3
    previewed = json.loads(call("mail", "preview", str(okr), "--json", *NEXT).out)
    assert str(history) in previewed["history_warnings"][0]["message"]


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_folder_in_the_place_of_the_history_is_told(call: Caller, okr: Path, here: Path, language: str) -> None:
    """Shows that a folder that is named as the history is refused with what to write, and said by all that look."""
    (here / "past").mkdir()
    configure(here, '[defaults]\nhistory = "past"\n[workbook.okr]\npath = "okr.xlsx"\n')
    before = okr.read_bytes()
    refused = (("sync",), ("history", "show"), ("history", "import", "--into", "okr"), ("mail", "outbox"))
    for command in refused:
        done = call(*command, "--lang", language)
        assert (done.code, done.out) == (3, ""), command
        assert str(here / "past" / "history.sqlite3") in done.err, command
        assert len(done.err.splitlines()) == 1, command
    for command, code in ((("check",), 0), (("plan",), 3), (("sync", "--dry-run"), 3), (("mail", "preview"), 0)):
        done = call(*command, *NEXT, "--lang", language)
        assert done.code == code, command
        assert str(here / "past" / "history.sqlite3") in done.err, command
    assert okr.read_bytes() == before


def test_rows_that_vanished_are_listed_by_the_plan(call: Caller, here: Path) -> None:
    """Shows the guard of the command line: exit 3 with what to do, all ids in the plan, and the way through."""
    first, result = SOUND[:2]
    many = (first, *((f"KR-{n}", None, f"{result[2]} {n}", *result[3:]) for n in range(9)))
    path = here / "many.xlsx"
    hostile.sound(path, headers=HEADERS, rows=many)
    assert call("sync", str(path), *DAY).code == 0
    hostile.sound(path, headers=HEADERS, rows=many[:4])
    before = path.read_bytes()
    done = call("sync", str(path), *NEXT)
    assert (done.code, path.read_bytes()) == (3, before)
    assert "--accept-removed" in done.err
    planned = call("plan", str(path), *NEXT)
    assert planned.code == 3
    assert all(f"KR-{number} " in planned.out for number in range(3, 9))
    document = json.loads(call("plan", "--json", str(path), *NEXT).out)
    assert sorted(document["workbooks"][0]["vanished"]) == [f"KR-{number}" for number in range(3, 9)]
    assert call("sync", str(path), "--accept-removed", *NEXT).code == 0
    assert call("sync", str(path), "--today", "2026-11-23").code == 0


@pytest.mark.parametrize(("policy", "code", "stands"), [("restore", 0, False), ("keep", 0, True), ("ask", 1, True)])
def test_the_configuration_says_what_becomes_of_typed_cells(
    call: Caller, okr: Path, here: Path, policy: str, code: int, stands: bool
) -> None:
    """Shows the three policies off a terminal; the check before tells what was typed, whatever will become of it."""
    configure(here, f'[workbook.okr]\npath = "okr.xlsx"\non_conflict = "{policy}"\n')
    assert call("sync", *DAY).code == 0
    type_into(okr, "KR-3", "Status", "Achieved")
    assert "“Achieved”" in call("check", *NEXT).out
    assert call("sync", *NEXT).code == code
    assert (value_of(okr, "KR-3", "Status") == "Achieved") is stands
    told = call("history", "show", "KR-3").out
    assert ("“Achieved” was typed over the computed column Status" in told) is not stands


WAYS = {"call": ("", ("--no-history",)), "file": ("history = false\n", ())}


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_remembered_where_that_is_not_wanted(
    call: Caller, okr: Path, here: Path, history: Path, way: str
) -> None:
    """Shows no history file, the same cells as with one, and what is typed over a computed cell kept and reported."""
    told, option = WAYS[way]
    beside = here / "beside.xlsx"
    beside.write_bytes(okr.read_bytes())
    configure(here, f'[workbook.okr]\npath = "okr.xlsx"\n{told}')
    assert call("sync", *option, *DAY) == (0, "", "")
    assert not history.exists()
    assert call("sync", str(beside), *DAY) == (0, "", "")
    assert history.exists()
    assert ExcelBackend(okr).read().sheet("OKR").rows == ExcelBackend(beside).read().sheet("OKR").rows
    type_into(okr, "KR-3", "Status", "Somewhere")
    for command in (("check",), ("plan",), ("sync", "--fail-on", "warning")):
        seen = call(*command, *option, *NEXT)
        assert "DR501" in seen.out or command == ("plan",), seen
        assert "DR512" not in seen.out
    assert value_of(okr, "KR-3", "Status") == "Somewhere"


@pytest.mark.parametrize(("answer", "stands"), [("y", False), ("n", True)])
def test_a_person_at_a_terminal_is_asked(call: Caller, okr: Path, here: Path, answer: str, stands: bool) -> None:
    """Shows the question with both values, and that the answer is followed, with exit 0."""
    configure(here, '[workbook.okr]\npath = "okr.xlsx"\non_conflict = "ask"\n')
    assert call("sync", *DAY).code == 0
    type_into(okr, "KR-3", "Status", "Achieved")
    code, shown = at_terminal(here, "sync", *NEXT, typed=f"{answer}\n")
    assert code == 0, shown
    assert "Achieved" in shown
    assert (value_of(okr, "KR-3", "Status") == "Achieved") is stands


@pytest.mark.parametrize(
    ("now", "zone", "day"),
    [
        ("2026-03-29T00:59:59+00:00", "Europe/Berlin", "2026-03-29"),
        ("2026-03-29T01:00:01+00:00", "Europe/Berlin", "2026-03-29"),
        ("2026-10-25T00:30:00+00:00", "Europe/Berlin", "2026-10-25"),
        ("2026-10-25T01:30:00+00:00", "Europe/Berlin", "2026-10-25"),
        ("2026-11-21T10:30:00+00:00", "Pacific/Kiritimati", "2026-11-22"),
        ("2026-11-21T11:30:00+00:00", "Etc/GMT+12", "2026-11-20"),
        ("2028-02-29T16:59:59+00:00", "Asia/Ho_Chi_Minh", "2028-02-29"),
        ("2028-02-29T17:00:00+00:00", "Asia/Ho_Chi_Minh", "2028-03-01"),
    ],
)
def test_the_company_day_is_the_one_of_its_time_zone(now: str, zone: str, day: str) -> None:
    """Shows gaps and folds of the clock, the ends of the world, and the leap day."""
    assert day_in(zone, datetime.fromisoformat(now)) == date.fromisoformat(day)


def test_a_clock_far_ahead_is_told_that_night_and_after_it(call: Caller, okr: Path, history: Path) -> None:
    """Shows a word on the night that jumps, one while that night is yet to come, and none once it is forgotten."""
    assert call("sync", str(okr), *DAY).err == ""
    jumped = call("sync", str(okr), "--today", "2999-01-01")
    assert (jumped.code, "2026" in jumped.err, "1 Jan 2999" in jumped.err) == (0, True, True)
    told = json.loads(call("sync", str(okr), *NEXT, "--json").out)["workbooks"][0]["history_warnings"]
    assert len(told) == 1
    assert "1 Jan 2999. The clock of this computer was ahead" in told[0]
    for command in ("check", "plan"):
        assert told[0].split(": ", 1)[1] in call(command, str(okr), *NEXT).err
    assert "1/1/2999. Lúc ghi, đồng hồ máy chạy trước" in call("--lang", "vi", "check", str(okr), *NEXT).err.replace(
        "01/", "1/"
    )
    assert call("history", "prune", "--ahead", "--yes").code == 0
    assert call("sync", str(okr), *NEXT).err == ""


def test_a_workbook_may_rest_for_a_year(call: Caller, okr: Path, history: Path) -> None:
    """Shows that nothing is said where a year and more lies between two nights, nor of nights after an earlier day."""
    for day in ("2023-10-01", "2024-11-03", "2023-11-01"):
        assert call("sync", str(okr), "--today", day).err == ""
