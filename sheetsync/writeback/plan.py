"""What a plan of the write-back is: changes as plain data, and what stood in the way of others."""

from __future__ import annotations

from collections.abc import Sequence

from sheetsync.record import NamedTuple
from sheetsync.results import Finding
from sheetsync.workbook import CellUpdate, Changes


class Plan(NamedTuple):
    """The changes of one run, and what stood in the way of others."""

    changes: Changes
    findings: tuple[Finding, ...] = ()


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
    return Plan(changes, tuple(finding for plan in plans for finding in plan.findings))
