"""What is wrong in a configuration is told all at once, with place, key, and what is allowed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo, reset_tzpath

import pytest

from sheetsync.config.keys import Accepted
from sheetsync.config.load import load_config
from sheetsync.config.problem import nearest, shown
from sheetsync.errors import ConfigError
from sheetsync.language import Phrases
from tests.config.conftest import Complain, Load

HEAD = '[workbook.acme]\npath = "acme.xlsx"\n'


def test_all_problems_come_at_once_in_the_order_of_the_file(complain: Complain) -> None:
    """Every problem of a file is told, sorted by its line, with the form that editors can jump to."""
    assert complain(
        """[defaults]
fiscal_start = 13
langage = "vi"

[workbook.acme]
timeuot = 3
enabled = "yes"
columns.okr = ["progress", "scroe"]
"""
    ) == (
        "sheetsync.toml:2:1: defaults.fiscal_start: 13 is out of range; allowed: 1 to 12",
        'sheetsync.toml:3:1: defaults.langage: unknown key; did you mean "language"?',
        "sheetsync.toml:5:11: workbook.acme: names none of these keys; give exactly one: path, spreadsheet, folder",
        'sheetsync.toml:6:1: workbook.acme.timeuot: unknown key; did you mean "timezone"?',
        "sheetsync.toml:7:1: workbook.acme.enabled: must be true or false, not a text in quotes",
        'sheetsync.toml:8:28: workbook.acme.columns.okr[2]: "scroe" is not allowed; did you mean "score"? Allowed: '
        "progress, expected, score, status, change, forecast, why, synced",
    )


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('language = "fr"', 'language: "fr" is not allowed; allowed: vi, en'),
        ('language = "VI"', 'language: "VI" is not allowed; did you mean "vi"? Allowed: vi, en'),
        ('language = ""', "language: must not be empty; give it a value or leave the line out"),
        ("language = 5", "language: must be a text in quotes, not a whole number"),
        ("company = 2025-01-01", "company: must be a text in quotes, not a date or time"),
        ("fiscal_start = 1.0", "fiscal_start: must be a whole number, not a number with a point"),
        ("fiscal_start = true", "fiscal_start: must be a whole number, not true or false"),
        ("fiscal_start = 0", "fiscal_start: 0 is out of range; allowed: 1 to 12"),
        ("fiscal_start = 12345678901234567890123", "12345678901234567890123 is out of range; allowed: 1 to 12"),
        ("enabled = 1", "enabled: must be true or false, not a whole number"),
        ("rules = []", "rules: must be a table, not a list in square brackets"),
        ('columns = "progress"', "columns: must be a table, not a text in quotes"),
        ('columns.okr = "progress"', "columns.okr: must be a list in square brackets, not a text in quotes"),
        ("columns.okr = [1]", "columns.okr[1]: must be a text in quotes, not a whole number"),
        ('columns.okr = ["why", "why"]', 'columns.okr[2]: "why" is listed twice; leave one out'),
        ('columns.kpi = ["forecast"]', 'columns.kpi[1]: "forecast" is not allowed; allowed: achievement, weighted_sco'),
        ('columns.tasks = ["why"]', "columns.tasks: unknown key; allowed here: okr, kpi"),
        (
            'on_conflict = "kept"',
            'on_conflict: "kept" is not allowed; did you mean "keep"? Allowed: restore, keep, ask',
        ),
        ('fail_on = "off"', 'fail_on: "off" is not allowed; allowed: error, warning, hint, never'),
        ('rules.RO203 = "never"', 'rules.RO203: "never" is not allowed; allowed: error, warning, hint, off'),
        ('rules.ro203 = "off"', 'rules.ro203: "ro203" is no known rule; a code has two letters and three digits'),
        ('timezone = "Asia/Ho_Chi_Min"', '"Asia/Ho_Chi_Min" is no known time zone; did you mean "Asia/Ho_Chi_Minh"?'),
        ('timezone = "../../etc/passwd"', '"../../etc/passwd" is no known time zone'),
        ('timezone = "Asia"', 'timezone: "Asia" is no known time zone'),
        ("mail.server = 1", "mail.server: unknown key; allowed here: folder"),
        ('mail.folder = " "', 'mail.folder: " " is blank or holds characters that cannot be seen'),
        ('company = "a\\u0000b"', 'company: "a\\u0000b" is blank or holds characters that cannot be seen'),
        (
            'password = "x"',
            "password: unknown key; allowed here: path, url, spreadsheet, folder, worksheets, cycle,",
        ),
    ],
)
def test_wrong_value_names_what_is_allowed(complain: Complain, line: str, problem: str) -> None:
    """One wrong line gives one problem, at that line, with what may stand there."""
    (told,) = complain(f"{HEAD}{line}\n")
    assert told.startswith("sheetsync.toml:3:"), told
    assert problem in told


@pytest.fixture
def no_zones() -> Iterator[None]:
    """Take away the system's time zones: Windows has none, and a new Debian or Ubuntu lacks names of old."""
    reset_tzpath(to=())
    ZoneInfo.clear_cache()
    yield
    reset_tzpath()
    ZoneInfo.clear_cache()


@pytest.mark.usefixtures("no_zones")
@pytest.mark.parametrize("zone", ["Asia/Ho_Chi_Minh", "Asia/Saigon"])
def test_time_zones_are_known_on_every_system(load: Load, zone: str) -> None:
    """Shows that a zone is known where the system has none itself, also by the name that other programs give it."""
    assert load(f'{HEAD}timezone = "{zone}"\n').workbooks["acme"].timezone == zone


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        (
            '"https://docs.google.com/spreadsheets/d/1"',
            "is a web address; a Google spreadsheet is named by spreadsheet",
        ),
        ('""', "must not be empty"),
        ('"a\\nb.xlsx"', "holds characters that cannot be seen"),
    ],
)
def test_path_must_be_a_file(complain: Complain, path: str, problem: str) -> None:
    """A path that cannot be a file is refused with the reason."""
    (told,) = complain(f"[workbook.acme]\npath = {path}\n")
    assert told.startswith("sheetsync.toml:2:1: workbook.acme.path: ")
    assert problem in told


def test_caller_judges_profiles_rules_and_cycles(complain: Complain) -> None:
    """Where the caller knows profiles, rules and cycles, unknown ones are told with the nearest known."""
    accepted = Accepted(profiles=("default@1", "google"), rules=("RO203", "WS101"), cycle=lambda _: False)
    told = complain(f'{HEAD}profile = "gogle"\nrules.RO302 = "off"\nrules.XX999 = "off"\ncycle = "autumn"\n', accepted)
    assert [line.split(": ", 2)[2] for line in told] == [
        '"gogle" is not allowed; did you mean "google"? Allowed: default@1, google',
        '"RO302" is no known rule; did you mean "RO203"?',
        '"XX999" is no known rule; a code has two letters and three digits, such as RO203',
        '"autumn" cannot be read as a cycle; write it as Q4/2025, H1 2026, FY26 or T10/2025',
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[workbok.acme]\n", '1:2: workbok: unknown key; did you mean "workbook"?'),
        ("[workbook]\npath = 'a.xlsx'\n", "2:1: workbook.path: must be a table, not a text in quotes"),
        ("[[workbook]]\npath = 'a.xlsx'\n", "1:3: workbook: must be a table, not a list in square brackets"),
        ("", "1:1: names no workbook; add a table [workbook.NAME] with its path"),
        ("[defaults]\nlanguage = 'vi'\n", "1:1: names no workbook"),
        ("include = 'clients/*.toml'\n", "1:1: include: must be a list in square brackets, not a text in quotes"),
        ('workbook = { "" = { path = "a.xlsx" } }', '1:14: workbook."": "" is blank or holds'),
        ("workbook.'a b' = { paht = 'a.xlsx' }", '1:20: workbook."a b".paht: unknown key; did you mean "path"?'),
    ],
)
def test_wrong_shape_is_told(complain: Complain, text: str, place: str) -> None:
    """Tables that are missing, misspelt or of another type are told at their place."""
    assert any(told.startswith(f"sheetsync.toml:{place}") for told in complain(text)), complain(text)


def test_two_names_for_one_file_are_refused(complain: Complain) -> None:
    """A workbook that stands twice would be synced twice."""
    (told,) = complain(HEAD + '[workbook.other]\npath = "./acme.xlsx"\n')
    assert told == (
        'sheetsync.toml:4:1: workbook.other.path: workbook "acme" names the same file already; leave one of them out'
    )


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (
            b"[workbook.acme]\npath = \n",
            "2:8: is not valid TOML here (Invalid value); compare with config.example.toml",
        ),
        (b"a = 1\na = 2", "2:6: is not valid TOML here (Cannot overwrite a value)"),
        (b"# Quy\xea\n", "1:1: is not text in UTF-8"),
        (b"# a\n# b\xff\n", "2:1: is not text in UTF-8"),
        ("[defaults]".encode("utf-16"), "1:1: is not text in UTF-8"),
        (b"a = " + b"[" * 20_000, "1:1: is nested too deeply to be a configuration"),
    ],
)
def test_file_that_is_no_toml_is_told(tmp_path: Path, english: Phrases, content: bytes, problem: str) -> None:
    """A file that cannot be parsed gives one problem with its place, never a traceback."""
    path = tmp_path / "sheetsync.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        load_config(path, english)
    (told,) = caught.value.problems
    assert told.startswith(f"{path}:{problem}")


def test_missing_file_and_folder_are_told(tmp_path: Path, english: Phrases) -> None:
    """A file that is not there, or is a folder, says what to do."""
    for path, problem in ((tmp_path / "no.toml", "there is no such file"), (tmp_path, "cannot be read (")):
        with pytest.raises(ConfigError) as caught:
            load_config(path, english)
        (told,) = caught.value.problems
        assert told.startswith(f"{path}:1:1: {problem}")


def test_problems_are_told_in_vietnamese(tmp_path: Path, vietnamese: Phrases) -> None:
    """The same problems come in the language of the phrases."""
    path = tmp_path / "sheetsync.toml"
    path.write_text("[defaults]\nfiscal_start = 13\nlangage = 'vi'\nenabled = 1\nrecalc = true\n")
    with pytest.raises(ConfigError) as caught:
        load_config(path, vietnamese)
    words = "\n".join(caught.value.problems)
    assert "defaults.fiscal_start: 13 nằm ngoài khoảng cho phép; hãy ghi từ 1 đến 12" in words
    assert 'defaults.langage: không có khóa này; có phải ý anh/chị là "language"?' in words
    assert "defaults.recalc: phải là chuỗi trong dấu nháy, không phải true hoặc false" in words


def test_long_and_unseen_texts_are_shown_on_one_short_line() -> None:
    """A value from the file never breaks the line of its message."""
    assert shown("a\nb\x1b[31m") == '"a\\u000ab\\u001b[31m"'
    assert shown("x" * 500) == '"' + "x" * 60 + '…"'
    assert shown(False) == "false"


def test_nearest_ignores_case_and_gives_up_on_strangers() -> None:
    """A suggestion is made only where a known word is close."""
    assert nearest("LANGAUGE", ("language", "path")) == "language"
    assert nearest("zzz", ("language", "path")) is None


@pytest.mark.parametrize(("table", "key"), [("defaults", 'holidays = ["vn"]'), ("workbook.acme", "week = 6")])
def test_holidays_are_told_where_they_belong(complain: Complain, table: str, key: str) -> None:
    """Shows that a list of holidays outside a profile is answered with the place that it has, at its own line."""
    told = complain(f'[workbook.acme]\npath = "acme.xlsx"\n[{table}]\n{key}\n' if table == "defaults" else HEAD + key)
    (only,) = told
    assert f"{table}.{key.split()[0]}: belongs to a scoring profile" in only
    assert "[profile.NAME.pace]" in only


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("http://acme.sharepoint.com/okr.xlsx", "no address that a browser opens over https"),
        ("javascript:alert(1)", "no address that a browser opens over https"),
        ("https://acme.sharepoint.com/{row}", "may hold nothing in braces but {sheet}, {cell}"),
        ("https://acme.sharepoint.com/{cell", "may hold nothing in braces but {sheet}, {cell}"),
    ],
)
def test_the_address_of_a_file_leads_to_cells(complain: Complain, url: str, problem: str) -> None:
    """Shows that links of mails are https alone, and that only worksheet and cell are put into them."""
    (told,) = complain(f'{HEAD}url = "{url}"\n')
    assert told.startswith("sheetsync.toml:3:1: workbook.acme.url: ")
    assert problem in told


def test_only_a_file_has_an_address_of_its_own(complain: Complain) -> None:
    """Shows that a Google spreadsheet, which has its links already, takes none."""
    (told,) = complain('[workbook.acme]\nspreadsheet = "ID"\nurl = "https://acme.vn/{cell}"\n')
    assert "workbook.acme.url: only makes sense beside path" in told
