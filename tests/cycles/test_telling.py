"""A retrospective in words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.cycles.closing import Line, Result, Tally
from sheetsync.cycles.telling import amount, points, verdict
from sheetsync.model import Bounds, Done, Frequency, Milestones, PerPeriod, Quantity, Relative
from sheetsync.results import Reason
from tests.writeback.sheets import ENGLISH, VIETNAMESE


@pytest.mark.parametrize(
    ("value", "unit", "english", "vietnamese"),
    [
        (None, "", None, None),
        (Quantity(1250.5), "", "1,250.5", "1.250,5"),
        (Quantity(12), "đại lý", "12 đại lý", "12 đại lý"),
        (Quantity(95), "%", "95%", "95%"),
        (Quantity(0.025, percent=True), "%", "2.5%", "2,5%"),
        (Quantity(5.5, unit="tỷ"), "", "5.5 tỷ", "5,5 tỷ"),
        (Bounds(0.8, None, percent=True), "", "≥ 80%", "≥ 80%"),
        (Bounds(None, 3), "days", "≤ 3 days", "≤ 3 days"),
        (Bounds(2, 5), "", "2 – 5", "2 – 5"),
        (Relative(0.25), "", "+25%", "+25%"),
        (Relative(-0.5), "", "-50%", "-50%"),
        (Relative(0.5, signed=False), "", "50%", "50%"),
        (Relative(0.05, points=True), "", "+5 pp", "+5 điểm phần trăm"),
        (Relative(0.025, signed=False, points=True), "", "2.5 pp", "2,5 điểm phần trăm"),
        (PerPeriod(2, Frequency.MONTH), "", "2 a month", "2 mỗi tháng"),
        (PerPeriod(4 / 3, Frequency.WEEK), "", "1.33 a week", "1,33 mỗi tuần"),
        (Milestones(("Offer", "Audit")), "", "Offer; Audit", "Offer; Audit"),
        (Done(True), "", "yes", "có"),
    ],
)
def test_amounts_are_written_as_people_write_them(
    value: Any, unit: str, english: str | None, vietnamese: str | None
) -> None:
    """Shows every kind of baseline, target and current value in both languages."""
    assert amount(value, unit, ENGLISH) == english
    assert amount(value, unit, VIETNAMESE) == vietnamese


def test_a_long_list_of_steps_is_cut() -> None:
    """Shows that no cell gets longer than it has room for."""
    told = amount(Milestones(tuple(f"Step number {n}" for n in range(40))), "", ENGLISH)
    assert told is not None
    assert len(told) == 120
    assert told.endswith("…")


@pytest.mark.parametrize(("score", "shown"), [(0.625, 0.63), (0.145, 0.15), (0.1449, 0.14), (1.0, 1.0), (None, None)])
def test_scores_are_rounded_as_a_sheet_does(score: float | None, shown: float | None) -> None:
    """Shows half upwards, so that the sentence and the cell beside it say the same."""
    assert points(score) == shown


def told(result: Result, commitment: str = "", score: float | None = 0.5, **more: Any) -> str:
    """Give the English verdict on a key result."""
    mark = 1.0 if commitment == "committed" else 0.7
    return verdict(
        Line("KR-1", "key_result", "Sell", commitment=commitment, score=score, result=result, mark=mark, **more),
        ENGLISH,
    )


def test_a_verdict_says_what_was_needed() -> None:
    """Shows reached and missed for each commitment, and that a stretch that was met in full asks for more."""
    assert told(Result.MISSED, "committed", 0.85).startswith("Missed: 0.85, though a commitment needs 1.00.")
    assert "stretch goal" in told(Result.MISSED, "aspirational")
    assert told(Result.MISSED) == "Missed: 0.50, needed 0.70."
    assert told(Result.REACHED, "committed", 1.0) == "Reached: 1.00, and a commitment needs 1.00."
    assert "aim higher" in told(Result.REACHED, "aspirational", 1.0)
    assert told(Result.REACHED, score=0.8) == "Reached: 0.80, needed 0.70."


def test_a_verdict_on_what_was_not_judged() -> None:
    """Shows the day until which a goal runs on, and the reason why one has no grade."""
    assert "30 Jun 2027" in told(Result.RUNNING, due=date(2027, 6, 30))
    reason = Reason("no_target", {})
    assert told(Result.NOT_SCORED, score=None, reason=reason).endswith(ENGLISH.text("why.no_target"))


@pytest.mark.parametrize(
    ("tally", "score", "advice"),
    [
        (Tally(2, 1, 0, 0, (0, 1), (2, 2)), 0.9, "committed_missed"),
        (Tally(3, 0, 0, 0), 0.95, "too_easy"),
        (Tally(3, 0, 0, 0), 0.75, None),
        (Tally(0, 3, 0, 0), 0.2, "too_hard"),
        (Tally(2, 1, 0, 0), 0.7, "ask_why"),
        (Tally(0, 0, 3, 0), None, None),
    ],
)
def test_the_whole_gets_advice(tally: Tally, score: float | None, advice: str | None) -> None:
    """Shows that missed promises come first, and that all reached, or hardly any, says something of the targets."""
    for words in (ENGLISH, VIETNAMESE):
        said = verdict(Line("", "company", "Firm", score=score, tally=tally), words)
        texts = {key: words.text(key) for key in words.keys("retrospective.advice")}
        assert [key.rpartition(".")[2] for key, text in texts.items() if said.endswith(text)] == (
            [advice] * bool(advice)
        )
