"""The least change that turns an item green: with it the status turns, with a hair less it does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync import locales, profiles
from sheetsync.language import Phrases
from sheetsync.model import (
    Bounds,
    Commitment,
    Direction,
    Done,
    Frequency,
    Link,
    Metric,
    Milestones,
    PerPeriod,
    Quantity,
    Relative,
)
from sheetsync.results import Status
from sheetsync.scoring import explain, explain_lines, profile_from
from sheetsync.scoring.least.key_results import BEHIND, GREEN, Step
from sheetsync.scoring.least.lines import least_lines
from tests.factories import check_in, goals, key_result, kpi, objective, raw
from tests.scoring import strategies
from tests.scoring.scene import DEFAULT, DUE, HALF, QUARTER, VN_KPI, card, changed, month, percent

EN, VI = (Phrases(locales.load(language)) for language in ("en", "vi"))
ALL = tuple(profile_from(profiles.load(name)) for name in profiles.names())
PACED = tuple(one for one in ALL if one.status.by != "achievement" or one.full_name != VN_KPI.full_name)
NUMBERS = {"rise", "fall", "rise_beyond", "fall_beyond"}
HAIR = 1e-5


def steps(
    key: str, *items: Any, today: date = HALF, profile: Any = DEFAULT, kpi_profile: Any = VN_KPI
) -> tuple[Step, ...]:
    """Give the least changes of one of some items."""
    found = card(*items, today=today, profile=profile, kpi=kpi_profile)
    return explain(goals(*items, cycle=QUARTER), found, profile, kpi_profile, key, today).least


def lines(key: str, *items: Any, phrases: Phrases = EN, **where: Any) -> list[str]:
    """Tell the least changes of one of some items, without the head."""
    kind = {"K": "key_result", "O": "objective"}.get(key[0] if key[:3] != "KPI" else "", "kpi")
    return [line.strip() for line in least_lines(steps(key, *items, **where), kind, phrases)[1:]]


def typed(number: float) -> float:
    """Give a number that somebody could have typed."""
    return round(number, 4)


amounts = st.one_of(
    st.integers(-1000, 1000).map(float), st.floats(-1e6, 1e6).map(typed), st.sampled_from([0.0, 12e9, 0.3])
)
on_the_way = st.fixed_dictionaries(
    {
        "metric": st.sampled_from([Metric.INCREASE, Metric.DECREASE]),
        "baseline": amounts,
        "target": amounts,
        "current": amounts,
    }
)
held = st.fixed_dictionaries(
    {
        "metric": st.sampled_from([Metric.AT_LEAST, Metric.AT_MOST, Metric.BETWEEN]),
        "baseline": st.none() | amounts,
        "target": st.tuples(amounts, amounts).map(lambda ends: Bounds(min(ends), max(ends))),
        "current": amounts,
    }
)
one_sided = st.fixed_dictionaries(
    {"metric": st.sampled_from([Metric.AT_LEAST, Metric.AT_MOST]), "target": amounts, "current": amounts}
)
ratios = st.fixed_dictionaries(
    {"metric": st.just(Metric.RATIO), "target": amounts.map(abs), "current": amounts.map(abs), "falls": st.booleans()}
)
shares = st.fixed_dictionaries(
    {"metric": st.just(Metric.PERCENT_DONE), "current": st.floats(0, 1).map(lambda share: Quantity(share, True))}
)
means = st.fixed_dictionaries(
    {
        "metric": st.just(Metric.PER_PERIOD),
        "target": st.integers(1, 50).map(lambda number: PerPeriod(float(number), Frequency.MONTH)),
        "current": st.floats(0, 50),
    }
)
rows = st.one_of(on_the_way, held, one_sided, ratios, shares, means)


@given(rows, st.sampled_from(ALL), st.dates(date(2025, 10, 2), date(2026, 1, 20)), st.sampled_from([None, *Commitment]))
def test_with_the_value_the_status_turns_and_with_a_hair_less_it_does_not(
    fields: dict[str, Any], profile: Any, today: date, commitment: Any
) -> None:
    """Shows exactness for every kind of number, every profile, before and after the due day."""
    item = key_result(**fields, commitment=commitment, check_in_date=today)
    told = [step for step in steps("KR-1", item, today=today, profile=profile) if step.code in NUMBERS]
    assert isinstance(item.current.value, Quantity)
    start = item.current.value.number

    def status(value: float, step: Step) -> Status:
        day = DUE + timedelta(days=1) if step.by and not step.over else today
        current = Quantity(value, step.percent)
        again = key_result(**{**fields, "current": current}, commitment=commitment, check_in_date=day)
        return card(again, today=day, profile=profile).scores["KR-1"].status

    for step in told:
        assert step.value is not None
        assert step.shown is not None
        wanted = {Status.ACHIEVED} if step.by else GREEN
        assert status(step.value, step) in wanted
        if step.code.endswith("_beyond"):
            assert status(step.shown, step) not in wanted
            continue
        target = item.target.value
        ends = [target.number] if isinstance(target, Quantity | PerPeriod) else [1.0]
        ends = [end for end in target[:2] if end is not None] if isinstance(target, Bounds) else ends
        way = max(abs(step.value - start), *(abs(end - start) for end in ends))
        less = step.value - (HAIR * way if step.value > start else -HAIR * way)
        assert status(less, step) not in wanted or abs(less - start) < HAIR * way
        if step.code in ("rise", "fall"):
            assert status(step.shown, step) in wanted
            assert (step.shown - step.value) * (step.value - start) >= 0


@given(rows, st.sampled_from(ALL))
def test_whatever_is_behind_is_told_something(fields: dict[str, Any], profile: Any) -> None:
    """Shows that no red or yellow key result is left without advice, and that no green one gets any."""
    item = key_result(**fields, check_in_date=HALF)
    score = card(item, profile=profile).scores["KR-1"]
    told = steps("KR-1", item, profile=profile)
    assert bool(told) == (score.status in BEHIND or score.not_scored is not None)
    for phrases in (EN, VI):
        assert all("{" not in line for line in least_lines(told, "key_result", phrases))


@given(
    amounts.filter(lambda number: number > 1e-3), amounts.map(abs),
    st.sampled_from([Direction.HIGHER, Direction.LOWER]), st.sampled_from(ALL), st.integers(1, 3),
)  # fmt: skip
def test_a_kpi_turns_at_its_value_and_not_a_hair_before(
    target: float, actual: float, direction: Direction, profile: Any, count: int
) -> None:
    """Shows exactness for KPIs of one month and of several, which one number stands for together."""

    def row(value: float) -> Any:
        return kpi(
            direction=direction, periods=tuple(month(8 + place, target, value / count) for place in range(count))
        )

    told = steps("KPI-1", row(actual), kpi_profile=profile)

    def status(value: float) -> Status:
        return card(row(value), kpi=profile).scores["KPI-1"].status

    for step in told:
        if step.code not in NUMBERS:
            continue
        assert step.value is not None
        wanted = {Status(step.status)} | ({Status.ACHIEVED} if step.status == "on_track" else set())
        hair = HAIR * max(abs(step.value - actual), abs(target * count - actual)) * (1 if step.value > actual else -1)
        assert status(step.value + hair) in wanted
        assert status(step.value - hair) not in wanted or abs(step.value - hair - actual) < abs(hair)


@given(st.lists(st.floats(0, 0.6), min_size=1, max_size=4), st.sampled_from(PACED), st.integers(1, 5))
def test_the_named_key_result_alone_turns_its_objective(shares: list[float], profile: Any, weight: int) -> None:
    """Shows for each key result that is named that moving it alone turns the objective, and a hair less does not."""
    items = [
        key_result(
            f"KR-{place}", metric=Metric.INCREASE, baseline=0, target=1000, current=share * 1000,
            weight=weight if place == 0 else 1, check_in_date=HALF,
        )
        for place, share in enumerate(shares)
    ]  # fmt: skip

    def status(key: str, value: float) -> Status:
        moved = [
            one._replace(current=one.current._replace(value=Quantity(value))) if one.key == key else one
            for one in items
        ]
        return card(objective(), *moved, profile=profile).scores["O-1"].status

    told = steps("O-1", objective(), *items, profile=profile)
    for step in told:
        if step.code != "rise":
            continue
        assert step.value is not None
        assert step.item is not None
        assert status(step.item, step.value) in GREEN
        assert status(step.item, step.value - 0.01) not in GREEN
    if [step.code for step in told] == ["together"]:
        assert all(status(one.key, 1000.0) not in GREEN for one in items)


UPDATE = "Cần cập nhật: số liệu vẫn tốt, chỉ là đã lâu không cập nhật"
SAID: list[tuple[dict[str, Any], list[str]]] = [
    (
        {"target": 12e9, "current": 3.7e9, "unit": "đồng"},
        [
            "Hôm nay cần đạt 4,74 tỷ đồng để đúng tiến độ (đang là 3,7 tỷ đồng)",
            "Cần đạt 8,4 tỷ đồng trước 31/12 để hoàn thành",
        ],
    ),
    (
        {"baseline": percent(6), "target": percent(2), "current": percent(6), "metric": Metric.DECREASE},
        ["Hôm nay cần giảm còn 4,42% để đúng tiến độ (đang là 6%)", "Cần giảm còn 3,2% trước 31/12 để hoàn thành"],
    ),
    (
        {"target": Milestones(("Chào hàng", "Kiểm tra", "Lên kệ"))},
        [
            "Cần xong các cột mốc sau để đúng tiến độ: Chào hàng, Kiểm tra",
            "Cần xong các cột mốc sau trước 31/12 để hoàn thành: Chào hàng, Kiểm tra, Lên kệ",
        ],
    ),
    (
        {"target": Milestones(("a", "b", "c", "d")), "current": 1},
        ["Cần xong 2 cột mốc để đúng tiến độ", "Cần xong 3 cột mốc trước 31/12 để hoàn thành"],
    ),
    *(
        (
            {"metric": Metric.PERCENT_DONE, **given},
            [f"Hôm nay cần đạt 39,5% để đúng tiến độ (đang là {now})", "Cần đạt 70% trước 31/12 để hoàn thành"],
        )
        for given, now in (
            ({"current": 20}, "20%"),
            ({"current": 1.5}, "1,5%"),
            ({"current": 0.2}, "20%"),
            ({"current": 20, "target": percent(100)}, "20%"),
            ({"current": percent(20), "target": Done(True)}, "20%"),
        )
    ),
    (
        {"metric": Metric.PERCENT_DONE, "current": None},
        ["Hôm nay cần đạt 39,5% để đúng tiến độ", "Cần đạt 70% trước 31/12 để hoàn thành"],
    ),
    (
        {"metric": Metric.PERCENT_DONE, "baseline": 20, "current": 30},
        ["Hôm nay cần đạt 51,6% để đúng tiến độ (đang là 30%)", "Cần đạt 76% trước 31/12 để hoàn thành"],
    ),
    (
        {"metric": Metric.PERCENT_DONE, "current": 20, "target": 100},
        ["Hôm nay cần đạt 39,5 để đúng tiến độ (đang là 20)", "Cần đạt 70 trước 31/12 để hoàn thành"],
    ),
    ({"target": Bounds(60, None), "current": 40}, ["Hôm nay cần đạt 60 để đúng tiến độ (đang là 40)"]),
    ({"target": Bounds(None, 5)}, ["Cần ghi số thực hiện: chỉ cần 0 là đúng tiến độ"]),
    (
        {"target": 100, "current": 60, "check_in_date": date(2025, 10, 5)},
        [UPDATE, "Cần đạt 70 trước 31/12 để hoàn thành"],
    ),
    (
        {"target": raw("nhiều hơn"), "current": 1},
        ["Trước hết phải tính được điểm. Lý do chưa tính được: Không đọc được chỉ tiêu: “nhiều hơn”"],
    ),
    ({"target": 100, "current": 60}, []),
]


@pytest.mark.parametrize(("given", "told"), SAID)
def test_it_is_said_as_a_manager_says_it(given: dict[str, Any], told: list[str]) -> None:
    """Shows the sentences of each kind of key result in Vietnamese."""
    assert lines("KR-1", key_result(**{"check_in_date": HALF, **given}), phrases=VI) == told


def test_after_the_due_day_it_is_told_what_it_would_have_needed() -> None:
    """Shows yes and no, a number, and milestones that were missed."""
    late = DUE + timedelta(days=9)
    assert lines("KR-1", key_result(target=100, current=60), today=late) == ["Would have needed 70 by 31 Dec (now 60)"]
    done = key_result(metric=Metric.YES_NO, current=Done(False))
    assert lines("KR-1", done, today=late) == ["Would have had to be done by 31 Dec"]
    steps_done = key_result(target=Milestones(("a", "b")), current=1)
    assert lines("KR-1", steps_done, today=late) == ["Would have needed 2 milestones done by 31 Dec"]


def test_a_log_that_is_counted_by_period_has_no_one_value() -> None:
    """Shows that past periods cannot be made up for by one number."""
    item = key_result(target=PerPeriod(4, Frequency.MONTH))
    log = check_in(date=date(2025, 10, 20), value=1)
    assert lines("KR-1", item, log) == [
        "No single value can: it counts each period by itself, so the coming periods have to meet their target"
    ]


def test_a_strict_bound_has_to_be_passed() -> None:
    """Shows "more than" where the bound itself does not count."""
    strict = profile_from(profiles.load("quantive@1"))
    item = key_result(target=Bounds(60, None), current=60, check_in_date=HALF)
    assert lines("KR-1", item, profile=strict)[0].startswith("Needs more than 60 to be ")


def test_where_confidence_decides_it_is_named_first() -> None:
    """Shows the confidence from which on it is on track."""
    koan = profile_from(profiles.load("koan@1"))
    item = key_result(target=100, current=10, confidence=3, check_in_date=HALF)
    assert lines("KR-1", item, profile=koan)[0].startswith("Needs a confidence ")


def test_an_objective_that_no_key_result_can_turn_alone_says_so() -> None:
    """Shows that several have to rise."""
    items = [key_result(f"KR-{number}", target=100, current=0, check_in_date=HALF) for number in range(4)]
    assert lines("O-1", objective(), *items) == ["No key result alone can, even at its target: several have to rise"]


def test_an_objective_names_what_is_missing_or_neglected() -> None:
    """Shows the key results that cannot be scored, and that an update is enough where nothing else lacks."""
    missing = [key_result("KR-1", target=raw("x"), title="A"), key_result("KR-2", title="B", current=1)]
    assert [step.item for step in steps("O-1", objective(), *missing)] == ["KR-1", "KR-2"]
    assert lines("O-1", objective()) == ["First it must be scored. Why it is not yet: No key result"]
    old = key_result(target=100, current=60, check_in_date=date(2025, 10, 5))
    assert lines("O-1", objective(), old)[0].startswith("Update one of its key results")


def test_a_contributing_objective_is_kept_where_it_is() -> None:
    """Shows that the value told holds beside an objective that counts too."""
    profile = changed(rollup={"child_weight": 1})
    items = [
        objective("O-1"),
        objective("O-2", aligned_to=("O-1",), link=Link.CONTRIBUTES),
        key_result("KR-1", target=100, current=10, check_in_date=HALF),
        key_result("KR-2", target=100, current=30, objective="O-2", check_in_date=HALF),
    ]
    (step,) = steps("O-1", *items, profile=profile)
    assert step.item == "KR-1"
    assert step.value is not None
    moved = [*items[:2], key_result("KR-1", target=100, current=step.value, check_in_date=HALF), items[3]]
    assert card(*moved, profile=profile).scores["O-1"].status is Status.ON_TRACK


def test_the_log_counts_as_the_place_where_a_value_is_put_in() -> None:
    """Shows that a key result with check-ins is moved by one more of them, not by its row."""
    item = key_result(target=100, current=10)
    told = steps("KR-1", item, check_in(date=date(2025, 11, 10), value=20))
    assert told[0].now == 20
    assert told[0].value is not None
    after = card(item, check_in(date=date(2025, 11, 10), value=20), check_in(date=HALF, value=told[0].value))
    assert after.scores["KR-1"].status is Status.ON_TRACK


def test_a_missing_kpi_is_told_its_plan() -> None:
    """Shows that a KPI without an actual is told what would do."""
    assert lines("KPI-1", kpi(target=100)) == ["Needs 90 to be on track", "Needs 100 to be achieved"]


def test_it_stands_in_the_explanation(golden: Callable[[str, str], None]) -> None:
    """Shows the lines beneath an explanation, in both languages."""
    relative = key_result(baseline=200, target=Relative(0.25), current=210, check_in_date=HALF)
    items = [objective(title="Doanh số"), relative]
    for language, phrases in (("en", EN), ("vi", VI)):
        told = []
        for key in ("KR-1", "O-1"):
            found = card(*items)
            one = explain(goals(*items, cycle=QUARTER), found, DEFAULT, VN_KPI, key, HALF)
            told.append("\n".join(explain_lines(one, phrases)))
        golden(f"least.{language}.txt", "\n\n".join(told) + "\n")


@given(st.lists(strategies.fields, min_size=1, max_size=3), st.sampled_from(ALL))
def test_whatever_stands_in_the_rows_can_be_explained(rows: list[dict[str, Any]], profile: Any) -> None:
    """Shows that huge, tiny, unreadable and contradicting values never end in an error."""
    items = [objective(), *(key_result(f"KR-{place}", **fields) for place, fields in enumerate(rows))]
    found = card(*items, profile=profile)
    for key in ("O-1", "KR-0"):
        one = explain(goals(*items, cycle=QUARTER), found, profile, VN_KPI, key, HALF)
        assert explain_lines(one, VI)[0].startswith(key)
