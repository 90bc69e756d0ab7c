"""Asks a program of the system, and tells why it did not do what it was asked."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from subprocess import CompletedProcess
from types import MappingProxyType

from sheetsync.errors import ScheduleRefused

SECONDS = 30
"""How long a program of the system may take for an answer."""
_PLAIN: Mapping[str, str] = MappingProxyType({"LC_ALL": "C"})  # answers that are read must be in English


def ask(command: Sequence[str], given: bytes = b"") -> CompletedProcess[bytes]:
    """Run a program of the system and give its answer, whatever its exit code; ScheduleRefused where it cannot run."""
    try:
        return subprocess.run(  # noqa: S603 - fixed commands, without a shell
            command, input=given, capture_output=True, timeout=SECONDS, check=False, env=_surroundings()
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        reason = error.strerror if isinstance(error, OSError) else f"> {SECONDS} s"
        raise ScheduleRefused("schedule.tool", tool=command[0], reason=reason or type(error).__name__) from error


def runtime_folders() -> list[Path]:
    """Give where a person's own systemd listens: as the environment says, else where it usually is."""
    told = os.environ.get("XDG_RUNTIME_DIR")
    if told:
        return [Path(told)]
    return [Path(f"/run/user/{os.getuid()}")] if hasattr(os, "getuid") else []


def _surroundings() -> dict[str, str]:
    """Give the environment for what is asked; after ``su`` and in cron, systemctl is not told where systemd listens."""
    there = [folder for folder in runtime_folders() if folder.is_dir()]
    return {**os.environ, **({"XDG_RUNTIME_DIR": str(there[0])} if there else {}), **_PLAIN}


def demand(command: Sequence[str]) -> str:
    """Run a program of the system and give what it says; ScheduleRefused with its own words where it fails."""
    done = ask(command)
    if done.returncode:
        raise ScheduleRefused("schedule.tool", tool=" ".join(command), reason=said(done))
    return done.stdout.decode(errors="replace")


def said(done: CompletedProcess[bytes]) -> str:
    """Give what a program complained of, in one line and without its last full stop, else its exit code."""
    told = [line.strip() for line in done.stderr.decode(errors="replace").splitlines() if line.strip()]
    return "; ".join(told).rstrip(". ") or f"exit {done.returncode}"
