"""One objective as quality looks at it: its key results, their scores, and what rules found about any of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from sheetsync.adding import mean
from sheetsync.model import Goals, KeyResult, Objective, Quantity
from sheetsync.record import NamedTuple
from sheetsync.results import Finding, Score, Scorecard
from sheetsync.scoring.confidence import confidence_cell
from sheetsync.scoring.current import entries_of, read_log


class Subject(NamedTuple):
    """One objective with everything that its quality is judged by.

    ``found`` maps the code of a rule to the keys (its own or a key result's) that the rule reported. ``levels`` says
    whether any objective of the workbook has a level; ``confidence`` is the mean of its key results' (0..1), as their
    newest check-ins or their rows say it, or None.
    """

    item: Objective
    results: Sequence[KeyResult]
    score: Score | None
    scores: Mapping[str, Score]
    found: Mapping[str, tuple[str, ...]]
    levels: bool
    confidence: float | None


def subjects(goals: Goals, scorecard: Scorecard, findings: Iterable[Finding], today: date) -> Iterator[Subject]:
    """Give every objective of a workbook as quality looks at it."""
    results: dict[str | None, list[KeyResult]] = defaultdict(list)
    for result in goals.key_results:
        results[result.objective].append(result)
    reported: dict[str | None, list[str]] = defaultdict(list)
    for finding in findings:
        reported[finding.item].append(finding.code)
    log = read_log(goals.check_ins, today)
    stated = {item.key: confidence_cell(item, entries_of(item, log), today).value for item in goals.key_results}
    scale = _scale(stated.values())
    levels = any(item.level.value for item in goals.objectives)
    for item in goals.objectives:
        own = results[item.key]
        found: dict[str, tuple[str, ...]] = {}
        for key in (item.key, *(result.key for result in own)):
            for code in dict.fromkeys(reported[key]):
                found[code] = (*found.get(code, ()), key)
        score = scorecard.scores.get(item.key)
        yield Subject(
            item,
            own,
            score,
            scorecard.scores,
            found,
            levels,
            _confidence([stated[result.key] for result in own], scale),
        )


SCALES = (1.0, 10.0, 100.0)
"""Upper ends of the scales on which people state confidence as a plain number."""


def _scale(stated: Iterable[Quantity | None]) -> float:
    """Give the upper end of the scale that the workbook uses: the smallest that holds all its plain numbers."""
    highest = max((one.number for one in stated if one is not None and not one.percent), default=0.0)
    return next((scale for scale in SCALES if highest <= scale), SCALES[-1])


def _confidence(stated: Iterable[Quantity | None], scale: float) -> float | None:
    shares = [one.number if one.percent else one.number / scale for one in stated if one is not None]
    return mean(shares)
