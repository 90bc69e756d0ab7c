"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any, TypeVar

import click

from sheetsync.cli.speech import say

Command = TypeVar("Command", bound=Callable[..., Any])
FIRST_DAY = date(1900, 1, 1)
"""No call is for an earlier day: years are counted back from it, and there must be some left."""


def workbooks(command: Command) -> Command:
    """Add the workbooks to work on: paths, or names from the configuration with ``--only``."""
    command = click.argument("paths", nargs=-1, metavar=say("cli.option.paths_metavar"))(command)
    command = click.option(
        "--only", multiple=True, metavar=say("cli.option.name_metavar"), help=say("cli.option.only")
    )(command)
    return today(config(command))


def no_history(command: Command) -> Command:
    """Add ``--no-history``: neither ask nor keep what is remembered."""
    return click.option("--no-history", is_flag=True, help=say("cli.option.no_history"))(command)


def config(command: Command) -> Command:
    """Add ``--config`` and ``--lang``, which may stand before the command as well as after it."""
    command = click.option("--config", metavar=say("cli.option.file_metavar"), help=say("cli.option.config"))(command)
    return spoken(command)


def spoken(command: Command) -> Command:
    """Add ``--lang`` for the messages; the value itself is read from the call before any text is made."""
    option = click.option("--lang", type=click.Choice(["en", "vi"]), expose_value=False, help=say("cli.option.lang"))
    return option(command)


def as_json(command: Command) -> Command:
    """Add ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help=say("cli.option.json"))(command)


def today(command: Command) -> Command:
    """Add ``--today``, which takes the place of the clock."""
    option = click.option("--today", metavar="YYYY-MM-DD", callback=day, help=say("cli.option.today"))
    return option(command)


def day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """Read a day; anything else is a usage error that says the form."""
    if value is None:
        return None
    try:
        found = date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(say("cli.not_a_day", value=value), ctx, param) from None
    if found < FIRST_DAY:
        raise click.BadParameter(say("cli.too_early", value=value, first=FIRST_DAY), ctx, param)
    return found


def hour(ctx: click.Context, param: click.Parameter, value: str | None) -> time | None:
    """Read a time of the day; anything else is a usage error that says the form."""
    if value is None:
        return None
    hours, _, minutes = value.partition(":")
    if hours.isdecimal() and minutes.isdecimal() and int(hours) < 24 and int(minutes) < 60:
        return time(int(hours), int(minutes))
    raise click.BadParameter(say("cli.not_an_hour", value=value), ctx, param)


def history(command: Command) -> Command:
    """Add the workbook that is meant, and the file that remembers it."""
    command = click.option("--history", "file", metavar=say("cli.option.file_metavar"), help=say("cli.history.file"))(
        command
    )
    option = click.option("--workbook", "-w", metavar=say("cli.option.path_metavar"), help=say("cli.history.workbook"))
    return option(command)
