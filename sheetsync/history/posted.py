"""Reads the outbox: parts, messages, and what is asked of what was sent."""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterable
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sheetsync.history.coding import day_of_number, moment_of_number, number_of_day, number_of_moment
from sheetsync.outgoing import Parcel, Part, Reason, State, Waiting, gravity_of
from sheetsync.post import Message

_PART = """
  SELECT p.id, p.key, p.channel, p.recipient, p.name, p.language, p.kind, p.period, p.not_before, p.expires, p.state,
    p.reason"""
_OF_PART = "FROM parts p LEFT JOIN workbooks w ON w.id = p.workbook"
_PARCEL = """
  SELECT m.id, m.channel, m.recipient, m.name, m.subject, m.kinds, m.day, m.state, m.attempts, m.due, m.expires,
    m.tried, m.reason"""
_BYTES = ", m.message_id, m.sender, m.recipient, m.data"
_PLACES = "SELECT w.place FROM parts p JOIN workbooks w ON w.id = p.workbook WHERE p.message = ?"
_REACHES = "(p.state = 'queued' OR m.state IN ('pending', 'sending', 'retry', 'sent', 'unknown'))"
_STANDS = "(m.state IN ('pending', 'sending', 'retry') OR m.day = ?)"

Places = Container[str] | None
"""The places of the workbooks that are meant; None for all."""


def waiting(connection: sqlite3.Connection, now: datetime, places: Places) -> list[Waiting]:
    """Give what is due, by recipient; the gravest first."""
    moment = number_of_moment(now)
    rows = connection.execute(
        f"SELECT p.channel, p.recipient, p.name, p.kind, p.id, w.place {_OF_PART}"
        " WHERE p.state = 'queued' AND p.not_before <= ? AND p.expires > ? ORDER BY p.channel, p.recipient, p.id",
        (moment, moment),
    )
    meant = [row for row in rows if places is None or row[5] in places]
    found = []
    for (channel, recipient), some in groupby(meant, key=lambda row: (row[0], row[1])):
        group = sorted(some, key=lambda row: (gravity_of(row[3]), row[4]))
        numbers = tuple(row[4] for row in group)
        found.append(Waiting(channel, recipient, group[0][2], gravity_of(group[0][3]), numbers))
    return sorted(found, key=lambda one: (one.gravity, one.channel, one.recipient))


def early(
    connection: sqlite3.Connection, now: datetime, places: Places, channels: Container[str] | None = None
) -> list[datetime]:
    """Give for each recipient of what is not due yet, by some channels or any, the moment from which the first is."""
    rows = connection.execute(
        f"SELECT p.channel, p.recipient, p.not_before, w.place {_OF_PART}"
        " WHERE p.state = 'queued' AND p.not_before > ? ORDER BY p.not_before",
        (number_of_moment(now),),
    )
    first: dict[tuple[str, str], int] = {}
    for channel, recipient, moment, place in rows:
        if (places is None or place in places) and (channels is None or channel in channels):
            first.setdefault((channel, recipient), moment)
    return [moment_of_number(moment) for moment in first.values()]


def parts(connection: sqlite3.Connection, numbers: Iterable[int]) -> list[Part]:
    """Give parts with their content, in the order of the numbers."""
    found = []
    for number in numbers:
        row = connection.execute(f"{_PART}, p.content FROM parts p WHERE p.id = ?", (number,)).fetchone()
        if row is not None:
            found.append(part_of(row[:-1], row[-1]))
    return found


def parts_where(connection: sqlite3.Connection, places: Places, condition: str, *told: Any) -> list[Part]:
    """Give the parts ``p`` for which a condition holds, without their content."""
    rows = connection.execute(f"{_PART}, w.place {_OF_PART} WHERE {condition} ORDER BY p.id", told)
    return [part_of(row[:-1]) for row in rows if places is None or row[-1] in places]


def parcels_where(connection: sqlite3.Connection, places: Places, condition: str, *told: Any) -> list[Parcel]:
    """Give the messages ``m`` for which a condition holds, without their bytes."""
    rows = connection.execute(f"{_PARCEL} FROM messages m WHERE {condition} ORDER BY m.id", told).fetchall()
    return [parcel_of(row) for row in rows if _meant(connection, row[0], places)]


def _meant(connection: sqlite3.Connection, message: int, places: Places) -> bool:
    """Say whether a message tells of a workbook that is meant."""
    return places is None or any(place in places for (place,) in connection.execute(_PLACES, (message,)))


def parcel(connection: sqlite3.Connection, number: int) -> Parcel | None:
    """Give one message with its bytes."""
    row = connection.execute(f"{_PARCEL}{_BYTES} FROM messages m WHERE m.id = ?", (number,)).fetchone()
    if row is None:
        return None
    *head, message_id, sender, recipient, data = row
    message = None if data is None else Message(message_id, sender, recipient, bytes(data))
    return parcel_of(head)._replace(message=message)


def told_of(connection: sqlite3.Connection, one: Parcel | Part) -> tuple[str, ...]:
    """Give the names of the workbooks that a message, or a part, tells of, in the order of its parts."""
    condition = "p.message = ?" if isinstance(one, Parcel) else "p.id = ?"
    rows = connection.execute(f"SELECT w.name {_OF_PART} WHERE {condition} ORDER BY p.id", (one.number,))
    return tuple(dict.fromkeys(name for (name,) in rows if name is not None))


def part_of(row: Iterable[Any], content: bytes | None = None) -> Part:
    """Make a part of its row."""
    number, key, channel, recipient, name, language, kind, period, not_before, expires, state, reason = row
    return Part(
        *(number, key, channel, recipient, name, language, kind, period),
        *(moment_of_number(not_before), moment_of_number(expires), State(state), reason_of(reason), content),
    )


def parcel_of(row: Iterable[Any]) -> Parcel:
    """Make a message of its row."""
    number, channel, recipient, name, subject, kinds, day, state, attempts, due, expires, tried, reason = row
    return Parcel(
        *(number, channel, recipient, name, subject, tuple(kinds.split()), day_of_number(day), State(state), attempts),
        *(moment_of_number(due), moment_of_number(expires), None if tried is None else moment_of_number(tried)),
        reason_of(reason),
    )


def reason_of(text: str | None) -> Reason:
    """Read a reason."""
    if not text:
        return Reason()
    import json  # most nights there is none

    key, params = json.loads(text)
    return Reason(key, params)


def reason_text(reason: Reason) -> str | None:
    """Write a reason; what is no plain value in it is written as text."""
    if not reason.text:
        return None
    import json

    return json.dumps([reason.text, dict(reason.params)], ensure_ascii=False, default=str)


def served(connection: sqlite3.Connection, day: date, places: Places) -> set[tuple[str, str]]:
    """Give those (channel, recipient) who have a message of a day, or one that waits for another try."""
    return {(one.channel, one.recipient) for one in parcels_where(connection, places, _STANDS, number_of_day(day))}


def is_served(connection: sqlite3.Connection, channel: str, recipient: str, day: date, places: Places) -> bool:
    """Say whether one of them is."""
    condition = f"m.channel = ? AND m.recipient = ? AND {_STANDS}"
    return bool(parcels_where(connection, places, condition, channel, recipient, number_of_day(day)))


def tried_on(connection: sqlite3.Connection, day: date, sender: str) -> int:
    """Count the messages that were handed to a server on a day."""
    told: int = connection.execute(
        "SELECT count(*) FROM messages WHERE channel = 'mail' AND sender = ? AND day = ? AND attempts > 0",
        (sender, number_of_day(day)),
    ).fetchone()[0]
    return told


def offered(connection: sqlite3.Connection, since: date, sender: str, places: Places = None) -> dict[date, set[str]]:
    """Give for each day since one to whom mail was offered; a message counts on the day of its last try."""
    rows = connection.execute(
        "SELECT id, day, recipient FROM messages WHERE channel = 'mail' AND sender = ? AND day >= ?"
        " AND attempts > 0 AND state <> 'failed'",
        (sender, number_of_day(since)),
    ).fetchall()
    found: dict[date, set[str]] = {}
    for _, day, recipient in (row for row in rows if _meant(connection, row[0], places)):
        found.setdefault(day_of_number(day), set()).add(recipient)
    return found


def last_hash(
    connection: sqlite3.Connection, kind: str, recipient: str, place: str | None, about: str = ""
) -> str | None:
    """Give the hash of the newest digest that reached somebody, or is on its way; None where there is none."""
    row = connection.execute(
        f"SELECT p.digest_hash {_OF_PART} LEFT JOIN messages m ON m.id = p.message"
        f" WHERE p.kind = ? AND lower(p.recipient) = ? AND (? IS NULL OR w.place = ?) AND {_REACHES}"
        " AND (? = '' OR substr(p.period, -length(?)) = ?) ORDER BY p.id DESC LIMIT 1",
        (kind, recipient, place, place, about, about, about),
    ).fetchone()
    return row[0] if row else None


def asked(connection: sqlite3.Connection, recipient: str, place: str) -> dict[str, dict[str, date]]:
    """Give the questions that reached somebody, or are on their way: the name of each to its periods with their days.

    The day is that of the message, or while there is none that of the run which asked.
    """
    rows = connection.execute(
        "SELECT p.asks, p.period, coalesce(m.day, r.day) FROM parts p"  # noqa: S608 - a condition of our own
        " LEFT JOIN messages m ON m.id = p.message LEFT JOIN runs r ON r.workbook = p.workbook AND r.id = p.run"
        # All owners are asked about in one night: this way each is found by the index.
        " WHERE p.workbook = (SELECT id FROM workbooks WHERE place = ?) AND p.channel = 'mail' AND p.recipient = ?"
        f" AND p.asks <> '' AND {_REACHES} ORDER BY p.id",
        (place, recipient),
    )
    found: dict[str, dict[str, date]] = {}
    for names, period, day in rows:
        for name in names.split("\n") if day is not None else ():
            found.setdefault(name, {})[period] = day_of_number(day)
    return found
