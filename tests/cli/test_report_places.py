"""Where a page is put: nothing of anybody's is overwritten but a page of ours."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import DAY, Caller, configure

MINE = "<!doctype html>\n<html><head><title>Mine</title></head><body>My own page</body></html>\n"


@pytest.mark.parametrize("name", ["okr.xlsx", "mine.txt", "report.html"])
def test_a_page_takes_the_place_of_pages_alone(call: Caller, okr: Path, name: str) -> None:
    """Shows that neither the workbook nor anything else of somebody's is overwritten, and that a page is renewed."""
    target = okr.parent / name
    if name != "okr.xlsx":
        target.write_text(MINE, encoding="utf-8")
    before = target.read_bytes()
    done = call("--lang", "en", "report", "okr.xlsx", *([] if name == "report.html" else ["-o", name]), *DAY)
    assert (done.code, target.read_bytes()) == (2, before)
    assert f"{name} is there already and is no page" in done.err
    target.unlink() if name != "okr.xlsx" else None
    for _ in range(2):
        assert call("report", "--today", "2025-11-21", str(okr), "-o", "again.html").code == 0


@pytest.mark.parametrize("name", ["index.html", "okr.html"])
def test_pages_of_all_take_the_place_of_pages_alone(call: Caller, okr: Path, name: str) -> None:
    """Shows that a folder with a web page of somebody's is refused whole, and that one with our pages is renewed."""
    configure(Path.cwd(), f'[workbook.okr]\npath = "{okr.name}"\n')
    Path("site").mkdir()
    mine = Path("site", name)
    mine.write_text(MINE, encoding="utf-8")
    done = call("--lang", "en", "report", "--all", "-o", "site", *DAY)
    assert (done.code, mine.read_text(encoding="utf-8"), len(list(Path("site").iterdir()))) == (2, MINE, 1)
    assert f"{mine} is there already and is no page of sheetsync's" in done.err
    mine.unlink()
    for _ in range(2):
        assert call("report", "--all", "-o", "site", *DAY).code == 0


def test_only_files_are_replaced(call: Caller, okr: Path) -> None:
    """Shows that a folder or a pipe in the place of the page stays what it is, and that a link leads to the page."""
    del okr
    Path("folder").mkdir()
    os.mkfifo("pipe")
    for name in ("folder", "pipe"):
        done = call("--lang", "en", "report", "okr.xlsx", "-o", name, *DAY)
        assert done.code == 2
        assert f"{name} is not a regular file" in done.err
    assert stat.S_ISFIFO(Path("pipe").stat().st_mode)
    Path("link.html").symlink_to("folder/page.html")
    assert call("report", "okr.xlsx", "-o", "link.html", *DAY).code == 0
    assert Path("link.html").is_symlink()
    assert Path("folder/page.html").read_text(encoding="utf-8").startswith("<!doctype html>")
