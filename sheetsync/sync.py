"""The run of one workbook, in order: read, score, check, plan, guard, write, verify.

Nothing here knows Excel, Google, TOML or a terminal: the backend and everything else from the shell are handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from sheetsync.errors import SheetsyncError, WorkbookChanged, WriteRefused
from sheetsync.language import Lexicon, Phrases
from sheetsync.mapping import TableMapping
from sheetsync.model import Cycle, Goals, Period
from sheetsync.reading import read_goals
from sheetsync.record import NamedTuple
from sheetsync.results import ALONE, Finding, Scorecard
from sheetsync.rules import Facts, RuleSettings, check
from sheetsync.scoring import Profile, score
from sheetsync.workbook import Backend, Changes, Disturbance, Receipt, Workbook, workbook_beside
from sheetsync.writeback import Plan, plan_changes
from sheetsync.writeback.authorship import Authorship

if TYPE_CHECKING:
    from sheetsync.reading.understanding import Vocabulary
    from sheetsync.scoring.company.kin import Kin
    from sheetsync.scoring.kpis.summary import Line

DEFAULT_PROFILE = "default@1"
DEFAULT_KPI_PROFILE = "vn-kpi@1"
DEFAULT_LANGUAGE = "en"
NOT_WRITTEN = ("WS108", "WS109", "DR503", "DR504")
"""Findings about a table or column that was scored but not written: such a run is not complete."""
NOT_COUNTED = "LI324"
"""The finding that numbers lack what contributes from a workbook which could not be read: not complete either."""


class Job(NamedTuple):
    """How one workbook is to be read, scored and written.

    What is None is taken from the workbook's own Settings, and else from the defaults. ``lexicon_of`` gives the words
    of one language alone; it tells in which language a workbook without settings is written.
    """

    name: str
    today: date
    lexicon: Lexicon
    lexicon_of: Callable[[str], Lexicon]
    phrases: Mapping[str, Phrases]
    profile_of: Callable[[str], Profile]
    rules: RuleSettings
    profiles: tuple[str, ...] = ()
    """Names that the workbook may choose a profile by."""
    profile: str | None = None
    kpi_profile: str | None = None
    language: str | None = None
    company: str | None = None
    cycle: Cycle | None = None
    fiscal_start: int = 1
    columns: Mapping[str, tuple[str, ...]] | None = None
    scorecard: bool = False
    """Whether a worksheet that sums up the KPI scorecards is wanted."""
    notes: bool = False
    """Whether notes on our own cells are to tell the findings of their rows."""
    tables: tuple[TableMapping, ...] = ()
    """The tables that the workbook's owner adopted; without any it is read as one of our templates."""
    vocabulary: Callable[[], Vocabulary] | None = None
    """Gives the words of all languages, by which adopted tables are found again."""
    titled: bool = False
    """The workbook's own title is shown in the place of ``name``, which nobody has chosen."""
    kin: Kin | None = None
    """The workbooks of the same company, where there are others."""


class Evaluation(NamedTuple):
    """Everything that was understood and computed of one workbook, and the changes that would bring it up to date."""

    name: str
    location: str
    revision: str
    today: date
    goals: Goals
    scorecard: Scorecard
    findings: tuple[Finding, ...]
    changes: Changes
    phrases: Phrases
    profile: Profile
    kpi_profile: Profile
    sheets: int
    links: Mapping[str, str] = MappingProxyType({})
    """The address of each worksheet that can be opened in a browser."""
    disturbed: tuple[Disturbance, ...] = ()
    unwritten: tuple[Finding, ...] = ()
    """The findings that say what was scored and cannot be written, also where the configuration hides their rules."""
    title: str = ""
    """The workbook's own name: of a file its file name, of a spreadsheet its title."""
    unwritable: str = ""
    """Why nothing in the workbook can be written (an error key), or empty."""
    kin: Kin | None = None
    """The workbooks of the same company, where there are others."""


class Outcome(NamedTuple):
    """What a run did to one workbook. ``receipt`` is None where nothing was to be written, or nothing may be."""

    evaluation: Evaluation
    receipt: Receipt | None

    @property
    def refused(self) -> tuple[Finding, ...]:
        """The findings that say that something which belongs into the workbook could not be written."""
        return self.evaluation.unwritten

    @property
    def disturbed(self) -> tuple[Disturbance, ...]:
        """The cells of the user's that were hit by a write and put back, by this run or for one that broke off."""
        return (*self.evaluation.disturbed, *(self.receipt.disturbed if self.receipt else ()))


def evaluate(workbook: Workbook, job: Job) -> Evaluation:
    """Read, score and check one workbook, and plan its changes; nothing is written."""
    goals = goals_of(workbook, job)
    if job.kin is not None:
        from sheetsync.scoring.company.kin import at_home

        goals = at_home(goals, job.kin)
    phrases = job.phrases[_language(workbook, goals, job)]
    profile, kpi_profile = profiles_of(goals, job)
    scorecard = score(goals, profile, kpi_profile, job.today, job.kin.beyond if job.kin is not None else ALONE)
    facts = Facts(
        goals,
        scorecard,
        job.today,
        profile=profile,
        workbook=workbook,
        profiles=job.profiles,
        languages=tuple(job.phrases),
        kin=job.kin,
    )
    found = check(facts, job.rules)
    plan = Plan(Changes())
    if not workbook.unwritable:
        authorship = _authorship(job, profile, kpi_profile)
        plan = plan_changes(
            workbook,
            goals,
            scorecard,
            phrases,
            job.today,
            authorship=authorship,
            wanted=job.columns,
            summary=_summary(goals, scorecard, kpi_profile, job) if job.scorecard else None,
        )
    findings = job.rules.applied((*found, *plan.findings))
    if job.notes or any(sheet.notes or sheet.annotations for sheet in workbook.sheets):
        plan, findings = _with_notes(workbook, plan, findings, phrases, job)
    return Evaluation(
        name=(job.titled and workbook.name) or job.name,
        location=workbook.location,
        revision=workbook.revision,
        today=job.today,
        goals=goals,
        scorecard=scorecard,
        findings=findings,
        unwritten=(
            *(finding for finding in (found if job.kin is not None else ()) if finding.code == NOT_COUNTED),
            *(finding for finding in plan.findings if finding.code in NOT_WRITTEN),
        ),
        changes=plan.changes,
        phrases=phrases,
        profile=profile,
        kpi_profile=kpi_profile,
        sheets=len(workbook.sheets),
        links={sheet.name: sheet.link for sheet in workbook.sheets if sheet.link},
        disturbed=workbook.disturbed,
        title=workbook.name,
        unwritable=workbook.unwritable,
        kin=job.kin,
    )


def goals_of(workbook: Workbook, job: Job) -> Goals:
    """Read what stands in a workbook, as its job says."""
    return read_goals(
        workbook,
        job.lexicon,
        today=job.today,
        cycle=job.cycle,
        fiscal_start=job.fiscal_start,
        tables=job.tables,
        vocabulary=job.vocabulary,
    )


def _with_notes(
    workbook: Workbook, plan: Plan, findings: tuple[Finding, ...], phrases: Phrases, job: Job
) -> tuple[Plan, tuple[Finding, ...]]:
    """Add the changes of notes to a plan, and what stood in their way to the findings."""
    from sheetsync.writeback.notes import plan_notes  # most workbooks have no notes

    notes, noticed = plan_notes(workbook, plan, findings, phrases, wanted=job.notes)
    plan = plan._replace(changes=plan.changes._replace(notes=notes))
    return plan, (*findings, *job.rules.applied(noticed))


def run(
    backend: Backend, job: Job, lock: Callable[[], AbstractContextManager[object]], *, dry_run: bool = False
) -> Outcome:
    """Bring one workbook up to date: one run at a time, re-planned once if somebody changed it in between.

    Raises a SheetsyncError where the workbook cannot be read or may not be written; then nothing was written.
    """
    disturbed: list[Disturbance] = []
    with lock(), _telling(disturbed):
        try:
            return _attempt(backend, job, dry_run, disturbed)
        except WorkbookChanged as changed:
            disturbed += changed.disturbed
            return _attempt(backend, job, dry_run, disturbed)


@contextmanager
def _telling(disturbed: list[Disturbance]) -> Iterator[None]:
    """Let no failure hide that cells of the user's were hit, and put back, before it."""
    try:
        yield
    except SheetsyncError as error:
        error.disturbed = (*disturbed, *error.disturbed)
        raise


def _attempt(backend: Backend, job: Job, dry_run: bool, disturbed: list[Disturbance]) -> Outcome:
    evaluation = evaluate(backend.read(), job)
    disturbed += evaluation.disturbed
    evaluation = evaluation._replace(disturbed=tuple(disturbed))
    guard(evaluation)
    if dry_run or evaluation.changes.empty:
        return Outcome(evaluation, None)
    receipt = backend.apply(evaluation.changes, evaluation.revision)
    # The changes are written; a large workbook has millions of them, and nobody asks for them any more.
    return Outcome(evaluation._replace(changes=Changes()), receipt)


def guard(evaluation: Evaluation) -> None:
    """Refuse to write what nobody can write, or what cannot be meant: a workbook without goals, keys that repeat."""
    if evaluation.unwritable:
        raise WriteRefused(evaluation.unwritable, path=evaluation.location, target=workbook_beside(evaluation.location))
    goals = evaluation.goals
    if not (goals.objectives or goals.key_results or goals.kpis):
        raise WriteRefused("guard.empty", path=evaluation.location)
    repeated = _repeated(goals)
    if repeated:
        raise WriteRefused("guard.duplicate_ids", path=evaluation.location, ids=", ".join(repeated[:5]))


def _repeated(goals: Goals) -> list[str]:
    """Give every id that more than one row carries, in order of its second row.

    A KPI may keep one id over several people and periods, which then are part of its keys.
    """
    seen: set[tuple[str, str | None, Period | None]] = set()
    repeated: dict[str, None] = {}
    names: tuple[tuple[str | None, str | None, Period | None], ...] = (
        *((item.id.value, None, None) for item in goals.objectives if item.own_row),
        *((item.id.value, None, None) for item in goals.key_results),
        *((item.id.value, item.owner.value or "", item.period.value) for item in goals.kpis),
    )
    for name, owner, period in names:
        if name is not None and (name, owner, period) in seen:
            repeated[name] = None
        elif name is not None:
            seen.add((name, owner, period))
    return list(repeated)


def _language(workbook: Workbook, goals: Goals, job: Job) -> str:
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


def _summary(goals: Goals, scorecard: Scorecard, profile: Profile, job: Job) -> tuple[Line, ...]:
    from sheetsync.scoring.kpis.summary import summarise  # only where it is wanted

    return summarise(goals, scorecard, profile, job.today)


def _authorship(job: Job, profile: Profile, kpi_profile: Profile) -> Authorship:
    grades = (grade.name for chosen in (profile, kpi_profile) for grade in chosen.grades)
    return Authorship(tuple(job.phrases.values()), grades)
