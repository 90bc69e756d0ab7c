"""What an examination of the set-up finds: one line a check, with one line on how to mend it. Plain data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sheetsync.errors import SheetsyncError
from sheetsync.record import NamedTuple

NOTHING: Mapping[str, Any] = MappingProxyType({})


class State(StrEnum):
    """How a check ended. ``skipped`` is for what could not, or need not, be looked at."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"
    SKIPPED = "skipped"


class Check(NamedTuple):
    """One thing that was looked at.

    ``name`` stays the same from version to version (``google.token``). ``text`` is the key of the line that says what
    is so, ``fix`` the key of the line that says what to do, both filled from ``params``; where ``fix`` is empty and
    ``text`` is a whole error message, the sentences after its first are the mending. ``code`` is the exit code that a
    failed check asks for. ``subject`` names the workbook that was looked at, where it is about one.
    """

    name: str
    state: State
    text: str
    params: Mapping[str, Any] = NOTHING
    fix: str = ""
    code: int = 0
    subject: str = ""


Examination = Callable[[], Iterable[Check]]
"""Looks at one part of the set-up; never raises a SheetsyncError."""


def fine(name: str, text: str = "ok", **params: Any) -> Check:
    """Give a check that found all in order; its line is ``doctor.<name>.<text>``."""
    return Check(name, State.OK, f"doctor.{name}.{text}", params)


def skipped(name: str, text: str = "skipped", **params: Any) -> Check:
    """Give a check that was left out; its line says why."""
    return Check(name, State.SKIPPED, f"doctor.{name}.{text}", params)


def warned(name: str, text: str, **params: Any) -> Check:
    """Give a check that found something to mend before it hurts."""
    key = f"doctor.{name}.{text}"
    return Check(name, State.WARNING, key, params, f"{key}_fix")


def failed(name: str, text: str, code: int, **params: Any) -> Check:
    """Give a check that found what would stop a run, which would then leave with this exit code."""
    key = f"doctor.{name}.{text}"
    return Check(name, State.FAILED, key, params, f"{key}_fix", code)


def refused(name: str, error: SheetsyncError) -> Check:
    """Give a check that ended with the error with which a run would end too."""
    return Check(name, State.FAILED, f"error.{error.key}", error.params, "", error.exit_code)
