# ruff: noqa: S311 - the sheets are to be the same every time, and keep no secret
"""Makes worksheets of the largest sizes that Excel knows, and texts without end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random

from sheetsync.workbook import Area, CellValue, Worksheet

HEAD: Sequence[CellValue] = ["Objective", "Key result", "Owner", "Target", "Current", "Unit"]
ROW: Sequence[CellValue] = ["Grow", "Revenue up a lot", "Ann Lee", 10, 5, "%"]
WORDS: Sequence[CellValue] = ["alpha", "target", "KPI", "x", "Mục tiêu", "12%", "", None, 3, 4.5, "Owner", "Weight"]


def noise(rows: int, columns: int) -> list[list[CellValue]]:
    """Make cells that mean nothing, among them many words that stand in headers."""
    random = Random(f"{rows} {columns}")
    return [[random.choice(WORDS) for _ in range(columns)] for _ in range(rows)]


def merged(times: int) -> Worksheet:
    """Make many merged cells down a column."""
    areas = tuple(Area(row, 1, row + 1, 1) for row in range(2, 200 * times, 2))
    return Worksheet("S", [HEAD, *[ROW] * 200 * times], merges=areas)


def months(times: int) -> Worksheet:
    """Make a column for each month of centuries."""
    named: list[CellValue] = [f"{month % 12 + 1}/{2000 + month // 12}" for month in range(130 * times)]
    amounts: list[CellValue] = ["Revenue", *range(130 * times)]
    return Worksheet("S", [["KPI", *named], *[amounts] * 4])


def long_cells(times: int) -> Worksheet:
    """Make cells as long as they may be."""
    long: Sequence[CellValue] = ["a" * 32_767, "b " * 16_000, "1" * 32_767, 1, 2, "%"]
    return Worksheet("S", [HEAD, *[long] * times])


def long_headers(times: int) -> Worksheet:
    """Make headers that go on and on."""
    return Worksheet("S", [["Objective " * 3_000, "Key result", "Target", "Current"], ["a", "b", 1, 2]] * times)


def formatted(times: int) -> Worksheet:
    """Make thousands of formatted but empty columns."""
    return Worksheet("S", [[*HEAD, *[None] * 2414], *[[*ROW, *[""] * 2414]] * 30 * times])


SIZES: Mapping[str, Callable[[int], Worksheet]] = {
    "noise": lambda times: Worksheet("S", noise(100 * times, 60)),
    "a header over many rows": lambda times: Worksheet("S", [HEAD, *[ROW] * 1_000 * times]),
    "as many columns as there may be": lambda times: Worksheet("S", noise(4 + times // 4, 16_384)),
    "many headers": lambda times: Worksheet("S", [HEAD, ROW, []] * 60 * times),
    "labels down the side": lambda times: Worksheet("S", [[f"Thing {row}", "x", 1] for row in range(1_000 * times)]),
    "empty rows above": lambda times: Worksheet("S", [*[[None] * 5] * 1_000 * times, HEAD, ROW, ROW]),
    "merged cells": merged,
    "months without end": months,
    "long cells": long_cells,
    "long headers": long_headers,
    "formatted columns": formatted,
}
"""Each makes more the more ``times`` it is told; 1,000 times are about the largest that is possible."""
