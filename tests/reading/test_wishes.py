"""Which mails the People sheet says a person wants."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.kinds import MailKind
from sheetsync.language import Lexicon
from sheetsync.locales import load
from sheetsync.model import MailWish
from sheetsync.reading.wishes import wish_of

LEXICON = Lexicon(load("vi"), load("en"))
NOTHING = MailWish(frozenset())


def only(*kinds: MailKind) -> MailWish:
    """Make the wish for some kinds alone."""
    return MailWish(frozenset(kinds))


@pytest.mark.parametrize("raw", ["DỪNG", "dừng", "Không", "stop", "STOP!", "no", " Không nhận thư ", False])
def test_words_for_stop(raw: str | bool) -> None:
    """Shows that a word for stop in either language, or an empty checkbox, stops all mail."""
    assert wish_of(raw, LEXICON) == NOTHING


@pytest.mark.parametrize("raw", ["có", "yes", "✓", True])
def test_words_for_the_usual(raw: str | bool) -> None:
    """Shows that a plain yes asks for no more than what fits the role."""
    assert wish_of(raw, LEXICON) == MailWish()


@pytest.mark.parametrize(
    ("raw", "wish"),
    [
        ("KPI", only(MailKind.KPI)),
        ("Công ty, KPI", only(MailKind.COMPANY, MailKind.KPI)),
        ("Báo cáo công ty và điểm sáng", only(MailKind.COMPANY, MailKind.WINS)),
        ("team; reminder\nwins", only(MailKind.TEAM, MailKind.OWNER, MailKind.WINS)),
        ("STOP owner", MailWish(None, frozenset({MailKind.OWNER}))),
        ("dừng nhắc việc, KPI", MailWish(None, frozenset({MailKind.OWNER, MailKind.KPI}))),
        ("company, không nhận KPI", MailWish(frozenset({MailKind.COMPANY}), frozenset({MailKind.KPI}))),
        ("tất cả", only(*MailKind)),
    ],
)
def test_lists_of_kinds(raw: str, wish: MailWish) -> None:
    """Shows that several kinds may be asked for, and single ones be stopped."""
    assert wish_of(raw, LEXICON) == wish


@pytest.mark.parametrize("raw", ["maybe", "công ty, hoa hồng", 7, "=?utf-8?q?stop?=", "KPI" * 100, "company,,"])
def test_what_says_nothing(raw: str | int) -> None:
    """Shows that a cell of which a part is unknown is not guessed at."""
    assert wish_of(raw, LEXICON) is None


@given(st.sets(st.sampled_from(list(MailKind)), min_size=1), st.sampled_from(["vi", "en"]), st.booleans())
def test_every_word_of_a_language_is_understood(kinds: set[MailKind], language: str, stops: bool) -> None:
    """Shows that what the dropdowns offer in a language is read back as the kinds that were meant."""
    words = load(language)["values"]["mails"]
    said = ", ".join(words[kind][0] for kind in sorted(kinds))
    wish = wish_of(f"{words['stop'][0]} {said}" if stops else said, LEXICON)
    assert wish == (MailWish(None, frozenset(kinds)) if stops else MailWish(frozenset(kinds)))
