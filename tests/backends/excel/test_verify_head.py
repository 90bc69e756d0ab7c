"""The proof of what stands before the rows: it notices every other change than new columns and a wider used area."""

from __future__ import annotations

import pytest

from sheetsync.backends.excel.verify_head import same_head

OLD = b'<worksheet><dimension ref="A1:B2"/><cols q="1"><col min="1" max="9" width="5"/></cols><sheetData>'
NEW = (
    b'<worksheet><dimension ref="A1:D2"/><cols q="1"><col min="1" max="3" width="5"/>'
    b'<col min="4" max="4" width="14"/><col min="5" max="9" width="5"/></cols><sheetData>'
)


def test_a_list_that_was_split_around_a_new_column_is_the_same() -> None:
    """Shows that the list may be split where a column is new, and nowhere else."""
    assert same_head(OLD, NEW, b"", {4})
    assert not same_head(OLD, NEW, b"", {3})
    assert not same_head(OLD, NEW, b"", set())
    assert not same_head(OLD, NEW, b"", {4, 5})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'q="1"', b'q="2"'),
        (b'max="3" width="5"', b'max="3" width="6"'),
        (b'min="5" max="9"', b'min="5" max="8"'),
        (b'<col min="4"', b'<col min="4" max="4" width="9"/><col min="4"'),
        (b"</cols>", b'<col min="12" max="12"/></cols>'),
        (b"</cols>", b"</cols><cols/>"),
        (b"<cols", b"<sheetPr/><cols"),
    ],
)
def test_every_other_change_is_noticed(old: bytes, new: bytes) -> None:
    """Shows that no width, no column and no element is changed, lost or added."""
    changed = NEW.replace(old, new, 1)
    assert changed != NEW
    assert not same_head(OLD, changed, b"", {4})


def test_a_list_may_be_new() -> None:
    """Shows that a sheet without a list of columns gets one, which holds the new ones and nothing else."""
    old, new = b"<x:sheetData>", b'<x:cols><x:col min="4" max="4"/></x:cols><x:sheetData>'
    assert same_head(old, new, b"x:", {4})
    assert not same_head(old, new.replace(b"</x:cols>", b'<x:col min="5" max="5"/></x:cols>'), b"x:", {4})
    assert not same_head(old, old, b"x:", {4})
