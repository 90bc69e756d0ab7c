"""Cells that lead to another cell: a formula of ours that shows the place, and opens it with a click.

A formula that the API is given is read in the spreadsheet's locale: a comma does not part its arguments everywhere, a
semicolon does. What comes back may hold either, so every such formula is compared as we write it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from sheetsync.backends.google.values import FORMULA, Entered
from sheetsync.workbook import text_literal

LINK = "link"
"""The form of an update whose value is a place."""


def link_to(place: str, sheets: Mapping[str, int]) -> Entered:
    """Give the formula that leads to a place such as ``'OKR Q4'!B5``; ``sheets`` are the worksheets' ids.

    A place on a worksheet that is not known is shown, and leads nowhere.
    """
    title, _, cell = place.rpartition("!")
    title = title[1:-1].replace("''", "'") if title.startswith("'") else title
    if title not in sheets:
        return (FORMULA, f"={text_literal(place)}")
    return (FORMULA, f"=HYPERLINK({text_literal(f'#gid={sheets[title]}&range={cell}')};{text_literal(place)})")


def is_our_link(value: Entered) -> bool:
    """Say whether a formula is one that ``link_to`` gives."""
    return isinstance(value, tuple) and value[0] == FORMULA and _ours().fullmatch(str(value[1])) is not None


def as_we_write(formula: str) -> str:
    """Give the text of a formula; one of ours with a semicolon, whatever mark Google gave back."""
    if not formula.startswith('=HYPERLINK("#gid='):
        return formula
    found = _ours().fullmatch(formula)
    return formula if found is None else f"=HYPERLINK({found.group(1)};{found.group(2)})"


@lru_cache(maxsize=1)
def _ours() -> re.Pattern[str]:
    place = r'"(?:[^"]|"")+![A-Z]{1,3}[1-9][0-9]*"'
    return re.compile(rf'=(?:HYPERLINK\(("#gid=[0-9]+&range=[A-Z]{{1,3}}[1-9][0-9]*") ?[,;] ?({place})\)|{place})')
