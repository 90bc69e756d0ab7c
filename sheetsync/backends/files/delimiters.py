"""Which sign parts the fields of a text file: told by its first lines together, never by the first alone."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Protocol

SIGNS = ("\t", ";", "|", ",")
"""The signs in use; of two that part a text equally well the first counts, as commas also stand in numbers."""
_SAMPLE = 200
"""Rows that are looked at."""
_MOSTLY, _HALF = 0.8, 0.5
_HINT = "sep="


class Rows(Protocol):
    """Rows of fields, with the number of lines that were used up for them so far."""

    @property
    def line_num(self) -> int:
        """The number of lines read."""
        ...

    def __iter__(self) -> Iterator[list[str]]:
        """Give the rows."""
        ...


def told_delimiter(text: str) -> tuple[str, str] | None:
    """Give the sign that a first line ``sep=;`` names, as Excel writes and hides it, with the text after that line."""
    first, _, rest = text.partition("\n")
    sign = first.rstrip("\r")[len(_HINT) :]
    return (sign, rest) if first[: len(_HINT)].lower() == _HINT and len(sign) == 1 and sign not in '"\r' else None


def sniffed_delimiter(lines: Sequence[str]) -> str | None:
    """Give the sign that parts most rows into equally many fields; None where none parts any."""
    weights = {sign: _agreement(lines, sign) for sign in SIGNS}
    best = max(SIGNS, key=lambda sign: weights[sign])
    return best if weights[best] > 0 else None


def parted(lines: Iterable[str], sign: str) -> Rows:
    """Part lines (with their line breaks) into rows of fields; a quoted field may hold signs and line breaks."""
    return csv.reader(lines, delimiter=sign)


def unwrapped(lines: Sequence[str]) -> list[str] | None:
    """Give the lines inside their quotes where whole rows were quoted as one field; None where they were not.

    Some programs export so: ``"1,Sales,2.5"``; others leave the header as it is, or add empty fields behind.
    """
    return next((inner for sign in SIGNS if (inner := _inside(lines, sign)) is not None), None)


def _inside(lines: Sequence[str], sign: str) -> list[str] | None:
    """Take off the quotes of whole rows, if most are quoted so and their fields then come apart."""
    inner: list[str] = []
    rows = wrapped = start = 0
    reader = parted(lines, sign)
    for row in reader:
        raw, start = "".join(lines[start : reader.line_num]), reader.line_num
        told = [field for field in row if field]
        whole = len(told) == 1 and raw.startswith('"') and raw.rstrip(f"\r\n{sign}").endswith('"')
        inner.append(f"{told[0]}\n" if whole else raw)
        rows += 1 if told else 0
        wrapped += 1 if whole else 0
    told_apart = rows > 1 and wrapped >= _MOSTLY * (rows - 1) and sniffed_delimiter(inner[:_SAMPLE]) is not None
    return inner if told_apart else None


def parts_most(lines: Sequence[str], sign: str | None) -> bool:
    """Say whether a sign parts at least half of the first rows that hold anything."""
    told = _filled(lines, sign) if sign is not None else []
    return sum(1 for count in told if count > 1) >= _HALF * sum(1 for count in told if count) > 0


def _filled(lines: Sequence[str], sign: str) -> list[int]:
    """Count the fields with something in them of each of the first rows."""
    return [sum(1 for field in row if field) for row in islice(parted(lines, sign), _SAMPLE)]


def _agreement(lines: Sequence[str], sign: str) -> float:
    """Weigh a sign: the fields that it parts off, times the share of all rows that have that usual number."""
    try:
        rows = [row for row in islice(parted(lines, sign), _SAMPLE) if any(row)]
    except csv.Error:
        return 0.0
    widths = Counter(len(row) for row in rows if sum(1 for field in row if field) > 1)
    if not widths:
        return 0.0
    usual, times = max(widths.items(), key=lambda item: (item[1], item[0]))
    return (usual - 1) * times / len(rows)
