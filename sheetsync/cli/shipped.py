"""The words and scoring profiles that come with the program, and a configuration's own profiles beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from sheetsync import profiles
from sheetsync.errors import ConfigError
from sheetsync.language import Lexicon
from sheetsync.locales import languages, load
from sheetsync.scoring import Profile, ProfileError, profile_from

if TYPE_CHECKING:
    from sheetsync.reading.understanding import Vocabulary


@cache
def rule_words() -> Mapping[str, tuple[str, ...]]:
    """Give the word lists that rules judge by, of all languages together."""
    return all_words().lists


@cache
def all_words() -> Lexicon:
    """Give the words of every language at once: a workbook may mix them."""
    return Lexicon(*(load(language) for language in languages()))


@cache
def vocabulary() -> Vocabulary:
    """Give the words for columns in every language, read once per process."""
    from sheetsync.locales import word_lists
    from sheetsync.reading.understanding import Vocabulary

    return Vocabulary(word_lists())


@cache
def words_of(language: str) -> Lexicon:
    """Give the words of one language alone."""
    return Lexicon(load(language))


@cache
def profile_of(name: str) -> Profile:
    """Give a scoring profile by its name, with or without a version; KeyError where there is none of that name."""
    if name not in known_profiles():
        raise KeyError(name)
    try:
        return profile_from(profiles.load(name))
    except ProfileError as error:
        raise ConfigError(problems=tuple(f"{name}: {problem}" for problem in error.problems)) from error


def profiles_with(own: Mapping[str, Mapping[str, Any]]) -> Callable[[str], Profile]:
    """Give the function that finds a profile by name: one of the configuration's own, or one of the program's."""
    if not own:
        return profile_of
    made = {name: profile_from(data) for name, data in own.items()}
    found = {**made, **{profile.full_name: profile for profile in made.values()}}
    return lambda name: found[name] if name in found else profile_of(name)


def own_names(own: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """Give every name that the configuration's own profiles answer to, with their version and without."""
    return (*own, *(f"{name}@{data['version']}" for name, data in own.items()))


def profile_flaws(data: Mapping[str, Any]) -> tuple[tuple[Any, ...], ...]:
    """Give what is wrong with a profile's data: path, key of the text, its params, a word that was probably meant."""
    try:
        profile_from(data)
    except ProfileError as error:
        return tuple((flaw.path, flaw.text, flaw.params, flaw.near) for flaw in error.flaws)
    return ()


@cache
def known_profiles() -> tuple[str, ...]:
    """Give every name that a profile answers to: ``default@1``, and ``default`` for its newest version."""
    names = profiles.names()
    return (*names, *sorted({name.partition("@")[0] for name in names}))
