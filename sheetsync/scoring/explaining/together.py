"""What links an item to others across OKRs and KPIs, for its explanation: plain data, and its lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sheetsync.language import Phrases
from sheetsync.model import Goals, KpiLink
from sheetsync.results import Scorecard, Serving, Taken
from sheetsync.scoring.together.links import Goal


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link between a KPI and a goal, as it is told of one of them: ``key``, title and cell are the other's.

    ``role`` is the KPI's, one of ``model.KpiLink``. ``share`` is what a KPI achieved, or the progress of a goal (1 is
    100 %). ``through`` is the key result of an explained objective that the KPI serves; None where it serves itself.
    """

    key: str
    title: str
    kind: str
    role: str
    status: str
    share: float | None
    cell: str
    through: str | None = None


@dataclass(frozen=True, slots=True)
class TakenLine:
    """One period of a KPI that went into the current value of the explained key result."""

    label: str
    value: float | str | bool | None
    percent: bool
    cell: str


@dataclass(frozen=True, slots=True)
class TakenFrom:
    """The KPI whose value is the current value of the explained key result, and how it was made.

    ``aggregation`` is one of ``model.Aggregation``, ``to_date`` where a value to date was taken off another one, or
    None where one value stands alone.
    """

    kpi: str
    title: str
    aggregation: str | None
    periods: tuple[TakenLine, ...]


def links_to(scorecard: Scorecard, keys: Sequence[str]) -> tuple[LinkLine, ...]:
    """Give the KPIs that serve an objective or a key result (the first key), then those of its key results."""
    return tuple(
        _kpi_line(one, key if place else None)
        for place, key in enumerate(keys)
        for one in scorecard.servings.get(key, ())
    )


def _kpi_line(one: Serving, through: str | None) -> LinkLine:
    return LinkLine(one.kpi, one.title, "kpi", one.link, one.status.value, one.achievement, str(one.cell), through)


def links_from(goals: Goals, scorecard: Scorecard, kpi: str) -> tuple[LinkLine, ...]:
    """Give the goals that a KPI serves, in the order of their rows."""
    found = []
    items: tuple[Goal, ...] = (*goals.objectives, *goals.key_results)
    for item in items:
        score = scorecard.scores.get(item.key)
        for one in scorecard.servings.get(item.key, ()):
            if one.kpi == kpi and score is not None:
                title, cell = item.title.value or item.key, str(item.title.ref)
                line = LinkLine(item.key, title, score.kind, one.link, score.status.value, score.progress, cell)
                found.append(line)
    return tuple(found)


def taken_from(taken: Taken | None) -> TakenFrom | None:
    """Give where a current value was taken from; None where it was typed."""
    if taken is None:
        return None
    periods = tuple(TakenLine(one.label, one.value, one.percent, str(one.cell)) for one in taken.periods)
    return TakenFrom(taken.kpi, taken.title, taken.aggregation, periods)


def link_lines(links: Sequence[LinkLine], kind: str, phrases: Phrases) -> Iterator[str]:
    """Tell the links of an item of some kind, each in one line; of guards that they never change a score."""
    side = "served" if kind != "kpi" else "serves"
    for one in links:
        share = phrases.text("explain.none") if one.share is None else phrases.percent(one.share)
        params = {"id": one.key, "title": " ".join(one.title.split()), "cell": one.cell, "share": share}
        status = phrases.text(f"status.{one.status}")
        told = phrases.text(f"explain.together.{side}_{one.role}", **params, status=status)
        yield told if one.through is None else phrases.text("explain.together.through", told=told, id=one.through)
    if side == "served" and any(one.role == KpiLink.GUARDS for one in links):
        yield phrases.text("explain.together.only_tells")


def taken_lines(taken: TakenFrom | None, phrases: Phrases) -> Iterator[str]:
    """Tell from which KPI the current value was taken, and from which of its cells."""
    if taken is None:
        return
    params = {"id": taken.kpi, "title": " ".join(taken.title.split())}
    if taken.aggregation in (None, "to_date"):
        yield phrases.text(f"explain.together.taken_{taken.aggregation or 'one'}", **params)
    else:
        how = phrases.text(f"explain.aggregation.{taken.aggregation}")
        yield phrases.text("explain.together.taken", **params, aggregation=how)
    for one in taken.periods:
        key = "taken_cell" if one.label else "taken_alone"
        yield phrases.text(f"explain.together.{key}", label=one.label, value=_value(one, phrases), cell=one.cell)


def _value(one: TakenLine, phrases: Phrases) -> str:
    if isinstance(one.value, bool):
        return phrases.text(f"explain.{'yes' if one.value else 'no'}")
    if isinstance(one.value, float):
        return phrases.percent(one.value, 1) if one.percent else phrases.number(one.value)
    return str(one.value)
