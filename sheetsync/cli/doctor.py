"""``sheetsync doctor``: look at everything that a run needs, and say how to mend what is wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from sheetsync.checkup import Check, State
from sheetsync.cli import exits, options, wiring
from sheetsync.cli.checkup_screen import form, lines, verdict
from sheetsync.cli.examinations import PARTS, Part, Situation
from sheetsync.cli.forms import to_text
from sheetsync.cli.frame import SpokenCommand
from sheetsync.cli.google_checkup import Accounts
from sheetsync.cli.screen import flowed
from sheetsync.cli.side_by_side import gathered
from sheetsync.cli.speech import phrases, say, spoken_language
from sheetsync.errors import ConfigError

WORKERS = 4
SECONDS = 120.0
"""How many things are looked at at once, and how long each may take."""


@click.command(cls=SpokenCommand, help=say("cli.doctor.help"), short_help=say("cli.doctor.short"))
@click.argument("paths", nargs=-1, metavar=say("cli.option.paths_metavar"))
@click.option("--only", multiple=True, metavar=say("cli.option.name_metavar"), help=say("cli.option.only"))
@click.option("--try-write", is_flag=True, help=say("cli.doctor.try_write"))
@click.option("--record", metavar=say("cli.option.folder_metavar"), help=say("cli.doctor.record"))
@click.option("--chat-to", metavar=say("cli.option.name_metavar"), help=say("cli.doctor.chat_to"))
@click.option("--mail-to", metavar=say("cli.option.address_metavar"), help=say("cli.doctor.mail_to"))
@options.config
@options.as_json
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    only: tuple[str, ...],
    try_write: bool,
    record: str | None,
    mail_to: str | None,
    chat_to: str | None,
    config: str | None,
    as_json: bool,
) -> int:
    """Examine the set-up."""
    situation = look_around(ctx, paths, only, config, try_write=try_write, terminal=_may_ask(ctx, as_json=as_json))
    situation = situation._replace(mail_to=mail_to, chat_to=chat_to)
    if record is not None:
        from sheetsync.cli.recording import record_one

        return record_one(situation, Path(record))
    shown = _as_json(situation) if as_json else _as_text(situation)
    return exits.worst(check.code for check in shown if check.state is State.FAILED)


def _may_ask(ctx: click.Context, *, as_json: bool) -> bool:
    """Say whether somebody sits at the terminal who may be led through a sign-in."""
    return sys.stdin.isatty() and sys.stderr.isatty() and not as_json and not (ctx.obj or {}).get("no_input")


def look_around(
    ctx: click.Context,
    paths: tuple[str, ...],
    only: tuple[str, ...],
    config: str | None,
    *,
    try_write: bool,
    terminal: bool,
) -> Situation:
    """Give what is to be looked at; a configuration that is wrong is part of it rather than the end."""
    if paths and only:
        raise click.UsageError(say("cli.paths_and_only"))
    wanted = config or (ctx.obj or {}).get("config")
    wrong = None
    try:
        found = wiring.configuration(Path(wanted) if wanted else None, required=False, today=None, sparing=not paths)
        if found is not None and found.problems:
            wrong = ConfigError(problems=found.problems)
    except ConfigError as error:
        found, wrong = None, error
    if paths:
        chosen = [wiring.workbook_at(path, found) for path in paths]
    else:
        chosen = wiring.named(found, only) if found else []
    accounts = Accounts(tuple(chosen), try_write=try_write, terminal=terminal)
    return Situation(found, wrong, tuple(chosen), accounts)


def examined(situation: Situation) -> Iterator[tuple[Part, list[Check]]]:
    """Give the parts that have something to look at, each when all of its checks are done."""
    for part in PARTS:
        tasks = part.tasks(situation)
        if tasks:
            found = gathered(tasks, workers=WORKERS, seconds=SECONDS)
            yield part, [check for checks in found for check in checks]


def _as_text(situation: Situation) -> list[Check]:
    spoken = phrases(spoken_language())
    told: list[Check] = []
    for part, checks in examined(situation):
        click.echo(say(f"doctor.part.{part.name}"))
        told += checks
        subject = ""
        for check in checks:
            if check.subject != subject:
                subject = check.subject
                click.echo(f" {subject}")
            for line in lines([check], spoken):
                click.echo(line)
    click.echo(flowed(verdict(told)))
    return told


def _as_json(situation: Situation) -> list[Check]:
    spoken = phrases(spoken_language())
    found = [(part.name, check) for part, checks in examined(situation) for check in checks]
    told = [form(part, check, spoken) for part, check in found]
    click.echo(to_text({"schema": "sheetsync.doctor.v1", "checks": told}))
    return [check for _, check in found]
