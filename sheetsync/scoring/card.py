"""Scores everything that was read from one workbook: key results, objectives, KPIs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain, groupby
from operator import attrgetter

from sheetsync.adding import mean
from sheetsync.model import BOUND_METRICS, NOTHING, Goals, KeyResult, Objective
from sheetsync.record import NamedTuple
from sheetsync.results import ALONE, Beyond, Group, NotScored, Reason, Score, Scorecard, Serving, Status
from sheetsync.scoring.alignment import Alignment, align
from sheetsync.scoring.confidence import confidence_cell, on_scale
from sheetsync.scoring.current import entries_of
from sheetsync.scoring.gauge import Gauge, gauge
from sheetsync.scoring.metrics.registry import Expects
from sheetsync.scoring.profile import Profile
from sheetsync.scoring.reasons import for_key_result, for_problem
from sheetsync.scoring.rollup import Part, part_of, part_of_child, part_of_foreign, pass_mark, roll_up, score_objective
from sheetsync.scoring.season import (
    Season,
    away_of,
    has_date,
    judges_neglect,
    patience_of,
    season_of,
    watched_since,
)
from sheetsync.scoring.status import Position, judge
from sheetsync.scoring.together.links import Fed, linked
from sheetsync.scoring.usual import Usual, Way
from sheetsync.scoring.weigh_notes import Notes, note_weights
from sheetsync.scoring.weights import resolve, shares


def score(goals: Goals, profile: Profile, kpi_profile: Profile, today: date, beyond: Beyond = ALONE) -> Scorecard:
    """Score all items as they stand on ``today``: objectives and key results by ``profile``, KPIs by ``kpi_profile``.

    ``beyond`` is what contributes from other workbooks of the company. Never raises for the user's data: what cannot
    be scored says why.
    """
    return scored(goals, profile, kpi_profile, today, beyond).card


class Scored(NamedTuple):
    """A scorecard, with what an objective of it is as part of one in another workbook."""

    card: Scorecard
    parts: dict[str, list[Part]]
    """The parts of each objective by its key."""
    watched: set[str]
    """The objectives of which neglect can be judged."""


def scored(goals: Goals, profile: Profile, kpi_profile: Profile, today: date, beyond: Beyond = ALONE) -> Scored:
    """Score all items, as ``score`` does, and keep what other workbooks may ask of it."""
    measured = measured_by_kpis(goals, kpi_profile, today)
    goals = measured.goals
    season = season_of(goals, profile, today)
    alignment = align(goals, beyond.cut)
    notes: Notes = dict(measured.notes)
    scores, parts, judged = _key_results(goals, season, notes)
    _note_neglect(goals, season, notes)
    _objectives(goals, alignment, season, parts, judged, scores, beyond)
    progress, expected = whole(goals, scores, season)
    groups = _kpis(goals, kpi_profile, today, scores, notes) if goals.kpis else ()
    if goals.kpis and goals.seen:
        _neglect_kpis(goals, kpi_profile, today, scores)
    servings, alarms = _servings(goals, scores) if linked(goals) else (NOTHING, NOTHING)
    card = Scorecard(
        profile=profile.full_name,
        kpi_profile=kpi_profile.full_name,
        groups=groups,
        scores=scores,
        loops=alignment.loops,
        progress=progress,
        expected=expected,
        notes=notes,
        beyond=beyond,
        servings=servings,
        alarms=alarms,
        taken=measured.taken,
    )
    return Scored(card, parts, judged)


def _neglect_kpis(goals: Goals, profile: Profile, today: date, scores: dict[str, Score]) -> None:
    """Look at KPIs that nobody updated; without history there is none."""
    from sheetsync.scoring.kpis.neglect import neglect_kpis

    neglect_kpis(goals, profile, today, scores)


def measured_by_kpis(goals: Goals, kpi_profile: Profile, today: date) -> Fed:
    """Give the key results that KPIs measure the values of those; most workbooks link nothing and do without."""
    if not linked(goals):
        return Fed(goals)
    from sheetsync.scoring.together.values import with_values_of_kpis

    return with_values_of_kpis(goals, kpi_profile, today)


def _servings(goals: Goals, scores: dict[str, Score]) -> tuple[Mapping[str, tuple[Serving, ...]], Mapping[str, Reason]]:
    """Give the KPIs that serve each goal, and what red guards among them say."""
    from sheetsync.scoring.together.serving import alarms_of, servings_of

    servings = servings_of(goals, scores)
    return servings, alarms_of(servings)


def _kpis(goals: Goals, profile: Profile, today: date, scores: dict[str, Score], notes: Notes) -> tuple[Group, ...]:
    """Score the KPIs; a workbook without any need not wait for what only they need."""
    from sheetsync.scoring.kpis.groups import score_kpis

    return score_kpis(goals.kpis, profile, today, scores, notes)


def siblings_of(goals: Goals) -> dict[tuple[str | None, str], list[KeyResult]]:
    """Group the key results by their objective; those without one are siblings inside their table."""
    groups: dict[tuple[str | None, str], list[KeyResult]] = {}
    for (above, table), items in groupby(goals.key_results, attrgetter("objective", "table")):  # most stand together
        groups.setdefault((above, "" if above is not None else table), []).extend(items)
    return groups


def _key_results(
    goals: Goals, season: Season, notes: Notes
) -> tuple[dict[str, Score], dict[str, list[Part]], set[str]]:
    """Score the key results; give also each objective's parts, and the objectives of which neglect can be judged."""
    scores: dict[str, Score] = {}
    parts: dict[str, list[Part]] = {}
    judged: set[str] = set()
    usual = Usual(season)
    for (above, _), items in siblings_of(goals).items():
        parent = season.objectives.get(above) if above is not None else None
        weights = resolve([item.weight for item in items])
        note_weights(weights, items, above or items[0].key, notes)
        made = _score_siblings(items, weights.numbers, parent, season, usual, notes)
        scores.update([(item.key, part.score) for item, part in zip(items, made, strict=True)])
        if above is not None:
            parts[above] = made
            if any(judges_neglect(item, season) for item in items):
                judged.add(above)
    return scores, parts, judged


def _score_siblings(
    items: Sequence[KeyResult],
    numbers: Sequence[float | None],
    parent: Objective | None,
    season: Season,
    usual: Usual,
    notes: Notes,
) -> list[Part]:
    """Score the key results of one objective; their shares are of the weight that could be scored."""
    measured: list[Way | Gauge] = [
        (usual.measure(item) if given is not None and item.key not in season.from_kpis else None)
        or gauge(item, parent, season)
        for item, given in zip(items, numbers, strict=True)
    ]
    scored = [
        given is not None and (not isinstance(found, Gauge) or found.problem is None)
        for found, given in zip(measured, numbers, strict=True)
    ]
    used, _ = shares(numbers, scored)
    made = []
    for item, found, given, share in zip(items, measured, numbers, used, strict=True):
        if not isinstance(found, Gauge):
            made.append(usual.score(item, found, given, share))
            continue
        one = score_key_result(item, found, (given, share), parent, season)
        made.append(part_of(item, one, given, found))
        if found.notes:
            notes[item.key] = notes.get(item.key, ()) + found.notes
    return made


def _note_neglect(goals: Goals, season: Season, notes: Notes) -> None:
    """Note, once for each table that has neither a check-in column nor a log, that neglect is not judged."""
    if season.keeps_log or season.profile.status.neglect_days is None:
        return
    told: set[str] = set()
    for table, items in groupby(goals.key_results, attrgetter("table")):
        first = next(items)
        if table not in told and not any(_is_watched(item, season) for item in chain((first,), items)):
            notes[first.key] = (*notes.get(first.key, ()), NEGLECT_NOT_APPLIED)
        told.add(table)


def _is_watched(item: KeyResult, season: Season) -> bool:
    """Say whether somebody or something keeps the value of a key result up to date: check-ins, or a KPI."""
    return item.key in season.from_kpis or judges_neglect(item, season)


_ALWAYS = Expects.ALWAYS
NEGLECT_NOT_APPLIED = Reason("neglect_not_applied", {})
"""Stands at the first key result of each table that has neither a check-in column nor a log."""


def score_key_result(
    item: KeyResult,
    found: Gauge,
    weight: tuple[float | None, float | None],
    parent: Objective | None,
    season: Season,
) -> Score:
    """Give the score of a key result. ``weight`` is the number that was resolved, and the share that it has."""
    metric, _, outcome, problem, source, updated, frame, expected, _ = found
    progress, _, baseline, target, current, _, _ = outcome
    given, share = weight
    profile = season.profile
    if problem is None and given is None:
        problem = NotScored.NEGATIVE_WEIGHT
    points = grade = None
    if problem is not None or progress is None or metric is None:
        status, reason = Status.NOT_SCORED, for_problem(problem or NotScored.NO_TARGET, item, source)
        expected = None
    else:
        points = profile.clamp(progress)
        grade = profile.grade(points)
        position = _position(item, found, points, parent, season)
        status, ruling = judge(position, profile, season.today)
        reason = for_key_result(metric, position, status, ruling, updated)
    kept = None if source.value is None and source.blank else source
    # By position, because there are hundreds of thousands and names take twice as long.
    return Score(
        item.key, "key_result", status, reason, progress, expected, points, metric, problem, share, given,
        baseline, target, current, kept, frame.start, frame.due, updated, 0, 0, None, grade,
    )  # fmt: skip


def _position(item: KeyResult, found: Gauge, points: float, parent: Objective | None, season: Season) -> Position:
    """Gather what the status rules look at; a key result without a commitment of its own has its objective's."""
    start, due, pace, _ = found.frame
    commitment = item.commitment.value or (parent.commitment.value if parent is not None else None)
    since = None
    if judges_neglect(item, season):
        since = watched_since(item.key, start, found.updated, season, dated=has_date(item, season))
    always = found.expects is _ALWAYS
    progress, valued = found.outcome.progress or 0.0, found.outcome.valued
    mark, profile = pass_mark(commitment, season), season.profile
    position = Position(progress, points, found.expected, pace, start, due, mark, valued, not always, always, since)
    if season.leave or season.seen:
        position = position._replace(away=away_of(item, since, season), patience=patience_of(item, season))
    if found.metric in BOUND_METRICS:
        position = position._replace(bound=True)
    if profile.status.by == "confidence":
        stated = confidence_cell(item, entries_of(item, season.log), season.today).value
        position = position._replace(confidence=on_scale(stated, profile))
    return position


def _objectives(
    goals: Goals,
    alignment: Alignment,
    season: Season,
    parts: dict[str, list[Part]],
    judged: set[str],
    scores: dict[str, Score],
    beyond: Beyond,
) -> None:
    """Score the objectives, those that contribute before those they contribute to."""
    above = dict[str, list[str]]()
    for objective in goals.objectives:
        above.setdefault(objective.key, list(alignment.children.get(objective.key, ())))
    for key in alignment.order:
        own = parts.setdefault(key, [])
        foreign = beyond.children.get(key, ())
        if season.profile.child_weight > 0 and (above[key] or foreign):
            each = child_weight(own, season.profile)
            for child in above[key]:
                own.append(part_of_child(season.objectives[child], scores[child], each, parts))
                if child in judged:
                    judged.add(key)
            own += [part_of_foreign(one, each) for one in foreign]
            if any(one.watched for one in foreign):
                judged.add(key)
        scores[key] = score_objective(season.objectives[key], own, season, judges_neglect=key in judged)
    if any(objective.weight.value is not None for objective in goals.objectives):
        _weigh_objectives(goals.objectives, scores)


def _weigh_objectives(objectives: Sequence[Objective], scores: dict[str, Score]) -> None:
    """Resolve the objectives' own weights among their siblings: the same table, level, and objectives above."""
    groups: dict[tuple[object, ...], list[Objective]] = {}
    for objective in objectives:
        groups.setdefault((objective.table, objective.level.value, objective.aligned_to.value), []).append(objective)
    for siblings in groups.values():
        weights = resolve([objective.weight for objective in siblings])
        scored = [scores[objective.key].not_scored is None for objective in siblings]
        used, _ = shares(weights.numbers, scored)
        for objective, given, share in zip(siblings, weights.numbers, used, strict=True):
            scores[objective.key] = scores[objective.key]._replace(weight=share, given_weight=given)


def child_weight(own: Sequence[Part], profile: Profile) -> float:
    """Give the weight of one contributing child: the profile's number times the mean weight of the key results."""
    return child_weight_beside([part.weight for part in own], profile)


def child_weight_beside(weights: Iterable[float | None], profile: Profile) -> float:
    """Give the weight of one contributing child beside key results of these weights (None: never counts)."""
    usual = mean([weight for weight in weights if weight is not None])
    return profile.child_weight * (usual if usual is not None and usual > 0 else 1.0)


def whole(goals: Goals, scores: Mapping[str, Score], season: Season) -> tuple[float | None, float | None]:
    """Roll the leading objectives up into one progress and pace."""
    chosen = goals.leading
    weights = resolve([objective.weight for objective in chosen])
    parts = [
        Part(objective.key, weight, scores[objective.key], lasting=True, valued=True)
        for objective, weight in zip(chosen, weights.numbers, strict=True)
    ]
    rolled = roll_up(parts, season)
    return rolled.progress, rolled.expected
