"""``sheetsync profile``: the list, one profile in words, and two of them on the same workbook."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from sheetsync import profiles
from tests.cli.conftest import DAY, Caller
from tests.cli.spreadsheets import LINK
from tests.cli.spreadsheets import firm as spreadsheet
from tests.cli.terminal import at_terminal
from tests.cli.test_adopt import write
from tests.sheets_server.server import SheetsServer

OWN = """[workbook.okr]
path = "okr.xlsx"
[profile.strict]
extends = "default@1"
version = 2
status.at_risk = 0.12
"""


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_list_has_a_line_for_each_profile(call: Caller, language: str) -> None:
    """Shows that every profile is named with its version and described in the language of the call."""
    done = call("--lang", language, "profile", "list")
    assert (done.code, done.err) == (0, "")
    assert [line.split()[0] for line in done.out.splitlines()] == list(profiles.names())
    assert all(len(line.split(None, 1)[1]) > 20 for line in done.out.splitlines())
    assert ("tiến độ" in done.out) == (language == "vi")


def test_own_profiles_are_listed_and_shown(call: Caller, okr: Path) -> None:
    """Shows that a profile of the configuration stands in the list, and is told with what it inherits."""
    Path("sheetsync.toml").write_text(OWN, encoding="utf-8")
    assert "strict@2" in call("profile", "list").out
    shown = call("profile", "show", "strict").out
    assert shown.startswith("strict@2\n")
    assert "on track up to 10%, at risk up to 12%" in shown
    told = json.loads(call("profile", "list", "--json").out)
    assert told["profiles"][-1] == {
        "profile": "strict@2",
        "name": "strict",
        "version": 2,
        "own": True,
        "about": "Your own, in the configuration.",
        "source": "your configuration",
    }


@pytest.mark.parametrize("name", [*profiles.names(), "default", "vn-kpi"])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_profile_is_told_in_words_with_its_source(call: Caller, name: str, language: str) -> None:
    """Shows that each choice has its line, and no number is missing in any of them."""
    done = call("--lang", language, "profile", "show", name)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0].partition("@")[0] == name.partition("@")[0]
    assert any(line.strip().startswith(("Source: ", "Nguồn: ")) for line in lines)
    assert len(lines) >= 22
    assert "–" not in done.out
    assert "{" not in done.out


def test_show_tells_the_numbers_of_the_source(call: Caller) -> None:
    """Shows some of the numbers for which the profiles stand."""
    for name, words in (
        ("engagedly", "on track below 16.5%, at risk up to 33%"),
        ("koan", "from 1 to 10; on track from 8, at risk from 4"),
        ("quantive", "a value exactly on the bound scores 0"),
        ("perdoo", "that of its weakest key result"),
        ("google", "Green from 70%; Yellow from 40%; Red from 0%"),
    ):
        assert words in call("profile", "show", name).out


@pytest.mark.parametrize("arguments", [("show", "perdo"), ("compare", "perdo", "default", "okr.xlsx")])
def test_an_unknown_profile_suggests_those_near_it(call: Caller, okr: Path, arguments: tuple[str, ...]) -> None:
    """Shows that a misspelt name ends with 2 and names the nearest."""
    done = call("profile", *arguments)
    assert (done.code, done.out) == (2, "")
    assert "perdoo@1" in done.err


def test_compare_says_what_differs_and_why(call: Caller, firm: str) -> None:
    """Shows the numbers of changed statuses, the objectives under both profiles, and the rule, in each language."""
    done = call("--lang", firm, "profile", "compare", "default@1", "perdoo", "firm.xlsx", *DAY)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert "default@1" in lines[0]
    assert "perdoo@1" in lines[0]
    why = {
        "en": "Objective's status: by its own progress → that of its weakest key result",
        "vi": "Trạng thái mục tiêu: theo tiến độ của chính mục tiêu → theo kết quả then chốt yếu nhất",
    }
    assert any(line.strip() == why[firm] for line in lines)
    assert any(line.startswith("KPI-1 ") for line in lines)


def test_compare_as_json_names_every_item_and_the_biggest_difference_first(call: Caller, firm: str) -> None:
    """Shows the form for other programs: both scores and statuses of objectives, key results and KPIs."""
    done = call("profile", "compare", "default@1", "vn-kpi@1", "firm.xlsx", "--json", *DAY)
    told: dict[str, Any] = json.loads(done.out)
    assert told["schema"] == "sheetsync.profile_comparison.v1"
    workbook = told["workbooks"][0]
    assert {item["kind"] for item in workbook["items"]} == {"objective", "key_result", "kpi"}
    gaps = [abs((item["first"]["score"] or 0) - (item["second"]["score"] or 0)) for item in workbook["items"]]
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[0] > 0
    changed = [item for item in workbook["items"] if item["first"]["status"] != item["second"]["status"]]
    assert len(changed) == sum(workbook["changed"].values())
    assert all(item["because"] for item in changed)


def test_compare_writes_nothing(call: Caller, okr: Path) -> None:
    """Shows that the workbook is byte for byte the same afterwards, and that nothing is added beside it."""
    before, beside = hashlib.sha256(okr.read_bytes()).digest(), sorted(okr.parent.iterdir())
    assert call("profile", "compare", "default@1", "quantive@1", "okr.xlsx", *DAY).code == 0
    assert hashlib.sha256(okr.read_bytes()).digest() == before
    assert sorted(okr.parent.iterdir()) == beside


def test_compare_reads_the_configuration_and_text_files(call: Caller, okr: Path) -> None:
    """Shows own profiles against built-in ones on the workbooks of the configuration, and on a text file."""
    Path("sheetsync.toml").write_text(OWN, encoding="utf-8")
    done = call("profile", "compare", "default@1", "strict", *DAY)
    assert done.code == 0
    assert "strict@2" in done.out
    Path("okr.csv").write_text(
        "ID,Objective,Key result,Baseline,Target,Current,Due,Start\nO-1,Grow,,,,,,\n"
        "KR-1,Grow,Shops,0,100,150,2025-12-31,2025-10-01\n",
        encoding="utf-8",
    )
    told = call("profile", "compare", "default@1", "quantive", "okr.csv", *DAY)
    assert told.code == 0
    assert "150.0%" in told.out


def test_a_workbook_that_cannot_be_read_keeps_its_exit_code(call: Caller, here: Path) -> None:
    """Shows that a missing file is a mistake in the call, and a broken one is told; neither is a traceback."""
    assert call("profile", "compare", "default", "koan", "gone.xlsx").code == 2
    (here / "broken.xlsx").write_bytes(b"PK no workbook")
    done = call("profile", "compare", "default", "koan", "broken.xlsx")
    assert done.code not in (0, 70)
    assert "broken.xlsx" in done.err


def test_profile_alone_shows_its_commands(call: Caller) -> None:
    """Shows that the group called alone is a mistake that shows what there is."""
    done = call("profile")
    assert done.code == 2
    assert all(name in done.err for name in ("list", "show", "compare"))


@pytest.mark.parametrize("language", ["en", "vi"])
def test_no_line_is_wider_than_the_terminal(here: Path, language: str) -> None:
    """Shows that list and show stay within 80 columns at a terminal."""
    for arguments in (("list",), ("show", "engagedly"), ("show", "vn-kpi")):
        seen = at_terminal(here, "--lang", language, "profile", *arguments, columns=80)
        assert seen.code == 0
        assert max(map(len, seen.screen.splitlines())) <= 80


@pytest.mark.usefixtures("signed_in")
def test_compare_reads_a_google_spreadsheet_once_and_writes_nothing(
    process: Caller, sheets_server: SheetsServer
) -> None:
    """Shows one read and no write, and the address of every item."""
    sheets_server.add(spreadsheet())
    done = process("profile", "compare", "default@1", "perdoo@1", LINK, "--json", *DAY)
    assert (done.code, done.err) == (0, "")
    assert (sheets_server.reads, sheets_server.writes) == (1, 0)
    assert all(item["link"] for item in json.loads(done.out)["workbooks"][0]["items"])


def test_compare_reads_an_adopted_workbook(call: Caller, here: Path) -> None:
    """Shows that a sheet which people made themselves is compared as its mapping says."""
    rows: list[list[object]] = [
        ["Việc lớn", "Kết quả", "Mốc đầu", "Đích", "Hiện tại"],
        ["Tăng doanh thu", "Doanh số bán lẻ", 0, 100, 130],
        ["Tăng doanh thu", "Số cửa hàng", 0, 100, 40],
    ]
    write(here / "own.xlsx", rows)
    concepts = zip(("objective", "key_result", "baseline", "target", "current"), "ABCDE", rows[0], strict=True)
    columns = "\n".join(
        f'{concept} = {{ column = "{letter}", header = "{header}" }}' for concept, letter, header in concepts
    )
    (here / "sheetsync.toml").write_text(
        '[workbook.own]\npath = "own.xlsx"\ncycle = "Q4/2025"\n[[workbook.own.table]]\nworksheet = "KD"\n'
        f'kind = "okr"\nlayout = "flat"\nheader_rows = [1]\n[workbook.own.table.columns]\n{columns}\n',
        encoding="utf-8",
    )
    told = json.loads(call("profile", "compare", "default@1", "quantive@1", "--json", *DAY).out)
    items = {item["title"]: item for item in told["workbooks"][0]["items"]}
    assert items["Doanh số bán lẻ"]["second"]["score"] == pytest.approx(1.3)
    assert items["Tăng doanh thu"]["second"]["score"] == pytest.approx(0.85)
    assert items["Tăng doanh thu"]["because"][0]["aspect"] == "clamp"
