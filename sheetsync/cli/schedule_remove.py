"""``sheetsync schedule remove``: takes the nightly job away again."""

from __future__ import annotations

import click

from sheetsync.cli import exits, options
from sheetsync.cli.frame import SpokenCommand
from sheetsync.cli.nightly import AT, available, config_of, job_of, made_here
from sheetsync.cli.speech import say


@click.command(
    "remove", cls=SpokenCommand, help=say("cli.schedule.remove.help"), short_help=say("cli.schedule.remove.short")
)
@options.config
@click.pass_context
def command(ctx: click.Context, config: str | None) -> int:
    """Remove the nightly job."""
    job = job_of(config_of(ctx, config), made_here(AT, None))
    gone = [name for name, scheduler in available().items() if scheduler.remove(job)]
    key = "cli.schedule.remove.done" if gone else "cli.schedule.remove.nothing"
    click.echo(say(key, path=str(job.config), names=", ".join(gone)), err=True)
    return exits.COMPLETE
