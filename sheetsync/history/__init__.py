"""What sheetsync remembers of every night, in one SQLite file.

An adapter: it takes and gives plain data (``sheetsync/past.py``, ``sheetsync/snapshot.py``) and knows no rules.
``sheetsync/observing.py``, which is pure, makes the data of goals and scorecards. One run of one workbook::

    with History.open(default_path()) as history:            # raises a SheetsyncError: then nothing is written (exit 3)
        found = history.find("file:/books/okr.xlsx", titles_of(goals))   # .moved_from, .copied_from are to be told
        known = recognise(history.past(found.workbook, today), goals)    # known.past has the keys of today
        ...                                                   # score, rules, changes, guards
        run = Run(found.place, name, today, version, profile, kpi_profile, language, workbook=found.workbook)
        for intent in history.intents(found.workbook): ...    # of a run that was killed: what stood there, what was
                                                              # to stand there; the commit below closes them
        run = history.intend(run, changes, revision, kept)    # only where something will be written
        receipt = backend.apply(changes, revision)
        snapshot = observe(workbook, goals, scorecard, today, known, written=...)
        history.commit(run, snapshot, revision=receipt.revision, cells=receipt.cells, mails=...)

A run without changes needs no ``intend``; one that was refused or failed is logged by
``history.commit(run, None, outcome="refused")``. A snapshot without news makes no observation, the run itself is
logged. ``with history.together():`` makes one transaction of many commits. To look only (check, plan, explain)::

    peek = History.peek(default_path())                       # makes and changes nothing; .history or .reason

What is to be mailed waits in ``history.outbox`` (``history/outbox.py``); ``sheetsync/posting.py`` sends it.

Then ``find`` and ``past`` as above, ``as_of(day, known_at)``, ``series(workbook, key)``, ``runs()``, ``entries()``.
"""

from __future__ import annotations

from sheetsync.history.exporting import Exported
from sheetsync.history.forgetting import Forgotten, Going
from sheetsync.history.intents import Intent
from sheetsync.history.outbox import Losses, Outbox
from sheetsync.history.place import default_path
from sheetsync.history.pruning import Pruned
from sheetsync.history.remembering import Entry, Logged
from sheetsync.history.standing import Standing
from sheetsync.history.store import Committed, History, Peek
from sheetsync.history.workbooks import Found

__all__ = [
    "Committed",
    "Entry",
    "Exported",
    "Forgotten",
    "Found",
    "Going",
    "History",
    "Intent",
    "Logged",
    "Losses",
    "Outbox",
    "Peek",
    "Pruned",
    "Standing",
    "default_path",
]
