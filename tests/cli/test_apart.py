"""Files of one name in one call: each message says of which it is, and the names of what is stored stay."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sheetsync.cli.apart import told_apart
from sheetsync.cli.wiring import Selected, errand
from sheetsync.config.shape import WorkbookConfig
from tests import hostile
from tests.books import TODAY
from tests.cli.conftest import DAY, HEADERS, SOUND, Caller


def selected(*paths: str) -> list[Selected]:
    """Give workbooks of a call that no configuration names."""
    settings = (WorkbookConfig(name=Path(path).stem, path=Path(path)) for path in paths)
    return [Selected(errand(one, TODAY), one) for one in settings]


@pytest.mark.parametrize(
    ("paths", "shown"),
    [
        (("/a/okr.xlsx", "/a/kpi.xlsx"), ["okr", "kpi"]),
        (("/a/okr.xlsx", "/b/okr.xlsx", "/b/kpi.xlsx"), ["a/okr.xlsx", "b/okr.xlsx", "kpi"]),
        (("/a/okr.xlsx", "/a/okr.xlsm"), ["okr.xlsx", "okr.xlsm"]),
        (("/x/q/okr.xlsx", "/y/q/okr.xlsx", "/y/z/okr.xlsx"), ["x/q/okr.xlsx", "y/q/okr.xlsx", "z/okr.xlsx"]),
        (("/okr.xlsx", "/b/okr.xlsx"), ["okr.xlsx", "b/okr.xlsx"]),
    ],
)
def test_paths_are_shown_as_far_as_they_tell_apart(paths: tuple[str, ...], shown: list[str]) -> None:
    """Shows the end of each path that no other has, and plain names where there is one of each."""
    told = told_apart(selected(*paths))
    assert [one.shown for one in told] == shown
    assert [one.errand.job.name for one in told] == [Path(path).stem for path in paths]


@pytest.fixture
def clients(here: Path) -> tuple[str, ...]:
    """Give two files of one name in two folders; somebody has the second open."""
    for name in ("an", "binh"):
        (here / name).mkdir()
        hostile.sound(here / name / "okr.xlsx", headers=HEADERS, rows=SOUND)
    (here / "binh" / "~$okr.xlsx").touch()
    return ("an/okr.xlsx", "binh/okr.xlsx")


@pytest.mark.parametrize("dry", [("--dry-run",), ()])
def test_a_failure_says_of_which_file_it_is(call: Caller, clients: tuple[str, ...], dry: tuple[str, ...]) -> None:
    """Shows that the line of a sync that is refused names its folder, as that of a dry run does."""
    done = call("sync", *clients, *dry, *DAY)
    assert done.code == 5
    assert [line.partition(": ")[0] for line in done.err.splitlines() if "open in Excel" in line] == ["binh/okr.xlsx"]


def test_the_documents_keep_the_names(call: Caller, clients: tuple[str, ...]) -> None:
    """Shows that --json calls the workbooks as before: by their names, with their paths."""
    told = json.loads(call("sync", "--dry-run", "--json", *clients, *DAY).out)["workbooks"]
    assert [(one["workbook"], Path(one["path"]).parent.name) for one in told] == [("okr", "an"), ("okr", "binh")]


def test_a_closed_cycle_says_whose_it_is(call: Caller, clients: tuple[str, ...]) -> None:
    """Shows that each retrospective is headed by the file that it is of."""
    heads = [
        line
        for line in call("cycle", "close", "--early", "--dry-run", *clients, *DAY).out.splitlines()
        if ": cycle" in line
    ]
    assert [head.partition(":")[0] for head in heads] == ["an/okr.xlsx", "binh/okr.xlsx"]
