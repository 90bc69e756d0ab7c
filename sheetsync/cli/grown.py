"""Leaves out workbooks for whose sake a sender would be held up: far more people than before would get their mail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sheetsync.cli.remembering import HistoryAt
from sheetsync.history import History, Outbox
from sheetsync.outgoing import MAIL
from sheetsync.posting import FEW, GROWTH, LOOKED_BACK
from sheetsync.record import NamedTuple


class Grown(NamedTuple):
    """Some workbooks by their names, and how many people would get mail of them."""

    names: tuple[str, ...] = ()
    people: int = 0


Histories = Mapping[Path, frozenset[str]]
"""The places of workbooks by the file of their history."""


def without_grown(histories: Histories, sender: str, now: datetime) -> tuple[dict[Path, frozenset[str]], Grown]:
    """Give the workbooks of a sender whose mail is for about as many people as before, and tell of the others.

    A workbook counts by itself as all count together (see ``posting``): by the busiest of its own days.
    """
    rest: dict[Path, frozenset[str]] = {}
    names: list[str] = []
    people: set[str] = set()
    for path, places in histories.items():
        with HistoryAt(path).open() as history:
            grown = {place: found for place in sorted(places) if (found := _grown(history, place, sender, now))}
            names += [name for _, place, name in history.workbooks() if place in grown]
        people.update(*grown.values())
        if kept := places - set(grown):
            rest[path] = kept
    return rest, Grown(tuple(names), len(people))


def _grown(history: History, place: str, sender: str, now: datetime) -> set[str]:
    """Give the people of a workbook who would get mail, where they are too many; else nobody."""
    box: Outbox = history.outbox.limited((place,), sender)
    today = {one.recipient for one in box.waiting(now) if one.channel == MAIL}
    today |= {one.recipient for one in box.open_parcels() if one.channel == MAIL}
    days = box.offered_here(now.date() - LOOKED_BACK)
    most = max(map(len, days.values()), default=0)
    return today if len(today) > max(FEW, GROWTH * most) else set()
