"""What counts in an objective, and with which weight: its key results, and the objectives that contribute to it."""

from __future__ import annotations

from collections.abc import Iterator

from sheetsync.model import Level, Objective
from sheetsync.record import NamedTuple
from sheetsync.report.digest.source import Item, Source, known_of
from sheetsync.results import Score
from sheetsync.scoring.card import child_weight_beside


class Feed(NamedTuple):
    """One thing that counts in an objective. ``item`` is None where it stands in another workbook of the company.

    ``weight`` is None where it never counts.
    """

    item: Item | None
    weight: float | None
    score: Score


def feeds_of(objective: Objective, source: Source) -> Iterator[Feed]:
    """Give what counts in an objective, with the weights that its roll-up took."""
    known, scores = known_of(source), source.scorecard.scores
    own = [Feed(one, scores[one.key].given_weight, scores[one.key]) for one in known.under.get(objective.key, ())
           if one.key in scores]  # fmt: skip
    yield from own
    profile = source.profile
    children = known.children.get(objective.key, ())
    foreign = source.scorecard.beyond.children.get(objective.key, ())
    if profile is None or profile.child_weight <= 0 or not (children or foreign):
        return
    each = child_weight_beside([feed.weight for feed in own], profile)
    for key in children:
        if key in scores:
            yield Feed(known.parents[key], each, scores[key])
    for one in foreign:
        yield Feed(None, each, one.score)


def company_objectives(source: Source) -> list[Objective]:
    """Give the company's objectives, or all of them where none is the company's; scored ones alone."""
    objectives, scores = source.goals.objectives, source.scorecard.scores
    chosen = [one for one in objectives if one.level.value is Level.COMPANY] or list(objectives)
    return [one for one in chosen if one.key in scores]
