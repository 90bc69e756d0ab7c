"""The parts that a change of notes touches: the notes, their drawing, and what names both."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, groupby

from sheetsync.backends.excel.added_sheet import appended, relation_ids
from sheetsync.backends.excel.markup import Element, attributes_of, escaped, parse, prefix_of, tag_end
from sheetsync.backends.excel.note_shapes import BEGIN, Sizes, free_block, with_shapes
from sheetsync.backends.excel.note_sizes import heights_in, sizes_of
from sheetsync.backends.excel.notes import (
    AUTHOR,
    COMMENTS_TYPE,
    DRAWING_TYPE,
    annotations_of,
    comments_part,
    drawing_parts,
    notes_in,
)
from sheetsync.backends.excel.package import TYPES, Package
from sheetsync.backends.excel.reader import Opened, SheetFacts, stream_of
from sheetsync.backends.excel.values import clean_text, encoded_text
from sheetsync.errors import ReadRefused, WorkbookChanged, WriteRefused
from sheetsync.record import NamedTuple
from sheetsync.workbook import Annotations, CellRef, NoteUpdate

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

NO_NOTES = f'{DECLARATION}<comments xmlns="{MAIN}"><authors></authors><commentList></commentList></comments>'.encode()
NO_RELATIONS = (
    f'{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
).encode()

BEHIND = (
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems"),
    *("tableParts", "extLst"),
)
"""Elements of a worksheet that the schema puts behind the one that names the drawing of its notes."""

LOOK = b'<%brPr><%bsz val="9"/><%bcolor indexed="81"/><%brFont val="Tahoma"/><%bfamily val="2"/></%brPr>'


class SheetNotes(NamedTuple):
    """The change of one worksheet's notes: what each member becomes, and what is new.

    ``tail`` is the element that the worksheet needs to name its drawing, and ``at`` its place behind the rows, in
    bytes; empty where it names one already. ``types`` are the new entries in the list of content types.
    """

    facts: SheetFacts
    updates: tuple[NoteUpdate, ...]
    replaced: Mapping[str, bytes]
    added: Mapping[str, bytes]
    types: tuple[tuple[str, Mapping[str, str]], ...] = ()
    tail: bytes = b""
    at: int = 0


def sheet_notes(opened: Opened, updates: Sequence[NoteUpdate]) -> list[SheetNotes]:
    """Plan the change of notes, sheet by sheet; refuses (WriteRefused) what is not safe.

    Raises WorkbookChanged where a note is not what was read.
    """
    changed = sorted(update for update in updates if update.before != update.after)
    found: list[SheetNotes] = []
    for name, own in groupby(changed, key=lambda update: update.sheet):
        facts = opened.sheet(name)
        if facts is None:
            raise WriteRefused("excel.no_such_sheet", path=opened.package.path, sheet=name)
        taken = {part.casefold() for one in found for part in one.added}
        found.append(_Planner(opened.package, facts, tuple(own), taken, found).planned())
    return found


def types_with(data: bytes, package: Package, notes: Sequence[SheetNotes]) -> bytes:
    """Give the list of content types with those of new parts."""
    for name, given in dict.fromkeys((name, tuple(given.items())) for one in notes for name, given in one.types):
        data = appended(data, TYPES, package.path, name, [dict(given)])
    return data


class _Planner:
    """Plans the change of one worksheet's notes."""

    def __init__(
        self,
        package: Package,
        facts: SheetFacts,
        updates: tuple[NoteUpdate, ...],
        taken: set[str],
        others: Sequence[SheetNotes],
    ) -> None:
        self._package, self._facts, self._updates = package, facts, updates
        self._part = facts.part.part
        self._taken, self._others = taken, others
        self._sizes = Sizes()
        self._replaced: dict[str, bytes] = {}
        self._added: dict[str, bytes] = {}
        self._types: list[tuple[str, Mapping[str, str]]] = []

    def planned(self) -> SheetNotes:
        """Give the plan, or refuse."""
        self._refuse_unsafe()
        comments = comments_part(self._package, self._part)
        drawing, tag, at = self._place_of_drawing()
        links: list[tuple[str, str]] = []
        if comments is None:
            comments = self._free("comments%d.xml")
            links.append(("comments", comments))
            self._types.append(("Override", {"PartName": f"/{comments}", "ContentType": COMMENTS_TYPE}))
            self._added[comments] = with_notes(NO_NOTES, self._package, comments, self._updates)
        else:
            old = self._package.container.read(comments)
            self._replaced[comments] = with_notes(old, self._package, comments, self._updates)
        texts = [(update[1:3], update.after) for update in self._updates]
        if drawing is None:
            drawing = self._free("drawings/vmlDrawing%d.vml")
            links.append(("vmlDrawing", drawing))
            self._name_drawings(drawing)
            self._added[drawing] = with_shapes(BEGIN % free_block(self._drawings()), texts, self._sizes)
        else:
            self._replaced[drawing] = with_shapes(self._package.container.read(drawing), texts, self._sizes)
        ids = self._linked(links)
        element = tag % escaped(ids["vmlDrawing"]) if tag else b""
        return SheetNotes(self._facts, self._updates, self._replaced, self._added, tuple(self._types), element, at)

    def _refuse_unsafe(self) -> None:
        told = Annotations() if self._facts.blank else annotations_of(self._package, self._part)
        refusal = self._facts.refusal or told.refusal
        if refusal is not None:
            raise WriteRefused(refusal, path=self._package.path, sheet=self._facts.part.name)
        for update in self._updates:
            place = update[1:3]
            if place in told.others:
                raise WriteRefused("excel.note_of_others", path=self._package.path, cell=str(update.ref))
            if told.texts.get(place, "") != update.before:
                raise WorkbookChanged("excel.changed", path=self._package.path)

    def _place_of_drawing(self) -> tuple[str | None, bytes, int]:
        """Give the drawing that the worksheet names; else the element that names a new one, and its place.

        The id in that element is still open; the place is counted in bytes from behind the rows.
        """
        stream = stream_of(self._package, self._part, self._facts.blank)
        rows: dict[int, int] = {}
        for block in stream.blocks():
            rows.update(heights_in(block, stream.prefix))
        data = stream.head + stream.tail
        unreadable = WriteRefused("excel.notes_unreadable", path=self._package.path, sheet=self._facts.part.name)
        try:
            root = parse(data, self._part, self._package.path)
        except ReadRefused as error:  # a prefix that nobody declared, which other programs pass over
            raise unreadable from error
        self._sizes = sizes_of(root, rows)
        named = root.child("legacyDrawing")
        if named is not None:
            drawing = drawing_parts(self._package, self._part).get(named.attributes.get("id", ""))
            if drawing is None:
                raise unreadable
            return drawing, b"", 0
        tail = (child for child in root.children if child.start >= len(stream.head))
        at = next((child.start for child in tail if child.name in BEHIND), root.inner_end)
        prefix, declared = _relation_prefix(data, root)
        return None, b'<%blegacyDrawing%b %b:id="%%b"/>' % (stream.prefix, declared, prefix), at - len(stream.head)

    def _drawings(self) -> Iterator[bytes]:
        """Give all old drawings of the workbook, those among them that are about to be added."""
        container = self._package.container
        yield from (container.read(name) for name in container.members if name.lower().endswith(".vml"))
        yield from (data for one in self._others for name, data in one.added.items() if name.endswith(".vml"))

    def _name_drawings(self, drawing: str) -> None:
        """Note the content type of drawings, where the list has none for their ending."""
        types = self._package.tree(self._package.container.find(TYPES) or TYPES)
        known = {own.attributes.get("Extension", "").casefold(): own for own in types.all("Default")}
        if "vml" in known and known["vml"].attributes.get("ContentType") != DRAWING_TYPE:
            self._types.append(("Override", {"PartName": f"/{drawing}", "ContentType": DRAWING_TYPE}))
        elif "vml" not in known:
            self._types.append(("Default", {"Extension": drawing.rpartition(".")[2], "ContentType": DRAWING_TYPE}))

    def _free(self, pattern: str) -> str:
        """Give the name of a part that no member has yet."""
        folder = self._package.workbook_part.rpartition("/")[0]
        find, taken = self._package.container.find, self._taken
        names = (posixpath.join(folder, pattern % number) for number in count(1))
        return next(name for name in names if find(name) is None and name.casefold() not in taken)

    def _linked(self, links: Sequence[tuple[str, str]]) -> dict[str, str]:
        """Name the new parts in the relations of the worksheet; give the ids by kind."""
        if not links:
            return {}
        package = self._package
        part = package.relations_part(self._part)
        there = package.container.find(part) is not None
        given = relation_ids(package, part) if there else set()
        numbers = (f"rId{number}" for number in count(len(given) + 1))
        free = (own for own in numbers if own.casefold() not in given)
        folder = posixpath.dirname(self._part)
        made = [
            {"Id": own, "Type": f"{OFFICE}/{kind}", "Target": posixpath.relpath(target, folder)}
            for own, (kind, target) in zip(free, links, strict=False)
        ]
        old = package.container.read(part) if there else NO_RELATIONS
        new = appended(old, part, package.path, "Relationship", made)
        (self._replaced if there else self._added)[part] = new
        return {kind: own["Id"] for own, (kind, _) in zip(made, links, strict=True)}


def _relation_prefix(data: bytes, root: Element) -> tuple[bytes, bytes]:
    """Give the prefix under which a worksheet names relations, and what declares it where nothing does yet."""
    for name, value in attributes_of(data[root.start : tag_end(data, root.start)]).items():
        if value == OFFICE.encode() and name.startswith(b"xmlns:"):
            return name[len(b"xmlns:") :], b""
    return b"r", b' xmlns:r="%b"' % OFFICE.encode()


def with_notes(data: bytes, package: Package, part: str, updates: Sequence[NoteUpdate]) -> bytes:
    """Give the part of notes with some of ours written, changed in their place, or taken away."""
    root = parse(data, part, package.path)
    authors, holder = root.child("authors"), root.child("commentList")
    if authors is None or holder is None:
        raise WriteRefused("excel.notes_unreadable", path=package.path, sheet=part)
    known = [own.whole_text for own in authors.children]
    number = known.index(AUTHOR) if AUTHOR in known else len(known)
    prefix = prefix_of(data, root)
    places = {note.place: note.element for note in notes_in(package, part)} if package.container.find(part) else {}
    edits: list[tuple[int, int, bytes]] = []
    new = b""
    for update in updates:
        whole, old = _comment(update, number, prefix, package.path), places.get(update[1:3])
        if old is not None:
            edits.append((old.start, old.end, whole))
        else:
            new += whole
    edits += _inside(data, holder, new)
    if number == len(known) and any(update.after for update in updates):
        edits += _inside(data, authors, b"<%bauthor>%b</%bauthor>" % (prefix, AUTHOR.encode(), prefix))
    for start, end, piece in sorted(edits, reverse=True):
        data = data[:start] + piece + data[end:]
    return data


def _inside(data: bytes, holder: Element, new: bytes) -> list[tuple[int, int, bytes]]:
    """Give the edit that appends to what an element holds, be it written as an empty one."""
    if not new:
        return []
    if holder.inner_end < holder.end:
        return [(holder.inner_end, holder.inner_end, new)]
    tag = data[holder.start : holder.end]
    name = tag[1:-2].split()[0]
    return [(holder.start, holder.end, b"%b>%b</%b>" % (tag[:-2].rstrip(), new, name))]


def _comment(update: NoteUpdate, author: int, prefix: bytes, path: str) -> bytes:
    """Give the element of one note; nothing where it is taken away."""
    if not update.after:
        return b""
    place = CellRef(*update[:3])
    text = encoded_text(clean_text(update.after, place, path)).encode()
    run = b'<%br>%b<%bt xml:space="preserve">%b</%bt></%br>'
    run %= prefix, LOOK % ((prefix,) * 6), prefix, text, prefix, prefix
    whole = b'<%bcomment ref="%b" authorId="%d"><%btext>%b</%btext></%bcomment>'
    return whole % (prefix, place.a1.encode(), author, prefix, run, prefix, prefix)
