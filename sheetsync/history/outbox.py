"""The outbox: what is to be sent stands here before it is, and what became of it afterwards.

Every step is one transaction, and a run may be killed between any two of them. What a server may have taken is never
offered to it again by itself: a message is ``sending`` before the server is asked, and one that is still ``sending``
when the next run begins is ``unknown`` from then on.
"""

# ruff: noqa: S608 - statements are put together of constants of ours alone, and values are handed over beside them

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Container, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import TypeVar

from sheetsync.history import posted
from sheetsync.history.coding import moment_of_number, number_of_day, number_of_moment
from sheetsync.history.emptying import empty
from sheetsync.history.posted import reason_text
from sheetsync.outgoing import HOURS_OF_GRACE, Parcel, Part, Reason, State, Waiting
from sheetsync.post import Message
from sheetsync.record import NamedTuple
from sheetsync.snapshot import Mail

Sent = TypeVar("Sent", Waiting, Parcel, Part)
Access = Callable[[], AbstractContextManager[sqlite3.Connection]]

CUT_OFF, OUT_OF_TIME, BY_HAND = "mail.cut_off", "mail.out_of_time", "mail.by_hand"
"""Reasons: a run was killed while it sent, the time for telling it was over, a person took it out."""
AHEAD = "mail.clock_ahead"
"""Reason: it was made while the clock of the computer was ahead, and would wait until then."""
FARTHEST = timedelta(days=31)
"""No mail is made to wait longer: weekends, quiet days and holidays last for two weeks at most."""
A_DAY = timedelta(days=1)
"""A message that was made later than this from now was made by a clock that was ahead, or this one is behind."""
_CLOSED = "state IN ('sent', 'failed', 'unknown', 'dropped')"


class Losses(NamedTuple):
    """What ended otherwise than sent, and nobody has been told of yet."""

    parcels: tuple[Parcel, ...] = ()
    parts: tuple[Part, ...] = ()


class Outbox:
    """The outbox of one history (``History.outbox``). Raises as the history does.

    Moments know their time zone; a ``day`` is a company day. Recipients of mail are told in small letters.
    """

    def __init__(
        self,
        reading: Access,
        writing: Access,
        places: Container[str] | None = None,
        sender: str = "",
        channels: Container[str] | None = None,
    ) -> None:
        """Take how the file is read, and how it is written in one transaction; the rest is for ``limited``."""
        self._reading = reading
        self._writing = writing
        self._places = places
        self._sender = sender
        self._channels = channels

    def limited(self, places: Container[str], sender: str, channels: Container[str] | None = None) -> Outbox:
        """Give the outbox of some workbooks, by their places, whose mail comes from one address.

        Several firms may share a history: what is told of the one is no mail of the other's. So with ``channels``.
        """
        return Outbox(self._reading, self._writing, places, sender, channels)

    def _ours(self, some: Iterable[Sent]) -> list[Sent]:
        return [one for one in some if self._channels is None or one.channel in self._channels]

    # The steps of a sending run.

    def recover(self) -> None:
        """Call unknown what an earlier run was sending when it was killed; for who holds the lock of sending."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE messages SET state = 'unknown', reason = ? WHERE state = 'sending'",
                (reason_text(Reason(CUT_OFF)),),
            )

    def expire(self, now: datetime) -> None:
        """Drop what is too late to be told, and what a clock that was ahead made, which would wait for years.

        Who has a message that waits gets no other, so that nobody would get any until then.
        """
        reason, moment = reason_text(Reason(OUT_OF_TIME)), number_of_moment(now)
        ahead, far, soon = reason_text(Reason(AHEAD)), number_of_moment(now + FARTHEST), number_of_moment(now + A_DAY)
        with self._writing() as connection:
            connection.execute(
                "UPDATE parts SET state = 'dropped', reason = ? WHERE state = 'queued' AND not_before > ?", (ahead, far)
            )
            connection.execute(
                "UPDATE messages SET state = 'dropped', reason = ? WHERE state IN ('pending', 'retry') AND frozen > ?",
                (ahead, soon),
            )
            for table, states in (("parts", "'queued'"), ("messages", "'pending', 'retry'")):
                connection.execute(
                    # Why it could not be sent says more than that its time is over.
                    f"UPDATE {table} SET state = 'dropped', reason = ifnull(reason, ?)"
                    f" WHERE state IN ({states}) AND expires <= ?",
                    (reason, moment),
                )

    def waiting(self, now: datetime) -> list[Waiting]:
        """Give what is due, by recipient; the gravest first."""
        with self._reading() as connection:
            return self._ours(posted.waiting(connection, now, self._places))

    def early(self, now: datetime) -> list[datetime]:
        """Give for each recipient of what is not due yet the moment from which the first of it is."""
        with self._reading() as connection:
            return posted.early(connection, now, self._places, self._channels)

    def parts(self, numbers: Iterable[int]) -> list[Part]:
        """Give parts with their content, in the order of the numbers."""
        with self._reading() as connection:
            return posted.parts(connection, numbers)

    def open_parcels(self) -> list[Parcel]:
        """Give the messages that are to be sent yet, the oldest first, without their bytes."""
        with self._reading() as connection:
            return self._ours(posted.parcels_where(connection, self._places, "m.state IN ('pending', 'retry')"))

    def served(self, day: date) -> set[tuple[str, str]]:
        """Give those (channel, recipient) who have a message of a day, or one that waits for another try."""
        with self._reading() as connection:
            return posted.served(connection, day, self._places)

    def freeze(self, message: Message, subject: str, parts: Sequence[Part], day: date, now: datetime) -> Parcel | None:
        """Store a message, and mark the parts that are in it; from now on only its bytes count.

        None, and nothing is stored, where a part is in another message already or the recipient has one of that day.
        """
        first = parts[0]
        marks = ", ".join("?" * len(parts))
        with self._writing() as connection:
            held = connection.execute(
                f"SELECT count(*) FROM parts WHERE state = 'queued' AND id IN ({marks})", [one.number for one in parts]
            ).fetchone()[0]
            if held != len(parts) or posted.is_served(connection, first.channel, first.recipient, day, self._places):
                return None
            made = connection.execute(
                "INSERT INTO messages (message_id, channel, recipient, name, sender, subject, kinds, frozen, day, due,"
                " expires, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(message.message_id, first.channel, first.recipient, first.name, message.sender, subject),
                    " ".join(dict.fromkeys(one.kind for one in parts)),
                    *(number_of_moment(now), number_of_day(day), number_of_moment(now)),
                    *(number_of_moment(max(one.expires for one in parts)), message.data),
                ),
            ).lastrowid
            connection.executemany(
                "UPDATE parts SET state = 'frozen', message = ?, reason = NULL WHERE id = ?",
                [(made, one.number) for one in parts],
            )
            return posted.parcel(connection, made or 0)

    def claim(self, number: int, day: date, now: datetime) -> Parcel | None:
        """Say that a message is being sent, before it is; give it, or None where it is not to be sent (any more)."""
        with self._writing() as connection:
            taken = connection.execute(
                "UPDATE messages SET state = 'sending', attempts = attempts + 1, tried = ?, day = ?, told = 0,"
                " reason = NULL WHERE id = ? AND state IN ('pending', 'retry') AND data IS NOT NULL",
                (number_of_moment(now), number_of_day(day), number),
            ).rowcount
            return posted.parcel(connection, number) if taken else None

    def settle(self, number: int, state: State, reason: Reason, due: datetime) -> None:
        """Say what became of a message that was being sent; ``due`` is when it may be tried again, if it may."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE messages SET state = ?, reason = ?, due = ? WHERE id = ? AND state IN ('sending', 'unknown')",
                (state, reason_text(reason), number_of_moment(due), number),
            )

    def refuse(self, parts: Iterable[Part], reason: Reason) -> None:
        """Say that no message can be made of parts, and why."""
        with self._writing() as connection:
            connection.executemany(
                "UPDATE parts SET state = 'failed', reason = ? WHERE id = ? AND state = 'queued'",
                [(reason_text(reason), one.number) for one in parts],
            )

    def explain(self, parts: Iterable[Part], reason: Reason) -> None:
        """Say why no message could be made of parts just now; they wait for another run."""
        with self._writing() as connection:
            connection.executemany(
                "UPDATE parts SET reason = ? WHERE id = ? AND state = 'queued'",
                [(reason_text(reason), one.number) for one in parts],
            )

    def rest(self, day: date) -> None:
        """Remember that the server wants no more mail on a day."""
        self._note("rest", number_of_day(day))

    def _note(self, column: str, number: int) -> None:
        with self._writing() as connection:
            connection.execute(
                f"INSERT INTO posting (sender, {column}) VALUES (?, ?)"
                f" ON CONFLICT (sender) DO UPDATE SET {column} = excluded.{column}",
                (self._sender, number),
            )

    def _noted(self, column: str) -> int | None:
        with self._reading() as connection:
            row = connection.execute(f"SELECT {column} FROM posting WHERE sender = ?", (self._sender,)).fetchone()
        return row[0] if row else None

    def losses(self) -> Losses:
        """Give what failed, is unknown or was dropped, and nobody has been told of yet."""
        lost = "told = 0 AND {0}.state IN ('failed', 'unknown', 'dropped')"
        parcels, parts = (f"{one}.{lost.format(one)}" for one in ("m", "p"))
        with self._reading() as connection:
            return Losses(
                tuple(self._ours(posted.parcels_where(connection, self._places, parcels))),
                tuple(self._ours(posted.parts_where(connection, self._places, parts))),
            )

    def told(self, losses: Losses) -> None:
        """Remember that somebody was told of losses."""
        with self._writing() as connection:
            for table, rows in (("messages", losses.parcels), ("parts", losses.parts)):
                connection.executemany(
                    f"UPDATE {table} SET told = 1 WHERE id = ? AND state = ?", [(one.number, one.state) for one in rows]
                )

    def clear(self, before: datetime) -> None:
        """Clear away the bytes of what was closed before a moment; who got what and when stays known."""
        told = {"moment": number_of_moment(before)}
        shown = "EXISTS (SELECT 1 FROM messages m WHERE m.id = parts.message AND m.data IS NOT NULL)"
        with self._writing() as connection:
            empty(connection, "messages", "data", f"{_CLOSED} AND frozen < :moment", told)
            rows = f"state <> 'queued' AND not_before < :moment AND NOT {shown}"
            empty(connection, "parts", "content", rows, told)

    # Questions.

    def confirmed(self) -> datetime | None:
        """Give the moment at which a person let mail leave; None before that."""
        moment = self._noted("confirmed")
        return None if moment is None else moment_of_number(moment)

    def confirm(self, now: datetime) -> None:
        """Remember that a person let mail leave."""
        self._note("confirmed", number_of_moment(now))

    def resting(self, day: date) -> bool:
        """Say whether the server wanted no more mail on that day."""
        return self._noted("rest") == number_of_day(day)

    def tried_on(self, day: date) -> int:
        """Count the mails that were handed to a server on a day."""
        with self._reading() as connection:
            return posted.tried_on(connection, day, self._sender)

    def offered(self, since: date) -> dict[date, set[str]]:
        """Give for each day since one to whom mail was offered to a server that did not refuse it for good."""
        with self._reading() as connection:
            return posted.offered(connection, since, self._sender)

    def offered_here(self, since: date) -> dict[date, set[str]]:
        """Give what ``offered`` gives of all mail of the sender for that of these workbooks alone."""
        with self._reading() as connection:
            return posted.offered(connection, since, self._sender, self._places)

    def known(self, key: str) -> bool:
        """Say whether something is queued, or was told, dropped or refused already, by its key."""
        with self._reading() as connection:
            return connection.execute("SELECT 1 FROM parts WHERE key = ?", (key,)).fetchone() is not None

    def last_hash(self, kind: str, recipient: str, place: str | None = None, about: str = "") -> str | None:
        """Give the ``digest_hash`` of the newest of a kind that reached somebody or is on its way there.

        ``place`` limits it to one workbook, ``about`` to periods that end so: a lead has them of each team. None where
        there is none.
        """
        with self._reading() as connection:
            return posted.last_hash(connection, kind, recipient.lower(), place, about)

    def asked(self, recipient: str, place: str) -> dict[str, dict[str, date]]:
        """Give what somebody was asked, or is about to be: each question by its name, with the day of each period.

        ``place`` is the workbook that it was about.
        """
        with self._reading() as connection:
            return posted.asked(connection, recipient.lower(), place)

    # What a person sees and does.

    def parcels(self, since: date) -> list[Parcel]:
        """Give the messages since a day and all that are not closed, without their bytes."""
        with self._reading() as connection:
            return posted.parcels_where(
                connection, self._places, f"m.day >= ? OR NOT m.{_CLOSED}", number_of_day(since)
            )

    def queued(self) -> list[Part]:
        """Give the parts that wait to be put into a message, whether their time has come or not."""
        with self._reading() as connection:
            return posted.parts_where(connection, self._places, "p.state = 'queued'")

    def loose_parts(self, since: date) -> list[Part]:
        """Give the parts that are in no message: all that wait, and those that never will be, since a day."""
        first = number_of_moment(datetime.combine(since, datetime.min.time()).astimezone())
        with self._reading() as connection:
            return posted.parts_where(
                connection,
                self._places,
                "p.message IS NULL AND p.not_before > 0 AND (p.state = 'queued' OR p.not_before >= ?)",
                first,
            )

    def parcel(self, number: int) -> Parcel | None:
        """Give one message with its bytes; None where there is none of that number."""
        with self._reading() as connection:
            return posted.parcel(connection, number)

    def parts_of(self, number: int) -> list[Part]:
        """Give the parts of a message, without their content."""
        with self._reading() as connection:
            return posted.parts_where(connection, None, "p.message = ?", number)

    def told_of(self, one: Parcel | Part) -> tuple[str, ...]:
        """Give the names of the workbooks that a message, or a part that is in none, tells of, each once."""
        with self._reading() as connection:
            return posted.told_of(connection, one)

    def again(self, parcel: Parcel, now: datetime) -> bool:
        """Let a message be sent that ended otherwise, because a person says so; it keeps its Message-ID.

        False where it is on its way, was sent, or its bytes have been cleared away.
        """
        until = number_of_moment(now + timedelta(hours=HOURS_OF_GRACE))
        with self._writing() as connection:
            changed = connection.execute(
                "UPDATE messages SET state = 'pending', due = ?, expires = max(expires, ?), told = 0, reason = NULL"
                " WHERE id = ? AND data IS NOT NULL AND state IN ('retry', 'failed', 'unknown', 'dropped')",
                (number_of_moment(now), until, parcel.number),
            )
            return changed.rowcount > 0

    def requeue(self, part: Part, now: datetime) -> bool:
        """Queue a part again that failed or was dropped, because a person says so; False where it cannot be."""
        until = number_of_moment(now + timedelta(hours=HOURS_OF_GRACE))
        with self._writing() as connection:
            changed = connection.execute(
                "UPDATE parts SET state = 'queued', reason = NULL, expires = max(expires, ?), told = 0"
                " WHERE id = ? AND content IS NOT NULL AND state IN ('failed', 'dropped')",
                (until, part.number),
            )
            return changed.rowcount > 0

    def drop(self, one: Parcel | Part) -> bool:
        """Take out what waits or is unknown, so that it is never sent; False where it is sent or being sent."""
        table = "messages" if isinstance(one, Parcel) else "parts"
        with self._writing() as connection:
            changed = connection.execute(
                f"UPDATE {table} SET state = 'dropped', reason = ?, told = 1"
                " WHERE id = ? AND state IN ('queued', 'pending', 'retry', 'failed', 'unknown')",
                (reason_text(Reason(BY_HAND)), one.number),
            )
            return changed.rowcount > 0


def queue(connection: sqlite3.Connection, workbook: int, run: int, mails: Iterable[Mail]) -> None:
    """Queue what is to be told, inside the transaction of the run that found it; what is known is not queued again."""
    connection.executemany(
        "INSERT INTO parts (key, workbook, run, channel, recipient, kind, period, name, language, digest_hash,"
        " not_before, expires, content, asks) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (
            (
                *(mail.key, workbook, run, mail.channel, _address(mail), mail.kind, mail.period),
                *(mail.name, mail.language, mail.digest_hash),
                *map(number_of_moment, _times(mail)),
                mail.content,
                "\n".join(" ".join(name.split()) for name in mail.asks),
            )
            for mail in mails
        ),
    )


def _address(mail: Mail) -> str:
    """Give the recipient as it is compared: no server tells addresses apart by capital letters."""
    return mail.recipient.lower() if mail.channel == "mail" else mail.recipient


def _times(mail: Mail) -> tuple[datetime, datetime]:
    return mail.not_before, mail.expires or mail.not_before + timedelta(hours=HOURS_OF_GRACE)
