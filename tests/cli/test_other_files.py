"""The commands on files that are only read: text with separators, old Excel and OpenDocument."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.backends.files.old_books import Value, old_book
from tests.backends.files.open_books import plain_book
from tests.cli.conftest import DAY, Caller
from tests.hostile import sound

HEADERS: list[Value] = ["ID", "Objective", "Key result", "Owner", "Metric", "Baseline", "Target", "Current"]
ROWS: list[list[Value]] = [
    HEADERS,
    ["O-1", "Win the south", None, "An", None, None, None, None],
    ["KR-1", None, "Revenue from shops", "An", "increase", 100, 200, 160.5],
    ["KR-2", None, "New shops", "Bình", "increase", 0, 50, 10],
]
PAGE = b"<html><body><table><tr><th>Objective</th></tr></table></body></html>"


def text(sign: str = ",", encoding: str = "utf-8") -> bytes:
    """Give the rows as text; decimals have the mark that the separator leaves free."""
    mark = "." if sign == "," else ","
    told = [["" if value is None else str(value).replace(".", mark) for value in row] for row in ROWS]
    return "\r\n".join(sign.join(row) for row in told).encode(encoding)


FILES: dict[str, Callable[[], bytes]] = {
    "okr.csv": text,
    "okr.tsv": lambda: text("\t", "utf-16"),
    "okr.txt": lambda: text(";", "utf-8-sig"),
    "okr.xls": lambda: old_book(ROWS),
    "okr.ods": lambda: plain_book(ROWS),
}


@pytest.fixture(params=FILES)
def file(here: Path, request: pytest.FixtureRequest) -> Path:
    """Give a file of each kind with the same goals."""
    path = here / str(request.param)
    path.write_bytes(FILES[request.param]())
    return path


def test_check_scores_them(call: Caller, file: Path) -> None:
    """Shows that each is read and scored alike, with the findings of its rows alone."""
    done = call("check", file.name, "--json", *DAY)
    (workbook,) = json.loads(done.out)["workbooks"]
    scores = {one["key"]: one["progress"] for one in workbook["scores"]}
    assert done.err == ""
    assert (scores["KR-1"], scores["KR-2"]) == pytest.approx((0.605, 0.2))
    assert not {"WS108", "WS109"} & {one["code"] for one in workbook["findings"]}


def test_explain_names_their_cells(call: Caller, file: Path) -> None:
    """Shows that an explanation leads to the cell of the file."""
    done = call("--lang", "en", "explain", "KR-1", file.name, *DAY)
    assert done.code == 0
    assert "H3" in done.out


@pytest.mark.parametrize(("language", "words"), [("en", "can be checked and scored"), ("vi", "không ghi vào được")])
def test_sync_refuses_them_before_anything_is_locked(call: Caller, file: Path, language: str, words: str) -> None:
    """Shows exit code 3, a line that names the way out, an untouched file, and no lock left behind."""
    before = (file.read_bytes(), file.stat().st_mtime_ns)
    done = call("--lang", language, "sync", file.name, *DAY)
    assert (done.code, done.out) == (3, "")
    assert words in done.err
    assert "sheetsync adopt" in done.err
    assert "okr.xlsx" in done.err
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before
    assert not Path(os.environ["SHEETSYNC_STATE_DIR"]).exists()
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_the_summary_is_written_for_them(call: Caller, file: Path) -> None:
    """Shows that a file that nobody can write is reported all the same, and that the run says it is not complete."""
    config = f'[workbook.okr]\npath = "{file.name}"\nmail.folder = "mail"\n'
    (file.parent / "sheetsync.toml").write_text(config, encoding="utf-8")
    before = file.read_bytes()
    done = call("sync", *DAY)
    assert done.code == 3
    assert file.read_bytes() == before
    summary = [path for path in (file.parent / "mail").iterdir() if path.suffix == ".txt"]
    assert ["Win the south" in path.read_text(encoding="utf-8") for path in summary] == [True]


def test_a_workbook_beside_them_is_synced_all_the_same(call: Caller, file: Path) -> None:
    """Shows that the refusal of one file leaves no other undone."""
    sound(file.with_name("other.xlsx"))
    before = file.with_name("other.xlsx").read_bytes()
    assert call("sync", file.name, "other.xlsx", *DAY).code == 3
    assert file.with_name("other.xlsx").read_bytes() != before


def test_plan_says_that_nothing_can_be_written(call: Caller, file: Path) -> None:
    """Shows that a plan names no cell that nobody can write, and ends as the sync would."""
    done = call("--lang", "en", "plan", file.name, "--json", *DAY)
    (plan,) = json.loads(done.out)["workbooks"]
    assert (done.code, plan["cells"], plan["columns"]) == (3, [], [])
    assert "can be checked and scored, but not written" in plan["refused"]


def test_adopt_understands_them(call: Caller, file: Path) -> None:
    """Shows that the columns are understood, also where all numbers are texts."""
    done = call("adopt", file.name, "--json", *DAY)
    (table,) = json.loads(done.out)["tables"]
    assert done.code in (0, 1)
    expected = {"objective": ["B"], "key_result": ["C"], "baseline": ["F"], "target": ["G"], "current": ["H"]}
    assert expected.items() <= table["columns"].items()


@pytest.mark.parametrize(("language", "words"), [("en", "can be checked and scored"), ("vi", "không ghi vào được")])
def test_adopt_writes_their_mapping_and_says_how_to_go_on(call: Caller, file: Path, language: str, words: str) -> None:
    """Shows that a file that is only read can be adopted for checks, and what makes a workbook of it."""
    done = call("--lang", language, "adopt", file.name, "--yes", *DAY)
    assert words in done.err
    assert "okr.xlsx”" in done.err
    assert json.loads(call("check", "--json", *DAY).out)["workbooks"][0]["scores"]


@pytest.mark.parametrize(("language", "words"), [("en", "can be checked and scored"), ("vi", "không ghi vào được")])
def test_the_doctor_knows_that_they_are_only_read(call: Caller, file: Path, language: str, words: str) -> None:
    """Shows a warning with the way out, and no failure for what is no Excel workbook and need not be one."""
    done = call("--lang", language, "doctor", file.name)
    assert done.code == 0
    assert words in " ".join(done.out.split())


def test_the_doctor_tells_a_false_name(call: Caller, here: Path) -> None:
    """Shows that a text called .xlsx is told as in any other command."""
    (here / "okr.xlsx").write_bytes(text())
    done = call("--lang", "en", "doctor", "okr.xlsx")
    assert done.code == 3
    assert "text file with separators" in " ".join(done.out.split())


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("okr.xlsx", text, ("text file with separators", "okr.csv")),
        ("okr.xlsx", FILES["okr.xls"], ("old Excel", "okr.xls")),
        ("okr.csv", FILES["okr.ods"], ("OpenDocument", "okr.ods")),
        ("okr.xls", lambda: PAGE, ("web page", "save it as .xlsx")),
        ("okr.xlsx", lambda: b"%PDF-1.7\n", ("PDF", "printed from")),
        ("okr.csv", lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", ("not an Excel workbook", "save it as .xlsx")),
    ],
)
@pytest.mark.parametrize("command", ["check", "adopt", "sync"])
def test_a_file_under_a_false_name_is_told(
    call: Caller, here: Path, command: str, name: str, content: Callable[[], bytes], words: tuple[str, str]
) -> None:
    """Shows that each is told as what it is, with what to do, and nothing of it is read."""
    (here / name).write_bytes(content())
    done = call("--lang", "en", command, name)
    assert (done.code, done.out) == (3, "")
    assert all(word in done.err for word in words)
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize("name", ["okr.xls", "okr.csv"])
def test_a_workbook_of_today_under_an_old_name_is_told(call: Caller, here: Path, name: str) -> None:
    """Shows that a new workbook called .xls or .csv is refused with the name that fits."""
    sound(here / "okr.xlsx")
    (here / "okr.xlsx").rename(here / name)
    done = call("--lang", "vi", "check", name)
    assert done.code == 3
    assert "đổi tên thành" in done.err
    assert "okr.xlsx" in done.err


def test_guessed_letters_are_told_as_a_warning(call: Caller, here: Path) -> None:
    """Shows that a file of an old encoding is read, scored, and reported with the encoding that was guessed."""
    (here / "okr.csv").write_bytes(text(",", "utf-8").replace("Bình".encode(), "Größe".encode("cp1252")))
    done = call("check", "okr.csv", "--json", *DAY)
    found = json.loads(done.out)["workbooks"][0]["findings"]
    assert [one["params"]["encoding"] for one in found if one["code"] == "WS116"] == ["Windows-1252"]
