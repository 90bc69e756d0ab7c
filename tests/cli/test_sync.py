"""``sheetsync sync``: what is written, what is said about it, and what it ends with."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sheetsync.lock import workbook_lock
from tests import hostile
from tests.cli.conftest import DAY, FLAWED, HEADERS, SOUND, Called, Caller, configure

PROGRESS = len(HEADERS) + 1


def progress(path: Path) -> dict[str, object]:
    """Read id -> progress with another library."""
    sheet = load_workbook(path)["OKR"]
    rows = sheet.iter_rows(hostile.HEADER_ROW + 1, values_only=True)
    return {str(row[0]): row[PROGRESS - 1] for row in rows if row[0]}


def test_a_clean_run_off_a_terminal_says_nothing(call: Caller, okr: Path) -> None:
    """Cron gets no mail about a night on which all went well, and the numbers stand in the sheet."""
    assert call("sync", "okr.xlsx", *DAY) == (0, "", "")
    assert progress(okr) == {"O-1": 0.38, "KR-1": 0.6, "KR-2": 0.33, "KR-3": 0.2}


def test_a_second_run_leaves_the_bytes_alone(call: Caller, okr: Path) -> None:
    """The same day and inputs make no write: the file stays identical, and untouched."""
    call("sync", "okr.xlsx", *DAY)
    before, stamp = okr.read_bytes(), okr.stat()
    assert call("sync", "okr.xlsx", *DAY) == (0, "", "")
    after = okr.stat()
    assert okr.read_bytes() == before
    assert (after.st_mtime_ns, after.st_ino) == (stamp.st_mtime_ns, stamp.st_ino)


def test_a_dry_run_leaves_the_bytes_alone_and_counts(call: Caller, okr: Path) -> None:
    """--dry-run does all but write, and its JSON says what would have been written."""
    before = okr.read_bytes()
    told = json.loads(call("sync", "--dry-run", "--json", "okr.xlsx", *DAY).out)
    (one,) = told["workbooks"]
    assert okr.read_bytes() == before
    assert one["written"] is None
    assert one["planned"]["cells"] > 10


def test_a_dry_run_foresees_that_the_workbook_is_shut(call: Caller, okr: Path) -> None:
    """Shows that --dry-run ends as the sync would where somebody has the workbook open, and says what it would do."""
    (okr.parent / "~$okr.xlsx").touch()
    done = call("sync", "--dry-run", "okr.xlsx", *DAY)
    (told,) = json.loads(call("sync", "--dry-run", "--json", "okr.xlsx", *DAY).out)["workbooks"]
    refused = call("sync", "okr.xlsx", *DAY)
    words = f"{refused.err.strip()} Until then “sheetsync sync” writes nothing into the workbook."
    assert (done, refused.code) == ((5, "", f"{words}\n"), 5)
    assert (told["exit_code"], told["refused"]) == (5, words.removeprefix("okr: "))
    assert told["planned"]["cells"] > 10


def test_json_carries_its_schema_and_the_receipt(call: Caller, okr: Path) -> None:
    """The JSON document has its schema's name, the exit code of each workbook, and how many cells were written."""
    done = call("sync", "--json", "okr.xlsx", *DAY)
    told = json.loads(done.out)
    assert told["schema"] == "sheetsync.sync.v1"
    (one,) = told["workbooks"]
    assert (one["exit_code"], one["workbook"], one["path"]) == (0, "okr", str(okr))
    assert one["written"]["cells"] > 10


@pytest.mark.parametrize(("flags", "code"), [((), 0), (("--fail-on", "error"), 1), (("--fail-on", "warning"), 1)])
def test_findings_fail_a_sync_only_where_asked(call: Caller, flawed: Path, flags: tuple[str, ...], code: int) -> None:
    """An unreadable number is no failure of the run by itself; with --fail-on it is, and is then printed."""
    done = call("sync", *flags, "flawed.xlsx", *DAY)
    assert done.code == code
    assert ("RO201" in done.out) == (code == 1)
    assert progress(flawed)["KR-1"] == 0.6


@pytest.mark.parametrize(
    ("configured", "flags", "code"), [("error", (), 1), ("never", (), 0), ("error", ("--fail-on", "never"), 0)]
)
def test_the_configuration_says_which_findings_fail_a_sync(
    call: Caller, here: Path, flawed: Path, configured: str, flags: tuple[str, ...], code: int
) -> None:
    """Shows that ``fail_on`` holds for each workbook, in the JSON too, and that the option goes before it."""
    configure(here, f'[workbook.hcm]\npath = "{flawed.name}"\nfail_on = "{configured}"\n')
    done = call("sync", "--json", *flags, *DAY)
    assert (done.code, json.loads(done.out)["workbooks"][0]["exit_code"]) == (code, code)
    assert progress(flawed)["KR-1"] == 0.6


def test_one_broken_workbook_does_not_hold_up_the_others(call: Caller, here: Path, okr: Path) -> None:
    """The failure is told on stderr with the workbook's name, the others are written, and the code is the failure's."""
    hostile.truncated(here / "broken.xlsx")
    done = call("sync", "broken.xlsx", "okr.xlsx", *DAY)
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith("broken: ")
    assert len(done.err.splitlines()) == 1
    assert progress(okr)["KR-1"] == 0.6


def test_a_workbook_that_is_being_synced_is_left_alone(call: Caller, okr: Path) -> None:
    """While another run holds the lock the code is 11, and nothing is written."""
    before = okr.read_bytes()
    with workbook_lock(okr):
        done = call("sync", "okr.xlsx", *DAY)
    assert done.code == 11
    assert "okr.xlsx" in done.err
    assert okr.read_bytes() == before


def test_a_file_that_somebody_has_open_is_a_matter_for_later(call: Caller, okr: Path) -> None:
    """The owner file that LibreOffice keeps beside an open workbook ends the run with 5."""
    (okr.parent / ".~lock.okr.xlsx#").write_text(",Lan Anh,desk-7,21.11.2026 17:09,file:///x;", encoding="utf-8")
    done = call("sync", "okr.xlsx", *DAY)
    assert done.code == 5
    assert "Lan Anh" in done.err


def two(folder: Path, more: str = "") -> None:
    """Write two workbooks and their configuration."""
    other = tuple(
        (row[0], *(f"{text} in the south" if text else text for text in row[1:3]), *row[3:]) for row in FLAWED
    )
    for name, rows in (("north", SOUND), ("south", other)):
        hostile.sound(folder / f"{name}.xlsx", headers=HEADERS, rows=rows)
    places = "".join(f'[workbook.{name}]\npath = "{name}.xlsx"\n' for name in ("north", "south"))
    configure(folder, f"{more}{places}")


def synced(folder: Path) -> list[str]:
    """Give the names of the workbooks that have a progress."""
    return [name for name in ("north", "south") if progress(folder / f"{name}.xlsx").get("KR-1") == 0.6]


def test_every_workbook_of_the_configuration_is_synced(call: Caller, here: Path) -> None:
    """Without paths the configuration of the current folder says which."""
    two(here)
    assert call("sync", *DAY) == (0, "", "")
    assert synced(here) == ["north", "south"]


def test_only_takes_the_workbooks_that_are_named(call: Caller, here: Path) -> None:
    """--only leaves the others alone."""
    two(here)
    assert call("sync", "--only", "south", *DAY).code == 0
    assert synced(here) == ["south"]


def test_a_name_that_nobody_knows_is_told_with_those_that_are_known(call: Caller, here: Path) -> None:
    """A misspelt name stops the call before anything is written."""
    two(here)
    done = call("sync", "--only", "nroth", *DAY)
    assert done.code == 2
    for word in ("nroth", "north", "south"):
        assert word in done.err
    assert synced(here) == []


def test_paths_and_names_together_are_refused(call: Caller, here: Path) -> None:
    """Paths and --only contradict each other."""
    two(here)
    assert call("sync", "north.xlsx", "--only", "south", *DAY).code == 2
    assert synced(here) == []


def test_the_summary_is_written_once_for_the_same_content(call: Caller, here: Path) -> None:
    """With mail.folder the day's summary is written as HTML and text; a second run leaves both files untouched."""
    two(here, 'defaults.mail.folder = "mail"\n')
    assert call("sync", "--only", "north", *DAY) == (0, "", "")
    files = sorted((here / "mail").iterdir())
    assert [one.name for one in files] == ["north-2026-11-21.html", "north-2026-11-21.txt"]
    assert "Minh Long Food" in files[1].read_text(encoding="utf-8")
    stamps = [one.stat().st_mtime_ns for one in files]
    call("sync", "--only", "north", *DAY)
    assert [one.stat().st_mtime_ns for one in sorted((here / "mail").iterdir())] == stamps


def test_a_dry_run_writes_no_summary(call: Caller, here: Path) -> None:
    """--dry-run writes no mail either."""
    two(here, 'defaults.mail.folder = "mail"\n')
    assert call("sync", "--dry-run", *DAY).code == 0
    assert not (here / "mail").exists()


def test_a_summary_that_cannot_be_written_is_told(call: Caller, here: Path) -> None:
    """Where a file stands in the way of the mail folder the workbook is synced, and the code says that not all was."""
    two(here, 'defaults.mail.folder = "mail"\n')
    (here / "mail").write_text("in the way", encoding="utf-8")
    done = call("sync", "--only", "north", *DAY)
    assert done.code == 5
    assert done.err.startswith("north: ")
    assert synced(here) == ["north"]


@pytest.mark.parametrize("where", ["flag before", "flag after", "variable"])
def test_a_configuration_elsewhere_is_found_where_it_is_named(
    call: Caller, here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """--config, before the command or after it, and SHEETSYNC_CONFIG name a file in another folder."""
    other = tmp_path / "clients"
    other.mkdir()
    two(other)
    named = str(other / "sheetsync.toml")
    if where == "variable":
        monkeypatch.setenv("SHEETSYNC_CONFIG", named)
    before = ("--config", named) if where == "flag before" else ()
    after = ("--config", named) if where == "flag after" else ()
    assert call(*before, "sync", *DAY, *after) == (0, "", "")
    assert synced(other) == ["north", "south"]


def test_no_configuration_and_no_path_says_what_to_do(call: Caller, here: Path) -> None:
    """In an empty folder the message names the ways on."""
    done = call("sync", *DAY)
    assert done.code == 2
    for word in ("sheetsync.toml", "init", "--config"):
        assert word in done.err


def wrong_configuration(call: Caller, here: Path, language: str) -> Called:
    """Sync with a configuration in which three things are wrong."""
    two(here, 'defaults.timezone = "Asia/Saigong"\n')
    with (here / "sheetsync.toml").open("a", encoding="utf-8") as file:
        file.write('recal = "never"\nprofile = "gogle"\n')
    return call("--lang", language, "sync", *DAY)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_problem_of_a_configuration_is_told_with_its_place(call: Caller, here: Path, language: str) -> None:
    """All three problems come at once, each with file, line, column and key; nothing is written."""
    done = wrong_configuration(call, here, language)
    assert (done.code, done.out) == (2, "")
    lines = [line.rpartition("/")[2] if line.startswith("/") else line for line in done.err.splitlines()]
    assert [line.split(":")[:3] for line in lines] == [
        ["sheetsync.toml", "1", "10"], ["sheetsync.toml", "6", "1"], ["sheetsync.toml", "7", "1"],
    ]  # fmt: skip
    assert "recalc" in lines[1]
    assert synced(here) == []


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_the_firm_of_the_demo_is_synced_in_its_language(call: Caller, firm: str, here: Path) -> None:
    """The whole workbook of the demo goes through without a word, and a second time without a byte."""
    assert call("sync", "firm.xlsx", *DAY) == (0, "", "")
    before = (here / "firm.xlsx").read_bytes()
    with closing(load_workbook(here / "firm.xlsx", read_only=True)) as book:
        statuses = {row[0] for row in book["OKR"].iter_rows(6, 29, 26, 26, values_only=True)}
    assert {"en": "Off track", "vi": "Nguy cơ không đạt"}[firm] in statuses
    assert call("sync", "firm.xlsx", *DAY) == (0, "", "")
    assert (here / "firm.xlsx").read_bytes() == before
