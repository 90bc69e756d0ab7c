"""Links to cells: where they lead, where they stand in a line, and that nothing of a sheet can break out of one."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.cli.links import addresses, cell_link, clickable, linked, named_link
from sheetsync.workbook import CellRef

BASE = "https://docs.google.com/spreadsheets/d/1aB2/edit#gid="
LINKS = {"OKR": f"{BASE}0", "Tổng hợp quý 4": f"{BASE}17", "It's": f"{BASE}5"}
SHEETS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
OSC8 = re.compile(r"\x1b]8;;([^\x1b]*)\x1b\\([^\x1b]*)\x1b]8;;\x1b\\")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Let the process believe that a person at a terminal of 60 columns reads."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return monkeypatch


def test_a_cell_leads_to_its_worksheet_and_place() -> None:
    """Shows the address of a cell, and that a file and an unknown worksheet have none."""
    assert cell_link(LINKS, CellRef("OKR", 12, 6)) == f"{BASE}0&range=F12"
    assert cell_link(LINKS, CellRef("Other", 12, 6)) is None
    assert cell_link({}, CellRef("OKR", 12, 6)) is None
    assert cell_link(LINKS, None) is None


@given(sheet=SHEETS, row=st.integers(1, 10_000_000), column=st.integers(1, 18278))
def test_a_cells_text_leads_to_the_same_place(sheet: str, row: int, column: int) -> None:
    """Shows that any worksheet's name, with quotes, blanks or marks in it, is found again in the cell's text."""
    ref = CellRef(sheet, row, column)
    links = {sheet: f"{BASE}3", "another": f"{BASE}4"}
    assert named_link(links, str(ref)) == cell_link(links, ref)


def test_off_a_terminal_the_address_ends_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that the first cell named has its address at the end, once, and that other lines stay as they are."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: False)
    known = addresses(LINKS, ["OKR!F12", CellRef("OKR", 3, 1), None])
    assert linked("acme: OKR!F12: error, see OKR!A3", known) == f"acme: OKR!F12: error, see OKR!A3  {BASE}0&range=F12"
    assert linked("acme: no cell", known) == "acme: no cell"
    assert linked("acme: OKR!F123, OKR!F1, XOKR!F12", known) == "acme: OKR!F123, OKR!F1, XOKR!F12"


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_a_plain_terminal_has_the_address_on_a_line_of_its_own(
    terminal: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """Shows that without escapes the address stands whole below the line."""
    terminal.setenv(name, value)
    assert (
        linked("acme: OKR!F12: error", addresses(LINKS, ["OKR!F12"])) == f"acme: OKR!F12: error\n    {BASE}0&range=F12"
    )


def test_at_a_terminal_the_cell_itself_is_the_link(terminal: pytest.MonkeyPatch) -> None:
    """Shows that every cell named is a link with its own address, and that lines break by what is seen."""
    cells = ["OKR!F12", "OKR!F1", "'Tổng hợp quý 4'!B2", "'It''s'!C3"]
    line = "acme: OKR!F12: error that is long, see OKR!F1 and 'Tổng hợp quý 4'!B2 and also 'It''s'!C3 at last"
    told = linked(line, addresses(LINKS, cells))
    assert OSC8.findall(told) == [
        (f"{BASE}0&range=F12", "OKR!F12"),
        (f"{BASE}0&range=F1", "OKR!F1"),
        (f"{BASE}17&range=B2", "'Tổng hợp quý 4'!B2"),
        (f"{BASE}5&range=C3", "'It''s'!C3"),
    ]
    seen = OSC8.sub(r"\2", told)
    assert seen.split() == line.split()
    assert max(map(len, seen.splitlines())) <= 60


def test_nobody_can_end_a_link_too_early(terminal: pytest.MonkeyPatch) -> None:
    """Shows that an address with control characters in it cannot write to the terminal."""
    told = linked("OKR!A1", {"OKR!A1": "https://x/\x1b\\\x1b]0;title\x07\n"})
    assert told == "\x1b]8;;https://x/\\]0;title\x1b\\OKR!A1\x1b]8;;\x1b\\"


def test_files_have_no_links(terminal: pytest.MonkeyPatch) -> None:
    """Shows that nothing is added where there are no addresses."""
    assert clickable()
    assert addresses({}, ["OKR!A1"]) == {}
    assert linked("okr.xlsx: OKR!A1: error", {}) == "okr.xlsx: OKR!A1: error"
