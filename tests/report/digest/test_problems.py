"""Cells that are wrong, and what drifted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from sheetsync.report.digest import PROBLEMS, Recipient, company_digest
from sheetsync.report.digest.problems import drift, problems
from sheetsync.results import Finding, Severity
from sheetsync.workbook import CellRef
from tests.factories import key_result, objective
from tests.report.digest.book import source

REF = CellRef("OKR", 6, 5)


def finding(code: str, severity: Severity = Severity.ERROR, **params: Any) -> Finding:
    """Make a finding about a key result."""
    return Finding(code, severity, REF, params, "KR-1")


def told(*findings: Finding) -> Any:
    """Give a source with findings."""
    return source(objective(), key_result(target=10, current=5), findings=findings)


def test_drift_is_told_by_itself_and_not_twice() -> None:
    """Shows that a drift stands among the drifts alone, the gravest first, and other hints nowhere."""
    made = told(
        finding("DR512"), finding("DR514", Severity.WARNING), finding("DR510", Severity.HINT),
        finding("RO201"), finding("PR401", Severity.WARNING), finding("PR424", Severity.WARNING),
    )  # fmt: skip
    assert [one["code"] for one in drift(made)["drift"]] == ["DR512", "DR514", "PR424", "DR510"]
    assert [one["code"] for one in problems(made)["problems"]] == ["RO201"]
    assert {one["cell"]["a1"] for one in (*drift(made)["drift"], *problems(made)["problems"])} == {"E6"}


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ({"day": date(2026, 11, 3)}, date(2026, 11, 3)),
        ({"day": datetime(2026, 11, 3, 5, 6)}, date(2026, 11, 3)),
        ({"day": "yesterday"}, None),
        ({}, None),
    ],
)
def test_a_drift_says_since_when(given: Any, day: date | None) -> None:
    """Shows that only a day is told as one."""
    (found,) = drift(told(finding("DR514", **given)))["drift"]
    assert (found["day"], type(found["day"])) == (day, type(day))


def test_both_are_cut_and_counted_in_the_summary() -> None:
    """Shows the caps of the company's digest."""
    made = told(*[finding("DR514") for _ in range(8)], *[finding("RO201") for _ in range(7)])
    data = company_digest(made).data
    assert (len(data["drift"]), data["more_drift"]) == (PROBLEMS, 3)
    assert (len(data["problems"]), data["more_problems"]) == (PROBLEMS, 2)


def test_a_finding_about_no_cell_has_none() -> None:
    """Shows a problem of the whole workbook."""
    (found,) = problems(told(finding("WS101")._replace(cell=None)))["problems"]
    assert found == {"cell": None, "code": "WS101", "message": "WS101"}


def test_a_year_that_nobody_moved_on_is_told_to_the_companys_leads() -> None:
    """Shows that values of another year stand among the data to correct of the company, and of no team or owner."""
    made = told(finding("RO262", Severity.WARNING), finding("RO223", Severity.WARNING))
    lead = made._replace(recipient=Recipient("Lan", "company"))
    assert [one["code"] for one in problems(lead)["problems"]] == ["RO262"]
    assert problems(lead, {"KR-1"})["problems"] == problems(made)["problems"] == []
