"""The SHA-256 of a file or a name, without the price of the library that computes it fastest.

Importing ``hashlib`` loads OpenSSL, which takes longer than to read, score and check a small workbook. Python has a
SHA-256 of its own, which ``hashlib`` itself falls back on; for large files OpenSSL's is worth its price.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

LARGE = 2_000_000
"""Bytes from which OpenSSL is faster, its loading included."""


def fingerprint(data: bytes) -> str:
    """Give the SHA-256 of some bytes as 64 hexadecimal digits."""
    made: str = (_of_openssl if len(data) >= LARGE else _own())(data).hexdigest()
    return made


def _of_openssl(data: bytes) -> Any:
    from hashlib import sha256

    return sha256(data)


def _own() -> Any:
    """Give the SHA-256 that is part of Python; another build of it may have none."""
    try:
        return import_module("_sha2" if sys.version_info >= (3, 12) else "_sha256").sha256
    except ImportError:
        return _of_openssl
