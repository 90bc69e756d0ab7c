"""Texts, words, and the forms of numbers and dates, in the languages whose data is handed in."""

from __future__ import annotations

from sheetsync.language.lexicon import Lexicon
from sheetsync.language.phrases import Phrases
from sheetsync.language.spelling import fold, normalise, normalise_all

__all__ = ["Lexicon", "Phrases", "fold", "normalise", "normalise_all"]
