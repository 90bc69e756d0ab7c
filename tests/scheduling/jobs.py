"""Jobs to schedule, and a stand-in for the program ``crontab`` that keeps its table in a file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date, time
from pathlib import Path

from sheetsync.scheduling import Call, Job

DAY = date(2026, 11, 23)
CRONTAB = """#!/bin/sh
# Speaks as Debian's crontab does: no table is an error with a sentence, and a table must end with a line's end.
table='{table}'
PATH=/usr/bin:/bin
case "$1" in
-l) [ -f "$table" ] && exec cat "$table"; echo "no crontab for tester" >&2; exit 1 ;;
-r) [ -f "$table" ] && exec rm "$table"; echo "no crontab for tester" >&2; exit 1 ;;
-V) echo '{version}' >&2; exit 1 ;;
-)
  cat >"$table.new"
  if [ -n "$(tail -c 1 "$table.new")" ]; then
    echo "new crontab file is missing newline before EOF, can't install." >&2
    exit 1
  fi
  mv "$table.new" "$table" ;;
*) echo "crontab: usage error" >&2; exit 1 ;;
esac
"""


def job(
    folder: Path = Path("/srv/okr"),
    *,
    at: time = time(3, 30),
    zone: str | None = None,
    environment: Mapping[str, str] | None = None,
    log: Path | None = None,
    mail: time | None = None,
    program: tuple[str, ...] = ("/srv/okr/.venv/bin/sheetsync",),
) -> Job:
    """Give the job of the configuration in a folder; ``mail`` adds a later call that sends mails."""
    config = folder / "sheetsync.toml"
    words = (*program, "--no-input", "--config", str(config))
    calls = [Call("sync", at, (*words, "sync"), zone)]
    if mail is not None:
        calls.append(Call(f"mail-{mail:%H%M}", mail, (*words, "mail", "send"), zone))
    return Job("sheetsync-okr-1a2b3c", config, at, program, tuple(calls), zone, environment or {}, log)


def stand_in(folder: Path, version: str = "crontab: invalid option -- 'V'") -> Path:
    """Put a ``crontab`` into a folder, and give the file in which it keeps its table."""
    table = folder / "table"
    put_program(folder / "crontab", CRONTAB.format(table=table, version=version))
    return table


def put_program(path: Path, text: str) -> Path:
    """Put a program in place that speaks for another one, and give its path."""
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path


def first_on_path(folder: Path) -> str:
    """Give a PATH on which the programs of a folder come first."""
    return f"{folder}{os.pathsep}{os.environ['PATH']}"
