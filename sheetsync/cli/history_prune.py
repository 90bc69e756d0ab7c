"""``sheetsync history prune``: forgets what lies before a day, or has not come yet, after saying what goes."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

import click

from sheetsync.cli import exits, options
from sheetsync.cli.forms import to_text
from sheetsync.cli.frame import SpokenCommand
from sheetsync.cli.history_place import files_of, found_config, looking
from sheetsync.cli.remembering import tomorrow
from sheetsync.cli.speech import say
from sheetsync.history import History


@click.command(cls=SpokenCommand, help=say("cli.history.prune.help"), short_help=say("cli.history.prune.short"))
@click.option("--before", metavar="YYYY-MM-DD", callback=options.day, help=say("cli.history.prune.before"))
@click.option("--ahead", is_flag=True, help=say("cli.history.prune.ahead"))
@click.option("--yes", "-y", is_flag=True, help=say("cli.history.prune.yes"))
@click.option("--no-input", is_flag=True, help=say("cli.option.no_input"))
@click.option("--history", "file", metavar=say("cli.option.file_metavar"), help=say("cli.history.file"))
@options.config
@options.as_json
@click.pass_context
def command(
    ctx: click.Context,
    before: date | None,
    ahead: bool,
    yes: bool,
    no_input: bool,
    file: str | None,
    config: str | None,
    as_json: bool,
) -> int:
    """Forget what lies before a day, or nights that have not come yet."""
    if (before is None) is not ahead:
        raise click.UsageError(say("cli.history.prune.one_of"))
    done, day = [], before or tomorrow()
    prune = History.forget_after if ahead else History.prune
    for path in files_of(found_config(ctx, config), file):
        with looking(path) as history:
            if not ahead:
                _refuse_future(history, day, path)
            counted = prune(history, day, dry_run=True)
        if not as_json or not yes:
            key = "goes_ahead" if ahead else "goes"
            click.echo(say(f"cli.history.prune.{key}", path=str(path), day=day, **counted._asdict()), err=True)
        if not any(counted):
            continue
        if not (yes or agreed(ctx, no_input)):
            click.echo(say("cli.history.prune.nothing_done"), err=True)
            return exits.USAGE
        with History.open(path) as history:
            done.append((path, prune(history, day)))
        if not as_json:
            click.echo(say("cli.history.prune.forgotten", path=str(path)), err=True)
    if as_json:
        forms = [{"history": str(path), **pruned._asdict()} for path, pruned in done]
        told = {"after": day} if ahead else {"before": day}
        click.echo(to_text({"schema": "sheetsync.history.prune.v1", **told, "pruned": forms}))
    return exits.COMPLETE


def _refuse_future(history: History, before: date, path: Path) -> None:
    """Refuse a day after the last night: the year was mistyped."""
    last = max((one.day for one in history.runs()), default=before)
    if before > last + timedelta(days=1):
        raise click.UsageError(say("cli.history.prune.future", path=str(path), day=before, last=last))


def agreed(ctx: click.Context, no_input: bool) -> bool:
    """Ask the person at the terminal; without one nothing is forgotten."""
    if no_input or (ctx.obj or {}).get("no_input") or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    return click.confirm(say("cli.history.prune.ask"), default=False, err=True)
