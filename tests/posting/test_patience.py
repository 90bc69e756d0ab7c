"""How long a sending run waits for a server, and until when a message waits that it did not take."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sheetsync.errors import TemporaryFailure
from sheetsync.post import Fate, Message, Receipt
from sheetsync.posting import WAITS
from tests.posting.world import AN, BAO, BOOKS, MONDAY, Clock, mail, queue
from tests.test_posting import DAY, Server, clock, parcels, path, sent

__all__ = ["clock", "path"]  # fixtures that these tests share with those of the sending run


def test_a_patient_run_asks_again_after_1_5_and_15_minutes(path: Path, clock: Clock) -> None:
    """Shows the waits for a server that wants to be asked again, and that the fourth no is left for the next run."""
    queue(path, (mail(AN),))
    later = Receipt(Fate.RETRY, "mail.later", {"said": "451"})
    server = Server(*[later] * 4)
    report = sent(path, server, clock, patient=True)
    assert (report.sent, [one.attempts for one in report.retrying], clock.slept) == (0, [4], [*WAITS])
    clock.now += timedelta(hours=1)
    assert sent(path, server, clock).sent == 1


def test_a_nightly_run_waits_for_nobody(path: Path, clock: Clock) -> None:
    """Shows that a run without patience tries once, and the next one not before its time."""
    queue(path, (mail(AN),))
    server = Server(Receipt(Fate.RETRY, "mail.later", {"said": "451"}))
    assert len(sent(path, server, clock).retrying) == 1
    assert clock.slept == []
    assert sent(path, server, clock).sent == 0
    clock.now += timedelta(seconds=WAITS[0])
    assert sent(path, server, clock).sent == 1


def test_a_server_that_names_the_wait_is_given_it(path: Path, clock: Clock) -> None:
    """Shows that a longer wait than ours is kept, and that one beyond a quarter of an hour is for the next run."""
    queue(path, (mail(AN), mail(BAO)))
    waits = [Receipt(Fate.RETRY, "mail.later", {"said": "451"}, after) for after in (600.0, 5000.0)]
    report = sent(path, Server(*waits), clock, patient=True)
    assert (report.sent, len(report.retrying), clock.slept) == (1, 1, [600.0])


@pytest.mark.parametrize("after", [1e9, 1e14, float("inf")])
def test_a_wait_beyond_all_sense_is_for_another_day(path: Path, clock: Clock, after: float) -> None:
    """Shows that a server which names years, or more than a calendar has, is asked again with the next night's mail."""
    queue(path, (mail(AN),))
    report = sent(path, Server(Receipt(Fate.RETRY, "mail.later", {"said": "451"}, after)), clock, patient=True)
    assert ([one.due for one in report.retrying], clock.slept) == ([MONDAY + DAY], [])


def test_the_hour_that_comes_twice_is_not_waited_for(path: Path) -> None:
    """Shows that a try after a minute is one after a minute in the night in which clocks are set back, too."""

    class Night(Clock):
        def sleep(self, seconds: float) -> None:
            """Sleep as the world does, not as the clock on the wall."""
            self.slept.append(seconds)
            self.now = (self.now.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(self.now.tzinfo)

    clock = Night(datetime(2026, 10, 25, 2, 59, 30, tzinfo=ZoneInfo("Europe/Berlin")))
    queue(path, (mail(AN, at=clock.now),), BOOKS[0])
    report = sent(path, Server(*[Receipt(Fate.RETRY, "mail.later", {"said": "451"})] * 2), clock, patient=True)
    assert (report.sent, clock.slept) == (1, [60.0, 300.0])
    due = Receipt(Fate.RETRY, "mail.later", {"said": "451"})
    again = Night(datetime(2026, 10, 25, 2, 59, 30, tzinfo=ZoneInfo("Europe/Berlin")))
    queue(path, (mail(BAO, at=again.now),), BOOKS[0])
    (parcel,) = sent(path, Server(due), again).retrying
    assert parcel.due == again.now.astimezone(UTC) + timedelta(minutes=1)


def test_a_clock_that_is_set_back_lets_nobody_wait_for_a_day(path: Path, clock: Clock) -> None:
    """Shows that a wait is never longer than the server asked for, whatever the clock does meanwhile."""
    queue(path, (mail(AN), mail(BAO)))

    class Moved(Server):
        def send(self, message: Message) -> Receipt:
            """Answer, and set the clock back after the second message."""
            answer = super().send(message)
            clock.now -= timedelta(hours=5) if message.recipient == BAO and not self.took else timedelta()
            return answer

    later = Receipt(Fate.RETRY, "mail.later", {"said": "451"})
    report = sent(path, Moved(later, later), clock, patient=True)
    assert (report.sent, max(clock.slept) <= WAITS[-1]) == (2, True)


@pytest.mark.parametrize(("patient", "waits", "reached"), [(True, [*WAITS], 1), (False, [], 0)])
def test_a_server_that_is_away(path: Path, clock: Clock, patient: bool, waits: list[float], reached: int) -> None:
    """Shows that a patient run waits for a server three times, a nightly one not; nothing is frozen meanwhile."""
    queue(path, (mail(AN),))
    server = Server()
    server.away = [TemporaryFailure("mail.no_host", host="x")] * 3
    report = sent(path, server, clock, patient=patient)
    assert (clock.slept, report.sent) == (waits, reached)
    assert [error.key for error in report.stops.values()] == ([] if patient else ["mail.no_host"])
    assert len(parcels(path)) == reached
