"""What a file is, told by its content, and what is said where its name says otherwise."""

from __future__ import annotations

import codecs
import io
import time

import pytest
import xlsxwriter

from sheetsync.backends.files.kinds import Kind, kind_of, refuse_misnamed
from sheetsync.errors import ReadRefused
from tests import hostile
from tests.backends.files.old_books import compound, old_book
from tests.backends.files.open_books import plain_book


def workbook() -> bytes:
    """Give the bytes of an Excel workbook."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.add_worksheet("OKR")
    return made.getvalue()


OLD_LOCKED = compound("EncryptedPackage".encode("utf-16-le").ljust(5000, b"\0"), "EncryptedPackage")
KINDS = {
    "workbook": (workbook(), Kind.WORKBOOK),
    "nothing": (b"", Kind.WORKBOOK),
    "locked": (OLD_LOCKED, Kind.LOCKED),
    "old": (old_book([["x"]]), Kind.OLD),
    "document of OLE": (compound(b"text".ljust(5000), "WordDocument"), Kind.OTHER),
    "ods": (plain_book([["x"]]), Kind.OPEN),
    "odt": (plain_book([["x"]]).replace(b"spreadsheet", b"presentati", 1), Kind.OTHER),
    "csv": (b"a;b\n1;2\n", Kind.TEXT),
    "text with a mark": (codecs.BOM_UTF8 + "Mục tiêu;Kế hoạch".encode(), Kind.TEXT),
    "utf-16": ("Mục tiêu\tKế hoạch".encode("utf-16"), Kind.TEXT),
    "old Vietnamese": ("Doanh thu đạt".encode("cp1258", "replace"), Kind.TEXT),
    "page": (b"<html><body><table><tr><td>1</td></tr></table></body></html>", Kind.PAGE),
    "page with a head": (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">\n<!-- a --><HTML>', Kind.PAGE),
    "table alone": ("<table><tr><td>1".encode("utf-16"), Kind.PAGE),
    "old XML": (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="u">', Kind.XML),
    "pdf": (b"%PDF-1.7 ...", Kind.PDF),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Kind.OTHER),
}


@pytest.mark.parametrize("name", KINDS)
def test_the_content_tells_the_kind(name: str) -> None:
    """Shows that each kind is known by its bytes alone."""
    data, kind = KINDS[name]
    assert kind_of(data) == kind


@pytest.mark.parametrize(
    ("path", "kind", "better"),
    [
        ("okr.xlsx", Kind.TEXT, "okr.csv"),
        ("okr.XLSX", Kind.OLD, "okr.xls"),
        ("okr.xls", Kind.WORKBOOK, "okr.xlsx"),
        ("a.b/okr.csv", Kind.WORKBOOK, "a.b/okr.xlsx"),
        ("okr.xlsm", Kind.OPEN, "okr.ods"),
        ("okr.ods", Kind.TEXT, "okr.csv"),
    ],
)
def test_a_wrong_ending_is_refused_with_the_right_one(path: str, kind: Kind, better: str) -> None:
    """Shows that the message knows what the file is, and a name under which it can be read."""
    with pytest.raises(ReadRefused) as raised:
        refuse_misnamed(path, kind)
    assert raised.value.key == f"file.is_{kind}"
    assert raised.value.params["better"] == better


@pytest.mark.parametrize("kind", [Kind.PAGE, Kind.XML, Kind.PDF, Kind.OTHER])
@pytest.mark.parametrize("path", ["okr.xls", "okr", "okr.html"])
def test_what_nobody_reads_is_refused_under_any_name(path: str, kind: Kind) -> None:
    """Shows that a page, a PDF or a picture is told as such, whatever it is called."""
    with pytest.raises(ReadRefused, match=f"file.is_{kind}"):
        refuse_misnamed(path, kind)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("okr.xlsm", Kind.WORKBOOK),
        ("okr.xlsx.bak", Kind.WORKBOOK),
        ("okr", Kind.TEXT),
        ("okr.txt", Kind.TEXT),
        ("okr.tsv", Kind.TEXT),
        ("okr.xlt", Kind.OLD),
        ("okr.ots", Kind.OPEN),
    ],
)
def test_endings_that_fit_or_say_nothing_pass(path: str, kind: Kind) -> None:
    """Shows that a file whose ending promises nothing else is read by its content."""
    refuse_misnamed(path, kind)


def test_a_head_full_of_comments_costs_no_time() -> None:
    """Shows that text made to lead the search for tags astray is judged at once."""
    start = time.perf_counter()
    assert kind_of(b"<!---->" * 580 + b"x") == Kind.TEXT
    assert kind_of(b"<!--" * 1000) == Kind.TEXT
    assert time.perf_counter() - start < 0.5


def test_hostile_files_of_today_stay_with_their_reader() -> None:
    """Shows that broken workbooks are left to the reader that says what is broken."""
    assert kind_of(hostile.OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le")) == Kind.LOCKED
    assert kind_of(b"PK\x03\x04 broken") == Kind.WORKBOOK
