"""Every rule is told in both languages, with the same parameters, and every message can be recognised again."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from sheetsync.language import Lexicon, Phrases
from sheetsync.locales import load
from sheetsync.rules import RULES, Rule, message, page
from sheetsync.rules.messages import CHOICES, SECTIONS, doc_sections
from tests.rules.facts import ENGLISH, VIETNAMESE, found
from tests.rules.situations import SITUATIONS

VI = load("vi")["rules"]
TEXTS = {"title", "message", *SECTIONS}
LONGEST_TITLE = 75
LONGEST_MESSAGE = 240


def braces(text: str) -> list[tuple[str, str]]:
    """Give the parameters of a text and how each is shown, sorted."""
    return sorted({(name, spec or "") for _, name, spec, _ in Formatter().parse(text) if name is not None})


def test_vietnamese_tells_every_rule_and_nothing_else() -> None:
    """The Vietnamese rule book has exactly the rules that exist."""
    assert set(VI) == set(RULES)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_vietnamese_has_every_text(rule: Rule) -> None:
    """Each rule has title, message and all parts of its manual page in Vietnamese, with the same parameters."""
    own = VI[rule.code]
    assert set(own) == TEXTS
    assert all(text.strip() for text in own.values())
    assert braces(own["message"]) == braces(rule.message)
    assert braces(own["title"]) == []


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_english_has_every_text(rule: Rule) -> None:
    """Each rule has a code, a name and a complete manual page in its docstring."""
    assert re.fullmatch(r"(WS1|RO2|LI3|PR4|DR5)\d\d", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert all(doc_sections(rule).values())
    for title in (rule.title, VI[rule.code]["title"]):
        assert len(title) <= LONGEST_TITLE
        assert not title.endswith(".")


def test_a_manual_without_a_heading_is_refused() -> None:
    """A docstring in which a heading is missing is told by the rule's code."""
    rule = RULES["RO203"]._replace(doc="Report a thing.\n\n## Example\nA\n\n## Use instead\nB")
    with pytest.raises(ValueError, match="RO203"):
        doc_sections(rule)


@pytest.mark.parametrize("phrases", [ENGLISH, VIETNAMESE], ids=["en", "vi"])
def test_messages_are_short(phrases: Phrases) -> None:
    """Each message can be read at a glance, with what stands in the sheet filled in."""
    for code, situation in SITUATIONS.items():
        told = message(found(code, situation.bad())[0], phrases)
        assert len(told) <= LONGEST_MESSAGE, code


def test_choices_are_words_that_reading_understands() -> None:
    """Every word that a message offers is understood as the value that it stands for, in both languages."""
    lexicon = Lexicon(load("en"), load("vi"))
    for kind, choices in CHOICES.items():
        for choice in choices:
            for phrases in (ENGLISH, VIETNAMESE):
                assert lexicon.value(kind, phrases.text(f"values.{kind}.{choice}")) == choice


def test_the_languages_list_the_same_kinds_of_words() -> None:
    """Both languages have the same word lists, none of them empty, and no phrase that could never match."""
    english, vietnamese = load("en")["words"], load("vi")["words"]
    assert english.keys() == vietnamese.keys()
    for lists in (english, vietnamese):
        assert all(lists.values())
        for name in ("pay", "maintain", "vague"):
            for phrase in lists[f"{name}_not"]:
                assert any(word in phrase for word in lists[name]), phrase


@pytest.mark.parametrize("phrases", [ENGLISH, VIETNAMESE], ids=["en", "vi"])
def test_pages_hold_everything(phrases: Phrases) -> None:
    """A manual page holds code, name, severity, message, and its four parts under the headings of the language."""
    for code, rule in RULES.items():
        text = page(code, phrases)
        assert text.startswith(f"# {code} {rule.name}\n")
        for section in SECTIONS:
            assert f"## {phrases.text(f'rule_page.{section}')}\n" in text
        assert phrases.text(f"rule_page.{rule.severity}") in text
        assert (phrases.text("rule_page.off") in text) is not rule.on


def test_an_unknown_rule_has_no_page() -> None:
    """Asking for the page of a code that does not exist says so."""
    with pytest.raises(KeyError):
        page("RO999", ENGLISH)
