"""What one run hands to the history: how every item of a workbook stood on one company day. Plain data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sheetsync.model import NOTHING
from sheetsync.past import Observation
from sheetsync.record import NamedTuple
from sheetsync.workbook import CellValue

TYPED = "typed "
"""Begins the concept under which it is remembered what somebody typed over a computed cell."""
OVER = "over "
"""Begins the concept under which it is remembered what had been written there."""


class Said(NamedTuple):
    """What the user's cell of a concept says: its text, its number where it is one, whether a formula gave it."""

    text: str
    number: float | None = None
    formula: bool = False


class Seen(NamedTuple):
    """One objective, key result or KPI as a run saw it, in ``row`` of ``sheet``.

    ``says`` holds what its cells say, by concept; a concept that is left out says what it said before. ``former`` is
    the key by which the history knows it, where its key has changed since. ``reused`` is True where the history knows
    another thing under this key, which has gone; the two are never mixed.
    """

    key: str
    kind: str
    observation: Observation
    says: Mapping[str, Said] = NOTHING
    sheet: str = ""
    row: int = 0
    cycle: str = ""
    cycle_start: date | None = None
    former: str = ""
    reused: bool = False


class Snapshot(NamedTuple):
    """How one workbook stood on a company day.

    ``whole`` says that all its items are in it, so that those which the history knows and it does not have gone.
    ``headers`` are what the user's headers are called: (key of the table, concept) to the text. ``written`` is what
    was written into our columns by this run: (key of the item, concept) to the value; None forgets the cell.
    """

    day: date
    items: tuple[Seen, ...] = ()
    headers: Mapping[tuple[str, str], str] = NOTHING
    written: Mapping[tuple[str, str], CellValue] = NOTHING
    whole: bool = True


class Mail(NamedTuple):
    """One thing to be told to one recipient: a kind of digest for one period. ``content`` is the digest in JSON.

    ``key`` is the same for every attempt to say the same to the same person (workbook, kind, recipient, period), and
    what is known by its key, or tells the same recipient the same kind for the same period of the same workbook, is not
    queued again. ``digest_hash`` stands for the content, which is no part of the key. Both moments know their time
    zone: it is told from ``not_before`` on, and no more from ``expires`` on (None: 24 hours later). ``channel`` is
    ``mail``, where the recipient is an address, or ``webhook``, where it is the name of one. ``asks`` are the names of
    the questions that it puts, so that nobody is asked the same for ever.
    """

    key: str
    kind: str
    recipient: str
    name: str
    language: str
    period: str
    content: bytes
    digest_hash: str
    not_before: datetime
    expires: datetime | None = None
    channel: str = "mail"
    asks: tuple[str, ...] = ()


class Run(NamedTuple):
    """One run over one workbook, as the history logs it. ``today`` is the company day.

    ``place`` is where the workbook is (``file:/absolute/path`` or ``gs:ID``), ``name`` what people call it. The rest
    says by what its numbers were made. ``source`` is empty for a run of its own day, else where an import took the
    numbers from.
    """

    place: str
    name: str
    today: date
    version: str = ""
    profile: str = ""
    kpi_profile: str = ""
    language: str = ""
    source: str = ""
    workbook: int | None = None
    """The workbook's number in the history, where it is known; filled in by ``History.find``."""
