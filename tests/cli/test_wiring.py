"""Which workbook a call means: a file, a spreadsheet by address or id, one of the configuration, one of a folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sheetsync.backends.google.drive import Listed
from sheetsync.cli.folders import titled
from sheetsync.cli.wiring import address_of, errand, workbook_at
from sheetsync.config.shape import Config, GoogleConfig, WorkbookConfig
from sheetsync.errors import ConfigError
from tests.books import TODAY
from tests.cli.conftest import DAY, Caller, configure

ID = "1aB2cD3eF4gH5iJ6kL7mN8oP9qR0sT1uV2wX3yZ4aB5c"
LINK = f"https://docs.google.com/spreadsheets/d/{ID}/edit"


@pytest.mark.parametrize("text", [ID, f"gs:{ID}", LINK, f"{LINK}#gid=0&range=F12", LINK.removeprefix("https://")])
def test_a_spreadsheet_is_named_by_address_or_id(here: Path, text: str) -> None:
    """Shows the ways to name a spreadsheet in a call."""
    assert address_of(text) == ID


@pytest.mark.parametrize(
    "text", ["okr.xlsx", "/tmp/okr.xlsx", "OKR Quý 4", f"{ID}x", ID[:30], ".", "gs", "C:\\okr.xlsx"]
)
def test_everything_else_is_a_file(here: Path, text: str) -> None:
    """Shows that a path, however it is misspelt, is never taken for a spreadsheet."""
    assert address_of(text) is None


def test_a_file_wins_over_an_id(here: Path) -> None:
    """Shows that a file which is called like an id is the file."""
    (here / ID).touch()
    assert address_of(ID) is None


@pytest.mark.parametrize("text", ["https://example.com/okr.xlsx", "gs:short", "https://docs.google.com/document/d/1"])
def test_an_address_that_leads_to_no_spreadsheet_is_told(call: Caller, text: str) -> None:
    """Shows that such a call ends with 2 and a line that names the address and what is wanted."""
    with pytest.raises(ConfigError):
        address_of(text)
    done = call("--lang", "en", "check", text, *DAY)
    assert (done.code, done.out) == (2, "")
    (line,) = done.err.splitlines()
    assert line.startswith(f"{text}: this address leads to no Google spreadsheet")


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_misspelt_path_is_still_a_file_that_is_missing(call: Caller, language: str) -> None:
    """Shows that a wrong path beside an address is told as a missing file, before Google is asked for anything."""
    done = call("--lang", language, "check", "nothere.xlsx", LINK, *DAY)
    assert (done.code, done.out) == (2, "")
    (line,) = done.err.splitlines()
    assert {"en": "there is no such file", "vi": "không có tệp này"}[language] in line


def test_the_configuration_knows_a_spreadsheet_that_a_call_names() -> None:
    """Shows that its own table holds, and that an unknown one gets the defaults and is called by its title."""
    google = GoogleConfig(workers=7)
    known = WorkbookConfig(name="acme", spreadsheet=ID, language="vi")
    other = "2" + ID[1:]
    config = Config(Path("x"), (), {"google": google, "language": "en"}, {"acme": known})
    assert workbook_at(LINK, config) is known
    unknown = workbook_at(f"gs:{other}", config)
    assert unknown == WorkbookConfig(name=other, spreadsheet=other, language="en", google=google)
    assert errand(unknown, TODAY).job.titled
    assert not errand(known, TODAY).job.titled


def test_a_spreadsheets_errand_says_where_it_is_and_how_long_it_may_take() -> None:
    """Shows the address, and a patience beyond the deadline, which the client keeps by itself."""
    one = errand(WorkbookConfig(name="acme", spreadsheet=ID, google=GoogleConfig(deadline=100)), TODAY)
    assert one.location == LINK
    assert one.patience is not None
    assert 100 < one.patience <= 160
    assert errand(WorkbookConfig(name="file", path=Path("okr.xlsx")), TODAY).patience is None


def test_spreadsheets_of_a_folder_are_called_by_their_titles() -> None:
    """Shows names by title in order, and that equal titles are parted by ids, whatever else lies in the folder."""
    found = [
        Listed("id-b", "OKR Quý 4", ""),
        Listed("same-1", "Kế hoạch", ""),
        Listed("same-2", "kế hoạch!", ""),
        Listed("id-a", "Minh Long", ""),
    ]
    assert titled("clients", found) == {
        "clients/ke-hoach-same-1": "same-1",
        "clients/ke-hoach-same-2": "same-2",
        "clients/minh-long": "id-a",
        "clients/okr-quy-4": "id-b",
    }
    alike = [Listed("1234567", "x", ""), Listed("1234568", "x", ""), Listed("3", "表", ""), Listed("4", "", "")]
    assert len(titled("c", alike)) == 4


def test_one_of_a_folder_can_be_asked_for(call: Caller, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that a name below a folder's is known, and that one below a file's is not."""
    monkeypatch.setenv("HOME", str(here))
    configure(here, f'[workbook.clients]\nfolder = "{ID}"\n[workbook.own]\npath = "own.xlsx"\n')
    done = call("--lang", "en", "check", "--only", "own/minh-long", *DAY)
    assert done.code == 2
    assert "No workbook is called own/minh-long" in done.err
    for name in ("GOOGLE_APPLICATION_CREDENTIALS", "SHEETSYNC_CREDENTIALS_JSON", "SHEETSYNC_GOOGLE_ENDPOINT"):
        monkeypatch.delenv(name, raising=False)
    done = call("--lang", "en", "check", "--only", "clients/minh-long", *DAY)
    assert done.code == 2
    assert "credentials" in done.err


@pytest.mark.skipif(os.name == "nt", reason="Windows does not let the current folder be deleted")
@pytest.mark.parametrize(
    "arguments", [("check",), ("check", "okr.xlsx"), ("sync",), ("init", "okr.xlsx"), ("demo",), ("plan", "okr.xlsx")]
)
@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_deleted_current_folder_is_one_clear_line(
    call: Caller, here: Path, language: str, arguments: tuple[str, ...]
) -> None:
    """Shows that a terminal which stands in a deleted folder is told so, and it is not taken for a bug."""
    here.rmdir()
    done = call("--lang", language, *arguments, *DAY)
    assert done.code == 2, done
    assert len(done.err.splitlines()) == 1
    assert "Traceback" not in done.err


@pytest.mark.parametrize(("language", "wanted"), [("en", "nobody said when it begins"), ("vi", "bắt đầu từ tháng nào")])
def test_a_year_of_its_own_needs_to_be_told_when_it_begins(
    call: Caller, here: Path, okr: Path, language: str, wanted: str
) -> None:
    """Shows that a school year in the configuration asks for its first month, and is understood with it."""
    configure(here, '[workbook.school]\npath = "okr.xlsx"\ncycle = "năm học 2025-2026"\n')
    done = call("--lang", language, "check", *DAY)
    assert done.code == 2
    assert wanted in done.err
    assert "school: " in done.err
    configure(here, '[workbook.school]\npath = "okr.xlsx"\ncycle = "năm học 2025-2026"\nfiscal_start = 9\n')
    assert call("--lang", language, "check", *DAY).code in (0, 1)


@pytest.mark.parametrize("where", ["defaults", "workbook.a"])
def test_cron_hears_the_language_of_the_configuration(
    call: Caller, here: Path, okr: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """Shows that messages follow the configuration where no language is asked for, and whoever asks for one gets it."""
    okr.write_bytes(b"no workbook")
    configure(
        here,
        f'[{where}]\nlanguage = "vi"\n' + ("[workbook.a]\n" if where == "defaults" else "") + 'path = "okr.xlsx"\n',
    )
    for command in ("sync", "check", "plan"):
        assert "không phải" in call(command, *DAY).err, command
    assert "is not" in call("sync", *DAY, "--lang", "en").err
    monkeypatch.setenv("LANG", "C.UTF-8")
    assert "không phải" in call("sync", *DAY).err, "as some systems start cron's jobs"
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert "is not" in call("sync", *DAY).err


def test_what_is_wrong_with_a_configuration_is_said_in_its_language(call: Caller, here: Path) -> None:
    """Shows that the language is heard before the first mistake is told."""
    configure(here, '[defaults]\nlanguage = "vi"\n[workbook.a]\npath = "okr.xlsx"\nrecalc = "now"\n')
    assert "không hợp lệ" in call("sync", *DAY).err
    configure(here, '[defaults]\nlanguage = "fr"\n[workbook.a]\npath = "okr.xlsx"\n')
    assert "allowed" in call("sync", *DAY).err
