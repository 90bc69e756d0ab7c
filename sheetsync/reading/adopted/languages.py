"""In which language people keep an adopted table, and the book read with the words of that language.

Our templates are Vietnamese and English, and so are the words that every run knows. A table whose headers are of
another language is read with the words of that one as well, and they come first: ``T1`` is January in a Vietnamese
table and the first quarter in a Portuguese one.
"""

from __future__ import annotations

import re
from collections import Counter

from sheetsync.language import normalise
from sheetsync.reading.book import Book
from sheetsync.reading.periods import PeriodNames, Span
from sheetsync.reading.understanding.outcome import Table
from sheetsync.reading.understanding.vocabulary import Vocabulary

_KNOWN = frozenset(("en", "vi"))
_MOST = 2
"""So many languages of a tie count, such as Spanish and Portuguese where all headers are words of both."""
_OTHER_SCRIPT = re.compile("[\u0400-\u04ff\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ORDINAL = r"(?:º|ª|°|o|a|er|ere|eme|e|\.|-?[йяе])?"
_FILLERS = re.compile(r"\b(?:de|del|do|da|du|des|des jahres|года|год|г)\b\.?")


def languages_of(vocabulary: Vocabulary, table: Table) -> tuple[str, ...]:
    """Give the languages beside English and Vietnamese in which the headers of a table are written; mostly none.

    Only a language that knows more of the headers than English and Vietnamese counts; one with a script of its own
    also where it knows as many, since its headers may have the English beside them.
    """
    known = Counter[str]()
    for column in table.columns:
        known.update(vocabulary.languages(column.header).get(column.concept, ()))
    least = max(known[language] for language in _KNOWN) + 1
    if any(_OTHER_SCRIPT.search(column.header) for column in table.columns):
        least -= 1
    others = {language: count for language, count in known.items() if language not in _KNOWN and count >= least}
    most = max(others.values(), default=0)
    return tuple(sorted(language for language, count in others.items() if count == most and count)[:_MOST])


def book_for(book: Book, vocabulary: Vocabulary, table: Table) -> Book:
    """Give the book with the words in which a table is written; those of a language are put together once."""
    languages = languages_of(vocabulary, table)
    if not languages:
        return book
    if languages not in book.speakers:
        lists = [one for language in languages for one in vocabulary.lists(language)]
        other = book.speakers[languages] = book.speaking(book.lexicon.before(*lists))
        other.names = Names(other, vocabulary)
    return book.speakers[languages]


class Names(PeriodNames):
    """Understands names of periods with the order of words of other languages: 1º trimestre de 2025, I квартал, 1月."""

    def __init__(self, book: Book, vocabulary: Vocabulary) -> None:
        """Take the book for its words, and the vocabulary for scripts without spaces."""
        super().__init__(book.words.periods, book.words.months)
        self._vocabulary = vocabulary
        kinds = (word for kind in ("quarter", "half") for word in book.words.periods[kind] if len(word) > 1)
        names = "|".join(map(re.escape, sorted(kinds, key=len, reverse=True)))
        self._counted = re.compile(rf"(?<!\w)([1-4]|i{{1,3}}|iv)\s?{_ORDINAL}\s*({names})(?![^\W\d_])")

    def span(self, text: str) -> Span | None:
        """Read the name of a period; None where it is none."""
        plain = self._counted.sub(r"\2 \1", normalise(text))
        found = super().span(" ".join(_FILLERS.sub(" ", plain).split()))
        if found is not None:
            return found
        told = self._vocabulary.periods.whole(text)
        if told is None or told.kind not in ("week", "month", "quarter", "half", "year"):
            return None
        return Span(told.kind, told.number, told.year or None)
