"""The chart of a worksheet of our own that is added: a drawing with one chart of lines, as new parts of the workbook.

Only a worksheet that is added in the same write gets one: no drawing of the user's is ever touched. The chart looks at
a fixed range far below the rows that are filled, so that it is never written again.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from sheetsync.backends.excel.added_sheet import appended
from sheetsync.backends.excel.markup import escaped
from sheetsync.backends.excel.package import TYPES, Package
from sheetsync.backends.excel.reader import Opened
from sheetsync.chart import SheetChart
from sheetsync.record import NamedTuple
from sheetsync.workbook import SheetAddition, column_letters

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LAST_ROW = 500
"""The last row that the chart looks at."""
WIDTH, HEIGHT = 11, 20
"""Columns and rows that the chart covers."""
COLOURS = ("0F766E", "94A3B8", "1E40AF", "854D0E")

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONS = (
    _HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/%s" Target="%s"/></Relationships>'
)
_DRAWING = (
    _HEAD + '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor>'
    "<xdr:from><xdr:col>%d</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
    "<xdr:to><xdr:col>%d</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>%d</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
    '<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="%s" descr="%s"/>'
    "<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>"
    '<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
    f'<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="{OFFICE}" r:id="rId1"/>'
    "</a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"
)
_CHART = (
    _HEAD + '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:roundedCorners val="0"/><c:chart><c:title>'
    '<c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1200" b="1"/></a:pPr><a:r><a:rPr sz="1200" b="1"/>'
    '<a:t>%s</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/>'
    '<c:plotArea><c:layout/><c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>%s'
    '<c:axId val="740731"/><c:axId val="740732"/></c:scatterChart>'
    '<c:valAx><c:axId val="740731"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
    '<c:axPos val="b"/><c:numFmt formatCode="dd/mm" sourceLinked="0"/><c:majorTickMark val="out"/>'
    '<c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:crossAx val="740732"/></c:valAx>'
    '<c:valAx><c:axId val="740732"/><c:scaling><c:orientation val="minMax"/><c:max val="1"/><c:min val="0"/>'
    '</c:scaling><c:delete val="0"/><c:axPos val="l"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill>'
    '<a:srgbClr val="E2E8F0"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>'
    '<c:numFmt formatCode="0%%" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
    '<c:tickLblPos val="low"/><c:crossAx val="740731"/></c:valAx></c:plotArea>'
    '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend><c:plotVisOnly val="1"/>'
    '<c:dispBlanksAs val="gap"/></c:chart></c:chartSpace>'
)
_LINE = (
    '<c:ser><c:idx val="%d"/><c:order val="%d"/><c:tx><c:strRef><c:f>%s</c:f></c:strRef></c:tx>'
    '<c:spPr><a:ln w="28575"><a:solidFill><a:srgbClr val="%s"/></a:solidFill></a:ln></c:spPr>'
    '<c:marker><c:symbol val="circle"/><c:size val="5"/><c:spPr><a:solidFill><a:srgbClr val="%s"/></a:solidFill>'
    "</c:spPr></c:marker><c:xVal><c:numRef><c:f>%s</c:f></c:numRef></c:xVal>"
    '<c:yVal><c:numRef><c:f>%s</c:f></c:numRef></c:yVal><c:smooth val="0"/></c:ser>'
)
_KINDS = {
    "drawing": "application/vnd.openxmlformats-officedocument.drawing+xml",
    "chart": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
}


class SheetCharts(NamedTuple):
    """The new parts of one new worksheet's chart, in the order in which they are added, and their content types."""

    added: Mapping[str, bytes]
    types: tuple[tuple[str, str], ...]


def sheet_charts(opened: Opened, additions: Sequence[SheetAddition]) -> list[SheetCharts]:
    """Plan the charts of new worksheets (``opened`` has them already)."""
    made: list[SheetCharts] = []
    for addition in additions:
        facts = opened.sheet(addition.name)
        if addition.chart is None or facts is None or b"<drawing " not in (facts.blank or b""):
            continue
        taken = {name for one in made for name in one.added}
        made.append(_planned(opened.package, facts.part.part, addition, addition.chart, taken))
    return made


def _planned(package: Package, part: str, addition: SheetAddition, chart: SheetChart, taken: set[str]) -> SheetCharts:
    folder = package.workbook_part.rpartition("/")[0]
    drawing = _free(package, folder, "drawings/drawing%d.xml", taken)
    lines = _free(package, folder, "charts/chart%d.xml", taken)
    left = len(addition.columns) + 1
    name = _text(chart.title)
    added = {
        package.relations_part(part): _RELATIONS % ("drawing", posixpath.relpath(drawing, posixpath.dirname(part))),
        drawing: _DRAWING % (left, left + WIDTH, 1 + HEIGHT, name, name),
        package.relations_part(drawing): _RELATIONS % ("chart", posixpath.relpath(lines, posixpath.dirname(drawing))),
        lines: _CHART % (name, "".join(_series(addition.name, chart))),
    }
    types = ((f"/{drawing}", _KINDS["drawing"]), (f"/{lines}", _KINDS["chart"]))
    return SheetCharts({name: text.encode() for name, text in added.items()}, types)


def _free(package: Package, folder: str, pattern: str, taken: set[str]) -> str:
    """Give the name of a part that no member has yet."""
    names = (posixpath.join(folder, pattern % number) for number in count(1))
    return next(name for name in names if package.container.find(name) is None and name not in taken)


def _series(sheet: str, chart: SheetChart) -> Iterator[str]:
    across = _range(sheet, chart.across)
    for place, column in enumerate(chart.lines):
        colour = COLOURS[place % len(COLOURS)]
        yield _LINE % (place, place, _cells(sheet, column, 1, 1), colour, colour, across, _range(sheet, column))


def _range(sheet: str, column: int) -> str:
    return _cells(sheet, column, 2, LAST_ROW)


def _cells(sheet: str, column: int, first: int, last: int) -> str:
    """Give a reference to cells of one column, as formulas write it."""
    letters, quoted = column_letters(column), sheet.replace("'", "''")
    end = f":${letters}${last}" if last > first else ""
    return _text(f"'{quoted}'!${letters}${first}{end}")


def _text(text: str) -> str:
    return escaped(text).decode()


def types_with_charts(data: bytes, package: Package, charts: Sequence[SheetCharts]) -> bytes:
    """Give the list of content types with those of new parts."""
    new = [{"PartName": name, "ContentType": kind} for one in charts for name, kind in one.types]
    return appended(data, TYPES, package.path, "Override", new)
