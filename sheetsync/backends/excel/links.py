"""Cells that lead to another cell: a formula of ours, with the place that it shows as its stored value.

A formula moves with its row when somebody sorts, and needs no relation. One that is emptied stays a formula, which
shows nothing: a formula that vanished would have to be taken out of the calculation chain as well.
"""

from __future__ import annotations

import re
from functools import lru_cache

from sheetsync.backends.excel.values import encoded_text
from sheetsync.workbook import text_literal

LINK = "link"
"""The form of an update whose value is a place."""

EMPTY = '""'
"""The formula of a link that was emptied."""


def link_xml(prefix: str, place: str) -> str:
    """Give what stands inside the cell of a link; an empty place is a link that leads nowhere and shows nothing.

    ``prefix`` is the namespace prefix of the sheet's elements, with its colon.
    """
    formula = f"HYPERLINK({text_literal('#' + place)},{text_literal(place)})" if place else EMPTY
    told = encoded_text(formula), encoded_text(place)
    return "<{0}f>{1}</{0}f><{0}v>{2}</{0}v>".format(prefix, *told)


def is_our_link(formula: str) -> bool:
    """Say whether a formula is one that ``link_xml`` gives, as any program may have written it since."""
    if formula == EMPTY:
        return True
    found = _ours().fullmatch(formula)
    return found is not None and found.group(1) == found.group(2)


@lru_cache(maxsize=1)
def _ours() -> re.Pattern[str]:
    text = r'((?:[^"]|"")+)'
    return re.compile(rf'HYPERLINK\("#{text}" ?, ?"{text}"\)')
