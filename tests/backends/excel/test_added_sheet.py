"""A worksheet of our own in a file: what is added, that all else stays, and where none may be added."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from sheetsync.backends.excel import ExcelBackend
from sheetsync.errors import WriteRefused
from sheetsync.workbook import CellUpdate, Changes, ColumnMark
from tests.backends.excel.workbooks import (
    MAIN,
    XML,
    contract_workbook,
    member,
    members,
    parts,
    relation,
    sheet_xml,
    written,
)
from tests.backends.own_sheet import OWN, own, own_changes
from tests.libreoffice import converted

ROWS = '<row r="1"><c r="A1"><v>1</v></c></row>'
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
TYPES, NAMES, RELATIONS = "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def add(path: Path, changes: Changes | None = None) -> ExcelBackend:
    """Add the worksheet of the contract to a workbook as it stands."""
    backend = ExcelBackend(path)
    backend.apply(changes or own_changes(), backend.read().revision)
    return backend


def plain(path: Path, tamper: Callable[[dict[str, str]], None] | None = None) -> Path:
    """Write a workbook part by part, with something about it changed."""
    made = parts(sheet_xml(ROWS))
    if tamper is not None:
        tamper(made)
    return written(path, made)


def test_only_the_parts_that_name_worksheets_and_the_styles_change(tmp_path: Path) -> None:
    """Shows every other member as it was, the old ones in their order, and the new part behind them."""
    path = contract_workbook(tmp_path / "x.xlsx")
    before = members(path)
    add(path)
    after = members(path)
    assert list(after) == [*before, "xl/worksheets/sheet3.xml"]
    changed = {name for name, content in before.items() if after[name] != content}
    assert changed == {TYPES, NAMES, RELATIONS, "xl/styles.xml"}
    for name in changed - {"xl/styles.xml"}:  # what is new was put in; nothing was taken out or rewritten
        assert without_new(after[name].decode()) == before[name].decode(), name


def without_new(text: str) -> str:
    """Take out of a part what names the new worksheet and its marks."""
    text = re.sub(r'<sheet name="sheetsync"[^>]*/>|<definedName name="_ss\.own[^<]*</definedName>', "", text)
    return re.sub(r'<Relationship Id="rId6"[^>]*/>|<Override PartName="/xl/worksheets/sheet3.xml"[^>]*/>', "", text)


def test_the_same_write_makes_the_same_file(tmp_path: Path) -> None:
    """Shows that nothing of the moment, such as the time, goes into the new part."""
    paths = [contract_workbook(tmp_path / name) for name in ("a.xlsx", "b.xlsx")]
    paths[1].write_bytes(paths[0].read_bytes())
    for path in paths:
        add(path)
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_the_worksheet_looks_as_a_table_does(tmp_path: Path) -> None:
    """Shows a bold header that stays in sight, widths, percentages, dates, and links in the look of links."""
    path = contract_workbook(tmp_path / "x.xlsx")
    add(path)
    book = openpyxl.load_workbook(path)
    sheet = book["sheetsync"]
    assert [cell.font.bold for cell in sheet[1]] == [True] * 5
    assert sheet.freeze_panes == "A2"
    assert [round(sheet.column_dimensions[letter].width) for letter in "ABCDE"] == [17, 21, 11, 17, 13]
    assert (sheet["C2"].value, sheet["C2"].number_format) == (0.25, "0%")
    assert (sheet["E2"].value, sheet["E2"].number_format) == (datetime(2025, 11, 20), "dd/mm/yyyy")
    link = sheet["B2"]
    assert (link.font.u, link.font.color.rgb, link.font.b) == ("single", "FF0563C1", False)
    assert link.value == '=HYPERLINK("#OKR!B3","OKR!B3")'
    assert sheet["B3"].value == '=HYPERLINK("#\'O\'\'Kế hoạch ""Q4"" & <x>\'!B4","\'O\'\'Kế hoạch ""Q4"" & <x>\'!B4")'
    assert openpyxl.load_workbook(path, data_only=True)["sheetsync"]["B3"].value == "'O''Kế hoạch \"Q4\" & <x>'!B4"
    assert book.defined_names["_ss.own.synced"].attr_text == "'sheetsync'!$E$1"
    assert book.active is book["OKR"]


def test_an_emptied_link_stays_a_formula(tmp_path: Path) -> None:
    """Shows that no formula vanishes, so that a chain of calculation that lists it stays right."""
    path = contract_workbook(tmp_path / "x.xlsx")
    backend = add(path)
    backend.apply(Changes(cells=(own(2, 2, "OKR!B3", None, "link"),)), backend.read().revision)
    xml = member(path, "xl/worksheets/sheet3.xml")
    assert re.search(r'<c r="B2" s="\d+" t="str"><f>""</f><v></v></c>', xml)
    assert backend.read().sheet("sheetsync").value(2, 2) is None


def _prefixed(made: dict[str, str]) -> None:
    """Let the workbook part name its elements with a prefix, and its relations with another one than usual."""
    text = made[NAMES].replace(f'xmlns="{MAIN}" xmlns:r=', f'xmlns:x="{MAIN}" xmlns:rel=').replace("r:id=", "rel:id=")
    head, _, body = text.partition("?>\n")
    made[NAMES] = head + "?>\n" + body.replace("</", "</\0").replace("<", "<x:").replace("<x:/\0", "</x:")


def _strict(made: dict[str, str]) -> None:
    """Let workbook and worksheet be in the namespace of strict files."""
    for name in (NAMES, "xl/worksheets/sheet1.xml", "xl/styles.xml"):
        made[name] = made[name].replace(MAIN, STRICT)


def _taken_numbers(made: dict[str, str]) -> None:
    """Let the next part, relation and sheet number be taken already."""
    made["xl/worksheets/Sheet2.xml"] = "<x/>"
    made[RELATIONS] = made[RELATIONS].replace("</Relationships>", relation("theme", "t.xml", 4) + "</Relationships>")
    made[NAMES] = made[NAMES].replace('sheetId="1"', 'sheetId="7"')


def _absolute(made: dict[str, str]) -> None:
    """Let relations state their targets from the root, as some programs do."""
    made[RELATIONS] = made[RELATIONS].replace('Target="', 'Target="/xl/')


@pytest.mark.parametrize("tamper", [_prefixed, _strict, _taken_numbers, _absolute])
def test_workbooks_of_another_form_get_it_in_that_form(
    tmp_path: Path, tamper: Callable[[dict[str, str]], None]
) -> None:
    """Shows that prefixes, namespaces, ids and names of parts are those of the workbook, and never taken twice."""
    path = plain(tmp_path / "x.xlsx", tamper)
    backend = add(path)
    workbook = backend.read()
    assert [sheet.name for sheet in workbook.sheets] == ["S", "sheetsync"]
    assert workbook.sheet("sheetsync").value(2, 4) == "Đúng tiến độ"
    assert len([mark for mark in workbook.marks if mark.header]) == len(OWN.columns)
    new = member(path, list(members(path))[-1])
    assert (STRICT in new) == (tamper is _strict)


def test_it_has_the_next_free_numbers(tmp_path: Path) -> None:
    """Shows part, relation and number of the new worksheet where the usual ones are taken."""
    path = plain(tmp_path / "x.xlsx", _taken_numbers)
    add(path)
    assert list(members(path))[-1] == "xl/worksheets/sheet3.xml"
    assert '<sheet name="sheetsync" sheetId="8" r:id="rId5"/>' in member(path, NAMES)
    assert 'Id="rId5"' in member(path, RELATIONS)


@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        ("excel.structure_locked", "<sheets>", '<workbookProtection lockStructure="1"/><sheets>'),
        ("excel.sheet_name_taken", '<sheet name="S"', '<sheet name="SheetSync" sheetId="9"/><sheet name="S"'),
    ],
)
def test_where_it_cannot_be_added_safely_it_is_refused(tmp_path: Path, key: str, old: str, new: str) -> None:
    """Shows a protected structure and a tab without cells that has the name; the file stays as it is."""

    def tamper(made: dict[str, str]) -> None:
        made[NAMES] = made[NAMES].replace(old, new)

    _refused(plain(tmp_path / "x.xlsx", tamper), key)


def test_a_shared_or_signed_workbook_is_refused(tmp_path: Path) -> None:
    """Shows workbooks that keep a log of their changes, or whose bytes are signed."""

    def shared(made: dict[str, str]) -> None:
        log = relation("revisionHeaders", "revisions/revisionHeaders.xml", 9)
        made[RELATIONS] = made[RELATIONS].replace("</Relationships>", log + "</Relationships>")

    def signed(made: dict[str, str]) -> None:
        origin = relation("origin", "_xmlsignatures/origin.sigs", 9)
        made["_rels/.rels"] = made["_rels/.rels"].replace("</Relationships>", origin + "</Relationships>")

    _refused(plain(tmp_path / "shared.xlsx", shared), "excel.shared_workbook")
    _refused(plain(tmp_path / "signed.xlsx", signed), "excel.signed")


def test_a_workbook_part_in_another_encoding_is_refused(tmp_path: Path) -> None:
    """Shows that a part whose bytes cannot be spliced is left alone."""
    made: dict[str, str | bytes] = {**parts(sheet_xml(ROWS))}
    made[NAMES] = str(made[NAMES]).replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
    _refused(written(tmp_path / "x.xlsx", made), "excel.encoding")


def _refused(path: Path, key: str) -> None:
    before = path.read_bytes()
    with pytest.raises(WriteRefused) as refused:
        add(path)
    assert refused.value.key == key
    assert path.read_bytes() == before


@pytest.mark.parametrize("text", ["#REF!", "'sheetsync'!$A$1", "Gone!$A$1"])
def test_marks_of_a_worksheet_that_was_deleted_point_at_the_new_one(tmp_path: Path, text: str) -> None:
    """Shows that names which Excel or another program left behind are used again, each once."""
    path = tmp_path / "x.xlsx"
    names = f'<definedNames><definedName name="_ss.own.key">{text}</definedName></definedNames>'
    written(path, parts(sheet_xml(ROWS), names=names))
    marks = add(path).read().marks
    assert [mark.header.a1 for mark in marks if mark.concept == "key" and mark.header] == ["A1"]
    assert member(path, NAMES).count('"_ss.own.key"') == 1


def test_a_link_needs_no_styles(tmp_path: Path) -> None:
    """Shows that a workbook without fonts gets plain links."""
    path = written(tmp_path / "x.xlsx", parts(sheet_xml(ROWS), styles=f'{XML}<styleSheet xmlns="{MAIN}"/>'))
    changes = own_changes()
    dateless = tuple(update for update in changes.cells if update.form != "date")
    only = OWN._replace(columns=tuple(column for column in OWN.columns if column.form != "date"))
    workbook = add(path, Changes(cells=dateless, sheets=(only,))).read()
    assert workbook.sheet("sheetsync").value(2, 2) == "OKR!B3"


def test_formulas_of_the_users_are_told_when_they_read_the_worksheet(tmp_path: Path) -> None:
    """Shows that writing into the worksheet later counts the formulas that depend on it."""
    path = contract_workbook(tmp_path / "x.xlsx")
    add(path)
    book = openpyxl.load_workbook(path)
    book["Notes"]["B1"] = "=sheetsync!C2*100"
    book.save(path)
    backend = ExcelBackend(path)
    receipt = backend.apply(Changes(cells=(own(2, 3, 0.25, 0.5, "percent"),)), backend.read().revision)
    assert (receipt.stale_formulas, [str(cell) for cell in receipt.stale_examples]) == (1, ["Notes!B1"])


@pytest.mark.libreoffice
def test_libreoffice_keeps_marks_links_and_values(tmp_path: Path) -> None:
    """Shows that a workbook saved by LibreOffice is still ours: read, written again, links included."""
    path = contract_workbook(tmp_path / "x.xlsx")
    before = add(path).read()
    [saved] = converted([path], tmp_path / "saved")
    backend = ExcelBackend(saved)
    workbook = backend.read()
    sheet = workbook.sheet("sheetsync")
    assert [[sheet.value(row, column) for column in range(1, 6)] for row in (1, 2, 3)] == [
        [before.sheet("sheetsync").value(row, column) for column in range(1, 6)] for row in (1, 2, 3)
    ]
    assert {mark for mark in workbook.marks if mark.table == "own"} == {
        ColumnMark("own", mark.concept, mark.header) for mark in before.marks if mark.table == "own"
    }
    links = (own(2, 2, "OKR!B3", "OKR!B9", "link"), own(3, 2, sheet.value(3, 2), None, "link"))
    backend.apply(Changes(cells=links), workbook.revision)
    assert backend.read().sheet("sheetsync").value(2, 2) == "OKR!B9"


def test_a_formula_of_the_users_in_the_column_of_links_is_refused(tmp_path: Path) -> None:
    """Shows that a link which somebody changed to lead elsewhere than it shows is no longer ours."""
    path = contract_workbook(tmp_path / "x.xlsx")
    add(path)
    book = openpyxl.load_workbook(path)
    book["sheetsync"]["B2"] = '=HYPERLINK("#OKR!B4","OKR!B3")'
    book.save(path)
    backend = ExcelBackend(path)
    with pytest.raises(WriteRefused) as refused:
        backend.apply(Changes(cells=(CellUpdate("sheetsync", 2, 2, None, "OKR!B9", "link"),)), backend.read().revision)
    assert refused.value.key == "excel.formula"


def test_several_thousand_rows(tmp_path: Path) -> None:
    """Shows that a large worksheet of our own is written and proven whole."""
    path = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("OKR").write(0, 0, "x")
    cells = [
        cell
        for row in range(2, 3002)
        for cell in (own(row, 1, None, f"KR-{row}"), own(row, 2, None, f"OKR!B{row}", "link"))
    ]
    sheet = add(path, Changes(cells=tuple(cells), sheets=(OWN,))).read().sheet("sheetsync")
    assert (sheet.value(3001, 1), sheet.value(3001, 2), len(sheet.formulas)) == ("KR-3001", "OKR!B3001", 3000)


def test_relations_in_two_versions_are_refused(tmp_path: Path) -> None:
    """Shows that no worksheet is added where the relations of the workbook are not the root of their part."""
    made, name = parts(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')), "xl/_rels/workbook.xml.rels"
    made[name] = re.sub("(<Relationships.*)", r'<m:AC xmlns:m="m">\1</m:AC>', made[name])
    path = written(tmp_path / "x.xlsx", made)
    old, backend = path.read_bytes(), ExcelBackend(path)
    with pytest.raises(WriteRefused, match="malformed"):
        backend.apply(own_changes(), backend.read().revision)
    assert path.read_bytes() == old
