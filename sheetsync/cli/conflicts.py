"""Asks the person at the terminal what becomes of computed cells that somebody typed over (``on_conflict = "ask"``)."""

from __future__ import annotations

import sys
from threading import Lock
from typing import TYPE_CHECKING

from sheetsync.cli.speech import phrases, say, spoken_language
from sheetsync.cli.wiring import Selected, with_job
from sheetsync.workbook import CellRef, CellValue
from sheetsync.writeback.columns import COLUMNS

if TYPE_CHECKING:
    from sheetsync.sync import Outcome

ASK, KEPT = "ask", "DR501"
_FORMS = {column.concept: column.form for columns in COLUMNS.values() for column in columns.values()}


class Asking:
    """Asks once for each cell, one question at a time; a workbook that is planned anew asks nothing again."""

    _terminal = Lock()

    def __init__(self, name: str) -> None:
        """Take the name of the workbook, which every question begins with."""
        self._name = name
        self._answers: dict[tuple[CellRef, CellValue], bool] = {}

    def __call__(self, cell: CellRef, concept: str, stands: CellValue, after: CellValue) -> bool:
        """Say whether the computed value is put back."""
        from sheetsync.cli.adopt_asking import agreed
        from sheetsync.cli.screen import shown

        with self._terminal:
            if (cell, stands) not in self._answers:
                spoken, form = phrases(spoken_language()), _FORMS[concept]
                told = {"typed": shown(stands, form, spoken), "computed": shown(after, form, spoken)}
                column = say(f"computed.{concept}")
                self._answers[cell, stands] = agreed(
                    say("cli.sync.ask", name=self._name, cell=str(cell), column=column, **told)
                )
            return self._answers[cell, stands]


def asking(selected: list[Selected], *, silent: bool) -> list[Selected]:
    """Let the workbooks that want it ask, where there is a person to ask."""
    if silent or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return selected
    return [with_job(one, ask=Asking(one.shown)) if one.config.on_conflict == ASK else one for one in selected]


def unanswered(one: Selected, outcome: Outcome) -> bool:
    """Say whether somebody should have been asked about a cell, and nobody was there."""
    if one.config.on_conflict != ASK or one.errand.job.ask is not None:
        return False
    return any(finding.code == KEPT for finding in outcome.evaluation.findings)
