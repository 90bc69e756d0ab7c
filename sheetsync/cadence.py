"""What the configuration says of mail: who gets it beside the People sheet, and when. Plain data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from types import MappingProxyType

from sheetsync.kinds import MailKind
from sheetsync.post import Mailbox
from sheetsync.record import NamedTuple

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""The names of weekdays in the configuration, in the order of ``date.weekday``."""

USUAL_KINDS = (MailKind.COMPANY, MailKind.TEAM, MailKind.OWNER, MailKind.KPI)
"""The kinds that are sent where nothing else is said; wins only to those who ask for them."""


class MailTo(NamedTuple):
    """Who gets mail, beside what the People sheet says.

    ``company`` take the place of whom the column Manager suggests as leads of the company, ``teams`` the same by the
    name of a team; people whose Role says that they lead keep it. ``watchers`` are further people who get what the
    company's leads get. ``owners`` says whether owners are reminded.
    """

    company: tuple[Mailbox, ...] = ()
    watchers: tuple[Mailbox, ...] = ()
    teams: Mapping[str, tuple[Mailbox, ...]] = MappingProxyType({})
    owners: bool = True


class MailWhen(NamedTuple):
    """When which mail is told. Weekdays are counted from Monday, which is 0; hours are those of the company's zone.

    ``check_in`` is the weekday of the check-in, ``hour`` the time by which values are to be in, ``send_from`` the time
    before which no mail leaves. ``owner`` is how many working days before the check-in owners are asked, ``remind``
    how many working days later they are asked again (0: never), ``team`` and ``company`` how many working days after
    the check-in these leave (0: the same day), ``kpi`` how many days after the end of a month. ``quiet`` are weekdays
    without mail, ``holidays`` days without any, as in a scoring profile: days, ranges, names of lists (None: those of
    the profile, or of the country). ``grace`` is how many further working days a mail may still be told whose day was
    missed.
    """

    check_in: int = 4
    hour: time | None = time(17)
    send_from: time = time(0)
    kinds: tuple[MailKind, ...] = USUAL_KINDS
    owner: int = 1
    remind: int = 2
    team: int = 0
    company: int = 1
    kpi: int = 3
    quiet: tuple[int, ...] = (5, 6)
    holidays: tuple[str, ...] | None = None
    grace: int = 1
