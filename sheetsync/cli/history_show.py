"""``sheetsync history show``: what changed when, of one item, of a workbook, or which workbooks are remembered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import click

from sheetsync.cli import exits, options
from sheetsync.cli.forms import to_text
from sheetsync.cli.frame import SpokenCommand
from sheetsync.cli.history_place import Book, Choice, choices, unknown_item
from sheetsync.cli.history_words import lines
from sheetsync.cli.screen import flowed
from sheetsync.cli.speech import phrases, say, say_many, spoken_language
from sheetsync.history import Entry, History
from sheetsync.record import NamedTuple

RECENT = 31
"""Days of a workbook that are shown without ``--since``."""
FOREVER = date(9999, 12, 30)


class Told(NamedTuple):
    """One item with its title and everything that was recorded of it."""

    book: Book
    key: str
    title: str
    entries: tuple[Entry, ...]


@click.command(cls=SpokenCommand, help=say("cli.history.show.help"), short_help=say("cli.history.show.short"))
@click.argument("item", required=False, metavar=say("cli.history.item_metavar"))
@options.history
@click.option("--since", metavar="YYYY-MM-DD", callback=options.day, help=say("cli.history.show.since"))
@options.config
@options.as_json
@click.pass_context
def command(
    ctx: click.Context,
    item: str | None,
    workbook: str | None,
    file: str | None,
    since: date | None,
    config: str | None,
    as_json: bool,
) -> int:
    """Show what changed when."""
    with choices(ctx, config, file, workbook) as chosen:
        if item is None and workbook is None:
            return _workbooks(chosen, as_json)
        found = [told for one in chosen for book in one.books for told in _told(one.history, book, item)]
        if item is not None and not found:
            return unknown_item(item)
        if as_json:
            click.echo(to_text({"schema": "sheetsync.history.v1", "items": [_form(told, since) for told in found]}))
            return exits.COMPLETE
        if item is None and since is None:
            since = max((e.day for told in found for e in told.entries), default=date.min) - timedelta(days=RECENT)
        for told in found:
            _print(told, since or date.min, alone=item is not None)
    return exits.COMPLETE


def _told(history: History, book: Book, item: str | None) -> Iterator[Told]:
    """Give the items of a workbook whose key or id is meant, or all; first what their ids named before."""
    for key, retired in history.replaced(book.number):
        entries = history.series(book.number, key, retired)
        said = [one.statement for one in entries if one.statement is not None]
        ids = {key.casefold(), *(one.text.casefold() for one in said if one.concept == "id")}
        if entries and (item is None or item.casefold() in ids):
            named = next((one.text for one in reversed(said) if one.concept == "title"), "")
            yield Told(book, key, named, entries)
    past = history.past(book.number, FOREVER)
    for key, known in past.items.items():
        ids = {key.casefold(), *(said.text.casefold() for said in known.statements if said.concept == "id")}
        if item is None or item.casefold() in ids:
            title = known.said("title", FOREVER)
            yield Told(book, key, title.text if title else "", history.series(book.number, key))


def _print(told: Told, since: date, *, alone: bool) -> None:
    spoken = phrases(spoken_language())
    shown = [(entry, text) for entry, text in lines(told.entries, spoken) if entry.day >= since]
    if not shown and not alone:
        return
    click.echo(say("cli.history.show.head", id=told.key, title=told.title or "–", workbook=told.book.name))
    for entry, text in shown:
        click.echo(flowed(f"  {spoken.date(entry.day)}  {text}"))
    if not shown:
        click.echo(f"  {say('cli.history.show.quiet')}")


def _workbooks(chosen: list[Choice], as_json: bool) -> int:
    """Name every workbook with its nights, and the file that remembers them."""
    forms = []
    for one in chosen:
        if not as_json:
            click.echo(say("cli.history.show.file", path=str(one.path)))
        for book in one.books:
            past = one.history.past(book.number, FOREVER)
            days = {*past.nights, *(seen.day for known in past.items.values() for seen in known.observations)}
            first, last = min(days, default=None), max(days, default=None)
            told = {"name": book.name, "place": book.place, "nights": len(past.nights)}
            forms.append({"history": str(one.path), **told, "first": first, "last": last})
            if not as_json:
                span = {"span": _span(first, last), "name": book.name, "place": book.place}
                click.echo(flowed(f"  {say_many('cli.history.show.workbook', len(past.nights), **span)}"))
    if as_json:
        click.echo(to_text({"schema": "sheetsync.history.workbooks.v1", "workbooks": forms}))
    return exits.COMPLETE


def _span(first: date | None, last: date | None) -> str:
    """Give the first and the last day that are remembered, imported ones too; one day once."""
    if first is None or first == last:
        return phrases(spoken_language()).date(first) if first is not None else "–"
    return say("cli.history.show.span", first=first, last=last)


def _form(told: Told, since: date | None) -> dict[str, Any]:
    entries = [entry_form(entry) for entry in told.entries if since is None or entry.day >= since]
    return {
        "workbook": told.book.name,
        "place": told.book.place,
        "key": told.key,
        "title": told.title,
        "entries": entries,
    }


def entry_form(entry: Entry) -> dict[str, Any]:
    """Give one entry for another program."""
    form: dict[str, Any] = {"day": entry.day, "recorded": entry.recorded, "source": entry.source or None}
    if entry.statement is not None:
        said = entry.statement
        return {**form, "concept": said.concept, "text": said.text, "number": said.number, "formula": said.formula}
    if entry.observation is None:
        return {**form, "gone": True}
    return {**form, **{name: value for name, value in entry.observation._asdict().items() if name != "day"}}
