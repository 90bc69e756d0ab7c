"""Names as they stand in cells, and in messages."""

from __future__ import annotations

import unicodedata

import pytest

from sheetsync.names import first_of, folded, holds_unseen, names_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (None, ()),
        (" ;, ", ()),
        ("Trần  Lan", ("Trần Lan",)),
        ("Lan; Hà / Đức,Bảo\nAn & Tú + Mai", ("Lan", "Hà", "Đức", "Bảo", "An", "Tú", "Mai")),
    ],
)
def test_a_cell_may_name_several_people(text: str | None, names: tuple[str, ...]) -> None:
    """Shows every sign that stands between names, and that nothing is nobody."""
    assert names_in(text) == names


def test_names_are_compared_without_case_space_and_form_of_accents() -> None:
    """Shows that the same name typed on another machine is the same, and that other accents are another name."""
    assert folded("  TRẦN\xa0Lan ") == folded(unicodedata.normalize("NFD", "Trần lan"))
    assert folded("Hòa") != folded("Hoa")
    assert folded(None) == ""


def test_a_message_names_a_few_and_says_that_there_are_more() -> None:
    """Shows that what fits is told whole, and what does not ends with an ellipsis."""
    assert [first_of(names, 2) for names in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == ["", "a", "a, b", "a, b, …"]


@pytest.mark.parametrize(("name", "unseen"), [
    ("Công ty\u00a0Minh Long", False), ("a\u200bb", False), ("a\tb", True), ("a\nb", True), ("a\x7fb", True),
    ("a\x85b", True), ("caf\udce9", True), ("", False),
])  # fmt: skip
def test_what_nobody_types_in_a_name_is_noticed(name: str, unseen: bool) -> None:
    """Shows that control characters and halves of characters are unseen, and that a no-break space is a space."""
    assert holds_unseen(name) is unseen
