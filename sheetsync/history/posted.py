"""Reads the outbox: parts, messages, and what is asked of what was sent."""

# ruff: noqa: S608 - statements are put together of constants of ours alone, and values are handed over beside them

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sheetsync.history.coding import day_of_number, moment_of_number, number_of_day, number_of_moment
from sheetsync.outgoing import Parcel, Part, Reason, State, Waiting, gravity_of
from sheetsync.post import Message

_PART = """
  SELECT id, key, channel, recipient, name, language, kind, period, not_before, expires, state, reason"""
_PARCEL = """
  SELECT id, channel, recipient, name, subject, kinds, day, state, attempts, due, expires, tried, reason"""
_BYTES = ", message_id, sender, recipient, data"
TOLD = "state IN ('sent', 'unknown')"
"""Says of a message that it has, or may have, reached its recipient."""
_REACHES = "(p.state = 'queued' OR m.state IN ('pending', 'sending', 'retry', 'sent', 'unknown'))"
_STANDS = "state IN ('pending', 'sending', 'retry') OR day = ?"


def waiting(connection: sqlite3.Connection, now: datetime) -> list[Waiting]:
    """Give what is due, by recipient; the gravest first."""
    rows = connection.execute(
        "SELECT channel, recipient, name, kind, id FROM parts WHERE state = 'queued' AND not_before <= :now"
        " AND expires > :now ORDER BY channel, recipient, id",
        {"now": number_of_moment(now)},
    ).fetchall()
    found = []
    for (channel, recipient), some in groupby(rows, key=lambda row: (row[0], row[1])):
        group = sorted(some, key=lambda row: (gravity_of(row[3]), row[4]))
        found.append(Waiting(channel, recipient, group[0][2], gravity_of(group[0][3]), tuple(row[4] for row in group)))
    return sorted(found, key=lambda one: (one.gravity, one.channel, one.recipient))


def later(connection: sqlite3.Connection, now: datetime) -> int:
    """Count the queued parts, due or not, whose time is not over."""
    told: int = connection.execute(
        "SELECT count(*) FROM parts WHERE state = 'queued' AND expires > ?", (number_of_moment(now),)
    ).fetchone()[0]
    return told


def parts(connection: sqlite3.Connection, numbers: Iterable[int]) -> list[Part]:
    """Give parts with their content, in the order of the numbers."""
    found = []
    for number in numbers:
        row = connection.execute(f"{_PART}, content FROM parts WHERE id = ?", (number,)).fetchone()
        if row is not None:
            found.append(part_of(row[:-1], row[-1]))
    return found


def parts_where(connection: sqlite3.Connection, condition: str, *told: Any) -> list[Part]:
    """Give the parts for which a condition holds, without their content."""
    return [part_of(row) for row in connection.execute(f"{_PART} FROM parts WHERE {condition} ORDER BY id", told)]


def parcels_where(connection: sqlite3.Connection, condition: str, *told: Any) -> list[Parcel]:
    """Give the messages for which a condition holds, without their bytes."""
    rows = connection.execute(f"{_PARCEL} FROM messages WHERE {condition} ORDER BY id", told)
    return [parcel_of(row) for row in rows]


def parcel(connection: sqlite3.Connection, number: int) -> Parcel | None:
    """Give one message with its bytes."""
    row = connection.execute(f"{_PARCEL}{_BYTES} FROM messages WHERE id = ?", (number,)).fetchone()
    if row is None:
        return None
    *head, message_id, sender, recipient, data = row
    message = None if data is None else Message(message_id, sender, recipient, bytes(data))
    return parcel_of(head)._replace(message=message)


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


def served(connection: sqlite3.Connection, day: date) -> Iterator[tuple[str, str]]:
    """Give those (channel, recipient) who have a message of a day, or one that waits for another try."""
    yield from connection.execute(
        f"SELECT DISTINCT channel, recipient FROM messages WHERE {_STANDS}",
        (number_of_day(day),),
    )


def is_served(connection: sqlite3.Connection, channel: str, recipient: str, day: date) -> bool:
    """Say whether one of them is."""
    found = connection.execute(
        f"SELECT 1 FROM messages WHERE channel = ? AND recipient = ? AND ({_STANDS})",
        (channel, recipient, number_of_day(day)),
    )
    return found.fetchone() is not None


def tried_on(connection: sqlite3.Connection, day: date) -> int:
    """Count the messages that were handed to a server on a day."""
    told: int = connection.execute(
        "SELECT count(*) FROM messages WHERE channel = 'mail' AND day = ? AND attempts > 0", (number_of_day(day),)
    ).fetchone()[0]
    return told


def busiest(connection: sqlite3.Connection, since: date) -> int:
    """Give the most people who got mail on one day, since a day; 0 where nobody did."""
    told: int | None = connection.execute(
        "SELECT max(people) FROM (SELECT count(DISTINCT recipient) AS people FROM messages"
        f" WHERE channel = 'mail' AND {TOLD} AND day >= ? GROUP BY day)",
        (number_of_day(since),),
    ).fetchone()[0]
    return told or 0


def last_hash(connection: sqlite3.Connection, kind: str, recipient: str, place: str | None) -> str | None:
    """Give the hash of the newest digest that reached somebody, or is on its way; None where there is none."""
    row = connection.execute(
        "SELECT p.digest_hash FROM parts p LEFT JOIN messages m ON m.id = p.message"
        " LEFT JOIN workbooks w ON w.id = p.workbook"
        f" WHERE p.kind = ? AND p.recipient = ? AND (? IS NULL OR w.place = ?) AND {_REACHES}"
        " ORDER BY p.id DESC LIMIT 1",
        (kind, recipient, place, place),
    ).fetchone()
    return row[0] if row else None


def told_since(connection: sqlite3.Connection, kind: str, recipient: str, since: date, place: str | None) -> int:
    """Count how often a kind reached somebody since a day."""
    told: int = connection.execute(
        "SELECT count(DISTINCT m.id) FROM parts p JOIN messages m ON m.id = p.message"
        " LEFT JOIN workbooks w ON w.id = p.workbook"
        f" WHERE p.kind = ? AND p.recipient = ? AND (? IS NULL OR w.place = ?) AND m.{TOLD} AND m.day >= ?",
        (kind, recipient, place, place, number_of_day(since)),
    ).fetchone()[0]
    return told
