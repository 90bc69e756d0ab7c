"""Values that go into the file come out as they were."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sheetsync.history.coding import (
    COLUMNS,
    DAY,
    TOLD,
    day_of_number,
    moment_of_number,
    number_of_day,
    number_of_moment,
    observations_of,
    packed,
    rows_of,
    same,
    stored,
    taken,
)
from sheetsync.past import Observation
from sheetsync.results import Status

NUMBERS = st.none() | st.floats(allow_nan=False, allow_infinity=False)
SHARES = st.none() | st.integers(-10_000_000, 10_000_000).map(lambda parts: parts / 1_000_000)
COARSE = st.none() | st.integers(0, 100_000).map(lambda parts: parts / 10_000)
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))
OBSERVATIONS = st.builds(
    Observation, day=DAYS, value=NUMBERS, target=NUMBERS, baseline=NUMBERS, progress=SHARES, expected=COARSE,
    score=SHARES, status=st.sampled_from(["", "a status to come", *(one.value for one in Status)]), confidence=COARSE,
    blocker=st.sampled_from(["", "Chờ duyệt"]), updated=st.none() | DAYS,
)  # fmt: skip


@given(OBSERVATIONS)
def test_an_observation_comes_back_as_it_was(seen: Observation) -> None:
    """Shows that no field is lost or mixed up, for every status there is and one that is not known yet."""
    row, later = rows_of([seen, seen._replace(expected=0.5)], lambda text: 7 if text else 0)
    with closing(sqlite3.connect(":memory:")) as file:
        file.execute(f"CREATE TABLE observations (item, day, since, {COLUMNS})")
        file.execute("CREATE TABLE texts AS SELECT 7 AS id, ? AS text", (seen.blocker,))
        put = packed(3, number_of_day(seen.day), DAY, row)
        file.execute(f"INSERT INTO observations VALUES ({', '.join('?' * len(put))})", put)  # noqa: S608 - only marks
        query = f"SELECT {TOLD} FROM observations o LEFT JOIN texts b ON b.id = o.blocker"  # noqa: S608 - of our own
        told = file.execute(query).fetchall()
    assert list(observations_of(list(zip(*told, strict=True)))) == [seen]
    assert same(row, later)


@given(st.lists(OBSERVATIONS, max_size=4))
def test_many_are_put_down_as_each_alone(seen: list[Observation]) -> None:
    """Shows that no row takes anything from its neighbours, and that of none there are none."""
    assert rows_of(seen, len) == [row for one in seen for row in rows_of([one], len)]


@given(OBSERVATIONS, st.integers(-10, 10))
def test_what_is_inserted_gives_the_row_again(seen: Observation, days: int) -> None:
    """Shows that the short forms of run, score and update are undone as the queries undo them."""
    (row,), day = rows_of([seen], len), number_of_day(seen.day)
    run = (day + days) * DAY + 12345
    put = packed(3, day, run, row)
    assert put[2] + day * DAY == run
    score = None if put[8] is None else put[8] + (put[6] or 0)
    updated = None if put[12] is None else day - put[12]
    assert (score, updated) == (row[5], row[9])


@given(DAYS, st.datetimes(timezones=st.just(UTC)))
def test_days_and_moments_have_numbers(day: date, moment: datetime) -> None:
    """Shows that days are exact and moments are to the millisecond, also before the year 2000."""
    assert day_of_number(number_of_day(day)) == day
    back = moment_of_number(number_of_moment(moment))
    assert timedelta(0) <= moment - back < timedelta(milliseconds=1)


@given(st.none() | st.booleans() | st.integers(1 - 2**63, 2**63 - 1) | st.floats(allow_nan=False) | st.text() | DAYS)
def test_cell_values_keep_their_kind(value: str | float | bool | date | None) -> None:
    """Shows that True is not 1, a date not its number, and a text of digits not a number."""
    back = taken(*stored(value))
    assert (back, type(back)) == (value, type(value))
