"""What the firm means by its rows: objectives, key results, KPIs, check-ins, people, cycles.

Every value carries its cell. A concept that has no column in the sheet is a cell of column 0, which is always blank.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from sheetsync.kinds import (
    BOUND_METRICS,
    Aggregation,
    Commitment,
    Direction,
    Frequency,
    Horizon,
    KpiLink,
    Level,
    Link,
    MailKind,
    MailWish,
    Metric,
    Role,
)
from sheetsync.noticed import Doubt, HeaderChange, Lookalike, MissingTable, OtherCycle, Unlike, UnreadSheet
from sheetsync.record import NamedTuple
from sheetsync.workbook import Cell

__all__ = [
    "BOUND_METRICS", "NOTHING", "NOWHERE", "Aggregation", "Bounds", "CheckIn", "Commitment", "Cycle", "Direction",
    "Done", "Frequency", "Goals", "Horizon", "Item", "KeyResult", "Kpi", "KpiLink", "Level", "Link", "MailKind",
    "MailWish", "Metric", "Milestones", "Objective", "PerPeriod", "Period", "PeriodValue", "Person", "Quantity",
    "Reading", "Relative", "Role", "Settings", "Table", "Target", "no_cell",
]  # fmt: skip

NOTHING: Mapping[Any, Any] = MappingProxyType({})
"""The mapping of what has nothing to map."""


class Quantity(NamedTuple):
    """A number as it was meant: 30 % is 0.30 with ``percent`` set; 5,5 tỷ is 5.5e9. ``unit`` stood beside it."""

    number: float
    percent: bool = False
    unit: str | None = None


class Bounds(NamedTuple):
    """A target that is a bound or a range; an open side is None. Bounds are included."""

    low: float | None
    high: float | None
    percent: bool = False


class Relative(NamedTuple):
    """A target stated as a change against the baseline: +0.25 is 25 % more, -0.5 is half.

    ``signed`` is False where the words do not say up or down; ``points`` are added to a baseline that is a percentage.
    """

    change: float
    signed: bool = True
    points: bool = False


class Milestones(NamedTuple):
    """A list of steps, each with its weight (equal where none is given); as a current value, the steps done."""

    names: tuple[str, ...]
    weights: tuple[float, ...] = ()


class PerPeriod(NamedTuple):
    """A target for each week or month, such as two talks a month."""

    number: float
    frequency: Frequency


class Done(NamedTuple):
    """A yes or a no."""

    yes: bool


Target = Quantity | Bounds | Relative | Milestones | PerPeriod | Done
Reading = Quantity | Milestones | Done
"""What a current or actual cell can say."""


class Cycle(NamedTuple):
    """A time frame: ``start`` is its first day, ``due`` its last (which is not yet "after due")."""

    label: str
    start: date
    due: date


class Period(NamedTuple):
    """One column or row of a KPI's time: first and last day, and what the header said."""

    frequency: Frequency
    start: date
    end: date
    label: str


class PeriodValue(NamedTuple):
    """Target and actual of a KPI in one period."""

    period: Period
    target: Cell[Target]
    actual: Cell[Reading]


def no_cell(sheet: str, row: int) -> Cell[object]:
    """Give the cell of a concept that has no column: always blank, column 0."""
    return Cell(sheet, row, 0, None, None)


class Objective(NamedTuple):
    """One objective. ``own_row`` is False where it is named only beside its key results and has no row to write to."""

    key: str
    table: str
    sheet: str
    row: int
    own_row: bool
    id: Cell[str]
    title: Cell[str]
    level: Cell[Level]
    horizon: Cell[Horizon]
    aligned_to: Cell[tuple[str, ...]]
    link: Cell[Link]
    owner: Cell[str]
    team: Cell[str]
    weight: Cell[Quantity]
    cycle: Cell[Cycle]
    start: Cell[date]
    due: Cell[date]
    commitment: Cell[Commitment]
    agreed: Cell[bool]
    blocker: Cell[str]
    ask: Cell[str]
    notes: Cell[str]
    ignore: Cell[frozenset[str]]


class KeyResult(NamedTuple):
    """One key result. ``objective`` is the key of its objective, or None where none stands above it."""

    key: str
    table: str
    sheet: str
    row: int
    objective: str | None
    id: Cell[str]
    title: Cell[str]
    level: Cell[Level]
    horizon: Cell[Horizon]
    aligned_to: Cell[tuple[str, ...]]
    link: Cell[Link]
    owner: Cell[str]
    team: Cell[str]
    metric: Cell[Metric]
    unit: Cell[str]
    weight: Cell[Quantity]
    baseline: Cell[Quantity]
    target: Cell[Target]
    current: Cell[Reading]
    cycle: Cell[Cycle]
    start: Cell[date]
    due: Cell[date]
    confidence: Cell[Quantity]
    commitment: Cell[Commitment]
    check_in_date: Cell[date]
    agreed: Cell[bool]
    blocker: Cell[str]
    ask: Cell[str]
    notes: Cell[str]
    ignore: Cell[frozenset[str]]
    falls: bool = False
    """True where a word of the title, the metric or the unit says that less is better (giảm, reduce, dưới, less)."""
    unlike: tuple[Unlike, ...] = ()


NOWHERE: Cell[Any] = Cell("", 0, 0, None, None)
"""Stands for a cell of a concept that the table has no column for."""


class Kpi(NamedTuple):
    """One KPI row. ``periods`` is empty where the sheet has one target and one actual column (long form)."""

    key: str
    table: str
    sheet: str
    row: int
    section: str | None
    id: Cell[str]
    title: Cell[str]
    perspective: Cell[str]
    owner: Cell[str]
    team: Cell[str]
    unit: Cell[str]
    metric: Cell[Metric]
    direction: Cell[Direction]
    frequency: Cell[Frequency]
    aggregation: Cell[Aggregation]
    critical: Cell[bool]
    weight: Cell[Quantity]
    baseline: Cell[Quantity]
    target: Cell[Target]
    actual: Cell[Reading]
    period: Cell[Period]
    notes: Cell[str]
    ignore: Cell[frozenset[str]]
    periods: tuple[PeriodValue, ...] = ()
    yearly: bool = False
    """Whether ``target`` is for the whole year, though the periods are shorter."""
    to_date: bool = False
    """Whether the values of ``periods`` are from the first day of the year on, so that the last one holds them all."""
    section_weight: Cell[Quantity] = NOWHERE
    """What the section weighs among the sections of its table; the weight is then one inside the section."""
    bonus: Cell[Quantity] = NOWHERE
    penalty: Cell[Quantity] = NOWHERE
    """Points of 100 that are added to the total, or taken from it, whatever the KPI weighs."""
    target_to_date: Cell[Target] = NOWHERE
    actual_to_date: Cell[Reading] = NOWHERE
    """From the first day of the year to the end of the period; never added up with what was done in one period."""
    aligned_to: Cell[tuple[str, ...]] = NOWHERE
    kpi_link: Cell[KpiLink] = NOWHERE
    """The goals that it serves, by their ids, and what it does for them."""
    unlike: tuple[Unlike, ...] = ()


Item = Objective | KeyResult | Kpi
"""What is scored, and has a row."""


class CheckIn(NamedTuple):
    """One row of the check-in log; ``item`` is the id of a key result."""

    sheet: str
    row: int
    date: Cell[date]
    item: Cell[str]
    value: Cell[Reading]
    confidence: Cell[Quantity]
    blocker: Cell[str]
    note: Cell[str]


class Person(NamedTuple):
    """One row of the People sheet. ``leave`` are the days away: first and last of each time, both included."""

    sheet: str
    row: int
    name: Cell[str]
    email: Cell[str]
    team: Cell[str]
    manager: Cell[str]
    honorific: Cell[str]
    language: Cell[str]
    leave: Cell[tuple[tuple[date, date], ...]] = NOWHERE
    role: Cell[Role] = NOWHERE
    mails: Cell[MailWish] = NOWHERE


class Table(NamedTuple):
    """Where a table was found. ``kind`` is ``okr``, ``kpi``, ``check-ins``, ``people`` or ``settings``.

    ``key`` names it inside the workbook (``okr``, ``okr2``, ``kpi``) and stands in the column marks. ``columns`` maps
    a concept to its columns (more than one: the header stands twice); ``unmapped`` are headers that say nothing to us.
    ``periods`` maps a column to the period in its header. Three are about the columns that carry our mark and stand in
    neither of the above: ``computed`` maps a concept to its column where the header agrees with the mark, ``disputed``
    where it does not, and ``lost`` names the concepts whose marked cell is gone.
    """

    key: str
    kind: str
    sheet: str
    header_row: int
    first_row: int
    last_row: int
    columns: Mapping[str, tuple[int, ...]]
    unmapped: Mapping[int, str] = NOTHING
    periods: Mapping[int, Period] = NOTHING
    computed: Mapping[str, int] = NOTHING
    disputed: Mapping[str, int] = NOTHING
    lost: tuple[str, ...] = ()
    layout: str = ""
    """The family of layouts of an adopted table; empty for one in the form of our templates."""
    top_row: int = 0
    """The first row of a header of several rows; 0 where ``header_row`` is the only one."""
    fixed: tuple[str, ...] = ()
    """Concepts that are known of its rows though they have no column: said once for all, or in rows."""
    doubled: Mapping[int, int] = NOTHING
    """The columns that hold the same of the same period as an earlier one, each with that one; they are not read."""
    apart: bool = False
    """Whether its computed columns stand in a worksheet of our own, because there is no place for them beside it."""
    copied: tuple[int, ...] = ()
    """Columns with the headers of computed ones, and without our mark; only where what we stamp is among them."""


class Settings(NamedTuple):
    """What the workbook says of itself, in its Settings sheet."""

    company: Cell[str]
    cycle: Cell[Cycle]
    profile: Cell[str]
    kpi_profile: Cell[str]
    language: Cell[str]


class EmptySection(NamedTuple):
    """A section of a KPI table that weighs something and has no KPI; ``weight`` is the cell that says what."""

    table: str
    sheet: str
    row: int
    name: str
    weight: Cell[Quantity]


class Seen(NamedTuple):
    """What history knows of an item: the first day on which it was seen, and the last on which Current changed.

    ``changed`` is None where it never changed under our eyes.
    """

    since: date
    changed: date | None = None


class Goals(NamedTuple):
    """Everything that was read from one workbook, in the order of its rows."""

    cycle: Cycle | None
    objectives: tuple[Objective, ...] = ()
    key_results: tuple[KeyResult, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    people: tuple[Person, ...] = ()
    settings: Settings | None = None
    tables: tuple[Table, ...] = ()
    unread: tuple[UnreadSheet, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    header_changes: tuple[HeaderChange, ...] = ()
    missing: tuple[MissingTable, ...] = ()
    lookalikes: tuple[Lookalike, ...] = ()
    other_cycles: tuple[OtherCycle, ...] = ()
    own: Table | None = None
    """The computed columns in a worksheet of our own, for the tables that have none beside them."""
    alike: Mapping[str, str] = NOTHING
    """The keys of rows that nothing but their places tells from an earlier one, each with the key of that one."""
    from_kpis: frozenset[str] = frozenset()
    """The keys of the key results whose current value was taken from a KPI, while they are scored."""
    empty_sections: tuple[EmptySection, ...] = ()
    seen: Mapping[str, Seen] = NOTHING
    """What history knows of the items, by key; empty where none is kept."""

    @property
    def items(self) -> tuple[Item, ...]:
        """Every objective, key result and KPI: those of one kind together, in the order of their rows."""
        return (*self.objectives, *self.key_results, *self.kpis)

    @property
    def leading(self) -> list[Objective]:
        """The company's objectives, which stand for the whole; all of them where none is the company's."""
        return [one for one in self.objectives if one.level.value is Level.COMPANY] or list(self.objectives)
