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
from sheetsync.reading.calling import Item, called
from sheetsync.rules.facts import title_place
from sheetsync.scoring import Explanation, explain, explain_lines
from sheetsync.sync import Evaluation

SHOWN = 12
"""Items that are named where a text may mean any of them; the others are counted."""


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
    meant = [(one, _meant(one, item)) for one in known]
    day = today or company_day(None)
    told = [(one, _explained(one, items[0].key, day)) for one, items in meant if len(items) == 1]
    if as_json:
        forms = [explanation_form(one, explanation, phrases(spoken_language())) for one, explanation in told]
        click.echo(to_text({"schema": "sheetsync.explain.v1", "explanations": forms}))
    else:
        for one, explanation in told:
            _print(one, explanation, several=len(told) > 1)
    codes = [one.code for one in found]
    for evaluation, items in meant:
        if len(items) > 1:
            click.echo(_ambiguous(item, evaluation, items), err=True)
            codes.append(exits.USAGE)
    if known and not any(items for _, items in meant):
        click.echo(_unknown(item, known), err=True)
        codes.append(exits.USAGE)
    return exits.worst(codes)


def _meant(evaluation: Evaluation, text: str) -> list[Item]:
    """Give the items of a workbook that a text may mean."""
    return [item for item in called(evaluation.goals, text) if item.key in evaluation.scorecard.scores]


def _explained(evaluation: Evaluation, key: str, today: date) -> Explanation:
    return explain(evaluation.goals, evaluation.scorecard, evaluation.profile, evaluation.kpi_profile, key, today)


def _print(evaluation: Evaluation, explanation: Explanation, *, several: bool) -> None:
    if several:
        click.echo(f"{evaluation.name} ({evaluation.location})")
    cells = [explanation.cell, *(one.cell for one in explanation.inputs), *(one.cell for one in explanation.periods)]
    known = addresses(evaluation.links, cells)
    for line in explain_lines(explanation, phrases(spoken_language())):
        click.echo(linked(line, known))
    if any(item.key == explanation.key for item in evaluation.goals.objectives):
        from sheetsync.cli.manual import objective_quality_lines, show

        show(objective_quality_lines(evaluation, explanation.key, phrases(spoken_language())))


def _ambiguous(text: str, evaluation: Evaluation, items: list[Item]) -> str:
    """Name the items that a text may mean, each with its key and its cell."""
    listed = [say("cli.explain.one_of", item=one.key, cell=str(title_place(one)), title=_title(one)) for one in items]
    more = [say("cli.explain.more", count=len(listed) - SHOWN)] if len(listed) > SHOWN else []
    head = say("cli.explain.ambiguous", item=text, name=evaluation.name)
    return "\n".join([head, *listed[:SHOWN], *more])


def _title(item: Item) -> str:
    return " ".join((item.title.value or "").split())


def _unknown(item: str, known: list[Evaluation]) -> str:
    from difflib import get_close_matches

    keys = [key for evaluation in known for key in evaluation.scorecard.scores]
    near = get_close_matches(item.strip(), keys, n=3, cutoff=0.5)
    if near:
        return say("cli.explain.unknown_near", item=item, near=", ".join(near))
    return say("cli.explain.unknown", item=item, known=", ".join(keys[:8]))
