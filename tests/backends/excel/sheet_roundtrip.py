"""Adds a worksheet of our own to workbooks of many producers, and judges the results with other people's code."""

from __future__ import annotations

import shutil
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
from lxml import etree

from sheetsync.backends.excel import ExcelBackend
from sheetsync.errors import SheetsyncError
from sheetsync.workbook import Changes, Workbook, same_value
from tests.backends.own_sheet import OWN, own_changes

NAME = "sheetsync 9"
"""A name that no workbook of a collection has."""


def changes() -> Changes:
    """Give the changes of a worksheet of our own under that name."""
    told = own_changes()
    return Changes(cells=tuple(cell._replace(sheet=NAME) for cell in told.cells), sheets=(OWN._replace(name=NAME),))


def added(path: Path, folder: Path, unclear: Callable[[SheetsyncError], list[str]]) -> dict[str, Any]:
    """Add the worksheet to a copy of a workbook; give the key of a refusal, if any, and what is wrong."""
    copy = folder / f"added-{path.name}"
    shutil.copyfile(path, copy)
    copy.chmod(0o644)
    backend = ExcelBackend(copy)
    before = backend.read()
    try:
        backend.apply(changes(), before.revision)
    except SheetsyncError as error:
        unchanged = copy.read_bytes() == path.read_bytes()
        return {"added": error.key, "problems": unclear(error) + ([] if unchanged else ["refused, and changed"])}
    problems = [*_members(path, copy), *_values(before, ExcelBackend(copy).read()), *_by_openpyxl(path, copy)]
    return {"added": "", "problems": [f"added worksheet: {problem}" for problem in problems]}


def _members(old: Path, new: Path) -> list[str]:
    """Compare the archives: one part more, and of the others only those that name it, or hold formats."""
    with zipfile.ZipFile(old) as before, zipfile.ZipFile(new) as after:
        names = before.namelist()
        if after.namelist()[:-1] != names:
            return ["the members are not the old ones and one more"]
        part = after.namelist()[-1]
        changed = [name for name in names if before.read(name) != after.read(name)]
        strange = [name for name in changed if not name.endswith(("workbook.xml", ".rels", "styles.xml", "Types].xml"))]
        naming = [name for name in changed if name not in strange and not name.endswith("styles.xml")]
        more = [name for name in naming if _told(before.read(name), part) != _told(after.read(name), part)]
        return [f"{name} changed" for name in strange] + [f"more than a name was added in {name}" for name in more]


def _told(data: bytes, part: str) -> list[tuple[Any, ...]]:
    """Give all elements of a part but those that name the new worksheet or carry its marks."""
    root = etree.fromstring(data)
    for own in list(root.iter("{*}*")):
        targets = own.get("Target", "") + own.get("PartName", "")
        ours = own.get("name", "").startswith("_ss.own.") or own.get("name") == NAME
        if ours or (targets and f"/{part}".endswith("/" + targets.lstrip("/"))):
            own.getparent().remove(own)
    emptied = [own for own in root.iter("{*}definedNames") if len(own) == 0]
    for own in emptied:
        own.getparent().remove(own)
    return [(own.tag, sorted(own.items()), (own.text or "").strip()) for own in root.iter("{*}*")]


def _values(before: Workbook, after: Workbook) -> list[str]:
    """Compare every value and formula of the old worksheets, and look for the marks."""
    problems = []
    for old, new in zip(before.sheets, after.sheets, strict=False):
        rows = range(1, max(len(old.rows), len(new.rows)) + 1)
        same = all(
            same_value(old.value(row, column), new.value(row, column))
            for row in rows
            for column in range(1, max(old.width, new.width) + 1)
        )
        if not same or (old.name, old.formulas, old.merges) != (new.name, new.formulas, new.merges):
            problems.append(f"{old.name}: values, formulas or merges changed")
    marks = [mark for mark in after.marks if mark.table == "own" and mark.header and mark.header.sheet == NAME]
    if len(marks) != len(OWN.columns) or after.sheet(NAME).value(2, 2) != "OKR!B3":
        problems.append("the worksheet does not read back")
    return problems


def _by_openpyxl(old: Path, new: Path) -> list[str]:
    """Let openpyxl open the new workbook, where it opens the old one."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            names = openpyxl.load_workbook(old).sheetnames
        except Exception:  # noqa: BLE001 - it cannot open many of these workbooks, for as many reasons
            return []
        book = openpyxl.load_workbook(new)
        if not names:  # of a strict workbook it sees no worksheets
            return []
        shown = [book[NAME].cell(2, column).value for column in (1, 2, 3)] if book.sheetnames == [*names, NAME] else []
    return [] if shown == ["KR-1", '=HYPERLINK("#OKR!B3","OKR!B3")', 0.25] else [f"openpyxl reads {shown}"]
