"""What is told to whom today, and for everything else why not, and when next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from sheetsync.cadence import MailWhen
from sheetsync.kinds import MailKind
from sheetsync.mailing.calendar import WorkingCalendar
from sheetsync.mailing.occasions import Occasion, Turn, occasions, turn_of
from sheetsync.mailing.people import Charge
from sheetsync.record import NamedTuple

_SAYS = {
    MailKind.COMPANY: ("objectives", "kpis", "decisions", "problems"),
    MailKind.TEAM: ("key_results", "agenda", "remind"),
    MailKind.WINS: ("wins",),
}
"""The parts of a digest of which one at least must say something."""


class Verdict(StrEnum):
    """Whether somebody is told today, or why not.

    ``later``: its day is to come; ``leave``: the person is away; ``told``: this period's is queued or sent already.
    ``no_address`` and the four after it are what bars a person (``mailing.people``). The last four are known only once
    the digest is made: it says nothing, nothing is due, nothing has changed since the last one, or the owner ignored
    all that there is to ask.
    """

    DUE = "due"
    LATER = "later"
    LEAVE = "leave"
    TOLD = "told"
    NEVER = "never"
    NO_ADDRESS = "no_address"
    BAD_ADDRESS = "bad_address"
    SHARED = "shared"
    STOPPED = "stopped"
    UNCLEAR = "unclear"
    EMPTY = "empty"
    NOTHING_DUE = "nothing_due"
    UNCHANGED = "unchanged"
    IGNORED = "ignored"


class Choice(NamedTuple):
    """One mail that somebody may get, and what becomes of it today.

    ``occasion`` and ``turn`` are the ones that are due, else the next ones; None where there is none.
    """

    charge: Charge
    verdict: Verdict
    occasion: Occasion | None = None
    turn: Turn | None = None

    @property
    def period(self) -> str:
        """What the outbox knows it by: a lead of two teams gets two mails of one week."""
        if self.occasion is None:
            return ""
        return self.occasion.period + self.about

    @property
    def about(self) -> str:
        """What stands in its period of a team, with a space before it; empty where it is of none."""
        team = self.charge.team if self.charge.kind in (MailKind.TEAM, MailKind.KPI) else None
        return f" {team}" if team else ""


class Told(Protocol):
    """What the outbox is asked of mails to one person; see ``history.Outbox``."""

    def known(self, key: str, /) -> bool:
        """Say whether that is queued, or was told, already."""

    def last_hash(self, kind: str, recipient: str, place: str | None = None, about: str = "") -> str | None:
        """Give the hash of the newest digest of a kind that reached somebody; ``about`` ends its period."""

    def asked(self, recipient: str, place: str) -> Mapping[str, Mapping[str, date]]:
        """Give what somebody was asked about a workbook: each question by its name, with the day of each period."""


def choices(
    charges: Iterable[Charge],
    when: MailWhen,
    calendar: WorkingCalendar,
    today: date,
    known: Callable[[Choice], bool] = lambda choice: False,  # noqa: ARG005 - has the form of the question
) -> tuple[Choice, ...]:
    """Say of every mail whether it is due today; ``known`` says whether a due one is queued or told already."""
    lines = occasions(when, calendar, today)
    return tuple(_choice(charge, lines[charge.kind], when, calendar, today, known) for charge in charges)


def _choice(
    charge: Charge,
    line: Sequence[Occasion],
    when: MailWhen,
    calendar: WorkingCalendar,
    today: date,
    known: Callable[[Choice], bool],
) -> Choice:
    barred = Verdict(charge.barred) if charge.barred else None
    told = False
    for occasion in line:
        if occasion.reminds and not known(Choice(charge, Verdict.DUE, occasion.reminded)):
            continue
        turn = _left(turn_of(occasion, when, calendar, charge.to.away), calendar, charge, today)
        if turn is None:
            continue
        choice = Choice(charge, barred or Verdict.DUE, occasion, turn)
        if barred is not None:
            return choice
        if occasion.day <= today and known(choice):
            told = True
        elif turn.day == today:
            return choice
        else:
            absent = any(start <= today <= end for start, end in charge.to.away)
            absent = absent or calendar.first_from(max(occasion.day, today)) != turn.day
            return choice._replace(verdict=Verdict.TOLD if told else Verdict.LEAVE if absent else Verdict.LATER)
    return Choice(charge, barred or (Verdict.TOLD if told else Verdict.NEVER))


def _left(turn: Turn | None, calendar: WorkingCalendar, charge: Charge, today: date) -> Turn | None:
    """Give what is left of a turn from today on, from the first day on which the person is there; None: nothing."""
    if turn is None or turn.last < today:
        return None
    day = calendar.first_from(max(turn.day, today), charge.to.away)
    return Turn(day, turn.last) if day is not None and day <= turn.last else None


def judged(
    choice: Choice,
    digest: Mapping[str, Any],
    hash_of: Callable[[], str],
    told: Told,
    place: str,
) -> Verdict:
    """Say of a mail that is due whether its digest is worth telling; ``hash_of`` is what a reader sees in it."""
    charge = choice.charge
    if not says_something(charge.kind, digest):
        return _silence(charge.kind, digest)
    if charge.kind is MailKind.OWNER:
        return Verdict.DUE
    same = told.last_hash(charge.kind, charge.to.address, place, choice.about) == hash_of()
    return Verdict.UNCHANGED if same else Verdict.DUE


def foreseen(choice: Choice, digest: Mapping[str, Any]) -> Choice:
    """Give a mail whose day is to come without its day where it would say nothing.

    ``digest`` is what it would say on that day if nobody changed a cell before. What was told already stays told.
    """
    if says_something(choice.charge.kind, digest):
        return choice
    verdict = choice.verdict if choice.verdict is Verdict.TOLD else _silence(choice.charge.kind, digest)
    return choice._replace(verdict=verdict, turn=None)


def _silence(kind: MailKind, digest: Mapping[str, Any]) -> Verdict:
    if kind is not MailKind.OWNER:
        return Verdict.EMPTY
    return Verdict.IGNORED if digest["verdict"]["silent"] else Verdict.NOTHING_DUE


def says_something(kind: MailKind, digest: Mapping[str, Any]) -> bool:
    """Say whether there is anything in a digest that is worth a mail.

    A missing confidence alone is not, nor is a month in which no period of a KPI ended and no actual is missing.
    """
    if kind is MailKind.OWNER:
        return any(due["what"] != "confidence" for due in digest["due_cells"])
    if kind is MailKind.KPI:
        return bool(digest["verdict"]["kpis"] or digest["missing"])
    return any(digest.get(name) for name in _SAYS[kind])
