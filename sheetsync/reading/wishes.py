"""Which mails a person wants, as the People sheet says it: ``DỪNG``, ``company, KPI``, ``stop owner``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from sheetsync.kinds import MailKind
from sheetsync.language import Lexicon, normalise
from sheetsync.model import MailWish
from sheetsync.workbook import CellValue

_LONGEST = 200  # characters of a cell
STOP, ALL, USUAL = "stop", "all", "usual"
"""Words that are no kind of mail: none, every kind, and those that fit the role."""
_KINDS = frozenset(kind.value for kind in MailKind)


@cache
def _between() -> re.Pattern[str]:
    return re.compile(r"\s*[,;/+&|]\s*|\s+(?:va|and)\s+")


def wish_of(raw: CellValue, lexicon: Lexicon) -> MailWish | None:
    """Read one cell; None where any part of it says nothing that is known.

    A word for stop before the name of a kind stops that kind and those named after it; alone it stops all mail.
    """
    if isinstance(raw, bool):
        return MailWish() if raw else MailWish(frozenset())
    if not isinstance(raw, str) or len(raw) > _LONGEST:
        return None
    words = lexicon.values("mails")
    whole = words.get(_bare(raw))
    if whole is not None:
        return _whole(whole)
    only: set[MailKind] = set()
    never: set[MailKind] = set()
    chosen = only
    for part in _between().split(normalise(raw.replace("\n", ";"))):
        named, stops = _kind(part.strip(" .:"), words)
        if named is None:
            return None
        chosen = never if stops else chosen
        chosen.add(named)
    return MailWish(frozenset(only) if only else None, frozenset(never))


def _whole(word: str) -> MailWish:
    if word == STOP:
        return MailWish(frozenset())
    if word == ALL:
        return MailWish(frozenset(MailKind))
    return MailWish() if word == USUAL else MailWish(frozenset((MailKind(word),)))


def _kind(part: str, words: Mapping[str, str]) -> tuple[MailKind | None, bool]:
    """Give the kind that a part names, and whether a word for stop stands before it."""
    said = words.get(part)
    if said in _KINDS:
        return MailKind(said), False
    pieces = part.split(" ")
    for at in range(1, len(pieces)):
        kind = words.get(" ".join(pieces[at:]))
        if kind in _KINDS and words.get(" ".join(pieces[:at])) == STOP:
            return MailKind(kind), True
    return None, False


def _bare(text: str) -> str:
    return normalise(text).strip(" .:!*\"'“”")
