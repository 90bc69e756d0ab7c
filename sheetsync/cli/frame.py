"""What stands around every command: its help, in the language of the call, and what is said of a wrong call."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from sheetsync.cli import exits
from sheetsync.cli.speech import say

UNBROKEN = "\u2011"
"""A hyphen at which no line is broken."""


class _Unbroken(click.HelpFormatter):
    """Breaks lines between words alone: the two halves of ``mail-preview`` or ``--add-ids`` name nothing."""

    def write_text(self, text: str) -> None:
        """Write a paragraph."""
        super().write_text(text.replace("-", UNBROKEN))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write names with what they are for."""
        super().write_dl([(name, text.replace("-", UNBROKEN)) for name, text in rows], col_max, col_spacing)

    def getvalue(self) -> str:
        """Give the text, with the hyphens as they were."""
        return super().getvalue().replace(UNBROKEN, "-")


class _Context(click.Context):
    formatter_class = _Unbroken


class _Framed(click.Command):
    """Writes the frame of a help text in the language of the call; click's own words are English."""

    context_class = _Context

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        """Take what click takes."""
        super().__init__(*arguments, **{"options_metavar": say("cli.frame.options_metavar"), **settings})

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line that shows how the command is called."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{say('cli.frame.usage')} ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = (param for param in self.get_params(ctx) if isinstance(param, click.Option))
        records = [record for option in options if (record := _record(option, ctx)) is not None]
        with formatter.section(say("cli.frame.options")):
            formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Give ``--help`` with its text."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say("cli.frame.help")
        return option


class SpokenCommand(_Framed):
    """A command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the call; what is left over at its end is told in the language of the call."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise click.UsageError(say("cli.wrong.extra", given=" ".join(rest)), ctx)
        return rest


class SpokenGroup(_Framed, click.Group):
    """A group of commands."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        """Take what click takes."""
        super().__init__(*arguments, **{"subcommand_metavar": say("cli.frame.subcommand_metavar"), **settings})

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with a line on each."""
        named = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        with formatter.section(say("cli.frame.commands")):
            formatter.write_dl([(name, command.get_short_help_str(90)) for name, command in named if command])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; one that is not there is told with those that are."""
        if self.get_command(ctx, args[0]) is None:
            known = ", ".join(self.list_commands(ctx))
            raise click.UsageError(say("cli.wrong.command", given=args[0], known=known), ctx)
        return super().resolve_command(ctx, args)


def _record(option: click.Option, ctx: click.Context) -> tuple[str, str] | None:
    """Give the names of an option and what it is for; that it is required is said in the language of the call."""
    record = option.get_help_record(ctx)
    if record is None or not option.required:
        return record
    names, text = record
    return names, f"{text.removesuffix('[required]')}[{say('cli.frame.required')}]"


def show_help(ctx: click.Context) -> int:
    """Show the help of a group that was called without a command: a mistake in the call."""
    click.echo(ctx.get_help(), err=True)
    return exits.USAGE


def told(wrong: click.ClickException) -> str:
    """Give what is wrong with a call, and how to see what is right."""
    ctx = wrong.ctx if isinstance(wrong, click.UsageError) else None
    path = ctx.command_path if ctx is not None else "sheetsync"
    return f"{_sentence(wrong)}\n{say('cli.wrong.more', command=f'{path} --help')}"


def _sentence(wrong: click.ClickException) -> str:
    if isinstance(wrong, click.NoSuchOption):
        near = ", ".join(wrong.possibilities or ())
        return say("cli.wrong.option_near" if near else "cli.wrong.option", given=wrong.option_name, near=near)
    if isinstance(wrong, click.BadOptionUsage):
        return say("cli.wrong.option_use", name=wrong.option_name)
    if isinstance(wrong, click.MissingParameter):
        return say("cli.wrong.missing", name=_name(wrong))
    if isinstance(wrong, click.BadParameter) and wrong.param and isinstance(wrong.param.type, click.Choice):
        return say("cli.wrong.choice", name=_name(wrong), known=", ".join(map(str, wrong.param.type.choices)))
    if isinstance(wrong, click.BadParameter) and wrong.param:
        return f"{_name(wrong)}: {wrong.message}"
    return wrong.format_message()


def _name(wrong: click.BadParameter) -> str:
    """Give an option by its longest name, an argument by the word that stands for it in the help."""
    if wrong.param is None:
        return ""
    if isinstance(wrong.param, click.Option):
        return max(wrong.param.opts, key=len)
    return wrong.param.human_readable_name
