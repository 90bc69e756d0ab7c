"""The nightly job as timers of a person's own systemd: a service and a timer for each call."""

from __future__ import annotations

import getpass
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from shutil import which

from sheetsync.checkup import Check, warned
from sheetsync.errors import ScheduleRefused
from sheetsync.home import config_home
from sheetsync.scheduling.asking import ask, demand
from sheetsync.scheduling.job import Call, Installed, Job
from sheetsync.scheduling.remarks import as_installed, remark

PATH = "/usr/local/bin:/usr/bin:/bin"
"""Where a person's systemd looks for programs at least."""
HEAD = "# Written by sheetsync schedule for "
_BARE = re.compile(r"[\w@%+=:,./-]+", re.ASCII)
_SERVICE = """\
{head}

[Unit]
Description=sheetsync {name} ({about})
StartLimitIntervalSec=3h
StartLimitBurst=4

[Service]
Type=exec
WorkingDirectory={folder}
{environment}ExecStart={command}
RuntimeMaxSec=2h
# 5 is "temporary", such as a workbook that somebody has open: three more times, a quarter of an hour apart.
RestartForceExitStatus=5
RestartSec=15min
"""
_TIMER = """\
{head}

[Unit]
Description=When to run sheetsync {name} ({about})

[Timer]
OnCalendar=*-*-* {at:%H:%M}:00{zone}
# A night in which the computer was off is made up for.
Persistent=true

[Install]
WantedBy=timers.target
"""


def available() -> bool:
    """Say whether this computer has a systemd that persons can give jobs to."""
    return sys.platform == "linux" and which("systemctl") is not None


def text(job: Job, day: date) -> str:  # noqa: ARG001 - every scheduler is asked alike
    """Give all files, each with its path above it."""
    return "\n".join(f"# {_folder() / name}\n{content}" for name, content in units(job).items())


def find(job: Job) -> Installed | None:
    """Give the job as its files have it; None where they are not there, or no timer is switched on."""
    found = {path.name: path.read_text(encoding="utf-8") for path in _ours(job)}
    if not found or ask(["systemctl", "--user", "is-enabled", f"{job.label}-sync.timer"]).returncode:
        return None
    first = found.get(f"{job.label}-sync.service", "")
    known = as_installed(first)
    ordered = sorted(found, key=lambda name: [*units(job), *found].index(name))
    whole = "\n".join(f"# {_folder() / name}\n{found[name]}" for name in ordered)
    return None if known is None else known._replace(text=whole)


def install(job: Job, day: date) -> None:  # noqa: ARG001 - every scheduler is asked alike
    """Write the files and switch the timers on, in place of an older form; ScheduleRefused where systemd refuses."""
    wanted = units(job)
    for name in wanted:
        _refuse_foreign(_folder() / name)
    stale = [path for path in _ours(job) if path.name not in wanted]
    _switch_off(stale)
    _folder().mkdir(parents=True, exist_ok=True)
    for name, content in wanted.items():
        _put(_folder() / name, content)
    timers = [name for name in wanted if name.endswith(".timer")]
    try:
        demand(["systemctl", "--user", "daemon-reload"])
        demand(["systemctl", "--user", "enable", *timers])
        demand(["systemctl", "--user", "restart", *timers])  # a timer that runs keeps its old hour until then
    except ScheduleRefused:
        remove(job)
        raise


def remove(job: Job) -> bool:
    """Switch the timers off and take the files away; False where there are none."""
    ours = _ours(job)
    _switch_off(ours)
    return bool(ours)


def keeps_output() -> bool:
    """Say whether what a job says is kept: systemd keeps all of it in its journal."""
    return True


def sets(name: str, job: Job) -> bool:  # noqa: ARG001 - every scheduler is asked alike
    """Say whether the person's systemd gives a variable to what it runs."""
    told = ask(["systemctl", "--user", "show-environment"]).stdout.decode(errors="replace")
    return any(line.startswith(f"{name}=") for line in told.splitlines())


def worries(job: Job, day: date) -> Iterator[Check]:  # noqa: ARG001 - every scheduler is asked alike
    """Give what stands in the way of the job: without lingering, nothing runs while its person is not signed in."""
    user = getpass.getuser()
    done = ask(["loginctl", "show-user", user, "--property=Linger"])
    told = done.stdout.decode(errors="replace").strip()
    if told != "Linger=yes" and not Path("/var/lib/systemd/linger", user).exists():
        yield warned("schedule", "no_linger", user=user)


# --- the files --------------------------------------------------------------------------------------------------------


def units(job: Job) -> Mapping[str, str]:
    """Give the files of a job by their names."""
    found = {}
    for call in job.calls:
        found[f"{job.label}-{call.name}.service"] = _service(job, call)
        found[f"{job.label}-{call.name}.timer"] = _timer(job, call)
    return found


def _head(job: Job) -> str:
    return f"{HEAD}{job.config}\n{remark(job)}"


def _service(job: Job, call: Call) -> str:
    settings = (f"Environment={_quoted(f'{name}={value}')}\n" for name, value in job.environment.items())
    return _SERVICE.format(
        head=_head(job),
        name=call.name,
        about=_literal(str(job.config)),
        folder=_literal(f"{job.folder}/"),  # a backslash at the end of a line would go on with the next
        environment="".join(settings),
        command=" ".join(_quoted(word.replace("$", "$$")) for word in call.command),
    )


def _timer(job: Job, call: Call) -> str:
    zone = f" {job.zone}" if job.zone else ""
    return _TIMER.format(head=_head(job), name=call.name, about=_literal(str(job.config)), at=call.at, zone=zone)


def _literal(words: str) -> str:
    """Write a text in which systemd replaces nothing: a percent sign begins a name of its own."""
    return words.replace("%", "%%")


def _quoted(word: str) -> str:
    """Write one word of a command or setting as systemd reads it."""
    if _BARE.fullmatch(word):
        return _literal(word)
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_literal(escaped)}"'


def _folder() -> Path:
    return config_home().parent / "systemd" / "user"


def _ours(job: Job) -> list[Path]:
    """Give the files that were written for a job."""
    found = [path for ending in ("service", "timer") for path in _folder().glob(f"{job.label}-*.{ending}")]
    return sorted(path for path in found if _is_ours(path))


def _is_ours(path: Path) -> bool:
    try:
        return path.read_text(encoding="utf-8", errors="replace").startswith(HEAD)
    except OSError:
        return False


def _refuse_foreign(path: Path) -> None:
    if path.exists() and not _is_ours(path):
        raise ScheduleRefused("schedule.foreign_file", path=str(path))


def _put(path: Path, content: str) -> None:
    half = path.with_name(f".{path.name}.tmp")
    try:
        half.write_text(content, encoding="utf-8", newline="\n")
        half.replace(path)
    except OSError as error:
        raise ScheduleRefused("schedule.tool", tool=str(path), reason=error.strerror or str(error)) from error
    finally:
        half.unlink(missing_ok=True)


def _switch_off(paths: list[Path]) -> None:
    timers = [path.name for path in paths if path.suffix == ".timer"]
    if not paths:
        return
    with suppress(ScheduleRefused):  # a systemd that does not answer runs nothing either, and the files go
        ask(["systemctl", "--user", "disable", "--now", *timers])
    for path in paths:
        path.unlink(missing_ok=True)
    with suppress(ScheduleRefused):
        ask(["systemctl", "--user", "daemon-reload"])
