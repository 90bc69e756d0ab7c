"""``sheetsync schedule install``: gives the nightly job to the scheduler of this computer."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import click

from sheetsync.cli import exits, options
from sheetsync.cli.checkup_screen import lines
from sheetsync.cli.days import company_day
from sheetsync.cli.frame import SpokenCommand
from sheetsync.cli.nightly import AT, LOG_NAME, SCHEDULERS, Scheduler, available, chosen, config_of, job_of, made_here
from sheetsync.cli.schedule_checkup import worries
from sheetsync.cli.speech import phrases, say, spoken_language
from sheetsync.config.shape import Config
from sheetsync.errors import ScheduleRefused
from sheetsync.home import expanded
from sheetsync.scheduling import cron


@click.command(
    "install", cls=SpokenCommand, help=say("cli.schedule.install.help"), short_help=say("cli.schedule.install.short")
)
@click.option("--at", metavar="HH:MM", default=f"{AT:%H:%M}", callback=options.hour, help=say("cli.schedule.at"))
@click.option("--with", "scheduler", type=click.Choice(list(SCHEDULERS)), help=say("cli.schedule.install.with"))
@click.option("--log", metavar=say("cli.option.file_metavar"), help=say("cli.schedule.log"))
@options.config
@click.pass_context
def command(ctx: click.Context, at: time, scheduler: str | None, log: str | None, config: str | None) -> int:
    """Install the nightly job."""
    found = config_of(ctx, config)
    name, taken = chosen(scheduler)
    job = job_of(found, made_here(at, log_of(found, taken, log)))
    day = company_day(job.zone)
    own = cron.own_line(job.config)
    if own is not None:
        raise ScheduleRefused("schedule.own_line", line=own)
    taken.install(job, day)
    moved = [other for other, one in available().items() if other != name and one.remove(job)]
    key = "cli.schedule.install.done" if job.zone else "cli.schedule.install.done_here"
    told = {"scheduler": name, "at": f"{at:%H:%M}", "zone": job.zone, "path": str(job.config)}
    click.echo(say(key, **told), err=True)
    for call in job.calls[1:]:
        click.echo(say("cli.schedule.install.mail", at=f"{call.at:%H:%M}"), err=True)
    if job.log is not None:
        click.echo(say("cli.schedule.install.logged", path=str(job.log)), err=True)
    if moved:
        click.echo(say("cli.schedule.install.moved", names=", ".join(moved)), err=True)
    troubles = list(worries(found, job, taken, day))
    for line in lines(troubles, phrases(spoken_language())):
        click.echo(line, err=True)
    return exits.FINDINGS if troubles else exits.COMPLETE


def log_of(config: Config, scheduler: Scheduler, log: str | None) -> Path | None:
    """Give the log of a job: what the call says, else one beside the configuration if the scheduler keeps nothing."""
    if log is not None:
        return expanded(log).absolute()
    return None if scheduler.keeps_output() else config.path.absolute().parent / LOG_NAME
