"""Damaged workbooks by the hundred: each is read and written rightly, or refused; nothing else may happen.

The seed is fixed, so that a failure comes back. ``SHEETSYNC_FUZZ`` sets how many there are.
"""

from __future__ import annotations

import os
import random
import zipfile
from pathlib import Path

import pytest

from sheetsync.backends.excel.patch import Patcher
from sheetsync.backends.excel.reader import open_workbook, workbook_of
from sheetsync.backends.excel.verify import verify
from sheetsync.errors import SheetsyncError
from sheetsync.workbook import CellUpdate, Changes, Workbook, same_value
from tests.backends.excel.workbooks import contract_workbook, members, parts, sheet_xml, written

COUNT = int(os.environ.get("SHEETSYNC_FUZZ", "150"))
ROWS = (
    '<row r="1" spans="1:3"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>0.5</v></c></row>'
    '<row r="3"><c r="A3" t="inlineStr"><is><t>x</t></is></c><c r="C3" t="e"><f>NA()</f><v>#N/A</v></c></row>'
)
PIECES = (
    b'<c r="XFD1048576"><v>1</v></c>',
    b'<row r="1">',
    b"</row>",
    b"<!-- x -->",
    b"<![CDATA[",
    b'<f t="shared" si="9"/>',
    b'<f t="array" ref="A1:ZZ9">x</f>',
    b' t="e"',
    b' s="99999"',
    b"&#x41;",
    b"<v>",
    b'r="A1"',
    b"1e999",
    b"\xc2\xb2",
    b"\xff",
)


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Give bytes with a few of them changed, dropped, doubled, or with a piece of markup put in."""
    found = bytearray(content)
    for _ in range(chance.choice((1, 2, 5, 20))):
        at = chance.randrange(len(found) or 1)
        kind = chance.randrange(4)
        if kind == 0:
            found[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == 1:
            del found[at : at + chance.choice((1, 4, 30))]
        elif kind == 2:
            found[at:at] = found[at // 2 : at // 2 + chance.choice((4, 30, 200))]
        else:
            found[at:at] = chance.choice(PIECES)
    return bytes(found)


def mutant(path: Path, source: Path, chance: random.Random) -> bytes:
    """Give a workbook with damage in the archive itself, or in one part of a sound archive."""
    if chance.random() < 0.3:
        return damaged(source.read_bytes(), chance)
    own = members(source)
    name = chance.choice([name for name in own if name.endswith((".xml", ".rels"))])
    own[name] = damaged(own[name], chance)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in own.items():
            archive.writestr(part, content)
    return path.read_bytes()


def read_and_write(data: bytes, chance: random.Random) -> None:
    """Read a workbook, patch a few cells of each sheet, prove the patch, and read the targets back."""
    opened = open_workbook(data, "x.xlsx")
    workbook = workbook_of(opened, "1")
    updates = tuple(_updates(workbook, chance))
    patch = Patcher(opened).patched(Changes(cells=updates))
    if patch is None:
        return
    verify(opened.package, patch.data, patch.changed, patch.targets)
    after = workbook_of(open_workbook(patch.data, "x.xlsx"), "2")
    for own in updates:
        assert same_value(after.sheet(own.sheet).value(own.row, own.column), own.after), own


def _updates(workbook: Workbook, chance: random.Random) -> list[CellUpdate]:
    places = {(sheet.name, chance.randint(1, 9), chance.randint(1, 6)) for sheet in workbook.sheets for _ in range(3)}
    return [
        CellUpdate(*place, workbook.sheet(place[0]).value(*place[1:]), chance.choice((0.5, "x", True, None)))
        for place in sorted(places)
    ]


@pytest.mark.parametrize("start", range(0, COUNT, 50))
def test_damage_is_refused_or_does_no_harm(tmp_path: Path, start: int) -> None:
    """Shows that of many damaged workbooks none raises anything but a refusal, and none is written wrongly."""
    sources = [written(tmp_path / "a.xlsx", parts(sheet_xml(ROWS))), contract_workbook(tmp_path / "b.xlsx")]
    refused = 0
    for number in range(start, start + 50):
        chance = random.Random(number)  # noqa: S311 - a seed, not a secret
        data = mutant(tmp_path / "mutant.xlsx", chance.choice(sources), chance)
        try:
            read_and_write(data, chance)
        except SheetsyncError as error:
            assert error.key.startswith("excel."), number
            refused += 1
    assert 0 < refused < 50
