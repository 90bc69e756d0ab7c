"""Puts a ping together: from ``[ping]`` to a service that is told of a run. Whatever fails here never fails the run."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import click

from sheetsync.checkup import Check, fine, refused, skipped
from sheetsync.cli import exits
from sheetsync.cli.screen import flowed
from sheetsync.cli.speech import say
from sheetsync.config.ping import ping_of
from sheetsync.config.shape import PingConfig
from sheetsync.crew import Crew, Task
from sheetsync.errors import SheetsyncError, TemporaryFailure
from sheetsync.hidden import Hidden
from sheetsync.names import first_of

NAMED = 10
"""Workbooks that are told by name; more would say no more."""


def begin(shared: dict[str, Any], config: Path) -> None:
    """Tell the service of a configuration, where it names one, that a run begins; ``shared`` keeps it for the end."""
    settings = ping_of(config)
    if settings is not None:
        shared["ping"] = ping = Ping(settings)
        ping.begin()


class Ping:
    """One run as a service is told of it."""

    def __init__(self, settings: PingConfig) -> None:
        """Take what the configuration says; the secret is fetched when the service is told."""
        self._settings = settings
        self._run = str(uuid4())
        self._url: Hidden[str] | None = None
        self._codes: dict[str, int] | None = None
        self._flawed = False

    def begin(self) -> None:
        """Tell that the run begins. That this was not heard is told nobody: what counts is the end."""
        if not self._settings.only_success:
            self._failure(partial(self._tell, "start", ""))

    def hear(self, codes: Iterable[tuple[str, int]], *, flawed: bool) -> None:
        """Note the exit code of each workbook by its name, and whether the configuration lacks some of them."""
        self._codes, self._flawed = {}, flawed
        for name, code in codes:
            table = name.partition("/")[0]  # of a spreadsheet in a folder only that name is the configuration's own
            self._codes[table] = exits.worst([code, self._codes.get(table, exits.COMPLETE)])

    def end(self, code: int) -> None:
        """Tell how the run ended; that this was not heard is one line on stderr."""
        if self._settings.only_success and code != exits.COMPLETE:
            return
        failure = None
        with suppress(KeyboardInterrupt):  # whoever stops it now knows how the run ended
            failure = self._failure(partial(self._tell, str(code), self._summary(code)))
        if failure is not None:
            with suppress(OSError):  # nobody reads it
                reason = say(f"error.{failure.key}", **failure.params)
                click.echo(flowed(f"{say('cli.ping.untold')} {reason}", sys.stderr), err=True)

    def _tell(self, ending: str, text: str) -> None:
        from sheetsync.delivery import ping

        if self._settings.only_success:
            ping.tell_success(self._address())
        else:
            ping.tell(self._address(), ending, self._run, text)

    def _address(self) -> Hidden[str]:
        from sheetsync.delivery.secret import fetch

        self._url = self._url or fetch(self._settings.url, os.environ)
        return self._url

    def _failure(self, work: Callable[[], None]) -> SheetsyncError | None:
        """Do something in its time, whatever hangs: a name that is looked up, a server, a command that asks."""
        from sheetsync.delivery import ping

        task: Task[SheetsyncError | None] = Task(partial(_tried, work), ping.silent, ping.SECONDS)
        return Crew({0: task}, 1).result(0)

    def _summary(self, code: int) -> str:
        """Give what the service may show whoever is alarmed: codes, counts and names of the configuration alone."""
        lines = [say("cli.ping.ended", code=code, meaning=say(f"cli.ping.code.{code}"))]
        if self._codes is not None:
            bad = {name: one for name, one in self._codes.items() if one != exits.COMPLETE}
            lines.append(say("cli.ping.workbooks", well=len(self._codes) - len(bad), count=len(self._codes)))
            if bad:
                names = first_of([f"{name} ({one})" for name, one in bad.items()], NAMED)
                lines.append(say("cli.ping.others", names=names))
            if self._flawed:
                lines.append(say("cli.ping.left_out"))
            if code not in {exits.COMPLETE, *bad.values()} and not self._flawed:
                lines.append(say("cli.ping.beside"))
        return "\n".join(lines) + "\n"


def _tried(work: Callable[[], None]) -> SheetsyncError | None:
    try:
        work()
    except SheetsyncError as error:
        return error
    except Exception as error:  # noqa: BLE001 - what watches over a run must not be what ends it
        return TemporaryFailure("ping.unreachable", reason=type(error).__name__)
    return None


def examine(config: Path) -> Iterator[Check]:
    """Look at the secret and the address; nothing is told, because a service would take it for a night."""
    from sheetsync.delivery.ping import host_of
    from sheetsync.delivery.secret import fetch

    settings = ping_of(config)
    if settings is None:
        yield skipped("ping", "none")
        return
    try:
        host = host_of(fetch(settings.url, os.environ))
    except SheetsyncError as error:
        yield refused("ping", error)
        return
    yield fine("ping", host=host)
