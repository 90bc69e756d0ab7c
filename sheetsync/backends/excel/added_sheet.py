"""A worksheet of our own that is added to a workbook: its empty part, and where its part is named.

It is made empty first and then written as any other, so that what holds for cells and columns holds here too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import count

from sheetsync.backends.excel import limits
from sheetsync.backends.excel.markup import attributes_of, escaped, is_utf8, parse, prefix_of, tag_end, unescaped
from sheetsync.backends.excel.package import TYPES, Package, SheetPart
from sheetsync.backends.excel.reader import Opened, SheetFacts
from sheetsync.backends.excel.survey import Survey
from sheetsync.errors import WriteRefused
from sheetsync.workbook import CellRef, ColumnAddition, SheetAddition

WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"

BLANK = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="%b"><sheetViews>'
    b'<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    b'<selection pane="bottomLeft"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
    b"<sheetData></sheetData>%b</worksheet>"
)
"""A worksheet without cells, whose first row stays in sight; its namespace is that of the workbook."""
MARGINS = b'<pageMargins left="%b" right="%b" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
"""In inches."""

TRANSITIONAL = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DRAWN = (BLANK % (b"%b", MARGINS % (b"0.3", b"0.3"))).replace(
    b"<sheetViews>", b'<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>'
).removesuffix(b"</worksheet>") + (
    b'<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
    b'<drawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId1"/></worksheet>'
)
"""The same with a chart (see ``charts``); a workbook in the strict form gets none.

Columns and chart are printed side by side, on as many A4 pages as the rows need: else the chart would be cut in two.
"""


def with_sheets(opened: Opened, additions: Sequence[SheetAddition]) -> Opened:
    """Give the workbook as it would be with new worksheets behind all others, still empty.

    Refuses (WriteRefused) a workbook that is signed, whose structure is protected, or that several people share in
    the old way of Excel, and a name that is taken.
    """
    if not additions:
        return opened
    package = opened.package
    _refuse_unsafe(package, additions)
    namespace = _namespace(package)
    blank = BLANK % (namespace, MARGINS % (b"0.7", b"0.7"))
    drawn = DRAWN % namespace if namespace == TRANSITIONAL else blank
    parts = _free_parts(package)
    found = [
        SheetPart(addition.name, next(parts), len(package.tabs) + place, hidden=False)
        for place, addition in enumerate(additions)
    ]
    return opened._replace(
        sheets=(
            *opened.sheets,
            *(
                SheetFacts(part, Survey(), None, (), None, drawn if addition.chart else blank)
                for part, addition in zip(found, additions, strict=True)
            ),
        )
    )


def columns_of(addition: SheetAddition) -> tuple[ColumnAddition, ...]:
    """Give the columns of a new worksheet as columns that are added to it."""
    return tuple(
        ColumnAddition(
            CellRef(addition.name, 1, place),
            column.text,
            addition.table,
            column.concept,
            column.form,
            column.width,
            addition.last_row,
            column.tones,
        )
        for place, column in enumerate(addition.columns, 1)
    )


def parts_naming(package: Package, sheets: Sequence[SheetPart]) -> dict[str, bytes]:
    """Give the new workbook part, its relations and the list of content types, with new worksheets named in them."""
    relations, types = package.relations_part(package.workbook_part), package.container.find(TYPES) or TYPES
    given, kind = relation_ids(package, relations), _relation_kind(package, relations)
    numbers = (f"rId{number}" for number in count(len(given) + 1))
    ids = [next(own for own in numbers if own.casefold() not in given) for _ in sheets]
    folder = package.workbook_part.rpartition("/")[0]
    links = [
        {"Id": own, "Type": kind, "Target": sheet.part.removeprefix(f"{folder}/")}
        for own, sheet in zip(ids, sheets, strict=True)
    ]
    overrides = [{"PartName": f"/{sheet.part}", "ContentType": WORKSHEET} for sheet in sheets]
    return {
        package.workbook_part: _with_tabs(package, sheets, ids),
        relations: _grown(package, relations, "Relationship", links),
        types: _grown(package, types, "Override", overrides),
    }


def _refuse_unsafe(package: Package, additions: Sequence[SheetAddition]) -> None:
    taken = {tab.casefold() for tab in package.tabs}
    lock = package.workbook.child("workbookProtection")
    for addition in additions:
        params = {"path": package.path, "sheet": addition.name}
        if package.signed:
            raise WriteRefused("excel.signed", **params)
        if lock is not None and lock.attributes.get("lockStructure") in ("1", "true"):
            raise WriteRefused("excel.structure_locked", **params)
        if any(own.kind == "revisionHeaders" for own in package.relations(package.workbook_part).values()):
            raise WriteRefused("excel.shared_workbook", **params)
        if addition.name.casefold() in taken:
            raise WriteRefused("excel.sheet_name_taken", **params)
        taken.add(addition.name.casefold())
    if len(package.container.members) + len(additions) > limits.PARTS:
        raise WriteRefused("excel.too_many_parts", path=package.path, count=limits.PARTS, limit=limits.PARTS)


def _namespace(package: Package) -> bytes:
    """Give the namespace of the workbook's elements, which is another one in a strict workbook."""
    data = _utf8(package, package.workbook_part)
    start, prefix = package.workbook.start, prefix_of(data, package.workbook)
    given = attributes_of(data[start : tag_end(data, start)])
    name = b"xmlns:" + prefix[:-1] if prefix else b"xmlns"
    if name not in given:
        raise WriteRefused("excel.encoding", path=package.path, sheet=package.workbook_part)
    return given[name]


def _free_parts(package: Package) -> filter[str]:
    """Give names of worksheet parts that no member has yet."""
    folder = package.workbook_part.rpartition("/")[0]
    start = f"{folder}/worksheets/sheet" if folder else "worksheets/sheet"
    names = (f"{start}{number}.xml" for number in count(len(package.sheets) + 1))
    return filter(lambda name: package.container.find(name) is None, names)


def relation_ids(package: Package, relations: str) -> set[str]:
    """Give the ids of all relations of a part, in small letters."""
    return {own.attributes.get("Id", "").casefold() for own in package.tree(relations).all("Relationship")}


def _relation_kind(package: Package, relations: str) -> str:
    """Give the type of a relation to a worksheet as the workbook writes it."""
    kinds = [own.attributes.get("Type", "") for own in package.tree(relations).all("Relationship")]
    return next((kind for kind in kinds if kind.endswith("/worksheet")), RELATION)


def _with_tabs(package: Package, sheets: Sequence[SheetPart], ids: Sequence[str]) -> bytes:
    data = _utf8(package, package.workbook_part)
    holder = package.workbook.child("sheets")
    tabs = [own for own in holder.children if own.name == "sheet"] if holder else []
    numbers = [int(own.attributes["sheetId"]) for own in tabs if own.attributes.get("sheetId", "").isdecimal()]
    relation, declared = _relation_name([data[own.start : tag_end(data, own.start)] for own in tabs])
    free = count(max(numbers, default=0) + 1)
    new = [
        {**declared, "name": sheet.name, "sheetId": str(number), relation: own}
        for number, sheet, own in zip(free, sheets, ids, strict=False)
    ]
    at = holder.inner_end if holder else 0
    return data[:at] + _elements(prefix_of(data, package.workbook), "sheet", new) + data[at:]


def _relation_name(tags: Sequence[bytes]) -> tuple[str, dict[str, str]]:
    """Give the name of the attribute that holds a tab's relation, and what declares its prefix in the very tag."""
    for tag in tags:
        found = re.search(rb"\s([\w.-]+):id\s*=", tag)
        if found:
            prefix = found.group(1).decode()
            declared = attributes_of(tag).get(f"xmlns:{prefix}".encode())
            return f"{prefix}:id", {f"xmlns:{prefix}": unescaped(declared)} if declared else {}
    return "r:id", {}


def _grown(package: Package, part: str, name: str, new: Sequence[Mapping[str, str]]) -> bytes:
    return appended(_utf8(package, part), part, package.path, name, new)


def appended(data: bytes, part: str, path: str, name: str, new: Sequence[Mapping[str, str]]) -> bytes:
    """Give a part with elements appended to its root, in the prefix of the root; one in another code is refused."""
    if not is_utf8(data):
        raise WriteRefused("excel.encoding", path=path, sheet=part)
    root = parse(data, part, path)
    if root.inner_end == root.end:  # written as an empty element
        raise WriteRefused("excel.encoding", path=path, sheet=part)
    if root.name not in ("Relationships", "Types"):
        raise WriteRefused("excel.malformed", path=path, part=part)
    return data[: root.inner_end] + _elements(prefix_of(data, root), name, new) + data[root.inner_end :]


def _elements(prefix: bytes, name: str, given: Sequence[Mapping[str, str]]) -> bytes:
    """Give empty elements with their attributes."""
    attributes = (b"".join(b' %b="%b"' % (key.encode(), escaped(value)) for key, value in one.items()) for one in given)
    return b"".join(b"<%b%b%b/>" % (prefix, name.encode(), own) for own in attributes)


def _utf8(package: Package, part: str) -> bytes:
    data = package.container.read(part)
    if not is_utf8(data):
        raise WriteRefused("excel.encoding", path=package.path, sheet=part)
    return data
