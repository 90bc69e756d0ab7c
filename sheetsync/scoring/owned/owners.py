"""Who owns what: the people and teams of a workbook with their objectives, key results and KPIs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sheetsync.language import normalise
from sheetsync.model import Goals, KeyResult
from sheetsync.names import folded, names_in
from sheetsync.record import NamedTuple


class Owner(NamedTuple):
    """A person or a team. ``kind`` is ``person`` or ``team``, ``keys`` are those of what they own, in row order.

    ``beside`` are the teams of a person, and the people of a team.
    """

    kind: str
    name: str
    keys: tuple[str, ...]
    beside: tuple[str, ...] = ()


def owners(goals: Goals) -> list[Owner]:
    """Give everybody who owns something or stands in the People sheet, then every team.

    A key result without an owner of its own has its objective's. Where a row names no team it is that of its owner by
    the People sheet, and else its objective's.
    """
    parents = {one.key: one for one in goals.objectives}
    membership = {folded(one.name.value): one.team.value for one in goals.people if one.name.value and one.team.value}
    found = _Register()
    for item in goals.items:
        above = parents.get(item.objective or "") if isinstance(item, KeyResult) else None
        people = names_in(item.owner.value or (above.owner.value if above else None))
        theirs = tuple(team for one in people if (team := membership.get(folded(one))) is not None)
        teams = names_in(item.team.value) or theirs or names_in(above.team.value if above else None)
        found.enter(item.key, people, teams)
    for one in goals.people:
        found.enter(None, names_in(one.name.value), names_in(one.team.value))
    return found.owners()


class _Register:
    """Collects what each name owns, under the spelling that came first."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], str] = {}
        self._keys: dict[tuple[str, str], dict[str, None]] = {}
        self._beside: dict[tuple[str, str], dict[str, None]] = {}

    def enter(self, key: str | None, people: Iterable[str], teams: Iterable[str]) -> None:
        """Enter one item (or nobody's) under its people and its teams."""
        told = [("team", folded(one), one) for one in dict.fromkeys(teams)]
        known = {name for _, name, _ in told} | {name for kind, name in self._names if kind == "team"}
        told += [("team" if folded(one) in known else "person", folded(one), one) for one in dict.fromkeys(people)]
        for kind, name, text in told:
            self._names.setdefault((kind, name), text)
            if key is not None:
                self._keys.setdefault((kind, name), {})[key] = None
            others = (text for other, _, text in told if other != kind)
            self._beside.setdefault((kind, name), {}).update(dict.fromkeys(others))

    def owners(self) -> list[Owner]:
        """Give everybody, people before teams, in the order in which they came."""
        made = [
            Owner(kind, text, tuple(self._keys.get((kind, name), ())), tuple(self._beside[kind, name]))
            for (kind, name), text in self._names.items()
        ]
        return sorted(made, key=lambda one: one.kind)


def owners_called(goals: Goals, text: str) -> list[Owner]:
    """Give the people and teams whom a text may mean: one where it is clear, none where it is nobody.

    A name as it is written comes first, then one that differs in case and accents only, an e-mail address, and at
    last every name that holds all words of the text (``Lan`` for ``Trần Thị Lan``).
    """
    everybody = owners(goals)
    wanted, words = normalise(text), set(normalise(text).split())
    mails = {
        folded(one.name.value): normalise(one.email.value) for one in goals.people if one.name.value and one.email.value
    }
    if not wanted:
        return []
    return (
        [one for one in everybody if folded(one.name) == folded(text)]
        or [one for one in everybody if normalise(one.name) == wanted]
        or [one for one in everybody if _mail_of(one, mails) == wanted]
        or [one for one in everybody if words <= set(normalise(one.name).split())]
    )


def _mail_of(one: Owner, mails: Mapping[str, str]) -> str | None:
    return mails.get(folded(one.name)) if one.kind == "person" else None
