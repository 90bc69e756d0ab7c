"""The nightly job in a person's crontab: a block between two remarks, and not one other line is changed."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Iterator
from datetime import date, tzinfo
from pathlib import Path
from shutil import which
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sheetsync.checkup import Check, warned
from sheetsync.errors import ScheduleRefused
from sheetsync.scheduling.asking import ask, demand, said
from sheetsync.scheduling.clock import clock_changes, computer_zone, times_here
from sheetsync.scheduling.job import Call, Installed, Job
from sheetsync.scheduling.remarks import as_installed, remark

DAEMONS = frozenset({"cron", "crond", "fcron", "dcron"})
"""What the programs are called that look into crontabs."""
PATH = "/usr/bin:/bin"
"""Where cron looks for programs."""
MAILERS = (Path("/usr/sbin/sendmail"), Path("/usr/lib/sendmail"))
_SETTING = re.compile(r"""^\s*["']?(\w+)["']?\s*=\s*["']?(.*?)["']?\s*$""")


def available() -> bool:
    """Say whether this computer has crontabs; macOS has them too, but lets them open no documents."""
    return sys.platform not in {"win32", "darwin"} and which("crontab") is not None


def text(job: Job, day: date) -> str:
    """Give the lines that a crontab gets, for the crontab as it is."""
    table = read() if available() else ""
    return block(job, _zone(_around(table, job.config)), day)


def find(job: Job) -> Installed | None:
    """Give the job as the crontab has it; None where it is not there."""
    found = _block_in(read(), job.config)
    return None if not found else as_installed(found)


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
    found = next(other_calls(read(), config), None) if available() else None
    return None if found is None else found.strip()


def keeps_output() -> bool:
    """Say whether what a job says reaches somebody: cron mails it, where the computer can mail and is allowed to."""
    can = which("sendmail") is not None or any(mailer.exists() for mailer in MAILERS)
    return can and _settings(read()).get("MAILTO") != ""


def sets(name: str, job: Job) -> bool:
    """Say whether the crontab gives a variable to the job."""
    return name in _settings(_around(read(), job.config))


def worries(job: Job, day: date) -> Iterator[Check]:
    """Give what stands in the way of the job on this computer, though the crontab has it."""
    if sys.platform == "linux" and not _daemon_runs():
        yield warned("schedule", "no_daemon")
    yield from clock_changes(job, _zone(_around(read(), job.config)), day)


# --- the text of a crontab --------------------------------------------------------------------------------------------


def block(job: Job, zone: tzinfo | None, day: date) -> str:
    """Give a job as lines of a crontab whose times are those of a zone; None is the computer's own."""
    lines = [_begin(job.config), remark(job)]
    lines += [_line(job, call, zone, day) for call in job.calls]
    return "\n".join([*lines, _end(job.config)]) + "\n"


def _line(job: Job, call: Call, zone: tzinfo | None, day: date) -> str:
    at = times_here(call.at, job.zone, zone, day)[0]
    settings = "".join(f"{name}={shlex.quote(value)} " for name, value in job.environment.items())
    command = f"cd {shlex.quote(str(job.folder))} && {settings}{shlex.join(call.command)}"
    return f"{at.minute} {at.hour} * * * {command.replace('%', chr(92) + '%')}"  # a bare % ends the command


def with_block(table: str, lines: str, config: Path) -> str:
    """Give a crontab with a block: where the older form of it stands, else at the end."""
    old = _block_in(table, config)
    if old:
        return table.replace(old, lines, 1)
    return table + ("\n" if table and not table.endswith("\n") else "") + lines


def without_block(table: str, config: Path) -> str:
    """Give a crontab without the block of a configuration, every other line as it was."""
    old = _block_in(table, config)
    return table.replace(old, "", 1) if old else table


def other_calls(table: str, config: Path) -> Iterator[str]:
    """Give the lines, outside our blocks, that run the program for a configuration: a second run of every night."""
    home = str(Path.home())
    folder = re.compile(rf"\bcd\s+[\"']?{re.escape(str(config.parent))}/?[\"']?\s*(?:&|;|$)")
    for line in _outside(table):
        plain = re.sub(r"~(?=/)|\$HOME\b|\$\{HOME\}", lambda _: home, line)
        if "sheetsync" in line and (folder.search(plain) or str(config) in plain):
            yield line


def _outside(table: str) -> Iterator[str]:
    ours = False
    for line in table.splitlines():
        if line.startswith("# BEGIN sheetsync "):
            ours = True
        elif line.startswith("# END sheetsync "):
            ours = False
        elif not ours and line.strip() and not line.lstrip().startswith("#"):
            yield line


def _block_in(table: str, config: Path) -> str:
    """Give the block of a configuration with its two remarks; ScheduleRefused where somebody took one of them away."""
    begin, end = f"{_begin(config)}\n", f"{_end(config)}\n"
    lines = table.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    counts = lines.count(begin), lines.count(end)
    if counts == (0, 0):
        return ""
    if counts != (1, 1) or lines.index(end) < lines.index(begin):
        raise ScheduleRefused("schedule.torn", begin=begin.strip(), end=end.strip())
    found = "".join(lines[lines.index(begin) : lines.index(end) + 1])
    return found if found in table else found[:-1]


def _begin(config: Path) -> str:
    return f"# BEGIN sheetsync {config}"


def _end(config: Path) -> str:
    return f"# END sheetsync {config}"


def _around(table: str, config: Path) -> str:
    """Give what of a crontab stands above a job's block, or where it would be put: its settings hold for the job."""
    return table.partition(f"{_begin(config)}\n")[0]


def _settings(table: str) -> dict[str, str]:
    found = (_SETTING.match(line) for line in _outside(table))
    return {match[1]: match[2] for match in found if match}


def _zone(above: str) -> tzinfo | None:
    """Give the zone by which cron reads the times below some lines: cronie knows CRON_TZ, others pass it over."""
    told = _settings(above).get("CRON_TZ")
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
        demand(["crontab", "-"], table.encode("utf-8", "surrogateescape"))
    else:
        demand(["crontab", "-r"])
    if not read().endswith(table):
        raise ScheduleRefused("schedule.not_kept")


def _is_cronie() -> bool:
    done = ask(["crontab", "-V"])
    return b"cronie" in done.stdout + done.stderr


def _daemon_runs() -> bool:
    """Say whether a program looks into crontabs on this computer; in containers and in WSL often none does."""
    if not Path("/proc/1/comm").exists():  # nobody sees other people's processes here
        return True
    for process in Path("/proc").glob("[0-9]*/comm"):
        try:
            if process.read_text(encoding="utf-8", errors="replace").strip() in DAEMONS:
                return True
        except OSError:  # it ended meanwhile
            continue
    return False
