"""Bad values in otherwise sound workbooks: the finding names the cell, and nothing is scored wrongly because of it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest

from sheetsync.results import NotScored, Severity
from sheetsync.rules import message
from sheetsync.sync import Evaluation, evaluate
from sheetsync.workbook import CellValue, Worksheet
from tests.books import Rows, book, job

HEADERS: list[CellValue] = [
    *("ID", "Objective", "Key result", "Owner", "Weight", "Baseline", "Target", "Current", "Start", "Due", "Check-in"),
    "Aligned to",
]
START, DUE, SEEN = date(2026, 10, 1), date(2026, 12, 31), date(2026, 11, 20)
ORDERS: dict[str, CellValue] = {
    "ID": "KR-1",
    "Key result": "Orders a day",
    "Owner": "Lan",
    "Weight": 50,
    "Baseline": 10,
    "Target": 100,
    "Current": 60,
    "Start": START,
    "Due": DUE,
    "Check-in": SEEN,
}
BUYERS = {**ORDERS, "ID": "KR-2", "Key result": "Repeat buyers", "Baseline": 0, "Target": 500, "Current": 100}
GROW: dict[str, CellValue] = {"ID": "O-1", "Objective": "Grow online", "Owner": "Lan", "Start": START, "Due": DUE}
DONE, BEHIND = 50 / 90, 0.2
"""The progress of KR-1 and of KR-2 as they stand above."""

KPI_HEADERS: list[CellValue] = ["ID", "KPI", "Owner", "Weight", "Direction", "Target", "Actual"]
HIGHER = "Higher is better"


class Bad(NamedTuple):
    """One bad value of KR-1: its column, the rule and cell of its finding, and what becomes of KR-1 and of O-1."""

    column: str
    value: CellValue
    code: str
    cell: str
    progress: float | None
    refused: NotScored | None
    objective: float


MEAN = (DONE + BEHIND) / 2
LONG_AGO, NEVER = date(1900, 1, 1), date(9999, 12, 31)
BAD = (
    Bad("Baseline", "about many", "RO201", "OKR!F3", None, NotScored.UNREADABLE_BASELINE, BEHIND),
    Bad("Target", "about many", "RO202", "OKR!G3", None, NotScored.UNREADABLE_TARGET, BEHIND),
    Bad("Current", "about many", "RO201", "OKR!H3", None, NotScored.UNREADABLE_CURRENT, BEHIND),
    Bad("Weight", "about half", "RO201", "OKR!E3", DONE, None, MEAN),
    Bad("Weight", -5, "RO217", "OKR!E3", DONE, NotScored.NEGATIVE_WEIGHT, BEHIND),
    Bad("Start", LONG_AGO, "RO228", "OKR!I3", DONE, None, MEAN),
    Bad("Due", LONG_AGO, "RO228", "OKR!J3", DONE, None, MEAN),
    Bad("Check-in", LONG_AGO, "RO228", "OKR!K3", DONE, None, MEAN),
    Bad("Start", NEVER, "RO228", "OKR!I3", DONE, None, MEAN),
    Bad("Due", NEVER, "RO228", "OKR!J3", DONE, None, MEAN),
    Bad("Check-in", NEVER, "RO228", "OKR!K3", DONE, None, MEAN),
    Bad("Due", date(2026, 9, 1), "RO210", "OKR!J3", DONE, NotScored.DUE_BEFORE_START, BEHIND),
)


def rows(*goals: dict[str, CellValue]) -> Rows:
    """Make the rows of a worksheet, the header row first."""
    return [HEADERS, *([goal.get(str(header)) for header in HEADERS] for goal in goals)]


def places(found: Evaluation, code: str) -> list[str]:
    """Give the cells of the errors of a rule; each must be sayable in both languages."""
    hits = [finding for finding in found.findings if finding.code == code]
    for finding in hits:
        assert finding.severity is Severity.ERROR
        for phrases in job().phrases.values():
            assert message(finding, phrases)
    return [str(finding.cell) for finding in hits]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: f"{bad.column} {bad.value}")
def test_a_bad_value_is_told_with_its_cell_and_spoils_nothing_else(bad: Bad) -> None:
    """Shows one error at the cell, the row scored without what is bad in it or not at all, and its sibling as ever."""
    found = evaluate(book(rows(GROW, {**ORDERS, bad.column: bad.value}, BUYERS)), job())
    sound = evaluate(book(rows(GROW, ORDERS, BUYERS)), job())
    first = found.scorecard.scores["KR-1"]
    assert places(found, bad.code) == [bad.cell]
    assert first.not_scored is bad.refused
    assert first.progress == pytest.approx(bad.progress)
    assert (first.score is None) == (bad.refused is not None)
    if first.score is not None:
        assert first.expected == sound.scorecard.scores["KR-1"].expected
    sibling, ever = found.scorecard.scores["KR-2"], sound.scorecard.scores["KR-2"]
    assert sibling._replace(weight=ever.weight) == ever
    assert found.scorecard.scores["O-1"].progress == pytest.approx(bad.objective)


def test_a_huge_weight_counts_as_it_stands() -> None:
    """Shows that a weight of 1e9 beside one of 50 is their plain ratio, to the last digits."""
    found = evaluate(book(rows(GROW, {**ORDERS, "Weight": 1e9}, BUYERS)), job()).scorecard.scores
    assert found["O-1"].progress == pytest.approx((DONE * 1e9 + BEHIND * 50) / (1e9 + 50), abs=1e-12)


def test_a_cycle_that_ends_before_it_starts_scores_nothing_by_its_dates() -> None:
    """Shows the error at the setting, and that goals without dates of their own have no score, while others do."""
    backwards = [["Company", "Minh Long"], ["Cycle", "01/10/2026 - 01/09/2026"]]
    dated = evaluate(book(rows(GROW, ORDERS, BUYERS), backwards), job())
    bare = [{**goal, "Start": None, "Due": None} for goal in (GROW, ORDERS, BUYERS)]
    undated = evaluate(book(rows(*bare), backwards), job())
    assert places(dated, "WS111") == places(undated, "WS111") == ["Settings!B2"]
    assert dated.scorecard.scores["O-1"].progress == pytest.approx(MEAN)
    assert {item.score for item in undated.scorecard.scores.values()} == {None}
    assert undated.scorecard.scores["KR-1"].not_scored is NotScored.NO_CYCLE


@pytest.mark.parametrize("length", [*range(1, 51)])
def test_a_loop_of_any_length_is_told_once_and_changes_no_score(length: int) -> None:
    """Shows one error at the first link of the loop, and every objective scored by its own key result alone."""
    items: list[dict[str, CellValue]] = []
    for number in range(1, length + 1):
        items.append({**GROW, "ID": f"O-{number}", "Aligned to": f"O-{number % length + 1}"})
        items.append({**ORDERS, "ID": f"KR-{number}", "Current": 10 + number})
    found = evaluate(book(rows(*items)), job())
    assert places(found, "LI303" if length == 1 else "LI302") == ["OKR!L2"]
    for number in range(1, length + 1):
        assert found.scorecard.scores[f"O-{number}"].progress == pytest.approx(number / 90)


def test_five_hundred_key_results_of_one_objective_all_count() -> None:
    """Shows the warning at the objective, every key result scored, and their exact mean."""
    many = [{**ORDERS, "ID": f"KR-{number}", "Weight": None, "Current": 10 + number / 10} for number in range(500)]
    found = evaluate(book(rows(GROW, *many)), job())
    assert [str(one.cell) for one in found.findings if one.code == "PR401"] == ["OKR!B2"]
    objective = found.scorecard.scores["O-1"]
    assert (objective.scored, objective.total) == (500, 500)
    assert objective.progress == pytest.approx(sum(number / 900 for number in range(500)) / 500)


def scorecard(*kpis: list[CellValue]) -> Evaluation:
    """Evaluate a scorecard beside a People sheet of two."""
    people = Worksheet("People", [["Name", "Team"], ["Lan", "Sales"], ["Bảo", "Sales"]])
    made = book(rows(GROW, ORDERS, BUYERS))
    sheets = (*made.sheets, Worksheet("KPI", [KPI_HEADERS, *kpis]), people)
    return evaluate(made._replace(sheets=sheets), job())


def test_a_person_without_a_kpi_has_no_total_and_changes_nobody_elses() -> None:
    """Shows that a person of the People sheet whom no KPI names gets no total: neither 0 nor a share of another's."""
    found = scorecard(["K-1", "Revenue", "Lan", 100, HIGHER, 100, 80])
    (group,) = found.scorecard.groups
    assert group.name == "Lan"
    assert group.weighted_score == pytest.approx(0.8)
    assert [finding for finding in found.findings if finding.severity is Severity.ERROR] == []


def test_bad_values_of_a_scorecard_leave_its_total_to_the_others() -> None:
    """Shows text and a negative weight told with their cells, and the total made of the two rows that are sound."""
    found = scorecard(
        ["K-1", "Revenue", "Lan", -5, HIGHER, 100, 80],
        ["K-2", "Visits", "Lan", 60, HIGHER, 100, 50],
        ["K-3", "Calls", "Lan", 10, HIGHER, "lots", 50],
        ["K-4", "Mails", "Lan", 10, HIGHER, 100, "few"],
        ["K-5", "Offers", "Lan", 20, HIGHER, 100, 90],
    )
    assert (places(found, "RO217"), places(found, "RO202"), places(found, "RO201")) == (
        ["KPI!D2"],
        ["KPI!F4"],
        ["KPI!G5"],
    )
    refused = {key: item.not_scored for key, item in found.scorecard.scores.items() if key.startswith("K-")}
    assert [key for key, reason in refused.items() if reason is not None] == ["K-1", "K-3", "K-4"]
    (group,) = found.scorecard.groups
    assert group.weighted_score == pytest.approx((60 * 0.5 + 20 * 0.9) / 80)
