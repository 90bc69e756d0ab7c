"""The order in which the page shows goals: objectives, their key results below them, then what is aligned to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sheetsync.model import Goals, Level, Objective
from sheetsync.record import NamedTuple
from sheetsync.scoring.alignment import above_of, align
from sheetsync.scoring.current import name_of

DEEPEST = 6
"""Steps by which a row is set in at most; deeper ones stand below each other."""


class Branch(NamedTuple):
    """One row of the tree: the key of its item, how deep it stands, and whether a sibling follows further down."""

    key: str
    depth: int
    goes_on: bool = False


class Links(NamedTuple):
    """What stands under what, by keys in the order of their rows: ``tops`` under nothing."""

    tops: Sequence[str]
    below: Mapping[str, Sequence[str]]


def links_of(goals: Goals) -> Links:
    """Give what stands under each goal: its key results, then the objectives that are aligned to it or to one of those.

    An objective that is aligned to several stands under the first; links of a loop count for nothing, as in scoring.
    """
    below: dict[str, list[str]] = defaultdict(list)
    known = {item.key for item in goals.objectives}
    for one in goals.key_results:
        below[one.objective if one.objective in known else ""].append(one.key)
    parents = _parents(goals)
    tops = [item for item in goals.objectives if item.key not in parents]
    for item in goals.objectives:
        if item.key in parents:
            below[parents[item.key]].append(item.key)
    tops.sort(key=lambda item: item.level.value is not Level.COMPANY)  # keeps the order of the rows otherwise
    return Links([*dict.fromkeys(item.key for item in tops), *below.pop("", ())], below)


def _parents(goals: Goals) -> dict[str, str]:
    """Give the objective above each objective that has one."""
    if not any(item.aligned_to.value for item in goals.objectives):
        return {}
    above = above_of(goals.objectives, goals.key_results)
    knot_of = {key: number for number, loop in enumerate(align(goals).loops) for key in loop}
    found = ((item.key, _parent(item, above, knot_of)) for item in goals.objectives)
    return {key: parent for key, parent in found if parent is not None}


def _parent(item: Objective, above: Mapping[str, tuple[str, bool]], knot_of: Mapping[str, int]) -> str | None:
    for text in item.aligned_to.value or ():
        parent, _ = above.get(name_of(text), ("", False))
        circular = item.key in knot_of and knot_of.get(parent) == knot_of[item.key]
        if parent and parent != item.key and not circular:
            return parent
    return None


def branches(links: Links) -> Iterator[Branch]:
    """Give the rows of the tree, each goal once."""
    seen: set[str] = set()
    waiting = [Branch(key, 0) for key in reversed(links.tops)]
    while waiting:
        branch = waiting.pop()
        if branch.key in seen:
            continue
        seen.add(branch.key)
        yield branch
        keys = links.below.get(branch.key, ())
        depth = min(branch.depth + 1, DEEPEST)
        waiting += [Branch(key, depth, place < len(keys) - 1) for place, key in reversed(list(enumerate(keys)))]


def kept(links: Links, wanted: set[str]) -> set[str]:
    """Give the keys of the wanted goals with all goals that they stand under."""
    above = {key: parent for parent, keys in links.below.items() for key in keys}
    found = set()
    for key in wanted:
        while key not in found:
            found.add(key)
            if key not in above:
                break
            key = above[key]
    return found
