"""``sheetsync template``: ready-made workbooks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from sheetsync import gallery
from sheetsync.cli import exits, options
from sheetsync.cli.files import placing
from sheetsync.cli.frame import SpokenCommand, SpokenGroup, show_help
from sheetsync.cli.screen import flowed
from sheetsync.cli.speech import phrases, say, spoken_language
from sheetsync.cli.wiring import company_day
from sheetsync.reading import parse_cycle


@click.group(
    "template",
    cls=SpokenGroup,
    invoke_without_command=True,
    help=say("cli.template.help"),
    short_help=say("cli.template.short"),
)
@options.spoken
@click.pass_context
def command(ctx: click.Context) -> int:
    """Hold the two commands; called alone it shows them."""
    return exits.COMPLETE if ctx.invoked_subcommand else show_help(ctx)


@command.command(
    "list", cls=SpokenCommand, help=say("cli.template.list.help"), short_help=say("cli.template.list.short")
)
@options.spoken
@options.as_json
def list_templates(as_json: bool) -> int:
    """List the templates."""
    language = spoken_language()
    entries = gallery.entries(language)
    if as_json:
        from sheetsync.cli.forms import to_text

        click.echo(to_text({"schema": "sheetsync.templates.v1", "templates": [entry._asdict() for entry in entries]}))
        return exits.COMPLETE
    for entry in entries:
        click.echo(f"{entry.kind:<8}  {entry.title}")
        click.echo(flowed(f"    {entry.about}"))
    return exits.COMPLETE


@command.command("new", cls=SpokenCommand, help=say("cli.template.new.help"), short_help=say("cli.template.new.short"))
@click.argument("kind", type=click.Choice(["okr", "kpi", "okr-kpi"]))
@options.spoken
@click.option("--cycle", help=say("cli.template.new.cycle"))
@click.option("--company", default="", help=say("cli.template.new.company"))
@click.option("--protect", is_flag=True, help=say("cli.template.new.protect"))
@click.option(
    "--output", "-o", required=True, metavar=say("cli.option.file_metavar"), help=say("cli.template.new.output")
)
@options.today
def new(kind: str, cycle: str | None, company: str, protect: bool, output: str, today: date | None) -> int:
    """Make a workbook."""
    target = Path(output)
    if target.suffix.lower() != ".xlsx":
        raise click.UsageError(say("cli.template.new.ending", path=output))
    if target.exists():
        raise click.UsageError(say("cli.template.new.exists", path=output))
    day = today or company_day(None)
    told = cycle or f"Q{(day.month + 2) // 3}/{day.year}"
    chosen = parse_cycle(told, day, 1)
    if chosen is None:
        raise click.UsageError(say("cli.template.new.bad_cycle", value=told))
    words = phrases(spoken_language())
    with placing(target):
        gallery.build(target, kind, words, cycle=chosen, company=company, protect=protect)
    click.echo(say("cli.template.new.written", path=output), err=True)
    return exits.COMPLETE
