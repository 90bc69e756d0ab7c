"""``sheetsync history``: what is remembered of earlier days."""

from __future__ import annotations

import click

from sheetsync.cli import (
    exits,
    history_as_of,
    history_export,
    history_forget,
    history_import,
    history_prune,
    history_show,
    options,
)
from sheetsync.cli.frame import SpokenGroup, show_help
from sheetsync.cli.speech import say


@click.group(
    "history",
    cls=SpokenGroup,
    invoke_without_command=True,
    help=say("cli.history.help"),
    short_help=say("cli.history.short"),
)
@options.spoken
@click.pass_context
def command(ctx: click.Context) -> int:
    """Hold the commands; called alone it shows them."""
    return exits.COMPLETE if ctx.invoked_subcommand else show_help(ctx)


command.add_command(history_show.command, "show")
command.add_command(history_as_of.command, "as-of")
command.add_command(history_export.command, "export")
command.add_command(history_import.command, "import")
command.add_command(history_prune.command, "prune")
command.add_command(history_forget.command, "forget")
