"""Reaches a Google spreadsheet that a call names, as the configuration says, where there is one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sheetsync.cli.wiring import configuration, workbook_at

if TYPE_CHECKING:
    import click

    from sheetsync.backends.google.http import SheetsClient


def google_connection(ctx: click.Context, spreadsheet: str, today: date | None) -> SheetsClient:
    """Open a client that may write to the spreadsheet of an id: as the configuration says, where there is one."""
    from sheetsync.cli.google import client

    wanted = (ctx.obj or {}).get("config")
    found = configuration(Path(wanted) if wanted else None, required=False, today=today)
    return client(workbook_at(f"gs:{spreadsheet}", found).google, writing=True)


def known_as(ctx: click.Context, spreadsheet: str, today: date | None) -> str | None:
    """Give the name under which the configuration knows the spreadsheet of an id; None where it does not."""
    wanted = (ctx.obj or {}).get("config")
    found = configuration(Path(wanted) if wanted else None, required=False, today=today)
    names = found.workbooks.values() if found is not None else ()
    return next((one.name for one in names if one.spreadsheet == spreadsheet), None)
