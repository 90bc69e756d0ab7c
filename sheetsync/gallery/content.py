"""What stands in a new workbook: its rows, its people, its settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sheetsync.gallery.design import TableDesign, load_texts
from sheetsync.language import Phrases
from sheetsync.model import Cycle
from sheetsync.record import NamedTuple

Row = Mapping[str, Any]
PROFILE, KPI_PROFILE = "default@1", "vn-kpi@1"


class Share(float):
    """A number that is shown as a percentage: 0.3 as 30%."""


class Verbatim(str):
    """A text that stands as it is even in a column of words, because nobody knows which of them it means."""

    __slots__ = ()


class Filled(NamedTuple):
    """One table to write: its design, and its rows."""

    design: TableDesign
    rows: Sequence[Row]


class Content(NamedTuple):
    """Everything that fills a workbook. Rows map a concept to what stands in its cell; words are names of values.

    ``examples`` says that the rows are examples, to be shown as such. ``extra`` are the user's own columns: header and
    values by row. ``notes`` is a worksheet of the user's own: name and rows, where a cell ``=progress(KR-1)`` refers
    to a computed cell. ``tables`` stand in the place of the usual worksheets where there are any, and ``source`` is a
    worksheet of plain values: its name and its rows, the first of which is a header.
    """

    texts: Mapping[str, Any]
    company: str
    cycle: Cycle | None
    okr: Sequence[Row]
    kpi: Sequence[Row]
    check_ins: Sequence[Row] = ()
    people: Sequence[Row] = ()
    examples: bool = False
    extra: Mapping[str, Mapping[str, Any]] = {}
    notes: tuple[str, Sequence[Sequence[Any]]] | None = None
    tables: Sequence[Filled] = ()
    source: tuple[str, Sequence[Sequence[Any]]] | None = None
    source_mark: str = "list"
    """What the mark of that worksheet says it is: a list of what had no place, or goals of the ``previous`` cycle."""
    options: frozenset[str] = frozenset()
    """Columns that were asked for: ``sections`` for what sections of KPIs weigh, and for points."""
    profile: str = PROFILE
    kpi_profile: str = KPI_PROFILE


def template_content(phrases: Phrases, cycle: Cycle, company: str, *, sections: bool = False) -> Content:
    """Give the content of an empty template: examples that say so, and nothing else.

    ``sections`` asks for columns for what sections of KPIs weigh themselves, and for bonus and penalty points.
    """
    texts = load_texts(phrases.language)
    examples = texts["example"]
    kpi = examples["kpi_sections" if sections else "kpi"]
    options = frozenset(("sections",) if sections else ())
    return Content(texts, company, cycle, okr=examples["okr"], kpi=kpi, examples=True, options=options)


def cycle_text(cycle: Cycle | None) -> str:
    """Write a cycle so that it reads back in one way only: its label, or its first and last day; empty for none."""
    if cycle is None:
        return ""
    return cycle.label or f"{cycle.start.isoformat()} - {cycle.due.isoformat()}"
