"""``sheetsync mail send``: send what is due now, or look at it in files first."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from sheetsync.cli import exits, mail_trial, options
from sheetsync.cli.forms import to_text
from sheetsync.cli.frame import SpokenCommand
from sheetsync.cli.mail_page import refuse_foreign
from sheetsync.cli.mail_told import code_of, form_of, form_of_failure, tell_later, tell_sent, tell_unread
from sheetsync.cli.screen import flowed
from sheetsync.cli.senders import posts_of
from sheetsync.cli.sending import Post, Sent, deliver, unable
from sheetsync.cli.speech import say, say_many
from sheetsync.cli.wiring import Selected, said, select
from sheetsync.errors import ConfigError, SheetsyncError
from sheetsync.home import expanded
from sheetsync.post import Mailbox, valid_address
from sheetsync.posting import FEW

FOLDER = "sheetsync-mail"
"""Where ``--dry-run`` writes, in the current folder, without ``--out`` and without ``mail.folder``."""


@click.command(cls=SpokenCommand, help=say("cli.mail.send.help"), short_help=say("cli.mail.send.short"))
@click.option("--only", multiple=True, metavar=say("cli.option.name_metavar"), help=say("cli.option.only"))
@click.option("--dry-run", is_flag=True, help=say("cli.mail.send.dry_run"))
@click.option("--out", metavar=say("cli.option.folder_metavar"), help=say("cli.mail.send.out"))
@click.option("--confirm", is_flag=True, help=say("cli.mail.send.confirm"))
@click.option("--only-to", metavar=say("cli.option.address_metavar"), help=say("cli.mail.send.only_to"))
@options.config
@options.as_json
@click.pass_context
def command(
    ctx: click.Context,
    only: tuple[str, ...],
    dry_run: bool,
    out: str | None,
    confirm: bool,
    only_to: str | None,
    config: str | None,
    as_json: bool,
) -> int:
    """Send what is due."""
    if only_to is not None and not valid_address(only_to):
        raise click.UsageError(say("error.mail.address", address=only_to))
    if out is not None and not dry_run:
        raise click.UsageError(say("cli.mail.send.out_alone"))
    given = {"--dry-run": dry_run, "--only-to": only_to is not None, "--confirm": confirm}
    _tell_ignored([name for name, told in given.items() if told])
    flaws: list[str] = []
    selected = select(ctx, (), only, config, None, flaws=flaws)
    code = _done(selected, out, only_to, confirm=confirm, dry_run=dry_run, as_json=as_json)
    return exits.worst([code, exits.USAGE if flaws else exits.COMPLETE])


def _done(
    selected: Sequence[Selected], out: str | None, only_to: str | None, *, confirm: bool, dry_run: bool, as_json: bool
) -> int:
    """Send what is due of some workbooks, or show it; give the exit code."""
    posts = posts_of(selected)
    mute = unable(selected)
    unsent = say("cli.mail.no_history", names=mute) if mute else ""
    if not posts:
        raise ConfigError(problems=(unsent or say("cli.mail.no_server"),))
    if unsent:
        click.echo(flowed(unsent), err=True)
    if dry_run:
        folder = _folder(out, selected)
        refuse_foreign(folder)
        return mail_trial.to_files(posts, folder, as_json=as_json)
    if only_to is not None:
        return mail_trial.to_one(posts, Mailbox(only_to), as_json=as_json)
    return _send(posts, confirm=confirm, as_json=as_json)


def _tell_ignored(options: Sequence[str]) -> None:
    """Say which options do nothing beside the first of them, which sends nothing to anybody's own address."""
    for name in options[1:]:
        click.echo(flowed(say("cli.mail.send.ignored", option=name, first=options[0])), err=True)


def _send(posts: Iterable[Post], *, confirm: bool, as_json: bool) -> int:
    codes, forms, known, quiet = [], [], set[str](), list[Post]()
    for post in posts:
        try:
            sent = deliver(post, patient=True, confirm=confirm)
        except SheetsyncError as error:
            tell_unread([error], known)
            codes.append(error.exit_code)
            forms.append(form_of_failure(post, error.exit_code, said(error)))
            continue
        codes.append(code_of(sent, nightly=False))
        forms.append(form_of(sent, nightly=False))
        tell_sent(sent, known)
        if not as_json and confirm and _nothing_left(sent):
            quiet.append(sent.post)
        elif sys.stdout.isatty() and not as_json:
            _print(sent)
    for line in dict.fromkeys(map(_confirmed, quiet)) if len(quiet) == len(codes) else ():
        click.echo(flowed(line))  # once for all senders; where one had something to send, that was the answer
    if as_json:
        click.echo(to_text({"schema": "sheetsync.mail.send.v1", "exit_code": exits.worst(codes), "senders": forms}))
    return exits.worst(codes)


def _nothing_left(sent: Sent) -> bool:
    """Say whether there was nothing to send, and nothing waits."""
    report = sent.report
    return not (
        sent.unread
        or sent.grown.names
        or report.sent
        or report.held
        or report.stops
        or report.retrying
        or report.waiting
        or report.later
    )


def _confirmed(post: Post) -> str:
    """Say what a word was good for that let nothing go: whatever comes goes by itself from now on."""
    return say("cli.mail.confirmed", few=FEW) if post.histories else say("cli.mail.unremembered")


def _print(sent: Sent) -> None:
    report = sent.report
    click.echo(say("cli.mail.nothing") if _nothing_left(sent) else say_many("cli.mail.sent", report.sent))
    tell_later([one for one in report.later if one.why in ("early", "served")], sent.post)


def _folder(out: str | None, selected: Iterable[Selected]) -> Path:
    """Give the folder for the mails of all; one that is configured only where it is that of every workbook."""
    configured = {one.config.mail_folder for one in selected}
    shared = configured.pop() if len(configured) == 1 else None
    return expanded(out) if out is not None else shared or Path(FOLDER)
