"""Puts a small text file in place at once, so that nobody ever sees half of one."""

from __future__ import annotations

from pathlib import Path
from shutil import copymode


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
