"""Every form of the file that was ever released is brought up to date, after a backup."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sheetsync.history import History
from sheetsync.history.migrating import OURS, SCHEMA, migrate, statements_of, version_of
from sheetsync.outgoing import Reason, State
from sheetsync.post import Message
from sheetsync.snapshot import Mail, Said, Snapshot
from sheetsync.workbook import CellUpdate, Changes
from tests.history.nights import DAY, SetClock, run, seen

MORNING = datetime(2025, 10, 1, 1, tzinfo=UTC)
RELEASED = Path(__file__).parent / "released"
"""A file of every released form as SQL text, all with the content that ``written`` gives it."""


def written(path: Path) -> None:
    """Fill a history with a little of everything, so that a later form has to carry it over."""
    days = [DAY + timedelta(days=number) for number in range(3)]
    with History.open(path, SetClock()) as history:
        for day, value in zip(days, (1.0, 1.0, 2.5), strict=True):
            item = seen(
                "KR-1", value, day=day, target=10.0, baseline=0.0, progress=value / 10, expected=0.25, score=value / 10,
                status="at_risk", confidence=0.7, blocker="Chờ duyệt", updated=DAY, sheet="OKR", row=6, cycle="Q4/2025",
                cycle_start=DAY, says={"title": Said("Bán nhiều hơn"), "target": Said("10", 10.0)},
            )  # fmt: skip
            snapshot = Snapshot(
                day, (item,), {("okr", "title"): "Kết quả"}, {("KR-1", "progress"): 0.1, ("KR-1", "synced"): day}
            )
            mail = Mail(
                f"week/an@x.vn/{day}", "week", "an@x.vn", "An", "vi", f"{day}", b"{}", "h", MORNING + (day - DAY)
            )
            history.commit(run(day), snapshot, revision="r", cells=2, mails=(mail,))
        history.intend(run(days[2], place="gs:abc"), Changes(cells=(CellUpdate("OKR", 6, 9, None, 0.1),)))


def mailed(path: Path) -> None:
    """Send the first of the mails that ``written`` queues, leave the second, and drop the third."""
    with History.open(path, SetClock()) as history:
        outbox = history.outbox
        first, second, third = (outbox.parts((number,))[0] for number in (1, 2, 3))
        for part, state in ((first, State.SENT), (second, None)):
            message = Message(f"<{part.key}@x.vn>", "okr@x.vn", part.recipient, b"Subject: x\r\n\r\n")
            day = part.not_before.date()
            parcel = outbox.freeze(message, "x", (part,), day, part.not_before)
            assert parcel is not None
            if state is not None:
                assert outbox.claim(parcel.number, day, part.not_before)
                outbox.settle(parcel.number, state, Reason(), part.not_before)
                outbox.confirm(part.not_before)
        assert outbox.drop(third)


def as_text(path: Path) -> str:
    """Give a file as SQL text, with the numbers in its header that ``iterdump`` leaves out."""
    with closing(sqlite3.connect(path)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        header = [f"PRAGMA user_version = {version};", f"PRAGMA application_id = {OURS};"]
        return "\n".join([*header, *connection.iterdump(), ""])


@contextmanager
def restored(script: Path, path: Path) -> Iterator[Path]:
    """Make a file of its SQL text."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script.read_text(encoding="utf-8"))
    yield path


def scripts() -> list[Path]:
    """Give the text of every released form."""
    return sorted(RELEASED.glob("schema-*.sql"))


def test_there_is_a_file_of_every_released_form() -> None:
    """Shows that each number up to today's has its file."""
    assert [path.name for path in scripts()] == [f"schema-{number}.sql" for number in range(1, SCHEMA + 1)]


@pytest.mark.parametrize("script", scripts(), ids=lambda path: path.stem)
def test_every_released_form_is_brought_up_to_date(script: Path, tmp_path: Path) -> None:
    """Shows that a file of each form answers every question as one of today's with the same content."""
    written(tmp_path / "now.sqlite3")
    with restored(script, tmp_path / "old.sqlite3") as old, History.open(old, SetClock()) as history:
        with History.open(tmp_path / "now.sqlite3", SetClock()) as now:
            later = DAY + timedelta(days=9)
            assert history.past(1, later) == now.past(1, later)
            assert history.runs() == now.runs()
            assert history.entries() == now.entries()
            assert history.intents(2) == now.intents(2)
        assert history.commit(run(later), Snapshot(later, (seen(day=later),))).observations == 1
    form = int(script.stem.removeprefix("schema-"))
    assert old.with_name(f"old.sqlite3.backup-v{form}").exists() is (form != SCHEMA)


@pytest.mark.parametrize("script", scripts(), ids=lambda path: path.stem)
def test_what_an_older_form_queued_is_not_told_again(script: Path, tmp_path: Path) -> None:
    """Shows that the keys of mails are carried over, so that none of them is queued a second time."""
    day = DAY + timedelta(days=1)
    mail = Mail(f"week/an@x.vn/{day}", "week", "an@x.vn", "An", "vi", "x", b"{}", "h", MORNING + timedelta(days=1))
    with restored(script, tmp_path / "old.sqlite3") as old, History.open(old, SetClock()) as history:
        before = len(history.outbox.loose_parts(DAY))
        history.commit(run(day), Snapshot(day, (seen(day=day),)), mails=(mail,))
        assert len(history.outbox.loose_parts(DAY)) == before
        history.commit(run(day), Snapshot(day, (seen(day=day),)), mails=(mail._replace(key="new", period="new"),))
        assert len(history.outbox.loose_parts(DAY)) == before + 1


def test_messages_are_carried_over_with_their_states(tmp_path: Path) -> None:
    """Shows that since the form with messages each of them comes back as it was, bytes too."""
    written(tmp_path / "now.sqlite3")
    mailed(tmp_path / "now.sqlite3")
    for script in scripts()[1:]:
        with (
            restored(script, tmp_path / f"{script.stem}.sqlite3") as old,
            History.open(old, SetClock()) as history,
            History.open(tmp_path / "now.sqlite3", SetClock()) as now,
        ):
            assert [one.state for one in now.outbox.parcels(DAY)] == [State.SENT, State.PENDING]
            assert history.outbox.parcels(DAY) == now.outbox.parcels(DAY)
            assert history.outbox.parcel(2) == now.outbox.parcel(2)
            assert history.outbox.loose_parts(DAY) == now.outbox.loose_parts(DAY)
            assert history.outbox.confirmed() == now.outbox.confirmed() == MORNING


def test_todays_form_is_the_one_that_was_released(tmp_path: Path) -> None:
    """Shows that the newest step still makes the form of its file: a released step is never changed."""
    written(tmp_path / "now.sqlite3")
    with restored(scripts()[-1], tmp_path / "released.sqlite3") as released:
        forms = []
        for path in (tmp_path / "now.sqlite3", released):
            with closing(sqlite3.connect(path)) as connection:
                rows = connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").fetchall()
                forms.append([(kind, name, sql and " ".join(sql.split())) for kind, name, sql in rows])
        assert forms[0] == forms[1]


def test_a_step_is_taken_whole_after_a_backup(tmp_path: Path) -> None:
    """Shows that a step is taken after a copy was made, and that one that fails leaves the file as it was."""
    path, steps = tmp_path / "history.sqlite3", tmp_path / "steps"
    written(path)
    steps.mkdir()
    step = steps / f"{SCHEMA + 1:04}.sql"
    step.write_text("CREATE TABLE more (a);\nCREATE TABLE workbooks (twice);\n", encoding="utf-8")
    before = as_text(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        with pytest.raises(sqlite3.OperationalError, match="already exists"):
            migrate(connection, path, SCHEMA + 1, steps)
        assert as_text(path) == before
        backup = path.with_name(f"history.sqlite3.backup-v{SCHEMA}")
        assert as_text(backup) == before
        assert backup.stat().st_mode & 0o077 == 0
        step.write_text("CREATE TABLE more (a);\n", encoding="utf-8")
        migrate(connection, path, SCHEMA + 1, steps)
        assert connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA + 1
        assert connection.execute("SELECT count(*) FROM more").fetchone()[0] == 0
    assert sorted(file.name for file in tmp_path.iterdir() if ".tmp" in file.name) == []


def test_an_empty_file_is_a_history_to_be(tmp_path: Path) -> None:
    """Shows that a file of no bytes is filled, and that a look says that it is empty."""
    path = tmp_path / "history.sqlite3"
    path.touch()
    reason = History.peek(path).reason
    assert reason is not None
    assert reason.key == "history.empty"
    with History.open(path, SetClock()) as history:
        assert history.fresh
        assert version_of(history._connection, path) == SCHEMA


def test_a_semicolon_inside_a_statement_does_not_end_it() -> None:
    """Shows that a script is taken apart where statements end, and nowhere else."""
    assert statements_of("-- one; two\nSELECT ';';\n\nSELECT 2;\n") == ["-- one; two\nSELECT ';';", "SELECT 2;"]
