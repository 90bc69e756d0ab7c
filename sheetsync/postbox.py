"""An outbox as the sending run needs it; ``history.Outbox`` is one, and tells more of each step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date, datetime
from typing import Protocol

from sheetsync.outgoing import Held, Parcel, Part, Reason, State, Waiting
from sheetsync.post import Message


class Box(Protocol):
    """What waits to be sent, and what became of it. Every step is whole or not done; each may raise a SheetsyncError.

    Moments know their time zone; a ``day`` is a company day.
    """

    def recover(self) -> None:
        """Call unknown what an earlier run was sending when it was killed."""

    def expire(self, now: datetime, /) -> None:
        """Drop what is too late to be told."""

    def waiting(self, now: datetime, /) -> Sequence[Waiting]:
        """Give what is due, by recipient; the gravest first."""

    def early(self, now: datetime, /) -> Sequence[datetime]:
        """Give for each recipient of what is not due yet the moment from which the first of it is."""

    def parts(self, numbers: Iterable[int], /) -> Sequence[Part]:
        """Give parts with their content, in the order of the numbers."""

    def open_parcels(self) -> Sequence[Parcel]:
        """Give the messages that are to be sent yet, without their bytes."""

    def served(self, day: date, /) -> set[tuple[str, str]]:
        """Give those (channel, recipient) who have a message of a day, or one that waits for another try."""

    def freeze(
        self, message: Message, subject: str, parts: Sequence[Part], day: date, now: datetime, /
    ) -> Parcel | None:
        """Store a message and mark its parts; None where one of them is in another, or the recipient has one."""

    def claim(self, number: int, day: date, now: datetime, /) -> Parcel | None:
        """Say that a message is being sent, before it is; None where it is not to be sent (any more)."""

    def settle(self, number: int, state: State, reason: Reason, due: datetime, /) -> None:
        """Say what became of a message that was being sent."""

    def refuse(self, parts: Iterable[Part], reason: Reason, /) -> None:
        """Say that no message can be made of parts, and why."""

    def explain(self, parts: Iterable[Part], reason: Reason, /) -> None:
        """Say why no message could be made of parts just now; they wait for another run."""

    def rest(self, day: date, /) -> None:
        """Remember that a server wants no more mail on a day."""

    def resting(self, day: date, /) -> bool:
        """Say whether a server wanted no more mail on that day."""

    def confirmed(self) -> datetime | None:
        """Give the moment at which a person let mail leave; None before that."""

    def confirm(self, now: datetime, /) -> None:
        """Remember that a person let mail leave."""

    def tried_on(self, day: date, /) -> int:
        """Count the mails that were handed to a server on a day."""

    def offered(self, since: date, /) -> Mapping[date, Set[str]]:
        """Give for each day since one to whom mail was offered to a server that did not refuse it for good."""

    def clear(self, before: datetime, /) -> None:
        """Clear away the bytes of what was closed before a moment."""


def let_go(boxes: Sequence[Box], now: datetime, *, confirm: bool) -> tuple[Sequence[Box], Held | None]:
    """Give the outboxes that a person let go, and for how many people the others wait; a word lets all of them go."""
    for box in boxes if confirm else ():
        box.confirm(now)
    mute = [box for box in boxes if box.confirmed() is None]
    rest = [box for box in boxes if box not in mute]
    people = {(one.channel, one.recipient) for box in mute for one in box.open_parcels()}
    people |= {(one.channel, one.recipient) for box in mute for one in box.waiting(now)}
    return rest, Held("new" if rest else "unconfirmed", len(people)) if mute and (people or not rest) else None
