"""The tree of a company's goals: who serves whom, from the company's objectives down, over all its workbooks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sheetsync.adding import added
from sheetsync.model import Goals, Level, Link, Objective
from sheetsync.record import NamedTuple
from sheetsync.results import Score, Scorecard
from sheetsync.scoring.card import child_weight_beside
from sheetsync.scoring.company.kin import Kin, Member, Where, prefixed
from sheetsync.scoring.company.together import Node, inner, led_to, links_between
from sheetsync.scoring.current import name_of
from sheetsync.scoring.profile import Profile


class Tie(NamedTuple):
    """One link of the tree: an objective below another one.

    ``share`` is the part (0..1) that the lower one has in the upper one's numbers, None where it does not count.
    ``through`` is the key result that the link names, empty where it names the objective itself.
    """

    child: Node
    parent: Node
    contributes: bool
    share: float | None = None
    through: str = ""


class Goal(NamedTuple):
    """One objective of the tree. ``score`` is None where its workbook was read for others and not scored itself.

    ``lost`` are the names in its Aligned to that lead to nothing, ``unread`` those into workbooks that were not read.
    ``circle`` says that it is part of a loop, whose links are left out.
    """

    node: Node
    name: str
    item: Objective
    score: Score | None
    lost: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    circle: bool = False


class Tree(NamedTuple):
    """The goals of a company, or of one workbook that stands alone (``company`` is then empty).

    ``tops`` stand under no other goal and are the company's, or all such goals where none is said to be the
    company's; ``orphans`` are the others that stand under none.
    """

    company: str
    workbooks: tuple[str, ...]
    unread: tuple[str, ...]
    goals: Mapping[Node, Goal]
    above: Mapping[Node, tuple[Tie, ...]]
    below: Mapping[Node, tuple[Tie, ...]]
    tops: tuple[Node, ...]
    orphans: tuple[Node, ...]
    uncounted: tuple[str, ...] = ()
    """The profiles by which something that contributes does not count."""


class Scores(NamedTuple):
    """What one workbook was scored as, and by which profile."""

    card: Scorecard
    profile: Profile


def tree_of(kin: Kin, scored: Mapping[str, Scores]) -> Tree:
    """Build the tree from the workbooks of a company, with the scores of those that were scored."""
    return _Planting(kin, scored).tree()


def alone(name: str, goals: Goals, scores: Scores) -> Tree:
    """Build the tree of a workbook that has no others beside it."""
    return tree_of(Kin("", name, {name: Member(name, goals)}), {name: scores})


class _Planting:
    """Builds one tree."""

    def __init__(self, kin: Kin, scored: Mapping[str, Scores]) -> None:
        self._kin, self._scored = kin, scored
        self._views = {name: kin._replace(own=name) for name in kin.members}
        knots = inner(links_between(self._views))
        self._knot_of = {node: number for number, knot in enumerate(knots) for node in knot}
        self._foreign = {
            one.score.key: one.score
            for scores in scored.values()
            for children in scores.card.beyond.children.values()
            for one in children
        }

    def tree(self) -> Tree:
        members = self._kin.members.values()
        goals = {goal.node: goal for member in members for goal in self._goals(member)}
        above = {node: tuple(self._ties(goal)) for node, goal in goals.items()}
        above = self._with_shares(above, goals)
        below: dict[Node, list[Tie]] = {}
        for ties in above.values():
            for tie in ties:
                below.setdefault(tie.parent, []).append(tie)
        free = [node for node, ties in above.items() if not ties]
        led = any(goal.item.level.value is Level.COMPANY for goal in goals.values())
        orphans = [node for node in free if led and goals[node].item.level.value is not Level.COMPANY]
        return Tree(
            company=self._kin.company,
            workbooks=tuple(member.name for member in members if member.goals is not None),
            unread=tuple(member.name for member in members if member.goals is None),
            goals=goals,
            above=above,
            below={node: tuple(ties) for node, ties in below.items()},
            tops=tuple(node for node in free if node not in orphans),
            orphans=tuple(orphans),
            uncounted=tuple(sorted({name for ties in above.values() for name in self._uncounted(ties)})),
        )

    def _goals(self, member: Member) -> Iterator[Goal]:
        view = self._views[member.name]
        scores = self._scored.get(member.name)
        for item in member.objectives.values():
            node = (member.name, item.key)
            name = prefixed(*node) if len(self._kin.members) > 1 else item.key
            score = scores.card.scores.get(item.key) if scores is not None else self._foreign.get(name)
            lost = [text for text in item.aligned_to.value or () if not _stands(text, view)]
            unread = tuple(text for text in lost if view.find(text).where is Where.UNREAD)
            kept = tuple(text for text in lost if text not in unread)
            yield Goal(node, name, item, score, kept, unread, node in self._knot_of)

    def _ties(self, goal: Goal) -> Iterator[Tie]:
        """Give the links upwards, those of loops left out; one to the objective hides those to its key results."""
        found: dict[Node, str] = {}
        for text in goal.item.aligned_to.value or ():
            led = led_to(text, self._views[goal.node[0]])
            if led is None or self._in_circle(goal.node, led[0]):
                continue
            if led[1]:
                found[led[0]] = ""
            else:
                found.setdefault(led[0], text)
        for parent, through in found.items():
            yield Tie(goal.node, parent, goal.item.link.value is Link.CONTRIBUTES and not through, None, through)

    def _in_circle(self, child: Node, parent: Node) -> bool:
        return child in self._knot_of and self._knot_of.get(parent) == self._knot_of[child]

    def _with_shares(
        self, above: Mapping[Node, tuple[Tie, ...]], goals: Mapping[Node, Goal]
    ) -> dict[Node, tuple[Tie, ...]]:
        """Put to each contribution its share in the goal above it."""
        counted: dict[Node, list[Tie]] = {}
        for ties in above.values():
            for tie in ties:
                score = goals[tie.child].score
                if tie.contributes and score is not None and score.not_scored is None:
                    counted.setdefault(tie.parent, []).append(tie)
        shares = {parent: self._share(parent, len(ties)) for parent, ties in counted.items()}
        return {
            child: tuple(
                tie._replace(share=shares[tie.parent]) if tie in counted.get(tie.parent, ()) else tie for tie in ties
            )
            for child, ties in above.items()
        }

    def _share(self, parent: Node, children: int) -> float | None:
        """Give the share of each of so many contributing goals in the one above them, as the roll-up weighs them."""
        scores, goals = self._scored.get(parent[0]), self._kin.members[parent[0]].goals
        if scores is None or goals is None or not scores.profile.child_weight > 0:
            return None
        own = [scores.card.scores[item.key] for item in goals.key_results if item.objective == parent[1]]
        each = child_weight_beside([score.given_weight for score in own], scores.profile)
        held = added(score.given_weight or 0.0 for score in own if score.not_scored is None) + each * children
        return each / held if held > 0 else None

    def _uncounted(self, ties: Iterable[Tie]) -> Iterator[str]:
        for tie in ties:
            scores = self._scored.get(tie.parent[0])
            if tie.contributes and scores is not None and not scores.profile.child_weight > 0:
                yield scores.profile.full_name


def _stands(text: str, view: Kin) -> bool:
    """Say whether a name leads to a row, of its own workbook or of another one."""
    return name_of(text) in view.members[view.own].items or view.item(text) is not None


def around(tree: Tree, nodes: Sequence[Node]) -> Tree:
    """Give the part of a tree that some goals belong to: what they serve, up to the top, and what serves them."""
    kept = set(nodes)
    for ways, end in ((tree.above, "parent"), (tree.below, "child")):
        seen, waiting = set(nodes), list(nodes)
        while waiting:
            for tie in ways.get(waiting.pop(), ()):
                node: Node = getattr(tie, end)
                if node not in seen:
                    seen.add(node)
                    waiting.append(node)
        kept |= seen
    return tree._replace(
        goals={node: goal for node, goal in tree.goals.items() if node in kept},
        above={
            node: tuple(tie for tie in tree.above[node] if tie.parent in kept) for node in tree.above if node in kept
        },
        below={
            node: tuple(tie for tie in tree.below[node] if tie.child in kept) for node in tree.below if node in kept
        },
        tops=tuple(node for node in tree.tops if node in kept),
        orphans=tuple(node for node in tree.orphans if node in kept),
    )
