"""Why, in one sentence: every kind of it as a cell shows it, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from sheetsync import profiles
from sheetsync.language import Phrases
from sheetsync.model import Bounds, Direction, Done, Frequency, KpiLink, Metric, PerPeriod, Quantity, Relative, Seen
from sheetsync.noticed import Unlike
from sheetsync.results import Score, Scorecard
from sheetsync.scoring import profile_from, score
from sheetsync.writeback.columns import Column
from sheetsync.writeback.shown import Shown
from tests.factories import goals, key_result, kpi, objective, raw
from tests.scoring.scene import DEFAULT, DUE, HALF, START, VN_KPI, card, changed, month
from tests.writeback.sheets import AUTHORSHIP, ENGLISH, VIETNAMESE

WHY = Column("why", "text", quiet=True)
LONGEST = 110
"""Characters that a cell of the width that we give it shows in three lines."""

LATE, EARLY = DUE + timedelta(days=5), START - timedelta(days=5)
ACHIEVING = changed(status={"by": "achievement", "on_track": 0.9, "at_risk": 0.7, "achieved": 1.0})
MINDFUL = changed("vn-kpi@1", status={"on_track": 0.7, "at_risk": 0.5, "neglect_days": 14})
KOAN, PERDOO = (profile_from(profiles.load(name)) for name in ("koan@1", "perdoo@1"))
OLD = date(2025, 10, 5)
SOON = START + timedelta(days=10)


def okr(today: date = HALF, profile: Any = None, *, dated: bool = True, key: str = "KR-1", **given: Any) -> Score:
    """Score one key result, or the objective above it."""
    day: dict[str, Any] = {"check_in_date": min(max(today, START), DUE)} if dated else {}
    item = key_result(**{"weight": 1, **day, **given})
    return card(objective(), item, today=today, profile=profile or DEFAULT).scores[key]


def row(today: date = HALF, **given: Any) -> Score:
    """Score one KPI."""
    return card(kpi(**given), today=today).scores["KPI-1"]


def several(*numbers: Any, profile: Any = None, key: str = "O-1") -> Score:
    """Score an objective over key results of 100 with these values."""
    items = [
        key_result(f"KR-{place}", target=raw("x") if number is None else 100, current=number, check_in_date=HALF)
        for place, number in enumerate(numbers, 1)
    ]
    return card(objective(), *items, profile=profile or DEFAULT).scores[key]


def every_kind() -> list[Score]:
    """Give a score of every kind of reason, made by scoring itself."""
    return [*on_the_way(), *above_and_beside(), *not_scored()]


def on_the_way() -> list[Score]:
    """Give key results of every standing."""
    bound: dict[str, Any] = {"target": Bounds(60, None)}
    talks: dict[str, Any] = {"metric": Metric.PER_PERIOD, "target": PerPeriod(4, Frequency.MONTH), "current": 3}
    open_work: dict[str, Any] = {"metric": Metric.YES_NO, "current": Done(False)}
    return [
        okr(EARLY, target=10, current=1),
        okr(LATE, target=10, current=9),
        okr(LATE, target=10, current=5),
        okr(LATE, target=10),
        okr(target=10, current=10, dated=False),
        okr(target=10, current=10),
        okr(START, target=10, dated=False),
        okr(target=10),
        okr(target=10, current=6, check_in_date=OLD),
        okr(target=10, current=1, dated=False),
        okr(target=10, current=4),
        _dateless(dated=False),
        _dateless(dated=True),
        okr(SOON, **bound, current=66, dated=False),
        okr(**bound, current=66),
        okr(**bound, current=50, dated=False),
        okr(**bound, current=50),
        okr(**talks, dated=False),
        okr(**talks),
        okr(SOON, **open_work, dated=False),
        okr(**open_work),
        okr(profile=KOAN, target=10, current=2, confidence=4, dated=False),
        okr(profile=KOAN, target=10, current=2, confidence=4),
        okr(profile=KOAN, target=10, current=2),
        *(okr(profile=one, **bound, current=50, dated=dated) for one in _at_risk_bounds() for dated in (False, True)),
    ]


def above_and_beside() -> list[Score]:
    """Give objectives and KPIs of every standing."""
    return [
        several(20, 80, profile=PERDOO),
        several(20, 80),
        several(20),
        several(20, 80, None),
        *_dateless_objectives(),
        row(target=100, actual=96),
        row(periods=(month(10, 100, 96),)),
        row(periods=(month(9, 100, 96), month(10, 100, 80))),
        row(target=100),
        _month_without_actual(),
        row(target=100, actual=20, critical=True),
        row(target=100, critical=True, section="Fatal"),
        row(periods=(month(11, 100, 20),)),
        _kpi_without_newer_actual(),
    ]


def _month_without_actual() -> Score:
    """Score the row of a month without an actual, of a KPI that has one in another month."""
    rows = [
        kpi(f"K-{number}", row=number, id="K", target=100, actual=actual, period=month(number).period)
        for number, actual in ((8, None), (9, 90))
    ]
    return card(*rows).scores["K-8"]


def _kpi_without_newer_actual() -> Score:
    """Score a KPI on track of which history knows, and whose last month is long over."""
    read = goals(kpi(periods=(month(8, 100, 80),)))._replace(seen={"KPI-1": Seen(START)})
    return score(read, DEFAULT, MINDFUL, HALF).scores["KPI-1"]


def not_scored() -> list[Score]:
    """Give what cannot be scored, for every reason that there is."""
    return [
        okr(target=raw("nhiều hơn"), current=1),
        okr(metric=Metric.INCREASE, baseline=raw("ít"), target=5, current=1),
        okr(target=5, current=raw("khoảng một nửa")),
        okr(metric=Metric.INCREASE, current=1),
        okr(baseline=5, target=5, current=5),
        okr(metric=Metric.INCREASE, baseline=10, target=5, current=7),
        okr(target=5, current=7, falls=True),
        okr(metric=Metric.DECREASE, target=5, current=7),
        okr(target=Relative(0.5), current=7),
        okr(metric=Metric.INCREASE, target=0, current=7),
        row(target=-5, actual=-4, direction=Direction.HIGHER),
        okr(target=10, current=4, weight=Quantity(-5.0)),
        row(periods=(month(12, 100, None),)),
        several(None, None),
        card(objective()).scores["O-1"],
        _without_cycle(),
        okr(metric=Metric.BETWEEN, target=5, current=4),
        okr(metric=Metric.INCREASE, target=5, current=Done(True)),
        okr(target=5, current=4, start=DUE, due=START),
        okr(metric=Metric.INCREASE, baseline=0, target=1e-300, current=1e300),
        card(kpi(target=100), kpi=changed("vn-kpi@1", kpi={"missing": "left_out"})).scores["KPI-1"],
        _in_two_units(),
    ]


def _in_two_units() -> Score:
    item = key_result(target=5000, current=1e8)
    target = item.target._replace(raw="khoảng 5.000 USD sau thuế mỗi tháng")
    current = item.current._replace(raw="100 triệu đồng trong ba tháng đầu năm")
    pair = Unlike(current, "current", "okr", target, "target")
    return card(item._replace(target=target, current=current, unlike=(pair,))).scores["KR-1"]


def _at_risk_bounds() -> list[Any]:
    """Give the profiles in which a bound that is not held is at risk until the due day."""
    found = [profile_from(profiles.load(name)) for name in profiles.names()]
    return [one for one in found if one.bounds.status == "at_risk"][:1]


def _dateless(*, dated: bool) -> Score:
    item = key_result(target=10, current=4, check_in_date=HALF if dated else None)
    return score(goals(item), ACHIEVING, VN_KPI, HALF).scores["KR-1"]


def _dateless_objectives() -> list[Score]:
    found = []
    for numbers in ((20, 80), (20,), (20, 80, None)):
        items = [
            key_result(f"KR-{place}", target=raw("x") if number is None else 100, current=number)
            for place, number in enumerate(numbers, 1)
        ]
        found.append(score(goals(objective(), *items), ACHIEVING, VN_KPI, HALF).scores["O-1"])
    return found


def _without_cycle() -> Score:
    item = key_result(target=10, current=4)
    return score(goals(item), profile_from(profiles.load("default@1")), VN_KPI, HALF).scores["KR-1"]


def told(phrases: Phrases) -> dict[str, str]:
    """Give the cell of each kind of reason."""
    scores = every_kind()
    cells = Shown(phrases).values(WHY, scores)
    return {one.reason.code: str(cell) for one, cell in zip(scores, cells, strict=True)}


@pytest.mark.parametrize(("language", "phrases"), [("en", ENGLISH), ("vi", VIETNAMESE)])
def test_every_kind_of_why_reads_well(golden: Callable[[str, str], None], language: str, phrases: Phrases) -> None:
    """Shows each sentence as it stands in a cell; the file is there to be read."""
    sentences = told(phrases)
    golden(f"why.{language}.txt", "".join(f"{code}: {text}\n" for code, text in sentences.items()))


def test_no_kind_of_why_is_missing_here() -> None:
    """Shows that scoring can give every sentence that the locale has."""
    assert {f"why.{code}" for code in told(ENGLISH)} == set(ENGLISH.keys("why"))


@pytest.mark.parametrize("phrases", [ENGLISH, VIETNAMESE])
def test_a_why_fits_into_a_cell_and_is_known_as_ours(phrases: Phrases) -> None:
    """Shows that each is short, is one sentence without a full stop, and would be recognised again."""
    for code, text in told(phrases).items():
        assert 0 < len(text) <= LONGEST, code
        assert not text.endswith("."), code
        assert AUTHORSHIP.could_be_ours("why", "text", text), code


@pytest.mark.parametrize("phrases", [ENGLISH, VIETNAMESE])
def test_a_why_names_dates_and_never_ages(phrases: Phrases) -> None:
    """Shows that a sentence does not change from one day to the next of itself."""
    for text in told(phrases).values():
        assert re.search(r"\bago\b|\d (days?|weeks?|ngày|tuần)\b|hôm qua", text) is None


def test_a_long_title_does_not_fill_the_cell() -> None:
    """Shows that a key result without an id is named by the beginning of its title."""
    long = "Doanh thu bán hàng trực tuyến của toàn bộ các chi nhánh phía Nam tăng mạnh so với cùng kỳ năm ngoái"
    items = [
        key_result(f"KR-{place}", id=None, title=f"{place} {long}", target=100, current=place, check_in_date=HALF)
        for place in (1, 2)
    ]
    found = card(objective(), *items).scores["O-1"]
    (text,) = Shown(VIETNAMESE).values(WHY, [found])
    assert len(str(text)) <= LONGEST
    assert "Doanh thu" in str(text)


def guarded(*shares: int, profile: Any = None) -> Scorecard:
    """Score a goal with guards that reached so many percent of their targets."""
    item = key_result(target=100, current=40, check_in_date=HALF)
    guards = [
        kpi(
            f"KPI-{place}",
            row=5 + place,
            title="Tỷ lệ khách hàng hài lòng",
            target=100,
            actual=share,
            aligned_to=("O-1",),
            kpi_link=KpiLink.GUARDS,
        )
        for place, share in enumerate(shares, 1)
    ]
    return card(objective(), item, *guards, profile=profile or DEFAULT)


@pytest.mark.parametrize(("language", "phrases"), [("en", ENGLISH), ("vi", VIETNAMESE)])
def test_a_red_guard_is_told_in_the_why_of_its_goal(
    golden: Callable[[str, str], None], language: str, phrases: Phrases
) -> None:
    """Shows the sentence of an objective with no, one and three red guards; it fits into the cell and is ours."""
    sentences = []
    for shares in ((95,), (50,), (50, 40, 30)):
        found = guarded(*shares)
        (text,) = Shown(phrases, found.alarms).values(WHY, [found.scores["O-1"]])
        sentences.append(str(text))
        assert AUTHORSHIP.could_be_ours("why", "text", text)
        assert len(str(text)) <= LONGEST
    golden(f"guarded.{language}.txt", "".join(f"{text}\n" for text in sentences))


def test_words_that_only_end_like_a_guards_are_not_ours() -> None:
    """Shows that a sentence of somebody's own is kept though it ends as one of ours."""
    assert not AUTHORSHIP.could_be_ours("why", "text", "ask Lan; guard “Satisfaction” is red at 50%")
    assert not AUTHORSHIP.could_be_ours("why", "text", "; guard “Satisfaction” is red at 50%")
