"""The quota: no minute holds more requests than Google allows, nobody is passed over, nobody waits in vain."""

from __future__ import annotations

import heapq
import threading
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sheetsync.backends.google.quota import WINDOW, Bucket, Limits, Quota, shared
from tests.backends.google.clocks import Clock

GOOGLES_MINUTE = 60.0


class Asked(NamedTuple):
    """A request: when it is wanted, how long it takes, and at what share of that Google counts it."""

    at: float
    takes: float
    counted: float


ROUNDED = [
    *((0.0, takes) for takes in (0.0, 0.0, 0.1086757598948296, 0.1086757598948296, 0.0, 0.0)),
    (2.0, 0.0),
    (1.5170773411567033, 0.0),
]
"""Requests that wait for one place from different moments on: sums of their waits differ in the last digit."""

asked = st.builds(Asked, st.floats(0, 200), st.floats(0, 90), st.floats(0, 1))


def run(limit: int, requests: list[Asked]) -> list[tuple[int, float, float]]:
    """Let many threads use a bucket, in simulated time; gives number, start and Google's count of each request."""
    bucket = Bucket(limit)
    ticket: dict[int, object] = {}
    went: list[tuple[int, float, float]] = []
    events = [(one.at, number, "ask") for number, one in enumerate(requests)]
    heapq.heapify(events)
    while events:
        now, number, what = heapq.heappop(events)
        if what == "end":
            bucket.finish(now)
            continue
        if number not in ticket:
            ticket[number] = bucket.join()
        due = bucket.due(ticket[number], now)
        if due > now:
            heapq.heappush(events, (due, number, "ask"))
            continue
        bucket.start(ticket[number])
        one = requests[number]
        went.append((number, now, now + one.takes * one.counted))
        heapq.heappush(events, (now + one.takes, number, "end"))
    return went


@given(st.integers(1, 6), st.lists(asked, max_size=40))
def test_no_minute_ever_holds_more_than_the_limit(limit: int, requests: list[Asked]) -> None:
    """Shows that however requests come and however long they take, no 60 s at Google's end see more than allowed."""
    counted = sorted(count for _, _, count in run(limit, requests))
    assert len(counted) == len(requests)
    for first, last in zip(counted, counted[limit:], strict=False):
        assert last - first >= GOOGLES_MINUTE


@example(4, [Asked(at, takes, 0.0) for at, takes in ROUNDED])
@given(st.integers(1, 6), st.lists(asked, max_size=40))
def test_who_comes_first_goes_first(limit: int, requests: list[Asked]) -> None:
    """Shows that no request overtakes one that waited before it came."""
    order = sorted(range(len(requests)), key=lambda number: (requests[number].at, number))
    started = {number: start for number, start, _ in run(limit, requests)}
    starts = [started[number] for number in order]
    assert starts == sorted(starts)


@given(st.integers(1, 60), st.integers(1, 200))
def test_nothing_waits_longer_than_it_must(limit: int, count: int) -> None:
    """Shows that quick requests use the whole limit of each minute: n of them end in the fewest possible minutes."""
    went = run(limit, [Asked(0.0, 0.0, 0.0)] * count)
    assert max(start for _, start, _ in went) == pytest.approx((count - 1) // limit * WINDOW)


def test_reads_and_writes_are_counted_apart() -> None:
    """Shows that writes do not use up what reads may have."""
    clock = Clock()
    quota = Quota(Limits(1, 1), clock=clock, sleep=clock.sleep)
    for kind in ("read", "write", "read"):
        with quota.slot(kind, lambda: 300.0):
            clock.now += 1
    assert clock.slept == [pytest.approx(WINDOW - 1)]


def test_a_wait_in_vain_is_not_begun_and_leaves_no_gap() -> None:
    """Shows that who could not go in time is told at once, and holds up nobody behind him."""
    clock = Clock()
    quota = Quota(Limits(1, 1), clock=clock, sleep=clock.sleep)
    with quota.slot("read", lambda: 300.0):
        clock.now += 1
    with pytest.raises(TimeoutError), quota.slot("read", lambda: 10.0):
        raise AssertionError("it went out")
    assert clock.slept == []
    with quota.slot("read", lambda: 300.0):
        assert clock.slept == [pytest.approx(WINDOW)]


def test_an_interrupted_wait_leaves_no_gap() -> None:
    """Shows that a waiter who is stopped from outside (Ctrl-C) holds up nobody behind him."""
    clock = Clock()

    def interrupted(seconds: float) -> None:
        clock.sleep(seconds)
        if len(clock.slept) == 1:
            raise KeyboardInterrupt

    quota = Quota(Limits(1, 1), clock=clock, sleep=interrupted)
    with quota.slot("write", lambda: 300.0):
        clock.now += 1
    with pytest.raises(KeyboardInterrupt), quota.slot("write", lambda: 300.0):
        raise AssertionError("it went out")
    with quota.slot("write", lambda: 0.0):
        assert len(clock.slept) == 1


def test_a_request_that_fails_counts_as_well() -> None:
    """Shows that an error inside the slot gives the place back only after its minute."""
    clock = Clock()
    quota = Quota(Limits(1, 1), clock=clock, sleep=clock.sleep)
    with pytest.raises(ValueError, match="broken"), quota.slot("read", lambda: 300.0):
        raise ValueError("broken")
    with quota.slot("read", lambda: 300.0):
        assert clock.slept == [pytest.approx(WINDOW)]


def test_one_quota_serves_all_threads_of_an_account() -> None:
    """Shows that workers of one account share a quota, and two accounts do not."""
    found: list[Quota] = []
    threads = [threading.Thread(target=lambda: found.append(shared("a@b", Limits(3, 4)))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(one) for one in found}) == 1
    assert shared("c@d", Limits(3, 4)) is not found[0]


def test_threads_never_pass_the_limit_together() -> None:
    """Shows with real threads that of a hundred requests at once exactly the limit goes out before anybody waits."""
    gone = threading.Barrier(101)
    waits: list[float] = []
    quota = Quota(Limits(40, 1), clock=lambda: 0.0, sleep=waits.append)
    began: list[int] = []

    def work(number: int) -> None:
        try:
            with quota.slot("read", lambda: 1.0):  # a minute is longer than that
                began.append(number)
        except TimeoutError:
            waits.append(number)
        gone.wait(10)

    for number in range(100):
        threading.Thread(target=work, args=(number,)).start()
    gone.wait(10)
    assert (len(began), len(waits)) == (40, 60)
