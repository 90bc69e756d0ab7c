"""The remark by which a job that was installed is known again, whatever language its owner speaks."""

from __future__ import annotations

import json
import re
from datetime import date, time
from pathlib import Path

from sheetsync.scheduling.job import Installed, Job

_REMARK = re.compile(r"^# sheetsync (\{.*\})\r?$", re.MULTILINE)


def remark(job: Job) -> str:
    """Give the line that says what a job was made of; in ASCII, as every crontab takes it."""
    told = {
        "at": f"{job.at:%H:%M}",
        "zone": job.zone,
        "program": job.program,
        "log": None if job.log is None else str(job.log),
        "environment": dict(job.environment),
        "since": None if job.since is None else job.since.isoformat(),
    }
    return f"# sheetsync {json.dumps(told)}"


def as_installed(text: str) -> Installed | None:
    """Read back what a job was made of; None where the remark is not in the text, or was changed by hand."""
    match = _REMARK.search(text)
    if match is None:
        return None
    try:
        told = json.loads(match[1])
        log, since = told["log"], told["since"]
        return Installed(
            at=time.fromisoformat(told["at"]),
            zone=told["zone"],
            program=tuple(told["program"]),
            log=None if log is None else Path(log),
            environment=told["environment"],
            text=text,
            since=None if since is None else date.fromisoformat(since),
        )
    except (ValueError, KeyError, TypeError):
        return None
