"""Several items in the lines of one cell: bullets, numbers, letters, or just a line for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sheetsync.record import NamedTuple

_MARKS = (
    ("key result", re.compile(r"\s*\(?(?:KR|Key\s+result|Kết\s+quả(?:\s+then\s+chốt|\s+chính)?|O\d+\s*-?\s*KR)"
                              r"\s*#?\d{1,2}(?:[.,]\d{1,2})*\)?\s*(?:[:.)/]|[-–—]\s)?\s*", re.IGNORECASE)),
    ("number", re.compile(r"\s*\(?\d{1,2}(?:[.)/:]|\s[-–—])\)?(?:\s+|(?=[^\W\d_]))")),
    ("number", re.compile(r"\s*(?:\d\ufe0f?\u20e3|[①-⑳]|\d{1,2}、)\s*")),
    ("outline", re.compile(r"\s*\d{1,2}(?:\.\d{1,2})+[.)]?\s+")),
    ("letter", re.compile(r"\s*\(?[a-zA-Z][.)]\s+")),
    ("bullet", re.compile(r"\s*([-–—•●▪■◦○*+·►➢➤✓✔☐→])(?:\s+|(?=[^\W\d_]))")),
)  # fmt: skip
_LAST = re.compile(r"(\d+)\D*$")


class Item(NamedTuple):
    """One of the items of a cell: where its text begins and ends there, without its mark."""

    text: str
    start: int
    end: int


class _Line(NamedTuple):
    start: int
    end: int
    kind: str
    """The kind of its mark; empty where it has none."""
    mark: str
    body: int
    """Where its text begins behind the mark."""


def items_of(text: str) -> tuple[tuple[Item, ...], bool]:
    """Give the items of a cell, and whether marks part them; a cell that is one item gives that one as it stands.

    The first mark says which marks count: others, and lines without any, go on with the item above them. Where no line
    is marked each line is an item, but for one that goes on in lower case or after a comma.
    """
    lines = list(_lines(text))
    first = next((line for line in lines if line.kind), None)
    if first is None:
        return _unmarked(text, lines), False
    starts = [line for line in lines if line.kind == first.kind and (line.kind != "bullet" or line.mark == first.mark)]
    if first.kind == "outline" and not _rising(starts):
        return _unmarked(text, lines), False
    before = [line for line in lines if line.start < first.start]
    if len(starts) == 1 and first is lines[0]:
        return (_item(text, first.body, len(text)),), True
    if len(starts) < 2 or any(not text[line.start : line.end].rstrip().endswith((":", "：")) for line in before):
        return (_item(text, 0, len(text)),), True
    ends = [*(line.start for line in starts[1:]), len(text)]
    return tuple(_item(text, line.body, end) for line, end in zip(starts, ends, strict=True)), True


def lines_of(text: str, count: int) -> tuple[Item, ...]:
    """Give the lines of a cell where there are just so many, without the marks that all of them bear; else nothing."""
    lines = list(_lines(text))
    if text.count("\n") + 1 == count:
        return (
            tuple(_item(text, start, end) for start, end in _spans(text)) if not _marked(lines) else _bare(text, lines)
        )
    if len(lines) == count:
        return _bare(text, lines)
    found, marked = items_of(text)
    return found if marked and len(found) == count else ()


def _bare(text: str, lines: Sequence[_Line]) -> tuple[Item, ...]:
    marked = _marked(lines)
    return tuple(_item(text, line.body if marked else line.start, line.end) for line in lines)


def _marked(lines: Sequence[_Line]) -> bool:
    return bool(lines) and all(line.kind == lines[0].kind != "" for line in lines)


def _lines(text: str) -> Iterator[_Line]:
    """Read the lines of a cell that hold something."""
    for start, end in _spans(text):
        line = text[start:end]
        if not line.strip():
            continue
        for kind, pattern in _MARKS:
            match = pattern.match(line)
            if match is not None and match.end() < len(line.rstrip()):
                yield _Line(start, end, kind, match[0].strip(), start + match.end())
                break
        else:
            yield _Line(start, end, "", "", start)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _rising(lines: Sequence[_Line]) -> bool:
    """Say whether the numbers of lines count on by one: 1.1, 1.2, and not two amounts that happen to begin them."""
    numbers = [int(match[1]) for line in lines if (match := _LAST.search(line.mark))]
    return len(numbers) >= 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _unmarked(text: str, lines: Sequence[_Line]) -> tuple[Item, ...]:
    starts: list[int] = []
    before = ","
    for line in lines:
        told = text[line.start : line.end].strip()
        if not starts or not (told[:1].islower() or before.endswith(",")):
            starts.append(line.start)
        before = told
    ends = [*starts[1:], len(text)][: len(starts)]
    return tuple(_item(text, start, end) for start, end in zip(starts, ends, strict=True))


def _item(text: str, start: int, end: int) -> Item:
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    part = part.strip()
    return Item(part, start, start + len(part))
