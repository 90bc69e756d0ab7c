"""Small text files that are there whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetsync.text_file import put_text


def test_a_text_is_put_with_the_rights_that_were_there(tmp_path: Path) -> None:
    """Shows that a new text takes the place of the old one in UTF-8, and keeps the rights of the file."""
    path = tmp_path / "a.toml"
    path.write_text("old\n", encoding="utf-8")
    path.chmod(0o600)
    put_text(path, "Tháng\nmột\n")
    assert path.read_bytes() == "Tháng\nmột\n".encode()
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["a.toml"]


def test_the_same_text_is_not_written(tmp_path: Path) -> None:
    """Shows that a file which says it already stays the very same file."""
    path = tmp_path / "a.toml"
    put_text(path, "same\n")
    before = path.stat().st_ino
    put_text(path, "same\n")
    assert path.stat().st_ino == before


def test_what_cannot_be_put_leaves_nothing_behind(tmp_path: Path) -> None:
    """Shows that a place where no file can be keeps what it has, with no half of one beside it."""
    (tmp_path / "a.toml").mkdir()
    with pytest.raises(OSError, match=r"a\.toml"):
        put_text(tmp_path / "a.toml", "text\n")
    assert [one.name for one in tmp_path.iterdir()] == ["a.toml"]
