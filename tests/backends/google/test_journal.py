"""The journal: what is stored is what was given, for nobody else's eyes, and only as long as it is needed."""

from __future__ import annotations

import gzip
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsync.backends.google.journal import Entry, Journal
from sheetsync.backends.google.marks import Mark
from sheetsync.backends.google.settle import Put
from sheetsync.backends.google.snapshot import Grid, Snapshot
from sheetsync.backends.google.values import FORMULA, TRUTH, Entered, Form
from sheetsync.errors import AccessDenied
from sheetsync.workbook import TableAnchor

VALUES: st.SearchStrategy[Entered] = st.one_of(
    st.none(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(min_size=1, max_size=9),
    st.booleans().map(lambda truth: (TRUTH, truth)),
    st.text(max_size=9).map(lambda text: (FORMULA, "=" + text)),
)
FORMS: st.SearchStrategy[Form | None] = st.none() | st.tuples(st.sampled_from(["DATE", ""]), st.text(max_size=4))
SHEETS = st.integers(0, 3)
NUMBERS = st.integers(1, 99)
GRIDS = st.lists(
    st.builds(
        Grid,
        SHEETS,
        st.text(max_size=9),
        st.lists(st.lists(VALUES, max_size=4), max_size=4),
        st.none() | st.lists(st.lists(FORMS, max_size=3), max_size=3),
    )
).map(lambda grids: {grid.sheet: grid for grid in grids})
MARKS = st.dictionaries(st.text(max_size=9), st.builds(Mark, st.text(max_size=5), SHEETS, NUMBERS, NUMBERS), max_size=3)
PUTS = st.lists(st.builds(Put, SHEETS, NUMBERS, NUMBERS, VALUES, VALUES, FORMS), min_size=1, max_size=5)
ANCHORS = st.builds(TableAnchor, st.text(max_size=9), NUMBERS, NUMBERS, st.lists(NUMBERS, max_size=3).map(tuple))
ENTRIES = st.tuples(
    st.builds(Snapshot, GRIDS, MARKS), PUTS, st.dictionaries(SHEETS, st.lists(ANCHORS, max_size=2), max_size=3)
)


def kept(entry: tuple[Snapshot, list[Put], dict[int, list[TableAnchor]]]) -> Entry:
    """Say what of an entry is needed later: the worksheets that it writes."""
    before, puts, anchors = entry
    sheets = {put.sheet for put in puts}
    grids = {sheet: grid for sheet, grid in before.grids.items() if sheet in sheets}
    return Entry(Snapshot(grids, before.marks), tuple(puts), {sheet: list(anchors.get(sheet, ())) for sheet in sheets})


def plain(entry: Entry) -> Entry:
    """Give an entry with its anchors as lists, to compare it."""
    return entry._replace(anchors={sheet: list(own) for sheet, own in entry.anchors.items()})


@settings(max_examples=60)
@given(entries=st.lists(ENTRIES, min_size=1, max_size=3))
def test_what_is_stored_is_what_was_given(entries: list[Any]) -> None:
    """Shows that another process reads every write with its values, formats, marks and tables, in their order."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal"
        own = Journal(path)
        for entry in entries:
            own.add(*entry)
        other = Journal(path)
        assert [plain(entry) for entry in other.pending()] == [kept(entry) for entry in entries]
        other.take_back()
        assert [plain(entry) for entry in Journal(path).pending()] == [kept(entry) for entry in entries[:-1]]
        other.end()
        assert (Journal(path).pending(), list(Path(folder).iterdir())) == ([], [])


ONE: tuple[Snapshot, list[Put], dict[int, list[TableAnchor]]] = (
    Snapshot({0: Grid(0, "OKR", [["secret"]])}, {}),
    [Put(0, 1, 1, "new", "secret")],
    {},
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a place in a folder that is not there yet."""
    return tmp_path / "state" / "google" / "journal"


def test_nobody_else_may_read_it(path: Path) -> None:
    """Shows that the file has mode 0600 and its folder 0700, whatever the umask, and that nothing else is left."""
    before = os.umask(0)
    try:
        Journal(path).add(*ONE)
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert list(path.parent.iterdir()) == [path]


def test_no_journal_tells_nothing(path: Path) -> None:
    """Shows that as a rule nothing is pending, that asking makes no folder, and that ending twice is no fault."""
    journal = Journal(path)
    assert journal.pending() == []
    journal.end()
    journal.take_back()
    assert not path.parent.exists()


def whole() -> bytes:
    """Give the bytes of a good journal."""
    with tempfile.TemporaryDirectory() as folder:
        Journal(Path(folder) / "journal").add(*ONE)
        return (Path(folder) / "journal").read_bytes()


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda _: b"no gzip at all",
        lambda data: data[: len(data) // 2],
        lambda data: data[:-9],
        lambda data: data[:20] + b"\xff\xff\xff\xff" + data[24:],
        lambda _: gzip.compress(b"no json"),
        lambda _: gzip.compress(b"[1, 2]"),
        lambda _: gzip.compress(b"{}"),
        lambda _: gzip.compress(b"\xff\xfe"),
        lambda _: gzip.compress(b"[" * 100_000),
        lambda _: gzip.compress(b'{"version": 1}'),
        lambda _: gzip.compress(b'{"version": 1, "entries": [{"grids": 5}]}'),
        lambda _: gzip.compress(
            b'{"version": 1, "entries": [{"grids": [[0]], "marks": {}, "puts": [], "anchors": {}}]}'
        ),
    ],
)
def test_a_damaged_journal_tells_nothing_and_is_deleted(path: Path, damage: Callable[[bytes], bytes]) -> None:
    """Shows that a file which is no whole journal neither stops a run nor is looked at twice."""
    path.parent.mkdir(parents=True)
    path.write_bytes(damage(whole()))
    assert Journal(path).pending() == []
    assert not path.exists()


@settings(max_examples=200)
@given(at=st.integers(0, 10_000), byte=st.integers(0, 255))
def test_no_flipped_byte_is_a_crash(at: int, byte: int) -> None:
    """Shows that whatever byte of the file is damaged, it is either noticed or makes no difference."""
    data = bytearray(whole())
    data[at % len(data)] = byte
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal"
        path.write_bytes(data)
        assert [plain(entry) for entry in Journal(path).pending()] in ([], [kept(ONE)])


def test_a_journal_tells_of_which_version_it_is() -> None:
    """Shows that a later version can tell what this one has left."""
    assert json.loads(gzip.decompress(whole()))["version"] == 1


def test_a_newer_version_s_journal_is_not_thrown_away(path: Path) -> None:
    """Shows that what a newer version left to be put right stops the run and stays."""
    path.parent.mkdir(parents=True)
    path.write_bytes(gzip.compress(json.dumps({"version": 2, "writes": []}).encode()))
    with pytest.raises(AccessDenied) as caught:
        Journal(path).pending()
    assert caught.value.key == "google.journal_version"
    assert path.exists()


def test_a_journal_that_cannot_be_read_is_not_thrown_away(path: Path) -> None:
    """Shows that a file which may not be read (a folder stands for it here) is told, and stays."""
    path.mkdir(parents=True)
    with pytest.raises(AccessDenied) as caught:
        Journal(path).pending()
    assert caught.value.key == "state_folder"
    with pytest.raises(AccessDenied):
        Journal(path).end()
    assert path.exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_told_and_what_stood_there_stays(path: Path) -> None:
    """Shows that where the disk is full the journal before it stays whole, and that the entry does not count."""
    journal = Journal(path)
    journal.add(*ONE)
    half = path.with_name("journal.new")
    half.symlink_to("/dev/full")
    with pytest.raises(AccessDenied) as caught:
        journal.add(*ONE)
    assert caught.value.params["reason"] == "No space left on device"
    assert not half.exists()
    assert len(Journal(path).pending()) == 1
    journal.add(*ONE)
    assert len(Journal(path).pending()) == 2
