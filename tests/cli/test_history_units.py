"""What a remembered 1 or 0 counts: things, or yes and no."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from sheetsync.cli.history_units import YES_OR_NO, may_be_answer, unit_of
from sheetsync.cli.shipped import all_words
from sheetsync.history import History, default_path
from sheetsync.past import OBSERVED, Observation
from sheetsync.snapshot import Said, Snapshot
from tests.cli.conftest import DAY, HEADERS, SOUND, Caller
from tests.history.nights import SetClock, run, seen
from tests.hostile import sound

FIRST = date(2026, 10, 5)


def unit(*numbers: float | None, **said: str) -> str:
    """Give what a row counted whose cells said this: by value 1 and target 1 without baseline, or by other numbers."""
    value, target, baseline = (*(numbers or (1.0, 1.0)), None)[:3]
    return unit_of(Observation(FIRST, value, target, baseline), said, all_words())


def test_the_metric_tells_a_yes_or_no_in_every_language() -> None:
    """Shows that the word for the metric decides, also where a scorecard has it as a direction or a unit."""
    assert unit(metric="Có/không", target="1") == unit(0.0, 1.0, metric="yes/no") == YES_OR_NO
    assert unit(direction="Có/Không", target="Đạt") == unit(unit="Đạt/không đạt") == YES_OR_NO
    assert unit(metric="Increase", target="x", unit="shops") == "shops"


def test_without_a_metric_the_target_or_the_value_tells() -> None:
    """Shows that a yes or no in the target counts, in the value where there is no target, and in the log."""
    assert unit(target="Có", unit="giấy") == unit(0.0, 1.0, target="yes/no") == YES_OR_NO
    assert unit(target="", current="chưa") == unit(target="–", actual="done") == unit(current="") == YES_OR_NO
    assert unit(target="1", unit="shop") == unit(target="ít nhất một", unit="shop") == "shop"
    assert (unit(current=OBSERVED), unit(target="", actual=""), unit(0.0, None, current="")) == ("", "", "")


def test_other_numbers_are_no_answers() -> None:
    """Shows that a baseline, or a number other than 1 and 0, is one of things, whatever the cells say."""
    assert unit(3.0, 1.0, metric="yes/no", unit="x") == unit(1.0, 1.0, 0.0, metric="yes/no", unit="x") == "x"
    assert not may_be_answer(Observation(FIRST))
    assert may_be_answer(Observation(FIRST, target=1.0))


@pytest.fixture
def answered(here: Path) -> Path:
    """Remember two nights: a key result gets done, and another becomes one that is done or not."""
    clock = SetClock()
    with History.open(default_path(), clock) as history:
        for number, (value, metric) in enumerate(((0, "increase"), (1, "yes/no"))):
            day = FIRST + timedelta(days=number)
            clock.now = datetime(day.year, day.month, day.day, 20, tzinfo=UTC)
            told = {"title": Said("License"), "metric": Said("Có/không"), "target": Said("Có"), "unit": Said("")}
            done = seen("KR-1", value, day=day, target=1.0, says=told)
            says = {"title": Said("Shop"), "metric": Said(metric), "target": Said("1", 1.0)}
            other = seen("KR-2", 1, day=day, target=1.0, baseline=None if number else 0.0, says=says)
            history.commit(run(day, f"file:{here / 'okr.xlsx'}"), Snapshot(day, (done, other)))
    return default_path()


def test_answers_are_shown_as_words(call: Caller, answered: Path) -> None:
    """Shows that a day and the story of a key result have yes and no in the language that is spoken, not 1 and 0."""
    rows = [call("history", "as-of", f"2026-10-0{day}").out.splitlines()[2:] for day in (5, 6)]
    assert [row.split() for row in rows[0]] == [
        ["KR-1", "License", "no", "yes", "–", "–"],
        [*["KR-2", "Shop", "1", "1", "–", "–"]],
    ]
    assert [row.split()[2:4] for row in rows[1]] == [["yes", "yes"], ["yes", "yes"]]
    vietnamese = call("history", "as-of", "2026-10-05", "--lang", "vi").out.splitlines()[2]
    assert vietnamese.split()[2:4] == ["không", "có"]
    assert call("history", "show", "KR-1").out.splitlines()[1:] == [
        "  5 Oct 2026  first seen: Value no; Target yes", "  6 Oct 2026  Value no → yes",
    ]  # fmt: skip
    assert "Giá trị không → có" in call("history", "show", "KR-1", "--lang", "vi").out


def test_other_programs_get_the_numbers(call: Caller, answered: Path) -> None:
    """Shows that --json and the export keep 1 and 0."""
    assert '"value": 0.0' in call("history", "as-of", "2026-10-05", "--json").out
    assert ",2026-10-06,1.0,1.0," in call("history", "export").out


def test_answers_of_a_log_are_words_on_days_before_the_first_night(call: Caller, okr: Path) -> None:
    """Shows that what the workbook told of earlier days is shown by what its cells said first, and nothing is lost."""
    rows = tuple((*row, *((None, None) if row[0] == "O-1" else ("no", "yes"))) for row in SOUND)
    place, metric, target = (HEADERS.index(name) for name in ("Baseline", "Metric", "Target"))
    rows = tuple(
        tuple({place: None, metric: "yes/no", target: "yes"}.get(at, cell) for at, cell in enumerate(row))
        if row[0] != "O-1" else row for row in rows
    )  # fmt: skip
    sound(okr, headers=(*HEADERS, "5/10", "19/10"), rows=rows)
    call("history", "import", "--into", "okr.xlsx", *DAY)
    call("sync", "okr.xlsx", *DAY)
    told = call("history", "as-of", "2026-10-06").out
    assert " no " in told
    assert call("history", "show", "KR-1").out.count("Value no → yes") == 1
