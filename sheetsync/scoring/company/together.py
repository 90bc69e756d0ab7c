"""Scores the workbooks of one company together: loops across them are cut, and what contributes counts above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sheetsync.model import Goals, Link, Objective
from sheetsync.record import NamedTuple
from sheetsync.results import Beyond, Circle, Foreign
from sheetsync.scoring.alignment import knots_of, merged, told_along
from sheetsync.scoring.card import Scored, scored
from sheetsync.scoring.company.kin import Kin, Member, at_home, prefixed
from sheetsync.scoring.current import name_of
from sheetsync.scoring.profile import Profile

Node = tuple[str, str]
"""An objective of a company: the name of its workbook, and its key there."""


class Surveyed(NamedTuple):
    """One workbook of a company as it was read: its goals, and the profiles and the day by which it is scored.

    ``goals`` is None where it was not read; ``failed`` says that it was tried.
    """

    name: str
    goals: Goals | None = None
    profiles: tuple[Profile, Profile] | None = None
    today: date = date.min
    failed: bool = False


def related(company: str, surveyed: Sequence[Surveyed]) -> dict[str, Kin]:
    """Give, for each workbook of a company, what the others are and mean to it."""
    members = {one.name: Member(one.name, one.goals, one.failed) for one in surveyed}
    for name, member in members.items():
        if member.goals is not None:
            members[name] = Member(name, at_home(member.goals, Kin(company, name, members)))
    kin = {name: Kin(company, name, members) for name in members}
    links = links_between(kin)
    found = _cut(members, links)
    counted = _counted(surveyed, members, links)
    if counted:
        found = _scored(surveyed, members, counted, found)
    return {name: one._replace(beyond=found[name]) for name, one in kin.items()}


def links_between(kin: Mapping[str, Kin]) -> dict[Node, list[tuple[Node, bool]]]:
    """Give the objectives above each objective that is aligned to something, in its own workbook or in another one.

    The flag says whether the link can count: one to a key result leads to the objective above it and never does.
    """
    links = {}
    for name, own in kin.items():
        for item in own.members[name].objectives.values():
            if item.aligned_to.value:
                led = (place for text in item.aligned_to.value if (place := led_to(text, own)) is not None)
                links[name, item.key] = merged(led)
    return links


def led_to(text: str, kin: Kin) -> tuple[Node, bool] | None:
    """Give the objective that a name in ``own`` leads to, and whether such a link can count; None where to none."""
    here = kin.members[kin.own]
    if name_of(text) in here.above:
        key, counts = here.above[name_of(text)]
        return (kin.own, key), counts
    found = kin.item(text) if name_of(text) not in here.items else None
    place = found[0].above.get(name_of(found[1].key)) if found is not None else None
    return ((found[0].name, place[0]), place[1]) if found is not None and place is not None else None


def _cut(members: Mapping[str, Member], links: Mapping[Node, list[tuple[Node, bool]]]) -> dict[str, Beyond]:
    """Find the loops that lead through more than one workbook, and what of each workbook is part of one."""
    places = {
        (name, key): (number, place)
        for number, (name, member) in enumerate(members.items())
        for place, key in enumerate(member.objectives)
    }
    knots = [sorted(knot, key=places.__getitem__) for knot in inner(links)]
    knots = [knot for knot in knots if len({name for name, _ in knot}) > 1]
    within = {id(knot): frozenset(knot) for knot in knots}
    found = {}
    for name in members:
        mine = [knot for knot in knots if any(book == name for book, _ in knot)]
        cut = {
            (child[1], parent[1])
            for knot in mine
            for child in knot
            for parent, _ in links[child]
            if child[0] == parent[0] == name and parent in within[id(knot)]
        }
        circles = [_circle(knot, name, links, members) for knot in mine]
        found[name] = Beyond(cut=frozenset(cut), circles=tuple(circles))
    return found


def inner(links: Mapping[Node, list[tuple[Node, bool]]]) -> list[list[Node]]:
    """Give the objectives of each loop, whether it leads through one workbook or through several."""
    return knots_of({child: [parent for parent, _ in above] for child, above in links.items()})


def _circle(
    knot: list[Node], name: str, links: Mapping[Node, list[tuple[Node, bool]]], members: Mapping[str, Member]
) -> Circle:
    """Tell a loop along its links, from its first objective of this workbook on."""
    along = told_along(knot, links)
    start = next(place for place, (book, _) in enumerate(along) if book == name)
    turned = (*along[start:], *along[:start])
    return Circle(tuple(called(members[book].objectives[key], book) for book, key in turned), turned[0][1])


def called(item: Objective, workbook: str) -> str:
    """Give what the other workbooks call an objective: its id, or its key where it has none."""
    return prefixed(workbook, item.id.value or item.key)


def _counted(
    surveyed: Sequence[Surveyed], members: Mapping[str, Member], links: Mapping[Node, list[tuple[Node, bool]]]
) -> dict[Node, list[Node]]:
    """Give what contributes to each objective from other workbooks, where the profile of the upper one lets it count.

    What is part of a loop is left out.
    """
    counting = {one.name for one in surveyed if one.profiles is not None and one.profiles[0].child_weight > 0}
    if not counting:
        return {}
    knot_of = {node: number for number, knot in enumerate(inner(links)) for node in knot}
    found: dict[Node, list[Node]] = {}
    for child, above in links.items():
        if members[child[0]].objectives[child[1]].link.value is not Link.CONTRIBUTES:
            continue
        for parent, counts in above:
            inside = child in knot_of and knot_of.get(parent) == knot_of[child]
            if counts and not inside and parent[0] in counting and parent[0] != child[0]:
                found.setdefault(parent, []).append(child)
    return found


def _scored(
    surveyed: Sequence[Surveyed],
    members: Mapping[str, Member],
    counted: Mapping[Node, Sequence[Node]],
    beyond: Mapping[str, Beyond],
) -> dict[str, Beyond]:
    """Score what is linked by contributions, again and again, until what one workbook gives another changes no more.

    The links have no loops any more, so each round settles at least one more step of the longest chain between
    workbooks; there can be no more steps than links.
    """
    found, told = dict(beyond), {one.name: one for one in surveyed}
    involved = {parent[0] for parent in counted} | {child[0] for children in counted.values() for child in children}
    cards: dict[str, Scored] = {}
    waiting = involved
    for _ in range(sum(map(len, counted.values())) + 1):
        for name in sorted(waiting):
            cards[name] = _score_one(told[name], members[name], found[name])
        given = {name: _given(name, counted, cards, members) for name in involved}
        waiting = {name for name in involved if given[name] != found[name].children}
        found.update((name, found[name]._replace(children=given[name])) for name in waiting)
        if not waiting:
            break
    return found


def _score_one(one: Surveyed, member: Member, beyond: Beyond) -> Scored:
    assert one.profiles is not None and member.goals is not None  # noqa: S101 - only what was read has links
    return scored(member.goals, *one.profiles, one.today, beyond)


def _given(
    name: str, counted: Mapping[Node, Sequence[Node]], cards: Mapping[str, Scored], members: Mapping[str, Member]
) -> dict[str, tuple[Foreign, ...]]:
    """Give what contributes to each objective of a workbook, as it is scored now."""
    return {
        parent[1]: tuple(_foreign(members[child[0]].objectives[child[1]], child[0], cards[child[0]]) for child in below)
        for parent, below in counted.items()
        if parent[0] == name
    }


def _foreign(item: Objective, workbook: str, found: Scored) -> Foreign:
    score = found.card.scores[item.key]
    below = [part for part in found.parts.get(item.key, ()) if part.score.not_scored is None]
    return Foreign(
        title=item.title.value or "",
        score=score._replace(key=called(item, workbook)),
        lasting=all(part.lasting for part in below),
        valued=any(part.valued for part in below),
        watched=item.key in found.watched,
    )
