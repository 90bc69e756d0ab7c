"""A script of the usual kind for Google Sheets: for each spreadsheet open it, read it all, write column by column.

``python bench/peers/gspread_sync.py KEY_FILE ENDPOINT DAY ID...``. Progress and pace are those of the openpyxl script.
It checks nothing, and writes by row number: whoever inserts a row meanwhile has wrong scores.
"""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import gspread
from requests.adapters import HTTPAdapter

if TYPE_CHECKING:
    from requests import PreparedRequest, Response

COMPUTED = ("Progress", "Expected", "Score", "Status", "Why", "Synced")
EPOCH = date(1899, 12, 30)


class ToEndpoint(HTTPAdapter):
    """Sends what is meant for Google to the stand-in."""

    def __init__(self, endpoint: str) -> None:
        super().__init__()
        self.endpoint = endpoint

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        """Change the address and go on."""
        parts = urlsplit(str(request.url))
        request.url = f"{self.endpoint}{parts.path}{'?' + parts.query if parts.query else ''}"
        return super().send(request, *args, **kwargs)


def computed(row: dict[str, Any], today: date) -> list[Any]:
    """Give the computed cells of a row, in the order of COMPUTED."""
    start, due = (date.fromisoformat(str(row[name])) for name in ("Start", "Due"))
    pace = min(max((today - start) / (due - start), 0.0), 1.0)
    share = (float(row["Current"]) - float(row["Baseline"])) / (float(row["Target"]) - float(row["Baseline"]))
    gap = pace - share
    word = "On track" if gap <= 0.10 else "At risk" if gap <= 0.25 else "Off track"
    why = f"{share:.0%} against {pace:.0%} expected"
    return [round(share, 2), round(pace, 2), round(min(max(share, 0), 1), 2), word, why, (today - EPOCH).days]


def sync(client: gspread.Client, key: str, today: date) -> None:
    """Bring one spreadsheet up to date."""
    sheet = client.open_by_key(key).worksheet("OKR")
    header, *rows = sheet.get_all_values()
    found = [computed(dict(zip(header, row, strict=False)), today) for row in rows]
    for number, name in enumerate(COMPUTED):
        column = header.index(name) + 1
        place = gspread.utils.rowcol_to_a1(2, column) + ":" + gspread.utils.rowcol_to_a1(len(rows) + 1, column)
        sheet.update([[row[number]] for row in found], place)


def main(key_file: str, endpoint: str, day: str, *ids: str) -> None:
    """Bring every spreadsheet up to date, one after the other."""
    client = gspread.service_account(key_file, scopes=["https://www.googleapis.com/auth/spreadsheets"])
    client.http_client.session.mount("https://sheets.googleapis.com", ToEndpoint(endpoint))
    for key in ids:
        sync(client, key, date.fromisoformat(day))


if __name__ == "__main__":
    main(*sys.argv[1:])
