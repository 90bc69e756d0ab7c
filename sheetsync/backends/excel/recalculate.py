"""Fresh cached values for the user's formulas: LibreOffice computes a copy, and only the values are taken over.

The copy lives in a temporary folder with a profile of its own, in which macros are off, links are never updated, and
every formula is computed on loading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from sheetsync.backends.excel import limits
from sheetsync.backends.excel.archive import Packed, assembled, pack
from sheetsync.backends.excel.careful import Careful, read_carefully
from sheetsync.backends.excel.dependents import Stale
from sheetsync.backends.excel.formats import Formats
from sheetsync.backends.excel.markup import escaped, with_attribute, without_attribute
from sheetsync.backends.excel.package import Package
from sheetsync.backends.excel.reader import open_package, stream_of
from sheetsync.backends.excel.strings import shared_strings
from sheetsync.backends.excel.values import encoded_text
from sheetsync.backends.excel.verify import verify
from sheetsync.errors import SheetsyncError, VerifyFailed
from sheetsync.record import NamedTuple
from sheetsync.workbook import CellUpdate, CellValue, column_letters

if TYPE_CHECKING:
    from pathlib import Path

SECONDS = 180
"""How long LibreOffice may take; 200,000 rows were measured at 20 seconds."""

ERRORS = frozenset(("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"))
PROGRAMS = (
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
)
SETTINGS = (
    ("Calc/Formula/Load", "OOXMLRecalcMode", "0"),
    ("Calc/Content/Update", "Link", "2"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
)

Values = Mapping[str, Mapping[tuple[int, int], CellValue]]
"""Values by worksheet and by row and column; numbers are bare, dates are serial numbers."""


def program() -> str | None:
    """Find LibreOffice."""
    import shutil

    return next((found for found in map(shutil.which, PROGRAMS) if found), None)


def computed(data: bytes, office: str, stale: Stale) -> Values | None:
    """Let LibreOffice compute a workbook; gives the values of the stale formulas, or None where it failed."""
    import subprocess
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory(prefix="sheetsync-") as folder:
        root = Path(folder)
        _write_profile(root / "profile" / "user")
        source, out = root / "workbook.xlsx", root / "out"
        source.write_bytes(data)
        command = [office, f"-env:UserInstallation={(root / 'profile').as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(source)]
        try:
            subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=True)  # noqa: S603
            return cached_values(open_package((out / source.name).read_bytes(), str(source)), stale)
        except (OSError, subprocess.SubprocessError, SheetsyncError):
            return None


def _write_profile(folder: Path) -> None:
    folder.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in SETTINGS
    )
    xml = f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
    (folder / "registrymodifications.xcu").write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n{xml}', "utf-8")


def cached_values(package: Package, stale: Stale) -> Values:
    """Read the bare cached values of the stale formulas of a workbook."""
    strings = shared_strings(package)
    found: dict[str, dict[tuple[int, int], CellValue]] = {}
    for sheet in package.sheets:
        places = {(row, group.column) for name, group in stale.groups if name == sheet.name for row in group.rows}
        if places:
            reader = Careful(package.path, sheet.name, Formats(), package.date1904, strings)
            read_carefully(package.container.chunks(sheet.part, limits.SHEET), reader, sheet.part)
            values = reader.values
            found[sheet.name] = {(row, column): values.get(row, {}).get(column) for row, column in places}
    return found


def differences(old: Values, new: Values) -> list[CellUpdate]:
    """Give the cached values to refresh. An error that LibreOffice alone sees is its own, and left out."""
    updates = []
    for sheet, values in old.items():
        for (row, column), before in values.items():
            after = new.get(sheet, {}).get((row, column))
            if not _alike(before, after) and not (after in ERRORS and before not in ERRORS):
                updates.append(CellUpdate(sheet, row, column, before, after))
    return sorted(updates, key=lambda update: update[:3])


def _alike(left: CellValue, right: CellValue) -> bool:
    """Compare; two programs may differ in the last bits of a number."""
    if isinstance(left, float) and isinstance(right, float):
        return abs(left - right) <= 1e-12 * max(abs(left), abs(right), 1e-300)
    return type(left) is type(right) and left == right


def left_stale(new: Values, old: Values) -> int:
    """Count the formulas that LibreOffice could not compute though Excel had."""
    return sum(
        new.get(sheet, {}).get(place) in ERRORS and before not in ERRORS
        for sheet, values in old.items()
        for place, before in values.items()
    )


class Refresher:
    """Replaces the cached values of formulas in one worksheet; everything else of their cells stays."""

    def __init__(self, prefix: bytes, updates: Sequence[CellUpdate]) -> None:
        """Take the namespace prefix of the sheet's elements, with its colon, and the values by their places."""
        self._prefix = prefix
        self._updates = {f"{column_letters(own.column)}{own.row}".encode(): own for own in updates}
        own = re.escape(prefix)
        pattern = rb'<%bc(?=[^>]*?\sr="([A-Z]{1,3}[0-9]{1,7})")[^>]*?(?:/>|>(?:.*?)</%bc>)' % (own, own)
        self._cells = re.compile(pattern, re.DOTALL)

    def block(self, block: bytes) -> bytes:
        """Give a block of rows with its cached values refreshed."""
        return self._cells.sub(self._cell, block)

    def skeleton(self, block: bytes) -> bytes:
        """Give a block of rows in which those cells have no value and no type."""
        return self._cells.sub(self._stripped, block)

    def _stripped(self, found: re.Match[bytes]) -> bytes:
        cell = found.group()
        if found.group(1) not in self._updates:
            return cell
        end = cell.find(b">") + 1
        return without_attribute(cell[:end], b"t") + cell[end : _formula_end(cell, self._prefix)]

    def _cell(self, found: re.Match[bytes]) -> bytes:
        update = self._updates.get(found.group(1))
        return found.group() if update is None else self._refreshed(found.group(), update)

    def _refreshed(self, cell: bytes, update: CellUpdate) -> bytes:
        prefix = self._prefix
        end = cell.find(b">") + 1
        kind, text = _written(update.after)
        tag = with_attribute(cell[:end], b"t", kind) if kind else without_attribute(cell[:end], b"t")
        formula = cell[end : _formula_end(cell, prefix)]
        return b"%b%b<%bv>%b</%bv></%bc>" % (tag, formula, prefix, text, prefix, prefix)


def _formula_end(cell: bytes, prefix: bytes) -> int:
    close = cell.find(b"</" + prefix + b"f>")
    if close >= 0:
        return close + len(prefix) + 4
    return cell.find(b"/>", cell.find(b"<" + prefix + b"f")) + 2


def _written(value: CellValue) -> tuple[bytes, bytes]:
    """Give the type and the text of a formula's cached value."""
    if isinstance(value, bool):
        return b"b", b"%d" % value
    if isinstance(value, int | float):
        return b"", repr(value).encode()
    if value in ERRORS:
        return b"e", escaped(str(value))
    return b"str", encoded_text(str(value or "")).encode()


class Refresh(NamedTuple):
    """A workbook with fresh cached values: its bytes, what was refreshed, and how many formulas stay stale."""

    data: bytes
    updates: tuple[CellUpdate, ...]
    left: int


def recalculated(data: bytes, path: str, stale: Stale) -> Refresh | None:
    """Refresh the cached values of the stale formulas of a workbook; None where LibreOffice is missing or failed."""
    office = program()
    values = computed(data, office, stale) if office else None
    if values is None:
        return None
    package = open_package(data, path)
    old = cached_values(package, stale)
    updates = differences(old, values)
    return Refresh(_refreshed(package, updates), tuple(updates), left_stale(values, old))


def _refreshed(package: Package, updates: Sequence[CellUpdate]) -> bytes:
    replaced: dict[str, Packed] = {}
    for sheet, own in _by_part(package, updates):
        size = package.container.members[sheet].size
        replaced[sheet] = pack(_pieces(package, sheet, own, keep_values=True), size)
    return assembled(package.container, replaced)


def _by_part(package: Package, updates: Sequence[CellUpdate]) -> Iterator[tuple[str, list[CellUpdate]]]:
    for sheet in package.sheets:
        own = [update for update in updates if update.sheet == sheet.name]
        if own:
            yield sheet.part, own


def _pieces(package: Package, part: str, updates: Sequence[CellUpdate], *, keep_values: bool) -> Iterator[bytes]:
    """Give a worksheet part with its cached values refreshed, or with those cells stripped of their values."""
    stream = stream_of(package, part)
    refresher = Refresher(stream.prefix, updates)
    yield stream.head
    yield from map(refresher.block if keep_values else refresher.skeleton, stream.blocks())
    yield stream.tail


def verify_refresh(data: bytes, refresh: Refresh, new: bytes, path: str, stale: Stale) -> None:
    """Prove that ``new`` is the workbook ``data`` with the refreshed values, and nothing else; raises VerifyFailed."""
    before, after = open_package(data, path), open_package(new, path)
    changed = frozenset(part for part, _ in _by_part(before, refresh.updates))
    verify(before, new, changed, ())
    for part, own in _by_part(before, refresh.updates):
        digests = [_digest(_pieces(package, part, own, keep_values=False)) for package in (before, after)]
        if digests[0] != digests[1]:
            raise VerifyFailed("excel.verify_part", path=path, part=part)
    values = cached_values(after, stale)
    for update in refresh.updates:
        if not _alike(values[update.sheet][update.row, update.column], update.after):
            raise VerifyFailed("excel.verify_cell", path=path, cell=str(update.ref))


def _digest(pieces: Iterator[bytes]) -> bytes:
    """Digest a stream, however it is cut."""
    import hashlib

    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.digest()
