"""What can be said of an Excel file before a run: whether it is there, sound, closed, and may be replaced."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from sheetsync.backends.excel import limits
from sheetsync.checkup import Check, failed, fine, refused, warned
from sheetsync.errors import SheetsyncError

if TYPE_CHECKING:
    from sheetsync.backends.excel.replace import Source

LARGE = limits.FILE // 2
"""Bytes from which on a file is near the limit."""

COPIES = 2
"""A run needs room for the new file beside the old one; as much again is asked for, because disks fill overnight."""


def examine(path: str, *, recalculate: bool = False) -> Iterator[Check]:
    """Look at one Excel file; nothing is written. ``recalculate`` says that LibreOffice is to refresh formulas.

    The first three looks build on each other, so that a missing file is told once.
    """
    from sheetsync.backends.excel.replace import read_source

    try:
        source = read_source(path)
    except SheetsyncError as error:
        yield refused("excel.file", error)
    else:
        yield _size(source, path)
        yield _format(source, path)
        yield from _writing(source, path)
    if recalculate:
        yield _libreoffice()


def _size(source: Source, path: str) -> Check:
    size = max(round(len(source.data) / limits.MEBIBYTE, 1), 0.1)
    if len(source.data) > LARGE:
        return warned("excel.file", "large", path=path, size=size, limit=limits.FILE // limits.MEBIBYTE)
    return fine("excel.file", path=path, size=size)


def _format(source: Source, path: str) -> Check:
    """Read the whole workbook as a run would, and say what is in it."""
    from sheetsync.backends.excel.reader import open_workbook, workbook_of

    try:
        workbook = workbook_of(open_workbook(source.data, path), source.revision)
    except SheetsyncError as error:
        return refused("excel.format", error)
    return fine("excel.format", path=path, sheets=len(workbook.sheets))


def _writing(source: Source, path: str) -> Iterator[Check]:
    from sheetsync.backends.excel.locks import refuse_open
    from sheetsync.backends.excel.replace import refuse_read_only

    yield _unless("excel.rights", lambda: refuse_read_only(source.path, source.status), path)
    yield _unless("excel.closed", lambda: refuse_open(path, source.path), path)
    yield _room(source, path)


def _unless(name: str, refuse: Callable[[], None], path: str) -> Check:
    try:
        refuse()
    except SheetsyncError as error:
        return refused(name, error)
    return fine(name, path=path, folder=os.path.dirname(os.path.abspath(path)))  # noqa: PTH100, PTH120 - as it was told


def _room(source: Source, path: str) -> Check:
    free = shutil.disk_usage(source.path.parent).free
    needed = COPIES * len(source.data)
    room, wanted = round(free / limits.MEBIBYTE), max(1, round(needed / limits.MEBIBYTE))
    if free < needed:
        return failed("excel.room", "full", 5, path=path, free=room, needed=wanted)
    return fine("excel.room", path=path, free=room, needed=wanted)


def _libreoffice() -> Check:
    from sheetsync.backends.excel.recalculate import program

    found = program()
    if found is None:
        return warned("excel.libreoffice", "missing")
    return fine("excel.libreoffice", program=found)
