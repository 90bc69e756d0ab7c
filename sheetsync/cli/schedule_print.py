"""``sheetsync schedule print``: the nightly job in the words of a scheduler, for whoever puts it in place by hand."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from datetime import time
from pathlib import Path

import click

from sheetsync.cli import exits, options
from sheetsync.cli.checkup_screen import lines
from sheetsync.cli.days import company_day
from sheetsync.cli.files import placing
from sheetsync.cli.frame import SpokenCommand
from sheetsync.cli.nightly import AT, LOG_NAME, config_of, job_at, job_of, made_here
from sheetsync.cli.schedule_install import log_of
from sheetsync.cli.schedulers import SCHEDULERS, chosen
from sheetsync.cli.speech import phrases, say, spoken_language
from sheetsync.home import expanded
from sheetsync.scheduling import launchd, windows
from sheetsync.scheduling.clock import clock_changes

FORMS = ("cron", "systemd", "launchd", "windows")
FILES = {"launchd": launchd.files, "windows": windows.files}


@click.command(
    "print", cls=SpokenCommand, help=say("cli.schedule.print.help"), short_help=say("cli.schedule.print.short")
)
@click.argument("form", required=False, type=click.Choice(FORMS), metavar=say("cli.schedule.print.metavar"))
@click.option("--at", metavar="HH:MM", default=f"{AT:%H:%M}", callback=options.hour, help=say("cli.schedule.at"))
@click.option("--log", metavar=say("cli.option.file_metavar"), help=say("cli.schedule.log"))
@click.option("--output", "-o", metavar=say("cli.option.folder_metavar"), help=say("cli.schedule.print.output"))
@options.config
@click.pass_context
def command(
    ctx: click.Context, form: str | None, at: time, log: str | None, output: str | None, config: str | None
) -> int:
    """Print the nightly job."""
    found = config_of(ctx, config)
    wanted = form or {"win32": "windows", "darwin": "launchd"}.get(sys.platform) or chosen(None)[0]
    if wanted in SCHEDULERS:
        if output is not None:
            raise click.UsageError(say("cli.schedule.print.no_files", form=wanted))
        scheduler = SCHEDULERS[wanted]
        taken = log_of(job_at(found.path), scheduler, log) if scheduler.available() else _given(log)
        job = job_of(found, made_here(at, taken))
        click.echo(scheduler.text(job, company_day(job.zone)), nl=False)
        return exits.COMPLETE
    job = job_of(found, made_here(at, _given(log) or found.path.absolute().parent / LOG_NAME))
    files = FILES[wanted](job, company_day(job.zone))
    if output is None:
        for content in files.values():
            click.echo(content.decode("utf-16" if wanted == "windows" else "utf-8").rstrip("\n"))
    else:
        _place(files, expanded(output), wanted)
    for line in lines(clock_changes(job, None, company_day(job.zone)), phrases(spoken_language())):
        click.echo(line, err=True)
    if wanted == "windows" and job.environment:
        click.echo(say("cli.schedule.print.setx", names=", ".join(job.environment)), err=True)
    return exits.COMPLETE


def _given(log: str | None) -> Path | None:
    return None if log is None else expanded(log).absolute()


def _place(files: Mapping[str, bytes], folder: Path, form: str) -> None:
    """Write the files, and say the command that gives each to its scheduler."""
    for name, content in files.items():
        target = folder / name
        with placing(target):
            target.write_bytes(content)
        path = shlex.quote(str(target)) if form == "launchd" else str(target)
        click.echo(say(f"cli.schedule.print.{form}", name=target.stem, written=str(target), path=path), err=True)
