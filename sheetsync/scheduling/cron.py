"""The nightly job in a person's crontab: a block between two remarks, and not one other line is changed."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator, Mapping
from datetime import date, tzinfo
from pathlib import Path
from shutil import which
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sheetsync.checkup import Check, warned
from sheetsync.errors import ScheduleRefused
from sheetsync.scheduling import crontab
from sheetsync.scheduling.asking import ask, demand, said
from sheetsync.scheduling.clock import clock_changes, computer_zone, times_here
from sheetsync.scheduling.job import Call, Installed, Job
from sheetsync.scheduling.remarks import as_installed, remark

DAEMONS = frozenset({"cron", "crond", "fcron", "dcron"})
"""What the programs are called that look into crontabs."""
PATH = "/usr/bin:/bin"
"""Where cron looks for programs."""
PROCESSES = Path("/proc")
MAILERS = (Path("/usr/sbin/sendmail"), Path("/usr/lib/sendmail"))


def available() -> bool:
    """Say whether this computer has crontabs; macOS has them too, but lets them open no documents."""
    return sys.platform not in {"win32", "darwin"} and which("crontab") is not None


def text(job: Job, day: date) -> str:
    """Give the lines that a crontab gets, for the crontab as it is."""
    table = read() if available() else ""
    return block(job, _zone(_settings_for(job.config, table)), day)


def find(job: Job) -> Installed | None:
    """Give the job as the crontab has it; None where it is not there, ScheduleRefused where its remark was changed."""
    table = read()
    span = _span(table, job.config)
    if span is None:
        return None
    found = as_installed(table[span])
    if found is None:
        raise ScheduleRefused("schedule.altered", scheduler="cron", path=str(job.config))
    return found


def configs() -> list[Path]:
    """Give the configurations whose jobs the crontab has."""
    return crontab.configs(read())


def install(job: Job, day: date) -> None:
    """Put the job into the crontab, in place of an older form of it; ScheduleRefused where cron refuses."""
    table = read()
    changed = with_block(table, text(job, day), job.config)
    if changed != table:
        _write(changed)


def remove(job: Job) -> bool:
    """Take the job out of the crontab; False where it is not in it."""
    table = read()
    rest = without_block(table, job.config)
    if rest == table:
        return False
    _write(rest)
    return True


def own_line(config: Path) -> str | None:
    """Give the line by which somebody has the crontab run the program for a configuration; None where there is none."""
    found = next(crontab.other_calls(read(), config), None) if available() else None
    return None if found is None else found.strip()


def keeps_output(job: Job) -> bool:
    """Say whether what a job says reaches somebody: cron mails it, where the computer can mail and is allowed to."""
    can = which("sendmail") is not None or any(mailer.exists() for mailer in MAILERS)
    return can and _settings_for(job.config).get("MAILTO") != ""


def given(job: Job) -> Mapping[str, str]:
    """Give the variables that a job has from cron and the crontab."""
    return {"PATH": PATH, **_settings_for(job.config)}


def worries(job: Job, day: date) -> Iterator[Check]:
    """Give what stands in the way of the job on this computer, though the crontab has it."""
    if sys.platform == "linux" and not _daemon_runs():
        yield warned("schedule", "no_daemon")
    yield from clock_changes(job, _zone(_settings_for(job.config)), day)


# --- the text of a crontab --------------------------------------------------------------------------------------------


def block(job: Job, zone: tzinfo | None, day: date) -> str:
    """Give a job as lines of a crontab whose times are those of a zone; None is the computer's own."""
    lines = [_begin(job.config), remark(job)]
    lines += [_line(job, call, zone, day) for call in job.calls]
    return "\n".join([*lines, _end(job.config)]) + "\n"


def _line(job: Job, call: Call, zone: tzinfo | None, day: date) -> str:
    at = times_here(call.at, call.zone, zone, day)[0]
    settings = "".join(f"{name}={shlex.quote(value)} " for name, value in job.environment.items())
    told = f"env {settings}" if settings else ""  # not every shell that a crontab may name takes settings by themselves
    command = f"cd {shlex.quote(str(job.folder))} && {told}{shlex.join(call.command)}"
    return f"{at.minute} {at.hour} * * * {_for_cron(command)}"


def _for_cron(command: str) -> str:
    r"""Write a command so that cron hands it on as it is.

    A bare % ends it for cron, and of \\ and \% cron takes the first sign away. A backslash stands in single quotes
    here, which are closed and opened again behind it, so that it never stands before either.
    """
    return command.replace("\\", "\\''").replace("%", "\\%")


def with_block(table: str, lines: str, config: Path) -> str:
    """Give a crontab with a block: where the older form of it stands, else at the end."""
    span = _span(table, config)
    if span is not None:
        return f"{table[: span.start]}{lines}{table[span.stop :]}"
    return table + ("\n" if table and not table.endswith("\n") else "") + lines


def without_block(table: str, config: Path) -> str:
    """Give a crontab without the block of a configuration, every other line as it was."""
    return with_block(table, "", config) if _span(table, config) is not None else table


def _span(table: str, config: Path) -> slice | None:
    """Give where a block stands with its two remarks; ScheduleRefused where somebody took one of them away."""
    lines = crontab.lines_of(table)
    said = [crontab.told(line) for line in lines]
    begin, end = _begin(config), _end(config)
    marks = [(place, line) for place, line in enumerate(said) if line in (begin, end)]
    if not marks:
        return None
    if [line for _, line in marks] != [begin, end]:
        raise ScheduleRefused("schedule.torn", begin=begin, end=end)
    first, last = (place for place, _ in marks)
    return slice(sum(map(len, lines[:first])), sum(map(len, lines[: last + 1])))


def _begin(config: Path) -> str:
    return f"{crontab.BEGIN}{config}"


def _end(config: Path) -> str:
    return f"{crontab.END}{config}"


def _settings_for(config: Path, table: str | None = None) -> dict[str, str]:
    """Give what a crontab sets above a job's block, or above where it would be put: that holds for the job."""
    table = read() if table is None else table
    span = _span(table, config)
    return crontab.settings(table if span is None else table[: span.start])


def _zone(settings: Mapping[str, str]) -> tzinfo | None:
    """Give the zone by which cron reads the times below some settings: cronie knows CRON_TZ, others pass it over."""
    told = settings.get("CRON_TZ")
    if told and _is_cronie():
        try:
            return ZoneInfo(told)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ScheduleRefused("schedule.cron_zone", zone=told) from error
    return computer_zone()


# --- the program that keeps it ----------------------------------------------------------------------------------------


def read() -> str:
    """Give the crontab of whoever calls; empty where there is none. Bytes that are no UTF-8 come back as they were."""
    done = ask(["crontab", "-l"])
    if done.returncode == 0:
        return done.stdout.decode("utf-8", "surrogateescape")
    complaint = said(done)
    if "no crontab for" in complaint or "No such file" in complaint:  # the second is BusyBox's way to say it
        return ""
    raise ScheduleRefused("schedule.tool", tool="crontab -l", reason=complaint)


def _write(table: str) -> None:
    """Put a whole crontab in place, and look whether it is kept: some put remarks of their own above it."""
    if table:
        _hand_over(table)
    else:
        demand(["crontab", "-r"])
    if not read().endswith(table):
        raise ScheduleRefused("schedule.not_kept")


def _hand_over(table: str) -> None:
    done = ask(["crontab", "-"], table.encode("utf-8", "surrogateescape"))
    if done.returncode:
        reason = said(done)
        key = "schedule.too_long" if "too long" in reason else "schedule.tool"
        raise ScheduleRefused(key, tool="crontab -", reason=reason)


def _is_cronie() -> bool:
    done = ask(["crontab", "-V"])
    return b"cronie" in done.stdout + done.stderr


def _daemon_runs() -> bool:
    """Say whether a program looks into crontabs on this computer; in containers and in WSL often none does."""
    if not os.path.exists(PROCESSES / "1" / "comm"):  # noqa: PTH110 - Path.exists fails where other people's are hidden
        return True
    for process in PROCESSES.glob("[0-9]*/comm"):
        try:
            if process.read_text(encoding="utf-8", errors="replace").strip() in DAEMONS:
                return True
        except OSError:  # it ended meanwhile
            continue
    return False
