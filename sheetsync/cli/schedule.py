"""``sheetsync schedule``: the nightly job in the scheduler of this computer; called alone it tells how it stands."""

from __future__ import annotations

import click

from sheetsync.checkup import State
from sheetsync.cli import exits, options, schedule_install, schedule_print, schedule_remove
from sheetsync.cli.checkup_screen import form, lines
from sheetsync.cli.forms import to_text
from sheetsync.cli.frame import SpokenGroup
from sheetsync.cli.nightly import config_of
from sheetsync.cli.schedule_checkup import examine
from sheetsync.cli.speech import phrases, say, spoken_language


@click.group(
    "schedule",
    cls=SpokenGroup,
    invoke_without_command=True,
    help=say("cli.schedule.help"),
    short_help=say("cli.schedule.short"),
)
@options.config
@options.as_json
@click.pass_context
def command(ctx: click.Context, config: str | None, as_json: bool) -> int:
    """Tell how the nightly job stands, or hold the commands that change it."""
    if ctx.invoked_subcommand:
        ctx.obj["config"] = config or ctx.obj["config"]
        return exits.COMPLETE
    found = config_of(ctx, config)
    checks, spoken = list(examine(found)), phrases(spoken_language())
    if as_json:
        told = [form("schedule", check, spoken) for check in checks]
        click.echo(to_text({"schema": "sheetsync.schedule.v1", "config": str(found.path.absolute()), "checks": told}))
    else:
        click.echo(str(found.path.absolute()))
        for line in lines(checks, spoken):
            click.echo(line)
    return exits.worst(check.code for check in checks if check.state is State.FAILED)


command.add_command(schedule_install.command, "install")
command.add_command(schedule_remove.command, "remove")
command.add_command(schedule_print.command, "print")
