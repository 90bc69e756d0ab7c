"""What is said, and what is left alone, where the file cannot be used."""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, nullcontext
from functools import partial
from pathlib import Path

import pytest

from sheetsync import volumes
from sheetsync.cli.speech import phrases
from sheetsync.errors import HistoryUnavailable, SheetsyncError, TemporaryFailure
from sheetsync.history import History, default_path
from sheetsync.history.opening import A_NIGHT, refuse_full, translated, unkept
from tests.history.nights import DAY, SetClock, run, snapshot

NOBODY = 65534


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the place of a history that holds one night."""
    place = tmp_path / "history.sqlite3"
    with History.open(place, SetClock()) as history:
        history.commit(run(), snapshot({"KR-1": 1}))
    return place


@contextmanager
def as_nobody() -> Iterator[None]:
    """Work without the rights of root, who may write everything."""
    if os.geteuid():
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def sealed(content: bytes, mode: int) -> Iterator[Path]:
    """Give a file with some content in a folder in which nothing may be made."""
    with tempfile.TemporaryDirectory(dir=tempfile.gettempdir()) as folder:
        path = Path(folder) / "history.sqlite3"
        path.write_bytes(content)
        path.chmod(mode)
        Path(folder).chmod(0o555)
        yield path
        Path(folder).chmod(0o755)


def sentences(error: SheetsyncError) -> list[str]:
    """Give what is said of a failure in both languages, which must be whole."""
    told = [phrases(language).text(f"error.{error.key}", **error.params) for language in ("en", "vi")]
    assert all(len(text) > 40 and "{" not in text for text in told), told
    assert told[0] != told[1]
    return told


def refused(path: Path, key: str, code: int = 3) -> None:
    """Show that neither a sync nor a look gets this history, each with the reason."""
    with pytest.raises(SheetsyncError) as caught:
        History.open(path, patience=0.05)
    assert (caught.value.key, caught.value.exit_code) == (key, code)
    sentences(caught.value)
    peek = History.peek(path, patience=0.05)
    assert peek.history is None
    assert peek.reason is not None
    assert peek.reason.key == key


def test_looking_makes_nothing(tmp_path: Path) -> None:
    """Shows that a history that is not there is not made by a look, which says why there is none."""
    peek = History.peek(tmp_path / "folder" / "history.sqlite3")
    assert peek.history is None
    assert isinstance(peek.reason, HistoryUnavailable)
    assert peek.reason.key == "history.missing"
    assert "sheetsync sync" in sentences(peek.reason)[0]
    assert list(tmp_path.iterdir()) == []


def test_looking_changes_nothing(path: Path) -> None:
    """Shows that a look reads what is there, and leaves the file and its folder as they were."""
    before = path.read_bytes(), sorted(path.parent.iterdir())
    history = History.peek(path).history
    assert history is not None
    assert len(history.as_of(DAY)) == 1
    with pytest.raises(HistoryUnavailable, match=r"history\.read_only"):
        history.commit(run(), snapshot({"KR-1": 2}))
    history.close()
    assert (path.read_bytes(), sorted(path.parent.iterdir())) == before


def test_a_look_and_a_run_do_not_wait_for_each_other(path: Path) -> None:
    """Shows that while a run writes, a look sees the last committed night."""
    with History.open(path, SetClock()) as writer:
        history = History.peek(path).history
        assert history is not None
        with history, writer.together():
            writer.commit(run(), snapshot({"KR-1": 2}))
            assert history.as_of(DAY)[0].observation.value == 1


def test_another_that_writes_for_long_is_told(path: Path) -> None:
    """Shows that a run that waited in vain for another ends as a temporary failure (exit 5), unharmed."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with History.open(path, SetClock(), patience=0.05) as history:
            with pytest.raises(TemporaryFailure, match=r"history\.locked") as caught:
                history.commit(run(), snapshot({"KR-1": 2}))
            assert caught.value.exit_code == 5
            sentences(caught.value)
            other.execute("ROLLBACK")
            assert history.commit(run(), snapshot({"KR-1": 2})).observations == 1


def garbage(path: Path) -> None:
    """Overwrite the whole file."""
    path.write_bytes(b"this is not a database, but a text of some length" * 40)


def stranger(path: Path) -> None:
    """Put the database of another program in its place."""
    path.unlink()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")


def newer(path: Path) -> None:
    """Give it the form of a version to come."""
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version = 999")


@pytest.mark.parametrize(
    ("spoil", "key"),
    [(garbage, "history.corrupt"), (stranger, "history.not_ours"), (newer, "history.newer")],
)
def test_what_is_no_history_of_ours_is_refused_and_left_alone(
    path: Path, spoil: Callable[[Path], None], key: str
) -> None:
    """Shows that a damaged file, another program's and a newer version's are told apart, and none is touched."""
    spoil(path)
    before = path.read_bytes()
    refused(path, key)
    assert path.read_bytes() == before


def test_damage_in_the_middle_is_told_when_it_is_met(path: Path) -> None:
    """Shows that a page that was overwritten ends a question with the reason, not with a traceback."""
    with History.open(path, SetClock()) as history:
        for number in range(40):
            history.commit(run(place=f"gs:{number}"), snapshot({f"KR-{item}": item for item in range(40)}))
    data = bytearray(path.read_bytes())
    for page in range(4096 * 30, len(data), 4096):
        data[page : page + 4096] = b"\xff" * 4096
    path.write_bytes(bytes(data[: len(data) // 4096 * 4096]))
    looked = History.peek(path).history
    assert looked is not None
    with looked, pytest.raises(HistoryUnavailable, match=r"history\.corrupt") as caught:
        looked.entries()
    sentences(caught.value)


def test_a_file_that_may_only_be_read_can_still_be_looked_at(path: Path) -> None:
    """Shows that without the right to write, a look works and a run is refused with the reason."""
    with sealed(path.read_bytes(), 0o444) as place, as_nobody():
        history = History.peek(place).history
        assert history is not None
        assert history.as_of(DAY)[0].key == "KR-1"
        history.close()
        with pytest.raises(HistoryUnavailable, match=r"history\.(read_only|unopened)") as caught:
            History.open(place).commit(run(), snapshot({"KR-1": 2}))
        sentences(caught.value)


def test_a_file_that_is_marked_read_only_is_kept_by_everybody(path: Path) -> None:
    """Shows that the mark holds even for a user who could overrule it, and that a look tells it beforehand."""
    before = path.read_bytes()
    path.chmod(0o444)
    with pytest.raises(HistoryUnavailable, match=r"history\.read_only") as caught:
        History.open(path)
    sentences(caught.value)
    reason = unkept(path)
    assert reason is not None
    assert reason.key == "history.read_only"
    path.chmod(0o600)
    assert path.read_bytes() == before


def test_a_look_tells_what_a_run_would_be_refused_for(path: Path) -> None:
    """Shows that what can be read and not be written is known beforehand, and that nothing stands in the way else."""
    assert unkept(path) is None
    assert unkept(path.parent / "deeper" / "new.sqlite3") is None
    with sealed(path.read_bytes(), 0o444) as place, as_nobody():
        for wanted, key in ((place, "history.read_only"), (place.parent / "new.sqlite3", "history.place")):
            reason = unkept(wanted)
            assert reason is not None
            assert reason.key == key
            sentences(reason)
    full = unkept(path, lambda _: A_NIGHT - 1)
    assert full is not None
    assert full.key == "history.full"


def test_a_folder_is_no_history(tmp_path: Path) -> None:
    """Shows that a folder, and what else is no file, is refused by its own sentence."""
    folder = tmp_path / "past"
    folder.mkdir()
    refused(folder, "history.no_file")
    refused(Path("/dev/null"), "history.no_file")
    assert list(folder.iterdir()) == []


def test_a_folder_without_the_right_to_write_is_told(path: Path) -> None:
    """Shows that a history that cannot be made is refused with the place and the reason."""
    with sealed(path.read_bytes(), 0o444) as place, as_nobody():
        with pytest.raises(HistoryUnavailable, match=r"history\.place") as caught:
            History.open(place.parent / "new.sqlite3")
        assert "Permission denied" in sentences(caught.value)[0]


def test_a_full_disk_undoes_the_run_and_is_told(path: Path) -> None:
    """Shows that a history that cannot grow keeps what it has, says so, and goes on once there is room."""
    with History.open(path, SetClock()) as history:
        pages = history._connection.execute("PRAGMA page_count").fetchone()[0]
        history._connection.execute(f"PRAGMA max_page_count = {pages}")
        many = snapshot({f"KR-{number}": number for number in range(2000)})
        with pytest.raises(HistoryUnavailable, match=r"history\.full") as caught:
            history.commit(run(), many)
        assert caught.value.exit_code == 3
        sentences(caught.value)
        assert [one.observation.value for one in history.as_of(DAY)] == [1]
        history._connection.execute("PRAGMA max_page_count = 1000000")
        assert history.commit(run(), many).observations == 1999  # of 2,000 items one was known to stand at 1


@contextmanager
def no_room() -> Iterator[None]:
    """Let no file grow, as on a disk without any room."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit")
def test_a_full_disk_can_still_be_looked_at(path: Path) -> None:
    """Shows that a history is read where there is no room for SQLite's marks of a reader, and nothing is written."""
    with no_room():
        peek = History.peek(path)
        assert peek.history is not None, peek.reason
        with peek.history as history:
            assert [one.key for one in history.as_of(DAY)] == ["KR-1"]
    path.with_name(f"{path.name}-wal").write_bytes(b"what a run has yet to bring into the file")
    with no_room():
        assert isinstance(History.peek(path).reason, HistoryUnavailable)  # half of it would be told as the whole


@pytest.mark.parametrize(("left", "key"), [(0, "full"), (20_000, "full"), (10_000_000, "disk")])
def test_a_disk_that_fails_for_lack_of_room_is_called_full(path: Path, left: int, key: str) -> None:
    """Shows that where nearly nothing is left the cure is to make room, and else to look at the disk."""
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR
    assert translated(error, path, lambda _: left).key == f"history.{key}"


@pytest.mark.parametrize(("left", "refused"), [(65_536, True), (4 * 1024 * 1024, False)])
def test_a_disk_without_room_for_a_night_is_full(path: Path, left: int, refused: bool) -> None:
    """Shows that a night is not begun where the history could not hold what it will have seen."""
    with pytest.raises(HistoryUnavailable, match=r"history\.full") if refused else nullcontext():
        refuse_full(path, lambda _: left)


def test_a_network_folder_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that a history on a network folder is refused before anything is made there, with the kind of folder."""
    table = path.parent / "mountinfo"
    table.write_text(f"36 35 98:0 / {path.parent} rw,noatime - nfs4 server:/share rw\n", encoding="utf-8")
    monkeypatch.setattr(volumes, "MOUNTS", table)
    place = path.parent / "new" / "history.sqlite3"
    with pytest.raises(HistoryUnavailable, match=r"history\.network") as caught:
        History.open(place)
    assert "nfs4" in sentences(caught.value)[0]
    assert not place.parent.exists()


def test_the_place_is_beside_the_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that the history lies where the environment says, or where the platform keeps such things."""
    monkeypatch.setenv("SHEETSYNC_STATE_DIR", str(tmp_path))
    assert default_path() == tmp_path / "history.sqlite3"
    monkeypatch.delenv("SHEETSYNC_STATE_DIR")
    assert default_path().name == "history.sqlite3"
    assert "sheetsync" in default_path().parts


def test_a_new_history_says_that_it_is_new(tmp_path: Path) -> None:
    """Shows that a run can tell whether there was a history, also where it was deleted between two runs."""
    path = tmp_path / "history.sqlite3"
    for fresh in (True, False):
        with History.open(path, SetClock()) as history:
            assert history.fresh is fresh
    path.unlink()
    with History.open(path, SetClock()) as history:
        assert history.fresh


@pytest.mark.parametrize("key", ["missing", "empty", "older", "newer", "not_ours", "locked", "read_only", "full",
                                 "corrupt", "unopened", "disk", "broken", "network", "place", "no_file",
                                 "lost"])  # fmt: skip
def test_every_failure_is_told_in_both_languages(key: str) -> None:
    """Shows that each failure of the history has a whole sentence in English and in Vietnamese."""
    params = {
        "path": "/x",
        "reason": "r",
        "kind": "nfs",
        "found": 1,
        "known": 2,
        "inside": "/x/y",
        "workbook": "a.xlsx",
    }
    sentences(HistoryUnavailable(f"history.{key}", **params))


def test_many_workbooks_may_begin_a_history_at_once(tmp_path: Path) -> None:
    """Shows that the first night of a fleet, whose workbooks are done side by side, is remembered of each."""

    def night(place: Path, number: int) -> int:
        with History.open(place) as history:
            return history.commit(run(place=f"gs:{number}"), snapshot({"KR-1": number})).observations

    with ThreadPoolExecutor(6) as workers:
        for attempt in range(25):
            place = tmp_path / f"{attempt}.sqlite3"
            assert list(workers.map(partial(night, place), range(6))) == [1] * 6
