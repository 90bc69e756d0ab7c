"""The outbox: every step is whole, a message is claimed once, and firms that share a history do not meet."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from sheetsync.history import History, Outbox
from sheetsync.outgoing import Parcel, Reason, State
from sheetsync.post import Message
from tests.posting.world import AN, BAO, BOOKS, MONDAY, SENDER, mail, queue

DAY = timedelta(days=1)
TODAY = MONDAY.date()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a history in which two things wait for An and one for Bảo."""
    path = tmp_path / "history.sqlite3"
    queue(path, (mail(AN, "company"), mail(AN), mail(BAO, "team")))
    return path


@pytest.fixture
def history(path: Path) -> Iterator[History]:
    """Open it."""
    with History.open(path) as opened:
        yield opened


@pytest.fixture
def box(history: History) -> Outbox:
    """Give its outbox."""
    return history.outbox


def frozen(box: Outbox, *numbers: int, day: timedelta = timedelta()) -> Parcel | None:
    """Freeze parts into a message of a day."""
    parts = box.parts(numbers)
    message = Message(f"<{numbers}{day}@x.vn>", SENDER, parts[0].recipient, b"Subject: x\r\n\r\nHello\r\n")
    return box.freeze(message, "x", parts, TODAY + day, MONDAY + day)


def made(box: Outbox, *numbers: int) -> Parcel:
    """Freeze parts into a message that must come about."""
    parcel = frozen(box, *numbers)
    assert parcel is not None
    return parcel


def test_parts_are_frozen_into_one_message_and_no_other(box: Outbox) -> None:
    """Shows that a part goes into one message, and that a recipient has one message a day."""
    assert made(box, 1).kinds == ("company",)
    assert frozen(box, 1) is None
    assert frozen(box, 2) is None, "An has a message of today"
    assert frozen(box, 2, day=DAY) is None, "and it waits to be sent, so that tomorrow it is tomorrow's"
    assert [part.state for part in box.parts((1, 2))] == [State.FROZEN, State.QUEUED]
    assert [one.recipient for one in box.waiting(MONDAY)] == [BAO, AN]


def test_a_message_is_claimed_once(path: Path, box: Outbox) -> None:
    """Shows that of two runs which see the same message, on two computers, one alone may send it."""
    parcel = made(box, 1, 2)
    with History.open(path) as elsewhere:
        first, second = (one.claim(parcel.number, TODAY, MONDAY) for one in (box, elsewhere.outbox))
    assert first is not None
    assert (first.state, first.attempts, first.message is not None) == (State.SENDING, 1, True)
    assert second is None


def test_what_was_being_sent_is_unknown_until_somebody_knows(box: Outbox) -> None:
    """Shows that a message of a killed run is unknown, that a late word of its run counts, and nothing else after."""
    number = made(box, 3).number
    assert box.claim(number, TODAY, MONDAY)
    box.recover()
    assert [(one.state, one.reason.text) for one in box.losses().parcels] == [(State.UNKNOWN, "mail.cut_off")]
    assert box.claim(number, TODAY, MONDAY) is None
    box.settle(number, State.SENT, Reason(), MONDAY)
    box.settle(number, State.FAILED, Reason("mail.later", {"said": "x"}), MONDAY)
    parcel = box.parcel(number)
    assert parcel is not None
    assert (parcel.state, parcel.reason) == (State.SENT, Reason())
    assert not any(box.losses())


def test_a_reason_comes_back_as_it_was_given(box: Outbox) -> None:
    """Shows that texts of any letters, and what is no plain value, can be told later in any language."""
    number = made(box, 3).number
    assert box.claim(number, TODAY, MONDAY)
    box.settle(number, State.FAILED, Reason("mail.recipient_refused", {"said": "550 không có", "at": TODAY}), MONDAY)
    (lost,) = box.losses().parcels
    assert lost.reason == Reason("mail.recipient_refused", {"said": "550 không có", "at": str(TODAY)})


def test_what_was_told_is_told_again_only_if_it_changes(box: Outbox) -> None:
    """Shows that a loss is told once, and that one which was sent again and lost again is told again."""
    number = made(box, 3).number
    assert box.claim(number, TODAY, MONDAY)
    box.recover()
    losses = box.losses()
    box.told(losses)
    assert not any(box.losses())
    assert box.again(losses.parcels[0], MONDAY)
    assert box.claim(number, TODAY, MONDAY)
    box.recover()
    assert len(box.losses().parcels) == 1


def test_firms_that_share_a_history_do_not_meet(path: Path, box: Outbox) -> None:
    """Shows that what one firm has to tell, its losses, its word and its limits are not the other's."""
    other = ("file:/books/other.xlsx",)
    queue(path, (mail(AN, book=other[0]),), other[0])
    ours, theirs = box.limited(BOOKS, SENDER), box.limited(other, "okr@other.vn")
    assert [len(one.waiting(MONDAY)[0].parts) for one in (ours, theirs)] == [2, 1]
    parcel = made(ours, 1, 2)
    assert (ours.served(TODAY), theirs.served(TODAY)) == ({("mail", AN)}, set())
    assert frozen(theirs, 4) is not None, "two firms may write to one person on one day"
    assert ours.claim(parcel.number, TODAY, MONDAY)
    ours.recover()
    assert [len(one.losses().parcels) for one in (ours, theirs)] == [1, 0]
    assert [one.tried_on(TODAY) for one in (ours, theirs)] == [1, 0]
    assert [one.offered(TODAY) for one in (ours, theirs)] == [{TODAY: {AN}}, {}]
    ours.confirm(MONDAY)
    ours.rest(TODAY)
    assert [one.confirmed() for one in (ours, theirs)] == [MONDAY, None]
    assert [one.resting(TODAY) for one in (ours, theirs)] == [True, False]


@pytest.mark.parametrize("days", [40, 3652])
def test_what_a_clock_that_was_ahead_made_holds_nobody_up(box: Outbox, days: int) -> None:
    """Shows that a message and a part that would wait for years are dropped, and that today's mail can be made."""
    ahead = timedelta(days=days)
    parts = box.parts([1])
    message = Message("<1@x.vn>", SENDER, AN, b"Subject: x\r\n\r\nHello\r\n")
    assert box.freeze(message, "x", parts, TODAY + ahead, MONDAY + ahead)
    assert frozen(box, 2) is None, "a message waits"
    box.expire(MONDAY)
    assert [one.reason.text for one in box.losses().parcels] == ["mail.clock_ahead"]
    assert made(box, 2).kinds == ("owner",)
    box.expire(MONDAY - ahead)
    assert {one.reason.text for one in box.losses().parts} == {"mail.clock_ahead"}


def test_a_clock_that_is_set_back_by_a_day_drops_nothing(box: Outbox) -> None:
    """Shows that small differences of clocks take no mail from anybody."""
    made(box, 1)
    box.expire(MONDAY - DAY)
    assert not any(box.losses())


def test_open_messages_and_parts_run_out_of_time(box: Outbox) -> None:
    """Shows that both are dropped at their end, one that was tried with the reason for which it was not sent."""
    number = made(box, 1, 2).number
    assert box.claim(number, TODAY, MONDAY)
    box.settle(number, State.RETRY, Reason("mail.later", {"said": "451"}), MONDAY)
    box.expire(MONDAY + timedelta(hours=28))
    assert not any(box.losses())
    box.expire(MONDAY + timedelta(hours=29))
    losses = box.losses()
    assert [one.reason.text for one in losses.parcels] == ["mail.later"]
    assert [one.reason.text for one in losses.parts] == ["mail.out_of_time"]


def test_a_person_may_let_it_go_again_but_not_what_was_sent(box: Outbox) -> None:
    """Shows that again keeps the bytes and no reason, gives a day more, and not for what is sent or on its way."""
    parcel = made(box, 1)
    assert not box.again(parcel, MONDAY)
    assert box.claim(parcel.number, TODAY, MONDAY)
    assert not box.again(parcel, MONDAY)
    assert not box.drop(parcel)
    box.recover()
    assert box.again(parcel, MONDAY + 9 * DAY)
    ready = box.parcel(parcel.number)
    assert ready is not None
    assert (ready.state, ready.reason) == (State.PENDING, Reason()), "why it had ended holds no more"
    later = box.claim(parcel.number, TODAY + 9 * DAY, MONDAY + 9 * DAY)
    assert later is not None
    assert (later.message is not None, later.expires) == (True, MONDAY + 10 * DAY)
    box.settle(parcel.number, State.SENT, Reason(), MONDAY)
    assert not box.again(parcel, MONDAY)
    assert not box.drop(parcel)


def test_a_part_that_was_dropped_may_be_queued_again(box: Outbox) -> None:
    """Shows drop and requeue of what is in no message."""
    (part,) = box.parts((3,))
    assert box.drop(part)
    assert [one.recipient for one in box.waiting(MONDAY)] == [AN]
    assert box.requeue(part, MONDAY + 2 * DAY)
    assert not box.requeue(part, MONDAY + 2 * DAY)
    assert [one.recipient for one in box.waiting(MONDAY + 2 * DAY)] == [BAO]


def test_only_what_is_closed_is_cleared_away(box: Outbox) -> None:
    """Shows that bytes of open messages and of waiting parts stay, however old they are."""
    done, left = made(box, 1, 2), made(box, 3)
    assert box.claim(done.number, TODAY, MONDAY)
    box.settle(done.number, State.SENT, Reason(), MONDAY)
    box.clear(MONDAY + 99 * DAY)
    kept = [box.parcel(one.number) for one in (done, left)]
    assert [one is not None and one.message is not None for one in kept] == [False, True]
    assert [part.content is not None for part in box.parts((1, 2, 3))] == [False, False, True]


def test_mail_that_was_cleared_away_takes_little_room(tmp_path: Path) -> None:
    """Shows that of a year of mails only who got what and when is stored; each kept two pages of the file before."""
    path, draw, mails = tmp_path / "year.sqlite3", Random(1), 200  # noqa: S311 - no secret
    for week in range(mails):
        at = MONDAY + week * DAY
        queue(path, [mail(AN, period=f"W{week}", at=at, content=draw.randbytes(7000))], today=at)
        with History.open(path) as history:
            box = history.outbox.limited(BOOKS, SENDER)
            message = Message(f"<{week}@minhlong.vn>", SENDER, AN, draw.randbytes(26000))
            parcel = box.freeze(message, "x", box.parts((week + 1,)), TODAY + week * DAY, at)
            assert parcel is not None and box.claim(parcel.number, TODAY + week * DAY, at)
            box.settle(parcel.number, State.SENT, Reason(), at)
            box.clear(at - 3 * DAY)
    with closing(sqlite3.connect(path)) as connection:
        pages, free, size = (
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
        )
        assert connection.execute("SELECT count(*) FROM messages WHERE data IS NULL").fetchone()[0] > mails - 5
    assert (pages - free) * size < mails * 2500


def test_pruning_takes_mail_with_its_parts(history: History, box: Outbox) -> None:
    """Shows that what was closed before a day goes whole, and what is open stays."""
    done = made(box, 1, 2)
    assert box.claim(done.number, TODAY, MONDAY)
    box.settle(done.number, State.SENT, Reason(), MONDAY)
    later = TODAY + 9 * DAY
    assert history.prune(later, dry_run=True).mails == 1
    assert history.prune(later).mails == 1
    assert box.parcel(done.number) is None
    assert [part.number for part in box.parts((1, 2, 3))] == [3]
