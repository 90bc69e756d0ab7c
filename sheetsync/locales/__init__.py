"""The languages: one TOML file each with texts, header words, value words, and number and date marks."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent


@cache
def load(language: str) -> Mapping[str, Any]:
    """Give everything that a language's file says, read once per process; LookupError where there is no such file."""
    if language not in languages():
        raise LookupError(f"no language {language!r}; there are {', '.join(languages())}")
    return tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


@cache
def languages() -> tuple[str, ...]:
    """Give the codes of all languages, in alphabetical order."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))
