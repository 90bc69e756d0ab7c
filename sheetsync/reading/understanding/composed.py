"""Headers made of a known word and one that adds little: KPI name, target value, result of last year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from sheetsync.record import NamedTuple

_TITLES = ("objective", "key_result", "objective_and_key_result", "kpi", "owner", "team", "unit", "section")
_AMOUNTS = ("target", "current", "baseline", "weight", "current_to_date")
_NEARLY, _PAST, _SHARE, _SOME_SHARE = 0.95, 0.88, 0.85, 0.7
_GLUE = frozenset(
    ("of", "the", "for", "in", "de", "del", "la", "el", "du", "des", "le", "l", "d", "da", "do", "dos", "das", "cua")
)
_LEAST_ASCII = 3
_OF_CURRENT, _LESS = 0.8, 0.6


class Additions(NamedTuple):
    """Words that add little to the one beside them, normalised: they name, they say amount, or they say before."""

    naming: frozenset[str]
    amounts: frozenset[str]
    past: frozenset[str]


def composed(words: str, known: Callable[[str], Mapping[str, float]], additions: Additions) -> Mapping[str, float]:
    """Give what a plain header means by the one word in it that counts; empty where there is no such word."""
    if words.startswith("% "):
        measured = {"target", "current", "kpi"} & known(_trimmed(words[2:])).keys()
        return {"progress": _SHARE if measured else _SOME_SHARE}
    for rest in _without(words, additions.past):
        told = known(_without_all(rest, additions.amounts)) if rest else {}
        first = max(told, key=lambda name: told[name], default="")
        if first in ("current", "baseline", "progress", "score") or not _without_all(rest, additions.amounts):
            return {"baseline": _PAST}
    for added, kept in ((additions.naming, _TITLES), (additions.amounts, _AMOUNTS)):
        for rest in _without(words, added):
            found = {concept: worth * _NEARLY for concept, worth in known(rest).items() if concept in kept}
            if found:
                return found
    return {}


def as_share(words: str, found: Mapping[str, float]) -> Mapping[str, float]:
    """Let an actual in percent be progress as well, which the columns beside it decide: *Đạt (%)* beside *Đạt*.

    A share of a target (*% Target*) is progress first.
    """
    if words.startswith("%") and found.get("target", 0.0) == 1.0:
        return {**{concept: worth * _LESS for concept, worth in found.items()}, "progress": _SHARE}
    if "%" not in words or "current" not in found:
        return found
    progress = max(found.get("progress", 0.0), found["current"] * _OF_CURRENT)
    return {**found, "current": found["current"] * _NEARLY, "progress": progress}


def _without(words: str, added: Iterable[str]) -> list[str]:
    """Give a header without one of some words at its begin or its end, the longest words first."""
    found = []
    for word in sorted(added, key=len, reverse=True):
        if words == word:
            found.append("")
        elif words.startswith(word) and _parts(words, word, len(word)):
            found.append(_trimmed(words[len(word) :]))
        elif words.endswith(word) and _parts(words, word, len(words) - len(word)):
            found.append(_trimmed(words[: -len(word)]))
    return found


def _without_all(words: str, added: frozenset[str]) -> str:
    """Give a header without any of some words at its ends."""
    rests = _without(words, added)
    return rests[0] if rests else words


def _parts(words: str, word: str, place: int) -> bool:
    """Say whether a word ends at a place: at a space, or anywhere in a script that writes none."""
    if not word.isascii() and " " not in words:
        return True
    return len(word) >= _LEAST_ASCII - 1 and " " in words[max(place - 1, 0) : place + 1]


def _trimmed(words: str) -> str:
    """Give words without the articles and prepositions at their ends."""
    tokens = words.split()
    while tokens and tokens[0] in _GLUE:
        tokens.pop(0)
    while tokens and tokens[-1] in _GLUE:
        tokens.pop()
    return " ".join(tokens)
