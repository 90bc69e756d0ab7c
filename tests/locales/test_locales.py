"""The locale files: whole, alike, and read in parts."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from sheetsync import locales
from sheetsync.language import Lexicon, Phrases, normalise

FOLDER = Path(locales.__file__).parent
ONLY_VIETNAMESE = {"rules"}
"""English texts of rules stand at the rules themselves."""
PLURALS = {"one", "other"}


def whole(language: str) -> dict[str, Any]:
    """Read a locale file in one piece."""
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def texts(data: dict[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """Give every key of a locale with what stands there; the forms of a plural are one key."""
    for name, value in data.items():
        if path == "" and name in ONLY_VIETNAMESE:
            continue
        if isinstance(value, dict) and value.keys() <= PLURALS:
            yield path + name, value["other"]
        elif isinstance(value, dict):
            yield from texts(value, f"{path}{name}.")
        else:
            yield path + name, value


def params(text: Any) -> set[str]:
    """Give the parameters of a text; lists of words have none."""
    if not isinstance(text, str):
        return set()
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys() -> None:
    """A text that is missing in one language fails here."""
    english, vietnamese = dict(texts(whole("en"))), dict(texts(whole("vi")))
    assert english.keys() - vietnamese.keys() == set()
    assert vietnamese.keys() - english.keys() == set()


def test_both_languages_use_the_same_parameters() -> None:
    """A text and its translation take the same parameters; a plural may leave its number out."""
    vietnamese = dict(texts(whole("vi")))
    different = {
        key: (params(text), params(vietnamese[key]))
        for key, text in texts(whole("en"))
        if key in vietnamese and params(text) - {"count"} != params(vietnamese[key]) - {"count"}
    }
    assert different == {}


def test_both_languages_have_the_same_kinds_of_entries() -> None:
    """Where one language has a list of words the other has one too."""
    vietnamese = dict(texts(whole("vi")))
    assert [key for key, text in texts(whole("en")) if type(text) is not type(vietnamese.get(key, text))] == []


@pytest.mark.parametrize("language", locales.languages())
def test_every_text_can_be_compiled(language: str) -> None:
    """No text has a broken brace or an unknown form."""
    found = Phrases(locales.load(language))
    for key, text in texts(whole(language)):
        if isinstance(text, str) and not key.startswith("marks."):
            found.pattern(key)


@pytest.mark.parametrize("language", locales.languages())
def test_reading_in_parts_gives_what_the_whole_file_says(language: str) -> None:
    """The lazy reader sees every section just as the TOML reader does."""
    assert dict(locales.load(language)) == whole(language)


def test_a_table_may_stand_in_several_places_and_in_another(tmp_path: Path) -> None:
    """Shows that tables are found however they are spread, and that a long text may look like one."""
    text = 'head = 1\n[a.b]\nx = "1"\n[c]\n\n[a]\ny = """\n[a.z]\nnot a table\n"""\n[c.d.e]\n[a.f]\nw = ["1", "2"]\n'
    (tmp_path / "a.toml").write_bytes(text.replace("\n", "\r\n").encode())
    found = locales._read(tmp_path / "a.toml")
    assert dict(found) == tomllib.loads(text)
    assert (len(found), list(found), found["c"]["d"]["e"]) == (3, ["head", "a", "c"], {})
    with pytest.raises(KeyError):
        found["d"]


def test_a_locale_is_read_once() -> None:
    """The same data is handed out again."""
    assert locales.load("en") is locales.load("en")


def test_an_unknown_language_is_refused_by_name() -> None:
    """The error says which languages there are."""
    with pytest.raises(LookupError, match="en, vi"):
        locales.load("xx")


def test_vietnamese_words_carry_their_accents() -> None:
    """The first word of a list, which is the one we write, is not an accentless shortcut of another one."""
    bare: list[str] = []
    for key, words in texts(whole("vi")):
        if isinstance(words, list) and words:
            accented = {normalise(word) for word in words if not word.isascii()}
            bare += [key for word in words[:1] if word.isascii() and normalise(word) in accented]
    assert bare == []


def test_template_headers_are_understood_as_what_they_are() -> None:
    """The first header of every concept, in either language, means that concept before any other."""
    lexicon = Lexicon(locales.load("en"), locales.load("vi"))
    for language in locales.languages():
        for kind, concepts in whole(language)["headers"].items():
            for concept, words in concepts.items():
                assert concept in lexicon.candidates(words[0], kind), (language, kind, concept, words[0])


def test_computed_headers_are_no_headers_of_the_user() -> None:
    """A column that we write is never taken for one that a person fills."""
    lexicon = Lexicon(locales.load("en"), locales.load("vi"))
    for language in locales.languages():
        for concept, words in whole(language)["computed"].items():
            for word in words:
                assert concept in lexicon.computed(word)
                assert lexicon.candidates(word, "okr") == (), word
                assert lexicon.candidates(word, "kpi") == (), word


def test_languages_that_are_only_read_are_no_languages_of_texts() -> None:
    """Shows that a word list makes no language to speak in, and that each names its language and its head."""
    assert locales.languages() == ("en", "vi")
    read = locales.word_lists()[len(locales.languages()) :]
    assert {data["language"] for data in read} == {"en", "vi", "zh", "pt", "es", "fr", "de", "ru", "tr", "ja", "ko"}
    assert {data["head"] for data in read} == {"first", "last"}


@pytest.mark.parametrize("path", sorted((FOLDER / "words").glob("*.toml")), ids=lambda path: path.stem)
def test_a_word_list_names_concepts_that_have_a_name(path: Path) -> None:
    """Shows that no concept is misspelled in a word list: each has its name in the texts, and holds words."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    named = set(whole("en")["adopt"]["concept"])
    for section in ("columns", "also"):
        assert data[section].keys() - named == set()
        assert all(words and all(isinstance(word, str) for word in words) for words in data[section].values())


@pytest.mark.parametrize("path", sorted((FOLDER / "words").glob("*.toml")), ids=lambda path: path.stem)
def test_value_words_of_a_list_stand_under_known_names(path: Path) -> None:
    """Shows that what cells say is listed under the names by which reading asks for it, as in our own languages."""
    told = tomllib.loads(path.read_text(encoding="utf-8")).get("values", {})
    known = {**whole("en")["values"], "short": whole("en")["values"]["periods"]}
    assert told.keys() - known.keys() == set()
    assert {(kind, name) for kind, names in told.items() for name in names if name not in known[kind]} == set()
    assert all(isinstance(word, str) for names in told.values() for words in names.values() for word in words)
