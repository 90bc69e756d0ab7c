"""Text files with separators: separators, quotes, line breaks, and what is refused."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.backends.excel import limits
from sheetsync.backends.files.separated import read_separated
from sheetsync.errors import ReadRefused

SIGNS = ";,\t|"
WORDS = st.text(alphabet="abcđêơ 01239.;,|\t\"'\n%-", min_size=1, max_size=12).filter(lambda text: text.strip() != "")


def rows(text: str) -> list[list[str]]:
    """Give the rows of a text file."""
    (sheet,) = read_separated(text.encode(), "folder/Quý 4.csv").sheets
    assert sheet.name == "Quý 4"
    return [list(map(str, row)) for row in sheet.rows]


@given(
    st.sampled_from(SIGNS),
    st.sampled_from(("\n", "\r\n")),
    st.integers(2, 5).flatmap(lambda width: st.lists(st.lists(WORDS, min_size=width, max_size=width), min_size=2)),
)
def test_what_a_named_separator_parts_reads_back(sign: str, end: str, table: list[list[str]]) -> None:
    """Shows that any texts in any quotes come back as they were, where the file names its separator."""
    made = io.StringIO()
    csv.writer(made, delimiter=sign, lineterminator=end).writerows(table)
    assert rows(f"sep={sign}\r\n{made.getvalue()}") == table


@given(
    st.sampled_from(SIGNS),
    st.integers(2, 6).flatmap(
        lambda width: st.lists(
            st.lists(st.from_regex(r"[A-Za-zđ ]{1,8}[a-z]", fullmatch=True), min_size=width, max_size=width), min_size=2
        )
    ),
    st.booleans(),
)
def test_the_separator_is_found(sign: str, table: list[list[str]], quoted: bool) -> None:
    """Shows that plain words are told apart by whichever sign stands between them, quoted or not."""
    made = io.StringIO()
    csv.writer(made, delimiter=sign, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL).writerows(table)
    assert rows(made.getvalue()) == table


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KPI;T1;T2\nDoanh thu;1,5;2,5\nChi phí;3,5;4,25\n", [["KPI", "T1", "T2"], ["Doanh thu", "1,5", "2,5"]]),
        (
            "KPI phòng, quý 4, 2025\n\nKPI;KH;TH\nDoanh thu;1,5;2\n",
            [["KPI phòng, quý 4, 2025"], [], ["KPI", "KH", "TH"]],
        ),
        ("KPI\tKH\nTăng, giữ; bán\t5\n", [["KPI", "KH"], ["Tăng, giữ; bán", "5"]]),
        ('KPI,KH\n"Doanh thu\nmới","1,5"\n', [["KPI", "KH"], ["Doanh thu\nmới", "1,5"]]),
        ("một\nhai\n", [["một"], ["hai"]]),
        ("", []),
    ],
)
def test_separators_of_real_files(text: str, expected: list[list[str]]) -> None:
    """Shows that decimal commas, titles above and commas in texts do not lead the search astray."""
    assert rows(text)[: len(expected)] == expected


@pytest.mark.parametrize(
    "text",
    [
        '"KPI,KH,""Ghi chú, nếu có"""\n"Doanh thu,5,tốt"\n"Chi phí,3,"\n',
        'KPI,KH,"Ghi chú, nếu có"\n"Doanh thu,5,tốt"\n"Chi phí,3,"\n',
        '"KPI;KH;Ghi chú, nếu có",,\n"Doanh thu;5;tốt",,\n"Chi phí;3;",,\n',
    ],
)
def test_rows_that_were_quoted_whole_come_apart(text: str) -> None:
    """Shows that a file whose every whole row is one quoted field is read as the rows within."""
    assert rows(text) == [["KPI", "KH", "Ghi chú, nếu có"], ["Doanh thu", "5", "tốt"], ["Chi phí", "3", ""]]


def test_every_field_quoted_is_not_a_row_quoted() -> None:
    """Shows that commas inside quoted fields stay there where each field has quotes of its own."""
    assert rows('"a, b","c"\n"1,5","2"\n') == [["a, b", "c"], ["1,5", "2"]]


def test_numbers_stay_texts() -> None:
    """Shows that nothing decides here what 1.234 means."""
    assert rows("KPI;KH\nDoanh thu;1.234\n")[1] == ["Doanh thu", "1.234"]


def test_a_quotation_without_end_is_refused_with_its_line() -> None:
    """Shows that the rest of the file is not swallowed into one cell."""
    with pytest.raises(ReadRefused, match=r"unclosed_quote.*line=3"):
        read_separated(b'a;b\n1;2\n3;"4\n5;6\n', "a.csv")
    with pytest.raises(ReadRefused, match=r"unclosed_quote.*line=2"):
        read_separated(b'a;b\n1;"' + b"x" * 200_000, "a.csv")


def test_more_than_a_worksheet_holds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that too many rows, columns or cells end in a refusal that names the place."""
    wide = ";".join(["a"] * (limits.COLUMNS + 1))
    with pytest.raises(ReadRefused, match=r"too_many_cells.*XFE1"):
        read_separated(f"{wide}\n".encode(), "a.csv")
    monkeypatch.setattr(limits, "CELLS", 10)
    with pytest.raises(ReadRefused, match=r"too_many_cells.*B6"):
        read_separated(b"a;b\n" * 6, "a.csv")
