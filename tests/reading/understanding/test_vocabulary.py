"""What header texts may mean."""

from __future__ import annotations

import pytest

from sheetsync.locales import word_lists
from sheetsync.reading.understanding import Vocabulary
from sheetsync.workbook import CellValue
from tests.reading.understanding.detailed import told, worksheet

VOCABULARY = Vocabulary(word_lists())


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Trọng số", "weight"),
        ("TRONG SO", "weight"),
        ("T R Ọ N G  S Ố", "weight"),
        ("Trọng số\n(%)", "weight"),
        ('"Target"', "target"),
        ("Target 2025", "target"),
        ("Kế hoạch năm 2024", "target"),
        ("Owner / Người phụ trách", "owner"),
        ("Người thực hiện", "owner"),
        ("measurment", "kpi"),
        ("keyResultName", "key_result"),
        ("success_measure", "key_result"),
        ("% to Goal", "progress"),
        ("关键结果(KRs)", "key_result"),
        ("2025年度目标值", "target"),
        ("Resultado-chave", "key_result"),
        ("Línea base", "baseline"),
        ("Taux de réalisation", "progress"),
        ("Zielerreichung (%)", "progress"),
        ("Ед. изм.", "unit"),
        ("Gerçekleşen", "current"),
        ("実績値", "current"),
        ("달성률", "progress"),
    ],
)
def test_a_header_is_known_however_it_is_written(text: str, concept: str) -> None:
    """Shows that case, accents, spaced letters, quotes, line breaks, years and spelling mistakes do not hide a word."""
    meanings = VOCABULARY.meanings(text)
    assert max(meanings, key=lambda name: meanings[name]) == concept


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("Mục tiêu", {"objective", "target"}),
        ("Chỉ tiêu", {"kpi", "target"}),
        ("Đơn vị", {"unit", "team"}),
        ("Hiện tại", {"baseline", "current"}),
    ],
)
def test_a_word_with_two_meanings_keeps_both(text: str, concepts: set[str]) -> None:
    """Shows that the words alone do not decide where they cannot."""
    assert concepts <= VOCABULARY.meanings(text).keys()


@pytest.mark.parametrize("text", ["Target customers", "Thời gian thực hiện", "Số lượng", "Actual hours"])
def test_a_longer_name_is_not_taken_for_the_word_inside_it(text: str) -> None:
    """Shows that a target market is no target."""
    meanings = VOCABULARY.meanings(text)
    assert max(meanings, key=lambda name: meanings[name]) == "other"


def test_accents_tell_short_words_apart() -> None:
    """Shows that Tổ (a team) is not the English To."""
    meanings = VOCABULARY.meanings("Tổ")
    assert meanings["team"] > meanings["target"]


def test_a_header_in_two_languages_is_understood_line_by_line() -> None:
    """Shows that English over Vietnamese in one cell is understood, also where the words are short."""
    header: list[CellValue] = [
        "No.\nSTT", "KPI items\nTiêu chí KPI", "UoM\nĐVT", "Weight\nTrọng số", "Target\nChỉ tiêu", "Actual\nThực tế"
    ]  # fmt: skip
    rows = [[n, f"Gross margin of shop {n}", "%", "50%", 28, 29] for n in (1, 2, 3)]
    found = told(worksheet([header, *rows]))
    assert found == {"A": "order", "B": "kpi", "C": "unit", "D": "weight", "E": "target", "F": "current"}
