"""``sheetsync schedule install``: gives the nightly job to the scheduler of this computer."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import click

from sheetsync.checkup import State
from sheetsync.cli import exits, options
from sheetsync.cli.checkup_screen import lines
from sheetsync.cli.days import company_day
from sheetsync.cli.frame import SpokenCommand
from sheetsync.cli.nightly import AT, LOG_NAME, config_of, job_at, job_of, made_here
from sheetsync.cli.schedule_checkup import own_line, unseen, worries
from sheetsync.cli.schedulers import SCHEDULERS, Scheduler, alone, available, chosen, standing, taken_from
from sheetsync.cli.screen import flowed
from sheetsync.cli.speech import LANGUAGE_VARIABLE, phrases, say, spoken_language
from sheetsync.errors import ScheduleRefused
from sheetsync.home import expanded
from sheetsync.scheduling import Installed, Job


@click.command(
    "install", cls=SpokenCommand, help=say("cli.schedule.install.help"), short_help=say("cli.schedule.install.short")
)
@click.option("--at", metavar="HH:MM", callback=options.hour, help=say("cli.schedule.install.at"))
@click.option("--with", "scheduler", type=click.Choice(list(SCHEDULERS)), help=say("cli.schedule.install.with"))
@click.option("--log", metavar=say("cli.option.file_metavar"), help=say("cli.schedule.log"))
@options.config
@click.pass_context
def command(ctx: click.Context, at: time | None, scheduler: str | None, log: str | None, config: str | None) -> int:
    """Install the nightly job; what the call leaves open stays as it was installed before."""
    found = config_of(ctx, config)
    named = job_at(found.path)
    before = standing(named).found
    name, taken = chosen(scheduler or next(iter(before), None))
    old = before.get(name) or next(iter(before.values()), None)
    at = at or (AT if old is None else old.at)
    made = made_here(at, log_of(named, taken, log, old))
    kept = {} if old is None else {name: value for name, value in old.environment.items() if name == LANGUAGE_VARIABLE}
    job = job_of(found, made._replace(environment={**kept, **made.environment}))
    day = company_day(job.zone)
    job = job._replace(since=day)
    own = own_line(job.config)
    if own is not None:
        raise ScheduleRefused("schedule.own_line", line=own)
    with alone():
        taken.install(job, day)
        moved, silent = taken_from([other for other in available() if other != name], job)
    _tell(job, name, moved)
    troubles = [*map(unseen, silent), *worries(found, job, taken, day)]
    for line in lines(troubles, phrases(spoken_language())):
        click.echo(line, err=True)
    return exits.FINDINGS if any(one.state is not State.SKIPPED for one in troubles) else exits.COMPLETE


def _tell(job: Job, name: str, moved: list[str]) -> None:
    key = "cli.schedule.install.done" if job.zone else "cli.schedule.install.done_here"
    told = {"scheduler": name, "at": f"{job.at:%H:%M}", "zone": job.zone, "path": str(job.config)}
    click.echo(flowed(say(key, **told)), err=True)
    for call in job.calls[1:]:
        at = f"{call.at:%H:%M}" if call.zone == job.zone else f"{call.at:%H:%M} ({call.zone or '–'})"
        click.echo(flowed(say("cli.schedule.install.mail", at=at)), err=True)
    if job.log is not None:
        click.echo(flowed(say("cli.schedule.install.logged", path=str(job.log))), err=True)
    if moved:
        click.echo(flowed(say("cli.schedule.install.moved", names=", ".join(moved))), err=True)


def log_of(job: Job, scheduler: Scheduler, log: str | None, old: Installed | None = None) -> Path | None:
    """Give the log of a job: what the call says, else what somebody once chose, else what the scheduler needs.

    That is one beside the configuration, where the scheduler keeps nothing of what is said.
    """
    usual = job.folder / LOG_NAME
    if log is not None:
        return expanded(log).absolute()
    if old is not None and old.log not in {None, usual}:
        return old.log
    return None if scheduler.keeps_output(job) else usual
