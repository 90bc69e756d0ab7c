"""Rows that may be the header of a table, each with how much speaks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise

from sheetsync.adding import added
from sheetsync.reading.understanding.grid import Cells, Grid
from sheetsync.reading.understanding.headings import plain
from sheetsync.reading.understanding.period_names import HeadPeriod, counted
from sheetsync.record import NamedTuple

_SEARCHED = 250  # filled rows of a worksheet that are looked at even without a blank row above
_NEAR_BLANK = 5
_LONG = 80
_LABEL = re.compile(r"[:：]\s*$|[:：]\s*[._…]{2,}")
_SAYS = re.compile(r"^[^:：]{2,30}[:：]\s*\S")
_NUMBERING = re.compile(r"\(?\s*(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})\s*\)?|[\[(]?\d{1,2}[\])]?\s*=.*|\([\d\w]\)\s*=.*")
_LONGEST_NUMBERING = 20
_FIRST_NUMBER = 3
"""With which the numbers of columns begin at most, the first ones being letters; 90, 91, 92 are months of a KPI."""
_AMOUNT = re.compile(r"[<>=≥≤~+\-−\s$€₫]*\d[\d.,\s]*%?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LEAST = 1.7
_WEAK = {"order": 0.7, "other": 0.5, "notes": 0.8, "name": 0.7, "position": 0.7}
_MOST_PERIODS = 4
_ONE_PERIOD = 0.35
_NAMED = 0.6  # share of the cells of a header that are texts or name periods
_LEAST_ASKING = 3
"""Cells with a colon that make a header, where nothing stands between them, and no person block."""
_STATED = 0.6  # an Excel table or a filter begins there


class Candidate(NamedTuple):
    """A row that may be a header: its score, the concepts that its cells name, and the periods above its columns."""

    row: int
    score: float
    concepts: Mapping[int, str]
    periods: Mapping[int, HeadPeriod]


def candidates(grid: Grid) -> dict[int, Candidate]:
    """Give the rows that may be headers, from top to bottom."""
    found = (candidate(grid, row) for row in _searched(grid))
    return {one.row: one for one in found if one is not None and one.score >= _LEAST}


def candidate(grid: Grid, row: int) -> Candidate | None:
    """Weigh one row as a header; None where too little of it is text."""
    cells = grid.row(row)
    if len(cells) < 2 or _is_of_figures(cells):
        return None
    texts = {column: value for column, value in cells.items() if isinstance(value, str) and not is_amount(value)}
    periods = periods_in(grid, cells)
    named = texts.keys() | periods.keys()
    if len(named) < 2 or len(named) < _NAMED * len(cells):
        return None
    concepts, hits = _hits(grid, texts, periods)
    if len(concepts) < 2 and not (concepts and len(periods) >= 2) and len(periods) < 3:
        return None
    count = min(len(periods), _MOST_PERIODS) if len(periods) >= 2 else 0
    score = hits + _ONE_PERIOD * count
    score *= (len(named) / len(cells)) ** 2
    score -= 0.25 * sum(1 for text in texts.values() if len(text) > _LONG and not text.strip().count("\n"))
    score += _STATED if row in grid.stated_headers else 0.0
    return Candidate(row, score + _below(grid, row, list(cells)), concepts, periods)


def _is_of_figures(cells: Cells) -> bool:
    """Say whether a row can be no header, whatever its texts say: too much of it is figures that count no periods."""
    naming = sum(1 for value in cells.values() if isinstance(value, str | date))
    return naming < _NAMED * len(cells) and not counted(cells)


def periods_in(grid: Grid, cells: Cells) -> dict[int, HeadPeriod]:
    """Give the columns of a row whose cells are names of periods, true dates, or numbers that count months or years."""
    whole = grid.vocabulary.periods.whole
    found = {column: period for column, value in cells.items() if (period := whole(value)) is not None}
    dates = [column for column, period in found.items() if period.kind == "day"]
    if len(dates) == 1:
        del found[dates[0]]
    return {**found, **counted(cells)}


def is_numbering(cells: Cells) -> bool:
    """Say whether a row numbers the columns: (1) (2) (3), or A B C, with formulas such as (5) = (4)/(3)."""
    told = [str(int(value)) if isinstance(value, float) else str(value) for value in cells.values()]
    alike = [text for text in told if _NUMBERING.fullmatch(text.strip())]
    named = any(len(text) > _LONGEST_NUMBERING and "=" not in text for text in told)  # a goal, whatever its numbers are
    if len(told) < 3 or len(alike) < 0.7 * len(told) or named:
        return False
    numbers = [int(match[0]) for text in alike if (match := re.search(r"\d+", text.partition("=")[0]))]
    letters = [text.strip("() ") for text in alike if text.strip("() ").isalpha()]
    rising = sum(1 for one, two in pairwise(numbers) if two - one == 1)
    counts = len(numbers) >= 3 and numbers[0] <= _FIRST_NUMBER and rising >= 0.6 * (len(numbers) - 1)
    return counts or (
        len(letters) >= 3 and [text.casefold() for text in letters] == sorted(text.casefold() for text in letters)
    )


def _searched(grid: Grid) -> Iterator[int]:
    before = -_NEAR_BLANK
    near = _NEAR_BLANK
    for place, row in enumerate(grid.filled):
        near = _NEAR_BLANK if row - before > 1 else near - 1
        before = row
        if place < _SEARCHED or near > 0:
            yield row


def _hits(grid: Grid, texts: Mapping[int, str], periods: Mapping[int, HeadPeriod]) -> tuple[dict[int, str], float]:
    """Give the concept that each cell names and their sum, a concept that comes again counting little."""
    meanings = {}
    asking = 1.0 if len(texts) >= _LEAST_ASKING and all(map(_LABEL.search, texts.values())) else 0.25
    for column, text in texts.items():
        if column not in periods and not _SAYS.match(text):
            told = grid.vocabulary.exactly(text)
            if told:
                meanings[column] = (told, asking if _LABEL.search(text) else 1.0)
    if added(weight for _, weight in meanings.values()) >= 1.5:
        for column, text in texts.items():
            if column not in meanings and column not in periods and len(text) <= _LONG and not _SAYS.match(text):
                told = grid.vocabulary.meanings(text)
                if told:
                    meanings[column] = (told, 0.7)
    concepts: dict[int, str] = {}
    total, taken = 0.0, set[str]()
    for column, (told, weight) in sorted(meanings.items(), key=lambda item: -max(item[1][0].values())):
        concept = max(told, key=lambda name: told[name] - (0.3 if name in taken else 0.0))
        worth = told[concept] * weight * _WEAK.get(concept, 1.0)
        total += worth * (0.25 if concept in taken else 1.0)
        if worth > 0.4 and concept not in taken:
            concepts[column] = concept
        taken.add(concept)
    return concepts, total


def _below(grid: Grid, row: int, columns: list[int]) -> float:
    """Weigh what stands below a header: data in most of its columns speaks for it, nothing in them against it."""
    under: set[int] = set()
    numbers = rows = 0
    for below in range(row + 1, min(row + 9, grid.last + 1)):
        cells = grid.row(below)
        if cells and not is_numbering(cells):
            rows += 1
            under.update(cells)
            numbers += sum(1 for value in cells.values() if not isinstance(value, str))
    if not rows:
        return 0.0
    share = sum(1 for column in columns if column in under) / len(columns)
    return 0.8 * share - 0.4 + (0.3 if numbers else 0.0)


def is_amount(text: str) -> bool:
    """Say whether a text is but a number, as data are and headers are not: 20%, >= 30."""
    return _AMOUNT.fullmatch(text.strip()) is not None and not _YEAR.fullmatch(text.strip())


def text_of(value: object) -> str:
    """Give a header's value as one line of text."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split()) if value is not None else ""


def is_label(text: str) -> bool:
    """Say whether a text asks for a value beside it, as in a person block: it ends with a colon."""
    return bool(_LABEL.search(text)) or bool(_SAYS.match(text))


def begins_with_any(text: str, words: frozenset[str]) -> bool:
    """Say whether a text begins with one of some normalised words."""
    spelled = plain(text)
    tokens = spelled.split()
    return any(" ".join(tokens[:count]) in words for count in range(1, min(len(tokens), 5) + 1))
