"""The names of the files of pages: safe, each its own, the same every night, and told apart in the list."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from sheetsync.cli.files import file_stem
from sheetsync.cli.pages import told_apart
from tests.cli.conftest import DAY, Caller, configure
from tests.cli.test_report import LATER, NIGHTLY, page


def test_names_of_files_are_safe_and_their_own() -> None:
    """Shows that no name leads out of the folder, hides, or stands in the way of the list."""
    assert file_stem("Minh Long") == "Minh Long"
    assert re.fullmatch(r"clients-minh-long-[0-9a-f]{6}", file_stem("clients/minh-long"))
    assert re.fullmatch(r"-\.\.-etc-passwd-[0-9a-f]{6}", file_stem("../../etc/passwd"))
    assert re.fullmatch(r"workbook-[0-9a-f]{6}", file_stem("..."))
    assert re.fullmatch(r"index-[0-9a-f]{6}", file_stem("Index").casefold())
    assert re.fullmatch(r"con-[0-9a-f]{6}", file_stem("con"))


@given(st.lists(st.text(max_size=300), unique_by=lambda name: unicodedata.normalize("NFC", name).casefold()))
def test_names_that_differ_give_files_that_differ(names: list[str]) -> None:
    """Shows that no two names share a file, whatever is in them, and that every disk takes them."""
    files = [f"{file_stem(name)}-2026-11-21.html" for name in names]
    assert len({file.casefold() for file in files}) == len(files)
    assert all(len(os.fsencode(file)) <= 255 and "/" not in file for file in files)


def test_names_that_look_alike_have_pages_of_their_own(call: Caller, okr: Path, flawed: Path) -> None:
    """Shows that a/b and a-b are two pages, of the same names by night and by hand."""
    del okr, flawed
    configure(Path.cwd(), NIGHTLY + '[workbook."a/b"]\npath = "okr.xlsx"\n[workbook.a-b]\npath = "flawed.xlsx"\n')
    call("sync", *DAY)
    call("report", "--all", "-o", "by-hand", *DAY)
    nightly, by_hand = (sorted(one.name for one in Path(folder).iterdir()) for folder in ("pages", "by-hand"))
    assert nightly == by_hand
    assert len(nightly) == 3


def test_names_that_differ_by_case_alone_have_pages_of_their_own(call: Caller, okr: Path, flawed: Path) -> None:
    """Shows that a disk which takes Minh and MINH for one file never holds one's page for the other's.

    The first in the configuration keeps its name, and the other's is the same whether it is alone in the run or not.
    """
    del okr, flawed
    configure(Path.cwd(), NIGHTLY + '[workbook.Minh]\npath = "okr.xlsx"\n[workbook.MINH]\npath = "flawed.xlsx"\n')
    call("sync", *DAY)
    names = sorted(one.name for one in Path("pages").iterdir())
    assert names[1:] == ["Minh.html", "index.html"]
    assert re.fullmatch(r"MINH-[0-9a-f]{6}\.html", names[0])
    index = page("pages/index.html")
    assert all(f'href="{name}"' in index for name in names[:2])
    (Path("pages") / names[0]).unlink()
    call("sync", "--only", "MINH", *LATER)
    assert sorted(one.name for one in Path("pages").iterdir()) == names


def test_a_workbook_that_the_configuration_does_not_know_takes_nobodys_page(call: Caller, okr: Path) -> None:
    """Shows that files of one name in several folders have each a page, every night the same, and none is another's."""
    configure(Path.cwd(), NIGHTLY + '[workbook.okr]\npath = "okr.xlsx"\n')
    for folder in ("north", "south"):
        Path(folder).mkdir()
        Path(folder, "okr.xlsx").write_bytes(okr.read_bytes())
    call("sync", *DAY)
    known = page("pages/okr.html")
    call("sync", "north/okr.xlsx", "south/okr.xlsx", *DAY)
    names = sorted(one.name for one in Path("pages").iterdir())
    assert len(names) == 4
    assert page("pages/okr.html") == known
    call("sync", "south/okr.xlsx", *LATER)
    assert sorted(one.name for one in Path("pages").iterdir()) == names


def test_the_list_tells_apart_what_is_called_the_same(call: Caller, okr: Path) -> None:
    """Shows that two workbooks of one name stand in the list with their folders, also one that cannot be read."""
    for folder in ("north", "south", "west"):
        Path(folder).mkdir()
        Path(folder, "okr.xlsx").write_bytes(okr.read_bytes() if folder != "west" else b"no workbook")
    call("report", "--all", *(f"{folder}/okr.xlsx" for folder in ("north", "south", "west")), "-o", "pages", *DAY)
    index = page("pages/index.html")
    assert len(set(re.findall(r'href="(okr-[0-9a-f]{6}\.html)"', index))) == 2
    assert "north/okr.xlsx" in index
    assert "south/okr.xlsx" in index


def test_only_what_looks_alike_is_told_apart_and_as_far_as_needed() -> None:
    """Shows that an entry says more of its place only where another would be read as the same."""
    entries = [{"name": "ABC", "place": "okr.xlsx"}] * 3 + [{"name": "Minh Long", "place": "okr.xlsx"}]
    told = told_apart(entries, ["/a/north/okr.xlsx", "/b/north/okr.xlsx", "/b/south/okr.xlsx", "/c/okr.xlsx"])
    assert [one["place"] for one in told] == ["a/north/okr.xlsx", "b/north/okr.xlsx", "south/okr.xlsx", "okr.xlsx"]
