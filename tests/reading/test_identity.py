"""The keys of rows without an id: what they survive, and what they tell apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.model import Goals
from sheetsync.reading.identity import LONGEST, plain_titles
from sheetsync.workbook import CellValue
from tests.reading.sheets import read, workbook

HEAD: list[CellValue] = ["Mục tiêu", "Kết quả then chốt", "Người phụ trách", "Đơn vị tính", "Chỉ tiêu", "Thực hiện"]
KPI: list[CellValue] = ["Tên KPI", "Người phụ trách", "Kỳ", "Chỉ tiêu", "Thực hiện"]
Rows = Sequence[Sequence[CellValue]]

TITLES = st.text("abcđăâéàạ 0129%.:()-中ж", min_size=1, max_size=40).filter(lambda text: any(map(str.isalpha, text)))


def okr(*rows: Sequence[CellValue]) -> Goals:
    """Read key results; the objective stands beside each."""
    return read(OKR=[HEAD, *rows])


def keys(goals: Goals) -> list[str]:
    """Give the keys of the key results and KPIs."""
    return [*(item.key for item in goals.key_results), *(item.key for item in goals.kpis)]


def by_text(goals: Goals) -> dict[tuple[object, ...], str]:
    """Give the keys of the key results by all that stands in their rows, but for the value."""
    parts = ((item.title, item.owner, item.unit, item.target) for item in goals.key_results)
    return {tuple(cell.raw for cell in cells): item.key for cells, item in zip(parts, goals.key_results, strict=True)}


ROWS: list[list[CellValue]] = [
    ["Tăng trưởng", "Tăng doanh thu bán lẻ tại các cửa hàng miền Bắc", "An", "tỷ", 20, 5],
    ["Tăng trưởng", "Mở cửa hàng", "Bình", "cái", 4, 1],
    ["Khách hàng hài lòng", "NPS", "An", "điểm", 60, 41],
    ["Khách hàng hài lòng", "Giảm khiếu nại", "Chi", "vụ", 5, 9],
]


def test_a_key_is_the_first_words_of_the_title_and_four_signs() -> None:
    """Shows that a key is short, readable, and typed without accents, spaces or quotes."""
    found = keys(okr(*ROWS))
    assert [key[:-5] for key in found] == ["tang-doanh-thu-ban-le", "mo-cua-hang", "nps", "giam-khieu-nai"]
    assert all(re.fullmatch(r"[a-z-]{3,24}-[2-9b-z]{4}", key) for key in found)


def test_keys_are_the_same_on_every_machine_and_in_every_year() -> None:
    """Shows that keys which are kept today are made again by any later version."""
    assert keys(okr(*ROWS))[1:3] == ["mo-cua-hang-mj6s", "nps-8493"]
    assert [item.key for item in okr(*ROWS).objectives] == ["tang-truong-6s46", "khach-hang-hai-long-5643"]


@pytest.mark.parametrize(
    "title",
    [
        "MỞ CỬA HÀNG",
        "  Mở  cửa hàng ",
        "mo cua hang",
        "Mở cửa\nhàng",
        "KR2: Mở cửa hàng",
        "KR 2. Mở cửa hàng.",
        "2) Mở cửa hàng",
        "1.2 Mở cửa hàng",
        "1,2. Mở cửa hàng",
        "(Mở cửa hàng)",
        "Mở cửa hàng ",
    ],
)
def test_another_spelling_of_a_title_keeps_its_key(title: str) -> None:
    """Shows that case, spaces, accents, signs and labels in front make no difference."""
    rows = [ROWS[0], [ROWS[1][0], title, *ROWS[1][2:]], *ROWS[2:]]
    assert keys(okr(*rows)) == keys(okr(*ROWS))


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("3 khách hàng mới", "3 khach hang moi"),
        ("2.000 khách hàng", "2 000 khach hang"),
        ("5-10 dự án", "5 10 du an"),
        ("10:30 họp", "10 30 hop"),
        ("Q3 revenue", "q3 revenue"),
        ("B2B: sales", "b2b sales"),
        ("KR1", "kr1"),
        ("1.", "1"),
        ("", ""),
        ("KR1 - Doanh thu", "doanh thu"),
        ("II. Doanh thu", "ii doanh thu"),
        ("提高 销售额", "提高 销售额"),
    ],
)
def test_numbers_that_count_something_are_no_labels(title: str, plain: str) -> None:
    """Shows what is left of a title for comparing, and that nothing is left of none."""
    assert plain_titles([title]) == {title: plain}


def test_owner_target_weight_and_objective_may_change() -> None:
    """Shows that a key follows its row to another objective, owner, unit and target, and survives a rewording above."""
    changed = [["Tăng trưởng bền vững", row[1], "Dung", "USD", 99, None] for row in ROWS]
    assert keys(okr(*changed)) == keys(okr(*ROWS))


def test_rows_of_one_title_carry_what_tells_them_apart() -> None:
    """Shows the owner in the keys of KPIs that every person has, and the month where it has a row for each."""
    persons = read(KPI=[KPI, ["Doanh thu", "Nguyễn Văn An", None, 5, 4], ["Doanh thu", "Trần Bình", None, 5, 3]])
    assert [key[:-5] for key in keys(persons)] == ["doanh-thu-an", "doanh-thu-binh"]
    months = [["Doanh thu", "An", f"Tháng {month}/2025", 5, 4] for month in (9, 10)]
    assert [key[:-5] for key in keys(read(KPI=[KPI, *months]))] == ["doanh-thu-2025-09", "doanh-thu-2025-10"]
    quarter = ["Doanh thu", "An", "Quý 3/2025", 5, 4]
    both = [*months, quarter, [*quarter[:2], "2024", 5, 4]]
    assert [key[:-5] for key in keys(read(KPI=[KPI, *both]))][2:] == ["doanh-thu-2025-q3", "doanh-thu-2024"]


def test_no_key_passes_from_one_row_to_another() -> None:
    """Shows that a second row of the title, with or without an owner, never gets the key that the first had alone."""
    alone, other = ["Doanh thu", None, None, 5, 4], ["Doanh thu", "An", None, 5, 4]
    both = keys(read(KPI=[KPI, alone, other]))
    assert {*both}.isdisjoint({*keys(read(KPI=[KPI, alone])), *keys(read(KPI=[KPI, other]))})


@pytest.mark.parametrize(
    ("place", "value"),
    [(0, "Khác"), (1, "Tang doanh thu"), (2, "Bình"), (3, "triệu"), (4, 7)],
    ids=["objective", "accents", "owner", "unit", "target"],
)
def test_whatever_tells_two_rows_apart_gives_them_keys_of_their_own(place: int, value: CellValue) -> None:
    """Shows that rows are only numbered where they are equal, and that their order then tells nothing."""
    one: list[CellValue] = ["Tăng trưởng", "Tăng doanh thu", "An", "tỷ", 5, 1]
    other = [*one[:place], value, *one[place + 1 :]]
    there, back = okr(one, other), okr(other, one)
    assert len(set(keys(there))) == 2
    assert not there.alike
    assert keys(there) == keys(back)[::-1]


def test_rows_that_nothing_tells_apart_are_numbered_and_named() -> None:
    """Shows that of equal rows the first has the plain key, that the others count, and that it is said."""
    goals = okr(*ROWS, ROWS[1], ROWS[1])
    first, second, third = keys(goals)[1], keys(goals)[4], keys(goals)[5]
    assert (second, third) == (f"{first}-2", f"{first}-3")
    assert goals.alike == {second: first, third: first}


def test_doubles_elsewhere_change_nothing() -> None:
    """Shows that a double changes no key of any other row."""
    assert keys(okr(*ROWS, ROWS[1]))[:4] == keys(okr(*ROWS))


def test_each_worksheet_has_keys_of_its_own() -> None:
    """Shows that the same rows in the worksheet of another month are other items, and neither changes the other."""
    rows = [KPI, ["Doanh thu", "An", None, 5, 4]]
    september, october = keys(read(KPI_T9=rows, KPI_T10=rows))
    assert september != october
    assert [september] == keys(read(KPI_T9=rows))


def test_a_row_without_a_title_has_a_key_too() -> None:
    """Shows that forgotten titles neither fail nor make keys of nothing."""
    assert [key[:3] for key in keys(okr([None, None, "An", None, 5, 1], [None, None, "Bo", None, 5, 1]))] == ["kr-"] * 2


def test_an_objective_and_its_key_result_of_one_title_are_two() -> None:
    """Shows that what a row is belongs to its key."""
    goals = okr(["Doanh thu", "Doanh thu", "An", "tỷ", 5, 1])
    assert goals.objectives[0].key != goals.key_results[0].key
    assert goals.key_results[0].objective == goals.objectives[0].key


def test_ids_stay_as_they_are_and_no_key_takes_one() -> None:
    """Shows that a row with an id is called by it, and that a key which looks like an id makes way."""
    free = keys(okr(*ROWS))[2]
    goals = read(OKR=[["ID", *HEAD], [free, *ROWS[0]], [None, *ROWS[2]]])
    first, second = keys(goals)
    assert first == free
    assert second.startswith("nps-")
    assert len(second) > len(free)


def test_a_check_in_names_a_row_by_its_title_or_its_key() -> None:
    """Shows that the log finds rows without an id."""
    key = keys(okr(*ROWS))[2]
    log: Rows = [["Date", "ID", "Key result", "Value"], ["2025-11-01", None, "nps", 5], ["2025-11-02", key, None, 6]]
    goals = read(workbook(OKR=[HEAD, *ROWS], Log=log))
    assert [entry.item.value for entry in goals.check_ins] == [key, key]


def test_a_kpi_that_keeps_one_id_over_people_and_periods_is_called_by_these_too() -> None:
    """Shows that such rows keep their keys when they are sorted, and that a true double keeps its place as its name."""
    head = ["ID", *KPI]
    rows = [
        ["K1", "Doanh thu", person, f"Tháng {month}/2025", 5, 4] for month in (9, 10) for person in ("Lê An", "Chi")
    ]
    alone = ["K2", "Chi phí", "Lê An", "Tháng 9/2025", 5, 4]
    found = keys(read(KPI=[head, *rows, alone]))
    assert found == ["K1-2025-09-an", "K1-2025-09-chi", "K1-2025-10-an", "K1-2025-10-chi", "K2"]
    assert keys(read(KPI=[head, alone, *rows[::-1]])) == found[::-1]
    assert keys(read(KPI=[head, rows[0], rows[0], rows[1]])) == ["K1", "K1@KPI!3", "K1-chi"]
    namesakes = [rows[0], [*rows[0][:2], "Trần An", *rows[0][3:]]]
    assert [key[:-5] for key in keys(read(KPI=[head, *namesakes]))] == ["K1-an", "K1-an"]


@given(st.lists(TITLES, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_keys_are_unique_and_survive_inserting_and_sorting(titles: list[str], random: Random) -> None:
    """Shows that no two rows share a key, and that a row keeps its key in any order, with anything between."""
    rows: list[list[CellValue]] = [["O", title, f"P{place}", "u", place, 1] for place, title in enumerate(titles)]
    before = okr(*rows)
    everything = [*keys(before), *(item.key for item in before.objectives)]
    assert len(set(everything)) == len(everything)
    mixed: list[list[CellValue]] = [*rows, ["O", "zzz", "An", "u", -1, 1], ["P", "zz", "An", "u", -2, 1], []]
    random.shuffle(mixed)
    after = by_text(okr(*mixed))
    assert all(after[text] == key for text, key in by_text(before).items())


@given(st.lists(TITLES, min_size=1, max_size=30))
def test_every_key_can_be_typed(titles: list[str]) -> None:
    """Shows that a key holds neither spaces nor signs that a shell would read, and is short."""
    rows: list[list[CellValue]] = [["O", title, "Nguyễn An", "u", 1, 1] for title in titles]
    for key in keys(okr(*rows)):
        assert all(sign.isalnum() or sign == "-" for sign in key)
        assert len(key) <= LONGEST + 20


def test_many_rows_get_keys_of_their_own() -> None:
    """Shows that tags which are equal by chance are made longer: of 3,000 rows of like beginnings none share a key."""
    title = "Hoàn thành kế hoạch của dự án chiến lược số"
    rows: list[list[CellValue]] = [["O", f"{title} {number}", "An", "u", 1, 1] for number in range(3000)]
    goals = okr(*rows)
    assert len(set(keys(goals))) == 3000
    assert any(len(key) > LONGEST + 5 for key in keys(goals))
    assert keys(okr(*rows[::-1])) == keys(goals)[::-1]
