"""KPIs with a row for each month, counted and scored as the one KPI that their rows make. Pure."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from datetime import date
from typing import TypeVar

from sheetsync.model import NOTHING, Goals, Kpi
from sheetsync.record import NamedTuple
from sheetsync.results import Reason, Score, Scorecard
from sheetsync.scoring.kpis.several_rows import wholes_of_tables
from sheetsync.scoring.profile import Profile
from sheetsync.scoring.weigh_notes import Notes

T = TypeVar("T")


class Joined(NamedTuple):
    """Each KPI once, in the order of their first rows.

    ``key_of`` has the key of the KPI by the key of each row that is not alone; it is that of its last complete row.
    ``scores`` are the scores of these KPIs over all their complete months, ``notes`` what was assumed of them.
    """

    kpis: tuple[Kpi, ...]
    key_of: Mapping[str, str] = NOTHING
    scores: Mapping[str, Score] = NOTHING
    notes: Mapping[str, tuple[Reason, ...]] = NOTHING

    def once(self, keys: Sequence[str]) -> tuple[str, ...]:
        """Give the keys of KPIs for those of their rows, each once."""
        return tuple(dict.fromkeys(self.key_of.get(key, key) for key in keys)) if self.key_of else tuple(keys)


def joined(kpis: Sequence[Kpi], today: date) -> Joined:
    """Put the rows of each KPI together; nothing is scored."""
    if not any(item.period.value for item in kpis):
        return Joined(tuple(kpis))
    wholes = wholes_of_tables(kpis, today)
    several = {row.key: whole.item.key for whole in wholes if len(whole.rows) > 1 for row in whole.rows}
    return Joined(tuple(whole.item for whole in wholes), several)


def scored_jointly(kpis: Sequence[Kpi], profile: Profile, today: date) -> Joined:
    """Put the rows of each KPI together, and score what has several of them."""
    found = joined(kpis, today)
    if not found.key_of:
        return found
    from sheetsync.scoring.kpis.groups import score_kpis  # most workbooks have no such rows

    scores: dict[str, Score] = {}
    notes: Notes = {}
    score_kpis(found.kpis, profile, today, scores, notes)
    own = set(found.key_of.values())
    return found._replace(
        scores={key: score for key, score in scores.items() if key in own},
        notes={key: told for key, told in notes.items() if key in own},
    )


def with_kpis_joined(goals: Goals, card: Scorecard, found: Joined) -> tuple[Goals, Scorecard]:
    """Give goals and scores with the KPIs in place of their rows. The totals of groups stay as they are.

    In them it is one KPI already.
    """
    groups = tuple(
        group._replace(members=found.once(group.members), missing=found.once(group.missing)) for group in card.groups
    )
    scores = {**without(found.key_of, card.scores), **found.scores}
    notes = {**without(found.key_of, card.notes), **found.notes}
    return goals._replace(kpis=found.kpis), card._replace(scores=scores, notes=notes, groups=groups)


def without(keys: Container[str], named: Mapping[str, T]) -> dict[str, T]:
    """Give what is not of some rows."""
    return {key: one for key, one in named.items() if key not in keys}
