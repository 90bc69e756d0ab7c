"""What a right configuration becomes."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetsync.config.find import find_config
from sheetsync.config.keys import Accepted
from sheetsync.config.load import load_config
from sheetsync.config.shape import WorkbookConfig
from sheetsync.language import Phrases
from sheetsync.results import Severity
from tests.config.conftest import Load

MINIMAL = '[workbook.acme]\npath = "acme.xlsx"\n'


def test_path_is_enough(load: Load, tmp_path: Path) -> None:
    """A workbook needs nothing but its path, which counts from the folder of the file."""
    config = load(MINIMAL)
    assert config.workbooks == {"acme": WorkbookConfig(name="acme", path=tmp_path / "acme.xlsx")}
    assert config.sources == (tmp_path / "sheetsync.toml",)


def test_workbook_wins_over_defaults(load: Load) -> None:
    """A workbook takes every default that it does not set itself; columns and rules are laid over one by one."""
    config = load(
        """
        [defaults]
        language = "vi"
        fiscal_start = 4
        columns.okr = ["progress"]
        columns.kpi = ["grade"]
        rules.RO203 = "off"
        rules.WS101 = "hint"

        [workbook.acme]
        path = "acme.xlsx"
        language = "en"
        columns.okr = ["status", "why"]
        rules.WS101 = "error"
        """
    )
    acme = config.workbooks["acme"]
    assert (acme.language, acme.fiscal_start) == ("en", 4)
    assert acme.columns == {"okr": ("status", "why"), "kpi": ("grade",)}
    assert acme.rules == {"RO203": None, "WS101": Severity.ERROR}
    assert config.defaults["language"] == "vi"
    assert config.defaults["rules"] == {"RO203": None, "WS101": Severity.HINT}


def test_every_key_arrives(load: Load, tmp_path: Path) -> None:
    """Each key of a workbook arrives in its field."""
    config = load(
        """
        [workbook."Minh Long – Quý 4"]
        path = "sổ/Mục tiêu.xlsx"
        cycle = "Q4/2025"
        company = "Minh Long"
        enabled = false
        language = "vi"
        timezone = "Asia/Ho_Chi_Minh"
        fiscal_start = 7
        profile = "google"
        kpi_profile = "vn-kpi@1"
        on_conflict = "keep"
        fail_on = "never"
        recalc = "libreoffice"
        mail = { folder = "thư" }
        """
    )
    name = "Minh Long – Quý 4"
    assert config.workbooks[name] == WorkbookConfig(
        name=name,
        path=tmp_path / "sổ" / "Mục tiêu.xlsx",
        cycle="Q4/2025",
        company="Minh Long",
        enabled=False,
        language="vi",
        timezone="Asia/Ho_Chi_Minh",
        fiscal_start=7,
        profile="google",
        kpi_profile="vn-kpi@1",
        on_conflict="keep",
        fail_on="never",
        recalc="libreoffice",
        mail_folder=tmp_path / "thư",
    )
    assert config.enabled == ()


def test_include_brings_workbooks_with_their_own_defaults(load: Load, tmp_path: Path) -> None:
    """An included file's defaults hold for its own workbooks only, over the including file's; its paths are its own."""
    config = load(
        'include = ["clients/*.toml"]\n[defaults]\nlanguage = "vi"\nfail_on = "hint"\n' + MINIMAL,
        **{"clients/b.toml": '[defaults]\nlanguage = "en"\nmail.folder = "out"\n[workbook.bravo]\npath = "b.xlsx"\n'},
    )
    bravo, acme = config.workbooks["bravo"], config.workbooks["acme"]
    assert (bravo.language, bravo.fail_on) == ("en", "hint")
    assert bravo.path == tmp_path / "clients" / "b.xlsx"
    assert bravo.mail_folder == tmp_path / "clients" / "out"
    assert (acme.language, acme.mail_folder) == ("vi", None)
    assert config.sources == (tmp_path / "sheetsync.toml", tmp_path / "clients" / "b.toml")


def test_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path, english: Phrases) -> None:
    """A file that Windows' Notepad saved is read like any other."""
    path = tmp_path / "sheetsync.toml"
    path.write_bytes(b"\xef\xbb\xbf" + MINIMAL.replace("\n", "\r\n").encode())
    assert list(load_config(path, english).workbooks) == ["acme"]


def test_home_is_understood_in_a_path(load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path that begins with ~ counts from the home folder, and a user that does not exist is a plain name."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    config = load('[workbook.a]\npath = "~/a.xlsx"\n[workbook.b]\npath = "~nobody-at-all/b.xlsx"\n')
    assert config.workbooks["a"].path == tmp_path / "home" / "a.xlsx"
    assert str(config.workbooks["b"].path).endswith("b.xlsx")


def test_values_that_the_caller_knows_are_accepted(load: Load) -> None:
    """Profiles, rules and cycles that the caller knows pass."""
    accepted = Accepted(profiles=("default@1",), rules=("RO203",), cycle=lambda text: text == "Q4/2025")
    config = load(MINIMAL + 'profile = "default@1"\ncycle = "Q4/2025"\nrules.RO203 = "hint"\n', accepted)
    assert config.workbooks["acme"].rules == {"RO203": Severity.HINT}


def test_find_takes_the_flag_then_the_environment_then_the_folder(tmp_path: Path) -> None:
    """A named path wins even where nothing is there; without one the usual name in the folder counts, if it exists."""
    here = tmp_path / "sheetsync.toml"
    named = {"SHEETSYNC_CONFIG": "other.toml"}
    assert find_config(None, {}, tmp_path) is None
    here.write_text(MINIMAL)
    assert find_config(None, {}, tmp_path) == here
    assert find_config(None, {"SHEETSYNC_CONFIG": ""}, tmp_path) == here
    assert find_config(None, named, tmp_path) == Path("other.toml")
    assert find_config(Path("flag.toml"), named, tmp_path) == Path("flag.toml")


@pytest.mark.parametrize(
    ("defaults", "own", "remembered", "place"),
    [
        ("", "", True, None),
        ("history = false", "", False, None),
        ('history = "h.sqlite3"', "history = false", False, None),
        ("history = false", "history = true", True, None),
        ("history = false", 'history = "h.sqlite3"', True, "h.sqlite3"),
    ],
)
def test_history_may_be_switched_off(
    load: Load, tmp_path: Path, defaults: str, own: str, remembered: bool, place: str | None
) -> None:
    """Shows what false, true and a path of the workbook's own make of what the defaults say."""
    told = load(f'[defaults]\n{defaults}\n[workbook.acme]\npath = "acme.xlsx"\n{own}\n').workbooks["acme"]
    assert (told.remembered, told.history) == (remembered, tmp_path / place if place else None)
