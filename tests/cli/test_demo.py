"""``sheetsync demo``: everything that it promises lies there, and works afterwards."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest

from sheetsync.backends.excel.backend import ExcelBackend
from sheetsync.history import History
from tests.cli.conftest import DAY, Called, Caller

FILES = [
    *("history.sqlite3", "minh-long-food.before.xlsx", "minh-long-food.xlsx"),
    *("report.html", "sheetsync.toml", "summary.html", "summary.txt"),
]
BEFORE, AFTER = FILES[1:3]


@pytest.fixture(params=["en", "vi"])
def shown(request: pytest.FixtureRequest, call: Caller) -> tuple[str, Called]:
    """Give the language, and what the demo printed; it lies in the folder ``firm``."""
    return request.param, call("demo", "--lang", request.param, "--dir", "firm", *DAY)


def test_every_file_is_there(shown: tuple[str, Called], here: Path) -> None:
    """Workbook, the copy from before, the mail twice, the page and the configuration lie in the folder, no more."""
    _, done = shown
    assert (done.code, done.err) == (0, "")
    assert sorted(one.name for one in (here / "firm").iterdir()) == FILES
    for name in FILES:
        assert f"firm/{name}" in done.out


def test_what_was_found_is_shown(shown: tuple[str, Called]) -> None:
    """Goals with status, KPI groups with grade, and findings with their cells are printed in the language."""
    language, done = shown
    words = {
        "en": ("Off track", "At risk", "Achieved", "Not scored", "about half", "2 errors, 3 warnings"),
        "vi": ("Nguy cơ không đạt", "Chậm tiến độ", "Hoàn thành", "Chưa tính điểm", "một nửa", "2 lỗi, 3 cảnh báo"),
    }
    for part in (*words[language], "OKR!J13", "RO203", "OKR!K17", "RO201", "31%", "127%"):
        assert part in done.out


def test_the_copy_is_the_workbook_before_the_sync(shown: tuple[str, Called], here: Path) -> None:
    """Only the three worksheets that hold computed cells differ between the two files."""
    folder = here / "firm"
    with ZipFile(folder / BEFORE) as before, ZipFile(folder / AFTER) as after:
        assert before.namelist() == after.namelist()
        differing = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert len(differing) == 3
    assert all(name.startswith("xl/worksheets/sheet") for name in differing)
    assert f"{len(before.namelist()) - 3}" in shown[1].out


def test_the_mail_is_in_the_language(shown: tuple[str, Called], here: Path) -> None:
    """HTML and text name the firm and speak the language of the demo."""
    word = {"en": "Off track", "vi": "Nguy cơ không đạt"}[shown[0]]
    for name in ("summary.html", "summary.txt"):
        text = (here / "firm" / name).read_text(encoding="utf-8")
        assert "Minh Long Food" in text
        assert word in text


def test_the_configuration_works(
    shown: tuple[str, Called], call: Caller, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the demo's folder a sync finds its configuration, has nothing to write, and a plan says so by its code."""
    monkeypatch.chdir(here / "firm")
    before = Path(AFTER).read_bytes()
    assert call("sync", *DAY) == (0, "", "")
    assert call("plan", "--exit-code", *DAY).code == 0
    assert Path(AFTER).read_bytes() == before
    assert call("explain", "KR-1", *DAY).code == 0


def test_the_commands_that_it_names_next_work(
    shown: tuple[str, Called], call: Caller, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each line under "what next" is a command that ends well, and the look at the mails leaves them to be opened."""
    monkeypatch.chdir(here / "firm")
    told = [line.split("sheetsync ")[-1].split() for line in shown[1].out.splitlines() if "cd firm && " in line]
    assert told == [["sync"], ["explain", "KR-1"], ["mail", "preview"]]
    for words in told:
        assert call(*words, *DAY).code == 0
    assert len(list((here / "firm" / "mail-preview").glob("*.html"))) > 1


def test_a_copy_from_before_gets_what_the_demo_wrote(
    shown: tuple[str, Called], call: Caller, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Syncing the copy from before in its place gives the workbook that the demo shows, part for part."""
    monkeypatch.chdir(here / "firm")
    shutil.copyfile(AFTER, here / "after.xlsx")
    shutil.copyfile(BEFORE, AFTER)
    assert call("sync", *DAY) == (0, "", "")
    with ZipFile(AFTER) as again, ZipFile(here / "after.xlsx") as after:
        assert {name: again.read(name) for name in again.namelist()} == {
            name: after.read(name) for name in after.namelist()
        }


def test_the_weeks_before_are_remembered_beside_the_demo(
    shown: tuple[str, Called], call: Caller, here: Path, tmp_path: Path
) -> None:
    """Change and Forecast come from weeks that were scored like any other, and nobody's own history is touched."""
    sheet = ExcelBackend(here / "firm" / AFTER).read().sheet("OKR")
    words = {"en": ("Change", "Forecast"), "vi": ("Thay đổi", "Dự báo")}[shown[0]]
    head = next(list(row) for row in sheet.rows if words[0] in row)
    row = next(row for row in sheet.rows if row[0] == "KR-2")
    assert all(isinstance(row[head.index(word)], float) for word in words)
    assert not (tmp_path / "state" / "history.sqlite3").exists()
    with History.open(here / "firm" / FILES[0]) as history:
        weeks = {entry.day for entry in history.series(1, "KR-2") if entry.observation is not None}
    assert len(weeks) >= 4


@pytest.mark.parametrize("day", ["2026-11-16", "2026-11-18", "2026-11-22"])
def test_what_is_remembered_is_what_the_log_says(call: Caller, here: Path, day: str) -> None:
    """Shows one story in the history and the check-in log on any weekday, and steps that are never lost again."""
    assert call("demo", "--dir", "firm", "--today", day).code == 0
    today = date.fromisoformat(day)
    with History.open(here / "firm" / FILES[0]) as history:
        series = {key: history.series(1, key) for key in ("KR-1", "KR-3", "KR-8", "KR-10")}
    seen = {key: [one.observation for one in told if one.observation is not None] for key, told in series.items()}
    log: dict[str, list[tuple[int, float]]] = {
        "KR-1": [(11, 3.4e9), (4, 3.7e9)],
        "KR-8": [(34, 36), (20, 40)],
        "KR-10": [(18, 760), (4, 880)],
    }
    for key, entries in log.items():
        for one in seen[key]:
            known = [value for ago, value in entries if today - timedelta(days=ago) <= one.day]
            assert not known or one.value == known[-1], (key, one.day)
            assert known or one.value is None or one.value <= entries[0][1], (key, one.day)
    steps = [one.progress or 0.0 for one in seen["KR-3"]]
    assert steps == sorted(steps)
    assert (steps[0], round(steps[-1], 2)) == (0.0, 0.67)


def test_a_second_demo_takes_a_folder_of_its_own(call: Caller, here: Path) -> None:
    """Without --dir an earlier demo is never written over."""
    assert call("demo", *DAY).code == 0
    edited = here / "sheetsync-demo" / AFTER
    edited.write_bytes(b"mine")
    assert call("demo", *DAY).code == 0
    assert edited.read_bytes() == b"mine"
    assert (here / "sheetsync-demo-2" / AFTER).is_file()


def test_a_folder_that_holds_a_demo_is_refused(call: Caller, here: Path) -> None:
    """With --dir a workbook that is there is left alone, and the message says what to do."""
    (here / "mine").mkdir()
    (here / "mine" / AFTER).write_bytes(b"mine")
    done = call("demo", "--dir", "mine", *DAY)
    assert done.code == 2
    assert "--dir" in done.err
    assert [one.name for one in (here / "mine").iterdir()] == [AFTER]


@pytest.mark.parametrize("name", FILES)
def test_no_file_of_a_folder_is_replaced(call: Caller, here: Path, name: str) -> None:
    """Shows that with --dir nothing that is there is written over: no configuration, no history, no page."""
    (here / "mine").mkdir()
    (here / "mine" / name).write_bytes(b"mine")
    done = call("demo", "--dir", "mine", *DAY)
    assert done.code == 2
    assert name in done.err
    assert [(one.name, one.read_bytes()) for one in (here / "mine").iterdir()] == [(name, b"mine")]


def test_a_place_that_cannot_be_is_told(call: Caller, here: Path) -> None:
    """A folder beneath a file cannot be made; one line says so."""
    (here / "file").write_text("in the way", encoding="utf-8")
    done = call("demo", "--dir", "file/demo", *DAY)
    assert done.code == 2
    assert len(done.err.splitlines()) == 1
    assert "file/demo" in done.err


@pytest.mark.parametrize("day", ["2026-01-01", "2026-01-10", "2026-02-15", "2026-03-31", "2028-02-29", "2026-12-31"])
def test_the_demo_shows_the_same_flaws_on_any_day(call: Caller, day: str) -> None:
    """At the edges of quarters and years the firm is still in mid-cycle, and shows every kind of flaw and status."""
    done = call("demo", "--dir", "firm", "--today", day)
    assert done.code == 0
    for part in ("Off track", "At risk", "On track", "Achieved", "Not scored", "RO201", "RO203", "LI306", "PR411"):
        assert part in done.out
