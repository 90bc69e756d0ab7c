"""``sheetsync check``: read and score, and say what is wrong in the workbooks; nothing is written."""

from __future__ import annotations

import csv
import sys
from datetime import date

import click

from sheetsync.cli import exits, options
from sheetsync.cli.findings import findings_text
from sheetsync.cli.forms import evaluation_form, to_text
from sheetsync.cli.frame import SpokenCommand
from sheetsync.cli.links import cell_link
from sheetsync.cli.screen import coloured, flowed, verdict_text
from sheetsync.cli.speech import phrases, say, spoken_language
from sheetsync.cli.wiring import Evaluated, evaluations
from sheetsync.rules import message
from sheetsync.sync import Evaluation

_RANK = {"error": 0, "warning": 1, "hint": 2}


@click.command(cls=SpokenCommand, help=say("cli.check.help"), short_help=say("cli.check.short"))
@options.workbooks
@options.as_json
@options.no_history
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", help=say("cli.check.format")
)
@click.option("--explain", "explained", is_flag=True, help=say("cli.explained.option"))
@click.option("--tree", "trees", is_flag=True, help=say("cli.check.tree"))
@click.option("--fail-on", type=click.Choice(["error", "warning", "hint", "never"]), help=say("cli.check.fail_on"))
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    only: tuple[str, ...],
    config: str | None,
    today: date | None,
    as_json: bool,
    no_history: bool,
    form: str,
    explained: bool,
    trees: bool,
    fail_on: str | None,
) -> int:
    """Check workbooks."""
    if trees and form == "csv":
        raise click.UsageError(say("cli.check.tree_csv"))
    found = list(evaluations(ctx, paths, only, config, today, remember=not no_history))
    if as_json or form == "json":
        _print_json(found, trees=trees)
    elif form == "csv":
        _print_csv(found)
    else:
        for one in found:
            _print_text(one, explained=explained)
        if trees:
            _print_trees(found)
    return exits.worst(_code(one, fail_on or one.fail_on or "error") for one in found)


def _code(one: Evaluated, fail_on: str) -> int:
    if one.evaluation is None:
        return one.code
    limit = _RANK.get(fail_on, -1)
    failing = any(_RANK[finding.severity.value] <= limit for finding in one.evaluation.findings)
    return exits.FINDINGS if failing else exits.COMPLETE


def _print_trees(found: list[Evaluated]) -> None:
    from sheetsync.cli.tree import print_tree, trees_of

    for number, tree in enumerate(trees_of(one.evaluation for one in found if one.evaluation is not None)):
        if number or any(one.evaluation is not None and one.evaluation.findings for one in found):
            click.echo()
        print_tree(tree)


def _print_json(found: list[Evaluated], *, trees: bool) -> None:
    spoken = phrases(spoken_language())
    documents = [
        {**evaluation_form(one.evaluation, spoken), "history_warnings": list(one.history_warnings)}
        if one.evaluation
        else {"workbook": one.name, "error": one.told}
        for one in found
    ]
    document = {"schema": "sheetsync.check.v1", "workbooks": documents}
    if trees:
        from sheetsync.cli.tree import tree_form, trees_of

        known = [one.evaluation for one in found if one.evaluation is not None]
        document["trees"] = [tree_form(tree, known) for tree in trees_of(known)]
    click.echo(to_text(document))


def _print_csv(found: list[Evaluated]) -> None:
    spoken = phrases(spoken_language())
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["workbook", "severity", "code", "cell", "item", "message", "link"])
    for one in found:
        if one.evaluation is None:
            continue
        for finding in one.evaluation.findings:
            told = (finding.severity.value, finding.code, str(finding.cell or ""), finding.item or "")
            link = cell_link(one.evaluation.links, finding.cell) or ""
            writer.writerow([harmless(text) for text in (one.name, *told, message(finding, spoken), link)])


def harmless(text: str) -> str:
    """Keep a spreadsheet that opens the CSV from running a text of the sheet as a formula: an apostrophe goes first."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _print_text(one: Evaluated, *, explained: bool) -> None:
    if one.evaluation is None:
        return
    if explained:
        _explain(one.evaluation, one.shown)
        return
    text = findings_text(one.evaluation, phrases(spoken_language()))
    if text:
        click.echo(text, color=coloured())
    if sys.stdout.isatty():
        if one.evaluation.scorecard.servings:
            from sheetsync.cli.goals_and_kpis import print_goals_and_kpis

            print_goals_and_kpis(one.evaluation)
        click.echo(_verdict(one.evaluation, one.shown))


def _explain(evaluation: Evaluation, name: str) -> None:
    from sheetsync.cli.manual import explained_lines, quality_lines, show
    from sheetsync.quality import grades

    spoken = phrases(spoken_language())
    show([_verdict(evaluation, name), ""])
    show(explained_lines(evaluation, spoken))
    graded = grades(evaluation.goals, evaluation.scorecard, evaluation.findings, evaluation.today)
    show(quality_lines(evaluation.goals, graded, spoken))


def _verdict(evaluation: Evaluation, name: str) -> str:
    return flowed(verdict_text(evaluation, name))
