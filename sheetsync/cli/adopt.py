"""``sheetsync adopt``: understand a workbook that somebody made on their own, and write down how it is to be read."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheetsync.cli import exits, options
from sheetsync.cli.frame import SpokenCommand
from sheetsync.cli.shipped import vocabulary
from sheetsync.cli.speech import phrases, say
from sheetsync.cli.wiring import Selected, configuration, select
from sheetsync.config.shape import Config
from sheetsync.mapping import TableMapping
from sheetsync.reading import parse_cycle
from sheetsync.reading.adopted.proposal import proposed
from sheetsync.reading.understanding import Understanding, understand
from sheetsync.record import NamedTuple
from sheetsync.sync import Evaluation, Job, evaluate
from sheetsync.workbook import Workbook

if TYPE_CHECKING:
    from sheetsync.cli.adopt_writing import Target
    from sheetsync.writeback.new_ids import IdPlan


class Manner(NamedTuple):
    """How a call is to go: what is printed, whether somebody can be asked, and whether that is not wanted."""

    as_json: bool
    asks: bool
    yes: bool


class Call(NamedTuple):
    """One call: the workbook as it was named, the configuration's path and day as they were told, and its manner."""

    path: str
    config: str | None
    today: date | None
    manner: Manner
    to: str | None = None
    """The new workbook that is to be made, in the place of writing the configuration."""
    add_ids: bool = False
    """Whether rows without an id are to get one, in the workbook itself."""


@click.command(cls=SpokenCommand, help=say("cli.adopt.help"), short_help=say("cli.adopt.short"))
@click.argument("path", metavar=say("cli.option.path_metavar"))
@options.config
@options.today
@options.as_json
@click.option("--yes", "-y", is_flag=True, help=say("cli.adopt.yes"))
@click.option("--no-input", is_flag=True, help=say("cli.option.no_input"))
@click.option("--to", metavar=say("cli.option.file_metavar"), help=say("cli.adopt.to"))
@click.option("--force", is_flag=True, help=say("cli.adopt.force"))
@click.option("--add-ids", is_flag=True, help=say("cli.adopt.add_ids"))
@click.pass_context
def command(
    ctx: click.Context,
    path: str,
    config: str | None,
    today: date | None,
    as_json: bool,
    yes: bool,
    no_input: bool,
    to: str | None,
    force: bool,
    add_ids: bool,
) -> int:
    """Understand one workbook, and write down what was understood, or make a new one of it."""
    if to is not None:
        from sheetsync.cli.adopt_convert import refuse_target

        refuse_target(to, path, force=force)
        if add_ids:
            raise click.UsageError(say("cli.adopt.ids_to"))
    silent = as_json or yes or no_input or ctx.obj["no_input"]
    manner = Manner(as_json, asks=sys.stdin.isatty() and sys.stderr.isatty() and not silent, yes=yes)
    call = Call(path, config or ctx.obj["config"], today, manner, to, add_ids)
    chosen = select(ctx, (path,), (), config, today, thorough=True, writing=add_ids)[0]
    workbook = chosen.errand.open_backend().read()
    understood = understand(workbook, vocabulary())
    if not understood.goals:
        from sheetsync.cli.adopt_nothing import nothing_found

        _show(understood, None, call)
        click.echo(nothing_found(workbook, understood), err=True)
        return exits.FINDINGS
    return _adopt(workbook, chosen, understood, call)


def _adopt(workbook: Workbook, chosen: Selected, understood: Understanding, call: Call) -> int:
    """Settle what is doubtful, show what comes of it, and write it down where that is wanted."""
    from sheetsync.cli.adopt_asking import ask_meanings, named
    from sheetsync.cli.adopt_doubts import questions, settled
    from sheetsync.cli.adopt_result import has_errors, print_result
    from sheetsync.cli.adopt_writing import target_of

    asked = questions(understood, vocabulary())
    sure = settled(understood, asked, {})
    if not call.manner.as_json:
        _print(sure)
    answers = ask_meanings(understood, asked) if call.manner.asks else {}
    final = settled(understood, asked, answers)
    tables = proposed(final)
    if not tables:
        return _nameless(final, [named(understood.tables[one.table], one) for one in asked], call)
    target = target_of(chosen, call.path, _configuration(call), workbook)
    evaluation, target = _evaluated(workbook, chosen.errand.job._replace(tables=tables), target, call)
    ids = _ids(workbook, evaluation, call)
    if call.manner.as_json:
        _show(final, evaluation, call, ids)
    else:
        print_result(evaluation)
    unasked = () if call.manner.asks else asked  # what a person has left alone is decided
    left = [named(understood.tables[one.table], one) for one in unasked]
    if left:
        click.echo(say("adopt.write.doubts", columns="; ".join(left)), err=True)
    code = exits.FINDINGS if left or has_errors(evaluation) else exits.COMPLETE
    if call.to is not None:
        from sheetsync.cli.adopt_convert import convert

        return exits.worst([code, convert(workbook, evaluation, chosen.errand.job, call.to)])
    code = exits.worst([code, _write(chosen, call, target, tables, evaluation)])
    _tell_language(workbook, evaluation, chosen, target)
    if workbook.unwritable:
        from sheetsync.cli.adopt_convert import tell_unwritable

        tell_unwritable(workbook)
    if ids is not None:
        from sheetsync.cli.adopt_ids import give_ids

        code = exits.worst([code, give_ids(ids, workbook, chosen, *call.manner)])
    return code


def _nameless(final: Understanding, left: Sequence[str], call: Call) -> int:
    """Say that nothing can be written, since the columns that would name the goals were left alone."""
    if call.manner.as_json:
        _show(final, None, call)
    click.echo(say("adopt.write.nameless", columns="; ".join(left)), err=True)
    return exits.FINDINGS


def _ids(workbook: Workbook, evaluation: Evaluation, call: Call) -> IdPlan | None:
    if not call.add_ids:
        return None
    from sheetsync.cli.adopt_ids import planned

    return planned(workbook, evaluation)


def _print(understood: Understanding) -> None:
    from sheetsync.cli.adopt_screen import print_understanding

    print_understanding(understood)


def _show(understood: Understanding, evaluation: Evaluation | None, call: Call, ids: IdPlan | None = None) -> None:
    """Print what was understood as one document, or as tables."""
    if not call.manner.as_json:
        _print(understood)
        return
    from sheetsync.cli.adopt_form import understanding_form
    from sheetsync.cli.adopt_result import result_form
    from sheetsync.cli.forms import to_text

    given = {}
    if ids is not None:
        from sheetsync.cli.adopt_ids import ids_form

        given = {"ids": ids_form(ids)}
    click.echo(to_text({**understanding_form(understood), **result_form(evaluation), **given}))


def _evaluated(workbook: Workbook, job: Job, target: Target, call: Call) -> tuple[Evaluation, Target]:
    """Score the workbook by the mapping; where nothing says its cycle it is asked for, to be written down as well."""
    evaluation = evaluate(workbook, job)
    paced = evaluation.goals.objectives or evaluation.goals.key_results
    if evaluation.goals.cycle is not None or not (paced and target.place and call.manner.asks):
        return evaluation, target
    from sheetsync.cli.init import asked_cycle

    click.echo(err=True)
    told = asked_cycle(job.today)
    if told is None:
        return evaluation, target
    cycle = parse_cycle(told, job.today, job.fiscal_start)
    return evaluate(workbook, job._replace(cycle=cycle)), target._replace(place={**target.place, "cycle": told})


def _configuration(call: Call) -> Config | None:
    return configuration(Path(call.config) if call.config else None, required=False, today=call.today)


def _write(chosen: Selected, call: Call, target: Target, tables: Sequence[TableMapping], evaluation: Evaluation) -> int:
    """Write the mapping down once somebody agrees; what the configuration says already is not written again.

    Gives the exit code: where nobody could be asked nobody has decided, and the job is not done.
    """
    from sheetsync.cli.adopt_asking import ask_writing
    from sheetsync.cli.adopt_writing import is_written, write_mapping

    if is_written(chosen.config.tables, tables):
        click.echo(say("adopt.write.same", path=target.shown), err=True)
    elif call.manner.yes or (call.manner.asks and ask_writing(target.shown, len(chosen.config.tables))):
        write_mapping(target, tables, evaluation.phrases.language)
        click.echo(say("cli.init.written", path=target.shown), err=True)
    else:
        told = "adopt.write.not_written" if call.manner.asks else "adopt.write.not_asked"
        click.echo(say(told, path=target.shown), err=True)
        return exits.COMPLETE if call.manner.asks else exits.FINDINGS
    return exits.COMPLETE


def _tell_language(workbook: Workbook, evaluation: Evaluation, chosen: Selected, target: Target) -> None:
    """Say where what holds for all workbooks gives one that is new among them another language than its own."""
    from sheetsync.choosing import language_of

    told = chosen.config.language
    if told is None or not target.place or target.new:
        return
    own = language_of(workbook, evaluation.goals, chosen.errand.job._replace(language=None))
    if own != told:
        names = {"language": phrases(told).text("name"), "own": phrases(own).text("name")}
        line = say("adopt.write.language", name=target.name, path=target.shown, told=told, code=own, **names)
        click.echo(line, err=True)
