"""Mails of several parts: of several workbooks, or of several roles of one person."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest

from sheetsync.packaged import templates_dir
from sheetsync.report.render import LARGEST, NAMED, PARTS, render_parts
from sheetsync.results import Digest
from tests.report.mails import KINDS, all_digests, digest, item
from tests.report.minh_long import PHRASES
from tests.report.test_render import mail

FOUND_IN = {
    "company": "CẦN ANH/CHỊ QUYẾT",
    "team": "GỢI Ý CHO BUỔI CHECK-IN",
    "owner": "Mất khoảng 2 phút",
    "kpi": "KẾT QUẢ TỪNG KPI",
    "wins": "2 kết quả vừa hoàn thành",
}
"""Words that only a mail of one kind has."""


def second(kind: str, language: str, number: str = "") -> Digest:
    """Give a digest of another workbook of another company."""
    name = f"hai{number}.xlsx"
    return digest(kind, language, company="Công ty Hai", workbook={"name": name, "place": f"/data/{name}", "url": None})


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_merged_mail_looks_as_it_did(language: str, golden: Callable[[str, str], None]) -> None:
    """Show the one mail of a day of somebody who leads a team and owns key results."""
    parts = [digest("owner", language), digest("team", language)]
    shown = render_parts(parts, PHRASES[language], templates_dir())
    golden(f"merged-{language}.html", shown.html)
    golden(f"merged-{language}.txt", f"{shown.subject}\n\n{shown.text}")


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_mail_of_two_workbooks_looks_as_it_did(language: str, golden: Callable[[str, str], None]) -> None:
    """Show the one mail of somebody who owns goals in two workbooks: each part under its company and file."""
    shown = render_parts([digest("owner", language), second("owner", language)], PHRASES[language], templates_dir())
    golden(f"two-{language}.html", shown.html)
    golden(f"two-{language}.txt", f"{shown.subject}\n\n{shown.text}")


@pytest.mark.parametrize("kind", KINDS)
def test_each_workbook_of_a_mail_has_a_heading_of_its_own(kind: str) -> None:
    """Show that company and file of every part stand before what it says, in HTML and text."""
    parts = [digest(kind, "vi"), second(kind, "vi")]
    shown = render_parts(parts, PHRASES["vi"], templates_dir())
    body = unescape(shown.html[shown.html.index("<h1") - 600 :])
    for text in (body, shown.text):
        first, other = text.index("OKR Minh Long 2026"), text.index("hai.xlsx")
        assert first < other
        assert "Công ty Hai" in text[:other]
    assert shown.text.count("hai.xlsx") >= 2  # its heading, and where it is


def test_the_subject_sums_over_the_workbooks() -> None:
    """Show that cells, objectives, decisions and key results of all parts of the gravest kind are counted together."""
    subjects = {
        kind: render_parts([digest(kind, "en"), second(kind, "en")], PHRASES["en"], templates_dir()).subject
        for kind in KINDS
    }
    one = {kind: mail(kind).subject for kind in KINDS}
    assert re.findall(r"\d+", subjects["owner"])[0] == str(2 * int(re.findall(r"\d+", one["owner"])[0]))
    assert "2 of 6 objectives on pace, 4 decisions needed" in subjects["company"]
    assert "4 of 8 KRs on pace" in subjects["team"]
    assert "4 of 8 KPIs" in subjects["kpi"]
    assert re.findall(r"\d+", subjects["wins"])[0] == str(2 * int(re.findall(r"\d+", one["wins"])[0]))


def test_a_mail_of_many_workbooks_names_those_that_have_no_room() -> None:
    """Show that thirty full workbooks stay below the size that clients clip, and that those left out are told."""
    parts = [second("company", "vi", str(number)) for number in range(30)]
    shown = render_parts(parts, PHRASES["vi"], templates_dir())
    assert len(shown.html.encode()) <= LARGEST
    assert shown.subject.startswith("OKR tuần 7: 30/90 mục tiêu đúng tiến độ")
    told = shown.text.count("TIẾN ĐỘ CHUNG".capitalize())
    assert 1 <= told <= PARTS
    for text in (unescape(shown.html), shown.text):
        assert f"Và {30 - told} phần nữa" in text
        assert f"Và {30 - told - NAMED} phần khác." in text
    rest = shown.text[shown.text.index(f"Và {30 - told} phần nữa") :]
    assert len(re.findall(r"^- Công ty Hai · hai\d+.xlsx: ", rest, re.MULTILINE)) == NAMED


def test_what_is_told_of_many_workbooks_is_told_well() -> None:
    """Show that a part which has room has its three decisions, and that the others wait rather than take them away."""
    card = digest("company", "vi").data["decisions"][0]
    parts = [second("company", "vi", str(number)) for number in range(8)]
    full = [
        one._replace(data={**one.data, "decisions": [card] * 3, "objectives": one.data["objectives"] * 4})
        for one in parts
    ]
    shown = render_parts(full, PHRASES["vi"], templates_dir())
    told = shown.html.count('class="card"')
    assert told >= 6
    assert told % 3 == 0


def test_the_words_say_how_many_decisions_are_shown() -> None:
    """Show that subject, verdict and heading tell three of nine where three cards are shown, in HTML and text."""
    card = digest("company", "vi").data["decisions"][0]
    verdict = {"objectives": 5, "on_pace": 2, "achieved": 0, "decisions": 9}
    shown = mail("company", "vi", verdict=verdict, decisions=[card] * 3, more_decisions=6)
    assert shown.subject == "OKR tuần 7: 2/5 mục tiêu đúng tiến độ, 3 trong 9 việc cần anh/chị quyết"
    for text in (unescape(shown.html), shown.text):
        assert "9 việc cần anh/chị quyết trong tuần này, 3 việc gấp nhất ở dưới." in text
    assert "· 3 trong 9 việc" in unescape(shown.html)


def test_a_chat_is_told_the_decisions() -> None:
    """Show the short text for a chat: where the whole stands, each decision with its ask, and what more there is."""
    card = digest("company", "vi").data["decisions"][0]
    verdict = {"objectives": 5, "on_pace": 2, "achieved": 0, "decisions": 9}
    shown = mail("company", "vi", verdict=verdict, decisions=[card] * 3, more_decisions=6)
    lines = shown.chat.splitlines()
    assert sum(card["title"] in line for line in lines) == 3
    assert card["ask"] in shown.chat
    assert "Còn 6 việc nữa trong bảng tính." in lines[-1]
    assert not any("mục tiêu đúng tiến độ" in line for line in lines)  # the subject says it above
    quiet = mail("company", "vi", verdict={**verdict, "decisions": 0}, decisions=[], more_decisions=0)
    assert quiet.chat.splitlines()[-1].endswith("KR")


def test_a_merged_mail_says_once_why_one_gets_it() -> None:
    """Show one sentence with every reason, and a way to pause each kind."""
    parts = [digest("team", "vi"), digest("owner", "vi")]
    shown = render_parts(parts, PHRASES["vi"], templates_dir())
    for text in (shown.html, shown.text):
        assert text.count("nhận thư này vì") == 1
        assert "vì phụ trách OKR của phòng Kinh doanh và " in text
    assert shown.html.count("subject=STOP") == 2


def test_a_mail_of_many_parts_stays_small() -> None:
    """Show that all that a busy person gets on one day fits, with fewer rows in the parts below the first."""
    rows = [item("Tăng trưởng bền vững " * 6, kpis=[], more_kpis=0) for _ in range(12)]
    parts = [
        digest("company", "vi", objectives=rows),
        digest("team", "vi", key_results=rows, agenda=rows[:5]),
        digest("owner", "vi", others=rows),
        digest("kpi", "vi"),
        digest("wins", "vi"),
    ]
    html = render_parts(parts, PHRASES["vi"], templates_dir()).html
    assert len(html.encode()) < LARGEST
    assert html.count("Tăng trưởng bền vững") > 12


def test_the_gravest_part_gives_subject_and_frame() -> None:
    """Show that the order of the parts does not matter, that each is there once, and that there is one foot."""
    parts = all_digests("vi")
    shown = render_parts(parts[::-1], PHRASES["vi"], templates_dir())
    assert shown == render_parts(parts, PHRASES["vi"], templates_dir())
    assert shown.subject == mail("company", "vi").subject
    assert shown.text.count("trả lời thư này với chữ DỪNG") == 1
    for kind, words in FOUND_IN.items():
        assert (shown.text.count(words), mail(kind, "vi").text.count(words)) == (1, 1)
    assert [shown.html.count(f"STOP%20{kind}") for kind in KINDS] == [1] * len(KINDS)


def test_a_lead_who_owns_goals_is_told_of_each_win_once() -> None:
    """Show that the owner's part of a mail has no block of wins where the team's part has told all of them."""
    wins = {name: digest("team", "vi").data[name] for name in ("wins", "more_wins")}
    shown = render_parts([digest("owner", "vi", **wins), digest("team", "vi")], PHRASES["vi"], templates_dir())
    assert shown.text.count("ĐIỂM SÁNG") == shown.html.count("Điểm sáng") == 1
    assert "ĐIỂM SÁNG" in mail("owner", "vi", **wins).text


def test_a_mail_of_no_part_is_a_mistake() -> None:
    """Show that it is told at once."""
    with pytest.raises(ValueError, match="needs a part"):
        render_parts([], PHRASES["en"], templates_dir())


@pytest.mark.parametrize(
    ("language", "reason"),
    [
        ("en", "because you follow the OKRs of Công ty Một, Công ty Hai, and Công ty Ba."),
        ("vi", "vì đang theo dõi OKR của Công ty Một, Công ty Hai và Công ty Ba."),
    ],
)
def test_one_who_follows_several_companies_is_told_so_in_one_breath(language: str, reason: str) -> None:
    """Show that a consultant who follows many clients reads their names, and not the reason for each anew."""
    follows = {**digest("company", language).data["recipient"], "role": "watcher", "team": None}
    names = ("Công ty Một", "Công ty Hai", "Công ty Ba")
    parts = [digest("company", language, company=name, recipient=follows) for name in names]
    assert reason in render_parts(parts, PHRASES[language], templates_dir()).text
