"""``sheetsync explain``: how one number came about, with the formula, the cells and the profile."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

import click

from sheetsync.cli import exits, options
from sheetsync.cli.explain_outlook import outlook_of, told_outlook
from sheetsync.cli.forms import explanation_form, portfolio_form, to_text
from sheetsync.cli.frame import SpokenCommand
from sheetsync.cli.links import addresses, linked
from sheetsync.cli.screen import flowed
from sheetsync.cli.speech import phrases, say, spoken_language
from sheetsync.cli.wiring import evaluations
from sheetsync.language import normalise
from sheetsync.model import Item, Objective
from sheetsync.reading.calling import called
from sheetsync.record import NamedTuple
from sheetsync.rules.facts import title_place
from sheetsync.scoring import Explanation, explain, explain_lines
from sheetsync.scoring.owned.lines import portfolio_lines
from sheetsync.scoring.owned.owners import Owner, owners, owners_called
from sheetsync.scoring.owned.portfolio import portfolio
from sheetsync.sync import Evaluation

SHOWN = 12
"""Items that are named where a text may mean any of them; the others are counted."""


@click.command(cls=SpokenCommand, help=say("cli.explain.help"), short_help=say("cli.explain.short"))
@click.argument("item", metavar=say("cli.explain.item_metavar"))
@click.option(
    "--set", "sets", multiple=True, metavar=say("cli.explain.set_metavar"), help=say("cli.explain.set_option")
)
@options.workbooks
@options.as_json
@click.pass_context
def command(
    ctx: click.Context,
    item: str,
    sets: tuple[str, ...],
    paths: tuple[str, ...],
    only: tuple[str, ...],
    config: str | None,
    today: date | None,
    as_json: bool,
) -> int:
    """Explain one score."""
    found = list(evaluations(ctx, paths, only, config, today))
    known = [one.evaluation for one in found if one.evaluation is not None]
    meant = [_meant(one, text) for one in known if (text := _asked_of(one, item)) is not None]
    told = [one for one in meant if one.clear]
    if sets and any(one.owners for one in told):
        raise click.UsageError(say("cli.explain.set_kind", item=item))
    if as_json:
        forms = [_form(one, sets, known) for one in told]
        click.echo(to_text({"schema": "sheetsync.explain.v1", "explanations": forms}))
    else:
        for one in told:
            _print(one, sets, known if len(known) > 1 else [one.evaluation], several=len(told) > 1)
    codes = [one.code for one in found]
    for one in meant:
        if one.choices > 1:
            click.echo(_ambiguous(item, one), err=True)
            codes.append(exits.USAGE)
    if known and not any(one.choices for one in meant):
        click.echo(_unknown(item, [one.evaluation for one in meant] or known), err=True)
        codes.append(exits.USAGE)
    return exits.worst(codes)


class Meant(NamedTuple):
    """What a text means in one workbook: items, or people and teams; one of either where it is clear."""

    evaluation: Evaluation
    items: tuple[Item, ...] = ()
    owners: tuple[Owner, ...] = ()

    @property
    def choices(self) -> int:
        """How many things it may mean."""
        return len(self.items) + len(self.owners)

    @property
    def clear(self) -> bool:
        """Whether it means exactly one."""
        return self.choices == 1


def _asked_of(evaluation: Evaluation, text: str) -> str | None:
    """Give what is asked of one workbook; None where the name of another one stands before the id."""
    if ":" not in text:
        return text
    from sheetsync.cli.tree import without_prefix

    return without_prefix(evaluation, text)


def _meant(evaluation: Evaluation, text: str) -> Meant:
    """Give what a text may mean; where no one row is meant, the KPI that has several of them, if it is that."""
    found = _meant_in(evaluation, text)
    if not found.clear and any(item.period.value for item in evaluation.goals.kpis):
        from sheetsync.cli.explain_wholes import of_wholes

        wholes = of_wholes(evaluation)
        whole = _meant_in(wholes, text) if wholes is not None else found
        return whole if whole.clear else found
    return found


def _meant_in(evaluation: Evaluation, text: str) -> Meant:
    """Give what a text may mean: a key, cell or title first, then somebody's name, then the beginning of a key."""
    items = [item for item in called(evaluation.goals, text) if item.key in evaluation.scorecard.scores]
    people = owners_called(evaluation.goals, text)
    wanted = normalise(text)
    begun = all(item.id.value is None and normalise(item.key) != wanted for item in items) and "!" not in text
    if people and begun and all(normalise(item.title.value or "") != wanted for item in items):
        return Meant(evaluation, owners=tuple(people))
    return Meant(evaluation, tuple(items))


def _form(meant: Meant, sets: tuple[str, ...], known: list[Evaluation]) -> dict[str, Any]:
    """Give what is told of an item, of it with other values, or of a person or team, as JSON."""
    evaluation = meant.evaluation
    if sets:
        from sheetsync.cli.explain_what_if import imagined

        return {
            "workbook": evaluation.name,
            "kind": "what_if",
            **asdict(imagined(evaluation, meant.items[0], sets)),
        }
    if meant.owners:
        return portfolio_form(evaluation, portfolio(evaluation.goals, evaluation.scorecard, meant.owners[0]))
    explanation = _explained(evaluation, meant.items[0].key)
    form = explanation_form(evaluation, explanation, phrases(spoken_language()))
    form["outlook"] = outlook_of(evaluation, explanation.key, evaluation.today)
    if explanation.kind == "objective":
        from sheetsync.cli.tree import tree_around, tree_form

        around = tree_around(known, evaluation, explanation.key)
        form["tree"] = tree_form(around[0], known) if around is not None else None
    return form


def _explained(evaluation: Evaluation, key: str) -> Explanation:
    """Explain a score by the company's day, on which it was made; the clock of this machine may be on another."""
    profiles = evaluation.profile, evaluation.kpi_profile
    return explain(evaluation.goals, evaluation.scorecard, *profiles, key, evaluation.today)


def _print(meant: Meant, sets: tuple[str, ...], known: list[Evaluation], *, several: bool) -> None:
    evaluation = meant.evaluation
    if several:
        click.echo(f"{evaluation.name} ({evaluation.location})")
    if sets:
        _print_what_if(evaluation, meant.items[0], sets)
    elif meant.owners:
        _print_owner(evaluation, meant.owners[0])
    else:
        _print_item(evaluation, _explained(evaluation, meant.items[0].key))
        _print_outlook(evaluation, meant.items[0].key)
        _print_tree(evaluation, meant.items[0], known)


def _print_what_if(evaluation: Evaluation, item: Item, sets: tuple[str, ...]) -> None:
    from sheetsync.cli.explain_what_if import imagined
    from sheetsync.scoring.what_if.lines import what_if_lines

    found = imagined(evaluation, item, sets)
    known = addresses(evaluation.links, [shift.cell for shift in found.shifts])
    for line in what_if_lines(found, phrases(spoken_language())):
        click.echo(linked(line, known))


def _print_owner(evaluation: Evaluation, owner: Owner) -> None:
    owned = portfolio(evaluation.goals, evaluation.scorecard, owner)
    known = addresses(evaluation.links, [line.cell for line in owned.lines])
    for line in portfolio_lines(owned, phrases(spoken_language())):
        click.echo(linked(line, known))


def _print_item(evaluation: Evaluation, explanation: Explanation) -> None:
    taken = explanation.taken.periods if explanation.taken is not None else ()
    cells = [explanation.cell, *(one.cell for one in explanation.inputs), *(one.cell for one in explanation.periods)]
    cells += [*(one.cell for one in explanation.links), *(one.cell for one in taken)]
    known = addresses(evaluation.links, cells)
    for line in explain_lines(explanation, phrases(spoken_language())):
        click.echo(linked(line, known))
    if any(item.key == explanation.key for item in evaluation.goals.objectives):
        from sheetsync.cli.manual import objective_quality_lines, show

        show(objective_quality_lines(evaluation, explanation.key, phrases(spoken_language())))


def _print_outlook(evaluation: Evaluation, key: str) -> None:
    """Show where an item is going, as far as anything is remembered of it."""
    lines = told_outlook(evaluation, key, evaluation.today, phrases(spoken_language()))
    if lines:
        click.echo()
    for line in lines:
        click.echo(flowed(line))


def _print_tree(evaluation: Evaluation, item: Item, known: list[Evaluation]) -> None:
    """Show what an objective serves and what serves it, where there is any."""
    if not isinstance(item, Objective):
        return
    from sheetsync.cli.tree import print_tree, tree_around

    around = tree_around(known, evaluation, item.key)
    if around is not None:
        click.echo()
        print_tree(around[0], [around[1]])


def _ambiguous(text: str, meant: Meant) -> str:
    """Name what a text may mean: items with key and cell, people and teams with the number of what they own."""
    listed = [
        *(
            say("cli.explain.one_of", item=one.key, cell=str(title_place(one)), title=_title(one))
            for one in meant.items
        ),
        *(
            say("cli.explain.owner_of", name=one.name, kind=say(f"cli.explain.{one.kind}"), count=len(one.keys))
            for one in meant.owners
        ),
    ]
    more = [say("cli.explain.more", count=len(listed) - SHOWN)] if len(listed) > SHOWN else []
    key = "ambiguous_owner" if meant.owners else "ambiguous"
    return "\n".join([say(f"cli.explain.{key}", item=text, name=meant.evaluation.name), *listed[:SHOWN], *more])


def _title(item: Item) -> str:
    return " ".join((item.title.value or "").split())


def _unknown(item: str, known: list[Evaluation]) -> str:
    """Name the ids and the people and teams whose names are near what was asked for, else some ids that there are."""
    from difflib import get_close_matches

    keys = list(dict.fromkeys(key for evaluation in known for key in evaluation.scorecard.scores))
    names = {normalise(one.name): one.name for evaluation in known for one in owners(evaluation.goals)}
    near = get_close_matches(item.strip(), keys, n=3, cutoff=0.5)
    near += [names[name] for name in get_close_matches(normalise(item), names, n=2, cutoff=0.7)]
    if near:
        return say("cli.explain.unknown_near", item=item, near=", ".join(near))
    if not keys:
        return say("cli.explain.unknown_in_nothing", item=item)
    return say("cli.explain.unknown", item=item, known=", ".join(keys[:8]))
