"""Small XML parts as a tree whose elements know their bytes, so that an edit can splice instead of writing anew.

Only parts that are small in any honest workbook come here (relations, workbook, styles, tables, properties); worksheets
are read as streams. A document type declaration is refused before anything is expanded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from xml.parsers import expat

from sheetsync.errors import ReadRefused

MALFORMED = (expat.ExpatError, LookupError, ValueError)
"""What expat raises for a part that is not well-formed, or in an encoding that nobody knows."""


class Element:
    """One element: its local name, attributes by local name, children, text, and where its tags lie in the part."""

    __slots__ = ("attributes", "children", "end", "inner_end", "inner_start", "name", "start", "text")

    def __init__(self, name: str, attributes: dict[str, str], start: int) -> None:
        """Begin an element at a byte of the part."""
        self.name = name
        self.attributes = attributes
        self.children: list[Element] = []
        self.text = ""
        self.start = start
        self.inner_start = self.inner_end = self.end = start

    def child(self, name: str) -> Element | None:
        """Give the first child of that local name."""
        return next((child for child in self.children if child.name == name), None)

    def all(self, name: str) -> Iterator[Element]:
        """Give every descendant of that local name, in document order."""
        for child in self.children:
            if child.name == name:
                yield child
            yield from child.all(name)

    def numbers(self, name: str, attribute: str) -> Iterator[int]:
        """Give the whole numbers that an attribute of every descendant of that local name states."""
        given = (one.attributes.get(attribute, "") for one in self.all(name))
        return (int(number) for number in given if number.isdecimal())

    @property
    def whole_text(self) -> str:
        """The text of this element and all below it."""
        return self.text + "".join(child.whole_text for child in self.children)


class _Builder:
    def __init__(self, data: bytes, part: str, path: str) -> None:
        self.data, self.part, self.path = data, part, path
        self.root: Element | None = None
        self.open: list[Element] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.stop
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.doctype

    def start(self, name: str, attributes: dict[str, str]) -> None:
        at = self.parser.CurrentByteIndex
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        element = Element(name.rpartition(" ")[2], plain, at)
        if self.open:
            self.open[-1].children.append(element)
        elif self.root is None:
            self.root = element
        self.open.append(element)
        if len(self.open) > 200:
            raise ReadRefused("excel.malformed", path=self.path, part=self.part)

    def stop(self, _name: str) -> None:
        element = self.open.pop()
        tag = tag_end(self.data, element.start)
        if self.data[tag - 2 : tag] == b"/>":
            element.inner_start = element.inner_end = element.end = tag
            return
        element.inner_start = tag
        element.inner_end = self.parser.CurrentByteIndex
        element.end = self.data.find(b">", element.inner_end) + 1

    def characters(self, text: str) -> None:
        if self.open:
            self.open[-1].text += text

    def doctype(self, *_: object) -> None:
        raise ReadRefused("excel.doctype", path=self.path, part=self.part)


@lru_cache(maxsize=1)
def _tag() -> re.Pattern[bytes]:
    return re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")


def tag_end(data: bytes, start: int) -> int:
    """Give the byte behind the tag that begins at ``start``; a ``>`` inside quotes does not end it."""
    end = data.find(b">", start) + 1
    tag = data[start:end]
    if b"'" not in tag and tag.count(b'"') % 2 == 0 and end:  # no quote is open where the first > stands
        return end
    found = _tag().match(data, start)
    return found.end() if found else len(data)


def parse(data: bytes, part: str, path: str) -> Element:
    """Parse a part; raises ReadRefused where it is not well-formed or declares a document type.

    The places of elements are only meaningful in parts that are encoded in UTF-8.
    """
    builder = _Builder(data, part, path)
    try:
        builder.parser.Parse(data, True)
    except MALFORMED as error:
        raise ReadRefused("excel.malformed", path=path, part=part) from error
    finally:
        del builder.parser  # they hold each other, and the tree would wait for the cycle collector to be let go
    if builder.root is None:
        raise ReadRefused("excel.malformed", path=path, part=part)
    return builder.root


def is_well_formed(data: bytes, *, prefixes: bool = False) -> bool:
    """Say whether bytes are one well-formed XML document; with ``prefixes``, all of which are declared."""
    try:
        expat.ParserCreate(namespace_separator=" " if prefixes else None).Parse(data, True)
    except MALFORMED:
        return False
    return True


def is_utf8(data: bytes) -> bool:
    """Say whether a part is encoded in UTF-8 (or plain ASCII), so that bytes can be searched and spliced."""
    head = data[:200]
    if head.startswith(b'<?xml version="1.0" encoding="UTF-8"'):
        return True  # as nearly all are
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in head[:4]:
        return False
    declared = re.match(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']", head)
    return declared is None or declared.group(1).lower() in (b"utf-8", b"utf8", b"us-ascii")


def tag_name(data: bytes, element: Element) -> bytes:
    """Give the name in an element's start tag as it is written, prefix included."""
    found = re.compile(rb"<([^\s/>]+)").match(data, element.start)
    return found.group(1) if found else element.name.encode()


def prefix_of(data: bytes, element: Element) -> bytes:
    """Give the prefix of an element as it is written, colon included; empty where it has none."""
    name = tag_name(data, element)
    return name[: name.find(b":") + 1]


def attributes_of(tag: bytes) -> dict[bytes, bytes]:
    """Give the attributes of one start tag (or of what stands between its name and its end) as written."""
    return {name: one or two for name, one, two in _attribute().findall(tag)}


@lru_cache(maxsize=1)
def _attribute() -> re.Pattern[bytes]:
    return re.compile(rb"([A-Za-z_][\w:.-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def with_attribute(tag: bytes, name: bytes, value: bytes) -> bytes:
    """Give a start tag with one attribute set; the others stay as they are written."""
    quoted = re.compile(rb"(\s" + re.escape(name) + rb"\s*=\s*)(?:\"[^\"]*\"|'[^']*')")
    if quoted.search(tag):
        return quoted.sub(lambda found: found.group(1) + b'"' + value + b'"', tag, count=1)
    end = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:end].rstrip() + b" " + name + b'="' + value + b'"' + tag[end:]


def without_attribute(tag: bytes, name: bytes) -> bytes:
    """Give a start tag without one attribute."""
    return re.sub(rb"\s" + re.escape(name) + rb"\s*=\s*(?:\"[^\"]*\"|'[^']*')", b"", tag, count=1)


def escaped(text: str) -> bytes:
    """Give text as it stands inside an element or an attribute in double quotes."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text.encode()


def unescaped(raw: bytes) -> str:
    """Give the text that stands in raw character data; line ends count as one, as XML says."""
    text = raw.decode("utf-8", "replace")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _entity().sub(_entity_text, text) if "&" in text else text


@lru_cache(maxsize=1)
def _entity() -> re.Pattern[str]:
    return re.compile(r"&(?:#x([0-9A-Fa-f]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));")


NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def _entity_text(found: re.Match[str]) -> str:
    hexadecimal, decimal, name = found.groups()
    if name:
        return NAMED[name]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if code <= 0x10FFFF else found.group()
