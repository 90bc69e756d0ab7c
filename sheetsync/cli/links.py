"""Links to cells, for workbooks that can be opened in a browser; files have them where the configuration says how.

A terminal that understands it shows a cell as a link (OSC 8), so that lines stay short. Elsewhere the address stands
at the end of the line, where mail and logs make a link of it.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping

from sheetsync.cli.screen import flowed
from sheetsync.workbook import CellRef

NO_BREAK = "\u00a0"


def cell_link(links: Mapping[str, str], ref: CellRef | None) -> str | None:
    """Give the address that opens a cell, from the addresses of its workbook's worksheets; None for a file."""
    return _link(links, ref.sheet, ref.a1) if ref is not None else None


def named_link(links: Mapping[str, str], text: str | None) -> str | None:
    """Give the address of a cell that is named as text, ``OKR!F12`` or ``'My sheet'!F12``."""
    sheet, mark, a1 = (text or "").rpartition("!")
    if len(sheet) > 1 and sheet.startswith("'") and sheet.endswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    return _link(links, sheet, a1) if mark else None


def placed_link(address: str, ref: CellRef | None) -> str:
    """Give the address of a cell of a file, from that of its workbook with {sheet} and {cell} for its place.

    Without a cell the places stay empty.
    """
    from urllib.parse import quote

    sheet, cell = ("", "") if ref is None else (ref.sheet.replace("'", "''"), ref.a1)
    return address.replace("{sheet}", quote(sheet, safe="")).replace("{cell}", cell)


def _link(links: Mapping[str, str], sheet: str, a1: str) -> str | None:
    address = links.get(sheet)
    return f"{address}&range={a1}" if address else None


def addresses(links: Mapping[str, str], cells: Iterable[CellRef | str | None]) -> dict[str, str]:
    """Give the address of each cell by the text that names it; cells without one are left out."""
    if not links:
        return {}
    told = ((str(cell), named_link(links, str(cell))) for cell in cells if cell is not None)
    return {text: link for text, link in told if link is not None}


def clickable() -> bool:
    """Say whether the terminal may be sent links: not a pipe, not a dumb one, and nobody asked for plain text."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def linked(line: str, known: Mapping[str, str]) -> str:
    """Give a line as it is to be printed, with the addresses of the cells that it names (``known`` by their texts)."""
    pattern = _pattern(known)
    named = pattern.findall(line) if pattern else []
    if pattern is None or not named:
        return flowed(line)
    if not clickable():
        # At a plain terminal the address has a line of its own, so that it can be copied whole.
        return flowed(line) + ("\n    " if sys.stdout.isatty() else "  ") + known[named[0]]
    # Lines are broken by the width that is seen, so the sequences come last; until then each name is one word.
    parted = pattern.sub(lambda found: found[0].replace(" ", NO_BREAK), line)
    shown = {text.replace(" ", NO_BREAK): text for text in named}
    again = _pattern(shown)
    assert again is not None  # noqa: S101 - there are names
    return again.sub(lambda found: _osc8(shown[found[0]], known[shown[found[0]]]), flowed(parted))


def _pattern(texts: Iterable[str]) -> re.Pattern[str] | None:
    """Find any of the texts, the longest first, but not A1 in AA1 or in A12."""
    ordered = sorted(texts, key=len, reverse=True)
    return re.compile(rf"(?<![\w'!])(?:{'|'.join(map(re.escape, ordered))})(?!\d)") if ordered else None


def _osc8(text: str, link: str) -> str:
    """Make a text a link of the terminal's; what could end the sequence too early is left out of the address."""
    address = "".join(char for char in link if char.isprintable() and char.isascii())
    return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\"
