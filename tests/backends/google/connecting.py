"""Connects the Google backend to the stand-in: the real gspread and google-auth, over real HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from google.oauth2.service_account import Credentials

from sheetsync.backends.google.backend import GoogleBackend
from sheetsync.backends.google.endpoint import Endpoint
from sheetsync.backends.google.http import SheetsClient, Surroundings, connect
from sheetsync.backends.google.quota import Limits, Quota
from tests.backends.contract import FORMULA, MARKS, MERGE, ROWS
from tests.sheets_server.spreadsheet import Spreadsheet

if TYPE_CHECKING:
    from tests.sheets_server.server import SheetsServer

SCOPE = "https://www.googleapis.com/auth/spreadsheets"
ID = "1SheetOfTheContract_ABCDEFGHIJKLMNOPQRSTUVWX"


class Connecting:
    """Opens clients at a stand-in; waiting takes no time here, and the quota is wide."""

    def __init__(self, server: SheetsServer, folder: Path, *, deadline: float = 60) -> None:
        """Make one key and one sign-in for all clients."""
        self.credentials: Any = Credentials.from_service_account_file(str(server.key_file(folder)), scopes=[SCOPE])
        self.server = server
        self.waits: list[float] = []
        self.deadline = deadline
        self._quota = Quota(Limits(100_000, 100_000))
        self.open: list[SheetsClient] = []

    def __call__(self) -> SheetsClient:
        """Open a client."""
        client = connect(
            self.credentials,
            writing=True,
            deadline=self.deadline,
            endpoint=Endpoint(self.server.url),
            quota=self._quota,
            around=Surroundings(sleep=self.waits.append),
        )
        self.open.append(client)
        return client

    def backend(
        self, spreadsheet: Spreadsheet, journal: Path, worksheets: Sequence[str] = (), *, thorough: bool = False
    ) -> GoogleBackend:
        """Give a backend of a spreadsheet of the stand-in's."""
        return GoogleBackend(spreadsheet.id, self, journal=journal, worksheets=worksheets, thorough=thorough)

    def close(self) -> None:
        """Close every client."""
        for client in self.open:
            client.close()


def contract_spreadsheet(server: SheetsServer) -> Spreadsheet:
    """Put the workbook of the contract into the stand-in."""
    spreadsheet = Spreadsheet(ID, "OKR", locale="vi_VN", time_zone="Asia/Ho_Chi_Minh")
    spreadsheet.rename_sheet("Sheet1", "OKR")
    spreadsheet.enter("OKR", ROWS)
    spreadsheet.type("OKR", "C7", "=SUM(C3:C4)")
    spreadsheet.enter("OKR", [["Ghi chú"]], at="A8")
    spreadsheet.merge("OKR", "A8:C8")
    spreadsheet.enter("OKR", [["far below"]], at="G30")
    spreadsheet.add_sheet("Notes")
    spreadsheet.enter("Notes", [["x"]])
    for mark in MARKS:
        assert mark.header is not None
        spreadsheet.name("OKR", mark.header.a1, f"_ss_{mark.table}_{mark.concept}")
    assert (FORMULA, MERGE[:2]) == ((7, 3), (8, 1))
    return server.add(spreadsheet)
