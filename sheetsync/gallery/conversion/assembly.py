"""Puts together the content of a new workbook: a worksheet for each table that was read, and what goes with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sheetsync.gallery.content import KPI_PROFILE, PROFILE, Content, Filled, Row
from sheetsync.gallery.conversion.fitting import fitted, period_columns
from sheetsync.gallery.conversion.left_over import LeftOver, left_over, source_rows, untouched
from sheetsync.gallery.conversion.names import named
from sheetsync.gallery.conversion.rows import Manner, Share, check_in_rows, kpi_rows, manner_of, okr_rows, people_rows
from sheetsync.gallery.design import Column, TableDesign, load_table, load_texts
from sheetsync.language import Phrases
from sheetsync.model import Cycle, Goals, Table
from sheetsync.record import NamedTuple
from sheetsync.workbook import Workbook

_GOALS = ("okr", "kpi")
_LONGEST_NAME = 31
_NOT_IN_NAMES = frozenset("[]:*?/\\")
_OTHERS = ("guide", "dashboard", "check-ins", "people", "settings")


class Wording(NamedTuple):
    """What the new workbook is called by and shown in: the words of its language, its firm, cycle and profiles.

    ``source`` is the name of the worksheet for what has no place in the template, ``source_header`` its headers.
    """

    phrases: Phrases
    company: str
    cycle: Cycle | None
    source: str
    source_header: tuple[str, ...]
    profile: str = PROFILE
    kpi_profile: str = KPI_PROFILE


class Conversion(NamedTuple):
    """A workbook that was turned into the content of a template."""

    kind: str
    content: Content
    names: Mapping[str, str]
    """The new id of each item, by the key that it has in the source."""
    left: tuple[LeftOver, ...]
    untouched: tuple[str, ...]
    """Worksheets of the source of which nothing was read."""


def converted(
    workbook: Workbook,
    goals: Goals,
    wording: Wording,
    share: Share,
    as_read: Collection[str] = (),
    asked: Collection[str] = (),
) -> Conversion:
    """Turn what was read of a workbook into the content of one in the form of our templates.

    ``share`` gives the target of a KPI in one period. The amounts of items whose key is in ``as_read`` are written as
    they stood there, those of the others by what they mean. ``asked`` are concepts of OKRs that get a column though no
    row says anything of them yet.
    """
    names = named(goals)
    shared = frozenset(item.key for item in goals.kpis if item.yearly and item.periods)
    manner = manner_of(wording.phrases, names, as_read, shared)
    texts = load_texts(wording.phrases.language)
    tables = tuple(_Tables(goals, wording, manner, share, texts, asked).filled())
    left = tuple(left_over(workbook, goals, names))
    content = Content(
        texts=texts,
        company=wording.company,
        cycle=wording.cycle,
        okr=(),
        kpi=(),
        check_ins=check_in_rows(goals.check_ins, manner),
        people=people_rows(goals.people),
        tables=tables,
        source=(wording.source, source_rows(left, wording.source_header)) if left else None,
        profile=wording.profile,
        kpi_profile=wording.kpi_profile,
    )
    kinds = {table.design.kind for table in tables}
    kind = "-".join(name for name in _GOALS if name in kinds)
    return Conversion(kind, content, names, left, tuple(untouched(workbook, goals)))


class _Tables:
    """The tables of the new workbook."""

    def __init__(
        self,
        goals: Goals,
        wording: Wording,
        manner: Manner,
        share: Share,
        texts: Mapping[str, Any],
        asked: Collection[str],
    ) -> None:
        self._asked = asked
        self._goals, self._wording, self._manner, self._share, self._texts = goals, wording, manner, share, texts
        words = wording.phrases.words
        self._names = {words(f"sheets.{other}")[0].casefold() for other in _OTHERS} | {wording.source.casefold()}

    def filled(self) -> Iterator[Filled]:
        """Give each table that holds anything, the OKRs first, with its design."""
        for kind in _GOALS:
            found = [table for table in self._goals.tables if table.kind == kind and self._rows(table)]
            for place, table in enumerate(found, 1):
                design = load_table(kind, self._wording.phrases, self._texts)
                name = self._name(table.sheet if len(found) > 1 else design.sheet, design.sheet)
                rows = self._rows(table)
                used = {concept for row in rows for concept, value in row.items() if value is not None}
                used.update(self._asked if kind == "okr" else self._to_fill_in(table))
                made = fitted(design, self._wording.phrases, used, self._periods(table))
                yield Filled(_called(made, name, kind if place == 1 else f"{kind}{place}"), rows)

    def _to_fill_in(self, table: Table) -> Collection[str]:
        """Give the column of actuals where the source had one that nobody has filled in yet."""
        return ("actual",) if "actual" in table.columns and not table.periods else ()

    def _rows(self, table: Table) -> list[Row]:
        goals = self._goals
        if table.kind == "kpi":
            return list(kpi_rows([item for item in goals.kpis if item.table == table.key], self._manner, self._share))
        objectives = [item for item in goals.objectives if item.table == table.key]
        results = [item for item in goals.key_results if item.table == table.key]
        return list(okr_rows(objectives, results, self._manner))

    def _periods(self, table: Table) -> list[Column]:
        items = [item for item in self._goals.kpis if item.table == table.key]
        return period_columns(items, self._manner.shared, self._wording.phrases)

    def _name(self, wanted: str, usual: str) -> str:
        """Give a name for a worksheet that no other has."""
        name = "".join(sign for sign in wanted if sign not in _NOT_IN_NAMES).strip("' ")[:_LONGEST_NAME] or usual
        count = 1
        while name.casefold() in self._names:
            count += 1
            name = f"{usual} {count}"
        self._names.add(name.casefold())
        return name


def _called(design: TableDesign, sheet: str, key: str) -> TableDesign:
    return design._replace(sheet=sheet, key=key)
