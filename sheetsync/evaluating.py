"""One workbook understood: read, recalled, scored, checked, and its changes planned. Nothing is written here.

Nothing here knows Excel, Google, SQLite, TOML or a terminal: everything from the shell is handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from sheetsync.choosing import language_of, profiles_of
from sheetsync.errors import SheetsyncError
from sheetsync.keeping import Cells, Looked, Recalled, computed_places, recall, standing
from sheetsync.language import Lexicon, Phrases
from sheetsync.mapping import TableMapping
from sheetsync.model import NOTHING, Cycle, Goals
from sheetsync.past import Past
from sheetsync.reading import read_goals
from sheetsync.record import NamedTuple
from sheetsync.results import ALONE, Finding, Scorecard, Severity
from sheetsync.rules import Facts, RuleSettings, check
from sheetsync.scoring import Profile, score
from sheetsync.scoring.observed import with_past
from sheetsync.snapshot import Snapshot
from sheetsync.workbook import Changes, Disturbance, Workbook
from sheetsync.writeback import Plan, plan_changes
from sheetsync.writeback.authorship import Authorship
from sheetsync.writeback.plan import Shelf, together
from sheetsync.writeback.rows import day_of
from sheetsync.writeback.typed_over import LastWritten, Restore

if TYPE_CHECKING:
    from sheetsync.reading.understanding import Vocabulary
    from sheetsync.scoring.company.kin import Kin
    from sheetsync.scoring.kpis.summary import Line

NOT_WRITTEN = ("WS108", "WS109", "DR503", "DR504")
"""Findings about a table or column that was scored but not written: such a run is not complete."""
PASSING = ("DR512", "DR513")
"""Findings of what was put right or begins anew: told for a week, and no note of a cell tells them."""
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
    history_worksheet: bool = False
    """Whether a worksheet that shows what is remembered, week by week, is wanted."""
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
    url: str | None = None
    """The address under which a browser opens a file, with {sheet} and {cell} where it can lead to a cell."""
    place: str = ""
    """Where the workbook is, as the history knows it (``file:/absolute/path``, ``gs:ID``)."""
    on_conflict: str = "restore"
    """What becomes of a computed cell that was typed over, once history tells: ``restore``, ``keep`` or ``ask``."""
    ask: Restore | None = None
    """Asks the person at the terminal; without one ``ask`` keeps what was typed."""
    accept_removed: bool = False
    """Whether the rows that are known of and have vanished were removed on purpose."""


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
    past: Past | None = None
    """What is remembered of it before today, under the keys of today; None where no history could be asked."""
    recalled: Recalled | None = None
    """The same with how the workbook was known again; None as above."""
    unremembered: SheetsyncError | None = None
    """Why the history could not be asked, where there should be one, or why a run could not keep anything in it."""
    shelves: tuple[Shelf, ...] = ()
    """Where the computed columns stand, and whose results are in their rows."""
    typed: Cells = NOTHING
    """What was typed over computed cells that the changes put back."""
    snapshot: Snapshot | None = None
    """How it stands today, with what stands in our cells once the changes are made, where that is to be remembered."""
    begins: bool = False
    """Whether it carries dates of earlier runs of which the history knows nothing."""


def evaluate(workbook: Workbook, job: Job, looked: Looked | None = None) -> Evaluation:
    """Read, score and check one workbook, and plan its changes; nothing is written.

    ``looked`` is the history to ask; without one nothing is remembered, and nothing is missed.
    """
    goals = goals_of(workbook, job)
    if job.kin is not None:
        from sheetsync.scoring.company.kin import at_home

        goals = at_home(goals, job.kin)
    recalled, unremembered = _recalled(workbook, goals, job, looked)
    past = recalled.past if recalled is not None else None
    recording = looked is not None and looked.needed
    if past is not None and past.items:
        goals = with_past(goals, past, job.today)
    phrases = job.phrases[language_of(workbook, goals, job)]
    profile, kpi_profile = profiles_of(goals, job)
    scorecard = _scored(goals, profile, kpi_profile, job, past)
    found = check(_facts(workbook, goals, scorecard, profile, job, recalled), job.rules)
    plan = Plan(Changes())
    if not workbook.unwritable:
        plan = _planned(workbook, goals, scorecard, phrases, (profile, kpi_profile), job, past)
    put_back = _put_back_before(workbook, goals, recalled, plan, job.today)
    findings = job.rules.applied((*found, *plan.findings, *put_back))
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
        past=past,
        recalled=recalled,
        unremembered=unremembered,
        shelves=plan.shelves,
        typed=plan.typed,
        snapshot=_snapshot(workbook, goals, scorecard, plan, job, profile, recalled) if recording else None,
        begins=looked is not None and unremembered is None and _begins(workbook, goals, recalled),
    )


def _scored(goals: Goals, profile: Profile, kpi_profile: Profile, job: Job, past: Past | None) -> Scorecard:
    """Score all items, with what became of them since they were first seen."""
    scorecard = score(goals, profile, kpi_profile, job.today, job.kin.beyond if job.kin is not None else ALONE)
    if past is None or not past.items:
        return scorecard
    from sheetsync.scoring.pace import share_by
    from sheetsync.trends import with_trends

    return with_trends(scorecard, goals, past, job.today, share_by(profile.curve))


def _facts(
    workbook: Workbook, goals: Goals, scorecard: Scorecard, profile: Profile, job: Job, recalled: Recalled | None
) -> Facts:
    """Give what rules may look at."""
    return Facts(
        goals,
        scorecard,
        job.today,
        past=recalled.past if recalled is not None else None,
        reused={**recalled.lately.replaced, **recalled.known.reused} if recalled is not None else NOTHING,
        profile=profile,
        workbook=workbook,
        profiles=job.profiles,
        languages=tuple(job.phrases),
        kin=job.kin,
        fiscal_start=job.fiscal_start,
    )


def _planned(
    workbook: Workbook,
    goals: Goals,
    scorecard: Scorecard,
    phrases: Phrases,
    profiles: tuple[Profile, Profile],
    job: Job,
    past: Past | None,
) -> Plan:
    """Plan what to write; what was last written is known where there is a past."""
    profile, kpi_profile = profiles
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
        last=_last_written(past, job),
    )
    if job.history_worksheet and past is not None and past.nights:
        return _with_history(workbook, plan, past, goals, scorecard, phrases, profile, authorship, job)
    return plan


def remembered_goals(workbook: Workbook, goals: Goals, job: Job, looked: Looked | None) -> Goals:
    """Give goals with what a history saw of them, as they are scored."""
    recalled, _ = _recalled(workbook, goals, job, looked)
    return goals if recalled is None else with_past(goals, recalled.past, job.today)


def _recalled(
    workbook: Workbook, goals: Goals, job: Job, looked: Looked | None
) -> tuple[Recalled | None, SheetsyncError | None]:
    """Ask the history; where it is only looked into, a failure is told and does not stop what can be done without."""
    if looked is None or looked.reader is None:
        return None, looked.reason if looked is not None else None
    try:
        return recall(looked.reader, job.place, workbook, goals, job.today), looked.reason
    except SheetsyncError as error:
        if looked.needed:
            raise
        return None, error


def _with_history(
    workbook: Workbook,
    plan: Plan,
    past: Past,
    goals: Goals,
    scorecard: Scorecard,
    phrases: Phrases,
    profile: Profile,
    authorship: Authorship,
    job: Job,
) -> Plan:
    """Add the changes of the worksheet that shows the history to a plan."""
    from sheetsync.scoring.feeding import structure_of
    from sheetsync.scoring.paces import Paces
    from sheetsync.writeback.history_sheet import Telling, plan_history_sheet  # only where it is wanted

    paces = Paces(structure_of(goals, scorecard), scorecard, profile, job.today)
    telling = Telling(past, goals, paces, _restore(job))
    return together((plan, plan_history_sheet(workbook, telling, phrases, job.today, authorship=authorship)))


def _last_written(past: Past | None, job: Job) -> LastWritten | None:
    """Give what was last written into our cells, and until when that was seen."""
    if past is None or not past.written:
        return None
    return LastWritten(past.written, _restore(job), past.nights[-1] if past.nights else None)


def _restore(job: Job) -> Restore:
    """Say for every cell that was typed over whether it is put back."""
    if job.on_conflict == "ask" and job.ask is not None:
        return job.ask
    put_back = job.on_conflict == "restore"
    return lambda *_: put_back


def _put_back_before(
    workbook: Workbook, goals: Goals, recalled: Recalled | None, plan: Plan, today: date
) -> Iterator[Finding]:
    """Report what runs of the last days put back, and what a run that broke off had: nobody was told of that."""
    if recalled is None or not (recalled.typed or recalled.lately.typed):
        return
    places, nights = computed_places(workbook, goals), recalled.past.nights
    now: dict[tuple[str, str], tuple[object, object, date]] = {}
    for one in recalled.lately.typed:
        now[one.key, one.concept] = one.value, "–" if one.before in (None, "") else one.before, one.day
    for place, value in recalled.typed.items():
        now[place] = "" if value is None else str(value), recalled.under.get(place) or "–", today
    for place, (typed, before, day) in now.items():
        if place in plan.typed:
            continue  # typed over anew
        until = max((night for night in nights if night < day), default=day)
        params = {"value": typed, "column": place[1], "before": before, "until": until}
        yield Finding("DR512", Severity.WARNING, places.get(place), params, place[0])


def _snapshot(
    workbook: Workbook,
    goals: Goals,
    scorecard: Scorecard,
    plan: Plan,
    job: Job,
    profile: Profile,
    recalled: Recalled | None,
) -> Snapshot:
    """Tell the history how everything stands; cells that hold something of the user's are not ours."""
    from sheetsync.observing import observe, with_typed  # only where there is a history

    told = recalled or Recalled()
    left = {finding.cell for finding in plan.findings if finding.code in ("DR501", "DR502")}
    ours = standing(workbook, plan.changes, plan.shelves, left, told.past.written)
    written = {**told.settled, **ours}
    seen = observe(workbook, goals, scorecard, job.today, told.known, written=written, profile=profile)
    return with_typed(seen, {**told.typed, **plan.typed}, {**told.past.written, **told.under})


def _begins(workbook: Workbook, goals: Goals, recalled: Recalled | None) -> bool:
    if recalled is not None and (recalled.number is not None or recalled.copied_from):
        return False
    tables = (*goals.tables, *((goals.own,) if goals.own is not None else ()))
    stamped = ((table, table.computed.get("synced")) for table in tables)
    return any(
        day_of(workbook.sheet(table.sheet).value(row, column)) is not None
        for table, column in stamped
        if column is not None
        for row in range(table.header_row + 1, len(workbook.sheet(table.sheet).rows) + 1)
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

    lasting = tuple(finding for finding in findings if finding.code not in PASSING)
    notes, noticed = plan_notes(workbook, plan, lasting, phrases, wanted=job.notes)
    plan = plan._replace(changes=plan.changes._replace(notes=notes))
    return plan, (*findings, *job.rules.applied(noticed))


def _summary(goals: Goals, scorecard: Scorecard, profile: Profile, job: Job) -> tuple[Line, ...]:
    from sheetsync.scoring.kpis.summary import summarise  # only where it is wanted

    return summarise(goals, scorecard, profile, job.today)


def _authorship(job: Job, profile: Profile, kpi_profile: Profile) -> Authorship:
    grades = (grade.name for chosen in (profile, kpi_profile) for grade in chosen.grades)
    return Authorship(tuple(job.phrases.values()), grades)
