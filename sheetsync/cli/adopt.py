"""``sheetsync adopt``: what is understood of a workbook that somebody made on their own; nothing is written."""

from __future__ import annotations

from datetime import date

import click

from sheetsync.cli import exits, options
from sheetsync.cli.frame import SpokenCommand
from sheetsync.cli.speech import say
from sheetsync.cli.wiring import select, vocabulary
from sheetsync.reading.understanding import Understanding, understand
from sheetsync.workbook import Workbook


@click.command(cls=SpokenCommand, help=say("cli.adopt.help"), short_help=say("cli.adopt.short"))
@click.argument("path", metavar=say("cli.option.path_metavar"))
@options.config
@options.today
@options.as_json
@click.pass_context
def command(ctx: click.Context, path: str, config: str | None, today: date | None, as_json: bool) -> int:
    """Show what is understood of one workbook."""
    chosen = select(ctx, (path,), (), config, today, thorough=True)[0]
    workbook = chosen.errand.open_backend().read()
    understood = understand(workbook, vocabulary())
    if as_json:
        from sheetsync.cli.adopt_form import understanding_form
        from sheetsync.cli.forms import to_text

        click.echo(to_text(understanding_form(understood)))
    else:
        from sheetsync.cli.adopt_screen import print_understanding

        print_understanding(understood)
    if understood.goals:
        return exits.COMPLETE
    click.echo(_nothing(workbook, understood), err=True)
    return exits.FINDINGS


def _nothing(workbook: Workbook, understood: Understanding) -> str:
    """Say that there is no table of goals, and which row came nearest to being its header."""
    near = understood.nearest
    if near is None:
        return say("adopt.none_at_all", name=workbook.name)
    concepts = ", ".join(say(f"adopt.concept.{concept}") for concept in near.concepts) or "–"
    because = say(f"adopt.lack.{near.reason.key}")
    return say("adopt.none", name=workbook.name, sheet=near.sheet, row=near.row, concepts=concepts, because=because)
