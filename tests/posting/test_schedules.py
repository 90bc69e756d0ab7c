"""A sample of the counted schedules (``python -m tests.posting`` plays them all), and that their judge can see."""

from __future__ import annotations

import logging
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from sheetsync.history import Outbox
from tests.delivery.certificates import Certificate, certificate
from tests.delivery.mail_server import serving
from tests.posting.fuse import Crash
from tests.posting.killing import killed_schedules
from tests.posting.schedules import (
    PASSWORD,
    SCENARIOS,
    USER,
    Scenario,
    Setting,
    finish,
    firm_of,
    planned,
    play,
    run_first,
)
from tests.posting.world import AN, BAO, CHI


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> tuple[Certificate, Certificate]:
    """Give a certificate for localhost, and one for somebody else."""
    folder = tmp_path_factory.mktemp("tls")
    return certificate(folder), certificate(folder, "elsewhere")


@pytest.fixture
def setting(
    request: pytest.FixtureRequest, tmp_path: Path, certificates: tuple[Certificate, Certificate]
) -> Iterator[Setting]:
    """Give the server that the scenario of a test wants."""
    scenario: Scenario = getattr(request, "param", SCENARIOS[0])
    tls, users = (certificates[0].server, {USER: PASSWORD}) if scenario.login else (None, None)
    logging.disable(logging.CRITICAL)
    with serving(tls, users=users) as server:
        yield Setting(tmp_path, server, *certificates)
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize(
    ("setting", "scenario"), [(one, one) for one in SCENARIOS], ids=lambda one: one.name, indirect=["setting"]
)
def test_nothing_is_told_twice_or_lost_wherever_a_run_is_killed(setting: Setting, scenario: Scenario) -> None:
    """Shows for a few of the steps that each mail arrives once, or somebody is told that it may not have."""
    for number, (at, again) in enumerate(planned(setting, scenario, doubles=1, every=120)):
        ends = play(setting, scenario, f"s{number}", at, again)
        assert sum(ends.values()) == 6


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the platform cannot kill a process so")
def test_processes_that_are_really_killed(tmp_path: Path, certificates: tuple[Certificate, Certificate]) -> None:
    """Shows the same for processes that kill themselves."""
    assert len(list(killed_schedules(tmp_path, *certificates, 2))) == 2


def test_a_killed_run_is_judged_by_what_the_server_took(setting: Setting) -> None:
    """Shows that a run that is killed right after the last line leaves one mail unknown, told, and never sent again."""
    firm = firm_of(setting, SCENARIOS[0], "x")
    names = run_first(setting, SCENARIOS[0], firm).fuse.names
    at = names.index("after the last line") + 1
    ends = play(setting, SCENARIOS[0], "y", at)
    assert ends == {"unknown, arrived": 2, "sent, arrived": 4}


def test_a_run_that_is_ended_while_it_waits_its_turn_leaves_nothing_unknown(
    setting: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that between two mails, where a run spends most of its time, none of them counts as being sent."""
    firm = firm_of(setting, SCENARIOS[0], "x")

    def ended(_seconds: float) -> None:
        raise Crash("in the wait")

    with monkeypatch.context() as patched:
        patched.setattr(firm.clock, "sleep", ended)
        assert run_first(setting, SCENARIOS[0], firm).report is None
    assert len(setting.server.inbox) == 1
    assert finish(setting, SCENARIOS[0], firm) == {"sent, arrived": 6}


def test_the_judge_sees_a_mail_that_is_sent_twice(setting: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that a program which takes what it was sending for unsent would be found out."""

    def careless(box: Outbox) -> None:
        with box._writing() as connection:
            connection.execute("UPDATE messages SET state = 'retry' WHERE state = 'sending'")

    firm = firm_of(setting, SCENARIOS[0], "x")
    names = run_first(setting, SCENARIOS[0], firm).fuse.names
    monkeypatch.setattr(Outbox, "recover", careless)
    with pytest.raises(AssertionError, match="arrived 2 times"):
        play(setting, SCENARIOS[0], "y", names.index("after an answer", names.index("after the last line")) + 1)


def test_the_judge_sees_a_mail_that_is_lost(setting: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that a program which forgets to tell what it dropped would be found out."""
    monkeypatch.setattr(Outbox, "expire", lambda _box, _now: None)
    setting.server.answers("RCPT", *["550 5.1.1 no such user"] * 3)
    firm = firm_of(setting, Scenario("x", (("MAIL", ("451 later",) * 99),)), "x")
    with pytest.raises(AssertionError, match="at the end"):
        finish(setting, SCENARIOS[0], firm)


def test_each_person_got_everything_in_one_mail(setting: Setting) -> None:
    """Shows that what is due for one person on one day leaves in one mail, over all workbooks, the gravest first."""
    firm = firm_of(setting, SCENARIOS[0], "x")
    run_first(setting, SCENARIOS[0], firm)
    arrived = firm.arrived()
    assert [to for to, _, _ in arrived] == [AN, BAO, CHI]
    assert arrived[0][2].index("/company/") < arrived[0][2].index("gs:kpi/owner/")
