"""The nightly job as macOS wants it: a property list of a person's own launch agents for each call."""

from __future__ import annotations

from datetime import date

from sheetsync.scheduling.clock import times_here
from sheetsync.scheduling.job import Call, Job


def files(job: Job, day: date) -> dict[str, bytes]:
    """Give the property lists by their names; a night in which the computer sleeps is made up for when it wakes."""
    return {f"{name(job, call)}.plist": _agent(job, call, day) for call in job.calls}


def name(job: Job, call: Call) -> str:
    """Give the name by which launchd knows a call."""
    return f"local.{job.label}-{call.name}"


def _agent(job: Job, call: Call, day: date) -> bytes:
    import plistlib

    at = times_here(call.at, call.zone, None, day)[0]
    agent: dict[str, object] = {
        "Label": name(job, call),
        "ProgramArguments": list(call.command),
        "WorkingDirectory": str(job.folder),
        "StartCalendarInterval": {"Hour": at.hour, "Minute": at.minute},
        "ProcessType": "Background",
    }
    if job.environment:
        agent["EnvironmentVariables"] = dict(job.environment)
    return plistlib.dumps(agent, sort_keys=False)
