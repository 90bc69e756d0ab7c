"""Rows of today and what is remembered of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from sheetsync.cli import run
from sheetsync.cli.shipped import profile_of
from sheetsync.cli.wiring import errand, workbook_at
from sheetsync.history import History
from sheetsync.keeping import computed_places
from sheetsync.model import Cycle, Goals, KeyResult, Metric, Quantity
from sheetsync.observing import observe, recognise
from sheetsync.past import OBSERVED, Past, Replaced
from sheetsync.scoring import score
from sheetsync.scoring.observed import with_past
from sheetsync.snapshot import Run, Said, Snapshot
from sheetsync.sync import evaluate
from sheetsync.workbook import Workbook, Worksheet
from tests import factories, hostile
from tests.factories import goals, key_result, kpi, objective
from tests.rules.situation_parts import kept

TODAY = date(2026, 11, 10)
CYCLE = Cycle("Q4/2026", date(2026, 10, 1), date(2026, 12, 31))
BOOK = Workbook("okr", "/okr.xlsx", (Worksheet("OKR", ()), Worksheet("KPI", ())), "r")

Remember = Callable[[Goals, date], Past]


def snapshot_of(read: Goals, day: date, past: Past | None = None) -> Snapshot:
    """Give how goals stand on a day."""
    card = score(read, profile_of("default@1"), profile_of("vn-kpi@1"), day)
    return observe(BOOK, read, card, day, recognise(past or Past(), read))


@pytest.fixture
def remember(tmp_path: Path) -> Iterator[Remember]:
    """Give what records goals of a day, and answers with the past of the next day."""
    with History.open(tmp_path / "history.sqlite3") as history:

        def recorded(read: Goals, day: date) -> Past:
            history.commit(Run("gs:a", "okr", day), snapshot_of(read, day, history.past(1, day)))
            return history.past(1, day + timedelta(days=1))

        yield recorded


def rows(*titles: str, ids: bool = False, cycle: Cycle = CYCLE, owner: str = "An", target: float = 10) -> Goals:
    """Make key results of some titles, one below the other; without ids, the first word is the key."""
    made = [
        key_result(
            f"KR-{place}" if ids else title.split()[0],
            id=f"KR-{place}" if ids else None,
            title=title, row=6 + place, target=target, current=5, owner=owner,
        )
        for place, title in enumerate(titles)
    ]  # fmt: skip
    return goals(objective(row=5), *made, cycle=cycle)


def test_a_snapshot_says_how_items_stand_and_what_their_cells_say() -> None:
    """Shows that numbers come from the scorecard, texts from the cells, and a formula is noticed."""
    read = rows("Sell more rice", ids=True)
    item = next(one for one in snapshot_of(read, TODAY).items if one.kind == "key_result")
    assert (item.observation.value, item.observation.target, item.observation.progress) == (5, 10, 0.5)
    assert (item.cycle, item.cycle_start, item.sheet, item.row) == ("Q4/2026", CYCLE.start, "OKR", 6)
    assert item.says["title"] == Said("Sell more rice")
    assert item.says["target"].number == 10
    assert item.says["objective"] == Said("Grow")
    assert item.says["current"] == Said(OBSERVED)
    place = read.key_results[0].current
    formula = BOOK._replace(sheets=(Worksheet("OKR", (), formulas=frozenset({(place.row, place.column)})),))
    card = score(read, profile_of("default@1"), profile_of("vn-kpi@1"), TODAY)
    seen = {one.key: one for one in observe(formula, read, card, TODAY).items}
    assert seen["KR-0"].says["current"] == Said(OBSERVED, formula=True)


UNSCORED = key_result(metric=Metric.DECREASE, baseline=2, target=3, current=2.4, row=6)
POINTS = key_result("KR-2", metric=Metric.PERCENT_DONE, target=100, current=40, row=7)


def test_a_value_that_no_score_tells_is_kept_as_the_cell_says_it() -> None:
    """Shows that the cell is remembered where nothing is scored, and where the score counts in another unit."""
    seen = {one.key: one for one in snapshot_of(goals(objective(), UNSCORED, POINTS, cycle=CYCLE), TODAY).items}
    assert (seen["KR-1"].observation.value, seen["KR-1"].says["current"].number) == (None, 2.4)
    assert (seen["KR-2"].observation.value, seen["KR-2"].says["current"].number) == (0.4, 40)


@pytest.mark.parametrize("item", [UNSCORED, POINTS], ids=["not scored", "percent done"])
def test_a_value_that_nobody_touches_is_no_update(remember: Remember, item: KeyResult) -> None:
    """Shows that after any number of nights the date beside a value is its last update, until the value changes."""
    day = item.check_in_date._replace(value=CYCLE.start, raw=CYCLE.start)
    read = goals(objective(), item._replace(check_in_date=day), cycle=CYCLE)
    changed = goals(objective(), item._replace(check_in_date=day, current=factories.cell(Quantity(2.6))), cycle=CYCLE)

    def updated(seen: Goals, night: int, past: Past) -> date | None:
        today = TODAY + timedelta(days=night)
        card = score(with_past(seen, past, today), profile_of("default@1"), profile_of("vn-kpi@1"), today)
        found = card.scores[item.key].last_update
        assert found is None or isinstance(found, date)
        return found

    past = Past()
    for night in range(4):
        assert updated(read, night, past) == CYCLE.start
        past = remember(read, TODAY + timedelta(days=night))
    assert updated(changed, 4, past) == TODAY + timedelta(days=4)
    past = remember(changed, TODAY + timedelta(days=4))
    assert updated(changed, 5, past) == TODAY + timedelta(days=4)


def test_an_edited_title_is_known_again(remember: Remember) -> None:
    """Shows that a row whose key was made of its title keeps its past when the title is reworded."""
    past = remember(rows("Increase sales of rice in the south", "Halve complaints", "Open shops"), TODAY)
    today = rows("Grow sales of rice in the south", "Halve complaints", "Open shops")
    known = recognise(past, today)
    assert known.former == {"Grow": "Increase"}
    assert known.past.items["Grow"].key == "Grow"
    assert known.past.items["Grow"].observations == past.items["Increase"].observations
    assert "Increase" not in known.past.items
    again = remember(today, TODAY + timedelta(days=1))
    assert again.items["Grow"].first == TODAY


def test_an_id_used_again_for_another_thing_begins_anew(remember: Remember) -> None:
    """Shows that an id whose row has nothing in common with what it was gets no past of another's."""
    past = remember(rows("Increase sales of rice", ids=True), TODAY)
    other = rows("Hire nurses", ids=True, owner="Bình", target=3)
    assert recognise(past, other).reused == {"KR-0": Replaced("Increase sales of rice", TODAY)}
    assert "KR-0" not in recognise(past, other).past.items
    later = remember(other, TODAY + timedelta(days=1))
    assert later.items["KR-0"].first == TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("title", "owner", "target", "cycle"),
    [
        ("Increase sales of rice in the south", "Bình", 20, CYCLE),
        ("Hire nurses", "An", 10, CYCLE),
        ("Increase sales of rice", "An", 10, CYCLE._replace(label="Q1/2027")),
    ],
)
def test_an_id_whose_row_was_only_edited_keeps_its_past(
    remember: Remember, title: str, owner: str, target: float, cycle: Cycle
) -> None:
    """Shows that another owner and target, another wording, or the next cycle alone make no other thing of a row."""
    past = remember(rows("Increase sales of rice", ids=True), TODAY)
    assert recognise(past, rows(title, ids=True, owner=owner, target=target, cycle=cycle)).reused == {}


def test_a_row_that_left_long_ago_is_not_taken_for_a_new_one(remember: Remember) -> None:
    """Shows that only rows of the last night come back under another key."""
    remember(rows("Increase sales of rice in the south", "Open shops"), TODAY)
    past = remember(rows("Open shops"), TODAY + timedelta(days=1))
    assert recognise(past, rows("Grow sales of rice in the south", "Open shops")).former == {}


def test_targets_of_periods_are_remembered() -> None:
    """Shows that a KPI says its target, its section and whether it is critical."""
    read = goals(kpi(target=100, actual=80, section="Sales"), cycle=CYCLE)
    (item,) = snapshot_of(read, TODAY).items
    assert item.kind == "kpi"
    assert (item.says["objective"], item.says["target"].number) == (Said("Sales"), 100)


def test_one_target_of_many_periods_is_remembered_once() -> None:
    """Shows that a month says its own target, and none where the cell is that of the row."""
    row = kpi(target=100, actual=80)
    own, shared = kept("T10", target=90), kept("T11")._replace(target=row.target)
    (item,) = snapshot_of(goals(row._replace(periods=(own, shared)), cycle=CYCLE), TODAY).items
    assert {name: said.number for name, said in item.says.items() if "target" in name} == {
        "target": 100, "target 2025-10": 90,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("profile", "stated", "kept"),
    [
        ("default@1", Quantity(0.7, percent=True), 0.7),
        ("default@1", Quantity(7), 7),
        ("koan@1", Quantity(0.7, percent=True), 7),
        ("koan@1", Quantity(7), 7),
        ("koan@1", Quantity(70), None),
    ],
)
def test_confidence_is_given_on_the_scale_of_the_profile(profile: str, stated: Quantity, kept: float | None) -> None:
    """Shows that a profile with a scale turns shares into it, and leaves out what lies off it."""
    read, chosen = goals(objective(), key_result(confidence=stated), cycle=CYCLE), profile_of(profile)
    card = score(read, chosen, profile_of("vn-kpi@1"), TODAY)
    assert observe(BOOK, read, card, TODAY, profile=chosen).items[-1].observation.confidence == kept


def test_a_whole_workbook_goes_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that a real file's items, headers and written cells reach the history, and a second run adds nothing."""
    monkeypatch.setenv("SHEETSYNC_STATE_DIR", str(tmp_path))
    path = tmp_path / "book.xlsx"
    hostile.sound(path)
    with History.open(tmp_path / "history.sqlite3") as history:
        kept = []
        for _ in range(2):
            assert run(["sync", str(path), "--today", TODAY.isoformat()]) == 0
            kept.append((history.past(1, TODAY + timedelta(days=1)), len(history.entries(1))))
        (past, observations), again = kept
        assert again == (past, observations)
        assert observations == 4
        assert [not one.cells for one in history.runs()] == [True, False]
        one = errand(workbook_at(str(path), None), TODAY)
        book = one.open_backend().read()
        places = computed_places(book, evaluate(book, one.job).goals)
        stands = {name: book.sheet(at.sheet).value(at.row, at.column) for name, at in places.items()}
        assert past.written == {name: value for name, value in stands.items() if value is not None}
        assert past.headers["okr", "target"] == "Target"
        assert {key for key, _ in past.written} == {"O-1", "KR-1", "KR-2", "KR-3"}
