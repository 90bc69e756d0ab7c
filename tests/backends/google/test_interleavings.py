"""Other people at the same spreadsheet: what they entered stays, whatever they do between any two of our requests."""

from __future__ import annotations

import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from tests.backends.google.interleaving import KINDS, Edit, Office
from tests.sheets_server.server import SheetsServer

NUMBERS = st.integers(0, 20)
GAPS = st.integers(0, 3)


class People(RuleBasedStateMachine):
    """Edits at any time, runs that are disturbed, runs that die; at the end it is quiet."""

    server: SheetsServer

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.office: Office | None = None
        self.killed = False

    @initialize(count=st.integers(1, 5), first_run=st.booleans())
    def open_spreadsheet(self, count: int, first_run: bool) -> None:
        self.office = Office(self.server, Path(self.folder.name), count, first_run=first_run)

    @property
    def here(self) -> Office:
        assert self.office is not None
        return self.office

    @rule(kind=st.sampled_from([kind for kind in KINDS if kind != "sync"]), first=NUMBERS, second=NUMBERS)
    def edit_now(self, kind: str, first: int, second: int) -> None:
        """Somebody edits while no run is under way."""
        self.here.edit(Edit(kind, first, second))

    @rule(gap=GAPS, kind=st.sampled_from(KINDS), first=NUMBERS, second=NUMBERS)
    def edit_in_a_gap(self, gap: int, kind: str, first: int, second: int) -> None:
        """Somebody will edit before the so-manyth request of the next run."""
        gaps = self.here.gaps
        gaps.extend([] for _ in range(gap + 1 - len(gaps)))
        gaps[gap].append(Edit(kind, first, second))

    @rule()
    def sync(self) -> None:
        """Run, disturbed by what was planned for its gaps."""
        self.here.requests = 0
        self.killed = self.here.sync() == "killed"
        self.here.gaps = []

    @rule(after=st.integers(1, 3))
    def sync_and_die(self, after: int) -> None:
        """Run, and be killed once the server has taken a write, before its answer can be looked at."""
        self.here.kill_after = after
        self.sync()
        self.here.kill_after = None

    @precondition(lambda self: not self.killed)
    @rule()
    def nobody_lost_anything(self) -> None:
        """Compare with what people last entered: what differs has been reported by the run."""
        assert len(self.here.differing()) <= len(self.here.reported)

    def teardown(self) -> None:
        """When it is quiet, one run puts everything right, and the next finds nothing to do."""
        if self.office is not None:
            self.here.gaps = []
            assert self.here.sync() == "ok"
            self.here.requests = 0
            assert (self.here.sync(), self.here.requests) == ("ok", 1)
            assert len(self.here.differing()) <= len(self.here.reported)
            assert not (Path(self.folder.name) / "journal").exists()
            self.office.connecting.close()
        self.folder.cleanup()


@pytest.fixture
def people(sheets_server: SheetsServer) -> Generator[type[People]]:
    """Give the machine over a server that all its runs share."""
    People.server = sheets_server
    yield People
    del People.server


def test_whatever_people_do_between_two_requests(people: type[People]) -> None:
    """Shows that no cell of the users' ends different from what was last entered, unless the run reports it."""
    steps = settings(
        max_examples=25, stateful_step_count=12, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    run_state_machine_as_test(people, settings=steps)
