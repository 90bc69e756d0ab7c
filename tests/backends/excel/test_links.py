"""Links of ours in a file: known again as any program may have saved them, and told from formulas of users."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.backends.excel.links import EMPTY, is_our_link, link_xml
from sheetsync.backends.excel.markup import unescaped
from sheetsync.backends.excel.values import unescaped_text
from sheetsync.workbook import CellRef

TITLES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=31)


def formula_in(xml: str) -> str:
    """Give the formula that stands in a cell's XML."""
    found = re.match("<f>(.*?)</f>", xml, re.DOTALL)
    assert found
    return unescaped(found.group(1).encode())


@given(title=TITLES, row=st.integers(1, 1_048_576), column=st.integers(1, 16_384))
def test_a_link_to_any_cell_is_known_as_ours(title: str, row: int, column: int) -> None:
    """Shows that names with quotes, brackets and signs are led to and shown as they are."""
    place = str(CellRef(title, row, column))
    xml = link_xml("", place)
    assert is_our_link(formula_in(xml))
    shown = re.search("<v>(.*)</v>", xml, re.DOTALL)
    assert shown
    assert unescaped_text(unescaped(shown.group(1).encode())) == place


def test_an_empty_link_shows_nothing() -> None:
    """Shows the formula that stands where a row was emptied, in the prefix of the sheet."""
    assert link_xml("x:", "") == '<x:f>""</x:f><x:v></x:v>'
    assert is_our_link(EMPTY)


@pytest.mark.parametrize(
    "formula",
    [
        'HYPERLINK("#OKR!B5","OKR!B6")',
        'HYPERLINK("OKR!B5","OKR!B5")',
        'HYPERLINK("#OKR!B5",A1)',
        'HYPERLINK("#OKR!B5","OKR!B5")&A1',
        'HYPERLINK("#a"",WEBSERVICE(A1)&""","a"",WEBSERVICE(A1)&""")&B1',
        'HYPERLINK("https://example.com","https://example.com")',
        '"x"',
        "",
    ],
)
def test_formulas_of_users_are_not_ours(formula: str) -> None:
    """Shows that a link which leads elsewhere than it shows, or is part of more, is the user's."""
    assert not is_our_link(formula)


def test_libreoffice_may_write_a_space() -> None:
    """Shows that white space around the comma is nobody's change."""
    assert is_our_link('HYPERLINK("#OKR!B5", "OKR!B5")')
