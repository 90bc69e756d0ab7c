"""Puts the parts together: from the command line and the configuration to errands that can be run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sheetsync import profiles
from sheetsync.backends.files.opening import open_file, refuse_unwritable
from sheetsync.cli import exits, tell
from sheetsync.cli.days import company_day
from sheetsync.cli.remembering import histories_of, past_warnings, place_of, unremembered
from sheetsync.cli.shipped import (
    all_words,
    known_profiles,
    own_names,
    profile_flaws,
    profiles_with,
    rule_words,
    vocabulary,
    words_of,
)
from sheetsync.cli.speech import offer_language, phrases, say, spoken_language
from sheetsync.config.find import find_config
from sheetsync.config.shape import Config, WorkbookConfig
from sheetsync.errors import ConfigError, SheetsyncError
from sheetsync.fleet import Errand, Reading, read_all
from sheetsync.home import expanded
from sheetsync.locales import languages
from sheetsync.lock import workbook_lock
from sheetsync.names import holds_unseen
from sheetsync.reading import parse_cycle
from sheetsync.record import NamedTuple
from sheetsync.rules import RULES, RuleSettings
from sheetsync.sync import Evaluation, Job
from sheetsync.workbook import Backend

if TYPE_CHECKING:
    from sheetsync.language import Phrases

ID_LENGTH = 44
"""Characters of the ids that Google gives to spreadsheets."""


_OTHER_START = 9
"""A month in which firms' own years begin: with it a school's year can be read as well."""


class Evaluated(NamedTuple):
    """One workbook that was read and scored, or the exit code and message of what stood in the way."""

    name: str
    evaluation: Evaluation | None
    code: int = exits.COMPLETE
    told: str = ""
    fail_on: str | None = None
    history_warnings: tuple[str, ...] = ()
    """What was said of a history that is missing or cannot be used."""
    shown: str = ""
    """Its name in messages."""
    shut: SheetsyncError | None = None
    """What a sync would be refused with now, where that was asked."""


class Selected(NamedTuple):
    """One workbook to work on, with its configuration."""

    errand: Errand
    config: WorkbookConfig
    peers: tuple[WorkbookConfig, ...] | None = None
    """What may be of the same company: workbooks of the configuration, or, where that does not know this one, none of
    them but the others of the call. None for a workbook that stands alone."""
    apart: str = ""
    """The end of its path by which messages tell it from others of the call that have its name; mostly empty."""

    @property
    def shown(self) -> str:
        """Its name in messages."""
        return self.apart or self.errand.job.name


def evaluations(
    ctx: click.Context,
    paths: tuple[str, ...],
    only: tuple[str, ...],
    config: str | None,
    today: date | None,
    *,
    remember: bool = True,
    rehearse: bool = False,
) -> Iterator[Evaluated]:
    """Read and score each selected workbook; a failure is told on stderr and the others go on.

    With ``rehearse`` each write is tried up to the write itself, so that what would refuse it is known.
    """
    chosen = acquainted(select(ctx, paths, only, config, today, remember=remember), today, keep=True)
    fleet = read_all([one.errand for one in chosen], rehearse=rehearse, workers=workers_of(chosen))
    for one, reading in zip(chosen, fleet.results(), strict=True):
        yield _evaluated(one, reading)


def _evaluated(one: Selected, reading: Reading) -> Evaluated:
    if reading.evaluation is not None:
        evaluation, warnings = reading.evaluation, tuple(past_warnings(reading.evaluation, one.config, prefix_of(one)))
        for line in warnings:
            click.echo(line, err=True)
        found = Evaluated(evaluation.name, evaluation, history_warnings=warnings)
        return found._replace(fail_on=one.config.fail_on, shown=one.apart or evaluation.name, shut=reading.shut)
    told = said(reading.error) if reading.error is not None else reading.bug or ""
    return Evaluated(one.errand.job.name, None, tell_unread(one, reading), told)


def tell_unread(one: Selected, reading: Reading) -> int:
    """Say on stderr why a workbook could not be read; give the exit code."""
    if reading.error is not None:
        tell(reading.error, prefix_of(one) if one.config.path is None else "")
        return reading.error.exit_code
    click.echo(f"{reading.bug}\n{one.shown}: {say('cli.bug')}", err=True)
    return exits.BUG


def with_job(one: Selected, **changed: Any) -> Selected:
    """Give a workbook to work on whose job is another in some way."""
    return one._replace(errand=one.errand._replace(job=one.errand.job._replace(**changed)))


def prefix_of(one: Selected) -> str:
    """Give the workbook's name to stand before a message that itself says where it is; none that nobody has chosen."""
    return "" if one.errand.job.titled else f"{one.shown}: "


def workers_of(chosen: Iterable[Selected]) -> int:
    """Give the number of spreadsheets that may be worked on at the same time."""
    return max((one.config.google.workers for one in chosen), default=1)


def said(error: SheetsyncError) -> str:
    """Give the sentence of a failed operation in the language of the person at the terminal."""
    return say(f"error.{error.key}", **error.params)


def select(
    ctx: click.Context,
    paths: tuple[str, ...],
    only: tuple[str, ...],
    config: str | None,
    today: date | None,
    *,
    recalc: str | None = None,
    writing: bool = False,
    thorough: bool = False,
    remember: bool = True,
    flaws: list[str] | None = None,
) -> list[Selected]:
    """Give the workbooks to work on: the paths of the call, else those of the configuration (``only`` some).

    ``recalc`` takes the place of what the configuration says of refreshing formulas. Without ``writing`` a Google
    spreadsheet is opened with the right to read alone. With ``thorough`` it is asked for dropdown lists too, and for
    what is hidden; files always tell. Without ``remember`` no history is asked or kept, whatever is configured. With
    ``flaws`` what the configuration says wrong of some workbooks is told and put there, and the others are given.
    """
    wanted = config or (ctx.obj or {}).get("config")
    spare = flaws is not None and not paths
    found = configuration(Path(wanted) if wanted else None, required=not paths, today=today, sparing=spare)
    if not remember:
        found = unremembered(found)
    if paths:
        if only:
            raise click.UsageError(say("cli.paths_and_only"))
        must_exist(path for path in paths if address_of(path) is None)
        told = (workbook_at(path, found) for path in paths)
        chosen = list({(one.path, one.spreadsheet): one for one in told}.values())  # each once, however it is called
    else:
        assert found is not None  # noqa: S101 - required above
        chosen = named(found, only)
    if flaws is not None and found is not None:
        from sheetsync.cli.left_out import sound

        chosen = sound(chosen, found, flaws, today)
    if not remember:
        chosen = [settings._replace(remembered=False) for settings in chosen]
    if recalc is not None:
        chosen = [settings._replace(recalc=recalc) for settings in chosen]
    if any(settings.folder is not None for settings in chosen):
        from sheetsync.cli.folders import of_folders

        listed = of_folders(chosen, only, found, lambda settings: errand(settings, today, writing=writing))
        return _with_peers(listed, found)
    selected = [Selected(errand(settings, today, writing=writing, thorough=thorough), settings) for settings in chosen]
    if len({one.errand.job.name for one in selected}) < len(selected):
        from sheetsync.cli.apart import told_apart

        selected = told_apart(selected)
    return _with_peers(selected, found)


def _with_peers(selected: list[Selected], config: Config | None) -> list[Selected]:
    """Put to each workbook what may be of its company. Most stand alone, and pay nothing for it."""
    told = config.workbooks if config is not None else {}
    firms = [one.folder is not None for one in told.values() if one.company is not None]
    strangers = sum(one.config.name not in told and one.config.company is None for one in selected)
    if strangers < 2 and len(firms) + any(firms) < 2:
        return selected
    from sheetsync.cli.company import peers_of

    return [one._replace(peers=peers_of(one.config, selected, told)) for one in selected]


def acquainted(selected: list[Selected], today: date | None, *, keep: bool) -> list[Selected]:
    """Let the workbooks of one company know each other; with ``keep`` what is read for that is not read again."""
    if all(one.peers is None for one in selected):
        return selected
    from sheetsync.cli.company import acquaint

    return acquaint(selected, lambda settings: errand(settings, today), keep=keep)


def configuration(flag: Path | None, *, required: bool, today: date | None, sparing: bool = False) -> Config | None:
    """Read the configuration of a call; None where there is none and none is required (else UsageError).

    ``flag`` is what the call names as its file. Raises ConfigError with all that is wrong in it; with ``sparing`` only
    where nothing can be done without it (see ``load_config``).
    """
    path = find_config(flag, os.environ, Path.cwd())
    if path is None:
        if required:
            raise click.UsageError(say("cli.no_config"))
        return None
    from sheetsync.backends.google.address import folder_id, spreadsheet_id
    from sheetsync.config.keys import Accepted
    from sheetsync.config.load import load_config

    day = today or date.today()  # noqa: DTZ011 - only to read a cycle's text; the time zone stands in the file itself
    accepted = Accepted(
        profiles=known_profiles(),
        rules=RULES,
        cycle=lambda text: any(parse_cycle(text, day, first) is not None for first in (1, _OTHER_START)),
        spreadsheet=spreadsheet_id,
        folder=folder_id,
        profile_data=profiles.load,
        profile_flaws=profile_flaws,
    )
    found = load_config(path, phrases(spoken_language()), accepted, _speaking, sparing=sparing)
    named = {one.language for one in found.workbooks.values()}
    if "language" not in found.defaults and len(named) == 1:
        offer_language(named.pop())
    return found


def _speaking(language: str) -> Phrases:
    """Let messages be in the language of the configuration, unless somebody says another; give their phrases."""
    offer_language(language)
    return phrases(spoken_language())


def named(config: Config, only: tuple[str, ...]) -> list[WorkbookConfig]:
    """Give the workbooks that are switched on, or those that a call names; UsageError for a name that is not there."""
    named = [_table_of(name, config) for name in only]
    unknown = [name for name, table in zip(only, named, strict=True) if table not in config.workbooks]
    if unknown and config.problems:
        raise ConfigError(problems=config.problems)
    if unknown:
        known = ", ".join(config.workbooks)
        raise click.UsageError(say("cli.unknown_workbook", names=", ".join(unknown), known=known))
    return [config.workbooks[name] for name in dict.fromkeys(named)] if only else list(config.enabled)


def _table_of(name: str, config: Config) -> str:
    """Give the name of the configuration's table: of a spreadsheet in a folder (clients/minh-long) its folder's."""
    folder = config.workbooks.get(name.partition("/")[0])
    return folder.name if name not in config.workbooks and folder is not None and folder.folder else name


def must_exist(paths: Iterable[str]) -> None:
    """Refuse a call that names workbooks which are not there: a mistake in the call, all of them told at once.

    A workbook of the configuration that has gone is another matter: the others are still brought up to date.
    """
    problems = tuple(say("error.excel.not_found", path=path) for path in paths if _missing(Path(path)))
    if problems:
        raise ConfigError(problems=problems)


def _missing(path: Path) -> bool:
    try:
        expanded(path).stat()
    except FileNotFoundError:
        return True
    except OSError:
        return False  # the backend says what is wrong with it
    return False


def address_of(text: str) -> str | None:
    """Give the id of the Google spreadsheet that a call names by address, ``gs:ID`` or bare id; None for a file.

    A bare id counts only where it has Google's length and no such file is there. Raises ConfigError for an address
    that leads to no spreadsheet.
    """
    prefixed, web = text.startswith("gs:"), "://" in text or "google.com/" in text
    if not (prefixed or web or len(text) == ID_LENGTH) or not _missing(Path(text)):
        return None
    from sheetsync.backends.google.address import spreadsheet_id

    found = spreadsheet_id(text.removeprefix("gs:"))
    if found is None and (prefixed or web):
        raise ConfigError("no_spreadsheet", path=text)
    return found


def workbook_at(text: str, config: Config | None) -> WorkbookConfig:
    """Give the configuration of a workbook that a call names by path or address; an unknown one gets the defaults."""
    told = config.workbooks.values() if config else ()
    defaults = config.defaults if config else {}
    spreadsheet = address_of(text)
    if spreadsheet is not None:
        own = WorkbookConfig(name=spreadsheet, spreadsheet=spreadsheet, **defaults)
        return next((settings for settings in told if settings.spreadsheet == spreadsheet), own)
    resolved = expanded(text).resolve()
    own = WorkbookConfig(name=Path(text).stem, path=resolved, apart_by=str(resolved), **defaults)
    return next((settings for settings in told if settings.path and settings.path.resolve() == resolved), own)


def refuse_unseen(path: Path) -> None:
    """Refuse a path that no message could show on one line, and no history could keep: it is not in UTF-8."""
    if holds_unseen(str(path)):
        raise ConfigError("unseen_path", path=str(path).encode("unicode_escape").decode())


def errand(settings: WorkbookConfig, today: date | None, *, writing: bool = False, thorough: bool = False) -> Errand:
    """Give the errand of one workbook: its job, how to open it, and its lock."""
    if settings.path is None:
        from sheetsync.cli.google import google_errand

        own = job(settings, today or company_day(settings.timezone))
        return google_errand(settings, own, writing=writing, thorough=thorough)
    refuse_unseen(settings.path)
    open_backend: Callable[[], Backend] = partial(open_file, settings.path, settings.recalc == "libreoffice")
    lock: Callable[[], AbstractContextManager[object]] = partial(_lock_of, settings.path)
    own = job(settings, today or company_day(settings.timezone))
    return Errand(own, str(settings.path), open_backend, lock, histories=histories_of(settings))


def _lock_of(path: Path) -> AbstractContextManager[object]:
    """Give the lock of a file that can be written; a file of another kind is refused before it is locked or read."""
    refuse_unwritable(path)
    return workbook_lock(path)


def job(settings: WorkbookConfig, today: date) -> Job:
    """Give the job of one workbook."""
    cycle = parse_cycle(settings.cycle, today, settings.fiscal_start) if settings.cycle else None
    if settings.cycle and cycle is None:
        raise ConfigError("cycle_of_own_year", name=settings.name, cycle=settings.cycle)
    return Job(
        name=settings.name,
        today=today,
        lexicon=all_words(),
        lexicon_of=words_of,
        phrases={language: phrases(language) for language in languages()},
        profile_of=profiles_with(settings.profiles),
        rules=rule_settings(settings),
        profiles=(*known_profiles(), *own_names(settings.profiles)),
        profile=settings.profile,
        kpi_profile=settings.kpi_profile,
        language=settings.language,
        company=settings.company,
        cycle=cycle,
        fiscal_start=settings.fiscal_start,
        columns=settings.columns or None,
        scorecard=settings.scorecard,
        history_worksheet=settings.history_worksheet,
        notes=settings.notes,
        tables=settings.tables,
        vocabulary=vocabulary,
        titled=settings.name == settings.spreadsheet,
        url=settings.url,
        place=place_of(settings),
        on_conflict=settings.on_conflict,
    )


def rule_settings(settings: WorkbookConfig) -> RuleSettings:
    """Give how the rules are to be applied."""
    return RuleSettings(severity=settings.rules, words=rule_words())
