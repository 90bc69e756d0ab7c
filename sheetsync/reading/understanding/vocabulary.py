"""The words that stand above columns, in every language at hand, and what each may mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property
from typing import Any
from unicodedata import normalize

from sheetsync.language import normalise_all
from sheetsync.reading.understanding.composed import Additions, as_share, composed
from sheetsync.reading.understanding.headings import Heading, heading, plain, plain_all, squeezed
from sheetsync.reading.understanding.period_names import PeriodHeadings
from sheetsync.record import NamedTuple

MAIN, FURTHER = 1.0, 0.75
"""What a word is worth for the concept that it names first, and for one that it may name as well."""
_KNOWN = (("headers", "okr"), ("headers", "kpi"), ("computed",), ("columns",))
_ONLY_OURS = frozenset(("key", "source", "item"))
"""Computed columns that only a worksheet of our own has; in one of the user's the same words mean other things."""
_OTHER_NAMES = {
    "actual": "current", "actual_to_date": "current_to_date", "goal": "objective", "cycle": "period",
    "achievement": "progress", "kpi_link": "link",
}  # fmt: skip
_IN_OTHER_TABLES = {
    "check-ins": {"date": "check_in_date", "value": "current", "note": "notes"},
    "people": {name: name for name in ("name", "email", "manager", "honorific", "language", "leave")},
}
_LONGEST = 120
_LONGEST_PHRASE = 7  # words
_SHORTEST_INSIDE = 4
_SHORTEST_FUZZY = 7
_PART_MISSING, _REMARK_MISSING, _WITHOUT_PERIOD = 0.86, 0.95, 0.97
_SECOND = 0.65
"""What the second of two words with a slash between is worth, where they mean different things: department/owner."""
_OTHER_ACCENTS = 0.6
_OF = re.compile(r" (?:of|for|in|per) ")
Meanings = Mapping[str, float]
_NOTHING: Meanings = {}


class Phrase(NamedTuple):
    """What a phrase may mean, and whether its language puts the word that counts first or last."""

    meanings: dict[str, float]
    heads: set[str]
    spellings: dict[str, set[str]]
    languages: dict[str, set[str]]
    """The languages in which it has each meaning."""


class Vocabulary:
    """Looks up header texts; every answer is kept, since workbooks repeat their headers."""

    def __init__(self, data: Sequence[Mapping[str, Any]]) -> None:
        """Take the word lists of all languages; nothing is looked at before the first question."""
        self._data = data
        self._found: dict[str, Meanings] = {}
        self._quick: dict[str, Meanings] = {}
        self._values: dict[str, frozenset[str]] = {}

    def meanings(self, text: str) -> Meanings:
        """Give the concepts that a header may name, with the strength 0 to 1 of its words for each."""
        found = self._found.get(text)
        if found is None:
            found = self._found[text] = self._look(text) if len(text) <= _LONGEST else self._look_at_start(text)
        return found

    def exactly(self, text: str) -> Meanings:
        """Give the concepts that a header names as a whole or by its parts; words inside other words do not count."""
        found = self._quick.get(text)
        if found is None:
            found = self._quick[text] = self._exact(text) if len(text) <= _LONGEST else _NOTHING
        return found

    def of_lines(self, text: str) -> Meanings:
        """Give the concepts that the lines of a header agree on, as one name in two languages does.

        A line of a single word may be part of a name that goes on below; then every line must be known by itself.
        """
        lines = [line for line in text.splitlines() if line.strip()]
        known = [told for line in lines if (told := self._exact(line))]
        several = any(len(line.split()) > 1 and self._exact(line) for line in lines)
        if len(lines) < 2 or not (len(known) == len(lines) or (several and known)):
            return _NOTHING
        shared = set(known[0]).intersection(*known[1:])
        lost = 1.0 if len(known) == len(lines) else _PART_MISSING
        return {concept: min(told[concept] for told in known) * lost for concept in shared}

    def languages(self, text: str) -> Mapping[str, frozenset[str]]:
        """Give the languages that know each concept by the words of a header, whole or in one of its parts."""
        parts = heading(text)
        spellings = (parts.whole, parts.main, self.periods.without(parts.whole), *parts.parts)
        known = [phrase for spelling in dict.fromkeys(spellings) if (phrase := self._index.get(spelling))]
        found: dict[str, frozenset[str]] = {}
        for phrase in known:
            for concept, spoken in phrase.languages.items():
                found[concept] = found.get(concept, frozenset()) | spoken
        return found

    def lists(self, language: str) -> tuple[Mapping[str, Any], ...]:
        """Give the word lists of a language."""
        return tuple(data for data in self._data if data.get("language") == language)

    def kind_of_sheet(self, name: str) -> str | None:
        """Give the kind of table that the name of a worksheet promises, or None."""
        words = f" {plain(name)} "
        best = max((word for word in self._sheets if f" {word} " in words), key=len, default="")
        return self._sheets.get(best)

    @cached_property
    def periods(self) -> PeriodHeadings:
        """Understands the names of periods."""
        return PeriodHeadings(self._data)

    @cached_property
    def units(self) -> frozenset[str]:
        """Words of units, normalised."""
        names = ("units", "thousand", "million", "billion", "dong", "dollar", "euro", "percent", "percent_points")
        return self._normalised(("numbers", name) for name in names) | self._normalised([("cells", "units")])

    @cached_property
    def teams(self) -> frozenset[str]:
        """Words with which names of departments begin or end, normalised."""
        return self._normalised([("cells", "team")])

    @cached_property
    def statuses(self) -> frozenset[str]:
        """Words of status, normalised."""
        told = self._normalised([("cells", "status")])
        answers = (("values", "yes_no", answer) for answer in ("yes", "no"))
        return told | self._normalised(answers)

    @cached_property
    def answers(self) -> frozenset[str]:
        """Words for yes and no, normalised."""
        return self._normalised(("values", "yes_no", answer) for answer in ("yes", "no"))

    def values_of(self, concept: str) -> frozenset[str]:
        """Give the words with which cells of a concept say what they may say (higher, lower), normalised."""
        found = self._values.get(concept)
        if found is None:
            told = {name for data in self._data for name in data.get("values", {}).get(concept, ())}
            found = self._values[concept] = self._normalised(("values", concept, name) for name in told)
        return found

    @cached_property
    def frequencies(self) -> frozenset[str]:
        """Words for how often something is due, normalised."""
        every = (("values", "frequency", name) for name in ("day", "week", "month", "quarter", "year"))
        return self._normalised(every)

    @cached_property
    def yearly(self) -> frozenset[str]:
        """Words for a whole year, normalised."""
        told = self._normalised(("values", "periods", name) for name in ("year", "whole_year"))
        return told | self._normalised([("values", "frequency", "year"), ("cells", "year")])

    @cached_property
    def totals(self) -> frozenset[str]:
        """Words that begin a row of totals, normalised."""
        return self._normalised([("values", "row", "total"), ("cells", "total")])

    @cached_property
    def means(self) -> frozenset[str]:
        """Words that by themselves name a row of means, normalised."""
        return self._normalised([("values", "row", "mean"), ("cells", "mean")])

    @cached_property
    def endings(self) -> frozenset[str]:
        """Words that begin what stands below a table: signatures, legends, notes; normalised."""
        return self._normalised([("cells", "ending")])

    def only_names(self, text: str) -> bool:
        """Say whether a header says no more than that a name stands below: Title, Description."""
        return plain(text) in self._additions.naming

    @cached_property
    def _additions(self) -> Additions:
        paths = ("naming", "amounts", "past")
        return Additions(*(frozenset(plain_all(sorted(self._normalised([("cells", name)])))) for name in paths))

    def _normalised(self, paths: Iterable[tuple[str, ...]]) -> frozenset[str]:
        words = [word for path in paths for data in self._data for word in _at(data, path)]
        return frozenset(normalise_all(words))

    def _look(self, text: str) -> Meanings:
        whole = heading(text).whole
        head = _OF.split(whole)[0]  # the head of an English name stands before its "of"
        found = self._exact(text) or composed(whole, self._known, self._additions)
        return found or self._inside(head) or self._inside(whole) or self._misspelled(whole)

    def _known(self, words: str) -> Meanings:
        return self._phrase(words) or self._dated(words)

    def _look_at_start(self, text: str) -> Meanings:
        """Understand a header with an explanation below or behind it by its first line or what stands before it."""
        first = text.strip().partition("\n")[0].partition("(")[0].partition(":")[0].strip()
        return self._exact(first) if 0 < len(first) <= _LONGEST else _NOTHING

    def _exact(self, text: str) -> Meanings:
        parts = heading(text)
        whole = self._phrase(parts.whole, text)
        return whole or as_share(parts.whole, self._partly(parts, text))

    def _partly(self, parts: Heading, text: str) -> Meanings:
        """Look up a header without its remarks, its period, or its share sign, then by its parts."""
        bare = " ".join(parts.whole.replace("%", " ").split())
        for words in (parts.main, bare):
            found = self._phrase(words, text)
            if found:
                return found
        dated = self._dated(parts.whole)
        if dated:
            return dated
        known = [found for part in parts.parts if (found := self._phrase(part, text) or self._dated(part))]
        return self._joined(known, len(parts.parts), parts.main != "") if known else _NOTHING

    def _phrase(self, words: str, text: str = "") -> Meanings:
        found = self._index.get(words) or (self._squeezed.get(squeezed(words)) if words else None)
        if found is None:
            return _NOTHING
        if len(words) <= _SHORTEST_INSIDE and not text.isascii():
            return _with_accents(text, found)
        return found.meanings

    def _dated(self, words: str) -> Meanings:
        """Look up a header without the period or the number in it: target 2025, Q1 actual, key result 3."""
        rest = self.periods.without(words)
        if not rest or rest == words:
            return _NOTHING
        return {concept: strength * _WITHOUT_PERIOD for concept, strength in self._phrase(rest).items()}

    def _joined(self, known: list[Meanings], count: int, remark: bool) -> Meanings:
        """Let the parts of a header speak together: two languages agree, or the first part leads."""
        if len(known) == 1:
            lost = 1.0 if count == 1 else _REMARK_MISSING if remark else _PART_MISSING
            return {concept: strength * lost for concept, strength in known[0].items()}
        shared = set(known[0]).intersection(*known[1:])
        if shared:
            return {concept: min(found[concept] for found in known) for concept in shared}
        later = {} if remark else {name: worth * _SECOND for found in known[1:] for name, worth in found.items()}
        first = {concept: strength * (0.9 if remark else 0.75) for concept, strength in known[0].items()}
        return {**later, **{concept: max(strength, later.get(concept, 0.0)) for concept, strength in first.items()}}

    def _inside(self, words: str) -> Meanings:
        """Find known phrases inside a longer header, the longest first; the one at its head counts most."""
        found = self._phrases_in(words)
        if not found:
            return _NOTHING
        length = len(squeezed(words))
        meanings: dict[str, float] = {}
        for phrase, place, last in found:
            entry = self._index[phrase]
            leads = ("first" in entry.heads and place == 0) or ("last" in entry.heads and last)
            share = len(squeezed(phrase)) / length
            worth = 0.42 + 0.5 * share + (0.08 if leads else -0.12)
            worth *= 1.0 if leads or share >= 0.5 else 0.8
            worth *= 1.0 if leads or len(found) == 1 else 0.6
            for concept, strength in entry.meanings.items():
                meanings[concept] = max(meanings.get(concept, 0.0), strength * min(worth, 0.95))
        return meanings

    def _phrases_in(self, words: str) -> list[tuple[str, int, bool]]:
        if not words.isascii() and " " not in words:
            return self._signs_in(words)
        tokens, taken, found = words.split(), set[int](), []
        for size in range(min(_LONGEST_PHRASE, len(tokens)), 0, -1):
            for place in range(len(tokens) - size + 1):
                phrase = " ".join(tokens[place : place + size])
                span = range(place, place + size)
                if len(phrase) >= _SHORTEST_INSIDE and phrase in self._index and taken.isdisjoint(span):
                    taken.update(span)
                    found.append((phrase, place, place + size == len(tokens)))
        return found

    def _signs_in(self, words: str) -> list[tuple[str, int, bool]]:
        """Find phrases in a script without spaces."""
        found: list[tuple[str, int, bool]] = []
        rest = words
        for size in range(len(words), 1, -1):
            for place in range(len(words) - size + 1):
                phrase = rest[place : place + size]
                if "\0" not in phrase and phrase in self._index and len(normalize("NFC", phrase)) > 1:
                    found.append((phrase, place, place + size == len(words)))
                    rest = rest[:place] + "\0" * size + rest[place + size :]
        return found

    def _misspelled(self, words: str) -> Meanings:
        """Find the one phrase that a header misspells by a letter or two."""
        if len(words) < _SHORTEST_FUZZY:
            return _NOTHING
        near = get_close_matches(words, self._by_letter.get(words[0], ()), n=1, cutoff=0.88)
        return {name: strength * 0.8 for name, strength in self._index[near[0]].meanings.items()} if near else _NOTHING

    @cached_property
    def _by_letter(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for phrase in self._index:
            if len(phrase) >= _SHORTEST_FUZZY:
                found.setdefault(phrase[0], []).append(phrase)
        return found

    @cached_property
    def _squeezed(self) -> dict[str, Phrase]:
        return {squeezed(words): phrase for words, phrase in self._index.items() if len(words) > _SHORTEST_INSIDE}

    @cached_property
    def _index(self) -> dict[str, Phrase]:
        index: dict[str, Phrase] = {}
        for data in self._data:
            head, language = data.get("head", "last"), data.get("language", "")
            for path in _KNOWN:
                for concept, words in _at(data, path).items() if _at(data, path) else ():
                    if path != ("computed",) or concept not in _ONLY_OURS:
                        _add(index, _OTHER_NAMES.get(concept, concept), words, MAIN, head, language)
            for kind, names in _IN_OTHER_TABLES.items():
                told = _at(data, ("headers", kind))
                for concept, words in told.items() if told else ():
                    if concept in names:
                        strength = FURTHER if names[concept] == "current" else MAIN
                        _add(index, names[concept], words, strength, head, language)
            for concept, words in data.get("also", {}).items():
                _add(index, concept, words, FURTHER, head, language)
        return index

    @cached_property
    def _sheets(self) -> dict[str, str]:
        told = {
            plain(word): kind for data in self._data for kind, words in data.get("sheets", {}).items() for word in words
        }
        return {word: kind for word, kind in told.items() if word}


def _at(data: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    found: Any = data
    for name in path:
        found = found.get(name, {}) if isinstance(found, Mapping) else {}
    return found if not isinstance(found, Mapping) or path[0] in ("headers", "computed", "columns") else ()


def _add(
    index: dict[str, Phrase], concept: str, words: Sequence[str], strength: float, head: str, language: str
) -> None:
    for word, spelled in zip(words, plain_all(words), strict=True):
        phrase = index.setdefault(spelled, Phrase({}, set(), {}, {}))
        phrase.meanings[concept] = max(strength, phrase.meanings.get(concept, 0.0))
        phrase.heads.add(head)
        phrase.languages.setdefault(concept, set()).add(language)
        if len(spelled) <= _SHORTEST_INSIDE:
            phrase.spellings.setdefault(concept, set()).add(" ".join(word.casefold().split()))


def _with_accents(text: str, phrase: Phrase) -> Meanings:
    """Weigh a short header by its accents: Tổ (a team) is not To."""
    parts = re.split(r"[/(\n]", text.casefold())
    told = [" ".join(part.split()).strip(" :.*\"'") for part in parts]
    told.append(" ".join(text.casefold().split()))
    same = {concept for concept, spelled in phrase.spellings.items() if not spelled.isdisjoint(told)}
    return {name: worth if name in same else worth * _OTHER_ACCENTS for name, worth in phrase.meanings.items()}
