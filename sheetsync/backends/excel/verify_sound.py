"""Whether the rows of a worksheet were well-formed before anything was written beside them.

Whoever reads a sheet by searching its bytes does not notice a stray ``<`` or an end of nothing, which Excel repairs by
leaving out. To parse all rows would take as long as to read them. Their signs are counted instead, and only where the
counts do not add up are they parsed.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.parsers import expat

from sheetsync.backends.excel.markup import MALFORMED
from sheetsync.errors import WriteRefused

_FORBIDDEN = tuple(bytes((code,)) for code in range(32) if code not in b"\t\n\r")
"""Signs that no XML may hold, in whichever way they are written."""


def is_doubtful(rows: bytes) -> bool:
    """Say whether whole rows may not be well-formed: their tags do not add up, or they hold a sign that none may."""
    tags = rows.count(b"<")
    if rows.count(b">") != tags or 2 * rows.count(b"</") + rows.count(b"/>") != tags:
        return True
    return any(sign in rows for sign in _FORBIDDEN)


def refuse_malformed(chunks: Iterable[bytes], path: str, part: str) -> None:
    """Parse a part of which there is doubt; WriteRefused where it is not well-formed."""
    parser = expat.ParserCreate()
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except MALFORMED as error:
        raise WriteRefused("excel.malformed", path=path, part=part) from error
