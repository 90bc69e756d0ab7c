"""``sheetsync template``: a new workbook where none was, or a clear refusal."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import DAY, Caller

# openpyxl warns that it leaves out what it cannot show; here it only reads values.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")


@pytest.mark.parametrize("kind", ["okr", "kpi", "okr-kpi"])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_each_template_is_made_and_synced(call: Caller, here: Path, kind: str, language: str) -> None:
    """A template is written with company and cycle; as it holds examples only, a sync refuses it and says why."""
    done = call(
        "--lang", language, "template", "new", kind, "-o", "t.xlsx", "--company", "Phở Việt", "--cycle", "Q1/2027", *DAY
    )
    assert (done.code, done.out) == (0, "")
    assert "t.xlsx" in done.err
    with closing(load_workbook(here / "t.xlsx", read_only=True)) as book:
        sheet = book[{"en": "Settings", "vi": "Cài đặt"}[language]]
        told = [row[1] for row in sheet.iter_rows(3, 4, values_only=True)]
    assert told == ["Phở Việt", "Q1/2027"]
    assert call("sync", "t.xlsx", *DAY).code == 3
    assert [one.name for one in here.iterdir()] == ["t.xlsx"]


def test_the_cycle_is_the_running_quarter_unless_told(call: Caller, here: Path) -> None:
    """Without --cycle the quarter of the day is taken."""
    call("template", "new", "okr", "-o", "t.xlsx", *DAY)
    with closing(load_workbook(here / "t.xlsx", read_only=True)) as book:
        assert book["Settings"]["B4"].value == "Q4/2026"


@pytest.mark.parametrize("language", ["en", "vi"])
def test_an_existing_file_is_never_replaced(call: Caller, okr: Path, language: str) -> None:
    """A file under the name that was asked for stays as it is."""
    before = okr.read_bytes()
    done = call("--lang", language, "template", "new", "okr", "-o", "okr.xlsx", *DAY)
    assert done.code == 2
    assert "okr.xlsx" in done.err
    assert okr.read_bytes() == before


@pytest.mark.parametrize("name", ["t.xls", "t", "t.xlsm"])
def test_another_ending_is_refused(call: Caller, here: Path, name: str) -> None:
    """A template is an .xlsx file; nothing is written under another ending."""
    done = call("template", "new", "okr", "-o", name, *DAY)
    assert done.code == 2
    assert ".xlsx" in done.err
    assert list(here.iterdir()) == []


@pytest.mark.parametrize("cycle", ["Q5/2027", "soon", "31/02/2027 - 01/03/2027"])
def test_what_is_no_cycle_is_refused(call: Caller, here: Path, cycle: str) -> None:
    """A cycle that cannot be read is told with the forms that can, and nothing is written."""
    done = call("template", "new", "okr", "-o", "t.xlsx", "--cycle", cycle, *DAY)
    assert done.code == 2
    assert cycle in done.err
    assert "Q1/2027" in done.err
    assert list(here.iterdir()) == []


def test_a_kind_that_does_not_exist_is_refused(call: Caller, here: Path) -> None:
    """An unknown kind is a mistake in the call that names those there are."""
    done = call("template", "new", "okrs", "-o", "t.xlsx")
    assert done.code == 2
    assert "okr-kpi" in done.err


def test_a_folder_that_does_not_exist_is_told(call: Caller, here: Path) -> None:
    """Where the folder is missing the call ends with one line, never with a traceback."""
    done = call("template", "new", "okr", "-o", "missing/t.xlsx", *DAY)
    assert done.code == 2
    (line,) = done.err.splitlines()
    assert line.startswith("missing: ")
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(("language", "word"), [("en", "Quarterly"), ("vi", "theo quý")])
def test_the_list_tells_what_each_is_for(call: Caller, language: str, word: str) -> None:
    """Every kind is listed with its title, in the language of the call."""
    done = call("--lang", language, "template", "list")
    assert (done.code, done.err) == (0, "")
    assert [line.split()[0] for line in done.out.splitlines()[::2]] == ["okr", "kpi", "okr-kpi"]
    assert word in done.out


def test_json_of_the_list_carries_its_schema(call: Caller) -> None:
    """The list as JSON."""
    told = json.loads(call("template", "list", "--json").out)
    assert told["schema"] == "sheetsync.templates.v1"
    assert [entry["kind"] for entry in told["templates"]] == ["okr", "kpi", "okr-kpi"]


@pytest.mark.parametrize(("language", "header"), [("en", "Section weight"), ("vi", "Trọng số nhóm")])
def test_sections_are_asked_for(call: Caller, here: Path, language: str, header: str) -> None:
    """Shows that --sections adds the columns, and is refused where the template has no KPIs."""
    assert call("--lang", language, "template", "new", "kpi", "--sections", "-o", "t.xlsx", *DAY).code == 0
    with closing(load_workbook(here / "t.xlsx", read_only=True)) as book:
        assert header in [cell.value for cell in next(book["KPI"].iter_rows(5, 5))]
    done = call("--lang", language, "template", "new", "okr", "--sections", "-o", "o.xlsx", *DAY)
    assert done.code == 2
    assert "--sections" in done.err
    assert [one.name for one in here.iterdir()] == ["t.xlsx"]
