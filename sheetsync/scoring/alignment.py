"""Which objectives serve which: the children that count, and the loops in which none does."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from sheetsync.model import Goals, KeyResult, Link, Objective
from sheetsync.record import NamedTuple
from sheetsync.scoring.current import name_of

N = TypeVar("N", bound=Hashable)


class Alignment(NamedTuple):
    """What the Aligned to cells say.

    ``children`` maps an objective to the objectives that contribute to it, ``order`` has every objective after its
    contributing children, and ``loops`` are the keys of each loop (in the order of its links where it is a simple one).
    """

    children: Mapping[str, Sequence[str]]
    order: tuple[str, ...]
    loops: tuple[tuple[str, ...], ...]


def align(goals: Goals, cut: Collection[tuple[str, str]] = ()) -> Alignment:
    """Find the contributing children and the loops. Every link inside a loop is ignored.

    ``cut`` are links (child, parent) that are ignored too: parts of loops through other workbooks.
    """
    links = _links(goals.objectives, goals.key_results)
    if not links:
        return Alignment({}, tuple(objective.key for objective in goals.objectives), ())
    places = {objective.key: place for place, objective in enumerate(goals.objectives)}
    knots = knots_of({child: [up for up, _ in ups] for child, ups in links.items()})
    loops = tuple(told_along(sorted(knot, key=places.__getitem__), links) for knot in knots)
    knot_of = {key: number for number, knot in enumerate(knots) for key in knot}
    children: dict[str, list[str]] = {}
    for objective in goals.objectives:
        if objective.link.value is not Link.CONTRIBUTES:
            continue
        for parent, counts in links.get(objective.key, ()):
            inside = objective.key in knot_of and knot_of.get(parent) == knot_of[objective.key]
            if counts and not inside and (objective.key, parent) not in cut:
                children.setdefault(parent, []).append(objective.key)
    told = tuple(sorted(loops, key=lambda loop: places[loop[0]]))
    return Alignment(children, _children_first(goals.objectives, children), told)


def _links(objectives: Iterable[Objective], key_results: Iterable[KeyResult]) -> dict[str, list[tuple[str, bool]]]:
    """Give the objectives above each objective, and whether the link can count.

    A link to a key result leads to the objective above it and never counts.
    """
    linked = [objective for objective in objectives if objective.aligned_to.value]
    if not linked:
        return {}
    above = above_of(objectives, key_results)
    return {
        objective.key: merged(
            above[name_of(name)] for name in objective.aligned_to.value or () if name_of(name) in above
        )
        for objective in linked
    }


def above_of(objectives: Iterable[Objective], key_results: Iterable[KeyResult]) -> dict[str, tuple[str, bool]]:
    """Give by its compared name the objective that a link to it leads to, and whether such a link can count."""
    above: dict[str, tuple[str, bool]] = {}
    for item in key_results:
        if item.objective is not None:
            for name in (item.id.value, item.key):
                if name:
                    above.setdefault(name_of(name), (item.objective, False))
    for objective in reversed(tuple(objectives)):
        for name in (objective.key, objective.id.value):
            if name:
                above[name_of(name)] = (objective.key, True)
    return above


def merged(links: Iterable[tuple[N, bool]]) -> list[tuple[N, bool]]:
    """Give each link once; one that counts hides those to key results of the same objective."""
    found = dict.fromkeys(links)
    counting = {parent for parent, counts in found if counts}
    return [(parent, counts) for parent, counts in found if counts or parent not in counting]


def knots_of(links: Mapping[N, list[N]]) -> list[list[N]]:
    """Find the strongly connected parts that hold a loop (Tarjan 1972, without recursion)."""
    number: dict[N, int] = {}
    low: dict[N, int] = {}
    open_: list[N] = []
    held: set[N] = set()
    knots: list[list[N]] = []
    for root in links:
        if root in number:
            continue
        trail = [(root, iter(links[root]))]
        number[root] = low[root] = len(number)
        open_.append(root)
        held.add(root)
        while trail:
            node, ways = trail[-1]
            for onward in ways:
                if onward not in number:
                    number[onward] = low[onward] = len(number)
                    open_.append(onward)
                    held.add(onward)
                    trail.append((onward, iter(links.get(onward, ()))))
                    break
                if onward in held:
                    low[node] = min(low[node], number[onward])
            else:
                trail.pop()
                if trail:
                    low[trail[-1][0]] = min(low[trail[-1][0]], low[node])
                if low[node] == number[node]:
                    knot = _close(node, open_, held)
                    if len(knot) > 1 or node in links.get(node, ()):
                        knots.append(knot)
    return knots


def _close(node: N, open_: list[N], held: set[N]) -> list[N]:
    knot = [open_.pop()]
    while knot[-1] != node:
        knot.append(open_.pop())
    held.difference_update(knot)
    return knot


def told_along(knot: list[N], links: Mapping[N, list[tuple[N, bool]]]) -> tuple[N, ...]:
    """Order a loop along its links where each of its objectives has one link inside; else leave the rows' order."""
    members = set(knot)
    inside = {key: [parent for parent, _ in links.get(key, ()) if parent in members] for key in knot}
    if any(len(parents) != 1 for parents in inside.values()):
        return tuple(knot)
    told = [knot[0]]
    while (onward := inside[told[-1]][0]) != knot[0]:
        told.append(onward)
    return tuple(told)


def _children_first(objectives: Iterable[Objective], children: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Order the objectives so that each comes after those that contribute to it."""
    done: dict[str, None] = {}
    for objective in objectives:
        trail = [objective.key]
        while trail:
            key = trail[-1]
            waiting = [child for child in children.get(key, ()) if child not in done]
            if waiting and key not in done:
                trail.extend(waiting)
            else:
                done[trail.pop()] = None
    return tuple(done)
