"""Who has the workbook open? Excel and LibreOffice each leave a small file beside it that names the person."""

from __future__ import annotations

import os
from pathlib import Path

from sheetsync.errors import TemporaryFailure


def refuse_open(path: str, real: Path) -> None:
    """Refuse (TemporaryFailure) a workbook that somebody has open, naming the holder and the lock file.

    ``real`` is the file itself, where ``path`` is a link to it: either folder may hold the lock.
    """
    for place in dict.fromkeys((Path(path).absolute(), real)):
        name = place.name
        for lock, key, read in (
            (f"~${name}", "excel.open_in_excel", _excel_holder),
            (f".~lock.{name}#", "excel.open_in_libreoffice", _libreoffice_holder),
        ):
            file = place.with_name(lock)
            if os.path.lexists(file):
                raise TemporaryFailure(key, path=path, holder=read(_start_of(file)) or "?", lock=str(file))


def _start_of(lock: Path) -> bytes:
    """Read the first bytes of a lock file; Excel on Windows may hold it so that nobody can read it."""
    try:
        with lock.open("rb") as file:
            return file.read(1024)
    except OSError:
        return b""


def _excel_holder(data: bytes) -> str:
    """Give the name in Excel's lock: a length and the name in bytes, then from byte 54 a length and it in UTF-16."""
    if len(data) >= 56 and data[54]:
        return data[56 : 56 + 2 * data[54]].decode("utf-16-le", "replace").strip(" \0")
    return data[1 : 1 + data[0]].decode("latin-1").strip(" \0") if data else ""


def _libreoffice_holder(data: bytes) -> str:
    """Give the names in LibreOffice's lock: full name, user and machine are its first three fields."""
    fields = data.decode("utf-8", "replace").split(",")
    who = (fields[0] or fields[1]) if len(fields) > 1 else ""
    return f"{who} ({fields[2]})" if len(fields) > 2 and fields[2] and who else who
