"""``sheetsync explain`` tells where a goal is going, as far as a history remembers it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sheetsync.backends.excel.backend import ExcelBackend
from tests.cli.conftest import DAY, Caller
from tests.cli.terminal import at_terminal

WORDS = {
    "en": ("Change since 16 Nov 2026: ", "Forecast for 31 Dec 2026: ", "in 8 of 10 cases", "19 Oct 13%", "pace per"),
    "vi": ("Thay đổi từ 16/11/2026: ", "Dự báo đến 31/12/2026: ", "8 trên 10 trường hợp", "19/10 13%", "nhịp cho cả"),
}  # fmt: skip


@pytest.fixture(params=["en", "vi"])
def language(request: pytest.FixtureRequest, call: Caller, here: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give a language in which the demo lies in the folder where the next calls are made."""
    told = str(request.param)
    assert call("demo", "--lang", told, "--dir", "firm", *DAY).code == 0
    monkeypatch.chdir(here / "firm")
    return told


def test_trend_and_forecast_are_told_with_what_they_are_made_of(call: Caller, language: str) -> None:
    """Shows that the demo's own history gives change, forecast, interval, snapshots with their days, and the pace."""
    done = call("--lang", language, "explain", "KR-1", *DAY)
    assert (done.code, done.err) == (0, "")
    for part in WORDS[language]:
        assert part in done.out


def test_long_lines_break_between_words_at_a_terminal(language: str) -> None:
    """Shows that no line is wider than the terminal, which would break it inside of a word."""
    seen = at_terminal(Path(), "--lang", language, "explain", "KR-1", *DAY, columns=70)
    assert seen.code == 0
    assert WORDS[language][4] in seen.screen
    assert max(map(len, seen.screen.splitlines())) <= 70


@pytest.mark.parametrize("item", ["O-1", "KPI-1"])
def test_objectives_and_kpis_have_an_outlook_too(call: Caller, language: str, item: str) -> None:
    """Shows that an objective is forecast from its own progress, and a KPI whose months add up from its plan."""
    done = call("--lang", language, "explain", item, *DAY)
    assert all(part in done.out for part in WORDS[language][:3])


def test_what_is_told_is_what_the_column_holds(call: Caller, language: str) -> None:
    """Shows that the JSON form has change and forecast, equal to those that a sync writes into the workbook."""
    (told,) = json.loads(call("--lang", language, "explain", "--json", "KR-2", *DAY).out)["explanations"]
    outlook = told["outlook"]
    assert outlook["points"][0]["day"] == "2026-10-01" and len(outlook["points"]) > 6
    workbook = ExcelBackend(Path("minh-long-food.xlsx")).read()
    sheet = workbook.sheet("OKR")
    headers = {"en": ("Change", "Forecast"), "vi": ("Thay đổi", "Dự báo")}[language]
    top = next(row for row in range(1, 10) if headers[0] in (sheet.value(row, at) for at in range(1, 40)))
    columns = [next(at for at in range(1, 40) if sheet.value(top, at) == header) for header in headers]
    row = next(row for row in range(top, 30) if "KR-2" in (sheet.value(row, at) for at in range(1, 6)))
    written = [sheet.value(row, column) for column in columns]
    assert outlook["change"] == pytest.approx(written[0], abs=0.0051)
    assert outlook["forecast"]["final"] == pytest.approx(written[1], abs=0.0051)  # cells have whole percents


def test_without_a_history_nothing_is_said_of_it(call: Caller, language: str) -> None:
    """Shows not a word about a trend where nothing is remembered; that the history has gone is one line on stderr."""
    for one in Path().glob("history.sqlite3*"):
        one.unlink()
    done = call("--lang", language, "explain", "KR-1", *DAY)
    assert (done.code, len(done.err.splitlines())) == (0, 1)
    assert "history.sqlite3" in done.err
    assert not any(part in done.out for part in WORDS[language])
    (told,) = json.loads(call("explain", "--json", "KR-1", *DAY).out)["explanations"]
    assert told["outlook"] is None


def test_a_damaged_history_is_one_line_on_stderr(call: Caller, language: str) -> None:
    """Shows that explain goes on without a history that cannot be read, and says why there is none."""
    Path("history.sqlite3").write_bytes(b"no database at all, but longer than a header would be" * 40)
    done = call("--lang", language, "explain", "KR-1", *DAY)
    assert done.code == 0 and len(done.err.splitlines()) == 1
    assert not any(part in done.out for part in WORDS[language])
