"""``sheetsync template new KIND --google``: the batch arrives once whatever happens on the way, or a clear refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from google.oauth2.credentials import Credentials

from sheetsync.backends.google.endpoint import VARIABLE, Endpoint
from sheetsync.backends.google.http import SheetsClient, Surroundings, connect
from sheetsync.backends.google.quota import Limits, Quota
from sheetsync.cli.google_template import build
from sheetsync.errors import AccessDenied, SheetsyncError, WriteRefused
from sheetsync.gallery.content import template_content
from sheetsync.gallery.design import load_table, load_texts
from sheetsync.gallery.google import requests
from sheetsync.workbook import column_letters
from tests.backends.google.clocks import Clock
from tests.cli.conftest import DAY, Caller, configure
from tests.gallery.conftest import CYCLE, PHRASES
from tests.sheets_server import faults
from tests.sheets_server.faults import Fault
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.spreadsheet import Spreadsheet
from tests.sheets_server.tokens import EMAIL

ID = "1TemplateTemplateTemplateTemplateTemplateTem"
LINK = f"https://docs.google.com/spreadsheets/d/{ID}/edit"
TITLE, COMPANY = "Kế hoạch 2027", "Phở Việt"
BATCH = "spreadsheets.batchUpdate"
Build = Callable[[], None]


@pytest.fixture
def blank(sheets_server: SheetsServer) -> Spreadsheet:
    """Give a new spreadsheet that is shared with the service account."""
    return sheets_server.add(Spreadsheet(ID, title=TITLE, locale="en_US"))


@pytest.fixture
def client(sheets_server: SheetsServer) -> Iterator[SheetsClient]:
    """Give a client that may write, whose waits take no time."""
    clock = Clock()
    around = Surroundings(clock, clock.sleep, lambda: 0.5)
    quota = Quota(Limits(), clock=clock, sleep=clock.sleep)
    credentials = Credentials(token=sheets_server.token("spreadsheets"))
    endpoint = Endpoint(sheets_server.url)
    with connect(credentials, writing=True, endpoint=endpoint, quota=quota, around=around) as connected:
        yield connected


@pytest.fixture
def built(client: SheetsClient) -> Build:
    """Give a call that builds a template into the spreadsheet."""
    phrases = PHRASES["vi"]
    content = template_content(phrases, CYCLE, COMPANY)
    return lambda: build(client, ID, "kpi", phrases, content, protect=False)


def state(spreadsheet: Spreadsheet) -> dict[str, Any]:
    """Give all of a spreadsheet but the ids that are drawn by lot."""
    found = spreadsheet.resource(grid_data=True)
    named = [{key: value for key, value in one.items() if key != "namedRangeId"} for one in found["namedRanges"]]
    metadata = [{key: value for key, value in one.items() if key != "metadataId"} for one in found["developerMetadata"]]
    sheets = [
        {**sheet, "charts": [chart["spec"] for chart in sheet.get("charts", ())], "protectedRanges": [
            {key: value for key, value in one.items() if key != "protectedRangeId"}
            for one in sheet.get("protectedRanges", ())
        ]}
        for sheet in found["sheets"]
    ]  # fmt: skip
    return {**found, "namedRanges": named, "developerMetadata": metadata, "sheets": sheets}


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    """Give what an undisturbed build leaves."""
    spreadsheet = Spreadsheet(ID, title=TITLE, locale="en_US")
    content = template_content(PHRASES["vi"], CYCLE, COMPANY)
    spreadsheet.batch_update({"requests": requests("kpi", PHRASES["vi"], content)})
    return state(spreadsheet)


def test_a_template_takes_two_requests(
    sheets_server: SheetsServer, blank: Spreadsheet, built: Build, expected: dict[str, Any]
) -> None:
    """Shows one look and one batch, and that title and id of the spreadsheet stay."""
    built()
    assert (sheets_server.reads, sheets_server.writes) == (1, 1)
    assert state(blank) == expected
    assert blank.title == TITLE


def test_whatever_stands_there_stays(sheets_server: SheetsServer, blank: Spreadsheet, built: Build) -> None:
    """Shows that a single typed cell stops the build before anything is written, and is named."""
    blank.type("Sheet1", "D9", "do not lose me")
    before = blank.resource(grid_data=True)
    with pytest.raises(WriteRefused) as refused:
        built()
    assert refused.value.params == {"path": TITLE, "cell": "Sheet1!D9"}
    assert sheets_server.writes == 0
    assert blank.resource(grid_data=True) == before


@pytest.mark.parametrize("fault", [
    faults.throttled("write"),
    faults.throttled("write", retry_after=7),
    faults.status(500), faults.status(500, applied=True),
    faults.status(503), faults.status(503, applied=True),
    faults.reset(), faults.reset(applied=True),
    faults.truncated(), faults.html(), faults.html(applied=True),
])  # fmt: skip
def test_a_broken_answer_neither_loses_nor_doubles_the_template(
    fault: Fault, sheets_server: SheetsServer, blank: Spreadsheet, built: Build, expected: dict[str, Any]
) -> None:
    """Shows that the template stands exactly once, whether the failed batch had been made or not."""
    sheets_server.fail(fault, on=BATCH)
    built()
    assert state(blank) == expected
    assert sheets_server.writes == (1 if fault.applied else 2)


def test_what_somebody_types_after_a_lost_batch_stays(
    sheets_server: SheetsServer, blank: Spreadsheet, built: Build
) -> None:
    """Shows that before a second try the spreadsheet is looked at again."""
    sheets_server.fail(faults.reset(), on=BATCH)

    def type_after_the_batch(number: int, request: object) -> None:
        if number == 3:
            blank.type("Sheet1", "A1", "mine")

    sheets_server.on_request(type_after_the_batch)
    with pytest.raises(WriteRefused):
        built()
    assert blank.value("Sheet1", "A1") == "mine"
    assert sheets_server.writes == 1


def test_failure_that_lasts_ends_with_a_failure(sheets_server: SheetsServer, blank: Spreadsheet, built: Build) -> None:
    """Shows that a service which never answers well is given up after a few tries, with the spreadsheet as it was."""
    before = blank.resource(grid_data=True)
    sheets_server.fail(faults.status(503), on=BATCH, times=50)
    with pytest.raises(SheetsyncError) as failed:
        built()
    assert failed.value.exit_code == 5
    assert blank.resource(grid_data=True) == before


def test_view_only_is_told_as_such(sheets_server: SheetsServer, blank: Spreadsheet, built: Build) -> None:
    """Shows that a spreadsheet that is shared for looking only is told as a matter of rights."""
    sheets_server.deny(ID, "view_only")
    with pytest.raises(AccessDenied):
        built()
    assert len(blank.resource()["sheets"]) == 1


@pytest.fixture
def google(sheets_server: SheetsServer, blank: Spreadsheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let processes reach the stand-in, with the key of a service account."""
    monkeypatch.setenv(VARIABLE, sheets_server.url)
    monkeypatch.delenv("SHEETSYNC_CREDENTIALS_JSON", raising=False)
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(sheets_server.key_file(tmp_path)))


@pytest.mark.usefixtures("google")
@pytest.mark.parametrize(("language", "guide"), [("en", "Guide"), ("vi", "Hướng dẫn")])
def test_the_command_builds_prints_and_refuses_a_second_time(
    process: Caller, blank: Spreadsheet, language: str, guide: str
) -> None:
    """Shows a build, its link and the next step, which works; a second call finds something there, changing nothing."""
    call = ("--lang", language, "template", "new", "okr", "--google", LINK + "#gid=0", "--cycle", "Q1/2027", *DAY)
    done = process(*call)
    assert (done.code, done.out) == (0, "")
    assert f"sheetsync init {LINK}" in done.err
    assert guide in done.err
    assert blank.resource()["sheets"][0]["properties"]["title"] == guide
    assert process("init", LINK, *DAY).code == 0
    before = blank.resource(grid_data=True)
    again = process(*call)
    assert again.code == 3
    (line,) = again.err.splitlines()
    assert f"'{guide}'!" in line or f"{guide}!" in line
    assert blank.resource(grid_data=True) == before


@pytest.mark.usefixtures("google")
def test_a_spreadsheet_that_is_configured_already_is_not_to_be_configured_again(process: Caller, here: Path) -> None:
    """Shows that the next step after a build is one that works where the configuration names the spreadsheet."""
    configure(here, f'[workbook.minh-long]\nspreadsheet = "{ID}"\n')
    done = process("--lang", "en", "template", "new", "okr", "--google", LINK, "--cycle", "Q1/2027", *DAY)
    assert (done.code, "sheetsync init" in done.err) == (0, False)
    assert "sheetsync check --only minh-long" in done.err
    assert process("check", "--only", "minh-long", *DAY).code == 0


@pytest.mark.usefixtures("google")
def test_a_lock_is_given_to_the_service_account(process: Caller, blank: Spreadsheet) -> None:
    """Shows that with --protect the account that builds may write the computed columns, and is named."""
    assert process("template", "new", "kpi", "--google", ID, "--protect", *DAY).code == 0
    sheets = blank.resource()["sheets"]
    (protected,) = [one for sheet in sheets for one in sheet.get("protectedRanges", ())]
    assert not protected.get("warningOnly")
    assert EMAIL in protected["editors"]["users"]


@pytest.mark.parametrize("arguments", [
    (),
    ("--output", "t.xlsx", "--google", ID),
])  # fmt: skip
@pytest.mark.parametrize("language", ["en", "vi"])
def test_one_place_must_be_named(call: Caller, here: Path, arguments: tuple[str, ...], language: str) -> None:
    """Shows that a call with no place, or with two, is told both options, and that nothing is made."""
    done = call("--lang", language, "template", "new", "okr", *arguments, *DAY)
    assert done.code == 2
    assert "--output" in done.err
    assert "--google" in done.err
    assert list(here.iterdir()) == []


@pytest.mark.parametrize("address", ["https://example.com/d/1", "okr.xlsx", "https://docs.google.com/document/d/abc"])
def test_what_is_no_spreadsheet_is_told(call: Caller, here: Path, address: str) -> None:
    """Shows that an address which leads to no spreadsheet ends with one line that names it, before any sign-in."""
    done = call("template", "new", "okr", "--google", address, *DAY)
    assert done.code == 2
    assert address in done.err


OKR = {
    "objective": ("O-1", "Serve the south"),
    "shops": ("KR-1", "Shops", "10", "20", "16", "01/03/2027"),
    "guests": ("KR-2", "Happy guests", "40%", "60%", "45%", "01/03/2027"),
}
TYPED = {"id": 0, "key_result": 1, "baseline": 2, "target": 3, "current": 4, "check_in_date": 5}


def letters_of(language: str) -> dict[str, str]:
    """Give the letters of each column of the OKR worksheet."""
    columns = load_table("okr", PHRASES[language], load_texts(language)).columns
    return {column.concept: column_letters(place) for place, column in enumerate(columns, 1)}


def type_goals(spreadsheet: Spreadsheet, letters: dict[str, str]) -> None:
    """Type an objective and two key results beneath the examples, as a user does in the browser."""
    spreadsheet.type("OKR", "A10", OKR["objective"][0])
    spreadsheet.type("OKR", f"{letters['objective']}10", OKR["objective"][1])
    for row, name in ((11, "shops"), (12, "guests")):
        for concept, place in TYPED.items():
            spreadsheet.type("OKR", f"{letters[concept]}{row}", OKR[name][place])


@pytest.mark.usefixtures("google")
@pytest.mark.parametrize("language", ["en", "vi"])
def test_what_is_typed_beneath_the_examples_is_scored(
    process: Caller, sheets_server: SheetsServer, blank: Spreadsheet, language: str
) -> None:
    """Shows a template that is built, filled in the browser and synced; a second sync only reads."""
    cycle = ("--cycle", "Q1/2027", "--lang", language)
    assert process("template", "new", "okr", "--google", LINK, *cycle, "--today", "2027-01-02").code == 0
    letters = letters_of(language)
    type_goals(blank, letters)
    day = ("--today", "2027-03-01")
    done = process("sync", LINK, *day)
    assert done.code == 0, done.err
    assert [blank.value("OKR", f"{letters['progress']}{row}") for row in (10, 11, 12)] == [0.43, 0.6, 0.25]
    words = [PHRASES[language].text(f"status.{name}") for name in ("at_risk", "on_track", "off_track")]
    assert [blank.value("OKR", f"{letters['status']}{row}") for row in (10, 11, 12)] == words
    written = sheets_server.writes
    again = process("sync", LINK, *day)
    assert (again.code, again.out) == (0, "")
    assert sheets_server.writes == written
