"""``sheetsync doctor``: what is there is said, what is wrong comes with its mending, and nothing is written."""

from __future__ import annotations

import errno
import fcntl
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from sheetsync import volumes
from sheetsync.checkup import Check, State, fine, refused, warned
from sheetsync.cli import machine
from sheetsync.cli.checkup_screen import lines, sentences
from sheetsync.cli.side_by_side import Task, gathered
from sheetsync.cli.speech import phrases
from sheetsync.errors import ReadRefused
from sheetsync.history import History, default_path
from tests import hostile
from tests.cli.conftest import Caller, configure
from tests.cli.terminal import at_terminal


def told(call: Caller, *arguments: str) -> dict[str, dict[str, object]]:
    """Give the checks of a call by name; the last of each name counts."""
    done = call("doctor", "--json", *arguments)
    document = json.loads(done.out)
    assert document["schema"] == "sheetsync.doctor.v1"
    return {check["name"]: check for check in document["checks"]}


def test_a_sound_workbook_is_in_order(call: Caller, okr: Path) -> None:
    """Shows that nothing is wrong with a plain workbook, that nothing is written, and that the code is 0."""
    before = (okr.read_bytes(), okr.stat().st_mtime_ns, sorted(path.name for path in okr.parent.iterdir()))
    done = call("doctor", "okr.xlsx")
    assert done.code == 0
    assert done.err == ""
    assert "✗" not in done.out
    assert "worksheets" in done.out
    assert (okr.read_bytes(), okr.stat().st_mtime_ns, sorted(path.name for path in okr.parent.iterdir())) == before


def test_without_a_configuration_it_says_how_to_begin(call: Caller, here: Path) -> None:
    """Shows that a first call looks at the computer, and names the command that writes a configuration."""
    done = call("doctor")
    assert done.code == 0
    assert "sheetsync init" in done.out
    assert str(here.parent / "state") in done.out


def test_every_workbook_of_the_configuration_is_looked_at(call: Caller, here: Path, okr: Path) -> None:
    """Shows that a missing workbook fails beside a sound one, by the name that it has in the configuration."""
    configure(here, '[workbook.sound]\npath = "okr.xlsx"\n[workbook.gone]\npath = "gone.xlsx"\n')
    done = call("doctor")
    assert done.code == 3
    assert done.out.index(" sound\n") < done.out.index("✓") or " sound\n" in done.out
    assert "✗ Failed: " in done.out.partition(" gone\n")[2]
    assert "      → Check the path" in done.out


def test_a_wrong_configuration_is_one_of_the_findings(call: Caller, here: Path) -> None:
    """Shows that mistakes in the configuration are told with their place, code 2, and the rest is still looked at."""
    configure(here, '[workbook.a]\npath = "okr.xlsx"\nenabeld = true\n')
    done = call("doctor")
    assert done.code == 2
    assert "sheetsync.toml:3:1" in done.out
    assert "locks can be made" in done.out


def test_paths_and_names_do_not_go_together(call: Caller, okr: Path) -> None:
    """Shows that naming workbooks in two ways is a mistake in the call."""
    assert call("doctor", "okr.xlsx", "--only", "okr").code == 2


def test_only_takes_some_of_the_configuration(call: Caller, here: Path, okr: Path) -> None:
    """Shows that --only leaves the other workbooks out."""
    configure(here, '[workbook.sound]\npath = "okr.xlsx"\n[workbook.gone]\npath = "gone.xlsx"\n')
    assert call("doctor", "--only", "sound").code == 0


@pytest.mark.parametrize(
    ("damage", "code", "said"),
    [
        (lambda path: path.write_bytes(b""), 3, "empty"),
        (lambda path: path.write_bytes(b"PK junk"), 3, "damaged"),
        (lambda path: path.write_text("ID;Objective"), 3, "not an Excel workbook"),
        (lambda path: path.chmod(0o444), 4, "read-only"),
        (lambda path: path.with_name("~$okr.xlsx").write_bytes(b"\x05Huong"), 5, "Huong has the workbook open"),
    ],
    ids=["empty", "damaged", "csv", "read-only", "open"],
)
def test_what_would_stop_a_run_is_found(call: Caller, okr: Path, damage: object, code: int, said: str) -> None:
    """Shows that each thing that stops a run is told beforehand, with the code with which the run would end."""
    assert callable(damage)
    damage(okr)
    done = call("doctor", "okr.xlsx")
    assert done.code == code
    assert said in done.out
    assert "→" in done.out


def test_a_lost_libreoffice_is_told_only_to_those_who_use_it(
    call: Caller, here: Path, okr: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that LibreOffice matters only where formulas are to be refreshed by it."""
    monkeypatch.setenv("PATH", str(here))
    assert "LibreOffice" not in call("doctor", "okr.xlsx").out
    configure(here, '[workbook.a]\npath = "okr.xlsx"\nrecalc = "libreoffice"\n')
    assert told(call)["excel.libreoffice"]["state"] == "warning"


def test_a_state_folder_that_is_a_file_is_found(call: Caller, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that a folder for state which cannot be made fails with code 4, in Vietnamese too."""
    (here / "file").write_text("x")
    monkeypatch.setenv("SHEETSYNC_STATE_DIR", str(here / "file"))
    done = call("doctor", "--lang", "vi")
    assert done.code == 4
    assert "không ghi được vào thư mục trạng thái" in done.out
    assert "SHEETSYNC_STATE_DIR" in done.out


def test_locks_that_do_not_hold_are_found(call: Caller, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that a folder whose file system knows no locks fails, though it can be written."""

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    monkeypatch.setattr(fcntl, "lockf", refuse)
    assert told(call)["machine.locks"]["exit_code"] == 4


def test_parts_that_are_not_there_are_said_honestly(call: Caller, okr: Path) -> None:
    """Shows that mail and a history that was not begun are reported as left out, not as in order, and none is made."""
    found = told(call, "okr.xlsx")
    assert (found["mail.sending"]["state"], found["history"]["state"]) == ("skipped", "skipped")
    assert not default_path().exists()


@pytest.mark.parametrize(("language", "day"), [("en", "20 Nov 2026"), ("vi", "20/11/2026")])
def test_a_history_that_was_pruned_whole_is_not_called_new(
    call: Caller, here: Path, okr: Path, language: str, day: str
) -> None:
    """Shows that after everything was pruned the doctor still counts the workbook, and names its last night."""
    configure(here, '[workbook.a]\npath = "okr.xlsx"\nhistory = "past.sqlite3"\n')
    assert call("sync", "--today", "2026-11-20").code in (0, 1)
    assert call("history", "prune", "--before", "2026-11-21", "--yes").code == 0
    found = told(call, "--lang", language)["history"]
    assert (found["state"], day in str(found["text"])) == ("ok", True)


def test_the_history_is_looked_at(call: Caller, here: Path, okr: Path) -> None:
    """Shows that the doctor names the file that remembers, and says what is wrong with one that cannot be used."""
    configure(here, '[workbook.a]\npath = "okr.xlsx"\nhistory = "past.sqlite3"\n')
    with History.open(here / "past.sqlite3"):
        assert told(call)["history"]["state"] == "skipped"
    assert call("sync", "--today", "2026-11-21").code == 0
    found = told(call)
    assert (found["history"]["state"], found["history.folder"]["state"]) == ("ok", "ok")
    assert all(part in str(found["history"]["text"]) for part in ("past.sqlite3", "21 Nov 2026"))
    (here / "past.sqlite3").write_bytes(b"no database at all, though it has some length to it" * 100)
    assert (told(call)["history"]["state"], told(call)["history"]["exit_code"]) == ("failed", 3)


def test_folders_for_summaries_are_looked_at(call: Caller, here: Path, okr: Path) -> None:
    """Shows that the place of the folder for the summary is tried, and that nothing is left behind."""
    configure(here, '[workbook.a]\npath = "okr.xlsx"\nmail.folder = "mail"\n')
    assert told(call)["mail.folder"]["state"] == "ok"
    assert sorted(path.name for path in here.iterdir()) == ["okr.xlsx", "sheetsync.toml"]
    assert not (here.parent / "state").exists()


def test_folders_for_pages_are_looked_at(call: Caller, here: Path, okr: Path) -> None:
    """Shows that the folder of [report] is tried like the others, that a file in its place fails, nothing is made."""
    del okr
    configure(here, '[report]\nfolder = "pages"\n[workbook.a]\npath = "okr.xlsx"\n')
    assert told(call)["pages.folder"]["state"] == "ok"
    assert not (here / "pages").exists()
    (here / "pages").write_text("x", encoding="utf-8")
    assert told(call)["pages.folder"]["state"] == "failed"
    assert "report.folder" in call("--lang", "en", "doctor").out


def test_network_folders_are_known_by_their_mount(tmp_path: Path) -> None:
    """Shows that the innermost mount over a folder decides, also where its name has a blank in it."""
    inner = tmp_path / "a share"
    inner.mkdir()
    table = tmp_path / "mountinfo"
    escaped = str(inner).replace(" ", r"\040")
    table.write_text(
        "21 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
        f"99 21 0:50 / {escaped} rw,relatime shared:1 - nfs4 server:/share rw\n"
        f"98 21 0:51 / {escaped}s rw - cifs //server/share rw\n"
    )
    assert volumes.file_system(inner / "deep", table) == "nfs4"
    assert volumes.file_system(tmp_path, table) == "ext4"
    assert volumes.file_system(tmp_path, tmp_path / "missing") == ""


def test_a_network_folder_is_warned_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that locks on a network folder are a warning that names the kind of file system."""
    table = tmp_path / "mountinfo"
    table.write_text("21 1 0:50 / / rw - nfs4 server:/ rw\n")
    monkeypatch.setattr(volumes, "MOUNTS", table)
    check = machine.examine_folder("machine.locks", tmp_path)
    assert (check.state, check.params["kind"]) == (State.WARNING, "nfs4")


def test_little_room_is_warned_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that a nearly full disk is told before it is full."""
    monkeypatch.setattr(machine, "LITTLE", shutil.disk_usage(tmp_path).total + 1)
    check = machine.examine_folder("machine.state", tmp_path)
    assert check.text == "doctor.machine.state.full"


def test_an_error_is_parted_into_what_and_what_to_do() -> None:
    """Shows that a text with points in its parameters is parted where the sentence ends, not inside a name."""
    check = refused("excel.file", ReadRefused("excel.damaged", path="a. b.xlsx", part="x. y"))
    found, mending = sentences(check, phrases("en"))
    assert found == "a. b.xlsx: the file is damaged (at x. y)."
    assert mending.startswith("Open it in Excel")


def test_every_state_has_a_word_beside_its_symbol() -> None:
    """Shows that nobody needs to see colours or shapes to know what failed."""
    checks = [fine("excel.closed"), warned("config", "none"), refused("x", ReadRefused("excel.empty", path="p"))]
    shown = "\n".join(lines(checks, phrases("vi")))
    assert "▲ Cảnh báo: " in shown
    assert "✗ Lỗi: " in shown
    assert shown.count("→") == 2


def test_tasks_run_beside_each_other_and_keep_their_order() -> None:
    """Shows that a task may wait for a later one, and that the results come in the order of the tasks."""
    later = Event()

    def first() -> Iterator[Check]:
        assert later.wait(20)
        yield fine("excel.closed")

    def second() -> Iterator[Check]:
        later.set()
        yield fine("history", "none")

    found = gathered([Task("a", first), Task("b", second)], workers=2, seconds=30)
    assert [(check.subject, check.name) for checks in found for check in checks] == [
        ("a", "excel.closed"), ("b", "history"),
    ]  # fmt: skip


def test_a_task_that_hangs_is_left_behind() -> None:
    """Shows that a dead network folder costs its time and is told, while the others are looked at."""
    never = Event()
    hanging = Task("dead", lambda: [fine("excel.closed")] if never.wait(60) else [])
    slow, quick = gathered([hanging, Task("quick", lambda: [fine("excel.closed")])], workers=1, seconds=0.2)
    assert [check.text for check in slow] == ["doctor.task.slow"]
    assert [check.state for check in quick] == [State.OK]
    never.set()


def test_a_bug_in_a_task_is_not_swallowed() -> None:
    """Shows that an unexpected exception of a thread comes out where the results are waited for."""

    def broken() -> list[Check]:
        return [fine("excel.closed", path=str(1 // len("")))]

    with pytest.raises(ZeroDivisionError):
        gathered([Task("", broken)], workers=1, seconds=30)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_it_fits_a_terminal_of_80_columns(okr: Path, language: str) -> None:
    """Shows that no line is wider than the terminal, but for paths that cannot be broken."""
    seen = at_terminal(okr.parent, "doctor", "okr.xlsx", "--lang", language, columns=80, more={"NO_COLOR": "1"})
    assert seen.code == 0
    too_wide = [line for line in seen.screen.splitlines() if len(line) > 80 and len(line.split()[-1]) < 60]
    assert too_wide == []


def test_every_text_of_the_doctor_has_its_mending() -> None:
    """Shows that each warning and failure has a line on what to do, in both languages, and no mending stands alone."""
    for language in ("en", "vi"):
        keys = set(phrases(language).keys("doctor"))
        mendings = {key.removesuffix("_fix") for key in keys if key.endswith("_fix")}
        assert mendings <= keys
        settled = {"ok", "skipped", "none", "not_needed", "files_only", "unknown", "account", "person"}
        settled |= {"by_password", "by_token", "not_wanted", "local", "no_size"}  # of the mail server
        settled |= {"ok_here", "own_line", "never", "unseen"}  # of the nightly job
        kinds = ("doctor.state.", "doctor.part.", "doctor.verdict", "doctor.google.credential.")
        lacking = {key for key in keys - mendings if not key.endswith("_fix") and key.rpartition(".")[2] not in settled}
        assert {key for key in lacking if not key.startswith(kinds)} == set()


def test_hostile_names_of_sheets_do_no_harm(call: Caller, here: Path) -> None:
    """Shows that a truncated workbook is a failed check, not a traceback."""
    hostile.truncated(here / "broken.xlsx")
    done = call("doctor", "broken.xlsx")
    assert (done.code, "Traceback" in done.err) == (3, False)
