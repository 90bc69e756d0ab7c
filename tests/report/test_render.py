"""How the summary looks: golden files, limits of size, and texts from the sheet that try to break out."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from html import escape
from pathlib import Path
from shutil import which

import html5lib
import pytest

from sheetsync.model import Level
from sheetsync.packaged import templates_dir
from sheetsync.report.digest import Place, company_digest
from sheetsync.report.render import Rendered, cut, render
from sheetsync.results import Status
from sheetsync.workbook import CellRef
from tests.factories import key_result, objective
from tests.report.minh_long import PHRASES, minh_long
from tests.report.test_digest import source

LARGEST = 80_000
"""Bytes of a mail; clients clip at about 102,000."""


def rendered(language: str) -> Rendered:
    """Render the firm's summary."""
    return render(minh_long(language), PHRASES[language], templates_dir())


def crowded(text: str, count: int = 200) -> Rendered:
    """Render a summary in which every text of the sheet is the one given, many times."""
    objectives = [objective(f"O-{number}", title=text, owner=text, level=Level.COMPANY) for number in range(count)]
    results = [
        key_result(f"KR-{number}", title=text, owner=text, team=text, blocker=text, ask=text) for number in range(count)
    ]
    statuses = {item.key: Status.ACHIEVED for item in objectives} | {item.key: Status.OFF_TRACK for item in results}
    digest = company_digest(source(*objectives, *results, statuses=statuses, company=text))
    return render(digest, PHRASES["vi"], templates_dir())


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_mail_looks_as_it_did(language: str, golden: Callable[[str, str], None]) -> None:
    """Show subject, HTML and text as people get them."""
    mail = rendered(language)
    golden(f"company-{language}.html", mail.html)
    golden(f"company-{language}.txt", f"{mail.subject}\n\n{mail.text}")


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_html_parses_and_says_its_language(language: str) -> None:
    """Show that an HTML 5 parser finds nothing wrong."""
    mail = rendered(language)
    parser = html5lib.HTMLParser()
    parser.parse(mail.html)
    assert parser.errors == []
    assert f'<html lang="{language}"' in mail.html


def test_the_mail_stays_small_however_large_the_workbook() -> None:
    """Show that 200 objectives and 200 red key results with long texts stay below the size that clients clip."""
    assert len(crowded("Tăng trưởng bền vững " * 12).html.encode()) < LARGEST


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "{{ 7 * 7 }} {% raw %}", "x" * 120, "\u202eمرحبا \u2066abc", "Lan & Sons <b>"]
)
def test_texts_of_the_sheet_stay_texts(text: str) -> None:
    """Show that markup, template code and odd writing directions from a cell are shown, never acted on."""
    mail = crowded(text, count=2)
    assert "<script>" not in mail.html
    assert "49" not in mail.subject
    assert "Sons <b>" not in mail.html


def test_missing_owner_and_values_leave_no_holes() -> None:
    """Show that nothing is printed for what is not there."""
    digest = company_digest(source(key_result(blocker="x"), statuses={"KR-1": Status.OFF_TRACK}))
    mail = render(digest, PHRASES["en"], templates_dir())
    assert "None" not in mail.html
    assert "None" not in mail.text


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_cell_of_a_spreadsheet_is_a_link(language: str) -> None:
    """Show that decisions, weak KPIs and bad data link to their cells, and the button to the spreadsheet."""
    base = "https://docs.google.com/spreadsheets/d/1aB2/edit"

    def link(ref: CellRef) -> str:
        return f"{base}?q=a&b#gid={len(ref.sheet)}&range={ref.a1}"

    digest = minh_long(language, place=Place("OKR Minh Long", base, base, link))
    mail = render(digest, PHRASES[language], templates_dir())
    named = [*digest.data["decisions"], *digest.data["kpis"]["low"], *digest.data["problems"]]
    assert len(named) > 2
    for one in named:
        assert f'href="{escape(one["cell"]["url"])}"' in mail.html
        assert f" {one['cell']['url']}" in mail.text
    assert mail.html.count("<a ") == len(named) + 1
    assert f'href="{base}"' in mail.html
    assert base in mail.text


def test_nothing_breaks_out_of_a_link() -> None:
    """Show that quotes and markup in an address stay inside of it, and that text is escaped in it too."""
    place = Place("b", "b", link=lambda ref: f'https://x/"><script>alert({ref.row})</script>')
    mail = render(minh_long("en", place=place), PHRASES["en"], templates_dir())
    tree = html5lib.parse(mail.html, namespaceHTMLElements=False)
    assert [one.tag for one in tree.iter() if one.tag == "script"] == []
    assert {one.get("href")[:19] for one in tree.iter("a")} == {'https://x/"><script'}


def test_an_empty_workbook_renders() -> None:
    """Show that a summary of nothing says so."""
    mail = render(company_digest(source(statuses={})), PHRASES["en"], templates_dir())
    assert "No objective could be scored yet." in mail.text


def test_nothing_is_fetched_from_outside() -> None:
    """Show that the mail needs no picture, script or style sheet from anywhere."""
    mail = rendered("en").html
    assert "src=" not in mail
    assert "<link" not in mail
    assert "@import" not in mail


def test_a_long_cell_is_cut_at_a_word() -> None:
    """Show that one cell cannot fill the screen."""
    assert cut("một hai ba bốn năm", 12) == "một hai ba…"
    assert cut("ngắn", 12) == "ngắn"


@pytest.mark.chromium
@pytest.mark.parametrize("width", [345, 620])
def test_nothing_overflows_on_a_phone(width: int, tmp_path: Path) -> None:
    """Show in a browser that the mail needs no sideways scrolling at the width of a phone."""
    mail = escape(crowded("Doanh thu kênh online đạt 12 tỷ ₫ " * 3).html)
    frame = f'<iframe id="f" srcdoc="{mail}" style="width:{width}px;height:3000px;border:0"></iframe><p id="w"></p>'
    script = (
        "onload=()=>{const d=document.getElementById('f').contentDocument.documentElement;"
        "document.getElementById('w').textContent='scroll='+d.scrollWidth}"
    )
    page = tmp_path / "page.html"
    page.write_text(f"<!doctype html>{frame}<script>{script}</script>", encoding="utf-8")
    browser = which("chromium") or which("chromium-browser") or which("google-chrome")
    assert browser is not None
    shown = subprocess.run(
        [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--virtual-time-budget=4000",
            f"--user-data-dir={tmp_path / 'profile'}",
            "--dump-dom",
            page.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert f"scroll={width}" in shown.stdout
