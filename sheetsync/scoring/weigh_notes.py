"""What was assumed of weights, noted at the item or at the objective that it is about."""

from __future__ import annotations

from collections.abc import Sequence

from sheetsync.model import Quantity
from sheetsync.results import Reason
from sheetsync.scoring.weights import Weights
from sheetsync.workbook import Cell

Notes = dict[str, tuple[Reason, ...]]
"""The assumptions made for each item, by key."""


def note_weights(
    weights: Weights, keys: Sequence[str], cells: Sequence[Cell[Quantity]], above: str, notes: Notes
) -> None:
    """Note what was assumed of a sibling group: at the item whose weight it is, or at ``above`` for all of them."""
    for places, code in ((weights.assumed, "weights_mean_used"), (weights.starved, "weight_without_remainder")):
        for place in places:
            params = {"weight": weights.numbers[place], "cell": cells[place].ref}
            notes[keys[place]] = (*notes.get(keys[place], ()), Reason(code, params))
    for key, cell in zip(keys, cells, strict=True):
        if cell.value is None and cell.raw is not None and cell.unreadable:
            notes[key] = (*notes.get(key, ()), Reason("weight_unreadable", {"cell": cell.ref}))
    if weights.off:
        notes[above] = (*notes.get(above, ()), Reason("weights_total", {"total": weights.total}))
    if weights.all_zero:
        notes[above] = (*notes.get(above, ()), Reason("weights_equal", {}))
