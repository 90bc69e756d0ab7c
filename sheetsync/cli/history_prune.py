"""``sheetsync history prune``: forgets what lies before a day, after saying what goes."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

import click

from sheetsync.cli import exits, options
from sheetsync.cli.forms import to_text
from sheetsync.cli.frame import SpokenCommand
from sheetsync.cli.history_place import files_of, found_config, looking
from sheetsync.cli.speech import say
from sheetsync.history import History, Pruned


@click.command(cls=SpokenCommand, help=say("cli.history.prune.help"), short_help=say("cli.history.prune.short"))
@click.option(
    "--before", metavar="YYYY-MM-DD", required=True, callback=options.day, help=say("cli.history.prune.before")
)
@click.option("--yes", is_flag=True, help=say("cli.history.prune.yes"))
@click.option("--no-input", is_flag=True, help=say("cli.option.no_input"))
@click.option("--history", "file", metavar=say("cli.option.file_metavar"), help=say("cli.history.file"))
@options.config
@options.as_json
@click.pass_context
def command(
    ctx: click.Context, before: date, yes: bool, no_input: bool, file: str | None, config: str | None, as_json: bool
) -> int:
    """Forget what lies before a day."""
    done = []
    for path in files_of(found_config(ctx, config), file):
        with looking(path) as history:
            last = max((one.day for one in history.runs()), default=before)
            if before > last + timedelta(days=1):
                raise click.UsageError(say("cli.history.prune.future", path=str(path), day=before, last=last))
            counted = history.prune(before, dry_run=True)
        if not as_json or not yes:
            click.echo(say("cli.history.prune.goes", path=str(path), day=before, **counted._asdict()), err=True)
        if not any(counted):
            continue
        if not (yes or _agreed(ctx, no_input)):
            click.echo(say("cli.history.prune.nothing_done"), err=True)
            return exits.USAGE
        done.append((path, _prune(path, before)))
        if not as_json:
            click.echo(say("cli.history.prune.forgotten", path=str(path)), err=True)
    if as_json:
        forms = [{"history": str(path), **pruned._asdict()} for path, pruned in done]
        click.echo(to_text({"schema": "sheetsync.history.prune.v1", "before": before, "pruned": forms}))
    return exits.COMPLETE


def _agreed(ctx: click.Context, no_input: bool) -> bool:
    """Ask the person at the terminal; without one nothing is forgotten."""
    if no_input or (ctx.obj or {}).get("no_input") or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    return click.confirm(say("cli.history.prune.ask"), default=False, err=True)


def _prune(path: Path, before: date) -> Pruned:
    with History.open(path) as history:
        return history.prune(before)
