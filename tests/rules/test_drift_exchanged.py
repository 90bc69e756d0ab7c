"""Two headers that have changed places are told once, and not in every row that is read wrongly because of them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from sheetsync.results import Severity
from sheetsync.rules import RULES
from tests.rules.drifting import Desk, KpiDesk, nights
from tests.rules.test_drift import TAMPERED, told

WEEK = timedelta(days=7)


def swap(desk: Desk, one: str, other: str) -> None:
    """Let two headers change their words, while the values stay where they are."""
    desk.headers[one], desk.headers[other] = desk.headers[other], desk.headers[one]


PAIRS = [("baseline", "target"), ("target", "current"), ("weight", "baseline"), ("owner", "unit"), ("owner", "due")]


@pytest.mark.parametrize("pair", PAIRS)
def test_headers_that_changed_places_are_told_once(pair: tuple[str, str], tmp_path: Path) -> None:
    """Shows one finding at the first header with both names and cells, the same later, and none once put back."""
    with nights(tmp_path) as kept:
        kept.until(TAMPERED)
        swap(kept.desk, *pair)
        first = kept.night(TAMPERED)
        places = sorted((kept.desk.header(name) for name in pair), key=lambda cell: cell.column)
        assert told(first) == [("DR524", places[0].a1)]
        params = dict(first[0].params)
        assert [params["cell"], params["other_cell"]] == [place.a1 for place in places]
        assert {params["header"], params["other_header"]} == {kept.desk.headers[name] for name in pair}
        assert (params["until"], params["day"]) == (TAMPERED - timedelta(days=3), TAMPERED)
        later = [kept.night(TAMPERED + timedelta(days=days)) for days in (1, 9)]
        assert all(told(findings) == told(first) for findings in later)
        assert all(dict(findings[0].params) == params for findings in later)
        swap(kept.desk, *pair)
        assert kept.night(TAMPERED + timedelta(days=10)) == []
        assert kept.night(TAMPERED + timedelta(days=11)) == []


def test_rows_that_are_read_wrongly_for_it_are_not_told(tmp_path: Path) -> None:
    """Shows that no row is called wrong for a baseline beyond its target, and that other faults are told."""
    with nights(tmp_path) as kept:
        kept.until(TAMPERED)
        swap(kept.desk, "baseline", "target")
        kept.desk.row("KR-12")["owner"] = "Hùng"
        for row in kept.desk.results():
            row["metric"] = "increase"
        kept.desk.headers["metric"] = "Metric"
        found = {finding.code for finding in kept.all_of(TAMPERED)}
        assert {"DR524", "DR516"} <= found
        assert not found & {"PR424", "DR514", "RO203", "RO230", "PR402"}


def test_a_share_among_the_weights_makes_no_target_move(tmp_path: Path) -> None:
    """Shows that a target is not told as moved because a percentage came to stand beside it."""
    with nights(tmp_path) as kept:
        for row, share in zip(kept.desk.results(), ("20%", "30%", "50%") * 2, strict=True):
            row["weight"] = share
            row["target"] = row["baseline"] = 5
        kept.until(TAMPERED)
        swap(kept.desk, "weight", "baseline")
        assert [finding.code for finding in kept.night(TAMPERED)] == ["DR524"]


def test_columns_that_moved_with_their_values_are_no_exchange(tmp_path: Path) -> None:
    """Shows that cut and paste of whole columns, in whatever order, is nothing."""
    with nights(tmp_path) as kept:
        kept.until(TAMPERED)
        kept.desk.headers = dict(reversed(kept.desk.headers.items()))
        assert kept.night(TAMPERED) == []


def test_a_few_rows_that_exchanged_their_numbers_are_told_by_row(tmp_path: Path) -> None:
    """Shows that three of six rows whose two numbers changed places are moves of these rows, not of the headers."""
    with nights(tmp_path) as kept:
        kept.until(TAMPERED)
        for name in ("KR-11", "KR-12", "KR-21"):
            row = kept.desk.row(name)
            row["baseline"], row["target"] = row["target"], row["baseline"]
        assert sorted(finding.code for finding in kept.night(TAMPERED)) == ["DR514"] * 3 + ["PR424"] * 3


def test_a_row_that_was_worked_on_hides_no_exchange(tmp_path: Path) -> None:
    """Shows that headers are told where one row of six was changed on the same day, and that rows may be sorted."""
    with nights(tmp_path) as kept:
        kept.until(TAMPERED)
        swap(kept.desk, "baseline", "target")
        kept.desk.row("KR-12")["baseline"] = 7
        kept.desk.blocks.reverse()
        (one,) = kept.night(TAMPERED)
        assert (one.code, one.params["count"], one.params["known"]) == ("DR524", 5, 6)


def test_headers_of_the_first_week_are_still_being_set(tmp_path: Path) -> None:
    """Shows that an exchange in the first week of the cycle is none."""
    with nights(tmp_path) as kept:
        kept.until(TAMPERED - timedelta(days=40))
        swap(kept.desk, "baseline", "target")
        assert kept.night(TAMPERED - timedelta(days=39)) == []
        assert kept.night(TAMPERED) == []


def test_headers_of_kpis_may_change_places_too(tmp_path: Path) -> None:
    """Shows the same for a worksheet of KPIs."""
    with nights(tmp_path, KpiDesk(4)) as kept:
        kept.until(TAMPERED)
        swap(kept.desk, "Owner", "Weight")
        (one,) = kept.night(TAMPERED)
        assert told([one]) == [("DR524", kept.desk.header("Owner").a1)]


def test_it_is_an_error() -> None:
    """Shows that it weighs as much as what it stands for: rows that cannot be measured."""
    assert RULES["DR524"].severity is Severity.ERROR
