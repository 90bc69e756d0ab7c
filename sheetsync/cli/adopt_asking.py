"""Asks the person at the terminal what doubtful columns hold, and whether the mapping may be written."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from sheetsync.cli.adopt_doubts import Question
from sheetsync.cli.adopt_screen import samples_text
from sheetsync.cli.screen import flowed
from sheetsync.cli.speech import say, say_many
from sheetsync.mapping import TURNED
from sheetsync.reading.understanding import Table, Understanding
from sheetsync.workbook import column_letters


def ask_meanings(understood: Understanding, asked: Sequence[Question]) -> dict[Question, str | None]:
    """Ask about one column after the other; None is a column that is left alone, as it is by mere return."""
    if asked:
        click.echo(err=True)
        click.echo(flowed(say_many("adopt.ask.intro", len(asked)), sys.stderr), err=True)
    return {question: _asked(understood.tables[question.table], question) for question in asked}


def named(table: Table, question: Question) -> str:
    """Name a doubtful column, as messages do: worksheet, place and header."""
    place = str(question.column) if table.layout == TURNED else column_letters(question.column)
    key = "adopt.ask.row" if table.layout == TURNED else "adopt.ask.column"
    return say(key, sheet=table.sheet, place=place, header=" ".join(question.header.split()))


def ask_writing(target: str, replaced: int) -> bool:
    """Ask whether the mapping may be written; ``replaced`` former tables of the workbook would give way."""
    question = say("adopt.ask.write", path=target)
    if replaced:
        question = say_many("adopt.ask.replace", replaced, path=target)
    return agreed(question)


def agreed(question: str) -> bool:
    """Ask something to be answered by yes, as mere return does, or by no."""
    click.echo(err=True)
    while True:
        told = _line(question).casefold()
        if told in ("", *_words("yes")):
            return True
        if told in _words("no"):
            return False
        click.echo(say("adopt.ask.yes_or_no"), err=True)


def _words(answer: str) -> list[str]:
    return say(f"adopt.ask.{answer}").split()


def _asked(table: Table, question: Question) -> str | None:
    click.echo(err=True)
    samples = samples_text(question.samples)
    click.echo(flowed(named(table, question) + (f": {samples}" if samples else ""), sys.stderr), err=True)
    for number, concept in enumerate(question.choices, 1):
        click.echo(f"  {number}  {say(f'adopt.concept.{concept}')}", err=True)
    click.echo(f"  0  {say('adopt.ask.leave')}", err=True)
    while True:
        told = _line(say("adopt.ask.choice"))
        if told in ("", "0"):
            return None
        if told.isdecimal() and 1 <= int(told) <= len(question.choices):
            return question.choices[int(told) - 1]
        click.echo(say("adopt.ask.no_choice", value=told, last=len(question.choices)), err=True)


def _line(question: str) -> str:
    """Ask for one line; the answer is given without white space around it, and may be empty."""
    told: str = click.prompt(question, default="", show_default=False, prompt_suffix=" ", err=True)
    return told.strip()
