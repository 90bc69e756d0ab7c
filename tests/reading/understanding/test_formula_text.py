"""Formulas as trees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.reading.understanding.formula_text import Node, Span, parsed


def shown(node: Node | None) -> str:
    """Write a tree with its brackets."""
    if node is None:
        return "?"
    if node.kind == "call":
        return f"{node.text}({' '.join(map(shown, node.parts))})"
    if node.kind == "sign":
        return (
            f"[{f' {node.text} '.join(map(shown, node.parts))}]"
            if len(node.parts) > 1
            else f"[{node.text}{shown(node.parts[0])}]"
        )
    return node.text or "_"


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("F5/E5*2-1", "[[[F5 / E5] * 2] - 1]"),
        ("-F5^2%", "[[-F5] ^ [%2]]"),
        ("+F5&\"x\"&\"\"\"\"", '[[F5 & x] & "]'),
        ("(A1+B1)/(C1-D1)", "[[A1 + B1] / [C1 - D1]]"),
        ("IF(A1>=1,2,MIN(B1,1.25))", "IF([A1 >= 1] 2 MIN(B1 1.25))"),
        ("IF(A1>=1;0,5;B1)", "IF([A1 >= 1] 0.5 B1)"),
        ("MIN(B1,1,25)", "MIN(B1 1 25)"),
        ("IF(A1,,B1)", "IF(A1 _ B1)"),
        ("SUM($A:$B)+SUM(3:3)+SUM(A2:A)", "[[SUM($A:$B) + SUM(3:3)] + SUM(A2:A)]"),
        ("'Q4 ''25'!A1+Sheet1!$B$2", "[A1 + $B$2]"),
        ("@[@Actual]/T_1[[#This Row],[Target]]", "[[@Actual] / T_1[[#This Row],[Target]]]"),
        ("INDEX({1,2;3,4},1)", "INDEX({1,2;3,4} 1)"),
        ("LOG10(A1)+TRUE", "[LOG10(A1) + 1]"),
        ("#REF!/A1", "[#REF! / A1]"),
        ("A1+", "?"),
        ("A1)", "?"),
        ("", "?"),
        ("(" * 200 + "1" + ")" * 200, "?"),
    ],
)  # fmt: skip
def test_a_formula_is_read(text: str, tree: str) -> None:
    """Shows what binds how, both ways to part arguments, references of every kind, and what is not understood."""
    assert shown(parsed(text)) == tree


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("$C$7", Span("", 7, 3, 7, 3)),
        ("B2:D9", Span("", 2, 2, 9, 4)),
        ("B2:B", Span("", 2, 2, 0, 2)),
        ("C:D", Span("", 0, 3, 0, 4)),
        ("4:5", Span("", 4, 0, 5, 0)),
        ("'Kế hoạch'!A1", Span("Kế hoạch", 1, 1, 1, 1)),
    ],
)
def test_a_reference_names_its_cells(text: str, span: Span) -> None:
    """Shows the ends of references, open ones as 0, and the worksheet that they name."""
    node = parsed(text)
    assert node is not None
    assert node.span == span


@given(st.text(alphabet="AB12$:!'\"[](){},;+-*/^&=<>%@# .FIế", max_size=30))
def test_no_text_breaks_the_reading(text: str) -> None:
    """Shows that whatever stands in a cell is either read or left alone."""
    found = parsed(text)
    assert found is None or found.kind
