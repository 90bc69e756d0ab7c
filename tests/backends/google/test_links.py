"""Links of ours in a spreadsheet: known again whatever Google makes of their marks, and told from formulas of users."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.backends.google.links import as_we_write, is_our_link, link_to
from sheetsync.backends.google.values import FORMULA
from sheetsync.workbook import CellRef

TITLES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=40)


@given(title=TITLES, row=st.integers(1, 99_999), column=st.integers(1, 900), gid=st.integers(0, 2**31 - 1))
def test_a_link_to_any_cell_is_known_as_ours(title: str, row: int, column: int, gid: int) -> None:
    """Shows that names with quotes, brackets and signs lead to the id of their worksheet, and read back as they are."""
    place = CellRef(title, row, column)
    link = link_to(str(place), {title: gid})
    assert isinstance(link, tuple)
    assert f'"#gid={gid}&range={place.a1}"' in link[1]
    assert is_our_link(link)
    assert as_we_write(link[1]) == link[1]


def test_a_place_on_an_unknown_worksheet_leads_nowhere() -> None:
    """Shows that such a place is shown all the same, as a formula of ours."""
    link = link_to("'Gone'!B5", {"OKR": 1})
    assert link == (FORMULA, "=\"'Gone'!B5\"")
    assert is_our_link(link)


@pytest.mark.parametrize("between", [",", ";", ", ", " ; "])
def test_google_may_give_back_another_mark(between: str) -> None:
    """Shows that a formula of ours is the same formula whatever parts its arguments."""
    assert as_we_write(f'=HYPERLINK("#gid=7&range=B5"{between}"OKR!B5")') == '=HYPERLINK("#gid=7&range=B5";"OKR!B5")'


@pytest.mark.parametrize(
    "formula",
    [
        '=HYPERLINK("https://example.com";"OKR!B5")',
        '=HYPERLINK("#gid=7&range=B5";A1)',
        '=HYPERLINK("#gid=7&range=B5";"OKR!B5")&A1',
        '=HYPERLINK("#gid=7";"OKR!B5")',
        '="total"',
        "=SUM(A1:A3)",
    ],
)
def test_formulas_of_users_are_not_ours(formula: str) -> None:
    """Shows that other links, and formulas around ours, are never taken for ours, nor changed."""
    assert not is_our_link((FORMULA, formula))
    assert as_we_write(formula) == formula


@pytest.mark.parametrize("value", [None, 7.0, '=HYPERLINK("#gid=7&range=B5";"OKR!B5")', ("?", True)])
def test_what_is_no_formula_is_no_link(value: object) -> None:
    """Shows that a text which looks like a formula is a text."""
    assert not is_our_link(value)  # type: ignore[arg-type]
