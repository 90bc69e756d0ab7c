"""Every packaged mail in every language on every fixture: sound HTML, no flaw for a client, no sideways scrolling."""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import Path

import html5lib
import pytest

from sheetsync.cli.pack_check import Sample
from sheetsync.cli.pack_samples import KINDS, MERGED
from sheetsync.report.fixtures import FIXTURES
from sheetsync.report.lint.looking import lint
from sheetsync.report.render import LARGEST
from tests.browser import dumped
from tests.report.every_mail import LANGUAGES, every_mail
from tests.validator import complaints

PHONE = 345
"""Pixels that a mail has on a phone of 375, between the edges of the mail program."""

RULES_OFF = {
    "no-conditional-comment": "Outlook needs them",
    "no-deprecated-attr": "Outlook needs bgcolor, width and align",
    "no-inline-style": "mail clients need them",
    "no-trailing-whitespace": "no reader sees it",
    "prefer-tbody": "the parser puts it in, and a mail has a hundred tables",
}
"""Rules of html-validate that are for pages of the web, and why they are none for mails."""


def test_every_kind_language_and_fixture_is_there() -> None:
    """Shows that nothing is left out of what the other tests look at."""
    assert len(every_mail()) == (len(KINDS) + 1) * len(LANGUAGES) * len(FIXTURES) >= 168


def test_no_mail_has_a_flaw() -> None:
    """Shows that the lint, with what clients support, finds nothing in any of them: neither error nor warning."""
    flaws = {
        sample: found for sample, mail in every_mail().items() if (found := lint(mail.html, mail.text, mail.subject))
    }
    assert flaws == {}


def test_every_mail_is_well_below_what_is_clipped() -> None:
    """Shows that the fullest mail of the longest texts has room for what is added on its way, and still has rows."""
    largest, sample = max((len(mail.html.encode()), sample) for sample, mail in every_mail().items())
    assert largest <= LARGEST == 70_000, sample
    longest = every_mail()[Sample(MERGED, "vi", "long_word")].html
    assert longest.count('<td class="row"') >= 14


def test_every_mail_parses_without_an_error() -> None:
    """Shows that a parser which follows the HTML standard to the letter has nothing to mend."""
    wrong = {}
    for sample, mail in every_mail().items():
        parser = html5lib.HTMLParser()
        parser.parse(mail.html)
        if parser.errors:
            wrong[sample] = parser.errors[:3]
    assert wrong == {}


def test_a_validator_finds_nothing(tmp_path: Path) -> None:
    """Shows that html-validate, with all its recommended rules that are not for the web alone, finds nothing."""
    mails = {"-".join(sample): mail.html for sample, mail in every_mail().items()}
    assert complaints(mails, tmp_path, RULES_OFF) == []


def test_no_title_is_longer_than_a_tab_shows() -> None:
    """Shows that the title of a mail is its subject, cut at a word where that is longer than 70 characters."""
    subjects = {}
    for sample, mail in every_mail().items():
        title = unescape(mail.html.split("<title>")[1].split("</title>")[0])
        assert len(title) <= 70, sample
        assert title == mail.subject or (title.endswith("…") and mail.subject.startswith(title[:-1])), sample
        subjects[sample] = len(mail.subject)
    assert max(subjects.values()) > 70


def test_the_validator_would_find_something(tmp_path: Path) -> None:
    """Shows that the rules which are left find what is wrong in a mail."""
    mail = every_mail()[Sample("team", "vi", "usual")].html
    open_table, no_alt = mail.replace("</table>", "</tabel>", 1), mail.replace("<h1", '<img src="cid:logo"><h1', 1)
    found = " ".join(complaints({"open": open_table, "picture": no_alt}, tmp_path, RULES_OFF))
    assert "tabel" in found
    assert "alt" in found


def test_cells_are_shown_and_never_acted_on() -> None:
    """Shows that markup and template code of a cell appear as they were written, in all three forms of a mail."""
    shown = {kind: every_mail()[Sample(kind, "vi", "markup")] for kind in (*KINDS, MERGED)}
    for mail in shown.values():
        assert "&lt;script&gt;" in mail.html
        assert "<script>" in mail.text
        assert "{{ 7 * 7 }}" in mail.html
        assert not re.search(r"<script|<img", mail.html)


def test_nothing_is_printed_for_what_is_not_there() -> None:
    """Shows that no mail says None, and that no code or name of a field gets into one."""
    for sample, mail in every_mail().items():
        seen = re.sub(r"<[^>]*>", " ", mail.html[mail.html.index("<body") :]) + mail.text + mail.subject
        found = re.findall(r"\bNone\b|\bnan\b|\{\w+\}|\bkey_result\b|\boff_track\b|\bmail\.\w+", seen)
        assert found == [], sample


@pytest.mark.chromium
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_mail_needs_sideways_scrolling_on_a_phone(language: str, tmp_path: Path) -> None:
    """Shows in a browser that every mail fits into the width of a phone, whatever its cells hold."""
    mails = {sample: mail.html for sample, mail in every_mail().items() if sample.language == language}
    assert {sample: width for sample, width in widths(mails, tmp_path).items() if width != PHONE} == {}


@pytest.mark.chromium
def test_a_mail_that_is_too_wide_would_be_found(tmp_path: Path) -> None:
    """Shows that the measure sees one wide cell in a mail."""
    sample = Sample("owner", "vi", "usual")
    wide = every_mail()[sample].html.replace("<h1", '<div style="width: 371px;">x</div><h1', 1)
    assert widths({sample: wide}, tmp_path)[sample] > PHONE


def widths(mails: dict[Sample, str], folder: Path) -> dict[Sample, int]:
    """Give how wide the content of each mail is in a frame of the width of a phone."""
    style = f"width:{PHONE}px;height:3000px;border:0"
    frames = "".join(
        f'<iframe id="{"-".join(sample)}" srcdoc="{escape(html)}" style="{style}"></iframe>'
        for sample, html in mails.items()
    )
    script = (
        "onload=()=>{document.getElementById('w').textContent=[...document.querySelectorAll('iframe')]"
        ".map(f=>f.id+'='+f.contentDocument.documentElement.scrollWidth).join(' ')}"
    )
    page = folder / "frames.html"
    page.write_text(f'<!doctype html>{frames}<p id="w"></p><script>{script}</script>', encoding="utf-8")
    told = dict(one.split("=") for one in re.findall(r"[\w-]+=\d+", dumped(page).split('<p id="w">')[1]))
    return {sample: int(told["-".join(sample)]) for sample in mails}
