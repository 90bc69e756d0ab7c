"""Counts the interactions that agreed, by operation, and knows what no recording covers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.sheets_server.replay import Compared

#: What a client may rely on and the recordings of gspread's tests do not show; each by what would show it in a body.
UNCOVERED = {
    "includeSpreadsheetInResponse": '"updatedSpreadsheet"',
    "effectiveValue": '"effectiveValue"',
    "effectiveFormat": '"effectiveFormat"',
    "developer metadata": '"developerMetadata"',
    "a mask over cells (rowData.values.userEnteredValue)": '"userEnteredValue"',
    "error values": '"errorValue"',
}


class Tally:
    """How many interactions there were and how many agreed, by operation; and what has been seen of the rest."""

    def __init__(self) -> None:
        self.all: Counter[str] = Counter()
        self.agreed: Counter[str] = Counter()
        self.statuses: Counter[int] = Counter()
        self.seen: set[str] = set()

    def note(self, compared: list[Compared]) -> None:
        """Count one recording."""
        for one in compared:
            self.all[one.operation] += 1
            self.agreed[one.operation] += not one.differences
            self.statuses[one.interaction.status] += 1
            self.seen |= {what for what, mark in UNCOVERED.items() if mark in one.interaction.answer}

    def lines(self) -> Iterator[str]:
        """Say what the summary says."""
        yield f"{self.agreed.total()} of {self.all.total()} recorded interactions agree"
        for operation, count in self.all.most_common():
            yield f"  {self.agreed[operation]:5} of {count:5}  {operation}"
        missing = [what for what in UNCOVERED if what not in self.seen]
        missing += [str(status) for status in (401, 403, 429, 500, 503) if status not in self.statuses]
        yield f"  not covered by any recording: {', '.join(missing) or 'nothing known'}"


TALLY: pytest.StashKey[Tally] = pytest.StashKey()
