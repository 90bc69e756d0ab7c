"""The remark by which an installed job is known again."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.scheduling.remarks import as_installed, remark
from tests.scheduling.jobs import job


@given(at=st.times(), zone=st.none() | st.text(), value=st.text(), log=st.none() | st.just(Path("/srv/nhật ký.log")))
def test_what_a_job_was_made_of_reads_back(at: time, zone: str | None, value: str, log: Path | None) -> None:
    """Law: the remark is one line of ASCII, and gives back what was put into it."""
    at = at.replace(second=0, microsecond=0)
    made = job(at=at, zone=zone, environment={"A": value}, log=log)
    line = remark(made)
    assert line.isascii()
    assert len(line.splitlines()) == 1
    found = as_installed(f"before\n{line}\nafter")
    assert found is not None
    assert found[:5] == (at, zone, made.program, log, {"A": value})


@pytest.mark.parametrize(
    "text", ["", "# sheetsync {}", "# sheetsync {broken}", '# sheetsync {"at": "late", "zone": null}', "# sheetsync []"]
)
def test_a_remark_that_somebody_changed_is_none(text: str) -> None:
    """Shows that nothing is read from a remark that is not whole."""
    assert as_installed(text) is None
