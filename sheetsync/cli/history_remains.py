"""Which files that are not the history's own may still tell of a workbook that was forgotten. None is touched."""

from __future__ import annotations

from collections.abc import Iterator
from glob import escape
from pathlib import Path

from sheetsync.cli import mail_preview, mail_send, report
from sheetsync.cli.files import file_stem
from sheetsync.cli.history_place import Book
from sheetsync.cli.nightly import LOG_NAME
from sheetsync.cli.pages import INDEX
from sheetsync.cli.remembering import FILE
from sheetsync.config.shape import Config, WorkbookConfig


def remains_of(book: Book, history: Path, config: Config | None) -> list[Path]:
    """Give the files that are there: backups of the history, mails and pages in folders, trials, and logs."""
    found = [*_backups(history), *_nightly(book, config), *_trials(book)]
    if config is not None:
        log = config.path.with_name(LOG_NAME)
        found += [log, log.with_name(f"{log.name}.1")]
    return [path for path in dict.fromkeys(found) if path.is_file()]


def _backups(history: Path) -> list[Path]:
    """Give the copies that were made before the form of the file was brought up to date."""
    return sorted(history.parent.glob(f"{escape(history.name)}.backup-*"))


def _nightly(book: Book, config: Config | None) -> Iterator[Path]:
    """Give what nights wrote of it: in any folder of the configuration, which may not name the workbook any more."""
    told = list(config.workbooks.values()) if config is not None else []
    defaults = WorkbookConfig(name=book.name, **(config.defaults if config is not None else {}))
    stems = _stems(book, [one for one in told if one.name == book.name])
    for folder in dict.fromkeys(one.mail_folder for one in (*told, defaults) if one.mail_folder is not None):
        for stem in stems:
            yield from sorted(folder.glob(f"{escape(stem)}-????-??-??.*"))
    for folder in dict.fromkeys(one.report_folder for one in (*told, defaults) if one.report_folder is not None):
        yield from _pages(folder, stems)


def _trials(book: Book) -> Iterator[Path]:
    """Give what calls by hand write into the current folder: trials of mails are of persons, so any may be meant."""
    for folder in (mail_send.FOLDER, mail_preview.FOLDER):
        yield from sorted(Path(folder).absolute().glob("*"))
    yield Path(report.PAGE).absolute()
    yield from _pages(Path(report.FOLDER).absolute(), _stems(book, []))


def _pages(folder: Path, stems: list[str]) -> Iterator[Path]:
    """Give its pages, and the list of pages that names it where there is one."""
    pages = [page for page in (folder / f"{stem}.html" for stem in stems) if page.is_file()]
    yield from (*pages, *([folder / INDEX] if pages else []))


def _stems(book: Book, told: list[WorkbookConfig]) -> list[str]:
    """Give what the names of its files may begin with."""
    apart = ("", book.place.removeprefix(FILE), *(one.apart_by for one in told))
    return list(dict.fromkeys(file_stem(book.name, by) for by in apart))
