"""The sending run: order, merging, limits, patience, and when nothing may leave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from sheetsync.errors import AccessDenied, DeliveryRefused, TemporaryFailure
from sheetsync.history import History
from sheetsync.outgoing import Later, Parcel, Part, State
from sheetsync.post import Fate, Mailbox, Message, Receipt
from sheetsync.posting import FEW, Channel, Made, Order, Report, drafts, postponed, send_due
from tests.posting.world import AN, BAO, BOOKS, CHI, MONDAY, SENDER, Clock, mail, make, queue

DAY = timedelta(days=1)


class Server:
    """A carrier that answers as it is told: receipts and errors in turn, then that all is well."""

    def __init__(self, *answers: Receipt | Exception) -> None:
        self.answers, self.away = list(answers), list[Exception]()
        self.took: list[Message] = []
        self.asked = 0

    def connect(self) -> None:
        """Be there, or away."""
        self.asked += 1
        if self.away:
            raise self.away.pop(0)

    def send(self, message: Message) -> Receipt:
        """Take a message, or answer otherwise."""
        answer = self.answers.pop(0) if self.answers else Receipt(Fate.SENT)
        if isinstance(answer, Exception):
            raise answer
        if answer.fate is Fate.SENT:
            self.took.append(message)
        return answer

    @property
    def reached(self) -> list[str]:
        """Give to whom messages went, in order."""
        return [message.recipient for message in self.took]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the place of a history."""
    return tmp_path / "history.sqlite3"


@pytest.fixture
def clock() -> Clock:
    """Give a clock that shows Monday morning."""
    return Clock()


def sent(
    path: Path, server: Server, clock: Clock, *, confirm: bool = True, patient: bool = False, **more: int
) -> Report:
    """Send what is due."""
    with History.open(path) as history:
        box = history.outbox.limited(BOOKS, SENDER)
        order = Order(clock, clock.sleep, patient=patient, confirm=confirm, **more)  # type: ignore[arg-type]
        return send_due([box], {"mail": Channel(make, server)}, order)


def parcels(path: Path) -> list[Parcel]:
    """Give all messages."""
    with History.open(path) as history:
        return history.outbox.parcels(MONDAY.date() - DAY)


def test_the_gravest_leave_first_and_each_person_gets_one(path: Path, clock: Clock) -> None:
    """Shows the order of kinds, and that the parts of one person over two workbooks make one message."""
    queue(path, (mail(CHI, "wins"), mail(BAO, "owner"), mail(AN, "team")))
    queue(path, (mail(BAO, "company", BOOKS[1]), mail(CHI, "kpi", BOOKS[1])), BOOKS[1])
    server = Server()
    assert sent(path, server, clock).sent == 3
    assert server.reached == [BAO, AN, CHI]
    assert [one.kinds for one in parcels(path)] == [("company", "owner"), ("team",), ("kpi", "wins")]


def test_what_comes_later_on_the_day_waits_for_the_next(path: Path, clock: Clock) -> None:
    """Shows that a person with a message of this day gets more only tomorrow, with a Message-ID of its own."""
    queue(path, (mail(AN),))
    server = Server()
    sent(path, server, clock)
    queue(path, (mail(AN, "wins"),))
    clock.now += timedelta(hours=3)
    assert sent(path, server, clock).sent == 0
    clock.now += timedelta(hours=20)
    assert sent(path, server, clock).sent == 1
    assert len({message.message_id for message in server.took}) == 2


def test_nothing_leaves_before_its_time_or_after(path: Path, clock: Clock) -> None:
    """Shows not_before and the 24 hours of grace; what is too late is dropped and told once."""
    early, late = mail(AN, at=MONDAY + timedelta(hours=1), expires=None), mail(BAO, at=MONDAY - 2 * DAY, expires=None)
    queue(path, (early, late))
    server = Server()
    assert sent(path, server, clock).sent == 0
    with History.open(path) as history:
        losses = history.outbox.losses()
        assert [(one.recipient, one.state, one.reason.text) for one in losses.parts] == [
            (BAO, State.DROPPED, "mail.out_of_time")
        ]
        history.outbox.told(losses)
        assert not any(history.outbox.losses())
    clock.now += timedelta(hours=1)
    assert sent(path, server, clock).sent == 1


def test_a_login_that_is_refused_ends_the_run(path: Path, clock: Clock) -> None:
    """Shows that nothing is tried again, nothing is frozen, and the reason is told with the number of people."""
    queue(path, (mail(AN), mail(BAO)))
    server = Server()
    server.away = [AccessDenied("mail.login_refused", host="x", user="y", said="535")] * 9
    report = sent(path, server, clock, patient=True)
    assert (server.asked, report.waiting, clock.slept, parcels(path)) == (1, 2, [], [])
    assert report.stops["mail"].exit_code == 4


def test_a_connection_that_is_lost_between_two_mails(path: Path, clock: Clock) -> None:
    """Shows that errors of sending are either for later or end the run, and the mail at hand is not lost."""
    queue(path, (mail(AN), mail(BAO), mail(CHI)))
    server = Server(
        TemporaryFailure("mail.unreachable", host="x", port=1, reason="y"),
        DeliveryRefused("mail.no_starttls", host="x"),
    )
    report = sent(path, server, clock)
    assert ([one.state for one in report.retrying], report.waiting) == ([State.RETRY, State.RETRY], 1)
    assert report.stops["mail"].key == "mail.no_starttls"
    clock.now += timedelta(minutes=2)
    assert sent(path, server, clock).sent == 3


def test_a_full_account_rests_until_tomorrow(path: Path, clock: Clock) -> None:
    """Shows that the nightly job leaves such a server alone for the day, while a person may ask it again."""
    queue(path, (mail(AN), mail(BAO)))
    server = Server(Receipt(Fate.STOP, "mail.daily_limit", {"said": "550 5.4.5"}))
    report = sent(path, server, clock)
    assert (report.stops["mail"].exit_code, report.waiting) == (5, 1)
    held = sent(path, server, clock, confirm=False).held
    assert held is not None
    assert (held.why, held.people, server.took) == ("resting", 2, [])
    clock.now += DAY
    assert sent(path, server, clock, confirm=False).sent == 2


def test_a_server_that_has_enough_for_now_is_asked_by_the_next_run(path: Path, clock: Clock) -> None:
    """Shows that 421 ends a run, and that the next one of the same day sends the rest."""
    queue(path, (mail(AN), mail(BAO)))
    server = Server(Receipt(Fate.STOP, "mail.stopped", {"said": "421"}))
    report = sent(path, server, clock)
    assert (report.sent, [error.exit_code for error in report.stops.values()]) == (0, [5])
    clock.now += timedelta(hours=1)
    report = sent(path, server, clock, confirm=False)
    assert (report.held, report.sent) == (None, 2)


def test_a_person_may_ask_a_full_account_again(path: Path, clock: Clock) -> None:
    """Shows that a run by hand does not rest."""
    queue(path, (mail(AN),))
    server = Server(Receipt(Fate.STOP, "mail.daily_limit", {"said": "550 5.4.5"}))
    sent(path, server, clock)
    assert sent(path, server, clock, confirm=False, patient=True).sent == 1


def test_the_limit_of_a_run_and_of_a_day(path: Path, clock: Clock) -> None:
    """Shows that what is beyond is not frozen and counted; the next run and the next day take it."""
    queue(path, tuple(mail(f"nv{number}@x.vn") for number in range(7)))
    server = Server()
    report = sent(path, server, clock, per_run=3, per_day=5)
    assert (report.sent, report.capped, report.waiting) == (3, 4, 4)
    report = sent(path, server, clock, per_run=3, per_day=5)
    assert (report.sent, report.capped, len(parcels(path))) == (2, 2, 5)
    clock.now += timedelta(hours=20)
    assert sent(path, server, clock, per_run=3, per_day=5).sent == 2
    assert len(set(server.reached)) == 7


def test_what_does_not_leave_now_is_told_with_its_reason_and_day(path: Path, clock: Clock) -> None:
    """Shows what waits for its time, for tomorrow or the next run, and that a trial makes only what would leave."""
    tomorrow = clock.now.replace(hour=0) + DAY
    queue(path, (mail(AN), mail(BAO)))
    sent(path, Server(), clock)
    early = clock.now + timedelta(hours=2)
    queue(path, (mail(AN, "wins"), mail("nv0@x.vn", at=early), *(mail(f"nv{n}@x.vn") for n in range(1, 6))))
    queue(path, (mail("team", "company", channel="webhook"),))
    with History.open(path) as history:
        box = history.outbox.limited(BOOKS, SENDER)
        order = Order(clock, clock.sleep, per_run=4, per_day=5)
        assert postponed([box], order) == (
            Later("early", 1, early), Later("served", 1, tomorrow), Later("day", 2, tomorrow),
        )  # fmt: skip
        assert len(list(drafts([box], {"mail": make}, order))) == 3
        assert postponed([box], order._replace(per_run=2)) == (
            Later("early", 1, early), Later("served", 1, tomorrow), Later("run", 3, None),
        )  # fmt: skip
        assert [one.why for one in postponed([box], order._replace(per_day=99, per_run=99))] == ["early", "served"]
    report = sent(path, Server(), clock, per_run=4, per_day=5)
    assert (report.sent, report.capped) == (3, 2)
    assert report.later == (Later("early", 1, early), Later("served", 1, tomorrow), Later("day", 2, tomorrow))


def test_the_first_mail_wants_a_word_once(path: Path, clock: Clock) -> None:
    """Shows that a new history lets nothing leave, says for how many people, and remembers the word."""
    queue(path, (mail(AN), mail(BAO)))
    server = Server()
    held = sent(path, server, clock, confirm=False).held
    assert held is not None
    assert (held.why, held.people, server.asked) == ("unconfirmed", 2, 0)
    assert sent(path, server, clock).sent == 2
    queue(path, (mail(CHI),))
    assert sent(path, server, clock, confirm=False).sent == 1


@pytest.mark.parametrize(
    ("before", "now", "stopped"), [(8, 16, False), (8, 17, True), (1, FEW, False), (1, FEW + 1, True)]
)
def test_more_than_twice_as_many_people_want_a_word(
    path: Path, clock: Clock, before: int, now: int, stopped: bool
) -> None:
    """Shows the bound of the safety stop, and that a few people are never too many."""
    queue(path, tuple(mail(f"nv{number}@x.vn") for number in range(before)))
    sent(path, Server(), clock)
    clock.now += 7 * DAY
    queue(path, tuple(mail(f"nv{number}@x.vn", period="W49", at=clock.now) for number in range(now)))
    report = sent(path, Server(), clock, confirm=False)
    assert (report.held is not None, report.sent) == (stopped, 0 if stopped else now)
    if report.held is not None:
        assert report.held == ("doubled", now, before)
        assert sent(path, Server(), clock).sent == now


def test_a_history_that_nobody_confirmed_holds_up_no_other(tmp_path: Path, clock: Clock) -> None:
    """Shows that a new client with a history of its own waits for a word alone, and that it is said for how many."""
    paths = [tmp_path / "known.sqlite3", tmp_path / "new.sqlite3"]
    queue(paths[0], (mail(AN),))
    sent(paths[0], Server(), clock)
    clock.now += 7 * DAY
    for path, who in zip(paths, (AN, BAO), strict=True):
        queue(path, (mail(who, period="W49", at=clock.now),))
    server = Server()
    with History.open(paths[0]) as one, History.open(paths[1]) as two:
        boxes = [history.outbox.limited(BOOKS, SENDER) for history in (one, two)]
        report = send_due(boxes, {"mail": Channel(make, server)}, Order(clock, clock.sleep))
        assert (server.reached, report.sent, report.held) == ([AN], 1, ("new", 1, 0))
        report = send_due(boxes, {"mail": Channel(make, server)}, Order(clock, clock.sleep, confirm=True))
        assert (server.reached, report.held) == ([AN, BAO], None)


def test_who_is_tried_again_the_same_day_counts_once(path: Path, clock: Clock) -> None:
    """Shows that a server which puts off a first live run does not make twice as many people of it."""
    people = FEW + 2
    queue(path, tuple(mail(f"nv{number}@x.vn") for number in range(people)))
    put_off = [Receipt(Fate.RETRY, "mail.later", {"said": "451"}) for _ in range(people)]
    assert len(sent(path, Server(*put_off), clock).retrying) == people
    clock.now += timedelta(hours=1)
    report = sent(path, Server(), clock, confirm=False)
    assert (report.held, report.sent) == (None, people)


def test_who_gets_an_unknown_mail_again_counts_once(path: Path, clock: Clock) -> None:
    """Shows that the people of a day are counted, not their mails, once a person has let some be sent again."""
    people = FEW // 2 + 1
    queue(path, tuple(mail(f"nv{number}@x.vn") for number in range(people)))
    lost = [Receipt(Fate.UNKNOWN, "mail.cut_off") for _ in range(people)]
    sent(path, Server(*lost), clock)
    with History.open(path) as history:
        assert all(history.outbox.again(one, clock.now) for one in parcels(path))
    queue(path, tuple(mail(f"moi{number}@x.vn", at=clock.now) for number in range(FEW - people)))
    report = sent(path, Server(), clock, confirm=False)
    assert (report.held, report.sent) == (None, FEW)


def test_a_bad_address_fails_for_good(path: Path, clock: Clock) -> None:
    """Shows that no server is asked about an address that is none, and that it is told with its reason."""
    queue(path, (mail("an@"), mail(BAO)))
    server = Server()
    assert sent(path, server, clock).sent == 1
    with History.open(path) as history:
        (lost,) = history.outbox.losses().parts
        assert (lost.state, lost.reason.text, lost.reason.params["address"]) == (State.FAILED, "mail.address", "an@")


def test_a_part_that_cannot_be_made_holds_up_no_graver_one(path: Path, clock: Clock) -> None:
    """Shows that what is graver leaves without it, and that the outbox says why it waits."""

    def flawed(parts: Sequence[Part], key: str, instead: Mailbox | None = None) -> Made:
        if any(part.kind == "owner" for part in parts):
            raise DeliveryRefused("template.broken", place="owner.html.j2:3")
        return make(parts, key, instead)

    def told() -> list[tuple[str, str, str]]:
        with History.open(path) as history:
            return [
                (one.kind, str(one.state), one.reason.text) for one in history.outbox.loose_parts(MONDAY.date() - DAY)
            ]

    queue(path, (mail(AN, "team"), mail(AN), mail(BAO)))
    server = Server()
    with History.open(path) as history:
        order = Order(clock, clock.sleep, confirm=True)
        report = send_due([history.outbox.limited(BOOKS, SENDER)], {"mail": Channel(flawed, server)}, order)
    assert (report.sent, server.reached, len(report.refusals)) == (1, [AN], 2)
    assert told() == [("owner", "queued", "template.broken")] * 2
    assert sent(path, server, clock).sent == 1
    assert told() == [("owner", "queued", "template.broken")], "it goes with the mail of the next day"
    clock.now += timedelta(hours=20)
    assert sent(path, server, clock).sent == 1
    assert told() == []


def test_drafts_mark_nothing(path: Path, clock: Clock) -> None:
    """Shows that what would be sent can be made as often as one likes, for everybody or for one address instead."""
    queue(path, (mail(AN, "company"), mail(AN), mail(BAO)))
    with History.open(path) as history:
        box = history.outbox.limited(BOOKS, SENDER)
        order = Order(clock, clock.sleep)
        first = [draft.made for draft in drafts([box], {"mail": make}, order)]
        assert [made.message.recipient for made in first if made] == [AN, BAO]
        assert [draft.made for draft in drafts([box], {"mail": make}, order)] == first
        rerouted = [draft.made for draft in drafts([box], {"mail": make}, order, Mailbox("me@x.vn"))]
        assert {made.message.recipient for made in rerouted if made} == {"me@x.vn"}
    assert parcels(path) == []
    assert sent(path, Server(), clock).sent == 2


def test_bytes_are_cleared_away_and_keys_stay(path: Path, clock: Clock) -> None:
    """Shows that after the days of keeping the bytes have gone, and that the same is still not told again."""
    queue(path, (mail(AN),))
    sent(path, Server(), clock)
    clock.now += 31 * DAY
    sent(path, Server(), clock)
    with History.open(path) as history:
        (parcel,) = history.outbox.parcels(MONDAY.date())
        whole = history.outbox.parcel(parcel.number)
        assert whole is not None
        assert (whole.state, whole.message) == (State.SENT, None)
        assert [part.content for part in history.outbox.parts([1])] == [None]
        assert history.outbox.known(mail(AN).key)
    queue(path, (mail(AN),))
    server = Server()
    assert (sent(path, server, clock).sent, server.took) == (0, [])


def test_what_is_asked_of_the_past(path: Path, clock: Clock) -> None:
    """Shows the last hash and the questions that were put: of what reached somebody, for each workbook or for all."""
    queue(path, (mail(AN)._replace(digest_hash="one", asks=("KR-1", "KR-2")),))
    queue(path, (mail(AN, book=BOOKS[1])._replace(digest_hash="two"),), BOOKS[1])
    with History.open(path) as history:
        assert history.outbox.last_hash("owner", AN.upper(), BOOKS[0]) == "one"
        asked = {"KR-1": {"W48": MONDAY.date()}, "KR-2": {"W48": MONDAY.date()}}
        assert history.outbox.asked(AN.upper(), BOOKS[0]) == asked
    sent(path, Server(), clock)
    with History.open(path) as history:
        box = history.outbox
        assert [box.last_hash("owner", AN, place) for place in (*BOOKS, None)] == ["one", "two", "two"]
        assert (box.asked(AN, BOOKS[0]), box.asked(AN, BOOKS[1])) == (asked, {})
        assert (box.last_hash("team", AN), box.asked(BAO, BOOKS[0])) == (None, {})


def test_what_was_refused_does_not_count_as_told(path: Path, clock: Clock) -> None:
    """Shows that a refused mail has asked nothing, and is not the last that was said."""
    queue(path, (mail(AN),))
    sent(path, Server(Receipt(Fate.FAILED, "mail.recipient_refused", {"said": "550"})), clock)
    with History.open(path) as history:
        assert history.outbox.last_hash("owner", AN) is None
        assert history.outbox.asked(AN, BOOKS[0]) == {}
        assert history.outbox.offered(MONDAY.date()) == {}


def test_two_histories_of_one_sender(tmp_path: Path, clock: Clock) -> None:
    """Shows that a person gets one mail a day over all histories too; what is in the other follows the next day."""
    paths = [tmp_path / "a.sqlite3", tmp_path / "b.sqlite3"]
    for path, kind in zip(paths, ("owner", "team"), strict=True):
        queue(path, (mail(AN, kind),))
    server = Server()
    for _ in range(2):
        with History.open(paths[0]) as one, History.open(paths[1]) as two:
            boxes = [history.outbox.limited(BOOKS, SENDER) for history in (one, two)]
            send_due(boxes, {"mail": Channel(make, server)}, Order(clock, clock.sleep, confirm=True))
        clock.now += timedelta(hours=20)
    assert server.reached == [AN, AN]
    assert [len(parcels(path)) for path in paths] == [1, 1]
    assert b"team" in server.took[0].data
