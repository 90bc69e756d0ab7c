"""The languages: one TOML file each with texts, header words, value words, and number and date marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sheetsync.plain_toml import LONG, parse

_FOLDER = Path(__file__).parent


class Locale(Mapping[str, Any]):
    """What one language's file says. Each top-level section is parsed when it is first asked for.

    A run that finds nothing wrong never needs the texts of the rules, which are most of the file.
    """

    def __init__(self, text: str) -> None:
        """Take the text of a file; a top-level section may stand in several places."""
        head, self._sources = _split(text)
        self._parsed = parse(head)
        self._names = (*self._parsed, *self._sources)

    def __getitem__(self, name: str) -> Any:
        if name not in self._parsed:
            self._parsed[name] = parse("\n".join(self._sources[name]))[name]
        return self._parsed[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


@cache
def load(language: str) -> Mapping[str, Any]:
    """Give everything that a language's file says, read once per process; LookupError where there is no such file."""
    if language not in languages():
        raise LookupError(f"no language {language!r}; there are {', '.join(languages())}")
    return Locale((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


@cache
def languages() -> tuple[str, ...]:
    """Give the codes of all languages, in alphabetical order."""
    return tuple(sorted(path.stem for path in _FOLDER.iterdir() if path.suffix == ".toml"))


@cache
def word_lists() -> tuple[Mapping[str, Any], ...]:
    """Give the words for headers and cells of every language: those that we speak, and those that we only read.

    A language that is only read is one file in ``words/``, with ``[columns]``, ``[also]`` and ``[cells]``. Those of the
    languages that we speak stand there too, beyond what every run looks for, so that no other run reads them.
    """
    read = sorted((_FOLDER / "words").glob("*.toml"))
    return (*map(load, languages()), *(Locale(path.read_text(encoding="utf-8")) for path in read))


def _split(text: str) -> tuple[str, dict[str, list[str]]]:
    """Give what stands before the first table, and the tables by their top-level name, such as ``[headers.okr]``."""
    head, *tables = text.split("\n[")
    sources: dict[str, list[str]] = {}
    section: list[str] = []
    quoted = False
    for table in tables:
        if quoted:  # what looked like a table is a line of a long text
            section[-1] += "\n[" + table
        else:
            name = table.partition("]")[0].partition(".")[0]
            section = sources.setdefault(name, [])
            section.append("[" + table)
        if table.count(LONG) % 2:
            quoted = not quoted
    return head, sources
