"""``sheetsync history forget``: which workbook is meant, what is said of it, and what stands in the way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sheetsync.cli.google import journal_of
from sheetsync.history import History, default_path
from sheetsync.history.forgetting import mark, mark_of
from sheetsync.outgoing import Reason, State
from sheetsync.post import Message
from sheetsync.snapshot import Mail, Run, Snapshot
from sheetsync.workbook import CellUpdate, Changes
from tests import hostile
from tests.cli.conftest import DAY, HEADERS, PROJECT, SOUND, Caller, configure
from tests.cli.terminal import at_terminal
from tests.history.nights import SetClock, run, seen
from tests.posting.world import AN, BAO, MONDAY, SENDER, mail

FIRST = MONDAY.date() - timedelta(days=9)
SHEET = "gs:1aB2cD3eF4gH5iJ6kL7mN8oP9qR0sT1uV2wX3yZ4aB5c"

TWO_FILES = """
[workbook.hoa-sen]
path = "hoa-sen.xlsx"
[workbook.b]
path = "b.xlsx"
history = "own.sqlite3"
"""


def remember(path: Path, place: str, name: str, nights: int = 2) -> None:
    """Remember some nights of a workbook with one goal."""
    clock = SetClock()
    with History.open(path, clock) as history:
        for number in range(nights):
            day = FIRST + timedelta(days=number)
            clock.now = datetime(day.year, day.month, day.day, 20, tzinfo=UTC)
            made = run(day, place)._replace(name=name)
            history.commit(made, Snapshot(day, (seen("KR-1", number, day=day, title=f"{name} grows"),)))


@pytest.fixture
def two(here: Path) -> Path:
    """Remember a client who has left, and one that the configuration still names."""
    path = default_path()
    remember(path, f"file:{here / 'minh-long.xlsx'}", "minh-long")
    remember(path, f"file:{here / 'hoa-sen.xlsx'}", "hoa-sen", nights=3)
    configure(here, '[workbook.hoa-sen]\npath = "hoa-sen.xlsx"\n')
    return path


def names(path: Path) -> list[str]:
    """Give the workbooks that a history knows."""
    with History.open(path) as history:
        return [name for _, _, name in history.workbooks()]


def test_what_can_be_forgotten_is_named(call: Caller, two: Path, here: Path) -> None:
    """Shows each workbook with its last night and whether the configuration has it, in both languages and as JSON."""
    told = call("history", "forget")
    assert told.code == 0
    assert told.out.splitlines() == [
        f"Remembered in {two}:",
        f"  hoa-sen: last night 16 Nov 2026; the configuration has it as hoa-sen (file:{here / 'hoa-sen.xlsx'})",
        f"  minh-long: last night 15 Nov 2026; not in the configuration (file:{here / 'minh-long.xlsx'})",
    ]
    assert "không có trong cấu hình" in call("history", "forget", "--lang", "vi").out
    form = json.loads(call("history", "forget", "--json").out)
    assert form["schema"] == "sheetsync.history.known.v1"
    assert [(one["name"], one["last"], one["configured"]) for one in form["workbooks"]] == [
        ("hoa-sen", "2026-11-16", "hoa-sen"), ("minh-long", "2026-11-15", None),
    ]  # fmt: skip
    (here / "sheetsync.toml").unlink()
    assert "configuration" not in call("history", "forget").out


def test_what_was_moved_or_lies_in_a_folder_counts_as_configured(call: Caller, two: Path, here: Path) -> None:
    """Shows that the next sync of a file under a new name, or of a folder of Drive, is told; no other client's is."""
    remember(two, SHEET, "clients/lotus")
    configure(
        here,
        '[workbook.minh-long]\npath = "moved.xlsx"\n[workbook.clients]\nfolder = "1dE3fG5hJ7kL9mN1pQ3rS5tU7vW9xY1zA"\n',
    )
    forms = json.loads(call("history", "forget", "--json").out)["workbooks"]
    assert {one["name"]: one["configured"] for one in forms} == {
        "clients/lotus": "clients", "minh-long": "minh-long", "hoa-sen": None,
    }  # fmt: skip
    remember(two, f"file:{here / 'moved.xlsx'}", "minh-long")
    forms = json.loads(call("history", "forget", "--json").out)["workbooks"]
    told = {one["place"]: one["configured"] for one in forms if one["name"] == "minh-long"}
    assert told == {f"file:{here / 'minh-long.xlsx'}": None, f"file:{here / 'moved.xlsx'}": "minh-long"}


def test_nothing_goes_without_a_yes(call: Caller, two: Path, here: Path) -> None:
    """Shows that what would go is said, that nobody to ask means exit 2, and that a plain Enter forgets nothing."""
    refused = call("history", "forget", "minh-long")
    assert (refused.code, refused.out) == (2, "")
    assert "Runs: 2; observations: 2;" in refused.err
    assert "goals and KPIs: 1;" in refused.err
    assert "Nothing was forgotten" in refused.err
    assert "still names it" not in refused.err
    assert call("--no-input", "history", "forget", "minh-long").code == 2
    shown = at_terminal(here, "history", "forget", "minh-long", typed="\n")
    assert (shown.code, "Forget them for good?" in shown.screen) == (2, True)
    assert names(two) == ["hoa-sen", "minh-long"]


@pytest.mark.parametrize("meant", ["minh-long", "MINH-LONG", "minh-long.xlsx", "file:{here}/minh-long.xlsx"])
def test_a_workbook_is_meant_by_name_or_place(call: Caller, two: Path, here: Path, meant: str) -> None:
    """Shows that all spellings of name and place find it, also where neither file nor configuration is there."""
    done = call("history", "forget", meant.format(here=here), "--yes", "--json")
    assert (done.code, names(two)) == (0, ["hoa-sen"])
    form = json.loads(done.out)
    assert (form["schema"], form["runs"], form["items"]) == ("sheetsync.history.forget.v1", 2, 1)
    assert (form["name"], form["configured"], form["remaining_files"]) == ("minh-long", None, [])
    again = call("history", "forget", meant.format(here=here), "--yes")
    assert (again.code, again.err.count("hoa-sen")) == (2, 1)


def test_a_yes_at_the_terminal_is_enough(two: Path, here: Path) -> None:
    """Shows that a person who says yes is told that it is done."""
    shown = at_terminal(here, "history", "forget", "minh-long", "--lang", "vi", typed="y\n", columns=200)
    assert (shown.code, "đã xóa hẳn" in shown.screen) == (0, True)
    assert names(two) == ["hoa-sen"]


@pytest.mark.parametrize(("given", "near"), [("minhlong", "minh-long"), ("hoa", "hoa-sen"), ("xyzzy", "")])
def test_a_name_that_nobody_knows_is_told_with_what_is_near(call: Caller, two: Path, given: str, near: str) -> None:
    """Shows exit 2, never a guess: the near name is only told, and so is all that is known."""
    told = call("history", "forget", given, "--yes")
    assert (told.code, names(two)) == (2, ["hoa-sen", "minh-long"])
    assert (f"Did you mean {near}?" in told.err) is bool(near)
    assert "Remembered are: hoa-sen, minh-long" in told.err
    assert (f"Có phải anh/chị muốn nói {near}?" in call("history", "forget", given, "--lang", "vi").err) is bool(near)


def test_what_could_be_several_is_refused_with_their_places(call: Caller, two: Path, here: Path) -> None:
    """Shows that one name at two places, and one place in two files, are each told with how to say which."""
    remember(two, SHEET, "minh-long")
    told = call("history", "forget", "minh-long", "--yes")
    assert (told.code, len(names(two))) == (2, 3)
    assert f"  minh-long: {SHEET} ({two})" in told.err.splitlines()
    assert f"  minh-long: file:{here / 'minh-long.xlsx'} ({two})" in told.err.splitlines()
    assert call("history", "forget", SHEET, "--yes").code == 0
    own = here / "own.sqlite3"
    remember(own, f"file:{here / 'minh-long.xlsx'}", "minh-long")
    configure(
        here, f'[workbook.hoa-sen]\npath = "hoa-sen.xlsx"\n[workbook.b]\npath = "b.xlsx"\nhistory = "{own.name}"\n'
    )
    told = call("history", "forget", "minh-long", "--yes")
    assert (told.code, "--history FILE" in told.err, str(own) in told.err, str(two) in told.err) == (
        2,
        True,
        True,
        True,
    )
    assert call("history", "forget", "minh-long", "--yes", "--history", str(own)).code == 0
    assert (names(own), names(two)) == ([], ["hoa-sen", "minh-long"])


def test_a_history_that_has_not_begun_hides_no_other(call: Caller, two: Path, here: Path) -> None:
    """Shows that only where none has begun that is an error, as for the other commands."""
    configure(
        here, '[workbook.hoa-sen]\npath = "hoa-sen.xlsx"\n[workbook.b]\npath = "b.xlsx"\nhistory = "own.sqlite3"\n'
    )
    assert call("history", "forget", "minh-long", "--yes").code == 0
    none = call("history", "forget", "--history", "own.sqlite3")
    assert (none.code, "there is no history yet" in none.err, (here / "own.sqlite3").exists()) == (3, True, False)


def test_the_next_sync_begins_anew(call: Caller, here: Path) -> None:
    """Shows that a configured workbook is told so before, and that every command knows nothing of it after."""
    for name in ("minh-long", "hoa-sen"):
        hostile.sound(
            here / f"{name}.xlsx",
            headers=HEADERS,
            rows=tuple((*row[:1], f"{name} {row[1]}", *row[2:]) for row in SOUND),
        )
    configure(here, '[workbook.minh-long]\npath = "minh-long.xlsx"\n[workbook.hoa-sen]\npath = "hoa-sen.xlsx"\n')
    assert call("sync", "--today", "2026-11-20").code == 0
    assert call("sync", "--today", "2026-11-21").code == 0
    kept = {
        words: call(*words, "-w", "hoa-sen").out for words in (("history", "show"), ("history", "as-of", "2026-11-21"))
    }
    told = call("history", "forget", "minh-long", "--yes")
    assert (told.code, "the next sync begins a new history" in told.err) == (0, True)
    assert "minh-long" not in call("history", "export").out
    assert "minh-long" not in call("history", "show").out
    assert (call("history", "show", "-w", "minh-long").code, call("doctor").code) == (2, 0)
    assert {words: call(*words, "-w", "hoa-sen").out for words in kept} == kept
    assert call("report", "minh-long.xlsx", "--as-of", "2026-11-20", *DAY).code == 2
    begun = call("sync", "--today", "2026-11-22")
    assert (begun.code, "minh-long: this workbook was brought up to date before" in begun.err) == (0, True)
    assert "hoa-sen:" not in begun.err
    with History.open(default_path()) as history:
        assert [(one.workbook, one.day.day) for one in history.runs() if one.workbook == "minh-long"] == [
            ("minh-long", 22)
        ]


HOLDING = """
import sys
from pathlib import Path
from sheetsync.cli.wiring import errand
from sheetsync.config.shape import WorkbookConfig
from sheetsync.lock import lock_beside

kind, name = sys.argv[1:]
where = {"spreadsheet": name} if kind == "gs" else {"path": Path(name)}
lock = lock_beside(Path(name)) if kind == "mail" else errand(WorkbookConfig(name="held", **where), None).lock()
with lock:
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held(kind: str, name: str) -> Iterator[None]:
    """Let another process hold the lock with which a run works on a workbook, or sends mail."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, kind, name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield
        process.communicate()


@pytest.mark.parametrize("kind", ["file", "gs", "mail"])
def test_a_run_that_goes_on_is_awaited(call: Caller, two: Path, here: Path, kind: str) -> None:
    """Shows exit 11 while another process brings the workbook up to date or sends, and that nothing was forgotten."""
    remember(two, SHEET, "sheet")
    (here / "minh-long.xlsx").write_bytes(b"PK")
    meant = "sheet" if kind == "gs" else "minh-long"
    name = {"file": str(here / "minh-long.xlsx"), "gs": SHEET.removeprefix("gs:"), "mail": str(two)}[kind]
    with held(kind, name):
        told = call("history", "forget", meant, "--yes")
        assert (told.code, len(names(two)), "Traceback" in told.err) == (11, 3, False)
        assert call("history", "forget", "hoa-sen", "--yes").code == (11 if kind == "mail" else 0)
    assert call("history", "forget", meant, "--yes").code == 0


def queue(path: Path, here: Path, *mails: tuple[str, Mail]) -> None:
    """Queue mails of workbooks, by their names."""
    with History.open(path) as history:
        for name, one in mails:
            history.commit(Run(f"file:{here / name}.xlsx", name, MONDAY.date()), None, mails=(one,))


def freeze(path: Path, *numbers: int) -> str:
    """Make one message of parts; give its number."""
    with History.open(path) as history:
        box = history.outbox
        parts = box.parts(numbers)
        message = Message(f"<{numbers}@x.vn>", SENDER, parts[0].recipient, b"Subject: x\r\n\r\nHello")
        made = box.freeze(message, "x", parts, MONDAY.date(), MONDAY)
        assert made is not None
        return str(made.number)


def test_a_mail_about_others_too_has_to_leave_first(call: Caller, two: Path, here: Path) -> None:
    """Shows what to do about such a mail, that this works as it is told, and what becomes of the mails."""
    told = [("minh-long", mail(AN, book="a")), ("hoa-sen", mail(AN, book="b")), ("minh-long", mail(BAO, book="a"))]
    queue(two, here, *told)
    number = freeze(two, 1, 2)
    refused = call("history", "forget", "minh-long", "--yes")
    assert (refused.code, f"sheetsync mail outbox drop {number}" in refused.err, len(names(two))) == (3, True, 2)
    assert "sheetsync mail send" in call("history", "forget", "minh-long", "--lang", "vi").err
    assert call("mail", "outbox", "drop", number).code == 0
    done = call("history", "forget", "minh-long", "--yes")
    assert (done.code, "then never leave: 1." in done.err, "1 message tells of other workbooks too" in done.err) == (
        0, True, True,
    )  # fmt: skip
    listed = json.loads(call("mail", "outbox", "--json").out)["outboxes"][0]["messages"]
    assert [(one["workbooks"], one["recipient"], one["state"]) for one in listed] == [(["hoa-sen"], AN, "dropped")]
    shown = call("mail", "outbox", "show", number)
    assert (shown.code, "The text of this mail" in shown.out or "cleared" in shown.out) == (0, True)


def test_mails_that_were_sent_are_counted(call: Caller, two: Path, here: Path) -> None:
    """Shows that a sent message of the workbook alone is told and gone, so that the outbox is empty."""
    queue(two, here, ("minh-long", mail(AN, book="a")))
    number = int(freeze(two, 1))
    with History.open(two) as history:
        history.outbox.claim(number, MONDAY.date(), MONDAY)
        history.outbox.settle(number, State.SENT, Reason(), MONDAY)
    done = call("history", "forget", "minh-long", "--yes")
    assert "messages that were sent or are closed: 1;" in done.err
    assert call("mail", "outbox").out == "There are no messages.\n"


def test_a_write_that_broke_off_is_put_right_first(call: Caller, two: Path, here: Path) -> None:
    """Shows that an open write is a reason to refuse, with sync as the way out, and that --unfinished gives it up."""
    with History.open(two) as history:
        intent = Changes(cells=(CellUpdate("OKR", 2, 9, "typed", 0.5),))
        history.intend(Run(f"file:{here / 'minh-long.xlsx'}", "minh-long", FIRST), intent)
    for language, words in (("en", "Run “sheetsync sync” over it first"), ("vi", "Xin chạy “sheetsync sync”")):
        refused = call("history", "forget", "minh-long", "--yes", "--lang", language)
        assert (refused.code, words in refused.err, "--unfinished" in refused.err) == (3, True, True)
    assert len(names(two)) == 2
    assert call("history", "forget", "minh-long", "--yes", "--unfinished").code == 0
    assert names(two) == ["hoa-sen"]


def test_what_a_write_into_a_spreadsheet_left_counts_too(call: Caller, two: Path) -> None:
    """Shows that the file by which Google's cells are put back is a reason to refuse, and goes with --unfinished."""
    remember(two, SHEET, "sheet")
    journal = journal_of(SHEET.removeprefix("gs:"))
    journal.parent.mkdir(parents=True)
    journal.write_bytes(b"the cells as they stood")
    refused = call("history", "forget", "sheet", "--yes")
    assert (refused.code, journal.exists(), len(names(two))) == (3, True, 3)
    assert call("history", "forget", "sheet", "--yes", "--unfinished").code == 0
    assert (journal.exists(), len(names(two))) == (False, 2)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_files_of_the_user_are_named_and_stay(call: Caller, two: Path, here: Path, language: str) -> None:
    """Shows that backups, summaries, pages, trials and logs that are there are named, and none that is another's."""
    folder = '[report]\nfolder = "pages"\n[defaults.mail]\nfolder = "mails"\n'
    configure(here, f'{folder}[workbook.hoa-sen]\npath = "hoa-sen.xlsx"\n')
    for name in ("mails", "pages", "mail-preview", "reports"):
        (here / name).mkdir()
    own = [here / "mails" / f"minh-long-2026-11-{day}.html" for day in range(10, 16)]
    own += [here / "pages" / "minh-long.html", here / "pages" / "index.html", here / "mail-preview" / "an.html"]
    own += [two.with_name(f"{two.name}.backup-v2"), here / "sheetsync.log", here / "reports" / "minh-long.html"]
    others = [here / "mails" / "hoa-sen-2026-11-10.html", here / "pages" / "hoa-sen.html"]
    others += [here / "mails" / "minh-long-hai-2026-11-10.html", two.with_name("other.sqlite3.backup-v2")]
    for file in (*own, *others):
        file.write_text("x", encoding="utf-8")
    told = call("history", "forget", "minh-long", "--yes", "--lang", language).err
    assert all(str(file) in told for file in own[6:])
    assert (f"{here / 'mails'}: 6 " in told, any(str(file) in told for file in others)) == (True, False)
    assert all(file.exists() for file in (*own, *others))
    form = json.loads(call("history", "forget", "hoa-sen", "--yes", "--json").out)
    assert {str(here / "pages" / "hoa-sen.html"), str(others[0])} <= set(form["remaining_files"])
    assert str(own[0]) not in form["remaining_files"]


def test_a_call_that_broke_off_is_finished_by_the_same_call(call: Caller, two: Path) -> None:
    """Shows that whoever was killed before the traces were wiped is told so, and ends with the same words."""
    assert call("history", "forget", "minh-long", "--yes").code == 0
    mark(two, ("minh-long", "file:/books/minh-long.xlsx"))
    assert "broke off before its last traces were wiped" in call("history", "forget").err
    assert call("history", "forget", "xyzzy", "--yes").code == 2
    done = call("history", "forget", "Minh-Long", "--yes")
    assert (done.code, "its last traces are wiped" in done.err, mark_of(two).exists()) == (0, True, False)
    assert call("history", "forget", "minh-long", "--yes").code == 2


def test_a_history_that_is_switched_off_or_damaged_is_told(call: Caller, two: Path, here: Path) -> None:
    """Shows the same exit codes as of the other commands, and no traceback."""
    configure(here, '[defaults]\nhistory = false\n[workbook.okr]\npath = "okr.xlsx"\n')
    assert call("history", "forget", "minh-long", "--yes").code == 2
    (here / "sheetsync.toml").unlink()
    two.write_bytes(b"no database at all, though it has some length to it" * 100)
    told = call("history", "forget", "minh-long", "--yes")
    assert (told.code, "damaged" in told.err, "Traceback" in told.err) == (3, True, False)
