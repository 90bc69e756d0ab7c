"""What the cells of each computed column shall show.

It is found column by column, not cell by cell: a call for each cell would take longer than what it does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheetsync.cell_text import cell_texts
from sheetsync.language import Phrases
from sheetsync.model import NOTHING
from sheetsync.results import Reason, Score, Status
from sheetsync.scoring.together.alarm import with_alarm
from sheetsync.workbook import CellValue
from sheetsync.writeback.authorship import LONGEST_SENTENCE
from sheetsync.writeback.columns import Column, rounded_all


class Shown:
    """Puts scores into words and numbers of one language."""

    def __init__(self, phrases: Phrases, alarms: Mapping[str, Reason] = NOTHING) -> None:
        """Take the words of the workbook's language, and what red guards say of the goals that they guard."""
        self._phrases = phrases
        self._alarms = alarms

    def values(self, column: Column, scores: Sequence[Score]) -> Sequence[CellValue]:
        """Give what a column shall show beside each score; None is an empty cell."""
        if column.number is not None:
            return rounded_all(map(column.number, scores), column.digits)
        if column.concept == "status":
            words = {status: self._phrases.text(f"status.{status}") for status in Status}
            return [words[score.status] for score in scores]
        if column.concept == "why":
            return self._sentences(scores)
        give = self._grade if column.concept == "grade" else self._trend
        return [give(score) for score in scores]

    def _sentences(self, scores: Sequence[Score]) -> list[str]:
        told, longest = self._phrases.told, LONGEST_SENTENCE
        sentences = cell_texts([told("why." + score.reason.code, score.reason.params) for score in scores])
        if self._alarms:
            sentences = [
                with_alarm(text, self._alarms.get(score.key), self._phrases)
                for text, score in zip(sentences, scores, strict=True)
            ]
        return [text if len(text) <= longest else text[: longest - 1] + "…" for text in sentences]

    def _grade(self, score: Score) -> str | None:
        return None if score.grade is None else self._phrases.grade(score.grade)

    def _trend(self, score: Score) -> str | None:
        return None if score.trend is None else self._phrases.text(f"trend.{score.trend}")
