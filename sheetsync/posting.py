"""The sending run: what is due leaves the outbox, each message once, and what became of it is written down.

Nothing here knows SQLite, SMTP, templates or a terminal: outboxes, channels, the clock and the sleep are handed in. A
run may be killed at any moment. A message that a server may have taken is never offered again by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

from sheetsync.errors import AccessDenied, SheetsyncError, TemporaryFailure
from sheetsync.outgoing import MAIL, Held, Later, Parcel, Part, Reason, State, Waiting, gravity_of
from sheetsync.post import Fate, Mailbox, Message, Receipt, valid_address
from sheetsync.postbox import Box, let_go
from sheetsync.record import NamedTuple

WAITS = (60.0, 300.0, 900.0)
"""Seconds to wait before another try, after the first, the second and the third that a server did not take."""
LONGEST = 86400.0
"""Seconds after which a message is tried again in any case, whatever its server has named."""
FEW = 10
"""People to whom a run may always send, however few had mail before."""
GROWTH = 2
"""How many times as many people as on the busiest day before may get mail; beyond it somebody has to confirm."""
LOOKED_BACK = timedelta(days=35)
"""How far back the busiest day is looked for: a month with its monthly mails."""
FULL = "mail.daily_limit"
"""The answer after which a server is left alone for the day."""
PASSING = (FULL, "mail.stopped")
"""Answers that end a run and pass by themselves; any other that ends it wants somebody to mend something."""


class Carrier(Protocol):
    """What messages leave by; see ``delivery.smtp.Mailer``."""

    def connect(self) -> None:
        """Make sure that it is a message's turn and that somebody takes it; raises a SheetsyncError where nobody is."""

    def send(self, message: Message, /) -> Receipt:
        """Send one message and say what became of it; raises a SheetsyncError where it was certainly not sent."""


class Made(NamedTuple):
    """A message, and what it was made of."""

    message: Message
    subject: str
    html: str
    text: str


class Make(Protocol):
    """Makes one message of the parts for one recipient. Raises a SheetsyncError where the templates do not let it."""

    def __call__(self, parts: Sequence[Part], key: str, instead: Mailbox | None, /) -> Made:
        """``key`` is the message's own for ever; with ``instead`` it goes there, and its subject says for whom."""


class Channel(NamedTuple):
    """How messages of a channel are made, and by what they leave."""

    make: Make
    carrier: Carrier


class Order(NamedTuple):
    """What a sending run is told.

    ``clock`` gives the moment in the company's time zone. ``per_run`` and ``per_day`` are the most mails that are
    handed over. A ``patient`` run, which somebody called for, waits for a server that wants to be asked again, and asks
    one that wanted no more today. ``confirm`` says that somebody has looked at how many there are. ``begin`` is called
    before the first mail, with how many there are for this run.
    """

    clock: Callable[[], datetime]
    sleep: Callable[[float], None]
    per_run: int = 200
    per_day: int = 450
    patient: bool = False
    confirm: bool = False
    keep: timedelta = timedelta(days=30)
    begin: Callable[[int], None] = lambda mails: None  # noqa: ARG005


class Refusal(NamedTuple):
    """A recipient for whom no message could be made just now, and why; ``bug`` is a traceback."""

    waiting: Waiting
    error: SheetsyncError | None = None
    bug: str = ""


class Report(NamedTuple):
    """What a sending run did.

    ``waiting`` is how many people still wait for what is due, ``capped`` how many of them because of its limits.
    ``retrying`` are the messages that will be tried again, ``later`` those that had to wait from the beginning,
    ``stops`` says by channel what ended it early.
    """

    sent: int = 0
    waiting: int = 0
    capped: int = 0
    retrying: tuple[Parcel, ...] = ()
    later: tuple[Later, ...] = ()
    stops: Mapping[str, SheetsyncError] = {}
    refusals: tuple[Refusal, ...] = ()
    held: Held | None = None


def send_due(boxes: Sequence[Box], channels: Mapping[str, Channel], order: Order) -> Report:
    """Send what is due in every outbox, one message a recipient; for who holds the lock of sending.

    What failed, is unknown or was dropped stands in ``losses()`` of the outboxes until it was told. A channel that is
    not among ``channels`` waits. Raises a SheetsyncError only where an outbox cannot be used.
    """
    return _Run(boxes, channels, order).done()


class Draft(NamedTuple):
    """What would be sent to a recipient, or why it could not be made."""

    waiting: Waiting
    made: Made | None = None
    refusal: Refusal | None = None


def drafts(
    boxes: Sequence[Box], makes: Mapping[str, Make], order: Order, instead: Mailbox | None = None
) -> Iterator[Draft]:
    """Make the messages that a run would make now, within its limits, and mark nothing as sent.

    ``makes`` are what makes them by channel; what waits for another one is left out.
    """
    now, left = order.clock(), min(_room(boxes, order))
    for box, waiting in _due(boxes, now, _served(boxes, now.date())):
        if waiting.channel not in makes or (waiting.channel == MAIL and left <= 0):
            continue
        left -= waiting.channel == MAIL
        yield _draft(waiting, makes[waiting.channel], box.parts(waiting.parts), now.date(), instead)


def postponed(boxes: Sequence[Box], order: Order, handed: int = 0) -> tuple[Later, ...]:
    """Say what does not leave now, once this run has ``handed`` over so many mails."""
    now = order.clock()
    tomorrow = datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)
    early = [moment for box in boxes for moment in box.early(now)]
    due, served = [one for _, one in _due(boxes, now, set())], _served(boxes, now.date())
    mails = sum(one.channel == MAIL and (one.channel, one.recipient) not in served for one in due)
    of_run, of_day = _room(boxes, order, handed)
    found = (
        Later("early", len(early), min(early, default=None)),
        Later("served", sum((one.channel, one.recipient) in served for one in due), tomorrow),
        Later("day", mails - of_day if of_day <= of_run else 0, tomorrow),
        Later("run", mails - of_run if of_run < of_day else 0, None),
    )
    return tuple(one for one in found if one.messages > 0)


def _room(boxes: Iterable[Box], order: Order, handed: int = 0) -> tuple[int, int]:
    """Give how many new mails a run and a day have room for, beside those that are tried again."""
    now, frozen, tried = order.clock(), 0, 0
    for box in boxes:
        frozen += sum(one.channel == MAIL and one.due <= now for one in box.open_parcels())
        tried += box.tried_on(now.date())
    return max(0, order.per_run - handed - frozen), max(0, order.per_day - tried - frozen)


def _draft(waiting: Waiting, make: Make, parts: Sequence[Part], day: date, instead: Mailbox | None) -> Draft:
    try:
        return Draft(waiting, make(parts, key_of(parts, day), instead))
    except SheetsyncError as error:
        return Draft(waiting, refusal=Refusal(waiting, error))
    except Exception:  # noqa: BLE001 - what is wrong with one mail must not keep the others; it ends in exit code 70
        from traceback import format_exc

        return Draft(waiting, refusal=Refusal(waiting, bug=format_exc()))


def _why(refusal: Refusal) -> Reason:
    """Give why a message could not be made, as the outbox keeps it."""
    return Reason("mail.bug") if refusal.error is None else Reason(refusal.error.key, refusal.error.params)


def key_of(parts: Sequence[Part], day: date) -> str:
    """Give the key of a message: the same parts on the same day give the same."""
    first = parts[0]
    return "|".join([first.channel, first.recipient, day.isoformat(), *sorted(one.key for one in parts)])


def _served(boxes: Iterable[Box], day: date) -> set[tuple[str, str]]:
    return set().union(*(box.served(day) for box in boxes))


def _due(boxes: Iterable[Box], now: datetime, served: set[tuple[str, str]]) -> list[tuple[Box, Waiting]]:
    """Give what is due for people who have nothing of today yet; the gravest first, and each recipient once."""
    found = sorted(
        ((box, one) for box in boxes for one in box.waiting(now) if (one.channel, one.recipient) not in served),
        key=lambda pair: pair[1].gravity,
    )
    first: dict[tuple[str, str], tuple[Box, Waiting]] = {}
    for box, one in found:
        first.setdefault((one.channel, one.recipient), (box, one))
    return list(first.values())


class _Again(NamedTuple):
    """A message that is to be tried again in this run."""

    due: datetime
    number: int
    box: Box
    channel: str


class _Run:
    def __init__(self, boxes: Sequence[Box], channels: Mapping[str, Channel], order: Order) -> None:
        self._boxes, self._channels, self._order = boxes, channels, order
        self._day = order.clock().date()
        self._sent = self._capped = self._handed = self._before = 0
        self._stops: dict[str, SheetsyncError] = {}
        self._refusals: list[Refusal] = []
        self._tries: dict[tuple[int, int], int] = {}
        self._again: list[_Again] = []

    def done(self) -> Report:
        """Do all of it."""
        now = self._order.clock()
        for box in self._boxes:
            box.recover()
            box.expire(now)
        boxes, new = let_go(self._boxes, now, confirm=self._order.confirm)
        opened = [(box, one) for box in boxes for one in box.open_parcels()]
        due = _due(boxes, now, _served(self._boxes, self._day))
        held = self._held(opened, due)
        if held is None:
            self._work(opened, due)
            self._ask_again()
        for box in self._boxes:
            box.expire(self._order.clock())
            box.clear(now - self._order.keep)
        retrying = tuple(one for box in boxes for one in box.open_parcels())
        waiting = len(_due(boxes, now, _served(self._boxes, self._day)))
        later = postponed(self._boxes, self._order, self._handed)
        held = held or new
        return Report(self._sent, waiting, self._capped, retrying, later, self._stops, tuple(self._refusals), held)

    def _held(self, opened: Sequence[tuple[Box, Parcel]], due: Sequence[tuple[Box, Waiting]]) -> Held | None:
        """Say why nothing may leave of the outboxes that somebody let go."""
        self._before = sum(box.tried_on(self._day) for box in self._boxes)
        everybody = {(one.channel, one.recipient) for _, one in opened}
        everybody |= {(one.channel, one.recipient) for _, one in due}
        if self._order.confirm:
            return None
        if not self._order.patient and any(box.resting(self._day) for box in self._boxes):
            return Held("resting", len(everybody))
        return self._grown({recipient for channel, recipient in everybody if channel == MAIL})

    def _grown(self, to: set[str]) -> Held | None:
        """Say whether too many people would get mail today; each counts once, whatever was tried for them before."""
        if not to:
            return None
        offered: dict[date, set[str]] = {}
        for box in self._boxes:
            for day, people in box.offered(self._day - LOOKED_BACK).items():
                offered.setdefault(day, set()).update(people)
        most = max(map(len, offered.values()), default=0)
        today = to | offered.get(self._day, set())
        return Held("doubled", len(today), most) if len(today) > max(FEW, GROWTH * most) else None

    def _work(self, opened: Sequence[tuple[Box, Parcel]], due: Sequence[tuple[Box, Waiting]]) -> None:
        """Offer what was frozen before, then what is due; the gravest first."""
        now = self._order.clock()
        again = sum(one.channel == MAIL and one.due <= now for _, one in opened)
        self._order.begin(max(0, min(again + sum(one.channel == MAIL for _, one in due), self._room())))
        for box, parcel in sorted(opened, key=lambda pair: min(map(gravity_of, pair[1].kinds), default=0)):
            if parcel.due <= now and self._may(parcel.channel):
                self._offer(box, parcel.number, parcel.channel)
        for box, waiting in due:
            if self._may(waiting.channel):
                parcel_made = self._frozen(box, waiting)
                if parcel_made is not None:
                    self._offer(box, parcel_made.number, waiting.channel)

    def _ask_again(self) -> None:
        """Wait for what a server wanted to be asked again, where this run has the patience."""
        while self._order.patient and self._again:
            one = min(self._again, key=lambda each: (each.due, each.number))
            self._again.remove(one)
            if one.channel in self._stops:
                continue
            self._wait((one.due - self._order.clock()).total_seconds())
            if self._may(one.channel):
                self._offer(one.box, one.number, one.channel)

    def _may(self, channel: str) -> bool:
        """Say whether another message may leave by a channel now: it is there, was not stopped, has room, and hears us.

        A connection is made before anything is written down, so that nothing is frozen for a server that is away.
        """
        if channel not in self._channels or channel in self._stops:
            return False
        if channel == MAIL and self._room() <= 0:
            self._capped += 1
            return False
        return self._connected(channel)

    def _room(self) -> int:
        return min(self._order.per_run, self._order.per_day - self._before) - self._handed

    def _connected(self, channel: str) -> bool:
        for wait in (*(WAITS if self._order.patient else ()), None):
            try:
                self._channels[channel].carrier.connect()
                return True
            except TemporaryFailure as error:
                if wait is None:
                    self._stops[channel] = error
                else:
                    self._wait(wait)
            except SheetsyncError as error:
                self._stops[channel] = error
                break
        return False

    def _frozen(self, box: Box, waiting: Waiting) -> Parcel | None:
        """Make the message of a recipient and freeze it; None where that cannot be."""
        parts = box.parts(waiting.parts)
        if waiting.channel == MAIL and not valid_address(waiting.recipient):
            box.refuse(parts, Reason("mail.address", {"address": waiting.recipient}))
            return None
        draft = _draft(waiting, self._channels[waiting.channel].make, parts, self._day, None)
        if draft.refusal is not None:
            parts, draft = self._spared(box, parts, draft, draft.refusal)
        if draft.made is None:
            return None
        return box.freeze(draft.made.message, draft.made.subject, parts, self._day, self._order.clock())

    def _spared(self, box: Box, parts: Sequence[Part], draft: Draft, refusal: Refusal) -> tuple[Sequence[Part], Draft]:
        """Let lesser parts wait that keep a message from being made, and say why; give the rest with their message."""
        waiting, make = draft.waiting, self._channels[draft.waiting.channel].make
        alone = [(one, _draft(waiting, make, (one,), self._day, None).refusal) for one in parts if len(parts) > 1]
        sound = [one for one, refused in alone if refused is None]
        broken = [(one, refused) for one, refused in alone if refused is not None]
        if parts[0] not in sound or not broken:  # the gravest waits with all; or each can be made, and all together not
            sound, broken = [], [(one, refusal) for one in parts]
        self._refusals += dict.fromkeys(refused for _, refused in broken)
        for one, refused in broken:
            box.explain((one,), _why(refused))
        return sound, _draft(waiting, make, sound, self._day, None) if sound else draft

    def _offer(self, box: Box, number: int, channel: str) -> None:
        """Hand one message over, having written down before that it may be, and afterwards what became of it."""
        parcel = box.claim(number, self._day, self._order.clock())
        if parcel is None or parcel.message is None:
            return
        self._handed += channel == MAIL
        try:
            receipt = self._channels[channel].carrier.send(parcel.message)
        except TemporaryFailure as error:
            receipt = Receipt(Fate.RETRY, error.key, error.params)
        except SheetsyncError as error:
            self._stops[channel] = error
            receipt = Receipt(Fate.STOP, error.key, error.params)
        self._settle(box, parcel, receipt)

    def _settle(self, box: Box, parcel: Parcel, receipt: Receipt) -> None:
        now, reason = self._order.clock(), Reason(receipt.text, receipt.params)
        if receipt.fate is Fate.RETRY:
            self._later(box, parcel, receipt)
            return
        if receipt.fate is not Fate.STOP:
            box.settle(parcel.number, State(receipt.fate), reason, now)
            self._sent += receipt.fate is Fate.SENT
            return
        box.settle(parcel.number, State.RETRY, reason, now)
        kind = TemporaryFailure if receipt.text in PASSING else AccessDenied
        self._stops.setdefault(parcel.channel, kind(receipt.text, **receipt.params))
        if receipt.text == FULL and parcel.channel == MAIL:
            box.rest(self._day)

    def _later(self, box: Box, parcel: Parcel, receipt: Receipt) -> None:
        """Note when a message may be tried again, and whether this run does so."""
        own = id(box), parcel.number
        tries = self._tries[own] = self._tries.get(own, 0) + 1
        wait = min(max(WAITS[min(tries, len(WAITS)) - 1], receipt.after or 0.0), LONGEST)
        due = self._order.clock().astimezone(UTC) + timedelta(seconds=wait)  # where no hour comes twice
        box.settle(parcel.number, State.RETRY, Reason(receipt.text, receipt.params), due)
        if tries <= len(WAITS) and wait <= WAITS[-1] and due < parcel.expires:
            self._again.append(_Again(due, parcel.number, box, parcel.channel))

    def _wait(self, seconds: float) -> None:
        if seconds > 0:
            self._order.sleep(min(seconds, WAITS[-1]))  # the clock may have been set back meanwhile
