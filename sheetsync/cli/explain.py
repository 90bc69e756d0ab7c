"""``sheetsync explain``: how one number came about, with the formula, the cells and the profile."""

from __future__ import annotations

from datetime import date

import click

from sheetsync.cli import exits, options
from sheetsync.cli.forms import explanation_form, to_text
from sheetsync.cli.frame import SpokenCommand
from sheetsync.cli.links import addresses, linked
from sheetsync.cli.speech import phrases, say, spoken_language
from sheetsync.cli.wiring import company_day, evaluations
from sheetsync.scoring import Explanation, explain, explain_lines
from sheetsync.sync import Evaluation


@click.command(cls=SpokenCommand, help=say("cli.explain.help"), short_help=say("cli.explain.short"))
@click.argument("item", metavar="ID")
@options.workbooks
@options.as_json
@click.pass_context
def command(
    ctx: click.Context,
    item: str,
    paths: tuple[str, ...],
    only: tuple[str, ...],
    config: str | None,
    today: date | None,
    as_json: bool,
) -> int:
    """Explain one score."""
    found = list(evaluations(ctx, paths, only, config, today))
    known = [one.evaluation for one in found if one.evaluation is not None]
    told = [(one, _explained(one, item, today or company_day(None))) for one in known]
    told = [(one, explanation) for one, explanation in told if explanation is not None]
    if as_json:
        forms = [explanation_form(one, explanation) for one, explanation in told if explanation]
        click.echo(to_text({"schema": "sheetsync.explain.v1", "explanations": forms}))
    else:
        for one, explanation in told:
            if explanation is not None:
                _print(one, explanation, several=len(told) > 1)
    codes = [one.code for one in found]
    if not told and known:
        click.echo(_unknown(item, known), err=True)
        codes.append(exits.USAGE)
    return exits.worst(codes)


def _explained(evaluation: Evaluation, item: str, today: date) -> Explanation | None:
    wanted = item.strip().casefold()
    for key in evaluation.scorecard.scores:
        if key.casefold() == wanted:
            return explain(
                evaluation.goals, evaluation.scorecard, evaluation.profile, evaluation.kpi_profile, key, today
            )
    return None


def _print(evaluation: Evaluation, explanation: Explanation, *, several: bool) -> None:
    if several:
        click.echo(f"{evaluation.name} ({evaluation.location})")
    cells = [explanation.cell, *(one.cell for one in explanation.inputs), *(one.cell for one in explanation.periods)]
    known = addresses(evaluation.links, cells)
    for line in explain_lines(explanation, phrases(spoken_language())):
        click.echo(linked(line, known))


def _unknown(item: str, known: list[Evaluation]) -> str:
    from difflib import get_close_matches

    keys = [key for evaluation in known for key in evaluation.scorecard.scores]
    near = get_close_matches(item, keys, n=3, cutoff=0.5)
    if near:
        return say("cli.explain.unknown_near", item=item, near=", ".join(near))
    return say("cli.explain.unknown", item=item, known=", ".join(keys[:8]))
