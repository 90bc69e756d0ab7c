"""What was moved since the cycle was set up is told once, in the right cell, and daily work is never called drift."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsync.model import Cycle
from sheetsync.results import Finding
from sheetsync.workbook import CellRef
from tests.rules.drifting import CYCLE, Desk, KpiDesk, nights, work

TAMPERED = date(2025, 11, 12)


def told(findings: list[Finding]) -> list[tuple[str, str | None]]:
    """Give the codes and cells of findings."""
    return [(finding.code, finding.cell.a1 if finding.cell else None) for finding in findings]


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), deeds=st.lists(st.integers(0, 4), min_size=3, max_size=9))
def test_daily_work_is_no_drift(seed: int, deeds: list[int]) -> None:
    """Shows that values, check-ins, notes, sorting, new rows, other names and spellings never look like drift."""
    random, day = Random(seed), CYCLE.start  # noqa: S311 - a seed that can be told again
    with TemporaryDirectory() as folder, nights(Path(folder)) as kept:
        kept.desk.row("KR-13")["current"] = "=SUM(Sales!C2:C9)"
        for count in deeds:
            assert told(kept.night(day)) == []
            day += timedelta(days=random.randint(1, 12))
            for _ in range(count):
                work(kept.desk, random, day)
        assert told(kept.night(day)) == []


def put(name: str, concept: str, value: object) -> Callable[[Desk], None]:
    """Give a deed that types a value into a cell."""
    return lambda desk: desk.row(name).update({concept: value})  # type: ignore[dict-item]


def remove(name: str) -> Callable[[Desk], None]:
    """Give a deed that deletes a row."""

    def deed(desk: Desk) -> None:
        for block in desk.blocks:
            block[:] = [row for row in block if row.get("id") != name]

    return deed


def rename(concept: str, text: str) -> Callable[[Desk], None]:
    """Give a deed that types over a header."""
    return lambda desk: desk.headers.update({concept: text})


TAMPERINGS: dict[str, tuple[str, Callable[[Desk], None], Callable[[Desk], CellRef]]] = {
    "target": ("PR424", put("KR-12", "target", 60), lambda desk: desk.place("KR-12", "target")),
    "baseline": ("DR514", put("KR-12", "baseline", 5), lambda desk: desk.place("KR-12", "baseline")),
    "weight": ("DR515", put("KR-12", "weight", 5), lambda desk: desk.place("KR-12", "weight")),
    "weight of an objective": ("DR515", put("O-1", "weight", 5), lambda desk: desk.place("O-1", "weight")),
    "owner": ("DR516", put("KR-21", "owner", "Hùng"), lambda desk: desk.place("KR-21", "owner")),
    "due": ("DR517", put("KR-21", "due", date(2025, 12, 20)), lambda desk: desk.place("KR-21", "due")),
    "text": ("DR518", put("KR-21", "key_result", "Plans for shops of kind 1 in region 2"),
             lambda desk: desk.place("KR-21", "key_result")),
    "text of an objective": ("DR518", put("O-2", "objective", "Look at market number 2"),
                             lambda desk: desk.place("O-2", "objective")),
    "row": ("DR519", remove("KR-23"), lambda desk: desk.header("key_result")),
    "formula": ("DR521", put("KR-13", "current", 15), lambda desk: desk.place("KR-13", "current")),
    "lost header": ("DR522", rename("owner", "Xyzzy"), lambda desk: desk.header("owner")),
    "header": ("DR523", rename("target", "Goal value"), lambda desk: desk.header("target")),
}  # fmt: skip


@pytest.mark.parametrize("name", TAMPERINGS)
def test_each_tampering_is_told_once_until_it_is_put_back(name: str, tmp_path: Path) -> None:
    """Shows one finding of the right rule in the right cell, the same on every later night, and none once undone."""
    code, deed, place = TAMPERINGS[name]
    desk = Desk()
    desk.row("KR-13")["current"] = "=SUM(Sales!C2:C9)"
    with nights(tmp_path, desk) as kept:
        kept.until(TAMPERED)
        rows, headers = [[dict(row) for row in block] for block in desk.blocks], dict(desk.headers)
        deed(desk)
        first = kept.night(TAMPERED)
        assert told(first) == [(code, place(desk).a1)]
        later = [kept.night(TAMPERED + timedelta(days=days)) for days in (1, 2, 9)]
        assert all(told(findings) == told(first) for findings in later)
        assert all(findings[0].params == first[0].params for findings in later)
        assert first[0].params["until"] < TAMPERED
        assert first[0].params.get("day", TAMPERED) == TAMPERED
        desk.blocks, desk.headers = rows, headers
        back = kept.night(TAMPERED + timedelta(days=10))
        assert told(back) == ([("DR520", desk.place("KR-23", "key_result").a1)] if code == "DR519" else [])
        assert kept.night(TAMPERED + timedelta(days=11)) == []


@pytest.mark.parametrize("name", TAMPERINGS)
def test_setting_up_is_no_drift(name: str, tmp_path: Path) -> None:
    """Shows that the same deeds before the cycle, or in its first week, are goals that are being set."""
    _, deed, _ = TAMPERINGS[name]
    desk = Desk()
    desk.row("KR-13")["current"] = "=SUM(Sales!C2:C9)"
    with nights(tmp_path, desk) as kept:
        for days in (-6, -3, 0, 3):
            assert kept.night(CYCLE.start + timedelta(days=days)) == []
        deed(desk)
        for days in (6, 9, 20, 60):
            assert told(kept.night(CYCLE.start + timedelta(days=days))) == []


def test_a_new_cycle_begins_anew(tmp_path: Path) -> None:
    """Shows that moved goals are told to the end of their cycle, and that new goals of the next one are not moves."""
    following = Cycle("Q1/2026", date(2026, 1, 1), date(2026, 3, 31))
    with nights(tmp_path) as kept:
        kept.until(TAMPERED)
        put("KR-12", "target", 60)(kept.desk)
        assert [finding.code for finding in kept.night(date(2025, 12, 31))] == ["PR424"]
        for row in kept.desk.results():
            row["due"], row["baseline"], row["target"] = following.due, 70, 90
        for day in (date(2026, 1, 2), date(2026, 1, 20)):
            assert kept.night(day, following) == []
        put("KR-12", "target", 80)(kept.desk)
        (finding,) = kept.night(date(2026, 2, 1), following)
        assert (finding.code, finding.params["before"], finding.params["target"]) == ("PR424", 90, 80)
        assert (finding.params["until"], finding.params["day"]) == (date(2026, 1, 20), date(2026, 2, 1))


def test_what_was_blank_may_be_filled_in(tmp_path: Path) -> None:
    """Shows that a target, an owner or a date that was not there yet is no move."""
    with nights(tmp_path) as kept:
        kept.desk.row("KR-12").update({"target": None, "owner": None, "due": None, "weight": None})
        kept.until(TAMPERED)
        kept.desk.row("KR-12").update({"target": 80, "owner": "Hà", "due": date(2025, 12, 1), "weight": 2})
        assert told(kept.night(TAMPERED)) == []


def test_a_baseline_that_is_filled_in_late_is_told_until_the_cycle_ends(tmp_path: Path) -> None:
    """Shows since when there is one; that it may be 0, which it counted as; and that a later move is told from it."""
    week = timedelta(days=7)
    with nights(tmp_path) as kept:
        kept.desk.row("KR-12")["baseline"] = kept.desk.row("KR-22")["baseline"] = None
        kept.until(TAMPERED)
        kept.desk.row("KR-12")["baseline"], kept.desk.row("KR-22")["baseline"] = 18, 0
        first = kept.night(TAMPERED)
        assert told(first) == [("DR525", kept.desk.place("KR-12", "baseline").a1)]
        assert first[0].params == {"until": TAMPERED - timedelta(days=3), "day": TAMPERED, "value": 18}
        assert [dict(one.params) for one in kept.night(TAMPERED + week)] == [dict(first[0].params)]
        kept.night(TAMPERED + 2 * week)
        kept.desk.row("KR-12")["baseline"] = 9
        (moved,) = kept.night(TAMPERED + 3 * week)
        assert (moved.code, moved.params["before"], moved.params["value"]) == ("DR514", 18, 9)
        kept.desk.row("KR-12")["baseline"] = None
        assert [finding.code for finding in kept.night(TAMPERED + 4 * week)] == ["DR514"]


def test_the_same_amount_in_another_unit_is_no_move(tmp_path: Path) -> None:
    """Shows that 12 tỷ may become 12.000.000.000, in words or in the column Unit, while 12 triệu for 12 tỷ is told."""
    with nights(tmp_path) as kept:
        kept.desk.row("KR-11").update({"unit": "đồng", "baseline": "10 tỷ", "target": "12 tỷ", "current": "11 tỷ"})
        kept.desk.row("KR-12").update({"unit": "tỷ", "baseline": 10, "target": 12, "current": 11})
        kept.until(TAMPERED)
        kept.desk.row("KR-11").update({"baseline": "10.000.000.000", "target": 12_000_000_000})
        kept.desk.row("KR-12").update({"unit": "triệu", "baseline": 10_000, "target": 12_000, "current": 11_000})
        assert told(kept.night(TAMPERED)) == []
        kept.desk.row("KR-11")["target"] = "12 triệu"
        assert [finding.code for finding in kept.night(TAMPERED + timedelta(days=1))] == ["PR424"]


def test_weights_may_make_room_for_a_new_row(tmp_path: Path) -> None:
    """Shows that percent may become numbers and old weights shrink together, and that one that grows is told."""
    with nights(tmp_path) as kept:
        for row, weight in zip(kept.desk.blocks[0][1:], ("20%", "30%", "50%"), strict=True):
            row["weight"] = weight
        kept.until(TAMPERED)
        for row, number in zip(kept.desk.blocks[0][1:], (20, 30, 50), strict=True):
            row["weight"] = number
        assert told(kept.night(TAMPERED)) == []
        for row, number in zip(kept.desk.blocks[0][1:], (16, 24, 40), strict=True):
            row["weight"] = number
        kept.desk.blocks[0].append({**kept.desk.result(1, 9), "weight": 20})
        assert told(kept.night(TAMPERED + timedelta(days=1))) == []
        kept.desk.row("KR-11")["weight"] = 30
        codes = {finding.code for finding in kept.night(TAMPERED + timedelta(days=2))}
        assert codes == {"DR515"}


def test_a_row_that_was_added_later_has_a_week_of_its_own(tmp_path: Path) -> None:
    """Shows that the goals of a row that came in mid-cycle may be set for a week, and not moved after that."""
    with nights(tmp_path) as kept:
        kept.until(TAMPERED)
        kept.desk.blocks[0].append(kept.desk.result(1, 9))
        kept.night(TAMPERED)
        put("KR-19", "target", 90)(kept.desk)
        assert kept.night(TAMPERED + timedelta(days=5)) == []
        assert kept.night(TAMPERED + timedelta(days=12)) == []
        put("KR-19", "target", 80)(kept.desk)
        assert [finding.code for finding in kept.night(TAMPERED + timedelta(days=13))] == ["PR424"]


def test_nights_that_were_missed_hide_no_setting_up(tmp_path: Path) -> None:
    """Shows that what changed between the last night of a cycle and a late first one of the next is no move."""
    with nights(tmp_path) as kept:
        kept.night(date(2025, 9, 20))
        for row in kept.desk.results():
            row["target"] = 300
        assert kept.night(date(2025, 11, 20)) == []
        assert kept.night(date(2025, 11, 21)) == []


def test_nothing_is_judged_without_a_past(tmp_path: Path) -> None:
    """Shows that the first night finds nothing, whatever stands there."""
    with nights(tmp_path) as kept:
        kept.desk.headers["target"] = "Xyzzy"
        assert kept.night(TAMPERED) == []


def test_targets_of_months_are_agreed_in_their_first_week(tmp_path: Path) -> None:
    """Shows of KPIs by months that actuals and coming targets may be typed, and which moved targets are told."""
    november = date(2025, 11, 20)
    with nights(tmp_path, KpiDesk()) as kept:
        kept.until(date(2025, 11, 3))
        for row in kept.desk.rows():
            row["Actual T10"] = 97
        kept.desk.row("K-2").update({"Target T11": 111, "Target T12": 150})
        kept.until(november, date(2025, 11, 4))
        kept.desk.row("K-1")["Target T11"] = 90
        kept.desk.row("K-3")["Target T10"] = 50
        found = kept.night(november)
        places = [kept.desk.place("K-1", "Target T11").a1, kept.desk.place("K-3", "Target T10").a1]
        assert told(found) == [("PR424", place) for place in places]
        kept.desk.row("K-1")["Target T11"] = 110
        kept.desk.row("K-3")["Target T10"] = 100
        kept.desk.blocks[0].reverse()
        assert told(kept.night(november + timedelta(days=1))) == []
