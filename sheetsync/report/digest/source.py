"""What every digest is made of, and what is gathered of it once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime

from sheetsync.model import NOTHING, Goals, Item, KeyResult, Kpi, Objective, Person, Table
from sheetsync.names import folded, names_in
from sheetsync.past import Past
from sheetsync.record import NamedTuple
from sheetsync.report.digest.monthly_rows import with_months_told, with_whole_kpis
from sheetsync.results import Finding, Score, Scorecard
from sheetsync.scoring.current import Log, read_log
from sheetsync.scoring.feeding import Structure, structure_of
from sheetsync.scoring.owned.owners import owners
from sheetsync.scoring.patience import Leave, leave_of
from sheetsync.scoring.profile import Profile
from sheetsync.trends.trend import Trend
from sheetsync.workbook import CellRef


class Place(NamedTuple):
    """Where the workbook is: its name, its path or address as text, and a link to a cell where there is one.

    ``link`` takes a cell and gives an https address, or None; a file on a disk has no link that a mail could open.
    """

    name: str
    text: str
    url: str | None = None
    link: Callable[[CellRef], str | None] = lambda ref: None  # noqa: ARG005 - a place without links


class Recipient(NamedTuple):
    """Who reads it, and as what: ``role`` is ``company``, ``team``, ``owner`` or ``watcher``; ``team`` is the lead's.

    ``honorific`` is what stands in the People sheet, such as "anh".
    """

    name: str
    role: str
    honorific: str | None = None
    team: str | None = None


class Source(NamedTuple):
    """Everything that a digest is made of; what has a default may be missing, and is then left out of what is told."""

    goals: Goals
    scorecard: Scorecard
    findings: Iterable[Finding]
    today: date
    place: Place
    message: Callable[[Finding], str]
    """Puts a finding into words."""
    company: str | None = None
    past: Past | None = None
    """What is remembered of the workbook; without it there is neither a series of weeks nor a change."""
    trends: Mapping[str, Trend] = NOTHING
    """What ``sheetsync.trends`` tells of each item, by its key."""
    profile: Profile | None = None
    """What the goals were scored by; without it the whole has no series of weeks."""
    kpi_profile: Profile | None = None
    """What the KPIs were scored by; without it their earlier periods have no achievement."""
    headers: Mapping[tuple[str, str], str] = NOTHING
    """What the user's headers are called: (key of the table, concept) to the text."""
    why: Callable[[Score], str | None] = lambda score: None  # noqa: ARG005 - no words are known
    """Puts the reason for an item's status into a sentence."""
    recipient: Recipient | None = None
    read_at: datetime | None = None
    zone: str | None = None
    """The company's time zone as people read it, such as ``GMT+7``."""
    report_url: str | None = None
    stop: str | None = None
    """The mailto address that asks for no more mails of this kind."""
    about: tuple[date, date] | None = None
    """First and last day of the week or month that a mail reports; None: those of ``today``.

    A mail of Monday on Friday's check-in is about the week before.
    """
    cycle_forgotten: bool = False
    """Whether it is of an earlier day of which nobody knows any more which cycle the workbook was about."""
    known: Known | None = None
    """What ``prepared`` gathered; whoever makes many digests of one workbook prepares the source once."""


class Known(NamedTuple):
    """What is the same for every digest of a workbook. ``items`` are in the order of the sheet.

    ``owner`` is who stands beside an item, else beside its objective; ``teams`` are those of an item, of its owner by
    the People sheet, or of its objective. ``owned`` has the keys of what somebody owns by the name as it is compared,
    ``called`` the person behind a name or an address. ``dated`` says whether any day of an update is known.
    """

    items: Mapping[str, Item]
    structure: Structure
    owner: Mapping[str, str | None]
    teams: Mapping[str, tuple[str, ...]]
    of_team: Mapping[str, frozenset[str]]
    owned: Mapping[str, tuple[str, ...]]
    called: Mapping[str, Person]
    leave: Leave
    log: Log
    log_table: Table | None
    tables: Mapping[str, Table]
    dated: bool


def prepared(source: Source) -> Source:
    """Give the source with what all digests need gathered; one that is prepared already as it is.

    A KPI with a row for each month is one KPI in it.
    """
    if source.known is not None:
        return source
    source = with_whole_kpis(source)
    return gathered(source._replace(goals=with_months_told(source.goals)))


def gathered(source: Source) -> Source:
    """Give the source with what all digests need gathered, and its rows as they are."""
    return source._replace(known=_gathered(source))


def known_of(source: Source) -> Known:
    """Give what was gathered, or gather it."""
    return source.known if source.known is not None else _gathered(source)


def _gathered(source: Source) -> Known:
    goals = source.goals
    structure = structure_of(goals, source.scorecard)
    items = goals.items
    owner = {item.key: _owner(item, structure.parents) for item in items}
    called = _called(goals.people)
    found = [one for one in owners(goals) if one.kind == "team"]
    teams: dict[str, list[str]] = {}
    for team in found:
        for key in team.keys:
            teams.setdefault(key, []).append(team.name)
    return Known(
        items=_first_of(items),
        structure=structure,
        owner=owner,
        teams={key: tuple(names) for key, names in teams.items()},
        of_team={folded(team.name): frozenset(team.keys) for team in found},
        owned=_owned(owner, called),
        called=called,
        leave=leave_of(goals.people),
        log=read_log(goals.check_ins, source.today),
        log_table=next((table for table in goals.tables if table.kind == "check-ins"), None),
        tables={table.key: table for table in goals.tables},
        dated=any(score.last_update is not None for score in source.scorecard.scores.values()),
    )


def _first_of(items: Iterable[Item]) -> dict[str, Item]:
    """Give the items by their keys, in the order of the sheet; of two with one key the first."""
    found: dict[str, Item] = {}
    for item in items:
        found.setdefault(item.key, item)
    return found


def _owner(item: Item, parents: Mapping[str, Objective]) -> str | None:
    own = item.owner.value
    if (own and own.strip()) or not isinstance(item, KeyResult):
        return own or None
    above = parents.get(item.objective or "")
    return (above.owner.value or None) if above is not None else None


def _called(people: Iterable[Person]) -> dict[str, Person]:
    found: dict[str, Person] = {}
    for person in people:
        for text in (person.name.value, person.email.value):
            if text and text.strip():
                found.setdefault(folded(text), person)
    return found


def _owned(owner: Mapping[str, str | None], called: Mapping[str, Person]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for key, text in owner.items():
        for name in names_in(text):
            found.setdefault(identity(name, called), {})[key] = None
    return {name: tuple(keys) for name, keys in found.items()}


def identity(name: str, called: Mapping[str, Person]) -> str:
    """Give a name as people are told apart by it: whoever is named by an address is who the People sheet says."""
    person = called.get(folded(name))
    return folded(person.name.value or name) if person is not None else folded(name)


def owned_by(name: str, source: Source) -> tuple[str, ...]:
    """Give the keys of what somebody owns, in the order of the rows: by name or address, in any spelling of case."""
    known = known_of(source)
    return known.owned.get(identity(name, known.called), ())


def named(item: Item, source: Source) -> tuple[str, ...]:
    """Give the names of those who own an item, each by itself."""
    return names_in(known_of(source).owner.get(item.key))


def is_over(source: Source) -> bool:
    """Say whether the cycle has ended: from the day after its due day on. Without a cycle nothing ends."""
    cycle = source.goals.cycle
    return cycle is not None and source.today > cycle.due


def is_settled(item: Item, source: Source) -> bool:
    """Say whether nothing can be done for a goal any more: the cycle has ended, and so has the goal's own time.

    What cannot be read can still be put right, and gets its grade then. KPIs go on, whatever the cycle.
    """
    score = source.scorecard.scores.get(item.key)
    if score is None or isinstance(item, Kpi) or not is_over(source):
        return False
    return not isinstance(score.due, date) or score.due < source.today


def given_of(text: str | None, source: Source) -> str | None:
    """Give what the people in a cell are called by: the last word of each name, as Vietnamese names have it."""
    called, told = known_of(source).called, []
    for name in names_in(text):
        person = called.get(folded(name))
        full = (person.name.value if person is not None else None) or name.split("@")[0]
        told.append((full.split() or [name])[-1])
    return ", ".join(dict.fromkeys(told)) or None
