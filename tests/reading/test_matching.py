"""Rows of an earlier run are known again: the laws of matching, and what it must not do."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.reading.matching import Known, known_items, match
from tests.reading.edited import FIRST_ROW, Sheet, edit, reworded
from tests.reading.sheets import read

FORMS = st.sampled_from(("flat", "tree", "kpi"))
SEEDS = st.integers(0, 10**6)


def made(form: str, size: int, seed: int) -> Sheet:
    """Make a sheet."""
    return Sheet(form, size, Random(seed))  # noqa: S311 - sheets, no secrets


def row(number: int, title: str, **more: str) -> Known:
    """Make a KPI of which a run knows the title; its key tells nothing."""
    given: dict[str, str] = {"kind": "kpi", "worksheet": "KPI", **more}
    key = given.pop("key", f"{title}-{number}")
    return Known(key=key, row=FIRST_ROW + number, title=title, **given)


SOME = [
    row(0, "Doanh thu bán lẻ", owner="An", target="20", unit="tỷ"),
    row(1, "Chi phí vận hành", owner="Bình", target="3", unit="tỷ"),
    row(2, "Khách hàng mới", owner="Chi", target="400", unit="người"),
    row(3, "Tỷ lệ giao đúng hẹn", owner="An", target="95%", unit="%"),
    row(4, "Điểm hài lòng", owner="Chi", target="60", unit="điểm"),
]


def changed(place: int, **values: object) -> list[Known]:
    """Give SOME with other values and another key in one row."""
    after = SOME[place]._replace(**{"key": "new", **values})  # type: ignore[arg-type]
    return [*SOME[:place], after, *SOME[place + 1 :]]


@given(FORMS, st.integers(1, 12), SEEDS, st.integers(0, 20))
def test_no_row_is_given_twice_and_every_kind_keeps_to_itself(form: str, size: int, seed: int, edits: int) -> None:
    """Shows that matching is one to one after any edits, from rows that are there to rows that were there."""
    sheet = made(form, size, seed)
    before, _ = sheet.known()
    edit(sheet, edits)
    after, _ = sheet.known()
    found = match(before, after)
    assert len(set(found.values())) == len(found)
    kinds = {item.key: item.kind for item in before}
    assert all(kinds[found[item.key]] == item.kind for item in after if item.key in found)


@given(FORMS, st.integers(1, 12), SEEDS)
def test_an_unchanged_sheet_matches_wholly(form: str, size: int, seed: int) -> None:
    """Shows that every row is known again where nothing was changed."""
    known, _ = made(form, size, seed).known()
    assert match(known, known) == {item.key: item.key for item in known}


@given(st.sampled_from(("flat", "kpi")), st.integers(1, 12), SEEDS)
def test_rows_in_any_order_match_wholly(form: str, size: int, seed: int) -> None:
    """Shows that sorting and moving rows loses none, and takes none for another."""
    sheet = made(form, size, seed)
    before, were = sheet.known()
    sheet.random.shuffle(sheet.items)
    after, are = sheet.known()
    found = match(before, after)
    assert len(found) == len(before)
    alike = {number: (item.title, item.owner, item.unit, item.target) for item in before for number in [were[item.key]]}
    assert all(alike[were[old]] == alike[are[new]] for new, old in found.items())


@given(FORMS, st.integers(4, 12), SEEDS)
def test_a_reworded_title_at_an_unchanged_place_matches(form: str, size: int, seed: int) -> None:
    """Shows that a row whose title somebody rewrites keeps its history."""
    sheet = made(form, size, seed)
    before, were = sheet.known()
    place = sheet.random.randrange(size)
    sheet.change(place, title=reworded(sheet.items[place].title, sheet.random))
    after, are = sheet.known()
    found = match(before, after)
    numbers = {item.number: sum(other[1:] == item[1:] for other in sheet.items) for item in sheet.items}
    lone = {key: number for key, number in are.items() if numbers.get(number, 1) == 1}
    assert all(were[found[key]] == number for key, number in lone.items())


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Lượng khách mới"},
        {"title": "New customers"},
        {"title": "Khách hàng mới", "owner": "Dung", "target": "25"},
        {"title": "Khách hnàg mới", "target": "25"},
        {"worksheet": "KPI Q1"},
        {"id": "KPI-1"},
    ],
    ids=["a word", "another language", "owner and target", "typing and target", "worksheet", "an id of its own"],
)
def test_one_row_is_known_again_by_all_that_stayed(changes: dict[str, str]) -> None:
    """Shows that place, neighbours and the other fields carry a row over, whatever one edit does to it."""
    assert match(SOME, changed(2, **changes))["new"] == SOME[2].key


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Tuyển kỹ sư", "owner": "Dung", "target": "8", "unit": "người"},
        {"title": "Tuyển kỹ sư", "target": "8", "unit": "người"},
        {"kind": "key_result"},
        {"period": "2025-10"},
        {"id": "KPI-9"},
    ],
    ids=["all else", "all but the owner", "another kind", "another period", "another id"],
)
def test_what_took_a_rows_place_is_no_heir_of_it(changes: dict[str, str]) -> None:
    """Shows that a new goal in the row of an old one gets no history, nor does one of another kind, period or id."""
    before = [SOME[0]._replace(id="KPI-1", period="2025-09"), *SOME[1:]]
    assert "new" not in match(before, changed(0, **{"id": "KPI-1", "period": "2025-09", **changes}))


def test_two_that_are_equally_like_match_nobody() -> None:
    """Shows that nothing is guessed: two copies of a row that was rewritten are both taken for new."""
    first = SOME[2]._replace(key="a", title="Lượng khách hàng mới", row=20)
    second = first._replace(key="b", row=30)
    found = match(SOME, [*SOME[:2], *SOME[3:], first, second])
    assert not {"a", "b"} & found.keys()


def test_a_new_quarter_in_the_same_rows_is_new() -> None:
    """Shows that other goals in the places of last quarter's, of the same owners, inherit nothing."""
    titles = ("Mở chi nhánh", "Ra mắt ứng dụng", "Đạt chứng nhận ISO", "Ký hợp đồng khung", "Giảm tồn kho")
    now = [
        item._replace(key=f"q{place}", title=title, target=str(place + 7), unit="")
        for place, (item, title) in enumerate(zip(SOME, titles, strict=True))
    ]
    assert match(SOME, now) == {}


def test_rows_that_all_get_ids_keep_their_history() -> None:
    """Shows that giving every row an id, which changes every key, loses nothing."""
    now = [item._replace(key=f"KPI-{place}", id=f"KPI-{place}") for place, item in enumerate(SOME)]
    assert match(SOME, now) == {item.key: old.key for item, old in zip(now, SOME, strict=True)}


def test_a_second_row_of_a_title_takes_no_history() -> None:
    """Shows that a KPI which another person gets too stays the first person's, though both have new keys."""
    head = ["Tên KPI", "Người phụ trách", "Chỉ tiêu", "Thực hiện"]
    an, binh = ["Doanh thu", "An", 5, 1], ["Doanh thu", "Bình", 5, 1]
    before, after = known_items(read(KPI=[head, an])), known_items(read(KPI=[head, binh, an]))
    assert match(before, after) == {after[1].key: before[0].key}


def test_an_objective_is_known_again_by_its_key_results() -> None:
    """Shows that a wholly new text of an objective keeps its history while its key results are there."""
    before = [
        Known("o", "objective", "OKR", 2, "Khách hàng hài lòng"),
        *(Known(f"k{row}", "key_result", "OKR", row, f"KR {row}", "Khách hàng hài lòng") for row in (3, 4, 5)),
        Known("p", "objective", "OKR", 6, "Đội ngũ mạnh"),
    ]
    title = "Dịch vụ tốt nhất"
    now = [before[0]._replace(key="new", title=title), *(item._replace(objective=title) for item in before[1:4])]
    assert match(before, [*now, before[4]])["new"] == "o"


def test_nothing_known_and_nothing_left_match_nothing() -> None:
    """Shows that the first run and an emptied sheet are no special case."""
    assert match([], SOME) == match(SOME, []) == {}


def test_most_edited_rows_are_found_and_hardly_any_wrongly() -> None:
    """Shows precision and recall over many edited sheets: at most one match in 500 wrong, 98 % of the rows found."""
    right = matched = true = 0
    for seed in range(60):
        sheet = made(("flat", "tree", "kpi")[seed % 3], 20, seed)
        before, were = sheet.known()
        edit(sheet, 6)
        after, are = sheet.known()
        found = match(before, after)
        matched += len(found)
        right += sum(were[old] == are[new] for new, old in found.items())
        true += len(set(were.values()) & set(are.values()))
    assert right / matched >= 0.998
    assert right / true >= 0.98
