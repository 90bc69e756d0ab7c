"""The language in which the program speaks to the person at the terminal, which need not be the workbook's."""

from __future__ import annotations

import os
import sys
from functools import cache
from typing import Any

from sheetsync.language import Phrases
from sheetsync.locales import languages, load


@cache
def phrases(language: str) -> Phrases:
    """Give the phrases of a language, with English for what it lacks."""
    return Phrases(load(language), None if language == "en" else load("en"))


_OFFERED: list[str] = []
"""The language of the configuration of this call, once it is known."""

LANGUAGE_VARIABLE = "SHEETSYNC_LANG"
NO_LANGUAGE = ("c", "posix")
"""What stands in the environment, alone or before a dot, of who wants no language in particular: cron has it so."""


@cache
def spoken_language() -> str:
    """Give the language of messages: ``--lang`` of this call, ``SHEETSYNC_LANG``, the system's, the configuration's.

    English where none of them says one.
    """
    told = [
        _flag(sys.argv[1:]),
        *(os.environ.get(name, "") for name in (LANGUAGE_VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG")),
    ]
    known = languages()
    for name in told:
        if name[:2].lower() in known:
            return name[:2].lower()
        if name and name.partition(".")[0].lower() in NO_LANGUAGE:
            break
        if name:
            return "en"  # the first that is set decides, even where we do not speak that language
    return _OFFERED[0] if _OFFERED else "en"


def offer_language(language: str | None) -> None:
    """Let messages be in a language from now on, where neither the call nor the environment says one; None: no more."""
    _OFFERED[:] = [language] if language in languages() else []
    spoken_language.cache_clear()


def asked_language() -> str | None:
    """Give the language that this call asks for with ``--lang``; None where it leaves the choice to others."""
    told = _flag(sys.argv[1:])[:2].lower()
    return told if told in languages() else None


def _flag(arguments: list[str]) -> str:
    for place, argument in enumerate(arguments):
        if argument == "--lang" and place + 1 < len(arguments):
            return arguments[place + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return ""


def say(key: str, **params: Any) -> str:
    """Give a text in the language of the person at the terminal."""
    return phrases(spoken_language()).text(key, **params)


def say_many(key: str, count: int, **params: Any) -> str:
    """Give a text about a number of things in the language of the person at the terminal."""
    return phrases(spoken_language()).plural(key, count, **params)
