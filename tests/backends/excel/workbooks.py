"""Builders of Excel files for the tests: by XlsxWriter, or part by part where a file must be odd or hostile."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import xlsxwriter

from tests.backends.contract import ROWS

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def contract_workbook(path: Path) -> Path:
    """Write the workbook of the contract as XlsxWriter does."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("OKR")
    for number, row in enumerate(ROWS):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value)
    sheet.write_formula("C7", "=SUM(C3:C4)", None, 52.5)
    sheet.merge_range("A8:C8", "Ghi chú")
    sheet.write("G30", "far below")
    book.add_worksheet("Notes").write("A1", "x")
    book.define_name("_ss.okr.progress", "='OKR'!$D$2")
    book.define_name("_ss.okr.status", "='OKR'!$E$2")
    book.close()
    return path


def relation(kind: str, target: str, number: int = 1) -> str:
    """Give one relation as XML."""
    return f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def relations(*inner: str) -> str:
    """Give a part of relations."""
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{"".join(inner)}</Relationships>'


def sheet_xml(data: str, before: str = "", after: str = "") -> str:
    """Give a worksheet part around its rows."""
    return f'{XML}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'


STYLES = (
    f'{XML}<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0"/><xf numFmtId="9" fontId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="14" fontId="0"/><xf numFmtId="4" fontId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
STRINGS = (
    f'{XML}<sst xmlns="{MAIN}"><si><t>shared</t></si>'
    '<si><r><t xml:space="preserve">rich </t></r><r><t>text</t></r></si>'
    '<si><t xml:space="preserve"> spaces </t></si></sst>'
)


def parts(
    sheet: str, *, workbook: str = "", names: str = "", styles: str = STYLES, strings: str = STRINGS
) -> dict[str, str]:
    """Give the parts of a workbook with one worksheet ``S``; ``workbook`` stands before its list of sheets."""
    types = "".join(
        f'<Override PartName="/xl/{part}" ContentType="{SPREADSHEET}.{kind}+xml"/>'
        for part, kind in (
            ("workbook.xml", "sheet.main"),
            ("worksheets/sheet1.xml", "worksheet"),
            ("styles.xml", "styles"),
            ("sharedStrings.xml", "sharedStrings"),
        )
    )
    default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return {
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types">{default}{types}</Types>',
        "_rels/.rels": relations(relation("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{workbook}<sheets>'
        f'<sheet name="S" sheetId="1" r:id="rId1"/></sheets>{names}</workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            relation("worksheet", "worksheets/sheet1.xml", 1),
            relation("styles", "styles.xml", 2),
            relation("sharedStrings", "sharedStrings.xml", 3),
        ),
        "xl/worksheets/sheet1.xml": sheet,
        "xl/styles.xml": styles,
        "xl/sharedStrings.xml": strings,
    }


def written(path: Path, members: Mapping[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> Path:
    """Write an archive of these members."""
    with zipfile.ZipFile(path, "w", packing) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def member(path: Path, name: str) -> str:
    """Give the text of one member of an archive."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


def members(path: Path) -> dict[str, bytes]:
    """Give all members of an archive."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
