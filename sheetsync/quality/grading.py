"""The quality of an objective: seven attributes, each met, met in part or missing, and a grade of their points."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum

from sheetsync.adding import added
from sheetsync.model import Goals, Level, Metric
from sheetsync.quality.subject import Subject, subjects
from sheetsync.record import NamedTuple
from sheetsync.results import Finding, NotScored, Reason, Scorecard, Status
from sheetsync.rules.practice import EARLY_SHARE, FEWEST, MOST


class Attribute(StrEnum):
    """What the method asks of a good OKR, in the order in which it is taught."""

    SPECIFIC = "specific"
    MEASURABLE = "measurable"
    ACHIEVABLE = "achievable"
    RELEVANT = "relevant"
    TIME_BOUND = "time_bound"
    ALIGNED = "aligned"
    ASPIRATIONAL = "aspirational"


class Standing(StrEnum):
    """How far an attribute is met."""

    MET = "met"
    PARTLY = "partly"
    MISSING = "missing"


class Mark(NamedTuple):
    """How far one attribute is met, and why not wholly: a reason is text ``quality.reason.<code>`` with its params.

    A reason ``rule`` names the rule and the keys of the items that it reported.
    """

    attribute: Attribute
    standing: Standing
    reasons: tuple[Reason, ...] = ()


class Grade(NamedTuple):
    """The quality of one objective: points of 7, the letter that they make, and a mark for every attribute."""

    key: str
    points: float
    letter: str
    marks: tuple[Mark, ...]


POINTS = {Standing.MET: 1.0, Standing.PARTLY: 0.5, Standing.MISSING: 0.0}
"""What an attribute is worth."""

LETTERS = ((7.0, "A"), (6.0, "B"), (4.0, "C"), (0.0, "D"))
"""The least points of each letter; where an attribute is missing, C is the best."""
BEST_WITH_A_GAP = "C"

Flaws = list[tuple[Standing, Reason]]


def grades(goals: Goals, scorecard: Scorecard, findings: Iterable[Finding], today: date) -> tuple[Grade, ...]:
    """Grade every objective of a workbook. What a row silences, or the settings switch off, does not count."""
    return tuple(_grade(subject) for subject in subjects(goals, scorecard, findings, today))


def _grade(subject: Subject) -> Grade:
    marks = tuple(_mark(attribute, subject) for attribute in Attribute)
    points = added([POINTS[mark.standing] for mark in marks])
    gap = any(mark.standing is Standing.MISSING for mark in marks)
    return Grade(subject.item.key, points, letter_of(points, gap=gap), marks)


def letter_of(points: float, *, gap: bool) -> str:
    """Give the letter that points (0 to 7) make; ``gap`` says whether an attribute is missing altogether."""
    letter = next(letter for least, letter in LETTERS if points >= least)
    return max(letter, BEST_WITH_A_GAP) if gap else letter


def _mark(attribute: Attribute, subject: Subject) -> Mark:
    flaws = _JUDGES[attribute](subject)
    if subject.found:
        flaws = [*_reported(attribute, subject), *flaws]
    if not flaws:
        return _MET[attribute]
    worst = min((standing for standing, _ in flaws), key=POINTS.__getitem__)
    return Mark(attribute, worst, tuple(reason for _, reason in flaws))


_MET = {attribute: Mark(attribute, Standing.MET) for attribute in Attribute}

GRAVE = {
    Attribute.SPECIFIC: ("PR414",),
    Attribute.RELEVANT: ("LI301", "LI302", "LI303", "LI313", "PR405"),
    Attribute.TIME_BOUND: ("RO210",),
    Attribute.ASPIRATIONAL: ("PR406",),
}
"""Rules that take an attribute away where they report the objective itself or all its key results, else half of it."""

LIGHT = {
    Attribute.SPECIFIC: ("PR422", "RO240"),
    Attribute.MEASURABLE: ("PR403", "RO218"),
    Attribute.ACHIEVABLE: ("PR420", "PR421"),
    Attribute.TIME_BOUND: ("PR404", "RO204", "RO211", "RO228", "RO239"),
    Attribute.ALIGNED: ("LI304", "PR409"),
    Attribute.ASPIRATIONAL: ("PR407", "PR408", "PR423", "PR424"),
}
"""Rules that take half an attribute away, whatever row of the objective they report."""


def _reported(attribute: Attribute, subject: Subject) -> Flaws:
    found = []
    grave = GRAVE.get(attribute, ())
    for code in (*grave, *LIGHT.get(attribute, ())):
        keys = subject.found.get(code)
        if keys:
            standing = Standing.MISSING if code in grave and _is_whole(keys, subject) else Standing.PARTLY
            found.append((standing, Reason("rule", {"rule": code, "items": keys})))
    return found


def _is_whole(keys: tuple[str, ...], subject: Subject) -> bool:
    return subject.item.key in keys or all(result.key in keys for result in subject.results)


def _specific(subject: Subject) -> Flaws:
    count = len(subject.results)
    return [(Standing.PARTLY, Reason("many", {"count": count, "most": MOST}))] if count > MOST else []


def _measurable(subject: Subject) -> Flaws:
    total = len(subject.results)
    if not total:
        return [(Standing.MISSING, Reason("no_key_result", {}))]
    bare = sum(1 for result in subject.results if _is_unmeasured(result.key, subject))
    if bare:
        lost = Standing.MISSING if bare == total else Standing.PARTLY
        return [(lost, Reason("unmeasured", {"count": bare, "total": total}))]
    flaws: Flaws = []
    if total < FEWEST:
        flaws.append((Standing.PARTLY, Reason("few", {"count": total})))
    if all(subject.scores[result.key].metric is Metric.YES_NO for result in subject.results):
        flaws.append((Standing.PARTLY, Reason("only_yes_no", {})))
    return flaws


def _is_unmeasured(key: str, subject: Subject) -> bool:
    score = subject.scores.get(key)
    return score is None or (score.not_scored is not None and score.not_scored not in _NO_MATTER_OF_MEASURE)


_NO_MATTER_OF_MEASURE = frozenset({NotScored.NO_CYCLE, NotScored.DUE_BEFORE_START, NotScored.NEGATIVE_WEIGHT})
"""Reasons for having no score that have nothing to do with whether the key result can be measured."""


HOPELESS, DOUBTFUL, CERTAIN = 0.3, 0.4, 0.9
"""Mean confidence of the key results: up to the first nobody believes in it, below the second hardly; above the third
in the first third of the time it was set too low. In between lies what a good stretch looks like."""

_SLACK = 1e-9


def _achievable(subject: Subject) -> Flaws:
    flaws: Flaws = []
    sure = subject.confidence
    if sure is not None and sure < DOUBTFUL - _SLACK:
        standing = Standing.MISSING if sure <= HOPELESS + _SLACK else Standing.PARTLY
        flaws.append((standing, Reason("doubtful", {"confidence": sure})))
    status = subject.score.status if subject.score is not None else None
    if status is Status.MISSED:
        flaws.append((Standing.MISSING, Reason("missed", {})))
    elif status is Status.OFF_TRACK:
        flaws.append((Standing.PARTLY, Reason("off_track", {})))
    return flaws


def _relevant(subject: Subject) -> Flaws:
    item = subject.item
    if item.level.value is Level.COMPANY or item.aligned_to.value or not subject.levels:
        return []
    known = any(code in subject.found for code in GRAVE[Attribute.RELEVANT])
    return [] if known else [(Standing.PARTLY, Reason("unlinked", {}))]


def _time_bound(subject: Subject) -> Flaws:
    items = (subject.item.key, *(result.key for result in subject.results))
    dated = any(score.start and score.due for score in map(subject.scores.get, items) if score is not None)
    return [] if dated else [(Standing.MISSING, Reason("no_dates", {}))]


def _aligned(subject: Subject) -> Flaws:
    item = subject.item
    if item.owner.value or item.team.value:
        return []
    total = len(subject.results)
    alone = sum(1 for result in subject.results if not (result.owner.value or result.team.value))
    if alone == total:
        return [(Standing.MISSING, Reason("no_owner", {}))]
    return [(Standing.PARTLY, Reason("owner_gaps", {"count": alone, "total": total}))] if alone else []


def _aspirational(subject: Subject) -> Flaws:
    score, sure = subject.score, subject.confidence
    if (
        sure is None
        or sure <= CERTAIN + _SLACK
        or score is None
        or score.expected is None
        or score.expected > EARLY_SHARE
    ):
        return []
    return [(Standing.PARTLY, Reason("certain", {"confidence": sure}))]


_JUDGES: dict[Attribute, Callable[[Subject], Flaws]] = {
    Attribute.SPECIFIC: _specific,
    Attribute.MEASURABLE: _measurable,
    Attribute.ACHIEVABLE: _achievable,
    Attribute.RELEVANT: _relevant,
    Attribute.TIME_BOUND: _time_bound,
    Attribute.ALIGNED: _aligned,
    Attribute.ASPIRATIONAL: _aspirational,
}
