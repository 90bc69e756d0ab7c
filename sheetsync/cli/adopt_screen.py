"""What a person sees of a workbook that was understood: a table for each table of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from sheetsync.cli.adopt_form import place_of, sentence
from sheetsync.cli.screen import coloured, console, flowed, shown
from sheetsync.cli.speech import phrases, say, spoken_language
from sheetsync.mapping import SHEET_NAME
from sheetsync.reading.understanding import Column, Left, Table, Understanding
from sheetsync.workbook import CellValue, column_letters

if TYPE_CHECKING:
    from rich.table import Table as Picture

_LONGEST_HEADER, _LONGEST_SAMPLE = 40, 24
_SURE, _FAIR = 0.8, 0.65
_WIDE = 110
_FEW_PERIODS = 2


def print_understanding(understood: Understanding) -> None:
    """Print every table with its columns; where there is none of goals, the others in a line each."""
    for place, table in enumerate(understood.tables):
        if table.kind == "other":
            concepts = ", ".join(say(f"adopt.concept.{name}") for name in table.concepts) or "–"
            click.echo(flowed(say("adopt.other", sheet=table.sheet, concepts=concepts)))
            continue
        if place:
            click.echo()
        _print_table(table)


def _print_table(table: Table) -> None:
    screen = console()
    kind, layout = say(f"adopt.kind.{table.kind}"), say(f"adopt.layout.{table.layout}")
    title = "adopt.table" if table.kind in ("okr", "kpi") or table.layout != "flat" else "adopt.list"
    click.echo(click.style(flowed(say(title, sheet=table.sheet, kind=kind, layout=layout)), bold=coloured()))
    header = ", ".join(map(str, table.header_rows))
    key = "adopt.rows_one" if len(table.header_rows) == 1 else "adopt.rows_more"
    click.echo(flowed("  " + say(key, header=header, first=table.first_data_row, last=table.last_data_row)))
    if table.traits:
        traits = ", ".join(say(f"adopt.layout.{trait}") for trait in table.traits)
        click.echo(flowed("  " + say("adopt.traits", traits=traits)))
    _print_hidden(table)
    if table.fixed:
        told = ", ".join(_fixed(concept, place) for concept, place in table.fixed.items())
        click.echo(flowed("  " + say("adopt.fixed", places=told)))
    screen.print(_columns(table, screen.width))
    _print_left(table)


def _print_hidden(table: Table) -> None:
    if table.hidden_columns:
        columns = ", ".join(map(column_letters, table.hidden_columns))
        click.echo(flowed("  " + say("adopt.hidden_columns", columns=columns)))
    if table.hidden_rows:
        key = "adopt.filtered_rows" if table.filtered else "adopt.hidden_rows"
        click.echo(flowed("  " + say(key, rows=table.hidden_rows)))


def _fixed(concept: str, place: str) -> str:
    """Say where something stands that holds for the whole table."""
    key = "adopt.fixed_name" if place == SHEET_NAME else "adopt.fixed_cell"
    return say(key, concept=say(f"adopt.concept.{concept}"), cell=place)


def _columns(table: Table, room: int) -> Picture:
    """Give the columns as a table; a narrow terminal leaves out the samples, which the JSON form has."""
    from rich.table import Table as Picture
    from rich.text import Text

    picture = Picture(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold" if coloured() else "")
    picture.add_column(say("adopt.table_head.concept"), min_width=9)
    picture.add_column(say("adopt.table_head.column"), no_wrap=True)
    picture.add_column(say("adopt.table_head.confidence"), justify="right", no_wrap=True)
    wide = room >= _WIDE
    if wide:
        picture.add_column(say("adopt.table_head.header"), overflow="fold", max_width=22)
    picture.add_column(say("adopt.table_head.reason"), ratio=3, overflow="fold")
    picture.add_column(say("adopt.table_head.samples"), ratio=3, overflow="ellipsis")
    spoken = phrases(spoken_language())
    for concept in table.concepts:
        columns = table.of(concept)
        least = min(column.confidence for column in columns)
        style = "green" if least >= _SURE else "yellow" if least >= _FAIR else "red"
        sure = Text(spoken.percent(least), style=style if coloured() else "")
        header = [_cut(columns[0].header, _LONGEST_HEADER)] if wide else []
        name, samples = say(f"adopt.concept.{concept}"), samples_text(columns[0].samples)
        told = [*header, sentence(columns[0].reason), samples]
        picture.add_row(name, _letters(table, columns), sure, *map(Text, told))  # brackets in a cell are no markup
    return picture


def _letters(table: Table, columns: Sequence[Column]) -> str:
    """Give the letters of a concept's columns; of many, the first and the last."""
    letters = [place_of(table, column) for column in columns]
    return ", ".join(letters) if len(letters) <= _FEW_PERIODS + 1 else f"{letters[0]} … {letters[-1]}"


def samples_text(values: Sequence[CellValue]) -> str:
    """Give the first values below a header on one line."""
    spoken = phrases(spoken_language())
    return " · ".join(_cut(" ".join(shown(value, "text", spoken).split()), _LONGEST_SAMPLE) for value in values)


def _left(left: Left) -> str:
    """Name a column that was left alone; one without a header by its letters."""
    letters, header = column_letters(left.column), _cut(left.header, _LONGEST_HEADER)
    return f"{letters} “{header}”" if header.strip() else letters


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _print_left(table: Table) -> None:
    if table.unmapped:
        names = [_left(left) for left in table.unmapped]
        click.echo(flowed("  " + say("adopt.unmapped", columns=", ".join(names))))
    if table.refused:
        click.echo("  " + say("adopt.refused"))
        for left in table.refused:
            column, header = column_letters(left.column), _cut(left.header, _LONGEST_HEADER)
            told = say("adopt.refusal", column=column, header=header, reason=sentence(left.reason))
            click.echo(flowed("    " + told))
