"""The keys of rows without an id: made of what people read in a row, and not of where it stands.

A key is the first words of the title and four signs that stand for the whole of it and for its worksheet
(``tang-doanh-thu-7k3f``). It depends on no other row, except where several rows of a worksheet have the same title:
these also carry what tells them apart (the period, the objective, the owner, and so on, see ``_TELLING``), as far as
is needed, and only rows that are equal in all of that are numbered, from the top. So a key survives rows that are
inserted, deleted, sorted or moved, another owner, target or weight, and another objective or another text of the
objective. A new title makes a new key; ``matching`` knows the row again by an earlier run.

Capital letters, spaces, signs, accents and a label in front (``KR1:``, ``2.1``) make no difference: people correct
these all the time, and a key without accents can be typed on any keyboard. Two titles that differ in nothing else are
told apart by their exact text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from itertools import count
from operator import attrgetter
from typing import Any
from zlib import crc32

from sheetsync.language import normalise, normalise_all
from sheetsync.model import Frequency, Item, KeyResult, Kpi, Objective, Period
from sheetsync.record import NamedTuple

LONGEST = 24
"""Characters of a title that a key shows at most, whole words if there are any."""
_LONGEST_NAME = 12
_SIGNS_OF_TAG = "23456789bcdfghjkmnpqrstvwxyz"
"""No vowels, so that no words come out, and nothing that looks like something else."""
_SHORT, _LONG = 4, 7
"""Signs of a tag: one of 614,656; where two rows get the same by chance, all 32 bits."""


class Named(NamedTuple):
    """The keys of some items, in their order; ``alike`` are those that nothing tells from an earlier one, by place."""

    keys: list[str]
    alike: dict[int, int]


def named(items: Sequence[Item], above: Mapping[str, str], taken: Set[str] = frozenset()) -> Named:
    """Give every item its key.

    ``above`` maps what the items hold of their objectives to keys of these; ``taken`` are the ids of other rows, which
    no key may be.
    """
    plain = plain_titles([item.title.value or "" for item in items])
    opening = {
        place: f"{_KINDS[place[0]]}\n{normalise(place[1])}\n"
        for place in {(item.__class__, item.sheet) for item in items}
    }
    full = [opening[item.__class__, item.sheet] + plain[item.title.value or ""] for item in items]
    short = {title: _slug(text) for title, text in plain.items()}
    slugs = [short[item.title.value or ""] or _KINDS[item.__class__] for item in items]
    if len(set(full)) < len(full):
        for group in _groups(full, count()).values():
            if len(group) > 1:
                _Group(items, above, full, slugs).tell_apart(group, _TELLING[items[group[0]].__class__])
    return _numbered(_tagged(slugs, full, taken), full, items, taken)


def parted(kpis: Sequence[Kpi], taken: Set[str]) -> dict[int, str]:
    """Give keys to the KPIs that share an id over several people and periods, by their places.

    Those that share person and period too are left out: they are doubles, which a rule reports.
    """
    names = [kpi.id.value or "" for kpi in kpis]
    full, slugs = list(names), list(names)
    groups = [group for name, group in _groups(names, count()).items() if name and len(group) > 1]
    for group in groups:
        _Group(kpis, {}, full, slugs).tell_apart(group, (_Teller(_period, shown=True), _OWNER))
    alone = {text for text, group in _groups(full, count()).items() if len(group) == 1}
    keys = {place: slugs[place] for group in groups for place in group if full[place] in alone}
    shared = {key for key, times in Counter(keys.values()).items() if times > 1 or key in taken}
    return {
        place: f"{key}-{_tag(crc32(full[place].encode()), _SHORT)}" if key in shared else key
        for place, key in keys.items()
    }


def plain_titles(titles: Iterable[str]) -> dict[str, str]:
    """Give titles as they are compared: words in lower case without accents, signs, or a label in front."""
    known = list(dict.fromkeys(titles))
    plain = normalise_all(known)
    for place, text in enumerate(plain):
        if not text.replace(" ", "").isalnum():
            plain[place] = " ".join(_signs().sub(" ", _label().sub("", text)).split())
    return dict(zip(known, plain, strict=True))


@cache
def _label() -> re.Pattern[str]:
    """``KR1:``, ``O 2.``, ``3)``, ``1.2 -`` and ``1.2``; a number that counts something has no such sign behind it."""
    number = r"\d{1,2}(?:[.,]\d{1,2})*"
    return re.compile(rf"^(?:\(?[^\W\d_]{{0,4}} ?{number}(?:[.:)\]](?!\d)| [–—-](?= )) *|{number[:-1]}+ +)(?=\S)")


@cache
def _signs() -> re.Pattern[str]:
    return re.compile(r"[^\w ]|_")


def _groups(texts: Sequence[str], places: Iterable[int]) -> dict[str, list[int]]:
    """Give the places of each text."""
    found: dict[str, list[int]] = {}
    for place, text in zip(places, texts, strict=False):
        known = found.get(text)
        if known is None:
            found[text] = [place]
        else:
            known.append(place)
    return found


Items = Sequence[Any]
"""Objectives, key results or KPIs."""


class _Teller(NamedTuple):
    """One thing that tells rows apart: what it says of each of them, and whether their keys show it."""

    tell: Callable[[Items, Mapping[str, str]], list[str]]
    shown: bool = False


def _cells(name: str, read: Callable[[str], str] = normalise) -> Callable[[Items, Mapping[str, str]], list[str]]:
    """Tell what stands in the cells of a concept."""
    get = attrgetter(name)

    def tell(items: Items, above: Mapping[str, str]) -> list[str]:
        del above
        return [read(str(raw)) if raw is not None else "" for raw in [get(item).raw for item in items]]

    return tell


def _exactly(text: str) -> str:
    return " ".join(text.split())


def _objective(items: Items, above: Mapping[str, str]) -> list[str]:
    return [above.get(item.objective, "") for item in items]


def _section(items: Items, above: Mapping[str, str]) -> list[str]:
    del above
    return [normalise(item.section or "") for item in items]


def _period(items: Items, above: Mapping[str, str]) -> list[str]:
    del above
    return [period_name(period) if period is not None else "" for period in [item.period.value for item in items]]


def period_name(period: Period) -> str:
    """Give a period as a key shows it: 2025, 2025-q4, 2025-10, or its first day."""
    start = period.start
    if period.frequency is Frequency.YEAR:
        return f"{start.year}"
    if period.frequency is Frequency.QUARTER:
        return f"{start.year}-q{(start.month + 2) // 3}"
    return f"{start.year}-{start.month:02}" if period.frequency is Frequency.MONTH else start.isoformat()


def _cycle(items: Items, above: Mapping[str, str]) -> list[str]:
    del above
    return [f"{cycle.start}–{cycle.due}" if cycle else "" for cycle in [item.cycle.value for item in items]]


_OWNER, _TEAM, _TITLE = (
    _Teller(_cells("owner"), shown=True),
    _Teller(_cells("team")),
    _Teller(_cells("title", _exactly)),
)
_NUMBERS = tuple(_Teller(_cells(name, _exactly)) for name in ("unit", "target", "baseline"))
_TELLING: Mapping[type[Item], tuple[_Teller, ...]] = {
    Objective: (_Teller(_cycle), _OWNER, _TEAM, _TITLE),
    KeyResult: (_Teller(_objective), _Teller(_cycle), _OWNER, _TEAM, _TITLE, *_NUMBERS),
    Kpi: (_Teller(_period, shown=True), _Teller(_section), _OWNER, _TEAM, _TITLE, *_NUMBERS),
}
"""What tells rows of the same title apart, what changes least first."""
_KINDS: Mapping[type[Item], str] = {Objective: "o", KeyResult: "kr", Kpi: "kpi"}


class _Group:
    """Rows of the same title, and what their keys stand for: ``full`` says it whole, ``slugs`` what is shown of it."""

    def __init__(self, items: Sequence[Item], above: Mapping[str, str], full: list[str], slugs: list[str]) -> None:
        self._items, self._above, self._full, self._slugs = items, above, full, slugs

    def tell_apart(self, places: Sequence[int], tellers: Sequence[_Teller]) -> None:
        """Add to each of some equal rows what tells it from the others."""
        for number, teller in enumerate(tellers):
            told = teller.tell([self._items[place] for place in places], self._above)
            if len(set(told)) == 1:
                continue
            left = tellers[number + 1 :]
            for text, own in _groups(told, places).items():
                for place in own:  # a blank counts too: the key of a row that was alone must not become another's
                    self._full[place] += f"\n{len(left)} {text}"
                    if text and teller.shown:
                        self._slugs[place] += f"-{_called(text)}"
                if len(own) > 1:
                    self.tell_apart(own, left)
            return


def _called(text: str) -> str:
    """Give what is shown of an owner or a period: the last word, by which a person is called."""
    return "".join(sign for sign in text.rpartition(" ")[2] if sign.isalnum() or sign == "-")[:_LONGEST_NAME]


def _slug(text: str) -> str:
    """Give the first words of a plain text, joined by hyphens."""
    if len(text) > LONGEST:
        text = text[: max(text.rfind(" ", 0, LONGEST + 1), 0) or LONGEST]
    joined = text.replace(" ", "-")
    return joined if joined.isascii() else unicodedata.normalize("NFC", joined)


def _tagged(slugs: Sequence[str], full: Sequence[str], taken: Set[str]) -> list[str]:
    """Give the keys of rows; those that share one, and are not equal, get longer tags."""
    keys = [f"{slug}-{tag}" for slug, tag in zip(slugs, _tags(full), strict=True)]
    if len(set(keys)) == len(set(full)) and not any(key in taken for key in keys):
        return keys
    meant: dict[str, str] = {}
    shared = {key for key, text in zip(keys, full, strict=True) if meant.setdefault(key, text) != text or key in taken}
    return [
        f"{slug}-{_tag(crc32(text.encode()), _LONG)}" if key in shared else key
        for key, slug, text in zip(keys, slugs, full, strict=True)
    ]


def _tags(texts: Iterable[str]) -> Iterator[str]:
    pairs, size = _pairs(), len(_SIGNS_OF_TAG) ** 2
    for text in texts:
        number = crc32(text.encode())
        yield pairs[number % size] + pairs[number // size % size]


@cache
def _pairs() -> tuple[str, ...]:
    return tuple(second + first for first in _SIGNS_OF_TAG for second in _SIGNS_OF_TAG)


def _tag(number: int, length: int) -> str:
    signs = ""
    for _ in range(length):
        number, place = divmod(number, len(_SIGNS_OF_TAG))
        signs += _SIGNS_OF_TAG[place]
    return signs


def _numbered(keys: list[str], full: Sequence[str], items: Sequence[Item], taken: Set[str]) -> Named:
    """Give rows that nothing tells apart a number, from the second on."""
    alike: dict[int, int] = {}
    if len(set(keys)) == len(keys):
        return Named(keys, alike)
    used = {*taken, *keys}
    for group in _groups(full, count()).values():
        first, *others = sorted(group, key=lambda place: items[place].row)
        number = 1
        for place in others:
            number += 1
            while f"{keys[first]}-{number}" in used:
                number += 1
            keys[place] = f"{keys[first]}-{number}"
            alike[place] = first
    return Named(keys, alike)
