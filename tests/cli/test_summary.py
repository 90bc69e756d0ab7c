"""The summary that the night writes as files, with the pack of the configuration."""

from __future__ import annotations

import re
from base64 import b64encode
from pathlib import Path

import pytest

from tests.cli.conftest import Caller, configure

LOGO = b"\x89PNG\r\n\x1a\nrest"
MAIL = '[mail]\nprovider = "local"\nsender = "okr@minhlong.vn"\npack = "pack"\n'
DAY = ("--today", "2026-11-21")


@pytest.fixture
def branded(here: Path, okr: Path) -> Path:
    """Give the pack of a configuration with one workbook."""
    configure(here, f'{MAIL}[workbook.firm]\npath = "{okr.name}"\nmail.folder = "mail"\n')
    pack = here / "pack"
    (pack / "email").mkdir(parents=True)
    (pack / "brand.toml").write_text('accent = "#b91c1c"\nlogo = "logo.png"\n', encoding="utf-8")
    (pack / "logo.png").write_bytes(LOGO)
    return pack


def test_the_summary_looks_as_the_pack_says(call: Caller, here: Path, branded: Path) -> None:
    """Shows that the file has the firm's colour, and its logo inside of it."""
    assert call("sync", *DAY).code == 0
    html = (here / "mail" / "firm-2026-11-21.html").read_text(encoding="utf-8")
    assert "#b91c1c" in html
    assert b64encode(LOGO).decode() in html
    assert "cid:" not in html


def test_a_pack_that_fails_loses_no_sync(call: Caller, here: Path, branded: Path) -> None:
    """Shows that a template with an endless loop costs the summary and one line, and the workbook is synced."""
    loop = "{% for a in range(999) %}{% for b in range(999) %}{% endfor %}{% endfor %}"
    (branded / "email" / "company.txt.j2").write_text(loop, encoding="utf-8")
    done = call("--lang", "en", "sync", *DAY)
    assert done.code == 3
    (line,) = [line for line in done.err.splitlines() if "company.txt.j2" in line]
    assert line.startswith(f"firm: {branded / 'email' / 'company.txt.j2'}:1: ")
    assert not (here / "mail").exists()
    again = call("--lang", "en", "plan", "--exit-code", *DAY)
    assert again.code == 0


def test_workbooks_of_one_name_have_summaries_of_their_own(call: Caller, here: Path, okr: Path) -> None:
    """Shows that files of one name in two folders leave two summaries, each of the same name every night."""
    configure(here, '[defaults]\nmail.folder = "mail"\n[workbook.okr]\npath = "okr.xlsx"\n')
    (here / "north").mkdir()
    (here / "north" / "okr.xlsx").write_bytes(okr.read_bytes())
    for _ in range(2):
        call("sync", *DAY)
        call("sync", "north/okr.xlsx", *DAY)
    names = sorted(one.name for one in (here / "mail").glob("*.html"))
    assert len(names) == 2
    names.remove("okr-2026-11-21.html")
    assert re.fullmatch(r"okr-[0-9a-f]{6}-2026-11-21\.html", names[0])
