"""Puts small text files in place at once, so that nobody ever sees half of one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copymode

from sheetsync.errors import AccessDenied, ConfigError, TemporaryFailure


def put_text(path: Path, text: str) -> None:
    """Write a text where it differs from what is there, with the same rights; OSError where that is impossible."""
    if path.is_file() and path.read_bytes() == text.encode():
        return
    half = path.with_name(f".{path.name}.tmp")
    try:
        half.write_text(text, encoding="utf-8", newline="\n")
        if path.exists():
            copymode(path, half)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


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
