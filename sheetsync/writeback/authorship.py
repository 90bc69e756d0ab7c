"""Recognises what sheetsync itself writes into a computed column, in any language.

Until a history remembers what was written last, this is how a text that somebody typed over a computed cell is told
apart from our own: what we could not have written is the user's, and stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from sheetsync.language import Phrases
from sheetsync.results import Status
from sheetsync.scoring.together.alarm import ALARM
from sheetsync.workbook import CellValue

LONGEST_SENTENCE = 250
"""Characters of a Why sentence; more would not be read in a cell."""

TRENDS = ("up", "flat", "down")
"""The trends of a KPI; each has its word (``trend.<name>``)."""

COPIED = ("key", "id", "item", "name", "sheet", "owner", "team", "baseline", "target", "current")
"""Concepts whose cells repeat what stands elsewhere in the workbook, so that any text may be ours."""

_PLACE = r".+![A-Z]{1,3}[1-9][0-9]{0,7}"


class Authorship:
    """Knows the words of every language, the grades of every profile and the sentences of Why."""

    def __init__(
        self,
        languages: Sequence[Phrases],
        grades: Iterable[str],
    ) -> None:
        """Take the phrases of all languages, and the names of the grades that profiles give."""
        self._languages = tuple(languages)
        self._sentences = _Sentences(self._languages, "why")
        self._alarms = _Sentences(self._languages, "guard")
        self._words = {
            "status": {phrases.text(f"status.{status}") for phrases in self._languages for status in Status},
            "level": {phrases.text(key) for phrases in self._languages for key in phrases.keys("scorecard.level")},
            "kind": {phrases.text(key) for phrases in self._languages for key in phrases.keys("retrospective.kind")},
            "commitment": {
                phrases.text(key) for phrases in self._languages for key in phrases.keys("retrospective.commitment")
            },
            "trend": {phrases.text(f"trend.{trend}") for phrases in self._languages for trend in TRENDS},
            "grade": set(grades) | {phrases.text(key) for phrases in self._languages for key in phrases.keys("grade")},
        }

    def could_be_ours(self, concept: str, form: str, value: CellValue) -> bool:
        """Say whether sheetsync could have written this value into a column of this concept."""
        if value is None:
            return True
        if isinstance(value, bool):
            return False
        if form in ("percent", "number"):
            return isinstance(value, int | float)
        if form == "date":
            return isinstance(value, date)
        if not isinstance(value, str):
            return False
        if concept in COPIED:
            return True
        if form == "link":
            return re.fullmatch(_PLACE, value, re.DOTALL) is not None
        if concept in self._words:
            return value in self._words[concept]
        return self._is_verdict(value) if concept == "verdict" else self._is_sentence(value)

    def says_status(self, text: CellValue, status: str) -> bool:
        """Say whether a text is the word for a status (a value of ``results.Status``) in any language."""
        return any(phrases.text(f"status.{status}") == text for phrases in self._languages)

    def heads_history(self, concept: str, text: str) -> bool:
        """Say whether a text is our header of a column in the shown history, in any language."""
        return self._heads("history_sheet", concept, text)

    def heads_scorecard(self, concept: str, text: str) -> bool:
        """Say whether a text is our header of a column in the summary of scorecards, in any language."""
        return self._heads("scorecard", concept, text)

    def heads_retrospective(self, concept: str, text: str) -> bool:
        """Say whether a text is our header of a column in a retrospective, in any language."""
        return self._heads("retrospective", concept, text)

    def _heads(self, page: str, concept: str, text: str) -> bool:
        key = f"{page}.column.{concept}"
        return any(phrases.has(key) and phrases.text(key) == text.strip() for phrases in self._languages)

    def _is_verdict(self, text: str) -> bool:
        """Say whether a text is a verdict of a retrospective, with or without advice behind it."""
        told = [text]
        for phrases in self._languages:
            advice = (f" {phrases.text(key)}" for key in phrases.keys("retrospective.advice"))
            told += [text.removesuffix(end) for end in advice if text.endswith(end)]
        verdicts = [(phrases, key) for phrases in self._languages for key in phrases.keys("retrospective.verdict")]
        return any(phrases.pattern(key).fullmatch(one) for phrases, key in verdicts for one in told)

    def _is_sentence(self, text: str) -> bool:
        if len(text) == LONGEST_SENTENCE and text.endswith("…"):
            return True  # one of ours that was cut to this very length
        return self._sentences.hold(text) or self._ends_with_alarm(text)

    def _ends_with_alarm(self, text: str) -> bool:
        """Say whether a sentence of ours goes on with what a red guard says."""
        parts = text.split(ALARM)
        for place in range(1, len(parts)):
            end = ALARM.join(parts[place:])
            if self._alarms.hold(end):
                return self._is_sentence(ALARM.join(parts[:place]))
        return False


class _Sentences:
    """The sentences of one section in every language. A sheet says a few of them again and again: those come first."""

    def __init__(self, languages: Sequence[Phrases], section: str) -> None:
        self._languages, self._section = languages, section
        self._told: list[tuple[str, Phrases, str]] | None = None

    def hold(self, text: str) -> bool:
        """Say whether a text is one of them."""
        if self._told is None:
            keys = ((phrases, key) for phrases in self._languages for key in phrases.keys(self._section))
            self._told = [(phrases.opening(key), phrases, key) for phrases, key in keys]
        for place, (opening, phrases, key) in enumerate(self._told):
            if text.startswith(opening) and phrases.pattern(key).fullmatch(text):
                self._told.insert(0, self._told.pop(place))
                return True
        return False
