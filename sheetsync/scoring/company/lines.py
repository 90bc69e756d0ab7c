"""The tree of goals as lines that a person reads, in the language of the phrases that are handed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sheetsync.language import Phrases
from sheetsync.record import NamedTuple
from sheetsync.results import Status
from sheetsync.scoring.company.together import Node
from sheetsync.scoring.company.tree import Goal, Tie, Tree


class Line(NamedTuple):
    """One line: what is drawn before it, the status of its goal (None for a heading), its name, title, and the rest.

    ``marked`` is True for the goals that were asked for.
    """

    guides: str
    status: Status | None
    name: str
    title: str = ""
    rest: str = ""
    marked: bool = False


def tree_lines(tree: Tree, phrases: Phrases, marked: Sequence[Node] = ()) -> list[Line]:
    """Give a heading, the goals from the top down, those that stand under none of the company's, and what is missing.

    A goal below several others is shown whole below the first of them.
    """
    return list(_Teller(tree, phrases, marked).lines())


class _Teller:
    """Tells one tree in one language."""

    def __init__(self, tree: Tree, phrases: Phrases, marked: Sequence[Node]) -> None:
        self._tree, self._phrases, self._marked = tree, phrases, marked
        self._shown: set[Node] = set()

    def lines(self) -> Iterator[Line]:
        tree = self._tree
        if tree.company or len(tree.workbooks) + len(tree.unread) > 1:
            params = {"company": tree.company, "count": len(tree.workbooks), "names": ", ".join(tree.workbooks)}
            yield self._head("head", **params)
        else:
            yield self._head("head_one", names=", ".join(tree.workbooks))
        yield from self._below_each(tree.tops)
        if tree.orphans:
            yield self._head("orphans")
            yield from self._below_each(tree.orphans)
        if tree.uncounted:
            yield self._head("uncounted", profiles=", ".join(tree.uncounted))
        if tree.unread:
            yield self._head("not_read", names=", ".join(tree.unread))

    def _head(self, key: str, **params: object) -> Line:
        return Line("", None, self._text(key, **params))

    def _text(self, key: str, **params: object) -> str:
        return self._phrases.text(f"tree.{key}", **params)

    def _below_each(self, tops: Sequence[Node]) -> Iterator[Line]:
        """Walk down without recursion: people's sheets can be a thousand links deep."""
        waiting: list[tuple[Node, Tie | None, str, str]] = [(node, None, "", "") for node in reversed(tops)]
        while waiting:
            node, tie, guides, below = waiting.pop()
            ties = self._tree.below.get(node, ())
            again = node in self._shown and bool(ties)
            yield self._line(self._tree.goals[node], tie, guides, again=again)
            if again:
                continue
            self._shown.add(node)
            for place, one in reversed(list(enumerate(ties))):
                last = place == len(ties) - 1
                waiting.append((one.child, one, below + ("└─ " if last else "├─ "), below + ("   " if last else "│  ")))

    def _line(self, goal: Goal, tie: Tie | None, guides: str, *, again: bool) -> Line:
        status = goal.score.status if goal.score is not None else None
        rest = ", ".join([*self._standing(goal), *self._links(goal, tie), *([self._text("again")] if again else [])])
        title = " ".join((goal.item.title.value or "").split())
        return Line(guides, status or Status.NOT_SCORED, goal.name, title, rest, goal.node in self._marked)

    def _standing(self, goal: Goal) -> Iterator[str]:
        if goal.score is not None:
            if goal.score.progress is not None:
                yield self._text("progress", progress=goal.score.progress)
            yield self._phrases.text(f"status.{goal.score.status.value}")
        else:
            yield self._text("unscored")
        if goal.item.owner.value or goal.item.team.value:
            yield str(goal.item.owner.value or goal.item.team.value)

    def _links(self, goal: Goal, tie: Tie | None) -> Iterator[str]:
        if tie is not None and tie.share is not None:
            yield self._text("counts", share=tie.share)
        elif tie is not None and tie.contributes:
            yield self._text("contributes")
        elif tie is not None:
            yield self._text("supports")
        if tie is not None and tie.through:
            yield self._text("through", name=tie.through)
        if goal.circle:
            yield self._text("circle")
        for key, names in (("lost", goal.lost), ("unread", goal.unread)):
            if names:
                yield self._text(key, names=", ".join(names))
