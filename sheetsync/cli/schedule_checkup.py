"""What is said of the nightly job: whether it is installed, whether it can do its work, and when it last did."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from shutil import which

from sheetsync.backends.google.credentials import VARIABLE
from sheetsync.checkup import Check, failed, fine, refused, skipped, warned
from sheetsync.cli import exits
from sheetsync.cli.days import company_day
from sheetsync.cli.history_place import history_path
from sheetsync.cli.nightly import AT, job_as, job_of, made_here
from sheetsync.cli.schedulers import Scheduler, available, configs, standing
from sheetsync.config.ping import ping_of
from sheetsync.config.shape import Config, Secret, WorkbookConfig
from sheetsync.errors import HistoryUnavailable, ScheduleRefused, SheetsyncError
from sheetsync.history import History
from sheetsync.lock import STATE_VARIABLE
from sheetsync.scheduling import Installed, Job, cron

MISSED = (VARIABLE, "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
"""What a run goes by, and what may hold a password, so that it is written nowhere."""
PLACES = (STATE_VARIABLE, "XDG_STATE_HOME")
"""The variables that say where the usual history lies."""


def examine(config: Config, day: date | None = None) -> Iterator[Check]:
    """Look at the job of a configuration, by the company's day; nothing is changed."""
    try:
        job = job_of(config, made_here(AT, None))
        day = day or company_day(job.zone)
        yield from _examined(config, job, day)
    except ScheduleRefused as error:
        yield unseen(error)
    except SheetsyncError as error:
        yield refused("schedule", error)


def unseen(error: ScheduleRefused) -> Check:
    """Give the check of a scheduler that does not say; it may be none for this person, who then has no job in it."""
    silent = error.key == "schedule.tool"
    return skipped("schedule", "unseen", **error.params) if silent else refused("schedule", error)


def _examined(config: Config, job: Job, day: date) -> Iterator[Check]:
    found, silent = standing(job)
    yield from map(unseen, silent)
    for other in configs():
        if not os.path.exists(other):  # noqa: PTH110 - Path's own fails where nobody may look
            yield warned("schedule", "orphan", path=shlex.quote(str(other)))
    if not found:
        own = own_line(job.config)
        if own is not None:
            yield fine("schedule", "own_line", line=own)
        elif not silent:
            yield skipped("schedule", "none")
        if own is None:
            return
    if len(found) > 1:
        yield warned("schedule", "twice", names=", ".join(found))
    for name, installed in found.items():
        yield from _installed(name, installed, config, day)
    yield from _last_night(config, day, max((one.since for one in found.values() if one.since), default=None))


def own_line(config: Path) -> str | None:
    """Give a line of somebody's own that runs a configuration; None where there is none, or nobody may look."""
    with suppress(ScheduleRefused):
        return cron.own_line(config)
    return None


def _installed(name: str, installed: Installed, config: Config, day: date) -> Iterator[Check]:
    scheduler, job = available()[name], job_as(config, installed)
    gone = _gone(installed.program[0])
    if gone is not None:
        yield failed("schedule", "program_gone", exits.PARTIAL, program=gone)
    elif scheduler.text(job, day) != installed.text:
        yield warned("schedule", "differs", scheduler=name, found=installed.text)
    else:
        line = "ok" if job.zone else "ok_here"
        yield fine("schedule", line, scheduler=name, at=f"{installed.at:%H:%M}", zone=job.zone)
    yield from worries(config, job, scheduler, day)
    here = made_here(AT, None).environment
    for variable in PLACES:
        theirs, ours = installed.environment.get(variable, ""), here.get(variable, "")
        if theirs != ours:
            yield warned("schedule", "elsewhere", variable=variable, theirs=theirs or "–", ours=ours or "–")


def _gone(program: str) -> str | None:
    """Give what is gone of a program: its file, or the Python that its first lines name; None where nothing is.

    A new release of the system may take the old Python away, and leave what calls it.
    """
    path = which(program)
    if path is None:
        return program
    with suppress(OSError, ValueError), Path(path).open("rb") as data:
        first, second = (data.readline(1000).decode().strip() for _ in range(2))
        if second.startswith("'''exec' "):  # how pip calls a Python whose path holds a space or is long
            first = f"#!{shlex.split(second)[1]}"
        if first.startswith("#!") and which(first[2:].strip()) is None and which(first[2:].split()[0]) is None:
            return first[2:].strip()
    return None


def worries(config: Config, job: Job, scheduler: Scheduler, day: date) -> Iterator[Check]:
    """Give what would keep an installed job from its work: the scheduler's own troubles, and what it does not know."""
    yield from scheduler.worries(job, day)
    given = scheduler.given(job)
    missed = {*_variables(config), *(name for name in MISSED if os.environ.get(name))}
    for name in sorted(missed - set(job.environment) - set(given)):
        yield warned("schedule", "variable", variable=name)
    for command in sorted(_commands(config)):
        if which(job.folder / command if "/" in command else command, path=given["PATH"]) is None:
            yield warned("schedule", "command", command=command, path=given["PATH"])


def _variables(config: Config) -> set[str]:
    return {one.env for one in _secrets(config) if one.env}


def _commands(config: Config) -> set[str]:
    return {one.command[0] for one in _secrets(config) if one.command}


def _secrets(config: Config) -> Iterator[Secret]:
    for one in config.enabled:
        yield from (secret for secret in _secrets_of(one) if secret is not None)
    ping = ping_of(config.path)
    if ping is not None:
        yield ping.url


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


def _last_night(config: Config, day: date, since: date | None) -> Iterator[Check]:
    """Say when the workbooks were last synced; a job that is there and does not run is what nobody else tells.

    ``since`` is when the job was installed, None where nobody knows; before its first night nothing is missed.
    """
    paths = {history_path(one) for one in config.enabled if one.remembered}
    last = max((ran for ran in map(_last_run, paths) if ran is not None), default=None)
    yesterday = day - timedelta(days=1)
    new = since is not None and since >= yesterday
    if not paths:
        return
    if last is None and (new or since is None):
        yield skipped("schedule.last", "never")
    elif last is None:
        yield warned("schedule.last", "not_once", since=since)
    elif last < yesterday and not new:
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
