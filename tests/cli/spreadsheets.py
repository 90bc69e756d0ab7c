"""Spreadsheets for the tests of the command line, and what is asked of the stand-in that holds them."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs

from tests.books import OKR_ROWS, SETTINGS_ROWS
from tests.cli.conftest import configure
from tests.sheets_server.drive import FOLDER, File
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.spreadsheet import Spreadsheet

ID = "1aB2cD3eF4gH5iJ6kL7mN8oP9qR0sT1uV2wX3yZ4aB5c"
LINK = f"https://docs.google.com/spreadsheets/d/{ID}/edit"


def numbered(number: int) -> str:
    """Give the id of one of several spreadsheets."""
    return f"{number}{ID[1:]}"


def firm(number: int = 1, title: str = "OKR Minh Long", current: object = 60) -> Spreadsheet:
    """Make a spreadsheet with goals and settings; ``current`` is what stands for KR-1."""
    made = Spreadsheet(numbered(number), title=title, locale="en_US")
    made.rename_sheet("Sheet1", "OKR")
    fill(made, "OKR", current)
    made.add_sheet("Settings")
    made.enter("Settings", SETTINGS_ROWS)
    return made


def fill(spreadsheet: Spreadsheet, sheet: str, current: object = 60) -> None:
    """Put the goals into a worksheet; days are typed, as people do."""
    for number, row in enumerate(OKR_ROWS, 1):
        cells = [*row[:6], current, *row[7:]] if row[0] == "KR-1" else row
        spreadsheet.enter(sheet, [[None if isinstance(cell, date) else cell for cell in cells]], at=f"A{number}")
        for column, cell in zip("ABCDEFGH", cells, strict=True):
            if isinstance(cell, date):
                spreadsheet.type(sheet, f"{column}{number}", cell.isoformat())


def header_of(spreadsheet: Spreadsheet, text: str) -> str:
    """Give the letter of the column with this header."""
    return next(letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if spreadsheet.value("OKR", f"{letter}1") == text)


def link_of(cell: str, spreadsheet: str = ID) -> str:
    """Give the link to a cell of the first worksheet."""
    return f"https://docs.google.com/spreadsheets/d/{spreadsheet}/edit#gid=0&range={cell}"


def scopes(server: SheetsServer) -> set[str]:
    """Give the rights that were asked for, without their common beginning."""
    signed = (parse_qs(one.raw.decode())["assertion"][0].split(".")[1] for one in server.token_requests)
    claims = [json.loads(urlsafe_b64decode(text + "==")) for text in signed]
    return {scope.rpartition("/")[2] for one in claims for scope in one["scope"].split()}


def configured(here: Path, numbers: range, more: str = "") -> None:
    """Write a configuration of several spreadsheets."""
    tables = "".join(f'[workbook.b{number}]\nspreadsheet = "{numbered(number)}"\n' for number in numbers)
    configure(here, f"{more}\n{tables}")


def results(out: str) -> list[tuple[str, int]]:
    """Give the name and the code of every workbook of a sync, in order."""
    return [(one["workbook"], one["exit_code"]) for one in json.loads(out)["workbooks"]]


def folder_of(server: SheetsServer, *spreadsheets: Spreadsheet) -> str:
    """Put spreadsheets into a new folder of Drive, and give its id."""
    folder = "1dE3fG5hJ7kL9mN1pQ3rS5tU7vW9xY1zA"
    server.add_file(File(folder, "Clients", FOLDER, parents=["root"]))
    for spreadsheet in spreadsheets:
        server.add(spreadsheet, folder=folder)
    return folder
