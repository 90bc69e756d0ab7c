"""The languages: one TOML file each with texts, header words, value words, and number and date marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sheetsync.plain_toml import LONG, parse

_FOLDER = Path(__file__).parent
_LONG = LONG.encode()


class Locale(Mapping[str, Any]):
    """What one language's file says, or one of its tables. Each table is parsed when it is first asked for.

    A run that finds nothing wrong never needs the texts of the rules, which are most of the file: they stay bytes.
    """

    def __init__(self, lines: bytes, tables: Iterable[tuple[bytes, bytes]]) -> None:
        """Take the lines before the first table, and the tables by their names, such as ``headers.okr``.

        A table is given from its name on (``headers.okr]``). What stands in another one, as ``headers.okr`` and
        ``headers.kpi``, may stand in several places.
        """
        self._known = parse(lines.decode())
        self._tables: dict[str, list[tuple[bytes, bytes]]] = {}
        for path, table in tables:
            name, _, rest = path.partition(b".")
            self._tables.setdefault(name.decode(), []).append((rest, table))
        self._names = (*self._known, *self._tables)

    def __getitem__(self, name: str) -> Any:
        if name not in self._known:
            tables = self._tables[name]
            own = b"\n".join(table.partition(b"]")[2] for path, table in tables if not path)
            deeper = [one for one in tables if one[0]]
            self._known[name] = Locale(own, deeper) if deeper else parse(own.decode())
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


@cache
def load(language: str) -> Mapping[str, Any]:
    """Give everything that a language's file says, read once per process; LookupError where there is no such file."""
    if language not in languages():
        raise LookupError(f"no language {language!r}; there are {', '.join(languages())}")
    return _read(_FOLDER / f"{language}.toml")


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
    return (*map(load, languages()), *map(_read, read))


def _read(path: Path) -> Locale:
    data = path.read_bytes()
    head, *rest = (data.replace(b"\r\n", b"\n") if b"\r" in data else data).split(b"\n[")
    return Locale(head, [(table[: table.find(b"]")], table) for table in _whole(rest)])


def _whole(pieces: Iterable[bytes]) -> list[bytes]:
    """Give each table from its name on; what looks like one in a text of several lines is none."""
    tables: list[bytes] = []
    quoted = False
    for piece in pieces:
        if quoted:
            tables[-1] += b"\n[" + piece
        else:
            tables.append(piece)
        if piece.count(_LONG) % 2:
            quoted = not quoted
    return tables
