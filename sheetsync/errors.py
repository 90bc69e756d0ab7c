"""Failed operations. A finding about the user's data is never raised; it is a ``results.Finding``.

Each exception knows the exit code of the command line and the key of its text; the text itself, in the user's
language, is made at the edge from ``key`` and ``params``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sheetsync.workbook import Disturbance


class SheetsyncError(Exception):
    """An operation failed. ``key`` names its message and hint in the locale (``error.<key>``)."""

    exit_code = 70
    key = "unexpected"
    disturbed: tuple[Disturbance, ...] = ()
    """Cells of the user's that a write had hit before it failed, and what was put back into them."""

    def __init__(self, key: str | None = None, **params: Any) -> None:
        """Take the key of the message (default: the class's own) and what stands in its braces."""
        super().__init__(key or self.key, params)
        self.key = key or self.key
        self.params = params

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.key} ({told})" if told else self.key


class ConfigError(SheetsyncError):
    """The configuration or the command line is wrong; ``problems`` holds every one as ``file:line:column: text``."""

    exit_code = 2
    key = "config"

    def __init__(self, key: str | None = None, *, problems: tuple[str, ...] = (), **params: Any) -> None:
        """Take all problems at once."""
        super().__init__(key, **params)
        self.problems = problems


class ReadRefused(SheetsyncError):
    """The workbook cannot be read, or reading it would not be safe."""

    exit_code = 3
    key = "read_refused"


class WriteRefused(SheetsyncError):
    """A change cannot be made without the risk of touching something of the user's; nothing was written."""

    exit_code = 3
    key = "write_refused"


class WorkbookChanged(SheetsyncError):
    """The workbook is no longer what was read; nothing was written."""

    exit_code = 3
    key = "workbook_changed"


class VerifyFailed(SheetsyncError):
    """What was written does not read back as it should; the old workbook is still in place."""

    exit_code = 3
    key = "verify_failed"


class AccessDenied(SheetsyncError):
    """A file, folder or service may not be read or written with the rights at hand."""

    exit_code = 4
    key = "access_denied"


class TemporaryFailure(SheetsyncError):
    """Something that may work a little later: a full disk, a workbook that somebody has open."""

    exit_code = 5
    key = "temporary"


class DeliveryRefused(SheetsyncError):
    """A mail or chat message cannot be made, or not be handed over as things stand; it was not sent."""

    exit_code = 3
    key = "mail.refused"


class ScheduleRefused(SheetsyncError):
    """The computer's own scheduler did not take, keep or give back the nightly job; what else is in it is as it was."""

    exit_code = 3
    key = "schedule.refused"


class HistoryUnavailable(SheetsyncError):
    """What is remembered of earlier days cannot be read, or nothing can be added to it."""

    exit_code = 3
    key = "history.broken"


class ForgettingRefused(SheetsyncError):
    """A workbook cannot be forgotten as things stand; everything is remembered as before."""

    exit_code = 3
    key = "history.on_their_way"


class Cancelled(SheetsyncError):
    """The person at the terminal stopped the run before this workbook was done."""

    exit_code = 130
    key = "cancelled"


class LockHeld(SheetsyncError):
    """Another run holds the lock of this workbook."""

    exit_code = 11
    key = "lock_held"
