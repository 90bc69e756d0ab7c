"""Every rule is told in both languages, with the same parameters, and every message can be recognised again."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from sheetsync.language import Lexicon, Phrases
from sheetsync.locales import load
from sheetsync.rules import RULES, Rule, message, message_patterns, page
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
def test_messages_are_recognised(phrases: Phrases) -> None:
    """Each message fits into a cell and is matched by a pattern: that is how our own sentences are known again."""
    patterns = list(message_patterns(phrases))
    for code, situation in SITUATIONS.items():
        told = message(found(code, situation.bad())[0], phrases)
        assert len(told) <= LONGEST_MESSAGE, code
        assert any(pattern.match(told) for pattern in patterns), told


@pytest.mark.parametrize("phrases", [ENGLISH, VIETNAMESE], ids=["en", "vi"])
def test_a_note_of_a_person_is_not_taken_for_ours(phrases: Phrases) -> None:
    """What a person would write in a cell matches no message."""
    own = ("Waiting for the supplier.", "Chờ nhà cung cấp trả lời.", "See RO203", "The target was moved by the board.")
    assert [text for text in own for pattern in message_patterns(phrases) if pattern.match(text)] == []


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
