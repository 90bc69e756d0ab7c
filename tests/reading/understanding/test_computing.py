"""What formulas compute from the cells of their row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.reading.understanding.computing import Computed, Place, computed

PLACE = Place("OKR", 5, 8, {"thuc hien": 6, "target": 5})
QUOTIENT = Computed("quotient", (6, 5))
FROM_BASE = Computed("quotient", (6, 5, 4))


@pytest.mark.parametrize(
    "text",
    [
        "F5/E5",
        "+F5/E5",
        "$F5/$E5*100",
        "IFERROR(F5/E5,0)",
        'IF(E5=0,"",ROUND(F5/E5,2))',
        "MIN(F5/E5,1.25)",
        "MIN(F5/E5;1,25)",
        "MAX(0,MIN(1,F5/E5))",
        "IF(F5/E5>1,1,F5/E5)",
        'IF(B5="Thấp",E5/F5,F5/E5)',
        "2-F5/E5",
        "1-(F5-E5)/E5",
        "OKR!F5/OKR!E5",
        "DIVIDE(F5,E5)",
        "[@[Thực hiện]]/[@Target]",
        "KPI[[#This Row],[Thực hiện]]/KPI[[#This Row],[Target]]",
        "ARRAYFORMULA(F2:F/E2:E)",
        "F2:F9/E2:E9",
        'IFERROR(DUMMYFUNCTION("ARRAYFORMULA(F2:F/E2:E)"),0.5)',
    ],
)
def test_a_quotient_of_two_columns(text: str) -> None:
    """Shows the many ways in which people divide what was reached by what was aimed at."""
    assert computed(text, PLACE) == QUOTIENT


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("(F5-D5)/(E5-D5)", FROM_BASE),
        ("(D5-F5)/(D5-E5)", FROM_BASE),
        ("IF(F5=\"\",0,MAX(0,(F5-D5)/(E5-D5)))", FROM_BASE),
        ("(F5-D5)/E5", FROM_BASE),
        ("E5/F5", Computed("quotient", (5, 6))),
        ("F5-E5", Computed("variance", (6, 5))),
        ("(F5-E5)/E5", Computed("variance", (6, 5))),
        ("1-F5/E5", Computed("variance", (6, 5))),
        ("G5*C5", Computed("product", (7, 3))),
        ("C5*F5/E5", Computed("product", (3, 6, 5))),
        ("IF(G5>=1,5,IF(G5>=0.9,4,3))", Computed("steps", (7,))),
        ('IF(G5>=1,"Đạt",IF(G5>=0.7,"Chậm","Hỏng"))', Computed("words", (7,), ("Đạt", "Chậm", "Hỏng"))),
        ("SUM(J5:L5)", Computed("sum", (10, 11, 12))),
        ("J5+K5", Computed("sum", (10, 11))),
        ("VLOOKUP($A5,Data!A:C,3,0)", Computed("fetched", (1,))),
        ('IMPORTRANGE("x","A1")', Computed("fetched")),
        ("SUMIFS(Log!C:C,Log!A:A,$A5)", Computed("fetched", (1,))),
        ("Data!B3", Computed("fetched")),
        ("ROW()-4", Computed("count")),
        ("H4+1", Computed("count")),
        ('IFERROR(DUMMYFUNCTION("SPARKLINE(A1:A5)"),"")', Computed("picture")),
    ],
)  # fmt: skip
def test_other_ways_to_compute(text: str, told: Computed) -> None:
    """Shows differences, products, steps, words, sums, what is fetched, counted, and drawn."""
    assert computed(text, PLACE) == told


@pytest.mark.parametrize(
    "text", ["F5/$E$2", "F5/SUM(F$5:F$9)", "F4/E4", "F5", "SUM(F2:F4)", "H5/H5", "A1+", "5", "TODAY()-F5", "-F5/E5"]
)
def test_what_says_nothing(text: str) -> None:
    """Shows that shares of a total, other rows, totals and single cells are not taken for more than they are."""
    assert computed(text, PLACE) is None


@given(
    st.sampled_from(["F{}/E{}", "(F{}-D{})/(E{}-D{})", "G{}*C{}", "F{}-E{}"]),
    st.integers(1, 9999),
    st.sampled_from(["{}", "IFERROR({},0)", "ROUND({},2)", "({})", 'IF(A1="","",{})', "IFERROR(MIN({},1.2),\"\")"]),
    st.sampled_from(["{}", "IFNA({},0)", "+({})", "100*({})"]),
)  # fmt: skip
def test_guards_change_nothing(core: str, row: int, inner: str, outer: str) -> None:
    """Shows that what guards, rounds, caps or scales a formula does not change what it computes."""
    text = core.format(*[row] * core.count("{}"))
    place = PLACE._replace(row=row)
    assert computed(outer.format(inner.format(text)), place) == computed(text, place) is not None


@pytest.mark.parametrize("text", ["+".join(["F5"] * 900), "IF(F5," * 200 + "1" + ")" * 200, "-" * 500 + "F5"])
def test_a_formula_beyond_measure_is_left_alone(text: str) -> None:
    """Shows that very long and very deep formulas neither break nor hold up the reading."""
    assert computed(text, PLACE) is None


@pytest.mark.parametrize("count", [30, 120])
def test_a_long_sum_is_read(count: int) -> None:
    """Shows that what people add up by hand is followed to its end."""
    found = computed("+".join(["J5", "K5"] * (count // 2)), PLACE)
    assert found is not None
    assert found.kind == "sum"


EXPRESSIONS = st.recursive(
    st.sampled_from(["F5", "E5", "$D5", "1", "0", '"x"', "J5:L5", "F2:F", "Data!A1", "[@Target]", "TRUE", ""]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/^&<>="), inner).map("".join),
        inner.map(lambda text: f"({text})"),
        inner.map(lambda text: f"-{text}%"),
        st.tuples(
            st.sampled_from(
                ["IF", "IFS", "SWITCH", "IFERROR", "MIN", "SUM", "DIVIDE", "DUMMYFUNCTION", "ROW", "VLOOKUP"]
            ),
            st.lists(inner, max_size=4).map(",".join),
        ).map(lambda told: f"{told[0]}({told[1]})"),
    ),
    max_leaves=12,
)


@given(EXPRESSIONS)
def test_no_formula_breaks_the_understanding(text: str) -> None:
    """Shows that of any formula either something is told of columns that are not its own, or nothing."""
    found = computed(text, PLACE)
    assert found is None or (found.kind and PLACE.column not in found.columns)
