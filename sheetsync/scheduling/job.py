"""The nightly job of one configuration as plain data, before any scheduler's own words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from pathlib import Path
from types import MappingProxyType

from sheetsync.record import NamedTuple

NOTHING: Mapping[str, str] = MappingProxyType({})


class Call(NamedTuple):
    """One call of the program, every day at a time of the company's clock.

    ``name`` tells the calls of a job apart: ``sync``, or ``mail-0630`` for mails that leave at half past six.
    ``command`` is the program, by its absolute path, and everything that follows it. ``zone`` is that of the clock
    (Area/City), None for the computer's own.
    """

    name: str
    at: time
    command: tuple[str, ...]
    zone: str | None = None


class Job(NamedTuple):
    """What runs for one configuration.

    ``label`` is the job's own name among all of this computer, of ASCII letters, digits and hyphens. ``config`` is
    absolute. ``at`` is the time of the nightly run, which is the first of ``calls``. ``program`` is what every call
    begins with. ``zone`` is the company's time zone (Area/City), None for the computer's own; a call for one of several
    firms may go by another. ``environment`` is set for every call; it holds no secret. ``log`` is where the calls write
    what they say; None where the scheduler keeps or mails it. ``since`` is the company's day on which it was installed.
    """

    label: str
    config: Path
    at: time
    program: tuple[str, ...]
    calls: tuple[Call, ...]
    zone: str | None = None
    environment: Mapping[str, str] = NOTHING
    log: Path | None = None
    since: date | None = None

    @property
    def folder(self) -> Path:
        """The folder in which the calls run."""
        return self.config.parent


class Installed(NamedTuple):
    """A job as it stands in a scheduler: what it was made of, and its whole text."""

    at: time
    zone: str | None
    program: tuple[str, ...]
    log: Path | None
    environment: Mapping[str, str]
    text: str
    since: date | None = None
