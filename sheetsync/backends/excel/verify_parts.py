"""The proof of the small parts: what names the new worksheets and marks was added, and nothing else was changed.

The parts are parsed anew and compared element by element, whatever way they were edited.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sheetsync.backends.excel.container import Container
from sheetsync.backends.excel.markup import Element
from sheetsync.backends.excel.names import marks_of
from sheetsync.backends.excel.package import Package
from sheetsync.backends.excel.targets import SheetTargets
from sheetsync.errors import VerifyFailed
from sheetsync.workbook import ColumnMark

if TYPE_CHECKING:
    from sheetsync.backends.excel.charts import SheetCharts
    from sheetsync.backends.excel.note_parts import SheetNotes

MAY_CHANGE = ("sheets", "definedNames", "calcPr")
"""Elements of the workbook part that are compared for what they say, not byte by byte."""

Told = tuple[str, tuple[tuple[str, str], ...], str]
"""One element: its name, its attributes, its text."""


def verify_members(old: Container, new: Container, changed: frozenset[str], added: Sequence[str]) -> None:
    """Prove that every member keeps its place, and that those which may not change are the same, headers included."""
    if list(new.members) != [*old.members, *added]:
        raise VerifyFailed("excel.verify_part", path=old.path, part="directory")
    for name in new.members:
        if name in changed or name in added:
            new.prove(name)
        elif old.record(name) != new.record(name):
            raise VerifyFailed("excel.verify_part", path=old.path, part=name)


def verify_naming(
    old: Package,
    new: Package,
    targets: Sequence[SheetTargets],
    notes: Sequence[SheetNotes] = (),
    charts: Sequence[SheetCharts] = (),
) -> None:
    """Prove that the new worksheets stand behind all others, that each new column is marked, and all else stayed."""
    parts = tuple(own.facts.part for own in targets if own.facts.blank)
    if new.sheets != (*old.sheets, *parts) or new.tabs != (*old.tabs, *(part.name for part in parts)):
        _fail(old, old.workbook_part)
    _verify_marks(old, new, targets)
    if _rest_of_workbook(old) != _rest_of_workbook(new) or not _grown(_tabs(old), _tabs(new), len(parts)):
        _fail(old, old.workbook_part)
    typed = len({(name, *given.items()) for one in notes for name, given in one.types})
    typed += sum(len(one.types) for one in charts)
    grown = {old.relations_part(old.workbook_part): len(parts), "[Content_Types].xml": len(parts) + typed}
    for part, count in grown.items():
        found = old.container.find(part)
        if count and found is not None and not _grown(_told(old, found), _told(new, found), count):
            _fail(old, found)
    if parts:
        _verify_types(new, [part.part for part in parts])
    for name, data in ((name, data) for one in charts for name, data in one.added.items()):
        if new.container.read(name) != data:
            _fail(new, name)


def _verify_marks(old: Package, new: Package, targets: Sequence[SheetTargets]) -> None:
    """Prove that every new column has its mark; a name that is not one of these marks says what it said."""
    made = {(one.table, one.concept): one.header for own in targets for one in own.additions}
    kept = {mark for mark in marks_of(old) if mark[:2] not in made and mark.header is not None}
    wanted = kept | {ColumnMark(*place, header) for place, header in made.items()}
    found = {mark for mark in marks_of(new) if mark.header is not None and (mark in wanted or mark[:2] in made)}
    ours = {f"_ss.{table}.{concept}".casefold() for table, concept in made}
    others = [[name for name in one.names if name.name.casefold() not in ours] for one in (old, new)]
    if found != wanted or others[0] != others[1]:
        _fail(old, old.workbook_part)


def _verify_types(new: Package, parts: Iterable[str]) -> None:
    types = new.tree(new.container.find("[Content_Types].xml") or "")
    known = {own.attributes.get("PartName"): own.attributes.get("ContentType", "") for own in types.all("Override")}
    for part in parts:
        if not known.get(f"/{part}", "").endswith(".worksheet+xml"):
            _fail(new, "[Content_Types].xml")


def _grown(old: Sequence[object], new: Sequence[object], count: int) -> bool:
    """Say whether so many came behind the old ones, which are as they were."""
    return list(new[: len(old)]) == list(old) and len(new) == len(old) + count


def _tabs(package: Package) -> list[Told]:
    holder = package.workbook.child("sheets")
    return [_one(element) for element in holder.children] if holder else []


def _told(package: Package, part: str) -> list[Told]:
    return [_one(element) for element in package.tree(part).children]


def _one(element: Element) -> Told:
    return element.name, tuple(sorted(element.attributes.items())), element.whole_text


def _rest_of_workbook(package: Package) -> list[bytes]:
    """Give the bytes of everything else in the workbook part, and what the request to recalculate leaves of it."""
    data = package.container.read(package.workbook_part)
    rest = [data[own.start : own.end] for own in package.workbook.children if own.name not in MAY_CHANGE]
    return [data[: package.workbook.inner_start], *rest, *_calculation(package), data[package.workbook.inner_end :]]


def _calculation(package: Package) -> Iterator[bytes]:
    element = package.workbook.child("calcPr")
    given = {name: value for name, value in (element.attributes if element else {}).items() if name != "fullCalcOnLoad"}
    if given:
        yield repr(sorted(given.items())).encode()


def _fail(package: Package, part: str) -> None:
    raise VerifyFailed("excel.verify_part", path=package.path, part=part)
