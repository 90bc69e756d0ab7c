"""How HTML and style sheets are taken apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sheetsync.report.lint.apart import declarations, page_of, rules, unmarked
from sheetsync.report.lint.flaws import Declaration, StyleRule


def test_declarations_are_parted_where_css_parts_them() -> None:
    """Shows that a semicolon in quotes or brackets parts nothing, and comments are left out."""
    style = "COLOR : red;/* x; */ background:url(data:a;b);font-family:'a;b' , Arial;;broken"
    assert declarations(style) == (
        Declaration("color", "red"),
        Declaration("background", "url(data:a;b)"),
        Declaration("font-family", "'a;b' , Arial"),
    )


def test_rules_know_what_stands_around_them() -> None:
    """Shows that rules inside of others are found with the words around them, and statements without a body too."""
    sheet = (
        "@import 'a.css'; p, a { color: red } @media print { @supports (x: y) { b { top: 0 } } } @page { margin: 0 }"
    )
    assert list(rules(sheet)) == [
        StyleRule("@import 'a.css'"),
        StyleRule("p, a", (Declaration("color", "red"),)),
        StyleRule("@media print"),
        StyleRule("@supports (x: y)", (), ("@media print",)),
        StyleRule("b", (Declaration("top", "0"),), ("@media print", "@supports (x: y)")),
        StyleRule("@page", (Declaration("margin", "0"),)),
    ]


@given(st.text(alphabet="{};:@\"'()/* ab\n", max_size=60))
def test_any_text_can_be_taken_apart(text: str) -> None:
    """Shows that no style sheet, however broken, stops the lint."""
    found = list(rules(text))
    assert all(isinstance(rule, StyleRule) for rule in found)
    assert all(one.property == one.property.strip() for one in declarations(text))


def test_elements_know_their_table_and_their_mark() -> None:
    """Shows that a cell belongs to the nearest table, and an element without a mark has that of the one around it."""
    page = page_of("<table data-at=0:1><tr><td><table data-at=0:2><tr><td>x</td></tr></table><td></table><br>")
    cells = [element for element in page.elements if element.name == "td"]
    assert [cell.table for cell in cells] == [1, 4, 1]
    assert [cell.at for cell in cells] == ["0:1", "0:2", "0:1"]
    assert page.elements[-1].parents == ()


def test_the_size_is_that_of_the_mail_without_marks() -> None:
    """Shows that marks count for nothing, quoted or not."""
    assert unmarked('<td data-at="3:12" class="a"><b data-at=3:13>x') == '<td class="a"><b>x'
    assert page_of("<b data-at=3:13>ế</b>").size == len("<b>ế</b>".encode())
