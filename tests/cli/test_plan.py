"""``sheetsync plan``: every cell that a sync would write is shown, and none is written."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests import hostile
from tests.cli.conftest import DAY, HEADERS, SOUND, Caller

SHUT = (
    pytest.param("file", 4, marks=pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")),
    pytest.param("folder", 4, marks=pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")),
    ("~$okr.xlsx", 5),
    (".~lock.okr.xlsx#", 5),
)
"""What keeps every write out of a workbook, and the exit code of a sync that is refused for it."""


def test_exit_code_says_whether_there_is_something_to_write(call: Caller, okr: Path) -> None:
    """With --exit-code a plan ends with 10 before the sync and with 0 after it."""
    assert call("plan", "--exit-code", "okr.xlsx", *DAY).code == 10
    assert call("sync", "okr.xlsx", *DAY).code == 0
    assert call("plan", "--exit-code", "okr.xlsx", *DAY) == (0, "", "")


def test_without_exit_code_changes_are_no_failure(call: Caller, okr: Path) -> None:
    """A plan with changes ends with 0 unless it is asked to tell by its code."""
    assert call("plan", "okr.xlsx", *DAY).code == 0


def test_each_cell_is_shown_with_what_stands_there_and_what_will(call: Caller, okr: Path) -> None:
    """A line names the cell, what it holds and what it will hold, as the sheet shows it; the last line counts."""
    done = call("plan", "okr.xlsx", *DAY)
    lines = done.out.splitlines()
    assert "OKR!M5: – → 60%" in lines
    assert lines[-1] == f"okr: cells to write: {len(lines) - 1}, columns to add: 0."


def test_lines_of_several_workbooks_say_whose_they_are(call: Caller, okr: Path) -> None:
    """Shows that each line begins with its workbook where a plan is about several, also two of one file name."""
    for client in ("an", "binh"):
        (okr.parent / client).mkdir()
        (okr.parent / client / "okr.xlsx").write_bytes(okr.read_bytes())
    lines = call("plan", "an/okr.xlsx", "binh/okr.xlsx", *DAY).out.splitlines()
    first, second = lines[: len(lines) // 2], lines[len(lines) // 2 :]
    assert "an/okr.xlsx: OKR!M5: – → 60%" in first
    assert "binh/okr.xlsx: OKR!M5: – → 60%" in second
    assert all(line.startswith("an/okr.xlsx: ") for line in first[:-1])
    assert first[-1] == f"an/okr.xlsx: cells to write: {len(first) - 1}, columns to add: 0."


def test_the_plan_is_what_the_sync_writes(call: Caller, okr: Path) -> None:
    """The cells of the JSON document hold, after a sync, exactly the values that it announced."""
    told = json.loads(call("plan", "--json", "okr.xlsx", *DAY).out)
    assert told["schema"] == "sheetsync.plan.v1"
    (planned,) = told["workbooks"]
    assert planned["refused"] is None
    call("sync", "okr.xlsx", *DAY)
    sheet = load_workbook(okr)["OKR"]
    for cell in planned["cells"]:
        found = sheet[cell["cell"].partition("!")[2]].value
        assert (found.date().isoformat() if hasattr(found, "date") else found) == cell["after"]
    assert len(planned["cells"]) > 10


def test_new_columns_are_announced(call: Caller, here: Path) -> None:
    """A workbook without computed columns is told which ones it will get, and where."""
    hostile.sound(here / "bare.xlsx", headers=HEADERS, rows=SOUND)
    book = load_workbook(here / "bare.xlsx")
    book["OKR"].delete_cols(len(HEADERS) + 1, len(hostile.COMPUTED))
    for name in list(book.defined_names):
        del book.defined_names[name]
    book.save(here / "bare.xlsx")
    done = call("plan", "bare.xlsx", *DAY)
    assert "OKR!M3: new column “Progress”" in done.out.splitlines()
    assert call("--lang", "vi", "plan", "bare.xlsx", *DAY).out.startswith("OKR!M3: cột mới “Progress”")


def test_a_new_worksheet_is_announced(call: Caller, here: Path) -> None:
    """A table that has no place for computed columns is told the worksheet that it will get, until it has it."""
    turned(here)
    first, *lines = call("plan", *DAY).out.splitlines()
    assert first.startswith(
        "new worksheet “sheetsync”, for results that have no place beside your own columns: Item key,"
    )
    assert "sheetsync!B2: – → 'OKR Q4'!B1" in lines
    assert call("--lang", "vi", "plan", *DAY).out.startswith("trang tính mới “sheetsync”")
    (planned,) = json.loads(call("plan", "--json", *DAY).out)["workbooks"]
    (sheet,) = planned["sheets"]
    assert sheet["sheet"] == "sheetsync"
    assert sheet["columns"][0] == {"header": "sheetsync!A1", "text": "Item key", "concept": "key"}
    assert call("sync", *DAY).code == 0
    book = load_workbook(here / "turned.xlsx")
    assert [book["sheetsync"].cell(row, 3).value for row in (2, 3, 4)] == ["Grow", "Revenue to 50", "Customers to 90"]
    assert call("plan", "--exit-code", *DAY) == (0, "", "")


def turned(folder: Path) -> None:
    """Make a table that runs from left to right, and adopt it."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "OKR Q4"
    for row in (
        ("Objective", "Grow", "Grow"), ("Key result", "Revenue to 50", "Customers to 90"), ("Owner", "Lan", "An"),
        ("Baseline", 30, 40), ("Target", 50, 90), ("Current", 41, 70),
    ):  # fmt: skip
        sheet.append(row)
    book.save(folder / "turned.xlsx")
    columns = ("objective", "key_result", "owner", "baseline", "target", "current")
    told = [
        f'{concept} = {{ row = {place}, header = "{sheet.cell(place, 1).value}" }}'
        for place, concept in enumerate(columns, 1)
    ]
    table = '[[workbook.turned.table]]\nworksheet = "OKR Q4"\nkind = "okr"\nlayout = "transposed"\nheader_rows = [1]\n'
    text = f'[workbook.turned]\npath = "turned.xlsx"\ncycle = "Q4/2025"\n{table}computed = "worksheet"\n'
    text += "[workbook.turned.table.columns]\n" + "\n".join(told) + "\n"
    (folder / "sheetsync.toml").write_text(text, encoding="utf-8")


def test_what_a_sync_would_refuse_is_told(call: Caller, here: Path) -> None:
    """A plan for a workbook with an id that stands twice ends with 3 and says why, in text and JSON."""
    hostile.duplicate_ids(here / "twice.xlsx")
    done = call("plan", "twice.xlsx", *DAY)
    assert done.code == 3
    assert "KR-2" in done.err
    told = json.loads(call("plan", "--json", "--exit-code", "twice.xlsx", *DAY).out)
    assert "KR-2" in told["workbooks"][0]["refused"]


def test_plan_writes_nothing(call: Caller, okr: Path) -> None:
    """The file is byte for byte as it was."""
    before = okr.read_bytes()
    call("plan", "okr.xlsx", *DAY)
    assert okr.read_bytes() == before


def shut(book: Path, how: str) -> None:
    """Keep writes out of a workbook: mark it or its folder as read-only, or lay a lock beside it."""
    if how == "file":
        book.chmod(0o444)
    elif how == "folder":
        book.parent.chmod(0o555)
    else:
        (book.parent / how).touch()


@pytest.mark.parametrize(("how", "code"), SHUT)
def test_a_workbook_that_is_shut_is_told_after_its_plan(call: Caller, okr: Path, how: str, code: int) -> None:
    """Shows that a plan ends as the sync would, in its words, and leaves the folder as it is."""
    planned = call("plan", "okr.xlsx", *DAY).out
    shut(okr, how)
    before = {one.name: one.read_bytes() for one in okr.parent.iterdir()}
    try:
        done = call("plan", "--exit-code", "okr.xlsx", *DAY)
        (told,) = json.loads(call("plan", "--json", "okr.xlsx", *DAY).out)["workbooks"]
        assert {one.name: one.read_bytes() for one in okr.parent.iterdir()} == before
        refused = call("sync", "okr.xlsx", *DAY)
    finally:
        okr.parent.chmod(0o755)
    assert (done.code, done.out, refused.code) == (code, planned, code)
    reason = refused.err.strip().removeprefix("okr: ")
    assert done.err == f"{reason} Until then “sheetsync sync” writes nothing into the workbook.\n"
    assert told["refused"] == done.err.strip()
    assert len(told["cells"]) > 10


def merged(book: Path) -> None:
    """Let somebody merge cells of our columns, in rows that a sync of the next day writes."""
    changed = load_workbook(book)
    changed["OKR"].merge_cells("M5:N6")
    changed["OKR"]["H5"] = 190
    changed.save(book)


def strayed(book: Path) -> None:
    """Put into a row an element that no program knows."""
    hostile.changed(book, lambda xml: xml.replace(b"</row>", b"<x/></row>"))


@pytest.mark.parametrize("spoil", [merged, strayed])
def test_what_only_the_write_would_refuse_is_told_after_the_plan(
    call: Caller, okr: Path, spoil: Callable[[Path], None]
) -> None:
    """Shows that a plan and a dry run try the write but for the file: they end as the sync, in its words."""
    spoil(okr)
    before = okr.read_bytes()
    done, dry = call("plan", "okr.xlsx", *DAY), call("sync", "--dry-run", "okr.xlsx", *DAY)
    (told,) = json.loads(call("plan", "--json", "okr.xlsx", *DAY).out)["workbooks"]
    assert [one.name for one in okr.parent.iterdir()] == ["okr.xlsx"]
    refused = call("sync", "okr.xlsx", *DAY)
    assert (done.code, dry.code, refused.code, okr.read_bytes()) == (3, 3, 3, before)
    reason = refused.err.strip().removeprefix("okr: ")
    assert done.err == f"{reason} Until then “sheetsync sync” writes nothing into the workbook.\n"
    assert (dry.err, told["refused"]) == (f"okr: {done.err}", done.err.strip())
    assert "cells to write" in done.out


def test_what_a_sync_would_leave_unwritten_is_told_after_the_plan(call: Caller, okr: Path) -> None:
    """Shows that a signed workbook's plan ends with 3 and the reason, as its sync does."""
    hostile.signed(okr)
    done, refused = call("plan", "okr.xlsx", *DAY), call("sync", "okr.xlsx", *DAY)
    (told,) = json.loads(call("plan", "--json", "okr.xlsx", *DAY).out)["workbooks"]
    assert (done.code, refused.code) == (3, 3)
    assert "signed" in done.err
    assert done.err == refused.err
    assert told["refused"] == done.err.strip().removeprefix("okr: ")


def test_each_workbook_of_a_company_is_tried(call: Caller, here: Path) -> None:
    """Shows that workbooks which are read for their company, and not again, have their writes tried too."""
    for name in ("an", "binh"):
        hostile.sound(here / f"{name}.xlsx", headers=HEADERS, rows=SOUND)
        strayed(here / f"{name}.xlsx")
    tables = (f'[workbook.{name}]\npath = "{name}.xlsx"\ncompany = "An Binh"\n' for name in ("an", "binh"))
    (here / "sheetsync.toml").write_text("".join(tables), encoding="utf-8")
    done = call("plan", *DAY)
    assert (done.code, done.err.count("are not in order")) == (3, 2)


def test_each_shut_workbook_of_a_company_is_told(call: Caller, here: Path) -> None:
    """Shows that workbooks which are read for their company, and not again, are asked too."""
    for name in ("an", "binh"):
        hostile.sound(here / f"{name}.xlsx", headers=HEADERS, rows=SOUND)
        shut(here / f"{name}.xlsx", f"~${name}.xlsx")
    tables = (f'[workbook.{name}]\npath = "{name}.xlsx"\ncompany = "An Binh"\n' for name in ("an", "binh"))
    (here / "sheetsync.toml").write_text("".join(tables), encoding="utf-8")
    done = call("plan", *DAY)
    assert (done.code, done.err.count("Until then “sheetsync sync” writes nothing")) == (5, 2)


def test_a_shut_workbook_that_is_up_to_date_is_no_failure(call: Caller, okr: Path) -> None:
    """Shows that nothing is told where there is nothing to write: the sync ends with 0 too."""
    assert call("sync", "okr.xlsx", *DAY).code == 0
    shut(okr, "~$okr.xlsx")
    assert call("plan", "okr.xlsx", *DAY) == (0, "", "")
    assert call("sync", "okr.xlsx", *DAY) == (0, "", "")
