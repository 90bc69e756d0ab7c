"""What people paste as the address of a spreadsheet or folder, and the links that we give."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.backends.google.address import folder_id, folder_link, sheet_link, spreadsheet_id

ID = "1AbC-dEf_GhIjKlMnOpQrStUvWxYz0123456789abcdef"
ids = st.text("ABCXYZabcxyz0189-_", min_size=20, max_size=60)


@pytest.mark.parametrize(
    "text",
    [
        ID,
        f"  {ID}\n",
        f"https://docs.google.com/spreadsheets/d/{ID}",
        f"https://docs.google.com/spreadsheets/d/{ID}/edit?usp=sharing",
        f"https://docs.google.com/spreadsheets/d/{ID}/edit#gid=0",
        f"https://docs.google.com/spreadsheets/d/{ID}/edit?gid=12#gid=12&range=B5",
        f"https://docs.google.com/spreadsheets/u/1/d/{ID}/edit",
        f"https://docs.google.com/a/acme.vn/spreadsheets/d/{ID}/edit",
        f"http://docs.google.com/spreadsheets/d/{ID}/copy",
        f"docs.google.com/spreadsheets/d/{ID}/edit",
        f"https://spreadsheets.google.com/ccc?key={ID}&hl=en",
        f"https://drive.google.com/open?id={ID}",
        f"https://drive.google.com/file/d/{ID}/view?usp=drivesdk",
    ],
)
def test_every_usual_address_of_a_spreadsheet_gives_its_id(text: str) -> None:
    """Shows that each form in which people pass a spreadsheet on is understood."""
    assert spreadsheet_id(text) == ID


@pytest.mark.parametrize(
    "text",
    [
        "",
        "okr.xlsx",
        "OKR 2025",
        "/home/lan/okr-of-the-whole-company-2025.xlsx",
        f"https://docs.google.com/spreadsheets/d/e/2PACX-{ID}/pubhtml",
        f"https://docs.google.com/document/d/{ID}/edit",
        f"https://evil.example/spreadsheets/d/{ID}/edit",
        f"https://docs.google.com.evil.example/spreadsheets/d/{ID}/edit",
        f"ftp://docs.google.com/spreadsheets/d/{ID}/edit",
        "https://docs.google.com/spreadsheets/u/0/",
        "https://[docs.google.com/spreadsheets/d/x",
        "https://drive.google.com/open?id=a%2Fb",
    ],
)
def test_what_is_no_spreadsheet_gives_none(text: str) -> None:
    """Shows that file names, published copies, documents and other hosts are not taken for a spreadsheet."""
    assert spreadsheet_id(text) is None


@pytest.mark.parametrize(
    "text",
    [
        ID,
        f"https://drive.google.com/drive/folders/{ID}",
        f"https://drive.google.com/drive/folders/{ID}?usp=sharing",
        f"https://drive.google.com/drive/u/0/folders/{ID}",
        f"drive.google.com/drive/folders/{ID}",
        f"https://drive.google.com/open?id={ID}",
    ],
)
def test_every_usual_address_of_a_folder_gives_its_id(text: str) -> None:
    """Shows that each form in which people pass a Drive folder on is understood."""
    assert folder_id(text) == ID


def test_a_spreadsheet_is_no_folder_and_a_folder_no_spreadsheet() -> None:
    """Shows that the two kinds of links are told apart."""
    assert folder_id(sheet_link(ID)) is None
    assert spreadsheet_id(folder_link(ID)) is None


@given(ids, st.integers(0, 2**31 - 1))
def test_a_link_leads_back_to_its_id(spreadsheet: str, gid: int) -> None:
    """Shows that what we print as a link is understood when somebody pastes it into the configuration."""
    assert spreadsheet_id(spreadsheet) == spreadsheet
    assert spreadsheet_id(sheet_link(spreadsheet, gid) + "&range=F12") == spreadsheet
    assert folder_id(folder_link(spreadsheet)) == spreadsheet


def test_the_links_have_googles_form() -> None:
    """Shows the link of a worksheet letter by letter."""
    assert sheet_link("abc", 7) == "https://docs.google.com/spreadsheets/d/abc/edit#gid=7"
