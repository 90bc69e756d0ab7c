"""Marks every element of templates with where it is written, so that a flaw in a mail can be told by file and line.

The marks are put into copies: ``company.html.j2`` gets ``<td data-at=2:14 …>`` for a cell of its line 14.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

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
    texts: tuple[str, ...]
    """What stands in the files, without marks."""

    def place(self, mark: str) -> str:
        """Give file and line of a mark; empty for a mark that is none of ours."""
        number, _, line = mark.partition(":")
        if not (number.isdecimal() and line.isdecimal() and int(number) < len(self.files)):
            return ""
        return f"{self.files[int(number)]}:{line}"

    def written(self, style: str) -> str:
        """Give file and line where a property with its value (``display: flex``) is written; empty where nowhere.

        The rule may stand in a style element far from the element that it was put on.
        """
        name, _, value = style.partition(":")
        words = r"\s+".join(re.escape(word) for word in value.split())
        sought = re.compile(rf"(?<![\w-]){re.escape(name.strip())}\s*:\s*{words}(?![\w-])", re.IGNORECASE)
        for file, text in zip(self.files, self.texts, strict=True):
            if (found := sought.search(text)) is not None:
                return f"{file}:{text.count(chr(10), 0, found.start()) + 1}"
        return ""


def marked(folders: Sequence[Path], target: Path) -> Marked:
    """Copy the ``email/`` of folders below ``target``, each folder under its place in the order; HTML is marked.

    Raises OSError where one cannot be read or written.
    """
    files, texts = list[Path](), list[str]()
    copies = tuple(target / str(number) for number in range(len(folders)))
    for folder, copy in zip(folders, copies, strict=True):
        (copy / "email").mkdir(parents=True)
        for path in sorted(folder.glob("email/**/*.j2")):
            text = path.read_text(encoding="utf-8", errors="surrogateescape")
            html = path.name.endswith(".html.j2") and len(text) <= _LARGEST
            if html:
                files.append(path)
                texts.append(text)
            place = copy / path.relative_to(folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            shown = "".join(_marked(text, len(files) - 1)) if html else text
            place.write_text(shown, encoding="utf-8", errors="surrogateescape", newline="")
    return Marked(copies, tuple(files), tuple(texts))


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
