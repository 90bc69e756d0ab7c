"""Forgetting a workbook: nothing of it is left, and nothing of the others is touched, whatever dies meanwhile."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from sheetsync.errors import ForgettingRefused, TemporaryFailure
from sheetsync.history import Forgotten, History
from sheetsync.history.forgetting import is_marked, mark_of
from sheetsync.outgoing import Parcel, Reason, State
from sheetsync.post import Message
from sheetsync.snapshot import Mail, Run, Said, Snapshot
from sheetsync.workbook import CellUpdate, Changes
from tests.history.nights import DAY, SetClock, run, seen
from tests.posting.world import AN, MONDAY, SENDER, mail

PROJECT = Path(__file__).parents[2]
CLIENT, OTHER = "file:/books/Quetzalcoatl.xlsx", "file:/books/okr.xlsx"
MOVED = "file:/archive/Quetzalcoatl-2.xlsx"
SECRETS = ("Quetzalcoatl", "Xochimilco", "popocatepetl@example.vn", "Tlaxcala", "Chichén", "Iztaccihuatl", "Ometeotl")
"""What stands in the client's workbook alone: name and place, a title, an address, a blocker, a sheet, a text, a
profile."""
CLIENT_MAIL = SECRETS[2]


def night(history: History, clock: SetClock, place: str, number: int, **told: object) -> None:
    """Record the night of a workbook; both have a goal of the same key, title and owner, the client secrets beside."""
    day = DAY + timedelta(days=number)
    clock.now = datetime(day.year, day.month, day.day, 3 + (place == OTHER), tzinfo=UTC)
    own = place != OTHER
    shared = seen("KR-1", number, day=day, says={"title": Said("Sell more"), "owner": Said("Ann")}, sheet="OKR")
    secret = seen(
        "KR-2", number, day=day, title=f"Xochimilco {number // 2}", blocker="Tlaxcala" if number > 1 else "",
        sheet="Chichén", cycle="Iztaccihuatl", reused=number == 4,
    )  # fmt: skip
    name, profile = ("Quetzalcoatl", "Ometeotl@1") if own else ("OKR", "default@1")
    made = Run(place, name, day, "1.0", profile, "vn-kpi@1", "vi", workbook=1 if own and number else None)
    written = {("Xochimilco", "progress"): 0.5, ("KR-1", "progress"): 0.5}
    whole = Snapshot(day, (shared, secret) if own else (shared,), written=written if own else {})
    history.commit(made, whole, mails=told.pop("mails", ()))  # type: ignore[arg-type]


def fill(path: Path, *, client: bool = True) -> None:
    """Remember five nights of two workbooks in turn, or of the other one alone, at the same moments."""
    clock = SetClock()
    with History.open(path, clock) as history:
        for number in range(5):
            if client:
                night(history, clock, CLIENT if number < 3 else MOVED, number)
            night(history, clock, OTHER, number)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a history of both."""
    path = tmp_path / "history.sqlite3"
    fill(path)
    return path


@pytest.fixture
def history(path: Path) -> Iterator[History]:
    """Open it."""
    with History.open(path, SetClock(datetime(2026, 11, 23, 2, tzinfo=UTC))) as opened:
        yield opened


def answers(path: Path) -> list[object]:
    """Give what a history says of all its workbooks; their numbers are its own affair."""
    with History.open(path) as history:
        known: list[object] = [(place, name) for _, place, name in history.workbooks()]
        for number, *_ in history.workbooks():
            known += [history.past(number, date(2030, 1, 1)), history.replaced(number), history.series(number, "KR-1")]
        days = [DAY + timedelta(days=number) for number in range(-1, 6)]
        known += [history.as_of(day, moment) for day in days for moment in (None, datetime(2025, 10, 3, tzinfo=UTC))]
        return [*known, history.runs(), history.entries(), history.flaws()]


def traces(path: Path) -> dict[str, list[str]]:
    """Give which secrets stand in the bytes of which file beside the history, and in its own."""
    found = {}
    for file in sorted(one for one in path.parent.iterdir() if one.is_file()):
        data = file.read_bytes().lower()
        found[file.name] = [secret for secret in SECRETS if secret.lower().encode() in data]
    return {name: told for name, told in found.items() if told}


def rows_of(path: Path, workbook: int) -> int:
    """Count the rows that stand under a number in any table."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        columns = {name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")] for name in tables}
        own = [name for name in tables if "workbook" in columns[name]]
        assert len(own) > 5
        question = "SELECT count(*) FROM {} WHERE workbook = ?"
        return sum(connection.execute(question.format(name), (workbook,)).fetchone()[0] for name in own)


def test_the_others_answer_as_if_it_had_never_been(path: Path, tmp_path: Path) -> None:
    """Shows that every answer of the other workbook is that of a history which never knew the one forgotten."""
    never = tmp_path / "never.sqlite3"
    fill(never, client=False)
    assert answers(path) != answers(never)
    with History.open(path) as history:
        number = next(number for number, place, _ in history.workbooks() if place == MOVED)
        told = history.going(number)
        assert history.forget(MOVED) == told.forgotten
    assert (told.forgotten.runs, told.forgotten.items, told.on_their_way, told.unfinished) == (5, 3, (), False)
    assert answers(path) == answers(never)
    assert rows_of(path, number) == 0


def test_no_byte_of_it_is_left(path: Path, history: History) -> None:
    """Shows that titles, names, places, addresses, blockers and mails are in no file, even with others at it."""
    asked = mail(CLIENT_MAIL, "company", MOVED, content=b"Xochimilco")
    waits = mail(CLIENT_MAIL, "team", MOVED, content=b"Xochimilco")
    last = run(DAY + timedelta(days=5), MOVED)
    update = CellUpdate("Chichén", 2, 9, "Tlaxcala", 0.5)
    history.intend(Run(MOVED, "Quetzalcoatl", DAY), Changes(cells=(update,)))
    history.commit(last._replace(name="Quetzalcoatl"), None, mails=(asked, waits))
    letter(history, [1], b"Subject: Xochimilco\r\n\r\nTlaxcala")
    with History.open(path) as elsewhere:
        assert traces(path)
        assert len({name for told in traces(path).values() for name in told}) == len(SECRETS)
        done = history.forget(MOVED, unfinished=True)
        assert (done.mails, done.waiting, done.shared) == (0, 2, 0)
        assert traces(path) == {}
        assert elsewhere.workbooks() == [(2, OTHER, "OKR")]
    assert traces(path) == {}


def letter(history: History, numbers: list[int], data: bytes = b"Subject: x\r\n\r\nHello") -> Parcel:
    """Freeze parts into a message."""
    box = history.outbox
    parts = box.parts(numbers)
    message = Message(f"<{numbers}@x.vn>", SENDER, parts[0].recipient, data)
    parcel = box.freeze(message, "Xochimilco", parts, MONDAY.date(), MONDAY)
    assert parcel is not None
    return parcel


def told_together(history: History) -> Parcel:
    """Freeze a message that tells a person of both workbooks, the client's first."""
    own = mail(AN, "company", MOVED, content=b"Xochimilco")._replace(name="Ann of Quetzalcoatl")
    history.commit(Run(MOVED, "Quetzalcoatl", MONDAY.date()), None, mails=(own,))
    history.commit(Run(OTHER, "OKR", MONDAY.date()), None, mails=(other_mail(),))
    return letter(history, [1, 2], b"Subject: Xochimilco\r\n\r\nTlaxcala")


def other_mail() -> Mail:
    """Give what the other workbook tells An."""
    return mail(AN, "company", OTHER)._replace(name="Ann")


def settled(history: History, parcel: Parcel, state: State) -> None:
    """Say what became of a message; pending is as it began."""
    if state is State.DROPPED:
        assert history.outbox.drop(parcel)
    elif state is not State.PENDING:
        assert history.outbox.claim(parcel.number, MONDAY.date(), MONDAY)
        if state is not State.SENDING:
            history.outbox.settle(parcel.number, state, Reason(), MONDAY)


@pytest.mark.parametrize("state", [State.SENT, State.FAILED, State.DROPPED])
def test_a_message_about_others_too_stays_known_without_its_text(path: Path, history: History, state: State) -> None:
    """Shows that nobody is told twice of the others, and that bytes, subject and the client's part are gone."""
    parcel = told_together(history)
    settled(history, parcel, state)
    done = history.forget(MOVED)
    assert (done.mails, done.waiting, done.shared) == (0, 0, 1)
    kept = history.outbox.parcel(parcel.number)
    assert kept is not None
    assert (kept.state, kept.message, kept.subject, kept.name, kept.recipient) == (state, None, "", "Ann", AN)
    assert [part.key for part in history.outbox.parts_of(parcel.number)] == [other_mail().key]
    assert history.outbox.told_of(kept) == ("OKR",)
    assert history.outbox.served(MONDAY.date()) == {("mail", AN)}
    history.commit(Run(OTHER, "OKR", MONDAY.date()), None, mails=(other_mail(),))
    assert history.outbox.queued() == []
    assert traces(path) == {}


@pytest.mark.parametrize("state", [State.PENDING, State.RETRY, State.SENDING, State.UNKNOWN])
def test_a_message_about_others_that_is_on_its_way_is_awaited(path: Path, history: History, state: State) -> None:
    """Shows that nothing is forgotten before such a message has left or was taken out, and that it is named."""
    parcel = told_together(history)
    settled(history, parcel, state)
    before = answers(path)
    with pytest.raises(ForgettingRefused) as refused:
        history.forget(MOVED)
    assert (refused.value.key, refused.value.params["messages"]) == ("history.on_their_way", str(parcel.number))
    assert (answers(path), mark_of(path).exists()) == (before, False)
    if state is State.SENDING:
        history.outbox.recover()
    assert history.outbox.drop(parcel)
    assert history.forget(MOVED).shared == 1


def test_messages_about_it_alone_go_whatever_became_of_them(history: History) -> None:
    """Shows that sent and waiting messages of the workbook alone go with their bytes, and others' stay."""
    told = [mail(f"{name}@x.vn", "company", MOVED) for name in ("a", "b", "c")]
    history.commit(Run(MOVED, "Quetzalcoatl", MONDAY.date()), None, mails=told)
    history.commit(Run(OTHER, "OKR", MONDAY.date()), None, mails=(other_mail(),))
    sent, waits, others = letter(history, [1]), letter(history, [2]), letter(history, [4])
    settled(history, sent, State.SENT)
    done = history.forget(MOVED)
    assert (done.mails, done.waiting, done.shared) == (1, 2, 0)
    assert [history.outbox.parcel(one.number) is None for one in (sent, waits, others)] == [True, True, False]
    assert [part.number for part in history.outbox.parts((1, 2, 3, 4))] == [4]


def test_what_puts_a_broken_off_write_right_is_only_given_up_by_word(path: Path, history: History) -> None:
    """Shows that an open intent is a reason to refuse, and that it goes where that is said."""
    history.intend(Run(MOVED, "Quetzalcoatl", DAY), Changes(cells=(CellUpdate("Chichén", 2, 9, "Tlaxcala", 0.5),)))
    history.intend(Run(OTHER, "OKR", DAY), Changes(cells=(CellUpdate("OKR", 2, 9, "typed", 0.5),)))
    before = answers(path)
    with pytest.raises(ForgettingRefused) as refused:
        history.forget(MOVED)
    assert (refused.value.key, answers(path)) == ("history.unfinished", before)
    history.forget(MOVED, unfinished=True)
    assert (len(history.intents(1)), len(history.intents(2))) == (0, 1)


def test_a_workbook_that_comes_after_it_inherits_nothing(history: History) -> None:
    """Shows that a number which is given again leads to nothing of the workbook that had it before."""
    history.forget(OTHER)
    day = DAY + timedelta(days=9)
    made = history.commit(Run("file:/books/new.xlsx", "New", day), Snapshot(day, (seen("KR-9", 1, day=day),)))
    assert made.workbook == 2
    assert list(history.past(made.workbook, date(2030, 1, 1)).items) == ["KR-9"]
    assert (history.replaced(made.workbook), history.intents(made.workbook)) == ([], ())


def test_a_place_that_nobody_knows_any_more_is_told(path: Path, history: History) -> None:
    """Shows that a workbook which was forgotten or moved since somebody looked is refused, and nothing is changed."""
    before = answers(path)
    with pytest.raises(ForgettingRefused) as refused:
        history.forget(CLIENT)
    assert (refused.value.key, answers(path)) == ("history.meanwhile", before)


def test_traces_are_wiped_once_nobody_reads_any_more(path: Path) -> None:
    """Shows that a program which reads or writes meanwhile is told of, and that another try wipes what it held up."""
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM items").fetchone()
    with History.open(path, patience=0.1) as history:
        with pytest.raises(TemporaryFailure) as told:
            history.forget(MOVED)
        assert told.value.key == "history.traces"
        assert (is_marked(path), is_marked(path, ["quetzalcoatl"]), is_marked(path, ["okr"])) == (True, True, False)
        reader.execute("COMMIT")
        reader.execute("BEGIN IMMEDIATE")
        with pytest.raises(TemporaryFailure, match=r"history\.traces"):
            history.wipe()
        reader.close()
        history.wipe()
        assert (traces(path), mark_of(path).exists()) == ({}, False)


KILLED = """
import os, signal, sys
from pathlib import Path
from sheetsync.history import History

path, at = Path(sys.argv[1]), sys.argv[2]
history = History.open(path)
left = int(sys.argv[3])

def look(statement):
    global left
    left -= statement.lstrip().upper().startswith(at)
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

history._connection.set_trace_callback(look)
history.forget(sys.argv[4])
history._connection.set_trace_callback(None)
print("done", flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the platform cannot kill a process so")
@pytest.mark.parametrize(
    ("at", "count", "gone"),
    [
        ("DELETE", 1, False),
        ("DELETE", 6, False),
        ("COMMIT", 1, False),
        ("VACUUM", 1, True),
        ("PRAGMA WAL_CHECKPOINT", 1, True),
        ("NEVER", 1, True),
    ],
)
def test_a_killed_call_leaves_all_or_nothing_and_one_more_wipes_it(
    path: Path, tmp_path: Path, at: str, count: int, gone: bool
) -> None:
    """Shows that a kill at any step leaves a whole history, and that the next call ends with no byte left."""
    never = tmp_path / "never" / "history.sqlite3"
    fill(never, client=False)
    before = answers(path)
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-c", KILLED, str(path), at, str(count), MOVED]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, "done" in done.stdout) == (-signal.SIGKILL, at == "NEVER"), done.stderr
    assert answers(path) == (answers(never) if gone else before)
    assert is_marked(path, [MOVED]) is (at != "NEVER")
    assert bool(traces(path)) is not gone, "what is deleted is overwritten, even before the file is written anew"
    with History.open(path) as history:
        if gone:
            history.wipe()
        else:
            assert history.forget(MOVED).items == 3
    assert (traces(path), mark_of(path).exists(), answers(path)) == ({}, False, answers(never))


def test_looking_counts_nothing_of_others(history: History) -> None:
    """Shows that what would go is counted by workbook."""
    assert history.going(2).forgotten == Forgotten(5, 5, 2, 1)
    assert history.going(99).forgotten == Forgotten()
