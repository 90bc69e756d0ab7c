"""Puts the parts together: from the command line and the configuration to errands that can be run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path

import click

from sheetsync import profiles
from sheetsync.backends.excel import ExcelBackend
from sheetsync.cli import exits, tell
from sheetsync.cli.speech import phrases, say, spoken_language
from sheetsync.config.find import find_config
from sheetsync.config.shape import Config, WorkbookConfig
from sheetsync.errors import ConfigError, SheetsyncError
from sheetsync.fleet import Errand
from sheetsync.language import Lexicon
from sheetsync.locales import languages, load
from sheetsync.lock import workbook_lock
from sheetsync.reading import parse_cycle
from sheetsync.record import NamedTuple
from sheetsync.rules import RULES, RuleSettings, words_from
from sheetsync.scoring import Profile, ProfileError, profile_from
from sheetsync.sync import Evaluation, Job, evaluate
from sheetsync.workbook import Backend


class Evaluated(NamedTuple):
    """One workbook that was read and scored, or the exit code and message of what stood in the way."""

    name: str
    evaluation: Evaluation | None
    code: int = exits.COMPLETE
    told: str = ""
    fail_on: str | None = None


class Selected(NamedTuple):
    """One workbook to work on, with its configuration."""

    errand: Errand
    config: WorkbookConfig


def evaluations(
    ctx: click.Context, paths: tuple[str, ...], only: tuple[str, ...], config: str | None, today: date | None
) -> Iterator[Evaluated]:
    """Read and score each selected workbook; a failure is told on stderr and the others go on."""
    for one, settings in select(ctx, paths, only, config, today):
        try:
            evaluation = evaluate(one.open_backend().read(), one.job)
        except SheetsyncError as error:
            tell(error)
            yield Evaluated(one.job.name, None, error.exit_code, said(error))
        else:
            yield Evaluated(one.job.name, evaluation, fail_on=settings.fail_on)


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
) -> list[Selected]:
    """Give the workbooks to work on: the paths of the call, else those of the configuration (``only`` some).

    ``recalc`` takes the place of what the configuration says of refreshing formulas.
    """
    wanted = config or (ctx.obj or {}).get("config")
    found = _configuration(Path(wanted) if wanted else None, required=not paths, today=today)
    if paths:
        if only:
            raise click.UsageError(say("cli.paths_and_only"))
        must_exist(paths)
        chosen = [of_path(Path(path), found) for path in paths]
    else:
        assert found is not None  # noqa: S101 - required above
        chosen = _named(found, only)
    if recalc is not None:
        chosen = [settings._replace(recalc=recalc) for settings in chosen]
    return [Selected(errand(settings, today), settings) for settings in chosen]


def _configuration(flag: Path | None, *, required: bool, today: date | None) -> Config | None:
    path = find_config(flag, os.environ, Path.cwd())
    if path is None:
        if required:
            raise click.UsageError(say("cli.no_config"))
        return None
    from sheetsync.config.keys import Accepted
    from sheetsync.config.load import load_config

    day = today or date.today()  # noqa: DTZ011 - only to read a cycle's text; the time zone stands in the file itself
    accepted = Accepted(known_profiles(), RULES, lambda text: parse_cycle(text, day, 1) is not None)
    return load_config(path, phrases(spoken_language()), accepted)


def _named(config: Config, only: tuple[str, ...]) -> list[WorkbookConfig]:
    unknown = [name for name in only if name not in config.workbooks]
    if unknown:
        known = ", ".join(config.workbooks)
        raise click.UsageError(say("cli.unknown_workbook", names=", ".join(unknown), known=known))
    return [config.workbooks[name] for name in only] if only else list(config.enabled)


def must_exist(paths: Iterable[str]) -> None:
    """Refuse a call that names workbooks which are not there: a mistake in the call, all of them told at once.

    A workbook of the configuration that has gone is another matter: the others are still brought up to date.
    """
    problems = tuple(say("error.excel.not_found", path=path) for path in paths if _missing(Path(path)))
    if problems:
        raise ConfigError(problems=problems)


def _missing(path: Path) -> bool:
    try:
        path.expanduser().stat()
    except FileNotFoundError:
        return True
    except OSError:
        return False  # the backend says what is wrong with it
    return False


def of_path(path: Path, config: Config | None) -> WorkbookConfig:
    """Give the configuration of a workbook that was named by its path; one that is not in it gets the defaults."""
    resolved = path.expanduser().resolve()
    for settings in config.workbooks.values() if config else ():
        if settings.path.resolve() == resolved:
            return settings
    return WorkbookConfig(name=path.stem, path=resolved, **(config.defaults if config else {}))


def errand(settings: WorkbookConfig, today: date | None) -> Errand:
    """Give the errand of one workbook: its job, how to open it, and its lock."""
    open_backend: Callable[[], Backend] = partial(ExcelBackend, settings.path, settings.recalc == "libreoffice")
    lock: Callable[[], AbstractContextManager[object]] = partial(workbook_lock, settings.path)
    return Errand(job(settings, today or company_day(settings.timezone)), str(settings.path), open_backend, lock)


def company_day(timezone: str | None) -> date:
    """Give today's date where the company is; without a time zone, where this machine is."""
    if timezone is None:
        return datetime.now().astimezone().date()
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo(timezone)).date()


def job(settings: WorkbookConfig, today: date) -> Job:
    """Give the job of one workbook."""
    cycle = parse_cycle(settings.cycle, today, settings.fiscal_start) if settings.cycle else None
    return Job(
        name=settings.name,
        today=today,
        lexicon=all_words(),
        lexicon_of=words_of,
        phrases={language: phrases(language) for language in languages()},
        profile_of=profile_of,
        rules=rule_settings(settings),
        profiles=known_profiles(),
        profile=settings.profile,
        kpi_profile=settings.kpi_profile,
        language=settings.language,
        company=settings.company,
        cycle=cycle,
        fiscal_start=settings.fiscal_start,
        columns=settings.columns or None,
    )


def rule_settings(settings: WorkbookConfig) -> RuleSettings:
    """Give how the rules are to be applied."""
    return RuleSettings(severity=settings.rules, words=rule_words())


@cache
def rule_words() -> Mapping[str, tuple[str, ...]]:
    """Give the word lists that rules judge by, of all languages together."""
    return words_from(*(load(language) for language in languages()))


@cache
def all_words() -> Lexicon:
    """Give the words of every language at once: a workbook may mix them."""
    return Lexicon(*(load(language) for language in languages()))


@cache
def words_of(language: str) -> Lexicon:
    """Give the words of one language alone."""
    return Lexicon(load(language))


@cache
def profile_of(name: str) -> Profile:
    """Give a scoring profile by its name, with or without a version; KeyError where there is none of that name."""
    if name not in known_profiles():
        raise KeyError(name)
    try:
        return profile_from(profiles.load(name))
    except ProfileError as error:
        raise ConfigError(problems=tuple(f"{name}: {problem}" for problem in error.problems)) from error


@cache
def known_profiles() -> tuple[str, ...]:
    """Give every name that a profile answers to: ``default@1``, and ``default`` for its newest version."""
    names = profiles.names()
    return (*names, *sorted({name.partition("@")[0] for name in names}))
