"""What the history answers for any day equals a plain replay of every snapshot that it was given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsync.history import History
from tests.history.nights import SetClock, run, snapshot

ZONES = ("Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Etc/GMT+12", "Asia/Ho_Chi_Minh", "Pacific/Apia")
FIRST = date(2024, 2, 26)
VALUES = st.one_of(st.none(), st.sampled_from((0.0, 1.0, 2.5)))
ITEMS = st.dictionaries(st.sampled_from(("KR-1", "KR-2", "KR-3")), VALUES)


class Night(NamedTuple):
    """One snapshot, with the moment that it got in the history."""

    day: date
    items: Mapping[str, float | None]
    recorded: datetime


def replay(nights: Sequence[Night], day: date, known_at: datetime) -> Mapping[str, float | None]:
    """Give what stood at the end of a day: of all snapshots up to it the one of the latest day, recorded last."""
    known = [night for night in nights if night.day <= day and night.recorded <= known_at]
    return max(known, key=lambda night: (night.day, night.recorded)).items if known else {}


def answer(history: History, day: date, known_at: datetime | None) -> dict[str, float | None]:
    """Give what the history says of a day."""
    return {one.key: one.observation.value for one in history.as_of(day, known_at)}


def told(history: History, clock: SetClock, day: date, now: datetime, items: Mapping[str, float | None]) -> Night:
    """Record one snapshot."""
    clock.now = now
    done = history.commit(run(day), snapshot(items, day))
    return Night(day, items, done.recorded)


@settings(max_examples=150)
@given(
    series=st.lists(st.tuples(st.integers(0, 9), st.integers(-400, 400), ITEMS), min_size=1, max_size=12),
    asked=st.lists(st.integers(-1, 11), min_size=3, max_size=3),
)
def test_as_of_equals_a_replay_whatever_order_days_and_clocks_come_in(
    series: list[tuple[int, int, dict[str, float | None]]], asked: list[int]
) -> None:
    """Shows that corrections, days out of order and a clock that jumps change no answer, then or as known earlier."""
    clock = SetClock()
    with TemporaryDirectory() as folder, History.open(Path(folder) / "h.sqlite3", clock) as history:
        start = datetime(2024, 3, 1, tzinfo=UTC)
        nights = [
            told(history, clock, FIRST + timedelta(days=day), start + timedelta(hours=hours), items)
            for day, hours, items in series
        ]
        assert [night.recorded for night in nights] == sorted({night.recorded for night in nights})
        for number in asked:
            day = FIRST + timedelta(days=number)
            for moment in (None, nights[len(nights) // 2].recorded, nights[0].recorded):
                late = datetime(2100, 1, 1, tzinfo=UTC)
                assert answer(history, day, moment) == replay(nights, day, moment or late)


MOMENTS = st.one_of(
    st.datetimes(datetime(2024, 2, 28), datetime(2024, 3, 2)),  # the leap day
    st.datetimes(datetime(2024, 3, 30, 22), datetime(2024, 3, 31, 4)),  # clocks go forward in Europe
    st.datetimes(datetime(2024, 10, 26, 22), datetime(2024, 10, 27, 4)),  # and back
    st.datetimes(datetime(2024, 11, 3, 3), datetime(2024, 11, 3, 9)),  # back in America
    st.datetimes(datetime(2034, 1, 1), datetime(2034, 1, 2)),  # a clock ten years ahead
)


@settings(max_examples=100)
@given(zone=st.sampled_from(ZONES), moments=st.lists(st.tuples(MOMENTS, ITEMS), min_size=1, max_size=8))
def test_a_company_day_has_one_answer_in_every_time_zone(
    zone: str, moments: list[tuple[datetime, dict[str, float | None]]]
) -> None:
    """Shows that each company day counts once and gives its last snapshot, over gaps, folds, leap days, UTC±14."""
    clock = SetClock()
    with TemporaryDirectory() as folder, History.open(Path(folder) / "h.sqlite3", clock) as history:
        nights = []
        for moment, items in moments:
            now = moment.replace(tzinfo=UTC)
            nights.append(told(history, clock, now.astimezone(ZoneInfo(zone)).date(), now, items))
        days = sorted({night.day for night in nights})
        after = days[-1] + timedelta(days=1)
        assert history.past(1, after).nights == tuple(days)
        for day in days:
            last = [night for night in nights if night.day == day][-1]
            assert answer(history, day, None) == last.items


@contextmanager
def remembering(series: list[tuple[int, dict[str, float | None]]]) -> Iterator[History]:
    """Give a history which was told of days, each with its items."""
    clock = SetClock()
    with TemporaryDirectory() as folder, History.open(Path(folder) / "h.sqlite3", clock) as history:
        for day, items in series:
            told(history, clock, FIRST + timedelta(days=day), clock.now, items)
        yield history


@settings(max_examples=60)
@given(
    series=st.lists(st.tuples(st.integers(0, 9), ITEMS), min_size=1, max_size=10),
    before=st.integers(0, 10),
)
def test_pruning_changes_no_answer_from_its_day_on(
    series: list[tuple[int, dict[str, float | None]]], before: int
) -> None:
    """Shows that what is left after pruning answers every later day as before, and what goes was counted right."""
    limit = FIRST + timedelta(days=before)
    with remembering(series) as history:
        days = [limit + timedelta(days=number) for number in range(12)]
        answers = [answer(history, day, None) for day in days]
        counted = history.prune(limit, dry_run=True)
        assert history.prune(limit) == counted
        assert [answer(history, day, None) for day in days] == answers
        assert history.prune(limit, dry_run=True) == (0, 0, 0, 0, 0)


@settings(max_examples=60)
@given(
    series=st.lists(st.tuples(st.integers(0, 9), ITEMS), min_size=1, max_size=10),
    before=st.integers(0, 30),
)
def test_pruning_keeps_the_night_on_which_its_day_stands(
    series: list[tuple[int, dict[str, float | None]]], before: int
) -> None:
    """Shows that of the nights before the day only the last is left, and it too goes where the day has its own."""
    limit = FIRST + timedelta(days=before)
    with remembering(series) as history:
        after = FIRST + timedelta(days=99)
        nights = history.past(1, after).nights
        history.prune(limit)
        until = [night for night in nights if night <= limit]
        assert history.past(1, after).nights == (*until[-1:], *(night for night in nights if night > limit))


@settings(max_examples=60)
@given(series=st.lists(st.tuples(st.integers(0, 9), ITEMS), min_size=1, max_size=10))
def test_every_snapshot_a_second_time_makes_no_observation(series: list[tuple[int, dict[str, float | None]]]) -> None:
    """Shows that a run which sees what the history knows of its day adds nothing but its own log."""
    clock = SetClock()
    with TemporaryDirectory() as folder, History.open(Path(folder) / "h.sqlite3", clock) as history:
        for day, items in series:
            told(history, clock, FIRST + timedelta(days=day), clock.now, items)
        for number in sorted({day for day, _ in series}):
            again_on = FIRST + timedelta(days=number)
            again = history.commit(run(again_on), snapshot(answer(history, again_on, None), again_on))
            assert (again.observations, again.statements) == (0, 0)
        assert len(history.runs()) == len(series) + len({day for day, _ in series})


NIGHTS = st.dictionaries(st.integers(0, 9), ITEMS, max_size=6)
IMPORTS = st.lists(st.tuples(st.integers(0, 9), ITEMS), min_size=1, max_size=8)


@settings(max_examples=150)
@given(nights=NIGHTS, imports=IMPORTS, asked=st.integers(-1, 11))
def test_imports_fill_the_gaps_between_live_nights_and_nothing_else(
    nights: dict[int, dict[str, float | None]], imports: list[tuple[int, dict[str, float | None]]], asked: int
) -> None:
    """Shows that what an import tells of an item holds until the next night that saw it, in whatever order it comes."""
    series = [*((day, False, nights[day]) for day in sorted(nights)), *((day, True, items) for day, items in imports)]
    events: dict[str, list[tuple[int, int, float | None, bool]]] = {"KR-1": [], "KR-2": [], "KR-3": []}
    with TemporaryDirectory() as folder, History.open(Path(folder) / "h.sqlite3", SetClock()) as history:
        for number, (day, imported, items) in enumerate(series):
            on = FIRST + timedelta(days=day)
            source = {"source": "copy"} if imported else {}
            history.commit(run(on, **source), snapshot(items, on, whole=not imported), outcome="complete")
            if imported and day in nights:
                continue
            for key, known in events.items():
                if key in items or not imported:
                    known.append((day, number, items.get(key), key in items))
        wanted = {}
        for key, known in events.items():
            told = max((one for one in known if one[0] <= asked), default=None, key=lambda one: one[:2])
            if told is not None and told[3]:
                wanted[key] = told[2]
        assert answer(history, FIRST + timedelta(days=asked), None) == wanted
