"""What the summaries and mails of a workbook are made of."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from sheetsync import gallery
from sheetsync.cli.demo_past import remember_weeks
from sheetsync.cli.remembering import HistoryAt
from sheetsync.cli.speech import phrases
from sheetsync.cli.summary import source_of
from sheetsync.cli.wiring import errand
from sheetsync.config.shape import WorkbookConfig
from sheetsync.report.digest import Source
from sheetsync.report.digest.source import known_of
from sheetsync.sync import evaluate, run
from tests.report.digest.book import TODAY


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the demo workbook, with a history of its weeks beside it, after its first run."""
    path = tmp_path_factory.mktemp("demo") / "okr.xlsx"
    gallery.build_demo(path, phrases("vi"), TODAY)
    history = HistoryAt(path.with_name("history.sqlite3"))
    one = errand(WorkbookConfig(name="okr", path=path, history=history.path), TODAY)
    remember_weeks(one.open_backend().read(), one.job, history)
    run(one.open_backend(), one.job, one.lock, histories=one.histories)
    return path


def made(path: Path, *, remembers: bool = True) -> Source:
    """Give the source of a night a day later."""
    kept = path.with_name("history.sqlite3")
    one = errand(WorkbookConfig(name="okr", path=path, history=kept), TODAY + timedelta(days=1))
    if remembers:
        evaluation = run(one.open_backend(), one.job, one.lock, histories=one.histories).evaluation
    else:
        evaluation = evaluate(one.open_backend().read(), one.job)
    return source_of(evaluation, one.job, evaluation.phrases)


def test_a_source_has_what_the_history_tells(book: Path) -> None:
    """Shows past, trends as the column of the forecast has them, the user's headers, and both profiles."""
    source = made(book)
    assert source.past is not None and len(source.past.nights) > 5
    forecasts = {key: score.forecast for key, score in source.scorecard.scores.items() if score.forecast is not None}
    assert forecasts
    assert {key: one.forecast.final for key, one in source.trends.items() if one.forecast} == forecasts
    assert source.headers["okr", "check_in_date"] == "Ngày cập nhật"
    assert source.profile is not None and source.profile.full_name == source.scorecard.profile
    assert source.kpi_profile is not None and source.kpi_profile.full_name == source.scorecard.kpi_profile


def test_without_a_history_nothing_is_made_up(book: Path) -> None:
    """Shows that past, trends and headers are left out."""
    source = made(book, remembers=False)
    assert (source.past, source.trends, source.headers) == (None, {}, {})


def test_the_reason_is_the_sentence_of_the_column_why(book: Path) -> None:
    """Shows the same words as in the workbook, also where a KPI that guards is red, and None for what is not there."""
    source = made(book)
    sheet = errand(WorkbookConfig(name="okr", path=book), TODAY).open_backend().read().sheet("OKR")
    column = source.goals.table("okr").computed["why"]
    items = [one for one in known_of(source).items.values() if one.table == "okr"]
    assert len(items) > 15
    for item in items:
        assert source.why(item.key) == sheet.value(item.row, column)
    assert source.why("nothing") is None
