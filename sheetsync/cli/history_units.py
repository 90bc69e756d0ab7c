"""What the numbers of a remembered item count: those of its unit, or yes and no, which are remembered as 1 and 0."""

from __future__ import annotations

from collections.abc import Mapping

from sheetsync.language import Lexicon, normalise
from sheetsync.model import Metric
from sheetsync.past import OBSERVED, Observation
from sheetsync.reading.words import value_of

YES_OR_NO = "\0yes_no"
"""The unit of what is answered by yes or no; no cell can say that."""

TELLING = ("metric", "direction", "unit", "target", "current", "actual")
"""The concepts whose cells tell what is counted; scorecards name yes and no as a direction or as a unit, too."""
_ANSWERS = (None, 0.0, 1.0)


def unit_of(seen: Observation, said: Mapping[str, str], lexicon: Lexicon) -> str:
    """Give what a row counted on a day, from what its cells said then; ``YES_OR_NO`` where it was done or not."""
    return YES_OR_NO if _is_answer(seen, said, lexicon) else said.get("unit", "")


def may_be_answer(seen: Observation) -> bool:
    """Say whether numbers can be those of a yes or a no."""
    told = seen.value, seen.target
    return seen.baseline is None and told != (None, None) and all(one in _ANSWERS for one in told)


def _is_answer(seen: Observation, said: Mapping[str, str], lexicon: Lexicon) -> bool:
    if not may_be_answer(seen):
        return False
    metric = value_of(lexicon, "metric", said.get("metric", ""))
    if metric is not None:
        return metric == Metric.YES_NO
    if any(lexicon.value("metric", said.get(concept, "")) == Metric.YES_NO for concept in ("direction", "unit")):
        return True
    target, value = said.get("target", ""), said.get("current", said.get("actual", ""))
    if not _is_blank(target):
        return _says_it(target, lexicon)
    if _says_it(value, lexicon):
        return True
    # Nothing but a yes is measured without a metric and a target; it may stand in the check-in log.
    return "current" in said and _is_blank(value) and value != OBSERVED and seen.target is not None


def _says_it(text: str, lexicon: Lexicon) -> bool:
    """Say whether a text is a yes or a no, or asks for one (Có/Không)."""
    return lexicon.value("yes_no", text) is not None or lexicon.value("metric", text) == Metric.YES_NO


def _is_blank(text: str) -> bool:
    return not any(letter.isalnum() for letter in normalise(text))
