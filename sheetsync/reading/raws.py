"""The raw values of a column on their way to a meaning: what counts as empty, and what words and lists say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sheetsync.cell_text import cell_text, cell_texts
from sheetsync.language import normalise
from sheetsync.reading.words import Words
from sheetsync.record import NamedTuple
from sheetsync.workbook import Area, Cell, CellValue

Values = list[Any]
Raws = list[CellValue]

_LONGEST_BLANK_WORD = 20
_LONGEST_PLACEHOLDER = 200


class Cleaned(NamedTuple):
    """The raw values of a column with what means nothing as None; ``odd`` are the texts that are worth a word.

    ``odd`` maps a text to ``placeholder`` (taken as empty) or ``error`` (of a formula; it stays).
    """

    raws: Raws
    odd: dict[str, str]


def cleaned(raws: Raws, words: Words) -> Cleaned:
    """Take white space, words for nothing and placeholders as empty; in most columns no text begins like one."""
    openings = words.blank_starts
    starts = {raw[:2] for raw in raws if raw.__class__ is str}
    starts = {start for start in starts if normalise(start)[:2] in openings or not start.isprintable()}
    if not starts:
        return Cleaned(raws, {})
    empty, odd = set(), {}
    for raw in {raw for raw in raws if isinstance(raw, str) and raw[:2] in starts}:
        kind = _kind(raw, words)
        if kind in ("blank", "placeholder"):
            empty.add(raw)
        if kind in ("error", "placeholder"):
            odd[raw] = kind
    return Cleaned([None if raw in empty else raw for raw in raws] if empty else raws, odd)


def _kind(raw: str, words: Words) -> str | None:
    if not cell_text(raw).strip():
        return "blank"
    plain = normalise(raw) if len(raw) <= _LONGEST_BLANK_WORD else ""
    if plain in words.blanks:
        return "blank"
    if plain in words.errors:
        return "error"
    if len(raw) > _LONGEST_PLACEHOLDER or (rest := words.placeholders.sub("", raw)) == raw:
        return None
    return None if any(sign.isalnum() for sign in rest) else "placeholder"


def fill(cells: list[Cell[Any]], rows: Sequence[int], areas: Sequence[Area]) -> None:
    """Let a merged cell speak for the rows that it covers, with its own place."""
    if not areas:
        return
    places = {row: place for place, row in enumerate(rows)}
    for area in areas:
        top = places.get(area.first_row)
        for row in range(area.first_row + 1, area.last_row + 1):
            if top is not None and row in places:
                cells[places[row]] = cells[top]


def text_of(raw: CellValue) -> str | None:
    """Give a value as the text that people see; None where there is none."""
    if isinstance(raw, str):
        return cell_text(raw).strip() or None
    if isinstance(raw, bool):
        return str(raw).upper()
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, datetime) and not (raw.hour or raw.minute or raw.second):
        return raw.date().isoformat()
    return None if raw is None else str(raw)


def texts_of(raws: Raws, column: int) -> Values:
    """Give a column of texts."""
    del column
    return [raw.strip() if raw.__class__ is str else text_of(raw) for raw in cell_texts(raws)]


def remembered(raws: Raws, read: Callable[[CellValue], Any]) -> Values:
    """Read each text once; a column of words holds the same few over and over."""
    known: dict[str, Any] = {}
    found: Values = []
    for raw in raws:
        if raw is None:
            found.append(None)
        elif isinstance(raw, str):
            if raw not in known:
                known[raw] = read(raw)
            found.append(known[raw])
        else:
            found.append(read(raw))
    return found


def links_of(raw: CellValue) -> tuple[str, ...] | None:
    """Read the ids or titles that a row is aligned to, parted by semicolons, lines or commas."""
    text = (text_of(raw) or "").replace("\n", ";").replace(",", ";")
    return tuple(part.strip() for part in text.split(";") if part.strip()) or None


def codes_of(raw: CellValue) -> frozenset[str] | None:
    """Read the codes of the rules that a row ignores."""
    text = (text_of(raw) or "").upper()
    for sign in ",;/\n":
        text = text.replace(sign, " ")
    return frozenset(text.split()) or None
