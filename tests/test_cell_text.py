"""What of a text a cell can hold."""

from __future__ import annotations

import pytest

from sheetsync.cell_text import cell_text

KEPT = ["Mở rộng miền Bắc", "two\nlines", "a\ttab", "a no-break\u00a0space", "\x85 and \x7f", "😀"]
CHANGED = {
    "a\x07b\x00\x1f": "ab",
    "a\r\nb\rc": "a\nb\nc",
    "half \ud83d a sign": "half  a sign",
    "\ufffe\uffff": "",
}


@pytest.mark.parametrize("text", KEPT)
def test_what_a_cell_can_hold_stays(text: str) -> None:
    """Shows that signs which a workbook can store stay, be they seen or not."""
    assert cell_text(text) == text


@pytest.mark.parametrize("text", CHANGED)
def test_what_no_cell_can_hold_goes(text: str) -> None:
    """Shows that control characters and halves of characters go, line ends are one, and once is enough."""
    assert cell_text(text) == CHANGED[text]
    assert cell_text(CHANGED[text]) == CHANGED[text]
