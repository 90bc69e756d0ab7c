"""KPIs with a row for each month, counted and scored as the one KPI that their rows make. Pure."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from sheetsync.model import NOTHING, Goals, Kpi
from sheetsync.record import NamedTuple
from sheetsync.results import Group, Reason, Score, Scorecard
from sheetsync.scoring.kpis.series import series_of
from sheetsync.scoring.kpis.several_rows import wholes_of_tables
from sheetsync.scoring.profile import Profile
from sheetsync.scoring.weigh_notes import Notes

T = TypeVar("T")


class Joined(NamedTuple):
    """Each KPI once, in the order of their first rows.

    ``key_of`` has the key of the KPI by the key of each row that is not alone; it is that of its last complete row.
    ``scores`` are the scores of these KPIs over all their complete months, ``notes`` what was assumed of them.
    ``series`` has the name of its series for each KPI of a worksheet that is one a month, ``groups`` the totals of each
    series over all its months.
    """

    kpis: tuple[Kpi, ...]
    key_of: Mapping[str, str] = NOTHING
    scores: Mapping[str, Score] = NOTHING
    notes: Mapping[str, tuple[Reason, ...]] = NOTHING
    series: Mapping[str, str] = NOTHING
    groups: Mapping[str, tuple[Group, ...]] = NOTHING

    def once(self, keys: Sequence[str]) -> tuple[str, ...]:
        """Give the keys of KPIs for those of their rows, each once."""
        return tuple(dict.fromkeys(self.key_of.get(key, key) for key in keys)) if self.key_of else tuple(keys)


def joined(kpis: Sequence[Kpi], today: date, *, over_worksheets: bool = True) -> Joined:
    """Put the rows of each KPI together; nothing is scored.

    With ``over_worksheets`` those of worksheets that are one a month too.
    """
    if not any(item.period.value for item in kpis):
        return Joined(tuple(kpis))
    series = series_of(kpis) if over_worksheets else NOTHING
    wholes = wholes_of_tables(kpis, today, series)
    several = {row.key: whole.item.key for whole in wholes if len(whole.rows) > 1 for row in whole.rows}
    items = tuple(whole.item for whole in wholes)
    return Joined(items, several, series={item.key: series[item.table] for item in items if item.table in series})


def scored_jointly(kpis: Sequence[Kpi], profile: Profile, today: date, *, over_worksheets: bool = True) -> Joined:
    """Put the rows of each KPI together, and score what has several of them."""
    found = joined(kpis, today, over_worksheets=over_worksheets)
    if not found.key_of:
        return found
    from sheetsync.scoring.kpis.groups import score_kpis  # most workbooks have no such rows

    scores: dict[str, Score] = {}
    notes: Notes = {}
    groups = {}
    score_kpis([item for item in found.kpis if item.key not in found.series], profile, today, scores, notes)
    for name in dict.fromkeys(found.series.values()):
        items = [item._replace(table=name) for item in found.kpis if found.series.get(item.key) == name]
        totals = score_kpis(items, profile, today, scores, notes)
        groups[name] = tuple(
            group._replace(name=_span(items, today)) if group.kind == "table" else group for group in totals
        )
    own = {*found.key_of.values(), *found.series}
    return found._replace(
        scores={key: score for key, score in scores.items() if key in own},
        notes={key: told for key, told in notes.items() if key in own},
        groups=groups,
    )


def _span(items: Sequence[Kpi], today: date) -> str:
    """Give the worksheets of the first and the last complete period of a series."""
    values = [(one.period.start, one.actual.sheet) for item in items for one in item.periods if one.period.end < today]
    sheets = list(dict.fromkeys(sheet for _, sheet in sorted(values)))
    return " – ".join(dict.fromkeys((sheets[0], sheets[-1]))) if sheets else items[0].sheet


def with_kpis_joined(goals: Goals, card: Scorecard, found: Joined) -> tuple[Goals, Scorecard]:
    """Give goals and scores with the KPIs in place of their rows.

    The totals of groups stay as they are, for in them it is one KPI already; those of a series are over its months.
    """
    scores = {**without(found.key_of, card.scores), **found.scores}
    notes = {**without(found.key_of, card.notes), **found.notes}
    groups = tuple(_groups(card, found))
    return goals._replace(kpis=found.kpis), card._replace(scores=scores, notes=notes, groups=groups)


def _groups(card: Scorecard, found: Joined) -> Iterator[Group]:
    told = set()
    for group in card.groups:
        members = found.once(group.members)
        name = next((found.series[key] for key in members if key in found.series), None)
        if name is None:
            yield group._replace(members=members, missing=found.once(group.missing))
        elif name not in told:
            told.add(name)
            yield from found.groups[name]


def without(keys: Container[str], named: Mapping[str, T]) -> dict[str, T]:
    """Give what is not of some rows."""
    return {key: one for key, one in named.items() if key not in keys}
