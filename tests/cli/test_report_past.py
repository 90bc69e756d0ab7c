"""``sheetsync report --as-of``: the cycle of an earlier day."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sheetsync.history import default_path
from tests.books import TODAY
from tests.cli.conftest import DAY, Caller
from tests.cli.test_report import page

FORGOTTEN = {
    "en": "Which cycle the workbook was about on that day is not remembered.",
    "vi": "Lịch sử không ghi lại hôm đó bảng tính đang ở chu kỳ nào.",
}


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_cycle_of_an_earlier_day_is_its_own(call: Caller, okr: Path, language: str) -> None:
    """Shows that a page names the cycle of its day after the workbook has moved on, and says where nobody knows it."""
    call("sync", "okr.xlsx", *DAY)
    book = load_workbook(okr)
    book["Settings"]["B2"] = "Q1/2027"
    book.save(okr)
    asked = ("report", "okr.xlsx", "--as-of", TODAY.isoformat(), "--lang", language, "--today", "2027-01-10")
    assert call(*asked).code == 0
    named = [text in page() for text in ("Q4/2026", "Q1/2027", FORGOTTEN[language])]
    assert named == [True, False, False]
    with closing(sqlite3.connect(default_path())) as history:
        history.execute("DELETE FROM statements WHERE item IN (SELECT id FROM items WHERE kind = 0)")
        history.commit()
    assert call(*asked).code == 0
    named = [text in page() for text in ("Q4/2026", "Q1/2027", FORGOTTEN[language])]
    assert named == [False, False, True]
