"""The styles part: cell formats that our cells need are appended; no existing format is renumbered or changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count

from sheetsync.backends.excel import limits
from sheetsync.backends.excel.formats import Formats, custom_codes, formats_in
from sheetsync.backends.excel.markup import (
    Element,
    escaped,
    is_utf8,
    parse,
    prefix_of,
    tag_end,
    with_attribute,
    without_attribute,
)
from sheetsync.backends.excel.package import Package
from sheetsync.errors import WriteRefused

BUILT_IN = {"general": 0, "text": 0, "prose": 0, "link": 0, "number": 2, "percent": 9, "span": 46}
CUSTOM = {"date": "dd/mm/yyyy", "moment": "dd/mm/yyyy hh:mm", "time": "hh:mm"}
NEEDED = ("date", "moment", "time", "span")
"""Forms without which a value would read back as a bare number."""

LINK_COLOUR = b"FF0563C1"
"""The colour in which Excel shows links."""


Look = Callable[[bytes, bytes], bytes]
"""Changes what stands in a font; takes the prefix of its elements."""


class Styles:
    """The cell formats of a workbook, and those that were appended since."""

    def __init__(self, package: Package) -> None:
        """Read the styles part; a workbook without one has no cell formats, and none can be appended."""
        self.path, self.part = package.path, package.styles_part
        self.data = package.container.read(self.part) if self.part else b"<styleSheet/>"
        self.root = package.styles or parse(self.data, "", self.path)
        self.formats: Formats = formats_in(self.root)
        holder = self._list("cellXfs", "xf")
        self._xfs = [self.data[xf.start : xf.end] for xf in holder.children if xf.name == "xf"] if holder else []
        self._holder = holder
        self._own = len(self._xfs)
        self._index = {raw: index for index, raw in reversed(list(enumerate(self._xfs)))}
        self._codes = custom_codes(self.root)
        self._taken = {number for name in ("xf", "numFmt") for number in self.root.numbers(name, "numFmtId")}
        """The numbers of number formats that are defined or referred to, anywhere in the part."""
        self._new_codes: dict[int, str] = {}
        self._new_fonts: list[bytes] = []
        self._new_colours: list[bytes] = []

    def _list(self, name: str, item: str) -> Element | None:
        """Give a list of the part; None where it is not there, or is not one plain list to which can be appended."""
        holder = self.root.child(name)
        plain = holder is not None and [*self.root.all(name)] == [holder]
        return holder if holder is not None and plain and all(own.name == item for own in holder.children) else None

    def _lacks_fonts(self, count: int) -> bool:
        """Say whether a cell format refers to a font beyond those that are there: a new one would become its font."""
        given = (xf.attributes.get("fontId", "") for xf in self.root.all("xf"))
        return any(not number.isdecimal() or int(number) >= count for number in given if number)

    def shown_as(self, base: int, form: str) -> int:
        """Give a format that is ``base`` with the number format of a form, and nothing else changed."""
        return self._variant(base, form, beside=False)

    def beside(self, base: int, form: str) -> int:
        """Give a format for a new column from that of its left neighbour.

        Font, fill and border are kept; the number format is the form's, and horizontal alignment, unlocking and the
        quote prefix are the neighbour's own affair.
        """
        return self._variant(base, form, beside=True)

    def heading(self, base: int) -> int:
        """Give the format of a new header: that of its left neighbour, or bold where it has none."""
        if base or self._holder is None or not self._xfs:
            return base
        return self._in_font(self._xfs[0], self._font(_bold))

    def is_general(self, style: int) -> bool:
        """Say whether a format leaves numbers as they are."""
        return self._number_format(self._xf(style)) == 0

    def render(self) -> bytes | None:
        """Give the new styles part, or None where nothing was appended."""
        if (len(self._xfs) == self._own and not self._new_colours) or self._holder is None:
            return None
        edits = []
        if len(self._xfs) > self._own:
            edits.append(self._appended(self._holder, self._xfs[self._own :], len(self._xfs)))
        if self._new_colours:
            edits.append(self._colours())
        if self._new_codes:
            edits.append(self._number_formats())
        fonts = self._list("fonts", "font")
        if self._new_fonts and fonts is not None:
            edits.append(self._appended(fonts, self._new_fonts, len(fonts.children) + len(self._new_fonts)))
        data = self.data
        for start, end, new in sorted(edits, reverse=True):
            data = data[:start] + new + data[end:]
        return data

    @property
    def takes_colours(self) -> bool:
        """Whether colours can be added: the part has cell formats, one list of colours at most, and is in UTF-8."""
        known = next(self.root.all("dxfs"), None) is None or self._list("dxfs", "dxf") is not None
        return self._holder is not None and known and is_utf8(self.data)

    @property
    def colours(self) -> int:
        """The number of conditional formats that were there before."""
        holder = self.root.child("dxfs")
        return len(holder.children) if holder else 0

    def colour(self, ink: str, fill: str) -> int:
        """Give the number of a conditional format in these colours (``#RRGGBB``), in bold; it is appended once."""
        own = prefix_of(self.data, self.root)
        new = (
            b'<%bdxf><%bfont><%bb/><%bcolor rgb="FF%b"/></%bfont><%bfill><%bpatternFill><%bbgColor rgb="FF%b"/>'
            b"</%bpatternFill></%bfill></%bdxf>"
        ) % (*(own,) * 4, ink[1:].encode(), *(own,) * 4, fill[1:].encode(), *(own,) * 3)
        if new not in self._new_colours:
            self._new_colours.append(new)
        return self.colours + self._new_colours.index(new)

    def _colours(self) -> tuple[int, int, bytes]:
        """Give the edit that appends conditional formats, or their list at its place where there is none."""
        own, new = prefix_of(self.data, self.root), self._new_colours
        holder = self.root.child("dxfs")
        if holder is not None and holder.inner_end > holder.inner_start:
            return self._appended(holder, new, len(holder.children) + len(new))
        behind = (child.start for child in self.root.children if child.name in ("tableStyles", "colors", "extLst"))
        at = next(behind, self.root.inner_end)
        start, end = (holder.start, holder.end) if holder else (at, at)
        return start, end, b'<%bdxfs count="%d">%b</%bdxfs>' % (own, len(new), b"".join(new), own)

    def _variant(self, base: int, form: str, beside: bool) -> int:
        if self._holder is None or not self._xfs:
            if form in NEEDED or base in self.formats.dates or base in self.formats.spans:
                raise WriteRefused("excel.no_styles", path=self.path)
            return base
        number = BUILT_IN[form] if form in BUILT_IN else self._custom(CUSTOM[form])
        xf = self._xf(base)
        if beside:
            xf = _impersonal(xf, keep_side=form in ("text", "prose"))
            xf = _wrapped(xf) if form == "prose" else xf
        if self._number_format(xf) != number:
            end = tag_end(xf, 0)
            tag = with_attribute(xf[:end], b"numFmtId", b"%d" % number)
            xf = with_attribute(tag, b"applyNumberFormat", b"1") + xf[end:]
        return self._in_font(xf, self._font(_link)) if form == "link" else self._added(xf)

    def _in_font(self, xf: bytes, font: int | None) -> int:
        """Give a cell format in another font; the format itself where there is none."""
        if font is not None:
            end = tag_end(xf, 0)
            tag = with_attribute(with_attribute(xf[:end], b"fontId", b"%d" % font), b"applyFont", b"1")
            xf = tag + xf[end:]
        return self._added(xf)

    def _xf(self, style: int) -> bytes:
        return self._xfs[style] if style < len(self._xfs) else self._xfs[0] if self._xfs else b'<xf numFmtId="0"/>'

    @staticmethod
    def _number_format(xf: bytes) -> int:
        found = re.search(rb"\snumFmtId\s*=\s*[\"']([0-9]+)", xf)
        return int(found.group(1)) if found else 0

    def _added(self, xf: bytes) -> int:
        if xf not in self._index:
            if len(self._xfs) >= limits.STYLES:
                raise WriteRefused("excel.too_many_styles", path=self.path, limit=limits.STYLES)
            if not is_utf8(self.data):
                raise WriteRefused("excel.encoding", path=self.path, sheet=self.part)
            self._index[xf] = len(self._xfs)
            self._xfs.append(xf)
        return self._index[xf]

    def _custom(self, code: str) -> int:
        for number, known in (*self._codes.items(), *self._new_codes.items()):
            if known == code:
                return number
        if next(self.root.all("numFmts"), None) is not None and self._list("numFmts", "numFmt") is None:
            raise WriteRefused("excel.malformed", path=self.path, part=self.part)
        number = next(free for free in count(164) if free not in self._taken and free not in self._new_codes)
        self._new_codes[number] = code
        return number

    def _font(self, look: Look) -> int | None:
        """Give the number of the first font in another look, which is appended where there is none of it yet."""
        fonts = self._list("fonts", "font")
        if fonts is None or not fonts.children or self._lacks_fonts(len(fonts.children)):
            return None
        first = fonts.children[0]
        raw, name = self.data[first.start : first.end], self.data[first.start + 1 : first.start + 64]
        written = re.match(rb"[^\s/>]+", name)
        if written is None:
            return None
        end = tag_end(raw, 0)
        opened = raw[:end] if not raw.startswith(b"/>", end - 2) else raw[: end - 2].rstrip() + b">"
        inner = raw[end:] if raw[end - 2 : end] != b"/>" else b"</" + written.group() + b">"
        font = opened + look(inner, prefix_of(self.data, first))
        known = [raw, *self._new_fonts]
        if font not in known:
            self._new_fonts.append(font)
            known.append(font)
        place = known.index(font)
        return len(fonts.children) + place - 1 if place else 0

    def _appended(self, holder: Element, new: list[bytes], count: int) -> tuple[int, int, bytes]:
        """Give the edit that appends elements to a list and states their number."""
        tag = with_attribute(self.data[holder.start : holder.inner_start], b"count", b"%d" % count)
        inner = self.data[holder.inner_start : holder.inner_end]
        return holder.start, holder.inner_end, tag + inner + b"".join(new)

    def _number_formats(self) -> tuple[int, int, bytes]:
        own = prefix_of(self.data, self.root)
        new = [b'<%bnumFmt numFmtId="%d" formatCode="%b"/>' % (own, n, escaped(c)) for n, c in self._new_codes.items()]
        holder = self.root.child("numFmts")
        if holder is not None and holder.inner_end > holder.inner_start:
            return self._appended(holder, new, len(holder.children) + len(new))
        start, end = (holder.start, holder.end) if holder else (self.root.inner_start, self.root.inner_start)
        whole = b'<%bnumFmts count="%d">%b</%bnumFmts>' % (own, len(new), b"".join(new), own)
        return start, end, whole


def _bold(inner: bytes, own: bytes) -> bytes:
    """Give what stands in a font, in bold."""
    bold = b"<" + own + b"b/>"
    return inner if bold in inner else bold + inner


def _link(inner: bytes, own: bytes) -> bytes:
    """Give what stands in a font, underlined and in the colour of links; its size comes between the two."""
    inner = re.sub(rb"<%b(?:u|color)\b[^>]*/>" % re.escape(own), b"", inner)
    line, colour = b"<" + own + b"u/>", b"<" + own + b'color rgb="' + LINK_COLOUR + b'"/>'
    size = re.search(rb"<%bsz\b[^>]*/>" % re.escape(own), inner)
    if size is None:
        return line + colour + inner
    return inner[: size.start()] + line + size.group() + colour + inner[size.end() :]


def _impersonal(xf: bytes, keep_side: bool) -> bytes:
    """Give a cell format without what belongs to the neighbour's content: protection, quote prefix, side, indent."""
    end = tag_end(xf, 0)
    tag, inner = without_attribute(xf[:end], b"quotePrefix"), xf[end:]
    inner = re.sub(rb"<(?:[\w.-]+:)?protection\b[^>]*?/>", b"", inner)
    found = re.search(rb"<(?:[\w.-]+:)?alignment\b[^>]*?/>", inner)
    if found and not keep_side:
        kept = without_attribute(without_attribute(found.group(), b"horizontal"), b"indent")
        inner = inner[: found.start()] + kept + inner[found.end() :]
    return tag + inner


def _wrapped(xf: bytes) -> bytes:
    """Give a cell format whose text goes on in a second line, and not into the next cell."""
    end = tag_end(xf, 0)
    tag, inner = xf[:end], xf[end:]
    found = re.search(rb"<(?:[\w.-]+:)?alignment\b[^>]*?/>", inner)
    if found:
        aligned = with_attribute(found.group(), b"wrapText", b"1")
        return tag + inner[: found.start()] + aligned + inner[found.end() :]
    named = re.match(rb"<((?:[\w.-]+:)?)(xf)\b", tag)
    own = named.group(1) if named else b""
    aligned = b"<" + own + b'alignment vertical="top" wrapText="1"/>'
    tag = with_attribute(tag, b"applyAlignment", b"1")
    if tag.endswith(b"/>"):  # an empty element; alignment is its first child in the schema's order
        return tag[:-2].rstrip() + b">" + aligned + b"</" + own + b"xf>"
    return tag + aligned + inner
