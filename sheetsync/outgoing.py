"""What waits to be sent, and what became of it: parts, each of which tells one thing, and the messages made of them.

Plain data that the outbox (``sheetsync/history/outbox.py``) keeps and the sending run (``sheetsync/posting.py``) works
on. A part goes into one message and no other; a message of one recipient and day holds all parts that were due.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sheetsync.post import NOTHING, Message
from sheetsync.record import NamedTuple

MAIL, WEBHOOK = "mail", "webhook"
"""The channels."""

GRAVITY = ("company", "team", "owner", "kpi", "wins")
"""The kinds of digests, the gravest first: in this order they leave, and stand in one message."""

HOURS_OF_GRACE = 24
"""Hours for which something is still worth telling, where nothing else is said."""


class State(StrEnum):
    """How far a part or a message has come.

    A part: ``queued``, then ``frozen`` into a message; or ``failed`` where no message can be made of it. A message:
    ``pending``; ``sending`` from before the server is asked to take it; ``sent``; ``retry``, certainly not taken over;
    ``failed``, refused for good; ``unknown``, may have been taken over, and is never sent again by itself. Both:
    ``dropped``, out of time or taken out by a person.
    """

    QUEUED = "queued"
    FROZEN = "frozen"
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    RETRY = "retry"
    FAILED = "failed"
    UNKNOWN = "unknown"
    DROPPED = "dropped"


OPEN = (State.PENDING, State.RETRY)
"""States of a message that will be sent yet."""
LOST = (State.FAILED, State.UNKNOWN, State.DROPPED)
"""States of which somebody has to be told."""


class Reason(NamedTuple):
    """Why something stands as it does: the key of the sentence, as of an error's (empty: nothing to say), filled."""

    text: str = ""
    params: Mapping[str, Any] = NOTHING


class Part(NamedTuple):
    """One thing to be told, as it was queued (``snapshot.Mail``); ``number`` is its own in the outbox.

    ``content`` is None where it was not asked for, or has been cleared away.
    """

    number: int
    key: str
    channel: str
    recipient: str
    name: str
    language: str
    kind: str
    period: str
    not_before: datetime
    expires: datetime
    state: State = State.QUEUED
    reason: Reason = Reason()
    content: bytes | None = None


class Parcel(NamedTuple):
    """One message, frozen: its bytes are what is sent, whatever happens to digests and templates afterwards.

    ``day`` is the company day to which it counts. ``due`` is the moment from which it may be tried (again), ``tried``
    that of the last try. ``message`` is None where it was not asked for, or has been cleared away.
    """

    number: int
    channel: str
    recipient: str
    name: str
    subject: str
    kinds: tuple[str, ...]
    day: date
    state: State
    attempts: int
    due: datetime
    expires: datetime
    tried: datetime | None = None
    reason: Reason = Reason()
    message: Message | None = None


class Waiting(NamedTuple):
    """The parts that are due for one recipient, by their numbers; ``gravity`` is that of the gravest (0: the most)."""

    channel: str
    recipient: str
    name: str
    gravity: int
    parts: tuple[int, ...]


class Held(NamedTuple):
    """Why nothing was sent: ``unconfirmed``, ``resting`` or ``doubled``; for how many people, and the most before.

    ``new``: only what a history has that nobody confirmed yet; the others may have sent theirs.
    """

    why: str
    people: int
    most: int = 0


class Later(NamedTuple):
    """Messages that do not leave now, and until when they wait at the earliest; None is the next run.

    ``early``: their time has not come. ``served``: the recipient has one of today, or one that is tried again. ``day``
    and ``run``: mails beyond the most of a day, or of a run.
    """

    why: str
    messages: int
    until: datetime | None


def gravity_of(kind: str) -> int:
    """Give the place of a kind among all; one that is not known comes last."""
    return GRAVITY.index(kind) if kind in GRAVITY else len(GRAVITY)
