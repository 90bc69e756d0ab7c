"""Notes on cells (the format calls them comments): what they say, whose they are, whether they can be written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sheetsync.backends.excel.markup import Element, is_utf8, tag_name
from sheetsync.backends.excel.names import area_of
from sheetsync.backends.excel.package import TYPES, Package
from sheetsync.backends.excel.values import unescaped_text
from sheetsync.errors import ReadRefused
from sheetsync.record import NamedTuple
from sheetsync.workbook import Annotations

AUTHOR = "sheetsync"
"""The author of our notes, as the part names it."""

COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"

KNOWN = (AUTHOR, "")
"""Authors whose notes may be ours: LibreOffice forgets authors when it saves. The text decides besides."""

Place = tuple[int, int]


class Note(NamedTuple):
    """One note: its cell, its author, its text, and its element in the part."""

    place: Place
    author: str
    text: str
    element: Element


def annotations_of(package: Package, part: str) -> Annotations:
    """Give the notes of a worksheet part; where they cannot be read or written the refusal says so."""
    try:
        notes = notes_in(package, comments_part(package, part))
        others = {note.place for note in notes if note.author.strip() not in KNOWN} | set(_conversations(package, part))
        refusal = _refusal(package, part)
    except ReadRefused:
        return Annotations(refusal="excel.notes_unreadable")
    count = Counter(note.place for note in notes)
    others |= {place for place, times in count.items() if times > 1}
    return Annotations({note.place: note.text for note in notes}, frozenset(others), refusal)


def comments_part(package: Package, part: str) -> str | None:
    """Give the part that holds the notes of a worksheet part; None where there is none."""
    related = (own.target for own in package.relations(part).values() if own.kind == "comments")
    return next(filter(None, map(package.container.find, related)), None)


def drawing_parts(package: Package, part: str) -> dict[str, str]:
    """Give the old drawings (VML) of a worksheet part by the id of their relation."""
    related = package.relations(part).items()
    found = {name: package.container.find(own.target) for name, own in related if own.kind == "vmlDrawing"}
    return {name: drawing for name, drawing in found.items() if drawing is not None}


def notes_in(package: Package, part: str | None) -> list[Note]:
    """Give the notes of a part, in its order; raises ReadRefused where it is malformed."""
    if part is None:
        return []
    root = package.tree(part)
    holder, known = root.child("commentList"), root.child("authors")
    authors = [own.whole_text for own in known.children] if known else []
    found = []
    for element in holder.children if holder else ():
        area, number = area_of(element.attributes.get("ref", "")), element.attributes.get("authorId", "")
        if area is None:
            raise ReadRefused("excel.malformed", path=package.path, part=part)
        author = authors[int(number)] if number.isdecimal() and int(number) < len(authors) else ""
        found.append(Note(area[:2], author, _text(element), element))
    return found


def _text(comment: Element) -> str:
    """Give the text of a note: its runs, without what is only said of how they are read aloud."""
    holder = comment.child("text")
    runs = (own if own.name == "t" else own.child("t") for own in (holder.children if holder else ()))
    return unescaped_text("".join(run.text for run in runs if run is not None and run.name == "t"))


def _conversations(package: Package, part: str) -> Iterator[Place]:
    """Give the cells with a conversation, which newer programs keep beside a note that stands for it."""
    for own in package.relations(part).values():
        found = package.container.find(own.target) if own.kind == "threadedComment" else None
        for element in package.tree(found).children if found else ():
            area = area_of(element.attributes.get("ref", ""))
            if area is not None:
                yield area[:2]


def _refusal(package: Package, part: str) -> str | None:
    """Say why no note of a worksheet can be written; None where they can."""
    if package.strict:
        return "excel.notes_strict"
    comments, drawings = comments_part(package, part), drawing_parts(package, part).values()
    odd = (comments is not None and _has_odd_notes(package, comments)) or any(
        _is_odd_drawing(package, drawing) for drawing in drawings
    )
    return "excel.notes_unreadable" if odd else None


def _has_odd_notes(package: Package, comments: str) -> bool:
    """Say whether a part of notes is not one in which notes can be replaced."""
    data, root = package.container.read(comments), package.tree(comments)
    odd = root.child("authors") is None or root.child("commentList") is None or root.name != "comments"
    if odd or not is_utf8(data) or b"<!--" in data or b"<![CDATA[" in data or not tag_name(data, root):
        return True
    holder, notes = root.child("authors"), [*root.all("comment")]
    authors = holder.children if holder else []
    numbers = [note.attributes.get("authorId", "") for note in notes]
    stray = any(not number.isdecimal() or int(number) >= len(authors) for number in numbers)  # would become ours
    if stray or any(own.name != "author" for own in authors) or len(notes) != len(notes_in(package, comments)):
        return True
    return _types(package).get(f"/{comments}".casefold(), COMMENTS_TYPE) != COMMENTS_TYPE


def _is_odd_drawing(package: Package, drawing: str) -> bool:
    """Say whether a drawing of notes is not one to which shapes can be added."""
    data, types = package.container.read(drawing), _types(package)
    if types.get(f"/{drawing}".casefold(), types.get(drawing.rpartition(".")[2].casefold())) != DRAWING_TYPE:
        return True
    return not is_utf8(data) or not data.rstrip().endswith(b"</xml>") or b"<!--" in data


def _types(package: Package) -> dict[str, str | None]:
    """Give the content types by the name of their part, or by an ending, in small letters."""
    own = package.container.find(TYPES)
    return {
        one.attributes.get("PartName", one.attributes.get("Extension", "")).casefold(): one.attributes.get(
            "ContentType"
        )
        for one in (package.tree(own).children if own else ())
    }
