"""Asks a program of the system, and tells why it did not do what it was asked."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
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
            command, input=given, capture_output=True, timeout=SECONDS, check=False, env={**os.environ, **_PLAIN}
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        reason = error.strerror if isinstance(error, OSError) else f"> {SECONDS} s"
        raise ScheduleRefused("schedule.tool", tool=command[0], reason=reason or type(error).__name__) from error


def demand(command: Sequence[str], given: bytes = b"") -> str:
    """Run a program of the system and give what it says; ScheduleRefused with its own words where it fails."""
    done = ask(command, given)
    if done.returncode:
        raise ScheduleRefused("schedule.tool", tool=" ".join(command), reason=said(done))
    return done.stdout.decode(errors="replace")


def said(done: CompletedProcess[bytes]) -> str:
    """Give the last line of what a program complained of, without its full stop, else its exit code."""
    told = done.stderr.decode(errors="replace").strip().splitlines()
    return told[-1].rstrip(". ") if told else f"exit {done.returncode}"
