"""Words of a list are found as whole words, in any case and any form of accents."""

from __future__ import annotations

import unicodedata
from operator import itemgetter

import pytest

from sheetsync.rules.words import BATCH, WordFinder
from tests.rules.facts import WORDS

PAY = WordFinder(WORDS["pay"], WORDS["pay_not"])
KEEP = WordFinder(WORDS["maintain"], WORDS["maintain_not"], leading=True)


@pytest.mark.parametrize(
    "text",
    [
        "Thưởng 5% nếu đạt",
        "đạt thì được thưởng",
        "Trừ lương khi trượt",
        "10 % BONUS when reached",
        "Gắn với lương thưởng",
    ],
)
def test_finds_pay(text: str) -> None:
    """Pay is found in either language, wherever it stands."""
    assert PAY.find(text) is not None
    assert PAY.find(unicodedata.normalize("NFD", text)) is not None


@pytest.mark.parametrize(
    "text",
    [
        "Nâng chất lượng sản phẩm",
        "Xuất khẩu lương thực",
        "Khách thưởng thức món mới",
        "Đạt giải thưởng ẩm thực",
        "Xây xong thang bảng lương",
        "Trả lương đúng hạn mười hai tháng",
        "Khách đổi điểm thưởng nhiều hơn",
        "Pay salaries on time",
        "Customers use their bonus points",
        "Thắc mắc về phiếu lương",
        "Quỹ lương trên doanh thu giảm",
        "Insurance payouts within a week",
        "Salary data moved to the new system",
        "Lượng đơn tăng",
    ],
)
def test_leaves_other_meanings(text: str) -> None:
    """Food, quality, prizes, loyalty points and the payroll as a subject are not pay."""
    assert PAY.find(text) is None


@pytest.mark.parametrize("text", ["Duy trì doanh thu", "KR1: giữ vững thị phần", "1. Maintain uptime", "- Duy trì"])
def test_finds_keeping_at_the_beginning(text: str) -> None:
    """Keeping something counts where the text or one of its clauses begins with it."""
    assert KEEP.find(text) is not None


@pytest.mark.parametrize(
    "text", ["Giảm chi phí duy trì máy chủ", "Maintenance costs halved", "Duy trì đà tăng trưởng 20%"]
)
def test_leaves_keeping_elsewhere(text: str) -> None:
    """Upkeep as a subject, and keeping growth going, are no KPI."""
    assert KEEP.find(text) is None


def test_no_words_find_nothing() -> None:
    """An empty list matches no text."""
    assert WordFinder(()).find("anything") is None


def test_many_texts_at_once_give_what_each_alone_gives() -> None:
    """Searching in batches finds the same texts as searching one by one, also at the edges of a batch."""
    holds = {0, BATCH - 1, BATCH, 3 * BATCH + 1}
    texts = [(place, "Thưởng lớn" if place in holds else f"Doanh thu {place}\nlên") for place in range(3 * BATCH + 2)]
    found = PAY.among(texts, itemgetter(1))
    assert [(place, word) for (place, _), word in found] == [(place, "thưởng") for place in sorted(holds)]
    assert [place for place, text in texts if PAY.find(text)] == sorted(holds)


def test_a_word_is_not_put_together_from_two_texts() -> None:
    """The end of one text and the beginning of the next make no word."""
    assert list(WordFinder(["giữ vững"]).among(["Phải giữ", None, "vững vàng"], lambda text: text)) == []
