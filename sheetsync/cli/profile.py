"""``sheetsync profile``: which scoring profiles there are, what one decides, and what two make of the same workbook."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from shutil import get_terminal_size
from textwrap import fill
from typing import Any

import click

from sheetsync.cli import exits, options
from sheetsync.cli.forms import to_text
from sheetsync.cli.frame import SpokenCommand, SpokenGroup, show_help
from sheetsync.cli.screen import flowed
from sheetsync.cli.shipped import known_profiles, own_names, profiles_with
from sheetsync.cli.speech import phrases, say, spoken_language
from sheetsync.cli.wiring import configuration, evaluations
from sheetsync.config.find import find_config
from sheetsync.record import NamedTuple
from sheetsync.scoring import Profile
from sheetsync.scoring.comparing.lines import profile_lines


class Shelf(NamedTuple):
    """The profiles that a call may name: those of the program, and the ``own`` ones of the configuration."""

    own: Mapping[str, Mapping[str, Any]]

    @property
    def names(self) -> tuple[str, ...]:
        """Every full name, those of the program first."""
        return (*(name for name in known_profiles() if "@" in name), *own_names(self.own)[len(self.own) :])

    def find(self, name: str) -> Profile:
        """Give a profile by its name, with or without a version; UsageError with those near it where there is none."""
        try:
            return profiles_with(self.own)(name.strip())
        except KeyError:
            from difflib import get_close_matches

            known = (*self.names, *known_profiles(), *self.own)
            near = get_close_matches(name, dict.fromkeys(known), n=3, cutoff=0.4) or ["default@1"]
            raise click.UsageError(say("cli.profile.unknown", name=name, near=", ".join(near))) from None

    def about(self, profile: Profile) -> str:
        """Give the line on a profile."""
        return say("cli.profile.own") if profile.name in self.own else say(f"profile.about.{profile.name}")

    def source(self, profile: Profile) -> str:
        """Say where a profile's numbers come from."""
        return say("profile.source.own" if profile.name in self.own else f"profile.source.{profile.name}")


def shelf(ctx: click.Context, config: str | None) -> Shelf:
    """Read the configuration, where there is one, for the profiles that it adds."""
    wanted = config or (ctx.obj or {}).get("config")
    flag = Path(wanted) if wanted else None
    if find_config(flag, os.environ, Path.cwd()) is None:
        return Shelf({})
    found = configuration(flag, required=False, today=None)
    if found is None:
        return Shelf({})
    own = dict(found.defaults.get("profiles", {}))
    for workbook in found.workbooks.values():
        own.update(workbook.profiles)
    return Shelf(own)


@click.group(
    "profile",
    cls=SpokenGroup,
    invoke_without_command=True,
    help=say("cli.profile.help"),
    short_help=say("cli.profile.short"),
)
@options.spoken
@click.pass_context
def command(ctx: click.Context) -> int:
    """Hold the commands; called alone it shows them."""
    return exits.COMPLETE if ctx.invoked_subcommand else show_help(ctx)


@command.command("list", cls=SpokenCommand, help=say("cli.profile.list.help"), short_help=say("cli.profile.list.short"))
@options.config
@options.as_json
@click.pass_context
def list_profiles(ctx: click.Context, config: str | None, as_json: bool) -> int:
    """Name every profile."""
    known = shelf(ctx, config)
    found = [known.find(name) for name in known.names]
    if as_json:
        told = [_form(profile, known) for profile in found]
        click.echo(to_text({"schema": "sheetsync.profiles.v1", "profiles": told}))
        return exits.COMPLETE
    width = max(len(profile.full_name) for profile in found)
    for profile in found:
        click.echo(_columns(profile.full_name, width, known.about(profile)))
    return exits.COMPLETE


def _form(profile: Profile, known: Shelf) -> dict[str, Any]:
    return {
        "profile": profile.full_name,
        "name": profile.name,
        "version": profile.version,
        "own": profile.name in known.own,
        "about": known.about(profile),
        "source": known.source(profile),
    }


@command.command("show", cls=SpokenCommand, help=say("cli.profile.show.help"), short_help=say("cli.profile.show.short"))
@click.argument("name", metavar=say("cli.option.name_metavar"))
@options.config
@options.as_json
@click.pass_context
def show_profile(ctx: click.Context, name: str, config: str | None, as_json: bool) -> int:
    """Tell all that a profile decides."""
    known = shelf(ctx, config)
    profile = known.find(name)
    lines = profile_lines(profile, phrases(spoken_language()))
    if as_json:
        choices = [{"aspect": aspect, "name": called, "choice": words} for aspect, called, words in lines]
        click.echo(to_text({"schema": "sheetsync.profile.v1", **_form(profile, known), "choices": choices}))
        return exits.COMPLETE
    click.echo(profile.full_name)
    click.echo(flowed(f"    {known.about(profile)}"))
    click.echo(flowed(f"    {say('cli.profile.source', source=known.source(profile))}"))
    width = max(len(called) for _, called, _ in lines)
    for _, called, words in lines:
        click.echo(_columns(called, width, words))
    return exits.COMPLETE


def _columns(name: str, width: int, words: str) -> str:
    """Put words beside a name of at most so many letters; at a terminal they stay in their column."""
    line = f"{name:<{width}}  {words}"
    if not sys.stdout.isatty():
        return line
    columns = max(get_terminal_size().columns, width + 30)
    return fill(line, columns, subsequent_indent=" " * (width + 2), break_long_words=False, break_on_hyphens=False)


@command.command(
    "compare", cls=SpokenCommand, help=say("cli.profile.compare.help"), short_help=say("cli.profile.compare.short")
)
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@options.workbooks
@options.as_json
@click.pass_context
def compare_profiles(
    ctx: click.Context,
    first: str,
    second: str,
    paths: tuple[str, ...],
    only: tuple[str, ...],
    config: str | None,
    today: date | None,
    as_json: bool,
) -> int:
    """Score workbooks by two profiles, and say why they differ."""
    from sheetsync.cli.profile_screen import comparison_form, comparison_lines
    from sheetsync.scoring.comparing.comparison import compare

    known = shelf(ctx, config)
    one, other = known.find(first), known.find(second)
    found = list(evaluations(ctx, paths, only, config, today))
    told = [
        (reading.evaluation, compare(reading.evaluation.goals, one, other, reading.evaluation.today))
        for reading in found
        if reading.evaluation is not None
    ]
    if as_json:
        forms = [comparison_form(evaluation, comparison) for evaluation, comparison in told]
        click.echo(to_text({"schema": "sheetsync.profile_comparison.v1", "workbooks": forms}))
    else:
        for evaluation, comparison in told:
            for line in comparison_lines(evaluation, comparison):
                click.echo(line)
    return exits.worst([reading.code for reading in found])
