"""Profiles of one's own, ``[profile.NAME]``: what they extend, what they change, and all that is wrong with them.

They stand in the configuration itself rather than in a folder of files: an error then has a line in a file that is
open already, ``include`` shares them between clients as it shares everything else, and no second place has to be found.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sheetsync.config.keys import Accepted
from sheetsync.config.problem import KeyPath, Problem, listed, nearest, shown
from sheetsync.record import NamedTuple

NAME = re.compile(r"[^\W\d_][\w-]*")
"""A name: a letter, then letters, digits, - and _; the version has a key of its own."""

Data = dict[str, Any]


class Own(NamedTuple):
    """The profiles of one file as plain data by name, each whole with what it extends, and what is wrong with them."""

    profiles: Mapping[str, Data]
    problems: Sequence[Problem]


def own_profiles(
    tables: Any, above: Mapping[str, Data], taken: Mapping[str, str], accepted: Accepted, file: str
) -> Own:
    """Read the table ``profile`` of a ``file``. ``above`` are the profiles of the files above it.

    ``taken`` names the file of every profile that was read before, by its name in lower case.
    """
    given = {name: table for name, table in tables.items() if isinstance(table, dict)} if _is_table(tables) else {}
    if not given or accepted.profile_data is None:
        return Own({}, ())
    family = _Family(given, above, accepted)
    problems = list(_names(given, taken, accepted.profiles, file))
    for name in given:
        family.whole(name)
    return Own({name: family.done.get(name, _unknown(name)) for name in given}, (*problems, *family.problems))


def _unknown(name: str) -> Data:
    """Stand in for a profile that cannot be put together, so that whoever names it is not told of the same again."""
    return {"name": name, "version": 1}


def _is_table(value: Any) -> bool:
    return isinstance(value, dict)


def _names(given: Collection[str], taken: Mapping[str, str], known: Collection[str], file: str) -> Iterator[Problem]:
    """Judge the names: sound, nobody else's, and no two alike."""
    seen: dict[str, str] = dict(taken)
    built_in = {name.casefold() for name in known}
    for name in given:
        path: KeyPath = ("profile", name)
        if not NAME.fullmatch(name):
            yield Problem(path, "profile_name", {"value": shown(name)})
        elif name.casefold() in built_in:
            yield Problem(path, "profile_built_in", {"value": shown(name)})
        elif name.casefold() in seen:
            yield Problem(path, "profile_twice", {"file": seen[name.casefold()]})
        seen.setdefault(name.casefold(), file)


class _Family:
    """The profiles of one file while they are put together from what they extend."""

    def __init__(self, given: Mapping[str, Data], above: Mapping[str, Data], accepted: Accepted) -> None:
        self.given, self.above, self.accepted = given, above, accepted
        self.done: dict[str, Data] = {}
        self.problems: list[Problem] = []
        self.flawed: set[str] = set()
        self.chain: list[str] = []

    def whole(self, name: str) -> Data | None:
        """Give a profile with everything that it extends; None where that cannot be known."""
        if name in self.done or name in self.flawed:
            return self.done.get(name)
        base = self._base(name)
        if base is None:
            self.flawed.add(name)
            return None
        table = {key: value for key, value in self.given[name].items() if key != "extends"}
        data = {**laid_over(base, table), "name": name, "version": table.get("version", 1)}
        if "name" in table:
            self.problems.append(Problem(("profile", name, "name"), "unknown_key", {"allowed": "extends, version"}))
        self._judge(name, data, table)
        self.done[name] = data
        return data

    def _base(self, name: str) -> Data | None:
        """Give what a profile extends: a profile of this file or one above it, or one that comes with the program."""
        path: KeyPath = ("profile", name, "extends")
        wanted = self.given[name].get("extends")
        if not isinstance(wanted, str) or not wanted:
            return None  # the check of the file has told
        if wanted in self.given:
            return self._relative(name, wanted, path)
        if wanted in self.above:
            return None if self.above[wanted] == _unknown(wanted) else dict(self.above[wanted])
        built_in = [known for known in self.accepted.profiles if "@" in known]
        if wanted in built_in and self.accepted.profile_data is not None:
            return dict(self.accepted.profile_data(wanted))
        allowed = [*built_in, *(other for other in (*self.given, *self.above) if other != name)]
        # The newest of several would be another one tomorrow, and with it every score.
        params = {"value": shown(wanted), "allowed": listed(allowed)}
        self.problems.append(Problem(path, "profile_unknown", params, nearest(wanted, allowed)))
        return None

    def _relative(self, name: str, wanted: str, path: KeyPath) -> Data | None:
        if wanted == name or wanted in self.chain:
            loop = [*self.chain[self.chain.index(wanted) :], name, wanted] if wanted in self.chain else [name, name]
            self.problems.append(Problem(path, "profile_loop", {"names": " → ".join(loop)}))
            return None
        self.chain.append(name)
        try:
            return self.whole(wanted)
        finally:
            self.chain.pop()

    def _judge(self, name: str, data: Data, table: Data) -> None:
        """Note what is wrong with the numbers; a key of what it extends that plays no part any more is left out."""
        assert self.accepted.profile_flaws is not None  # noqa: S101 - it comes with profile_data
        inherits_flaws = self.given[name]["extends"] in self.flawed
        for path, text, params, near in self.accepted.profile_flaws(data):
            if not _stands(path, table) and text == "unknown_key":
                _drop(path, data)
            elif not inherits_flaws or _stands(path, table):
                self.problems.append(Problem(("profile", name, *path), text, params, near))
                self.flawed.add(name)


def laid_over(base: Mapping[str, Any], table: Mapping[str, Any]) -> Data:
    """Lay a profile's own keys over those that it extends: tables key by key, everything else as a whole."""
    found = dict(base)
    for key, value in table.items():
        under = found.get(key)
        both = isinstance(under, Mapping) and isinstance(value, Mapping)
        found[key] = laid_over(under, value) if both and under is not None else value
    return found


def _stands(path: KeyPath, table: Any) -> bool:
    """Say whether a key stands in a table itself."""
    for part in path:
        if isinstance(part, int):
            if not isinstance(table, list) or part >= len(table):
                return False
        elif not isinstance(table, Mapping) or part not in table:
            return False
        table = table[part]
    return True


def _drop(path: KeyPath, data: Data) -> None:
    """Take a key out of nested tables; the tables on the way are copied first, because others share them."""
    key, *rest = path
    if not isinstance(key, str) or key not in data:
        return
    if not rest:
        del data[key]
        return
    data[key] = dict(data[key])
    _drop(tuple(rest), data[key])
