"""Spreadsheets that are not what they should be: one clear line, the right exit code, and nothing of anybody's lost."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from sheetsync import cli
from sheetsync.cli.speech import spoken_language
from tests.backends.google.nights import FIRST, ID, LAST, Nights, State, fresh, our_columns, state, theirs
from tests.books import TODAY
from tests.sheets_server.cells import Cell, CellError
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.spreadsheet import Spreadsheet
from tests.sheets_server.wire import Request

LINK = f"https://docs.google.com/spreadsheets/d/{ID}/edit"
Edit = Callable[[Spreadsheet], object]


class Called(NamedTuple):
    """How a call of the command line ended, and what it printed."""

    code: int
    out: str
    err: str


class Desk:
    """One spreadsheet at the stand-in, and the command line in a folder with a configuration."""

    def __init__(self, server: SheetsServer, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Put an English sheet there that has no column of ours yet."""
        self.server, self.capsys = server, capsys
        self.sheet = server.add(fresh("en"))
        self.configure(folder, f'spreadsheet = "{ID}"')

    def configure(self, folder: Path, workbook: str) -> None:
        """Write a configuration."""
        key = self.server.key_file(folder).name
        text = f'[google]\ncredentials = "{key}"\n[workbook.okr]\n{workbook}\n'
        (folder / "sheetsync.toml").write_text(text, encoding="utf-8")

    def sync(self, language: str = "en") -> Called:
        """Sync once."""
        arguments = ["--lang", language, "sync", "--today", TODAY.isoformat()]
        sys.argv[1:] = arguments  # the language is read from there
        spoken_language.cache_clear()
        return Called(cli.run(arguments), *self.capsys.readouterr())

    def between(self, edit: Edit, *, at: int = 2) -> None:
        """Let something happen just before a request of a number is answered."""
        done: list[int] = []

        def once(number: int, _: Request) -> None:
            if number == at and not done:
                done.append(number)
                edit(self.sheet)

        self.server.service.requests.clear()
        self.server.on_request(once)

    def quiet(self) -> None:
        """Let nothing happen any more."""
        self.server.service.callbacks.clear()
        self.server.allow(ID)


@pytest.fixture
def desk(
    sheets_server: SheetsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Desk]:
    """Give the command line over a spreadsheet of the stand-in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["sheetsync"])
    for name in ("SHEETSYNC_CONFIG", "SHEETSYNC_LANG", "SHEETSYNC_CREDENTIALS_JSON", "GOOGLE_APPLICATION_CREDENTIALS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SHEETSYNC_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("SHEETSYNC_GOOGLE_ENDPOINT", sheets_server.url)
    spoken_language.cache_clear()
    yield Desk(sheets_server, tmp_path, capsys)
    spoken_language.cache_clear()


def refused(called: Called, code: int, words: str) -> None:
    """Check a failure: its exit code, and one line that says what and where."""
    assert (called.code, called.out) == (code, ""), called
    (line,) = called.err.splitlines()
    assert words in line, line
    assert not set("{}") & set(line)
    assert ID in line or "okr" in line


DENIED = {
    "unknown": (4, "Google knows no such spreadsheet"),
    "trashed": (4, "Google knows no such spreadsheet"),
    "not_shared": (4, "is not shared with robot@"),
    "xlsx": (3, "not a Google spreadsheet"),
    "view_only": (4, "may only look at it"),
    "protected": (3, "somebody has protected cells"),
}


@pytest.mark.parametrize("when", ["before", "between read and write"])
@pytest.mark.parametrize("kind", DENIED)
def test_what_google_does_not_allow(desk: Desk, kind: Any, when: str) -> None:
    """Shows each refusal of a spreadsheet, also when it begins after the read, and that nothing was written."""
    before = state(desk.sheet)
    code, words = DENIED[kind]
    if when == "before":
        desk.server.deny(ID, kind)
    else:
        desk.between(lambda _: desk.server.deny(ID, kind))
        words = "" if kind == "not_shared" else words  # Google's word for it is that of a spreadsheet for looking only
    called = desk.sync()
    refused(called, code, words)
    assert state(desk.sheet) == before
    desk.quiet()
    assert desk.sync() == (0, "", "")


@pytest.mark.parametrize("told", [ID, LINK, f"{LINK}#gid=0", f"https://docs.google.com/spreadsheets/u/1/d/{ID}/copy"])
def test_any_address_will_do(desk: Desk, tmp_path: Path, told: str) -> None:
    """Shows ids and addresses in the configuration."""
    desk.configure(tmp_path, f'spreadsheet = "{told}"')
    assert desk.sync() == (0, "", "")
    assert desk.server.writes == 1


@pytest.mark.parametrize("told", ["", "1abc", "https://docs.google.com/document/d/1abc/edit", "C:\\okr.xlsx"])
def test_what_is_no_address_is_told_at_its_line(desk: Desk, tmp_path: Path, told: str) -> None:
    """Shows that a wrong address stops the run with 2, at its line, before Google is asked."""
    desk.configure(tmp_path, f"spreadsheet = '{told}'")
    called = desk.sync()
    assert (called.code, called.out) == (2, "")
    assert "sheetsync.toml:4:" in called.err
    assert desk.server.requests == desk.server.token_requests == []


@pytest.mark.parametrize("language", ["en", "vi"])
def test_an_empty_spreadsheet_is_refused(desk: Desk, language: str) -> None:
    """Shows 3 and one line where nothing is in the spreadsheet at all."""
    desk.server.add(Spreadsheet(ID, "Trống"))
    called = desk.sync(language)
    refused(called, 3, "no objective" if language == "en" else "không")
    assert desk.server.writes == 0


def column(sheet: Spreadsheet, header: str) -> str:
    """Give the letter of the column with this header."""
    row = sheet.rows("OKR")[FIRST - 2]
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[row.index(header)]


@pytest.mark.parametrize("formula", ["=1/0", "=NA()", "=B99/0"])
def test_an_error_in_a_cell_spoils_only_its_row(desk: Desk, formula: str) -> None:
    """Shows that a row whose value is an error is not scored, and says so; the formula stays, and the others count."""
    desk.sheet.type("OKR", f"H{FIRST + 1}", formula)
    before = theirs(desk.sheet)
    assert desk.sync().code == 0
    assert theirs(desk.sheet) == before
    assert isinstance(desk.sheet.value("OKR", f"H{FIRST + 1}"), CellError)
    status = column(desk.sheet, "Status")
    assert desk.sheet.value("OKR", f"{status}{FIRST + 1}") == "Not scored"
    assert desk.sheet.value("OKR", f"{status}{FIRST + 2}") == "Off track"


def test_a_formula_of_the_users_in_our_column_stays(desk: Desk) -> None:
    """Shows that a formula which somebody typed into a computed column is kept, and the other rows are written."""
    assert desk.sync().code == 0
    place = f"{column(desk.sheet, 'Progress')}{FIRST + 1}"
    desk.sheet.type("OKR", place, "=H6/G6")
    desk.sheet.enter("OKR", [[400]], at=f"H{FIRST + 2}")
    called = desk.sync()
    assert called.code in (0, 3)
    assert desk.sheet.entered("OKR", place) == {"formulaValue": "=H6/G6"}
    assert desk.sheet.value("OKR", f"{column(desk.sheet, 'Progress')}{FIRST + 2}") == 0.8


def test_repeated_ids_are_refused_and_blank_ones_are_not(desk: Desk) -> None:
    """Shows that two rows of one ID stop the write, named; rows without any are scored all the same."""
    desk.sheet.enter("OKR", [["KR-1.1"]], at=f"A{FIRST + 2}")
    refused(desk.sync(), 3, "KR-1.1")
    assert desk.server.writes == 0
    desk.sheet.enter("OKR", [[None], [None], [None]], at=f"A{FIRST + 1}")
    assert desk.sync().code == 0
    progress = column(desk.sheet, "Progress")
    assert desk.sheet.value("OKR", f"{progress}{FIRST + 2}") == 0.2


def test_decimal_commas_are_never_thousands(desk: Desk) -> None:
    """Shows a Vietnamese sheet in which numbers were typed as text: 1,5 is one and a half or unclear, never 15."""
    sheet = desk.server.add(fresh("vi"))
    sheet.enter("OKR", [["0,5", "2,5", "1,5"]], at=f"F{FIRST + 1}")
    before = theirs(sheet)
    assert desk.sync("vi").code == 0
    assert theirs(sheet) == before
    assert sheet.value("OKR", f"{column(sheet, 'Tiến độ')}{FIRST + 1}") == 0.5


@pytest.mark.parametrize("when", ["before", "between read and write"])
@pytest.mark.parametrize("what", ["the worksheet", "a column of ours", "a row"])
def test_somebody_elses_protection_is_kept(desk: Desk, what: str, when: str) -> None:
    """Shows that protected cells of ours, or a protected worksheet, end with 3 and one line, and stay as they are."""
    assert desk.sync().code == 0
    desk.sheet.enter("OKR", [[90], [90], [4]], at=f"H{FIRST + 1}")
    ours = column(desk.sheet, "Progress")
    area = {"the worksheet": None, "a row": f"A{FIRST + 1}:Z{FIRST + 1}"}.get(what, f"{ours}1:{ours}{LAST}")

    def protect(sheet: Spreadsheet) -> None:
        sheet.protect("OKR", area, editors=["boss@example.com"])
        before.append(state(sheet))

    before: list[State] = []
    if when == "before":
        protect(desk.sheet)
    else:
        desk.between(protect)
    refused(desk.sync(), 3, "protected")
    assert before == [state(desk.sheet)]


class Spilling(Spreadsheet):
    """A spreadsheet in which a formula fills cells beside its own, as arrays do: they show what nobody entered."""

    filled: frozenset[tuple[int, int]] = frozenset()
    """Places from 0 in the first worksheet."""

    def _resource(self, mask: Any, ranges: Any, *, grid_data: bool) -> Any:
        found = super()._resource(mask, ranges, grid_data=grid_data)
        for row, column in self.filled:
            for data in found["sheets"][0].get("data", ()):
                cells = data["rowData"][row]["values"]
                cells.extend({} for _ in range(column + 1 - len(cells)))
                if "effectiveValue" in str(data) and "userEnteredValue" not in cells[column]:
                    cells[column] = {"effectiveValue": {"numberValue": 0.5}}
        return found


def test_a_column_that_a_formula_fills_is_not_ours_to_take(desk: Desk) -> None:
    """Shows that the new columns go beside the cells that somebody's array fills at the right of the table."""
    book, desk.sheet = desk.sheet.book, Spilling(ID)
    desk.sheet.book = book
    desk.server.add(desk.sheet)
    desk.sheet.filled = frozenset((row, 20) for row in range(FIRST - 1, LAST))
    assert desk.sync().code == 0
    assert desk.server.writes == 1
    assert our_columns(desk.sheet, 0)[-1] > 20


def test_a_cell_of_ours_that_a_formula_fills_is_not_written(desk: Desk) -> None:
    """Shows that an array which spreads into a computed column keeps its room, and the other rows are written."""
    assert desk.sync().code == 0
    book, desk.sheet = desk.sheet.book, Spilling(ID)
    desk.sheet.book = book
    desk.server.add(desk.sheet)
    place = our_columns(desk.sheet, 0)[-1]
    letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place]
    desk.sheet.enter("OKR", [[None], [None]], at=f"{letter}{FIRST + 1}")
    desk.sheet.filled = frozenset({(FIRST, place), (FIRST + 1, place)})
    desk.sheet.enter("OKR", [[90], [90], [4.2]], at=f"H{FIRST + 1}")
    assert desk.sync().code == 0
    assert [desk.sheet.entered("OKR", f"{letter}{row}") for row in (FIRST + 1, FIRST + 2)] == [None, None]
    assert desk.sheet.value("OKR", f"{letter}{FIRST + 3}") == 0.7


GONE: dict[str, Edit] = {
    "renamed": lambda sheet: sheet.rename_sheet("OKR", "OKR quý 4"),
    "deleted": lambda sheet: sheet.delete_sheet("OKR"),
    "emptied": lambda sheet: sheet.delete_rows("OKR", 1, LAST),
}


@pytest.mark.parametrize("what", GONE)
@pytest.mark.parametrize("first", [True, False])
def test_a_worksheet_that_goes_between_read_and_write(desk: Desk, what: str, first: bool) -> None:
    """Shows that a renamed worksheet is written all the same, and that one without goals ends with 3 and one line."""
    if not first:
        assert desk.sync().code == 0
        desk.sheet.enter("OKR", [[91]], at=f"H{FIRST + 1}")
    rest = [entered(row) for row in desk.sheet.book.sheets[2].grid.rows]
    desk.between(GONE[what])
    called = desk.sync()
    if what == "renamed":
        assert called == (0, "", "")
        rows = desk.sheet.rows("OKR quý 4")
        assert rows[FIRST][rows[FIRST - 2].index("Progress")] == (0.56 if first else 0.9)
    else:
        refused(called, 3, "no objective")
    assert [entered(row) for row in desk.sheet.book.sheets[-1].grid.rows][1:] == rest[1:]  # the first row refers to OKR


def entered(row: tuple[Cell | None, ...]) -> list[object]:
    """Give what was entered in a row."""
    return [cell.entered if cell else None for cell in row]


def test_a_sheet_of_many_rows(sheets_server: SheetsServer, tmp_path: Path) -> None:
    """Shows that 3,000 key results are read and written whole within their deadline, and prints what it cost."""
    resource = pytest.importorskip("resource", reason="memory is measured as on Unix")
    made = fresh("en")
    rows = [(f"KR-{n}", None, f"Kết quả số {n}", "Lan", "đơn", 0, 100, n % 100, 1) for n in range(3_000)]
    made.enter("OKR", [("O-9", "Nhiều việc", None, "Lan"), *rows], at=f"A{LAST + 1}")
    night = Nights(sheets_server, tmp_path, made)
    ended = night.run(deadline=60, slow=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(f"3,000 rows: {ended.real:.1f} s with the stand-in, {sheets_server.writes} writes, {peak} MB\n")
    assert ended.complete, ended.error
    assert sheets_server.reads == 1
    found = made.rows("OKR")
    progress = found[FIRST - 2].index("Progress")
    assert [row[progress] for row in found[LAST + 1 :]] == [pytest.approx(n % 100 / 100) for n in range(3_000)]
    sheets_server.requests.clear()
    assert night.run(deadline=60, slow=True).complete
    assert len(sheets_server.requests) == 1
