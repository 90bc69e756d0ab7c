"""Pages of ours: known by their marks, and read for nothing but where their computed columns stand."""

from __future__ import annotations

from typing import Any

from sheetsync.locales import word_lists
from sheetsync.model import Table
from sheetsync.reading.understanding import Vocabulary, understand
from sheetsync.workbook import CellRef, ColumnMark, Workbook
from tests.reading.sheets import OKR, key_result, read, workbook

BODY: list[Any] = ["KR-1", "Grow", "Revenue", "An", "increase", "tỷ", 0.5, 1, 5, 3, "31/12/2025"]
SHOWN: list[list[Any]] = [["Item key", "Objective", "Progress", "Owner", "Target"], ["KR-1", "Grow", 0.5, "An", 5]]


def marks(sheet: str, *concepts: str, row: int = 1) -> list[ColumnMark]:
    """Give marks of a worksheet of our own on the headers of its first columns."""
    return [ColumnMark("own", concept, CellRef(sheet, row, at)) for at, concept in enumerate(concepts, 1)]


def own(rows: list[list[Any]], given: list[ColumnMark], **others: Any) -> Table | None:
    """Read a workbook with a worksheet of our own."""
    return read(workbook(given, OKR=[OKR, BODY], sheetsync=rows, **others)).own


def test_a_worksheet_of_our_own_holds_no_goals_and_is_not_unread() -> None:
    """Its rows are not read as a table; the same worksheet without our marks is the user's."""
    book = workbook(marks("sheetsync", "key"), sheetsync=SHOWN)
    assert (read(book).tables, read(book).unread) == ((), ())
    assert len(read(workbook(sheetsync=SHOWN)).tables) == 1
    assert [sheet.sheet for sheet in read(workbook(sheetsync=[["a", "b"]])).unread] == ["sheetsync"]


def test_a_worksheet_of_our_own_is_nothing_to_understand() -> None:
    """Neither as a table nor as what looks most like one."""
    vocabulary = Vocabulary(word_lists())

    def understood(book: Workbook) -> tuple[list[str], str]:
        found = understand(book, vocabulary)
        return [table.sheet for table in found.tables], found.nearest.sheet if found.nearest else ""

    assert understood(workbook(marks("sheetsync", "key"), sheetsync=SHOWN)) == ([], "")
    assert understood(workbook(sheetsync=SHOWN))[0] == ["sheetsync"]


def test_its_settings_are_not_read() -> None:
    """What looks like settings in a worksheet of our own says nothing of the workbook."""
    rows: list[list[Any]] = [["Language", "vi"], ["Company", "Minh Long"], ["Profile", "google"]]
    assert read(workbook((), Settings=rows)).settings is not None
    assert read(workbook(marks("Settings", "key"), Settings=rows)).settings is None


def test_columns_are_found_by_their_marks() -> None:
    """Headers agree in any language; one that does not, or lies elsewhere, is disputed, and one without a cell lost."""
    rows: list[list[Any]] = [["Mã nhận diện", "Lan's", "Progress", "Status"], ["KR-1", "x", 0.5, "On track"]]
    given = [
        *marks("sheetsync", "key", "source", "progress"),
        ColumnMark("own", "status", CellRef("sheetsync", 2, 4)),
        ColumnMark("own", "why", None),
        ColumnMark("own", "synced", CellRef("OKR", 1, 9)),
    ]
    table = own(rows, given)
    assert table is not None
    assert (table.sheet, table.header_row, table.first_row, table.last_row) == ("sheetsync", 1, 2, 2)
    assert table.computed == {"key": 1, "progress": 3}
    assert table.disputed == {"source": 2, "status": 4}
    assert table.lost == ("why", "synced")


def test_rows_above_the_header_move_it() -> None:
    """The header is where most of the marks are."""
    table = own([["Kết quả tuần này"], [], ["Item key", "Progress"]], marks("sheetsync", "key", "progress", row=3))
    assert table is not None
    assert (table.header_row, table.first_row, table.last_row) == (3, 4, 3)


def test_without_a_mark_that_has_a_cell_there_is_none() -> None:
    """A worksheet of that name alone is the user's, and one that was deleted is not there."""
    assert own(SHOWN, []) is None
    assert own(SHOWN, [ColumnMark("own", "key", None)]) is None


def test_words_of_our_own_columns_mean_nothing_in_the_users_tables() -> None:
    """A user's column is never taken for a key or a place of ours."""
    vocabulary = Vocabulary(word_lists())
    for word in ("Item key", "Source cell", "Item title", "Mã nhận diện", "Ô gốc", "Tên mục"):
        assert not {"key", "item"} & set(vocabulary.meanings(word))
    assert key_result(Item_key="x", Target=5).target.raw == 5
