"""``sheetsync cycle``: ends a cycle with its retrospective, and begins the next one."""

from __future__ import annotations

from datetime import date

import click

from sheetsync.cli import exits, options
from sheetsync.cli.frame import SpokenCommand, SpokenGroup, show_help
from sheetsync.cli.speech import say


@click.group(
    "cycle", cls=SpokenGroup, invoke_without_command=True, help=say("cli.cycle.help"), short_help=say("cli.cycle.short")
)
@options.spoken
@click.pass_context
def command(ctx: click.Context) -> int:
    """Hold the two commands; called alone it shows them."""
    return exits.COMPLETE if ctx.invoked_subcommand else show_help(ctx)


@command.command("close", cls=SpokenCommand, help=say("cli.cycle.close.help"), short_help=say("cli.cycle.close.short"))
@options.workbooks
@options.as_json
@click.option("--cycle", "cycle", metavar=say("cli.option.cycle_metavar"), help=say("cli.cycle.close.cycle"))
@click.option("--early", is_flag=True, help=say("cli.cycle.close.early"))
@click.option("--output", "-o", metavar=say("cli.option.file_metavar"), help=say("cli.cycle.close.output"))
@click.option("--dry-run", is_flag=True, help=say("cli.cycle.close.dry_run"))
@click.option("--yes", "-y", is_flag=True, help=say("cli.cycle.close.yes"))
@click.option("--no-input", is_flag=True, help=say("cli.option.no_input"))
@click.pass_context
def close(
    ctx: click.Context,
    paths: tuple[str, ...],
    only: tuple[str, ...],
    config: str | None,
    today: date | None,
    as_json: bool,
    cycle: str | None,
    early: bool,
    output: str | None,
    dry_run: bool,
    yes: bool,
    no_input: bool,
) -> int:
    """Close the cycle of each workbook."""
    from sheetsync.cli.cycle_close import Manner, close_all
    from sheetsync.cli.wiring import acquainted, select

    silent = as_json or no_input or ctx.obj["no_input"]
    chosen = acquainted(select(ctx, paths, only, config, today, writing=not dry_run), today, keep=False)
    return close_all(chosen, Manner(as_json, early, output, dry_run, yes, silent, cycle))


@command.command("next", cls=SpokenCommand, help=say("cli.cycle.next.help"), short_help=say("cli.cycle.next.short"))
@click.argument("path", metavar=say("cli.option.path_metavar"))
@options.config
@options.today
@options.as_json
@click.option("--output", "-o", metavar=say("cli.option.file_metavar"), help=say("cli.cycle.next.output"))
@click.option("--google", "address", metavar=say("cli.template.new.google_metavar"), help=say("cli.cycle.next.google"))
@click.option("--cycle", "cycle", metavar=say("cli.option.cycle_metavar"), help=say("cli.cycle.next.cycle"))
@click.option(
    "--carry",
    type=click.Choice(["unfinished", "all", "none"]),
    default="unfinished",
    help=say("cli.cycle.next.carry"),
)
@click.option(
    "--kpi-targets",
    type=click.Choice(["keep", "blank"]),
    default="keep",
    help=say("cli.cycle.next.kpi_targets"),
)
@click.option("--force", is_flag=True, help=say("cli.cycle.next.force"))
@click.pass_context
def begin(
    ctx: click.Context,
    path: str,
    config: str | None,
    today: date | None,
    as_json: bool,
    output: str | None,
    address: str | None,
    cycle: str | None,
    carry: str,
    kpi_targets: str,
    force: bool,
) -> int:
    """Make the workbook of the next cycle."""
    from sheetsync.cli.cycle_next import Wish, begin_next
    from sheetsync.cli.wiring import select

    if (output is None) == (address is None):
        raise click.UsageError(say("cli.cycle.next.one_place"))
    if output is not None:
        from sheetsync.cli.adopt_convert import refuse_target

        refuse_target(output, path, force=force)
    chosen = select(ctx, (path,), (), config, today)[0]
    wish = Wish(output, address, cycle, carry, kpi_targets == "keep", as_json)
    return begin_next(ctx, chosen, wish)
