"""Opens a file by what it is: Excel's own for reading and writing, the others for reading alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetsync.backends.files.kinds import HEAD, OLE, Kind, kind_of, refuse_misnamed
from sheetsync.errors import WriteRefused
from sheetsync.workbook import workbook_beside

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from sheetsync.workbook import Backend


def open_file(path: str | os.PathLike[str], recalculate: bool = False) -> Backend:
    """Give the backend of a file; nothing but its kind is looked at.

    Raises ReadRefused where the file is not what its ending says, or of a kind that cannot be read.
    """
    import os

    told = os.fspath(path)
    kind = _kind_at(told)
    if kind not in (None, Kind.LOCKED):
        refuse_misnamed(told, kind)
    if kind in (None, Kind.LOCKED, Kind.WORKBOOK):
        from sheetsync.backends.excel import ExcelBackend

        return ExcelBackend(told, recalculate)
    from sheetsync.backends.files.backend import FileBackend

    return FileBackend(told, kind)


def refuse_unwritable(path: str | os.PathLike[str]) -> None:
    """Raise WriteRefused for a file that can be read but not written, before anybody locks or reads it.

    A file that cannot even be read passes: reading it says more clearly what is wrong.
    """
    import os

    told = os.fspath(path)
    kind = _kind_at(told)
    if kind in (Kind.OLD, Kind.OPEN, Kind.TEXT):
        refuse_misnamed(told, kind)
        raise WriteRefused("file.read_only", **read_only_params(told))


def read_only_params(path: str) -> Mapping[str, str]:
    """Give what the message about a file that is only read needs: the path, and that of a workbook made from it."""
    return {"path": path, "target": workbook_beside(path)}


def _kind_at(path: str) -> Kind | None:
    """Look at the content of a file; None where it cannot be opened, which its reader tells."""
    import os

    try:
        if not os.path.isfile(path):  # noqa: PTH113 - a path of any kind, also one that cannot be opened
            return None
        with open(path, "rb") as file:  # noqa: PTH123 - as above
            head = file.read(HEAD)
            return kind_of(head + file.read() if head.startswith(OLE) else head)
    except OSError:
        return None
