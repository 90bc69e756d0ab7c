"""From which day on a goal counts as agreed, what the same is in other signs, and how a moved cell is told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sheetsync.model import Cycle, Done, Frequency, Period, Quantity
from sheetsync.past import Past, Remembered, Statement
from sheetsync.results import Finding
from sheetsync.rules import message
from sheetsync.rules.drift_agreed import begin_of, now_of, settled, told
from sheetsync.rules.facts import Share
from sheetsync.workbook import Workbook, Worksheet
from tests.factories import cell, key_result, kpi, objective, raw
from tests.rules.facts import CYCLE, ENGLISH, TODAY, VIETNAMESE, facts, found
from tests.rules.situation_parts import SEEN, kept, pair, percent, result, typed, was

FIRST = CYCLE.start
NIGHTS = (FIRST, FIRST + timedelta(days=6), FIRST + timedelta(days=7), FIRST + timedelta(days=20), TODAY)


@pytest.mark.parametrize(
    ("begin", "night"),
    [
        (FIRST - timedelta(days=6), FIRST),
        (FIRST - timedelta(days=5), FIRST + timedelta(days=6)),
        (FIRST, FIRST + timedelta(days=6)),
        (FIRST + timedelta(days=1), FIRST + timedelta(days=7)),
        (FIRST + timedelta(days=2), FIRST + timedelta(days=20)),
        (TODAY - timedelta(days=6), TODAY),
        (TODAY - timedelta(days=5), None),
    ],
)
def test_what_begins_is_agreed_on_its_seventh_day_or_the_next_night(begin: date, night: date | None) -> None:
    """Shows the first night that counts: six days after the first one, or the next that was recorded, or none yet."""
    assert settled(Past({}, NIGHTS), begin) == night


def started(*told: tuple[date, str]) -> Past:
    """Remember what the start of KR-1 said since some days."""
    said = tuple(Statement(day, "start", text) for day, text in told)
    one = Remembered("KR-1", "key_result", SEEN[0], SEEN[-1], (), said, "Q4/2025", FIRST, "OKR", 6)
    return Past({"KR-1": one}, SEEN)


LATER, EARLIER = date(2025, 10, 20), date(2025, 9, 1)
SPRING = Cycle("Q1/2026", date(2026, 1, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    ("start", "past", "cycle", "begin"),
    [
        (None, None, CYCLE, FIRST),
        (LATER, None, CYCLE, LATER),
        (EARLIER, None, CYCLE, FIRST),
        (LATER, started(), CYCLE, LATER),
        (LATER, started((FIRST, "2025-10-20")), CYCLE, LATER),
        (LATER, started((EARLIER, "2025-10-20")), CYCLE, LATER),
        (LATER, started((FIRST, "2025-10-05")), CYCLE, FIRST),
        (LATER, started((FIRST, "2025-10-05"), (SEEN[1], "2025-10-20")), CYCLE, FIRST),
        (LATER, started((EARLIER, "2025-10-05"), (FIRST, "2025-10-20")), CYCLE, LATER),
        (LATER, started((FIRST, "2025-10-20"), (SEEN[1], "2025-10-25"), (SEEN[2], "2025-10-20")), CYCLE, FIRST),
        (LATER, None, None, LATER),
        (None, None, None, date.min + timedelta(days=7)),
    ],
)
def test_a_goal_begins_with_its_cycle_or_its_own_later_start(
    start: date | None, past: Past | None, cycle: Cycle | None, begin: date
) -> None:
    """Shows that a later start counts where it never was another one in this cycle, so that nobody starts anew."""
    own = result(start=start, due=date(2025, 12, 20))
    seen = facts(objective(), own, result("KR-2", 7), past=past, cycle=cycle)
    assert begin_of(own, seen) == begin


def test_the_cycle_of_a_row_goes_before_that_of_the_workbook() -> None:
    """Shows that a goal with a cycle of its own is agreed from the first day of that one."""
    own = result(cycle=SPRING)
    assert begin_of(own, facts(objective(), own)) == SPRING.start


@pytest.mark.parametrize(
    ("concept", "frequency", "today", "cycle", "begin"),
    [
        ("target", None, date(2025, 11, 20), CYCLE, date(2025, 11, 1)),
        ("target", Frequency.MONTH, date(2025, 12, 1), CYCLE, date(2025, 12, 1)),
        ("target", Frequency.QUARTER, date(2025, 12, 31), CYCLE, date(2025, 10, 1)),
        ("target", Frequency.QUARTER, date(2025, 9, 30), CYCLE, date(2025, 7, 1)),
        ("target", Frequency.QUARTER, date(2025, 4, 1), None, date(2025, 4, 1)),
        ("target", Frequency.YEAR, date(2025, 11, 20), CYCLE, date(2025, 1, 1)),
        ("target", Frequency.WEEK, date(2025, 11, 20), CYCLE, date(2025, 11, 1)),
        ("weight", None, date(2025, 11, 20), CYCLE, FIRST),
        ("weight", None, date(2025, 11, 20), None, date(2025, 1, 1)),
        ("", Frequency.QUARTER, date(2025, 11, 20), SPRING, SPRING.start),
    ],
)
def test_the_target_of_a_kpi_is_agreed_for_its_period(
    concept: str, frequency: Frequency | None, today: date, cycle: Cycle | None, begin: date
) -> None:
    """Shows the first day of the month, quarter or year for targets, and of cycle or year for all else."""
    row = kpi(target=100, actual=90, frequency=frequency)
    assert begin_of(row, facts(row, today=today, cycle=cycle), concept) == begin


def test_a_kpi_of_a_year_or_of_a_period_has_its_own_first_day() -> None:
    """Shows that a yearly target is agreed for the cycle, and that a row for one period begins with that."""
    yearly = kpi(target=100, actual=90, yearly=True)
    assert begin_of(yearly, facts(yearly), "target") == FIRST
    august = Period(Frequency.MONTH, date(2025, 8, 1), date(2025, 8, 31), "T8")
    row = kpi(target=100, actual=90, period=august)
    assert begin_of(row, facts(row), "target") == begin_of(row, facts(row), "weight") == august.start


def test_one_target_of_many_months_is_agreed_once_for_all() -> None:
    """Shows that a cell that is the target of every month is told once, agreed with the first month or the cycle."""
    shared = cell(Quantity(100.0), 10, 6, "KPI")
    months = [kept(name) for name in ("T9", "T10", "T11")]
    row = kpi(target=shared, actual=90, periods=tuple(month._replace(target=shared) for month in months))
    assert begin_of(row, facts(row), "target") == FIRST
    assert begin_of(row, facts(row, cycle=None), "target") == months[0].period.start
    assert begin_of(row, facts(row), "weight") == FIRST
    names = "target", *(f"target 2025-{number:02}" for number in (9, 10, 11))
    said = tuple(Statement(SEEN[0], name, "80", 80.0) for name in names)
    past = Past({"KPI-1": Remembered("KPI-1", "kpi", SEEN[0], SEEN[-1], (), said)}, SEEN)
    (one,) = found("PR424", facts(row, past=past))
    assert (one.cell, one.params["before"], one.params["until"]) == (shared.ref, 80.0, SEEN[-1])
    own = row._replace(periods=(*row.periods[:2], months[2]))
    assert [one.cell for one in found("PR424", facts(own, past=past))] == [shared.ref, months[2].target.ref]


def test_the_target_of_a_kpi_may_be_typed_anew_each_month() -> None:
    """Shows that another target in a new month is no move, while another weight is one since the cycle began."""
    told_first = (("target", 90.0), ("weight", 2.0))
    said = tuple(Statement(SEEN[0], name, f"{number}", number) for name, number in told_first)
    nights = (*SEEN[:2], date(2025, 11, 3))
    past = Past({"KPI-1": Remembered("KPI-1", "kpi", SEEN[0], nights[-1], (), said)}, nights)
    row = kpi(target=100, actual=90, weight=3)
    soon = facts(row, past=past, today=date(2025, 11, 6))
    assert found("PR424", soon) == []
    (moved,) = found("DR515", soon)
    assert (moved.cell, moved.item, moved.params["kind"]) == (row.weight.ref, "KPI-1", "kpi")
    later = facts(row, past=past._replace(nights=(*nights, date(2025, 11, 7))), today=date(2025, 11, 8))
    assert [one.params["until"] for one in found("PR424", later)] == [date(2025, 11, 7)]


def moved(now: dict[str, Any], before: dict[str, Any], code: str = "PR424", **given: Any) -> list[Finding]:
    """Give what is found where a key result says something, and said something else."""
    return found(code, facts(*pair(**now), past=was(**before), **given))


@pytest.mark.parametrize(
    ("before", "now", "same"),
    [
        ("≥ 80%", ">= 80%", True),
        ("5 – 7", "5-7", True),
        ("5—7", "5 - 7", True),
        ("as far as we can.", "As far as  we can", True),
        ("the “best”", 'the "best"', True),
        ("our firm’s own", "our firm's own", True),
        ("≤ 80%", ">= 80%", False),
        ("5–7", "5–8", False),
    ],
)
def test_the_same_in_other_signs_is_no_move(before: str, now: str, same: bool) -> None:
    """Shows which signs, spaces and full stops mean the same in texts that are no plain numbers."""
    assert (moved({"target": raw(now)}, {"target": before}) == []) is same


@pytest.mark.parametrize(
    ("number", "unit", "then", "was_unit", "same"),
    [
        (12000, "triệu", 12, "tỷ", True),
        (12, "tỷ", 12000, "triệu", True),
        (12000, "triệu", 12, "triệu", False),
        (12000, "triệu", 12.5, "tỷ", False),
        (-12000, "triệu", 12, "tỷ", False),
        (-12000, "triệu", -12, "tỷ", True),
        (0, "triệu", 12, "tỷ", False),
        (12000, "Triệu ", 12, "triệu.", False),
        (12000, "triệu", 12, None, True),
        (1.0000000009, "triệu", 1, "triệu", True),
        (1.00000001, "triệu", 1, "triệu", False),
    ],
)
def test_a_number_may_change_with_its_unit_by_powers_of_ten(
    number: float, unit: str, then: float, was_unit: str | None, same: bool
) -> None:
    """Shows that 12 tỷ may become 12000 triệu where the unit was changed too, and nothing else may."""
    before = {"target": then} | ({"unit": was_unit} if was_unit else {})
    assert (moved({"target": number, "unit": unit, "baseline": 7}, before) == []) is same


def test_a_percentage_is_told_as_one_and_a_date_as_a_date() -> None:
    """Shows in what form the message gets what was agreed and what stands there now."""
    plain, share = cell(Quantity(0.4)), cell(percent(40))
    assert told(Statement(FIRST, "target", "40%", 0.4), plain) == Share(0.4)
    assert type(told(Statement(FIRST, "target", "40%", 0.4), plain)) is Share
    assert type(told(Statement(FIRST, "target", "0.4", 0.4), share)) is Share
    assert type(told(Statement(FIRST, "target", "0.4", 0.4), plain)) is float
    assert told(Statement(FIRST, "due", "2025-12-01"), cell(None)) == date(2025, 12, 1)
    assert told(Statement(FIRST, "owner", "Lan"), cell("Hà")) == "Lan"
    assert now_of(cell(None)) is None
    assert (now_of(plain), type(now_of(share))) == (0.4, Share)
    assert now_of(typed("31/12/2025", date(2025, 12, 31))) == date(2025, 12, 31)
    assert now_of(typed("≥ 80%", object())) == "≥ 80%"


@pytest.mark.parametrize(
    ("before", "now", "others", "said"),
    [
        (0.8, None, {"baseline": percent(40)}, "was 80% until"),
        (0.8, "≥ 90 points", {"baseline": percent(40)}, "was 80% until"),
        (1.0, None, {"current": percent(40)}, "was 100% until"),
        (0.8, None, {"baseline": 0.4, "current": 0.5}, "was 0.8 until"),
        (80, None, {"baseline": percent(40)}, "was 80 until"),
    ],
)
def test_what_was_agreed_among_percentages_is_told_as_one(
    before: float, now: str | None, others: dict[str, Any], said: str
) -> None:
    """Shows that a fraction is a percentage where baseline or current value are, whatever its own cell says now."""
    (one,) = moved({"target": raw(now) if now else None, **others}, {"target": before})
    assert said in message(one, ENGLISH)


def test_a_moved_target_says_what_it_was_until_when_and_since_when() -> None:
    """Shows every number of the message, where the cell changed on a night that is remembered or only today."""
    (today,) = moved({"target": 150}, {"target": 180})
    assert today.params == {"day": TODAY, "until": SEEN[-1], "before": 180.0, "steps": (), "target": 150.0}
    said = (Statement(SEEN[0], "target", "180", 180.0), Statement(SEEN[2], "target", "150.0", 150.0))
    one = was(target=180).items["KR-1"]._replace(statements=said)
    (before,) = found("PR424", facts(*pair(), past=Past({"KR-1": one}, SEEN)))
    assert before.params == {"day": SEEN[2], "until": SEEN[1], "before": 180.0, "steps": (), "target": 150.0}
    others = (*said, Statement(SEEN[2], "weight", "150", 150.0))
    back = found("PR424", facts(*pair(), past=Past({"KR-1": one._replace(statements=others)}, SEEN)))
    assert back[0].params == before.params


WEEKS = (*SEEN[:2], date(2025, 10, 26), date(2025, 11, 3), date(2025, 11, 12), SEEN[2])


def after(*told: tuple[date, float | str | None], concept: str = "target", **now: Any) -> list[Finding]:
    """Give what is found of a cell of KR-1 that said these things since these days."""
    said = tuple(
        Statement(day, concept, "" if it is None else f"{it}", it if isinstance(it, float) else None)
        for day, it in told
    )
    one = Remembered("KR-1", "key_result", SEEN[0], SEEN[-1], (), said, "Q4/2025", FIRST, "OKR", 6)
    return found({"target": "PR424", "owner": "DR516"}[concept], facts(*pair(**now), past=Past({"KR-1": one}, WEEKS)))


def test_a_target_that_was_moved_twice_is_told_step_by_step() -> None:
    """Shows until when the agreed number held, every number in between with its last night, and since when it is so."""
    (one,) = after((SEEN[0], 180.0), (WEEKS[3], 160.0), (WEEKS[5], 150.0), target=150)
    steps = ((160.0, WEEKS[4]),)
    assert one.params == {"before": 180.0, "until": WEEKS[2], "steps": steps, "target": 150.0, "day": WEEKS[5]}
    assert message(one, ENGLISH).startswith(
        "The target was 180 until 26 Oct 2025, 160 until 12 Nov 2025, and has been 150 since 19 Nov 2025."
    )
    assert message(one, VIETNAMESE).startswith(
        "Chỉ tiêu là 180 đến 26/10/2025, 160 đến 12/11/2025, từ 19/11/2025 là 150."
    )


def test_a_target_that_was_put_back_and_moved_again_has_its_steps_too() -> None:
    """Shows a step to a blank cell, one back to the agreed number, and one that only the last night saw."""
    (one,) = after((SEEN[0], 180.0), (WEEKS[2], None), (WEEKS[3], 180.0), (WEEKS[5], 170.0), target=150)
    assert (one.params["until"], one.params["day"]) == (SEEN[1], TODAY)
    assert one.params["steps"] == ((None, WEEKS[2]), (180.0, WEEKS[4]), (170.0, WEEKS[5]))
    assert "was 180 until 12 Oct 2025, …, 180 until 12 Nov 2025, 170 until 19 Nov 2025, and has been" in message(
        one, ENGLISH
    )


def test_what_was_filled_in_late_is_agreed_a_week_after() -> None:
    """Shows that a cell that was blank when the cycle had been set up is set up later, and watched from then on."""
    late = (SEEN[0], None), (WEEKS[2], 200.0)
    (one,) = after(*late, target=80)
    assert (one.params["before"], one.params["until"], one.params["day"]) == (200.0, WEEKS[5], TODAY)
    assert after(*late, target=200) == []
    assert [one.params["until"] for one in after((WEEKS[2], 200.0), target=80)] == [WEEKS[5]]  # a column that came late
    assert after(*late, (date(2025, 11, 1), 190.0), target=190) == []  # in its own first week
    assert after((SEEN[0], None), (WEEKS[5], 200.0), target=80) == []  # which is not over
    (owner,) = after((SEEN[0], None), (WEEKS[2], "An"), concept="owner", owner="Bình")
    assert (owner.params["before"], owner.params["value"]) == ("An", "Bình")


def test_what_was_filled_in_emptied_and_filled_in_again_is_set_up_anew() -> None:
    """Shows that a cell that was blank again at the end of its own first week begins with what it says next."""
    told = (SEEN[0], None), (WEEKS[2], 200.0), (date(2025, 11, 1), None), (date(2025, 11, 4), 90.0)
    (one,) = after(*told, target=80)
    assert one.params["before"] == 90.0
    assert after(*told[:3], target=80) == []


def test_what_is_done_or_not_is_no_move() -> None:
    """Shows that a target that is a plain yes is never told to have been a number, nor one without a column."""
    assert moved({"target": typed("yes", Done(True))}, {"target": 180}) == []
    assert moved({"target": typed("150", Quantity(150.0), 0)}, {"target": 180}) == []


def test_a_formula_that_nobody_has_computed_is_no_move() -> None:
    """Shows that a blank cell is a move where it is blank, and none where a formula without a value stands in it."""
    column = result().target.column

    def book(*places: tuple[int, int], name: str = "OKR") -> Workbook:
        return Workbook("b", "b", (Worksheet("Other", []), Worksheet(name, [], formulas=frozenset(places))), "1")

    blank, before = {"target": None}, {"target": 180}
    assert moved(blank, before, workbook=book((6, column))) == []
    for other in (book(), book((5, column)), book((6, column + 1)), book((6, column), name="Else")):
        assert [one.params["target"] for one in moved(blank, before, workbook=other)] == [None]
    assert [one.params["target"] for one in moved(blank, before)] == [None]
    assert len(moved({"target": 150}, before, workbook=book((6, column)))) == 1


def test_only_what_was_there_is_moved() -> None:
    """Shows that other items of the same past, blank cells of it, and a past without a night hold no move back."""
    past = was("KR-2", target=180)
    assert [one.item for one in found("PR424", facts(*pair(), past=past))] == ["KR-2"]
    assert found("PR424", facts(*pair(), past=was(target=""))) == []
    assert found("PR424", facts(*pair(), past=Past({}, ()))) == []
    assert found("PR424", facts(key_result(target=5), past=was(target=180)._replace(nights=()))) == []
