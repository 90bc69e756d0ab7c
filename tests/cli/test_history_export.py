"""``sheetsync history export``: into which files it goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Caller
from tests.cli.test_history import remembered

__all__ = ["remembered"]  # a fixture that these tests share with those of the history


@pytest.mark.parametrize("form", ["csv", "json", "xlsx", "parquet"])
def test_an_export_takes_the_place_of_exports_alone(call: Caller, remembered: Path, here: Path, form: str) -> None:
    """Shows that an earlier export is renewed, and that no workbook or text of somebody's is overwritten."""
    for _ in range(2):
        assert call("history", "export", "-o", f"all.{form}").code == 0
    template = call("template", "new", "okr", "-o", "mine.xlsx")
    (here / "mine.csv").write_text("workbook;mine\n", encoding="utf-8")
    (here / "mine.zip").write_bytes(b"PK and no more")
    assert template.code == 0
    for name in ("mine.xlsx", "mine.csv", "mine.zip"):
        before = (here / name).read_bytes()
        done = call("--lang", "en", "history", "export", "--format", form, "-o", name)
        assert (done.code, (here / name).read_bytes()) == (2, before)
        assert "is no export of sheetsync's" in done.err
