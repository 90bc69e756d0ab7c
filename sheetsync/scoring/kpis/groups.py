"""Scorecards of KPIs: weights, weighted score, grade, coefficient, and the critical KPI that wipes out its group."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sheetsync.model import Kpi
from sheetsync.record import NamedTuple
from sheetsync.results import Group, NotScored, Reason, Score, Status
from sheetsync.scoring.kpis.blocks import block_weights, inside_block, note_blocks, note_points, points_of, with_points
from sheetsync.scoring.kpis.gauge import KpiGauge, gauge_kpi, unlike_of
from sheetsync.scoring.kpis.several_rows import Whole, whole_kpis
from sheetsync.scoring.profile import SLACK, Profile, climb
from sheetsync.scoring.reasons import for_unlike, shown
from sheetsync.scoring.status import Position, judge
from sheetsync.scoring.weigh_notes import Notes, note_weights
from sheetsync.scoring.weights import Weights, resolve, shares


class Member(NamedTuple):
    """A KPI in its group: what was measured, its resolved weight, and the points that count (None: not scored).

    ``rows`` are the rows that say it: one, or one for each of its periods.
    """

    item: Kpi
    found: KpiGauge
    weight: float | None
    points: float | None
    rows: tuple[Kpi, ...]


def score_kpis(
    kpis: Sequence[Kpi], profile: Profile, today: date, scores: dict[str, Score], notes: Notes
) -> tuple[Group, ...]:
    """Score the KPIs into ``scores``, note what was assumed, and give the totals of their groups in row order."""
    tables: dict[str, list[Kpi]] = {}
    for item in kpis:
        tables.setdefault(item.table, []).append(item)
    groups: list[Group] = []
    for items in tables.values():
        groups.extend(_score_table(items, profile, today, scores, notes))
    return tuple(groups)


def _score_table(
    rows: Sequence[Kpi], profile: Profile, today: date, scores: dict[str, Score], notes: Notes
) -> list[Group]:
    wholes = {one.item.key: one for one in whole_kpis(rows, today)}
    items = [one.item for one in wholes.values()]
    grouped = groups_of(items)
    sections = _sections_among(grouped)
    blocks, whole = block_weights(sections), resolve([item.weight for item in items])
    table_wide = len(grouped) > 1 and _totals_over_table(items, blocks, whole)
    weigh = inside_block if blocks else _weigh
    members: dict[str, Member] = {}
    told: dict[str, Told] = {}
    for siblings in [items] if table_wide else [found for _, _, found in grouped]:
        weights = whole if table_wide else weigh(siblings)
        keys = [item.key for item in siblings]
        note_weights(weights, siblings, keys[0], notes)
        counted = [wholes[key] for key in keys]
        made = [_member(one, weight, profile, today) for one, weight in zip(counted, weights.numbers, strict=True)]
        members.update(zip(keys, made, strict=True))
        told.update(_told(made, weights))
        told.update(_of_periods(counted, made, weigh, profile, today))
        note_weights(resolve(()), [row for one in counted for row in one.rows if row.key != one.item.key], "", notes)
    totals = [total(name, kind, [members[item.key] for item in found], profile) for name, kind, found in grouped]
    if blocks is not None:
        note_blocks(blocks, sections, notes)
        totals = _weigh_blocks(totals, blocks, told)
        totals.append(_total_of_blocks(items, members, totals, profile))
    elif table_wide:
        totals.append(_total_of_table(items, members, totals, profile))
    note_points(rows, notes)
    zeroing = {group.zeroed_by for group in totals}
    for key, whole_kpi in wholes.items():
        for row in whole_kpi.rows:
            member, share = told[row.key]
            left_out = member.found.missing and not members[key].found.missing
            fatal = key in zeroing and not left_out and (row is whole_kpi.item or is_fatal(member, profile))
            scores[row.key] = _score(member, share, profile, today, zeroing=fatal, left_out=left_out)
            if member.found.notes:
                notes[row.key] = notes.get(row.key, ()) + member.found.notes
    return totals


Told = tuple[Member, float | None]
"""A row as a KPI of its own, and its share among those that are scored beside it."""


def _told(members: Sequence[Member], weights: Weights) -> dict[str, Told]:
    """Give each KPI with its share, by the key of its row."""
    counts = shares(weights.numbers, [one.points is not None for one in members])[0]
    return {one.item.key: (one, share) for one, share in zip(members, counts, strict=True)}


def _weigh(items: Sequence[Kpi]) -> Weights:
    return resolve([item.weight for item in items])


def _of_periods(
    wholes: Sequence[Whole],
    members: Sequence[Member],
    weigh: Callable[[Sequence[Kpi]], Weights],
    profile: Profile,
    today: date,
) -> dict[str, Told]:
    """Give each row of KPIs that have one for each period, as it stands among what counts beside it in its period."""
    told: dict[str, Told] = {}
    rows = [{row.period.value: row for row in one.rows} for one in wholes]
    for period in {row.period.value for one in wholes if len(one.rows) > 1 for row in one.rows}:
        beside = [own.get(period, one.item) for own, one in zip(rows, wholes, strict=True)]
        weights = weigh(beside)
        made = [
            member if row is member.item else _member(Whole(row, (row,)), weight, profile, today)
            for row, member, weight in zip(beside, members, weights.numbers, strict=True)
        ]
        told.update((key, one) for key, one in _told(made, weights).items() if one[0].item.period.value == period)
    return told


def _weigh_blocks(groups: Sequence[Group], blocks: Weights, told: dict[str, Told]) -> list[Group]:
    """Give the sections with what each counts; a KPI then counts its share of its section's share."""
    scored = [group.weighted_score is not None for group in groups]
    counts, _ = shares(blocks.numbers, scored)
    for group, share in zip(groups, counts, strict=True):
        for key in group.members:
            member, own = told[key]
            told[key] = member, None if own is None or share is None else own * share
    return [
        group._replace(weight=share, given_weight=given)
        for group, share, given in zip(groups, counts, blocks.numbers, strict=True)
    ]


def groups_of(items: Sequence[Kpi]) -> list[tuple[str, str, list[Kpi]]]:
    """Group the KPIs of a table: by section; by owner where there are no sections; else all together."""
    if any(item.section for item in items):
        return _by([(item.section or "", item) for item in items], "section")
    if any(item.owner.value for item in items):
        return _by([(" ".join((item.owner.value or "").split()), item) for item in items], "person")
    return [(items[0].sheet, "table", list(items))]


def _sections_among(grouped: Sequence[tuple[str, str, list[Kpi]]]) -> list[list[Kpi]]:
    """Give the groups that are sections."""
    return [found for _, kind, found in grouped if kind == "section"]


def _by(named: Sequence[tuple[str, Kpi]], kind: str) -> list[tuple[str, str, list[Kpi]]]:
    found: dict[str, tuple[str, str, list[Kpi]]] = {}
    for name, item in named:
        found.setdefault(name.casefold(), (name, kind, []))[2].append(item)
    return list(found.values())


def total_of(items: Sequence[Kpi], profile: Profile, today: date) -> Group:
    """Give one total over KPIs of one table, whatever their sections and the form of their weights."""
    groups = _score_table(items, profile, today, {}, {})
    if len(groups) == 1 or groups[-1].kind == "table":
        return groups[-1]
    wholes = whole_kpis(items, today)
    weights = _weigh([one.item for one in wholes]).numbers
    made = {one.item.key: _member(one, weight, profile, today) for one, weight in zip(wholes, weights, strict=True)}
    return _total_of_table([one.item for one in wholes], made, groups, profile)


def weighed_with(key: str, items: Sequence[Kpi]) -> Sequence[Kpi]:
    """Give the KPIs of a table with whose weights that of one of them is read: all, or those of its group."""
    grouped = groups_of(items)
    if _totals_over_table(items, block_weights(_sections_among(grouped)), resolve([item.weight for item in items])):
        return items
    return next(found for _, _, found in grouped if any(item.key == key for item in found))


def _totals_over_table(items: Sequence[Kpi], blocks: Weights | None, whole: Weights) -> bool:
    """Say whether the weights are shares of the whole table: all are given, and together they make 100 %.

    Where sections weigh something (``blocks``) they are shares of their sections.
    """
    given = blocks is None and all(item.weight.value is not None for item in items)
    return given and whole.form in ("percent", "fraction") and not whole.off


def _member(whole: Whole, weight: float | None, profile: Profile, today: date) -> Member:
    found = gauge_kpi(whole.item, profile, today)
    points = None
    if found.missing:
        points = profile.clamp(0.0)
    elif found.problem is None and found.outcome.progress is not None:
        points = profile.clamp(found.outcome.progress)
    return Member(whole.item, found, weight, points if weight is not None else None, whole.rows)


def total(name: str, kind: str, members: Sequence[Member], profile: Profile) -> Group:
    """Give the total of a group; a critical KPI below the profile's mark makes it 0."""
    zeroed_by = next((member.item.key for member in members if is_fatal(member, profile)), None)
    points = 0.0 if zeroed_by is not None else weighted_score(members, profile)
    return _graded(name, kind, members, points, profile, zeroed_by)


def weighted_score(members: Sequence[Member], profile: Profile) -> float | None:
    """Give Σ weight × achievement over the scored weight; None where too little of the weight was scored."""
    weight = held = points = 0.0
    for member in members:
        if member.weight is None:
            continue
        weight += member.weight
        if member.points is not None:
            held += member.weight
            points += member.weight * member.points
    if held <= 0 or held / weight < profile.least_scored - SLACK:
        return None
    return points / held


def _graded(
    name: str,
    kind: str,
    members: Sequence[Member],
    points: float | None,
    profile: Profile,
    zeroed_by: str | None,
    lost: frozenset[str] = frozenset(),
) -> Group:
    """Give a group with its points, grade and coefficient; those of KPIs that were lost add no points."""
    grade = coefficient = before = None
    further = points_of((member.item for member in members if member.item.key not in lost), profile)
    if points is not None:
        before = points
        points = points if zeroed_by is not None else with_points(points, further, profile)
        grade, coefficient = profile.grade(points), coefficient_of(points, profile)
    keys = tuple(row.key for member in members for row in member.rows)
    missing = tuple(
        key for member in members if member.found.missing and member.points is not None for key in _blank(member)
    )
    return Group(
        name, kind, keys, points, grade, coefficient, zeroed_by, missing, before, further.bonus, further.penalty
    )


def _blank(member: Member) -> list[str]:
    """Give the rows of a KPI that should have an actual by now."""
    if len(member.rows) == 1:
        return [member.item.key]
    left_out = {one.actual.ref for one in member.found.periods.left_out}
    return [row.key for row in member.rows if row.actual.ref in left_out]


def coefficient_of(points: float, profile: Profile) -> float | None:
    """Give what a total earns by the profile's ladder; None where it has none."""
    return climb(profile.kpi.coefficients, points) if profile.kpi.coefficients else None


def is_fatal(member: Member, profile: Profile) -> bool:
    """Say whether a critical KPI lies below the mark that makes its group 0."""
    mark = profile.kpi.critical_below
    return bool(
        mark is not None and member.item.critical.value and member.points is not None and member.points < mark - SLACK
    )


def _total_of_table(
    items: Sequence[Kpi], members: dict[str, Member], groups: Sequence[Group], profile: Profile
) -> Group:
    """Give the total over all groups of a table whose weights are shares of it; a group made 0 counts as 0."""
    lost = _lost(groups)
    counted = [members[item.key] for item in items]
    nothing = [
        member._replace(points=0.0) if member.item.key in lost and member.points is not None else member
        for member in counted
    ]
    return _graded(items[0].sheet, "table", counted, weighted_score(nothing, profile), profile, None, lost)


def _lost(groups: Sequence[Group]) -> frozenset[str]:
    return frozenset(key for group in groups if group.zeroed_by is not None for key in group.members)


def _total_of_blocks(
    items: Sequence[Kpi], members: dict[str, Member], groups: Sequence[Group], profile: Profile
) -> Group:
    """Give Σ weight of a section × its score; as in a section, too little scored weight gives no total."""
    weight = held = points = 0.0
    for group in groups:
        weight += group.given_weight or 0.0
        if group.before_points is not None:
            held += group.given_weight or 0.0
            points += (group.given_weight or 0.0) * group.before_points
    enough = held > 0 and held / weight >= profile.least_scored - SLACK
    counted = [members[item.key] for item in items]
    total_points = points / held if enough else None
    return _graded(items[0].sheet, "table", counted, total_points, profile, None, _lost(groups))


def _score(
    member: Member, share: float | None, profile: Profile, today: date, *, zeroing: bool, left_out: bool
) -> Score:
    item, found, outcome = member.item, member.found, member.found.outcome
    problem = found.problem or (NotScored.NEGATIVE_WEIGHT if member.weight is None else None)
    points = member.points
    expected = None if profile.status.by == "achievement" else 1.0
    if problem is not None or points is None:
        status, reason = Status.NOT_SCORED, _problem_reason(problem or NotScored.NO_PERIOD, member)
        expected = None
    else:
        status = status_at(outcome.progress or 0.0, profile, today)
        reason = Reason("kpi_missing_row", {}) if left_out else _reason(member, profile, zeroing=zeroing)
    spans = [measured.period for measured in found.periods.used if measured.period is not None]
    last = found.periods.used[-1] if found.periods.used else found.periods.running
    source = last.actual if last is not None else item.actual
    return Score(
        key=item.key,
        kind="kpi",
        status=status,
        reason=reason,
        progress=outcome.progress,
        expected=expected,
        score=points,
        metric=found.metric,
        not_scored=problem,
        weight=share,
        given_weight=member.weight,
        baseline=outcome.baseline,
        target=outcome.target,
        current=outcome.current,
        source=None if source.blank else source,
        start=spans[0].start if spans else None,
        due=spans[-1].end if spans else None,
        weighted_score=share * points if share is not None and points is not None else None,
        grade=profile.grade(points) if points is not None else None,
        coefficient=coefficient_of(points, profile) if points is not None else None,
        trend=found.trend,
    )


def status_at(progress: float, profile: Profile, today: date) -> Status:
    """Give the status of a KPI with that achievement; it has no pace, so nothing but the achievement counts."""
    expected = None if profile.status.by == "achievement" else 1.0
    position = Position(progress, profile.clamp(progress), expected, None, None, None, 1.0, always=True)
    return judge(position, profile, today)[0]


def _reason(member: Member, profile: Profile, *, zeroing: bool) -> Reason:
    found = member.found
    if zeroing and found.missing:
        return Reason("kpi_critical_missing", {})
    if zeroing:
        return Reason("kpi_critical", {"score": member.points, "mark": profile.kpi.critical_below})
    if found.missing:
        return Reason("kpi_missing", {})
    labels = [measured.period.label for measured in found.periods.used if measured.period is not None]
    params: dict[str, Any] = {"progress": found.outcome.progress}
    if not labels:
        return Reason("kpi", params)
    if len(labels) == 1:
        return Reason("kpi_one_period", {**params, "period": labels[0]})
    return Reason("kpi_periods", {**params, "first": labels[0], "last": labels[-1]})


def _problem_reason(problem: NotScored, member: Member) -> Reason:
    running, item = member.found.periods.running, member.item
    period = running.period if running is not None else item.period.value
    if problem is NotScored.NO_PERIOD and period is not None:
        return Reason("running", {"period": period.label, "end": period.end})
    unlike = unlike_of(item, member.found.periods.used) if problem is NotScored.UNITS_DIFFER else None
    if unlike is not None:
        return for_unlike(unlike)
    cells = {
        NotScored.UNREADABLE_BASELINE: [item.baseline],
        NotScored.NEGATIVE_WEIGHT: [item.weight],
        NotScored.UNREADABLE_TARGET: [measured.target for measured in member.found.periods.left_out],
        NotScored.UNREADABLE_CURRENT: [measured.actual for measured in member.found.periods.left_out],
    }.get(problem, [])
    cell = next((cell for cell in cells if not cell.blank and (cell.value is None or len(cells) == 1)), None)
    return Reason(problem.value, {} if cell is None else {"cell": cell.ref, "text": shown(cell)})
