"""The languages: one TOML file each with texts, header words, value words, and number and date marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent


class Locale(Mapping[str, Any]):
    """What one language's file says. Each top-level section is parsed when it is first asked for.

    A run that finds nothing wrong never needs the texts of the rules, which are most of the file.
    """

    def __init__(self, text: str) -> None:
        """Take the text of a file in which every top-level section stands in one piece or several."""
        self._sources = _split(text)
        self._parsed: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._parsed:
            self._parsed[name] = _parse(name, self._sources[name])
        return self._parsed[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)


@cache
def load(language: str) -> Mapping[str, Any]:
    """Give everything that a language's file says, read once per process; LookupError where there is no such file."""
    if language not in languages():
        raise LookupError(f"no language {language!r}; there are {', '.join(languages())}")
    return Locale((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


@cache
def languages() -> tuple[str, ...]:
    """Give the codes of all languages, in alphabetical order."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def _parse(name: str, source: str) -> Any:
    """Parse one section; one of plain ``key = "text"`` and ``key = ["word", ...]`` lines on a way ten times as fast."""
    from json import JSONDecodeError, loads

    found: dict[str, Any] = {}
    table = found
    for line in source.splitlines():
        key, equals, value = line.partition(" = ")
        try:
            if equals and key.replace("_", "").replace("-", "").isalnum() and value[:1] in ('"', "["):
                table[key] = loads(value)
                continue
        except JSONDecodeError:
            return _parse_toml(name, source)
        if line.startswith("[") and line.endswith("]") and '"' not in line:
            table = found
            for part in line.strip("[]").split("."):
                table = table.setdefault(part, {})
        elif line and not line.startswith("#"):
            return _parse_toml(name, source)
    return found.get(name, found)


def _parse_toml(name: str, source: str) -> Any:
    import tomllib

    return tomllib.loads(source)[name]


def _split(text: str) -> dict[str, str]:
    """Give the source of every top-level name; a section starts at a line such as ``[headers.okr]``."""
    sources: dict[str, list[str]] = {}
    section, quoted = "", False
    for line in text.splitlines(keepends=True):
        if not quoted and line.startswith("["):
            section = line.strip("[] \n").split("]", 1)[0].split(".", 1)[0].strip()
        elif not quoted and not section and line[:1].isalpha():
            sources[line.split("=", 1)[0].strip()] = [line]
            continue
        if line.count('"""') % 2:
            quoted = not quoted
        if section:
            sources.setdefault(section, []).append(line)
    return {name: "".join(lines) for name, lines in sources.items()}
