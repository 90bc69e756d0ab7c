"""What a configuration is once it was read: plain data with every default filled in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sheetsync.record import NamedTuple
from sheetsync.results import Severity

NOTHING: Mapping[Any, Any] = MappingProxyType({})


class WorkbookConfig(NamedTuple):
    """One workbook to sync: what ``[workbook.NAME]`` says, over what ``[defaults]`` says. ``path`` is absolute.

    None means that the workbook's own Settings sheet, or the program, decides. ``fiscal_start`` is a month, 1..12.
    ``columns`` holds the wanted computed columns by kind of table (``okr``, ``kpi``); a kind that is not named wants
    them all. ``rules`` holds the severity of a rule by its code, None for a rule that is switched off. ``fail_on`` is a
    severity or ``never``.
    """

    name: str
    path: Path
    cycle: str | None = None
    company: str | None = None
    enabled: bool = True
    language: str | None = None
    timezone: str | None = None
    fiscal_start: int = 1
    profile: str | None = None
    kpi_profile: str | None = None
    on_conflict: str = "keep"
    fail_on: str | None = None
    recalc: str = "never"
    columns: Mapping[str, tuple[str, ...]] = NOTHING
    rules: Mapping[str, Severity | None] = NOTHING
    mail_folder: Path | None = None


class Config(NamedTuple):
    """A whole configuration: its file, every file that was read for it, and the workbooks by name, in order.

    ``defaults`` are the fields that a workbook has which the configuration does not name.
    """

    path: Path
    sources: tuple[Path, ...]
    defaults: Mapping[str, Any]
    workbooks: Mapping[str, WorkbookConfig]

    @property
    def enabled(self) -> tuple[WorkbookConfig, ...]:
        """The workbooks that a run takes when none is named."""
        return tuple(workbook for workbook in self.workbooks.values() if workbook.enabled)
