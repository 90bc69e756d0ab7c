"""Bad input at the level of the whole program: one clear line, the right exit code, an untouched file, bounded cost.

Each test calls ``python -m sheetsync`` as cron would: without a terminal, with at most 2 GB of address space and 20
seconds, and without root's power to ignore the rights of files.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests import hostile

if sys.platform == "win32":
    pytest.skip("limits of memory and rights of files are set as on Unix", allow_module_level=True)

import resource

HERE = Path(__file__).parents[1]
TODAY = ("--today", "2026-11-21")
MEMORY = 2 * 2**30
SECONDS = 20
DROP_FROM_BOUNDING_SET, OVERRIDE_RIGHTS, READ_AND_SEARCH_ALL = 24, 1, 2
DIACRITICS = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give a folder, and take its rights back into order afterwards."""
    made = Path(tempfile.mkdtemp(prefix="sheetsync-bad-"))
    yield made
    for one in (made, *made.rglob("*")):
        one.chmod(0o755)
    shutil.rmtree(made)


def call(
    folder: Path, *arguments: str, under: tuple[str, ...] = (), file_size: int | None = None
) -> subprocess.CompletedProcess[str]:
    """Run sheetsync with limits; ``under`` is a command that runs it, ``file_size`` how far a file may grow."""
    state = folder.with_name(f"{folder.name}-state")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SHEETSYNC_", "LC_", "LANG"))}
    environment = {**kept, "PYTHONPATH": str(HERE), "SHEETSYNC_STATE_DIR": str(state)}
    try:
        return subprocess.run(
            [*under, sys.executable, "-m", "sheetsync", *arguments],
            check=False,
            capture_output=True,
            encoding="utf-8",
            cwd=folder,
            env=environment,
            timeout=SECONDS,
            preexec_fn=partial(limit, ctypes.CDLL(None), file_size),
        )
    finally:
        shutil.rmtree(state, ignore_errors=True)


def limit(system: ctypes.CDLL, file_size: int | None) -> None:
    """Limit the child's memory and files, and let the rights of files count for it even where it runs as root."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    if file_size is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
    if os.geteuid() == 0:
        for power in (OVERRIDE_RIGHTS, READ_AND_SEARCH_ALL):
            if system.prctl(DROP_FROM_BOUNDING_SET, power, 0, 0, 0) != 0:
                raise OSError("root kept its power over the rights of files")


def contents(folder: Path) -> dict[str, str]:
    """Give the digest of every file in a folder."""
    return {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in sorted(folder.iterdir())}


def refused(
    folder: Path,
    path: Path,
    code: int,
    words: str,
    *,
    language: str = "en",
    under: tuple[str, ...] = (),
    file_size: int | None = None,
) -> str:
    """Sync a workbook that must be refused: exit code, one line on stderr, and not a byte changed. Give the line."""
    before = contents(folder)
    done = call(folder, "--lang", language, "sync", str(path), *TODAY, under=under, file_size=file_size)
    assert contents(folder) == before
    assert done.returncode == code, done
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert done.stdout == ""
    assert path.name in lines[0]
    assert re.search(words, lines[0]), lines[0]
    return lines[0]


# Files that cannot be read: how they are made, and a word that the message must hold, in English and Vietnamese.
UNREADABLE: dict[str, tuple[Callable[[Path], None], str]] = {
    "not a zip": (hostile.not_a_zip, "(?i)not an? (excel|xlsx)"),
    "empty": (hostile.empty, "(?i)empty|not an? (excel|xlsx)"),
    "encrypted": (hostile.encrypted, "(?i)password|encrypted"),
    "truncated": (hostile.truncated, "(?i)damaged|cut off|incomplete|not an? (excel|xlsx)"),
    "damaged": (hostile.damaged, "(?i)damaged"),
    "XML bomb": (hostile.xml_bomb, "document type"),
    "zip bomb": (hostile.zip_bomb, "(?i)too (large|big)|MB"),
    "lying zip bomb": (hostile.lying_zip_bomb, "(?i)damaged|claims|size"),
    "cell at XFD1048576": (hostile.far_cell, "(?i)XFD1048576|cells|far"),
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_cannot_be_read_is_refused(folder: Path, kind: str) -> None:
    """A broken or hostile file ends with 3 and a line that says what is wrong with it, in little time and memory."""
    make, words = UNREADABLE[kind]
    path = folder / "okr.xlsx"
    make(path)
    line = refused(folder, path, 3, words)
    assert re.search(r"\. \w", line), f"says nothing of what to do: {line}"


@pytest.mark.parametrize("kind", ["encrypted", "truncated", "zip bomb"])
def test_a_refusal_is_vietnamese_where_asked(folder: Path, kind: str) -> None:
    """The same line comes in Vietnamese with --lang vi."""
    path = folder / "okr.xlsx"
    UNREADABLE[kind][0](path)
    english = refused(folder, path, 3, "")
    vietnamese = refused(folder, path, 3, "", language="vi")
    assert english != vietnamese
    assert DIACRITICS.search(vietnamese)


def test_a_missing_file_is_named(folder: Path) -> None:
    """A path that leads nowhere is a mistake in the call, told in one line."""
    done = call(folder, "sync", "okr.xlsx", *TODAY)
    assert done.returncode in (2, 3)
    assert "okr.xlsx" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("area", ["A1:XFD1048576", "A1:B2", "nonsense"])
def test_a_lying_dimension_changes_nothing(folder: Path, area: str) -> None:
    """The sheet's own claim about its size is not believed: everything is read and scored."""
    path = folder / "okr.xlsx"
    hostile.lying_dimension(path, area)
    done = call(folder, "sync", str(path), *TODAY)
    assert (done.returncode, done.stderr) == (0, "")
    assert progress(path)["KR-1"] == 0.6


def progress(path: Path) -> dict[str, object]:
    """Read id -> progress with openpyxl."""
    sheet = load_workbook(path)["OKR"]
    column = len(hostile.HEADERS)
    return {str(row[0]): row[column] for row in sheet.iter_rows(hostile.HEADER_ROW + 1, values_only=True) if row[0]}


def test_no_header_is_refused(folder: Path) -> None:
    """Without a header row nothing is known of the columns, and nothing is written."""
    path = folder / "okr.xlsx"
    hostile.no_header(path)
    refused(folder, path, 3, "header")


def test_duplicate_ids_are_refused(folder: Path) -> None:
    """Where two rows carry one id a score could land on the wrong row, and nothing is written."""
    path = folder / "okr.xlsx"
    hostile.duplicate_ids(path)
    refused(folder, path, 3, "KR-2")
    assert DIACRITICS.search(refused(folder, path, 3, "KR-2", language="vi"))


def test_two_headers_of_one_meaning_are_told(folder: Path) -> None:
    """A header that stands twice is an error with its cell, and the file stays as it is under check."""
    path = folder / "okr.xlsx"
    headers = tuple("Target" if header == "Due" else header for header in hostile.HEADERS)
    hostile.sound(path, headers=headers)
    before = contents(folder)
    done = call(folder, "check", "--format", "csv", str(path), *TODAY)
    assert done.returncode == 1
    assert re.search(r"WS1\d\d.*Target", done.stdout), done.stdout
    assert "Traceback" not in done.stderr
    assert contents(folder) == before


def test_merged_cells_across_owned_columns_are_refused(folder: Path) -> None:
    """A merge over computed cells cannot be written into, and the line names the cell."""
    path = folder / "okr.xlsx"
    hostile.merged(path)
    refused(folder, path, 3, r"OKR![KL][56].*merged")


def test_a_protected_sheet_is_written_and_stays_protected(folder: Path) -> None:
    """Protection keeps people from typing, not the owner of the columns from writing; it stays as it was."""
    path = folder / "okr.xlsx"
    hostile.sound(path, protect=True)
    done = call(folder, "sync", str(path), *TODAY)
    assert (done.returncode, done.stderr) == (0, "")
    assert progress(path)["KR-1"] == 0.6
    assert load_workbook(path)["OKR"].protection.sheet


def test_a_signed_workbook_is_refused(folder: Path) -> None:
    """Any change would break the signature, so nothing is written."""
    path = folder / "okr.xlsx"
    hostile.signed(path)
    refused(folder, path, 3, "(?i)sign")


def test_a_read_only_file_is_left_alone(folder: Path) -> None:
    """A file that its user made read-only is not replaced, though the folder would allow it."""
    path = folder / "okr.xlsx"
    hostile.sound(path)
    path.chmod(0o444)
    refused(folder, path, 4, "(?i)right|read-only")


def test_a_read_only_folder_is_told(folder: Path) -> None:
    """In a folder without the right to write no new workbook can be put in place."""
    path = folder / "okr.xlsx"
    hostile.sound(path)
    folder.chmod(0o555)
    refused(folder, path, 4, "(?i)right|read-only")


def test_an_unreadable_file_is_told(folder: Path) -> None:
    """A file without the right to read it ends with the code of denied access."""
    path = folder / "okr.xlsx"
    hostile.sound(path)
    path.chmod(0)
    before = path.stat()
    done = call(folder, "sync", str(path), *TODAY)
    assert done.returncode == 4, done
    assert len(done.stderr.splitlines()) == 1
    assert path.name in done.stderr
    assert path.stat().st_mtime_ns == before.st_mtime_ns


def test_a_folder_is_no_workbook(folder: Path) -> None:
    """The path of a folder is told as what it is."""
    path = folder / "okr.xlsx"
    path.mkdir()
    done = call(folder, "sync", str(path), *TODAY)
    assert done.returncode in (2, 3)
    assert "okr.xlsx" in done.stderr
    assert "Traceback" not in done.stderr


EXCEL_LOCK = bytes([7]) + b"Lan Anh" + bytes(47) + "Lan Anh".encode("utf-16-le").ljust(110, b" ")
LIBREOFFICE_LOCK = b",Lan Anh,desk-7,21.11.2026 17:09,file:///home/lan/.config/libreoffice/4;"


@pytest.mark.parametrize(("lock", "data"), [("~$okr.xlsx", EXCEL_LOCK), (".~lock.okr.xlsx#", LIBREOFFICE_LOCK)])
def test_a_file_that_somebody_has_open_is_left_alone(folder: Path, lock: str, data: bytes) -> None:
    """A workbook open in Excel or LibreOffice is not written; the line names who has it, and that it works later."""
    path = folder / "okr.xlsx"
    hostile.sound(path)
    (folder / lock).write_bytes(data)
    refused(folder, path, 5, "Lan Anh")
    assert DIACRITICS.search(refused(folder, path, 5, "Lan Anh", language="vi"))


def test_a_quota_on_the_size_of_files_is_told(folder: Path) -> None:
    """Where no file may grow, the history cannot note what will be written: nothing is, and one line says so."""
    path = folder / "okr.xlsx"
    hostile.sound(path)
    before = path.read_bytes()
    done = call(folder, "--lang", "en", "sync", str(path), *TODAY, file_size=2000)
    assert (done.returncode, done.stdout, path.read_bytes()) == (3, "", before)
    (line,) = done.stderr.splitlines()
    assert "history.sqlite3" in line


@pytest.mark.strace
@pytest.mark.parametrize("failure", ["ENOSPC", "EIO", "EDQUOT"])
def test_a_full_or_broken_disk_is_told(folder: Path, failure: str) -> None:
    """Where the disk is full or broken when the new file is flushed, the old one stays and the line says so."""
    path = folder / "okr.xlsx"
    hostile.sound(path)
    under = ("strace", "-f", "-qq", "-o", os.devnull, "-e", "trace=fsync", "-e", f"inject=fsync:error={failure}")
    refused(folder, path, 5, "", under=under)


class Editor:
    """Somebody who saves the workbook again and again while sheetsync writes: once for each temporary file."""

    def __init__(self, path: Path, times: int) -> None:
        """Remember the workbook, and how often to save it."""
        self.path = path
        self.times = times
        self.saved: list[bytes] = []

    def run(self, process: subprocess.Popen[str]) -> None:
        """Save a new version each time another temporary file appears beside the workbook."""
        seen: set[str] = set()
        while process.poll() is None:
            fresh = {one.name for one in self.path.parent.iterdir()} - seen - {self.path.name}
            seen |= fresh
            if fresh and len(self.saved) < self.times:
                self._save()

    def _save(self) -> None:
        """Save as editors do: a whole new file in place of the old one, with another value typed in."""
        current = 150 + len(self.saved) * 20
        rows = tuple((*row[:7], current, *row[8:]) if row[0] == "KR-1" else row for row in hostile.ROWS)
        making = self.path.parent.with_name(f"{self.path.parent.name}-edit.xlsx")
        hostile.sound(making, rows=rows)
        self.saved.append(making.read_bytes())
        making.replace(self.path)


def sync_beside(editor: Editor) -> subprocess.CompletedProcess[str]:
    """Sync while the editor saves; every flush to the disk takes half a second, so that there is time for it."""
    folder = editor.path.parent
    state = folder.with_name(f"{folder.name}-state")
    delay = ("strace", "-f", "-qq", "-o", os.devnull, "-e", "trace=fsync", "-e", "inject=fsync:delay_enter=500000")
    environment = {**os.environ, "PYTHONPATH": str(HERE), "SHEETSYNC_STATE_DIR": str(state)}
    command = [*delay, sys.executable, "-m", "sheetsync", "--lang", "en", "sync", str(editor.path), *TODAY]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, cwd=folder
    ) as process:
        editor.run(process)
        out, errors = process.communicate(timeout=SECONDS)
    shutil.rmtree(state)
    return subprocess.CompletedProcess(command, process.returncode, out, errors)


@pytest.mark.strace
def test_an_edit_during_the_write_is_kept_and_scored(folder: Path) -> None:
    """Somebody saves while we write: our file is dropped, theirs is read again, scored and written once more."""
    path = folder / "okr.xlsx"
    hostile.sound(path)
    editor = Editor(path, times=1)
    done = sync_beside(editor)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(editor.saved) == 1
    assert progress(path)["KR-1"] == 0.5
    assert [one.name for one in folder.iterdir()] == ["okr.xlsx"]


@pytest.mark.strace
def test_edits_without_end_are_refused(folder: Path) -> None:
    """Somebody saves at each attempt: after one repetition sheetsync gives way, and their last version stands."""
    path = folder / "okr.xlsx"
    hostile.sound(path)
    editor = Editor(path, times=2)
    done = sync_beside(editor)
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 1
    assert "okr.xlsx" in done.stderr
    assert path.read_bytes() == editor.saved[-1]
    assert [one.name for one in folder.iterdir()] == ["okr.xlsx"]
