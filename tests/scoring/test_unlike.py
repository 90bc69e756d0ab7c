"""A row whose numbers are in different units is not scored: 100 million dong are not 2,000,000 % of 5000 dollars."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.language import Phrases
from sheetsync.locales import load
from sheetsync.results import NotScored, Score, Status
from sheetsync.rules import RuleSettings
from sheetsync.sync import Evaluation, evaluate
from sheetsync.workbook import CellValue, Worksheet
from tests.books import book, job

HEADERS: list[CellValue] = ["ID", "Objective", "Key result", "Metric", "Unit", "Baseline", "Target", "Current"]
KPI_HEADERS: list[CellValue] = ["ID", "KPI", "Unit", "Direction", "Target", "T8", "T9", "T10", "T11"]
LOG_HEADERS: list[CellValue] = ["Date", "Key result", "Value"]
DIFFER = NotScored.UNITS_DIFFER


def understood(result: list[CellValue], *log: list[CellValue], kpi: list[CellValue] | None = None) -> Evaluation:
    """Read and score a workbook with one key result beside a plain one, its log, and one KPI."""
    rows: list[list[CellValue]] = [HEADERS, ["O-1", "Win the north"], ["KR-1", None, "Revenue abroad", *result]]
    made = book([*rows, ["KR-2", None, "Partners", None, None, 0, 10, 5]])
    sheets = [*made.sheets]
    if log:
        sheets.append(Worksheet("Check-ins", [LOG_HEADERS, *log]))
    if kpi is not None:
        sheets.append(Worksheet("KPI", [KPI_HEADERS, ["K-1", "Income", *kpi]]))
    return evaluate(made._replace(sheets=tuple(sheets)), job())


def scored(result: list[CellValue], *log: list[CellValue]) -> Score:
    """Give the score of the key result."""
    return understood(result, *log).scorecard.scores["KR-1"]


def codes(seen: Evaluation, item: str) -> list[str]:
    """Give the codes that are told of an item."""
    return [finding.code for finding in seen.findings if finding.item == item]


def test_it_is_not_scored_and_says_why() -> None:
    """No number of it goes anywhere; the objective stands on what can be scored, and says that this is not all."""
    seen = understood([None, None, None, "5000 USD", "100 triệu đồng"])
    own, above = seen.scorecard.scores["KR-1"], seen.scorecard.scores["O-1"]
    assert (own.status, own.not_scored, own.progress, own.score) == (Status.NOT_SCORED, DIFFER, None, None)
    assert (above.progress, above.scored, above.total) == (0.5, 1, 2)
    assert "RO247" in codes(seen, "KR-1")
    assert own.reason.params["cell"].a1 == "H3"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Different units: “100 triệu đồng” and “5000 USD”"),
        ("vi", "Các số khác đơn vị: “100 triệu đồng” và “5000 USD”"),
    ],
)
def test_the_reason_stands_in_the_sheet_in_both_languages(language: str, text: str) -> None:
    """The column Why names both numbers."""
    reason = scored([None, None, None, "5000 USD", "100 triệu đồng"]).reason
    assert Phrases(load(language), load("en")).text(f"why.{reason.code}", **reason.params) == text


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ([None, None, None, "5000 USD", "3900 USD"], None),
        ([None, None, "1000 USD", "5000 USD", "2 tỷ đồng"], DIFFER),
        ([None, None, "1 triệu đồng", "5000 USD", "3900 USD"], DIFFER),
        ([None, "kg", 0, "5 tấn", 3000], DIFFER),
        ([None, "kg", 0, "5 tấn", "3 tấn"], None),
        (["at least", None, None, "≥ 2 ngày", "30 giờ"], DIFFER),
        (["percent done", None, None, "100%", "40%"], None),
    ],
)
def test_which_numbers_count(row: list[CellValue], problem: NotScored | None) -> None:
    """Baseline, target and value have to be in one unit, and in that of the column Unit where a number says none."""
    assert scored(row).not_scored is problem


def test_only_the_value_that_counts_matters_of_a_log() -> None:
    """An old check-in in another unit is told, and the row is scored by the newest."""
    row: list[CellValue] = [None, None, None, "5000 USD", None]
    old: list[CellValue] = [date(2026, 11, 2), "KR-1", "50 triệu đồng"]
    new: list[CellValue] = [date(2026, 11, 16), "KR-1", "2500 USD"]
    seen = understood(row, old, new)
    assert (seen.scorecard.scores["KR-1"].progress, codes(seen, "KR-1").count("RO247")) == (0.5, 1)
    assert scored(row, new, [date(2026, 11, 18), *old[1:]]).not_scored is DIFFER


def test_of_a_target_for_each_period_all_check_ins_count() -> None:
    """What was done in a week is summed over its check-ins, so that two units among them say nothing together."""
    row: list[CellValue] = ["per period", None, None, "2/week", None]
    log: list[list[CellValue]] = [
        [date(2026, 10, day), "KR-1", value] for day, value in ((6, "2 kg"), (13, "1 tấn"), (20, "2 kg"))
    ]
    assert scored(row, *log).not_scored is DIFFER
    assert scored(row, log[0], log[2]).not_scored is None


@pytest.mark.parametrize(
    ("months", "problem"),
    [
        (["400 USD", "450 USD", "480 USD", None], None),
        (["400 USD", "450 USD", "12 triệu đồng", None], DIFFER),
        (["400 USD", "450 USD", "480 USD", "12 triệu đồng"], None),
        ([None, None, None, "12 triệu đồng"], None),
    ],
)
def test_the_months_of_a_kpi_count_once_they_are_over(months: list[CellValue], problem: NotScored | None) -> None:
    """A month in another unit keeps a KPI from being scored; the running one is only told."""
    seen = understood([None, None, 0, 10, 5], kpi=[None, "higher", "500 USD", *months])
    assert seen.scorecard.scores["K-1"].not_scored is problem
    assert ("RO247" in codes(seen, "K-1")) == ("12 triệu đồng" in months)


def what_if(text: str) -> Any:
    """Ask what would become of the key result with another value."""
    from sheetsync.cli.explain_what_if import imagined

    seen = understood([None, None, None, "5000 USD", "100 triệu đồng"])
    return imagined(seen, seen.goals.key_results[0], [f"current={text}"])


def test_what_would_be_with_a_value_in_the_right_unit() -> None:
    """Put into the unit of the target it would be scored; in a third unit it would not."""
    right, wrong = what_if("2500 USD").shifts[0], what_if("50 EUR").shifts[0]
    assert (right.before.progress, right.after.progress) == (None, 0.5)
    assert (wrong.after.progress, wrong.after.status) == (None, "not_scored")


def test_a_rule_that_is_switched_off_changes_no_score() -> None:
    """What is not comparable stays so, whatever is told."""
    quiet = job()._replace(rules=RuleSettings({"RO247": None}))
    made = book([HEADERS, ["O-1", "Win"], ["KR-1", None, "Abroad", None, None, None, "5000 USD", "100 triệu đồng"]])
    assert evaluate(made, quiet).scorecard.scores["KR-1"].not_scored is DIFFER
