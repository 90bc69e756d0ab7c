"""The words that people write in their sheets, in several languages at once: headers, values, sheet names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from sheetsync.language.spelling import normalise, normalise_all

_AROUND = " :.*;,!?\"'“”‘’[]"


class Lexicon:
    """Understands header and value words of every language that it is given, whatever their case and accents."""

    def __init__(self, *data: Mapping[str, Any]) -> None:
        """Take the locale data of one or more languages; earlier ones win where words collide."""
        self._data = data
        self._headers: dict[str, dict[str, tuple[str, ...]]] = {}
        self._candidates: dict[tuple[str, str], tuple[str, ...]] = {}
        self._values: dict[str, dict[str, str]] = {}

    def header(self, text: str, table_kind: str) -> str | None:
        """Give the concept that a header most likely names in a table of that kind, or None."""
        found = self.candidates(text, table_kind)
        return found[0] if found else None

    def candidates(self, text: str, table_kind: str) -> tuple[str, ...]:
        """Give every concept that a header may name, the likeliest first.

        The whole header counts. Where it is not known, its parts do, such as both languages in ``Chỉ tiêu / Target``
        or the words before a bracket; parts that contradict each other say nothing.
        """
        key = (text, table_kind)
        found = self._candidates.get(key)
        if found is None:
            if table_kind not in self._headers:
                self._headers[table_kind] = _index(_tables(self._data, "headers", table_kind))
            found = self._candidates[key] = _match(text, self._headers[table_kind])
        return found

    def computed(self, text: str) -> frozenset[str]:
        """Give the computed concepts that a header may name (``progress``, ``status``); empty where it is none."""
        return frozenset(_match(text, self._computed))

    def value(self, kind: str, text: str) -> str | None:
        """Give the value that a word names among those of a kind (``level``, ``metric``, ``yes_no``), or None."""
        return self.values(kind).get(_bare(text))

    def values(self, kind: str) -> Mapping[str, str]:
        """Give every normalised word of a kind with the value that it names."""
        if kind not in self._values:
            found: dict[str, str] = {}
            for table in _tables(self._data, "values", kind):
                found = {word: names[0] for word, names in _index([table]).items()} | found
            self._values[kind] = found
        return self._values[kind]

    def words(self, section: str, name: str) -> tuple[str, ...]:
        """Give the words of one entry as they are written in all languages: ``words("values.row", "total")``."""
        path = section.split(".")
        found = [word for table in _tables(self._data, *path) for word in table.get(name, ())]
        return tuple(dict.fromkeys(found))

    def word_lists(self, section: str, name: str) -> tuple[tuple[str, ...], ...]:
        """Give the words of one entry as ``words`` does, but apart for each language."""
        return tuple(tuple(table.get(name, ())) for table in _tables(self._data, *section.split(".")))

    def before(self, *data: Mapping[str, Any]) -> Lexicon:
        """Give a lexicon that knows further languages too, whose words win where words collide."""
        return Lexicon(*data, *self._data)

    def sheet_kind(self, name: str) -> str | None:
        """Give the kind of worksheet that a name stands for (``okr``, ``check-ins``, ``guide``), or None."""
        return self._sheets.get(_spaced(name))

    def shows(self, text: str) -> bool:
        """Say whether a text has a letter by which one of the languages is known."""
        return not self._letters.isdisjoint(text.lower())

    @cached_property
    def lists(self) -> Mapping[str, tuple[str, ...]]:
        """Every word list that rules and units are found by, joined over the languages: a sheet may hold any of them.

        Those of the section ``words`` stand under their names; behind ``numbers.`` are the words of sizes, currencies
        and units, behind ``units.`` and a kind of measure the names of one unit each (``units.time.hour``), and behind
        ``falls.`` those in the name of a goal that say that less is better.
        """
        joined: dict[str, tuple[str, ...]] = {}
        for data in self._data:
            kinds = {f"units.{kind}.": lists for kind, lists in data.get("units", {}).items()}
            falls = {"falls.": data.get("values", {}).get("falls", {})}
            own = {"": data.get("words", {}), "numbers.": data.get("numbers", {})}
            for before, lists in (own | falls | kinds).items():
                for name, words in lists.items():
                    joined[before + name] = joined.get(before + name, ()) + tuple(words)
        return joined

    @cached_property
    def _letters(self) -> frozenset[str]:
        return frozenset(letter for data in self._data for letter in data.get("letters", ""))

    @cached_property
    def _computed(self) -> dict[str, tuple[str, ...]]:
        return _index(_tables(self._data, "computed"))

    @cached_property
    def _sheets(self) -> dict[str, str]:
        return {_spaced(word): names[0] for word, names in _index(_tables(self._data, "sheets")).items()}


def _tables(data: Iterable[Mapping[str, Any]], *path: str) -> list[Mapping[str, Any]]:
    """Give the table at a path in each language that has it."""
    found = []
    for language in data:
        table: Any = language
        for name in path:
            table = table.get(name, {})
        found.append(table)
    return found


def _index(tables: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Give every normalised word with the names that it stands under, in the order of the file."""
    order: dict[str, int] = {}
    names: list[str] = []
    words: list[str] = []
    for table in tables:
        for name, told in table.items():
            order.setdefault(name, len(order))
            names += [name] * len(told)
            words += told
    index: dict[str, tuple[str, ...]] = {}
    for name, word in zip(names, normalise_all(words), strict=True):
        bare = word.strip(_AROUND)
        known = index.setdefault(bare, (name,))
        if name not in known:
            index[bare] = tuple(sorted((*known, name), key=order.__getitem__))
    return index


def _bare(text: str) -> str:
    return normalise(text).strip(_AROUND)


def _spaced(name: str) -> str:
    """Give the name of a worksheet, in which a hyphen or an underscore is as good as a space."""
    return _bare(name.replace("-", " ").replace("_", " "))


def _match(text: str, index: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    whole = index.get(_bare(text))
    if whole is not None:
        return whole
    known = [index[part] for part in _parts(text) if part in index]
    if not known:
        return ()
    shared = set(known[0]).intersection(*known[1:])
    return tuple(name for name in known[0] if name in shared)


def _parts(text: str) -> list[str]:
    """Give the parts of a header in several languages or with a remark, normalised: around brackets, slash, line."""
    for sign in "()\n\r|–—（）":
        text = text.replace(sign, "/")
    return [part for part in map(_bare, text.replace(" - ", "/").split("/")) if part]
