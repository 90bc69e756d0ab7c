"""Builds a template into a blank Google spreadsheet: one look at it, and one batch that is made whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sheetsync.errors import SheetsyncError
from sheetsync.gallery import google
from sheetsync.gallery.content import Content
from sheetsync.language import Phrases

if TYPE_CHECKING:
    from sheetsync.backends.google.http import SheetsClient

TRIES = 4
PAUSE = 2.0
"""Seconds before another look at a spreadsheet, where nobody knows whether the batch was made."""


def build(
    client: SheetsClient, spreadsheet: str, kind: str, phrases: Phrases, content: Content, *, protect: bool
) -> None:
    """Build a template into the spreadsheet of an id.

    Raises WriteRefused where something was entered there. Where an answer was lost, or Google asked to wait, the
    spreadsheet is looked at again before anything is sent again, so that nothing typed in the meantime is lost.
    """
    made: list[google.Request] = []
    failed: SheetsyncError | None = None
    for _ in range(TRIES):
        found = client.get_spreadsheet(spreadsheet, fields=google.FIELDS)
        if made and google.stands(found, made):
            return
        made = _requests(client, found, kind, phrases, content, protect=protect)
        failed = _sent(client, spreadsheet, made, failed)
        if failed is None:
            return
    if failed is not None and not google.stands(client.get_spreadsheet(spreadsheet, fields=google.FIELDS), made):
        raise failed


def _requests(
    client: SheetsClient, found: Mapping[str, Any], kind: str, phrases: Phrases, content: Content, *, protect: bool
) -> list[google.Request]:
    editors = [client.email] if client.email else []
    present = google.leavings(found)
    return google.requests(kind, phrases, content, present=present, protect=protect, editors=editors)


def _sent(
    client: SheetsClient, spreadsheet: str, made: list[google.Request], before: SheetsyncError | None
) -> SheetsyncError | None:
    """Send the batch; give the failure after which it may be tried again, with the wait behind us.

    ``before`` is the failure of the last time: where nobody knew whether that batch was made, a refusal of this one may
    only mean that it was, a little late.
    """
    from sheetsync.backends.google.refusals import Ambiguous, Throttled

    try:
        client.batch_update_raw(spreadsheet, {"requests": made}, fields="spreadsheetId")
    except SheetsyncError as error:
        if not isinstance(error, Ambiguous | Throttled) and not isinstance(before, Ambiguous):
            raise
        client.sleep(error.wait if isinstance(error, Throttled) else PAUSE)
        return error
    return None
