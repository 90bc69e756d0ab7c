"""Sentences in worksheets of our own go on in a second line."""

from __future__ import annotations

import pytest
from lxml import etree

from sheetsync.backends.excel.styles import _wrapped

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.mark.parametrize(
    "xf",
    [
        b'<xf numFmtId="0" fontId="1"/>',
        b'<xf numFmtId="0"></xf>',
        b'<xf numFmtId="0" applyAlignment="0"><protection locked="0"/></xf>',
        b'<xf numFmtId="0"><alignment horizontal="left" wrapText="0"/><protection locked="0"/></xf>',
    ],
)
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_a_format_wraps_and_keeps_the_rest(xf: bytes, prefix: str) -> None:
    """Shows that a format of any shape gets one alignment that wraps, first among its children, and loses nothing."""
    for name in (b"xf", b"alignment", b"protection"):
        xf = xf.replace(b"<" + name, b"<" + prefix.encode() + name).replace(
            b"</" + name, b"</" + prefix.encode() + name
        )
    declared = f'xmlns{":" + prefix[:-1] if prefix else ""}="{MAIN}"'.encode()
    made = etree.fromstring(b"<root " + declared + b">" + _wrapped(xf) + b"</root>")[0]
    before = etree.fromstring(b"<root " + declared + b">" + xf + b"</root>")[0]
    assert (made[0].tag, made[0].get("wrapText")) == (f"{{{MAIN}}}alignment", "1")
    assert len(made.findall(f"{{{MAIN}}}alignment")) == 1
    assert [one.tag for one in made][1:] == [one.tag for one in before if not one.tag.endswith("alignment")]
    assert {"numFmtId": "0"}.items() <= dict(made.attrib).items()
