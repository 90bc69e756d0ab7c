"""Ends a run at one of its steps: before or after a statement to the outbox, or a word to the mail server."""

from __future__ import annotations

import os
import signal
import smtplib
import sqlite3
from collections.abc import Callable
from typing import Any, TypeVar

from sheetsync.delivery.smtp import Line, Mailer

T = TypeVar("T")
NEVER = 10**9


class Crash(BaseException):
    """The process ends here; nothing in the program catches it."""


class Fuse:
    """Counts steps and burns at one; ``kill`` really ends the process in place of raising ``Crash``."""

    def __init__(self, at: int = NEVER, *, kill: bool = False) -> None:
        self.at, self.kill, self.steps, self.names = at, kill, 0, list[str]()
        self.burnt = self.over = False

    def step(self, name: str) -> None:
        """Pass a step, or end here; what happens once all is written down is no step."""
        if self.over:
            return
        if self.burnt:
            raise Crash(name)  # whoever is dead does nothing more
        self.steps += 1
        self.names.append(name)
        if self.steps == self.at:
            if self.kill:
                os.kill(os.getpid(), signal.SIGKILL)
            self.burnt = True
            raise Crash(name)

    def around(self, name: str, act: Callable[[], T]) -> T:
        """Do something between two steps."""
        self.step(f"before {name}")
        done = act()
        self.step(f"after {name}")
        return done


class FragileConnection:
    """A connection to a history on which every statement is a step."""

    def __init__(self, connection: sqlite3.Connection, fuse: Fuse) -> None:
        self._connection, self._fuse = connection, fuse

    def execute(self, statement: str, values: Any = ()) -> sqlite3.Cursor:
        """Execute one statement."""
        return self._fuse.around(" ".join(statement.split()[:3]), lambda: self._connection.execute(statement, values))

    def executemany(self, statement: str, values: Any) -> sqlite3.Cursor:
        """Execute one statement for many rows."""
        return self._fuse.around(
            " ".join(statement.split()[:3]), lambda: self._connection.executemany(statement, values)
        )

    @property
    def in_transaction(self) -> bool:
        """Say whether a transaction is open; the dead leave it as it is."""
        return self._connection.in_transaction and not self._fuse.burnt

    def close(self) -> None:
        """Give the file back; what was not committed is gone, as it is after a kill."""
        self._connection.close()


class FragileMailer(Mailer):
    """A mailer on whose connection every word is a step."""

    fuse: Fuse

    def _connection(self) -> Line:
        made = self._line is None
        if made:
            self.fuse.step("before the connection")
        line = super()._connection()
        if made:
            self.fuse.step("after the connection")
            _burning(line, self.fuse)
        return line

    def let_go(self) -> None:
        """End the connection as the system does for a process that is dead."""
        if self._line is not None:
            smtplib.SMTP.close(self._line)
            self._line = None


def _burning(line: Line, fuse: Fuse) -> None:
    """Make every word of a conversation a step."""
    ask, send, getreply = line.ask, line.send, line.getreply

    def asked(command: str, argument: str = "") -> Any:
        return fuse.around(command.split(":")[0], lambda: ask(command, argument))

    def sent(data: Any) -> None:
        name = "the message" if len(data) > 200 else "the last line" if data == b".\r\n" else "a command"
        fuse.around(name, lambda: send(data))

    line.ask = asked  # type: ignore[method-assign]
    line.send = sent  # type: ignore[assignment, method-assign]
    line.getreply = lambda: fuse.around("an answer", getreply)  # type: ignore[method-assign]
