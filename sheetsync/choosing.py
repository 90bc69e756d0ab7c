"""Chooses what a workbook's configuration leaves open: the language to write in, and the profiles to score by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetsync.language import Lexicon
from sheetsync.model import Goals
from sheetsync.scoring import Profile
from sheetsync.workbook import Workbook

if TYPE_CHECKING:
    from sheetsync.evaluating import Job

DEFAULT_PROFILE = "default@1"
DEFAULT_KPI_PROFILE = "vn-kpi@1"
DEFAULT_LANGUAGE = "en"


def language_of(workbook: Workbook, goals: Goals, job: Job) -> str:
    """Say in which language the computed columns are written: as configured, as set in the workbook, as its headers."""
    told = goals.settings.language.value if goals.settings else None
    for name in (job.language, told):
        if name is not None and name in job.phrases:
            return name
    known = {name: _known_headers(workbook, goals, job.lexicon_of(name)) for name in job.phrases}
    lettered = {name: _lettered(goals, job.lexicon_of(name)) if not any(known.values()) else 0 for name in job.phrases}

    def likely(name: str) -> tuple[int, int, bool]:
        return known[name], lettered[name], name == DEFAULT_LANGUAGE

    return max(job.phrases, key=likely, default=DEFAULT_LANGUAGE)


def _known_headers(workbook: Workbook, goals: Goals, lexicon: Lexicon) -> int:
    known = 0
    for table in goals.tables:
        sheet, rows = workbook.sheet(table.sheet), range(table.top_row or table.header_row, table.header_row + 1)
        columns = [column for columns in table.columns.values() for column in columns]
        texts = (sheet.value(row, column) for row in rows for column in columns)
        known += sum(1 for text in texts if isinstance(text, str) and lexicon.header(text, table.kind) is not None)
    return known


def _lettered(goals: Goals, lexicon: Lexicon) -> int:
    """Count the titles that show a language by their letters, where no header is known in any."""
    titles = [item.title for item in goals.objectives] + [item.title for item in goals.key_results]
    titles += [item.title for item in goals.kpis]
    return sum(1 for title in titles if title.value and lexicon.shows(title.value))


def profiles_of(goals: Goals, job: Job) -> tuple[Profile, Profile]:
    """Give the profiles for OKRs and for KPIs: as configured, as set in the workbook, or the defaults."""
    settings = goals.settings
    profile = _profile(job, job.profile, settings.profile.value if settings else None, DEFAULT_PROFILE)
    kpi = _profile(job, job.kpi_profile, settings.kpi_profile.value if settings else None, DEFAULT_KPI_PROFILE)
    return profile, kpi


def _profile(job: Job, configured: str | None, told: str | None, default: str) -> Profile:
    """Give the profile that was chosen; one that the workbook names but nobody knows is reported by a rule."""
    if configured is not None:
        return job.profile_of(configured)
    if told is not None:
        try:
            return job.profile_of(told)
        except KeyError:
            return job.profile_of(default)
    return job.profile_of(default)
