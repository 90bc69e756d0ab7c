"""How the tables of a workbook that somebody made are laid out, as its owner confirmed it.

``adopt`` writes a mapping into the configuration; every later run reads the workbook by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sheetsync.record import NamedTuple

BESIDE, APART = "beside", "worksheet"
"""Where computed columns go: at the right of the table, or into a worksheet of our own."""
SHEET_NAME = "worksheet"
"""What stands for a worksheet's name where a mapping says from where a concept is taken."""
TURNED = "transposed"
"""The layout in which concepts have rows and goals have columns."""
TABLE_KINDS = ("okr", "kpi", "check-ins", "people")
"""The kinds of tables that are read; understanding calls one of no such kind ``other``."""
LAYOUTS = (
    "flat", "form", "sections", "objective-rows", "merged-objectives", "outline", "period-columns", "period-blocks",
    "target-and-actual-rows", "period-rows", "kr-columns", "kr-lines", "side-by-side", "transposed",
    "sheet-per-member",
)  # fmt: skip
"""The families of layouts, by the names that ``reading.understanding`` gives them."""
CONCEPTS = (
    "order", "id", "level", "horizon", "section", "perspective", "objective", "key_result", "kpi", "initiative",
    "aligned_to", "link", "metric", "unit", "direction", "aggregation", "frequency", "formula", "source", "critical",
    "weight", "baseline", "target", "current", "current_to_date", "kpi_value", "period_value", "period", "start", "due",
    "progress", "expected", "variance", "score", "weighted_score", "grade", "status", "trend", "change", "forecast",
    "why", "synced", "confidence", "commitment", "check_in_date", "agreed", "owner", "supporters", "team", "position",
    "priority", "blocker", "ask", "notes", "ignore", "name", "email", "manager", "honorific", "language", "other",
    "leave", "annual_target", "target_to_date", "section_weight", "bonus", "penalty",
    "role", "mails",
)  # fmt: skip
"""What a column of a table can mean, by the names that ``reading.understanding`` gives it.

``annual_target`` is the target for the whole year beside columns of weeks, months or quarters.
"""
FIXED_CONCEPTS = (*CONCEPTS, "cycle")
"""What may stand once for a whole table, outside its columns: the cycle as well."""
SHARING = frozenset(("objective", "key_result"))
"""Concepts that may have one column between them: each row says, by its number or its words, which of them it is."""


class ColumnMapping(NamedTuple):
    """What one column means: ``place`` is its number (in a turned table that of a row), ``header`` its words.

    The words decide: a column that was moved is found again by them, and one whose words have changed is not read.
    ``header`` holds the words from the group down (``Q1 › Target``) with white space squeezed; it may be empty.
    """

    concept: str
    place: int
    header: str = ""


class TableMapping(NamedTuple):
    """How the table of one worksheet, or of several that are alike, is to be read.

    ``worksheets`` are names, in which ``*`` stands for anything. ``kind`` is ``okr``, ``kpi``, ``check-ins`` or
    ``people``, ``layout`` a family of layouts. Rows count from 1. ``columns`` leave out the columns of periods where
    ``layout`` or the headers themselves show them: a new month is found without a new mapping. ``fixed`` says from
    where a concept is taken that has no column: a cell (``C5``), or the name of the worksheet (``worksheet``).
    """

    worksheets: tuple[str, ...]
    kind: str
    layout: str
    header_rows: tuple[int, ...]
    columns: tuple[ColumnMapping, ...]
    computed: str = BESIDE
    fixed: Mapping[str, str] = MappingProxyType({})
