"""Notes on our own cells that tell the findings of their row, where somebody wants them.

A note of ours is known by its last line: our name, and a checksum of what stands above it. So a note in which somebody
wrote a word of their own is theirs from then on, and no history is needed to know it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from zlib import crc32

from sheetsync.cell_text import cell_text
from sheetsync.language import Phrases
from sheetsync.results import Finding, Severity
from sheetsync.rules import message
from sheetsync.workbook import Annotations, CellRef, NoteUpdate, Workbook
from sheetsync.writeback.plan import Plan, Shelf

PLACES = ("why", "status")
"""The columns on whose cells notes stand, the best first."""

MOST = 5
"""Findings that one note tells; the others are counted."""

LONGEST = 300
"""Characters of one finding in a note."""

KEPT, UNWRITABLE = "DR510", "DR511"
"""The findings of a cell whose note is somebody else's, and of a worksheet that takes no notes."""

_SIGNATURE = re.compile(r"\s*— sheetsync ([0-9a-f]{8})\s*\Z")
_WEIGHTS = {severity: weight for weight, severity in enumerate(Severity)}

Places = Mapping[tuple[int, int], str]


def signed(text: str) -> str:
    """Give a text with the line by which it is known as ours."""
    return f"{text}\n— sheetsync {_checksum(text)}"


def is_ours(text: str) -> bool:
    """Say whether a note is ours, word by word; how its lines are broken does not matter."""
    found = _SIGNATURE.search(text)
    return found is not None and _checksum(text[: found.start()]) == found.group(1)


def _checksum(text: str) -> str:
    """Give a checksum of the words of a text: programs keep them, and not always the white space between them."""
    return f"{crc32(' '.join(text.split()).encode('utf-8', 'replace')):08x}"


def plan_notes(
    workbook: Workbook, plan: Plan, findings: Iterable[Finding], phrases: Phrases, *, wanted: bool
) -> tuple[tuple[NoteUpdate, ...], tuple[Finding, ...]]:
    """Say which notes to write so that each row's tells its findings, and which findings that gives in turn.

    Where they are not ``wanted``, those that are there and ours are taken away.
    """
    if not plan.shelves:
        return (), ()
    told_at = _by_item(plan.shelves, findings) if wanted else {}
    updates: list[NoteUpdate] = []
    noticed: list[Finding] = []
    for name, shelves in _by_sheet(plan.shelves).items():
        sheet = next((own for own in workbook.sheets if own.name == name), None)
        told = sheet.annotated() if sheet is not None else Annotations()
        texts = _wanted(shelves, told_at, phrases)
        if told.refusal is not None:
            noticed += _refused(name, texts)
            continue
        kept = [place for place in sorted(texts) if _is_kept(told, place)]
        noticed += [Finding(KEPT, Severity.HINT, CellRef(name, *place), {}) for place in kept]
        updates += _updates(name, told, _without(texts, kept), _columns(shelves))
    return tuple(updates), tuple(noticed)


def _by_item(shelves: Sequence[Shelf], findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Sort findings by the key of the item that they are told at, the gravest first.

    That is the item in whose row the cell stands; where that is none's, or several items share the row (as where each
    has a column), it is the item that the finding is about.
    """
    keys: dict[tuple[str, int], set[str]] = {}
    for shelf in shelves:
        for row, item in zip(shelf.rows, shelf.items, strict=True):
            keys.setdefault((item.sheet, item.row), set()).add(item.key)
            keys.setdefault((shelf.sheet, row), set()).add(item.key)
    told: dict[str, list[Finding]] = {}
    for finding in findings:
        in_row = keys.get(finding.cell[:2], set()) if finding.cell is not None else set()
        key = next(iter(in_row)) if len(in_row) == 1 else finding.item
        if key is not None:
            told.setdefault(key, []).append(finding)
    for own in told.values():
        own.sort(key=lambda finding: (_WEIGHTS[finding.severity], finding.code, finding.cell or ()))
    return told


def _by_sheet(shelves: Sequence[Shelf]) -> dict[str, list[Shelf]]:
    sheets: dict[str, list[Shelf]] = {}
    for shelf in shelves:
        sheets.setdefault(shelf.sheet, []).append(shelf)
    return sheets


def _wanted(
    shelves: Sequence[Shelf], told_at: Mapping[str, Sequence[Finding]], phrases: Phrases
) -> dict[tuple[int, int], str]:
    """Give the text of each note by its place."""
    texts: dict[tuple[int, int], str] = {}
    for shelf in shelves if told_at else ():
        column = next((shelf.columns[concept] for concept in PLACES if concept in shelf.columns), None)
        for row, item in zip(shelf.rows, shelf.items, strict=True) if column is not None else ():
            own = told_at.get(item.key)
            if own and column is not None:
                texts[row, column] = signed(_told(own, phrases))
    return texts


def _told(findings: Sequence[Finding], phrases: Phrases) -> str:
    lines = list(dict.fromkeys(_line(finding, phrases) for finding in findings))
    if len(lines) > MOST:
        lines[MOST:] = [phrases.text("note.more", count=len(lines) - MOST)]
    return "\n".join(lines)


def _line(finding: Finding, phrases: Phrases) -> str:
    text = " ".join(cell_text(message(finding, phrases)).split())
    return f"{finding.code}: {text if len(text) <= LONGEST else text[: LONGEST - 1] + '…'}"


def _is_kept(told: Annotations, place: tuple[int, int]) -> bool:
    """Say whether a note stands on a cell that is not ours to change."""
    return place in told.others or (place in told.texts and not is_ours(told.texts[place]))


def _without(texts: Places, kept: Iterable[tuple[int, int]]) -> dict[tuple[int, int], str]:
    left = dict(texts)
    for place in kept:
        del left[place]
    return left


def _columns(shelves: Iterable[Shelf]) -> set[int]:
    return {column for shelf in shelves for column in shelf.columns.values()}


def _updates(sheet: str, told: Annotations, texts: Places, columns: set[int]) -> Iterator[NoteUpdate]:
    """Give the updates of one worksheet: notes that are missing or differ, and ours that nothing is to be told in."""
    for place, text in sorted(texts.items()):
        stands = told.texts.get(place, "")
        if stands.split() != text.split():
            yield NoteUpdate(sheet, *place, stands, text)
    for place, stands in sorted(told.texts.items()):
        if place[1] in columns and place not in texts and place not in told.others and is_ours(stands):
            yield NoteUpdate(sheet, *place, stands, "")


def _refused(sheet: str, texts: Places) -> list[Finding]:
    """Report once that a worksheet takes no notes."""
    first = min(texts, default=None)
    return [] if first is None else [Finding(UNWRITABLE, Severity.HINT, CellRef(sheet, *first), {})]
