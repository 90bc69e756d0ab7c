"""``sheetsync init``: write the first configuration for a workbook."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from sheetsync.cli import exits, options
from sheetsync.cli.files import placing
from sheetsync.cli.frame import SpokenCommand
from sheetsync.cli.speech import phrases, say, spoken_language
from sheetsync.cli.wiring import address_of, errand, must_exist, workbook_at
from sheetsync.config.starter import Answers, render_config, toml_text, workbook_name
from sheetsync.home import CONFIG_NAME, expanded
from sheetsync.model import Goals
from sheetsync.reading import parse_cycle
from sheetsync.scoring.kpis.joined import joined
from sheetsync.sync import Evaluation, evaluate
from sheetsync.text_file import put_text


@click.command(cls=SpokenCommand, help=say("cli.init.help"), short_help=say("cli.init.short"))
@click.argument("workbook", metavar=say("cli.option.path_metavar"))
@click.option(
    "--output", "-o", metavar=say("cli.option.file_metavar"), default=CONFIG_NAME, help=say("cli.init.output")
)
@click.option("--force", is_flag=True, help=say("cli.init.force"))
@click.option("--no-input", is_flag=True, help=say("cli.option.no_input"))
@options.spoken
@options.today
@click.pass_context
def command(ctx: click.Context, workbook: str, output: str, force: bool, no_input: bool, today: date | None) -> int:
    """Write a configuration."""
    target = Path(output)
    if address_of(workbook) is None and target.resolve() == expanded(workbook).resolve():
        raise click.UsageError(say("cli.init.same", path=output))
    if target.exists() and not force:
        click.echo(say("cli.init.exists", path=output, lines=_addition(workbook, target)), err=True)
        return exits.USAGE
    if address_of(workbook) is None:
        must_exist([workbook])
    one = errand(workbook_at(workbook, None), today)
    evaluation = evaluate(one.open_backend().read(), one.job)
    click.echo(_seen(evaluation, workbook), err=True)
    asks = sys.stdin.isatty() and not no_input and not ctx.obj["no_input"]
    answers = _answers(evaluation, _place(evaluation, workbook, target), one.job.today, asks=asks)
    write_config(target, answers)
    click.echo(say(f"cli.init.{_next(evaluation.goals, target)}", path=output, workbook=workbook), err=True)
    return exits.COMPLETE


def _next(goals: Goals, target: Path) -> str:
    """Say which message tells what comes next: a workbook may be empty yet, or in a form that ``adopt`` reads."""
    if goals.objectives or goals.key_results or goals.kpis:
        return "written" if target.resolve() == Path(CONFIG_NAME).resolve() else "written_elsewhere"
    ready = any(table.kind in {"okr", "kpi"} and {"id", "target"} <= table.columns.keys() for table in goals.tables)
    return "fill_in_next" if ready else "adopt_next"


def _addition(workbook: str, target: Path) -> str:
    """Give the lines by which a configuration that is there gets one workbook more."""
    if address_of(workbook) is None:
        path = Path(workbook)
        return f"    [workbook.{workbook_name(path.stem)}]\n    path = {toml_text(relative(path, target))}"
    name = say("cli.option.name_metavar")
    return f"    [workbook.{name}]\n    spreadsheet = {toml_text(workbook.removeprefix('gs:'))}"


def write_config(target: Path, answers: Answers) -> None:
    """Put a configuration in place at once."""
    with placing(target):
        put_text(target, render_config(answers, phrases(spoken_language())))


def _seen(evaluation: Evaluation, workbook: str) -> str:
    goals = evaluation.goals
    return say(
        "cli.init.found",
        path=workbook,
        objectives=len(goals.objectives),
        key_results=len(goals.key_results),
        kpis=len(joined(goals.kpis, evaluation.today).kpis),
        cycle=goals.cycle.label if goals.cycle else say("cli.init.no_cycle"),
        language=evaluation.phrases.text("name"),
    )


def _place(evaluation: Evaluation, workbook: str, target: Path) -> Answers:
    """Say where the workbook is, and propose a short name: after its file, or after the title of a spreadsheet."""
    spreadsheet = address_of(workbook)
    if spreadsheet is not None:
        return Answers(name=workbook_name(evaluation.title), spreadsheet=evaluation.location)
    path = Path(workbook)
    return Answers(name=workbook_name(path.stem), path=relative(path, target))


def _answers(evaluation: Evaluation, place: Answers, today: date, *, asks: bool) -> Answers:
    """Take what the workbook says; ask for the rest, or leave it out where nobody can be asked."""
    settings = evaluation.goals.settings
    company = settings.company.value if settings else None
    answers = place._replace(language=evaluation.phrases.language)
    if not asks:
        return answers
    answers = answers._replace(name=click.prompt(say("cli.init.ask_name"), default=answers.name, err=True))
    if company is None:
        told = click.prompt(say("cli.init.ask_company"), default="", show_default=False, err=True)
        answers = answers._replace(company=told or None)
    if evaluation.goals.cycle is None:
        answers = answers._replace(cycle=asked_cycle(today))
    return answers


def asked_cycle(today: date) -> str | None:
    """Ask for the cycle until the answer can be read; None where there is none."""
    while True:
        told: str = click.prompt(say("cli.init.ask_cycle"), default="", show_default=False, err=True)
        if not told or parse_cycle(told, today, 1) is not None:
            return told or None
        click.echo(say("cli.init.bad_cycle", value=told), err=True)


def relative(path: Path, target: Path) -> str:
    """Give the workbook's path as seen from the configuration's folder, so that both can be moved together."""
    folder = target.resolve().parent
    resolved = path.resolve()
    try:
        return resolved.relative_to(folder).as_posix()
    except ValueError:
        return str(resolved)
