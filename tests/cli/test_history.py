"""``sheetsync history``: show, as-of, export, import, prune."""

from __future__ import annotations

import csv
import json
import re
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from pyarrow.parquet import read_table

from sheetsync.history import History, default_path
from sheetsync.snapshot import Said, Snapshot
from tests import hostile
from tests.books import TODAY
from tests.cli.conftest import DAY, HEADERS, SOUND, Caller, configure
from tests.cli.terminal import at_terminal
from tests.history.nights import SetClock, run, seen

FIRST = date(2026, 10, 5)


@pytest.fixture
def remembered(here: Path) -> Path:
    """Remember three nights of okr.xlsx in the usual place: a value and a target move, then the row goes."""
    place = f"file:{here / 'okr.xlsx'}"
    clock = SetClock()
    with History.open(default_path(), clock) as history:
        for number, (value, target, title) in enumerate(((1, 10, "Sell more"), (3, 12, "=Sell more"), (3, 12, "Sell"))):
            day = FIRST + timedelta(days=number)
            clock.now = datetime(day.year, day.month, day.day, 20, tzinfo=UTC)
            item = seen(
                "KR-2", value, day=day, target=float(target), progress=value / target, status="at_risk",
                says={"title": Said(title), "target": Said(str(target), float(target), formula=number > 0)},
            )  # fmt: skip
            other = seen("KR-10", 5, day=day, title="Open shops")
            history.commit(run(day, place), Snapshot(day, (item, other) if number < 2 else (other,)))
    return default_path()


def test_a_workbook_of_imports_alone_is_named_with_its_days(call: Caller, okr: Path) -> None:
    """Shows that the first and the last remembered day are told where no night has been seen live yet, or only one."""
    rows = tuple((*row, *((None, None) if row[0] == "O-1" else (1, 2))) for row in SOUND)
    hostile.sound(okr, headers=(*HEADERS, "5/10", "19/10"), rows=rows)
    call("history", "import", "--into", "okr.xlsx", *DAY)
    assert "okr: 0 nights, 5 Oct 2026 to 19 Oct 2026 (" in call("history", "show").out
    (one,) = json.loads(call("history", "show", "--json").out)["workbooks"]
    assert (one["nights"], one["first"], one["last"]) == (0, "2026-10-05", "2026-10-19")
    call("sync", "okr.xlsx", *DAY)
    assert "okr: 1 đêm, từ 05/10/2026 đến 21/11/2026 (" in call("history", "show", "--lang", "vi").out


def test_an_item_is_shown_with_what_changed_when(call: Caller, remembered: Path) -> None:
    """Shows that the story of an item is told in words, in both languages, from its first day to its last."""
    told = call("history", "show", "kr-2")
    assert told.code == 0
    assert told.out.splitlines() == [
        "KR-2 · =Sell more (OKR)",
        "  5 Oct 2026  first seen: Value 1; Target 10; Progress 10%; Status At risk",
        "  6 Oct 2026  Value 1 → 3; Target 10 → 12; Progress 10% → 25%",
        "  6 Oct 2026  Target: a formula took the place of what was typed",
        "  6 Oct 2026  Title “Sell more” → “=Sell more”",
        "  7 Oct 2026  the row has gone",
    ]
    vietnamese = call("history", "show", "KR-2", "--lang", "vi").out
    assert "07/10/2026  dòng không còn nữa" in vietnamese
    assert "Chỉ tiêu 10 → 12" in vietnamese


def test_numbers_are_told_in_the_unit_of_their_row(call: Caller, here: Path) -> None:
    """Shows percentages as such, computed values rounded, and a target that moved once, not twice."""
    clock = SetClock(datetime(FIRST.year, FIRST.month, FIRST.day, 20, tzinfo=UTC))
    with History.open(default_path(), clock) as history:
        for number, target in enumerate((0.35, 0.4)):
            day = FIRST + timedelta(days=number)
            says = {"unit": Said("%"), "target": Said(f"{target:.0%}", target)}
            share = seen("KR-1", 0.284999, day=day, target=target, says=says)
            history.commit(run(day), Snapshot(day, (share, seen("KPI-1", 4.8444444, day=day))))
    assert call("history", "show", "KR-1").out.splitlines()[1:] == [
        "  5 Oct 2026  first seen: Value 28.5%; Target 35%", "  6 Oct 2026  Target 35% → 40%",
    ]  # fmt: skip
    plain, shares = call("history", "as-of", "2026-10-05").out.splitlines()[2:]
    assert ("28.5%" in shares, "35%" in shares, "4.84 " in plain) == (True, True, True)


def test_what_an_id_named_before_is_shown_apart(call: Caller, remembered: Path, here: Path) -> None:
    """Shows both things that an id has named, the earlier one first, each with its own title and days."""
    day = FIRST + timedelta(days=3)
    with History.open(remembered, SetClock(datetime(2026, 10, 8, 20, tzinfo=UTC))) as history:
        other = seen("KR-10", 9, day=day, title="Hire drivers", reused=True)
        history.commit(run(day, f"file:{here / 'okr.xlsx'}"), Snapshot(day, (other,)))
    told = call("history", "show", "KR-10")
    assert told.out.splitlines() == [
        "KR-10 · Open shops (OKR)",
        "  5 Oct 2026  first seen: Value 5",
        "  8 Oct 2026  the row has gone",
        "KR-10 · Hire drivers (OKR)",
        "  8 Oct 2026  first seen: Value 9",
    ]
    form = json.loads(call("history", "show", "KR-10", "--json").out)["items"]
    assert [(one["title"], len(one["entries"])) for one in form] == [("Open shops", 3), ("Hire drivers", 2)]


def test_workbooks_are_named_with_their_nights(call: Caller, remembered: Path) -> None:
    """Shows that without an item the remembered workbooks are named, with the file that remembers them."""
    told = call("history", "show")
    assert str(remembered) in told.out
    assert "OKR: 3 nights, 5 Oct 2026 to 7 Oct 2026" in told.out
    assert call("history", "show", "-w", "okr.xlsx").out.count(" · ") == 2
    form = json.loads(call("history", "show", "--json").out)
    assert [(one["name"], one["nights"]) for one in form["workbooks"]] == [("OKR", 3)]


def test_what_is_not_remembered_is_said(call: Caller, here: Path) -> None:
    """Shows that no history, no such item and no such workbook each end with the reason and their exit code."""
    none = call("history", "show", "KR-2")
    assert (none.code, "there is no history yet" in none.err) == (3, True)
    assert not default_path().exists()
    with History.open(default_path()) as history:
        history.commit(run(FIRST), Snapshot(FIRST, (seen(day=FIRST),)))
    assert (call("history", "show", "KR-9").code, call("history", "show", "-w", "nothing").code) == (2, 2)
    assert call("history", "as-of", "2026-13-01").code == 2


def test_as_of_answers_for_any_day(call: Caller, remembered: Path) -> None:
    """Shows that a day's table has what stood then, in the order that people count in, and says what it cannot."""
    table = call("history", "as-of", "2026-10-06").out.splitlines()
    assert [line.split()[0] for line in table[2:]] == ["KR-2", "KR-10"]
    assert "25%" in table[2]
    assert len(call("history", "as-of", "2026-10-07").out.splitlines()) == 3
    assert "Nothing is remembered" in call("history", "as-of", "2026-10-01").err
    form = json.loads(call("history", "as-of", "2026-10-05", "--json").out)
    assert [(one["key"], one["value"], one["title"]) for one in form["items"]] == [
        ("KR-2", 1.0, "Sell more"),
        ("KR-10", 5.0, "Open shops"),
    ]
    early = json.loads(call("history", "as-of", "2026-10-06", "--known", "2020-01-01", "--json").out)
    assert early["items"] == []


def test_exports_hold_every_observation_and_no_formula(call: Caller, remembered: Path, here: Path) -> None:
    """Shows that csv, json, xlsx and parquet agree, and that no text of the sheet runs as a formula anywhere."""
    rows = list(csv.DictReader(StringIO(call("history", "export").out)))
    assert [(row["key"], row["day"], row["value"], row["title"], row["gone"]) for row in rows] == [
        ("KR-10", "2026-10-05", "5.0", "Open shops", "False"),
        ("KR-2", "2026-10-05", "1.0", "Sell more", "False"),
        ("KR-2", "2026-10-06", "3.0", "'=Sell more", "False"),
        ("KR-2", "2026-10-07", "", "'=Sell more", "True"),
    ]
    assert [row["recorded"] for row in rows][-1] == "2026-10-07T20:00:00+00:00"
    made = json.loads(call("history", "export", "--format", "json").out)["observations"]
    assert [(one["key"], one["value"]) for one in made] == [
        ("KR-10", 5.0), ("KR-2", 1.0), ("KR-2", 3.0), ("KR-2", None),
    ]  # fmt: skip
    assert call("history", "export", "-o", "all.xlsx").code == 0
    sheet = load_workbook(here / "all.xlsx").worksheets[0]
    title = next(cell for cell in sheet["E"] if cell.value == "=Sell more")
    assert title.data_type == "s"
    assert [cell.value for cell in sheet["J"]][1:] == [5, 1, 3, None]
    assert [row[-2].value for row in sheet.rows] == ["gone", False, False, False, True]
    assert call("history", "export", "-o", "all.csv").code == 0
    assert (here / "all.csv").read_bytes().startswith(b"\xef\xbb\xbfworkbook,")
    assert call("history", "export", "-o", "all.parquet").code == 0
    told = read_table(here / "all.parquet").to_pylist()
    assert [(one["key"], one["day"], one["value"]) for one in told] == [
        ("KR-10", date(2026, 10, 5), 5.0),
        ("KR-2", date(2026, 10, 5), 1.0),
        ("KR-2", date(2026, 10, 6), 3.0),
        ("KR-2", date(2026, 10, 7), None),
    ]
    assert [(one["title"], one["gone"]) for one in told][1:3] == [("Sell more", False), ("=Sell more", False)]
    assert sorted(path.name for path in here.iterdir()) == ["all.csv", "all.parquet", "all.xlsx"]


def test_an_export_that_cannot_be_made_says_what_to_do(
    call: Caller, remembered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that xlsx wants a file, and parquet the package that writes it."""
    assert "-o history.xlsx" in call("history", "export", "--format", "xlsx").err
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    lacking = call("history", "export", "-o", "all.parquet")
    assert (lacking.code, "sheetsync[parquet]" in lacking.err) == (2, True)


def test_pruning_says_what_goes_and_asks(call: Caller, remembered: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that nothing goes without a yes, that what goes is counted, and that later days answer as before."""
    before = call("history", "as-of", "2026-10-06").out
    refused = call("history", "prune", "--before", "2026-10-06")
    assert refused.code == 2
    assert "observations: 1;" in refused.err
    assert len(json.loads(call("history", "export", "--format", "json").out)["observations"]) == 4
    done = json.loads(call("history", "prune", "--before", "2026-10-06", "--yes", "--json").out)
    assert (done["pruned"][0]["runs"], done["pruned"][0]["observations"]) == (1, 1)
    assert call("history", "as-of", "2026-10-06").out == before
    assert call("history", "as-of", "2026-10-05").out.count("KR-2") == 0


def test_pruning_says_when_it_is_done(call: Caller, remembered: Path) -> None:
    """Shows that what would go is told first, and at the end that it has gone."""
    told = call("history", "prune", "--before", "2026-10-06", "--yes").err.splitlines()
    assert ("would go" in told[0], told[1:]) == (True, [f"{remembered}: forgotten."])


def test_a_day_after_the_last_night_is_not_pruned_to(call: Caller, remembered: Path) -> None:
    """Shows that a mistyped year forgets nothing, and that the last night and the day after it are no mistake."""
    told = call("history", "prune", "--before", "2027-10-06", "--yes")
    assert (told.code, "7 Oct 2026" in told.err) == (2, True)
    with History.open(remembered) as history:
        assert len(history.runs()) == 3
    assert call("history", "prune", "--before", "2026-10-08", "--yes").code == 0


def test_nights_that_have_not_come_yet_are_forgotten(call: Caller, remembered: Path) -> None:
    """Shows that what a clock far ahead left is counted, asked for and gone, and that no other night ever is."""
    assert call("history", "prune", "--ahead", "--yes").code == 0
    with History.open(remembered) as history:
        ahead = run(date(2999, 1, 1), history.workbooks()[0][1])
        history.commit(ahead, Snapshot(ahead.today, (seen("KR-10", 6, day=ahead.today),)))
    refused = call("history", "prune", "--ahead")
    assert (refused.code, "Runs: 1; observations: 1;" in refused.err) == (2, True)
    done = json.loads(call("history", "prune", "--ahead", "--yes", "--json").out)
    assert (done["pruned"][0]["runs"], done["pruned"][0]["observations"]) == (1, 1)
    with History.open(remembered) as history:
        assert [one.day for one in history.runs()] == [FIRST + timedelta(days=days) for days in (2, 1, 0)]


@pytest.mark.parametrize("words", [(), ("--ahead", "--before", "2026-10-06")])
def test_one_thing_is_forgotten_at_a_time(call: Caller, remembered: Path, words: tuple[str, ...]) -> None:
    """Shows that neither and both are refused."""
    refused = call("history", "prune", *words)
    assert (refused.code, "--before" in refused.err, "--ahead" in refused.err) == (2, True, True)


def test_pruning_asks_at_a_terminal(remembered: Path, here: Path) -> None:
    """Shows that a person is asked, and that a plain Enter forgets nothing."""
    shown = at_terminal(here, "history", "prune", "--before", "2026-10-07", typed="\n")
    assert (shown.code, "Forget them for good?" in shown.screen) == (2, True)
    with History.open(remembered) as history:
        assert len(history.entries()) == 4


def copy(path: Path, current: float) -> None:
    """Write a copy of the workbook in which KR-1 stands at some value."""
    rows = tuple((*row[:7], current, *row[8:]) if row[0] == "KR-1" else row for row in SOUND)
    hostile.sound(path, headers=HEADERS, rows=rows)


def saved_on(path: Path, day: str) -> None:
    """Let a workbook say on which day it was last saved."""
    half = path.with_suffix(".half")
    with ZipFile(path) as old, ZipFile(half, "w") as new:
        for member in old.infolist():
            data = old.read(member)
            if member.filename == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[-\d]{10}", rb"\g<1>" + day.encode(), data)
            new.writestr(member, data)
    half.replace(path)


def test_dated_copies_fill_in_earlier_days_once(call: Caller, okr: Path, here: Path) -> None:
    """Shows that copies count for the day in their names in any order, marked as imported, and only once."""
    copy(here / "okr 19.10.2026.xlsx", 130)
    copy(here / "okr-2026-10-05.xlsx", 110)
    first = call("history", "import", "--into", "okr.xlsx", "okr 19.10.2026.xlsx", "okr-2026-10-05.xlsx", *DAY)
    assert (first.code, first.out.count("observation")) == (0, 2)
    again = call("history", "import", "--into", "okr.xlsx", "okr 19.10.2026.xlsx", "okr-2026-10-05.xlsx", *DAY)
    assert (again.code, again.out, "Nothing new" in again.err) == (0, "", True)
    shown = call("history", "show", "KR-1").out
    assert "Value 110 → 130" in shown
    assert "(imported: okr-2026-10-05.xlsx)" in shown
    assert "5 Oct 2026  first seen" in shown


@pytest.mark.parametrize(("language", "words"), [("en", "no date in its name"), ("vi", "không có ngày")])
def test_a_copy_without_a_date_in_its_name_is_named(
    call: Caller, okr: Path, here: Path, language: str, words: str
) -> None:
    """Shows which day such a copy counts for, which names are read, and a word on every copy that told nothing new."""
    copy(here / "okr 2026-10-03.xlsx", 120)
    copy(here / "okr last.xlsx", 150)
    saved_on(here / "okr last.xlsx", "2026-10-09")
    copies = ("okr 2026-10-03.xlsx", "okr last.xlsx")
    done = call("--lang", language, "history", "import", "--into", str(okr), *copies, *DAY)
    assert (done.code, len(done.out.splitlines()), len(done.err.splitlines())) == (0, 2, 1)
    assert all(text in done.err for text in ("okr last.xlsx", words, "03.10.2026", "--date"))
    again = call("--lang", language, "history", "import", "--into", str(okr), *copies, *DAY)
    assert (again.code, again.out) == (0, "")
    assert [again.err.count(name) for name in copies] == [1, 2]
    told = json.loads(call("history", "import", "--into", str(okr), *copies, *DAY, "--json").out)
    assert [one["dated_by"] for one in told["days"]] == ["name", "properties"]


def test_one_copy_may_be_dated_by_hand(call: Caller, okr: Path, here: Path) -> None:
    """Shows that --date wins for one copy and is refused for two; a file without a date tells its own."""
    copy(here / "old.xlsx", 120)
    assert call("history", "import", "--into", "okr.xlsx", "old.xlsx", "--date", "2026-10-09").code == 0
    assert "9 Oct 2026  first seen: Value 120" in call("history", "show", "KR-1").out
    two = call("history", "import", "--into", "okr.xlsx", "old.xlsx", "okr.xlsx", "--date", "2026-10-09")
    assert two.code == 2
    own = json.loads(call("history", "import", "--into", "okr.xlsx", "old.xlsx", "--json").out)
    assert own["days"][0]["day"] == date.today().isoformat()  # the file says that it was made just now


def test_a_copy_of_something_else_is_refused(call: Caller, okr: Path, here: Path) -> None:
    """Shows that a file without goals, and one of a day to come, add nothing: no goal counts as gone by mistake."""
    copy(here / "okr-2026-10-05.xlsx", 110)
    call("history", "import", "--into", "okr.xlsx", "okr-2026-10-05.xlsx", *DAY)
    (here / "2026-10-09.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    other = call("history", "import", "--into", "okr.xlsx", "2026-10-09.csv", *DAY)
    assert (other.code, "no objective" in other.err) == (3, True)
    copy(here / "okr-2030-01-01.xlsx", 110)
    assert "1 Jan 2030" in call("history", "import", "--into", "okr.xlsx", "okr-2030-01-01.xlsx", *DAY).err
    items = json.loads(call("history", "as-of", "2026-10-20", "--json").out)["items"]
    assert [one["key"] for one in items] == ["O-1", "KR-1", "KR-2", "KR-3"]


def test_a_copy_never_changes_a_live_day(call: Caller, okr: Path, here: Path) -> None:
    """Shows that a day that a run of its own recorded stays as it was seen."""
    with History.open(default_path()) as history:
        history.commit(run(FIRST, f"file:{okr}"), Snapshot(FIRST, (seen("KR-1", 99, day=FIRST, target=200.0),)))
    copy(here / "okr-2026-10-05.xlsx", 110)
    call("history", "import", "--into", "okr.xlsx", "okr-2026-10-05.xlsx")
    with History.open(default_path()) as history:
        assert [one.observation.value for one in history.as_of(FIRST)] == [99]


def test_a_workbook_tells_its_own_past(call: Caller, firm: str, here: Path) -> None:
    """Shows that the check-in log and the periods of KPIs fill in the days before today, and only once."""
    configure(here, '[workbook.firm]\npath = "firm.xlsx"\nhistory = "past.sqlite3"\n')
    told = json.loads(call("history", "import", "--into", "firm", "--json", *DAY).out)
    days = [date.fromisoformat(one["day"]) for one in told["days"]]
    assert days == sorted(days)
    assert len(days) > 5
    assert max(days) < TODAY
    assert sum(one["observations"] for one in told["days"]) > 20
    again = json.loads(call("history", "import", "--into", "firm", "--json", *DAY).out)
    assert sum(one["observations"] for one in again["days"]) == 0
    items = json.loads(call("history", "as-of", days[-1].isoformat(), "--json").out)["items"]
    assert {one["kind"] for one in items} == {"key_result", "kpi"}
    assert (here / "past.sqlite3").exists()


@pytest.mark.parametrize("weeks", [("W1", "W2", "W3"), ("Tuần 40", "Tuần 41", "Tuần 42"), ("4/10", "11/10", "18/10")])
def test_columns_of_weeks_fill_in_earlier_days(call: Caller, okr: Path, here: Path, weeks: tuple[str, ...]) -> None:
    """Shows that what stands in columns of weeks beside key results becomes their past, and only once."""
    values = {"KR-1": (110, 120, 130), "KR-2": (1, 2, 2)}
    rows = tuple((*row, *values.get(str(row[0]), (None,) * 3)) for row in SOUND)
    hostile.sound(okr, headers=(*HEADERS, *weeks), rows=rows)
    told = call("history", "import", "--into", "okr.xlsx", *DAY)
    assert (told.code, told.out.count("from the workbook itself")) == (0, 3)
    shown = call("history", "show", "KR-1").out
    assert "4 Oct 2026  first seen: Value 110" in shown
    assert "11 Oct 2026  Value 110 → 120" in shown
    assert "Nothing new" in call("history", "import", "--into", "okr.xlsx", *DAY).err


@pytest.mark.parametrize(
    "words", [("show",), ("as-of", "2026-10-06"), ("export",), ("prune", "--before", "2026-10-06")]
)
def test_a_history_that_cannot_be_read_is_told(call: Caller, remembered: Path, words: tuple[str, ...]) -> None:
    """Shows that every command ends with exit 3 and one line on what to do, never with a traceback."""
    remembered.write_bytes(b"no database at all, though it has some length to it" * 100)
    told = call("history", *words)
    assert told.code == 3
    assert "damaged" in told.err
    assert "Traceback" not in told.err


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_history_that_is_switched_off_is_neither_filled_nor_asked(
    call: Caller, okr: Path, here: Path, language: str
) -> None:
    """Shows exit 2 and what to do where the configuration remembers nothing, unless a call names a file."""
    configure(here, '[defaults]\nhistory = false\n[workbook.okr]\npath = "okr.xlsx"\n')
    asked = (
        ("show",),
        ("show", "-w", "okr"),
        ("as-of", "2026-11-21"),
        ("export",),
        ("prune", "--before", "2026-01-01"),
    )
    for words in (*asked, ("import", "--into", "okr"), ("import", "--into", "okr", "okr.xlsx", "--date", "2026-11-01")):
        done = call("history", *words, "--lang", language)
        assert (done.code, done.out) == (2, ""), words
        assert "history = false" in done.err, words
    assert not default_path().exists()
    assert call("history", "import", "--into", "okr", "--history", "own.sqlite3", *DAY).code == 0
    assert call("history", "show", "--history", "own.sqlite3").code == 0


def test_help_is_there_in_both_languages(call: Caller, process: Caller) -> None:
    """Shows that the group without a command is a mistake in the call, and that each language has its help."""
    assert call("history").code == 2
    assert "Fill in earlier days" in process("history", "import", "--help").out
    assert "Bổ sung những ngày cũ" in process("history", "import", "--help", "--lang", "vi").out
