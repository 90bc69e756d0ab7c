"""How the summary looks: golden files, limits of size, and texts from the sheet that try to break out."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from html import escape
from pathlib import Path
from shutil import which
from typing import Any

import html5lib
import pytest

from sheetsync.model import Level
from sheetsync.packaged import templates_dir
from sheetsync.report.digest import Place, company_digest
from sheetsync.report.render import LARGEST, Rendered, cut, render, render_parts
from sheetsync.results import Digest, Status
from sheetsync.workbook import CellRef
from tests.factories import key_result, kpi, objective
from tests.report.digest.test_company import source
from tests.report.mails import KINDS, all_digests, asked, digest, item, recipient
from tests.report.minh_long import PHRASES, minh_long

TEXTS = (
    "company",
    "name",
    "place",
    "title",
    "owner",
    "given",
    "team",
    "blocker",
    "ask",
    "message",
    "raw",
    "last",
    "label",
)
"""Fields of a digest that somebody wrote."""

QUESTIONS = {
    "not_readable": ("raw", "concept"),
    "blocked": (),
    "stale": ("since", "days"),
    "falling": ("change",),
    "flat_weeks": ("weeks", "since"),
    "target_far": (),
}
"""The params of each question."""


def rendered(language: str) -> Rendered:
    """Render the firm's summary."""
    return render(minh_long(language), PHRASES[language], templates_dir())


def mail(kind: str, language: str = "en", **changed: Any) -> Rendered:
    """Render a mail of a kind."""
    return render(digest(kind, language, **changed), PHRASES[language], templates_dir())


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
@pytest.mark.parametrize("kind", KINDS)
def test_the_mail_looks_as_it_did(kind: str, language: str, golden: Callable[[str, str], None]) -> None:
    """Show subject, HTML and text as people get them."""
    shown = mail(kind, language)
    golden(f"{kind}-{language}.html", shown.html)
    golden(f"{kind}-{language}.txt", f"{shown.subject}\n\n{shown.text}")


def test_a_month_without_any_figure_says_so() -> None:
    """Show that the mail of a month of which nothing is known names no KPI that reached its plan."""
    shown = mail("kpi", "vi", verdict={"kpis": 7, "reached": 0, "missing": 7})
    assert shown.subject == "KPI tháng 10/2026: cả 7 KPI chưa có số thực hiện"


def test_the_score_of_another_month_is_not_told_as_that_of_the_month() -> None:
    """Show that a score stands beside the month alone where it is of nothing else, and beside its own period else."""
    (row,) = [one for one in digest("kpi", "en").data["rows"] if one["month"] and one["month"]["actual"]]
    one = {**row, "span": {"first": "T9", "last": "T9", "count": 1}}
    other = mail("kpi", rows=[one]).text
    assert "plan ₫250M\n   T9: actual ₫2.6B" in other
    own = mail("kpi", rows=[{**one, "month": {**row["month"], "whole": True}}]).text
    assert "plan ₫250M, score 58%\n" in own
    assert "T9" not in own


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("kind", [*KINDS, "merged"])
def test_the_html_parses_and_says_its_language(kind: str, language: str) -> None:
    """Show that an HTML 5 parser finds nothing wrong, and that there is one main heading."""
    parts = all_digests(language) if kind == "merged" else [digest(kind, language)]
    html = render_parts(parts, PHRASES[language], templates_dir()).html
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(html)
    assert parser.errors == []
    assert f'<html lang="{language}"' in html
    (title,) = [one.text for one in tree.iter() if one.tag == "title"]
    assert title == render(digest(parts[0].kind, language), PHRASES[language], templates_dir()).subject
    assert len([one for one in tree.iter() if one.tag == "h1"]) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_tables_are_named_for_what_they_are(kind: str) -> None:
    """Show that a table of data has headers with a scope, every other one the role of none, and bars are hidden."""
    tree = html5lib.parse(mail(kind).html, namespaceHTMLElements=False)
    for table in (one for one in tree.iter() if one.tag == "table"):
        heads = [one for one in table.iter() if one.tag == "th"]
        own = table.find("./tbody/tr/th") is not None
        assert own != (table.get("role") == "presentation")
        assert all(one.get("scope") == "col" for one in heads)
    assert all(one.get("aria-hidden") == "true" for one in tree.iter("table") if "table-layout" in one.get("style", ""))


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
    assert not set("\u202e\u2066") & {*mail.html, *mail.text, *mail.subject}


def test_what_is_taken_out_of_the_html_stays_where_a_cell_says_it() -> None:
    """Show that words which look like what no client needs are shown as somebody typed them."""
    html = crowded('<td data-css-inline="ignore"></tbody>&nbsp;', count=2).html
    assert '&lt;td data-css-inline="ignore"&gt;&lt;/tbody&gt;&amp;nbsp;' in html
    assert "<tbody" not in html
    assert "<td data-css-inline" not in html


@pytest.mark.parametrize("kind", KINDS)
def test_odd_texts_in_every_field_stay_texts(kind: str) -> None:
    """Show that no field of any kind lets markup or template code through, and that none fills the mail."""
    odd = "<script>alert(1)</script>{{ 7 * 191 }}\u202e" + "dài " * 2_500

    def spoilt(value: Any, field: str = "") -> Any:
        if isinstance(value, dict):
            return {name: spoilt(one, name) for name, one in value.items()}
        if isinstance(value, list):
            return [spoilt(one, field) for one in value]
        return odd if isinstance(value, str) and field in TEXTS else value

    shown = render(Digest(kind, spoilt(digest(kind, "en").data)), PHRASES["en"], templates_dir())
    for form in (shown.subject, shown.html, shown.text):
        assert "1337" not in form
        assert "\u202e" not in form
    assert "<script" not in shown.html
    assert len(shown.html.encode()) < LARGEST
    assert "None" not in shown.text


def test_missing_owner_and_values_leave_no_holes() -> None:
    """Show that nothing is printed for what is not there."""
    digest = company_digest(source(key_result(blocker="x"), statuses={"KR-1": Status.OFF_TRACK}))
    mail = render(digest, PHRASES["en"], templates_dir())
    assert "None" not in mail.html
    assert "None" not in mail.text


@pytest.mark.parametrize("kind", KINDS)
def test_a_mail_about_nothing_says_so(kind: str) -> None:
    """Show that a digest without a single row renders, with no empty heading and no hole."""
    data = digest(kind, "en").data
    empty: dict[str, Any] = {name: [] for name, value in data.items() if isinstance(value, list)}
    numbers: dict[str, Any] = {name: dict.fromkeys(data[name], 0) for name in ("verdict",) if name in data}
    blank = {
        "recipient": None,
        "cycle": None,
        "kpis": None,
        "deadline": None,
        "same_value_column": None,
        "read_at": None,
    }
    nothing: dict[str, Any] = {name: value for name, value in blank.items() if name in data}
    shown = mail(kind, **empty, **numbers, **nothing)
    assert "None" not in shown.html
    assert "None" not in shown.text
    assert shown.subject


def test_the_reader_is_spoken_to_by_name_and_honorific() -> None:
    """Show that the honorific of the People sheet stands wherever the mail speaks to the reader, and nowhere else."""
    ask = "anh/chị em trong đội cần máy quét."
    known = mail("company", "vi", recipient=recipient("company", "Chị"), decisions=[item(ask=ask)])
    assert "việc cần chị quyết" in known.html
    assert "Chị nhận thư này" in known.text
    assert ask in known.text
    assert known.text.count("anh/chị") == 1
    assert "việc cần anh/chị quyết" in mail("company", "vi", recipient=recipient("company", None)).html
    assert "Chào chị Bảo," in mail("owner", "vi", recipient=recipient("owner", "chị")).text
    assert "Chào anh/chị Bảo," in mail("owner", "vi", recipient=recipient("owner", "<b>")).text
    assert "Hi Bảo," in mail("owner", "en").text


@pytest.mark.parametrize("code", ["not_readable", "blocked", "stale", "falling", "flat_weeks", "target_far"])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_question_has_its_words(code: str, language: str) -> None:
    """Show that each question of a digest is put into words."""
    every = {"raw": "abc", "concept": "current", "since": None, "days": 9, "change": -0.04, "weeks": 3}
    params = {name: value for name, value in every.items() if name in QUESTIONS[code]}
    one = item("Revenue", question=asked(code, gap=0.3, final=None, **params))
    plain = mail("team", language, agenda=[item("Revenue")]).text
    shown = mail("team", language, agenda=[one]).text
    assert [line for line in shown.splitlines() if line not in plain.splitlines() and line.rstrip().endswith("?")]


def test_amounts_stay_on_one_line() -> None:
    """Show that a no-break space stands between a number and its unit, in text and HTML."""
    shown = mail("owner", "vi")
    assert "3,7\u00a0tỷ\u00a0₫ (13/11)" in shown.text
    assert "6,5\u00a0tỷ\u00a0₫" in shown.html


def test_every_bar_has_its_numbers_as_text() -> None:
    """Show that progress and pace of each row can be read without the bar."""
    html = mail("team").html
    for told in ("31%", "40%", "80%", "100%", "/ 54%"):
        assert f">{told}<" in html


def test_a_digest_of_an_older_version_renders() -> None:
    """Show that fields which came later have a value where a part that waited lacks them."""
    data = digest("company", "en").data
    old = {
        name: value for name, value in data.items() if name not in ("recipient", "links", "read_at", "zone", "drift")
    }
    shown = render(Digest("company", old), PHRASES["en"], templates_dir())
    assert "As it stood on 22 Nov 2026 in OKR Minh Long 2026." in shown.text


def test_what_is_no_plain_data_never_reaches_a_template() -> None:
    """Show that an object with methods is refused by its field."""
    with pytest.raises(TypeError, match="company: PosixPath is no plain data"):
        mail("company", company=templates_dir())


def test_only_links_that_a_mail_may_open_are_links() -> None:
    """Show that the address of code or of a plain page is left out of a mail."""
    shown = mail("company", links={"report": "javascript:alert(1)", "stop": "http://a.vn"})
    assert "javascript" not in shown.html
    assert "http://a.vn" not in shown.html


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
    assert mail.subject == "OKR week 8: no objective scored yet"


def test_a_team_with_kpis_alone_hears_of_their_cells() -> None:
    """Show that the agenda of a team without key results counts the cells to fill, and tells of no unscored ones."""
    verdict = {**digest("team", "en").data["verdict"], "key_results": 0, "to_discuss": 0}
    told = mail("team", key_results=(), agenda=(), verdict=verdict)
    cells = sum(len(one["cells"]) for one in digest("team", "en").data["remind"])
    assert told.subject.endswith(f": {cells} cell{'s' if cells > 1 else ''} to fill in")
    assert "could be scored" not in told.text + told.html
    nothing = mail("team", key_results=(), agenda=(), verdict=verdict, remind=())
    assert "no key result could be scored yet" in nothing.subject


def test_a_workbook_of_kpis_alone_is_told_by_these() -> None:
    """Show that its summary never speaks of objectives and their progress, in the mail and in a chat."""
    kpis = [kpi("K-1", owner="Lan"), kpi("K-2", row=6), kpi("K-3", row=7)]
    done = {"K-1": Status.ACHIEVED, "K-2": Status.OFF_TRACK, "K-3": Status.ACHIEVED}
    mail = render(company_digest(source(*kpis, statuses=done)), PHRASES["en"], templates_dir())
    assert mail.subject == "2 of 3 KPIs reached their targets"
    for text in (mail.html, mail.text):
        assert "2 of 3 KPIs reached their targets." in text
        assert "bjective" not in text
        assert "Overall progress" not in text
    assert "Overall progress" not in mail.chat
    assert "Not scored" not in mail.chat


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


@pytest.mark.parametrize("text", ["see src=x or href='y'", 'background = "http://x/y.png"', "<img src=x onerror=y>"])
def test_words_in_a_cell_are_no_link(text: str) -> None:
    """Shows that a cell which holds the words of a tag is shown in the mail, and does not stop it."""
    assert crowded(text, count=2).html
