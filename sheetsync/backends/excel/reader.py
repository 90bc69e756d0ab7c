"""Reading a workbook: container and guard first, then values by calamine, then what calamine does not show."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from sheetsync.backends.excel import limits
from sheetsync.backends.excel.calamine import opened_by_calamine, rows_by_calamine
from sheetsync.backends.excel.container import Container
from sheetsync.backends.excel.formats import Formats, formats_of
from sheetsync.backends.excel.markup import Element, is_utf8
from sheetsync.backends.excel.names import area_of, marks_of, print_area_of
from sheetsync.backends.excel.package import Package, SheetPart
from sheetsync.backends.excel.stream import SheetStream
from sheetsync.backends.excel.strings import shared_strings
from sheetsync.backends.excel.survey import Locked, Survey, Unusual, exact_bounds, places_of, survey
from sheetsync.errors import ReadRefused
from sheetsync.record import NamedTuple
from sheetsync.workbook import Annotations, Area, Workbook, Worksheet, no_percent

if TYPE_CHECKING:
    from sheetsync.backends.excel.careful import Rows
    from sheetsync.details import Details

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
XML_NAMES = (".xml", ".rels", ".vml")
ANNOTATING = frozenset(("comments", "threadedComment", "vmlDrawing"))
"""Relations of a worksheet that have to do with notes."""
DOCTYPES = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le")[:-1])


class SheetFacts(NamedTuple):
    """What is known of one worksheet: its part, the survey of its bytes, and the tables and pivots laid over it."""

    part: SheetPart
    survey: Survey
    rows: Rows | None
    """Its values, where the careful reader had to read it; else calamine reads them."""
    tables: tuple[tuple[str, Area], ...]
    refusal: str | None
    blank: bytes = b""
    """The part itself, still without cells, where the worksheet is only about to be added."""
    annotated: bool = False
    """Whether it has notes, or drawings of the kind in which notes are drawn."""


class Opened(NamedTuple):
    """A workbook whose container was proven and whose sheets were surveyed; nothing of it is left to be trusted."""

    package: Package
    formats: Formats
    sheets: tuple[SheetFacts, ...]

    def sheet(self, name: str) -> SheetFacts | None:
        """Give the facts of the worksheet of that name."""
        return next((facts for facts in self.sheets if facts.part.name == name), None)


def open_package(data: bytes, path: str) -> Package:
    """Open the container, prove every member, and find the parts; raises ReadRefused."""
    if not data:
        raise ReadRefused("excel.empty", path=path)
    if data.startswith(OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        raise ReadRefused("excel.encrypted" if encrypted else "excel.old_format", path=path)
    if not data.startswith(b"PK"):
        raise ReadRefused("excel.not_a_workbook", path=path)
    return Package(Container(data, path))


def open_workbook(data: bytes, path: str) -> Opened:
    """Open a workbook and survey its worksheets, so that reading it is safe; raises ReadRefused."""
    package = open_package(data, path)
    _prove(package)
    formats = formats_of(package)
    sheets = tuple(_facts(package, sheet, formats) for sheet in package.sheets)
    return Opened(package, formats, sheets)


def workbook_of(opened: Opened, revision: str) -> Workbook:
    """Read the values of an opened workbook."""
    package = opened.package
    rows = _rows(opened)
    sheets = tuple(_worksheet(opened, facts, rows) for facts in opened.sheets)
    path = package.path
    name = path.replace("\\", "/").rpartition("/")[2]
    marks, properties = marks_of(package), package.properties()
    return Workbook(name, path, sheets, revision, marks, properties, counts_from_1904=package.date1904)


def _prove(package: Package) -> None:
    """Prove size and checksum of every member but the worksheets, which the survey proves; refuse any DOCTYPE."""
    container = package.container
    sheets = {sheet.part for sheet in package.sheets}
    if package.strings_part and container.members[package.strings_part].size > limits.SHEET:
        limit = limits.SHEET // limits.MEBIBYTE
        raise ReadRefused("excel.part_too_large", path=package.path, part=package.strings_part, limit=limit)
    for name in container.members:
        if name in sheets:
            continue
        if not name.lower().endswith(XML_NAMES):
            container.prove(name)
            continue
        seam = b""
        for chunk in container.chunks(name):
            window = seam + chunk
            if b"<!" in window and any(doctype in window for doctype in DOCTYPES):
                raise ReadRefused("excel.doctype", path=package.path, part=name)
            seam = window[-20:]


def _facts(package: Package, sheet: SheetPart, formats: Formats) -> SheetFacts:
    tables, locked, annotated = _overlays(package, sheet)
    rows: Rows | None = None
    try:
        found = _quick_survey(package, sheet, formats)
    except Unusual:
        found, rows = carefully(package, sheet, formats)
    found.locked.extend(locked)
    refusal = "excel.signed" if package.signed else found.refusal
    return SheetFacts(sheet, found, rows, tables, refusal, annotated=annotated)


def stream_of(package: Package, part: str, blank: bytes = b"") -> SheetStream:
    """Give a worksheet part as a stream; ``blank`` stands for one that the package does not hold yet."""
    if blank:
        return SheetStream(iter((blank,)), package.path, part)
    return SheetStream(package.container.chunks(part, limits.SHEET), package.path, part)


def _quick_survey(package: Package, sheet: SheetPart, formats: Formats) -> Survey:
    """Survey a sheet; raises Unusual where the careful reader has to, for its form or because it is nearly empty."""
    try:
        stream = stream_of(package, sheet.part)
    except ReadRefused as error:
        if error.key == "excel.malformed":
            raise Unusual from error
        raise
    if not is_utf8(stream.head):
        raise Unusual
    found = survey(stream, formats.percents)
    if found.last_row * found.last_column > limits.SPARSE_CELLS:
        again = stream_of(package, sheet.part)
        rows, columns = found.last_row, found.last_column
        if rows * columns > limits.CELLS or found.cells * 8 < rows * columns:
            rows, columns = exact_bounds(again.blocks(), again.prefix)
        found.last_row, found.last_column = rows, columns
        if rows > limits.ROWS or rows * columns > limits.CELLS or found.cells * 8 < rows * columns:
            raise Unusual
    return found


def carefully(package: Package, sheet: SheetPart, formats: Formats) -> tuple[Survey, Rows]:
    """Read a sheet with the careful reader: its facts and its values."""
    from sheetsync.backends.excel.careful import Careful, read_carefully

    reader = Careful(package.path, sheet.name, formats, package.date1904, shared_strings(package))
    chunks = package.container.chunks(sheet.part, limits.SHEET)
    first = next(chunks, b"")
    if not is_utf8(first):
        reader.refuse("excel.encoding")
    found = read_carefully(_again(first, chunks), reader, sheet.part)
    return found, reader.rows()


def _again(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _overlays(package: Package, sheet: SheetPart) -> tuple[tuple[tuple[str, Area], ...], list[Locked], bool]:
    """Give the Excel tables of a sheet with their names, and the areas that tables and pivots write themselves.

    Say too whether there are notes, or drawings of the kind in which notes are drawn.
    """
    tables: list[tuple[str, Area]] = []
    locked: list[Locked] = []
    annotated = False
    for relation in package.relations(sheet.part).values():
        annotated = annotated or relation.kind in ANNOTATING
        part = package.container.find(relation.target)
        if part is None or relation.kind not in ("table", "pivotTable"):
            continue
        root = package.tree(part)
        holder = root.child("location") if relation.kind == "pivotTable" else root
        area = area_of(holder.attributes.get("ref", "")) if holder else None
        if area and relation.kind == "table":
            tables.append((root.attributes.get("displayName", ""), area))
            locked.extend(Locked(edge, "excel.table_edge") for edge in _edges(root, area))
        elif area:
            locked.append(Locked(area, "excel.pivot"))
    return tuple(tables), locked, annotated


def _edges(table: Element, area: Area) -> Iterator[Area]:
    """Give the header and totals of an Excel table: their texts stand in the table's part too, and must agree."""
    if table.attributes.get("headerRowCount", "1") != "0":
        yield area._replace(last_row=area.first_row)
    if table.attributes.get("totalsRowCount", "0") != "0":
        yield area._replace(first_row=area.last_row)


def _rows(opened: Opened) -> dict[str, Rows]:
    """Read the values of every sheet, with calamine where the survey vouches for the sheet."""
    found = {facts.part.name: facts.rows for facts in opened.sheets if facts.rows is not None}
    quick = [facts for facts in opened.sheets if facts.rows is None]
    book = opened_by_calamine(opened.package.container, (facts.part.part for facts in quick)) if quick else None
    for facts in quick:
        rows = rows_by_calamine(book, facts.part.name, facts.survey.errors) if book else None
        if rows is None:
            _, rows = carefully(opened.package, facts.part, opened.formats)
        found[facts.part.name] = rows
    return {name: rows for name, rows in found.items() if rows is not None}


def _worksheet(opened: Opened, facts: SheetFacts, rows: dict[str, Rows]) -> Worksheet:
    found = facts.survey

    @cache
    def details() -> Details:
        from sheetsync.backends.excel.details import Workshop

        return Workshop(opened, rows).details(facts)

    @cache
    def annotations() -> Annotations:
        from sheetsync.backends.excel.notes import annotations_of

        return annotations_of(opened.package, facts.part.part)

    @cache
    def our_links() -> frozenset[tuple[int, int]]:
        from sheetsync.backends.excel.details import links_of_ours

        return links_of_ours(opened.package, facts)

    return Worksheet(
        name=facts.part.name,
        rows=rows[facts.part.name],
        hidden=facts.part.hidden,
        protected=found.protected,
        formulas=places_of(found.formulas),
        merges=found.merges,
        tables=tuple(area for _, area in facts.tables),
        print_area=print_area_of(opened.package, facts.part.position),
        is_percent=found.percents or no_percent,
        refusal=facts.refusal,
        details=details,
        our_links=our_links,
        annotations=annotations if facts.annotated or opened.package.strict else None,
    )
