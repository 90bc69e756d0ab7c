"""What counts in an objective, and which objectives are the company's, for digests."""

from __future__ import annotations

from collections.abc import Iterator

from sheetsync.model import Objective
from sheetsync.report.digest.source import Source, known_of
from sheetsync.scoring import feeding
from sheetsync.scoring.feeding import Feed


def feeds_of(objective: Objective, source: Source) -> Iterator[Feed]:
    """Give what counts in an objective, with the weights that its roll-up took."""
    return feeding.feeds_of(objective, known_of(source).structure, source.scorecard, source.profile)


def company_objectives(source: Source) -> list[Objective]:
    """Give the company's objectives, or all of them where none is the company's; scored ones alone."""
    return [one for one in source.goals.leading if one.key in source.scorecard.scores]
