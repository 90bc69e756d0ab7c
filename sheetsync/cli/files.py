"""Puts small text files in place at once, so that nobody ever sees half of one."""

from __future__ import annotations

from pathlib import Path


def put_text(path: Path, text: str) -> None:
    """Write a text where it differs from what is there; OSError where that is impossible."""
    if path.is_file() and path.read_bytes() == text.encode():
        return
    half = path.with_name(f".{path.name}.tmp")
    try:
        half.write_text(text, encoding="utf-8", newline="\n")
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
