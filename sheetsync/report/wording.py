"""Lays the words of a pack over ours, for mails and pages alike."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from sheetsync.errors import ConfigError
from sheetsync.language import Phrases
from sheetsync.report.brand import Brand


def worded(phrases: Phrases, brand: Brand) -> Phrases:
    """Lay a pack's own words over ours; ConfigError where there is no such text, or it has other parameters."""
    own = dict(dict(brand.texts).get(phrases.language, ()))
    for key, text in own.items():
        _check_words(key, text, phrases)
    return phrases.reworded(own) if own else phrases


def _check_words(key: str, text: str, phrases: Phrases) -> None:
    try:
        ours = phrases.words(key)[0] if key.startswith(("mail.", "status.")) else None
    except LookupError:  # no such text, or a plural whose form is not named
        ours = None
    if ours is None:
        raise ConfigError("pack.unknown_text", path=f"texts.{phrases.language}.toml", name=key)
    known, wanted = set(_params(ours)), set(_params(text))
    if not wanted <= known:
        shown = ", ".join(f"{{{name}}}" for name in sorted(known)) or "–"
        raise ConfigError("pack.text_params", path=f"texts.{phrases.language}.toml", name=key, allowed=shown)


def _params(text: str) -> Iterator[str]:
    try:
        yield from (name for _, name, _, _ in Formatter().parse(text) if name is not None)
    except ValueError:
        yield text
