"""What a plan of the write-back is: changes as plain data, and what stood in the way of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheetsync.model import NOTHING, KeyResult, Kpi, Objective
from sheetsync.record import NamedTuple
from sheetsync.results import Finding
from sheetsync.workbook import CellUpdate, CellValue, Changes


class Shelf(NamedTuple):
    """Computed columns side by side, and the items whose results stand in their rows: where notes may go.

    ``columns`` holds the place of each column by its concept; ``rows`` and ``items`` belong together one by one.
    """

    sheet: str
    columns: Mapping[str, int]
    rows: Sequence[int]
    items: Sequence[Objective | KeyResult | Kpi]


class Plan(NamedTuple):
    """The changes of one run, what stood in the way of others, and where notes may go.

    ``typed`` is what somebody typed over cells of ours that the changes put back: (key of the item, concept) to the
    value.
    """

    changes: Changes
    findings: tuple[Finding, ...] = ()
    shelves: tuple[Shelf, ...] = ()
    typed: Mapping[tuple[str, str], CellValue] = NOTHING


def together(plans: Sequence[Plan]) -> Plan:
    """Give several plans as one, in their order."""
    cells: list[CellUpdate] = []
    for plan in plans:
        cells.extend(plan.changes.cells)
    changes = Changes(
        columns=tuple(column for plan in plans for column in plan.changes.columns),
        cells=tuple(cells),
        anchors=tuple(anchor for plan in plans for anchor in plan.changes.anchors),
        sheets=tuple(sheet for plan in plans for sheet in plan.changes.sheets),
    )
    findings = tuple(finding for plan in plans for finding in plan.findings)
    typed = {place: value for plan in plans for place, value in plan.typed.items()}
    return Plan(changes, findings, tuple(shelf for plan in plans for shelf in plan.shelves), typed)
