"""The proof, before a new workbook takes the old one's place: every target reads back, and nothing else changed.

The new file is opened from the disk, and read by other code than that which wrote it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sheetsync.backends.excel import limits
from sheetsync.backends.excel.container import Container
from sheetsync.backends.excel.formats import Formats, formats_of
from sheetsync.backends.excel.package import Package
from sheetsync.backends.excel.targets import SheetTargets
from sheetsync.backends.excel.verify_parts import verify_members, verify_naming
from sheetsync.backends.excel.verify_sheet import SheetCheck
from sheetsync.backends.excel.verify_strays import Strays
from sheetsync.errors import SheetsyncError, VerifyFailed, WriteRefused

if TYPE_CHECKING:
    from sheetsync.backends.excel.charts import SheetCharts
    from sheetsync.backends.excel.note_parts import SheetNotes


def verify(
    old: Package,
    data: bytes,
    changed: frozenset[str],
    targets: Sequence[SheetTargets],
    notes: Sequence[SheetNotes] = (),
    charts: Sequence[SheetCharts] = (),
) -> None:
    """Prove that ``data`` is the old workbook with its targets, notes and charts written; raises VerifyFailed.

    ``changed`` names the members that may differ. Raises WriteRefused where the old workbook was not as it should be.
    """
    try:
        new = Package(Container(data, old.path))
        added = [own.facts.part.part for own in targets if own.facts.blank]
        added += [part for one in notes for part in one.added]
        added += [part for one in charts for part in one.added]
        verify_members(old.container, new.container, changed, added)
        verify_naming(old, new, targets, notes, charts)
        strays = _verify_styles(old, new)
        if notes:
            from sheetsync.backends.excel.verify_notes import verify_notes

            verify_notes(old, new, notes)
        formats = formats_of(new)
        for own in targets:
            _verify_sheet(old, new, own, formats, strays)
        if strays is not None:
            written = {own.facts.part.part for own in targets}
            strays.refuse_in((one.part for one in old.sheets if one.part not in written), old.container)
    except SheetsyncError as error:
        if isinstance(error, VerifyFailed | WriteRefused):
            raise
        raise VerifyFailed("excel.verify_part", path=old.path, part=str(error.params.get("part", ""))) from error


def _verify_sheet(old: Package, new: Package, targets: SheetTargets, formats: Formats, strays: Strays | None) -> None:
    """Prove one worksheet; where that fails because it was odd before, refuse it with that reason (WriteRefused)."""
    try:
        SheetCheck(old, new, targets, formats, strays).run()
    except VerifyFailed as failed:
        from sheetsync.backends.excel.verify_form import odd_form

        part = targets.facts.part
        reason = None if targets.facts.blank else odd_form(old.container.chunks(part.part, limits.SHEET))
        if reason is None:
            raise
        raise WriteRefused(reason, path=old.path, sheet=part.name) from failed


def _verify_styles(old: Package, new: Package) -> Strays | None:
    """Prove that the old cell formats come first in the new styles, unchanged: no cell looks different.

    Gives what finds references to those that were appended; None where none were.
    """
    if old.styles_part is None:
        return None
    appended = {}
    for kind in ("cellXfs", "dxfs"):
        before, after = (_formats(package, kind) for package in (old, new))
        if after[: len(before)] != before:
            raise VerifyFailed("excel.verify_part", path=old.path, part=old.styles_part)
        appended[kind] = range(len(before), len(after))
    return Strays(appended["cellXfs"], old.path) if appended["cellXfs"] else None


def _formats(package: Package, kind: str) -> list[bytes]:
    data = package.container.read(package.styles_part or "")
    holder = package.styles.child(kind) if package.styles else None
    return [data[xf.start : xf.end] for xf in holder.children] if holder else []
