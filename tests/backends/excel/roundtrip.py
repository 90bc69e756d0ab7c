"""Patches workbooks and judges the results with other people's code, each in a process of its own, with limits.

``python -m tests.backends.excel.roundtrip FOLDER FILE...`` copies each file into FOLDER, writes a few cells in each of
its worksheets, and prints one JSON object a line: ``outcome`` is ``written``, ``refused`` or ``died``, and
``problems`` says what is wrong.
"""

from __future__ import annotations

import gc
import io
import json
import os
import re
import resource
import shutil
import signal
import sys
import traceback
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, cast

from lxml import etree

from sheetsync.backends.excel import ExcelBackend
from sheetsync.errors import SheetsyncError
from sheetsync.language import Phrases
from sheetsync.locales import load
from sheetsync.workbook import CellUpdate, CellValue, Changes, Workbook, Worksheet, column_letters, same_value
from tests.backends.excel.sheet_roundtrip import added

MEMORY = 1536 << 20
"""Bytes of address space: most of it is taken by the libraries that judge."""

SECONDS = 60

LABEL = "sheetsync ✓ <&> _x0041_ "


class Written(NamedTuple):
    """One worksheet's updates and what became of them."""

    sheet: str
    updates: tuple[CellUpdate, ...]
    refused: str | None


def main(path: Path, folder: Path) -> dict[str, Any]:
    """Patch a copy of a workbook, add a worksheet to another, judge both, and report.

    ``added`` is the key of the refusal to add one, and empty where it was added.
    """
    copy = folder / path.name
    shutil.copyfile(path, copy)
    copy.chmod(0o644)
    backend = ExcelBackend(copy)
    try:
        workbook = backend.read()
    except SheetsyncError as error:
        return {"outcome": "refused", "key": error.key, "problems": _unclear(error), "sheets": 0}
    problems: list[str] = []
    written = _write(backend, workbook, problems)
    problems += judge(path, copy, workbook, written)
    done = [own for own in written if own.updates and own.refused is None]
    keys = sorted({own.refused for own in written if own.refused})
    new = added(path, folder, _unclear)
    problems += new["problems"]
    outcome = "written" if done else "refused"
    return {"outcome": outcome, "keys": keys, "problems": problems, "sheets": len(done), "added": new["added"]}


def _write(backend: ExcelBackend, workbook: Workbook, problems: list[str]) -> list[Written]:
    """Write in all worksheets at once; where that is refused, in each alone, and at last only outside of what is full.

    Then write the same once more, which must leave the file as it is.
    """
    wanted = {sheet.name: tuple(_targets(sheet)) for sheet in workbook.sheets if sheet.refusal is None}
    if wanted and _applied(backend, [own for updates in wanted.values() for own in updates], problems) is None:
        written = [Written(name, updates, None) for name, updates in wanted.items()]
    else:
        written = [_write_one(backend, name, updates, problems) for name, updates in wanted.items()]
    before = Path(backend.path).read_bytes()
    again = [own._replace(before=own.after) for one in written if one.refused is None for own in one.updates]
    if _applied(backend, again, problems) is not None or Path(backend.path).read_bytes() != before:
        problems.append("a second apply wrote")
    for sheet in workbook.sheets:
        if sheet.refusal is not None:
            key = _applied(backend, list(_targets(sheet)), problems)
            written.append(Written(sheet.name, (), key))
            if key != sheet.refusal:
                problems.append(f"{sheet.name}: refused as {key}, announced as {sheet.refusal}")
    return written


def _write_one(backend: ExcelBackend, name: str, updates: tuple[CellUpdate, ...], problems: list[str]) -> Written:
    key = _applied(backend, list(updates), problems)
    if key is None:
        return Written(name, updates, None)
    below = tuple(own for own in updates if own.row == max(one.row for one in updates))
    again = _applied(backend, list(below), problems)
    if again is not None:
        problems.append(f"{name}: not even cells below the used area can be written: {again}")
    return Written(name, below, again)


def _applied(backend: ExcelBackend, updates: list[CellUpdate], problems: list[str]) -> str | None:
    """Apply updates; gives the key of the refusal, or None where they were written."""
    try:
        backend.apply(Changes(cells=tuple(updates)), backend.read().revision)
    except SheetsyncError as error:
        problems += _unclear(error)
        return error.key
    return None


def _targets(sheet: Worksheet) -> Iterator[CellUpdate]:
    """Give a full cell, the cell behind a row's end, a cell in a row of its own, and a cell in a gap."""
    full = [(row, column) for row, column in _full(sheet) if _plain(sheet, row, column)]
    if full:
        row, column = full[len(full) // 2]
        yield CellUpdate(sheet.name, row, column, sheet.value(row, column), 0.625, "percent")
        behind = max(2 + max(len(own) for own in sheet.rows), *(own.last_column + 1 for own in sheet.merges), 0)
        yield CellUpdate(sheet.name, full[0][0], behind, None, LABEL)
    below = 40 + max(
        len(sheet.rows),
        *(area.last_row for area in (*sheet.merges, *sheet.tables)),
        *(row for row, _ in sheet.formulas),
        0,
    )
    yield CellUpdate(sheet.name, below, 2, None, True)
    yield CellUpdate(sheet.name, below, 4, None, -1234.5, "number")
    for row, column in full:
        left = (row, column - 1)
        if column > 1 and sheet.value(*left) is None and _plain(sheet, *left) and left != full[len(full) // 2]:
            yield CellUpdate(sheet.name, *left, None, "gap")
            return


def _full(sheet: Worksheet) -> Iterator[tuple[int, int]]:
    for number, row in enumerate(sheet.rows, 1):
        yield from ((number, column) for column, value in enumerate(row, 1) if value is not None and value != "")


def _plain(sheet: Worksheet, row: int, column: int) -> bool:
    merged = any(merge.contains(row, column) and merge[:2] != (row, column) for merge in sheet.merges)
    return not merged and (row, column) not in sheet.formulas


def _unclear(error: SheetsyncError) -> list[str]:
    """Say what a refusal lacks: a text in both languages that fills in."""
    found = []
    for language in ("en", "vi"):
        try:
            Phrases(load(language)).text(f"error.{error.key}", **error.params)
        except LookupError as missing:
            found.append(f"{error.key} in {language}: {missing}")
    return found


def judge(old: Path, new: Path, workbook: Workbook, written: list[Written]) -> list[str]:
    """Compare the archives member by member, the sheets element by element, the values cell by cell."""
    done = {own.sheet: own.updates for own in written if own.refused is None}
    problems: list[str] = []
    with zipfile.ZipFile(old) as before, zipfile.ZipFile(new) as after:
        changed = [name for name in before.namelist() if _raw(old, before, name) != _raw(new, after, name)]
        if before.namelist() != after.namelist():
            problems.append("the members are not the same")
        sheets = _sheet_parts(before, set(done))
        main_part = next(name for name in before.namelist() if _is_workbook(before, name))
        allowed = {*sheets.values(), main_part, *(name for name in changed if name.endswith("styles.xml"))}
        if _without_request(before.read(main_part)) != _without_request(after.read(main_part)):
            problems.append(f"more than the request to recalculate changed in {main_part}")
        problems += [f"{name} changed" for name in changed if name not in allowed]
        for sheet, part in sheets.items():
            if part and _stripped(before.read(part), done[sheet]) != _stripped(after.read(part), done[sheet]):
                problems.append(f"{sheet}: more than the targets changed in {part}")
    problems += _values(workbook, ExcelBackend(new).read(), done)
    return problems + _second_opinions(new, done)


def _is_workbook(archive: zipfile.ZipFile, name: str) -> bool:
    root = etree.fromstring(archive.read("_rels/.rels"))
    return any(
        own.get("Target", "").lstrip("/") == name for own in root if own.get("Type", "").endswith("/officeDocument")
    )


def _without_request(part: bytes) -> bytes:
    """Give the workbook part in canonical form without the request to recalculate on opening."""
    root = etree.fromstring(part)
    for own in list(root.iter("{*}calcPr")):
        own.attrib.pop("fullCalcOnLoad", None)
        if not own.attrib:
            own.getparent().remove(own)
    out = io.BytesIO()
    root.getroottree().write_c14n(out)
    return out.getvalue()


def _raw(path: Path, archive: zipfile.ZipFile, name: str) -> bytes:
    """Give a member's packed bytes with its local header, which zipfile leaves to be read from the file."""
    info = archive.getinfo(name)
    data = path.read_bytes()
    start = info.header_offset
    begin = start + 30 + int.from_bytes(data[start + 26 : start + 28], "little")
    begin += int.from_bytes(data[start + 28 : start + 30], "little")
    return data[start : begin + info.compress_size]


def _sheet_parts(archive: zipfile.ZipFile, sheets: set[str]) -> dict[str, str]:
    """Find the part of each worksheet by following the relations of the workbook."""
    root = etree.fromstring(archive.read("_rels/.rels"))
    main = next(own.get("Target") for own in root if own.get("Type", "").endswith("/officeDocument")).lstrip("/")
    folder, _, name = main.rpartition("/")
    relations = {
        own.get("Id"): own.get("Target") for own in etree.fromstring(archive.read(f"{folder}/_rels/{name}.rels"))
    }
    found = {}
    for own in etree.fromstring(archive.read(main)).iter("{*}sheet"):
        identity = next(value for key, value in own.items() if key.endswith("}id"))
        if own.get("name") in sheets:
            target = relations[identity]
            found[own.get("name")] = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
    return found


def _stripped(part: bytes, updates: tuple[CellUpdate, ...]) -> bytes:
    """Give a worksheet part in canonical form without its targets, used area, span hints and rows left empty."""
    root = etree.fromstring(part, etree.XMLParser(huge_tree=True, resolve_entities=False))
    places = {own.ref.a1 for own in updates}
    for own in list(root.iter("{*}c", "{*}dimension", "{*}row")):
        own.attrib.pop("spans", None)
        own.tail = None  # white space between cells says nothing
        if own.get("r") in places or etree.QName(own).localname == "dimension":
            own.getparent().remove(own)
    for row in list(root.iter("{*}row")):
        if len(row) == 0 and set(row.attrib) <= {"r"}:
            row.getparent().remove(row)
        else:
            row.text = None
    out = io.BytesIO()
    root.getroottree().write_c14n(out)
    return out.getvalue()


def _values(before: Workbook, after: Workbook, done: dict[str, tuple[CellUpdate, ...]]) -> list[str]:
    """Compare every value: the targets are what was asked for, all others what they were."""
    problems = []
    for old, new in zip(before.sheets, after.sheets, strict=True):
        targets = {(own.row, own.column): own.after for own in done.get(old.name, ())}
        for row in range(1, max(len(old.rows), len(new.rows)) + 1):
            for column in range(1, max(_width(old, row), _width(new, row)) + 1):
                wanted = targets.get((row, column), old.value(row, column))
                if not same_value(wanted, new.value(row, column)):
                    place = f"{old.name}!{column_letters(column)}{row}"
                    problems.append(f"{place} reads {new.value(row, column)!r} instead of {wanted!r}")
        if (old.formulas, old.merges, old.protected) != (new.formulas, new.merges, new.protected):
            problems.append(f"{old.name}: formulas, merges or protection changed")
    return problems[:5]


def _width(sheet: Worksheet, row: int) -> int:
    return len(sheet.rows[row - 1]) if row <= len(sheet.rows) else 0


def _second_opinions(path: Path, done: dict[str, tuple[CellUpdate, ...]]) -> list[str]:
    """Ask openpyxl and wolfxl what stands in the targets, where they can open the workbook."""
    return [
        f"{name} reads {found!r} in {own.ref} instead of {own.after!r}"
        for name, read in (("openpyxl", _by_openpyxl), ("wolfxl", _by_wolfxl))
        for own, found in read(path, done)
        if not _agrees(own.after, found)
    ]


def _agrees(wanted: CellValue, found: CellValue) -> bool:
    """Compare; wolfxl and openpyxl leave ``_x0041_`` escapes of inline strings to their caller."""
    if isinstance(wanted, str) and isinstance(found, str):
        return found.replace("_x005F_", "_") == wanted or found == wanted
    return same_value(wanted, found)


def _known(done: dict[str, tuple[CellUpdate, ...]], names: list[str]) -> Iterator[tuple[str, tuple[CellUpdate, ...]]]:
    """Give the sheets that a library sees; of a strict workbook some see none."""
    return ((name, updates) for name, updates in done.items() if name in names)


def _by_openpyxl(path: Path, done: dict[str, tuple[CellUpdate, ...]]) -> Iterator[tuple[CellUpdate, CellValue]]:
    import warnings

    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(path, read_only=True)
        except Exception:  # noqa: BLE001 - it cannot open many of these workbooks, for as many reasons
            return
        for name, updates in _known(done, book.sheetnames):
            wanted = {(own.row, own.column): own for own in updates}
            sheet = book[name]
            sheet.reset_dimensions()
            for row in sheet.iter_rows():
                for cell in row:
                    place = (getattr(cell, "row", 0), getattr(cell, "column", 0))
                    if place in wanted:
                        yield wanted[place], cast("CellValue", cell.value)


def _by_wolfxl(path: Path, done: dict[str, tuple[CellUpdate, ...]]) -> list[tuple[CellUpdate, CellValue]]:
    import wolfxl

    try:
        book = wolfxl.load_workbook(str(path))
    except Exception:  # noqa: BLE001 - as above
        return []
    found = [
        (own, book[name][re.sub(r".*!", "", own.ref.a1)].value)
        for name, updates in _known(done, book.sheetnames)
        for own in updates
    ]
    del book
    gc.collect()  # a workbook and its worksheets hold each other, and no other thread may let go of them
    return found


def limited(path: Path, folder: Path) -> dict[str, Any]:
    """Patch and judge one workbook in a child process, within MEMORY and SECONDS."""
    answer = folder / "answer.json"
    folder.mkdir()
    child = os.fork()
    if child == 0:
        try:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            signal.alarm(SECONDS)
            answer.write_text(json.dumps(main(path, folder)))
        except BaseException:  # noqa: BLE001 - whatever it is, the parent has to hear of it
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if status != 0:
        return {"outcome": "died", "problems": [f"wait status {status}"], "sheets": 0}
    return dict(json.loads(answer.read_text()))


if __name__ == "__main__":
    import openpyxl  # noqa: F401 - loaded once, before the children are made
    import wolfxl  # noqa: F401 - as above

    for number, name in enumerate(sys.argv[2:]):
        found = limited(Path(name), Path(sys.argv[1]) / str(number))
        sys.stdout.write(json.dumps({"file": name, **found}) + "\n")
        sys.stdout.flush()
