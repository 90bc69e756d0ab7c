"""KPIs with a row for each month, counted and scored as the one KPI that their rows make. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sheetsync.model import NOTHING, Kpi
from sheetsync.record import NamedTuple
from sheetsync.results import Score
from sheetsync.scoring.kpis.several_rows import wholes_of_tables
from sheetsync.scoring.profile import Profile


class Joined(NamedTuple):
    """Each KPI once, in the order of their first rows.

    ``key_of`` has the key of the KPI by the key of each row that is not alone, ``scores`` the scores of these KPIs over
    all their complete months.
    """

    kpis: tuple[Kpi, ...]
    key_of: Mapping[str, str] = NOTHING
    scores: Mapping[str, Score] = NOTHING

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
    score_kpis(found.kpis, profile, today, scores, {})
    own = set(found.key_of.values())
    return found._replace(scores={key: score for key, score in scores.items() if key in own})
