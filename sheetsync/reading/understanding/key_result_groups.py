"""Groups of columns that say the same of several key results: KR1, target 1, actual 1, KR2, target 2, actual 2."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count

from sheetsync.reading.understanding.header_blocks import Head
from sheetsync.reading.understanding.headings import plain
from sheetsync.reading.understanding.vocabulary import Vocabulary
from sheetsync.record import NamedTuple

_MOST = 12
_LONGEST = 120
_SURE = 0.9
_NUMBER = re.compile(r"\d+")


class Member(NamedTuple):
    """The key result that a column belongs to, by its number, and the column's words without number and key result."""

    number: int
    words: str = ""


class _Read(NamedTuple):
    number: int | None
    words: str
    named: bool
    """Whether the words speak of a key result."""


def key_result_groups(heads: Mapping[int, Head], vocabulary: Vocabulary) -> dict[int, Member]:
    """Give the columns that belong to one of several key results beside each other; empty where there are not two.

    A number tells (``Target 2``, ``KR2 target``, a group ``KR2`` above); without one a column belongs to the key
    result on its left, where another key result follows, or where the same words stand behind an earlier one.
    """
    told = {column: _of_head(head, vocabulary) for column, head in heads.items()}
    told = _counted(told, heads)
    numbers = {one.number for one in told.values() if one.named and one.number is not None}
    if len(numbers) < 2:
        return {}
    found = {
        column: Member(one.number, one.words)
        for column, one in told.items()
        if one.number in numbers and one.number is not None and (one.named or vocabulary.meanings(one.words))
    }
    return dict(sorted((found | _by_place(told, found)).items()))


def repeated(members: Mapping[int, Member]) -> dict[int, int]:
    """Give the columns that say of a later key result what an earlier column says of the first one, with that one."""
    firsts: dict[str, int] = {}
    found = {}
    for column, member in sorted(members.items(), key=lambda entry: (entry[1].number, entry[0])):
        first = firsts.setdefault(member.words, column)
        if members[first].number != member.number:
            found[column] = first
    return found


def _of_head(head: Head, vocabulary: Vocabulary) -> _Read:
    own = _of_text(head.own, vocabulary)
    if head.group and head.group != head.own:
        group = _of_text(head.group, vocabulary)
        if group.named and group.number is not None and not group.words:
            return _Read(group.number, own.words if own.words and own.number is None else plain(head.own), True)
    return own


def _of_text(text: str, vocabulary: Vocabulary) -> _Read:
    """Read the one number of a header, and its words without it and without those for a key result."""
    words = plain(text)
    numbers = _NUMBER.findall(words)
    number = int(numbers[0]) if len(numbers) == 1 and vocabulary.periods.inside(text) is None else None
    if number is not None and not 1 <= number <= _MOST:
        number = None
    rest = " ".join(_NUMBER.sub(" ", words).split()) if number is not None else words
    tokens = rest.split() if len(rest) <= _LONGEST else []
    for size in range(len(tokens), 0, -1):
        if _is_key_result(" ".join(tokens[:size]), vocabulary):
            return _Read(number, " ".join(tokens[size:]), True)
        if _is_key_result(" ".join(tokens[-size:]), vocabulary):
            return _Read(number, " ".join(tokens[:-size]), True)
    return _Read(number, rest, False)


def _is_key_result(words: str, vocabulary: Vocabulary) -> bool:
    meanings = vocabulary.exactly(words)
    strength = meanings.get("key_result", 0.0)
    return strength >= _SURE and strength >= max(meanings.values())


def _counted(told: Mapping[int, _Read], heads: Mapping[int, Head]) -> dict[int, _Read]:
    """Give numbers to key results whose header comes again in the very same words, without a number."""
    bare = [column for column, one in told.items() if one.named and not one.words]
    same = {heads[column].own for column in bare}
    if len(bare) < 2 or len(same) > 1 or any(told[column].number is not None for column in bare):
        return dict(told)
    numbers = count(1)
    return {column: one._replace(number=next(numbers)) if column in bare else one for column, one in told.items()}


def _by_place(told: Mapping[int, _Read], found: Mapping[int, Member]) -> dict[int, Member]:
    """Give the columns without a number that stand behind a key result and before the next."""
    titles = {column: one.number for column, one in found.items() if told[column].named and not one.words}
    if len(titles) < 2:
        return {}
    behind: dict[int, Member] = {}
    for column, one in told.items():
        left = max((title for title in titles if title < column), default=0)
        if left and one.number is None and one.words:
            behind[column] = Member(titles[left], one.words)
    last = max(titles)
    again = {one.words for column, one in behind.items() if column < last}
    return {column: one for column, one in behind.items() if column < last or one.words in again}
