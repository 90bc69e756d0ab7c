"""What a limited process can and cannot do, shown by answers that try."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from sheetsync.limited.process import Ended, Limited, Limits
from tests.limited.greedy import ENTRY

TIGHT = Limits(seconds=1.0, processor=1, memory=100, output=100_000)

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="the limits of memory and files are those of Linux")


@pytest.fixture(scope="module")
def limited() -> Iterator[Limited]:
    """Give a process with tight limits."""
    with Limited(ENTRY, TIGHT) as process:
        yield process


def test_answers_come_one_by_one_from_one_process(limited: Limited) -> None:
    """Shows that a process serves many requests, and any letter passes both ways."""
    first, second = (limited.ask({"do": "echo", "said": text}) for text in ("đã xong", "\ud800\n\x00"))
    assert (first["said"], second["said"]) == ("đã xong", "\ud800\n\x00")
    assert first["process"] == second["process"] != os.getpid()


def test_an_endless_loop_is_told_where_it_is_and_the_process_lives_on(limited: Limited) -> None:
    """Shows that the time of one answer ends in an exception there, and the next request is answered."""
    begun = monotonic()
    assert limited.ask({"do": "loop"}) == {"stopped": "TimeUp"}
    assert monotonic() - begun < 5
    assert limited.ask({"do": "echo", "said": "on"})["said"] == "on"


def test_what_heeds_no_signal_is_killed(limited: Limited) -> None:
    """Shows that code which never comes back to Python ends too, and another process answers the next request."""
    begun = monotonic()
    with pytest.raises(Ended) as ended:
        limited.ask({"do": "hang"})
    assert ended.value.why in ("time", "died")
    assert monotonic() - begun < 15
    assert limited.ask({"do": "echo", "said": "on"})["said"] == "on"


@on_linux
def test_memory_has_an_end(limited: Limited) -> None:
    """Shows that what needs more than the limit gets a MemoryError, and what needs less does not."""
    assert limited.ask({"do": "memory", "bytes": 200_000_000}) == {"stopped": "MemoryError"}
    assert limited.ask({"do": "memory", "bytes": 50_000_000}) == {"length": 50_000_000}


@on_linux
def test_no_file_can_be_written(limited: Limited, tmp_path: Path) -> None:
    """Shows that a write fails, and leaves nothing behind."""
    path = tmp_path / "stolen"
    assert limited.ask({"do": "write", "path": str(path)}) == {"stopped": "OSError"}
    assert path.read_bytes() == b""


@on_linux
def test_few_files_can_be_open_at_once(limited: Limited) -> None:
    """Shows that files and connections are limited in number."""
    assert limited.ask({"do": "files", "count": 20}) == {"open": 20}
    assert limited.ask({"do": "files", "count": 100}) == {"stopped": "OSError"}


def test_nothing_of_our_environment_gets_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that no secret in a variable can be read there, and that modules are not looked for where we stand."""
    monkeypatch.setenv("MAIL_PASSWORD", "secret")
    with Limited(ENTRY, TIGHT) as process:
        seen = process.ask({"do": "environment"})
    assert set(seen["names"]) <= {"SYSTEMROOT", "SYSTEMDRIVE", "TZ", "LC_CTYPE"}
    assert seen["folder"] == Path(sys.executable).anchor
    assert "" not in seen["path"]


def test_what_is_printed_there_is_no_answer(limited: Limited) -> None:
    """Shows that only the answer itself reaches us."""
    assert limited.ask({"do": "print"}) == {"honest": True}


def test_a_death_is_told_with_its_last_words(limited: Limited) -> None:
    """Shows that a process which ends by itself says why, if it said anything."""
    with pytest.raises(Ended) as ended:
        limited.ask({"do": "die"})
    assert (ended.value.why, ended.value.detail) == ("died", "the last word")


def test_too_long_an_answer_is_not_taken(limited: Limited) -> None:
    """Shows that the size of an answer has a limit, and that a shorter one passes."""
    with pytest.raises(Ended) as ended:
        limited.ask({"do": "much", "bytes": 200_000})
    assert ended.value.why == "output"
    assert len(limited.ask({"do": "much", "bytes": 50_000})["text"]) == 50_000


def test_an_entry_that_is_not_there_is_told() -> None:
    """Shows that a process which cannot even begin ends with its error."""
    with Limited("tests.limited.greedy:nothing", TIGHT) as process, pytest.raises(Ended) as ended:
        process.ask({})
    assert ended.value.why == "died"
    assert "nothing" in ended.value.detail
