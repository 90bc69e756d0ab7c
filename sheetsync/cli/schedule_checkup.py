"""What is said of the nightly job: whether it is installed, whether it can do its work, and when it last did."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from shutil import which

from sheetsync.backends.google.credentials import VARIABLE
from sheetsync.checkup import Check, failed, fine, refused, skipped, warned
from sheetsync.cli import exits
from sheetsync.cli.days import company_day
from sheetsync.cli.history_place import history_path
from sheetsync.cli.nightly import AT, Scheduler, available, job_as, job_of, made_here, standing
from sheetsync.config.shape import Config, Secret, WorkbookConfig
from sheetsync.errors import HistoryUnavailable, ScheduleRefused, SheetsyncError
from sheetsync.history import History
from sheetsync.scheduling import Installed, Job, cron

MISSED = (VARIABLE, "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
"""What a run goes by, and what may hold a password, so that it is written nowhere."""
PLACES = ("SHEETSYNC_STATE_DIR", "XDG_STATE_HOME")
"""The variables that say where the usual history lies."""


def examine(config: Config, day: date | None = None) -> Iterator[Check]:
    """Look at the job of a configuration, by the company's day; nothing is changed."""
    try:
        job = job_of(config, made_here(AT, None))
        day = day or company_day(job.zone)
        yield from _examined(config, job, day)
    except ScheduleRefused as error:
        unseen = error.key == "schedule.tool"  # such as a person whom the computer lets have no crontab
        yield skipped("schedule", "unseen", **error.params) if unseen else refused("schedule", error)
    except SheetsyncError as error:
        yield refused("schedule", error)


def _examined(config: Config, job: Job, day: date) -> Iterator[Check]:
    found = standing(config)
    if not found:
        own = cron.own_line(job.config)
        yield fine("schedule", "own_line", line=own) if own else skipped("schedule", "none")
        if own is None:
            return
    if len(found) > 1:
        yield warned("schedule", "twice", names=", ".join(found))
    for name, installed in found.items():
        yield from _installed(name, installed, config, day)
    yield from _last_night(config, day)


def _installed(name: str, installed: Installed, config: Config, day: date) -> Iterator[Check]:
    scheduler, job = available()[name], job_as(config, installed)
    if which(installed.program[0]) is None:
        yield failed("schedule", "program_gone", exits.PARTIAL, program=installed.program[0])
    elif scheduler.text(job, day) != installed.text:
        yield warned("schedule", "differs", scheduler=name, found=installed.text)
    else:
        line = "ok" if job.zone else "ok_here"
        yield fine("schedule", line, scheduler=name, at=f"{installed.at:%H:%M}", zone=job.zone)
    yield from worries(config, job, scheduler, day)
    for variable in PLACES:
        theirs, ours = installed.environment.get(variable, ""), os.environ.get(variable, "")
        if theirs != ours:
            yield warned("schedule", "elsewhere", variable=variable, theirs=theirs or "–", ours=ours or "–")


def worries(config: Config, job: Job, scheduler: Scheduler, day: date) -> Iterator[Check]:
    """Give what would keep an installed job from its work: the scheduler's own troubles, and what it does not know."""
    yield from scheduler.worries(job, day)
    missed = {*_variables(config), *(name for name in MISSED if os.environ.get(name))}
    for name in sorted(missed - set(job.environment)):
        if not scheduler.sets(name, job):
            yield warned("schedule", "variable", variable=name)
    for command in sorted(_commands(config)):
        if which(command, path=scheduler.PATH) is None:
            yield warned("schedule", "command", command=command, path=scheduler.PATH)


def _variables(config: Config) -> set[str]:
    return {one.env for one in _secrets(config) if one.env}


def _commands(config: Config) -> set[str]:
    return {one.command[0] for one in _secrets(config) if one.command}


def _secrets(config: Config) -> Iterator[Secret]:
    for one in config.enabled:
        yield from (secret for secret in _secrets_of(one) if secret is not None)


def _secrets_of(one: WorkbookConfig) -> Iterator[Secret | None]:
    if one.path is None:
        yield one.google.credentials
    if one.mail_server is not None:
        yield one.mail_server.password
        if one.mail_server.oauth is not None:
            yield one.mail_server.oauth.google
            yield one.mail_server.oauth.secret
    for webhook in one.webhooks.values():
        yield webhook.url
        yield from webhook.headers.values()


def _last_night(config: Config, day: date) -> Iterator[Check]:
    """Say when the workbooks were last synced; a job that is there and does not run is what nobody else tells."""
    paths = {history_path(one) for one in config.enabled if one.remembered}
    last = max((ran for ran in map(_last_run, paths) if ran is not None), default=None)
    if last is None:
        if paths:
            yield skipped("schedule.last", "never")
    elif last < day - timedelta(days=1):
        yield warned("schedule.last", "late", last=last)
    else:
        yield fine("schedule.last", last=last)


def _last_run(path: Path) -> date | None:
    peek = History.peek(path)
    if peek.history is None:
        return None
    with peek.history as known:
        try:
            runs = known.runs(newest=1)
        except HistoryUnavailable:  # the part of the history says so
            return None
    return runs[0].day if runs else None
