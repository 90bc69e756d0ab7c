"""What is said of the least change, sentence by sentence; and which readings are tried, in which order."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync import locales
from sheetsync.language import Phrases
from sheetsync.model import Bounds, Done, Metric, Milestones, Quantity, Reading
from sheetsync.results import Reason
from sheetsync.scoring.least.key_results import Step
from sheetsync.scoring.least.lines import least_lines
from sheetsync.scoring.least.subject import Found, Subject, least
from sheetsync.scoring.least.turning import Turn, turn
from tests.scoring.scene import percent

EN, VI = (Phrases(locales.load(language)) for language in ("en", "vi"))
DUE = date(2025, 12, 31)


def said(step: Step, kind: str = "key_result", phrases: Phrases = EN) -> str:
    """Tell one step, without the head."""
    head, line = least_lines([step], kind, phrases)
    assert head == phrases.text("explain.least.head")
    return line.removeprefix("  ")


def test_nothing_is_said_where_there_is_nothing_to_tell() -> None:
    """Shows that no step takes no head either, and that two steps share one."""
    assert least_lines([], "kpi", EN) == []
    assert len(least_lines([Step("update"), Step("together")], "objective", EN)) == 3


NUMBERS = {"status": "on_track", "value": 60.0, "shown": 60.0, "now": 40.0}


@pytest.mark.parametrize(
    ("given", "kind", "line"),
    [
        ({}, "key_result", "Needs 60 to be on track today (now 40)"),
        ({}, "objective", "Needs 60 to be on track today (now 40)"),
        ({}, "kpi", "Needs 60 to be on track (now 40)"),
        ({"now": None}, "kpi", "Needs 60 to be on track"),
        ({"now": 0.0}, "kpi", "Needs 60 to be on track (now 0)"),
        ({"by": DUE}, "key_result", "Needs 60 by 31 Dec to be on track"),
        ({"by": DUE, "over": True}, "key_result", "Would have needed 60 by 31 Dec (now 40)"),
        ({"item": "KR-2", "title": "Calls"}, "objective", "KR-2 Calls alone, if it reached 60 (now 40): on track"),
        ({"item": "KR-2", "title": "Calls", "by": DUE}, "kpi", "KR-2 Calls alone, if it reached 60 (now 40): on track"),
        ({"unit": "shops"}, "kpi", "Needs 60 shops to be on track (now 40 shops)"),
        ({"status": "achieved"}, "kpi", "Needs 60 to be achieved (now 40)"),
    ],
)
def test_a_number_to_reach(given: dict[str, Any], kind: str, line: str) -> None:
    """Shows the sentence for today, by the last day, after it, for a KPI, and for a key result of an objective."""
    assert said(Step("rise", **{**NUMBERS, **given}), kind) == line


@pytest.mark.parametrize(
    ("step", "line"),
    [
        (Step("finish", "on_track", names=("a", "b")), "Finish these milestones to be on track: a, b"),
        (Step("finish", "on_track", names=("a",), by=DUE), "Finish these milestones by 31 Dec to be on track: a"),
        (Step("done", "achieved"), "It has to be done to be achieved"),
        (Step("milestones", "on_track", 2.0, 2.0), "Needs 2 milestones done to be on track"),
        (Step("enter", "on_track", 0.0, 0.0), "Enter the current value: even 0 would be on track"),
        (Step("confidence", "on_track", 7.0, 7.0, 3.0), "Needs a confidence of 7 to be on track (now 3)"),
        (Step("confidence_over", "on_track", 7.0, 7.0), "Needs a confidence above 7 to be on track"),
        (Step("impossible", by=DUE), "No current value can; look at its target and baseline"),
        (
            Step("not_scored", reason=Reason("no_key_result", {})),
            "First it must be scored. Why it is not yet: No key result",
        ),
        (
            Step("not_scored_item", item="KR-2", title="Calls", reason=Reason("no_key_result", {})),
            "KR-2 Calls must be scored first. Why it is not yet: No key result",
        ),
    ],
)
def test_what_is_no_number_to_reach(step: Step, line: str) -> None:
    """Shows names, yes and no, counts, confidence, what is missing, and a sentence that has no form for a last day."""
    for kind in ("key_result", "kpi"):
        assert said(step, kind) == line


@pytest.mark.parametrize(
    ("number", "given", "english", "vietnamese"),
    [
        (999_999.0, {}, "999,999", "999.999"),
        (1e6, {}, "1 m", "1 triệu"),
        (-2.5e6, {}, "-2.5 m", "-2,5 triệu"),
        (999_999_999.0, {}, "999.999999 m", "999,999999 triệu"),
        (1e9, {"unit": "đồng"}, "1 bn đồng", "1 tỷ đồng"),
        (12.34e9, {}, "12.34 bn", "12,34 tỷ"),
        (0.675, {"percent": True}, "67.5%", "67,5%"),
        (0.6, {"percent": True}, "60%", "60%"),
        (0.07, {"percent": True}, "7%", "7%"),
        (0.12345, {"percent": True}, "12.345%", "12,345%"),
        (0.5, {"percent": True, "unit": "%"}, "50%", "50%"),
        (1e12, {"percent": True}, "1,000 bn", "1.000 tỷ"),
    ],
)
def test_numbers_as_people_say_them(number: float, given: dict[str, Any], english: str, vietnamese: str) -> None:
    """Shows millions and billions from their first on, with a unit, and percentages with the digits that they need."""
    step = Step("enter", "on_track", number, number, **given)
    assert said(step) == f"Enter the current value: even {english} would be on track"
    assert f" {vietnamese} " in said(step, phrases=VI)


def subject(metric: Metric | None = None, current: Reading | None = None, target: Any = None, **given: Any) -> Subject:
    """Give what is measured."""
    plain = {"baseline": None, "aim": None}
    return Subject(metric, current, target, **{**plain, **given})


def test_where_it_stands_and_in_which_unit() -> None:
    """Shows current, yes as 1, else the baseline, else 0; the unit of the row before the target's; percent."""
    assert subject(current=Quantity(3.0), baseline=Quantity(2.0)).start == 3.0
    assert (subject(current=Done(True)).start, subject(current=Done(False)).start) == (1.0, 0.0)
    assert (subject(baseline=Quantity(2.0)).start, subject().start) == (2.0, 0.0)
    assert subject(current=Milestones(("a",)), baseline=Quantity(2.0)).start == 2.0
    beside = Quantity(5.0, unit="shops")
    assert (subject(target=beside, unit="km").unit_told, subject(target=beside).unit_told) == ("km", "shops")
    assert (subject(target=Bounds(1, 2)).unit_told, subject().unit_told) == ("", "")
    assert subject(current=Quantity(3.0), target=percent(5)).percent is False
    assert subject(current=percent(3), target=Quantity(5.0)).percent is True
    assert subject(target=percent(5)).percent is True
    assert subject(target=Bounds(0.1, 0.2, True)).percent is True
    assert subject(target=Done(True)).percent is False


def tried(one: Subject, *, stretch: bool = True) -> list[Any]:
    """Give the readings that are asked, each once, where none of them will do."""
    asked: dict[Any, None] = {}

    def holds(reading: Reading) -> bool:
        asked[reading.number if isinstance(reading, Quantity) else reading] = None
        return False

    assert least(one, holds, stretch=stretch) is None
    return list(asked)


NOW = Quantity(40.0)


@pytest.mark.parametrize(
    ("one", "asked"),
    [
        (subject(current=NOW, target=Quantity(100.0)), [40, 100, 160]),
        (subject(current=NOW, target=Quantity(40.0)), [40, 80]),
        (subject(current=Quantity(0.0), target=Quantity(0.0)), [0, 1]),
        (subject(target=Quantity(100.0)), [0, 100, 200]),
        (subject(current=NOW, target=Bounds(60, None)), [40, 60, 80]),
        (subject(current=NOW, target=Bounds(None, 30)), [40, 30, 20]),
        (subject(current=NOW, target=Bounds(50, 90)), [40, 50, 90, 70, 60, 140]),
        (subject(current=Quantity(100.0), target=Bounds(50, 90)), [100, 90, 50, 70, 80, 0]),
        (subject(current=NOW, target=Quantity(100.0), aim=50.0), [40, 100, 50, 160, 60]),
        (subject(current=NOW, target=None, aim=50.0), [40, 50, 60]),
        (subject(current=NOW, target=Quantity(float("inf")), aim=50.0), [40, 50, 60]),
        (subject(Metric.PERCENT_DONE, NOW), [40, 1, 100, -38, 160]),
        (subject(Metric.MILESTONE, percent(40)), [0.4, 1, 100, 1.6, 199.6]),
    ],
)
def test_which_values_ought_to_do(one: Subject, asked: list[float]) -> None:
    """Shows target, nearest bound, middle, all of it, and with stretch as far again behind the first two."""
    assert tried(one) == pytest.approx(asked)
    fixed = tried(one, stretch=False)
    assert fixed == pytest.approx(asked[: len(fixed)])
    assert len(fixed) < len(asked)


@pytest.mark.parametrize(
    ("one", "asked"),
    [
        (subject(Metric.MILESTONE, target=Quantity(3.0)), [2, 3]),
        (subject(Metric.MILESTONE, Quantity(1.0), Quantity(3.0)), [3]),
        (subject(Metric.MILESTONE, Quantity(-5.0), Quantity(2.0)), [2]),
        (subject(Metric.MILESTONE, Quantity(0.0), Milestones(("a", "b"))), [2]),
        (subject(Metric.MILESTONE, Quantity(1.0), Quantity(2.0)), [2]),
        (subject(Metric.MILESTONE, Quantity(2.0), Milestones(("a", "b"))), []),
        (subject(Metric.MILESTONE), []),
        (subject(Metric.MILESTONE, target=Milestones(("a", "b"))), [Milestones(("a",)), Milestones(("a", "b"))]),
        (subject(Metric.YES_NO), [Done(True)]),
        (subject(Metric.YES_NO, target=Done(False)), [Done(False)]),
        (subject(Metric.YES_NO, target=Quantity(1.0)), [Done(True)]),
    ],
)
def test_which_milestones_and_answers_are_tried(one: Subject, asked: list[Any]) -> None:
    """Shows counts between the next one and the target by halving, names, and the answer that is wanted."""
    assert tried(one) == asked


@pytest.mark.parametrize("mark", [1, 2, 7, 12])
def test_the_fewest_milestones_are_counted(mark: int) -> None:
    """Shows that the first number that will do is found, from the next one to all of them."""
    one = subject(Metric.MILESTONE, Quantity(0.0), Quantity(12.0))
    found = least(one, lambda reading: isinstance(reading, Quantity) and reading.number >= mark)
    assert found == Found("milestones", Quantity(float(mark)))


@pytest.mark.parametrize("amount", [12e9, 1e300])
def test_an_amount_in_the_place_of_a_number_of_milestones_takes_no_longer(amount: float) -> None:
    """Shows that billions of milestones are not tried one by one, where somebody wrote the money."""
    assert len(tried(subject(Metric.MILESTONE, Done(False), Quantity(amount)))) < 40


def test_the_weightiest_milestones_come_first() -> None:
    """Shows what is done already, then by weight, of equal weights by place; one without a weight weighs 1."""
    target = Milestones(("a", "b", "c", "d"), (1.0, 3.0, 2.0))
    found = least(
        subject(Metric.MILESTONE, Milestones(("c",)), target),
        lambda one: isinstance(one, Milestones) and len(one.names) > 2,
    )
    assert found == Found("finish", Milestones(("c", "b", "a")), None, ("b", "a"))


@pytest.mark.parametrize(
    ("one", "mark", "up", "code", "value"),
    [
        (subject(current=NOW, target=Quantity(100.0)), 60.0, True, "rise", 60.0),
        (subject(current=NOW, target=Quantity(100.0)), 130.0, True, "rise", 130.0),
        (subject(current=NOW, target=Quantity(10.0)), 25.0, False, "fall", 25.0),
        (subject(target=Quantity(10.0)), 0.0, False, "enter", 0.0),
        (subject(target=Quantity(10.0), baseline=Quantity(7.0)), 5.0, True, "enter", 7.0),
        (subject(current=percent(40), target=percent(90)), 0.65, True, "rise", 0.65),
    ],
)
def test_what_is_found(one: Subject, mark: float, up: bool, code: str, value: float) -> None:
    """Shows the way up, beyond the target, the way down, and that a first value may be enough as it stands."""
    found = least(one, lambda r: isinstance(r, Quantity) and (r.number >= mark if up else r.number <= mark))
    assert found is not None
    assert (found.code, found.reading) == (code, Quantity(value, one.percent))
    assert (found.turn is None) == (code == "enter")


@pytest.mark.parametrize(
    ("mark", "start", "goal", "found"),
    [
        (60.0, 0.0, 100.0, Turn(60.0, 60.0)),
        (1 / 3, 0.0, 1.0, Turn(0.33333334, 0.334)),
        (66.66, 0.0, 100.0, Turn(66.66, 66.7)),
        (12345.678, 0.0, 20000.0, Turn(12345.678, 12400.0)),
        (100.0 - 1 / 3, 0.0, 99.7, Turn(99.666667, 99.7)),
        (99.96, 0.0, 99.97, Turn(99.96, 99.96)),
        (1000.4, 1000.0, 2000.0, Turn(1000.4, 1000.4)),
        (1.0, 0.0, 1.0, Turn(1.0, 1.0)),
    ],
)
def test_the_shortest_number_that_turns_it_and_what_a_person_is_told(
    mark: float, start: float, goal: float, found: Turn
) -> None:
    """Shows three digits of the way, rounded away from where it stands, never past the goal; on the way down too."""
    assert turn(lambda number: number >= mark, start, goal) == found
    down = Turn(-found.value, -found.shown)
    assert turn(lambda number: number <= -mark, -start, -goal) == down


def test_nothing_turns_where_it_holds_already_or_never() -> None:
    """Shows both ends holding, and neither."""
    assert turn(lambda number: number >= 0, 0.0, 5.0) is None
    assert turn(lambda number: number > 5, 0.0, 5.0) is None


@pytest.mark.parametrize("bound", [0.65, 0.1, 0.7, 2.2, 0.15, 33.3, 1.1, 0.07, 1e-3])
@pytest.mark.parametrize("sign", [1, -1])
def test_a_bound_is_told_as_it_is_written(bound: float, sign: int) -> None:
    """Shows that at least 65 % is told as 65 %, and not as the hair more that a computer keeps of it."""
    assert turn(lambda number: number * sign >= bound, 0.0, 3 * sign * bound) == Turn(sign * bound, sign * bound)
