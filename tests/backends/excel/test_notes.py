"""Notes in an Excel file: only what belongs to ours changes, whoever made the workbook, and others can read them."""

from __future__ import annotations

import re
import shutil
import warnings
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from openpyxl.comments import Comment

from sheetsync.backends.excel import ExcelBackend
from sheetsync.backends.excel.archive import assembled, pack
from sheetsync.backends.excel.container import Container
from sheetsync.backends.excel.note_shapes import place_of, shapes_in
from sheetsync.backends.excel.notes import AUTHOR
from sheetsync.backends.excel.verify import verify
from sheetsync.errors import ReadRefused, VerifyFailed, WriteRefused
from sheetsync.workbook import Changes, NoteUpdate, Worksheet, same_value
from tests.backends.excel.workbooks import member, members, parts, relation, relations, sheet_xml, written
from tests.libreoffice import converted

TEXT = "RO201: “<nửa> & hơn” _x0041_.\nHãy sửa lại."
ROWS = '<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'
COMMENTS = (
    '<?xml version="1.0" encoding="UTF-8"?><x:comments xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/'
    'main"><x:authors><x:author>Lan</x:author></x:authors><x:commentList><x:comment ref="A1" authorId="0"><x:text>'
    '<x:r><x:rPr><x:b/></x:rPr><x:t>Lan:</x:t></x:r><x:r><x:t xml:space="preserve">\n gọi lại</x:t></x:r></x:text>'
    "</x:comment></x:commentList></x:comments>"
)
SHAPE = (
    "<v:shape id='_x0000_s3080' type='#_x0000_t202'><x:ClientData ObjectType='Note'>"
    "<x:Row>\n 0</x:Row><x:Column>0</x:Column></x:ClientData></v:shape>"
)
BUTTON = (
    '<v:shape id="_x0000_s3090" type="#_x0000_t201"><x:ClientData ObjectType="Button"><x:Row>2</x:Row>'
    "<x:Column>2</x:Column></x:ClientData></v:shape>"
)
DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="3"/>'
    f"</o:shapelayout>{SHAPE}{BUTTON}<br></xml>\n"
)
"""A drawing as Excel writes them: no well-formed XML, because of its ``<br>``."""


def commented(path: Path, **given: str) -> Path:
    """Write a workbook whose A1 has a note of Lan's, beside a button."""
    made = parts(sheet_xml(ROWS, after='<legacyDrawing r:id="rId7"/>'))
    related = relation("comments", "../comments1.xml", 6), relation("vmlDrawing", "../drawings/old.vml", 7)
    more = {"xl/comments1.xml": COMMENTS, "xl/drawings/old.vml": DRAWING}
    made |= {"xl/worksheets/_rels/sheet1.xml.rels": relations(*related), **more, **given}
    made["[Content_Types].xml"] = made["[Content_Types].xml"].replace(
        "<Override",
        '<Default Extension="VML" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
        '<Override PartName="/xl/comments1.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'spreadsheetml.comments+xml"/><Override',
        1,
    )
    return written(path, made)


def note(row: int, column: int, after: str = TEXT, before: str = "") -> NoteUpdate:
    """Make the update of a note of the worksheet S."""
    return NoteUpdate("S", row, column, before, after)


def noted(path: Path, *updates: NoteUpdate) -> Path:
    """Write notes."""
    backend = ExcelBackend(path)
    backend.apply(Changes(notes=updates), backend.read().revision)
    return path


def texts(path: Path) -> dict[tuple[int, int], str]:
    """Give the notes of the worksheet S."""
    return dict(ExcelBackend(path).read().sheet("S").annotated().texts)


def changed(before: dict[str, bytes], path: Path) -> set[str]:
    """Give the members that are new or not as they were."""
    return {name for name, data in members(path).items() if before.get(name) != data}


def test_the_first_note_adds_its_parts(tmp_path: Path) -> None:
    """Shows which parts a note brings where there was none, and that the worksheet only names the drawing."""
    path = written(tmp_path / "w.xlsx", parts(sheet_xml(ROWS, after="<pageMargins/><tableParts/>")))
    before = members(path)
    noted(path, note(1, 1))
    assert changed(before, path) == {
        "[Content_Types].xml", "xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels",
        "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml",
    }  # fmt: skip
    sheet = member(path, "xl/worksheets/sheet1.xml")
    assert sheet.replace('<legacyDrawing r:id="rId2"/>', "") == before["xl/worksheets/sheet1.xml"].decode()
    assert '<pageMargins/><legacyDrawing r:id="rId2"/><tableParts/>' in sheet
    assert texts(path) == {(1, 1): TEXT}


def test_notes_and_shapes_of_others_stay_byte_for_byte(tmp_path: Path) -> None:
    """Shows that beside a note of ours everything in both parts stays, that ours goes again, and leaves no trace."""
    path = commented(tmp_path / "w.xlsx")
    before = members(path)
    noted(path, note(4, 2), note(5, 2, "y"))
    assert changed(before, path) == {"xl/comments1.xml", "xl/drawings/old.vml"}
    assert texts(path) == {(1, 1): "Lan:\n gọi lại", (4, 2): TEXT, (5, 2): "y"}
    comments, drawing = member(path, "xl/comments1.xml"), member(path, "xl/drawings/old.vml")
    assert re.sub(
        r'<x:comment ref="B[45]".*?</x:comment>|<x:author>sheetsync</x:author>', "", comments, flags=re.DOTALL
    ) == (COMMENTS)
    assert [place for place, _ in shapes_in(drawing.encode())] == [(1, 1), (4, 2), (5, 2)]
    assert {SHAPE + BUTTON, "<br>"} <= {part for part in (SHAPE + BUTTON, "<br>") if part in drawing}
    assert sorted(re.findall("_x0000_s([0-9]+)", drawing)) == ["3080", "3090", "3091", "3092"]
    noted(path, note(4, 2, "", TEXT), note(5, 2, "", "y"))
    assert texts(path) == {(1, 1): "Lan:\n gọi lại"}
    kind = re.compile('<v:shapetype id="_x0000_t202".*?</v:shapetype>')
    assert kind.sub("", member(path, "xl/drawings/old.vml")) == DRAWING
    assert member(path, "xl/comments1.xml").replace("<x:author>sheetsync</x:author>", "") == COMMENTS


def test_a_changed_note_keeps_its_place_among_the_others(tmp_path: Path) -> None:
    """Shows that another text takes the place of the old one, in one shape, without a second author."""
    path = noted(commented(tmp_path / "w.xlsx"), note(4, 2), note(5, 2, "y"))
    noted(path, note(4, 2, "z", TEXT))
    comments = member(path, "xl/comments1.xml")
    assert re.findall(r'ref="(\w+)"', comments) == ["A1", "B4", "B5"]
    assert comments.count(AUTHOR) == 1
    assert [place for place, _ in shapes_in(member(path, "xl/drawings/old.vml").encode())] == [(1, 1), (5, 2), (4, 2)]


def test_notes_of_others_are_never_written(tmp_path: Path) -> None:
    """Shows that a note by another author may not be changed, and that the file then stays as it is."""
    path = commented(tmp_path / "w.xlsx")
    before = path.read_bytes()
    annotated = ExcelBackend(path).read().sheet("S").annotated()
    assert (set(annotated.others), annotated.refusal) == ({(1, 1)}, None)
    with pytest.raises(WriteRefused, match="note_of_others"):
        noted(path, note(4, 2), note(1, 1, "ours now", "Lan:\n gọi lại"))
    assert path.read_bytes() == before


def test_conversations_are_never_touched(tmp_path: Path) -> None:
    """Shows that a cell with a threaded comment counts as somebody else's, even where our name stands on it."""
    thread = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<threadedComment ref="A1" id="{1}"><text>?</text></threadedComment></ThreadedComments>'
    )
    related = (
        relation("comments", "../comments1.xml", 6),
        relation("vmlDrawing", "../drawings/old.vml", 7),
        relation("threadedComment", "../threads.xml", 8),
    )
    path = commented(
        tmp_path / "w.xlsx",
        **{
            "xl/comments1.xml": COMMENTS.replace(">Lan<", f">{AUTHOR}<"),
            "xl/threads.xml": thread,
            "xl/worksheets/_rels/sheet1.xml.rels": relations(*related),
        },
    )
    assert ExcelBackend(path).read().sheet("S").annotated().others == {(1, 1)}
    noted(path, note(2, 1))
    assert member(path, "xl/threads.xml") == thread


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("xl/comments1.xml", COMMENTS.replace("<x:commentList>", "<!-- x --><x:commentList>")),
        ("xl/comments1.xml", COMMENTS.replace("UTF-8", "UTF-16")),
        ("xl/comments1.xml", COMMENTS[:-3]),
        ("xl/comments1.xml", COMMENTS.replace('ref="A1"', 'ref="?"')),
        ("xl/drawings/old.vml", DRAWING.replace("</xml>", "")),
    ],
)
def test_parts_in_an_odd_form_take_no_notes(tmp_path: Path, name: str, content: str) -> None:
    """Shows that what cannot be spliced safely is told before anything is planned, and refused if it is tried."""
    path = commented(tmp_path / "w.xlsx", **{name: content})
    before = path.read_bytes()
    assert ExcelBackend(path).read().sheet("S").annotated().refusal == "excel.notes_unreadable"
    with pytest.raises(WriteRefused, match="notes_unreadable"):
        noted(path, note(4, 2))
    assert path.read_bytes() == before


def test_strict_workbooks_take_no_notes(tmp_path: Path) -> None:
    """Shows that a workbook of the strict form is told to take none."""
    strict = {
        name: text.replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/x")
        for name, text in parts(sheet_xml(ROWS)).items()
    }
    path = written(tmp_path / "w.xlsx", strict)
    assert ExcelBackend(path).read().sheet("S").annotated().refusal == "excel.notes_strict"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("xl/comments1.xml", "gọi lại".encode(), "gọi ngay".encode()),
        ("xl/comments1.xml", b">Lan<", b">Ann<"),
        ("xl/comments1.xml", "Hãy sửa".encode(), b"Hay sua"),
        ("xl/comments1.xml", b'ref="B4"', b'ref="B5"'),
        ("xl/drawings/old.vml", b"Button", b"Bottom"),
        ("xl/drawings/old.vml", b"<x:Column>1</x:Column>", b"<x:Column>3</x:Column>"),
    ],
)
def test_the_proof_sees_every_other_change(tmp_path: Path, name: str, old: bytes, new: bytes) -> None:
    """Shows that a new file in which a note or a shape is not as it should be is never published."""
    from sheetsync.backends.excel.patch import Patcher
    from sheetsync.backends.excel.reader import open_workbook

    path = commented(tmp_path / "w.xlsx")
    opened = open_workbook(path.read_bytes(), str(path))
    patch = Patcher(opened).patched(Changes(notes=(note(4, 2),)))
    assert patch is not None
    verify(opened.package, patch.data, patch.changed, patch.targets, patch.notes)
    good = Container(patch.data, str(path))
    assert old in good.read(name)
    bad = assembled(good, {name: pack((good.read(name).replace(old, new),), 0)})
    with pytest.raises(VerifyFailed):
        verify(opened.package, bad, patch.changed, patch.targets, patch.notes)


def test_a_box_is_read_in_every_form() -> None:
    """Shows that shapes of other producers are told by the cell they name, and others are no notes."""
    assert place_of(SHAPE.encode()) == (1, 1)
    assert place_of(BUTTON.encode()) is None
    assert place_of(b'<v:shape><x:ClientData ObjectType="Note"></x:ClientData></v:shape>') is None


@pytest.mark.libreoffice
def test_other_programs_show_the_notes(tmp_path: Path) -> None:
    """Shows that LibreOffice and openpyxl read our notes and those of others, with their authors and line ends."""
    path = commented(tmp_path / "w.xlsx", **{"xl/drawings/old.vml": DRAWING.replace("<br>", "")})
    noted(path, note(4, 2, "RO201: “<nửa> & hơn”.\nHãy sửa lại."))
    (saved,) = converted([path], tmp_path / "out")
    for one in (path, saved):
        with closing(openpyxl.load_workbook(one)) as book:
            lan, ours = book["S"]["A1"].comment, book["S"]["B4"].comment
            assert lan is not None
            assert ours is not None
            assert (lan.text, ours.text) == ("Lan:\n gọi lại", "RO201: “<nửa> & hơn”.\nHãy sửa lại.")
    assert (lan.author.strip(), ours.author.strip()) == ("", "")  # LibreOffice forgets who wrote a note
    assert ExcelBackend(saved).read().sheet("S").annotated().others == frozenset()


def busiest(path: Path) -> Worksheet | None:
    """Give the worksheet with the most notes among those that can be written; None where the file is refused."""
    try:
        sheets = ExcelBackend(path).read().sheets
    except ReadRefused:
        return None
    able = [sheet for sheet in sheets if sheet.refusal is None and sheet.annotated().refusal is None]
    return max(able, key=lambda sheet: len(sheet.annotated().texts), default=None)


def test_workbooks_of_many_producers_take_notes(roundtrip_folder: Path, tmp_path: Path) -> None:
    """Shows that notes are written and taken away in real workbooks, while every other note and cell stays."""
    done = had = 0
    for source in sorted(roundtrip_folder.glob("**/*.xls[xm]")):
        path = tmp_path / f"book{source.suffix}"
        shutil.copyfile(source, path)
        path.chmod(0o644)
        sheet = busiest(path)
        if sheet is None:
            continue
        before, old = dict(sheet.annotated().texts), members(path)
        places = [place for place in ((1, 1), (3, 2), (500, 30)) if place not in before]
        places = [place for place in places if not any(merge.contains(*place) for merge in sheet.merges)]
        ours = tuple(NoteUpdate(sheet.name, *place, "", f"Sửa <&> “đi”.\n{place}") for place in places)
        try:
            noted(path, *ours)
        except WriteRefused as refusal:
            assert refusal.key == "excel.notes_unreadable", (source.name, refusal.key)
            continue
        after = ExcelBackend(path).read().sheet(sheet.name)
        assert dict(after.annotated().texts) == {**before, **{one[1:3]: one.after for one in ours}}, source.name
        assert all(
            same_value(a, b) for x, y in zip(sheet.rows, after.rows, strict=True) for a, b in zip(x, y, strict=True)
        )
        allowed = re.compile(r"comments|vml|rels$|Content_Types|worksheets/", re.IGNORECASE)
        assert all(allowed.search(name) for name in changed(old, path)), source.name
        readable_by_openpyxl(path, sheet.name, ours, source)
        noted(path, *(one._replace(before=one.after, after="") for one in ours))
        assert dict(ExcelBackend(path).read().sheet(sheet.name).annotated().texts) == before
        done, had = done + 1, had + bool(before)
    assert (done >= 80, had >= 15) == (True, True)


def readable_by_openpyxl(path: Path, name: str, ours: tuple[NoteUpdate, ...], source: Path) -> None:
    """Prove by another program that our notes are there, in a workbook that it can read at all."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            openpyxl.load_workbook(source).close()
        except Exception:  # noqa: BLE001 - whatever it cannot read says nothing about us
            return
        with closing(openpyxl.load_workbook(path)) as book:
            found = [book[name].cell(one.row, one.column).comment for one in ours]
            assert [one and one.text for one in found] == [one.after for one in ours], source.name


TYPES = "[Content_Types].xml"


@pytest.mark.parametrize("kind", ["spreadsheetml.comments+xml", "vmlDrawing"])
def test_parts_of_notes_under_a_wrong_type_are_refused(tmp_path: Path, kind: str) -> None:
    """Shows that notes whose parts are listed as something else are left alone, with the reason."""
    path = commented(tmp_path / "x.xlsx")
    own = members(path)
    own[TYPES] = own[TYPES].replace(kind.encode(), b"theme+xml")
    written(path, own)
    assert ExcelBackend(path).read().sheet("S").annotated().refusal == "excel.notes_unreadable"


def test_a_note_inside_of_another_is_refused(tmp_path: Path) -> None:
    """Shows that notes are left alone where replacing one would take another one with it."""
    nested = COMMENTS.replace("</x:text>", '</x:text><x:comment ref="B1" authorId="0"><x:text/></x:comment>')
    path = commented(tmp_path / "x.xlsx", **{"xl/comments1.xml": nested})
    assert ExcelBackend(path).read().sheet("S").annotated().refusal == "excel.notes_unreadable"


def test_a_new_drawing_has_its_own_type_where_its_ending_has_another(tmp_path: Path) -> None:
    """Shows that a drawing of notes is listed by its name where files of its ending are listed as something else."""
    made = parts(sheet_xml(ROWS))
    made[TYPES] = made[TYPES].replace("<Override", '<Default Extension="vml" ContentType="text/x"/><Override', 1)
    path = written(tmp_path / "x.xlsx", made)
    backend = ExcelBackend(path)
    backend.apply(Changes(notes=(NoteUpdate("S", 1, 1, "", TEXT),)), backend.read().revision)
    assert ExcelBackend(path).read().sheet("S").annotated().texts == {(1, 1): TEXT}


@pytest.mark.parametrize("authors", ["", "<x:author>Lan</x:author><q/>", "<q/>"])
def test_notes_whose_authors_cannot_be_told_are_refused(tmp_path: Path, authors: str) -> None:
    """Shows that a note of somebody who is missing from the list of authors never becomes a note of ours."""
    odd = COMMENTS.replace("<x:author>Lan</x:author>", authors)
    path = commented(tmp_path / "x.xlsx", **{"xl/comments1.xml": odd})
    assert ExcelBackend(path).read().sheet("S").annotated().refusal == "excel.notes_unreadable"


def saved_by_openpyxl(path: Path) -> Path:
    """Let openpyxl write a workbook with a note of Lan's; its drawing declares other prefixes than Excel does."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title, sheet["A1"] = "S", "x"
    sheet["A1"].comment = Comment("gọi lại", "Lan")
    book.save(path)
    return path


def drawing_of(path: Path) -> etree._Element:
    """Parse the one drawing of notes, as strictly as Excel does."""
    (drawing,) = (content for name, content in members(path).items() if name.endswith(".vml"))
    return etree.fromstring(drawing)


def test_a_drawing_that_knows_no_prefix_of_ours_stays_sound(tmp_path: Path) -> None:
    """Shows that what is added to a drawing of other prefixes declares its own, and that its kind is not repeated."""
    path = saved_by_openpyxl(tmp_path / "x.xlsx")
    backend = ExcelBackend(path)
    backend.apply(Changes(notes=(NoteUpdate("S", 3, 2, "", TEXT),)), backend.read().revision)
    root = drawing_of(path)
    shapes = root.findall("{urn:schemas-microsoft-com:vml}shape")
    rows = [own.findtext(".//{urn:schemas-microsoft-com:office:excel}Row") for own in shapes]
    assert rows == ["0", "2"]
    assert len(root.findall("{urn:schemas-microsoft-com:vml}shapetype")) == 1
    assert len({own.get("id") for own in shapes}) == 2


def test_a_note_that_another_program_has_drawn_anew_keeps_one_shape(tmp_path: Path) -> None:
    """Shows that our notes are found again in a drawing that was written with other prefixes, and taken away whole."""
    path = saved_by_openpyxl(tmp_path / "x.xlsx")
    backend = ExcelBackend(path)
    backend.apply(Changes(notes=(NoteUpdate("S", 3, 2, "", TEXT),)), backend.read().revision)
    with closing(openpyxl.load_workbook(path)) as book:
        book.save(path)
    again = ExcelBackend(path)
    book_read = again.read()
    stands = book_read.sheet("S").annotated().texts[3, 2]
    again.apply(Changes(notes=(NoteUpdate("S", 3, 2, stands, "other"),)), book_read.revision)
    assert len(drawing_of(path).findall("{urn:schemas-microsoft-com:vml}shape")) == 2
    again.apply(Changes(notes=(NoteUpdate("S", 3, 2, "other", ""),)), again.read().revision)
    assert len(drawing_of(path).findall("{urn:schemas-microsoft-com:vml}shape")) == 1
