"""What was assumed of weights, noted at the item or at the objective that it is about."""

from __future__ import annotations

from collections.abc import Sequence

from sheetsync.model import KeyResult, Kpi
from sheetsync.results import Reason
from sheetsync.scoring.weights import Weights

Notes = dict[str, tuple[Reason, ...]]
"""The assumptions made for each item, by key."""


def note_weights(weights: Weights, items: Sequence[KeyResult] | Sequence[Kpi], above: str, notes: Notes) -> None:
    """Note what was assumed of a sibling group: at the item whose weight it is, or at ``above`` for all of them."""
    for item in items:
        weight = item.weight
        if weight.raw is not None and weight.unreadable:
            _note(notes, item.key, Reason("weight_unreadable", {"cell": weight.ref}))
    if weights.form == "equal":
        return
    for places, code in ((weights.assumed, "weights_mean_used"), (weights.starved, "weight_without_remainder")):
        for place in places:
            params = {"weight": weights.numbers[place], "cell": items[place].weight.ref}
            _note(notes, items[place].key, Reason(code, params))
    if weights.off:
        _note(notes, above, Reason("weights_total", {"total": weights.total}))
    if weights.all_zero:
        _note(notes, above, Reason("weights_equal", {}))


def _note(notes: Notes, key: str, reason: Reason) -> None:
    notes[key] = (*notes.get(key, ()), reason)
