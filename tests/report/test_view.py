"""What templates can call, and the plain data that they see."""

from __future__ import annotations

from collections import UserDict
from datetime import date
from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.report.view import addressed, filters, once, plain, safe, shortened, signed
from tests.report.minh_long import PHRASES

LINKS = ("url", "report", "stop")
NAMES = st.text().map(lambda name: f"a{name}")
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.dates(),
    lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner),
    max_leaves=20,
)


@given(PLAIN)
def test_plain_data_comes_through_as_it_is(value: Any) -> None:
    """Shows that nothing is lost or changed, and that a copy is given."""
    assert plain(value) == value
    assert not isinstance(value, list | dict) or plain(value) is not value


def test_other_kinds_of_plain_data_become_the_usual_ones() -> None:
    """Shows that tuples become lists and mappings dicts, and that a text of another type becomes a plain one."""

    class Word(str):
        """A text with a way out."""

    given = plain({"a": (1, Word("x")), "b": UserDict(c=Word("y"))})
    assert given == {"a": [1, "x"], "b": {"c": "y"}}
    assert {type(given["a"][1]), type(given["b"]["c"]), type(given["b"])} == {str, dict}


@pytest.mark.parametrize("value", [object(), b"x", {1, 2}, print, 1j])
def test_what_is_no_plain_data_is_refused_by_its_field(value: object) -> None:
    """Shows that the field is named in which it stands, however deep."""
    with pytest.raises(TypeError, match=r"owner: \w+ is no plain data"):
        plain({"rows": [{"owner": value}]})


@pytest.mark.parametrize("name", LINKS)
def test_links_are_cleaned_wherever_they_stand(name: str) -> None:
    """Shows that only https and mailto stay."""
    told = plain({"rows": [{name: "https://a.vn"}, {name: "MAILTO:a@a.vn"}, {name: "javascript:x"}, {name: None}]})
    assert [row[name] for row in told["rows"]] == ["https://a.vn", "MAILTO:a@a.vn", None, None]
    assert safe("http://a.vn") is None


@pytest.mark.parametrize(("points", "told"), [(0.04, "+4"), (-0.031, "−3"), (0.004, "0"), (-0.004, "0"), (None, "–")])
def test_a_change_has_its_sign(points: float | None, told: str) -> None:
    """Shows plus, a real minus, and nothing for what rounds to nothing."""
    assert signed(points) == told


@given(st.integers(0, 30), st.integers(0, 30), st.integers(1, 12))
def test_rows_that_are_left_out_are_counted(rows: int, more: int, most: int) -> None:
    """Shows that rows and count together stay the same number, and that a list without a count keeps all."""
    view = {"rows": list(range(rows)), "more_rows": more, "groups": list(range(rows))}
    short = shortened(view, most)
    assert len(short["rows"]) == min(rows, most)
    assert len(short["rows"]) + short["more_rows"] == rows + more
    assert short["groups"] == view["groups"]


def test_a_shorter_agenda_takes_less_time() -> None:
    """Shows that the minutes go with the items, and that two items stay."""
    view = {"agenda": [1, 2, 3, 4, 5], "minutes": 25}
    assert shortened(view, 3) == {"agenda": [1, 2, 3], "minutes": 15}
    assert shortened(view, 1) == {"agenda": [1, 2], "minutes": 10}
    assert shortened(view, 12) == view


@pytest.mark.parametrize(
    ("honorific", "name", "word"),
    [
        ("Chị", "chị Lan", "chị"),
        (" anh ", "anh Lan", "anh"),
        (None, "anh/chị Lan", "anh/chị"),
        ("", "anh/chị Lan", "anh/chị"),
        ("{evil}", "anh/chị Lan", "anh/chị"),
        ("Thưa quý khách hàng", "anh/chị Lan", "anh/chị"),
    ],
)
def test_a_person_is_spoken_to_as_the_people_sheet_says(honorific: str | None, name: str, word: str) -> None:
    """Shows the honorific where it is a word or two, and the general one where it is none."""
    phrases, greeted = addressed(PHRASES["vi"], {"given": "Lan", "honorific": honorific})
    assert greeted == name
    assert phrases.text("mail.decide") == f"Cần {word} quyết"
    assert addressed(PHRASES["en"], {"given": "Lan", "honorific": honorific})[1] == "Lan"
    assert addressed(PHRASES["vi"], None)[1] == "anh/chị"


@pytest.mark.parametrize(
    ("language", "first", "last", "told"),
    [
        ("vi", date(2026, 11, 16), date(2026, 11, 22), "16–22/11/2026"),
        ("vi", date(2026, 12, 28), date(2027, 1, 3), "28/12 – 03/01/2027"),
        ("en", date(2026, 11, 16), date(2026, 11, 22), "16–22 Nov 2026"),
        ("en", date(2026, 12, 28), date(2027, 1, 3), "28 Dec – 3 Jan 2027"),
    ],
)
def test_a_week_is_told_shortly(language: str, first: date, last: date, told: str) -> None:
    """Shows a week within a month, and one across the year."""
    assert filters(PHRASES[language])["days"](first, last) == told


@pytest.mark.parametrize(
    ("number", "unit", "percent", "told"),
    [
        (3.7e9, "₫", False, "3,7\u00a0tỷ\u00a0₫"),
        (0.35, "%", True, "35%"),
        (0.35, None, True, "35%"),
        (12.0, "khách", False, "12\u00a0khách"),
        (12.0, "khách hàng mới ký hợp đồng", False, "12 khách hàng mới ký hợp đồng"),
    ],
)
def test_amounts_keep_to_one_line_unless_they_are_long(
    number: float, unit: str | None, percent: bool, told: str
) -> None:
    """Shows no-break spaces before short units, and none in a long one, which could not wrap on a phone."""
    amount = filters(PHRASES["vi"])["amount"]
    assert amount({"number": number, "unit": unit, "percent": percent}) == told


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (0.068, "6,8%"), (0.005, "0,5%"), (0.0004, "0,04%"), (0.99954, "99,95%"), (2 / 3, "66,67%"), (1.2, "120%"),
        (-0.035, "-3,5%"), (0.0, "0%"),
    ],
)  # fmt: skip
def test_a_percentage_keeps_its_places(number: float, told: str) -> None:
    """Shows that a value of 6.8 % is not told as 7 %, nor a target of 0.5 % as 1 %; what was divided has two places."""
    assert filters(PHRASES["vi"])["amount"]({"number": number, "unit": None, "percent": True}) == told


@pytest.mark.parametrize(
    ("low", "high", "unit", "percent", "told"),
    [(2.0, 6.0, "°C", False, "2–6\u00a0°C"), (0.9, 0.95, None, True, "90%–95%"), (1.5, 3.0, None, False, "1,5–3")],
)
def test_a_range_has_both_ends(low: float, high: float, unit: str | None, percent: bool, told: str) -> None:
    """Shows an amount from one number to another, the unit once."""
    amount = filters(PHRASES["vi"])["amount"]
    assert amount({"number": low, "to": high, "unit": unit, "percent": percent}) == told


@pytest.mark.parametrize(
    ("text", "whole"), [("ă" * 70, True), ("ă" * 71, False), ("<b>" * 7 + "x", True), ("<b>" * 8, False)]
)
def test_a_title_is_no_longer_than_it_may_be(text: str, whole: bool) -> None:
    """Shows a subject at its longest, and that what has to be escaped in HTML counts as it is written there."""
    told = filters(PHRASES["vi"])["as_title"](text)
    assert (told == text) is whole
    assert len(escape(told)) <= 70


@pytest.mark.parametrize(
    ("language", "name", "front", "inside"),
    [
        ("vi", "Kinh doanh", "Phòng Kinh doanh", "phòng Kinh doanh"),
        ("vi", "Phòng Kinh doanh", "Phòng Kinh doanh", "Phòng Kinh doanh"),
        ("vi", "BỘ PHẬN kho", "BỘ PHẬN kho", "BỘ PHẬN kho"),
        ("vi", "P.KD", "P.KD", "P.KD"),
        ("vi", "Sales team", "Sales team", "Sales team"),
        ("vi", "Banking", "Phòng Banking", "phòng Banking"),
        ("vi", "Nhóm", "Phòng Nhóm", "phòng Nhóm"),
        ("en", "Sales", "Team Sales", "Sales team"),
        ("en", "Sales Dept.", "Sales Dept.", "Sales Dept."),
    ],
)
def test_a_team_that_says_what_it_is_gets_no_second_word_for_it(
    language: str, name: str, front: str, inside: str
) -> None:
    """Shows that a department is not called the team of that department, however it is written."""
    called = filters(PHRASES[language])["as_team"]
    assert (called(name), called(name, "within")) == (front, inside)


def test_an_amount_may_be_a_text_or_nothing() -> None:
    """Shows what stands in a cell that is no number, cut short, and a dash for none."""
    amount = filters(PHRASES["vi"])["amount"]
    assert amount("khoảng một nửa") == "khoảng một nửa"
    assert len(amount("x" * 500)) == 60
    assert amount(None) == "–"


def test_a_win_is_told_once_in_a_mail_of_several_parts() -> None:
    """Shows that the part of wins keeps all, the others what is told in none before, and that workbooks stay apart."""

    def view(kind: str, *titles: str, place: str = "a.xlsx") -> dict[str, Any]:
        wins = [{"kind": "key_result", "title": title, "owner": "Lan"} for title in titles]
        return {"kind": kind, "workbook": {"place": place}, "wins": wins}

    def titles(*views: dict[str, Any]) -> list[list[str]]:
        return [[won["title"] for won in one["wins"]] for one in once(views)]

    team, owner = view("team", "A", "A", "B"), view("owner", "B", "C")
    assert titles(team, owner) == [["A", "A", "B"], ["C"]]
    assert titles(team, view("owner", "B", place="b.xlsx")) == [["A", "A", "B"], ["B"]]
    assert titles(team, owner, view("wins", "A", "B")) == [[], ["C"], ["A", "B"]]
