"""What of a text a cell can hold, whatever kind of workbook it stands in.

Sheets that were pasted together hold characters that nobody sees: control characters, halves of characters. What
repeats such a text in a cell of its own, which cannot hold them, has to know what will stand there; else the two would
never agree, and the cell would be written every night.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")


@lru_cache(maxsize=1)
def _forbidden() -> re.Pattern[str]:
    return re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def cell_texts(values: Sequence[T]) -> Sequence[T]:
    """Give values with their texts as cells can hold them; hardly any needs a change, which is seen of all at once."""
    texts = [value for value in values if isinstance(value, str)]
    if "".join(texts).isprintable():
        return values
    return [cell_text(value) if isinstance(value, str) else value for value in values]  # type: ignore[misc]


def cell_text(text: str) -> str:
    """Give a text as a cell can hold it: every line end as one, without control characters and halves of characters."""
    if text.isprintable():
        return text
    return _forbidden().sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
