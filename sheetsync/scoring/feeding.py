"""What counts in an objective, and with which weight: its key results, and the objectives that contribute to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sheetsync.model import Goals, Item, KeyResult, Objective
from sheetsync.record import NamedTuple
from sheetsync.results import Score, Scorecard
from sheetsync.scoring.alignment import align
from sheetsync.scoring.card import child_weight_beside
from sheetsync.scoring.profile import Profile


class Structure(NamedTuple):
    """Which goals hang on which: objectives by key, key results by objective, and the keys of what contributes."""

    parents: Mapping[str, Objective]
    under: Mapping[str, Sequence[KeyResult]]
    children: Mapping[str, Sequence[str]]


class Feed(NamedTuple):
    """One thing that counts in an objective. ``item`` is None where it stands in another workbook of the company.

    ``weight`` is None where it never counts.
    """

    item: Item | None
    weight: float | None
    score: Score


def structure_of(goals: Goals, scorecard: Scorecard) -> Structure:
    """Give how the goals of a workbook hang together, as they were scored."""
    under: dict[str, list[KeyResult]] = {}
    for one in goals.key_results:
        under.setdefault(one.objective or "", []).append(one)
    parents = {one.key: one for one in goals.objectives}
    return Structure(parents, under, align(goals, scorecard.beyond.cut).children)


def feeds_of(
    objective: Objective, structure: Structure, scorecard: Scorecard, profile: Profile | None
) -> Iterator[Feed]:
    """Give what counts in an objective, with the weights that its roll-up took; key results alone without a profile."""
    scores = scorecard.scores
    own = [Feed(one, scores[one.key].given_weight, scores[one.key]) for one in structure.under.get(objective.key, ())
           if one.key in scores]  # fmt: skip
    yield from own
    children = structure.children.get(objective.key, ())
    foreign = scorecard.beyond.children.get(objective.key, ())
    if profile is None or profile.child_weight <= 0 or not (children or foreign):
        return
    each = child_weight_beside([feed.weight for feed in own], profile)
    for key in children:
        if key in scores:
            yield Feed(structure.parents[key], each, scores[key])
    for one in foreign:
        yield Feed(None, each, one.score)
