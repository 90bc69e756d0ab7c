"""Checks ``mail.to`` and ``mail.when``, and turns them into plain data: who gets mail, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from typing import Any

from sheetsync.cadence import WEEKDAYS, MailTo, MailWhen
from sheetsync.config.keys import Accepted, Key
from sheetsync.config.problem import KeyPath, Problem, shown
from sheetsync.kinds import MailKind
from sheetsync.post import Mailbox, valid_address

_HOUR = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_NAMED = re.compile(r"(.*)<([^<>]*)>\s*")
HOLIDAYS = ("vn",)
"""The lists of holidays that have a name; see ``scoring.working_days``."""
_LONGEST = 366


def mailbox(_key: Key, value: str, path: KeyPath, _accepted: Accepted) -> Iterator[Problem]:
    """Judge an address, which may have a name before it: ``Trần Thị Hương <huong@company.vn>``."""
    if not valid_address(mailbox_of(value).address):
        yield Problem(path, "no_address", {"value": shown(value)})


def hour(_key: Key, value: str, path: KeyPath, _accepted: Accepted) -> Iterator[Problem]:
    """Judge an hour of the day."""
    if not _HOUR.fullmatch(value):
        yield Problem(path, "no_hour", {"value": shown(value)})


def days(_key: Key, value: str, path: KeyPath, _accepted: Accepted) -> Iterator[Problem]:
    """Judge one entry of a list of holidays: a day, a range with both ends, or the name of a list."""
    first, _, last = value.partition("..")
    try:
        start = date.fromisoformat(first.strip())
        end = date.fromisoformat(last.strip()) if last else start
    except ValueError:
        start, end = date.max, date.min
    if value not in HOLIDAYS and (not 0 <= (end - start).days <= _LONGEST or value.endswith("..")):
        yield Problem(path, "no_days", {"value": shown(value)})


def all_week(value: Sequence[Any], path: KeyPath) -> Iterator[Problem]:
    """Judge weekdays without mail together: one at least must be left."""
    if len(set(map(str, value))) == len(WEEKDAYS):
        yield Problem(path, "every_day", {})


def mailbox_of(text: str) -> Mailbox:
    """Take an address and the name before it apart."""
    found = _NAMED.fullmatch(text)
    if found is None:
        return Mailbox(text.strip())
    return Mailbox(found[2].strip(), " ".join(found[1].replace('"', " ").split()))


def mail_to(table: Mapping[str, Any], under: MailTo) -> MailTo:
    """Lay a checked table over what held before, key by key; teams too."""
    values = dict(table)
    for name in ("company", "watchers"):
        if name in values:
            values[name] = _mailboxes(values[name])
    if "teams" in values:
        values["teams"] = {**under.teams, **{team: _mailboxes(told) for team, told in values["teams"].items()}}
    return under._replace(**values)


def _mailboxes(told: str | Sequence[str]) -> tuple[Mailbox, ...]:
    return tuple(map(mailbox_of, (told,) if isinstance(told, str) else told))


def mail_when(table: Mapping[str, Any], under: MailWhen) -> MailWhen:
    """Lay a checked table over what held before, key by key."""
    values = dict(table)
    if "check_in" in values:
        values["check_in"] = WEEKDAYS.index(values["check_in"])
    for name in ("hour", "send_from"):
        if name in values:
            values[name] = _time(values[name])
    if "kinds" in values:
        values["kinds"] = tuple(map(MailKind, values["kinds"]))
    if "quiet" in values:
        values["quiet"] = tuple(sorted(map(WEEKDAYS.index, values["quiet"])))
    if "holidays" in values:
        values["holidays"] = tuple(values["holidays"])
    return under._replace(**values)


def _time(text: str) -> time:
    hours, _, minutes = text.partition(":")
    return time(int(hours), int(minutes))
