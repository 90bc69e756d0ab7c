"""Edits of the workbook part: names for new marks, and the request to recalculate when it is opened."""

from __future__ import annotations

from collections.abc import Sequence

from sheetsync.backends.excel.markup import Element, escaped, is_utf8, parse, prefix_of, with_attribute
from sheetsync.backends.excel.names import mark_name, mark_text
from sheetsync.backends.excel.package import Package
from sheetsync.errors import WriteRefused
from sheetsync.workbook import ColumnAddition

BEFORE_NAMES = (
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
)
"""Elements that the schema puts before ``definedNames``."""

BEFORE_CALCULATION = (*BEFORE_NAMES, "definedNames")

Edit = tuple[int, int, bytes]


def with_marks(data: bytes, package: Package, additions: Sequence[ColumnAddition]) -> bytes:
    """Give the workbook part with a name for each new column; a mark that lost its cell is pointed at the new one.

    ``data`` is the part, in which worksheets may have been named that the package does not have yet.
    """
    root = _parsed(data, package)
    holder = root.child("definedNames")
    known = {element.attributes.get("name", "").casefold(): element for element in holder.children} if holder else {}
    own = prefix_of(data, root)
    edits: list[Edit] = []
    new = b""
    for addition in additions:
        name, text = mark_name(addition.table, addition.concept), mark_text(addition.header)
        whole = b'<%bdefinedName name="%b">%b</%bdefinedName>' % (own, escaped(name), escaped(text), own)
        old = known.get(name.casefold())
        if old is None:
            new += whole
        else:
            edits.append((old.start, old.end, whole))
    if new and holder is not None and holder.inner_end > holder.inner_start:
        edits.append((holder.inner_end, holder.inner_end, new))
    elif new:
        at = (holder.start, holder.end) if holder else (_behind(root, BEFORE_NAMES),) * 2
        edits.append((*at, b"<%bdefinedNames>%b</%bdefinedNames>" % (own, new, own)))
    return _edited(data, edits)


def with_full_calculation(data: bytes, package: Package) -> bytes:
    """Give the workbook part with the request that Excel recalculates everything when it opens the workbook."""
    root = _parsed(data, package)
    calculation = root.child("calcPr")
    if calculation is None:
        at = _behind(root, BEFORE_CALCULATION)
        return _edited(data, [(at, at, b'<%bcalcPr fullCalcOnLoad="1"/>' % prefix_of(data, root))])
    end = calculation.inner_start
    tag = with_attribute(data[calculation.start : end], b"fullCalcOnLoad", b"1")
    return _edited(data, [(calculation.start, end, tag)])


def _parsed(data: bytes, package: Package) -> Element:
    if not is_utf8(data):
        raise WriteRefused("excel.encoding", path=package.path, sheet=package.workbook_part)
    return parse(data, package.workbook_part, package.path)


def _behind(root: Element, names: tuple[str, ...]) -> int:
    """Give the byte behind the last child that the schema puts before the one to be inserted."""
    return max((child.end for child in root.children if child.name in names), default=root.inner_start)


def _edited(data: bytes, edits: list[Edit]) -> bytes:
    for start, end, new in sorted(edits, reverse=True):
        data = data[:start] + new + data[end:]
    return data
