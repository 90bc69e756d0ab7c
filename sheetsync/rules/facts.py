"""What rules may look at: goals, scores and today, with the look-ups that several rules share, made once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from sheetsync.language import fold
from sheetsync.model import NOTHING, Goals, Item, KeyResult, Kpi, Objective, Quantity, Table
from sheetsync.noticed import Doubt
from sheetsync.reading.held import Log, in_words, log_of
from sheetsync.record import NamedTuple
from sheetsync.results import NotScored, Reason, Score, Scorecard
from sheetsync.workbook import Cell, CellRef, Workbook

if TYPE_CHECKING:
    from sheetsync.past import Past, Replaced
    from sheetsync.reading.unit_words import Unit, UnitWords
    from sheetsync.rules.drift_exchanged import Exchange
    from sheetsync.rules.registry import Hit
    from sheetsync.scoring.company.kin import Kin
    from sheetsync.scoring.profile import Profile

I = TypeVar("I")  # noqa: E741 - reads well beside Item


class Share(float):
    """A fraction that people see as a percentage; messages show it so."""


class Given(NamedTuple):
    """What the run knows of a workbook.

    ``past`` is what history remembers (None without history), ``profile`` the scoring profile in use, ``workbook``
    what was read (for hidden worksheets). ``words`` are the word lists of all languages (see ``Lexicon.lists``);
    ``profiles`` and ``languages`` are the names that the Settings sheet may give, empty where nobody knows them.
    ``kin`` are the workbooks of the same company, None where the workbook is its only one. ``reused`` are the keys
    that name another thing than a while ago, with what they named then (of that ``past`` has nothing). ``fiscal_start``
    is the month, 1 to 12, in which the firm's own year begins.
    """

    goals: Goals
    scorecard: Scorecard
    today: date
    past: Past | None = None
    profile: Profile | None = None
    workbook: Workbook | None = None
    words: Mapping[str, tuple[str, ...]] = NOTHING
    profiles: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    kin: Kin | None = None
    reused: Mapping[str, Replaced] = NOTHING
    fiscal_start: int = 1


class Facts(Given):
    """Everything that a rule may look at: what is given, and what several rules derive from it, made once."""

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every objective, key result and KPI by its key."""
        return {item.key: item for item in self.goals.items}

    @cached_property
    def units(self) -> UnitWords:
        """What finds units in texts."""
        from sheetsync.reading.unit_words import UnitWords  # few workbooks need it

        return UnitWords(self.words)

    def unit_of(self, item: KeyResult | Kpi) -> Unit | None:
        """Give the unit that a row's column Unit names; None where it names none that is known."""
        return self.units.named(item.unit.value) if item.unit.value else None

    @cached_property
    def log(self) -> Log:
        """The rows of the check-in log by the key of the key result that they name."""
        return log_of(self.goals)

    @cached_property
    def in_words(self) -> list[KeyResult | Kpi]:
        """The key results and KPIs that hold a number or a target written as a text, here or in the log."""
        return in_words(self.goals, self.log)

    @cached_property
    def unread_numbers(self) -> tuple[Hit, ...]:
        """Every number but a target that could not be read, also those that have two meanings."""
        from sheetsync.rules.numbers import unreadable_numbers  # rules, which look at facts themselves

        return tuple(unreadable_numbers(self))

    @cached_property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The pairs of headers that changed places since the cycle was set up, also those that were put back."""
        from sheetsync.rules.drift_exchanged import exchanges  # a rule, which looks at facts itself

        return tuple(exchanges(self))

    @cached_property
    def past_as_headed(self) -> Past | None:
        """What history remembers, as if headers that changed places for a while had always stood where they belong."""
        if self.past is None or not any(found.back for found in self.exchanges):
            return self.past
        from sheetsync.rules.drift_exchanged import as_headed

        return as_headed(self.past, self.exchanges, self.items)

    @cached_property
    def by_id(self) -> dict[str, Objective | KeyResult]:
        """Every objective and key result by its folded id and by its key; of equal ids the first."""
        return self._ids[0]

    @cached_property
    def repeated(self) -> list[list[Objective | KeyResult]]:
        """The groups of objectives and key results that share an id, each in the order of the rows."""
        return list(self._ids[1].values())

    @cached_property
    def _ids(self) -> tuple[dict[str, Objective | KeyResult], dict[str, list[Objective | KeyResult]]]:
        first: dict[str, Objective | KeyResult] = {}
        groups: dict[str, list[Objective | KeyResult]] = {}
        # An objective that is only named beside its key results has their row; it must not make their ids look double.
        named = [item for item in self.goals.objectives if not item.own_row]
        own = [item for item in self.goals.objectives if item.own_row] if named else self.goals.objectives
        rows: Iterable[Objective | KeyResult] = (*own, *self.goals.key_results)
        for item in rows:
            name = fold(item.id.value or item.key)
            known = first.setdefault(name, item)
            if known is not item and item.id.value is not None:
                groups.setdefault(name, [known]).append(item)
        for item in named:
            first.setdefault(fold(item.id.value or item.key), item)
        for item in rows:
            if item.id.value is not None and item.id.value != item.key:
                first.setdefault(fold(item.key), item)
        return first, groups

    @cached_property
    def linked(self) -> list[Objective | KeyResult]:
        """The objectives and key results whose Aligned to names something."""
        rows: tuple[tuple[Objective | KeyResult, ...], ...] = (self.goals.objectives, self.goals.key_results)
        return [item for items in rows for item in items if item.aligned_to.value]

    @cached_property
    def kpi_names(self) -> frozenset[str]:
        """The folded ids and keys of all KPIs."""
        names = (name for item in self.goals.kpis for name in (item.id.value, item.key))
        return frozenset(fold(name) for name in names if name)

    def is_kpi(self, name: str) -> bool:
        """Say whether a name in Aligned to is that of a KPI, and of no objective and no key result."""
        folded = fold(name)
        return folded in self.kpi_names and folded not in self.by_id

    @cached_property
    def ignored(self) -> dict[str | None, frozenset[str]]:
        """What the Ignore cells silence, by the key of the item; items that silence nothing are left out."""
        return {item.key: item.ignore.value for item in self.goals.items if item.ignore.value}

    @cached_property
    def tables(self) -> dict[str, Table]:
        """Every table by its key."""
        return {table.key: table for table in self.goals.tables}

    @cached_property
    def unclear(self) -> dict[CellRef, Doubt]:
        """The texts of two meanings, by their place."""
        return {doubt.cell.ref: doubt for doubt in self.goals.doubts if doubt.readings}

    @cached_property
    def by_row(self) -> dict[tuple[str, int], str]:
        """The key of the item in each row, by worksheet and row; of an objective and its key result the latter."""
        return {(item.sheet, item.row): item.key for item in self.goals.items}

    @cached_property
    def children(self) -> dict[str, list[KeyResult]]:
        """The key results of each objective, by the objective's key."""
        found: dict[str, list[KeyResult]] = defaultdict(list)
        for item in self.goals.key_results:
            if item.objective is not None:
                found[item.objective].append(item)
        return found

    @cached_property
    def _refusals(self) -> dict[NotScored, list[str]]:
        found: dict[NotScored, list[str]] = defaultdict(list)
        for key, score in self.scorecard.scores.items():
            if score.not_scored is not None:
                found[score.not_scored].append(key)
        return found

    @cached_property
    def _noted(self) -> dict[str, list[tuple[str, Reason]]]:
        found: dict[str, list[tuple[str, Reason]]] = defaultdict(list)
        for key, reasons in self.scorecard.notes.items():
            for reason in reasons:
                found[reason.code].append((key, reason))
        return found

    def not_scored(self, why: NotScored) -> Iterator[tuple[Item, Score]]:
        """Give every item that scoring left out for this reason, with what it knew of it."""
        for key in self._refusals.get(why, ()):
            item = self.items.get(key)
            if item is not None:
                yield item, self.scorecard.scores[key]

    def unmeasured(self, why: NotScored) -> Iterator[tuple[KeyResult | Kpi, Score]]:
        """Give the key results and KPIs that scoring left out for this reason, with what it knew of them."""
        for item, score in self.not_scored(why):
            if not isinstance(item, Objective):
                yield item, score

    def notes(self, code: str) -> Iterator[tuple[Item | None, Mapping[str, Any]]]:
        """Give every note of this code that scoring made: its item (None: the whole workbook) and its params."""
        for key, reason in self._noted.get(code, ()):
            yield self.items.get(key), reason.params


def unreadable(items: Iterable[I], concept: str) -> Iterator[tuple[I, Cell[Any]]]:
    """Give the items in whose cell of a concept something stands that could not be read."""
    get = attrgetter(concept)
    for item in items:
        cell = get(item)
        if cell.value is None and cell.raw is not None and cell.unreadable:
            yield item, cell


def place(cell: Cell[Any], item: Item) -> CellRef:
    """Give the place of a cell; where its concept has no column, the place of the item's title."""
    if cell.column:
        return CellRef(cell.sheet, cell.row, cell.column)
    return title_place(item)


def title_place(item: Item) -> CellRef:
    """Give the place of an item's title, or of its id, or the first cell of its row."""
    for cell in (item.title, item.id):
        if cell.column:
            return CellRef(cell.sheet, cell.row, cell.column)
    return CellRef(item.sheet, item.row, 1)


def group_place(item: Item | None, facts: Facts) -> CellRef | None:
    """Give the place to point at for a group of siblings: its objective, or the weight of its first member."""
    if item is None:
        return None
    if isinstance(item, Objective) and item.key in facts.children:
        return title_place(item)
    return place(item.weight, item)


def name_of(item: Item) -> str:
    """Give what people call an item: its id, else its title, else its key."""
    return item.id.value or item.title.value or item.key


def plain(quantity: Quantity) -> float:
    """Give the number of a quantity, as a Share where it was a percentage."""
    return Share(quantity.number) if quantity.percent else quantity.number


def shown(cell: Cell[Any]) -> Any:
    """Give what a cell holds for a message: a number or Share where it is one, else what stands there, else a dash."""
    if isinstance(cell.value, Quantity):
        return plain(cell.value)
    return "–" if cell.blank else cell.raw


def lacks_actual(table: Table) -> bool:
    """Say whether nothing in a table of KPIs holds what was reached: no column, no periods, nothing said for all."""
    return "actual" not in table.columns and not table.periods and "actual" not in table.fixed


def has_column(cell: Cell[Any]) -> bool:
    """Say whether the concept of a cell has a column in its worksheet at all."""
    return cell.column > 0


def first_few(names: Iterable[str], count: int = 3) -> str:
    """Join the first names with commas, with an ellipsis where there are more."""
    listed = list(names)
    return ", ".join(listed[:count]) + (", …" if len(listed) > count else "")
