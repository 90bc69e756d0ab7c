"""``sheetsync history forget``: removes all that is remembered of one workbook, after saying what goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from sheetsync.cli import exits, options
from sheetsync.cli.forms import to_text
from sheetsync.cli.frame import SpokenCommand
from sheetsync.cli.history_place import Book, files_of, found_config, looking
from sheetsync.cli.history_prune import agreed
from sheetsync.cli.remembering import FILE, NOT_YET, SPREADSHEET, place_of
from sheetsync.cli.screen import flowed
from sheetsync.cli.speech import phrases, say, say_many, spoken_language
from sheetsync.cli.wiring import workbook_at
from sheetsync.config.shape import Config
from sheetsync.errors import ForgettingRefused, HistoryUnavailable, LockHeld
from sheetsync.history import Forgotten, Going, History
from sheetsync.history.forgetting import is_marked
from sheetsync.lock import lock_beside, workbook_lock
from sheetsync.record import NamedTuple

FEW = 3
"""Files of one folder that are named one by one."""


class Known(NamedTuple):
    """A workbook that a history knows, and its last night.

    ``configured`` is by what name the configuration still has it, empty where it has not; None without a configuration.
    """

    path: Path
    book: Book
    last: date | None
    configured: str | None


@click.command(cls=SpokenCommand, help=say("cli.history.forget.help"), short_help=say("cli.history.forget.short"))
@click.argument("workbook", required=False, metavar=say("cli.history.forget.metavar"))
@click.option("--unfinished", is_flag=True, help=say("cli.history.forget.unfinished"))
@click.option("--yes", "-y", is_flag=True, help=say("cli.history.prune.yes"))
@click.option("--no-input", is_flag=True, help=say("cli.option.no_input"))
@click.option("--history", "file", metavar=say("cli.option.file_metavar"), help=say("cli.history.file"))
@options.config
@options.as_json
@click.pass_context
def command(
    ctx: click.Context,
    workbook: str | None,
    unfinished: bool,
    yes: bool,
    no_input: bool,
    file: str | None,
    config: str | None,
    as_json: bool,
) -> int:
    """Forget one workbook, or name those that are known."""
    found = found_config(ctx, config)
    paths = files_of(found, file)
    known = _known(paths, found, named=file is not None)
    if workbook is None:
        return _list(paths, known, as_json)
    one = _meant(workbook, known, found)
    if one is None:
        return _finish(workbook, paths, known, found)
    with looking(one.path) as history:
        going = history.going(one.book.number)
        _refuse(history, going, one.book, unfinished=unfinished)
    if not as_json or not yes:
        _tell(one, going.forgotten, found)
    if not (yes or agreed(ctx, no_input)):
        click.echo(say("cli.history.prune.nothing_done"), err=True)
        return exits.USAGE
    return _told(one, _forget(one, unfinished=unfinished), found, as_json)


def _known(paths: Sequence[Path], config: Config | None, *, named: bool) -> list[Known]:
    """Give every workbook that the histories know; one that has not begun knows none, where there are others."""
    found: list[tuple[Path, Book, date | None]] = []
    unbegun: list[HistoryUnavailable] = []
    for path in paths:
        try:
            with looking(path) as history:
                books = [Book(*row) for row in history.workbooks()]
                found += [(path, book, _last(history, book)) for book in books]
        except HistoryUnavailable as error:
            if error.key not in NOT_YET or named:
                raise
            unbegun.append(error)
    if unbegun and len(unbegun) == len(paths):
        raise unbegun[0]
    places = {book.place for _, book, _ in found}
    return [Known(path, book, last, _configured(book, config, places)) for path, book, last in found]


def _last(history: History, book: Book) -> date | None:
    return max((run.day for run in history.runs(book.number) if run.observed), default=None)


def _configured(book: Book, config: Config | None, places: set[str]) -> str | None:
    """Give by what name the configuration has a workbook: its own, or that of the folder of Drive in which it lies.

    One of its name at a place that no history knows is taken for it: it was moved, and the next sync would tell.
    """
    if config is None:
        return None
    for one in config.workbooks.values():
        if one.folder is not None:
            if book.place.startswith(SPREADSHEET) and book.name.startswith(f"{one.name}/"):
                return one.name
        elif place_of(one) == book.place or (one.name == book.name and place_of(one) not in places):
            return one.name
    return ""


def _list(paths: Sequence[Path], known: Sequence[Known], as_json: bool) -> int:
    """Name what could be forgotten."""
    spoken = phrases(spoken_language())
    if as_json:
        forms = [{**_place_form(one), "last": one.last, "configured": one.configured or None} for one in known]
        click.echo(to_text({"schema": "sheetsync.history.known.v1", "workbooks": forms}))
    else:
        for path, some in groupby(known, key=lambda one: one.path):
            click.echo(say("cli.history.show.file", path=str(path)))
            for one in some:
                last = spoken.date(one.last) if one.last is not None else "–"
                told = {"name": one.book.name, "place": one.book.place, "last": last, "configured": one.configured}
                key = "known" if one.configured is None else "configured" if one.configured else "not_configured"
                click.echo(flowed(f"  {say(f'cli.history.forget.{key}', **told)}"))
        if not known:
            click.echo(say("cli.history.forget.nobody"))
    for path in paths:
        if is_marked(path):
            click.echo(flowed(say("cli.history.forget.broken_off", path=str(path))), err=True)
    return exits.COMPLETE


def _names(wanted: str, config: Config | None) -> tuple[str, ...]:
    """Give the text itself and the places that it may mean; ConfigError for an address that leads nowhere."""
    own = () if wanted.startswith(FILE) else (place_of(workbook_at(wanted, None)),)
    if config is not None and wanted in config.workbooks and config.workbooks[wanted].folder is None:
        own = (place_of(config.workbooks[wanted]), *own)
    return (wanted, *own)


def _meant(wanted: str, known: Sequence[Known], config: Config | None) -> Known | None:
    """Give the workbook of a place, else of a name; UsageError, which names them, where that could be several."""
    meant = [one for one in known if one.book.place == wanted]
    if not meant:
        names = _names(wanted, config)
        meant = [one for one in known if one.book.place in names or one.book.name.casefold() == wanted.casefold()]
    if len(meant) > 1:
        told = "\n".join(f"  {one.book.name}: {one.book.place} ({one.path})" for one in meant)
        advice = "several_files" if len({one.book.place for one in meant}) == 1 else "several_places"
        raise click.UsageError(say(f"cli.history.forget.{advice}", name=wanted, known=told))
    return meant[0] if meant else None


def _finish(wanted: str, paths: Sequence[Path], known: Sequence[Known], config: Config | None) -> int:
    """Wipe the traces of what an earlier call has forgotten; UsageError where none did, with what is known."""
    marked = [path for path in paths if is_marked(path, _names(wanted, config))]
    for path in marked:
        with History.open(path) as history:
            history.wipe()
        click.echo(say("cli.history.forget.finished", path=str(path), name=wanted), err=True)
    if marked:
        return exits.COMPLETE
    told = ", ".join(sorted({one.book.name for one in known}))
    near = ", ".join(_near(wanted, known))
    key = "near" if near else "unknown"
    raise click.UsageError(say(f"cli.history.forget.{key}", name=wanted, known=told or "–", near=near))


def _near(wanted: str, known: Sequence[Known]) -> list[str]:
    """Give the names that look like a text, or hold it; folders and endings make no two files alike."""
    from difflib import get_close_matches

    text = Path(wanted).stem.casefold()
    called: dict[str, str] = {}
    for one in known:
        for name in (one.book.name, Path(one.book.place).stem):
            called.setdefault(name.casefold(), one.book.name)
    like = [*get_close_matches(text, called, n=3), *(name for name in called if text in name)]
    return list(dict.fromkeys(called[name] for name in like))[:3]


def _refuse(history: History, going: Going, book: Book, *, unfinished: bool) -> None:
    """Refuse while something stands in the way; of a spreadsheet also what a write left in a file of its own."""
    history.refuse(going, book.place, unfinished=unfinished)
    journal = _journal(book)
    if journal is not None and journal.exists() and not unfinished:
        raise ForgettingRefused("history.unfinished", path=str(history.path), place=book.place)


def _journal(book: Book) -> Path | None:
    if not book.place.startswith(SPREADSHEET):
        return None
    from sheetsync.cli.google import journal_of

    return journal_of(book.place.removeprefix(SPREADSHEET))


def _tell(one: Known, going: Forgotten, config: Config | None) -> None:
    """Say what goes, and what will come back."""
    told = {"path": str(one.path), "name": one.book.name, "place": one.book.place}
    click.echo(flowed(say("cli.history.forget.goes", **told, **going._asdict())), err=True)
    if going.shared:
        click.echo(flowed(say_many("cli.history.forget.shared", going.shared)), err=True)
    if one.configured and config is not None:
        still = say("cli.history.forget.still", config=str(config.path), name=one.configured)
        click.echo(flowed(still), err=True)


def _forget(one: Known, *, unfinished: bool) -> Forgotten:
    """Forget it while no run works on it and none sends; LockHeld where one does."""
    with _locked(one), History.open(one.path) as history:
        going = history.going(one.book.number)
        _refuse(history, going, one.book, unfinished=unfinished)
        journal = _journal(one.book)
        if journal is not None:
            from sheetsync.backends.google.journal import Journal

            Journal(journal).end()
        return history.forget(one.book.place, unfinished=unfinished)


@contextmanager
def _locked(one: Known) -> Iterator[None]:
    """Hold the lock of the workbook, wherever it is or was, and that of sending from its history."""
    place = one.book.place
    if place.startswith(SPREADSHEET):
        from sheetsync.backends.google.address import sheet_link
        from sheetsync.cli.google import lock_of

        spreadsheet = place.removeprefix(SPREADSHEET)
        lock = lock_of(spreadsheet, sheet_link(spreadsheet))
    else:
        lock = workbook_lock(Path(place.removeprefix(FILE)))
    with ExitStack() as held:
        held.enter_context(lock)
        try:
            held.enter_context(lock_beside(one.path))
        except LockHeld:
            raise LockHeld("history.sending", path=str(one.path)) from None
        yield


def _told(one: Known, done: Forgotten, config: Config | None, as_json: bool) -> int:
    """Say that it is done, and which files may still tell of it."""
    from sheetsync.cli.history_remains import remains_of

    remains = remains_of(one.book, one.path, config)
    if as_json:
        told = {**_place_form(one), "configured": one.configured or None, **done._asdict()}
        files = list(map(str, remains))
        click.echo(to_text({"schema": "sheetsync.history.forget.v1", **told, "remaining_files": files}))
        return exits.COMPLETE
    click.echo(say("cli.history.forget.forgotten", name=one.book.name, path=str(one.path)), err=True)
    if remains:
        click.echo(flowed(say("cli.history.forget.remains")), err=True)
    for folder, some in groupby(sorted(remains), key=lambda path: path.parent):
        paths = list(some)
        many = say("cli.history.forget.files", folder=str(folder), count=len(paths), first=paths[0].name)
        for line in [many] if len(paths) > FEW else map(str, paths):
            click.echo(f"  {line}", err=True)
    return exits.COMPLETE


def _place_form(one: Known) -> dict[str, Any]:
    return {"history": str(one.path), "name": one.book.name, "place": one.book.place}
