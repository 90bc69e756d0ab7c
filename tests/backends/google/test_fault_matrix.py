"""Every fault at every request of a whole run: nothing is lost or doubled, and no success is told that is none."""

from __future__ import annotations

import socket
import time
from pathlib import Path
from typing import Any

import pytest

from tests.backends.google.judging import SCENES, Scenes, converges, judge
from tests.backends.google.nights import FIRST, NO_NAME, NO_PORT, Nights, Switch, theirs, twin
from tests.backends.google.troubles import ABORTED, EVERY, PASSING, READ, WRITE, code_at_last, code_of
from tests.sheets_server import faults
from tests.sheets_server.cells import CellError
from tests.sheets_server.server import SheetsServer


@pytest.mark.parametrize("name", SCENES)
def test_the_right_end_is_right(scene_of: Scenes, server: SheetsServer, tmp_path: Path, name: str) -> None:
    """Shows by hand-made figures what the other tests compare with, and that another run has nothing to do."""
    scene = scene_of(name)
    night = Nights(server, tmp_path, twin(scene.before))
    assert night.run(scene.day).complete
    rows = night.spreadsheet.rows("OKR")
    words = ("Tiến độ", "Trạng thái") if name == "vi" else ("Progress", "Status")
    progress, status = (rows[FIRST - 2].index(word) for word in words)
    given = [81, 260, 4.4] if name == "nightly" else [60, 100, 4.25]
    expected = [(given[0] - 10) / 90, given[1] / 500, given[2] - 3.5]
    assert [row[progress] for row in rows[FIRST : FIRST + 3]] == [pytest.approx(one, abs=0.006) for one in expected]
    assert rows[FIRST + 7][status] == ("Hoàn thành" if name == "vi" else "Achieved")
    assert theirs(night.spreadsheet) == scene.theirs
    assert not any(isinstance(value, CellError) for row in rows for value in row)
    night.quiet()
    converges(night, scene, runs=1)
    assert (server.reads, server.writes) == (1, 0)


ONCE = [
    *(("nightly", kind, READ) for kind in EVERY),  # nothing is written yet: all scenes are alike
    *((name, kind, WRITE) for name in SCENES for kind in [*EVERY, *ABORTED]),
]


@pytest.mark.parametrize(("name", "kind", "on"), ONCE)
def test_a_fault_once(scene_of: Scenes, server: SheetsServer, tmp_path: Path, name: str, kind: str, on: str) -> None:
    """Shows that what passes is overcome in the same run, and that a refusal ends it with its code."""
    scene = scene_of(name)
    night = Nights(server, tmp_path, twin(scene.before))
    server.fail({**EVERY, **ABORTED}[kind], on=on)
    ended = night.run(scene.day)
    assert server.service.plan.open == 0
    judge(night, scene, ended, code=code_of(kind))


STAYING = [
    *(("nightly", "from the read on", kind) for kind in EVERY),
    *((name, "from the write on", kind) for name in ("en", "nightly") for kind in EVERY),
    *(("nightly", "every write", kind) for kind in EVERY),
]


@pytest.mark.parametrize(("name", "where", "kind"), STAYING)
def test_a_fault_that_stays(
    scene_of: Scenes, server: SheetsServer, tmp_path: Path, name: str, where: str, kind: str
) -> None:
    """Shows that a fault which does not pass ends the run with its code, after few requests, and with nothing lost.

    A write that was made and never confirmed is seen by looking: where looking works, the run is complete.
    """
    scene = scene_of(name)
    night = Nights(server, tmp_path, twin(scene.before))
    wanted: dict[str, Any] = {"on": WRITE} if where == "every write" else {"at": 1 if "read" in where else 2}
    server.fail(EVERY[kind], times=99, **wanted)
    ended = night.run(scene.day)
    assert len(server.requests) <= 12
    seen = where == "every write" and EVERY[kind].applied
    judge(night, scene, ended, code=None if seen else code_at_last(kind), runs=2 if name == "nightly" else 1)


LOOKED_AT = [(first, second) for first in ("503", "reset-done") for second in EVERY]
LOOKED_AT += [("429-write", second) for second in ("429", "503", "reset", "403-not-shared")]


@pytest.mark.parametrize(("first", "second"), LOOKED_AT)
def test_a_fault_while_looking_what_became_of_a_write(
    scene_of: Scenes, server: SheetsServer, tmp_path: Path, first: str, second: str
) -> None:
    """Shows the second of two faults at the look that follows a write which was not confirmed."""
    scene = scene_of("en")
    night = Nights(server, tmp_path, twin(scene.before))
    server.fail(EVERY[first], at=2)
    server.fail(EVERY[second], at=3)
    ended = night.run(scene.day)
    assert server.service.plan.open == 0
    judge(night, scene, ended, code=code_of(second), runs=1)


@pytest.mark.parametrize("second", [*EVERY, *ABORTED])
def test_a_fault_at_the_second_write(scene_of: Scenes, server: SheetsServer, tmp_path: Path, second: str) -> None:
    """Shows two writes that fail one after the other, with the look between them."""
    scene = scene_of("en")
    night = Nights(server, tmp_path, twin(scene.before))
    server.fail(EVERY["reset"], {**EVERY, **ABORTED}[second], on=WRITE)
    ended = night.run(scene.day)
    assert server.service.plan.open == 0
    judge(night, scene, ended, code=code_of(second), runs=1)


TOKEN = {kind: code_at_last(kind) for kind in EVERY if not kind.startswith("403")}


@pytest.mark.parametrize("times", [1, 99])
@pytest.mark.parametrize("kind", TOKEN)
def test_a_fault_at_the_token(scene_of: Scenes, server: SheetsServer, tmp_path: Path, kind: str, times: int) -> None:
    """Shows the sign-in that fails: once it may pass, and where it stays nothing is asked of the spreadsheet."""
    scene = scene_of("nightly")
    night = Nights(server, tmp_path, twin(scene.before))
    night.credentials = night.credentials.with_claims({})  # the same account, without a token
    server.fail(EVERY[kind], on="token", times=times)
    ended = night.run(scene.day)
    assert times == 1 or server.requests == []
    assert ended.real < 2
    judge(night, scene, ended, code=None if times == 1 and kind in PASSING and kind != "401" else TOKEN[kind])


@pytest.mark.parametrize("waits", [1, 99])
@pytest.mark.parametrize("after", [0, 1])
@pytest.mark.parametrize("where", [NO_PORT, NO_NAME])
@pytest.mark.parametrize("name", ["en", "nightly"])
def test_no_way_to_google(
    scene_of: Scenes,
    server: SheetsServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    where: str,
    after: int,
    waits: int,
) -> None:
    """Shows a closed port and an unknown host, from the beginning and after the read, for a while and for good."""
    monkeypatch.setattr(socket, "getaddrinfo", _knowing_no_other_host)
    scene = scene_of(name)
    night = Nights(server, tmp_path, twin(scene.before))
    endpoint = Switch(server.url)
    endpoint.cut = where if after == 0 else None

    def cut(number: int, _: object) -> None:
        endpoint.cut = where if number == after else endpoint.cut

    def waited(count: int) -> None:
        endpoint.cut = endpoint.cut if count < waits else None

    server.on_request(cut)
    ended = night.run(scene.day, endpoint=endpoint, waited=waited)
    judge(night, scene, ended, code=None if waits == 1 else 5)


_found = socket.getaddrinfo


def _knowing_no_other_host(host: Any, *more: Any, **rest: Any) -> Any:
    """Find loopback addresses, and nobody else: no test may ask a name server."""
    if host not in ("127.0.0.1", "localhost"):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return _found(host, *more, **rest)


SLOW = {"drip": faults.drip(0.4), "stall": faults.stall(), "stall-done": faults.stall(applied=True)}


@pytest.mark.parametrize("on", [READ, WRITE])
@pytest.mark.parametrize("kind", SLOW)
@pytest.mark.parametrize("name", ["en", "nightly"])
def test_an_answer_that_does_not_come(
    scene_of: Scenes, server: SheetsServer, tmp_path: Path, name: str, kind: str, on: str
) -> None:
    """Shows by a real clock that silence and single bytes end with the deadline, and nothing is lost."""
    scene = scene_of(name)
    night = Nights(server, tmp_path, twin(scene.before))
    server.fail(SLOW[kind], on=on)
    began = time.monotonic()
    ended = night.run(scene.day, deadline=0.6, slow=True)
    assert time.monotonic() - began < 2
    judge(night, scene, ended, code=5)


def test_a_slow_answer_in_time_is_an_answer(scene_of: Scenes, server: SheetsServer, tmp_path: Path) -> None:
    """Shows that dripping bytes alone are no fault while the deadline lasts."""
    scene = scene_of("en")
    night = Nights(server, tmp_path, twin(scene.before))
    server.fail(faults.drip(0.02), on=READ)
    server.fail(faults.drip(0.02), on=WRITE)
    judge(night, scene, night.run(scene.day, slow=True), code=None)
    assert (server.reads, server.writes) == (1, 1)
