"""Takes the HTML and the style sheets of a mail apart, as far as the lint looks into them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser

from sheetsync.report.lint.flaws import MARK, Declaration, Element, Page, StyleRule

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
"""Elements that never have an end."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_MARKS = re.compile(rf'\s{MARK}=(?:"[^"]*"|[^\s>]*)')
_PIECE = re.compile(r""""[^"]*"|'[^']*'|\([^()]*\)|[^;{}"'(]+|.""", re.DOTALL)


def unmarked(html: str) -> str:
    """Give the HTML as it is without our marks."""
    return _MARKS.sub("", html)


def page_of(html: str) -> Page:
    """Take a mail apart. Whatever a browser would mend is taken as it stands."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    title = "".join(text for name, text in reader.texts if name == "title").strip()
    sheets = tuple((reader.elements[place], text) for place, text in reader.sheets)
    return Page(tuple(reader.elements), sheets, title, len(unmarked(html).encode()))


class _Reader(HTMLParser):
    """Collects elements in the order of the text, with what is open around each."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.sheets: list[tuple[int, str]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        at = told.pop(MARK, "") or (self._open[-1].at if self._open else "")
        table = next((one.number for one in reversed(self._open) if one.name == "table"), 0)
        parents = tuple(one.name for one in self._open)
        element = Element(tag, told, parents, len(self.elements) + 1, table, at)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        places = [place for place, one in enumerate(self._open) if one.name == tag]
        if places:
            del self._open[places[-1] :]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if not self._open:
            return
        inside = self._open[-1]
        self.texts.append((inside.name, data))
        if inside.name == "style":
            self.sheets.append((inside.number - 1, data))


@lru_cache(maxsize=4096)
def declarations(text: str) -> tuple[Declaration, ...]:
    """Give what a ``style`` attribute or the body of a rule says."""
    found = []
    for one in _split(_COMMENT.sub("", text), ";"):
        name, colon, value = one.partition(":")
        if colon and name.strip():
            found.append(Declaration(name.strip().lower(), " ".join(value.split())))
    return tuple(found)


def rules(sheet: str) -> Iterator[StyleRule]:
    """Give the rules of a style sheet, those inside of others too."""
    yield from _rules(_COMMENT.sub("", sheet).replace("<!--", "").replace("-->", ""), ())


def _rules(text: str, around: tuple[str, ...]) -> Iterator[StyleRule]:
    head, place, pieces = "", 0, [(found[0], found.start()) for found in _PIECE.finditer(text)]
    while place < len(pieces):
        piece, start = pieces[place]
        if piece == "{":
            end = _closing(pieces, place)
            inner = text[start + 1 : pieces[end][1] if end < len(pieces) else len(text)]
            yield from _rule(" ".join(head.split()), inner, around)
            head, place = "", end
        elif piece == ";":
            if head.strip():
                yield StyleRule(" ".join(head.split()), (), around)
            head = ""
        else:
            head += piece
        place += 1
    if head.strip().startswith("@"):
        yield StyleRule(" ".join(head.split()), (), around)


def _rule(head: str, inner: str, around: tuple[str, ...]) -> Iterator[StyleRule]:
    if head.startswith("@") and "{" in inner:
        yield StyleRule(head, (), around)
        yield from _rules(inner, (*around, head))
    else:
        yield StyleRule(head, declarations(inner), around)


def _closing(pieces: list[tuple[str, int]], opened: int) -> int:
    depth = 0
    for place in range(opened, len(pieces)):
        depth += {"{": 1, "}": -1}.get(pieces[place][0], 0)
        if depth == 0:
            return place
    return len(pieces)


def _split(text: str, mark: str) -> Iterator[str]:
    part = ""
    for found in _PIECE.finditer(text):
        if found[0] == mark:
            yield part
            part = ""
        else:
            part += found[0]
    yield part
