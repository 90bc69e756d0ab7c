"""The nightly job of a configuration: what it runs, when, and what it is made of."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from datetime import date, time, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from sheetsync.backends.google.credentials import DEFAULT_VARIABLE
from sheetsync.cli.days import company_day
from sheetsync.cli.history_place import found_config
from sheetsync.cli.schedulers import configs
from sheetsync.cli.speech import LANGUAGE_VARIABLE, asked_language, say
from sheetsync.cli.wiring import refuse_unseen
from sheetsync.config.shape import Config
from sheetsync.config.starter import workbook_name
from sheetsync.lock import STATE_VARIABLE
from sheetsync.record import NamedTuple
from sheetsync.scheduling import Call, Installed, Job
from sheetsync.scheduling.clock import times_here

AT = time(3, 30)
"""When the job runs where nobody says another time: after midnight in Vietnam, before anybody's morning."""
CARRIED = (
    *(STATE_VARIABLE, LANGUAGE_VARIABLE, "XDG_STATE_HOME", "XDG_CONFIG_HOME"),
    *(DEFAULT_VARIABLE, "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"),
)
"""What the job gets of the environment of whoever installs it: paths, and nothing that can hold a secret."""
LOG_NAME = "sheetsync.log"


class Made(NamedTuple):
    """What a job is made of beside the configuration; what stands in the environment where nobody says."""

    at: time
    program: tuple[str, ...]
    log: Path | None
    environment: Mapping[str, str]
    since: date | None = None


def config_of(ctx: click.Context, config: str | None) -> Config:
    """Read the configuration of a call; UsageError where there is none."""
    found = found_config(ctx, config)
    if found is None:
        raise click.UsageError(say("cli.no_config"))
    return found


def made_here(at: time, log: Path | None) -> Made:
    """Give what a job is made of that is installed by this call."""
    told = {name: _whole(name, os.environ[name]) for name in CARRIED if os.environ.get(name)}
    asked = asked_language()
    told.update({} if asked is None else {LANGUAGE_VARIABLE: asked})
    return Made(at, own_program(), log, told)


def _whole(name: str, value: str) -> str:
    """Give a path of the environment as it is from every folder; the job runs in that of its configuration."""
    return value if name == LANGUAGE_VARIABLE else str(Path(value).absolute())


def own_program() -> tuple[str, ...]:
    """Give the words that call this very program from anywhere."""
    script = Path(sys.executable).parent / ("sheetsync.exe" if sys.platform == "win32" else "sheetsync")
    return (str(script),) if script.is_file() else (sys.executable, "-P", "-m", "sheetsync")


def job_of(config: Config, made: Made) -> Job:
    """Give the job of a configuration: the nightly run, and a later call for mails that wait for the morning."""
    named = job_at(config.path)
    path = named.config
    for told in (*made.program, *made.environment.values(), *(() if made.log is None else (str(made.log),))):
        refuse_unseen(Path(told))  # a line's end in it would begin a line of its own
    log = () if made.log is None else ("--log", str(made.log))
    words = (*made.program, "--no-input", "--config", str(path), *log)
    zone = _zone(config)
    calls = [Call("sync", made.at, (*words, "sync"), zone)]
    for later, own in _mail_times(config, made.at, zone):
        apart = "" if own == zone else f"-{workbook_name(own or 'computer')}"
        calls.append(Call(f"mail-{later:%H%M}{apart}", later, (*words, "mail", "send"), own))
    return named._replace(
        at=made.at,
        program=made.program,
        calls=tuple(calls),
        zone=zone,
        environment=made.environment,
        log=made.log,
        since=made.since,
    )


def job_at(config: Path) -> Job:
    """Give the job of a configuration as far as it can be known without reading it: enough to find and remove it."""
    refuse_unseen(config)
    path = config.absolute()
    if ".." in path.parts:
        path = path.parent.resolve() / path.name
    known = configs()
    if path not in known:  # it may go by another name there: through a link to its folder, or from before a link
        path = next((other for other in known if _same(other, path)), path)
    return Job(label_of(path), path, AT, (), ())


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def label_of(config: Path) -> str:
    """Give a name for the job of a configuration that no other of this computer has."""
    from hashlib import sha256

    digest = sha256(str(config).encode("utf-8", "surrogateescape")).hexdigest()[:6]
    return f"sheetsync-{workbook_name(config.parent.name)}-{digest}"


def _mail_times(config: Config, at: time, zone: str | None) -> list[tuple[time, str | None]]:
    """Give the times after the nightly run at which mail leaves that waits for them, each with its company's zone."""
    found = set()
    for one in config.enabled:
        (then, *_) = times_here(at, zone, _clock(one.timezone), company_day(zone)) if one.timezone != zone else (at,)
        if (one.mail_server is not None or one.webhooks) and one.remembered and one.mail_when.send_from > then:
            found.add((one.mail_when.send_from, one.timezone))
    return sorted(found, key=lambda pair: (pair[0], pair[1] or ""))


def _clock(zone: str | None) -> tzinfo | None:
    return None if zone is None else ZoneInfo(zone)


def _zone(config: Config) -> str | None:
    """Give the time zone of the workbooks where they have one and the same, else that of the defaults."""
    zones = {one.timezone for one in config.enabled}
    shared = zones.pop() if len(zones) == 1 else config.defaults.get("timezone")
    return None if shared is None else str(shared)


def job_as(config: Config, installed: Installed) -> Job:
    """Give the job that the configuration asks for today, made of what an installed one is made of."""
    made = Made(installed.at, installed.program, installed.log, installed.environment, installed.since)
    return job_of(config, made)
