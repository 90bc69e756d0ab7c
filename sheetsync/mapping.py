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
