"""The rules that judge words: with no list of words they are silent, and some phrases are left alone."""

from __future__ import annotations

import pytest

from sheetsync.language.spelling import LONG
from sheetsync.model import NOTHING, Horizon
from sheetsync.rules.words import WordFinder
from tests.factories import objective
from tests.rules.facts import facts
from tests.rules.situation_parts import goal, result, step
from tests.rules.situations import SITUATIONS
from tests.rules.test_places import at, told

BY_WORDS = ("PR406", "PR407", "PR413", "PR414", "PR415", "PR416", "PR417")


@pytest.mark.parametrize("code", BY_WORDS)
def test_without_lists_of_words_nothing_is_said_about_words(code: str) -> None:
    """Shows that the rules about words find nothing, and do not fail, where nobody hands in any words."""
    bad = SITUATIONS[code].bad()
    assert len(told(code, bad)) == 1
    assert told(code, bad._replace(words=NOTHING)) == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("PR406", {"maintain": ("keep",)}),
        ("PR407", {"pay": ("keep",)}),
        ("PR414", {"vague": ("keep",)}),
        ("PR415", {"task": ("keep",)}),
    ],
)
def test_phrases_in_which_a_word_means_something_else(code: str, words: dict[str, tuple[str, ...]]) -> None:
    """Shows a word of a list, alone and within a phrase, in objectives and key results."""
    above, below = objective(title="Keep the growth"), step(title="Keep the growth")
    seen = facts(above, below, result("KR-2", 7))._replace(words=words)
    expected = [at(above.title, "O-1", word="keep"), at(below.title, "KR-1", word="keep")]
    if code == "PR415":  # of objectives only, and without such phrases
        assert told(code, seen) == expected[:1]
        return
    assert sorted(told(code, seen), key=lambda one: one[1] or "") == sorted(expected, key=lambda one: one[1] or "")
    (name,) = words
    assert told(code, seen._replace(words={**words, f"{name}_not": ("keep the growth",)})) == []
    assert len(told(code, seen._replace(words={**words, f"{name}_not": ("keep it",)}))) == 2


def test_a_longer_phrase_is_left_alone_before_a_shorter_one() -> None:
    """Shows that of two phrases that overlap the longer one is taken out whole, whatever letters they begin with."""
    finder = WordFinder(["bonus"], ["a system", "a system for the bonus"])
    assert finder.find("A system for the bonus") is None
    assert finder.find("A system for bonus") == "bonus"
    assert WordFinder(["bonus"], ["z", "bonus z plan"]).find("bonus z plan") is None


def test_only_objectives_that_begin_with_the_vague_word_are_vague() -> None:
    """Shows that a vague word in the middle of a short objective says enough, and where a clause begins does not."""
    for title, word in (("Kitchen: improve it", "improve"), ("We improve it", None), ("Improve", "improve")):
        seen = goal(title=title)()
        top = seen.goals.objectives[0].title
        assert told("PR414", seen) == ([at(top, "O-1", word=word)] if word else [])


def test_a_title_that_is_not_there_is_no_text() -> None:
    """Shows that rows without a title hold no word and no number, whatever the lists say."""
    blank = objective(title=None), step(title=None), result("KR-2", 7, title=None)
    seen = facts(*blank)._replace(
        words=dict.fromkeys(("vague", "task", "activity", "late", "pay", "maintain"), ("xxxx",))
    )
    assert [told(code, seen) for code in BY_WORDS] == [[]] * len(BY_WORDS)


def test_texts_are_searched_one_by_one_after_a_hit() -> None:
    """Shows that of many texts each one with a word is given with its own, in order, and blank ones never."""
    texts = ["a bonus", None, "nothing", "WAGES and a bonus", "", "wage\nbonus"]
    finder = WordFinder(["bonus", "wages"])
    assert list(finder.among(texts, lambda text: text)) == [
        ("a bonus", "bonus"),
        ("WAGES and a bonus", "bonus"),
        ("wage\nbonus", "bonus"),
    ]
    assert list(WordFinder(["xxxx"]).among([None, "XX", "XX"], lambda text: text)) == []
    long = "word " * LONG
    assert list(finder.among([long, f"{long} bonus "], lambda text: text)) == [(f"{long} bonus ", "bonus")]


def test_a_horizon_without_dates_or_turned_round_is_not_judged() -> None:
    """Shows that an objective without any end, or due before it starts, hides nobody behind it."""
    from datetime import date

    year = date(2025, 1, 1), date(2025, 12, 31)
    bare = objective(horizon=Horizon.TACTICAL)
    turned = objective("O-2", row=8, horizon=Horizon.TACTICAL, start=year[1], due=year[0])
    half = objective("O-3", row=9, horizon=Horizon.TACTICAL, start=year[0])
    long = objective("O-4", row=10, horizon=Horizon.TACTICAL, start=year[0], due=year[1])
    seen = facts(bare, turned, half, long, cycle=None)
    params = {"horizon": Horizon.TACTICAL, "days": 365, "first": year[0], "last": year[1]}
    assert told("PR404", seen) == [at(long.horizon, "O-4", **params)]
