"""The best assignment of columns to concepts."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from sheetsync.reading.understanding.assignment import assign

CONCEPTS = ("target", "current", "unit", "owner")
ROWS = st.dictionaries(st.sampled_from(CONCEPTS), st.integers(1, 40).map(lambda number: number / 8), max_size=4)


@given(st.lists(ROWS, max_size=5))
def test_no_other_choice_scores_more(rows: list[dict[str, float]]) -> None:
    """Shows against every possible choice that the one given has the highest sum."""
    scores = dict(enumerate(rows))
    chosen = assign(scores)
    assert len(set(chosen.values())) == len(chosen)
    got = sum(scores[column][concept] for column, concept in chosen.items())
    best = 0.0
    for choice in product(*([None, *row] for row in rows)):
        taken = [concept for concept in choice if concept is not None]
        if len(set(taken)) == len(taken):
            pairs = zip(rows, choice, strict=True)
            best = max(best, sum(row[concept] for row, concept in pairs if concept is not None))
    assert got == best


def test_a_column_gives_way_where_both_gain() -> None:
    """Shows that the second best concept of a column is taken where another column can be nothing else."""
    assert assign({1: {"current": 1.0, "baseline": 0.8}, 2: {"current": 0.9}}) == {1: "baseline", 2: "current"}
