"""The nightly job as timers of a person's own systemd: a service and a timer for each call."""

from __future__ import annotations

import getpass
import os
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
from sheetsync.scheduling.asking import ask, demand, runtime_folders, said
from sheetsync.scheduling.job import Call, Installed, Job
from sheetsync.scheduling.remarks import as_installed, remark
from sheetsync.text_file import put_text

PATH = "/usr/local/bin:/usr/bin:/bin"
"""Where a person's systemd looks for programs at least."""
SYSTEMCTL = ("systemctl", "--user")
WANTS = "timers.target.wants"
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
    """Give the job as its files have it; None where they are not there, or no timer is switched on.

    ScheduleRefused where systemd does not answer, or the remark in the files was changed.
    """
    found = {path.name: path.read_text(encoding="utf-8", errors="replace") for path in _ours(job)}
    if not found or not _is_on(f"{job.label}-sync.timer"):
        return None
    known = as_installed(found.get(f"{job.label}-sync.service", ""))
    if known is None:
        raise ScheduleRefused("schedule.altered", scheduler="systemd", path=str(job.config))
    ordered = sorted(found, key=lambda name: (not name.startswith(f"{job.label}-sync."), name))
    return known._replace(text="\n".join(f"# {_folder() / name}\n{found[name]}" for name in ordered))


def configs() -> list[Path]:
    """Give the configurations whose jobs are among the person's files."""
    heads = (_head_of(path).partition("\n")[0] for path in sorted(_folder().glob("sheetsync-*-sync.timer")))
    return [Path(head.removeprefix(HEAD)) for head in heads if head.startswith(HEAD)]


def install(job: Job, day: date) -> None:  # noqa: ARG001 - every scheduler is asked alike
    """Write the files and switch the timers on, in place of an older form; ScheduleRefused where systemd refuses.

    What was there before is put back then.
    """
    demand([*SYSTEMCTL, "daemon-reload"])  # before anything is changed: does it answer?
    wanted = units(job)
    for name in wanted:
        _refuse_foreign(_folder() / name)
    before = {path.name: path.read_text(encoding="utf-8", errors="replace") for path in _ours(job)}
    try:
        _take_away([_folder() / name for name in before])
        _put_in_place(wanted)
    except (ScheduleRefused, KeyboardInterrupt):
        with suppress(ScheduleRefused):
            _take_away([_folder() / name for name in wanted])
            _put_in_place(before)
        raise


def remove(job: Job) -> bool:
    """Switch the timers off and take the files away; False where there are none."""
    ours = _ours(job)
    _take_away(ours)
    return bool(ours)


def keeps_output(job: Job) -> bool:  # noqa: ARG001 - every scheduler is asked alike
    """Say whether what a job says is kept: systemd keeps all of it in its journal."""
    return True


def given(job: Job) -> Mapping[str, str]:  # noqa: ARG001 - every scheduler is asked alike
    """Give the variables that a job has from the person's systemd."""
    told = ask([*SYSTEMCTL, "show-environment"]).stdout.decode(errors="replace")
    pairs = (line.partition("=") for line in told.splitlines())
    return {"PATH": PATH, **{name: value for name, _, value in pairs}}


def worries(job: Job, day: date) -> Iterator[Check]:  # noqa: ARG001 - every scheduler is asked alike
    """Give what stands in the way of the job: without lingering, nothing runs while its person is not signed in."""
    user = _user()
    done = ask(["loginctl", "show-user", user, "--property=Linger"])
    told = done.stdout.decode(errors="replace").strip()
    if told != "Linger=yes" and not Path("/var/lib/systemd/linger", user).exists():
        yield warned("schedule", "no_linger", user=user)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run as a number that nobody knows
        return str(os.getuid())


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
    folder = f"{str(job.folder).rstrip('/')}/"  # a backslash at its end would take the next line along
    return _SERVICE.format(
        head=_head(job),
        name=call.name,
        about=_literal(str(job.config)),
        folder=_literal(folder),
        environment="".join(settings),
        command=" ".join(_quoted(word.replace("$", "$$")) for word in call.command),
    )


def _timer(job: Job, call: Call) -> str:
    zone = f" {call.zone}" if call.zone else ""
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
    return sorted(path for path in found if _head_of(path).startswith(HEAD))


def _head_of(path: Path) -> str:
    """Give how a file begins; nothing where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _refuse_foreign(path: Path) -> None:
    if path.exists() and not _head_of(path).startswith(HEAD):
        raise ScheduleRefused("schedule.foreign_file", path=str(path))


def _is_on(timer: str) -> bool:
    """Say whether a timer is switched on; ScheduleRefused where systemd does not say."""
    done = ask([*SYSTEMCTL, "is-enabled", timer])
    if done.returncode and not done.stdout.strip():
        raise ScheduleRefused("schedule.tool", tool=" ".join([*SYSTEMCTL, "is-enabled"]), reason=said(done))
    return done.returncode == 0


def _put_in_place(files: Mapping[str, str]) -> None:
    for name, content in files.items():
        _put(_folder() / name, content)
    timers = [name for name in files if name.endswith(".timer")]
    if timers:
        demand([*SYSTEMCTL, "daemon-reload"])
        demand([*SYSTEMCTL, "enable", *timers])
        demand([*SYSTEMCTL, "restart", *timers])


def _put(path: Path, content: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        put_text(path, content)
    except OSError as error:
        raise ScheduleRefused("schedule.tool", tool=str(path), reason=error.strerror or str(error)) from error


def _take_away(paths: list[Path]) -> None:
    """Switch timers off, forget when they last ran, and delete the files; ScheduleRefused where they would still run.

    A timer that remembers its last run makes up at once for all nights since, though nobody wanted them.
    """
    paths = [path for path in paths if path.exists()]
    timers = [path.name for path in paths if path.suffix == ".timer"]
    if timers:
        try:
            demand([*SYSTEMCTL, "disable", "--now", *timers])
        except ScheduleRefused:
            if _runs():
                raise  # else nothing runs either, and the files can go
        else:
            ask([*SYSTEMCTL, "clean", "--what=state", *timers])
    try:
        for path in paths:
            (path.parent / WANTS / path.name).unlink(missing_ok=True)
            path.unlink(missing_ok=True)
    except OSError as error:
        raise ScheduleRefused("schedule.tool", tool=str(path), reason=error.strerror or str(error)) from error
    if paths:
        with suppress(ScheduleRefused):
            ask([*SYSTEMCTL, "daemon-reload"])


def _runs() -> bool:
    """Say whether the person's own systemd runs, whether or not it can be asked from here."""
    return any((folder / "systemd" / "private").exists() for folder in runtime_folders())
