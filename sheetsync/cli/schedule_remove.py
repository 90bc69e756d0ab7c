"""``sheetsync schedule remove``: takes the nightly job away again, whatever became of its configuration."""

from __future__ import annotations

import os
from pathlib import Path

import click

from sheetsync.cli import exits, options
from sheetsync.cli.frame import SpokenCommand
from sheetsync.cli.nightly import job_at
from sheetsync.cli.schedulers import alone, available, configs, taken_from
from sheetsync.cli.screen import flowed
from sheetsync.cli.speech import say
from sheetsync.config.find import find_config
from sheetsync.home import CONFIG_NAME


@click.command(
    "remove", cls=SpokenCommand, help=say("cli.schedule.remove.help"), short_help=say("cli.schedule.remove.short")
)
@options.config
@click.pass_context
def command(ctx: click.Context, config: str | None) -> int:
    """Remove the nightly job."""
    told = config or ctx.obj["config"]
    here = Path.cwd()
    job = job_at(find_config(Path(told) if told else None, os.environ, here) or here / CONFIG_NAME)
    with alone():
        gone, refused = taken_from(available(), job)
    if refused and not gone:
        raise refused[0]
    key = "cli.schedule.remove.done" if gone else "cli.schedule.remove.nothing"
    click.echo(flowed(say(key, path=str(job.config), names=", ".join(gone))), err=True)
    others = [] if gone else configs()
    if others:
        click.echo(flowed(say("cli.schedule.remove.others", paths=", ".join(map(str, others)))), err=True)
    return exits.COMPLETE
