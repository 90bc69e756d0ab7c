"""Evidence of words in cells: a column of nothing but directions (higher, Giảm, ↓) says which way is good."""

from __future__ import annotations

from collections.abc import Sequence

from sheetsync.language import normalise
from sheetsync.reading.understanding.mapping import Draft
from sheetsync.reading.understanding.outcome import Reason
from sheetsync.reading.understanding.vocabulary import Vocabulary

_DIRECTION = "direction"
_SURE, _ALONE = 1.0, 0.8
_LONGEST = 30
_NAMED, _FAINT = 0.9, 0.55
_LEAST = 2
_PHRASE = 3
"""Words of a phrase that can be nothing but a direction."""
_MAY_BE = frozenset(("trend", "status", "section", "level", "unit", "metric", "other", _DIRECTION))
"""What a header may mean first and still stand above directions: Xu hướng, Loại, Trend."""


def with_words(drafts: Sequence[Draft], vocabulary: Vocabulary) -> list[Draft]:
    """Let the words of cells speak: give the columns with what they may mean now.

    Arrows and *tăng* may also tell how a KPI moved. They say which way is good where the header may mean that and they
    stand before the target, as definitions do, and results do not. A whole phrase is nothing else, wherever it stands.
    """
    aims = [draft.column for draft in drafts if draft.meanings.get("target", 0.0) >= _NAMED]
    return [_told(draft, vocabulary, bool(aims) and draft.column < min(aims)) for draft in drafts]


def _told(draft: Draft, vocabulary: Vocabulary, before: bool) -> Draft:
    if draft.shape.plain_text < 1.0 or draft.shape.length > _LONGEST or draft.shape.size < _LEAST:
        return draft
    if draft.meanings and _MAY_BE.isdisjoint(draft.meanings):
        return draft
    words = {normalise(text) for value in draft.values if isinstance(value, str) and (text := value.strip())}
    if not words or not words <= vocabulary.values_of(_DIRECTION):
        return draft
    phrases = all(len(word.split()) >= _PHRASE for word in words)
    faint = max(draft.meanings.values(), default=0.0) < _FAINT
    may_be = _DIRECTION in draft.meanings or (faint and len(words) >= _LEAST)
    if not phrases and not (before and may_be):
        return draft
    meaning = {_DIRECTION: _SURE if _DIRECTION in draft.meanings else _ALONE}
    return draft._replace(meanings=meaning, told={**draft.told, _DIRECTION: Reason("word_and_cells")})
