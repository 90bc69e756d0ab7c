"""The summary of KPI scorecards: a line for each person, each department and each company of a worksheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sheetsync.adding import mean
from sheetsync.model import Goals, Kpi
from sheetsync.record import NamedTuple
from sheetsync.results import WITHOUT_ACTUAL, Group, NotScored, Score, Scorecard
from sheetsync.scoring.kpis.groups import coefficient_of, total_of
from sheetsync.scoring.kpis.joined import Joined, scored_jointly
from sheetsync.scoring.profile import SLACK, Profile

PERSON, DEPARTMENT, COMPANY = "person", "department", "company"


class Line(NamedTuple):
    """The scorecard of a person, a department or a company, as the KPIs of one worksheet make it.

    ``score`` is a fraction, 1 is 100 %; None where too little could be scored. ``kpis`` counts the KPIs, ``missing``
    those without an actual, ``critical`` the critical ones below the profile's mark.
    """

    level: str
    name: str
    sheet: str
    score: float | None
    grade: str | None
    coefficient: float | None
    kpis: int
    missing: int
    critical: int


class _Desk(NamedTuple):
    scorecard: Scorecard
    profile: Profile
    today: date
    kpis: Joined
    items: Mapping[str, Kpi]
    """The KPIs, each once, by their keys."""

    def members(self, rows: Sequence[Kpi]) -> list[tuple[Kpi, Score]]:
        """Give the KPIs of some rows, each once, with their scores."""
        found = self.kpis.once([row.key for row in rows])
        return [(self.items[key], self.kpis.scores.get(key) or self.scorecard.scores[key]) for key in found]


def summarise(goals: Goals, scorecard: Scorecard, profile: Profile, today: date) -> tuple[Line, ...]:
    """Give the lines of all KPI tables: people, then departments, then the company, each in the order of rows.

    A person's KPIs are those that name them as owner. A department's and the company's score is that of the KPIs that
    name no owner (for the company: and no department); where there are none, the mean of the lines below. Where the
    scorecard has a group of the very same KPIs, such as a section that is a department, that group's total stands.
    """
    teams = {_plain(one.name.value): one.team.value for one in goals.people if one.name.value and one.team.value}
    company = goals.settings.company.value if goals.settings is not None else None
    tables: dict[str, list[Kpi]] = {}
    for item in goals.kpis:
        tables.setdefault(item.table, []).append(item)
    kpis = scored_jointly(goals.kpis, profile, today, over_worksheets=False)
    desk = _Desk(scorecard, profile, today, kpis, {item.key: item for item in kpis.kpis})
    lines: list[Line] = []
    for items in tables.values():
        lines += _table(items, teams, company, desk)
    order = (PERSON, DEPARTMENT, COMPANY)
    return tuple(sorted(lines, key=lambda line: order.index(line.level)))


def _table(items: Sequence[Kpi], teams: Mapping[str, str], company: str | None, desk: _Desk) -> list[Line]:
    people: dict[str, list[Kpi]] = {}
    departments: dict[str, list[Kpi]] = {}
    everything: dict[str, list[Kpi]] = {}
    members: dict[str, dict[str, None]] = {}
    names: dict[str, str] = {}
    for item in items:
        owner, team = _name(item.owner.value), _name(item.team.value or teams.get(_plain(item.owner.value)))
        for name in (owner, team):
            names.setdefault(_plain(name), name)
        if owner:
            people.setdefault(_plain(owner), []).append(item)
        if team:
            departments.setdefault(_plain(team), [])
            everything.setdefault(_plain(team), []).append(item)
            members.setdefault(_plain(team), {})
            if owner:
                members[_plain(team)][_plain(owner)] = None
            else:
                departments[_plain(team)].append(item)
    own = {who: _line(PERSON, names[who], theirs, desk) for who, theirs in people.items()}
    below = [
        _department(names[who], everything[who], theirs, [own[one] for one in members[who]], desk)
        for who, theirs in departments.items()
    ]
    return [*own.values(), *below, *_company(items, company or items[0].sheet, below or list(own.values()), desk)]


def _department(name: str, items: Sequence[Kpi], own: Sequence[Kpi], people: Sequence[Line], desk: _Desk) -> Line:
    scored = _scored(items, desk)
    if scored is not None:
        return _line(DEPARTMENT, name, items, desk, scored)
    return _line(DEPARTMENT, name, own, desk) if own else _mean(DEPARTMENT, name, people, desk)


def _company(items: Sequence[Kpi], name: str, below: Sequence[Line], desk: _Desk) -> list[Line]:
    """Give the line of the company, unless it would only say again what a single line says."""
    whole = _scored(items, desk)
    alone = [item for item in items if not item.owner.value and not item.team.value]
    if len(below) == 1 and not alone:
        return []
    if whole is not None:
        return [_line(COMPANY, name, items, desk, whole)]
    return [_line(COMPANY, name, alone, desk) if alone else _mean(COMPANY, name, below, desk)]


def _scored(items: Sequence[Kpi], desk: _Desk) -> Group | None:
    """Give the group of the scorecard that has the very same KPIs: the same ones never have two totals."""
    keys = {item.key for item in items}
    return next((one for one in desk.scorecard.groups if keys == {*one.members}), None)


def _line(level: str, name: str, items: Sequence[Kpi], desk: _Desk, scored: Group | None = None) -> Line:
    group = scored or _scored(items, desk) or total_of(items, desk.profile, desk.today)
    scores = desk.members(items)
    mark = desk.profile.kpi.critical_below
    fatal = [
        item
        for item, score in scores
        if mark is not None and item.critical.value and score.score is not None and score.score < mark - SLACK
    ]
    missing = [one for _, one in scores if one.reason.code in WITHOUT_ACTUAL or one.not_scored is NotScored.NO_ACTUAL]
    told = (group.weighted_score, group.grade, group.coefficient)
    return Line(level, name, items[0].sheet, *told, len(scores), len(missing), len(fatal))


def _mean(level: str, name: str, lines: Sequence[Line], desk: _Desk) -> Line:
    known = [line.score for line in lines if line.score is not None]
    score = mean(known)
    grade = None if score is None else desk.profile.grade(score)
    coefficient = None if score is None else coefficient_of(score, desk.profile)
    counts = (
        sum(line.kpis for line in lines),
        sum(line.missing for line in lines),
        sum(line.critical for line in lines),
    )
    return Line(level, name, lines[0].sheet, score, grade, coefficient, *counts)


def _name(text: str | None) -> str:
    return " ".join((text or "").split())


def _plain(text: str | None) -> str:
    return _name(text).casefold()
