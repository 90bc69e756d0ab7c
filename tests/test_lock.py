"""One run at a time for each workbook."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from sheetsync import lock
from sheetsync.errors import AccessDenied, LockHeld
from sheetsync.lock import named_lock, workbook_lock


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the locks of a test in its own folder."""
    monkeypatch.setenv("SHEETSYNC_STATE_DIR", str(tmp_path / "state"))


def test_a_second_run_is_refused_at_once(tmp_path: Path) -> None:
    """Show that a held lock is told, not waited for, and that it is free again afterwards."""
    book = tmp_path / "a.xlsx"
    with workbook_lock(book):
        with pytest.raises(LockHeld), workbook_lock(book):
            raise AssertionError("the lock was given twice")
        with workbook_lock(tmp_path / "b.xlsx"):
            held_both = True
    assert held_both
    with workbook_lock(book):
        again = True
    assert again


def test_what_is_no_file_is_locked_by_its_name() -> None:
    """Show that a name has one lock, that another name is free, and that the refusal shows what a person knows."""
    with named_lock(b"google:one", "https://docs.google.com/spreadsheets/d/one/edit"):
        with pytest.raises(LockHeld, match="spreadsheets/d/one"), named_lock(b"google:one", "spreadsheets/d/one"):
            raise AssertionError("the lock was given twice")
        with named_lock(b"google:two", "two"):
            held_both = True
    assert held_both


def test_a_link_to_a_workbook_is_the_same_workbook(tmp_path: Path) -> None:
    """Show that two names of one file share one lock."""
    (tmp_path / "a.xlsx").touch()
    (tmp_path / "link.xlsx").symlink_to(tmp_path / "a.xlsx")
    with workbook_lock(tmp_path / "a.xlsx"), pytest.raises(LockHeld), workbook_lock(tmp_path / "link.xlsx"):
        raise AssertionError("the lock was given twice")


def test_a_run_that_is_killed_gives_its_lock_back(tmp_path: Path) -> None:
    """Show that another process's lock is told as held, and that it is free as soon as that process is dead."""
    book = tmp_path / "a.xlsx"
    program = (
        "import sys, pathlib\nfrom sheetsync.lock import workbook_lock\n"
        "with workbook_lock(pathlib.Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(book)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"held"
        with pytest.raises(LockHeld), workbook_lock(book):
            raise AssertionError("the lock was given twice")
        other.kill()
        other.wait()
        with workbook_lock(book):
            free_again = True
    assert free_again


def test_a_state_folder_that_cannot_be_made_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Show that a file in the place of the state folder ends in a clear refusal."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("SHEETSYNC_STATE_DIR", str(tmp_path / "file"))
    with pytest.raises(AccessDenied), workbook_lock(tmp_path / "a.xlsx"):
        raise AssertionError("there was no lock")


def test_a_lock_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    """Show that a folder in the place of the lock file ends in a clear refusal, which names the state folder."""
    book = tmp_path / "a.xlsx"
    with workbook_lock(book):
        (lock,) = (tmp_path / "state" / "locks").iterdir()
    lock.unlink()
    lock.mkdir()
    with pytest.raises(AccessDenied, match="locks"), workbook_lock(book):
        raise AssertionError("there was no lock")


def test_the_library_and_the_system_call_exclude_each_other(tmp_path: Path) -> None:
    """Show that a lock of filelock, which Windows has, and ours are one and the same where both are there."""
    with FileLock(tmp_path / "one.lock"):
        assert lock.take(tmp_path / "one.lock") is None
    release = lock._filelock(tmp_path / "one.lock")
    assert release is not None
    assert lock.take(tmp_path / "one.lock") is None
    assert lock._filelock(tmp_path / "one.lock") is None
    release()
    again = lock.take(tmp_path / "one.lock")
    assert again is not None
    again()


def test_a_lock_beside_a_file_is_one_for_all_folders_of_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Show that runs with other folders for locks and by other names of the file meet, and how the lock lies there."""
    file = tmp_path / "shared.sqlite3"
    file.touch(0o660)
    file.chmod(0o660)
    (tmp_path / "link.sqlite3").symlink_to(file)
    with lock.lock_beside(file):
        monkeypatch.setenv("SHEETSYNC_STATE_DIR", str(tmp_path / "other"))
        with pytest.raises(LockHeld), lock.lock_beside(tmp_path / "link.sqlite3"):
            raise AssertionError("the lock was given twice")
        assert (tmp_path / "shared.sqlite3.lock").stat().st_mode & 0o777 == 0o660
    with lock.lock_beside(file):
        again = True
    assert again


def test_a_lock_that_cannot_lie_beside_its_file_is_told(tmp_path: Path) -> None:
    """Show one clear error where no lock can be made."""
    (tmp_path / "a.lock").mkdir()
    (tmp_path / "a").touch()
    with pytest.raises(AccessDenied, match="lock_beside"), lock.lock_beside(tmp_path / "a"):
        raise AssertionError("there is no lock")
