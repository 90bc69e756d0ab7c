"""What a configuration is once it was read: plain frozen data with every default filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sheetsync.record import NamedTuple
from sheetsync.results import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What ``[defaults]`` says. None means that the workbook's own Settings sheet, or the program, decides.

    ``fiscal_start`` is a month, 1..12. ``columns`` holds the wanted computed columns by kind of table (``okr``,
    ``kpi``); a kind that is not named wants them all. ``rules`` holds the severity of a rule by its code, None for a
    rule that is switched off. ``fail_on`` is a severity or ``never``.
    """

    language: str | None = None
    timezone: str | None = None
    fiscal_start: int = 1
    profile: str | None = None
    kpi_profile: str | None = None
    on_conflict: str = "keep"
    fail_on: str | None = None
    recalc: str = "never"
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rules: Mapping[str, Severity | None] = field(default_factory=dict)
    mail_folder: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookConfig(Defaults):
    """One workbook to sync: what ``[workbook.NAME]`` says, over what ``[defaults]`` says. ``path`` is absolute."""

    name: str
    path: Path
    cycle: str | None = None
    company: str | None = None
    enabled: bool = True


class Config(NamedTuple):
    """A whole configuration: its file, every file that was read for it, and the workbooks by name, in order."""

    path: Path
    sources: tuple[Path, ...]
    defaults: Defaults
    workbooks: Mapping[str, WorkbookConfig]

    @property
    def enabled(self) -> tuple[WorkbookConfig, ...]:
        """The workbooks that a run takes when none is named."""
        return tuple(workbook for workbook in self.workbooks.values() if workbook.enabled)
