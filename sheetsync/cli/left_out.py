"""Goes on without the workbooks that the configuration says something wrong of, and tells which they are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import click

from sheetsync.cli import tell
from sheetsync.cli.screen import flowed
from sheetsync.cli.speech import say
from sheetsync.cli.wiring import job, refuse_unseen, said
from sheetsync.config.shape import Config, WorkbookConfig
from sheetsync.errors import ConfigError


def sound(
    chosen: Iterable[WorkbookConfig], config: Config, flaws: list[str], today: date | None
) -> list[WorkbookConfig]:
    """Give the workbooks that can be worked on; what is wrong with others is told on stderr and added to ``flaws``.

    Raises ConfigError where none is left.
    """
    good, wrong = list[WorkbookConfig](), dict[str, ConfigError]()
    for one in chosen:
        try:
            if one.path is not None:
                refuse_unseen(one.path)
            if one.cycle is not None:
                job(one, today or date.today())  # noqa: DTZ011 - only to read the cycle's text
            good.append(one)
        except ConfigError as error:
            wrong[one.name] = error
    if wrong and not good:
        raise next(iter(wrong.values()))
    flaws += [*config.problems, *(f"{name}: {said(error)}" for name, error in wrong.items())]
    for problem in config.problems:
        click.echo(problem, err=True)
    for refused in wrong.values():
        tell(refused)
    if flaws:
        names = ", ".join((*config.left_out, *wrong))
        click.echo(flowed(say("cli.left_out", names=names)), err=True)
    return good
