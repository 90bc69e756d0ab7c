"""What only a process of its own can show: help in both languages, codes, colours, and what bad calls end with."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sheetsync import __version__
from tests.cli.conftest import DAY, PROJECT, Caller

COMMANDS = ("demo", "init", "template", "check", "plan", "sync", "explain", "rule")
ENGLISH = re.compile(r"\b(Usage|Options|Show this message|Commands|Error|Try|Missing|Invalid|No such)\b")


def test_help_lists_every_command(process: Caller) -> None:
    """The list of commands is complete, and the code is 0."""
    done = process("--help")
    assert (done.code, done.err) == (0, "")
    for name in COMMANDS:
        assert re.search(rf"^  {name} ", done.out, re.MULTILINE)


@pytest.mark.parametrize("arguments", [(), *((name,) for name in COMMANDS), ("template", "new"), ("template", "list")])
def test_help_is_vietnamese_to_the_last_word(process: Caller, arguments: tuple[str, ...]) -> None:
    """With --lang vi no frame of the help is left in English."""
    done = process(*arguments, "--lang", "vi", "--help")
    assert (done.code, done.err) == (0, "")
    assert ENGLISH.search(done.out) is None, done.out
    assert "Cách dùng:" in done.out


@pytest.mark.parametrize(
    "arguments",
    [("sync", "--tofay"), ("frobnicate",), ("template", "new", "okr"), ("check", "--format", "yaml"), ("explain",),
     ("check", "--today", "soon"), ("check", "--only"), ("template", "new", "okr", "-o", "a.xlsx", "b"),
     ("sync", "--dry-run=5"), ()],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_wrong_call_is_told_in_its_language(process: Caller, language: str, arguments: tuple[str, ...]) -> None:
    """A mistake in the call ends with 2, says what is wrong and how help is called, and writes nothing to stdout."""
    done = process("--lang", language, *arguments)
    assert done.code == 2
    assert "--help" in done.err or "Cách dùng" in done.err or "Usage" in done.err
    assert "Traceback" not in done.err
    assert done.out == ""
    if language == "vi":
        assert ENGLISH.search(done.err) is None, done.err


def test_the_version_is_told(process: Caller) -> None:
    """--version prints one line."""
    done = process("--version")
    assert done.code == 0
    assert done.out == f"sheetsync {__version__}\n"


def test_a_sync_as_cron_calls_it_says_nothing(process: Caller, okr: Path) -> None:
    """The whole process prints nothing on a clean night, on either stream."""
    assert process("sync", "okr.xlsx", *DAY) == (0, "", "")
    assert process("plan", "--exit-code", "okr.xlsx", *DAY) == (0, "", "")


def test_every_code_reaches_the_shell(process: Caller, okr: Path, flawed: Path, here: Path) -> None:
    """Findings, usage, refusal and pending changes end the process with 1, 2, 3 and 10."""
    (here / "folder.xlsx").mkdir()
    assert process("check", "flawed.xlsx", *DAY).code == 1
    assert process("check", "nothere.xlsx", *DAY).code == 2
    assert process("check", "folder.xlsx", *DAY).code == 3
    assert process("plan", "--exit-code", "okr.xlsx", *DAY).code == 10
    assert process("plan", "--exit-code", "okr.xlsx", "folder.xlsx", *DAY).code == 3


@pytest.mark.parametrize("command", ["check", "plan", "sync", "init", "explain"])
@pytest.mark.parametrize("bad", ["folder", "text", "empty", "dangling", "long"])
def test_no_file_makes_a_traceback(process: Caller, here: Path, command: str, bad: str) -> None:
    """Whatever stands under the name of a workbook, each command ends with one line and a code."""
    path = here / "okr.xlsx"
    if bad == "folder":
        path.mkdir()
    elif bad == "dangling":
        path.symlink_to(here / "gone.xlsx")
    elif bad != "long":
        path.write_text("ID;Objective\n" if bad == "text" else "", encoding="utf-8")
    name = "x" * 300 + ".xlsx" if bad == "long" else "okr.xlsx"
    done = process("--lang", "en", command, *(["KR-1"] if command == "explain" else []), name, *DAY)
    assert done.code in (2, 3, 4, 5), done
    assert "Traceback" not in done.err
    assert len(done.err.splitlines()) == 1
    assert name in done.err


def test_a_state_folder_that_cannot_be_made_is_told(
    process: Caller, okr: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the locks cannot lie the workbook is not written, and the message names the variable that moves them."""
    (here / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("SHEETSYNC_STATE_DIR", str(here / "file" / "state"))
    before = okr.read_bytes()
    done = process("sync", "okr.xlsx", *DAY)
    assert done.code == 4
    assert "SHEETSYNC_STATE_DIR" in done.err
    assert okr.read_bytes() == before


@pytest.mark.parametrize("name", ["FORCE_COLOR", "NO_COLOR", "neither"])
def test_colours_off_a_terminal_come_only_when_forced(
    process: Caller, flawed: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """In a pipe findings are plain, unless FORCE_COLOR asks for colours."""
    if name != "neither":
        monkeypatch.setenv(name, "1")
    assert ("\x1b[" in process("check", "flawed.xlsx", *DAY).out) == (name == "FORCE_COLOR")
    assert ("\x1b[" in process("demo", "--dir", f"demo-{name}", *DAY).out) == (name == "FORCE_COLOR")


def test_no_color_wins_over_force_color(process: Caller, flawed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where both are set nothing is coloured."""
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" not in process("check", "flawed.xlsx", *DAY).out
    assert "\x1b[" not in process("demo", "--dir", "demo", *DAY).out


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo terminals of this kind")
@pytest.mark.parametrize("plain", [False, True])
def test_colours_at_a_terminal(flawed: Path, here: Path, plain: bool) -> None:
    """At a terminal severities are coloured, and the verdict is told; with NO_COLOR nothing is coloured."""
    from tests.cli.terminal import at_terminal

    more = {"NO_COLOR": "1"} if plain else {}
    seen = at_terminal(here, "--lang", "en", "check", "flawed.xlsx", *DAY, more=more)
    assert seen.code == 1
    assert ("\x1b[" in seen.screen) != plain
    assert "flawed: objectives 1, key results 3" in seen.screen


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo terminals of this kind")
@pytest.mark.parametrize("call", [("check",), ("explain", "KR-1"), ("sync",), ("template", "list")])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_lines_break_between_words_at_a_terminal(
    flawed: Path, here: Path, language: str, call: tuple[str, ...]
) -> None:
    """At a terminal of 64 columns no line is wider, and every word stands whole."""
    from tests.cli.terminal import at_terminal

    rest = () if call[0] == "template" else ("flawed.xlsx", *DAY)
    arguments = ("--lang", language, *call, *rest)
    narrow = at_terminal(here, *arguments, columns=64, more={"NO_COLOR": "1"}).screen
    assert max(len(line) for line in narrow.splitlines()) <= 64
    if call[0] != "sync":
        wide = at_terminal(here, *arguments, columns=4000, more={"NO_COLOR": "1"}).screen
        assert narrow.split() == wide.split()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo terminals of this kind")
@pytest.mark.parametrize("columns", [60, 80, 100, 120])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_tables_of_the_demo_fit_the_terminal(here: Path, columns: int, language: str) -> None:
    """No line of a table is wider than the terminal, and no word of a status is cut."""
    from tests.cli.terminal import at_terminal

    arguments = ("demo", "--lang", language, "--dir", "firm", *DAY)
    seen = at_terminal(here, *arguments, columns=columns, more={"NO_COLOR": "1"})
    assert seen.code == 0
    lines = seen.screen.splitlines()
    assert [line for line in lines if len(line) > columns] == []
    for word in {"en": ("Off track", "Not scored"), "vi": ("Nguy cơ không đạt", "Chưa tính điểm")}[language]:
        assert word in seen.screen
    assert "…" not in seen.screen


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_leaves_early_is_no_failure(here: Path, unbuffered: str) -> None:
    """``sheetsync rule | head -1`` ends without a complaint, whether Python keeps output back for a while or not."""
    with subprocess.Popen(
        [sys.executable, "-m", "sheetsync", "--lang", "en", "rule", "--json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=here,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONUNBUFFERED": unbuffered},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
        code = process.wait(timeout=30)
    assert (code, said) == (0, "")


def test_work_whose_reader_left_is_not_called_complete(here: Path) -> None:
    """Shows exit 3 for a command that does something: nobody was told of it, and it may have been stopped half way."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "sheetsync", "--lang", "en", "demo"],
            stdout=writing, stderr=subprocess.PIPE, text=True, cwd=here, check=False, timeout=60,
            env={**os.environ, "PYTHONPATH": str(PROJECT)},
        )  # fmt: skip
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (3, "")


SHEETSYNC = (sys.executable, "-m", "sheetsync", "--lang", "en")
UNIX = pytest.mark.skipif(os.name == "nt", reason="a shell closes streams as on Unix")


def shell(here: Path, line: str, *call: str) -> subprocess.CompletedProcess[str]:
    """Run a call by a line of the shell, in which ``"$@"`` stands for it."""
    return subprocess.run(
        ["sh", "-c", line, "sh", *SHEETSYNC, *call],
        capture_output=True, text=True, cwd=here, check=False, timeout=60,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
    )  # fmt: skip


@UNIX
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_stop_no_command(here: Path, okr: Path, closed: str) -> None:
    """Shows that a caller who closed input, output or messages gets the work done, and its code."""
    before = okr.read_bytes()
    done = shell(here, f'"$@" {closed}', "check", okr.name, *DAY)
    assert (done.returncode, done.stderr) == (0, "")
    done = shell(here, f'"$@" {closed}', "sync", okr.name, *DAY)
    assert (done.returncode, done.stderr) == (0, "")
    written = okr.read_bytes()
    assert written != before
    done = shell(here, f'"$@" {closed}', "check", "nowhere.xlsx", *DAY)
    assert done.returncode == 2
    assert okr.read_bytes() == written


@UNIX
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("call", [("check", "flawed.xlsx"), ("rule", "RO203"), ("plan", "--json", "flawed.xlsx")])
def test_output_that_cannot_be_written_is_told(
    here: Path, flawed: Path, call: tuple[str, ...], unbuffered: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that a full disk behind ``>`` ends with one line and 3, and is called no bug."""
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    done = shell(here, '"$@" > /dev/full', *call)
    assert done.returncode == 3
    assert done.stderr == (
        "The output could not be written: No space left on device. Make room, or send it elsewhere; what was done "
        "stays done.\n"
    )
    assert flawed.exists()


@UNIX
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_messages_that_cannot_be_written_end_with_a_code(here: Path) -> None:
    """Shows that where messages go to a full disk the code still tells that something was to be said there."""
    done = shell(here, '"$@" 2> /dev/full', "check", "nowhere.xlsx")
    assert done.returncode == 3
    done = shell(here, '"$@" > /dev/full 2> /dev/full', "rule", "RO203")
    assert done.returncode == 3


@UNIX
@pytest.mark.parametrize(
    ("name", "told"),
    [
        (b"caf\xe9.xlsx", r"caf\\udce9.xlsx: the path holds characters that cannot be shown."),
        (b"a\nb.xlsx", r"a\\nb.xlsx: the path holds characters that cannot be shown."),
    ],
)
@pytest.mark.parametrize("command", ["check", "plan", "sync", "explain", "report", "init", "adopt"])
def test_a_path_that_no_message_can_show_is_refused(
    here: Path, okr: Path, name: bytes, told: str, command: str
) -> None:
    """Shows that a file whose name is not in UTF-8, or has two lines, is refused with its name, and left alone."""
    other = os.path.join(os.fsencode(here), name)  # noqa: PTH118 - pathlib takes no bytes
    try:
        Path(os.fsdecode(other)).write_bytes(okr.read_bytes())
    except OSError:
        pytest.skip("this disk takes no such names")
    call = (command, "KR-1", os.fsdecode(name)) if command == "explain" else (command, os.fsdecode(name))
    done = subprocess.run(
        [*SHEETSYNC, *call], capture_output=True, text=True, cwd=here, check=False, timeout=60,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert re.search(told, done.stderr)
    assert len(done.stderr.splitlines()) == 1
    assert Path(os.fsdecode(other)).read_bytes() == okr.read_bytes()


@UNIX
def test_a_folder_that_no_message_can_show_is_refused_for_configured_workbooks(here: Path, okr: Path) -> None:
    """Shows that the configuration's workbooks are held to the same: a relative path leads into such a folder."""
    folder = Path(os.fsdecode(os.path.join(os.fsencode(here), b"caf\xe9")))  # noqa: PTH118 - pathlib takes no bytes
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("this disk takes no such names")
    (folder / "okr.xlsx").write_bytes(okr.read_bytes())
    (folder / "sheetsync.toml").write_text('[workbook.okr]\npath = "okr.xlsx"\n', encoding="utf-8")
    done = shell(folder, '"$@"', "doctor")
    assert done.returncode == 2
    assert "the path holds characters that cannot be shown" in done.stdout
    for command in ("check", "sync"):
        done = shell(folder, '"$@"', command, *DAY)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.endswith("the path holds characters that cannot be shown. Rename the file or its folder.\n")
        assert len(done.stderr.splitlines()) == 1
    assert (folder / "okr.xlsx").read_bytes() == okr.read_bytes()


@pytest.mark.parametrize("command", ["check", "sync", "report"])
def test_days_before_all_cycles_are_refused(call: Caller, okr: Path, command: str) -> None:
    """Shows that no day is taken before which there is none to reckon with."""
    before = okr.read_bytes()
    done = call(command, okr.name, "--today", "0001-01-01")
    assert done.code == 2
    assert "0001-01-01 is too early; the first day that counts is 1900-01-01." in done.err
    assert okr.read_bytes() == before


def test_the_file_of_nobody_is_not_there(call: Caller, here: Path) -> None:
    """Shows that a path below the home of an unknown person is told as one of a file that is not there."""
    done = call("check", "~nobody-of-that-name/okr.xlsx")
    assert done.code == 2
    assert done.err.startswith("~nobody-of-that-name/okr.xlsx: there is no such file.")
