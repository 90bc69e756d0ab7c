"""How mails and pages tell of a cycle that is over: how it ended, and what its final grades still need."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from sheetsync.cli.pack_samples import sample_digests
from sheetsync.model import Level
from sheetsync.packaged import templates_dir
from sheetsync.report.digest.page import page_digest, scope_of
from sheetsync.report.fixtures import FIXTURES
from sheetsync.report.page import listed, render_index
from sheetsync.report.render import Rendered, render
from sheetsync.results import Digest
from sheetsync.scoring.owned.owners import owners_called
from tests.factories import key_result, objective
from tests.report.digest.book import CYCLE, source
from tests.report.mails import digest
from tests.report.minh_long import PHRASES
from tests.report.pages import html_of
from tests.report.test_page import elements, text_of

NEW_YEAR = date(2027, 1, 6)
(OVER,) = (fixture for fixture in FIXTURES if fixture.name == "cycle_over")


def mail(kind: str, language: str) -> Rendered:
    """Render a mail of the firm whose cycle is over."""
    return render(sample_digests(OVER, language)[kind], PHRASES[language], templates_dir())


def ended(today: date = NEW_YEAR) -> Any:
    """Give a workbook of two objectives, of which one was reached, and a team's key results."""
    bad = {"objective": "O-2", "row": 8, "team": "Sales", "blocker": "Fees", "ask": "More"}
    return source(
        objective(level=Level.COMPANY),
        key_result(baseline=0, target=10, current=10, team="Sales"),
        objective("O-2", level=Level.COMPANY, row=7),
        key_result("KR-2", baseline=0, target=10, current=1, **bad),
        today=today,
    )


def heading(html: str) -> str:
    """Give the first heading of a page."""
    return next(text_of(one) for one in elements(html) if one.tag == "h1")


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("kind", ["company", "team", "owner"])
def test_the_mail_looks_as_it_did(kind: str, language: str, golden: Callable[[str, str], None]) -> None:
    """Show subject, HTML and text as people get them after the quarter."""
    shown = mail(kind, language)
    golden(f"over-{kind}-{language}.html", shown.html)
    golden(f"over-{kind}-{language}.txt", f"{shown.subject}\n\n{shown.text}")


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_company_is_told_how_to_close_the_cycle(language: str) -> None:
    """Shows the command in both forms of the company's mail once the cycle is over, and not while it runs."""
    over, running = mail("company", language), render(digest("company", language), PHRASES[language], templates_dir())
    assert all("sheetsync cycle close" in text for text in (over.html, over.text))
    assert "cycle close" not in running.html + running.text


@pytest.mark.parametrize(
    ("language", "told", "day_before"),
    [
        ("vi", "Q4/2026 đã kết thúc: đạt 1/2 mục tiêu.", "1/2 mục tiêu đúng tiến độ."),
        ("en", "Q4/2026 is over: 1 of 2 objectives achieved.", "1 of 2 objectives on pace."),
    ],
)
def test_the_page_says_how_it_ended(language: str, told: str, day_before: str) -> None:
    """Shows the sentence from the day after the due day on, also in the list of pages, and nothing to decide."""
    made = page_digest(ended())
    assert heading(html_of(made, language)) == told
    assert told in render_index([listed(made, "a.html")], NEW_YEAR, PHRASES[language], templates_dir())
    assert heading(html_of(page_digest(ended(CYCLE.due)), language)).startswith(day_before)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("vi", "Q4/2026 đã kết thúc: đạt 1/2 kết quả then chốt."),
        ("en", "Q4/2026 is over: 1 of 2 key results achieved."),
    ],
)
def test_the_page_of_a_team_says_how_its_key_results_ended(language: str, told: str) -> None:
    """Shows that a page of a part is judged by its own key results."""
    made = ended()
    (sales,) = owners_called(made.goals, "Sales")
    assert heading(html_of(page_digest(made, scope_of(sales)), language)) == told


def test_nobody_is_thanked_for_the_week_after_the_end() -> None:
    """Shows what an owner with nothing left to fill is told, by the honorific."""
    data = {**sample_digests(OVER, "vi")["owner"].data, "due_cells": [], "deadline": None}
    text = render(Digest("owner", data), PHRASES["vi"], templates_dir()).text
    assert "Q4/2026 đã kết thúc: anh đạt 1/3 KR. Không còn ô nào phải điền. Cảm ơn anh đã theo đến cuối kỳ." in text


@pytest.mark.parametrize("kind", ["company", "team", "owner"])
def test_a_digest_that_waited_since_an_older_version_is_told_as_it_was(kind: str) -> None:
    """Shows that one which knows nothing of the end, out of the outbox, still makes a mail."""
    old = digest(kind, "en")
    assert "over" not in old.data["cycle"]
    assert "achieved" not in old.data["verdict"]
    assert "is over" not in render(old, PHRASES["en"], templates_dir()).text
    assert render(digest(kind, "en", cycle=None), PHRASES["en"], templates_dir()).subject
