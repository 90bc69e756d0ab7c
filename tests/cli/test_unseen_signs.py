"""Signs that nobody sees in the texts of a sheet: what repeats these texts is written once, and then stands."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.cli.conftest import Caller

CONFIG = (
    '[defaults]\nlanguage = "en"\nscorecard = true\nhistory_worksheet = true\nnotes = true\nhistory = "h.sqlite3"\n'
    '[workbook.firm]\npath = "firm.xlsx"\n'
)
SHEETS = {
    "OKR": (
        ("ID", "Level", "Team", "Objective", "Key result", "Owner", "Unit", "Baseline", "Target", "Current"),
        ("O-1", "company", "Sales@@", "Win the north@@", None, "An@@"),
        ("KR-1", "company", "Sales@@", None, "Partners@@", "An@@", "deals@@", 0, 10, 4),
        ("KR-2@@", "company", "Sales", None, "Visits@@", "Binh", "@@", 0, 10, "x@@"),
    ),
    "KPI": (
        ("ID", "KPI", "Section", "Owner", "Team", "Unit", "Direction", "Aggregation", "Target", "T1", "T2"),
        ("K-1", "Revenue@@", "S@@", "An@@", "Sales@@", "USD", "higher", "sum", 100, 40, 9),
        ("K-2@@", "Costs@@", "S@@", "Binh@@", "Sales", "USD", "lower", "sum", 100, 9, "x@@"),
    ),
    "Settings": (("Cycle", "2026"), ("Company", "Minh Long@@")),
}
SIGNS = {
    "a bell": "_x0007_",
    "a null": "_x0000_",
    "a carriage return": "_x000D_",
    "an escape of an escape": "_x005F_x0007_",
    "half a sign": "_xD83D_",
    "both halves of a sign": "_xD83D__xDE00_",
    "no character": "_xFFFE_",
    "a line end": "&#13;&#10;",
}


def workbook(path: Path, sign: str) -> None:
    """Write a workbook in whose texts a sign stands."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in SHEETS.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    plain = path.with_suffix(".plain")
    book.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"@@", sign.encode()))


@pytest.mark.parametrize("sign", SIGNS)
def test_a_second_night_finds_nothing_to_write(call: Caller, here: Path, sign: str) -> None:
    """Shows that scorecard, history, notes and sentences agree with texts of which a cell cannot hold all."""
    (here / "sheetsync.toml").write_text(CONFIG, encoding="utf-8")
    path = here / "firm.xlsx"
    workbook(path, SIGNS[sign])
    for day in ("2026-11-12", "2026-11-22"):
        assert call("sync", "--today", day).code == 0
    assert {"KPI scorecard", "History"} <= set(load_workbook(path).sheetnames)
    before = path.read_bytes()
    assert call("plan", "--exit-code", "--today", "2026-11-22").code == 0
    assert call("sync", "--today", "2026-11-22").code == 0
    assert path.read_bytes() == before


def test_a_person_is_one_person(call: Caller, here: Path) -> None:
    """Shows that a name with a sign that nobody sees is the same name: the scorecard has one row for it."""
    (here / "sheetsync.toml").write_text(CONFIG, encoding="utf-8")
    workbook(here / "firm.xlsx", "_x0007_")
    assert call("sync", "--today", "2026-11-22").code == 0
    rows = load_workbook(here / "firm.xlsx")["KPI scorecard"].iter_rows(2, values_only=True)
    assert [row[:2] for row in rows if row[0] == "Department"] == [("Department", "Sales")]
