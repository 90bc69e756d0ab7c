"""The best way to give each column at most one concept, and each concept at most one column: the highest total score.

The Hungarian method with potentials (Kuhn 1955, in the form of Jonker and Volgenant), for a rectangular matrix.
"""

from __future__ import annotations

from collections.abc import Mapping

_UNWANTED = 1e6


def assign(scores: Mapping[int, Mapping[str, float]]) -> dict[int, str]:
    """Choose pairs of column and concept with the highest sum of scores; pairs that are not given are never chosen.

    A column may stay without a concept, which counts 0; so only positive scores are ever chosen.
    """
    columns = [column for column, row in scores.items() if row]
    concepts = sorted({concept for row in scores.values() for concept in row})
    if not columns:
        return {}
    costs = [
        [-scores[column].get(concept, -_UNWANTED) for concept in concepts]
        + [0.0 if other == place else _UNWANTED for other in range(len(columns))]
        for place, column in enumerate(columns)
    ]
    chosen = _cheapest(costs)
    return {
        column: concepts[place]
        for column, place in zip(columns, chosen, strict=True)
        if place < len(concepts) and concepts[place] in scores[column]
    }


def _cheapest(costs: list[list[float]]) -> list[int]:
    """Give for each row the column of the cheapest full assignment; there are at least as many columns as rows."""
    width = len(costs[0])
    of_row, of_column = [0.0] * (len(costs) + 1), [0.0] * (width + 1)
    owner = [0] * (width + 1)
    for row in range(1, len(costs) + 1):
        way = _way(costs, row, of_row, of_column, owner)
        column = way.pop()
        while way:
            previous = way.pop()
            owner[column] = owner[previous]
            column = previous
        owner[column] = row
    chosen = [0] * len(costs)
    for column in range(1, width + 1):
        if owner[column]:
            chosen[owner[column] - 1] = column - 1
    return chosen


def _way(
    costs: list[list[float]], row: int, of_row: list[float], of_column: list[float], owner: list[int]
) -> list[int]:
    """Find the shortest augmenting path from a row to a free column; gives its columns from the start, which is 0."""
    width = len(of_column) - 1
    least, came, seen = [float("inf")] * (width + 1), [0] * (width + 1), [False] * (width + 1)
    owner[0], column = row, 0
    while True:
        seen[column] = True
        current, step, following = owner[column], float("inf"), 0
        for other in range(1, width + 1):
            if not seen[other]:
                reduced = costs[current - 1][other - 1] - of_row[current] - of_column[other]
                if reduced < least[other]:
                    least[other], came[other] = reduced, column
                if least[other] < step:
                    step, following = least[other], other
        for other in range(width + 1):
            if seen[other]:
                of_row[owner[other]] += step
                of_column[other] -= step
            else:
                least[other] -= step
        column = following
        if owner[column] == 0:
            break
    way = [column]
    while column:
        column = came[column]
        way.append(column)
    way.reverse()
    return way
