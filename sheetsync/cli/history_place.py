"""Which history a command means, and which workbook in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from sheetsync.cli import exits
from sheetsync.cli.remembering import NOT_YET, place_of
from sheetsync.cli.speech import say
from sheetsync.cli.wiring import address_of, configuration, errand, workbook_at
from sheetsync.config.shape import Config, WorkbookConfig
from sheetsync.errors import HistoryUnavailable, SheetsyncError
from sheetsync.history import History, default_path
from sheetsync.home import expanded
from sheetsync.record import NamedTuple


def history_path(settings: WorkbookConfig) -> Path:
    """Give the file in which a workbook's days are remembered."""
    return settings.history or default_path()


class Book(NamedTuple):
    """One workbook of a history: its number, where it is, what it is called."""

    number: int
    place: str
    name: str


class Choice(NamedTuple):
    """The history of a call, opened to be read, and the workbooks in it that are meant."""

    path: Path
    history: History
    books: tuple[Book, ...]


def found_config(ctx: click.Context, config: str | None) -> Config | None:
    """Read the configuration of a call, where there is one."""
    wanted = config or (ctx.obj or {}).get("config")
    return configuration(Path(wanted) if wanted else None, required=False, today=None)


def paths_of(config: Config | None, file: str | None) -> tuple[Path, ...]:
    """Give every history file that a call is about: the one it names, else those of the configuration."""
    if file is not None:
        return (expanded(file),)
    if config is None:
        return (default_path(),)
    return tuple(dict.fromkeys(history_path(one) for one in config.workbooks.values() if one.remembered))


def zone_of_history(config: Config | None, path: Path) -> str | None:
    """Give the time zone of the company whose days a history remembers; None where none is configured.

    A file that no workbook names (``--history``) is taken for a copy of the configuration's own.
    """
    books = list(config.workbooks.values()) if config is not None else []
    own = [one for one in books if one.remembered and history_path(one).absolute() == path.absolute()]
    return next((one.timezone for one in own or books if one.timezone), None)


def files_of(config: Config | None, file: str | None, wanted: str | None = None) -> tuple[Path, ...]:
    """Give what ``paths_of`` gives; UsageError where the configuration says that what is meant is not remembered."""
    told = config.workbooks if config is not None and file is None else {}
    meant = [told[wanted]] if wanted is not None and wanted in told else list(told.values())
    if meant and not any(one.remembered for one in meant):
        raise click.UsageError(say("cli.history.switched_off", names=", ".join(one.name for one in meant)))
    return paths_of(config, file)


@contextmanager
def looking(path: Path) -> Iterator[History]:
    """Open a history to read it; raises the reason where there is none."""
    peek = History.peek(path)
    if peek.history is None:
        raise peek.reason or click.ClickException(str(path))
    with peek.history as history:
        yield history


def books_of(history: History, config: Config | None, wanted: str | None) -> tuple[Book, ...]:
    """Give the workbooks of a history that a text means: all without one; none where nothing fits.

    It may be a name of the configuration, a path, an address, or a part of the workbook's name.
    """
    books = tuple(Book(*row) for row in history.workbooks())
    if wanted is None:
        return books
    if config is not None and wanted in config.workbooks:
        place = place_of(config.workbooks[wanted])
    else:
        place = place_of(workbook_at(wanted, None))
    exact = tuple(book for book in books if book.place == place or book.name.casefold() == wanted.casefold())
    return exact or tuple(book for book in books if wanted.casefold() in book.name.casefold())


@contextmanager
def choices(ctx: click.Context, config: str | None, file: str | None, wanted: str | None) -> Iterator[list[Choice]]:
    """Open every history of a call with the workbooks that are meant; UsageError where there is none of that name."""
    from contextlib import ExitStack

    found = found_config(ctx, config)
    with ExitStack() as opened:
        chosen = []
        for path in files_of(found, file, wanted):
            try:
                history = opened.enter_context(looking(path))
            except HistoryUnavailable as error:
                if error.key not in NOT_YET or file is not None:
                    raise
                raise _lost(path, found, wanted) or error from error
            chosen.append(Choice(path, history, books_of(history, found, wanted)))
        if wanted is not None and not any(one.books for one in chosen):
            known = ", ".join(sorted({book.name for one in chosen for book in books_of(one.history, None, None)}))
            raise click.UsageError(say("cli.history.unknown_workbook", name=wanted, known=known or "–"))
        yield chosen


def _lost(path: Path, config: Config | None, wanted: str | None) -> HistoryUnavailable | None:
    """Say that a history is missed rather than not begun: a workbook file carries what sheetsync once wrote.

    Spreadsheets are not asked: a look into the past needs no network.
    """
    from sheetsync.keeping import Looked
    from sheetsync.sync import evaluate

    named = config is None and wanted is not None and address_of(wanted) is None and expanded(wanted).is_file()
    books = config.workbooks.values() if config is not None else [workbook_at(wanted, None)] if named and wanted else []
    for one in books:
        if one.path is None or not one.remembered or history_path(one).absolute() != path.absolute():
            continue
        with suppress(SheetsyncError):  # whoever checks that workbook hears what is wrong with it
            own = errand(one, None)
            if evaluate(own.open_backend().read(), own.job, Looked(None)).begins:
                return HistoryUnavailable("history.lost", path=str(path), workbook=one.path.name)
    return None


def unknown_item(item: str) -> int:
    """Say that no item of that key is remembered; give the exit code."""
    click.echo(say("cli.history.unknown_item", item=item), err=True)
    return exits.USAGE
