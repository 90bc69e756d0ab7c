"""``sheetsync history as-of``: how everything stood at the end of one day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import click

from sheetsync.cli import exits, options
from sheetsync.cli.forms import to_text
from sheetsync.cli.frame import SpokenCommand
from sheetsync.cli.history_place import choices
from sheetsync.cli.history_units import TELLING, may_be_answer, unit_of
from sheetsync.cli.history_words import FIELDS
from sheetsync.cli.shipped import all_words
from sheetsync.cli.speech import phrases, say, spoken_language
from sheetsync.history import History, Standing
from sheetsync.past import Remembered

SHOWN = ("value", "target", "progress", "status")
CONCEPTS = ("title", "owner", "team", "unit")
FOREVER = date(9999, 12, 30)
ORDER = ("objective", "key_result", "kpi")


@click.command(cls=SpokenCommand, help=say("cli.history.as_of.help"), short_help=say("cli.history.as_of.short"))
@click.argument("day", metavar="YYYY-MM-DD", callback=options.day)
@options.history
@click.option("--known", metavar="YYYY-MM-DD", callback=options.day, help=say("cli.history.as_of.known"))
@options.config
@options.as_json
@click.pass_context
def command(
    ctx: click.Context,
    day: date,
    workbook: str | None,
    file: str | None,
    known: date | None,
    config: str | None,
    as_json: bool,
) -> int:
    """Show how everything stood."""
    moment = datetime(known.year, known.month, known.day, 23, 59, 59, 999999).astimezone() if known else None
    asked = CONCEPTS if as_json else tuple(dict.fromkeys((*CONCEPTS, *TELLING)))
    with choices(ctx, config, file, workbook) as chosen:
        found = [
            standing
            for one in chosen
            for book in one.books
            for standing in sorted(_standings(one.history, book.number, (day, moment), asked), key=in_order)
        ]
    if as_json:
        items = [form(standing) for standing in found]
        click.echo(to_text({"schema": "sheetsync.history.as_of.v1", "day": day, "known": known, "items": items}))
    elif found:
        _print(found)
    else:
        click.echo(say("cli.history.as_of.nothing", day=day), err=True)
    return exits.COMPLETE


def _standings(
    history: History, book: int, when: tuple[date, datetime | None], concepts: tuple[str, ...]
) -> Iterator[Standing]:
    """Give how the items of a workbook stood; where no cell says yet what a 1 or 0 counts, with what it said first."""
    later: Mapping[str, Remembered] | None = None
    for one in history.as_of(*when, book, concepts):
        if "metric" in concepts and may_be_answer(one.observation) and not {"metric", "target"} & one.says.keys():
            later = history.past(book, FOREVER).items if later is None else later
            said = later[one.key].statements if one.key in later else ()
            first = {said.concept: said.text for said in reversed(said) if said.concept in TELLING}
            yield one._replace(says={**first, **one.says})
        else:
            yield one


def in_order(standing: Standing) -> tuple[int, list[tuple[str, int]]]:
    """Order objectives before key results before KPIs, and KR-2 before KR-10."""
    parts = re.findall(r"(\D*)(\d*)", standing.key)
    return ORDER.index(standing.kind), [(text, int(number or 0)) for text, number in parts]


def form(standing: Standing) -> dict[str, Any]:
    """Give one item for another program."""
    told = {"workbook": standing.workbook, "place": standing.place, "key": standing.key, "kind": standing.kind}
    said = {concept: standing.says.get(concept) for concept in CONCEPTS}
    numbers = standing.observation._asdict()
    return {**told, **said, "since": numbers.pop("day"), **numbers}


def _print(found: list[Standing]) -> None:
    """Print the items of each workbook, in columns."""
    from rich.table import Table

    from sheetsync.cli.screen import console

    spoken, screen = phrases(spoken_language()), console()
    fields = [field for field in FIELDS if field[0] in SHOWN]
    for name in dict.fromkeys(standing.workbook for standing in found):
        table = Table("", say("cli.history.title"), title=name, title_justify="left", box=None, pad_edge=False)
        for _, label, _ in fields:
            table.add_column(spoken.text(label), justify="left" if label.endswith("status") else "right")
        for one in (standing for standing in found if standing.workbook == name):
            unit = unit_of(one.observation, one.says, all_words())
            shown = [show(getattr(one.observation, field), unit, spoken) for field, _, show in fields]
            table.add_row(one.key, one.says.get("title", ""), *shown)
        screen.print(table)
