"""``sheetsync mail``: look at the mails of today, send them, and see what became of them."""

from __future__ import annotations

import click

from sheetsync.cli import exits, mail_outbox, mail_preview, mail_send, options
from sheetsync.cli.frame import SpokenGroup, show_help
from sheetsync.cli.speech import say


@click.group(
    "mail",
    cls=SpokenGroup,
    invoke_without_command=True,
    help=say("cli.mail.help"),
    short_help=say("cli.mail.short"),
)
@options.spoken
@click.pass_context
def command(ctx: click.Context) -> int:
    """Hold the commands; called alone it shows them."""
    return exits.COMPLETE if ctx.invoked_subcommand else show_help(ctx)


command.add_command(mail_preview.command, "preview")
command.add_command(mail_send.command, "send")
command.add_command(mail_outbox.command, "outbox")
