"""``sheetsync doctor --record``: writes a scrubbed recording of one spreadsheet, and shows what it writes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheetsync.checkup import State
from sheetsync.cli import exits
from sheetsync.cli.checkup_screen import lines
from sheetsync.cli.examinations import Situation
from sheetsync.cli.files import placing
from sheetsync.cli.screen import flowed
from sheetsync.cli.speech import phrases, say, spoken_language
from sheetsync.text_file import put_text

if TYPE_CHECKING:
    from sheetsync.backends.google.recording import Recording


def record_one(situation: Situation, folder: Path) -> int:
    """Record the one spreadsheet of a situation into a folder; give the exit code.

    Raises UsageError where the call names none or several, and the SheetsyncErrors of Google and of the folder.
    """
    chosen = [one for one in situation.workbooks if one.spreadsheet is not None]
    if len(chosen) != 1 or len(situation.workbooks) != 1:
        raise click.UsageError(say("cli.doctor.record_one"))
    account = situation.accounts.account(chosen[0].google)
    failures = [check for check in account.examine() if check.state is State.FAILED]
    if not account.ready:
        for line in lines(failures, phrases(spoken_language())):
            click.echo(line, err=True)
        return exits.worst(check.code for check in failures)
    from sheetsync.backends.google.recording import record

    with account.connect() as client:
        recording = record(chosen[0].spreadsheet or "", client, try_write=situation.accounts.try_write)
    _write(recording, folder)
    return exits.COMPLETE


def _write(recording: Recording, folder: Path) -> None:
    path = folder / recording.name
    told = recording._asdict()
    click.echo(flowed(say("cli.doctor.record_plan", **{**told, "path": path})))
    if recording.sample:
        click.echo(flowed(say("cli.doctor.record_sample", text=recording.sample)))
    with placing(path):
        folder.mkdir(parents=True, exist_ok=True)
        put_text(path, recording.content)
    click.echo(flowed(say("cli.doctor.record_done", path=path)))
