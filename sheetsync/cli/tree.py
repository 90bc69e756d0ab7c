"""The tree of goals at the terminal and as JSON: one for each company, one for each workbook that stands alone."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click

from sheetsync.cli.links import cell_link
from sheetsync.cli.screen import STATUS_STYLES, coloured, flowed
from sheetsync.cli.speech import phrases, spoken_language
from sheetsync.rules.facts import title_place
from sheetsync.scoring.company.kin import prefixed
from sheetsync.scoring.company.lines import Line, tree_lines
from sheetsync.scoring.company.together import Node
from sheetsync.scoring.company.tree import Goal, Scores, Tie, Tree, alone, around, tree_of
from sheetsync.sync import Evaluation

LEAST_ROOM = 20
"""Characters that a title keeps on a narrow terminal; then the line flows over."""


def trees_of(evaluations: Iterable[Evaluation]) -> list[Tree]:
    """Give the trees of what was read: one for each company, and one for each workbook that has goals and no kin."""
    families: dict[object, list[Evaluation]] = {}
    for number, one in enumerate(evaluations):
        families.setdefault(id(one.kin.members) if one.kin is not None else number - 1, []).append(one)
    trees = []
    for members in families.values():
        first = members[0]
        if first.kin is not None:
            scored = {one.kin.own: _scores(one) for one in members if one.kin is not None}
            trees.append(tree_of(first.kin, scored))
        elif first.goals.objectives:
            trees.append(alone(first.name, first.goals, _scores(first)))
    return trees


def _scores(evaluation: Evaluation) -> Scores:
    return Scores(evaluation.scorecard, evaluation.profile)


def tree_around(known: Sequence[Evaluation], evaluation: Evaluation, key: str) -> tuple[Tree, Node] | None:
    """Give what an objective serves and what serves it; None for one that has no links and no goals below it."""
    relatives = [evaluation] if evaluation.kin is None else [one for one in known if _same(one, evaluation)]
    tree = trees_of(relatives)[0]
    node = (evaluation.kin.own if evaluation.kin is not None else evaluation.name, key)
    goal = tree.goals.get(node)
    if goal is None or not (tree.above[node] or tree.below.get(node) or goal.lost or goal.unread or goal.circle):
        return None
    return around(tree, [node]), node


def _same(one: Evaluation, other: Evaluation) -> bool:
    return one.kin is not None and other.kin is not None and one.kin.members is other.kin.members


def print_tree(tree: Tree, marked: Sequence[Node] = ()) -> None:
    """Print a tree: at a terminal in colours and cut to its width, elsewhere plain and whole."""
    room = _room()
    for line in tree_lines(tree, phrases(spoken_language()), marked):
        click.echo(_drawn(line, room), color=coloured())


def _room() -> int | None:
    if not sys.stdout.isatty():
        return None
    from shutil import get_terminal_size

    return get_terminal_size().columns


def _drawn(line: Line, room: int | None) -> str:
    if line.status is None:
        return click.style(flowed(line.name), bold=True) if coloured() else flowed(line.name)
    symbol, style = STATUS_STYLES[line.status]
    rest = f"  {line.rest}" if line.rest else ""
    title = line.title
    if room is not None:
        left = max(room - len(f"{line.guides}{symbol} {line.name} {rest}"), LEAST_ROOM)
        title = title if len(title) <= left else title[: left - 1].rstrip() + "…"
    if not coloured():
        return f"{line.guides}{symbol} {line.name} {title}{rest}".rstrip()
    colour = style.split()[-1]
    drawn = click.style(symbol, fg=None if colour == "dim" else colour, dim=colour == "dim")
    name = click.style(line.name, bold=True, reverse=line.marked)
    return f"{line.guides}{drawn} {name} {title}{click.style(rest, dim=True)}".rstrip()


def tree_form(tree: Tree, known: Iterable[Evaluation]) -> dict[str, Any]:
    """Give a tree as JSON: every goal once, with the names of those above and below it."""
    links = {one.kin.own if one.kin is not None else one.name: one.links for one in known}
    return {
        "company": tree.company or None,
        "workbooks": list(tree.workbooks),
        "not_read": list(tree.unread),
        "tops": [tree.goals[node].name for node in tree.tops],
        "orphans": [tree.goals[node].name for node in tree.orphans],
        "goals": [_goal_form(goal, tree, links.get(goal.node[0], {})) for goal in tree.goals.values()],
    }


def _goal_form(goal: Goal, tree: Tree, links: Any) -> dict[str, Any]:
    item, score, place = goal.item, goal.score, title_place(goal.item)
    return {
        "name": goal.name,
        "workbook": goal.node[0],
        "key": item.key,
        "title": item.title.value,
        "level": item.level.value,
        "owner": item.owner.value,
        "team": item.team.value,
        "cell": str(place),
        "link": cell_link(links, place),
        "status": score.status if score is not None else None,
        "progress": score.progress if score is not None else None,
        "expected": score.expected if score is not None else None,
        "score": score.score if score is not None else None,
        "circle": goal.circle,
        "lost": list(goal.lost),
        "not_read": list(goal.unread),
        "above": [_tie_form(tie, tree) for tie in tree.above.get(goal.node, ())],
        "below": [tree.goals[tie.child].name for tie in tree.below.get(goal.node, ())],
    }


def _tie_form(tie: Tie, tree: Tree) -> dict[str, Any]:
    """Give one link upwards; ``share`` is what the lower goal counts in the upper one, null where it does not."""
    return {
        "name": tree.goals[tie.parent].name,
        "contributes": tie.contributes,
        "share": tie.share,
        "through": tie.through or None,
    }


def without_prefix(evaluation: Evaluation, text: str) -> str | None:
    """Give what is asked of a workbook without its name before it (``sales:O-1``); None where another one is meant."""
    if evaluation.kin is None:
        own, mark, rest = text.partition(":")
        return rest.strip() if mark and own.strip().casefold() == evaluation.name.casefold() else text
    workbook, name = evaluation.kin.split(text)
    if workbook is None or any(prefixed(workbook, name) == item.key for item in evaluation.goals.objectives):
        return text
    return name if workbook == evaluation.kin.own else None
