"""``sheetsync explain``: a number with its formula, the cells of its inputs, and the profile that chose it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sheetsync.cli.days import company_day
from tests import hostile
from tests.cli.conftest import DAY, HEADERS, SOUND, Caller, configure
from tests.cli.test_adopt import write


@pytest.mark.parametrize("item", ["KR-1", "kr-1", " KR-1 "])
def test_a_key_result_shows_formula_inputs_and_cells(call: Caller, okr: Path, item: str) -> None:
    """The formula stands there with the numbers in it, each input with its cell, then status rule and profile."""
    done = call("explain", item, "okr.xlsx", *DAY)
    assert done.code == 0
    for part in ("KR-1: Revenue from shops (OKR!C5)", "(160 − 100) / (200 − 100) = 60%", "Current: 160 (OKR!H5)"):
        assert part in done.out
    assert "Profile: default@1" in done.out.splitlines()


@pytest.mark.parametrize(
    ("kind", "item", "parts"),
    [
        ("objective", "O-1", {"en": ("KR-2", "weight 30%", "= 52.8%"), "vi": ("KR-2", "trọng số 30%", "= 52,8%")}),
        (
            "key result",
            "KR-1",
            {
                "en": ("(3,700,000,000 − 0) / (12,000,000,000 − 0) = 30.8%", "(OKR!J7)", "Off track"),
                "vi": ("(3.700.000.000 − 0) / (12.000.000.000 − 0) = 30,8%", "(OKR!J7)", "Nguy cơ không đạt"),
            },
        ),
        (
            "KPI",
            "KPI-1",
            {"en": ("42,380 / 42,000 = 100.9%", "KPI!K6", "vn-kpi@1"), "vi": ("42.380 / 42.000 = 100,9%", "vn-kpi@1")},
        ),
    ],
)
def test_each_kind_is_explained_in_each_language(
    call: Caller, firm: str, kind: str, item: str, parts: dict[str, tuple[str, ...]]
) -> None:
    """Objective, key result and KPI of the demo's firm are explained in English and Vietnamese."""
    done = call("--lang", firm, "explain", item, "firm.xlsx", *DAY)
    assert (done.code, done.err) == (0, "")
    for part in parts[firm]:
        assert part in done.out, kind


def test_json_carries_its_schema_and_the_numbers(call: Caller, okr: Path) -> None:
    """The JSON document has its schema's name, the workbook and the key."""
    told = json.loads(call("explain", "--json", "KR-1", "okr.xlsx", *DAY).out)
    assert told["schema"] == "sheetsync.explain.v1"
    (one,) = told["explanations"]
    assert (one["workbook"], one["key"], one["profile"]) == ("okr", "KR-1", "default@1")
    assert "OKR!H5" in json.dumps(one)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "There is no KR-1 in what was read: no objective, key result or KPI was found.\n"),
        ("vi", "Không có KR-1 trong những gì đã đọc: không tìm thấy mục tiêu, kết quả then chốt hay KPI nào.\n"),
    ],
)
def test_a_workbook_without_goals_lists_no_ids(call: Caller, language: str, words: str) -> None:
    """Shows that where nothing was found the message says so, in the place of a list with nothing in it."""
    assert call("template", "new", "okr", "-o", "new.xlsx").code == 0
    done = call("explain", "KR-1", "new.xlsx", *DAY, "--lang", language)
    assert (done.code, done.err) == (2, words)


@pytest.mark.parametrize(("language", "words"), [("en", "Did you mean"), ("vi", "Có phải")])
def test_an_unknown_id_suggests_those_near_it(call: Caller, okr: Path, language: str, words: str) -> None:
    """A misspelt id ends with 2 and names the nearest ones."""
    done = call("--lang", language, "explain", "KR-11", "okr.xlsx", *DAY)
    assert (done.code, done.out) == (2, "")
    assert words in done.err
    assert "KR-1" in done.err.replace("KR-11", "")


def test_an_id_near_nothing_gets_a_list_of_what_is_there(call: Caller, okr: Path) -> None:
    """Where nothing is near, the known ids are listed."""
    done = call("explain", "revenue", "okr.xlsx", *DAY)
    assert done.code == 2
    assert "KR-1, KR-2, KR-3, O-1" in done.err


def test_the_list_names_an_id_of_several_workbooks_once(call: Caller, okr: Path) -> None:
    """Shows that the ids which all clients have do not fill the list."""
    (okr.parent / "other.xlsx").write_bytes(okr.read_bytes())
    done = call("--lang", "en", "explain", "revenue", "okr.xlsx", "other.xlsx", *DAY)
    assert done.err.count("KR-1") == 1


def test_a_number_that_cannot_be_read_is_explained_as_such(call: Caller, flawed: Path) -> None:
    """What is not scored says so, with the cell and the text that stands there."""
    done = call("explain", "KR-3", "flawed.xlsx", *DAY)
    assert done.code == 0
    assert "Not scored" in done.out
    assert "about ten" in done.out
    assert "OKR!H7" in done.out


def test_an_id_in_two_workbooks_is_explained_for_each(call: Caller, okr: Path, flawed: Path, here: Path) -> None:
    """Where two workbooks of the configuration hold the id, each explanation stands beneath its workbook's name."""
    configure(here, '[workbook.one]\npath = "okr.xlsx"\n[workbook.two]\npath = "flawed.xlsx"\n')
    done = call("explain", "KR-1", *DAY)
    assert done.code == 0
    assert [line.partition(" ")[0] for line in done.out.splitlines() if ".xlsx" in line] == ["one", "two"]
    assert call("explain", "KR-1", "--only", "two", *DAY).out.startswith("KR-1: ")


def test_explain_writes_nothing(call: Caller, okr: Path) -> None:
    """The file is byte for byte as it was."""
    before = okr.read_bytes()
    call("explain", "KR-1", "okr.xlsx", *DAY)
    assert okr.read_bytes() == before


@pytest.mark.parametrize("item", ["OKR!H5", "okr!5", "revenue from shops", "'OKR'!C5"])
def test_a_cell_or_a_title_names_an_item_too(call: Caller, okr: Path, item: str) -> None:
    """Shows that nobody needs to know a key: any cell of the row will do, or the title."""
    assert call("explain", item, "okr.xlsx", *DAY).out == call("explain", "KR-1", "okr.xlsx", *DAY).out


@pytest.mark.parametrize(("language", "told"), [("en", "may mean any of these"), ("vi", "có thể là một trong")])
def test_what_may_mean_several_is_listed_and_not_guessed(call: Caller, here: Path, language: str, told: str) -> None:
    """Shows the key, the cell and the title of each, and that this is a mistake in the call."""
    rows: list[list[object]] = [
        ["KPI", "Owner", "Target", "Actual"],
        ["Revenue", "An Smith", 5, 4],
        ["Revenue", "Bo Jones", 5, 3],
    ]
    write(here / "two.xlsx", rows)
    done = call("--lang", language, "explain", "Revenue", "two.xlsx", *DAY)
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert [line.split()[1:] for line in done.err.splitlines()[1:]] == [["KD!A2", "Revenue"], ["KD!A3", "Revenue"]]
    assert done.err.splitlines()[1].split()[0].startswith("revenue-smith-")


@pytest.mark.parametrize(("language", "words"), [("en", "Key results: 2"), ("vi", "Kết quả then chốt: 2")])
def test_a_person_is_explained_by_all_that_they_own(call: Caller, here: Path, language: str, words: str) -> None:
    """Shows objective and key results with score and weight, found by a part of the name without accents."""
    owned_book(here)
    done = call("--lang", language, "explain", "hoa", "own.xlsx", *DAY)
    assert (done.code, done.err) == (0, "")
    for part in ("Lê Hòa", words, "KR-1", "KR-2", "80%"):
        assert part in done.out


def test_a_person_as_json_has_links_and_numbers(call: Caller, here: Path) -> None:
    """Shows the schema, the kind, and each line with its cell."""
    owned_book(here)
    (one,) = json.loads(call("explain", "--json", "Lê Hòa", "own.xlsx", *DAY).out)["explanations"]
    assert (one["kind"], one["name"], one["workbook"]) == ("person", "Lê Hòa", "own")
    assert [(line["key"], line["cell"]) for line in one["lines"]] == [("KR-1", "KD!C3"), ("KR-2", "KD!C4")]


@pytest.mark.parametrize(("language", "kind"), [("en", "person, owns 2"), ("vi", "cá nhân, phụ trách 2")])
def test_a_name_that_several_people_have_is_not_guessed(call: Caller, here: Path, language: str, kind: str) -> None:
    """Shows all people whom the text may mean, each with the number of what they own."""
    owned_book(here)
    done = call("--lang", language, "explain", "le", "own.xlsx", *DAY)
    assert (done.code, done.out) == (2, "")
    assert "Lê Hòa" in done.err
    assert "Lê An" in done.err
    assert kind in done.err


def owned_book(here: Path) -> None:
    """Write a workbook in which two people have the same family name."""
    rows: list[list[object]] = [
        ["ID", "Objective", "Key result", "Owner", "Target", "Current", "Cycle"],
        ["O-1", "Grow", None, "Lê An", None, None, "2026"],
        ["KR-1", None, "Sell more", "Lê Hòa", 100, 80, "2026"],
        ["KR-2", None, "Open shops", "Lê Hòa", 10, 8, "2026"],
    ]
    write(here / "own.xlsx", rows)


@pytest.mark.parametrize(
    ("language", "given", "parts"),
    [
        ("en", "current=1.9e2", ("Current: 160 → 190", "Progress: 60% → 90%", "Nothing was written.")),
        ("vi", "thực hiện=190", ("Thực hiện: 160 → 190", "Tiến độ: 60% → 90%", "Không ghi gì vào bảng.")),
    ],
)
def test_what_if_shows_before_and_after_and_writes_nothing(
    call: Caller, okr: Path, language: str, given: str, parts: tuple[str, ...]
) -> None:
    """Shows the value, the progress of the key result, and that the file stays as it was."""
    before = okr.read_bytes()
    done = call("--lang", language, "explain", "KR-1", "okr.xlsx", "--set", given, *DAY)
    assert (done.code, done.err) == (0, "")
    for part in (*parts, "O-1"):
        assert part in done.out
    assert okr.read_bytes() == before


def test_what_if_as_json_has_both_standings(call: Caller, okr: Path) -> None:
    """Shows the change and the shifts as numbers."""
    done = call("explain", "--json", "KR-1", "okr.xlsx", "--set", "target=300", "--set", "weight=20%", *DAY)
    (one,) = json.loads(done.out)["explanations"]
    assert one["kind"] == "what_if"
    assert [change["field"] for change in one["changes"]] == ["target", "weight"]
    assert (one["shifts"][0]["before"]["progress"], one["shifts"][0]["after"]["progress"]) == (0.6, 0.3)
    assert one["shifts"][-1]["kind"] == "company"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("current=plenty", ("plenty", "9.2e9")),
        ("owner=An", ("owner", "current, target, baseline, weight")),
        ("current", ("FIELD=VALUE",)),
        ("current=", ("FIELD=VALUE",)),
    ],
)
def test_what_cannot_be_set_says_what_can(call: Caller, okr: Path, given: str, words: tuple[str, ...]) -> None:
    """Shows that an unknown field and an unreadable value are mistakes in the call."""
    done = call("explain", "KR-1", "okr.xlsx", "--set", given, *DAY)
    assert (done.code, done.out) == (2, "")
    for word in words:
        assert word in done.err


def test_nothing_can_be_set_for_a_person(call: Caller, here: Path) -> None:
    """Shows that a what-if needs one item."""
    owned_book(here)
    done = call("explain", "Lê Hòa", "own.xlsx", "--set", "current=1", *DAY)
    assert (done.code, done.out) == (2, "")
    assert "Lê Hòa" in done.err


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_it_counts_by_the_day_of_the_company(call: Caller, okr: Path, here: Path, zone: str) -> None:
    """Shows the company's day where that of this machine is another: it is never the same in both of these zones."""
    del okr
    configure(here, f'[workbook.a]\npath = "okr.xlsx"\ntimezone = "{zone}"\n')
    day = company_day(zone)
    assert f"on {day.day} {day:%b %Y}" in " ".join(call("explain", "KR-1").out.split())
    told = json.loads(call("profile", "compare", "default@1", "perdoo", "--json").out)
    assert [one["today"] for one in told["workbooks"]] == [day.isoformat()]


@pytest.mark.parametrize(("given", "met"), [("current=7/10", False), ("current=8/10", True), ("current=80%", True)])
def test_what_if_reads_another_scale_as_the_sheet_does(call: Caller, okr: Path, given: str, met: bool) -> None:
    """Shows 7/10 held against a bound of 4/5 as 3.5 with 4, where it was 7 with 4."""
    rated = ("KR-1", None, "Rating", "An", None, None, "≥ 4/5", "3/5", *SOUND[1][8:])
    hostile.sound(okr, headers=HEADERS, rows=(SOUND[0], rated, *SOUND[2:]))
    done = call("explain", "--json", "KR-1", "okr.xlsx", "--set", given, *DAY)
    (one,) = json.loads(done.out)["explanations"]
    (shift,) = [shift for shift in one["shifts"] if shift["key"] == "KR-1"]
    assert shift["after"]["progress"] == (1.0 if met else 0.0)
