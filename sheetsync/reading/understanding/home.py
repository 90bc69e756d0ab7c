"""The language of a table, from all of its headers: a word that only other languages know there counts little."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sheetsync.reading.understanding.mapping import Draft
from sheetsync.reading.understanding.vocabulary import Vocabulary

_EVERYWHERE = "en"
"""English words stand in tables of every language."""
_NEAR = (frozenset(("pt", "es")), frozenset(("zh", "ja")))
"""Languages that write many words alike."""
_LEAST = 2.0
_FOREIGN = 0.45


def at_home(drafts: Sequence[Draft], vocabulary: Vocabulary) -> list[Draft]:
    """Lower the meanings that a header has only in languages of which the other headers show nothing.

    So *Sector* is no department beside English headers, though it is in Spanish; *Note* no score.
    """
    spoken = {draft.column: vocabulary.languages(draft.head.own) for draft in drafts}
    home = home_of(spoken.values())
    if not home:
        return list(drafts)
    found = []
    for draft in drafts:
        told = spoken[draft.column]
        foreign = [concept for concept in draft.meanings if concept in told and home.isdisjoint(told[concept])]
        if foreign:
            lowered = {concept: draft.meanings[concept] * _FOREIGN for concept in foreign}
            found.append(draft._replace(meanings={**draft.meanings, **lowered}))
        else:
            found.append(draft)
    return found


def home_of(spoken: Iterable[Mapping[str, frozenset[str]]]) -> frozenset[str]:
    """Give the languages that a table is written in; empty where too few of its headers are known to say so."""
    votes: dict[str, float] = {}
    for told in spoken:
        languages = frozenset[str]().union(*told.values())
        for language in languages:
            votes[language] = votes.get(language, 0.0) + 1 / len(languages)
    if not votes or max(votes.values()) < _LEAST:
        return frozenset()
    main = max(votes, key=lambda language: (votes[language], language))
    near = next((family for family in _NEAR if main in family), frozenset((main,)))
    return near | {_EVERYWHERE}
