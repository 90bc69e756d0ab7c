"""Counted schedules: what a mail server answers x where a run is killed x the runs that follow.

A schedule: mails are queued, a run is ended at one of its steps, the nightly job runs again (it queues the same once
more, and one thing that came later), it may be killed again, and the days go by. At the end nobody got anything twice
or two mails on one day, and all that did not arrive was told.
"""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from sheetsync.hidden import Hidden
from sheetsync.outgoing import State
from tests.delivery.certificates import Certificate
from tests.delivery.mail_server import Action, MailServer, drop, hold
from tests.posting.fuse import NEVER
from tests.posting.world import AN, BAO, BOOKS, CHI, MONDAY, Firm, mail, queue

USER, PASSWORD = "okr@minhlong.vn", "mật khẩu: Tuyệt-mật-0042!"
IMPATIENT = 0.15
"""Seconds that a run waits for a server that says nothing."""


class Scenario(NamedTuple):
    """What the server answers to the first words of a kind, and what is wrong with the first run.

    ``first`` changes the mailer of the first run; ``login`` says that a password is wanted, and TLS.
    """

    name: str
    script: tuple[tuple[str, tuple[Action | str, ...]], ...] = ()
    first: str = ""
    login: bool = False
    patient: bool = False


SCENARIOS = (
    Scenario("all is well"),
    Scenario("all is well, by hand", patient=True),
    Scenario("sender not now", (("MAIL", ("451 4.3.0 later",)),)),
    Scenario("recipient not now", (("RCPT", ("450 4.2.0 greylisted", "450 4.2.0 greylisted")),)),
    Scenario("recipient not now, by hand", (("RCPT", ("450 4.2.0 greylisted",) * 3),), patient=True),
    Scenario("message not now", (("END", ("452 4.3.1 full",)),), patient=True),
    Scenario("recipient unknown", (("RCPT", ("550 5.1.1 no such user",)),)),
    Scenario("message refused", (("END", ("554 5.6.0 no",)),)),
    Scenario("dropped at the recipient", (("RCPT", (drop, drop, drop)),)),
    Scenario("dropped before the message", (("DATA", (drop, drop, drop)),), patient=True),
    Scenario("dropped after the message", (("END", (drop,)),)),
    Scenario("dropped after the first message", (("MAIL", ()), ("RSET", (drop,)))),
    Scenario("silent at the recipient", (("RCPT", (hold, hold)),), first="seconds"),
    Scenario("silent after the message", (("END", (hold,)),), first="seconds"),
    Scenario("no more today", (("RCPT", ("550 5.4.5 Daily user sending limit exceeded",)),)),
    Scenario("closing down", (("MAIL", ("421 4.3.2 shutting down",)),)),
    Scenario("nobody there", first="port"),
    Scenario("nobody there, by hand", first="port", patient=True),
    Scenario("certificate of somebody else", first="trust", login=True),
    Scenario("login refused", first="password", login=True),
    Scenario("login and TLS, message dropped", (("END", (drop,)),), login=True),
)


class Setting(NamedTuple):
    """What all schedules share: where files go, the server of a scenario, and certificates."""

    folder: Path
    server: MailServer
    known: Certificate
    other: Certificate


MAILS = (
    mail(AN, "company"), mail(AN, "owner", BOOKS[1]), mail(BAO, "team"), mail(CHI, "owner"),
    mail(CHI, "kpi", BOOKS[1]),
)  # fmt: skip
LATE = mail(AN, "wins", at=MONDAY + timedelta(minutes=5), expires=MONDAY + timedelta(days=2))
DAYS = 4


def firm_of(setting: Setting, scenario: Scenario, name: str) -> Firm:
    """Queue the mails of a Monday in a new history."""
    path = setting.folder / f"{name}.sqlite3"
    server = setting.server
    server.inbox.clear()
    server.script.clear()
    for verb, actions in scenario.script:
        server.answers(verb, *actions)
    firm = Firm(path, server)
    _night(firm)
    return firm


def _night(firm: Firm, *, late: bool = False) -> None:
    """Queue what a nightly run finds to be told, whether it is known already or not."""
    for book in BOOKS:
        found = [one._replace(content=one.content + b"!") if late else one for one in MAILS if one.key.startswith(book)]
        queue(firm.path, [*found, *([LATE] if late and book == BOOKS[0] else [])], book)


def run_first(setting: Setting, scenario: Scenario, firm: Firm, at: int = NEVER, *, kill: bool = False) -> Any:
    """Run the first run of a scenario, ended at a step."""
    return firm.run(at=at, kill=kill, patient=scenario.patient, **_ways(setting, scenario, first=True))


def _ways(setting: Setting, scenario: Scenario, *, first: bool) -> dict[str, Any]:
    """Give how the server is reached, and what is wrong with that in the first run."""
    carriers: dict[str, Any] = {"seconds": IMPATIENT} if scenario.first == "seconds" else {}
    wrong = scenario.first if first else ""
    if wrong == "port":
        carriers["port"] = 1
    if not scenario.login:
        return {"carriers": carriers}
    carriers["trust"] = setting.other.trusted if wrong == "trust" else setting.known.trusted
    return {"carriers": carriers, "login": Hidden("falsch" if wrong == "password" else PASSWORD)}


def play(setting: Setting, scenario: Scenario, name: str, at: int, again: int = NEVER) -> Counter[str]:
    """Play one schedule to its end and judge it; give how the things to be told ended, by kind of end."""
    firm = firm_of(setting, scenario, name)
    run_first(setting, scenario, firm, at)
    return finish(setting, scenario, firm, again)


def finish(setting: Setting, scenario: Scenario, firm: Firm, again: int = NEVER) -> Counter[str]:
    """Let the nightly job run again, killed once more or not, let the days go by, and judge."""
    ways = _ways(setting, scenario, first=False)
    firm.clock.now = max(firm.clock.now, MONDAY) + timedelta(minutes=10)
    _night(firm, late=True)
    firm.run(at=again, patient=scenario.patient, **ways)
    for day in range(DAYS):
        firm.clock.now = max(firm.clock.now, MONDAY + timedelta(days=day, hours=1))
        firm.run(**ways)
    ended = judge(firm)
    for left in firm.path.parent.glob(f"{firm.path.name}*"):
        left.unlink()
    return ended


def judge(firm: Firm) -> Counter[str]:
    """Say how each thing to be told ended; AssertionError where one was told twice, or was lost and nobody told."""
    mails = (*MAILS, LATE)
    received, states, told = firm.received(mails), firm.states(), firm.keys_told()
    assert set(states) == {one.key for one in mails}
    ends: Counter[str] = Counter()
    for one in mails:
        state, times = states[one.key], received[one.key]
        assert times <= 1, f"{one.key} arrived {times} times"
        if state is State.SENT:
            assert times == 1, f"{one.key} counts as sent and did not arrive"
        else:
            assert state in (State.FAILED, State.UNKNOWN, State.DROPPED), f"{one.key} is {state} at the end"
            assert one.key in told, f"{one.key} is {state}, and nobody was told"
            assert times == 0 or state is State.UNKNOWN, f"{one.key} is {state} and arrived"
        ends[f"{state}, {'arrived' if times else 'not arrived'}"] += 1
    people = Counter((to, _day_of(firm, message_id)) for to, message_id, _ in firm.arrived())
    assert all(count == 1 for count in people.values()), f"two mails on one day: {people}"
    assert not any(firm.losses())
    return ends


def _day_of(firm: Firm, message_id: str) -> int:
    with closing(sqlite3.connect(firm.path)) as connection:
        row = connection.execute("SELECT day FROM messages WHERE message_id = ?", (message_id,)).fetchone()
    return int(row[0])


def steps_of(setting: Setting, scenario: Scenario) -> tuple[int, int]:
    """Count the steps of the first run of a scenario, and of the one after it, where none is killed."""
    firm = firm_of(setting, scenario, "counted")
    first = run_first(setting, scenario, firm).fuse.steps
    firm.clock.now += timedelta(minutes=10)
    _night(firm, late=True)
    second = firm.run(patient=scenario.patient, **_ways(setting, scenario, first=False)).fuse.steps
    for left in firm.path.parent.glob(f"{firm.path.name}*"):
        left.unlink()
    return first, second


def planned(setting: Setting, scenario: Scenario, doubles: int, every: int = 1) -> Iterator[tuple[int, int]]:
    """Give where runs are killed: at each (or every so many-th) step of the first run, and at steps of both runs."""
    first, second = steps_of(setting, scenario)
    chance = random.Random(scenario.name)  # noqa: S311 - no secret
    yield from ((at, NEVER) for at in range(chance.randint(1, every), first + 1, every))
    for _ in range(doubles):
        yield chance.randint(1, first), chance.randint(1, max(1, second))
