"""KPIs with a row for each month as ``sheetsync explain`` is asked of them: each as one, by its id or its name."""

from __future__ import annotations

from collections.abc import Mapping

from sheetsync.model import Goals, Kpi
from sheetsync.reading.identity import period_name
from sheetsync.results import Scorecard
from sheetsync.scoring.kpis.joined import scored_jointly, with_kpis_joined, without
from sheetsync.sync import Evaluation


def of_wholes(evaluation: Evaluation) -> Evaluation | None:
    """Give the evaluation with each such KPI in place of its rows; None where there is none.

    It is called by what its rows share of their keys. Of what is remembered of its rows nothing is told.
    """
    found = scored_jointly(evaluation.goals.kpis, evaluation.kpi_profile, evaluation.today)
    if not found.key_of:
        return None
    goals, card = with_kpis_joined(evaluation.goals, evaluation.scorecard, found)
    wanted = {item.key: _shared(item) for item in found.kpis if item.key in found.scores}
    taken = [*wanted.values(), *(key for key in card.scores if key not in wanted)]
    names = {key: name for key, name in wanted.items() if taken.count(name) == 1}
    goals, card = _called(goals, card, names)
    past = evaluation.past
    if past is not None:
        past = past._replace(items=without(found.key_of, past.items))
    return evaluation._replace(goals=goals, scorecard=card, past=past)


def _shared(item: Kpi) -> str:
    """Give the key of a row without its period."""
    period = item.period.value
    return item.key if period is None else item.key.removesuffix(f"-{period_name(period)}")


def _called(goals: Goals, card: Scorecard, names: Mapping[str, str]) -> tuple[Goals, Scorecard]:
    """Give other keys to some KPIs, wherever these stand."""

    def name(key: str) -> str:
        return names.get(key, key)

    groups = tuple(
        group._replace(
            members=tuple(map(name, group.members)),
            missing=tuple(map(name, group.missing)),
            zeroed_by=None if group.zeroed_by is None else name(group.zeroed_by),
        )
        for group in card.groups
    )
    return goals._replace(kpis=tuple(item._replace(key=name(item.key)) for item in goals.kpis)), card._replace(
        scores={name(key): score._replace(key=name(key)) for key, score in card.scores.items()},
        notes={name(key): told for key, told in card.notes.items()},
        groups=groups,
    )
