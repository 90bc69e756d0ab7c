"""Which tests judge the faults of a part: what pyproject.toml names, else the tests that mirror the part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

PROGRAM, TESTS = Path("sheetsync"), Path("tests")


def tests_of(parts: Iterable[Path], stated: Sequence[str], named: Sequence[str], project: Path) -> list[str]:
    """Give the files and folders of tests for some parts of the program, each once.

    Parts below one of the stated paths are judged by the tests that are named for those; any other folder by the
    folder of tests of its own name, a file by the tests of its folder, and a file at the top by the tests at the top.
    """
    found: list[str] = []
    for part in parts:
        if any(part.is_relative_to(path) for path in stated):
            found += named
        else:
            found += _mirrored(part, project)
    return list(dict.fromkeys(found))


def _mirrored(part: Path, project: Path) -> list[str]:
    folder = part if (project / part).is_dir() else part.parent
    mirror = TESTS / folder.relative_to(PROGRAM)
    if mirror == TESTS and folder != part:
        return sorted(str(file.relative_to(project)) for file in (project / TESTS).glob("test_*.py"))
    while not (project / mirror).is_dir():
        mirror = mirror.parent
    return [str(mirror)]
