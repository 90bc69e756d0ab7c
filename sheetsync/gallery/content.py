"""What stands in a new workbook: its rows, its people, its settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sheetsync.gallery.design import load_texts
from sheetsync.language import Phrases
from sheetsync.model import Cycle
from sheetsync.record import NamedTuple

Row = Mapping[str, Any]


class Content(NamedTuple):
    """Everything that fills a workbook. Rows map a concept to what stands in its cell; words are names of values.

    ``examples`` says that the rows are examples, to be shown as such. ``extra`` are the user's own columns: header and
    values by row. ``notes`` is a worksheet of the user's own: name and rows, where a cell ``=progress(KR-1)`` refers
    to a computed cell.
    """

    texts: Mapping[str, Any]
    company: str
    cycle: Cycle
    okr: Sequence[Row]
    kpi: Sequence[Row]
    check_ins: Sequence[Row] = ()
    people: Sequence[Row] = ()
    examples: bool = False
    extra: Mapping[str, Mapping[str, Any]] = {}
    notes: tuple[str, Sequence[Sequence[Any]]] | None = None


def template_content(phrases: Phrases, cycle: Cycle, company: str) -> Content:
    """Give the content of an empty template: examples that say so, and nothing else."""
    texts = load_texts(phrases.language)
    examples = texts["example"]
    return Content(texts, company, cycle, okr=examples["okr"], kpi=examples["kpi"], examples=True)


def cycle_text(cycle: Cycle) -> str:
    """Write a cycle so that it reads back in one way only: its label, or its first and last day."""
    return cycle.label or f"{cycle.start.isoformat()} - {cycle.due.isoformat()}"
