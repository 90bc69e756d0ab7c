"""What the doctor says of a file that remembers earlier days: whether it can be used, what is in it, its room."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from sheetsync.checkup import Check, State, failed, fine, refused, skipped
from sheetsync.cli import exits, machine
from sheetsync.cli.remembering import NOT_YET
from sheetsync.errors import HistoryUnavailable, SheetsyncError
from sheetsync.history import History
from sheetsync.history.migrating import SCHEMA
from sheetsync.history.place import refuse_network


def examine(path: Path) -> Iterator[Check]:
    """Look at one history; nothing is made, changed or brought up to date."""
    try:
        refuse_network(path)
    except SheetsyncError as error:
        yield refused("history", error)
        return
    peek = History.peek(path)
    if peek.history is None:
        reason = peek.reason
        if reason is not None and reason.key not in NOT_YET:
            yield refused("history", reason)
            return
        yield skipped("history", "none", path=str(path))
    else:
        with peek.history as known:
            yield from _contents(path, known)
    folder = machine.examine_folder("history.folder", path.parent)
    if folder.state is not State.OK or peek.history is not None:
        yield folder


def _contents(path: Path, known: History) -> Iterator[Check]:
    try:
        count, runs, flaws = len(known.workbooks()), known.runs(newest=1), known.flaws()
    except SheetsyncError as error:
        yield refused("history", error)
        return
    size = path.stat().st_size / machine.MEBIBYTE
    if flaws:
        yield failed("history", "flawed", exits.PARTIAL, path=str(path), flaw=flaws[0])
    elif not os.access(path, os.W_OK):
        yield refused("history", HistoryUnavailable("history.read_only", path=str(path)))
    elif runs:
        yield fine("history", path=str(path), count=count, size=size, form=SCHEMA, last=runs[0].day)
    else:
        yield skipped("history", "none", path=str(path))
