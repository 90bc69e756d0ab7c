"""``sheetsync template``: ready-made workbooks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from sheetsync import gallery
from sheetsync.cli import exits, options
from sheetsync.cli.days import company_day
from sheetsync.cli.files import placing
from sheetsync.cli.frame import SpokenCommand, SpokenGroup, show_help
from sheetsync.cli.screen import flowed
from sheetsync.cli.speech import phrases, say, spoken_language
from sheetsync.cli.template_check import command as check
from sheetsync.cli.template_pack import command as pack
from sheetsync.errors import ConfigError
from sheetsync.model import Cycle
from sheetsync.reading import parse_cycle
from sheetsync.record import NamedTuple


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
    """Hold the commands; called alone it shows them."""
    return exits.COMPLETE if ctx.invoked_subcommand else show_help(ctx)


command.add_command(pack)
command.add_command(check)


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
@click.argument("kind", type=click.Choice(["okr", "kpi", "okr-kpi"]), metavar=say("cli.template.new.kind_metavar"))
@options.spoken
@click.option("--cycle", metavar=say("cli.option.cycle_metavar"), help=say("cli.template.new.cycle"))
@click.option("--company", default="", metavar=say("cli.option.name_metavar"), help=say("cli.template.new.company"))
@click.option("--protect", is_flag=True, help=say("cli.template.new.protect"))
@click.option("--sections", is_flag=True, help=say("cli.template.new.sections"))
@click.option("--output", "-o", metavar=say("cli.option.file_metavar"), help=say("cli.template.new.output"))
@click.option(
    "--google", "address", metavar=say("cli.template.new.google_metavar"), help=say("cli.template.new.google")
)
@options.today
@click.pass_context
def new(
    ctx: click.Context,
    kind: str,
    cycle: str | None,
    company: str,
    protect: bool,
    sections: bool,
    output: str | None,
    address: str | None,
    today: date | None,
) -> int:
    """Make a workbook, as a file or in a Google spreadsheet."""
    if (output is None) == (address is None):
        raise click.UsageError(say("cli.template.new.one_place"))
    if output is not None:
        _must_be_new(output)
    if sections and kind == "okr":
        raise click.UsageError(say("cli.template.new.sections_of_kpis"))
    wanted = Wanted(kind, _cycle(cycle, today or company_day(None)), company, protect, sections)
    if output is not None:
        _write(wanted, output)
    if address is not None:
        _build(ctx, wanted, address, today)
    return exits.COMPLETE


class Wanted(NamedTuple):
    """The template that was asked for."""

    kind: str
    cycle: Cycle
    company: str
    protect: bool
    sections: bool


def _must_be_new(output: str) -> None:
    target = Path(output)
    if target.suffix.lower() != ".xlsx":
        raise click.UsageError(say("cli.template.new.ending", path=output))
    if target.exists():
        raise click.UsageError(say("cli.template.new.exists", path=output))


def _cycle(cycle: str | None, day: date) -> Cycle:
    """Read the cycle that was told, else take the quarter of the day."""
    told = cycle or f"Q{(day.month + 2) // 3}/{day.year}"
    chosen = parse_cycle(told, day, 1)
    if chosen is None:
        raise click.UsageError(say("cli.template.new.bad_cycle", value=told))
    return chosen


def _write(wanted: Wanted, output: str) -> None:
    kind, cycle, company, protect, sections = wanted
    target, words = Path(output), phrases(spoken_language())
    with placing(target):
        gallery.build(target, kind, words, cycle=cycle, company=company, protect=protect, sections=sections)
    click.echo(say("cli.template.new.written", path=output), err=True)


def _build(ctx: click.Context, wanted: Wanted, address: str, today: date | None) -> None:
    """Build the template into a spreadsheet, and print its link with what comes next."""
    from sheetsync.backends.google.address import sheet_link, spreadsheet_id
    from sheetsync.cli.connecting import google_connection, known_as
    from sheetsync.cli.google_template import build
    from sheetsync.gallery.content import template_content

    spreadsheet = spreadsheet_id(address.removeprefix("gs:"))
    if spreadsheet is None:
        raise ConfigError("no_spreadsheet", path=address)
    words = phrases(spoken_language())
    content = template_content(words, wanted.cycle, wanted.company, sections=wanted.sections)
    with google_connection(ctx, spreadsheet, today) as client:
        build(client, spreadsheet, wanted.kind, words, content, protect=wanted.protect)
    link = sheet_link(spreadsheet)
    click.echo(say("cli.template.new.built", path=link), err=True)
    name = known_as(ctx, spreadsheet, today)
    key = "cli.template.new.built_next" if name is None else "cli.template.new.built_known"
    click.echo(say(key, path=link, name=name), err=True)
