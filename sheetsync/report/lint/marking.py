"""Marks every element of templates with where it is written, so that a flaw in a mail can be told by file and line.

The marks are put into copies: ``company.html.j2`` gets ``<td data-at=2:14 …>`` for a cell of its line 14.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import copytree

from sheetsync.record import NamedTuple
from sheetsync.report.lint.flaws import MARK

_PIECES = re.compile(
    r"(?P<left>\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->)|<(?P<tag>[a-zA-Z][a-zA-Z0-9]*)(?=[\s>/{])", re.DOTALL
)
_LARGEST = 1_000_000
"""Bytes of a template that are marked; a longer one is nothing that a person wrote."""


class Marked(NamedTuple):
    """Copies of folders of templates, and the files that the numbers in the marks stand for."""

    folders: tuple[Path, ...]
    files: tuple[Path, ...]

    def place(self, mark: str) -> str:
        """Give file and line of a mark; empty for a mark that is none of ours."""
        number, _, line = mark.partition(":")
        if not (number.isdecimal() and line.isdecimal() and int(number) < len(self.files)):
            return ""
        return f"{self.files[int(number)]}:{line}"

    def of_copy(self, path: str, originals: Sequence[Path]) -> str:
        """Give the place in the original of a place in a copy; any other place as it is."""
        for copy, original in zip(self.folders, originals, strict=True):
            if path.startswith(str(copy)):
                return f"{original}{path.removeprefix(str(copy))}"
        return path


def marked(folders: Sequence[Path], target: Path) -> Marked:
    """Copy folders below ``target``, each under its place in the order, with every HTML template below ``email/`` marked.

    Raises OSError where one cannot be read or written.
    """
    copies, files = [], list[Path]()
    for number, folder in enumerate(folders):
        copy = target / str(number)
        copytree(folder, copy, symlinks=True)
        copies.append(copy)
        for path in sorted((copy / "email").rglob("*.html.j2")):
            if path.is_file() and not path.is_symlink() and path.stat().st_size <= _LARGEST:
                source = path.read_text(encoding="utf-8", errors="surrogateescape")
                text = "".join(_marked(source, len(files)))
                path.write_text(text, encoding="utf-8", errors="surrogateescape", newline="")
                files.append(folder / path.relative_to(copy))
    return Marked(tuple(copies), tuple(files))


def _marked(source: str, number: int) -> Iterator[str]:
    """Put a mark behind the name of each tag that is neither a comment nor a piece of Jinja."""
    done, line = 0, 1
    for found in _PIECES.finditer(source):
        line += source.count("\n", done, found.start())
        yield source[done : found.start()]
        yield found[0] if found["left"] is not None else f"{found[0]} {MARK}={number}:{line}"
        done = found.start()
        line += source.count("\n", done, found.end())
        done = found.end()
    yield source[done:]
