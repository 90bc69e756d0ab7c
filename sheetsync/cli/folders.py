"""Folders of Google Drive in the configuration: each stands for all spreadsheets in it.

A folder that cannot be listed is one failed errand, and the other workbooks are still brought up to date.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from sheetsync.backends.google.address import folder_link
from sheetsync.cli.google import LEEWAY, listing
from sheetsync.cli.wiring import Selected
from sheetsync.config.shape import Config, WorkbookConfig
from sheetsync.config.starter import workbook_name
from sheetsync.crew import Crew, Task
from sheetsync.errors import ConfigError, ReadRefused, SheetsyncError, TemporaryFailure
from sheetsync.fleet import Errand

if TYPE_CHECKING:
    from sheetsync.backends.google.drive import Listed

ErrandOf = Callable[[WorkbookConfig], Errand]
Found = Sequence["Listed"] | SheetsyncError
SHOWN_ID = 6
"""Characters of the id that part spreadsheets of one title."""


def of_folders(
    chosen: Sequence[WorkbookConfig], only: Sequence[str], config: Config | None, errand_of: ErrandOf
) -> list[Selected]:
    """Put in the place of each folder the spreadsheets in it, or the failure to list them.

    A spreadsheet that has a table of its own, or that lies in an earlier folder too, is left out. ``only`` may name
    single spreadsheets of a folder.
    """
    taken = {one.spreadsheet for one in (config.workbooks.values() if config else ()) if one.spreadsheet}
    listed = _listed([one for one in chosen if one.folder is not None])
    selected: list[Selected] = []
    for settings in chosen:
        if settings.folder is None:
            selected.append(Selected(errand_of(settings), settings))
            continue
        names = () if settings.name in only else tuple(name for name in only if name.startswith(f"{settings.name}/"))
        found = list(_of_folder(settings, listed[settings.name], names, taken, errand_of))
        taken.update(one.config.spreadsheet for one in found if one.config.spreadsheet)
        selected.extend(found)
    return selected


def _listed(folders: Sequence[WorkbookConfig]) -> Mapping[str, Found]:
    """List all folders at the same time; one that hangs is given up after its deadline."""
    tasks = {number: _task(settings) for number, settings in enumerate(folders)}
    workers = max(settings.google.workers for settings in folders)
    crew = Crew(tasks, workers)
    return {settings.name: crew.result(number) for number, settings in enumerate(folders)}


def _task(settings: WorkbookConfig) -> Task[Found]:
    patience = settings.google.deadline + LEEWAY
    late = TemporaryFailure("abandoned", path=folder_link(settings.folder or ""), seconds=patience)
    return Task(partial(_contents, settings), lambda: late, patience)


def _contents(settings: WorkbookConfig) -> Found:
    try:
        return listing(settings.folder or "", settings.google)
    except SheetsyncError as error:
        return error


def _of_folder(
    settings: WorkbookConfig, found: Found, names: Collection[str], taken: Collection[str], errand_of: ErrandOf
) -> Iterator[Selected]:
    link = folder_link(settings.folder or "")
    if isinstance(found, SheetsyncError):
        yield _failing(settings, found, errand_of)
    elif not found:
        yield _failing(settings, ReadRefused("folder_empty", path=link), errand_of)
    else:
        called = titled(settings.name, found)
        for name, spreadsheet in called.items():
            if (not names and spreadsheet not in taken) or name in names:
                own = settings._replace(name=name, spreadsheet=spreadsheet, folder=None)
                yield Selected(errand_of(own), own)
        for name in names:
            if name not in called:
                lacking = ConfigError("not_in_folder", name=name, path=link, known=", ".join(called))
                yield _failing(settings._replace(name=name), lacking, errand_of)


def titled(folder: str, found: Sequence[Listed]) -> dict[str, str]:
    """Give each spreadsheet of a folder a name by its title, such as ``clients/minh-long``: from name to id, in order.

    Where titles are the same, the beginning of the id stands behind each, so that no name hangs on what else is there.
    """
    slugs = {one.id: workbook_name(one.title) for one in found}
    often = Counter(slugs.values())
    parted = {one: slug if often[slug] == 1 else f"{slug}-{one[:SHOWN_ID]}" for one, slug in slugs.items()}
    clashing = Counter(parted.values())
    names = {one: slug if clashing[slug] == 1 else f"{slugs[one]}-{one}" for one, slug in parted.items()}
    return {f"{folder}/{name}": one for one, name in sorted(names.items(), key=lambda pair: pair[::-1])}


def _failing(settings: WorkbookConfig, error: SheetsyncError, errand_of: ErrandOf) -> Selected:
    """Give an errand that ends with an error at once."""

    def fail() -> NoReturn:
        raise error

    errand = errand_of(settings)._replace(open_backend=fail, lock=nullcontext, patience=None)
    return Selected(errand, settings)
