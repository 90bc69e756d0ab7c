"""What is said of a job that is installed: a program that does not start any more, and nights that it missed."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import DAY, Caller
from tests.cli.nights import checks, installed
from tests.scheduling.jobs import put_program


@pytest.mark.parametrize(
    "head",
    ["#!{python}\n# a script\n", "#!/bin/sh\n'''exec' \"{python}\" \"$0\" \"$@\"\n' '''\n"],
    ids=["line", "exec"],
)
def test_a_program_whose_python_has_gone_is_a_failure(call: Caller, table: Path, tmp_path: Path, head: str) -> None:
    """Shows that a new release of the system, which takes the Python of an environment away, is noticed."""
    assert call("schedule", "install").code == 0
    text = table.read_text(encoding="utf-8")
    program = json.loads(text.splitlines()[1].removeprefix("# sheetsync "))["program"][0]
    script = tmp_path / "sheetsync"
    table.write_text(text.replace(program, str(script)), encoding="utf-8")
    for python, gone in ((str(tmp_path / "a b" / "python"), True), ("/bin/sh", False)):
        put_program(script, head.format(python=python))
        done = call("schedule")
        assert (done.code == 3) is gone
        assert (python in done.out) is gone


def test_a_new_job_has_missed_nothing(call: Caller, table: Path) -> None:
    """Shows that a job of today is told as late neither where nobody ever synced nor where somebody did long ago."""
    assert call("schedule", "install").code == 0
    assert "schedule.last skipped" in checks(call("schedule", "--json"))
    assert call("sync", *DAY).code == 0
    assert "schedule.last ok" in checks(call("schedule", "--json"))


def test_a_job_that_never_ran_is_told(call: Caller, table: Path) -> None:
    """Shows that a job which was installed a week ago and left nothing behind is warned of."""
    assert call("schedule", "install").code == 0
    installed(table, date.today() - timedelta(days=7))
    assert "nothing is remembered" in checks(call("--lang", "en", "schedule", "--json"))["schedule.last warning"]


def test_a_job_whose_configuration_has_gone_is_told(call: Caller, table: Path, here: Path) -> None:
    """Shows that whoever renames a configuration or its folder hears of the job that goes on without it."""
    assert call("schedule", "install").code == 0
    (here / "sheetsync.toml").rename(here / "new.toml")
    found = checks(call("--lang", "en", "schedule", "--json", "--config", "new.toml"))
    assert str(here / "sheetsync.toml") in found["schedule warning"]
    assert "No nightly job" in found["schedule skipped"]
    assert call("schedule", "remove", "--config", str(here / "sheetsync.toml")).code == 0
    assert "schedule warning" not in checks(call("schedule", "--json", "--config", "new.toml"))
