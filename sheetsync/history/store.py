"""The history as its users see it: one object over one file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from hashlib import blake2b
from pathlib import Path
from threading import RLock
from typing import Any, Self

from sheetsync.errors import ForgettingRefused, SheetsyncError, TemporaryFailure
from sheetsync.history import ahead, exporting, forgetting, intents, lately, pruning, remembering, standing, workbooks
from sheetsync.history.coding import OUTCOMES, moment_of_number, number_of_day, number_of_moment
from sheetsync.history.exporting import Exported
from sheetsync.history.forgetting import Forgotten, Going
from sheetsync.history.intents import Intent
from sheetsync.history.opening import PATIENCE, open_for_reading, open_for_writing, refuse_full, told
from sheetsync.history.outbox import Outbox, queue
from sheetsync.history.pruning import Pruned
from sheetsync.history.recording import Recorded, record
from sheetsync.history.remembering import Entry, Logged
from sheetsync.history.standing import Standing
from sheetsync.history.texts import Texts, storable
from sheetsync.history.workbooks import Found, still_there
from sheetsync.past import Lately, Past
from sheetsync.record import NamedTuple
from sheetsync.snapshot import Mail, Run, Snapshot
from sheetsync.workbook import Changes

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)


class Committed(NamedTuple):
    """What a commit stored. ``recorded`` is the run's moment, later than that of every run before, in UTC."""

    workbook: int
    recorded: datetime
    observations: int = 0
    statements: int = 0


class Peek(NamedTuple):
    """A history opened to be read, or the reason why there is none."""

    history: History | None
    reason: SheetsyncError | None = None


class History:
    """What is remembered, in one file. May be shared by threads; processes have one each.

    Every method raises HistoryUnavailable (exit 3) where the file cannot be used, TemporaryFailure (exit 5) where
    another process writes for longer than the patience.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, clock: Clock, *, fresh: bool = False) -> None:
        """Use ``open`` or ``peek``."""
        self.path = path
        self.fresh = fresh
        """Whether the file was made just now: nothing is remembered yet, or what was has been deleted."""
        self._connection = connection
        self._clock = clock
        self._lock = RLock()
        self._texts = Texts(connection)

    @classmethod
    def open(cls, path: Path, clock: Clock = _now, patience: float = PATIENCE) -> Self:
        """Open the file to read and write it; it is made where it is missing, and brought up to date where it is old.

        ``patience`` is how long another process is waited for, in seconds.
        """
        connection, fresh = open_for_writing(path, patience)
        return cls(path, connection, clock, fresh=fresh)

    @classmethod
    def peek(cls, path: Path, patience: float = 2.0) -> Peek:
        """Open the file only to read it. Nothing is made or changed, and nothing is raised: the reason is told."""
        try:
            return Peek(cls(path, open_for_reading(path, patience), _now))
        except SheetsyncError as error:
            return Peek(None, error)

    @property
    def outbox(self) -> Outbox:
        """What is to be sent, and what was."""
        return Outbox(self._reading, self._writing)

    def close(self) -> None:
        """Give the file back."""
        with self._lock:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def find(
        self,
        place: str,
        titles: Mapping[str, str],
        there: Callable[[str], bool] = still_there,
        same: Callable[[int], bool] = workbooks.anyway,
    ) -> Found:
        """Find a workbook by its place (``file:/absolute/path``, ``gs:ID``), else by the titles of its items by key.

        ``same`` judges a workbook that has gone by its number: whether it may be this one.
        """
        with self._reading() as connection:
            return workbooks.find(connection, place, titles, there, same)

    def past(self, workbook: int | None, today: date) -> Past:
        """Give what is remembered of a workbook before today; nothing of one that is new."""
        if workbook is None:
            return Past()
        with self._reading() as connection:
            return remembering.past(connection, workbook, today)

    def nights_after(self, workbook: int | None, day: date) -> tuple[date, ...]:
        """Give the nights of a workbook that were recorded for days after one, which a clock that was ahead leaves."""
        if workbook is None:
            return ()
        with self._reading() as connection:
            return ahead.nights_after(connection, workbook, day)

    def intents(self, workbook: int | None) -> tuple[Intent, ...]:
        """Give what earlier runs were about to write and never committed, the oldest first."""
        if workbook is None:
            return ()
        with self._reading() as connection:
            return intents.read(connection, workbook)

    def lately(self, workbook: int | None, since: date, until: date) -> Lately:
        """Give what was typed over computed cells, and which ids were given to another thing, from a day to a day."""
        if workbook is None:
            return Lately()
        with self._reading() as connection:
            return lately.lately(connection, workbook, since, until)

    def intend(self, run: Run, changes: Changes, revision: str = "", kept: Any = None) -> Run:
        """Keep what a run will write, before it does. Gives the run with the number of its workbook.

        ``kept`` is any plain data (JSON) that puts things right after a crash. HistoryUnavailable where the disk has no
        room for what will be seen, too: then nothing may be written into the workbook either.
        """
        refuse_full(self.path)
        with self._writing() as connection:
            moment = self._tick(connection)
            workbook = workbooks.enrol(connection, run.place, run.name, run.workbook, moment)
            intents.write(connection, workbook, moment, number_of_day(run.today), changes, revision, kept)
        return run._replace(workbook=workbook)

    def commit(
        self,
        run: Run,
        snapshot: Snapshot | None,
        *,
        outcome: str = "complete",
        revision: str = "",
        cells: int = 0,
        mails: Sequence[Mail] = (),
    ) -> Committed:
        """Store a run with all that it saw, wrote and wants to mail, and close its intents: all of it, or nothing.

        Without a snapshot only the run is logged, and intents stay open. ``outcome`` is one of ``coding.OUTCOMES``,
        ``cells`` the number of written cells, ``revision`` that of the workbook, of which a fingerprint is kept.
        """
        with self._writing() as connection:
            moment = self._tick(connection)
            workbook = workbooks.enrol(connection, run.place, run.name, run.workbook, moment)
            made = Recorded()
            if snapshot is not None:
                made = record(connection, self._texts, workbook, moment, snapshot, imported=bool(run.source))
                intents.close(connection, workbook)
            observed = snapshot is not None and snapshot.whole
            self._log(connection, run, (workbook, moment), observed, (outcome, revision, cells))
            queue(connection, workbook, moment, mails)
        return Committed(workbook, moment_of_number(moment), made.observations, made.statements)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make one transaction of several commits: one wait for the disk in the place of many."""
        with self._writing():
            yield

    def series(self, workbook: int, key: str, retired: int = 0) -> tuple[Entry, ...]:
        """Give everything that was recorded of one item, corrections too, in the order of days.

        ``retired`` asks for a thing that the key named before (see ``replaced``).
        """
        with self._reading() as connection:
            return remembering.series(connection, workbook, key, retired)

    def replaced(self, workbook: int) -> list[tuple[str, int]]:
        """Give the things whose key names another one now: the key, and by what ``series`` knows them."""
        with self._reading() as connection:
            return remembering.replaced(connection, workbook)

    def as_of(
        self,
        day: date,
        known_at: datetime | None = None,
        workbook: int | None = None,
        concepts: tuple[str, ...] = (),
    ) -> list[Standing]:
        """Give how all items stood at the end of a day, as it was known at a moment (default: as it is known now)."""
        with self._reading() as connection:
            return standing.as_of(connection, day, known_at, workbook, concepts)

    def runs(self, workbook: int | None = None, newest: int | None = None) -> list[Logged]:
        """Give the logged runs, the newest first; ``newest`` is how many."""
        with self._reading() as connection:
            return list(remembering.runs(connection, workbook, newest))

    def entries(self, workbook: int | None = None, concepts: tuple[str, ...] = ()) -> list[Exported]:
        """Give every observation that was ever recorded, with what some concepts of its row said on that day."""
        with self._reading() as connection:
            return list(exporting.exported(connection, workbook, concepts))

    def workbooks(self) -> list[tuple[int, str, str]]:
        """Give every workbook: its number, place and name."""
        with self._reading() as connection:
            return connection.execute("SELECT id, place, name FROM workbooks ORDER BY name, place").fetchall()

    def flaws(self) -> tuple[str, ...]:
        """Look through the file for damage (SQLite's quick check), and give what it says of it; mostly nothing."""
        with self._reading() as connection:
            told = [row[0] for row in connection.execute("PRAGMA quick_check(5)")]
        return () if told == ["ok"] else tuple(told)

    def prune(self, before: date, *, dry_run: bool = False) -> Pruned:
        """Forget what lies before a day but for how things stood on it; with ``dry_run`` only count it."""
        told_by = number_of_day(before), number_of_moment(datetime(before.year, before.month, before.day, tzinfo=UTC))
        if dry_run:
            with self._reading() as connection:
                return pruning.count(connection, *told_by)
        with self._writing() as connection:
            done = pruning.prune(connection, *told_by)
        self._texts.forget()
        with self._reading() as connection:
            connection.execute("VACUUM")
        return done

    def forget_after(self, day: date, *, dry_run: bool = False) -> Pruned:
        """Forget all nights after a day, which a clock that was ahead leaves; with ``dry_run`` only count them."""
        if dry_run:
            with self._reading() as connection:
                return ahead.count(connection, day)
        with self._writing() as connection:
            return ahead.forget(connection, day)

    def going(self, workbook: int) -> Going:
        """Give what would go if a workbook were forgotten, and what stands in the way."""
        with self._reading() as connection:
            return forgetting.going(connection, workbook)

    def forget(self, place: str, *, unfinished: bool = False) -> Forgotten:
        """Forget the workbook at a place for good; for who holds its lock, and that of sending.

        ForgettingRefused where messages about other workbooks too are still on their way, or a run broke off while it
        wrote (without ``unfinished``): nothing is done. TemporaryFailure (``history.traces``) where it is forgotten,
        but its traces stay for now: ``wipe`` is to be called again.
        """
        with self._reading() as connection:
            forgetting.overwrite(connection)
        with self._writing() as connection:
            workbook = forgetting.number_at(connection, place)
            if workbook is None:
                raise ForgettingRefused("history.meanwhile", path=str(self.path), place=place)
            found = forgetting.going(connection, workbook)
            self.refuse(found, place, unfinished=unfinished)
            named = connection.execute("SELECT name FROM workbooks WHERE id = ?", (workbook,)).fetchone()[0]
            forgetting.mark(self.path, (place, named))
            forgetting.delete(connection, workbook)
        self._texts.forget()
        self.wipe()
        return found.forgotten

    def refuse(self, found: Going, place: str, *, unfinished: bool) -> None:
        """Raise ForgettingRefused where something stands in the way of forgetting."""
        if found.on_their_way:
            numbers = " ".join(map(str, found.on_their_way))
            raise ForgettingRefused("history.on_their_way", path=str(self.path), messages=numbers)
        if found.unfinished and not unfinished:
            raise ForgettingRefused("history.unfinished", path=str(self.path), place=place)

    def wipe(self) -> None:
        """Wipe the traces of what was forgotten, also by a call that was killed before it came to that.

        TemporaryFailure (``history.traces``) while another program uses the file, or the disk is too full.
        """
        late = TemporaryFailure("history.traces", path=str(self.path))
        try:
            with self._reading() as connection:
                wiped = forgetting.wipe(connection)
        except SheetsyncError as error:
            if error.key not in ("history.locked", "history.full"):
                raise
            raise late from error
        if not wiped:
            raise late
        forgetting.unmark(self.path)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock, told(self.path):
            yield self._connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Hold a transaction, or a part of the one that is open, and undo it where anything fails."""
        connection = self._connection
        with self._lock, told(self.path):
            inside = connection.in_transaction
            connection.execute("SAVEPOINT part" if inside else "BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("RELEASE part" if inside else "COMMIT")
            except BaseException:
                self._texts.forget()
                if connection.in_transaction:  # a full disk or a failing one has undone it already
                    connection.execute("ROLLBACK TO part" if inside else "ROLLBACK")
                raise

    def _tick(self, connection: sqlite3.Connection) -> int:
        """Give the moment of a run: now, but always later than the run before, whatever the clock says."""
        last: int = connection.execute("SELECT run FROM clock").fetchone()[0]
        moment = max(number_of_moment(self._clock()), last + 1)
        connection.execute("UPDATE clock SET run = ?", (moment,))
        return moment

    def _log(
        self,
        connection: sqlite3.Connection,
        run: Run,
        number: tuple[int, int],
        observed: bool,
        told_by: tuple[str, str, int],
    ) -> None:
        outcome, revision, cells = told_by
        source = self._texts.number(run.source) if run.source else None
        mark = blake2b(storable(revision).encode(), digest_size=4).digest() if revision else None
        connection.execute(
            "INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *number,
                number_of_day(run.today),
                int(observed),
                OUTCOMES.index(outcome),
                self._way(connection, run),
                source,
                cells or None,
                mark,
            ),
        )

    def _way(self, connection: sqlite3.Connection, run: Run) -> int:
        """Give the number of the way in which a run made its numbers."""
        way = run.version, run.profile, run.kpi_profile, run.language
        connection.execute(
            "INSERT OR IGNORE INTO ways (version, profile, kpi_profile, language) VALUES (?, ?, ?, ?)", way
        )
        found: int = connection.execute(
            "SELECT id FROM ways WHERE version = ? AND profile = ? AND kpi_profile = ? AND language = ?", way
        ).fetchone()[0]
        return found
