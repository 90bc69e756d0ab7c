"""The proof of changed notes: each reads back as it should, and those of others are the same bytes as before.

Notes and shapes of ours are taken out of the old part and the new one; what is left of both must be the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sheetsync.backends.excel.markup import Element, is_well_formed
from sheetsync.backends.excel.note_parts import SheetNotes
from sheetsync.backends.excel.note_shapes import shapes_in
from sheetsync.backends.excel.notes import (
    AUTHOR,
    COMMENTS_TYPE,
    DRAWING_TYPE,
    Place,
    comments_part,
    drawing_parts,
    notes_in,
)
from sheetsync.backends.excel.package import Package
from sheetsync.backends.excel.verify_cells import as_written
from sheetsync.errors import VerifyFailed
from sheetsync.workbook import NoteUpdate


def verify_notes(old: Package, new: Package, notes: Sequence[SheetNotes]) -> None:
    """Prove the notes of each worksheet that were written; raises VerifyFailed."""
    for one in notes:
        part, places = one.facts.part.part, {update[1:3] for update in one.updates}
        _verify_relations(old, new, one)
        _verify_texts(old, new, one)
        before, after = comments_part(old, part), comments_part(new, part) or ""
        if not after or (before is not None and _rest(old, before, places) != _rest(new, after, places)):
            _fail(new, after or part)
        drawing = next((name for name in (*one.replaced, *one.added) if name.lower().endswith(".vml")), "")
        if drawing not in drawing_parts(new, part).values():
            _fail(new, part)
        _verify_shapes(old, new, drawing, one.updates)
        _verify_types(new, after, drawing)


def _verify_relations(old: Package, new: Package, one: SheetNotes) -> None:
    """Prove that a worksheet leads where it led, and besides to its new parts of notes alone."""
    part = one.facts.part.part
    before, after = old.relations(part), new.relations(part)
    kinds = sorted(own.kind for name, own in after.items() if name not in before)
    made = sorted("vmlDrawing" if name.endswith(".vml") else "comments" for name in one.added if _is_content(name))
    if {name: own for name, own in after.items() if name in before} != before or kinds != made:
        _fail(new, part)


def _is_content(name: str) -> bool:
    return not name.endswith(".rels")


def _verify_texts(old: Package, new: Package, one: SheetNotes) -> None:
    """Prove that every note says what it said, or what it was to say."""
    part = one.facts.part.part
    wanted = {note.place: (note.author, note.text) for note in notes_in(old, comments_part(old, part))}
    for update in one.updates:
        wanted.pop(update[1:3], None)
        if update.after:
            wanted[update[1:3]] = AUTHOR, as_written(update.after)
    found = {note.place: (note.author, note.text) for note in notes_in(new, comments_part(new, part))}
    for place, told in wanted.items():
        if found.pop(place, None) != told:
            _fail(new, comments_part(new, part) or part)
    if found:
        _fail(new, comments_part(new, part) or part)


def _rest(package: Package, part: str, places: set[Place]) -> bytes:
    """Give a part of notes without those at some places, and without our name behind the other authors."""
    data = package.container.read(part)
    root = package.tree(part)
    gone: list[Element] = [note.element for note in notes_in(package, part) if note.place in places]
    for holder in (root.child("authors"), root.child("commentList")):
        names = [own for own in holder.children if own.name == "author"] if holder else []
        gone += [own for own in names if own.whole_text == AUTHOR]
    for element in sorted(gone, key=lambda own: -own.start):
        data = data[: element.start] + data[element.end :]
    return _opened(data)


def _opened(data: bytes) -> bytes:
    """Write lists that are empty in one way: ``<authors/>`` says the same as ``<authors></authors>``."""
    for name in (b"authors", b"commentList"):
        data = data.replace(b"<" + name + b"/>", b"<" + name + b"></" + name + b">")
    return data


def _verify_shapes(old: Package, new: Package, drawing: str, updates: Sequence[NoteUpdate]) -> None:
    """Prove that each of our notes has one shape, that no two shapes share a number, and that the others stayed."""
    places = {update[1:3]: bool(update.after) for update in updates}
    data = new.container.read(drawing)
    shapes = list(shapes_in(data))
    if any(sum(place == own for own, _ in shapes) != told for place, told in places.items()):
        _fail(new, drawing)
    found = old.container.find(drawing)
    if found is None:
        if not is_well_formed(data, prefixes=True):
            _fail(new, drawing)
        return
    before = old.container.read(found)
    if is_well_formed(before, prefixes=True) and not is_well_formed(data, prefixes=True):
        _fail(new, drawing)
    if list(_kept(before, places)) != list(_kept(data, places)) or not data.endswith(
        before[before.rindex(b"</xml>") :]
    ):
        _fail(new, drawing)


def _kept(data: bytes, places: dict[Place, bool]) -> Iterator[bytes]:
    """Give what is left of a drawing without the shapes of some notes and what declares their kind."""
    for place, shape in shapes_in(data):
        if place in places:
            data = data.replace(shape, b"", 1)
    start = data.find(b'<v:shapetype id="_x0000_t202"')
    if start >= 0:
        data = data[:start] + data[data.index(b"</v:shapetype>", start) + len(b"</v:shapetype>") :]
    yield data


def _verify_types(new: Package, comments: str, drawing: str) -> None:
    types = new.tree(new.container.find("[Content_Types].xml") or "")
    given = {
        own.attributes.get("PartName", own.attributes.get("Extension", "")).casefold(): own.attributes.get(
            "ContentType"
        )
        for own in types.children
    }
    right = given.get(f"/{comments}".casefold(), COMMENTS_TYPE) == COMMENTS_TYPE
    kind = given.get(f"/{drawing}".casefold(), given.get("vml"))
    if not right or kind != DRAWING_TYPE:
        _fail(new, "[Content_Types].xml")


def _fail(package: Package, part: str) -> None:
    raise VerifyFailed("excel.verify_part", path=package.path, part=part)
