"""Packs on the disk for the tests of branding."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path


def pack(folder: Path, brand: str = "", **files: str | bytes) -> Path:
    """Write a pack; a file's name has double underscores for the stroke, and single ones for points."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "brand.toml").write_text(brand, encoding="utf-8")
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def png(width: int = 4, height: int = 4) -> bytes:
    """Make a picture of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\x0f\x76\x6e" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
