"""Opens the history of a workbook for the run, which knows only what it may ask of one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheetsync.cli.speech import phrases, say, spoken_language
from sheetsync.config.shape import Config, WorkbookConfig
from sheetsync.errors import HistoryUnavailable, SheetsyncError, TemporaryFailure
from sheetsync.keeping import Looked
from sheetsync.names import first_of
from sheetsync.record import NamedTuple

if TYPE_CHECKING:
    from sheetsync.history import History
    from sheetsync.sync import Evaluation

FILE, SPREADSHEET = "file:", "gs:"
LOCKED, OLDER = "history.locked", "history.older"
NOT_YET = ("history.missing", "history.empty")
"""Reasons for which nobody has to do anything: the next sync begins the history."""


class HistoryAt(NamedTuple):
    """The history in a file, opened by whoever needs it: plain data, so that another process can be told.

    SQLite is imported only then.
    """

    path: Path | None = None
    """None is the usual place of the platform."""

    @property
    def place(self) -> Path:
        """Where the file is."""
        from sheetsync.history.place import default_path

        return self.path or default_path()

    @contextmanager
    def open(self) -> Iterator[History]:
        """Open it to read and write. Where another program keeps it locked, that is a reason not to write either."""
        from sheetsync.history import History

        try:
            with History.open(self.place) as history:
                yield history
        except TemporaryFailure as error:
            if error.key != LOCKED:
                raise
            raise HistoryUnavailable(error.key, **error.params) from error

    @contextmanager
    def look(self) -> Iterator[Looked]:
        """Open it to read alone; where it has not begun nothing is remembered, and that is no failure."""
        from sheetsync.history import History
        from sheetsync.history.opening import unkept

        try:
            place = self.place
        except HistoryUnavailable as error:
            yield Looked(None, error)
            return
        peek = History.peek(place)
        if peek.history is None:
            expected = isinstance(peek.reason, HistoryUnavailable) and peek.reason.key in NOT_YET
            yield Looked(None, unkept(place) if expected else peek.reason)
            return
        with peek.history as history:
            yield Looked(history, unkept(place))


def histories_of(settings: WorkbookConfig) -> HistoryAt | None:
    """Give where a workbook's days are remembered; None for one that is not to be remembered."""
    return HistoryAt(settings.history) if settings.remembered else None


def unremembered(config: Config | None) -> Config | None:
    """Let no workbook of a configuration be remembered, nor any of its company that is only asked."""
    if config is None:
        return None
    workbooks = {name: one._replace(remembered=False) for name, one in config.workbooks.items()}
    return config._replace(workbooks=workbooks)


def place_of(settings: WorkbookConfig) -> str:
    """Give the name by which the history knows where a workbook is."""
    if settings.spreadsheet is not None:
        return f"{SPREADSHEET}{settings.spreadsheet}"
    return f"{FILE}{os.path.realpath(settings.path or '')}"


def past_warnings(evaluation: Evaluation, settings: WorkbookConfig, prefix: str) -> Iterator[str]:
    """Say, in one line, why earlier days are not known, or a sync would not keep today; mostly nothing."""
    reason = evaluation.unremembered
    if reason is not None:
        kind = "unkept" if evaluation.recalled is not None else "later" if reason.key == OLDER else "unusable"
        told = say(f"cli.past.{kind}", reason=say(f"error.{reason.key}", **reason.params))
        yield f"{prefix}{told}"
    elif evaluation.begins:
        yield f"{prefix}{say('cli.past.lost', path=str(HistoryAt(settings.history).place))}"
    for line in clock_warnings(evaluation):
        yield f"{prefix}{line}"


def would_refuse(error: SheetsyncError) -> str:
    """Say why a run that writes would be refused now, in its own words, and that it would write nothing."""
    return say("cli.past.unkept", reason=say(f"error.{error.key}", **error.params))


def refusal(evaluation: Evaluation) -> int | None:
    """Give the exit code with which a sync would refuse to write because of the history, None where it would not.

    A history of an older version is brought up to date by the sync.
    """
    reason = evaluation.unremembered
    return None if reason is None or reason.key == OLDER else HistoryUnavailable.exit_code


LONGEST_REST = timedelta(days=400)
"""Longer than the longest cycle, a year, and a month no workbook rests: rather the clock is wrong."""


def clock_warnings(evaluation: Evaluation) -> Iterator[str]:
    """Say where the clock of the computer must be wrong, or have been: a night far from the last, nights to come.

    Who asks for an earlier day knows of the nights after it; only those that have not come yet are told.
    """
    nights = evaluation.past.nights if evaluation.past is not None else ()
    if nights and evaluation.today - nights[-1] > LONGEST_REST:
        yield say("cli.past.jumped", last=nights[-1], day=evaluation.today)
    ahead = evaluation.recalled.ahead if evaluation.recalled is not None else ()
    to_come = [night for night in ahead if night > tomorrow()]
    if to_come:
        told = phrases(spoken_language())
        names = first_of([told.date(night) for night in to_come], NAMED)
        yield say("cli.past.ahead", nights=names)


def tomorrow() -> date:
    """Give the last day that may have begun somewhere on earth; what lies after it has not come yet."""
    return datetime.now(UTC).date() + timedelta(days=1)


NAMED = 3
"""Nights that a message names."""


def tell_unremembered(evaluation: Evaluation, settings: WorkbookConfig, prefix: str) -> None:
    """Say on stderr what a command that only looks finds wrong with the history."""
    for line in past_warnings(evaluation, settings, prefix):
        click.echo(line, err=True)


def history_warnings(
    evaluation: Evaluation, settings: WorkbookConfig, name: str, *, dry_run: bool = False
) -> Iterator[str]:
    """Say what a sync found out about the workbook as the history knows it; mostly nothing."""
    if evaluation.begins and not dry_run:
        yield say("cli.sync.begins", name=name, path=str(HistoryAt(settings.history).place))
    else:
        yield from past_warnings(evaluation, settings, f"{name}: ")
    recalled = evaluation.recalled
    if recalled is not None and recalled.moved_from:
        yield say("cli.sync.moved", name=name, path=recalled.moved_from.removeprefix(FILE))
    if recalled is not None and recalled.copied_from:
        yield say("cli.sync.copied", name=name, path=recalled.copied_from.removeprefix(FILE))
    if recalled is not None and recalled.alike:
        yield say("cli.sync.alike", name=name, path=recalled.alike.removeprefix(FILE))
