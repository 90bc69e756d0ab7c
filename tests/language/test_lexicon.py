"""The words that people write."""

from __future__ import annotations

import pytest

from sheetsync.language import Lexicon, normalise
from sheetsync.locales import load

LEXICON = Lexicon(load("en"), load("vi"))


@pytest.mark.parametrize(
    ("text", "kind", "concept"),
    [
        ("Kết quả then chốt", "okr", "key_result"),
        ("KET QUA THEN CHOT", "okr", "key_result"),
        ("  Key\nresult ", "okr", "key_result"),
        ("Chỉ tiêu / Target", "okr", "target"),
        ("Chỉ tiêu / Target", "kpi", "target"),
        ("Target (Chỉ tiêu)", "kpi", "target"),
        ("Chỉ tiêu\nTarget", "kpi", "target"),
        ("Đơn vị/Phòng ban", "okr", "team"),
        ("Weight (%)", "okr", "weight"),
        ("Thực hiện (lũy kế)", "kpi", "actual_to_date"),
        ("Hạn:", "okr", "due"),
        ("Tiến độ", "okr", None),
        ("Progress", "okr", None),
        ("Start / Due", "okr", None),
        ("Mục tiêu và kết quả", "okr", None),
        ("", "okr", None),
    ],
)
def test_a_header_names_its_concept_in_either_language(text: str, kind: str, concept: str | None) -> None:
    """Case, accents, spaces and a second language do not count; parts that contradict each other say nothing."""
    assert LEXICON.header(text, kind) == concept


def test_a_word_with_two_meanings_gives_both() -> None:
    """Mục tiêu may be the objective or the target; the likelier one comes first."""
    assert LEXICON.candidates("Mục tiêu", "okr") == ("objective", "target")
    assert LEXICON.candidates("Chỉ tiêu", "kpi") == ("kpi", "target")


@pytest.mark.parametrize(
    ("text", "concepts"),
    [("Tiến độ", {"progress"}), ("progress (%)", {"progress"}), ("Lý do", {"why"}), ("Chỉ tiêu", set())],
)
def test_headers_of_computed_columns_are_known_apart(text: str, concepts: set[str]) -> None:
    """Our own headers are words of their own list."""
    assert LEXICON.computed(text) == concepts


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("level", "Công ty", "company"),
        ("level", "ca nhan", "individual"),
        ("metric", "Tối đa", "at_most"),
        ("metric", "yes/no", "yes_no"),
        ("direction", "Càng thấp càng tốt", "lower"),
        ("aggregation", "cộng dồn", "sum"),
        ("frequency", "Hằng tháng", "month"),
        ("yes_no", "✓", "yes"),
        ("yes_no", "Chưa xong", "no"),
        ("confidence", "Không ổn lắm", "low"),
        ("language", "Tiếng Việt", "vi"),
        ("link", "Đóng góp", "contributes"),
        ("level", "galaxy", None),
    ],
)
def test_a_value_word_names_its_value(kind: str, text: str, value: str | None) -> None:
    """Words in cells are understood in either language."""
    assert LEXICON.value(kind, text) == value


@pytest.mark.parametrize(
    ("name", "kind"), [("OKR", "okr"), ("nhân sự", "people"), ("Cai dat", "settings"), ("X", None)]
)
def test_a_worksheet_is_known_by_its_name(name: str, kind: str | None) -> None:
    """Names of worksheets are words like any others."""
    assert LEXICON.sheet_kind(name) == kind


def test_every_word_of_a_kind_names_one_value() -> None:
    """No word of any list of values stands under two values, in whatever language."""
    for kind in load("en")["values"]:
        if kind in ("falls", "row", "bounds", "periods"):
            continue
        words: dict[str, str] = {}
        for language in ("en", "vi"):
            for value, listed in load(language)["values"][kind].items():
                for word in listed:
                    assert words.setdefault(normalise(word), value) == value, (kind, word)


def test_one_language_alone_does_not_know_the_other() -> None:
    """A lexicon knows what it was given."""
    assert Lexicon(load("en")).header("Kết quả then chốt", "okr") is None


def test_words_of_several_languages_are_joined() -> None:
    """Lists of one name are put together; data without lists adds nothing."""
    assert Lexicon({"words": {"pay": ["a"]}}, {}, {"words": {"pay": ["b"], "x": ["c"]}}).lists == {
        "pay": ("a", "b"),
        "x": ("c",),
    }


def test_words_for_sizes_and_units_are_joined_too() -> None:
    """Words around numbers keep the names of their sections, of units also what they measure."""
    numbers = {"numbers": {"million": ["m"]}, "units": {"time": {"hour": ["h"]}}}
    assert Lexicon(numbers, {"units": {"time": {"hour": ["giờ"]}}}).lists == {
        "numbers.million": ("m",),
        "units.time.hour": ("h", "giờ"),
    }
