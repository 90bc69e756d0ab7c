"""Which of the user's formulas depend on cells that were written, so that their cached values are stale.

The answer is by column and errs on the safe side: a formula counts where it may refer to a written column, directly,
through a name or an Excel table, or through another such formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import attrgetter

from sheetsync.backends.excel import limits
from sheetsync.backends.excel.formulas import Group
from sheetsync.backends.excel.markup import unescaped
from sheetsync.backends.excel.reader import Opened
from sheetsync.backends.excel.targets import SheetTargets
from sheetsync.record import NamedTuple
from sheetsync.workbook import CellRef, column_number

EXAMPLES = 3


class Columns(NamedTuple):
    """Columns that a formula refers to. ``sheet`` is empty for its own worksheet, ``*`` for any."""

    sheet: str
    first: int
    last: int


class Mentions(NamedTuple):
    """What the text of a formula mentions: columns, and words that may name a range or an Excel table."""

    columns: tuple[Columns, ...]
    words: frozenset[str]


class Stale(NamedTuple):
    """Formulas whose cached values are stale: how many, the first few, and all of them by worksheet."""

    formulas: int = 0
    examples: tuple[CellRef, ...] = ()
    groups: tuple[tuple[str, Group], ...] = ()


@lru_cache(maxsize=1)
def _tokens() -> re.Pattern[str]:
    """Match sheet and reference, or a word. Numbers are ``#`` in a pattern, so ``T6`` is ``T#``."""
    sheet = r"(?:'((?:[^']|'')+)'!|([^\W\d][\w.#]*(?::[^\W\d][\w.#]*)?)!)?"
    cells = r"\$?([A-Z]{1,3})\$?#(?::\$?([A-Z]{1,3})\$?#)?"
    columns = r"\$?([A-Z]{1,3}):\$?([A-Z]{1,3})"
    rows = r"(\$?#:\$?#)"
    return re.compile(rf"(?<![\w.$#\]!]){sheet}(?:(?:{cells}|{columns}|{rows})(?![\w.#(])|([^\W\d][\w.#\\]*+)(?!\())")


@lru_cache(maxsize=65_536)
def mentions(pattern: bytes) -> Mentions:
    """Read the pattern of a formula (see ``formulas``): what it mentions, text in quotes left out."""
    text = re.sub(r'"[^"]*"', '""', unescaped(pattern))
    columns: list[Columns] = []
    words: set[str] = set()
    for found in _tokens().finditer(text):
        quoted, plain, left, right, first, last, rows, word = found.groups()
        sheet = sheet_key((quoted or plain or "").replace("''", "'"))
        if "[" in sheet:
            continue  # another workbook
        sheet = "*" if ":" in sheet else sheet
        if word:
            words.add(word.casefold())
        elif rows:
            columns.append(Columns(sheet, 1, limits.COLUMNS))
        else:
            ends = column_number(left or first), column_number(right or last or left or first)
            columns.append(Columns(sheet, min(ends), max(ends)))
    return Mentions(tuple(columns), frozenset(words))


@lru_cache(maxsize=1024)
def sheet_key(name: str) -> str:
    """Give a worksheet's name as it appears in patterns."""
    return re.sub("[0-9]+", "#", name).casefold()


def stale_formulas(opened: Opened, targets: Iterable[SheetTargets]) -> Stale:
    """Find the formulas that depend on the columns that were written."""
    groups = [(facts.part.name, group) for facts in opened.sheets for group in facts.survey.formulas.groups()]
    if not groups:
        return Stale()
    dirty: dict[str, set[int]] = {}
    for own in targets:
        dirty.setdefault(sheet_key(own.facts.part.name), set()).update(map(attrgetter("column"), own.updates))
    stale = _closure(groups, dirty, _known_words(opened))
    cells = sorted((sheet, row, group.column) for sheet, group in stale for row in group.rows[:EXAMPLES])
    count = sum(len(group.rows) for _, group in stale)
    return Stale(count, tuple(CellRef(*cell) for cell in cells[:EXAMPLES]), tuple(stale))


def _closure(
    groups: list[tuple[str, Group]], dirty: dict[str, set[int]], words: dict[str, tuple[Columns, ...]]
) -> list[tuple[str, Group]]:
    """Mark groups until nothing new is found: what depends on a stale formula is stale as well."""
    waiting = groups
    stale: list[tuple[str, Group]] = []
    while True:
        found = [own for own in waiting if _touches(own[1], sheet_key(own[0]), dirty, words)]
        if not found:
            return stale
        taken = set(map(id, found))
        waiting = [own for own in waiting if id(own) not in taken]
        stale += found
        for sheet, group in found:
            dirty.setdefault(sheet_key(sheet), set()).add(group.column)


def _touches(group: Group, own: str, dirty: dict[str, set[int]], words: dict[str, tuple[Columns, ...]]) -> bool:
    seen = mentions(group.pattern)
    named = (columns for word in seen.words if word in words for columns in words[word])
    return any(_hits(columns, own, group.shift, dirty) for columns in (*seen.columns, *named))


def _hits(columns: Columns, own: str, shift: int, dirty: dict[str, set[int]]) -> bool:
    """Say whether columns are written. A shared formula may be shifted: its fixed columns are not, so both count."""
    sheets = dirty if columns.sheet == "*" else (columns.sheet or own,)
    first, last = columns.first + min(shift, 0), columns.last + max(shift, 0)
    return any(any(first <= column <= last for column in dirty.get(sheet, ())) for sheet in sheets)


def _known_words(opened: Opened) -> dict[str, tuple[Columns, ...]]:
    """Give the columns behind each defined name and each Excel table; names may refer to names."""
    texts = {
        name.name.casefold(): mentions(re.sub(rb"[0-9]+", b"#", name.text.encode())) for name in opened.package.names
    }
    words = {name: tuple(_columns_of(name, texts, 8)) for name in texts}
    for facts in opened.sheets:
        for name, area in facts.tables:
            columns = Columns(sheet_key(facts.part.name), area.first_column, area.last_column)
            words[sheet_key(name)] = (columns,)
    return {sheet_key(name): columns for name, columns in words.items()}


def _columns_of(name: str, texts: dict[str, Mentions], depth: int) -> Iterator[Columns]:
    if depth == 0 or name not in texts:
        return
    yield from texts[name].columns
    for word in texts[name].words:
        yield from _columns_of(word, texts, depth - 1)
