"""What all parts of a page are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sheetsync.model import Item, Objective
from sheetsync.record import NamedTuple
from sheetsync.report.digest.items import item_of
from sheetsync.report.digest.objectives import objective_of
from sheetsync.report.digest.source import Source, known_of
from sheetsync.scoring.owned.owners import Owner

Row = Mapping[str, Any]


class Scope(NamedTuple):
    """The part of a workbook that a page is limited to: what a team or a person (``kind``) owns, by its keys."""

    kind: str
    name: str
    keys: frozenset[str]


def scope_of(owner: Owner) -> Scope:
    """Give the scope of one team or person."""
    return Scope(owner.kind, owner.name, frozenset(owner.keys))


class View(NamedTuple):
    """What all parts of a page are made of.

    ``all`` has every scored objective, key result and KPI of the workbook by its key, ``rows`` those that the page is
    about. ``numbers`` are the teams of those by the numbers (from 1) that the filter knows them by.
    """

    source: Source
    all: Mapping[str, Row]
    rows: Mapping[str, Row]
    numbers: Mapping[str, int]
    limited: bool
    past: bool = False
    """Whether it is about an earlier day, of which only the history tells."""

    def teams(self, key: str | None) -> list[int]:
        """Give the numbers of the teams that an item is of."""
        names = known_of(self.source).teams.get(key or "", ())
        return [self.numbers[name] for name in names if name in self.numbers]

    def marked(self, rows: Iterable[Row]) -> list[dict[str, Any]]:
        """Give rows with the numbers of their teams."""
        return [{**row, "teams": self.teams(row["key"])} for row in rows]

    def results(self) -> list[Row]:
        """Give the key results that the page is about."""
        return [row for row in self.rows.values() if row["kind"] == "key_result"]


def view_of(source: Source, scope: Scope | None, *, past: bool = False) -> View:
    """Gather what the parts of a page are made of, from a prepared source."""
    known = known_of(source)
    scored = source.scorecard.scores
    every = {key: _row(item, source) for key, item in known.items.items() if key in scored}
    goals = source.goals
    order = dict.fromkeys(item.key for item in goals.items if item.key in every)
    rows = {key: every[key] for key in order if scope is None or key in scope.keys}
    names = dict.fromkeys(name for key in rows for name in known.teams.get(key, ()))
    numbers = {name: number for number, name in enumerate(names, 1)}
    return View(source, every, rows, numbers, scope is not None, past)


def _row(item: Item, source: Source) -> dict[str, Any]:
    """Give an objective with what is scored of it and all the KPIs that serve it, anything else as it is."""
    if isinstance(item, Objective):
        return objective_of(item, source, linked=len(source.goals.kpis))
    return {**item_of(item, source), "scored": 0, "total": 0, "kpis": [], "more_kpis": 0}
