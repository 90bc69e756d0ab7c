"""The end of a nightly run: what is due is sent. The workbooks are done by then, and nothing here can undo them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import click

from sheetsync.cli import exits
from sheetsync.cli.mail_told import code_of, form_of, form_of_failure, names_told, tell_sent, tell_unread
from sheetsync.cli.mails import Month, Nightly
from sheetsync.cli.screen import flowed
from sheetsync.cli.senders import posts_of
from sheetsync.cli.sending import Post, deliver, unable
from sheetsync.cli.speech import say, say_many
from sheetsync.cli.wiring import Selected, said
from sheetsync.errors import SheetsyncError


def send_after(selected: Sequence[Selected], *, quiet: bool) -> tuple[int, list[dict[str, Any]]]:
    """Send what is due of some workbooks; give the exit code, and what was done for another program.

    Never raises: whatever is wrong with mail is told in a line, and ends in exit code 3, or 5 where it may pass.
    """
    if names := unable(selected):
        click.echo(flowed(say("cli.mail.no_history", names=names)), err=True)
    known: set[str] = set()
    done = [_sent(post, known, quiet=quiet) for post in posts_of(selected)]
    return exits.worst(code for code, _ in done), [form for _, form in done]


def tell_unreached(selected: Sequence[Selected]) -> None:
    """Say on stderr whom no mail of a workbook can reach, and why, in one line a workbook; no failure of the run."""
    for one in selected:
        nightly = one.errand.mails
        if isinstance(nightly, Nightly) and nightly.unreached:
            unreached = nightly.unreached
            why = "; ".join(say(f"cli.mail.barred.{why}", names=names_told(some)) for why, some in unreached.items())
            count = sum(map(len, unreached.values()))
            click.echo(flowed(say_many("cli.mail.unreached", count, workbook=one.shown, why=why)), err=True)
        if isinstance(nightly, Nightly) and nightly.deserted:
            click.echo(flowed(say("cli.mail.deserted", workbook=one.shown)), err=True)


def tell_lost(selected: Sequence[Selected]) -> None:
    """Say on stderr which monthly mail a workbook cannot make any more since it moved on, and how it leaves after all.

    It is told in the night of the move, and is no failure of the run.
    """
    for one in selected:
        nightly = one.errand.mails
        for month in nightly.lost if isinstance(nightly, Nightly) else ():
            told = {"workbook": one.errand.job.name, "month": month_label(month), "day": month.day}
            click.echo(flowed(say("cli.mail.month_lost", **told), sys.stderr), err=True)


def month_label(month: Month) -> str:
    """Give a month as the mail about it calls it: 12/2026."""
    return f"{month.occasion.start.month}/{month.occasion.start.year}"


def _sent(post: Post, known: set[str], *, quiet: bool) -> tuple[int, dict[str, Any]]:
    try:
        sent = deliver(post, patient=False)
        code, form = code_of(sent, nightly=True), form_of(sent, nightly=True)
        tell_sent(sent, known)
    except SheetsyncError as error:
        tell_unread([error], known)
        code = exits.TEMPORARY if error.exit_code in (exits.TEMPORARY, exits.LOCKED) else exits.PARTIAL
        return code, form_of_failure(post, code, said(error))
    except Exception:  # noqa: BLE001 - a bug in the mail must not hide that the workbooks are done; it ends in code 70
        from traceback import format_exc

        click.echo(f"{format_exc()}\n{say('cli.mail.mail')}: {say('cli.bug')}", err=True)
        return exits.BUG, form_of_failure(post, exits.BUG, format_exc())
    if sent.report.sent and sys.stdout.isatty() and not quiet:
        click.echo(flowed(say_many("cli.mail.sent", sent.report.sent)))
    return code, form
