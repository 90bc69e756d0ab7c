"""The page as a file: one piece, safe, accessible in its structure, and the same in both languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import html5lib
import pytest

from sheetsync.packaged import templates_dir
from sheetsync.report.brand import ACCENT, SEEN, Brand, contrast
from sheetsync.report.digest import Place
from sheetsync.report.digest.page import page_digest
from sheetsync.report.digest.page_past import source_on
from sheetsync.report.page import curve, listed, not_listed, render_index, render_page
from sheetsync.results import Finding, Severity
from sheetsync.workbook import CellRef
from tests.factories import key_result, kpi, objective
from tests.report.digest.book import MARK, source, weekly
from tests.report.pages import PHRASES, firm, html_of, page

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}</style></title>\u202e'


def elements(html: str) -> Iterator[Any]:
    """Give every element in the order of the file; a text that is no HTML5 fails."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(html)
    assert [error for _, error, _ in parser.errors] == []
    return (one for one in tree.iter() if isinstance(one.tag, str))


def text_of(element: Any) -> str:
    """Give all text below an element, on one line."""
    return " ".join(" ".join(element.itertext()).split())


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_page_of_the_firm_is_as_it_was_looked_at(language: str, golden: Callable[[str, str], None]) -> None:
    """Shows that nothing of the page changes without somebody seeing it, in either language."""
    golden(f"page-{language}.html", page(language))


def test_the_verdict_is_the_first_heading() -> None:
    """Shows that the page says first how the company's objectives stand, and how many decisions it waits for."""
    heading = next(one for one in elements(page("en")) if one.tag == "h1")
    assert text_of(heading) == "1 of 2 objectives on pace. 2 matters need your decision this week."


@pytest.mark.parametrize("past", [False, True])
def test_the_file_needs_nothing_from_anywhere(past: bool) -> None:
    """Shows that there is no script, no picture, no style sheet and no address but links that a person follows."""
    then = source_on(firm(), MARK) if past else firm()
    assert then is not None
    html = html_of(page_digest(then, past=past), "vi")
    for one in elements(html):
        assert one.tag not in {"script", "img", "link", "iframe", "object", "embed", "audio", "video", "form", "base"}
        for name, value in one.attrib.items():
            assert not str(name).startswith("on")
            assert str(name) not in {"src", "srcset", "background", "data", "action", "poster"}
            if str(name).endswith("href"):
                assert value.startswith(("#", "https://"))
    assert not re.search(r"url\(|@import|expression\(", html)
    assert "default-src 'none'" in html


def test_ids_are_unique_and_every_anchor_leads_somewhere() -> None:
    """Shows that links inside the page, labels and references by id all meet exactly one element."""
    found = list(elements(page("en")))
    ids = Counter(one.attrib["id"] for one in found if "id" in one.attrib)
    assert not [name for name, count in ids.items() if count > 1]
    led = [one.attrib["href"][1:] for one in found if one.attrib.get("href", "").startswith("#")]
    led += [one.attrib[name] for one in found for name in ("for", "aria-labelledby") if name in one.attrib]
    assert led
    assert set(led) <= set(ids)


def test_headings_stand_in_order_and_tables_name_their_rows_and_columns() -> None:
    """Shows that no heading leaves out a level, and that each table has a caption and each header a scope."""
    found = list(elements(page("vi")))
    levels = [int(one.tag[1]) for one in found if re.fullmatch("h[1-6]", one.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    tables = [one for one in found if one.tag == "table"]
    assert len(tables) >= 4
    for table in tables:
        assert text_of(table.find("caption"))
        assert all("scope" in head.attrib for head in table.iter("th"))
    assert next(one for one in found if one.tag == "html").attrib["lang"] == "vi"


def above_of(element: Any, parents: dict[Any, Any]) -> Iterator[Any]:
    """Give the drawings and named pictures that an element is part of."""
    while element in parents:
        element = parents[element]
        if element.tag == "svg" or element.attrib.get("role") == "img":
            yield element


def test_every_colour_stands_beside_a_text() -> None:
    """Shows that each drawing is either hidden from screen readers beside a text, or has a name of its own."""
    found = list(elements(page("en")))
    parents = {child: parent for parent in found for child in parent}
    for one in found:
        inside = next(above_of(one, parents), None) is not None
        if one.tag == "svg" and not inside:
            assert one.attrib.get("aria-hidden") == "true" or one.attrib.get("role") == "img"
        if one.attrib.get("role") == "img":
            assert one.attrib["aria-label"]
    rows = [one for one in found if one.tag == "tr" and "data-t" in one.attrib]
    words = {PHRASES["en"].text(f"status.{name}") for name in ("on_track", "at_risk", "off_track", "achieved")}
    tree = [row for row in rows if row.attrib.get("class", "").startswith("d")]
    assert len(tree) == 7
    assert all(any(word in text_of(row) for word in words) for row in tree)


def test_cells_of_the_sheet_cannot_become_html() -> None:
    """Shows that whatever somebody types into titles, names, teams and findings stays text."""
    items = [
        objective("O-1", title=HOSTILE, owner=HOSTILE),
        key_result("KR-1", title=HOSTILE, owner=HOSTILE, team=HOSTILE, blocker=HOSTILE, ask=HOSTILE, target=9),
        key_result("KR-2", title=HOSTILE, team="x", baseline=0, target=9, current=1, unit=HOSTILE),
        kpi("KPI-1", title=HOSTILE, section=HOSTILE, target=9, actual=3),
    ]
    wrong = Finding("RO201", Severity.ERROR, CellRef(HOSTILE, 9, 9), {}, "KR-1")
    made = source(*items, findings=(wrong,), company=HOSTILE, message=lambda finding: f"{finding.code}: {HOSTILE}")
    html = html_of(page_digest(made))
    found = list(elements(html))
    assert {"script", "img"}.isdisjoint(one.tag for one in found)
    assert "<script" not in html
    assert "&gt;{{ 7*7 }}&lt;/style&gt;" in html
    assert "\u202e" not in html  # would turn the rest of the line around
    assert sum("alert(1)" in text_of(one) for one in found if one.tag == "th") >= 3


def test_links_that_a_browser_should_not_follow_are_left_out() -> None:
    """Shows that a workbook's address that is no web address becomes no link."""
    made = firm("en")
    bad = made._replace(place=made.place._replace(url="javascript:alert(1)", link=lambda ref: f"javascript:{ref.a1}"))
    assert "javascript:" not in html_of(page_digest(bad))
    good = made._replace(place=made.place._replace(link=lambda ref: f"https://sheets.example/{ref.a1}"))
    assert 'href="https://sheets.example/' in html_of(page_digest(good))


def test_an_empty_workbook_has_a_page() -> None:
    """Shows that a workbook in which nothing stands has a page that says so, and nothing else."""
    html = html_of(page_digest(source()))
    heading = next(one for one in elements(html) if one.tag == "h1")
    assert text_of(heading) == PHRASES["en"].text("mail.verdict_none")
    assert not [one for one in elements(html) if one.tag in {"table", "fieldset"}]


def test_kpis_alone_make_a_page_with_their_own_verdict() -> None:
    """Shows that a scorecard without objectives counts the KPIs that reached their target."""
    items = [kpi("KPI-1", target=100, actual=120), kpi("KPI-2", target=100, actual=50, row=7)]
    html = html_of(page_digest(source(*items)))
    assert "1 of 2 KPIs reached their targets." in html
    assert "50%" in html
    assert 'id="h-pace"' not in html


def test_without_history_there_is_no_curve_and_no_forecast() -> None:
    """Shows that nothing is drawn of weeks that nobody remembers: today's number stands alone."""
    html = html_of(page_digest(firm("en", past=None, trends={})))
    found = list(elements(html))
    parts = [one.attrib.get("class") for one in found]
    assert {"heat", "band", "ahead"}.isdisjoint(parts)
    assert parts.count("spark") == 0
    assert parts.count("dot") == 1  # today's
    assert "pace" in parts
    assert "forecast" not in text_of(next(one for one in found if one.tag == "main")).lower()


def test_a_page_of_an_earlier_day_says_what_it_leaves_out() -> None:
    """Shows that a page made from history alone shows no decision, finding or link to a cell, and tells why."""
    then = source_on(firm("en"), MARK)
    assert then is not None
    html = html_of(page_digest(then, past=True))
    text = text_of(next(one for one in elements(html) if one.tag == "main"))
    assert "This is how it stood on 16 Nov 2026, as the history knows it." in text
    assert "Decisions, findings" in text
    assert "h-decide" not in html
    assert "h-problems" not in html
    assert "OKR!" not in html
    assert "with the numbers of 16 Nov 2026" in html


def test_the_filter_has_a_rule_for_every_team_and_no_more() -> None:
    """Shows that each team can be chosen with the keyboard alone and that every row says whose it is."""
    html = page("en")
    found = list(elements(html))
    choices = [one for one in found if one.attrib.get("type") == "radio"]
    assert [one.attrib["id"] for one in choices] == ["t0", "t1", "t2"]
    assert {one.attrib["name"] for one in choices} == {"team"}
    assert html.count(":checked) [data-t]") == 2
    told = {token for one in found if "data-t" in one.attrib for token in one.attrib["data-t"].split()}
    assert told == {"1", "2"}


def test_one_team_alone_needs_no_filter() -> None:
    """Shows that there is nothing to choose where there is one team."""
    html = html_of(page_digest(source(objective("O-1"), key_result("KR-1", team="Sales", target=5, current=1))))
    assert "<fieldset" not in html


def test_colour_and_footer_of_a_brand_stand_on_the_page() -> None:
    """Shows that a firm's own accent and line are used, in the language of the page."""
    brand = Brand(accent="#123456", footer=(("en", "Prepared by Nam & Co"), ("vi", "Nam và cộng sự")))
    html = render_page(page_digest(firm("en")), PHRASES["en"], templates_dir(), brand)
    assert "--accent:#123456" in html
    assert "Prepared by Nam &amp; Co" in html
    assert "Nam và" not in html


@pytest.mark.parametrize("accent", [ACCENT, "#0b1f4d", "#facc15"], ids=["ours", "navy", "yellow"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_whatever_the_accent_is_bars_curves_and_marks_can_be_told_from_what_is_below(accent: str, dark: bool) -> None:
    """Shows the contrast that drawings need: on the card, on the empty part of a bar, and of a mark with its edge."""
    html = render_page(page_digest(firm("en")), PHRASES["en"], templates_dir(), Brand(accent=accent))
    light, rest = html.split("prefers-color-scheme:dark", 1)
    told = dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})\b", rest if dark else light))
    colour = {
        name: value if len(value) == 7 else "#" + "".join(2 * one for one in value[1:]) for name, value in told.items()
    }
    pairs = [
        ("accent", "card"),
        ("accent", "track"),
        ("accent", "bg"),
        ("pace", "card"),
        ("mark", "card"),
        ("mark", "track"),
    ]
    weak = {pair: contrast(*(colour[one] for one in pair)) for pair in pairs}
    assert {pair: round(found, 2) for pair, found in weak.items() if found < SEEN} == {}
    assert ".accent .m{stroke:var(--card)" in html


def test_a_small_curve_rises_to_its_highest_value_and_leaves_gaps() -> None:
    """Shows where the points of a curve are: 0 at the bottom, 100 % or more at the top, nothing for an unknown week."""
    assert curve([0.0, 0.5, 1.0]) == {"path": "M2 23l84-20", "x": 86, "y": 3}  # one step
    assert curve([0.0, 2.0])["path"] == "M2 23l84-20"
    assert curve([0.5, None, 0.5, 0.6])["path"] == "M2 13M58 13l28-2"
    assert curve([0.5, 0.4, 0.4])["path"] == "M2 13l42 2 42 0"
    assert curve([-1.0]) == {"path": "M2 23", "x": 2, "y": 23}


def test_three_hundred_key_results_stay_small() -> None:
    """Shows that the page of 300 key results with thirteen weeks of history is at most 300 kB.

    Each list is full, and each cell in them has the long link of a spreadsheet.
    """
    made = large(300)
    link = "https://docs.google.com/spreadsheets/d/" + "x" * 44 + "/edit?gid=1234567890#gid=1234567890&range="
    made = made._replace(
        place=Place("OKR", link, link, lambda ref: f"{link}{ref.a1}"),
        findings=[
            Finding(code, Severity.ERROR, CellRef("OKR", row, 6), {"concept": "current", "raw": "một nửa"}, "KR-4")
            for row in range(5, 105)
            for code in ("RO201", "DR506")
        ],
        message=lambda finding: f"{finding.cell}: giá trị hiện tại ghi “một nửa” không phải là số. Hãy ghi như 1.250.",
    )
    told = page_digest(made)
    assert all(told.data[f"more_{name}"] for name in ("decisions", "stale", "problems", "drift"))
    html = html_of(told, "vi")
    assert html.count("docs.google.com") > 150
    assert html.count('<td role=cell class="s ') >= 300
    assert len(html.encode()) <= 300_000


def large(count: int) -> Any:
    """Give what the page of so many key results is made of, with history since the first week."""

    def items(week: int) -> list[Any]:
        made: list[Any] = []
        for number in range(count):
            if number % 4 == 0:
                made.append(objective(f"O-{number}", title=f"Mục tiêu số {number} của công ty trong quý này"))
            lately = week if number % 3 else 3  # every third is not touched any more
            reached = (number * 7 % 60 + lately * (1 + number % 5)) % 110
            made.append(
                key_result(
                    f"KR-{number}",
                    objective=f"O-{number - number % 4}",
                    title=f"Kết quả then chốt thứ {number}: doanh thu cửa hàng đạt 12 tỷ ₫",
                    owner=f"Nguyễn Thị Minh {number % 40}",
                    team=f"Đội {number % 8}",
                    baseline=0,
                    target=100,
                    current=reached,
                    row=number + 5,
                    check_in_date=date(2026, 10, 1),
                )
            )
        return made

    return source(*items(13), today=date(2026, 12, 26), nights=weekly(items, 12, date(2026, 12, 21)))


def test_the_list_of_pages_leads_to_each_and_names_what_failed() -> None:
    """Shows verdict, progress and counts of each workbook with a link, and the reason for one that has no page."""
    first = listed(page_digest(firm("en")), "minh%20long.html")
    second = not_listed("lost.xlsx", "There is no lost.xlsx.")
    html = render_index([first, second], date(2026, 11, 21), PHRASES["en"], templates_dir())
    found = list(elements(html))
    links = [one.attrib["href"] for one in found if one.tag == "a"]
    assert links == ["#main", "minh%20long.html"]
    text = text_of(next(one for one in found if one.tag == "main"))
    for part in ("2 workbooks", "1 of 2 objectives on pace.", "There is no lost.xlsx.", "Off track"):
        assert part in text
