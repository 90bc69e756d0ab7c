"""What the lint finds in a mail: each rule on a mail that has this one flaw, and nothing in one that has none."""

from __future__ import annotations

import pytest

from sheetsync.report.lint.contents import CLIPPED, LARGEST, LARGEST_SHEET
from sheetsync.report.lint.looking import LONGEST_SUBJECT, lint
from sheetsync.results import Severity
from tests.report.lint.mails import SOUND, flaws_of, rules_of


def test_a_sound_mail_has_no_flaw() -> None:
    """Shows that a mail as it should be passes, and that what stands inside @media is left to those who know it."""
    assert lint(SOUND, "46%\n", "OKR") == ()


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("<script>alert(1)</script>", "script"),
        ('<td onclick="x()">', "handler"),
        ('<iframe src="https://x.example"></iframe>', "frame"),
        ('<object data="cid:x"></object>', "frame"),
        ("<form></form>", "form"),
        ('<input type="text">', "form"),
        ('<img src="https://x.example/a.png" alt="">', "remote"),
        ('<img src="http://x.example/a.png" alt="">', "remote"),
        ('<img src="//x.example/a.png" alt="">', "remote"),
        ('<td background="https://x.example/a.png">', "remote"),
        ("<p style=\"background-image: url('https://x.example/a.png')\">", "remote"),
        ('<img src="data:image/png;base64,AAAA" alt="">', "data_uri"),
        ('<p style="background: url(data:image/png;base64,AAAA)">', "data_uri"),
        ('<img src="cid:photo" alt="">', "no_image"),
        ('<img src="cid:logo">', "alt"),
        ('<a href="javascript:alert(1)">x</a>', "link"),
        ('<a href="JavaScript:alert(1)">x</a>', "link"),
        ('<a href="http://x.example">x</a>', "link"),
        ('<a href="file:///etc/passwd">x</a>', "link"),
        ("<a>x</a>", "no_target"),
        ("<table><tr><td>x</td></tr></table>", "layout_table"),
        ("<table><tr><th>x</th></tr></table>", "scope"),
        ("<style>p { color: red; }</style>", "style_in_body"),
        ('<p style="color: rgb(0 128 0)">', "spaced_colour"),
        ("<svg></svg>", "unsupported"),
        ('<p style="display:flex">', "unsupported"),
        ('<p style="background: linear-gradient(red, blue)">', "unsupported"),
        ('<p style="position: absolute">', "unsupported"),
        ('<p style="width: calc(100% - 2px)">', "unsupported"),
        ('<p style="color: var(--accent)">', "unsupported"),
        ("<progress></progress>", "unsupported"),
        ('<img src="cid:a.webp" alt="">', "unsupported"),
    ],
)
def test_what_no_mail_should_hold_is_found(body: str, rule: str) -> None:
    """Shows that each is found where it is put into a sound mail."""
    assert rule in rules_of(body)


@pytest.mark.parametrize(
    ("head", "rule"),
    [
        ('<link rel="stylesheet" href="https://x.example/a.css">', "remote_css"),
        ("<style>@import url('https://x.example/a.css');</style>", "remote_css"),
        ("<style>@font-face { font-family: x; src: url(https://x.example/a.woff); }</style>", "remote"),
        ("<style>@font-face { font-family: x; src: url(https://x.example/a.woff); }</style>", "unsupported"),
        ("<style>.a > b { color: red; }</style>", "unsupported"),
        ("<style>p::before { content: 'x'; }</style>", "unsupported"),
        ("<style>@media print { p { background: url(https://x.example/a.png); } }</style>", "remote"),
        ('<meta http-equiv="refresh" content="1">', "refresh"),
        (f"<style>{'.a { color: #123456; }' * (LARGEST_SHEET // 20)}</style>", "style_size"),
    ],
)
def test_what_no_head_should_hold_is_found(head: str, rule: str) -> None:
    """Shows that style sheets are looked into as well."""
    assert rule in rules_of(head=head)


@pytest.mark.parametrize(
    "body",
    [
        '<p style="border-radius: 4px; color: #fff; padding: 4px">',
        '<a href="mailto:a@b.vn?subject=STOP">x</a>',
        '<img src="cid:logo" alt="">',
        '<!--[if mso]><table role="presentation"><tr><td><![endif]-->',
        "display: flex; <b>src=https://x.example</b> javascript:alert(1)",
        "<p style=\"font-family: 'display: flex'\">",
        '<p style="mso-hide: all; max-height: 0; overflow: hidden">',
    ],
)
def test_what_a_mail_may_hold_is_left(body: str) -> None:
    """Shows that nothing is found in what every client shows, in extras that nobody misses, and in mere words."""
    assert rules_of(body) == set()


def test_who_cannot_show_it_is_told() -> None:
    """Shows that a flaw names the element, what is written there, the clients, and how much it weighs."""
    (flex,) = flaws_of('<p class="row wide" style="color: red; display: flex">')
    assert (flex.element, flex.what, flex.clients) == ("p.row", "display: flex", ("outlook-classic",))
    assert flex.severity is Severity.ERROR
    (webp,) = [flaw for flaw in flaws_of('<img src="cid:a.webp" alt="">') if flaw.clients]
    assert webp.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("html", "rule"),
    [
        (SOUND.replace(' lang="vi"', ""), "lang"),
        (SOUND.replace("Minh Long", " "), "title"),
        (SOUND.replace("46%", "x" * LARGEST), "size"),
        (SOUND.replace("46%", "x" * CLIPPED), "clipped"),
    ],
)
def test_what_the_whole_lacks_is_found(html: str, rule: str) -> None:
    """Shows that language, title and size are looked at."""
    assert [flaw.rule for flaw in lint(html, "46%\n", "OKR")] == [rule]


def test_a_mail_of_the_largest_size_passes() -> None:
    """Shows that the size counts in bytes of UTF-8, and the limit itself is allowed."""
    room = LARGEST - len(SOUND.encode())
    assert lint(SOUND.replace("46%", "46%" + "ế" * (room // 3)), "x", "x") == ()
    assert [flaw.rule for flaw in lint(SOUND.replace("46%", "46%" + "ế" * (room // 3 + 1)), "x", "x")] == ["size"]


@pytest.mark.parametrize(
    ("text", "subject", "rule"),
    [
        ("  \n", "OKR", "no_text"),
        ("<td>46%</td>", "OKR", "tags_in_text"),
        ("46%", " ", "no_subject"),
        ("46%", "x" * (LONGEST_SUBJECT + 1), "long_subject"),
    ],
)
def test_text_and_subject_are_looked_at(text: str, subject: str, rule: str) -> None:
    """Shows that the other two forms of a mail have flaws of their own."""
    assert [flaw.rule for flaw in lint(SOUND, text, subject)] == [rule]


def test_no_html_breaks_the_lint() -> None:
    """Shows that what is no HTML at all, or stops in the middle, is judged like anything else."""
    for html in ("", "<", "<table", "<style>{{{", "</p></b>", '<p style=";;:;a">', "<!--", "<td data-at=1:2"):
        assert "lang" in {flaw.rule for flaw in lint(html, "x", "x")}
