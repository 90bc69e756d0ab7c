"""How the files of a workbook are called, whose a file is that stands there, and what to do where none can be made."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sheetsync.errors import AccessDenied, ConfigError, TemporaryFailure

_LONGEST = 200
"""Bytes of a file's name before its ending; every file system takes 255."""
_RESERVED = re.compile(r"index|con|prn|aux|nul|com\d|lpt\d|-.*", re.IGNORECASE)
"""Names that are the list's, Windows' own, or look like an option."""


def file_stem(name: str, apart_by: str = "") -> str:
    """Give the beginning of the names of a workbook's files: its own name, where every disk takes that as it is.

    A name that has to be changed (a spreadsheet in a folder of Drive has a stroke in its own), and that of a workbook
    which something else tells from others of its name (``WorkbookConfig.apart_by``), ends in six hexadecimal digits
    made of both. So a/b and a-b are two, and each is the same in every run, whatever else is in it.
    """
    name = unicodedata.normalize("NFC", name)
    safe = "".join("-" if char in '/\\:*?"<>|' or not char.isprintable() else char for char in name).strip(" .")
    stem = safe.encode("utf-8", "ignore")[:_LONGEST].decode("utf-8", "ignore") or "workbook"
    if stem == name and not _RESERVED.fullmatch(name) and not apart_by:
        return name
    from hashlib import sha256

    told = f"{name.casefold()}\n{apart_by}" if apart_by else name.casefold()
    return f"{stem}-{sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"


def is_foreign(path: Path, known: Callable[[bytes], bool]) -> bool:
    """Say whether something stands at a path that is none of our making: not empty, and not as ``known`` knows ours.

    A place that cannot be read is left to whoever writes there.
    """
    try:
        content = path.read_bytes() if path.is_file() else b""
    except OSError:
        return False
    return bool(content) and not known(content)


@contextmanager
def placing(path: Path) -> Iterator[None]:
    """Turn a failure to make a new file into one that says what to do: another place, more rights, or a later time."""
    try:
        yield
    except (FileNotFoundError, NotADirectoryError, FileExistsError) as error:
        raise ConfigError("no_folder", path=str(path.parent)) from error
    except IsADirectoryError as error:
        raise ConfigError("is_folder", path=str(path)) from error
    except PermissionError as error:
        raise AccessDenied(path=str(path)) from error
    except OSError as error:
        raise TemporaryFailure(path=str(path), reason=error.strerror or str(error)) from error
