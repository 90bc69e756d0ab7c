"""``sheetsync check``: what is wrong is said in the form that was asked for, and nothing is written."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests import hostile
from tests.cli.conftest import DAY, FLAWED, HEADERS, SOUND, Caller, configure


def test_a_sound_workbook_is_met_with_silence(call: Caller, okr: Path) -> None:
    """Off a terminal nothing is printed about a workbook without findings, and the code is 0."""
    assert call("check", "okr.xlsx", *DAY) == (0, "", "")


def test_an_error_is_told_with_its_place_and_fails(call: Caller, flawed: Path) -> None:
    """One line names file, cell, severity, code and what is wrong; the code is 1."""
    done = call("check", "flawed.xlsx", *DAY)
    assert done.code == 1
    assert done.out.startswith("flawed.xlsx: OKR!H7: error RO201: ")
    assert "about ten" in done.out
    assert len(done.out.splitlines()) == 1
    assert done.err == ""


def test_findings_speak_vietnamese(call: Caller, flawed: Path) -> None:
    """With --lang vi the same finding comes in Vietnamese."""
    done = call("--lang", "vi", "check", "flawed.xlsx", *DAY)
    assert done.code == 1
    assert done.out.startswith("flawed.xlsx: OKR!H7: lỗi RO201: ")
    assert "không phải là số" in done.out


@pytest.mark.parametrize(("limit", "code"), [("error", 0), ("warning", 1), ("hint", 1), ("never", 0)])
def test_fail_on_decides_from_which_severity_on_it_fails(call: Caller, here: Path, limit: str, code: int) -> None:
    """A workbook with a warning and no error fails only where warnings or hints count."""
    weights = (None, "40%", "30%", "20%")
    rows = tuple((*row, weight) for row, weight in zip(SOUND, weights, strict=True))
    hostile.sound(here / "weights.xlsx", headers=(*HEADERS, "Weight"), rows=rows)
    done = call("check", "weights.xlsx", "--fail-on", limit, *DAY)
    assert "warning LI306" in done.out
    assert done.code == code


def test_json_carries_its_schema_and_every_finding(call: Caller, flawed: Path, okr: Path) -> None:
    """The JSON document has its schema's name, both workbooks, scores, and findings with code, cell and params."""
    done = call("check", "--json", "flawed.xlsx", "okr.xlsx", *DAY)
    told = json.loads(done.out)
    assert done.code == 1
    assert told["schema"] == "sheetsync.check.v1"
    bad, good = told["workbooks"]
    assert (bad["workbook"], good["workbook"], good["findings"]) == ("flawed", "okr", [])
    (finding,) = bad["findings"]
    assert (finding["code"], finding["cell"], finding["severity"], finding["item"]) == (
        "RO201", "OKR!H7", "error", "KR-3",
    )  # fmt: skip
    assert {score["key"]: score["progress"] for score in good["scores"]}["KR-1"] == 0.6


def test_format_json_is_the_same_document(call: Caller, flawed: Path) -> None:
    """``--format json`` and ``--json`` print the same."""
    assert call("check", "--format", "json", "flawed.xlsx", *DAY) == call("check", "--json", "flawed.xlsx", *DAY)


def test_a_workbook_that_cannot_be_read_stands_in_the_json(call: Caller, here: Path, okr: Path) -> None:
    """A broken workbook is an entry with its error; the sound one is still checked; the code is that of the failure."""
    hostile.truncated(here / "broken.xlsx")
    done = call("check", "--json", "broken.xlsx", "okr.xlsx", *DAY)
    broken, good = json.loads(done.out)["workbooks"]
    assert done.code == 3
    assert "broken.xlsx" in broken["error"]
    assert good["scores"]


def _with_texts(path: Path, texts: dict[str, str]) -> None:
    """Write a flawed workbook in which some cells hold texts, whatever they begin with."""
    hostile.sound(path, headers=HEADERS, rows=FLAWED)
    book = load_workbook(path)
    for place, text in texts.items():
        cell = book["OKR"][place]
        cell.value = text
        cell.data_type = "s"
    book.save(path)


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t"])
def test_csv_keeps_texts_from_running_as_formulas(call: Caller, here: Path, first: str) -> None:
    """A text of the sheet that a spreadsheet would run as a formula gets an apostrophe before it, in every column."""
    item = f"{first}HYPERLINK(1)"
    name = f"{first.strip()}book"
    _with_texts(here / f"{name}.xlsx", {"A7": item, "H7": f"{first}1+cmd|x"})
    done = call("check", "--format", "csv", *DAY, f"./{name}.xlsx")
    told = list(csv.reader(io.StringIO(done.out)))
    assert told[0] == ["workbook", "severity", "code", "cell", "item", "message", "link"]
    assert len(told) > 1
    assert [text for line in told for text in line if text[:1] in set("=+-@\t\r")] == []
    if first != "\t":
        assert any(line[0] == f"'{name}" and line[4] == f"'{item}" for line in told)


def test_a_cycle_that_ends_before_it_starts_is_told_with_its_line(call: Caller, okr: Path) -> None:
    """Shows that nothing is scored by such a configuration: exit 2, and one line that names file, line and key."""
    configure(okr.parent, '[workbook.okr]\npath = "okr.xlsx"\ncycle = "01/10/2026 - 01/09/2026"\n')
    seen = call("--lang", "en", "check")
    assert (seen.code, seen.out) == (2, "")
    assert "sheetsync.toml:3:1: workbook.okr.cycle:" in seen.err
    assert len(seen.err.splitlines()) == 1


def test_the_cycle_of_today_can_be_told(call: Caller, okr: Path) -> None:
    """--today takes the place of the clock: after the due date what is not reached is missed."""
    told = json.loads(call("check", "--json", "okr.xlsx", "--today", "2027-02-01").out)
    assert {score["status"] for score in told["workbooks"][0]["scores"]} == {"missed"}


def test_a_day_in_another_form_is_refused(call: Caller, okr: Path) -> None:
    """A day that is not written as YYYY-MM-DD is a mistake in the call, and the message says the form."""
    done = call("check", "okr.xlsx", "--today", "21/11/2026")
    assert (done.code, done.out) == (2, "")
    assert "YYYY-MM-DD" in done.err


@pytest.mark.parametrize(("language", "words"), [("en", "there is no such file"), ("vi", "không có tệp này")])
def test_a_path_that_leads_nowhere_is_a_mistake_in_the_call(call: Caller, okr: Path, language: str, words: str) -> None:
    """A missing file is told in one line with its path, in the language of the call; the code is 2."""
    done = call("--lang", language, "check", "nothere.xlsx", *DAY)
    assert (done.code, done.out) == (2, "")
    (line,) = done.err.splitlines()
    assert "nothere.xlsx" in line
    assert words in line


def test_every_path_that_leads_nowhere_is_told_at_once(call: Caller, okr: Path) -> None:
    """Two missing files are two lines, and the workbook between them is not checked by half."""
    done = call("check", "one.xlsx", "okr.xlsx", "two.xlsx", *DAY)
    assert done.code == 2
    assert [line.partition(":")[0].rpartition("/")[2] for line in done.err.splitlines()] == ["one.xlsx", "two.xlsx"]


def test_a_folder_is_no_workbook(call: Caller, here: Path) -> None:
    """A folder under the name of a workbook is told in one line, never as a traceback."""
    (here / "okr.xlsx").mkdir()
    done = call("check", "okr.xlsx", *DAY)
    assert done.code == 3
    assert len(done.err.splitlines()) == 1
    assert "okr.xlsx" in done.err


def test_check_writes_nothing(call: Caller, flawed: Path) -> None:
    """The file is byte for byte as it was, and nothing stands beside it."""
    before = flawed.read_bytes()
    call("check", "flawed.xlsx", *DAY)
    assert flawed.read_bytes() == before
    assert [one.name for one in flawed.parent.iterdir()] == ["flawed.xlsx"]


def test_the_configuration_in_the_folder_is_found(call: Caller, here: Path, flawed: Path) -> None:
    """Without a path the workbooks of the folder's configuration are checked, with the severities set there."""
    configure(here, '[workbook.hcm]\npath = "flawed.xlsx"\nrules.RO201 = "warning"\nfail_on = "never"\n')
    done = call("check", *DAY)
    assert done.code == 0
    assert "warning RO201" in done.out


def test_the_firm_of_the_demo_has_its_flaws_found(call: Caller, firm: str) -> None:
    """The unreadable number, the wrong direction, the weights, the stale row and the month left out are all named."""
    done = call("--lang", firm, "check", "firm.xlsx", *DAY)
    assert done.code == 1
    for code in ("RO201", "RO203", "LI306", "PR411", "RO223"):
        assert f" {code}: " in done.out


def test_a_fiscal_year_of_its_own_asks_which_quarter_is_meant(call: Caller, okr: Path) -> None:
    """Shows that the month of the configuration reaches the rules, and that a rule that is off is silent."""
    hostile.sound(okr, headers=HEADERS, rows=tuple((*row[:8], None, None, *row[10:]) for row in SOUND))
    configure(okr.parent, '[workbook.okr]\npath = "okr.xlsx"\nfiscal_start = 4\n')
    done = call("check", *DAY)
    assert done.code == 0
    assert done.out.startswith("okr.xlsx: Settings!B2: warning WS120: “Q4/2026” is read by the calendar (1 Oct 2026 to")
    assert len(done.out.splitlines()) == 1
    configure(okr.parent, '[workbook.okr]\npath = "okr.xlsx"\nfiscal_start = 4\nrules.WS120 = "off"\n')
    assert call("check", *DAY).out == ""
