"""Files and names are told apart by their SHA-256, which loads no OpenSSL for small ones."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import pytest

from sheetsync.fingerprint import LARGE, fingerprint


@pytest.mark.parametrize("size", [0, 3, LARGE - 1, LARGE])
def test_it_is_the_sha_256(size: int) -> None:
    """Shows that whoever computes it, the digits are those of ``hashlib``."""
    data = b"abc" * (size // 3 + 1)
    assert fingerprint(data[:size]) == hashlib.sha256(data[:size]).hexdigest()


def test_small_ones_load_no_openssl() -> None:
    """Shows that this Python's own SHA-256 is found."""
    code = "from sheetsync.fingerprint import fingerprint as f; f(b'abc'); import sys; print('hashlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "False"
