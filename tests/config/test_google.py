"""Google in the configuration: which spreadsheet or folder, how it is reached, and that no secret stands there."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetsync.backends.google.address import folder_id, spreadsheet_id
from sheetsync.config.keys import Accepted
from sheetsync.config.shape import GoogleConfig, Secret
from tests.config.conftest import Complain, Load

ID = "1aB2cD3eF4gH5iJ6kL7mN8oP9qR0sT1uV2wX3yZ4aB5c"
FOLDER = "1dE3fG5hJ7kL9mN1pQ3rS5tU7vW9xY1zA"
LINK = f"https://docs.google.com/spreadsheets/d/{ID}/edit#gid=0"
ACCEPTED = Accepted(spreadsheet=spreadsheet_id, folder=folder_id)
KEY = '{"type": "service_account", "private_key": "-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----"}'


@pytest.mark.parametrize("told", [ID, LINK])
def test_a_spreadsheet_is_known_by_address_or_id(load: Load, told: str) -> None:
    """Shows that both become the id, that there is no path, and that worksheets are limited as told."""
    config = load(f'[workbook.acme]\nspreadsheet = "{told}"\nworksheets = ["OKR", "Cài đặt"]\n', ACCEPTED)
    workbook = config.workbooks["acme"]
    assert (workbook.path, workbook.spreadsheet, workbook.folder) == (None, ID, None)
    assert workbook.worksheets == ("OKR", "Cài đặt")


def test_a_folder_of_drive_is_known_by_its_address(load: Load) -> None:
    """Shows that a folder becomes its id."""
    config = load(
        f'[workbook.clients]\nfolder = "https://drive.google.com/drive/u/1/folders/{FOLDER}?usp=sharing"\n', ACCEPTED
    )
    assert config.workbooks["clients"].folder == FOLDER


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("", "1:11: workbook.a: names none of these keys; give exactly one: path, spreadsheet, folder"),
        (f"path = 'a.xlsx'\nspreadsheet = '{ID}'", "3:1: workbook.a.spreadsheet: cannot stand beside path; keep"),
        (f"folder = '{FOLDER}'\nspreadsheet = '{ID}'", "3:1: workbook.a.spreadsheet: cannot stand beside folder; "),
        ("spreadsheet = 'okr.xlsx'", '2:1: workbook.a.spreadsheet: "okr.xlsx" is no Google spreadsheet; copy'),
        ("folder = 'Clients'", '2:1: workbook.a.folder: "Clients" is no folder of Google Drive; copy its address'),
        ("path = 'a.xlsx'\nworksheets = ['OKR']", "3:1: workbook.a.worksheets: only makes sense beside spread"),
    ],
)
def test_exactly_one_place_is_named(complain: Complain, lines: str, problem: str) -> None:
    """Shows the one clear problem, at its line, of a workbook that is nowhere, in two places, or misspelt."""
    (told,) = complain(f"[workbook.a]\n{lines}\n", ACCEPTED)
    assert told.startswith(f"sheetsync.toml:{problem}")


def test_two_names_for_one_spreadsheet_are_refused(complain: Complain) -> None:
    """Shows that an address and an id are known as the same spreadsheet."""
    (told,) = complain(f"[workbook.a]\nspreadsheet = '{ID}'\n[workbook.b]\nspreadsheet = '{LINK}'\n", ACCEPTED)
    assert told.startswith(
        'sheetsync.toml:4:1: workbook.b.spreadsheet: workbook "a" names the same spreadsheet already'
    )


def test_google_holds_for_the_file_and_those_below(load: Load) -> None:
    """Shows the defaults, what a file sets, and that an included file lays its own credentials over them."""
    config = load(
        'include = ["clients/*.toml"]\n[google]\ncredentials = "key.json"\nworkers = 8\n'
        f'[workbook.own]\nspreadsheet = "{ID}"\n',
        ACCEPTED,
        **{"clients/a.toml": f'[google]\ncredentials.env = "A_KEY"\n[workbook.a]\nfolder = "{FOLDER}"\n'},
    )
    folder = config.path.parent
    assert config.workbooks["own"].google == GoogleConfig(Secret(file=folder / "key.json"), workers=8)
    assert config.workbooks["a"].google == GoogleConfig(Secret(env="A_KEY"), workers=8)
    assert config.defaults["google"] == config.workbooks["own"].google


def test_without_google_the_defaults_are_googles_own_limits(load: Load) -> None:
    """Shows the rates, workers and deadline that hold where nothing is said."""
    google = load(f'[workbook.a]\nspreadsheet = "{ID}"\n', ACCEPTED).workbooks["a"].google
    assert google == GoogleConfig(None, 55, 55, 4, 300, None)


@pytest.mark.parametrize(
    ("line", "secret"),
    [
        ("credentials = 'keys/google.json'", Secret(file=Path("keys/google.json"))),
        ("credentials.file = 'keys/google.json'", Secret(file=Path("keys/google.json"))),
        ("credentials = { env = 'GOOGLE_KEY' }", Secret(env="GOOGLE_KEY")),
        ("credentials = { command = ['pass', 'show', 'google'] }", Secret(command=("pass", "show", "google"))),
    ],
)
def test_a_secret_comes_from_elsewhere(load: Load, line: str, secret: Secret) -> None:
    """Shows the ways in which a secret can be named; a file counts from the configuration's folder."""
    config = load(f'[google]\n{line}\n[workbook.a]\nspreadsheet = "{ID}"\n', ACCEPTED)
    told = config.workbooks["a"].google.credentials
    assert told == (secret._replace(file=config.path.parent / secret.file) if secret.file else secret)


@pytest.mark.parametrize(
    "line",
    [
        f"credentials = '''{KEY}'''",
        f"credentials = {{ file = '''{KEY}''' }}",
        f"credentials = {{ command = ['echo', '''{KEY}'''] }}",
        "credentials = { type = 'service_account', private_key = 'MIIE', client_email = 'a@b' }",
        "credentials = 'eyJ0eXBlIjogInNlcnZpY2VfYWNjb3VudCJ9MIIE'",
        "credentials.env = 'ya29.MIIE'",
        'oauth_client = \'{"installed": {"client_secret": "MIIE"}}\'',
        "credentials.env = 'MIIE/+=='",
    ],
)
def test_a_secret_itself_is_refused_and_never_shown(complain: Complain, line: str) -> None:
    """Shows that a key in the file is one problem at its line, that says what to do and does not repeat the key."""
    (told,) = complain(f"[google]\n{line}\n", ACCEPTED)
    assert told.startswith("sheetsync.toml:2:")
    assert "must never stand in this file" in told or "not the secret itself" in told
    assert "MIIE" not in told


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("credentials = 5", "must be a path in quotes, or a table with env, file or command, not a whole number"),
        ("credentials = {}", "names none of these keys; give exactly one: env, file, command"),
        ("credentials = { env = 'A', file = 'b' }", "cannot stand beside env; keep exactly one of: env, file, command"),
        ("credentials = { evn = 'A' }", 'did you mean "env"?'),
        ("credentials = 'https://console.cloud.google.com'", "is a web address"),
        ("workers = 0", "0 is out of range; allowed: 1 to 32"),
        ("deadline = 0", "0 is out of range; allowed: 1 to 3600"),
        ("reads_per_minute = 0", "0 is out of range"),
    ],
)
def test_wrong_values_are_told(complain: Complain, line: str, problem: str) -> None:
    """Shows what is said of values that cannot be."""
    told = complain(f"[google]\n{line}\n[workbook.a]\nspreadsheet = '{ID}'\n", ACCEPTED)
    assert any(problem in one for one in told), told
